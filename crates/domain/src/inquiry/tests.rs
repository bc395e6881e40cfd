//! An inquiry's way, by hand; thousands at random are in `walk.rs`.

mod alone;
mod confirms;
mod corrects;
mod delegates;
mod earlier;
mod gives;
mod guards;
mod reviewed;
mod rings_back;
mod walk;

use super::*;
use crate::{
    actor::Actor,
    appointment::AppointmentEnd,
    calendar::{Zone, windows::Window},
    callback::{CallOutcome, GivenWhy, retry::Then},
    change::{Confirm, Holder, Step},
    decision::{Deciding, Need, Outcome, RuleCited},
    ids::{AppointmentId, CallbackId},
    slots::{Opening, Pool, SlotKey},
    text::{Lang, Text},
    walk_in::WalkInDay,
};
use jiff::SignedDuration;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn start() -> Timestamp {
    at("2026-11-23T15:00:00Z")
}

fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

fn staff(n: u8) -> StaffId {
    StaffId::new(start(), &[n; 10])
}

fn officer() -> Actor {
    Actor::Staff { id: staff(1), name: "M. Ortega".into() }
}

fn deciding(what: &str, recommended: &str, because: Option<&str>) -> Deciding {
    Deciding {
        rule: RuleCited {
            policy: what.into(),
            version: "2026-11-01".into(),
            hash: "0".into(),
            row: "R1".into(),
            cite: None,
            outcome: BTreeMap::from([(what.to_owned(), recommended.into())]),
            tried: vec![],
        },
        because: because.map(str::to_owned),
        sentence: Text::new([(Lang::en(), "Because.".to_owned())]),
        change: None,
    }
}

/// An inquiry as it begins, for whoever tests what may be done with one.
pub(crate) fn fixture() -> Inquiry {
    fresh().inquiry
}

fn fresh() -> Step {
    let now = start();
    let decision = deciding("urgency", "regular", None).record(
        Outcome::Urgency(Urgency::Regular),
        Actor::system("policy"),
        now,
        &[1; 10],
    );
    Inquiry::receive(
        NewInquiry {
            id: InquiryId::new(now, &[1; 10]),
            number: InquiryNumber::from_chance(7),
            person: PersonId::new(now, &[2; 10]),
            name: Name { given: "Ana".into(), family: "Ruiz".into() },
            reason: "proof-of-status".parse().unwrap(),
            zip: "90012".into(),
            office: "LOS".parse().unwrap(),
            receipt: None,
            request: Request {
                channel: Channel::Web,
                words: "".into(),
                answers: Pii::default(),
                papers: vec![],
                preferred: vec![],
                call_hours: None,
                representative: None,
            },
            reach: Reach {
                lang: Lang::en(),
                phone: "2025550101".parse().unwrap(),
                email: Some("ana@example.org".into()),
                texts: false,
                calls: false,
                post: None,
                zone: "America/Los_Angeles".parse().unwrap(),
                say_who_calls: true,
                no_message: false,
                discreet: std::collections::BTreeSet::new(),
                relay: false,
                interpreter: None,
                accommodation: None,
                phrase: "blue river".into(),
            },
            urgency: Urgency::Regular,
            decision,
            due: now + minutes(60 * 24),
        },
        now,
    )
}

fn window(from: Timestamp) -> Window {
    Window { start: from, end: from + minutes(60), zone: "America/Los_Angeles".parse().unwrap() }
}

fn promise(from: Timestamp, owner: Option<StaffId>) -> Promise {
    Promise { window: window(from), owner, planned: from, minutes: 20, capacity: 3, remind: None, look: None }
}

fn again(at: Timestamp, owner: Option<StaffId>) -> NextTry {
    NextTry::At(Again { at, until: at + minutes(20), owner, minutes: 20 })
}

fn opening(from: Timestamp) -> Opening {
    let slots: Vec<SlotKey> = [0, 15]
        .map(|m| SlotKey {
            office: "LOS".parse().unwrap(),
            service: "counter".parse().unwrap(),
            start: from + minutes(m),
            pool: Pool::Officer,
        })
        .to_vec();
    Opening {
        office: "LOS".parse().unwrap(),
        service: "counter".parse().unwrap(),
        pool: Pool::Officer,
        start: from,
        end: from + minutes(30),
        capacities: vec![2, 1],
        slots,
        capacity: 1,
        left: 1,
    }
}

fn booking(from: Timestamp) -> Booking {
    Booking {
        opening: opening(from),
        zone: "America/Los_Angeles".parse().unwrap(),
        bring: vec![],
        remind: None,
        ask: None,
        grace_minutes: 15,
        held: false,
    }
}

/// A place that people choose themselves.
fn own_booking(from: Timestamp) -> Booking {
    let mut booking = booking(from);
    booking.opening.pool = Pool::SelfScheduled;
    for slot in &mut booking.opening.slots {
        slot.pool = Pool::SelfScheduled;
    }
    booking
}

fn admission(id: AppointmentId, ticket: String, now: Timestamp) -> Admission {
    let zone: Zone = "America/Los_Angeles".parse().unwrap();
    let begins = zone.day_start(zone.date(now)).unwrap();
    let day = WalkInDay { office: "LOS".parse().unwrap(), zone, begins, most: 2 };
    Admission { id, day, service: "counter".parse().unwrap(), minutes: 15, bring: vec![], ticket }
}

const RULES: MoveRules = MoveRules { limit: 2, until_hours: 12 };
const VISIT: VisitRules = VisitRules { early_minutes: 15, grace_minutes: 15 };

#[test]
fn the_main_job_from_request_to_served() {
    let t0 = start();
    let inquiry = fresh().inquiry;
    let call = t0 + minutes(120);
    let callback = CallbackId::new(t0, &[3; 10]);
    let step = inquiry.promise(callback, promise(call, Some(staff(1))), officer(), t0).unwrap();
    assert_eq!(step.claims[0].capacity, 3);
    assert_eq!((step.busy[0].start, step.busy[0].end), (call, call + minutes(20)));
    let inquiry = step.inquiry;
    assert_eq!(inquiry.start_call(staff(1), t0), Err(Refusal::TooSoon { earliest: call }));
    let inquiry = inquiry.start_call(staff(1), call).unwrap().inquiry;
    assert_eq!(inquiry.start_call(staff(2), call), Err(Refusal::TakenByColleague));
    let next = || again(call + minutes(5), Some(staff(1)));
    let step = inquiry.end_call(staff(1), CallOutcome::NoAnswer, next(), call, call + minutes(1)).unwrap();
    assert_eq!(step.busy[0].start, call + minutes(5), "time is kept for the next call");
    let inquiry = step.inquiry;
    let inquiry = inquiry.start_call(staff(1), call + minutes(5)).unwrap().inquiry;
    let step = inquiry
        .end_call(staff(1), CallOutcome::Reached, next(), call + minutes(60), call + minutes(15))
        .unwrap();
    assert!(step.releases.is_empty(), "a kept call's place was used");
    let inquiry = step.inquiry;
    assert_eq!(inquiry.past_callbacks[0].was_kept(), Some(true));
    let against = inquiry.decide_need(
        Need::Visit,
        vec![],
        deciding("need", "mail", None),
        officer(),
        call,
        call,
        &[4; 10],
    );
    assert_eq!(against, Err(Refusal::ReasonNeeded));
    let because = deciding("need", "mail", Some("No safe address."));
    let inquiry =
        inquiry.decide_need(Need::Visit, vec![], because, officer(), call, call, &[4; 10]).unwrap().inquiry;
    let visit = call + minutes(60 * 24 * 7);
    let id = AppointmentId::new(call, &[5; 10]);
    let step =
        inquiry.book(id, booking(visit), deciding("fit", "serve", None), officer(), call, &[6; 10]).unwrap();
    assert_eq!(step.claims.iter().map(|c| c.capacity).collect::<Vec<_>>(), [2, 1]);
    let inquiry = step.inquiry;
    let later = inquiry.move_appointment(booking(visit + minutes(15)), RULES, &Actor::Person, call).unwrap();
    assert_eq!((later.claims.len(), later.releases.len()), (1, 1), "the slot that both share stays taken");
    let inquiry = later.inquiry;
    let visit = visit + minutes(15);
    assert_eq!(
        inquiry.check_in("A001".into(), VISIT, visit - minutes(20)),
        Err(Refusal::TooEarly { from: visit - minutes(15) })
    );
    let inquiry = inquiry.check_in("A001".into(), VISIT, visit - minutes(10)).unwrap().inquiry;
    let inquiry = inquiry.call_ticket("3", visit).unwrap().inquiry;
    assert_eq!(inquiry.call_ticket("4", visit), Err(Refusal::TakenByColleague));
    let inquiry = inquiry.serve(visit + minutes(20)).unwrap().inquiry;
    assert!(!inquiry.is_live());
    assert_eq!(inquiry.decisions.len(), 3);
    assert_eq!(inquiry.past_appointments[0].end, AppointmentEnd::Served);
}

#[test]
fn whoever_chose_alone_and_gives_it_back_goes_to_an_officer_whom_nobody_decided_for() {
    let inquiry = fresh().inquiry;
    let (now, day) = (start() + minutes(5), start() + minutes(3 * 24 * 60));
    let id = AppointmentId::new(now, &[3; 10]);
    let officers = inquiry.schedule_own(id, booking(day), Actor::Person, now);
    assert_eq!(officers.unwrap_err(), Refusal::NotOffered, "officers' places are not for people to choose");
    let mut elsewhere = own_booking(day);
    elsewhere.opening.office = "NYC".parse().unwrap();
    assert_eq!(inquiry.schedule_own(id, elsewhere, Actor::Person, now).unwrap_err(), Refusal::NotOffered);

    let booked = inquiry.schedule_own(id, own_booking(day), Actor::Person, now).unwrap().inquiry;
    assert_eq!(booked.decisions, inquiry.decisions, "nobody decided anything");
    assert_eq!(booked.appointment().unwrap().booked_by, Actor::Person);
    assert!(booked.schedule_own(id, own_booking(day), Actor::Person, now).is_err(), "one visit at a time");
    let due = now + minutes(600);
    let given_back = booked.cancel_appointment(&Actor::Person, due, now).unwrap().inquiry;
    assert_eq!(given_back.stage, Stage::Review { since: now, due }, "an officer looks at it");
    let after = day + minutes(120);
    let missed = booked.no_show(id, VISIT, due, after).unwrap().inquiry;
    assert_eq!(missed.stage, Stage::Review { since: after, due });
    assert_eq!(missed.opened, inquiry.opened);
}

#[test]
fn papers_keep_the_place() {
    let inquiry = fresh().inquiry;
    let due = inquiry.due().unwrap();
    let asked = inquiry.ask_papers(vec!["passport".parse().unwrap()], start() + minutes(10)).unwrap().inquiry;
    assert_eq!(asked.due(), None, "nobody is late while the person looks for papers");
    let back = asked.papers_complete(start() + minutes(130)).unwrap().inquiry;
    assert_eq!(back.due(), Some(due + minutes(120)));
    assert_eq!(back.opened, inquiry.opened);
    assert_eq!(back.request.papers.len(), 1);
}

#[test]
fn a_broken_promise_is_seen_and_still_owed() {
    let call = start() + minutes(60);
    let callback = CallbackId::new(start(), &[3; 10]);
    let inquiry = fresh().inquiry.promise(callback, promise(call, None), officer(), start()).unwrap().inquiry;
    assert_eq!(inquiry.break_promise(callback, call), Err(Refusal::TooSoon { earliest: call + minutes(60) }));
    let step = inquiry.break_promise(callback, call + minutes(60)).unwrap();
    assert_eq!(step.announce, [crate::notice::NoticeKind::PromiseBroken]);
    let inquiry = step.inquiry;
    assert_eq!(inquiry.break_promise(callback, call + minutes(61)), Err(Refusal::NotOffered));
    assert_eq!(inquiry.callback().unwrap().was_kept(), Some(false));
    // It may be moved even by somebody who has used up the moves: the agency owes it.
    assert!(inquiry.move_callback(promise(call + minutes(300), None), 0, call + minutes(90)).is_ok());
    assert!(inquiry.start_call(staff(9), call + minutes(90)).is_ok());
}
