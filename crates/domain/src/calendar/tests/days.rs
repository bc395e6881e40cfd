//! Business days, and why a place is closed.

use super::{at, closed_part, date, office, plain, spans, text, zone};
use crate::calendar::{BusinessCalendar, Closed, Closure, Holidays, OpeningHours, WeeklyHours};
use jiff::{ToSpan, civil::Date, civil::Weekday};
use proptest::prelude::*;

fn new_york() -> BusinessCalendar {
    office("America/New_York", &["08:00-12:00", "13:00-16:00"])
}

#[test]
fn five_business_days_step_over_weekends_and_thanksgiving() {
    let office = new_york();
    for (from, n, to) in [
        ("2026-11-23", 5, "2026-12-01"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-22", 0, "2026-11-22"),
        ("2026-11-27", -1, "2026-11-25"),
        ("2026-11-29", -1, "2026-11-27"),
        ("2021-12-30", 1, "2022-01-03"),
    ] {
        assert_eq!(office.add_business_days(date(from), n), Some(date(to)), "{from} {n}");
    }
    assert_eq!(office.business_days_between(date("2026-11-23"), date("2026-12-01")), 5);
    assert_eq!(office.business_days_between(date("2026-12-01"), date("2026-11-23")), -5);
    assert_eq!(office.business_days_between(date("2026-11-21"), date("2026-11-22")), 0);
}

#[test]
fn a_place_that_never_opens_has_no_next_business_day() {
    let never = BusinessCalendar {
        zone: zone("America/New_York"),
        hours: OpeningHours::default(),
        closures: Vec::new(),
        holidays: Holidays::default(),
    };
    assert_eq!(never.add_business_days(date("2026-11-23"), 1), None);
    assert_eq!(never.next_open(at("2026-11-23T12:00:00Z"), 30), None);
    assert_eq!(never.why_closed(at("2026-11-23T12:00:00Z")), Some(Closed::NotYet { first_day: None }));
}

#[test]
fn people_are_told_why() {
    let mut office = new_york();
    office.closures.push(Closure::days(date("2026-12-07"), date("2026-12-08"), text("Water damage")));
    office.closures.push(closed_part("2026-12-09", "09:00-10:00"));
    let why = |t: &str| office.why_closed(at(t));
    assert_eq!(why("2026-11-23T13:00:00Z"), None);
    assert_eq!(why("2026-11-21T15:00:00Z"), Some(Closed::Weekend { weekday: Weekday::Saturday }));
    assert_eq!(why("2026-11-23T12:59:59Z"), Some(Closed::BeforeHours { opens: at("2026-11-23T13:00:00Z") }));
    assert_eq!(why("2026-11-23T21:00:00Z"), Some(Closed::AfterHours { closed: at("2026-11-23T21:00:00Z") }));
    assert_eq!(
        why("2026-11-23T17:30:00Z"),
        Some(Closed::BetweenHours { closed: at("2026-11-23T17:00:00Z"), opens: at("2026-11-23T18:00:00Z") })
    );
    assert_eq!(
        why("2026-12-07T15:00:00Z"),
        Some(Closed::Closure { why: text("Water damage"), until: date("2026-12-08"), whole_day: true })
    );
    assert_eq!(
        why("2026-12-09T14:30:00Z"),
        Some(Closed::Closure { why: text("Training"), until: date("2026-12-09"), whole_day: false })
    );
    assert_eq!(why("1999-12-30T15:00:00Z"), Some(Closed::NotYet { first_day: Some(date("2000-01-01")) }));
    let half_week: WeeklyHours =
        serde_json::from_str(r#"{"weekdays": ["08:00-16:00"], "friday": []}"#).unwrap();
    let half = plain("America/New_York", half_week);
    assert_eq!(half.why_closed_on(date("2026-12-04")), Some(Closed::NoHours { weekday: Weekday::Friday }));
    assert_eq!(half.why_closed_on(date("2026-12-03")), None);
}

#[test]
fn a_part_of_a_day_leaves_a_business_day_unless_nothing_is_left() {
    let mut office = new_york();
    office.closures.push(closed_part("2026-12-09", "08:00-12:00"));
    assert!(office.is_business_day(date("2026-12-09")));
    office.closures.push(closed_part("2026-12-09", "12:30-24:00"));
    assert!(!office.is_business_day(date("2026-12-09")));
    assert_eq!(office.why_closed_on(date("2026-12-09")).unwrap().code(), "closed-closure");
    // Of several closures the one of the whole day is told.
    office.closures.insert(1, Closure::days(date("2026-12-09"), date("2026-12-09"), text("Snow")));
    let told = office.why_closed_on(date("2026-12-09"));
    assert_eq!(told, Some(Closed::Closure { why: text("Snow"), until: date("2026-12-09"), whole_day: true }));
}

#[test]
fn the_next_opening_is_found_within_the_horizon() {
    let office = new_york();
    let friday_night = at("2026-11-21T01:00:00Z");
    assert_eq!(office.next_open(friday_night, 2), None);
    assert_eq!(office.next_open(friday_night, 3), Some(at("2026-11-23T13:00:00Z")));
    assert_eq!(office.next_open(at("2026-11-23T14:00:00Z"), 0), Some(at("2026-11-23T14:00:00Z")));
    assert_eq!(office.next_open(at("2026-11-23T17:00:00Z"), 0), Some(at("2026-11-23T18:00:00Z")));
}

#[test]
fn spans_that_meet_are_open_throughout_and_a_break_is_not() {
    let meeting =
        plain("America/New_York", WeeklyHours::weekdays(&spans(&["08:00-12:00", "12:00-16:00"])).unwrap());
    assert!(meeting.is_open_throughout(at("2026-11-23T16:30:00Z"), at("2026-11-23T17:30:00Z")));
    assert!(!new_york().is_open_throughout(at("2026-11-23T16:30:00Z"), at("2026-11-23T18:30:00Z")));
    let always = plain("America/New_York", super::every_day(&["00:00-24:00"]));
    assert!(always.is_open_throughout(at("2026-11-23T00:00:00Z"), at("2026-11-25T00:00:00Z")));
    assert!(!always.is_open_throughout(at("2026-11-23T00:00:00Z"), at("2026-11-23T00:00:00Z")));
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i64..5_000).prop_map(|n| date("2022-01-01").saturating_add(n.days()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn counting_undoes_adding(day in any_day(), n in -60_i32..60) {
        let office = new_york();
        let there = office.add_business_days(day, n).unwrap();
        prop_assert_eq!(office.business_days_between(day, there), n);
        prop_assert!(n == 0 || office.is_business_day(there));
    }

    #[test]
    fn counting_agrees_with_looking_at_each_day(day in any_day(), n in 0_i64..40) {
        let office = new_york();
        let end = day.saturating_add(n.days());
        let looked = day.tomorrow().unwrap().series(1.day()).take_while(|d| *d <= end);
        let count = looked.filter(|d| office.is_business_day(*d)).count();
        prop_assert_eq!(office.business_days_between(day, end), i32::try_from(count).unwrap());
    }

    #[test]
    fn open_or_told_why(seconds in 1_640_995_200_i64..2_000_000_000) {
        let mut office = new_york();
        office.closures.push(Closure::days(date("2025-03-01"), date("2025-06-30"), text("Repairs")));
        let now = jiff::Timestamp::from_second(seconds).unwrap();
        prop_assert_eq!(office.is_open(now), office.why_closed(now).is_none());
        let next = office.next_open(now, 200).unwrap();
        prop_assert!(next >= now && office.is_open(next));
        prop_assert_eq!(next == now, office.is_open(now));
    }
}
