//! What people read, in both languages: looked at by a person once, then held.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use domain::text::Lang;
use jiff::{Timestamp, civil::date, civil::time};
use locale::{Overrides, Tongue, Words};
use std::fmt::Write;

fn words() -> Words {
    Words::load(&Overrides::none()).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The same lines in English and Spanish.
fn both(lines: impl Fn(&Tongue) -> Vec<String>) -> String {
    let words = words();
    let mut out = String::new();
    for lang in [Lang::en(), Lang::es()] {
        writeln!(out, "[{lang}]").unwrap();
        for line in lines(words.tongue(&lang)) {
            writeln!(out, "{line}").unwrap();
        }
    }
    out
}

#[test]
fn days() {
    insta::assert_snapshot!(both(|t| {
        let today = date(2026, 11, 23);
        [date(2026, 12, 3), date(2026, 11, 23), date(2027, 1, 4), date(2028, 2, 29)]
            .map(|day| t.day(day, today))
            .to_vec()
    }));
}

#[test]
fn times() {
    insta::assert_snapshot!(both(|t| {
        [(0, 0), (0, 5), (1, 0), (9, 30), (10, 0), (12, 0), (12, 15), (13, 0), (18, 30), (23, 59)]
            .map(|(h, m)| t.time(time(h, m, 0, 0)))
            .to_vec()
    }));
}

#[test]
fn windows() {
    // Pacific standard time is eight hours behind UTC.
    let spans = [
        ("2026-12-03T18:00Z", "2026-12-03T19:00Z"), // 10 to 11
        ("2026-12-03T18:30Z", "2026-12-03T19:30Z"), // 10:30 to 11:30
        ("2026-12-03T15:00Z", "2026-12-03T17:00Z"), // 7 to 9
        ("2026-12-03T19:00Z", "2026-12-03T20:00Z"), // 11 to noon
        ("2026-12-03T20:00Z", "2026-12-03T21:00Z"), // noon to 1
        ("2026-12-03T19:00Z", "2026-12-03T21:00Z"), // 11 to 1, across noon
        ("2026-12-03T19:30Z", "2026-12-03T21:30Z"), // 11:30 to 1:30
        ("2026-12-03T21:00Z", "2026-12-03T22:00Z"), // 1 to 2
        ("2026-12-04T00:00Z", "2026-12-04T02:00Z"), // 4 to 6
        ("2026-12-04T00:30Z", "2026-12-04T02:30Z"), // 4:30 to 6:30
        ("2026-12-04T03:00Z", "2026-12-04T05:00Z"), // 7 to 9
        ("2026-12-04T07:00Z", "2026-12-04T08:00Z"), // 11 to midnight
        ("2026-12-04T08:00Z", "2026-12-04T09:00Z"), // midnight to 1
        ("2026-12-04T06:00Z", "2026-12-04T10:00Z"), // 10 to 2 on the next day
        ("2026-12-03T10:00Z", "2026-12-03T12:00Z"), // 2 to 4
        ("2027-01-04T18:00Z", "2027-01-04T19:00Z"), // next year
        ("2026-12-03T18:00Z", "2026-12-03T18:00Z"), // no length
    ];
    insta::assert_snapshot!(both(|t| {
        spans
            .iter()
            .map(|(from, to)| {
                t.window(
                    at(&from.replace('Z', ":00Z")),
                    at(&to.replace('Z', ":00Z")),
                    "America/Los_Angeles",
                    at("2026-11-23T09:00:00Z"),
                )
            })
            .collect()
    }));
}

#[test]
fn zones() {
    let zones = [
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Anchorage",
        "Pacific/Honolulu",
        "America/Adak",
        "America/Puerto_Rico",
        "Pacific/Guam",
        "Pacific/Saipan",
        "Pacific/Pago_Pago",
        "Europe/Berlin",
        "Mars/Olympus_Mons",
    ];
    insta::assert_snapshot!(both(|t| {
        zones
            .iter()
            .map(|zone| {
                t.window(
                    at("2026-07-01T18:00:00Z"),
                    at("2026-07-01T19:00:00Z"),
                    zone,
                    at("2026-06-23T09:00:00Z"),
                )
            })
            .collect()
    }));
}

#[test]
fn moments() {
    let zone = "America/New_York";
    let now = at("2026-12-30T15:00:00Z");
    insta::assert_snapshot!(both(|t| {
        [
            "2026-12-31T15:00:00Z",
            "2026-12-31T18:00:00Z",
            "2026-12-31T17:00:00Z",
            "2027-01-01T05:00:00Z",
            "2027-07-01T13:20:00Z",
        ]
        .map(|instant| t.moment(at(instant), zone, now))
        .to_vec()
    }));
}

#[test]
fn ages_and_deadlines() {
    let now = at("2026-11-23T09:00:00Z");
    let seconds =
        [0, 29, 30, 60, 20 * 60, 89 * 60, 90 * 60, 5 * 3600, 35 * 3600, 36 * 3600, 48 * 3600, 400 * 86400];
    insta::assert_snapshot!(both(|t| {
        seconds
            .iter()
            .map(|s| {
                let span = jiff::SignedDuration::from_secs(*s);
                format!(
                    "{s:>8} s: {} | {} | {}",
                    t.ago(now, now - span),
                    t.due(now, now + span),
                    t.due(now, now - span)
                )
            })
            .collect()
    }));
    let t = words();
    assert_eq!(t.tongue(&Lang::en()).ago(now, now + jiff::SignedDuration::from_secs(90)), "just now");
}

#[test]
fn numbers_and_lists() {
    insta::assert_snapshot!(both(|t| vec![
        t.number(44_000),
        t.number(-1_234_567),
        t.number(999),
        t.list(&["passport"]),
        t.list(&["passport", "photo"]),
        t.list(&["passport", "photo", "iglesia"]),
    ]));
}

#[test]
fn weeks() {
    let week = |toml: &str| -> domain::calendar::WeeklyHours { toml::from_str(toml).unwrap() };
    insta::assert_snapshot!(both(|t| {
        [
            "weekdays = [\"08:00-15:00\"]",
            "weekdays = [\"08:00-15:00\"]\nfriday = [\"08:00-12:00\"]",
            "weekdays = [\"08:00-12:00\", \"13:00-16:30\"]\nwednesday = []",
            "tuesday = [\"09:00-13:00\"]\nsaturday = [\"10:00-24:00\"]\nsunday = [\"10:00-24:00\"]",
            "",
        ]
        .map(|hours| t.week(&week(hours)))
        .to_vec()
    }));
}
