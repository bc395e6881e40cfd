//! A calendar that keeps itself up to date: what a calendar program reads again and again (RFC 5545, RFC 7986).
//!
//! It may be seen by whoever sees somebody's calendar, so it says who and when, and nothing of what it is about.

use crate::calendar::{tidy, utc, value};
use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus, Property};
use jiff::Timestamp;

/// How long a program may keep what it has read, as a duration of RFC 5545.
const REFRESH: &str = "PT1H";

/// The time zone of every time in a feed. A calendar must have something in it (RFC 5545 §3.6), and this says nothing.
const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n\
                    TZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// Something in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// By what a calendar knows it again, before the domain. It stays the same when the entry moves.
    pub uid: String,
    /// Higher with every change (RFC 5546 §2.1.4).
    pub sequence: u32,
    /// It does not take place.
    pub cancelled: bool,
    /// Has whoever's calendar it is no time for something else meanwhile?
    pub busy: bool,
    /// From when …
    pub start: Timestamp,
    /// … until when.
    pub end: Timestamp,
    /// What stands in the calendar.
    pub summary: String,
    /// What is said beside it.
    pub description: Option<String>,
    /// Where.
    pub location: Option<String>,
    /// An address that says more to whoever may open it.
    pub url: Option<String>,
}

/// A calendar for programs that ask for it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// What the calendar is called.
    pub name: String,
    /// The domain of its entries' identifiers, as in what is mailed: a calendar that has both keeps one.
    pub domain: String,
    /// What is in it.
    pub entries: Vec<FeedEntry>,
}

impl Feed {
    /// The file, made at `now`: UTF-8, lines end with CRLF and are at most 75 octets.
    pub fn file(&self, now: Timestamp) -> String {
        let mut calendar = Calendar::empty();
        let name = value(&self.name);
        for (key, text) in [
            ("VERSION", "2.0"),
            ("PRODID", "-//Anteroom//Promised//EN"),
            ("CALSCALE", "GREGORIAN"),
            ("METHOD", "PUBLISH"),
            ("NAME", name.as_str()),
            ("X-WR-CALNAME", name.as_str()),
            ("X-PUBLISHED-TTL", REFRESH),
        ] {
            calendar.append_property(Property::new(key, text));
        }
        let mut refresh = Property::new("REFRESH-INTERVAL", REFRESH);
        refresh.add_parameter("VALUE", "DURATION");
        calendar.append_property(refresh);
        for entry in &self.entries {
            calendar.push(self.event(entry, now));
        }
        let file = tidy(&calendar.to_string());
        if self.entries.is_empty() {
            file.replace("END:VCALENDAR\r\n", &format!("{ZONE}END:VCALENDAR\r\n"))
        } else {
            file
        }
    }

    fn event(&self, entry: &FeedEntry, now: Timestamp) -> Event {
        let mut event = Event::with_uid(&format!("{}@{}", entry.uid, value(&self.domain)));
        event
            .add_property("DTSTAMP", utc(now))
            .add_property("DTSTART", utc(entry.start))
            .add_property("DTEND", utc(entry.end))
            .add_property("TRANSP", if entry.busy && !entry.cancelled { "OPAQUE" } else { "TRANSPARENT" })
            .sequence(entry.sequence)
            .summary(&value(&entry.summary))
            .class(Class::Private)
            .status(if entry.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
        if let Some(text) = &entry.description {
            event.description(&value(text));
        }
        if let Some(place) = &entry.location {
            event.location(&value(place));
        }
        if let Some(url) = &entry.url {
            event.add_property("URL", value(url));
        }
        event
    }
}
