//! A closing's own way: planned, carried out, undone; the rest is in the inquiry's walks and at the desk.

use super::*;
use crate::ids::StaffId;
use jiff::SignedDuration;

fn now() -> Timestamp {
    "2026-11-23T15:00:00Z".parse().unwrap()
}

fn hours(n: i64) -> Timestamp {
    now() + SignedDuration::from_hours(n)
}

fn staff(n: u8) -> Actor {
    Actor::Staff { id: StaffId::new(now(), &[n; 10]), name: "N. N.".into() }
}

fn both(text: &str) -> Text {
    Text::new([(Lang::en(), text.to_owned()), (Lang::es(), text.to_owned())])
}

fn new(from: i64, until: i64) -> NewClosing {
    NewClosing {
        office: "LOS".parse().unwrap(),
        zone: "America/Los_Angeles".parse().unwrap(),
        from: hours(from),
        until: hours(until),
        why: both("Snow."),
    }
}

fn affected(n: u8) -> Affected {
    Affected {
        inquiry: InquiryId::new(now(), &[n; 10]),
        number: InquiryNumber::from_chance(u32::from(n)),
        appointment: AppointmentId::new(now(), &[n; 10]),
        had: Had {
            service: "counter".parse().unwrap(),
            pool: Pool::Officer,
            start: hours(24),
            end: hours(25),
        },
        offer: Offer::Nothing,
        choose_until: None,
        asked_back: false,
        standing: Standing::Planned,
    }
}

fn plan(visits: u8) -> Closing {
    let rules = ClosingRules { second_person_above: 2, ..ClosingRules::default() };
    let all = (0..visits).map(affected).collect();
    let id = ClosingId::new(now(), &[9; 10]);
    Closing::plan(id, new(20, 30), all, hours(2), rules, staff(1), now()).unwrap().0
}

fn check(new: &NewClosing, others: &[Closing]) -> Result<(), ClosingRefused> {
    Closing::check(new, others, &[Lang::en(), Lang::es()], now())
}

#[test]
fn everybody_is_told_why_and_no_time_is_closed_twice() {
    assert_eq!(check(&new(20, 30), &[]), Ok(()));
    let mut one = new(20, 30);
    one.why = Text::new([(Lang::en(), "Snow.".to_owned())]);
    assert_eq!(check(&one, &[]), Err(ClosingRefused::NoWhy { lang: Lang::es() }));
    one.why = both(&"x".repeat(LONGEST_WHY + 1));
    assert_eq!(check(&one, &[]), Err(ClosingRefused::LongWhy { lang: Lang::en() }));
    assert_eq!(check(&new(30, 30), &[]), Err(ClosingRefused::Over));
    assert_eq!(check(&new(-3, 0), &[]), Err(ClosingRefused::Over));
    assert_eq!(check(&new(1, 27), &[]), Err(ClosingRefused::TooLong));
    let other = plan(0);
    assert_eq!(
        check(&new(29, 31), std::slice::from_ref(&other)),
        Err(ClosingRefused::Overlaps { other: other.id })
    );
    assert_eq!(check(&new(30, 31), std::slice::from_ref(&other)), Ok(()), "it ends before");
    let (dropped, _) = other.give_up(now()).unwrap();
    assert_eq!(check(&new(29, 31), &[dropped]), Ok(()), "it was given up");
}

#[test]
fn a_plan_shuts_nothing_and_grows_stale() {
    let plan = plan(1);
    assert!(!plan.shuts());
    assert_eq!(plan.begin(staff(1), hours(1)).unwrap_err(), ClosingRefused::Stale);
    let (begun, _) = plan.begin(staff(1), now()).unwrap();
    assert!(begun.shuts());
    assert_eq!(begun.begin(staff(1), now()).unwrap_err(), ClosingRefused::WrongStage);
    assert_eq!(begun.give_up(now()).unwrap_err(), ClosingRefused::WrongStage);
}

#[test]
fn many_visits_need_a_second_person() {
    let plan = plan(3);
    assert_eq!(plan.begin(staff(1), now()).unwrap_err(), ClosingRefused::SecondPerson);
    let (begun, _) = plan.begin(staff(2), now()).unwrap();
    assert_eq!(begun.closed_by, Some(staff(2)));
}

#[test]
fn it_can_be_undone_for_a_while_and_never_after_its_time() {
    let rules = ClosingRules::default();
    let (begun, _) = plan(1).begin(staff(1), now()).unwrap();
    assert_eq!(begun.undo(rules, hours(1)).unwrap_err(), ClosingRefused::UndoOver { until: hours(1) });
    let (closed, _) = begun.closed(now()).unwrap();
    let (opening, _) = closed.undo(rules, now() + SignedDuration::from_mins(59)).unwrap();
    assert!(opening.shuts(), "nobody gets in before those are back who were there");
    let (opened, _) = opening.opened(now()).unwrap();
    assert!(!opened.shuts());
    let long = ClosingRules { undo_minutes: u16::MAX, ..rules };
    assert_eq!(begun.undo_until(long), Some(hours(30)));
}
