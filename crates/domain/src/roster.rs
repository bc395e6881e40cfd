//! Who works when: a member of staff's week with dates on it, and what officers can keep because of it.
//!
//! A roster is planned for one member of staff and stands in their record. Whoever has none is taken to be there whenever calls
//! are promised, and so is whoever has one on the days before it begins.

use crate::{
    access::{Action, Denied, can},
    actor::{Role, Staff},
    calendar::{DatedHours, OpenSpan, OpeningHours, Span, WeeklyHours, Zone, next_day, spans_on},
    codes::OfficeCode,
    refusal::Refusal,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// So many days may have other hours than their week's, from today on: most of a year of work.
pub const MOST_DAYS: usize = 250;
/// So many stretches of one day: a shift in the morning, one in the afternoon, and what stands between.
pub const MOST_SPANS: usize = 6;

/// When a member of staff works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// By whose clock: their office's, or the line's for those who work at none.
    pub zone: Zone,
    /// The hours of each weekday, in versions.
    pub hours: OpeningHours,
    /// Days with other hours; without any: they are not there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub days: BTreeMap<Date, Vec<Span>>,
}

/// What is planned for a member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shifts {
    /// The first day of these weekly hours; one that has passed is today.
    pub from: Date,
    /// Seven days of hours, Monday first.
    pub week: [Vec<Span>; 7],
    /// Days with other hours, all of them.
    pub days: BTreeMap<Date, Vec<Span>>,
}

/// The hours of a day in order, if they can be.
fn checked(mut spans: Vec<Span>) -> Result<Vec<Span>, Refusal> {
    spans.sort();
    let overlap = spans.iter().zip(spans.iter().skip(1)).any(|(first, second)| first.overlaps(*second));
    if overlap || spans.len() > MOST_SPANS { Err(Refusal::RosterHours) } else { Ok(spans) }
}

impl Roster {
    /// What is planned, over what was: the weekly hours that held until then stay, days that have passed go.
    ///
    /// # Errors
    /// [`Refusal::RosterHours`] for hours of a day that overlap, or too many of them.
    pub fn plan(old: Option<&Self>, zone: Zone, shifts: Shifts, today: Date) -> Result<Self, Refusal> {
        let Shifts { from, week, days } = shifts;
        let from = from.max(today);
        if week.iter().any(|spans| spans.len() > MOST_SPANS) {
            return Err(Refusal::RosterHours);
        }
        let week = WeeklyHours::new(week).map_err(|_overlap| Refusal::RosterHours)?;
        let before = old.map_or(&[][..], |old| old.hours.versions());
        let mut versions: Vec<DatedHours> = before.iter().filter(|one| one.from < from).cloned().collect();
        if versions.last().is_none_or(|last| last.week != week) {
            versions.push(DatedHours { from, week });
        }
        // What no day from today on asks for any more.
        let holds = versions.iter().rposition(|one| one.from <= today).unwrap_or(0);
        versions.drain(..holds);
        let hours = OpeningHours::new(versions).map_err(|_same_day| Refusal::RosterHours)?;
        let days = days.into_iter().filter(|(day, _)| *day >= today);
        let days: BTreeMap<_, _> =
            days.map(|(day, spans)| Ok((day, checked(spans)?))).collect::<Result<_, Refusal>>()?;
        if days.len() > MOST_DAYS {
            return Err(Refusal::RosterHours);
        }
        Ok(Self { zone, hours, days })
    }

    /// The hours of a day; none before the roster begins.
    pub fn on(&self, date: Date) -> Option<&[Span]> {
        let other = self.days.get(&date).map(Vec::as_slice);
        other.or_else(|| Some(self.hours.version(date)?.week.on(date.weekday())))
    }

    /// The time between two instants in which they are there, in order, never touching.
    pub fn there(&self, from: Timestamp, until: Timestamp) -> Vec<OpenSpan> {
        let mut there: Vec<OpenSpan> = Vec::new();
        let (mut date, last) = (self.zone.date(from), self.zone.date(until));
        while date <= last {
            let whole = [Span::whole_day()];
            for span in spans_on(&self.zone, date, self.on(date).unwrap_or(&whole)) {
                let (start, end) = (span.start.max(from), span.end.min(until));
                match there.last_mut() {
                    _ if start >= end => {}
                    Some(before) if before.end >= start => before.end = before.end.max(end),
                    _ => there.push(OpenSpan { start, end }),
                }
            }
            let next = next_day(date);
            if next == date {
                break;
            }
            date = next;
        }
        there
    }

    /// The time between two instants in which they are not there, in order.
    pub fn away(&self, from: Timestamp, until: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let (mut away, mut at) = (Vec::new(), from);
        for span in self.there(from, until) {
            if at < span.start {
                away.push((at, span.start));
            }
            at = span.end;
        }
        if at < until {
            away.push((at, until));
        }
        away
    }

    /// Are they there all the time between two instants?
    pub fn is_there(&self, from: Timestamp, until: Timestamp) -> bool {
        self.away(from, until).is_empty()
    }
}

/// What officers can keep of the calls that are promised in a stretch of time.
#[derive(Debug, Clone)]
pub struct Keeping {
    /// The time in which each is there; none for who is there all the time.
    officers: Vec<Option<Vec<OpenSpan>>>,
    /// How long a call takes.
    call: SignedDuration,
}

impl Keeping {
    /// What these officers can keep between two instants.
    pub fn new<'a>(
        officers: impl IntoIterator<Item = Option<&'a Roster>>,
        from: Timestamp,
        until: Timestamp,
        call: SignedDuration,
    ) -> Self {
        let officers = officers.into_iter().map(|roster| roster.map(|roster| roster.there(from, until)));
        Self { officers: officers.collect(), call }
    }

    /// How many calls each could make in a stretch of time.
    fn shares(&self, from: Timestamp, until: Timestamp) -> impl Iterator<Item = u32> {
        let each = move |start: Timestamp, end: Timestamp| {
            let fit = end.duration_since(start).as_secs().max(0) / self.call.as_secs().max(1);
            u32::try_from(fit).unwrap_or(u32::MAX)
        };
        self.officers.iter().map(move |officer| match officer {
            None => each(from, until),
            Some(spans) => spans.iter().map(|span| each(span.start.max(from), span.end.min(until))).sum(),
        })
    }

    /// How many calls they could make together in a stretch of time.
    pub fn all_in(&self, from: Timestamp, until: Timestamp) -> u32 {
        self.shares(from, until).fold(0, u32::saturating_add)
    }

    /// How many calls a window keeps: each officer's, less the share of the one who could make most of them, kept back for calls
    /// that have to be tried again (unless there is only one officer).
    pub fn calls_in(&self, from: Timestamp, until: Timestamp) -> u32 {
        let all = self.all_in(from, until);
        let most = self.shares(from, until).max().unwrap_or(0);
        let there = self.shares(from, until).filter(|share| *share > 0).count();
        if there > 1 { all.saturating_sub(most) } else { all }
    }
}

/// Does this member of staff work at an office's desks or its telephones, so that somebody plans when?
pub fn is_planned(staff: &Staff) -> bool {
    let works = [Role::Operator, Role::Officer, Role::Clerk, Role::OfficeManager, Role::Supervisor];
    staff.active && works.into_iter().any(|role| staff.is(role))
}

/// May somebody plan when this member of staff works? Who works at no office is planned by those who plan for all.
///
/// # Errors
/// Why not.
pub fn may_plan(who: &Staff, of: &Staff) -> Result<(), Denied> {
    can(who, Action::PlanRosters, Some(of.office.as_ref().unwrap_or(&OfficeCode::line())))
}

mod before;
#[cfg(test)]
mod tests;

pub use before::{PlannedBefore, planned};
