//! The attempt to call has ended.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    calendar::windows::Window,
    callback::{
        Attempt, CallOutcome, Callback,
        retry::{Next, Then, next_call},
    },
    ids::{InquiryId, StaffId},
    inquiry::{Again, Inquiry, NextTry, Stage},
    refusal::Refusal,
};
use jiff::{SignedDuration, Timestamp};

/// A reached person's matter should be decided before the day is over; this is when it begins to show as late.
const DECIDE_WITHIN_HOURS: i64 = 4;
/// How many windows are looked at for one on another day.
const WINDOWS: usize = 60;

impl Desk {
    /// Records how the attempt ended. Whoever was missed is called again as the pack's table says.
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
            caller.may(Action::CallPerson, inquiry)?;
            let next = match &inquiry.stage {
                Stage::Calling { callback, since, .. } => {
                    let this =
                        Attempt { officer, started: *since, ended: caller.now, outcome, theirs: false };
                    self.next_try(inquiry, callback, &this).await?
                }
                _ => self.no_more(inquiry, Then::Choose, caller.now),
            };
            Ok(inquiry.end_call(officer, outcome, next, decide_by, caller.now)?)
        })
        .await
    }

    /// What follows the attempt that ends now.
    async fn next_try(
        &self,
        inquiry: &Inquiry,
        callback: &Callback,
        this: &Attempt,
    ) -> Result<NextTry, DeskError> {
        let line = self.pack.line();
        match next_call(&line.callbacks, &line.calendar, &callback.window, &callback.attempts, this) {
            Next::Again { at, until } => self.again(inquiry, callback, this.officer, at, until).await,
            Next::Then(Then::Promise) if callback.renewed == 0 => {
                Ok(match self.another_window(inquiry, callback, this.ended).await? {
                    Some(promise) => NextTry::Window(promise),
                    None => self.no_more(inquiry, Then::Choose, this.ended),
                })
            }
            Next::Then(then) => Ok(self.no_more(inquiry, then, this.ended)),
        }
    }

    fn no_more(&self, inquiry: &Inquiry, then: Then, now: Timestamp) -> NextTry {
        NextTry::None { look_again: self.look_by(inquiry.urgency, now), then }
    }

    /// The officer who called keeps time for the next call, as soon as there is some that no other call of theirs needs. Where
    /// there is none, anybody on duty may call.
    async fn again(
        &self,
        inquiry: &Inquiry,
        callback: &Callback,
        officer: StaffId,
        at: Timestamp,
        until: Timestamp,
    ) -> Result<NextTry, DeskError> {
        let minutes = self.pack.line().callbacks.call_length().as_mins();
        // A call may begin until the window ends.
        let last = until + SignedDuration::from_mins(minutes);
        let within = Window { start: at, end: last, zone: callback.window.zone.clone() };
        let free = self.free_stretch(officer, &within, inquiry).await?.filter(|free| *free < until);
        Ok(NextTry::At(match free {
            Some(free) => Again { at: free, until, owner: Some(officer), minutes },
            None => Again { at, until, owner: None, minutes },
        }))
    }

    /// The first window that can be promised on a later day than this one's, or else at all.
    async fn another_window(
        &self,
        inquiry: &Inquiry,
        callback: &Callback,
        now: Timestamp,
    ) -> Result<Option<domain::inquiry::Promise>, DeskError> {
        let offers = self.windows(inquiry, now, WINDOWS).await?;
        let today = callback.window.zone.date(now);
        let later = offers.iter().find(|offer| offer.window.local_start().date() > today);
        let Some(offer) = later.or(offers.first()) else { return Ok(None) };
        match self.promise_in(inquiry, offer.window.start, None, now).await {
            Ok(promise) => Ok(Some(promise)),
            Err(DeskError::Refused(Refusal::WindowFull | Refusal::NotOffered)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
