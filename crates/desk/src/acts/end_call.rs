//! The attempt to call has ended.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    calendar::windows::attempt_times,
    callback::{CallOutcome, Callback},
    ids::InquiryId,
    inquiry::{Inquiry, NextTry},
};
use jiff::{SignedDuration, Timestamp};

/// A reached person's matter should be decided before the day is over; this is when it begins to show as late.
const DECIDE_WITHIN_HOURS: i64 = 4;

impl Desk {
    /// Records how the attempt ended. What is missed is tried again by the pack's ladder.
    ///
    /// # Errors
    /// As [`Inquiry::end_call`].
    pub async fn end_call(
        &self,
        caller: &Caller,
        id: InquiryId,
        outcome: CallOutcome,
    ) -> Result<Inquiry, DeskError> {
        let officer = caller.staff()?.id;
        let decide_by = caller.now + SignedDuration::from_hours(DECIDE_WITHIN_HOURS);
        self.act_on(caller, id, async |inquiry| {
            caller.may(Action::CallPerson, None)?;
            let next = inquiry
                .callback()
                .map_or(NextTry::None { look_again: decide_by }, |c| self.next_try(inquiry, c, caller.now));
            Ok(inquiry.end_call(officer, outcome, next, decide_by, caller.now)?)
        })
        .await
    }

    /// The next rung of the ladder after the attempt that ends now.
    fn next_try(&self, inquiry: &Inquiry, callback: &Callback, now: Timestamp) -> NextTry {
        let line = self.pack.line();
        let first = callback.attempts.first().map_or(now, |attempt| attempt.started);
        let times = attempt_times(&line.callbacks, first, &line.calendar, &inquiry.reach.zone);
        // The attempt that ends now is number `attempts.len() + 1`, so the next is at that place in the ladder. A rung that
        // has passed while the officer was dialling is due at once.
        match times.get(callback.attempts.len() + 1) {
            Some(at) => NextTry::At((*at).max(now + SignedDuration::from_mins(1))),
            None => NextTry::None { look_again: self.look_by(inquiry.urgency, now) },
        }
    }
}
