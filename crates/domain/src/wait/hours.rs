//! When whoever keeps a place may be called: in the line's hours, and in the person's own.

use super::{State, WaitRules, WaitingCaller};
use crate::{
    calendar::{BusinessCalendar, Zone, windows::CallbackRules},
    callback::retry::in_hours,
};
use jiff::{SignedDuration, Timestamp};

/// How finely, and how far ahead, the first hour is looked for: every agency opens within three weeks.
const STEP: SignedDuration = SignedDuration::from_mins(15);
const STEPS: u32 = 21 * 24 * 4;

/// What says when people are called back.
#[derive(Debug, Clone, Copy)]
pub struct CallHours<'a> {
    /// The rules of callbacks: their hours are the person's.
    pub callbacks: &'a CallbackRules,
    /// The rules of the wait.
    pub wait: &'a WaitRules,
    /// The line's calendar, as it is for whoever waits in their queue.
    pub line: &'a BusinessCalendar,
}

impl CallHours<'_> {
    /// May an operator be found for them now? Who is on the line: yes. Who is to be called back: while the line is open, and
    /// within an hour or so (`callback_soon_minutes`) of having been on the line, or in the hours of callbacks by their own
    /// clock. Where nobody knows that, it must be a fit hour in every zone that `zones` names, or by the line's clock.
    pub fn allow(&self, caller: &WaitingCaller, now: Timestamp) -> bool {
        let State::Away(away) = &caller.state else { return true };
        let soon = away.since.checked_add(self.wait.callback_soon()).is_ok_and(|until| now < until);
        self.line.is_open(now) && (soon || self.fits(caller.zone.as_ref(), now))
    }

    /// When they can be called at the earliest, from `from` on; none when the two calendars share no time for three weeks.
    pub fn first(&self, caller: &WaitingCaller, from: Timestamp) -> Option<Timestamp> {
        let mut at = from;
        for _ in 0..STEPS {
            if self.allow(caller, at) {
                return Some(at);
            }
            // On the quarter of an hour, as hours begin.
            let quarter = STEP.as_secs();
            at = Timestamp::from_second((at.as_second().div_euclid(quarter) + 1) * quarter).ok()?;
        }
        None
    }

    fn fits(&self, zone: Option<&Zone>, now: Timestamp) -> bool {
        let unknown = &self.callbacks.as_written().zones;
        match zone {
            Some(zone) => in_hours(self.callbacks, zone, now),
            None if unknown.is_empty() => in_hours(self.callbacks, &self.line.zone, now),
            None => unknown.iter().all(|zone| in_hours(self.callbacks, zone, now)),
        }
    }
}
