//! A promised call is given to somebody else: by whoever runs the desk, or by itself when its officer is not there.

use super::{
    Inquiry, Promise, Stage,
    calls::{take, window_slot},
};
use crate::{
    actor::Actor,
    callback::{Callback, Given, GivenWhy},
    change::{Busy, JobKind, NewJob, Release, Step},
    ids::{CallbackId, StaffId},
    journal::Happened,
    notice::NoticeKind,
    pii::Pii,
    refusal::Refusal,
};
use jiff::{SignedDuration, Timestamp};

/// To whom a promised call is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Giving {
    /// To whoever is on duty.
    Anybody,
    /// To an officer, whose time is kept for it.
    Officer {
        /// Who.
        officer: StaffId,
        /// From when their time is kept: when they are to dial.
        planned: Timestamp,
        /// For so many minutes.
        minutes: i64,
    },
}

impl Giving {
    const fn to(self) -> Option<StaffId> {
        match self {
            Self::Anybody => None,
            Self::Officer { officer, .. } => Some(officer),
        }
    }
}

impl Inquiry {
    /// Gives the promised call to another officer, or to whoever is on duty. It stays the same promise: neither its window
    /// nor what the person was told changes. Why it was given stands in the record; the journal has codes only.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`]; [`Refusal::NotOffered`] when they have it already; [`Refusal::WrongStage`], also while
    /// somebody is dialling.
    pub fn give_callback(
        &self,
        giving: Giving,
        because: &str,
        by: Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let Stage::Promised(callback) = &self.stage else { return Err(self.wrong_stage()) };
        let because = because.trim();
        if because.is_empty() {
            return Err(Refusal::ReasonNeeded);
        }
        if callback.owner == giving.to() {
            return Err(Refusal::NotOffered);
        }
        Ok(self.given_to(callback, giving, (because, None), by, now))
    }

    /// The promised call goes to another officer, or to whoever is on duty, since the officer who holds it is not there and
    /// its window has come near. It stays the same promise, as above.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] when it is another one's call, nobody's already, was tried or is late: then it is looked at by
    /// others; [`Refusal::WrongStage`], also while somebody is dialling.
    pub fn take_over_callback(
        &self,
        id: CallbackId,
        giving: Giving,
        why: GivenWhy,
        by: Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let Stage::Promised(callback) = &self.stage else { return Err(self.wrong_stage()) };
        let looked_after = callback.in_window().next().is_some() || callback.broken_at.is_some();
        if callback.id != id || callback.owner.is_none() || callback.owner == giving.to() || looked_after {
            return Err(Refusal::NotOffered);
        }
        Ok(self.given_to(callback, giving, ("", Some(why)), by, now))
    }

    /// Whoever is making the call makes none any more: their account was closed, or they are no officer now. The call goes on, and
    /// whoever is on duty may say how it ended. Whether somebody has is looked at then: a call of which nobody knows the end is
    /// still owed.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`]; [`Refusal::NotOffered`] for another one's call, or one that was left already;
    /// [`Refusal::WrongStage`] while nobody is calling.
    pub fn leave_call(
        &self,
        officer: StaffId,
        (because, why): (&str, Option<GivenWhy>),
        by: Actor,
        look: Timestamp,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let Stage::Calling { callback, officer: caller, since, theirs } = &self.stage else {
            return Err(self.wrong_stage());
        };
        if *caller != officer || self.left_call().is_some() {
            return Err(Refusal::NotOffered);
        }
        let because = because.trim();
        if because.is_empty() && why.is_none() {
            return Err(Refusal::ReasonNeeded);
        }
        let mut step = Step::from(self);
        let mut left = callback.clone();
        if left.owner == Some(officer) {
            step.free.push(left.id.into());
            left.owner = None;
        }
        step.happened.push(Happened::CallbackGiven { callback: left.id, to: None, why });
        let because = Pii::new(because.to_owned());
        left.given.push(Given { at: now, by, from: Some(officer), to: None, because, why });
        let job = JobKind::CallbackAgain { inquiry: self.id, callback: left.id };
        step.jobs.push(NewJob::new(job, look));
        step.inquiry.stage = Stage::Calling { callback: left, officer, since: *since, theirs: *theirs };
        Ok(step)
    }

    /// Who made the call that is under way and makes none any more, if it was left so.
    pub fn left_call(&self) -> Option<StaffId> {
        let Stage::Calling { callback, officer, since, .. } = &self.stage else { return None };
        let given = callback.given.last()?;
        let left = given.from == Some(*officer) && given.to.is_none() && given.at >= *since;
        (left && callback.owner != Some(*officer)).then_some(*officer)
    }

    /// The call is promised in another window, and the person is told; by itself it is no move of theirs. The new place is taken
    /// before the old is given back.
    ///
    /// # Errors
    /// [`Refusal::TooSoon`] for a window that has ended; [`Refusal::NotOffered`] for the one that it has; [`Refusal::WrongStage`],
    /// also while somebody is dialling.
    pub fn promise_elsewhere(&self, promise: Promise, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::Promised(callback) = &self.stage else { return Err(self.wrong_stage()) };
        if promise.window.end <= now {
            return Err(Refusal::TooSoon { earliest: now });
        }
        if promise.window.start == callback.window.start {
            return Err(Refusal::NotOffered);
        }
        let mut step = Step::from(self);
        take(&mut step, callback.id, &promise);
        step.releases.push(Release::of(window_slot(&callback.window), callback.id.into()));
        step.free.push(callback.id.into());
        step.drop_jobs.push(JobKind::CallbackAgain { inquiry: self.id, callback: callback.id }.key());
        step.happened.push(Happened::CallbackMoved {
            callback: callback.id,
            from: callback.window.clone(),
            to: promise.window.clone(),
        });
        let mut moved = callback.clone();
        moved.next_attempt = promise.planned;
        moved.window = promise.window;
        moved.owner = promise.owner;
        moved.broken_at = None;
        moved.again_by = None;
        step.inquiry.stage = Stage::Promised(moved);
        step.announce.push(NoticeKind::CallbackMoved);
        Ok(step)
    }

    fn given_to(
        &self,
        callback: &Callback,
        giving: Giving,
        (because, why): (&str, Option<GivenWhy>),
        by: Actor,
        now: Timestamp,
    ) -> Step {
        let to = giving.to();
        let mut step = Step::from(self);
        let mut given = callback.clone();
        // The time of whoever had it is given back before another's is taken.
        step.free.push(callback.id.into());
        if let Giving::Officer { officer, planned, minutes } = giving {
            step.busy.push(Busy {
                officer,
                holder: callback.id.into(),
                start: planned,
                end: planned + SignedDuration::from_mins(minutes),
            });
            given.next_attempt = planned;
        }
        step.happened.push(Happened::CallbackGiven { callback: callback.id, to, why });
        let from = given.owner;
        given.owner = to;
        given.given.push(Given { at: now, by, from, to, because: Pii::new(because.to_owned()), why });
        step.inquiry.stage = Stage::Promised(given);
        step
    }
}
