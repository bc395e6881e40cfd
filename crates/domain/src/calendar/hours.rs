//! Hours by weekday, with dates on them.

use crate::calendar::zone::next_day;
use jiff::civil::{Date, DateTime, Time, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// A stretch of one civil day, `08:00-15:30`; the end is not part of it. `24:00` as an end is the end of
/// the day. A span never crosses midnight: write two.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    from: Time,
    /// Midnight means the end of the day.
    to: Time,
}

/// Why a text or a pair of times is not a span.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// Not two times.
    #[error("hours are written \"08:00-15:30\" (or to \"24:00\"), not {0:?}")]
    NotTwoTimes(String),
    /// The end is not after the beginning.
    #[error("hours must end after they begin: {from}-{to}")]
    Backwards {
        /// The beginning.
        from: Time,
        /// The end.
        to: Time,
    },
}

impl Span {
    /// From `from` until before `to`; midnight as `to` is the end of the day.
    pub fn new(from: Time, to: Time) -> Result<Self, SpanError> {
        if to == Time::midnight() || from < to {
            Ok(Self { from, to })
        } else {
            Err(SpanError::Backwards { from, to })
        }
    }

    /// The whole day.
    pub const fn whole_day() -> Self {
        Self { from: Time::midnight(), to: Time::midnight() }
    }

    /// When it begins.
    pub const fn from(self) -> Time {
        self.from
    }

    /// When it ends; midnight is the end of the day.
    pub const fn to(self) -> Time {
        self.to
    }

    /// The local beginning and end on a date.
    pub fn on(self, date: Date) -> (DateTime, DateTime) {
        let last = if self.to_end_of_day() { next_day(date) } else { date };
        (date.to_datetime(self.from), last.to_datetime(self.to))
    }

    /// Whether it lasts until the end of the day.
    pub fn to_end_of_day(self) -> bool {
        self.to == Time::midnight()
    }

    /// Whether a time of day lies in it.
    pub fn contains(self, time: Time) -> bool {
        self.from <= time && (self.to_end_of_day() || time < self.to)
    }

    /// Whether the two share any time.
    pub fn overlaps(self, other: Self) -> bool {
        (other.to_end_of_day() || self.from < other.to) && (self.to_end_of_day() || other.from < self.to)
    }
}

impl Span {
    /// The time that two share, if they do.
    pub fn shared(self, other: Self) -> Option<Self> {
        let to = match (self.to_end_of_day(), other.to_end_of_day()) {
            (true, _) => other.to,
            (_, true) => self.to,
            _ => self.to.min(other.to),
        };
        self.overlaps(other).then(|| Self { from: self.from.max(other.from), to })
    }
}

impl FromStr for Span {
    type Err = SpanError;
    fn from_str(s: &str) -> Result<Self, SpanError> {
        let wrong = || SpanError::NotTwoTimes(s.chars().take(60).collect());
        let (from, to) = s.split_once('-').ok_or_else(wrong)?;
        let time = |t: &str| t.trim().parse::<Time>().map_err(|_| wrong());
        let to = if matches!(to.trim(), "24:00" | "24:00:00") { Time::midnight() } else { time(to)? };
        Self::new(time(from)?, to)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |t: Time| {
            let short = t.strftime("%H:%M");
            if t.second() == 0 && t.subsec_nanosecond() == 0 { short.to_string() } else { t.to_string() }
        };
        let to = if self.to_end_of_day() { "24:00".to_owned() } else { clock(self.to) };
        write!(f, "{}-{to}", clock(self.from))
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Why hours are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Two spans of one day share time.
    #[error("two spans of {weekday:?} overlap: {first} and {second}")]
    Overlap {
        /// The weekday.
        weekday: Weekday,
        /// The one that begins first.
        first: Span,
        /// The other.
        second: Span,
    },
    /// Two versions begin on the same day, so neither is the one that holds.
    #[error("two versions of the hours begin on {0}")]
    SameDay(Date),
}

/// The hours of a week. In data each day is a list of spans; `weekdays` stands for Monday to Friday, and a
/// day that is named as well wins over it: `{ weekdays = ["08:00-15:30"], friday = [] }`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Week", into = "Week")]
pub struct WeeklyHours {
    /// Monday first; the spans of a day in order, none overlapping.
    days: [Vec<Span>; 7],
}

/// A week as it is written.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Week {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    weekdays: Vec<Span>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    monday: Option<Vec<Span>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tuesday: Option<Vec<Span>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wednesday: Option<Vec<Span>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    thursday: Option<Vec<Span>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    friday: Option<Vec<Span>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    saturday: Option<Vec<Span>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sunday: Option<Vec<Span>>,
}

impl TryFrom<Week> for WeeklyHours {
    type Error = HoursError;
    fn try_from(week: Week) -> Result<Self, HoursError> {
        let working = |day: Option<Vec<Span>>| day.unwrap_or_else(|| week.weekdays.clone());
        Self::new([
            working(week.monday),
            working(week.tuesday),
            working(week.wednesday),
            working(week.thursday),
            working(week.friday),
            week.saturday.unwrap_or_default(),
            week.sunday.unwrap_or_default(),
        ])
    }
}

impl From<WeeklyHours> for Week {
    fn from(hours: WeeklyHours) -> Self {
        let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = hours.days.map(Some);
        Self { weekdays: Vec::new(), monday, tuesday, wednesday, thursday, friday, saturday, sunday }
    }
}

impl WeeklyHours {
    /// Seven days of spans, Monday first, in any order within a day.
    pub fn new(mut days: [Vec<Span>; 7]) -> Result<Self, HoursError> {
        for (n, spans) in days.iter_mut().enumerate() {
            spans.sort();
            for pair in spans.windows(2) {
                if let [first, second] = *pair
                    && first.overlaps(second)
                {
                    return Err(HoursError::Overlap { weekday: weekday_number(n), first, second });
                }
            }
        }
        Ok(Self { days })
    }

    /// The same spans from Monday to Friday, none at the weekend.
    pub fn weekdays(spans: &[Span]) -> Result<Self, HoursError> {
        let day = || spans.to_vec();
        Self::new([day(), day(), day(), day(), day(), Vec::new(), Vec::new()])
    }

    /// The spans of a weekday, in order.
    pub fn on(&self, weekday: Weekday) -> &[Span] {
        usize::try_from(weekday.to_monday_zero_offset())
            .ok()
            .and_then(|n| self.days.get(n))
            .map_or(&[], Vec::as_slice)
    }

    /// What this week and another share.
    #[must_use]
    pub fn shared(&self, other: &Self) -> Self {
        let days = std::array::from_fn(|n| {
            let day = weekday_number(n);
            let shared =
                |mine: &Span| other.on(day).iter().filter_map(|theirs| mine.shared(*theirs)).collect();
            self.on(day).iter().flat_map(|mine| -> Vec<Span> { shared(mine) }).collect()
        });
        Self { days }
    }

    /// Whether no day has any hours.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }
}

fn weekday_number(n: usize) -> Weekday {
    i8::try_from(n).ok().and_then(|n| Weekday::from_monday_zero_offset(n).ok()).unwrap_or(Weekday::Sunday)
}

/// The hours of a week from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedHours {
    /// The first day they hold.
    pub from: Date,
    /// The hours of each weekday.
    pub week: WeeklyHours,
}

/// Hours in versions: each holds from its day until the next begins. Before the first there are none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<DatedHours>", into = "Vec<DatedHours>")]
pub struct OpeningHours {
    /// By `from`, no two alike.
    versions: Vec<DatedHours>,
}

impl OpeningHours {
    /// The versions in any order; no two may begin on the same day.
    pub fn new(mut versions: Vec<DatedHours>) -> Result<Self, HoursError> {
        versions.sort_by_key(|v| v.from);
        for pair in versions.windows(2) {
            if let [a, b] = pair
                && a.from == b.from
            {
                return Err(HoursError::SameDay(a.from));
            }
        }
        Ok(Self { versions })
    }

    /// The version that holds on a date.
    pub fn version(&self, date: Date) -> Option<&DatedHours> {
        self.versions.iter().rev().find(|v| v.from <= date)
    }

    /// The spans of a date by its weekday: closures and holidays are not looked at.
    pub fn on(&self, date: Date) -> &[Span] {
        self.version(date).map_or(&[], |v| v.week.on(date.weekday()))
    }

    /// What these hours share with others, from the first day of those on; before it they are as they are.
    #[must_use]
    pub fn within(&self, others: &Self) -> Self {
        let mut days: Vec<Date> = self.versions.iter().chain(&others.versions).map(|one| one.from).collect();
        days.sort_unstable();
        days.dedup();
        let versions = days.into_iter().filter_map(|from| {
            let week = &self.version(from)?.week;
            let others = others.version(from);
            Some(DatedHours {
                from,
                week: others.map_or_else(|| week.clone(), |others| week.shared(&others.week)),
            })
        });
        Self { versions: versions.collect() }
    }

    /// The first day of the first version.
    pub fn first_day(&self) -> Option<Date> {
        self.versions.first().map(|v| v.from)
    }

    /// The versions, oldest first.
    pub fn versions(&self) -> &[DatedHours] {
        &self.versions
    }
}

impl TryFrom<Vec<DatedHours>> for OpeningHours {
    type Error = HoursError;
    fn try_from(versions: Vec<DatedHours>) -> Result<Self, HoursError> {
        Self::new(versions)
    }
}

impl From<OpeningHours> for Vec<DatedHours> {
    fn from(hours: OpeningHours) -> Self {
        hours.versions
    }
}
