//! Which opening suits a person best, and why.

use crate::{
    calendar::{BusinessCalendar, Span, weekday},
    pii::Pii,
    slots::{Ask, NoPlace, OfficePlan, Opening, Taken, openings_or_why},
    urgency::Urgency,
};
use jiff::{
    Timestamp,
    civil::{Date, Time, Weekday},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many preferences of a person count.
pub const MAX_PREFERENCES: usize = 3;

/// What would suit the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// When the person first got in touch about the matter: the target counts from here.
    pub first_contact: Timestamp,
    /// How soon it must be dealt with.
    pub urgency: Urgency,
    /// The best day for a regular matter: so many business days of the office after the first contact.
    pub target_business_days: u16,
    /// An urgent matter must be seen within so many business days after the first contact.
    pub urgent_within_business_days: u16,
    /// When the person would like to come, best first; only the first [`MAX_PREFERENCES`] count.
    pub preferences: Vec<PreferredTime>,
    /// When the person cannot come.
    pub cannot: Vec<Cannot>,
}

/// A time the person would like. What is not said matches anything; one that says nothing but words matches
/// nothing, and is there for the officer to read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PreferredTime {
    /// On this day.
    pub date: Option<Date>,
    /// On this weekday.
    #[serde(with = "weekday::maybe")]
    pub weekday: Option<Weekday>,
    /// In this part of the day.
    pub part: Option<PartOfDay>,
    /// What the person wrote or said.
    pub words: Option<Pii<String>>,
}

/// A part of the day, by the clock of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartOfDay {
    /// Before noon.
    Morning,
    /// From noon until 17:00.
    Afternoon,
    /// From 17:00.
    Evening,
}

impl PartOfDay {
    /// All of them, in the order of the day.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// The name used in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
        }
    }

    /// Which part of the day a time is in.
    pub fn of(time: Time) -> Self {
        match time.hour() {
            ..12 => Self::Morning,
            12..17 => Self::Afternoon,
            17.. => Self::Evening,
        }
    }
}

/// Hours in which the person cannot come, by the clock of the office: on a date, on a weekday, at certain hours,
/// or a mix (`{ weekday = "friday", hours = "12:00-24:00" }`). One that says nothing excludes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cannot {
    /// On this day.
    pub date: Option<Date>,
    /// On this weekday.
    #[serde(with = "weekday::maybe")]
    pub weekday: Option<Weekday>,
    /// In these hours.
    pub hours: Option<Span>,
}

/// An opening with its place in the ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The opening.
    pub opening: Opening,
    /// What it is ranked by.
    pub score: Score,
    /// Why it is offered, as the person is told.
    pub why: Vec<Why>,
}

/// What an opening is ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// For an urgent matter: later than it must be.
    pub late: bool,
    /// Which preference it fits, 1 the best; `None` fits none.
    pub preference: Option<u8>,
    /// Business days after the target day; negative before it.
    pub days_from_target: i32,
    /// Business days after the first contact.
    pub days_from_first_contact: i32,
}

impl Score {
    /// What is smaller suits better; what is as small suits as well, and the earlier is taken.
    pub fn order(&self, urgency: Urgency) -> (bool, u8, u32) {
        let preference = if self.late { 0 } else { self.preference.unwrap_or(u8::MAX) };
        let distance = match urgency {
            Urgency::Urgent => 0,
            Urgency::Regular => self.days_from_target.unsigned_abs(),
        };
        (self.late, preference, distance)
    }
}

/// One reason for offering an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Why {
    /// It fits what the person would like.
    FitsPreference {
        /// Which, 1 the best.
        number: u8,
    },
    /// Nothing that the person would like is free.
    NoPreferenceFree,
    /// It keeps clear of the hours in which the person cannot come.
    KeepsClear,
    /// No free day is nearer to the target.
    NearestToTarget {
        /// The target day.
        target: Date,
        /// Business days after it; negative before it.
        days: i32,
    },
    /// The first there is, because the matter is urgent.
    EarliestBecauseUrgent {
        /// Within so many business days of the first contact.
        within: u16,
    },
    /// Urgent, and yet later than it must be: nothing sooner is free.
    LateThoughUrgent {
        /// It should be within so many business days of the first contact.
        within: u16,
        /// It is after so many.
        days: i32,
    },
}

impl Why {
    /// A stable name for message keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::FitsPreference { .. } => "fits-preference",
            Self::NoPreferenceFree => "no-preference-free",
            Self::KeepsClear => "keeps-clear",
            Self::NearestToTarget { .. } => "nearest-to-target",
            Self::EarliestBecauseUrgent { .. } => "earliest-because-urgent",
            Self::LateThoughUrgent { .. } => "late-though-urgent",
        }
    }
}

impl PreferredTime {
    fn fits(&self, date: Date, time: Time) -> bool {
        (self.date.is_some() || self.weekday.is_some() || self.part.is_some())
            && self.date.is_none_or(|d| d == date)
            && self.weekday.is_none_or(|w| w == date.weekday())
            && self.part.is_none_or(|p| p == PartOfDay::of(time))
    }
}

impl Cannot {
    fn excludes(&self, calendar: &BusinessCalendar, opening: &Opening) -> bool {
        if self.date.is_none() && self.weekday.is_none() && self.hours.is_none() {
            return false;
        }
        let date = calendar.zone.date(opening.start);
        let day = self.date.is_none_or(|d| d == date) && self.weekday.is_none_or(|w| w == date.weekday());
        let hours = self.hours.unwrap_or(Span::whole_day());
        let shut = crate::calendar::span_on(&calendar.zone, date, hours);
        day && shut.is_some_and(|s| s.start < opening.end && opening.start < s.end)
    }
}

/// The openings that suit the person, best first, each with its reasons.
///
/// Hours in which the person cannot come are never offered. Then, for a regular matter: what fits the person's
/// preferences in their order, the nearest to the target day, the sooner of two as near, the earlier in the
/// day, the pool asked for first. For an urgent one: what lies within the days allowed, by preference and then
/// the earliest; after those, flagged as late, strictly the earliest.
pub fn choose(
    plan: &OfficePlan,
    calendar: &BusinessCalendar,
    taken: &Taken,
    ask: &Ask,
    wish: &Wish,
) -> Result<Vec<Choice>, NoPlace> {
    choose_among(calendar, wish, openings_or_why(plan, calendar, taken, ask)?)
}

/// The same of openings that are known already, such as those of [`openings_or_why`].
pub fn choose_among(
    calendar: &BusinessCalendar,
    wish: &Wish,
    all: Vec<Opening>,
) -> Result<Vec<Choice>, NoPlace> {
    let (kept, excluded) = apart(calendar, wish, all);
    if kept.is_empty() {
        let nearest = Ranked::of(calendar, wish, excluded).best(false);
        return nearest
            .map_or(Ok(Vec::new()), |c| Err(NoPlace::HoursExclude { nearest: Box::new(c.opening) }));
    }
    Ok(Ranked::of(calendar, wish, kept).all(!excluded.is_empty()))
}

/// The first of [`choose_among`], without putting the others in order.
pub fn best_among(calendar: &BusinessCalendar, wish: &Wish, all: Vec<Opening>) -> Option<Choice> {
    let (kept, excluded) = apart(calendar, wish, all);
    Ranked::of(calendar, wish, kept).best(!excluded.is_empty())
}

/// Those to which the person can come, and the others.
fn apart(calendar: &BusinessCalendar, wish: &Wish, all: Vec<Opening>) -> (Vec<Opening>, Vec<Opening>) {
    all.into_iter().partition(|o| !wish.cannot.iter().any(|c| c.excludes(calendar, o)))
}

/// Openings with what they are ranked by, and what is told of them beside others.
struct Ranked<'a> {
    wish: &'a Wish,
    target: Date,
    scored: Vec<(Opening, Score)>,
    earliest: Option<Timestamp>,
    nearest: Option<u32>,
    any_preference: bool,
}

impl<'a> Ranked<'a> {
    fn of(calendar: &BusinessCalendar, wish: &'a Wish, openings: Vec<Opening>) -> Self {
        let first = calendar.zone.date(wish.first_contact);
        let target = calendar.add_business_days(first, i32::from(wish.target_business_days)).unwrap_or(first);
        let mut days: BTreeMap<Date, (i32, i32)> = BTreeMap::new();
        let scored = openings.into_iter().map(|opening| {
            let local = calendar.zone.local(opening.start);
            let (days_from_target, days_from_first_contact) =
                *days.entry(local.date()).or_insert_with(|| {
                    let from = |day| calendar.business_days_between(day, local.date());
                    (from(target), from(first))
                });
            let wanted = wish.preferences.iter().take(MAX_PREFERENCES);
            let preference =
                (1..).zip(wanted).find(|(_, p)| p.fits(local.date(), local.time())).map(|(n, _)| n);
            let late = wish.urgency == Urgency::Urgent
                && days_from_first_contact > i32::from(wish.urgent_within_business_days);
            (opening, Score { late, preference, days_from_target, days_from_first_contact })
        });
        let scored: Vec<_> = scored.collect();
        let earliest = scored.iter().map(|(o, _)| o.start).min();
        let nearest = scored.iter().map(|(_, s)| s.days_from_target.unsigned_abs()).min();
        let any_preference = scored.iter().any(|(_, s)| s.preference.is_some());
        Self { wish, target, scored, earliest, nearest, any_preference }
    }

    /// The best; of those at the same start the pool that was asked for first.
    fn best(mut self, kept_clear: bool) -> Option<Choice> {
        let urgency = self.wish.urgency;
        let scored = std::mem::take(&mut self.scored);
        let (opening, score) = scored.into_iter().min_by_key(|(o, s)| (s.order(urgency), o.start))?;
        Some(self.choice(opening, score, kept_clear))
    }

    /// All of them, best first.
    fn all(mut self, kept_clear: bool) -> Vec<Choice> {
        let urgency = self.wish.urgency;
        let mut scored = std::mem::take(&mut self.scored);
        // The sort is stable: at the same start the pool asked for first stays first.
        scored.sort_by_cached_key(|(opening, score)| (score.order(urgency), opening.start));
        scored.into_iter().map(|(opening, score)| self.choice(opening, score, kept_clear)).collect()
    }

    fn choice(&self, opening: Opening, score: Score, kept_clear: bool) -> Choice {
        let wish = self.wish;
        let mut why = Vec::new();
        match score.preference {
            Some(number) => why.push(Why::FitsPreference { number }),
            None if !wish.preferences.is_empty() && !self.any_preference => why.push(Why::NoPreferenceFree),
            None => {}
        }
        let within = wish.urgent_within_business_days;
        match wish.urgency {
            Urgency::Urgent if score.late => {
                why.push(Why::LateThoughUrgent { within, days: score.days_from_first_contact });
            }
            Urgency::Urgent if Some(opening.start) == self.earliest => {
                why.push(Why::EarliestBecauseUrgent { within });
            }
            Urgency::Regular if Some(score.days_from_target.unsigned_abs()) == self.nearest => {
                why.push(Why::NearestToTarget { target: self.target, days: score.days_from_target });
            }
            Urgency::Urgent | Urgency::Regular => {}
        }
        if kept_clear {
            why.push(Why::KeepsClear);
        }
        Choice { opening, score, why }
    }
}
