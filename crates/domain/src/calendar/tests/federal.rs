//! The eleven federal holidays (5 U.S.C. 6103(a)), against dates worked out elsewhere.

use super::{at, date, office};
use crate::calendar::{Closed, Holidays};
use jiff::{ToSpan, civil::Date};

pub(super) fn holidays() -> Holidays {
    serde_json::from_str(FEDERAL).unwrap()
}

const FEDERAL: &str = r#"[
  {"name": {"en": "New Year's Day"}, "rule": {"kind": "fixed", "month": 1, "day": 1, "observed": "nearest-weekday"}},
  {"name": {"en": "Birthday of Martin Luther King, Jr."}, "from_year": 1986,
   "rule": {"kind": "weekday", "month": 1, "weekday": "monday", "nth": "third"}},
  {"name": {"en": "Washington's Birthday"}, "rule": {"kind": "weekday", "month": 2, "weekday": "monday", "nth": "third"}},
  {"name": {"en": "Memorial Day"}, "rule": {"kind": "weekday", "month": 5, "weekday": "monday", "nth": "last"}},
  {"name": {"en": "Juneteenth National Independence Day"}, "from_year": 2021,
   "rule": {"kind": "fixed", "month": 6, "day": 19, "observed": "nearest-weekday"}},
  {"name": {"en": "Independence Day"}, "rule": {"kind": "fixed", "month": 7, "day": 4, "observed": "nearest-weekday"}},
  {"name": {"en": "Labor Day"}, "rule": {"kind": "weekday", "month": 9, "weekday": "monday", "nth": "first"}},
  {"name": {"en": "Columbus Day"}, "rule": {"kind": "weekday", "month": 10, "weekday": "monday", "nth": "second"}},
  {"name": {"en": "Veterans Day"}, "rule": {"kind": "fixed", "month": 11, "day": 11, "observed": "nearest-weekday"}},
  {"name": {"en": "Thanksgiving Day"}, "rule": {"kind": "weekday", "month": 11, "weekday": "thursday", "nth": "fourth"}},
  {"name": {"en": "Christmas Day"}, "rule": {"kind": "fixed", "month": 12, "day": 25, "observed": "nearest-weekday"}}
]"#;

/// Every weekday off in a year, by an independent calculation (the Python package `holidays`, federal list of
/// the United States), in which a New Year's Day observed on 31 December counts in the year before.
const WEEKDAYS_OFF: [(i16, &str); 17] = [
    (2019, "01-01 01-21 02-18 05-27 07-04 09-02 10-14 11-11 11-28 12-25"),
    (2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25"),
    (2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
    (2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"),
    (2023, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
    (2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"),
    (2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
    (2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
    (2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
    (2028, "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
    (2029, "01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25"),
    (2030, "01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"),
    (2031, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
    (2032, "01-01 01-19 02-16 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
    (2033, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"),
    (2034, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
    (2035, "01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25"),
];

#[test]
fn weekdays_off_from_2019_to_2035() {
    let holidays = holidays();
    for (year, expected) in WEEKDAYS_OFF {
        let found: Vec<String> = Date::new(year, 1, 1)
            .unwrap()
            .series(1.day())
            .take_while(|d| d.year() == year)
            .filter(|d| d.weekday().to_monday_zero_offset() < 5 && holidays.on(*d).is_some())
            .map(|d| d.strftime("%m-%d").to_string())
            .collect();
        assert_eq!(found.join(" "), expected, "{year}");
    }
}

#[test]
fn a_holiday_is_named_on_its_observed_day_and_on_the_day_itself() {
    let holidays = holidays();
    for (day, name, actual) in [
        ("2021-12-31", "New Year's Day", "2022-01-01"),
        ("2022-01-01", "New Year's Day", "2022-01-01"),
        ("2027-12-31", "New Year's Day", "2028-01-01"),
        ("2022-06-20", "Juneteenth National Independence Day", "2022-06-19"),
        ("2026-07-03", "Independence Day", "2026-07-04"),
        ("2026-05-25", "Memorial Day", "2026-05-25"),
    ] {
        let found = holidays.on(date(day)).unwrap();
        assert_eq!(
            (found.holiday.name.in_lang(&crate::text::Lang::en()), found.actual),
            (name, date(actual)),
            "{day}"
        );
    }
    // Before it was a holiday, and the day after a holiday that was a Saturday.
    for day in ["2020-06-19", "2019-06-19", "2027-01-04", "2028-01-03"] {
        assert!(holidays.on(date(day)).is_none(), "{day}");
    }
}

#[test]
fn people_are_told_the_holiday() {
    let office = office("America/New_York", &["08:00-16:00"]);
    let why = office.why_closed(at("2021-12-31T15:00:00Z")).unwrap();
    assert_eq!(why.code(), "closed-holiday");
    let Closed::Holiday { actual, observed, .. } = why else { panic!("{why:?}") };
    assert_eq!((actual, observed), (date("2022-01-01"), true));
}
