//! A calendar that keeps itself up to date, read back and held against the rules of RFC 5545 and RFC 7986.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use icalendar::{Calendar as Parsed, CalendarComponent, Component, Event, EventStatus};
use jiff::{Timestamp, civil::date, tz::TimeZone};
use notices::{Feed, FeedEntry};
use proptest::prelude::*;

const NOW: &str = "2026-10-20T17:00:00Z";

fn entry(uid: &str, start: Timestamp) -> FeedEntry {
    FeedEntry {
        uid: uid.to_owned(),
        sequence: 2,
        cancelled: false,
        busy: true,
        start,
        end: start + jiff::SignedDuration::from_mins(30),
        summary: "Anytown Services: visit".to_owned(),
        description: Some("Questions: 1-800-555-0100".to_owned()),
        location: Some("Los Angeles office, 300 Example Street".to_owned()),
        url: None,
    }
}

fn feed(entries: Vec<FeedEntry>) -> Feed {
    Feed { name: "Anytown Services".to_owned(), domain: "agency.example".to_owned(), entries }
}

/// What RFC 5545 §3.1 says of lines, and §3.4 of an object.
fn well_formed(file: &str) {
    assert!(
        file.ends_with("\r\n") && !file.replace("\r\n", "").contains(['\r', '\n']),
        "lines end with CRLF"
    );
    let mut open: Vec<&str> = Vec::new();
    for line in file.split_terminator("\r\n") {
        assert!((1..=75).contains(&line.len()), "{} octets: {line}", line.len());
        if line.starts_with(' ') {
            continue;
        }
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("no value: {line}"));
        let bare = name.split(';').next().unwrap();
        assert!(bare.bytes().all(|b| b.is_ascii_uppercase() || b == b'-'), "{line}");
        match bare {
            "BEGIN" => open.push(value),
            "END" => assert_eq!(open.pop(), Some(value)),
            _ => assert!(!open.is_empty(), "{line}"),
        }
    }
    assert!(open.is_empty());
    assert_eq!(file.matches("BEGIN:VCALENDAR").count(), 1);
    assert!(file.matches("BEGIN:").count() > 1, "something is in it");
}

fn events(file: &str) -> (Parsed, Vec<Event>) {
    let parsed: Parsed = file.parse().unwrap();
    let events = parsed.components.iter().filter_map(|component| match component {
        CalendarComponent::Event(event) => Some(event.clone()),
        _ => None,
    });
    let events = events.collect();
    (parsed, events)
}

#[test]
fn says_what_it_is_and_how_often_to_ask() {
    let now: Timestamp = NOW.parse().unwrap();
    let mut gone = entry("b", now);
    gone.cancelled = true;
    let file = feed(vec![entry("a", now), gone]).file(now);
    well_formed(&file);
    let (calendar, events) = events(&file);
    assert_eq!(calendar.property_value("METHOD"), Some("PUBLISH"));
    assert_eq!(calendar.property_value("NAME"), Some("Anytown Services"));
    assert!(file.contains("\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"), "{file}");
    assert!(file.contains("\r\nX-PUBLISHED-TTL:PT1H\r\n"), "{file}");
    let of = |event: &Event| (event.get_uid().unwrap().to_owned(), event.get_status(), event.get_sequence());
    assert_eq!(of(&events[0]), ("a@agency.example".to_owned(), Some(EventStatus::Confirmed), Some(2)));
    assert_eq!(of(&events[1]), ("b@agency.example".to_owned(), Some(EventStatus::Cancelled), Some(2)));
    assert_eq!(events[1].property_value("TRANSP"), Some("TRANSPARENT"));
    assert_eq!(events[0].get_timestamp().unwrap().to_rfc3339(), "2026-10-20T17:00:00+00:00");
}

#[test]
fn an_empty_calendar_is_one_all_the_same() {
    let file = feed(Vec::new()).file(NOW.parse().unwrap());
    well_formed(&file);
    assert!(events(&file).1.is_empty());
}

/// Nine in the morning is nine in the morning on both sides of the night in which the clocks are put back.
#[test]
fn keeps_local_times_when_the_clocks_change() {
    let zone = TimeZone::get("America/Los_Angeles").unwrap();
    let at_nine = |day: jiff::civil::Date| day.at(9, 0, 0, 0).to_zoned(zone.clone()).unwrap();
    let (before, after) = (at_nine(date(2026, 10, 31)), at_nine(date(2026, 11, 1)));
    let file =
        feed(vec![entry("a", before.timestamp()), entry("b", after.timestamp())]).file(NOW.parse().unwrap());
    well_formed(&file);
    assert!(file.contains("DTSTART:20261031T160000Z"), "{file}");
    assert!(file.contains("DTSTART:20261101T170000Z"), "{file}");
}

proptest! {
    #[test]
    fn whatever_stands_in_it_stays_in_its_line(
        summary in "[ -~ñ漢\n\r\t]{0,200}",
        place in "[ -~ñ漢\r\n]{0,200}",
    ) {
        let mut one = entry("a", NOW.parse().unwrap());
        one.summary.clone_from(&summary);
        one.location = Some(place);
        let file = feed(vec![one]).file(NOW.parse().unwrap());
        well_formed(&file);
        prop_assert_eq!(file.matches("\r\nEND:VEVENT").count(), 1);
    }
}
