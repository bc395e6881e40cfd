//! Tests of the calendar, and calendars for other tests.

mod clocks;
mod days;
mod federal;
mod offers;
mod retries;
mod written;

use crate::{
    calendar::{
        BusinessCalendar, Closure, DatedHours, Holidays, OpenSpan, OpeningHours, Span, WeeklyHours, Zone,
    },
    text::{Lang, Text},
};
use jiff::{Timestamp, civil::Date};

pub(crate) fn date(s: &str) -> Date {
    s.parse().unwrap()
}

pub(crate) fn at(s: &str) -> Timestamp {
    s.parse().unwrap()
}

pub(crate) fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

pub(crate) fn span(s: &str) -> Span {
    s.parse().unwrap()
}

pub(crate) fn spans(list: &[&str]) -> Vec<Span> {
    list.iter().map(|s| span(s)).collect()
}

pub(crate) fn text(s: &str) -> Text {
    Text::new([(Lang::en(), s.to_owned())])
}

/// The same hours on every day of the week.
pub(crate) fn every_day(list: &[&str]) -> WeeklyHours {
    WeeklyHours::new(std::array::from_fn(|_| spans(list))).unwrap()
}

pub(crate) fn hours_from(from: &str, week: WeeklyHours) -> OpeningHours {
    OpeningHours::new(vec![DatedHours { from: date(from), week }]).unwrap()
}

/// A calendar without closures and holidays.
pub(crate) fn plain(zone_name: &str, week: WeeklyHours) -> BusinessCalendar {
    BusinessCalendar {
        zone: zone(zone_name),
        hours: hours_from("2000-01-01", week),
        closures: Vec::new(),
        holidays: Holidays::default(),
    }
}

/// An office open from Monday to Friday on federal business days.
pub(crate) fn office(zone_name: &str, list: &[&str]) -> BusinessCalendar {
    let mut calendar = plain(zone_name, WeeklyHours::weekdays(&spans(list)).unwrap());
    calendar.holidays = federal::holidays();
    calendar
}

pub(crate) fn closed_part(day: &str, hours: &str) -> Closure {
    Closure::part(date(day), span(hours), text("Training"))
}

/// `08:00-12:00 13:00-15:00` as the clock in the zone shows it.
fn shown(calendar: &BusinessCalendar, spans: &[OpenSpan]) -> String {
    let clock = |t: Timestamp| calendar.zone.tz().to_datetime(t).strftime("%H:%M").to_string();
    spans.iter().map(|s| format!("{}-{}", clock(s.start), clock(s.end))).collect::<Vec<_>>().join(" ")
}
