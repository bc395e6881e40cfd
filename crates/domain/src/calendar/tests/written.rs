//! What data may say, and what is refused.

use super::{date, span, text};
use crate::calendar::{
    BusinessCalendar, Closure, Holiday, Holidays, HoursError, OpeningHours, Span, WeeklyHours, Zone,
    windows::CallbackRules,
};
use jiff::civil::Weekday;
use serde::de::DeserializeOwned;

fn refused<T: DeserializeOwned>(json: &str) -> String {
    match serde_json::from_str::<T>(json) {
        Ok(_) => panic!("accepted: {json}"),
        Err(why) => why.to_string(),
    }
}

#[test]
fn zones_are_iana_names() {
    let zone: Zone = serde_json::from_str("\"america/new_york\"").unwrap();
    assert_eq!(zone.name(), "America/New_York");
    for bad in ["Mars/Olympus", "", "EST5EDT,M3.2.0,M11.1.0", "-05:00", "Etc/Unknown"] {
        assert!(refused::<Zone>(&format!("{bad:?}")).contains("time zone"), "{bad}");
    }
}

#[test]
fn spans_are_two_times_of_one_day() {
    assert_eq!(span("08:00-15:30").to_string(), "08:00-15:30");
    assert_eq!(span("00:00-24:00"), Span::whole_day());
    assert_eq!(span("20:00 - 24:00").to_string(), "20:00-24:00");
    for bad in ["15:30-08:00", "08:00", "8-12", "08:00-08:00", "08:00-25:00", ""] {
        bad.parse::<Span>().unwrap_err();
    }
}

#[test]
fn a_named_day_wins_over_weekdays() {
    let week: WeeklyHours = serde_json::from_str(
        r#"{"weekdays": ["13:00-15:00", "08:00-12:00"], "friday": [], "saturday": ["09:00-12:00"]}"#,
    )
    .unwrap();
    assert_eq!(week.on(Weekday::Monday), [span("08:00-12:00"), span("13:00-15:00")]);
    assert!(week.on(Weekday::Friday).is_empty());
    assert_eq!(week.on(Weekday::Saturday), [span("09:00-12:00")]);
    let again: WeeklyHours = serde_json::from_str(&serde_json::to_string(&week).unwrap()).unwrap();
    assert_eq!(again, week);
    assert!(refused::<WeeklyHours>(r#"{"monday": ["08:00-12:00", "11:00-13:00"]}"#).contains("overlap"));
    assert!(refused::<WeeklyHours>(r#"{"moonday": []}"#).contains("moonday"));
}

#[test]
fn versions_hold_from_their_day() {
    let hours: OpeningHours = serde_json::from_str(
        r#"[{"from": "2026-06-01", "week": {"weekdays": ["08:00-12:00"]}},
            {"from": "2026-01-01", "week": {"weekdays": ["08:00-16:00"]}}]"#,
    )
    .unwrap();
    assert!(hours.on(date("2025-12-31")).is_empty());
    assert_eq!(hours.on(date("2026-05-29")), [span("08:00-16:00")]);
    assert_eq!(hours.on(date("2026-06-01")), [span("08:00-12:00")]);
    let twice = OpeningHours::new(hours.versions().iter().chain(hours.versions()).cloned().collect());
    assert_eq!(twice, Err(HoursError::SameDay(date("2026-01-01"))));
}

#[test]
fn closures_default_to_one_whole_day() {
    let one: Closure = serde_json::from_str(r#"{"from": "2026-12-24", "why": {"en": "Snow"}}"#).unwrap();
    assert_eq!(one, Closure::days(date("2026-12-24"), date("2026-12-24"), text("Snow")));
    assert!(
        refused::<Closure>(r#"{"from": "2026-12-24", "until": "2026-12-23", "why": {"en": "Snow"}}"#)
            .contains("before")
    );
    assert!(refused::<Closure>(r#"{"from": "2026-12-24", "to": "2026-12-25", "why": {}}"#).contains("to"));
}

#[test]
fn holidays_name_days_that_exist() {
    let fixed = |month: i8, day: i8| {
        format!(r#"[{{"name": {{"en": "X"}}, "rule": {{"kind": "fixed", "month": {month}, "day": {day}}}}}]"#)
    };
    let leap: Holidays = serde_json::from_str(&fixed(2, 29)).unwrap();
    assert!(leap.on(date("2028-02-29")).is_some());
    assert!(leap.on(date("2027-02-28")).is_none() && leap.on(date("2027-03-01")).is_none());
    for (month, day) in [(2, 30), (13, 1), (0, 1), (4, 31)] {
        assert!(refused::<Holidays>(&fixed(month, day)).contains("no day"), "{month}-{day}");
    }
    assert!(
        refused::<Holiday>(r#"{"name": {}, "rule": {"kind": "fixed", "month": 1, "day": 1, "moved": true}}"#)
            .contains("moved")
    );
    assert!(
        refused::<Holidays>(
            r#"[{"name": {}, "from_year": 2030, "until_year": 2029, "rule": {"kind": "fixed", "month": 1, "day": 1}}]"#
        )
        .contains("2029")
    );
}

#[test]
fn a_fifth_weekday_is_kept_only_where_there_is_one() {
    let holidays: Holidays = serde_json::from_str(
        r#"[{"name": {"en": "X"}, "rule": {"kind": "weekday", "month": 10, "weekday": "saturday", "nth": "fifth"}}]"#,
    )
    .unwrap();
    assert!(holidays.on(date("2026-10-31")).is_some());
    assert!((1..=31).all(|d| holidays.on(jiff::civil::date(2025, 10, d)).is_none()));
}

#[test]
fn a_sunday_holiday_may_move_past_the_end_of_the_year() {
    let holidays: Holidays = serde_json::from_str(
        r#"[{"name": {"en": "X"}, "until_year": 2023,
             "rule": {"kind": "fixed", "month": 12, "day": 31, "observed": "next-monday"}}]"#,
    )
    .unwrap();
    assert_eq!(holidays.on(date("2024-01-01")).unwrap().actual, date("2023-12-31"));
    assert!(holidays.on(date("2024-12-31")).is_none());
}

#[test]
fn a_calendar_is_read_whole() {
    let json = r#"{"zone": "Pacific/Guam", "hours": [{"from": "2026-01-01", "week": {"weekdays": ["08:00-16:00"]}}]}"#;
    let calendar: BusinessCalendar = serde_json::from_str(json).unwrap();
    assert!(calendar.is_business_day(date("2026-11-23")));
    let again: BusinessCalendar = serde_json::from_str(&serde_json::to_string(&calendar).unwrap()).unwrap();
    assert_eq!(again, calendar);
    assert!(refused::<BusinessCalendar>(r#"{"zone": "Pacific/Guam", "hour": []}"#).contains("hour"));
}

#[test]
fn callback_rules_are_checked() {
    assert_eq!(serde_json::from_str::<CallbackRules>("{}").unwrap(), CallbackRules::default());
    for (bad, why) in [
        (r#"{"window_minutes": 121}"#, "15 to 120"),
        (r#"{"call_minutes": 61}"#, "call takes"),
        (r#"{"take_over_minutes": 121}"#, "take_over_minutes"),
        (r#"{"attempts": [0, 20, 5]}"#, "rise"),
        (r#"{"attempts": [5]}"#, "rise"),
        (r#"{"attempts": [0, 60]}"#, "rise"),
        (r#"{"attempts": []}"#, "rise"),
        (r#"{"from": "19:00:00"}"#, "end after"),
        (r#"{"urgent_within_hours": 0}"#, "at least one"),
        (r#"{"windows": 60}"#, "windows"),
    ] {
        let said = refused::<CallbackRules>(bad);
        assert!(said.contains(why), "{bad}: {said}");
    }
}

#[test]
fn hours_share_what_both_have() {
    for (one, other, both) in [
        ("08:00-20:00", "09:00-17:00", Some("09:00-17:00")),
        ("08:00-12:00", "10:00-24:00", Some("10:00-12:00")),
        ("00:00-24:00", "22:00-24:00", Some("22:00-24:00")),
        ("08:00-12:00", "12:00-13:00", None),
    ] {
        let both = both.map(span);
        assert_eq!(span(one).shared(span(other)), both, "{one} {other}");
        assert_eq!(span(other).shared(span(one)), both, "{other} {one}");
    }
}
