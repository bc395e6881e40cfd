//! The calendar file, read back by a parser and held against the rules of RFC 5545 and RFC 5546.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use domain::{pii::Pii, text::Lang};
use icalendar::{
    Calendar as Parsed, CalendarComponent, Component, DatePerhapsTime, Event, EventLike, EventStatus,
};
use locale::{Overrides, Words};
use notices::{Calendar, Method, News, NoticeFacts, Sender, render, samples};
use proptest::prelude::*;

fn sender() -> Sender {
    Sender { address: "no-reply@agency.example".to_owned(), domain: "agency.example".to_owned() }
}

fn calendar(facts: &NoticeFacts) -> Option<Calendar> {
    let words = Words::load(&Overrides::none()).unwrap();
    render(&words, facts, &sender(), &Pii::from("ana@people.example")).calendar
}

fn sample(lang: &Lang, wanted: fn(&News) -> bool) -> NoticeFacts {
    samples(lang).into_iter().find(|facts| wanted(&facts.news)).unwrap()
}

fn booked(lang: &Lang) -> NoticeFacts {
    sample(lang, |news| matches!(news, News::AppointmentBooked { .. }))
}

fn parsed(file: &str) -> (Parsed, Event) {
    let calendar: Parsed = file.parse().unwrap();
    let event = match calendar.components.as_slice() {
        [CalendarComponent::Event(event)] => event.clone(),
        other => unreachable!("one event, not {other:?}"),
    };
    (calendar, event)
}

fn instant(time: Option<DatePerhapsTime>) -> String {
    match time {
        Some(DatePerhapsTime::DateTime(icalendar::CalendarDateTime::Utc(utc))) => utc.to_rfc3339(),
        other => unreachable!("an instant in UTC, not {other:?}"),
    }
}

#[test]
fn the_files_as_they_are() {
    let mut all = String::new();
    for lang in [Lang::en(), Lang::es()] {
        for file in samples(&lang).iter().filter_map(calendar) {
            all.push_str(&file.file.replace("\r\n", "\n"));
            all.push('\n');
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_booking_is_a_request() {
    let calendar = calendar(&booked(&Lang::en())).unwrap();
    assert_eq!(calendar.method, Method::Request);
    let (file, event) = parsed(&calendar.file);
    assert_eq!(file.property_value("METHOD"), Some("REQUEST"));
    assert_eq!(file.property_value("VERSION"), Some("2.0"));
    assert_eq!(event.get_status(), Some(EventStatus::Confirmed));
    assert_eq!(event.get_sequence(), Some(0));
    assert!(event.get_uid().unwrap().ends_with("@agency.example"));
    // The 23rd at 17:00 UTC is when the notice was made; the appointment is at 9 in the morning, Pacific time.
    assert_eq!(event.get_timestamp().unwrap().to_rfc3339(), "2026-11-23T17:00:00+00:00");
    assert_eq!(instant(event.get_start()), "2026-12-08T17:00:00+00:00");
    assert_eq!(instant(event.get_end()), "2026-12-08T17:30:00+00:00");
    assert_eq!(event.get_summary(), Some("Appointment 4821 0934"), "neutral: others see the calendar");
    assert_eq!(
        event.get_location(),
        Some("Los Angeles office, 300 Example Street, Room 1001, Los Angeles, CA 90012")
    );
    assert_eq!(
        event.get_description(),
        Some(
            "What to bring:\n- This message, on paper or on your phone\n- Your passport or another photo ID\n\
             - Two photos, 2 by 2 inches\nQuestions: 1-800-555-0100"
        )
    );
    assert!(
        !calendar.file.contains("https:"),
        "the link opens the inquiry and must not be shared with a calendar"
    );
    let attendee = &event.multi_properties()["ATTENDEE"][0];
    assert_eq!(attendee.value(), "mailto:ana@people.example");
    assert_eq!(event.property_value("ORGANIZER"), Some("mailto:no-reply@agency.example"));
    let alarm = &event.components()[0];
    assert_eq!(alarm.component_kind(), "VALARM");
    assert_eq!(alarm.property_value("TRIGGER"), Some("-P1D"));
    assert_eq!(alarm.property_value("ACTION"), Some("DISPLAY"));
    assert_eq!(alarm.property_value("DESCRIPTION"), Some("Appointment tomorrow"));
}

#[test]
fn a_move_replaces_and_a_cancellation_strikes_out_the_same_entry() {
    let lang = Lang::es();
    let booked = parsed(&calendar(&booked(&lang)).unwrap().file).1;
    let moved = calendar(&sample(&lang, |n| matches!(n, News::AppointmentMoved { .. }))).unwrap();
    let cancelled = calendar(&sample(&lang, |n| matches!(n, News::AppointmentCancelled { .. }))).unwrap();
    assert_eq!((moved.method, cancelled.method), (Method::Request, Method::Cancel));
    let (moved, (file, cancelled)) = (parsed(&moved.file).1, parsed(&cancelled.file));
    assert_eq!(booked.get_uid(), moved.get_uid());
    assert_eq!(booked.get_uid(), cancelled.get_uid());
    assert_eq!(
        [&booked, &moved, &cancelled].map(Component::get_sequence),
        [Some(0), Some(1), Some(2)],
        "a calendar takes the higher number"
    );
    assert_eq!(file.property_value("METHOD"), Some("CANCEL"));
    assert_eq!(cancelled.get_status(), Some(EventStatus::Cancelled));
    assert!(cancelled.components().is_empty(), "no alarm for what is not");
}

#[test]
fn only_what_changes_the_calendar_has_a_file() {
    for facts in samples(&Lang::en()) {
        let expected = matches!(
            facts.news,
            News::AppointmentBooked { .. }
                | News::AppointmentMoved { .. }
                | News::AppointmentCancelled { .. }
                | News::AppointmentReleased { .. }
                | News::DayClosed { .. }
                | News::DayReopened { .. }
        );
        assert_eq!(calendar(&facts).is_some(), expected, "{:?}", facts.kind());
    }
}

/// RFC 5545 §3.1: CRLF, 75 octets, no bare line ends, every line a name with a value or a continuation.
fn obeys_the_line_rules(file: &str) {
    assert!(file.ends_with("END:VCALENDAR\r\n"));
    let body = file.replace("\r\n", "");
    assert!(!body.contains('\r') && !body.contains('\n'), "a bare line end");
    for line in file.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    let mut depth = Vec::new();
    for line in file.replace("\r\n ", "").split_terminator("\r\n") {
        let name = line.split([':', ';']).next().unwrap();
        assert!(line.contains(':') && !name.is_empty(), "{line:?}");
        assert!(name.bytes().all(|b| b.is_ascii_uppercase() || b == b'-'), "{line:?}");
        if let Some(begun) = line.strip_prefix("BEGIN:") {
            depth.push(begun.to_owned());
        } else if let Some(ended) = line.strip_prefix("END:") {
            assert_eq!(depth.pop().as_deref(), Some(ended));
        }
    }
    assert!(depth.is_empty());
    for once in ["UID", "DTSTAMP", "DTSTART", "SEQUENCE", "METHOD"] {
        assert_eq!(file.matches(&format!("\r\n{once}:")).count(), 1, "{once}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_the_agency_writes_stays_in_its_property(
        name in "\\PC{0,60}", street in "[\\PC\r\n]{0,90}", item in "(\\PC|\n){0,120}", agency in "[\\PC\"\r\n;:,]{0,50}"
    ) {
        let mut facts = booked(&Lang::en());
        facts.agency.name = agency;
        if let News::AppointmentBooked { appointment } = &mut facts.news {
            appointment.office.name = name.clone();
            appointment.office.address = vec![street];
            appointment.bring = vec![item];
        }
        let file = calendar(&facts).unwrap().file;
        obeys_the_line_rules(&file);
        let (_, event) = parsed(&file);
        prop_assert_eq!(event.get_summary(), Some("Appointment 4821 0934"));
        prop_assert!(event.get_location().unwrap().starts_with(&name));
    }
}

#[test]
fn samples_obey_the_line_rules() {
    for lang in [Lang::en(), Lang::es()] {
        samples(&lang).iter().filter_map(calendar).for_each(|calendar| obeys_the_line_rules(&calendar.file));
    }
}
