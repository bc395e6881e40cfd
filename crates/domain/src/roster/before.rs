//! What was planned for somebody on days that have passed: rosters look ahead and forget, and what came true is compared with what
//! was planned.

use super::Roster;
use crate::{
    calendar::{OpenSpan, Zone, next_day, spans_on},
    wait::KEPT_DAYS,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What was planned for a member of staff until the day on which their roster was planned last; from that day on the roster says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedBefore {
    /// Nothing is known of the time before this.
    pub from: Timestamp,
    /// Up to here; from here on the roster says it.
    pub until: Timestamp,
    /// When they were to be there between the two, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub there: Vec<OpenSpan>,
}

impl PlannedBefore {
    /// What is kept when somebody is planned anew at `now`: each day as it was planned last, today as it will be, and nothing older than
    /// operators' time is. What an older release planned is not known for days that have passed: it forgot them.
    pub fn kept(old: Option<&Self>, roster: Option<&Roster>, zone: &Zone, now: Timestamp) -> Self {
        let today = zone.day_start(zone.date(now)).unwrap_or(now);
        let Some(old) = old else { return Self { from: today, until: today, there: Vec::new() } };
        // Whoever moves to another zone begins the day twice or not at all: nothing is written twice.
        let until = today.max(old.until);
        let oldest = until.saturating_sub(SignedDuration::from_hours(24 * KEPT_DAYS)).unwrap_or(old.from);
        let from = old.from.max(oldest);
        let mut there = within(&old.there, from, until);
        there.extend(roster.map(|roster| roster.planned(old.until, until)).unwrap_or_default());
        Self { from, until, there }
    }
}

/// The parts of these between two instants.
fn within(spans: &[OpenSpan], from: Timestamp, until: Timestamp) -> Vec<OpenSpan> {
    let cut = spans.iter().map(|span| OpenSpan { start: span.start.max(from), end: span.end.min(until) });
    cut.filter(|span| span.start < span.end).collect()
}

/// When somebody was to be there between two instants, in order, as far as that is known: what was kept, then their roster.
pub fn planned(
    before: Option<&PlannedBefore>,
    roster: Option<&Roster>,
    from: Timestamp,
    until: Timestamp,
) -> Vec<OpenSpan> {
    let Some(before) = before else { return Vec::new() };
    let mut there = within(&before.there, from, until);
    there.extend(roster.map(|roster| roster.planned(before.until.max(from), until)).unwrap_or_default());
    there
}

impl Roster {
    /// The stretches that are planned between two instants, in order. Unlike [`Roster::there`], a day before the roster begins has none:
    /// nobody planned it.
    pub fn planned(&self, from: Timestamp, until: Timestamp) -> Vec<OpenSpan> {
        let mut planned = Vec::new();
        if from >= until {
            return planned;
        }
        let (mut date, last) = (self.zone.date(from), self.zone.date(until));
        while date <= last {
            planned.extend(spans_on(&self.zone, date, self.on(date).unwrap_or_default()));
            let next = next_day(date);
            if next == date {
                break;
            }
            date = next;
        }
        within(&planned, from, until)
    }
}
