//! The attempt to call has ended.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    calendar::windows::Window,
    callback::{
        Attempt, CallOutcome, Callback,
        retry::{Next, Then, next_call},
    },
    change::Step,
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
        self.act_on(caller, id, async |inquiry| {
            caller.may(Action::CallPerson, inquiry)?;
            self.call_ended(inquiry, officer, Some(officer), outcome, caller.now).await
        })
        .await
    }

    /// Records how the call ended that somebody made who makes none any more: the exchange knows it, and nobody else may say it in
    /// their name.
    ///
    /// # Errors
    /// As [`Inquiry::end_call`]; [`DeskError::NotFound`] for whoever is no part of the system.
    pub async fn end_left_call(
        &self,
        caller: &Caller,
        id: InquiryId,
        of: StaffId,
        outcome: CallOutcome,
    ) -> Result<Inquiry, DeskError> {
        caller.is_system()?;
        self.act_on(caller, id, async |inquiry| self.call_ended(inquiry, of, None, outcome, caller.now).await)
            .await
    }

    /// The call of this officer has ended so; `keeps` is whose time is kept for the next one.
    pub(crate) async fn call_ended(
        &self,
        inquiry: &Inquiry,
        officer: StaffId,
        keeps: Option<StaffId>,
        outcome: CallOutcome,
        now: Timestamp,
    ) -> Result<Step, DeskError> {
        let decide_by = now + SignedDuration::from_hours(DECIDE_WITHIN_HOURS);
        let next = match &inquiry.stage {
            Stage::Calling { callback, since, .. } => {
                let this = Attempt { officer, started: *since, ended: now, outcome, theirs: false };
                self.next_try(inquiry, callback, &this, keeps).await?
            }
            _ => self.no_more(inquiry, Then::Choose, now),
        };
        Ok(inquiry.end_call(officer, outcome, next, decide_by, now)?)
    }

    /// What follows the attempt that ends now.
    async fn next_try(
        &self,
        inquiry: &Inquiry,
        callback: &Callback,
        this: &Attempt,
        keeps: Option<StaffId>,
    ) -> Result<NextTry, DeskError> {
        let line = self.pack.line();
        match next_call(&line.callbacks, &line.calendar, &callback.window, &callback.attempts, this) {
            Next::Again { at, until } => self.again(inquiry, callback, keeps, at, until).await,
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

    /// Whoever is to call again keeps time for the next call, as soon as there is some that no other call of theirs needs. Where
    /// there is none, anybody on duty may call.
    async fn again(
        &self,
        inquiry: &Inquiry,
        callback: &Callback,
        keeps: Option<StaffId>,
        at: Timestamp,
        until: Timestamp,
    ) -> Result<NextTry, DeskError> {
        let minutes = self.pack.line().callbacks.call_length().as_mins();
        // A call may begin until the window ends.
        let last = until + SignedDuration::from_mins(minutes);
        let within = Window { start: at, end: last, zone: callback.window.zone.clone() };
        let free = match keeps {
            Some(officer) => self.free_stretch(officer, &within, inquiry).await?.filter(|free| *free < until),
            None => None,
        };
        Ok(NextTry::At(match free {
            Some(free) => Again { at: free, until, owner: keeps, minutes },
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
