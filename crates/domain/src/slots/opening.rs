//! Runs of free places that a visit can take.

use crate::{
    calendar::{BusinessCalendar, Closed, next_day},
    codes::{OfficeCode, ServiceCode},
    slots::{NoPlace, OfficePlan, Pool, Shut, Slot, SlotKey, plan::slots_for},
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many days ahead the next opening of a closed office is looked for.
const A_YEAR: u32 = 366;

/// How much of each place is taken: bookings and holds that have not expired alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taken {
    /// How many, by place.
    pub counts: BTreeMap<SlotKey, u32>,
    /// Time that takes no visits: its places are as good as taken.
    pub shut: Vec<Shut>,
}

impl Taken {
    /// How many are taken of a place.
    pub fn of(&self, key: &SlotKey) -> u32 {
        self.counts.get(key).copied().unwrap_or(0)
    }

    /// The closed time in which a place lies, or into which it reaches.
    pub fn shut_at(&self, office: &OfficeCode, start: Timestamp, end: Timestamp) -> Option<&Shut> {
        self.shut.iter().find(|shut| shut.touches(office, start, end))
    }

    /// Takes one more of each place.
    pub fn take<'a>(&mut self, keys: impl IntoIterator<Item = &'a SlotKey>) {
        for key in keys {
            *self.counts.entry(key.clone()).or_default() += 1;
        }
    }

    /// Gives one back of each place.
    pub fn give_back<'a>(&mut self, keys: impl IntoIterator<Item = &'a SlotKey>) {
        for key in keys {
            if let Some(n) = self.counts.get_mut(key) {
                *n = n.saturating_sub(1);
            }
        }
    }
}

impl FromIterator<(SlotKey, u32)> for Taken {
    fn from_iter<I: IntoIterator<Item = (SlotKey, u32)>>(iter: I) -> Self {
        Self { counts: iter.into_iter().collect(), shut: Vec::new() }
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// What is to be done.
    pub service: ServiceCode,
    /// Length of the visit in minutes; longer than one place takes several in a row.
    pub minutes: u32,
    /// The pools that may be used. Of two openings at the same time the one whose pool comes first wins.
    pub pools: Vec<Pool>,
    /// Now.
    pub now: Timestamp,
    /// How many business days of the office after today the first place lies; 0 is the same day.
    pub lead_business_days: u16,
    /// How many days after today the last place lies.
    pub horizon_days: u16,
    /// No place before this instant.
    pub not_before: Option<Timestamp>,
}

/// A run of places of one pool, one after the other, all free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Where.
    pub office: OfficeCode,
    /// What for.
    pub service: ServiceCode,
    /// Of which pool.
    pub pool: Pool,
    /// Start of the first place.
    pub start: Timestamp,
    /// End of the last place.
    pub end: Timestamp,
    /// The places to claim, in key order.
    pub slots: Vec<SlotKey>,
    /// The capacity of each of them, in the same order.
    pub capacities: Vec<u32>,
    /// The smallest capacity among them.
    pub capacity: u32,
    /// How many visits the fullest of them still takes; never 0.
    pub left: u32,
}

impl Opening {
    /// What to claim: each place with its own capacity, in key order.
    pub fn claims(&self) -> impl Iterator<Item = (&SlotKey, u32)> {
        self.slots.iter().zip(self.capacities.iter().copied())
    }
}

/// The days that may be given.
pub(super) struct Range {
    today: Date,
    pub(super) earliest: Date,
    pub(super) last: Date,
    /// Nothing starts before this instant.
    pub(super) floor: Timestamp,
}

pub(super) fn range(calendar: &BusinessCalendar, ask: &Ask) -> Result<Range, NoPlace> {
    let today = calendar.zone.date(ask.now);
    let last = today.saturating_add(i64::from(ask.horizon_days).days());
    let floor = ask.not_before.map_or(ask.now, |t| t.max(ask.now));
    let Some(lead) = calendar.add_business_days(today, i32::from(ask.lead_business_days)) else {
        return Err(closed(calendar, ask.now).unwrap_or(NoPlace::AfterHorizon { last }));
    };
    if lead > last {
        return Err(NoPlace::BeforeLeadTime { earliest: lead, sooner: None });
    }
    let earliest = lead.max(calendar.zone.date(floor));
    if earliest > last {
        return Err(NoPlace::AfterHorizon { last });
    }
    Ok(Range { today, earliest, last, floor })
}

fn closed(calendar: &BusinessCalendar, at: Timestamp) -> Option<NoPlace> {
    let why = calendar.why_closed(at)?;
    Some(NoPlace::OfficeClosed { why, opens: calendar.next_open(at, A_YEAR) })
}

/// What is told of a place in time that the office closes.
fn shut_then(calendar: &BusinessCalendar, shut: &Shut) -> NoPlace {
    let until = calendar.zone.date(shut.until);
    let why = Closed::Closure { why: shut.why.clone(), until, whole_day: false };
    NoPlace::OfficeClosed { why, opens: calendar.next_open(shut.until, A_YEAR) }
}

/// Every opening that fits what is asked for, by start; at the same start in the order of the pools asked for.
/// Openings of a visit that takes several places overlap each other.
pub fn openings(plan: &OfficePlan, calendar: &BusinessCalendar, taken: &Taken, ask: &Ask) -> Vec<Opening> {
    range(calendar, ask)
        .map_or_else(|_| Vec::new(), |r| free(plan, calendar, taken, ask, r.earliest, r.last, r.floor))
}

/// The first opening that fits what is asked for. It looks at one day after the other (with the next, since a run of places
/// may go on over night), and at none behind the first that has one.
pub fn first_opening(
    plan: &OfficePlan,
    calendar: &BusinessCalendar,
    taken: &Taken,
    ask: &Ask,
) -> Option<Opening> {
    let Range { earliest, last, floor, .. } = range(calendar, ask).ok()?;
    let days = std::iter::successors(Some(earliest), |day| Some(next_day(*day)).filter(|next| next > day));
    days.take_while(|day| *day <= last).find_map(|day| {
        let offered = slots_of(plan, calendar, ask, day, next_day(day).min(last));
        free_among(&offered, taken, ask, floor).next()
    })
}

/// Every opening that fits what is asked for, or why there is none.
pub fn openings_or_why(
    plan: &OfficePlan,
    calendar: &BusinessCalendar,
    taken: &Taken,
    ask: &Ask,
) -> Result<Vec<Opening>, NoPlace> {
    let Range { today, earliest, last, floor } = range(calendar, ask)?;
    let found = free(plan, calendar, taken, ask, earliest, last, floor);
    if !found.is_empty() {
        return Ok(found);
    }
    let day_before = earliest.saturating_sub(1.day());
    if let Some(sooner) = free(plan, calendar, taken, ask, today, day_before, floor).pop() {
        return Err(NoPlace::BeforeLeadTime { earliest, sooner: Some(Box::new(sooner)) });
    }
    let offered: Vec<Slot> = slots_of(plan, calendar, ask, earliest, last);
    if offered.is_empty() {
        let starts = calendar.zone.day_start(earliest).map_or(floor, |t| t.max(floor));
        let opens = calendar.next_open(starts, A_YEAR);
        if opens.is_none_or(|at| calendar.zone.date(at) > last)
            && let Some(refusal) = closed(calendar, starts)
        {
            return Err(refusal);
        }
        let (office, service) = (plan.office().clone(), ask.service.clone());
        return Err(NoPlace::NotOffered { office, service, from: earliest, until: last });
    }
    let nothing = Taken::default();
    let longest =
        ask.pools.iter().flat_map(|pool| (0..offered.len()).map(|n| (*pool, n))).map(|(pool, n)| {
            match run(&offered, n, pool, ask.minutes, &nothing) {
                Ok(_) => ask.minutes,
                Err(Short::Ends { minutes }) => minutes,
                Err(Short::Full | Short::Shut(_) | Short::NotInPool) => 0,
            }
        });
    let longest = longest.max().unwrap_or(0);
    if longest < ask.minutes {
        return Err(NoPlace::TooLong { minutes: ask.minutes, longest });
    }
    Err(NoPlace::Full { from: earliest, until: last, next: None })
}

/// The opening that begins at `start` in a pool, or why it cannot be given: for a place that a person picked
/// some time ago and now confirms.
pub fn opening_at(
    plan: &OfficePlan,
    calendar: &BusinessCalendar,
    taken: &Taken,
    ask: &Ask,
    pool: Pool,
    start: Timestamp,
) -> Result<Opening, NoPlace> {
    let Range { earliest, last, floor, .. } = range(calendar, ask)?;
    if start < ask.now {
        return Err(NoPlace::Passed { start });
    }
    let date = calendar.zone.date(start);
    if date < earliest || start < floor {
        return Err(NoPlace::BeforeLeadTime { earliest, sooner: None });
    }
    if date > last {
        return Err(NoPlace::AfterHorizon { last });
    }
    let day = slots_of(plan, calendar, ask, date, date);
    let next = || {
        let later = free(plan, calendar, taken, ask, date, last, start).into_iter().next();
        later.map(Box::new)
    };
    let Some(first) = day.iter().position(|s| s.start == start && s.capacity_in(pool) > 0) else {
        return Err(closed(calendar, start).unwrap_or_else(|| NoPlace::NoSuchSlot { start, next: next() }));
    };
    run(&day, first, pool, ask.minutes, taken).map_err(|short| match short {
        Short::Full => NoPlace::Full { from: date, until: date, next: next() },
        Short::Shut(shut) => shut_then(calendar, &shut),
        Short::Ends { minutes } => NoPlace::TooLong { minutes: ask.minutes, longest: minutes },
        Short::NotInPool => NoPlace::NoSuchSlot { start, next: next() },
    })
}

fn slots_of(plan: &OfficePlan, calendar: &BusinessCalendar, ask: &Ask, from: Date, until: Date) -> Vec<Slot> {
    let in_pools = |slot: &Slot| ask.pools.iter().any(|pool| slot.capacity_in(*pool) > 0);
    let mut all = slots_for(plan, calendar, |service| *service == ask.service, from, until);
    all.retain(in_pools);
    all
}

pub(super) fn free(
    plan: &OfficePlan,
    calendar: &BusinessCalendar,
    taken: &Taken,
    ask: &Ask,
    from: Date,
    until: Date,
    floor: Timestamp,
) -> Vec<Opening> {
    free_among(&slots_of(plan, calendar, ask, from, until), taken, ask, floor).collect()
}

/// The openings among places in order of time.
fn free_among<'a>(
    offered: &'a [Slot],
    taken: &'a Taken,
    ask: &'a Ask,
    floor: Timestamp,
) -> impl Iterator<Item = Opening> + 'a {
    let starts = (0..offered.len()).filter(move |n| offered.get(*n).is_some_and(|s| floor <= s.start));
    starts
        .flat_map(|n| ask.pools.iter().map(move |pool| (n, *pool)))
        .filter_map(|(n, pool)| run(offered, n, pool, ask.minutes, taken).ok())
}

/// Why a run of places cannot be taken.
enum Short {
    /// One of them is full.
    Full,
    /// One of them lies in time that the office closes.
    Shut(Shut),
    /// The places end, or stop following each other, after so many minutes.
    Ends { minutes: u32 },
    /// The first is not of the pool.
    NotInPool,
}

/// The run that begins with the place at `first` of places of one service by start.
fn run(offered: &[Slot], first: usize, pool: Pool, minutes: u32, taken: &Taken) -> Result<Opening, Short> {
    let wanted = SignedDuration::from_mins(i64::from(minutes));
    let mut opening: Option<Opening> = None;
    for slot in offered.iter().skip(first) {
        let (key, capacity) = (slot.key(pool), slot.capacity_in(pool));
        if capacity == 0 || opening.as_ref().is_some_and(|o| o.end != slot.start) {
            break;
        }
        if let Some(shut) = taken.shut_at(&slot.office, slot.start, slot.end) {
            return Err(Short::Shut(shut.clone()));
        }
        let left = capacity.saturating_sub(taken.of(&key));
        if left == 0 {
            return Err(Short::Full);
        }
        let run = opening.get_or_insert_with(|| Opening {
            office: slot.office.clone(),
            service: slot.service.clone(),
            pool,
            start: slot.start,
            end: slot.end,
            slots: Vec::new(),
            capacities: Vec::new(),
            capacity,
            left,
        });
        run.end = slot.end;
        run.slots.push(key);
        run.capacities.push(capacity);
        run.capacity = run.capacity.min(capacity);
        run.left = run.left.min(left);
        if slot.end.duration_since(run.start) >= wanted {
            return opening.ok_or(Short::NotInPool);
        }
    }
    let minutes = opening.ok_or(Short::NotInPool).map(|o| o.end.duration_since(o.start).as_mins())?;
    Err(Short::Ends { minutes: u32::try_from(minutes).unwrap_or(0) })
}
