//! Lists: each in its own order, by parts.

use super::{Engine, done, fixtures};
use crate::{Eyes, HeldBy, List, Page, Paged, Store, Waiting};
use domain::{
    appointment::{AppointmentEnd, PastAppointment},
    floor::Aside,
    guard::{Conflict, ConflictWhy, Guard, Protected},
    ids::InquiryId,
    inquiry::{Closing, Inquiry, Stage},
    urgency::Urgency,
};
use fixtures::{Maker, at, office, write};
use std::collections::{BTreeMap, BTreeSet};

async fn ids(store: &dyn Store, list: List) -> Vec<InquiryId> {
    let Paged { rows, more } = store.list(&list, Page::first(100)).await.unwrap();
    assert!(!more);
    rows.into_iter().map(|i| i.id).collect()
}

fn wanted(inquiries: &[&Inquiry]) -> Vec<InquiryId> {
    inquiries.iter().map(|i| i.id).collect()
}

/// An inquiry at a stage, of an urgency, due then.
fn waits(make: &Maker, opened: i64, urgency: Urgency, stage: Stage) -> Inquiry {
    let mut inquiry = make.inquiry(opened);
    inquiry.urgency = urgency;
    inquiry.stage = stage;
    inquiry
}

fn review(due: i64) -> Stage {
    Stage::Review { since: at(0), due: at(due) }
}

/// Urgent first, then by deadline, then by first contact, then by identifier; at its four stages only.
pub async fn orders_what_must_be_looked_at<E: Engine>() {
    use Urgency::{Regular, Urgent};
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let officer = make.officer();
    let mut list = [
        waits(&make, 9, Urgent, review(20)),
        waits(&make, 1, Urgent, Stage::ToBook { since: at(0), due: at(30) }),
        waits(&make, 5, Regular, Stage::Spoken { officer, at: at(6), due: at(10) }),
        waits(&make, 3, Regular, review(15)),
        waits(&make, 4, Regular, review(15)),
        waits(&make, 4, Regular, Stage::Unreached { since: at(0), due: at(15) }),
        waits(&make, 0, Regular, review(40)),
    ];
    list[6].office = office("LAK");
    assert!(list.is_sorted_by_key(domain::queue::place), "the engine's order is the domain's");
    assert!(list.iter().all(|i| domain::queue::place(i).is_some()));
    let others = make.every_stage().into_iter().filter(|i| {
        matches!(i.stage.as_str(), "papers" | "promised" | "calling" | "booked" | "checked-in" | "closed")
    });
    let mut change = make.writing(list.iter().rev().map(write));
    change.writes.extend(others.map(|i| write(&i)));
    done(&*store, change).await;
    let order: Vec<_> = list.iter().map(|i| i.id).collect();
    assert_eq!(ids(&*store, List::Review { office: None }).await, order);
    assert_eq!(ids(&*store, List::Review { office: Some(office("SPR")) }).await, order[..6]);
    assert_eq!(ids(&*store, List::Review { office: Some(office("LAK")) }).await, order[6..]);
    assert_eq!(ids(&*store, List::Review { office: Some(office("XXX")) }).await, []);
}

/// The place in line counts those who wait for a first look, in the order in which they will be looked at.
pub async fn says_who_comes_before<E: Engine>() {
    use Urgency::{Regular, Urgent};
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let line = [
        waits(&make, 8, Urgent, review(90)),
        waits(&make, 2, Regular, review(10)),
        waits(&make, 1, Regular, review(20)),
        waits(&make, 3, Regular, review(20)),
    ];
    let spoken = waits(&make, 0, Urgent, Stage::Unreached { since: at(0), due: at(1) });
    let mut change = make.writing(line.iter().rev().map(write));
    change.writes.push(write(&spoken));
    done(&*store, change).await;
    for (before, inquiry) in (0..).zip(&line) {
        assert_eq!(store.waiting(inquiry).await.unwrap(), Some(Waiting { before, all: 4 }));
    }
    assert_eq!(store.waiting(&spoken).await.unwrap(), None);
    assert_eq!(store.waiting(&make.inquiry(0)).await.unwrap(), None);
}

/// By next attempt; an officer sees their own and nobody's; what is overdue never drops out.
pub async fn lists_callbacks_of_an_officer_and_of_nobody<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (me, other) = (make.officer(), make.officer());
    let promised = |from, owner| {
        let mut inquiry = make.inquiry(0);
        inquiry.stage = Stage::Promised(make.callback(from, owner));
        inquiry
    };
    let overdue = promised(-3000, Some(me));
    let nobodys = promised(10, None);
    let mine = promised(20, Some(me));
    let theirs = promised(30, Some(other));
    let mut running = make.inquiry(0);
    running.stage =
        Stage::Calling { callback: make.callback(40, Some(me)), officer: me, since: at(40), theirs: false };
    let late = promised(500, Some(me));
    let all = [&overdue, &nobodys, &mine, &theirs, &running, &late];
    let mut change = make.writing(all.iter().rev().map(|i| write(i)));
    // Callbacks that are over are in no list.
    change.writes.extend(make.every_stage().iter().filter(|i| i.callback().is_none()).map(write));
    done(&*store, change).await;
    let listed = async |officer, to| ids(&*store, List::Callbacks { officer, to: at(to) }).await;
    assert_eq!(listed(None, 400).await, wanted(&all[..5]));
    assert_eq!(listed(Some(me), 400).await, wanted(&[&overdue, &nobodys, &mine, &running]));
    assert_eq!(listed(Some(other), 9999).await, wanted(&[&nobodys, &theirs]));
    // A callback from minute 10 is to be dialled at 25; the end is not part of the stretch.
    assert_eq!(listed(None, 25).await, wanted(&[&overdue]));
    assert_eq!(listed(None, 26).await, wanted(&[&overdue, &nobodys]));
    // A calendar has what lies in its stretch, of one, of all, and of nobody or not.
    let calendar = async |held, pool, from, to| {
        ids(&*store, List::Calendar { held, pool, from: at(from), to: at(to) }).await
    };
    assert_eq!(calendar(Some(HeldBy::Any), true, 25, 400).await, wanted(&all[1..5]));
    assert_eq!(calendar(Some(HeldBy::Any), true, 26, 400).await, wanted(&all[2..5]));
    assert_eq!(calendar(Some(HeldBy::Any), false, 0, 400).await, wanted(&[&mine, &theirs, &running]));
    assert_eq!(
        calendar(Some(HeldBy::One(me)), false, -9999, 9999).await,
        wanted(&[&overdue, &mine, &running, &late])
    );
    assert_eq!(calendar(Some(HeldBy::One(other)), true, 0, 400).await, wanted(&[&nobodys, &theirs]));
    assert_eq!(calendar(None, true, 0, 400).await, wanted(&[&nobodys]));
    assert_eq!(calendar(None, false, 0, 400).await, wanted(&[]));
}

/// The day at an office: what stands and what ended there, by start, each inquiry once.
pub async fn lists_a_day_at_an_office<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let past = |start, end| PastAppointment {
        appointment: make.appointment("SPR", start),
        end,
        at: at(0),
        counter: None,
    };
    let mut booked = make.inquiry(0);
    booked.stage = Stage::Booked(make.appointment("SPR", 100));
    let mut here = make.inquiry(0);
    here.stage = Stage::CheckedIn {
        appointment: make.appointment("SPR", 60),
        at: at(55),
        ticket: "A 1".to_owned(),
        called: None,
        aside: Some(Aside::Parked { since: at(58) }),
        missed: 0,
    };
    let mut served = make.inquiry(0);
    served.past_appointments.push(past(0, AppointmentEnd::Served));
    served.stage = Stage::Closed { at: at(20), closing: Closing::Served };
    let mut missed = make.inquiry(0);
    missed.past_appointments.push(past(30, AppointmentEnd::NoShow));
    missed.stage = Stage::ToBook { since: at(90), due: at(900) };
    // Cancelled at 40 and booked again the same day: it stands by the booking that holds.
    let mut again = make.inquiry(0);
    again.past_appointments.push(past(40, AppointmentEnd::CancelledByPerson));
    again.stage = Stage::Booked(make.appointment("SPR", 80));
    // Cancelled twice: by the later.
    let mut twice = make.inquiry(0);
    twice.past_appointments.push(past(50, AppointmentEnd::CancelledByOffice));
    twice.past_appointments.push(past(45, AppointmentEnd::CancelledByOffice));
    // Missed here, booked elsewhere: it stays in this day as it last stood.
    let mut moved_on = make.inquiry(0);
    moved_on.past_appointments.push(past(70, AppointmentEnd::NoShow));
    moved_on.stage = Stage::Booked(make.appointment("LAK", 75));
    let mut next_day = make.inquiry(0);
    next_day.stage = Stage::Booked(make.appointment("SPR", 1440));
    let all = [&served, &missed, &twice, &here, &moved_on, &again, &booked, &next_day];
    done(&*store, make.writing(all.iter().rev().map(|i| write(i)))).await;
    let day = async |code, from, to| {
        ids(&*store, List::Day { office: office(code), from: at(from), to: at(to) }).await
    };
    assert_eq!(day("SPR", 0, 1440).await, wanted(&all[..7]));
    assert_eq!(day("SPR", 60, 100).await, wanted(&[&here, &moved_on, &again]));
    assert_eq!(day("LAK", 0, 1440).await, wanted(&[&moved_on]));
    // A booking that moves leaves its old time: nothing of it happened there.
    let mut moved = booked.clone();
    moved.version += 1;
    let mut appointment = booked.appointment().unwrap().clone();
    appointment.start = at(1500);
    moved.stage = Stage::Booked(appointment);
    done(&*store, make.writing([write(&moved)])).await;
    assert_eq!(day("SPR", 100, 1440).await, []);
    assert_eq!(day("SPR", 1440, 2880).await, wanted(&[&next_day, &moved]));
}

/// What is kept from somebody is in none of their lists and none of their counts; parts of a list have no gaps where it would be.
pub async fn keeps_from_somebody_what_they_may_not_see<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (me, other) = (make.officer(), make.officer());
    let too_near = |staff| Conflict { staff, why: ConflictWhy::Relative, at: at(1) };
    let protect = || Some(Protected { class: "vawa".parse().unwrap(), at: at(1), safe: BTreeSet::default() });
    let open = waits(&make, 1, Urgency::Regular, review(10));
    let mut mine = waits(&make, 2, Urgency::Regular, review(20));
    mine.guard.conflicts.push(too_near(me));
    let mut theirs = waits(&make, 3, Urgency::Regular, review(30));
    theirs.guard.conflicts.push(too_near(other));
    let mut protected = waits(&make, 4, Urgency::Regular, review(40));
    protected.guard.protected = protect();
    let mut both = waits(&make, 5, Urgency::Regular, Stage::Booked(make.appointment("SPR", 100)));
    both.guard = Guard { conflicts: vec![too_near(me)], protected: protect() };
    let mut visits = waits(&make, 6, Urgency::Regular, Stage::Booked(make.appointment("SPR", 110)));
    visits.guard.protected = protect();
    // Words are only words.
    let mut said = waits(&make, 7, Urgency::Regular, review(50));
    said.request.words = format!("\"guard\":{{\"staff\":\"{me}\",\"why\":\"protected\":{{\"class\":").into();
    let all = [&open, &mine, &theirs, &protected, &both, &visits, &said];
    done(&*store, make.writing(all.map(write))).await;
    let seen = async |list: List, eyes: Option<Eyes>| -> Vec<InquiryId> {
        let mut ids = Vec::new();
        loop {
            let offset = u32::try_from(ids.len()).unwrap();
            let part = store.list_for(&list, Page { offset, limit: 2 }, eyes.as_ref()).await.unwrap();
            assert!(part.rows.len() == 2 || !part.more, "no gap shows that something is kept back");
            ids.extend(part.rows.into_iter().map(|i| i.id));
            if !part.more {
                return ids;
            }
        }
    };
    let eyes = |staff, protected| Some(Eyes { staff, protected });
    let reviews = || List::Review { office: None };
    assert_eq!(seen(reviews(), None).await, wanted(&[&open, &mine, &theirs, &protected, &said]));
    assert_eq!(seen(reviews(), eyes(me, false)).await, wanted(&[&open, &theirs, &said]));
    assert_eq!(seen(reviews(), eyes(me, true)).await, wanted(&[&open, &theirs, &protected, &said]));
    assert_eq!(seen(List::All, eyes(other, false)).await, wanted(&[&said, &mine, &open]));
    let day = || List::Day { office: office("SPR"), from: at(0), to: at(1440) };
    assert_eq!(
        seen(day(), eyes(me, false)).await,
        wanted(&[&visits]),
        "who comes is let in by whoever is there"
    );
    assert_eq!(seen(day(), eyes(other, false)).await, wanted(&[&both, &visits]));
    let kept = async |eyes: Option<Eyes>, now| store.kept_from(&eyes.unwrap(), at(now)).await.unwrap();
    let few = kept(eyes(me, true), 25).await;
    assert_eq!(few.by_stage, BTreeMap::from([("booked".to_owned(), 1), ("review".to_owned(), 1)]));
    assert_eq!(few.overdue, 1, "what was due at 20 is late at 25");
    let many = kept(eyes(me, false), 0).await;
    assert_eq!(many.by_stage, BTreeMap::from([("booked".to_owned(), 2), ("review".to_owned(), 2)]));
    assert_eq!(many.overdue, 0);
}

/// Newest first, by first contact.
pub async fn lists_stages_and_all_newest_first<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let first = make.inquiry(1);
    let second = waits(&make, 2, Urgency::Urgent, Stage::ToBook { since: at(2), due: at(3) });
    let third = make.inquiry(3);
    let closed = waits(&make, 4, Urgency::Regular, Stage::Closed { at: at(5), closing: Closing::ByMail });
    done(&*store, make.writing([&third, &first, &closed, &second].map(write))).await;
    let stage = async |stage: &str| ids(&*store, List::Stage { stage: stage.to_owned() }).await;
    assert_eq!(stage("review").await, wanted(&[&third, &first]));
    assert_eq!(stage("closed").await, wanted(&[&closed]));
    assert_eq!(stage("booked").await, []);
    assert_eq!(ids(&*store, List::All).await, wanted(&[&closed, &third, &second, &first]));
}

/// Parts follow each other without a gap or a repeat, and say whether more follows; 500 is the most.
pub async fn pages_through_a_list<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    done(&*store, make.writing((0..11).map(|n| write(&make.inquiry(n))))).await;
    let whole = ids(&*store, List::All).await;
    assert_eq!(whole.len(), 11);
    for limit in [1_u32, 4, 11] {
        let mut seen = Vec::new();
        loop {
            let offset = u32::try_from(seen.len()).unwrap();
            let part = store.list(&List::All, Page { offset, limit }).await.unwrap();
            seen.extend(part.rows.into_iter().map(|i| i.id));
            assert_eq!(part.more, seen.len() < 11);
            if !part.more {
                break;
            }
        }
        assert_eq!(seen, whole);
    }
    let beyond = store.list(&List::All, Page { offset: 50, limit: 5 }).await.unwrap();
    assert_eq!(beyond, Paged { rows: Vec::new(), more: false });
    let nothing = store.list(&List::All, Page::first(0)).await.unwrap();
    assert_eq!(nothing, Paged { rows: Vec::new(), more: true });
    done(&*store, make.writing((0..500).map(|n| write(&make.inquiry(n))))).await;
    let most = store.list(&List::All, Page::first(u32::MAX)).await.unwrap();
    assert_eq!((most.rows.len(), most.more), (500, true));
}

/// Live stages are counted; overdue is what is live and past its time, not at it.
pub async fn counts_stages_and_overdue<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    assert_eq!(store.figures(at(0)).await.unwrap(), crate::Figures::default());
    let all = make.every_stage();
    done(&*store, make.writing(all.iter().map(write))).await;
    let mut by_stage: BTreeMap<String, u64> = BTreeMap::new();
    for inquiry in all.iter().filter(|i| i.is_live()) {
        *by_stage.entry(inquiry.stage.as_str().to_owned()).or_default() += 1;
    }
    for now in [-10_000, 60, 61, 64, 65, 121, 10_000] {
        let figures = store.figures(at(now)).await.unwrap();
        let overdue = all.iter().filter(|i| i.is_live() && i.due().is_some_and(|due| due < at(now))).count();
        assert_eq!(figures.by_stage, by_stage);
        assert_eq!(figures.overdue, overdue as u64, "at {now}");
    }
    assert_eq!(store.figures(at(10_000)).await.unwrap().overdue, 9);
}

/// Every inquiry of a person, those that are over too, and nobody else's.
pub async fn finds_every_inquiry_of_a_person<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let person = make.person();
    let later = make.inquiry_of(&person, "another-matter", 5);
    let (first, other) = (make.inquiry_of(&person, "proof-of-status", 1), make.inquiry(2));
    done(&*store, make.writing([&later, &first, &other].map(write))).await;
    assert_eq!(store.inquiries_of(person.id).await.unwrap(), [first.clone(), later]);
    assert_eq!(store.inquiries_of(other.person).await.unwrap(), [other]);
    assert_eq!(store.inquiries_of(make.person().id).await.unwrap(), []);
}
