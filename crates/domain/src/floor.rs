//! The floor of an office: who waits for a counter, whose turn is next, who has stepped aside, and how long it may take.
//!
//! People with an appointment and people who walked in stand in one line. Each has a **turn**, an instant that follows from the
//! agency's rules and from when they came; it never changes afterwards, whatever they do meanwhile. The line is in the order of turns.

use crate::{
    appointment::Appointment,
    codes::OfficeCode,
    inquiry::{Inquiry, Stage},
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Why somebody with a ticket is not called in turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Aside {
    /// They do something else first: fill in a form, fetch a copy. Their turn is kept.
    Parked {
        /// Since when.
        since: Timestamp,
    },
    /// They were called and did not come to the counter.
    NotHere {
        /// Since when.
        since: Timestamp,
        /// Which counter had called them.
        counter: String,
    },
    /// They were handed to a counter, which alone may call them.
    For {
        /// Since when.
        since: Timestamp,
        /// Which counter.
        counter: String,
    },
}

impl Aside {
    /// The stable name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Parked { .. } => "parked",
            Self::NotHere { .. } => "not-here",
            Self::For { .. } => "for-counter",
        }
    }
}

/// How people with an appointment and people who walked in are merged into one line. Minutes, each 0 to 480.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FloorRules {
    /// Who comes at most so many minutes after the start keeps the turn of the appointment; later, the turn is when they came.
    pub late_minutes: u16,
    /// The turn of somebody who walked in is so many minutes after they came.
    pub walk_in_minutes: u16,
    /// The same when their matter is urgent.
    pub urgent_walk_in_minutes: u16,
}

impl Default for FloorRules {
    fn default() -> Self {
        Self { late_minutes: 10, walk_in_minutes: 30, urgent_walk_in_minutes: 0 }
    }
}

/// Why somebody's turn is when it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TurnBy {
    /// By their appointment.
    Appointment,
    /// They came late: by when they came.
    Late,
    /// They walked in.
    WalkIn,
    /// They walked in, with something urgent.
    Urgent,
}

impl TurnBy {
    /// The stable name, as in locale keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Appointment => "appointment",
            Self::Late => "late",
            Self::WalkIn => "walk-in",
            Self::Urgent => "urgent",
        }
    }
}

/// When somebody's turn is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn {
    /// The instant that the line is ordered by.
    pub at: Timestamp,
    /// Why.
    pub by: TurnBy,
}

/// The turn of whoever came at `came`. It depends on nothing that can change afterwards but the urgency that was decided.
pub fn turn(visit: &Appointment, came: Timestamp, urgency: Urgency, rules: FloorRules) -> Turn {
    let after = |from: Timestamp, minutes: u16| from + SignedDuration::from_mins(i64::from(minutes));
    if visit.walk_in {
        return match urgency {
            Urgency::Urgent => Turn { at: after(came, rules.urgent_walk_in_minutes), by: TurnBy::Urgent },
            Urgency::Regular => Turn { at: after(came, rules.walk_in_minutes), by: TurnBy::WalkIn },
        };
    }
    if came > after(visit.start, rules.late_minutes) {
        Turn { at: came, by: TurnBy::Late }
    } else {
        Turn { at: visit.start, by: TurnBy::Appointment }
    }
}

/// Somebody with a ticket who has not been called, or has been and waits again.
#[derive(Debug, Clone, Copy)]
pub struct Waiting<'a> {
    /// Whose visit.
    pub inquiry: &'a Inquiry,
    /// The visit.
    pub visit: &'a Appointment,
    /// When they came.
    pub came: Timestamp,
    /// What stands on their ticket.
    pub ticket: &'a str,
    /// Why they are not called in turn, if they are not.
    pub aside: Option<&'a Aside>,
    /// When their turn is.
    pub turn: Turn,
}

impl Waiting<'_> {
    /// May this counter call them now, as the next in line?
    pub fn is_for(&self, counter: &str) -> bool {
        match self.aside {
            None => true,
            Some(Aside::For { counter: only, .. }) => only == counter,
            Some(Aside::Parked { .. } | Aside::NotHere { .. }) => false,
        }
    }

    /// How long the visit takes by plan, in minutes.
    fn minutes(&self) -> i64 {
        self.visit.end.duration_since(self.visit.start).as_mins().max(0)
    }
}

/// Those who wait for a counter of an office, by turn; of two with the same turn, who came first.
pub fn line<'a>(
    inquiries: impl IntoIterator<Item = &'a Inquiry>,
    office: &OfficeCode,
    rules: FloorRules,
) -> Vec<Waiting<'a>> {
    let mut line: Vec<Waiting<'a>> = inquiries
        .into_iter()
        .filter_map(|inquiry| match &inquiry.stage {
            Stage::CheckedIn { appointment, at, ticket, called: None, aside, .. }
                if appointment.office == *office =>
            {
                let turn = turn(appointment, *at, inquiry.urgency, rules);
                Some(Waiting { inquiry, visit: appointment, came: *at, ticket, aside: aside.as_ref(), turn })
            }
            _ => None,
        })
        .collect();
    // A001 stands before A1000 although it is the shorter text.
    let place = |one: &Waiting<'a>| (one.turn.at, one.came, one.ticket.len(), one.ticket);
    line.sort_by(|a, b| place(a).cmp(&place(b)));
    line
}

/// Who is next for a counter.
pub fn next<'w, 'a>(line: &'w [Waiting<'a>], counter: &str) -> Option<&'w Waiting<'a>> {
    line.iter().find(|one| one.is_for(counter))
}

/// A counter counts as at work for so many minutes after it was last done with somebody.
const AT_WORK_MINUTES: i64 = 30;

/// The counters at work: those that have somebody now, and those that were done with somebody within half an hour.
pub fn counters<'a>(
    inquiries: impl IntoIterator<Item = &'a Inquiry>,
    office: &OfficeCode,
    now: Timestamp,
) -> usize {
    let since = now - SignedDuration::from_mins(AT_WORK_MINUTES);
    let mut at_work = BTreeSet::new();
    for inquiry in inquiries {
        if let Stage::CheckedIn { appointment, called: Some((counter, _)), .. } = &inquiry.stage
            && appointment.office == *office
        {
            at_work.insert(counter.as_str());
        }
        for past in inquiry.past_appointments.iter().rev() {
            if let Some(counter) = &past.counter
                && past.appointment.office == *office
                && past.at >= since
            {
                at_work.insert(counter.as_str());
            }
        }
    }
    at_work.len()
}

/// How long somebody still waits: from so many minutes to so many, both multiples of five.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// So many people are before them.
    pub before: usize,
    /// The band; none while no counter is at work, since nothing is known then.
    pub minutes: Option<(i64, i64)>,
}

/// Where a ticket stands in the line and how long it may take. The band is our own rule: the planned minutes of those before,
/// shared by the counters at work; half of it at the least, half as much again and five minutes at the most. Who stepped aside is not
/// before anybody. Nobody's turn is before it is due, so the least is never earlier than that.
pub fn wait(line: &[Waiting<'_>], ticket: &str, counters: usize, now: Timestamp) -> Option<Wait> {
    let at = line.iter().position(|one| one.ticket == ticket)?;
    let (before, mine) = (line.get(..at)?, line.get(at)?);
    let before: Vec<_> = before.iter().filter(|one| one.aside.is_none()).collect();
    let planned: i64 = before.iter().map(|one| one.minutes()).sum();
    let minutes = i64::try_from(counters).ok().filter(|n| *n > 0).map(|n| {
        let each = planned / n;
        // A booked person who is early and has nobody before them may still be asked to wait for their time.
        let own = if before.is_empty() { 0 } else { mine.turn.at.duration_since(now).as_mins().max(0) };
        let least = (each / 2).max(own.min(each));
        let most = each + each / 2 + 5;
        (down(least), up(most.max(least)))
    });
    Some(Wait { before: before.len(), minutes })
}

const fn down(minutes: i64) -> i64 {
    minutes - minutes % 5
}

const fn up(minutes: i64) -> i64 {
    down(minutes + 4)
}

#[cfg(test)]
mod tests;
