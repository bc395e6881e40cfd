//! One place's calendar: its zone, hours, closures and holidays together.

use crate::calendar::{Closed, Closure, Holidays, OpeningHours, Span, Zone, zone::next_day};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};

/// How many days in a row are looked at for the next business day before giving up: a place that is closed
/// for more than a year has no next business day anyone could promise.
const LONGEST_CLOSED_DAYS: u32 = 400;

/// When a place is open: an office, or a telephone line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BusinessCalendar {
    /// The zone of every local time here.
    pub zone: Zone,
    /// The hours by weekday, in versions.
    #[serde(default)]
    pub hours: OpeningHours,
    /// Announced closures.
    #[serde(default)]
    pub closures: Vec<Closure>,
    /// Holidays.
    #[serde(default)]
    pub holidays: Holidays,
}

/// A stretch of open time between two instants; the end is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OpenSpan {
    /// When it opens.
    pub start: Timestamp,
    /// When it closes, always after `start`.
    pub end: Timestamp,
}

impl OpenSpan {
    /// Whether an instant lies in it.
    pub fn contains(self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }
}

impl BusinessCalendar {
    /// Whether the place opens at all on a date.
    pub fn is_business_day(&self, date: Date) -> bool {
        !self.open_spans(date).is_empty()
    }

    /// The `n`th business day after `date`, or before it when `n` is negative; `date` itself, business day or
    /// not, for 0. `None` when the place stays closed for more than a year.
    pub fn add_business_days(&self, date: Date, n: i32) -> Option<Date> {
        let step = if n < 0 { -1.day() } else { 1.day() };
        let (mut at, mut left, mut closed) = (date, n.unsigned_abs(), 0);
        while left > 0 {
            at = at.checked_add(step).ok()?;
            if self.is_business_day(at) {
                (left, closed) = (left - 1, 0);
            } else {
                closed += 1;
                if closed > LONGEST_CLOSED_DAYS {
                    return None;
                }
            }
        }
        Some(at)
    }

    /// How many business days lie after `a` up to and with `b`; negative when `b` is before `a`, then counted
    /// from `b` up to the day before `a`. So `business_days_between(d, add_business_days(d, n)) == n`.
    pub fn business_days_between(&self, a: Date, b: Date) -> i32 {
        let mut count = 0;
        let (mut at, sign) = if a <= b { (next_day(a), 1) } else { (b, -1) };
        while (a <= b && at <= b) || (b < a && at < a) {
            if self.is_business_day(at) {
                count += sign;
            }
            let next = next_day(at);
            if next == at {
                break;
            }
            at = next;
        }
        count
    }

    /// The open time of a date, in order, never overlapping. Holidays and closures are taken out; a day on
    /// which the clocks change has an hour less or more.
    pub fn open_spans(&self, date: Date) -> Vec<OpenSpan> {
        if self.holidays.on(date).is_some() {
            return Vec::new();
        }
        let mut open = spans_on(&self.zone, date, self.hours.on(date));
        for closure in self.closures.iter().filter(|c| c.touches(date)) {
            // Taken at its widest: a part of the day that is closed is closed in both hours of a fold.
            if let Some(shut) = self.shut_by(closure, date) {
                open = open.into_iter().flat_map(|span| without(span, shut)).collect();
            }
        }
        open
    }

    fn shut_by(&self, closure: &Closure, date: Date) -> Option<OpenSpan> {
        span_on(&self.zone, date, closure.hours.unwrap_or(Span::whole_day()))
    }

    /// Whether the place is open at an instant.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.open_spans(self.zone.date(at)).iter().any(|s| s.contains(at))
    }

    /// Whether the place is open all the time from `start` until `end`.
    pub fn is_open_throughout(&self, start: Timestamp, end: Timestamp) -> bool {
        if end <= start {
            return false;
        }
        let (mut date, last) = (self.zone.date(start), self.zone.date(end));
        let mut reached = start;
        loop {
            for span in self.open_spans(date) {
                if span.contains(reached) {
                    reached = span.end;
                }
            }
            if reached >= end {
                return true;
            }
            if date >= last {
                return false;
            }
            date = next_day(date);
        }
    }

    /// The first instant at or after `at` when the place is open: `at` itself when it is open then. Looks at
    /// the date of `at` and `horizon_days` more.
    pub fn next_open(&self, at: Timestamp, horizon_days: u32) -> Option<Timestamp> {
        let mut date = self.zone.date(at);
        for _ in 0..=horizon_days {
            if let Some(span) = self.open_spans(date).into_iter().find(|s| at < s.end) {
                return Some(span.start.max(at));
            }
            date = next_day(date);
        }
        None
    }

    /// Why the place is closed at an instant; `None` when it is open.
    pub fn why_closed(&self, at: Timestamp) -> Option<Closed> {
        let date = self.zone.date(at);
        let spans = self.open_spans(date);
        if spans.iter().any(|s| s.contains(at)) {
            return None;
        }
        if spans.is_empty() {
            return Some(self.why_no_hours(date));
        }
        // Within the usual hours of an open day only a closure can have taken the time away.
        if spans_on(&self.zone, date, self.hours.on(date)).iter().any(|s| s.contains(at))
            && let Some(closure) = self.closure_at(date, at)
        {
            return Some(closure);
        }
        let closed = spans.iter().map(|s| s.end).filter(|end| *end <= at).max();
        let opens = spans.iter().map(|s| s.start).filter(|start| at < *start).min();
        Some(match (closed, opens) {
            (Some(closed), Some(opens)) => Closed::BetweenHours { closed, opens },
            (None, Some(opens)) => Closed::BeforeHours { opens },
            (Some(closed), None) => Closed::AfterHours { closed },
            (None, None) => self.why_no_hours(date),
        })
    }

    /// Why the place does not open at all on a date; `None` when it does.
    pub fn why_closed_on(&self, date: Date) -> Option<Closed> {
        (!self.is_business_day(date)).then(|| self.why_no_hours(date))
    }

    fn closure_at(&self, date: Date, at: Timestamp) -> Option<Closed> {
        let mut closures = self.closures.iter().filter(|c| c.touches(date));
        closures.find(|c| self.shut_by(c, date).is_some_and(|shut| shut.contains(at))).map(|c| told(c, date))
    }

    fn why_no_hours(&self, date: Date) -> Closed {
        if let Some(found) = self.holidays.on(date) {
            let observed = found.actual != date;
            return Closed::Holiday { name: found.holiday.name.clone(), actual: found.actual, observed };
        }
        let weekday = date.weekday();
        if self.hours.on(date).is_empty() {
            return if self.hours.version(date).is_none() {
                Closed::NotYet { first_day: self.hours.first_day() }
            } else if matches!(weekday, Weekday::Saturday | Weekday::Sunday) {
                Closed::Weekend { weekday }
            } else {
                Closed::NoHours { weekday }
            };
        }
        // One closure of the whole day, or several of parts that leave nothing: the widest is told.
        let closures = self.closures.iter().filter(|c| c.touches(date));
        closures.max_by_key(|c| c.takes_whole(date)).map_or(Closed::NoHours { weekday }, |c| told(c, date))
    }
}

fn told(closure: &Closure, date: Date) -> Closed {
    Closed::Closure { why: closure.why.clone(), until: closure.until, whole_day: closure.takes_whole(date) }
}

/// Local spans of one date as instants, in order, never overlapping.
pub(crate) fn spans_on(zone: &Zone, date: Date, spans: &[Span]) -> Vec<OpenSpan> {
    let mut open: Vec<OpenSpan> = Vec::with_capacity(spans.len());
    for OpenSpan { start, end } in spans.iter().filter_map(|span| span_on(zone, date, *span)) {
        // In a fold one span's later closing may pass the next one's earlier opening.
        let start = open.last().map_or(start, |before| start.max(before.end));
        if start < end {
            open.push(OpenSpan { start, end });
        }
    }
    open
}

/// One local span of a date as instants at its widest; `None` when it lies wholly inside a gap.
pub(crate) fn span_on(zone: &Zone, date: Date, span: Span) -> Option<OpenSpan> {
    let (from, to) = span.on(date);
    let start = zone.opening(from)?;
    // The end of the day is the beginning of the next, also where midnight itself comes twice.
    let end = if span.to_end_of_day() { zone.day_start(to.date())? } else { zone.closing(to)? };
    (start < end).then_some(OpenSpan { start, end })
}

fn without(open: OpenSpan, shut: OpenSpan) -> impl Iterator<Item = OpenSpan> {
    let before = OpenSpan { start: open.start, end: open.end.min(shut.start) };
    let after = OpenSpan { start: open.start.max(shut.end), end: open.end };
    [before, after].into_iter().filter(|s| s.start < s.end)
}
