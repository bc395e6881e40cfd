//! Days, or parts of days, on which a place is closed that would be open.

use crate::{calendar::Span, text::Text};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One closure. In data: `{ from = "2026-12-24", until = "2026-12-26", hours = "12:00-24:00", why = { en = "…" } }`;
/// without `until` it is one day, without `hours` the whole of each day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Closure {
    /// The first day.
    pub from: Date,
    /// The last day, itself closed.
    pub until: Date,
    /// The part of each of those days, in the calendar's zone; `None` is the whole day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Span>,
    /// Why, as people are told.
    pub why: Text,
}

/// Why a closure is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a closure ends on {until}, before it begins on {from}")]
pub struct ClosureError {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    from: Date,
    #[serde(default)]
    until: Option<Date>,
    #[serde(default)]
    hours: Option<Span>,
    why: Text,
}

impl TryFrom<Written> for Closure {
    type Error = ClosureError;
    fn try_from(w: Written) -> Result<Self, ClosureError> {
        let until = w.until.unwrap_or(w.from);
        if until < w.from {
            return Err(ClosureError { from: w.from, until });
        }
        Ok(Self { from: w.from, until, hours: w.hours, why: w.why })
    }
}

impl Closure {
    /// Whole days, from the first to the last.
    pub const fn days(from: Date, until: Date, why: Text) -> Self {
        Self { from, until, hours: None, why }
    }

    /// Part of one day.
    pub const fn part(date: Date, hours: Span, why: Text) -> Self {
        Self { from: date, until: date, hours: Some(hours), why }
    }

    /// Whether it touches a date at all.
    pub fn touches(&self, date: Date) -> bool {
        self.from <= date && date <= self.until
    }

    /// Whether it takes the whole of a date.
    pub fn takes_whole(&self, date: Date) -> bool {
        self.touches(date) && self.hours.is_none_or(|span| span == Span::whole_day())
    }
}
