//! People are asked whether they come, and what becomes of whoever does not answer.

use super::{alone::visiting, *};
use crate::{change::JobKind, notice::NoticeKind};

const RELEASE: Reconfirm = Reconfirm { ask_hours: 96, by_hours: 24, then: Unconfirmed::Release };
const REMIND: Reconfirm = Reconfirm { then: Unconfirmed::Remind, ..RELEASE };

#[test]
fn who_was_asked_and_does_not_answer_loses_the_time_and_not_the_place() {
    let day = start() + minutes(10 * 24 * 60);
    let booked = visiting(day);
    let id = booked.appointment().unwrap().id;
    let ask = RELEASE.ask_at(day);
    assert_eq!(booked.release_unconfirmed(id, RELEASE, day, ask).unwrap_err(), Refusal::NotOffered);
    let asked = booked.ask_to_confirm(id, RELEASE, ask).unwrap();
    assert_eq!(asked.announce, [NoticeKind::AppointmentConfirm]);
    let by = day - minutes(24 * 60);
    let watch = JobKind::ConfirmVisit { inquiry: booked.id, appointment: id };
    assert!(asked.jobs.iter().any(|job| job.kind == watch && job.due == by));
    let asked = asked.inquiry;
    assert_eq!(asked.ask_to_confirm(id, RELEASE, ask).unwrap_err(), Refusal::NotOffered, "once");
    let early = asked.release_unconfirmed(id, RELEASE, day, by - minutes(1));
    assert_eq!(early.unwrap_err(), Refusal::TooSoon { earliest: by });
    assert_eq!(asked.release_unconfirmed(id, REMIND, day, by).unwrap_err(), Refusal::NotOffered);

    let released = asked.release_unconfirmed(id, RELEASE, day, by).unwrap();
    assert_eq!((released.releases.len(), &*released.announce), (2, &[NoticeKind::AppointmentReleased][..]));
    let released = released.inquiry;
    assert_eq!(released.stage, Stage::ToBook { since: by, due: day });
    assert_eq!((released.opened, &released.decisions), (booked.opened, &booked.decisions));
    assert!(released.may_take_again(RULES).is_ok(), "and they take another");

    let coming = asked.confirm_visit(by).unwrap().inquiry;
    assert_eq!(coming.release_unconfirmed(id, RELEASE, day, by).unwrap_err(), Refusal::NotOffered);
    // Another time is another question.
    let moved = coming.move_appointment(booking(day + minutes(60)), RULES, &officer(), by).unwrap().inquiry;
    let visit = moved.appointment().unwrap();
    assert_eq!((visit.asked, visit.confirmed), (None, None));
}

#[test]
fn whoever_is_asked_late_has_as_long_as_anybody() {
    let day = start() + minutes(10 * 24 * 60);
    let booked = visiting(day);
    let id = booked.appointment().unwrap().id;
    // The question went out only twenty hours before: nobody loses anything over that.
    let late = day - minutes(20 * 60);
    let asked = booked.ask_to_confirm(id, RELEASE, late).unwrap();
    assert!(asked.jobs.is_empty());
    for now in [late + minutes(60), day - minutes(1)] {
        let kept = asked.inquiry.release_unconfirmed(id, RELEASE, day, now);
        assert!(matches!(kept, Err(Refusal::TooSoon { .. })), "{kept:?}");
    }
}
