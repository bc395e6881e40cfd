//! The days on which the clocks change.

use super::{at, closed_part, date, every_day, office, plain, shown};
use crate::calendar::BusinessCalendar;
use jiff::SignedDuration;

fn hours_open(calendar: &BusinessCalendar, day: &str) -> SignedDuration {
    calendar.open_spans(date(day)).iter().map(|s| s.end.duration_since(s.start)).sum()
}

fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

#[test]
fn a_whole_day_is_as_long_as_the_day() {
    for (zone, day, expected) in [
        ("America/New_York", "2026-03-07", 24 * 60),
        ("America/New_York", "2026-03-08", 23 * 60),
        ("America/New_York", "2026-11-01", 25 * 60),
        ("America/Los_Angeles", "2026-03-08", 23 * 60),
        ("America/Los_Angeles", "2026-11-01", 25 * 60),
        ("America/Phoenix", "2026-03-08", 24 * 60),
        ("America/Phoenix", "2026-11-01", 24 * 60),
        ("Pacific/Guam", "2026-03-08", 24 * 60),
        ("America/St_Thomas", "2026-11-01", 24 * 60),
        // Half an hour, and the other way round in the year.
        ("Australia/Lord_Howe", "2026-04-05", 24 * 60 + 30),
        ("Australia/Lord_Howe", "2026-10-04", 24 * 60 - 30),
        // Midnight itself is missing, or comes twice.
        ("America/Havana", "2026-03-08", 23 * 60),
        ("America/Havana", "2026-11-01", 25 * 60),
    ] {
        let calendar = plain(zone, every_day(&["00:00-24:00"]));
        assert_eq!(hours_open(&calendar, day), minutes(expected), "{zone} {day}");
    }
}

#[test]
fn whole_days_follow_each_other_without_gap_or_overlap() {
    for zone in
        ["America/New_York", "America/Havana", "Australia/Lord_Howe", "Atlantic/Azores", "Africa/Cairo"]
    {
        let calendar = plain(zone, every_day(&["00:00-24:00"]));
        let mut day = date("2026-01-01");
        let mut reached = calendar.open_spans(day).first().unwrap().start;
        while day < date("2027-01-01") {
            for span in calendar.open_spans(day) {
                assert_eq!(span.start, reached, "{zone} {day}");
                reached = span.end;
            }
            day = day.tomorrow().unwrap();
        }
    }
}

#[test]
fn an_opening_inside_a_gap_moves_to_the_first_instant_there_is() {
    let calendar = plain("America/New_York", every_day(&["02:30-06:00"]));
    let spans = calendar.open_spans(date("2026-03-08"));
    assert_eq!(spans.first().unwrap().start, at("2026-03-08T07:00:00Z"));
    assert_eq!(shown(&calendar, &spans), "03:00-06:00");
    // Wholly inside the gap, there is nothing to open for; closing inside it, the last hour is the one before.
    assert!(plain("America/New_York", every_day(&["02:10-02:50"])).open_spans(date("2026-03-08")).is_empty());
    let calendar = plain("America/New_York", every_day(&["00:00-02:30"]));
    assert_eq!(calendar.open_spans(date("2026-03-08")).first().unwrap().end, at("2026-03-08T07:00:00Z"));
    // The gap of Lord Howe is from 02:00 until 02:30.
    let calendar = plain("Australia/Lord_Howe", every_day(&["02:10-03:00"]));
    assert_eq!(shown(&calendar, &calendar.open_spans(date("2026-10-04"))), "02:30-03:00");
}

#[test]
fn a_fold_opens_at_its_earlier_and_closes_at_its_later_hour() {
    let calendar = plain("America/New_York", every_day(&["01:30-05:00"]));
    assert_eq!(calendar.open_spans(date("2026-11-01")).first().unwrap().start, at("2026-11-01T05:30:00Z"));
    let calendar = plain("America/New_York", every_day(&["00:00-01:30"]));
    assert_eq!(calendar.open_spans(date("2026-11-01")).first().unwrap().end, at("2026-11-01T06:30:00Z"));
    // Two spans that meet inside the fold do not overlap there.
    let calendar = plain("America/New_York", every_day(&["00:00-01:30", "01:30-05:00"]));
    let spans = calendar.open_spans(date("2026-11-01"));
    assert_eq!(spans.len(), 2);
    assert_eq!(spans[0].end, spans[1].start);
    assert_eq!(hours_open(&calendar, "2026-11-01"), minutes(6 * 60));
}

#[test]
fn a_closure_inside_a_fold_closes_both_hours() {
    let mut calendar = plain("America/New_York", every_day(&["00:00-05:00"]));
    calendar.closures.push(closed_part("2026-11-01", "01:15-01:45"));
    // From the first 01:15 until the second 01:45: an hour and a half of six.
    assert_eq!(hours_open(&calendar, "2026-11-01"), minutes(6 * 60 - 90));
    for shut in ["2026-11-01T05:20:00Z", "2026-11-01T06:20:00Z"] {
        assert_eq!(calendar.why_closed(at(shut)).unwrap().code(), "closed-closure");
    }
}

#[test]
fn an_office_keeps_its_local_hours_through_the_year() {
    for (zone, winter, summer) in [
        ("America/New_York", "13:00", "12:00"),
        ("America/Los_Angeles", "16:00", "15:00"),
        ("America/Phoenix", "15:00", "15:00"),
        ("America/St_Thomas", "12:00", "12:00"),
    ] {
        let office = office(zone, &["08:00-16:00"]);
        for (day, utc) in [("2026-01-12", winter), ("2026-07-13", summer)] {
            let opens = office.open_spans(date(day)).first().unwrap().start;
            assert_eq!(opens, at(&format!("{day}T{utc}:00Z")), "{zone} {day}");
        }
    }
    // On Guam it is Monday while it is Sunday in Greenwich.
    let guam = office("Pacific/Guam", &["08:00-16:00"]);
    assert_eq!(guam.open_spans(date("2026-01-12")).first().unwrap().start, at("2026-01-11T22:00:00Z"));
    assert!(guam.is_open(at("2026-01-11T22:00:00Z")));
}
