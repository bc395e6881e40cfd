//! Callback windows: the hours in which an officer may promise to call.

use crate::{
    calendar::{BusinessCalendar, Zone, zone::next_day},
    callback::{
        CallOutcome,
        retry::{Retry, Then},
    },
    urgency::Urgency,
};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, DateTime, Time},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many days are searched for a first window after the deadline, or for another attempt.
const SEARCHED_DAYS: u32 = 21;

/// The rules of callbacks, checked. In data every key may be left out; the defaults are those of the USCIS
/// programme.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "CallbackRulesAsWritten", into = "CallbackRulesAsWritten")]
pub struct CallbackRules(CallbackRulesAsWritten);

/// The rules of callbacks as they are written; [`CallbackRules::new`] checks them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CallbackRulesAsWritten {
    /// No window begins earlier, in the person's zone.
    pub from: Time,
    /// No window ends later, in the person's zone.
    pub to: Time,
    /// Length of a window, 15 to 120 minutes.
    pub window_minutes: u16,
    /// How long an officer is kept free for one call, in minutes; at most a window.
    pub call_minutes: u16,
    /// An urgent matter is called within so many hours.
    pub urgent_within_hours: u16,
    /// A regular matter is called within so many business days of the line.
    pub regular_within_business_days: u16,
    /// So many minutes before a window begins it is looked whether the officer who holds the call is there, 0 to 120; it goes
    /// to somebody who is, if not. 0: nobody looks.
    pub take_over_minutes: u16,
    /// When to try, in minutes after the first attempt: rising, the first 0, all inside the window.
    pub attempts: Vec<u16>,
    /// Whether there is one more attempt on the next business day at the same local time.
    pub next_business_day_again: bool,
    /// No window begins sooner than so many minutes from now.
    pub notice_minutes: u16,
    /// What follows a call by what came of it, instead of `attempts` and `next_business_day_again`.
    pub retry: BTreeMap<CallOutcome, Retry>,
    /// Nobody is called more often than so for one window, 1 to 12; our own faults do not count.
    pub most_attempts: u8,
    /// The zones in which people live whose own is not known: they are called when it is a fit hour in all of these. Empty:
    /// by the line's clock.
    pub zones: Vec<Zone>,
    /// What a person is told before somebody whom they do not know speaks, where the line calls first: see [`Answer`].
    pub answer: Answer,
}

/// How somebody is told from an answering machine when the line calls before an operator is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Answer {
    /// Who called is said, and asked to press 1: how often.
    pub times: u8,
    /// And how long a key is waited for each time, in seconds.
    pub wait_seconds: u8,
    /// What somebody is taken for who presses nothing.
    pub silent: Silent,
}

/// What somebody is taken for who answers and presses nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Silent {
    /// A machine: it gets the message.
    #[default]
    Machine,
    /// A person: they are connected.
    Person,
}

impl Default for Answer {
    fn default() -> Self {
        Self { times: 2, wait_seconds: 6, silent: Silent::Machine }
    }
}

impl Default for CallbackRulesAsWritten {
    fn default() -> Self {
        Self {
            from: Time::constant(7, 0, 0, 0),
            to: Time::constant(18, 30, 0, 0),
            window_minutes: 60,
            call_minutes: 20,
            urgent_within_hours: 24,
            regular_within_business_days: 5,
            take_over_minutes: 10,
            attempts: vec![0, 5, 20],
            next_business_day_again: true,
            notice_minutes: 60,
            retry: BTreeMap::new(),
            most_attempts: 6,
            zones: Vec::new(),
            answer: Answer::default(),
        }
    }
}

/// Why rules of callbacks are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// The day ends before it begins.
    #[error("callbacks must end after they begin: {from} to {to}")]
    Backwards {
        /// The earliest time.
        from: Time,
        /// The latest time.
        to: Time,
    },
    /// A window is too short or too long.
    #[error("a callback window is 15 to 120 minutes, not {0}")]
    WindowMinutes(u16),
    /// A call that does not fit the window.
    #[error("a call takes 1 to {window} minutes, the length of a window, not {call}")]
    CallMinutes {
        /// Length of a call.
        call: u16,
        /// Length of a window.
        window: u16,
    },
    /// Attempts that do not rise from 0 within the window.
    #[error("attempts are minutes that rise from 0 and stay below the length of a window, {0}")]
    Attempts(u16),
    /// A deadline of nothing.
    #[error("callbacks must be due within at least one hour (urgent) and one business day (regular)")]
    NoTime,
    /// A row for an outcome after which nobody is called.
    #[error("whoever was reached is not called again: `retry` has no row for `reached`")]
    RetryReached,
    /// Minutes that are no minutes of a window.
    #[error("`retry` of {outcome}: minutes are at least 1 and below the length of a window, {window}")]
    RetryMinutes {
        /// The row.
        outcome: &'static str,
        /// Length of a window.
        window: u16,
    },
    /// A number that reaches somebody else would be called again.
    #[error("`retry` of wrong-number: nobody there is called again, and `then` is `choose` or `letter`")]
    RetryWrongNumber,
    /// Nobody would be called, or somebody without end.
    #[error("`most_attempts` is 1 to 12, not {0}")]
    MostAttempts(u8),
    /// A look too long before the window to say anything.
    #[error("`take_over_minutes` is at most 120, not {0}")]
    TakeOver(u16),
    /// A question that nobody can answer.
    #[error("`answer` asks 1 to 4 times and waits 3 to 20 seconds for a key")]
    Answer,
}

/// A promised window. The end is not part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// When it begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// The person's zone, in which it was promised.
    pub zone: Zone,
}

impl Window {
    /// Begin as the person's clock shows it.
    pub fn local_start(&self) -> DateTime {
        self.zone.local(self.start)
    }

    /// End as the person's clock shows it.
    pub fn local_end(&self) -> DateTime {
        self.zone.local(self.end)
    }

    /// Whether an instant lies in it.
    pub fn contains(&self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }
}

impl TryFrom<CallbackRulesAsWritten> for CallbackRules {
    type Error = RulesError;
    fn try_from(written: CallbackRulesAsWritten) -> Result<Self, RulesError> {
        Self::new(written)
    }
}

impl From<CallbackRules> for CallbackRulesAsWritten {
    fn from(rules: CallbackRules) -> Self {
        rules.0
    }
}

impl CallbackRules {
    /// Checks rules as they were written.
    pub fn new(w: CallbackRulesAsWritten) -> Result<Self, RulesError> {
        if w.to <= w.from {
            return Err(RulesError::Backwards { from: w.from, to: w.to });
        }
        if !(15..=120).contains(&w.window_minutes) {
            return Err(RulesError::WindowMinutes(w.window_minutes));
        }
        if !(1..=w.window_minutes).contains(&w.call_minutes) {
            return Err(RulesError::CallMinutes { call: w.call_minutes, window: w.window_minutes });
        }
        let rising = w.attempts.first() == Some(&0) && w.attempts.is_sorted_by(|a, b| a < b);
        if !rising || w.attempts.iter().any(|m| *m >= w.window_minutes) {
            return Err(RulesError::Attempts(w.window_minutes));
        }
        if w.urgent_within_hours == 0 || w.regular_within_business_days == 0 {
            return Err(RulesError::NoTime);
        }
        if w.retry.contains_key(&CallOutcome::Reached) {
            return Err(RulesError::RetryReached);
        }
        let wrong = w.retry.get(&CallOutcome::WrongNumber);
        if wrong
            .is_some_and(|row| !row.minutes.is_empty() || row.next_business_day || row.then == Then::Promise)
        {
            return Err(RulesError::RetryWrongNumber);
        }
        let odd = |row: &Retry| row.minutes.iter().any(|m| *m == 0 || *m >= w.window_minutes);
        if let Some((outcome, _)) = w.retry.iter().find(|(_, row)| odd(row) || row.minutes.len() > 12) {
            return Err(RulesError::RetryMinutes { outcome: outcome.as_str(), window: w.window_minutes });
        }
        if !(1..=12).contains(&w.most_attempts) {
            return Err(RulesError::MostAttempts(w.most_attempts));
        }
        if w.take_over_minutes > 120 {
            return Err(RulesError::TakeOver(w.take_over_minutes));
        }
        if !(1..=4).contains(&w.answer.times) || !(3..=20).contains(&w.answer.wait_seconds) {
            return Err(RulesError::Answer);
        }
        Ok(Self(w))
    }

    /// Every rule.
    pub const fn as_written(&self) -> &CallbackRulesAsWritten {
        &self.0
    }

    /// Length of a window.
    pub fn window_length(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.0.window_minutes))
    }

    /// When to look whether the officer is there who holds a call whose window begins then; never in the past.
    pub fn look_at(&self, start: Timestamp, now: Timestamp) -> Option<Timestamp> {
        let before = SignedDuration::from_mins(i64::from(self.0.take_over_minutes));
        (self.0.take_over_minutes > 0).then(|| start.saturating_sub(before).unwrap_or(start).max(now))
    }

    /// How long an officer is kept free for one call.
    pub fn call_length(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.0.call_minutes))
    }

    /// By when the call must have been made: so many hours from now for an urgent matter, else the end of the
    /// last of so many business days of the line after today.
    pub fn due(&self, line: &BusinessCalendar, urgency: Urgency, now: Timestamp) -> Option<Timestamp> {
        match urgency {
            Urgency::Urgent => {
                now.checked_add(SignedDuration::from_hours(i64::from(self.0.urgent_within_hours))).ok()
            }
            Urgency::Regular => {
                let days = i32::from(self.0.regular_within_business_days);
                let last = line.add_business_days(line.zone.date(now), days)?;
                line.open_spans(last).last().map(|span| span.end)
            }
        }
    }
}

/// The windows that may be promised to a person, in order.
///
/// Each begins on a whole hour of the person's clock, lies inside the rules' hours there and inside the open
/// time of the line, begins no sooner than the notice and ends by [`CallbackRules::due`]. Days are the
/// line's business days: for a person far ahead in time that may be their Saturday morning.
///
/// When no window ends in time (an urgent matter on a Friday night), the windows of the first day that has
/// any are given instead, so that nobody is turned away: compare `end` with `due` to say that it is late.
/// Empty only when the two calendars share no time for three weeks.
pub fn callback_windows(
    rules: &CallbackRules,
    line: &BusinessCalendar,
    person: &Zone,
    urgency: Urgency,
    now: Timestamp,
) -> Vec<Window> {
    let notice = SignedDuration::from_mins(i64::from(rules.0.notice_minutes));
    let (Some(due), Ok(earliest)) = (rules.due(line, urgency, now), now.checked_add(notice)) else {
        return Vec::new();
    };
    let mut windows = Vec::new();
    let (mut date, last) = (person.date(earliest), person.date(due));
    while date <= last {
        windows.extend(windows_of_day(rules, line, person, date, earliest).filter(|w| w.end <= due));
        let next = next_day(date);
        if next == date {
            break;
        }
        date = next;
    }
    if windows.is_empty() {
        // Here every window ends after `due`: those that end before it have just been found not to exist.
        let mut date = person.date(earliest);
        let give_up = last.saturating_add(i64::from(SEARCHED_DAYS).days());
        while windows.is_empty() && date < give_up {
            windows.extend(windows_of_day(rules, line, person, date, earliest));
            date = next_day(date);
        }
    }
    windows
}

fn windows_of_day<'a>(
    rules: &'a CallbackRules,
    line: &'a BusinessCalendar,
    person: &'a Zone,
    date: Date,
    earliest: Timestamp,
) -> impl Iterator<Item = Window> + 'a {
    let first_hour = rules.0.from.hour() + i8::from(rules.0.from.minute() > 0 || rules.0.from.second() > 0);
    let step = usize::from(rules.0.window_minutes.div_ceil(60));
    (first_hour..24).step_by(step).filter_map(move |hour| {
        let start = person.exact(date.at(hour, 0, 0, 0))?;
        let end = start.checked_add(rules.window_length()).ok()?;
        let local_end = person.local(end);
        let fits = local_end.date() == date
            && local_end.time() <= rules.0.to
            && earliest <= start
            && line.is_open_throughout(start, end);
        fits.then(|| Window { start, end, zone: person.clone() })
    })
}

/// One more call at the same time of the person's clock as `start`, on the next business day on which the line is open long
/// enough for a call.
pub(crate) fn again(
    rules: &CallbackRules,
    start: Timestamp,
    line: &BusinessCalendar,
    person: &Zone,
) -> Option<Timestamp> {
    let local = person.local(start);
    let mut date = local.date();
    for _ in 0..SEARCHED_DAYS {
        date = next_day(date);
        let Some(at) = person.opening(date.to_datetime(local.time())) else { continue };
        let Ok(end) = at.checked_add(rules.call_length()) else { continue };
        if line.is_open_throughout(at, end) {
            return Some(at);
        }
    }
    None
}
