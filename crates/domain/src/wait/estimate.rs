//! How many are before a caller, and how long it may take: a band, or nothing where there is nothing to go by.

use super::{Operator, Status, WaitRules, WaitingCaller, matching::fits};
use crate::{
    codes::{QueueCode, ReasonCode},
    ids::{NodeId, WaitId},
    text::Lang,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// How many calls' times are needed to go by.
pub const LEAST_BASIS: usize = 3;

/// How old a call's time may be to go by.
const BASIS: SignedDuration = SignedDuration::from_hours(12);

/// Four in five waits are inside the band, if calls take as long as lately: the normal distribution's 10 % and 90 %.
const SPREAD: f64 = 1.2816;

/// An estimate in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Band {
    /// At least so many.
    pub least: u32,
    /// At most so many; more than `least`.
    pub most: u32,
}

/// Where a caller stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub caller: WaitId,
    /// How many come before them, of those for whom the same operators are wanted.
    pub ahead: u32,
    /// How long it may take; none when nobody on duty can serve them, or too few calls have been taken to go by.
    pub band: Option<Band>,
}

/// How good estimates were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Accuracy {
    /// Of so many announcements it is known what came true.
    pub known: u32,
    /// So many of them contained it.
    pub inside: u32,
    /// So many waits were shorter than told.
    pub shorter: u32,
    /// So many were longer.
    pub longer: u32,
}

impl Accuracy {
    /// Over everything that these callers were told. Who was never spoken with says nothing about it.
    pub fn of<'a>(callers: impl IntoIterator<Item = &'a WaitingCaller>) -> Self {
        let mut all = Self::default();
        for caller in callers {
            let Some(talked) = caller.talked else { continue };
            for told in caller.told.iter().filter(|told| told.at <= talked) {
                let seconds = talked.duration_since(told.at).as_secs();
                all.known += 1;
                if seconds < i64::from(told.least) * 60 {
                    all.shorter += 1;
                } else if seconds > i64::from(told.most) * 60 {
                    all.longer += 1;
                } else {
                    all.inside += 1;
                }
            }
        }
        all
    }
}

/// Everybody with the same wants can be served by the same operators.
type Wants<'a> = (&'a QueueCode, &'a Lang, Option<&'a ReasonCode>, Option<NodeId>, usize);

/// Those who can serve callers with the same wants.
struct Served {
    /// By their place in the list of operators.
    by: Vec<usize>,
    /// How many of them are ready this moment.
    free: usize,
    /// What their calls took lately: mean and spread, in seconds.
    takes: Option<(f64, f64)>,
    /// How many with these wants have been passed on the way down the queue.
    before: u32,
}

/// Where everybody stands who waits or is away, in the order of their places. Costs as much as there are callers, times
/// the different things they want.
pub fn standings(
    callers: &[WaitingCaller],
    operators: &[Operator],
    rules: &WaitRules,
    now: Timestamp,
) -> Vec<Standing> {
    let operators: Vec<Operator> = operators.iter().map(|operator| operator.settled(now)).collect();
    let mut waiting: Vec<&WaitingCaller> = callers
        .iter()
        .filter(|caller| matches!(caller.state, super::State::Waiting | super::State::Away(_)))
        .collect();
    waiting.sort_unstable_by_key(|caller| caller.place());
    let mut groups: Vec<Served> = Vec::new();
    let mut group_of: BTreeMap<Wants<'_>, usize> = BTreeMap::new();
    let wants = |caller: &'_ WaitingCaller| rules.ring(now.duration_since(caller.entered));
    let mut which = Vec::with_capacity(waiting.len());
    for caller in &waiting {
        let ring = wants(caller);
        let key: Wants<'_> = (&caller.queue, &caller.lang, caller.reason.as_ref(), caller.node, ring);
        let at = *group_of.entry(key).or_insert_with(|| {
            groups.push(served(caller, ring, &operators, rules, now));
            groups.len() - 1
        });
        which.push(at);
    }
    // Where nobody is on duty everybody competes for whoever comes.
    let meets: Vec<Vec<usize>> = groups
        .iter()
        .map(|one| {
            let shares = |other: &Served| {
                one.by.is_empty() || other.by.is_empty() || one.by.iter().any(|o| other.by.contains(o))
            };
            groups.iter().enumerate().filter(|(_, other)| shares(other)).map(|(at, _)| at).collect()
        })
        .collect();
    let mut told = Vec::with_capacity(waiting.len());
    for (caller, at) in waiting.iter().zip(which) {
        let ahead = meets[at].iter().map(|other| groups[*other].before).sum();
        told.push(Standing { caller: caller.id, ahead, band: band(&groups[at], ahead) });
        groups[at].before += 1;
    }
    told
}

/// How long somebody may have to wait who asks for an operator now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Likely {
    /// As whoever waits is told it.
    pub band: Option<Band>,
    /// Whether anybody on duty could serve them.
    pub served: bool,
}

impl Likely {
    /// Is it better to offer a call back before they begin to wait? Also when nobody is there to serve them.
    pub fn offers_callback(self, rules: &WaitRules) -> bool {
        !self.served || rules.offers_callback(SignedDuration::ZERO, self.band.map(|band| band.most))
    }
}

/// How long each of these would wait who asked now, at the process `node`: behind everybody who waits.
pub fn likely(
    callers: &[WaitingCaller],
    operators: &[Operator],
    asks: &[(QueueCode, Lang)],
    node: Option<NodeId>,
    rules: &WaitRules,
    now: Timestamp,
) -> Vec<Likely> {
    asks.iter()
        .map(|(queue, lang)| {
            let next = WaitingCaller::who_asks(queue.clone(), lang.clone(), node, now);
            let operators: Vec<Operator> = operators.iter().map(|operator| operator.settled(now)).collect();
            let served =
                !served(&next, rules.ring(SignedDuration::ZERO), &operators, rules, now).by.is_empty();
            let id = next.id;
            let mut all = callers.to_vec();
            all.push(next);
            let told = standings(&all, &operators, rules, now);
            let band = told.iter().find(|standing| standing.caller == id).and_then(|standing| standing.band);
            Likely { band, served }
        })
        .collect()
}

fn served(
    caller: &WaitingCaller,
    ring: usize,
    operators: &[Operator],
    rules: &WaitRules,
    now: Timestamp,
) -> Served {
    let needs = rules.needs(ring);
    let by: Vec<usize> = operators
        .iter()
        .enumerate()
        .filter(|(_, operator)| operator.is_serving() && fits(operator, caller, needs))
        .map(|(at, _)| at)
        .collect();
    let free = by.iter().filter(|at| matches!(operators[**at].status, Status::Ready { .. })).count();
    let recent = |operator: &Operator| {
        let fresh = operator.handled.iter().filter(|handled| now.duration_since(handled.at) <= BASIS);
        fresh.map(|handled| f64::from(handled.seconds)).collect::<Vec<_>>()
    };
    let times: Vec<f64> = by.iter().flat_map(|at| recent(&operators[*at])).collect();
    Served { by, free, takes: mean_and_spread(&times), before: 0 }
}

fn mean_and_spread(times: &[f64]) -> Option<(f64, f64)> {
    if times.len() < LEAST_BASIS {
        return None;
    }
    let n = as_float(times.len());
    let mean = times.iter().sum::<f64>() / n;
    let variance = times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (n - 1.0);
    Some((mean, variance.sqrt()))
}

/// A count as a float: no queue is so long that this would lose anything.
fn as_float(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// The time until `ahead + 1` operators come free: so many calls end one after the other, by all operators at once. The
/// spread of few calls is guessed too small by themselves, so it is taken as half the mean at least.
fn band(served: &Served, ahead: u32) -> Option<Band> {
    if served.by.is_empty() {
        return None;
    }
    let wanted = as_float(ahead as usize + 1) - as_float(served.free);
    if wanted <= 0.0 {
        return Some(Band { least: 0, most: 1 });
    }
    let (mean, spread) = served.takes?;
    let operators = as_float(served.by.len());
    let middle = wanted * mean / operators;
    let around = SPREAD * wanted.sqrt() * spread.max(mean / 2.0) / operators;
    let least = whole(((middle - around) / 60.0).floor());
    let most = whole(((middle + around) / 60.0).ceil());
    Some(Band { least, most: most.max(least.saturating_add(1)) })
}

/// Whole minutes, none below zero and none beyond a week.
fn whole(minutes: f64) -> u32 {
    const WEEK: u32 = 7 * 24 * 60;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to a range that every u32 has"
    )]
    let whole = minutes.clamp(0.0, f64::from(WEEK)) as u32;
    whole
}
