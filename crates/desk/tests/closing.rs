//! An office closes a day: nobody is lost, nobody is told twice, and nothing is sold that is not there.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{
    Caller, ClosingSeen, DeskError, Who,
    acts::{BookPlace, PlanClosing},
};
use domain::{
    access::Denied,
    actor::{PasswordHash, Role, Staff},
    change::{Change, Write},
    closing::{Closing, ClosingRefused, ClosingStage, Offer, Standing},
    ids::{ClosingId, InquiryId, StaffId},
    inquiry::{Inquiry, Stage},
    slots::{NoPlace, Opening},
    text::{Lang, Text},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

const MONDAY: &str = "2026-11-30T17:00:00Z";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Somebody who may close an office, or all.
fn manager(room: &Room, n: u8, role: Role, office: Option<&str>) -> Caller {
    let staff = Staff {
        id: StaffId::new(room.now, &[n; 10]),
        version: 1,
        sign_in: format!("manager{n}"),
        name: format!("Manager {n}"),
        roles: vec![role],
        office: office.map(|code| code.parse().unwrap()),
        langs: vec![],
        password: PasswordHash("none".into()),
        active: true,
        rights: std::collections::BTreeSet::new(),
        roster: None,
        planned_before: None,
        takes: domain::actor::Takes::default(),
        first_password: None,
    };
    Caller::new(Who::Staff(Box::new(staff)), room.key(), room.now)
}

fn of_los(room: &Room) -> Caller {
    manager(room, 1, Role::OfficeManager, Some("LOS"))
}

/// An inquiry that needs a visit, as if an officer had decided so.
async fn to_book(room: &Room, given: &str) -> Inquiry {
    let ask = request(given, "immigration-judge-grant", "90012", Lang::en());
    let mut inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    inquiry.version += 1;
    inquiry.stage = Stage::ToBook { since: room.now, due: room.now + SignedDuration::from_hours(72) };
    let mut change = Change::new(room.system().command());
    change.writes.push(Write::Inquiry(Box::new(inquiry.clone())));
    room.store.commit(change).await.unwrap();
    inquiry
}

async fn on(room: &Room, inquiry: &Inquiry, date: Date) -> Vec<Opening> {
    let mut all = room.desk.places(inquiry, None, room.now).await.unwrap().all;
    let zone = room.desk.pack().office(&inquiry.office).unwrap().zone().clone();
    all.retain(|place| zone.date(place.start) == date);
    all
}

async fn book(room: &Room, inquiry: &Inquiry, place: &Opening) -> Result<Inquiry, DeskError> {
    let ask = BookPlace {
        office: place.office.clone(),
        start: place.start,
        pool: place.pool,
        held: None,
        bring_also: vec![],
        because: None,
    };
    room.desk.book(&room.system(), inquiry.id, &ask).await
}

/// So many people with visits on a day, one after the other.
async fn booked(room: &Room, people: usize, date: Date) -> Vec<Inquiry> {
    let mut all = Vec::new();
    for n in 0..people {
        let inquiry = to_book(room, &format!("Ana{n}")).await;
        let places = on(room, &inquiry, date).await;
        all.push(book(room, &inquiry, &places[n % places.len()]).await.unwrap());
    }
    all
}

fn why() -> Text {
    Text::new([(Lang::en(), "No power.".to_owned()), (Lang::es(), "Sin luz.".to_owned())])
}

fn whole(room: &Room, date: Date) -> PlanClosing {
    let office = "LOS".parse().unwrap();
    let (from, until) = room.desk.day_of(&office, date).unwrap();
    PlanClosing { office, from, until, why: why() }
}

async fn plan(room: &Room, date: Date) -> Closing {
    room.desk.plan_closing(&of_los(room), &whole(room, date)).await.unwrap()
}

async fn seen(room: &Room, id: ClosingId) -> ClosingSeen {
    room.desk.closing(&of_los(room), id).await.unwrap()
}

fn standings(seen: &ClosingSeen) -> BTreeMap<&'static str, usize> {
    let counted: BTreeMap<_, _> = Standing::ALL
        .into_iter()
        .map(|standing| (standing.as_str(), seen.count(standing)))
        .filter(|(_, n)| *n > 0)
        .collect();
    assert_eq!(counted.values().sum::<usize>(), seen.rows.len(), "everybody stands somewhere");
    counted
}

/// Carries it out to where everybody has been moved.
async fn carry_out(room: &mut Room, id: ClosingId) {
    let later = room.now + SignedDuration::from_secs(30);
    room.until(later).await;
    let stage = seen(room, id).await.closing.stage;
    assert!(matches!(stage, ClosingStage::Closed { .. }), "{stage:?}");
}

async fn told(room: &Room, inquiry: InquiryId, kind: &str) -> usize {
    room.store.notices(inquiry).await.unwrap().iter().filter(|n| n.kind.as_str() == kind).count()
}

#[tokio::test]
async fn a_plan_harms_nobody_and_holds_what_it_found() {
    let room = Room::at(MONDAY).await;
    let people = booked(&room, 3, day("2026-12-08")).await;
    let plan = plan(&room, day("2026-12-08")).await;
    assert!(matches!(plan.stage, ClosingStage::Planned { .. }));
    assert_eq!(plan.affected.len(), 3);
    let mut held = BTreeSet::new();
    for (person, one) in people.iter().zip(&plan.affected) {
        assert_eq!(room.reload(person).await, *person, "nothing has happened to them");
        let Offer::Place { opening } = &one.offer else { panic!("{:?}", one.offer) };
        assert!(opening.start > one.had.start, "nobody comes sooner than they planned");
        assert!(held.insert(opening.slots.clone()) || opening.capacity > 1);
    }
    // The day takes visits until it is closed, and what is held is held.
    let other = to_book(&room, "Bea").await;
    let free = on(&room, &other, day("2026-12-08")).await;
    assert!(!free.is_empty());
    book(&room, &other, &free[0]).await.unwrap();
    assert_eq!(room.store.check().await.unwrap(), []);
    // Another office's manager sees nothing of it, and nobody closes the time twice.
    let stranger = manager(&room, 7, Role::OfficeManager, Some("NYC"));
    let refused = room.desk.close_day(&stranger, plan.id).await;
    assert!(matches!(refused, Err(DeskError::Denied(Denied::OtherOffice))), "{refused:?}");
    let again = room.desk.plan_closing(&of_los(&room), &whole(&room, day("2026-12-08"))).await;
    assert!(matches!(again, Err(DeskError::Closing(ClosingRefused::Overlaps { .. }))), "{again:?}");
    room.desk.drop_closing(&of_los(&room), plan.id).await.unwrap();
    let again = room.desk.plan_closing(&of_los(&room), &whole(&room, day("2026-12-08"))).await.unwrap();
    assert_eq!(again.affected.len(), 4);
}

#[tokio::test]
async fn everybody_is_moved_told_and_may_choose() {
    let mut room = Room::at(MONDAY).await;
    let people = booked(&room, 5, day("2026-12-08")).await;
    let waits = to_book(&room, "Bea").await;
    let before = on(&room, &waits, day("2026-12-08")).await;
    let plan = plan(&room, day("2026-12-08")).await;
    room.desk.close_day(&of_los(&room), plan.id).await.unwrap();
    // From this moment on nobody books there, and whoever tries is told why.
    let refused = book(&room, &waits, &before[0]).await;
    let Err(DeskError::NoPlace(NoPlace::OfficeClosed { why: said, .. })) = refused else {
        panic!("{refused:?}")
    };
    assert!(format!("{said:?}").contains("No power."));
    assert_eq!(on(&room, &waits, day("2026-12-08")).await, []);
    carry_out(&mut room, plan.id).await;
    let now = seen(&room, plan.id).await;
    assert_eq!(standings(&now), BTreeMap::from([("offered", 5)]));
    for person in &people {
        let moved = room.reload(person).await;
        let visit = moved.appointment().unwrap();
        assert!(visit.start > person.appointment().unwrap().start);
        assert_eq!(visit.moves, 0);
        assert_eq!(told(&room, person.id, "day-closed").await, 1);
        assert_eq!(told(&room, person.id, "appointment-moved").await, 0);
    }
    assert_eq!(room.store.check().await.unwrap(), []);
    // One keeps it, one takes another place though moves are counted, one would rather be called, one cancels; one says nothing.
    room.desk.keep_new_place(&room.person(people[0].id), people[0].id).await.unwrap();
    let mine = room.reload(&people[1]).await;
    let own = mine.appointment().unwrap().start;
    let places = room.desk.places(&mine, None, room.now).await.unwrap().all;
    let other = places.iter().find(|place| place.start > own).unwrap();
    let (office, pool) = (other.office.clone(), other.pool);
    let caller = room.person(mine.id);
    let moved = room.desk.move_appointment(&caller, mine.id, &office, other.start, pool).await.unwrap();
    assert_eq!(moved.appointment().unwrap().moves, 0, "it was no wish of theirs");
    let window = room.desk.windows(&people[2], room.now, 1).await.unwrap().remove(0).window;
    room.desk.call_instead(&room.person(people[2].id), people[2].id, window.start).await.unwrap();
    room.desk.cancel_appointment(&room.person(people[3].id), people[3].id).await.unwrap();
    let expected = BTreeMap::from([("asked", 1), ("chose", 1), ("kept", 1), ("left", 1), ("offered", 1)]);
    assert_eq!(standings(&seen(&room, plan.id).await), expected);
    // Who says nothing keeps the place.
    let limit = room.reload(&people[4]).await.appointment().unwrap().shut.as_ref().unwrap().until;
    room.until(limit).await;
    let expected = BTreeMap::from([("asked", 1), ("chose", 1), ("kept", 2), ("left", 1)]);
    assert_eq!(standings(&seen(&room, plan.id).await), expected);
    let late = room.desk.keep_new_place(&room.person(people[4].id), people[4].id).await;
    assert!(matches!(late, Err(DeskError::Refused(domain::refusal::Refusal::TooLate { .. }))), "{late:?}");
    let written = room.store.closing(plan.id).await.unwrap().unwrap();
    assert!(written.affected.iter().all(|one| one.standing != Standing::Offered), "it is written down");
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn undone_everybody_is_back_who_has_not_chosen() {
    let mut room = Room::at(MONDAY).await;
    let people = booked(&room, 4, day("2026-12-08")).await;
    let plan = plan(&room, day("2026-12-08")).await;
    room.desk.close_day(&of_los(&room), plan.id).await.unwrap();
    carry_out(&mut room, plan.id).await;
    room.desk.keep_new_place(&room.person(people[0].id), people[0].id).await.unwrap();
    room.pass(30);
    room.desk.undo_closing(&of_los(&room), plan.id).await.unwrap();
    let until = room.now;
    room.until(until).await;
    let now = seen(&room, plan.id).await;
    assert!(matches!(now.closing.stage, ClosingStage::Opened { .. }), "{:?}", now.closing.stage);
    assert_eq!(standings(&now), BTreeMap::from([("back", 3), ("kept", 1)]));
    for person in &people[1..] {
        let back = room.reload(person).await;
        let (visit, had) = (back.appointment().unwrap(), person.appointment().unwrap());
        assert_eq!((visit.start, &visit.slots, visit.id), (had.start, &had.slots, had.id));
        assert_eq!((visit.moves, &visit.shut), (0, &None));
        assert_eq!(told(&room, person.id, "day-reopened").await, 1);
    }
    let waits = to_book(&room, "Bea").await;
    let free = on(&room, &waits, day("2026-12-08")).await;
    book(&room, &waits, &free[0]).await.unwrap();
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn an_hour_later_it_can_be_undone_no_more() {
    let mut room = Room::at(MONDAY).await;
    booked(&room, 1, day("2026-12-08")).await;
    let plan = plan(&room, day("2026-12-08")).await;
    room.desk.close_day(&of_los(&room), plan.id).await.unwrap();
    carry_out(&mut room, plan.id).await;
    room.pass(60);
    let late = room.desk.undo_closing(&of_los(&room), plan.id).await;
    assert!(matches!(late, Err(DeskError::Closing(ClosingRefused::UndoOver { .. }))), "{late:?}");
}

/// Closes every later day on which there could be a place.
async fn close_the_rest(room: &mut Room, from: &str) {
    let mut date = day(from);
    for _ in 0..45 {
        let closing = room.desk.plan_closing(&of_los(room), &whole(room, date)).await.unwrap();
        room.desk.close_day(&of_los(room), closing.id).await.unwrap();
        date = date.tomorrow().unwrap();
    }
    let later = room.now + SignedDuration::from_secs(30);
    room.until(later).await;
}

#[tokio::test]
async fn without_a_place_there_is_a_call_and_without_a_call_an_officer_acts() {
    let mut room = Room::at(MONDAY).await;
    let people = booked(&room, 2, day("2026-12-08")).await;
    close_the_rest(&mut room, "2026-12-09").await;
    let first = plan(&room, day("2026-12-08")).await;
    assert!(first.affected.iter().all(|one| matches!(one.offer, Offer::Call { .. })));
    room.desk.close_day(&of_los(&room), first.id).await.unwrap();
    carry_out(&mut room, first.id).await;
    assert_eq!(standings(&seen(&room, first.id).await), BTreeMap::from([("call", 2)]));
    for person in &people {
        let now = room.reload(person).await;
        assert!(matches!(now.stage, Stage::Promised(_)), "{:?}", now.stage);
        assert_eq!(told(&room, person.id, "day-closed").await, 1);
        assert_eq!(told(&room, person.id, "callback-promised").await, 0, "one message says it all");
    }
    assert_eq!(room.store.check().await.unwrap(), []);
    // Undone, the calls are given back with the places.
    room.desk.undo_closing(&of_los(&room), first.id).await.unwrap();
    let until = room.now;
    room.until(until).await;
    assert_eq!(standings(&seen(&room, first.id).await), BTreeMap::from([("back", 2)]));
    assert_eq!(room.store.check().await.unwrap(), []);
    // And now nobody is there to call.
    for mut officer in room.store.all_staff().await.unwrap() {
        officer.version += 1;
        officer.active = false;
        let mut change = Change::new(room.system().command());
        change.writes.push(Write::Staff(Box::new(officer)));
        room.store.commit(change).await.unwrap();
    }
    let second = plan(&room, day("2026-12-08")).await;
    assert!(second.affected.iter().all(|one| one.offer == Offer::Nothing));
    room.desk.close_day(&of_los(&room), second.id).await.unwrap();
    carry_out(&mut room, second.id).await;
    assert_eq!(standings(&seen(&room, second.id).await), BTreeMap::from([("stuck", 2)]));
    for person in &people {
        let now = room.reload(person).await;
        assert!(matches!(now.stage, Stage::ToBook { .. } | Stage::Review { .. }), "{:?}", now.stage);
    }
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn many_visits_need_a_second_person() {
    let room = Room::at(MONDAY).await;
    booked(&room, 21, day("2026-12-08")).await;
    let plan = plan(&room, day("2026-12-08")).await;
    assert!(plan.second);
    let alone = room.desk.close_day(&of_los(&room), plan.id).await;
    assert!(matches!(alone, Err(DeskError::Closing(ClosingRefused::SecondPerson))), "{alone:?}");
    let second = manager(&room, 2, Role::Administrator, None);
    room.desk.close_day(&second, plan.id).await.unwrap();
}

#[tokio::test]
async fn two_closings_at_once_hold_different_places() {
    let mut room = Room::at(MONDAY).await;
    let mut people = booked(&room, 4, day("2026-12-08")).await;
    for n in 0..4 {
        let inquiry = to_book(&room, &format!("Bo{n}")).await;
        let places = on(&room, &inquiry, day("2026-12-09")).await;
        people.push(book(&room, &inquiry, &places[n]).await.unwrap());
    }
    let asks = ["2026-12-08", "2026-12-09"].map(|date| whole(&room, day(date)));
    let callers = [of_los(&room), of_los(&room)];
    let plans = asks.iter().zip(&callers).map(|(ask, caller)| room.desk.plan_closing(caller, ask));
    let plans = futures::future::join_all(plans).await;
    let ids: Vec<ClosingId> = plans.into_iter().map(|plan| plan.unwrap().id).collect();
    for id in &ids {
        room.desk.close_day(&of_los(&room), *id).await.unwrap();
    }
    for id in &ids {
        carry_out(&mut room, *id).await;
        let all = seen(&room, *id).await;
        // Whoever was held a place on the other day that closes has been moved once more, or was found another at once.
        assert_eq!(all.count(Standing::Planned) + all.count(Standing::Stuck), 0);
    }
    let zone = room.desk.pack().office(&"LOS".parse().unwrap()).unwrap().zone().clone();
    for person in &people {
        let visit = room.reload(person).await.appointment().unwrap().clone();
        assert!(zone.date(visit.start) > day("2026-12-09"), "{visit:?}");
    }
    assert_eq!(room.store.check().await.unwrap(), []);
}

/// People do as they like while their day is closed, and sometimes opened again: in the end everybody stands in exactly one
/// place, nobody is left in closed time, and nobody was told more than once.
#[tokio::test]
async fn everybody_ends_in_exactly_one_place() {
    for seed in 0..6_u64 {
        let mut room = Room::at(MONDAY).await;
        let mut chance = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut roll = move |below: u64| {
            chance ^= chance << 13;
            chance ^= chance >> 7;
            chance ^= chance << 17;
            chance % below
        };
        let people = booked(&room, 12, day("2026-12-08")).await;
        if roll(2) == 0 {
            close_the_rest(&mut room, "2026-12-09").await;
        }
        let plan = plan(&room, day("2026-12-08")).await;
        act(&room, &people, &mut roll).await;
        room.desk.close_day(&of_los(&room), plan.id).await.unwrap();
        let worker = desk::Worker { name: "test".into() };
        let undo = roll(2) == 0;
        for _ in 0..3 {
            act(&room, &people, &mut roll).await;
            room.desk.run_due(&worker, room.now).await.unwrap();
            room.now += SignedDuration::from_secs(11);
        }
        if undo {
            room.desk.undo_closing(&of_los(&room), plan.id).await.unwrap();
        }
        act(&room, &people, &mut roll).await;
        let later = room.now + SignedDuration::from_hours(80);
        room.until(later).await;
        let all = seen(&room, plan.id).await;
        standings(&all);
        assert_eq!(all.count(Standing::Planned) + all.count(Standing::Offered), 0, "seed {seed}");
        let closed = !matches!(all.closing.stage, ClosingStage::Opened { .. });
        assert_ne!(closed, undo, "seed {seed}");
        for person in &people {
            let now = room.reload(person).await;
            let there = |start: Timestamp| plan.from <= start && start < plan.until;
            if closed && let Some(visit) = now.appointment() {
                assert!(!there(visit.start), "seed {seed}: left in closed time");
            }
            assert!(told(&room, person.id, "day-closed").await <= 1, "seed {seed}");
            assert!(told(&room, person.id, "day-reopened").await <= 1, "seed {seed}");
        }
        assert_eq!(room.store.check().await.unwrap(), [], "seed {seed}");
    }
}

/// Some of them do something.
async fn act(room: &Room, people: &[Inquiry], roll: &mut impl FnMut(u64) -> u64) {
    for person in people {
        let id = person.id;
        let caller = room.person(id);
        // What cannot be done at present is refused, and that is fine.
        match roll(9) {
            0 => drop(room.desk.keep_new_place(&caller, id).await),
            1 => drop(room.desk.cancel_appointment(&caller, id).await),
            2 => {
                let now = room.reload(person).await;
                let Some(window) = room.desk.windows(&now, room.now, 1).await.unwrap().pop() else {
                    continue;
                };
                drop(room.desk.call_instead(&caller, id, window.window.start).await);
            }
            3 => {
                let now = room.reload(person).await;
                let places = room.desk.places(&now, None, room.now).await.unwrap().all;
                let Some(place) = places.get(usize::try_from(roll(30)).unwrap()) else { continue };
                let to = (&place.office, place.start, place.pool);
                drop(room.desk.move_appointment(&caller, id, to.0, to.1, to.2).await);
            }
            _ => {}
        }
    }
}
