use super::*;
use crate::{
    actor::Actor,
    decision::{Deciding, Outcome, RuleCited},
    ids::{AppointmentId, InquiryId, PersonId},
    inquiry::{Admission, Channel, NewInquiry, Request},
    number::InquiryNumber,
    person::{Name, Reach},
    pii::Pii,
    refusal::Refusal,
    text::{Lang, Text},
    walk_in::WalkInDay,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const RULES: FloorRules = FloorRules { late_minutes: 10, walk_in_minutes: 30, urgent_walk_in_minutes: 0 };

fn los() -> OfficeCode {
    "LOS".parse().unwrap()
}

/// Nine in the morning in Los Angeles, and so many minutes.
fn at(minutes: i64) -> Timestamp {
    "2026-11-23T17:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

fn clerk() -> Actor {
    Actor::system("clerk")
}

/// Somebody who has an inquiry and nothing else.
fn somebody(n: u8, urgency: Urgency) -> Inquiry {
    let deciding = Deciding {
        rule: RuleCited {
            policy: "urgency".into(),
            version: "1".into(),
            hash: "0".into(),
            row: "R1".into(),
            cite: None,
            outcome: BTreeMap::new(),
            tried: vec![],
        },
        because: None,
        sentence: Text::new([(Lang::en(), "Because.".to_owned())]),
        change: None,
    };
    let new = NewInquiry {
        id: InquiryId::new(at(0), &[n; 10]),
        number: InquiryNumber::from_chance(u32::from(n)),
        person: PersonId::new(at(0), &[n; 10]),
        name: Name { given: "Ana".into(), family: "Ruiz".into() },
        reason: "proof-of-status".parse().unwrap(),
        zip: "90012".into(),
        office: los(),
        receipt: None,
        request: Request {
            channel: Channel::Office,
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
            email: None,
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
        urgency,
        decision: deciding.record(Outcome::Urgency(urgency), clerk(), at(0), &[n; 10]),
        due: at(600),
    };
    Inquiry::receive(new, at(0)).inquiry
}

fn day(most: u32) -> WalkInDay {
    WalkInDay {
        office: los(),
        zone: "America/Los_Angeles".parse().unwrap(),
        begins: "2026-11-23T08:00:00Z".parse().unwrap(),
        most,
    }
}

fn admission(n: u8) -> Admission {
    Admission {
        id: AppointmentId::new(at(0), &[n; 10]),
        day: day(5),
        service: "counter".parse().unwrap(),
        minutes: 20,
        bring: vec![],
        ticket: format!("A{n:03}"),
    }
}

/// Walked in so many minutes after nine.
fn walked_in(n: u8, came: i64, urgency: Urgency) -> Inquiry {
    somebody(n, urgency).admit_walk_in(admission(n), "a funeral", clerk(), at(came)).unwrap().inquiry
}

/// With an appointment, and here.
fn booked(n: u8, start: i64, came: i64) -> Inquiry {
    let mut inquiry = walked_in(n, came, Urgency::Regular);
    if let Stage::CheckedIn { appointment, .. } = &mut inquiry.stage {
        appointment.walk_in = false;
        (appointment.start, appointment.end) = (at(start), at(start + 20));
    }
    inquiry
}

fn tickets(line: &[Waiting<'_>]) -> Vec<String> {
    line.iter().map(|one| one.ticket.to_owned()).collect()
}

#[test]
fn appointments_and_walk_ins_stand_in_one_line() {
    let all = [
        walked_in(1, 0, Urgency::Regular), // turn at 30
        booked(2, 20, 5),                  // early: turn at 20
        booked(3, 0, 9),                   // a little late: turn at 0
        booked(4, 0, 25),                  // late: turn at 25
        walked_in(5, 12, Urgency::Urgent), // turn at 12
    ];
    let line = line(&all, &los(), RULES);
    assert_eq!(tickets(&line), ["A003", "A005", "A002", "A004", "A001"]);
    let why: Vec<_> = line.iter().map(|one| one.turn.by.as_str()).collect();
    assert_eq!(why, ["appointment", "urgent", "appointment", "late", "walk-in"]);
}

#[test]
fn who_steps_aside_keeps_the_turn_and_holds_nobody_up() {
    let first = booked(1, 0, 0).park(at(2)).unwrap().inquiry;
    let second = booked(2, 10, 0);
    let all = [first.clone(), second.clone()];
    assert_eq!(next(&line(&all, &los(), RULES), "4").unwrap().ticket, "A002");
    assert_eq!(wait(&line(&all, &los(), RULES), "A002", 1, at(2)).unwrap().before, 0);
    let all = [first.back_in_line().unwrap().inquiry, second];
    assert_eq!(next(&line(&all, &los(), RULES), "4").unwrap().ticket, "A001", "the turn was kept");
    assert_eq!(all[0].back_in_line().unwrap_err(), Refusal::NotOffered, "they are in the line");
}

#[test]
fn one_who_is_handed_on_is_called_by_that_counter_alone() {
    let here = booked(1, 0, 0).call_ticket("2", at(1)).unwrap().inquiry;
    assert_eq!(here.hand_to("2", at(5)).unwrap_err(), Refusal::NotOffered);
    let handed = here.hand_to("4", at(5)).unwrap().inquiry;
    assert_eq!(handed.call_ticket("2", at(6)).unwrap_err(), Refusal::ForCounter { counter: "4".into() });
    let all = [handed.clone(), booked(2, 5, 0)];
    let line = line(&all, &los(), RULES);
    assert_eq!(next(&line, "2").unwrap().ticket, "A002");
    assert_eq!(next(&line, "4").unwrap().ticket, "A001");
    let called = handed.call_ticket("4", at(7)).unwrap().inquiry;
    assert!(
        matches!(&called.stage, Stage::CheckedIn { called: Some((at, _)), aside: None, .. } if at == "4")
    );
}

#[test]
fn one_who_does_not_come_to_the_counter_may_be_called_again_or_be_gone() {
    let waits = booked(1, 0, 0);
    assert_eq!(waits.not_at_counter(at(1)).unwrap_err(), Refusal::NotOffered, "nobody has called them");
    let missed = waits.call_ticket("2", at(1)).unwrap().inquiry.not_at_counter(at(3)).unwrap().inquiry;
    assert!(next(&line(std::slice::from_ref(&missed), &los(), RULES), "2").is_none());
    let again = missed.call_ticket("3", at(4)).unwrap().inquiry;
    assert!(matches!(again.stage, Stage::CheckedIn { missed: 1, aside: None, .. }));
    let gone = again.left(at(600), at(9)).unwrap().inquiry;
    assert!(gone.is_live(), "they are given another time");
    let last = gone.past_appointments.last().unwrap();
    assert_eq!((last.end, last.counter.as_deref()), (crate::appointment::AppointmentEnd::Left, Some("3")));
    assert_eq!(gone.missed_visits(), 0, "who left was there");
}

#[test]
fn an_admission_counts_and_gives_back_what_was_promised() {
    let inquiry = somebody(1, Urgency::Urgent);
    let step = inquiry.admit_walk_in(admission(1), " a funeral ", clerk(), at(3)).unwrap();
    assert_eq!((step.claims.len(), step.claims[0].capacity), (1, 5));
    assert_eq!(step.claims[0].slot, day(5).slot());
    let kept = &step.inquiry.walk_ins[0];
    assert!(kept.admitted && kept.because.reveal() == "a funeral");
    assert_eq!(inquiry.admit_walk_in(admission(1), "  ", clerk(), at(3)).unwrap_err(), Refusal::ReasonNeeded);
    let none = Admission { day: day(0), ..admission(1) };
    assert_eq!(inquiry.admit_walk_in(none, "x", clerk(), at(3)).unwrap_err(), Refusal::NoWalkIns);
    let refused = inquiry.refuse_walk_in(&day(0), "nobody is here for it", clerk(), at(3)).unwrap();
    assert_eq!(refused.inquiry.stage, inquiry.stage, "its place is kept");
    assert!(refused.claims.is_empty() && !refused.inquiry.walk_ins[0].admitted);
    assert!(step.inquiry.admit_walk_in(admission(1), "x", clerk(), at(4)).is_err(), "they are here");
}

#[test]
fn a_wait_is_a_band_or_is_not_given() {
    let all = [booked(1, 0, 0), booked(2, 0, 1), booked(3, 10, 2)];
    let line = line(&all, &los(), RULES);
    let of = |ticket, counters| wait(&line, ticket, counters, at(3)).unwrap();
    assert_eq!(of("A003", 0), Wait { before: 2, minutes: None });
    assert_eq!(of("A003", 1), Wait { before: 2, minutes: Some((20, 65)) });
    assert_eq!(of("A003", 2), Wait { before: 2, minutes: Some((10, 35)) });
    assert_eq!(of("A001", 2), Wait { before: 0, minutes: Some((0, 5)) });
    assert_eq!(wait(&line, "A009", 2, at(3)), None);
}

#[test]
fn a_counter_is_at_work_while_somebody_is_there_and_for_half_an_hour_after() {
    let here = booked(1, 0, 0).call_ticket("2", at(1)).unwrap().inquiry;
    let served = booked(2, 0, 0).call_ticket("3", at(1)).unwrap().inquiry.serve(at(20)).unwrap().inquiry;
    let all = [here, served, booked(3, 0, 0)];
    assert_eq!(counters(&all, &los(), at(30)), 2);
    assert_eq!(counters(&all, &los(), at(51)), 1);
    assert_eq!(counters(&all, &"NYC".parse().unwrap(), at(30)), 0);
}

/// A record of the release before is read as it was written.
#[test]
fn one_who_checked_in_before_is_still_here() {
    let mut json = serde_json::to_value(booked(1, 0, 0)).unwrap();
    assert!(json["stage"].get("aside").is_none() && json["stage"].get("missed").is_none());
    json.as_object_mut().unwrap().remove("walk_ins");
    let read: Inquiry = serde_json::from_value(json).unwrap();
    assert_eq!(line([&read], &los(), RULES).len(), 1);
}

proptest! {
    /// Whoever comes later never gets before somebody of the same kind, whatever either does meanwhile.
    #[test]
    fn nobody_of_the_same_kind_is_overtaken(
        came in prop::collection::vec((0_i64..120, any::<bool>(), any::<bool>()), 2..20),
    ) {
        let all: Vec<Inquiry> = came
            .iter()
            .zip(1_u8..)
            .map(|((came, urgent, parked), n)| {
                let urgency = if *urgent { Urgency::Urgent } else { Urgency::Regular };
                let inquiry = walked_in(n, *came, urgency);
                if *parked { inquiry.park(at(121)).unwrap().inquiry.back_in_line().unwrap().inquiry } else { inquiry }
            })
            .collect();
        let line = line(&all, &los(), RULES);
        for (n, one) in line.iter().enumerate() {
            for later in &line[n + 1..] {
                prop_assert!(one.turn.at <= later.turn.at);
                if one.inquiry.urgency == later.inquiry.urgency {
                    prop_assert!(one.came <= later.came);
                }
            }
        }
    }
}
