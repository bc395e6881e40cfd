//! The calendar file of an appointment (RFC 5545), sent as an invitation (RFC 5546, iTIP).

use crate::{
    email::Sender,
    facts::{Appointment, Instead, News, NoticeFacts},
};
use domain::pii::Pii;
use icalendar::{Alarm, CalendarDateTime, Class, Component, Event, EventLike, EventStatus, Property};
use jiff::{Timestamp, tz::TimeZone};
use locale::{Tongue, args};

/// What the calendar should do (RFC 5546 §1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Enter it, or replace what was entered under the same UID with a lower SEQUENCE.
    Request,
    /// Strike it out.
    Cancel,
}

impl Method {
    /// As in the METHOD property and the Content-Type.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// A calendar file.
#[derive(Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What it does.
    pub method: Method,
    /// The file: UTF-8, lines end with CRLF and are at most 75 octets.
    pub file: String,
}

/// Prints no text: it has the person's address.
impl std::fmt::Debug for Calendar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Calendar").field("method", &self.method).finish_non_exhaustive()
    }
}

/// The calendar file that goes with the notice, if one does. A reminder has none: the appointment is in the
/// calendar already.
pub fn of(t: &Tongue, facts: &NoticeFacts, sender: &Sender, to: &Pii<String>) -> Option<Calendar> {
    let (method, appointment) = match &facts.news {
        News::AppointmentBooked { appointment }
        | News::AppointmentMoved { appointment, .. }
        | News::DayClosed { instead: Instead::Place { appointment, .. }, .. }
        | News::DayReopened { appointment } => (Method::Request, appointment),
        News::DayClosed { was, .. } => (Method::Cancel, was),
        News::AppointmentReleased { appointment } | News::AppointmentCancelled { appointment, .. } => {
            (Method::Cancel, appointment)
        }
        _ => return None,
    };
    let event = event(t, facts, appointment, method, sender, to);
    let mut calendar = icalendar::Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Anteroom//Appointments//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method.as_str()),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.push(event);
    Some(Calendar { method, file: tidy(&calendar.to_string()) })
}

fn event(
    t: &Tongue,
    facts: &NoticeFacts,
    appointment: &Appointment,
    method: Method,
    sender: &Sender,
    to: &Pii<String>,
) -> Event {
    let summary =
        t.say_plain_with("notices-calendar-summary", &args! { "number" => facts.inquiry.to_string() });
    let mut description = Vec::new();
    if !appointment.bring.is_empty() {
        description.push(t.say_plain("notices-calendar-bring"));
        description.extend(appointment.bring.iter().map(|item| format!("- {item}")));
    }
    let phone = &facts.agency.phone;
    description.push(t.say_plain_with("notices-calendar-phone", &args! { "phone" => phone }));
    let place: Vec<&str> = std::iter::once(&appointment.office.name)
        .chain(&appointment.office.address)
        .map(String::as_str)
        .collect();

    let mut organizer = Property::new("ORGANIZER", format!("mailto:{}", one_line(&sender.address)));
    organizer.add_parameter("CN", &parameter(&facts.agency.name));
    let mut attendee = Property::new("ATTENDEE", format!("mailto:{}", one_line(to.reveal())));
    // The place is booked whether or not the person's calendar answers, and nobody reads its answer.
    for (key, value) in [
        ("CUTYPE", "INDIVIDUAL"),
        ("ROLE", "REQ-PARTICIPANT"),
        ("PARTSTAT", "NEEDS-ACTION"),
        ("RSVP", "FALSE"),
    ] {
        attendee.add_parameter(key, value);
    }

    let mut event = Event::with_uid(&format!("{}@{}", appointment.id, one_line(&sender.domain)));
    event
        .add_property("DTSTAMP", utc(facts.made_at))
        .add_property("DTSTART", utc(appointment.starts))
        .add_property("DTEND", utc(appointment.ends))
        .add_property("TRANSP", "OPAQUE")
        .sequence(appointment.sequence)
        .summary(&value(&summary))
        .description(&value(&description.join("\n")))
        .location(&value(&place.join(", ")))
        .class(Class::Private)
        .append_property(organizer)
        .append_multi_property(attendee);
    match method {
        Method::Request => {
            event.status(EventStatus::Confirmed);
            // The library takes a duration only in another library's type, and writes a day as seconds. Any
            // trigger makes the alarm; the one meant then takes its place.
            if let Ok(start) = utc(appointment.starts).parse::<CalendarDateTime>() {
                let mut alarm = Alarm::display(&value(&t.say_plain("notices-calendar-alarm")), start);
                alarm.add_property("TRIGGER", "-P1D");
                event.alarm(alarm);
            }
        }
        Method::Cancel => {
            event.status(EventStatus::Cancelled);
        }
    }
    event
}

/// A date-time in UTC, form 2 of RFC 5545 §3.3.5.
pub(crate) fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text for a property: line ends become `\n` (which the writer escapes), other controls go.
pub(crate) fn value(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

/// Text that must stay in its line.
fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Text for a parameter, which cannot hold a double quote (RFC 5545 §3.2).
fn parameter(text: &str) -> String {
    one_line(text).replace('"', "'")
}

/// Brings the library's output into order: lines folded at 75 octets with the leading space of a continuation
/// counted (RFC 5545 §3.1; the library folds continuations one octet too late), and alarms without the
/// DTSTAMP and UID that it makes up from the clock and from chance (RFC 5545 §3.6.6 has neither there).
pub(crate) fn tidy(file: &str) -> String {
    const LIMIT: usize = 75;
    let mut out = String::with_capacity(file.len() + file.len() / 32);
    let mut in_alarm = false;
    for line in file.replace("\r\n ", "").split_terminator("\r\n") {
        match line {
            "BEGIN:VALARM" => in_alarm = true,
            "END:VALARM" => in_alarm = false,
            made_up if in_alarm && (made_up.starts_with("DTSTAMP:") || made_up.starts_with("UID:")) => {
                continue;
            }
            _ => {}
        }
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LIMIT {
                out.push_str("\r\n ");
                length = 1;
            }
            out.push(c);
            length += c.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn folding_keeps_every_line_within_75_octets_and_loses_nothing(text in "[ a-zñ漢]{0,400}") {
            let folded = tidy(&format!("SUMMARY:{text}\r\n"));
            for line in folded.split_terminator("\r\n") {
                prop_assert!(line.len() <= 75, "{} octets", line.len());
            }
            prop_assert_eq!(folded.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", text));
        }
    }
}
