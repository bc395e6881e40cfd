//! Operators' time: what of it they spent with callers, how long a call took them, and how long they were not ready.

use super::{Facts, Waited};
use crate::{
    actor::{Role, Staff},
    calendar::OpenSpan,
    ids::{StaffId, WaitId},
    roster::planned,
    wait::{Operator, Spell, Was},
};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// A longer piece is left out: nobody waits, talks or pauses for so long, somebody forgot to go off duty.
pub const LONGEST_SPELL: SignedDuration = SignedDuration::from_hours(12);

/// The group of pauses for which the agency has no word.
pub const OTHERWISE: &str = "other";

/// A piece of an operator's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Whose.
    pub operator: StaffId,
    /// What they did, for whom, and when.
    pub spell: Spell,
    /// It is not over.
    pub goes_on: bool,
}

impl Piece {
    pub(super) fn over(operator: StaffId, spell: &Spell) -> Self {
        Self { operator, spell: spell.clone(), goes_on: false }
    }
}

/// The time of an operator that no wait keeps yet.
pub(super) fn pieces(operator: &Operator, now: Timestamp) -> Vec<Piece> {
    let spells = operator.spells_until(now);
    let goes_on = operator.goes_on(now);
    let mut pieces: Vec<Piece> = spells.iter().map(|spell| Piece::over(operator.id, spell)).collect();
    if let Some(last) = pieces.last_mut() {
        last.goes_on = last.spell.until == now && Some(&last.spell.was) == goes_on.as_ref();
    }
    pieces
}

/// Each piece once, by operator and time: what a record has just given to another may be read in both.
fn once(facts: &Facts) -> BTreeMap<(StaffId, Timestamp), &Piece> {
    facts.pieces.iter().map(|piece| ((piece.operator, piece.spell.since), piece)).collect()
}

/// How long operators were at one caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Handled {
    /// They heard each other.
    pub talk: i64,
    /// The caller held.
    pub held: i64,
    /// Somebody wrote down what came of it.
    pub wrap_up: i64,
}

impl Handled {
    pub(super) const fn all(self) -> i64 {
        self.talk + self.held + self.wrap_up
    }
}

/// For each wait how long operators were at it, where all of it is known.
pub(super) fn handled(facts: &Facts) -> Vec<Option<Handled>> {
    let all: Vec<&Piece> = once(facts).into_values().collect();
    // Seconds with them and afterwards, and whether a piece is missing.
    let mut times: BTreeMap<WaitId, (i64, i64)> = BTreeMap::new();
    let mut unknown: BTreeSet<WaitId> = BTreeSet::new();
    for (n, piece) in all.iter().enumerate() {
        let Some(of) = piece.spell.of else { continue };
        let seconds = length(&piece.spell);
        match piece.spell.was {
            Was::Talking => {
                times.entry(of).or_default().0 += seconds;
                let next = all
                    .get(n + 1)
                    .filter(|next| next.operator == piece.operator && next.spell.since == piece.spell.until);
                // What came next is not seen yet, or is kept where nobody looked.
                if piece.goes_on || next.is_none() {
                    unknown.insert(of);
                }
            }
            Was::WrapUp => {
                times.entry(of).or_default().1 += seconds;
                if piece.goes_on {
                    unknown.insert(of);
                }
            }
            Was::Ready | Was::Ringing | Was::Calling | Was::NotReady { .. } => {}
        }
    }
    let of = |wait: &Waited| {
        let held = i64::from(wait.held?);
        let (with, wrap_up) = *times.get(&wait.id)?;
        let known = with > 0 && !unknown.contains(&wait.id);
        known.then(|| Handled { talk: (with - held).max(0), held: held.min(with), wrap_up })
    };
    facts.waits.iter().map(of).collect()
}

/// Seconds on duty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Duty {
    /// With callers: ringing, dialling, talking, on hold, wrapping up.
    pub busy: i64,
    /// Ready for the next.
    pub ready: i64,
    /// Not ready, by the agency's word for why.
    pub away: BTreeMap<String, i64>,
    /// Pieces that were counted.
    pub counted: usize,
    /// Pieces that were too long.
    pub left_out: usize,
}

impl Duty {
    pub(super) fn away(&self) -> i64 {
        self.away.values().sum()
    }

    pub(super) fn on_duty(&self) -> i64 {
        self.busy + self.ready + self.away()
    }
}

/// The time on duty within the period.
pub(super) fn duty(facts: &Facts) -> Duty {
    let mut duty = Duty::default();
    for piece in once(facts).into_values() {
        let Spell { was, since, until, .. } = &piece.spell;
        let (since, end) = ((*since).max(facts.from), (*until).min(facts.until));
        if end <= since {
            continue;
        }
        if until.duration_since(piece.spell.since) > LONGEST_SPELL {
            duty.left_out += 1;
            continue;
        }
        duty.counted += 1;
        let seconds = end.duration_since(since).as_secs();
        match was {
            Was::Ready => duty.ready += seconds,
            Was::Ringing | Was::Calling | Was::Talking | Was::WrapUp => duty.busy += seconds,
            Was::NotReady { reason } => {
                let why = reason.as_ref().map_or(OTHERWISE, |reason| reason.as_str());
                *duty.away.entry(why.to_owned()).or_default() += seconds;
            }
        }
    }
    duty
}

/// A stretch of a day in which an operator was planned to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// Whose.
    pub operator: StaffId,
    /// When.
    pub there: OpenSpan,
    /// Can it be compared with their time on duty?
    pub known: bool,
}

/// When a member of staff was planned to be at the line between two instants. Nothing of whoever is no operator: their time is on no
/// line. An officer's calls are on none either, an account that is closed has no time, and an older release did not keep what it
/// had planned: of these it cannot be said.
pub(super) fn shifts(staff: &Staff, from: Timestamp, until: Timestamp) -> Vec<Shift> {
    if !staff.is(Role::Operator) {
        return Vec::new();
    }
    let (before, roster) = (staff.planned_before.as_ref(), staff.roster.as_ref());
    let known = staff.active && before.is_some() && !staff.is(Role::Officer);
    let there = match before {
        Some(_) => planned(before, roster, from, until),
        None => roster.map(|roster| roster.planned(from, until)).unwrap_or_default(),
    };
    there.into_iter().map(|there| Shift { operator: staff.id, there, known }).collect()
}

/// Planned time, and what of it operators were on duty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Adherence {
    /// Seconds that were planned.
    pub planned: i64,
    /// Those of them in which whoever was planned was on duty, ready or not.
    pub kept: i64,
    /// Stretches that were counted.
    pub counted: usize,
    /// Stretches in which somebody forgot to go off duty.
    pub too_long: usize,
    /// Stretches of which it cannot be said.
    pub unknown: usize,
}

/// How the plan of the period was kept, as far as the period has gone.
pub(super) fn adherence(facts: &Facts) -> Adherence {
    let mut theirs: BTreeMap<StaffId, Vec<&Spell>> = BTreeMap::new();
    for piece in once(facts).into_values() {
        theirs.entry(piece.operator).or_default().push(&piece.spell);
    }
    let mut all = Adherence::default();
    for shift in &facts.shifts {
        let (start, end) = (shift.there.start.max(facts.from), shift.there.end.min(facts.until));
        if start >= end {
            continue;
        }
        let spells = theirs.get(&shift.operator).map(Vec::as_slice).unwrap_or_default();
        let within = || spells.iter().filter(|spell| spell.since < end && start < spell.until);
        if !shift.known {
            all.unknown += 1;
        } else if within().any(|spell| spell.until.duration_since(spell.since) > LONGEST_SPELL) {
            all.too_long += 1;
        } else {
            all.counted += 1;
            all.planned += end.duration_since(start).as_secs();
            let kept = within().map(|spell| spell.until.min(end).duration_since(spell.since.max(start)));
            all.kept += kept.map(|time| time.as_secs()).sum::<i64>();
        }
    }
    all
}

fn length(spell: &Spell) -> i64 {
    spell.until.duration_since(spell.since).as_secs()
}
