//! What follows a call that did not reach the person: another one, by what came of it, or something else than calling.

use super::{Attempt, CallOutcome};
use crate::calendar::{
    BusinessCalendar, Zone,
    windows::{CallbackRules, Window, again},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How often, and how soon, somebody is called again after one outcome. A row of the pack's table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retry {
    /// So many minutes after a call that ended so: one for each time it may end so, at least 1 and below the length of a
    /// window.
    pub minutes: Vec<u16>,
    /// When those are used up, or the window is: once more on the next business day, at the hour that was promised.
    pub next_business_day: bool,
    /// When that is used up as well.
    pub then: Then,
}

/// What is done for somebody who is not called again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Then {
    /// They are told, and may choose another window; an officer looks at it again.
    #[default]
    Choose,
    /// The same, and the officer is told to write a letter: they cannot be told otherwise.
    Letter,
    /// The next window that can be kept is promised to them at once, one time; after that they choose.
    Promise,
}

impl Then {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Choose => "choose",
            Self::Letter => "letter",
            Self::Promise => "promise",
        }
    }
}

/// What follows a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Another one.
    Again {
        /// When, at the earliest.
        at: Timestamp,
        /// Until when it should have been begun.
        until: Timestamp,
    },
    /// None.
    Then(Then),
}

/// When nothing is written for an outcome and it is our own fault: soon, and then less and less so.
const AFTER_FAULT: [u16; 3] = [1, 2, 5];

/// Is there time for a whole call from this instant on, in the hours of the rules by the person's own clock?
pub fn in_hours(rules: &CallbackRules, person: &Zone, at: Timestamp) -> bool {
    let Ok(end) = at.checked_add(rules.call_length()) else { return false };
    let (from, to) = (person.local(at), person.local(end));
    let written = rules.as_written();
    from.date() == to.date() && written.from <= from.time() && to.time() <= written.to
}

/// May a person be called at this instant: in the hours of the rules by their own clock, while the line is open, with time
/// enough for a call in both?
pub fn may_call(rules: &CallbackRules, line: &BusinessCalendar, person: &Zone, at: Timestamp) -> bool {
    let end = at.checked_add(rules.call_length());
    in_hours(rules, person, at) && end.is_ok_and(|end| line.is_open_throughout(at, end))
}

/// What follows `this` call after the `earlier` ones for the same promise. Only calls since the promised window began count:
/// whoever has a new window has all of them again.
///
/// Another call is always later than this one's end, in the person's hours and the line's, and either within the window (for a
/// call outside of it: within a window's length of that day's first call) or on the next business day. There are at most
/// `most_attempts` calls that are not our own fault, and as many faults as the row has minutes, and one more.
pub fn next_call(
    rules: &CallbackRules,
    line: &BusinessCalendar,
    window: &Window,
    earlier: &[Attempt],
    this: &Attempt,
) -> Next {
    let person = &window.zone;
    let calls: Vec<&Attempt> =
        earlier.iter().filter(|call| call.started >= window.start).chain([this]).collect();
    let same = calls.iter().filter(|call| call.outcome == this.outcome).count();
    let row = rules.as_written().retry.get(&this.outcome);
    let then = row.map(|row| row.then).unwrap_or_default();
    let is_fault = this.outcome == CallOutcome::LineFault;
    let counted = calls.iter().filter(|call| call.outcome != CallOutcome::LineFault).count();
    let spent = counted >= usize::from(rules.as_written().most_attempts) && !is_fault;
    if this.outcome == CallOutcome::Reached || spent {
        return Next::Then(then);
    }
    let after = |from: Timestamp, minutes: u16| {
        from.checked_add(SignedDuration::from_mins(i64::from(minutes))).unwrap_or(Timestamp::MAX)
    };
    let at = match row {
        Some(row) => row.minutes.get(same - 1).map(|minutes| after(this.ended, *minutes)),
        None if this.outcome == CallOutcome::WrongNumber => return Next::Then(then),
        None if is_fault => AFTER_FAULT.get(same - 1).map(|minutes| after(this.ended, *minutes)),
        // The rungs count from the first call. One that has passed meanwhile is due at once.
        None => {
            let first = calls.first().map_or(this.started, |call| call.started);
            let rung = rules.as_written().attempts.get(calls.len());
            rung.map(|minutes| after(first, *minutes).max(after(this.ended, 1)))
        }
    };
    let day = person.date(this.started);
    let begins =
        calls.iter().find(|call| person.date(call.started) == day).map_or(this.started, |c| c.started);
    let until = if window.contains(begins) {
        window.end
    } else {
        begins.checked_add(rules.window_length()).unwrap_or(begins)
    };
    if let Some(at) = at.filter(|at| *at < until && may_call(rules, line, person, *at)) {
        return Next::Again { at, until };
    }
    let tomorrow = row.map_or(rules.as_written().next_business_day_again, |row| row.next_business_day);
    let first_day = calls.iter().all(|call| person.date(call.started) == day);
    if tomorrow && first_day {
        // By the hour that was promised, counted from the day of this call.
        let hour = person.local(window.start).time();
        let from = person.exact(day.to_datetime(hour)).unwrap_or(this.started);
        let next = again(rules, from, line, person).filter(|at| *at > this.ended);
        if let Some(at) = next.filter(|at| may_call(rules, line, person, *at)) {
            return Next::Again { at, until: at.checked_add(rules.window_length()).unwrap_or(at) };
        }
    }
    Next::Then(then)
}
