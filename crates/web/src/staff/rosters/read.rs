//! What was typed of somebody's hours.

use crate::core::{Errors, Fields};
use domain::{
    calendar::Span,
    roster::{MOST_DAYS, MOST_SPANS, Roster, Shifts},
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

/// Days with other hours that follow each other and are alike.
pub(super) struct Run<'a> {
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) spans: &'a [Span],
}

impl Run<'_> {
    /// As a box of the form says it: `2026-12-24..2026-12-31=08:00-12:00`.
    pub(super) fn value(&self) -> String {
        format!("{}..{}={}", self.first, self.last, written(self.spans))
    }
}

/// The days with other hours from a day on, as many together as are alike: a leave is one of them.
pub(super) fn runs(roster: &Roster, today: Date) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (day, spans) in roster.days.range(today..) {
        match runs.last_mut() {
            Some(run) if run.spans == spans.as_slice() && follows(run.last, *day) => run.last = *day,
            _ => runs.push(Run { first: *day, last: *day, spans }),
        }
    }
    runs
}

fn follows(day: Date, next: Date) -> bool {
    day.tomorrow().is_ok_and(|tomorrow| tomorrow == next)
}

/// The days of a stretch, both ends included; at most so many, and one more where there are more.
fn stretch(first: Date, last: Date, most: usize) -> Vec<Date> {
    first.series(1.day()).take_while(|day| *day <= last).take(most + 1).collect()
}

fn unbox(value: &str) -> Option<Vec<(Date, Vec<Span>)>> {
    let (days, spans) = value.split_once('=')?;
    let (first, last) = days.split_once("..")?;
    let spans = hours(spans)?;
    let days = stretch(first.parse().ok()?, last.parse().ok()?, MOST_DAYS);
    Some(days.into_iter().map(|day| (day, spans.clone())).collect())
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
    fields.0.insert("keep".to_owned(), runs(roster, today).iter().map(Run::value).collect());
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
        fields.all("keep").iter().filter_map(|value| unbox(value)).flatten().collect();
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
                    let stretch = stretch(first, last, MOST_AT_ONCE);
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
        let off = ["2026-12-23", "2026-12-24", "2026-12-31"].map(|day| (day.parse().unwrap(), Vec::new()));
        let days = BTreeMap::from(off);
        let zone: domain::calendar::Zone = "America/Los_Angeles".parse().unwrap();
        let planned = Shifts { from: today, week, days };
        let roster = Roster::plan(None, zone.clone(), planned.clone(), today).unwrap();
        assert_eq!(runs(&roster, today).len(), 2, "days that follow each other are one leave");
        let words = locale::Words::load(&locale::Overrides::none()).unwrap();
        let mut errors = Errors::none();
        let read = shifts(words.tongue(&domain::text::Lang::en()), &fill(Some(&roster), today), &mut errors);
        assert_eq!(read, Some(planned));
    }
}
