//! What a person does with their visit alone.

use super::*;

/// An inquiry whose need of a visit was decided, with that visit booked by an officer.
pub(super) fn visiting(day: Timestamp) -> Inquiry {
    let now = start();
    let decided = fresh()
        .inquiry
        .decide_need(Need::Visit, vec![], deciding("need", "visit", None), officer(), now, now, &[4; 10])
        .unwrap();
    let fit = deciding("fit", "serve", None);
    let id = AppointmentId::new(now, &[5; 10]);
    decided.inquiry.book(id, booking(day), fit, officer(), now, &[6; 10]).unwrap().inquiry
}

#[test]
fn a_visit_that_was_lost_can_be_had_again_and_counts_as_a_move() {
    let day = start() + minutes(5 * 24 * 60);
    let (now, other) = (start() + minutes(30), day + minutes(24 * 60));
    let booked = visiting(day);
    let again = |lost: &Inquiry, booking| {
        lost.take_again(AppointmentId::new(now, &[7; 10]), booking, RULES, Actor::Person, now)
    };
    assert!(again(&booked, booking(other)).is_err(), "they still have it");
    let lost = booked.cancel_appointment(&Actor::Person, day, now).unwrap().inquiry;
    let mut elsewhere = booking(other);
    elsewhere.opening.office = "NYC".parse().unwrap();
    assert_eq!(again(&lost, elsewhere).unwrap_err(), Refusal::NotOffered);
    assert_eq!(again(&lost, own_booking(other)).unwrap_err(), Refusal::NotOffered);
    assert_eq!(again(&lost, booking(now)).unwrap_err(), Refusal::TooSoon { earliest: now });
    let step = again(&lost, booking(other)).unwrap();
    assert_eq!(step.claims.len(), 2, "the place is taken");
    let second = step.inquiry;
    let visit = second.appointment().unwrap();
    assert_eq!((visit.moves, &visit.booked_by), (1, &Actor::Person));
    assert_eq!(second.decisions, booked.decisions, "what the officer decided stands");

    // To give it back and take another is no way round the limit; an officer books then.
    let third = again(&second.cancel_appointment(&Actor::Person, day, now).unwrap().inquiry, booking(day));
    let third = third.unwrap().inquiry;
    assert_eq!(third.may_move_alone(RULES, now), Err(Refusal::MovesUsedUp { limit: 2 }));
    let lost = third.cancel_appointment(&Actor::Person, day, now).unwrap().inquiry;
    assert_eq!(again(&lost, booking(other)).unwrap_err(), Refusal::MovesUsedUp { limit: 2 });
    // What the office takes away counts for nothing.
    let taken = third.cancel_appointment(&officer(), day, now).unwrap().inquiry;
    assert_eq!(again(&taken, booking(other)).unwrap().inquiry.appointment().unwrap().moves, 2);
}

#[test]
fn nobody_moves_into_a_pool_that_is_not_for_them() {
    for pool in Pool::ALL {
        assert!(!may_choose(Pool::WalkInReserve, Some(pool)));
        assert_eq!(may_choose(Pool::EmergencyReserve, Some(pool)), pool == Pool::EmergencyReserve);
        assert_eq!(may_choose(Pool::SelfScheduled, Some(pool)), pool == Pool::SelfScheduled);
        assert_eq!(may_choose(Pool::Officer, Some(pool)), pool != Pool::SelfScheduled);
    }
}
