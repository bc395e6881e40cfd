//! Holidays by rule, for any year.

use crate::{calendar::weekday, text::Text};
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};

/// One holiday. In data:
///
/// ```toml
/// [[holidays]]
/// name = { en = "Juneteenth", es = "…" }
/// from_year = 2021
/// rule = { kind = "fixed", month = 6, day = 19, observed = "nearest-weekday" }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Its name, as people are told.
    pub name: Text,
    /// The first year it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_year: Option<i16>,
    /// The last year it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_year: Option<i16>,
    /// When it is.
    pub rule: HolidayRule,
}

/// When a holiday is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum HolidayRule {
    /// The same day each year.
    Fixed {
        /// The month, 1 to 12.
        month: i8,
        /// The day of the month, 1 to 31. In a year without it (29 February) there is no holiday.
        day: i8,
        /// What happens when it falls at a weekend.
        #[serde(default)]
        observed: Observed,
    },
    /// A weekday of a month, such as its third Monday.
    Weekday {
        /// The month, 1 to 12.
        month: i8,
        /// Which weekday.
        #[serde(with = "weekday::one")]
        weekday: Weekday,
        /// Which of them.
        nth: Nth,
    },
}

/// Which of the same weekdays in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nth {
    /// The first.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
    /// The fifth, in a month that has one.
    Fifth,
    /// The last, be it the fourth or the fifth.
    Last,
}

/// The day off for a fixed holiday that falls at a weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Observed {
    /// No other day is given.
    #[default]
    SameDay,
    /// For a Saturday the Friday before, for a Sunday the Monday after: 5 U.S.C. 6103(b) and Executive
    /// Order 11582 for federal offices. The Friday may be in the year before (New Year's Day).
    NearestWeekday,
    /// For either the Monday after.
    NextMonday,
}

/// Why a holiday is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HolidayError {
    /// There is no such day in any year.
    #[error("there is no day {day} in month {month}")]
    NoSuchDay {
        /// The month given.
        month: i8,
        /// The day given.
        day: i8,
    },
    /// The last year is before the first.
    #[error("kept from {from} until {until}, which is before it")]
    YearsBackwards {
        /// The first year.
        from: i16,
        /// The last year.
        until: i16,
    },
}

impl HolidayRule {
    /// The day itself in a year.
    pub fn actual(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed { month, day, .. } => Date::new(year, month, day).ok(),
            Self::Weekday { month, weekday, nth } => {
                let nth = match nth {
                    Nth::First => 1,
                    Nth::Second => 2,
                    Nth::Third => 3,
                    Nth::Fourth => 4,
                    Nth::Fifth => 5,
                    Nth::Last => -1,
                };
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
        }
    }

    /// The day off for the holiday of a year; it may lie in the year before.
    pub fn observed(self, year: i16) -> Option<Date> {
        let actual = self.actual(year)?;
        let Self::Fixed { observed, .. } = self else { return Some(actual) };
        let move_by = match (observed, actual.weekday()) {
            (Observed::NearestWeekday, Weekday::Saturday) => -1,
            (Observed::NextMonday, Weekday::Saturday) => 2,
            (Observed::NearestWeekday | Observed::NextMonday, Weekday::Sunday) => 1,
            _ => 0,
        };
        actual.checked_add(move_by.days()).ok()
    }

    /// Can a date be this holiday at all, by its month? Every day of every schedule is asked about every holiday, so the
    /// no comes first. An observed day lies at most two days from its holiday: in its month or in one beside it.
    fn is_near(self, date: Date) -> bool {
        match self {
            Self::Fixed { month, .. } => matches!((date.month() - month).rem_euclid(12), 0 | 1 | 11),
            Self::Weekday { month, .. } => date.month() == month,
        }
    }

    fn check(self) -> Result<(), HolidayError> {
        let (month, day) = match self {
            Self::Fixed { month, day, .. } => (month, day),
            Self::Weekday { month, .. } => (month, 1),
        };
        // 2000 was a leap year: every day that ever is, was.
        Date::new(2000, month, day).map(|_| ()).map_err(|_| HolidayError::NoSuchDay { month, day })
    }
}

impl Holiday {
    fn kept_in(&self, year: i16) -> bool {
        self.from_year.is_none_or(|y| y <= year) && self.until_year.is_none_or(|y| year <= y)
    }

    /// The day off for the holiday of a year, when it is kept in that year. New Year's Day of 2022 was
    /// observed on 2021-12-31.
    pub fn observed(&self, year: i16) -> Option<Date> {
        self.kept_in(year).then(|| self.rule.observed(year)).flatten()
    }

    /// The day itself in a year, when it is kept in that year.
    pub fn actual(&self, year: i16) -> Option<Date> {
        self.kept_in(year).then(|| self.rule.actual(year)).flatten()
    }

    /// Whether a date is this holiday, itself or as observed.
    pub fn on(&self, date: Date) -> Option<HolidayOn<'_>> {
        if !self.rule.is_near(date) {
            return None;
        }
        let year = date.year();
        // An observed day may lie in the year before or, for a holiday at the very end, after.
        [year, year.saturating_add(1), year.saturating_sub(1)].into_iter().find_map(|y| {
            let actual = self.actual(y)?;
            let is = actual == date || self.rule.observed(y) == Some(date);
            is.then_some(HolidayOn { holiday: self, actual })
        })
    }
}

/// A date that is a holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HolidayOn<'a> {
    /// Which.
    pub holiday: &'a Holiday,
    /// The day itself; another than the date asked about when that is the observed day.
    pub actual: Date,
}

/// The holidays of a calendar. Both the day itself and the observed day are closed: an office that opens on
/// Saturdays does not open on a Saturday that is the Fourth of July.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Holiday>", into = "Vec<Holiday>")]
pub struct Holidays(Vec<Holiday>);

impl Holidays {
    /// Checked: every rule names a day that exists in some year.
    pub fn new(holidays: Vec<Holiday>) -> Result<Self, HolidayError> {
        for holiday in &holidays {
            holiday.rule.check()?;
            if let (Some(from), Some(until)) = (holiday.from_year, holiday.until_year)
                && until < from
            {
                return Err(HolidayError::YearsBackwards { from, until });
            }
        }
        Ok(Self(holidays))
    }

    /// The holiday on a date; the first in the list when there are two.
    pub fn on(&self, date: Date) -> Option<HolidayOn<'_>> {
        self.0.iter().find_map(|h| h.on(date))
    }

    /// Every holiday, in the order of the data.
    pub fn iter(&self) -> impl Iterator<Item = &Holiday> {
        self.0.iter()
    }
}

impl TryFrom<Vec<Holiday>> for Holidays {
    type Error = HolidayError;
    fn try_from(holidays: Vec<Holiday>) -> Result<Self, HolidayError> {
        Self::new(holidays)
    }
}

impl From<Holidays> for Vec<Holiday> {
    fn from(holidays: Holidays) -> Self {
        holidays.0
    }
}
