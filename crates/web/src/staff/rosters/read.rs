//! What was typed of somebody's hours.

use crate::core::{Errors, Fields};
use domain::{
    calendar::Span,
    roster::{MOST_SPANS, Roster, Shifts},
};
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use locale::Tongue;
use std::collections::BTreeMap;

/// The days of the week, Monday first: the field of each, and the weekday.
pub(super) const WEEK: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];
/// So many days one line of the form adds: a long leave is added in parts.
const MOST_AT_ONCE: usize = 62;

/// Hours as they are written: `08:00-12:00, 12:30-16:30`.
pub(super) fn written(spans: &[Span]) -> String {
    spans.iter().map(Span::to_string).collect::<Vec<_>>().join(", ")
}

/// Hours as they were typed; none when they cannot be read or worked.
fn hours(typed: &str) -> Option<Vec<Span>> {
    let typed = typed.replace(['–', '—'], "-");
    let parts = typed.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let mut spans: Vec<Span> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    spans.sort();
    let overlap = spans.iter().zip(spans.iter().skip(1)).any(|(first, second)| first.overlaps(*second));
    (!overlap && spans.len() <= MOST_SPANS).then_some(spans)
}

/// A day with other hours, as a box of the form says it: `2026-12-24=08:00-12:00`.
pub(super) fn box_of(day: Date, spans: &[Span]) -> String {
    format!("{day}={}", written(spans))
}

fn unbox(value: &str) -> Option<(Date, Vec<Span>)> {
    let (day, spans) = value.split_once('=')?;
    Some((day.parse().ok()?, hours(spans)?))
}

/// The form as a roster fills it in, from a day on.
pub(super) fn fill(roster: Option<&Roster>, today: Date) -> Fields {
    let mut fields = Fields::default();
    fields.set("from", today.to_string());
    let Some(roster) = roster else { return fields };
    // What holds today, or what begins first.
    let version = roster.hours.version(today).or_else(|| roster.hours.versions().first());
    if let Some(version) = version {
        fields.set("from", version.from.max(today).to_string());
        for (name, weekday) in WEEK {
            fields.set(name, written(version.week.on(weekday)));
        }
    }
    let days = roster.days.iter().filter(|(day, _)| **day >= today);
    fields.0.insert("keep".to_owned(), days.map(|(day, spans)| box_of(*day, spans)).collect());
    fields
}

/// What was typed; nothing, with sentences in `errors`, when it cannot be read.
pub(super) fn shifts(t: &Tongue, fields: &Fields, errors: &mut Errors) -> Option<Shifts> {
    let from: Option<Date> = fields.get("from").parse().ok();
    if from.is_none() {
        errors.add("from", t.say("roster-fault-day"));
    }
    let week = WEEK.map(|(name, _)| {
        hours(fields.get(name)).unwrap_or_else(|| {
            errors.add(name, t.say("roster-fault-hours"));
            Vec::new()
        })
    });
    let mut days: BTreeMap<Date, Vec<Span>> =
        fields.all("keep").iter().filter_map(|value| unbox(value)).collect();
    match (fields.get("first"), fields.get("last")) {
        ("", "") => {}
        (first, last) => {
            let first: Option<Date> = first.parse().ok();
            let last: Option<Date> = if last.is_empty() { first } else { last.parse().ok() };
            let spans = hours(fields.get("hours"));
            if spans.is_none() {
                errors.add("hours", t.say("roster-fault-hours"));
            }
            match (first, last, spans) {
                (Some(first), Some(last), Some(spans)) if first <= last => {
                    let stretch = first.series(1.day()).take_while(|day| *day <= last);
                    let stretch: Vec<Date> = stretch.take(MOST_AT_ONCE + 1).collect();
                    if stretch.len() > MOST_AT_ONCE {
                        errors.add("last", t.say("roster-fault-long"));
                    }
                    days.extend(stretch.into_iter().map(|day| (day, spans.clone())));
                }
                (Some(_), Some(_), Some(_)) => errors.add("last", t.say("roster-fault-last")),
                (None, ..) => errors.add("first", t.say("roster-fault-day")),
                (_, None, _) => errors.add("last", t.say("roster-fault-day")),
                (Some(_), Some(_), None) => {}
            }
        }
    }
    errors.is_empty().then_some(Shifts { from: from?, week, days })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        assert_eq!(written(&hours(" 12:30 – 16:30 ; 08:00-12:00,").unwrap()), "08:00-12:00, 12:30-16:30");
        assert_eq!(hours(""), Some(Vec::new()));
        for wrong in ["8-12", "08:00-12:00, 11:00-13:00", "16:00-08:00", "all day"] {
            assert_eq!(hours(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_form_that_is_sent_as_it_was_filled_says_the_same() {
        let today: Date = "2026-11-23".parse().unwrap();
        let spans = |text: &str| hours(text).unwrap();
        let day = spans("08:00-12:00, 13:00-17:00");
        let week = [day.clone(), day.clone(), day.clone(), day.clone(), day, Vec::new(), Vec::new()];
        let days = BTreeMap::from([("2026-12-24".parse().unwrap(), Vec::new())]);
        let zone: domain::calendar::Zone = "America/Los_Angeles".parse().unwrap();
        let shifts_ = Shifts { from: today, week, days };
        let roster = Roster::plan(None, zone.clone(), shifts_.clone(), today).unwrap();
        let words = locale::Words::load(&locale::Overrides::default()).unwrap();
        let mut errors = Errors::none();
        let read = shifts(words.tongue(&domain::text::Lang::en()), &fill(Some(&roster), today), &mut errors);
        assert_eq!(read, Some(shifts_));
    }
}
