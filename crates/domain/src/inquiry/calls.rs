//! The callback: promised, moved, given back, tried, kept or broken.

use super::{Inquiry, Stage};
use crate::{
    actor::Actor,
    calendar::windows::Window,
    callback::{Attempt, CallOutcome, Callback},
    change::{Busy, Claim, JobKind, NewJob, Release, Step},
    codes::{OfficeCode, ServiceCode},
    contact::Contact,
    ids::{CallbackId, StaffId},
    journal::Happened,
    notice::NoticeKind,
    refusal::Refusal,
    slots::{Pool, SlotKey},
};
use jiff::{SignedDuration, Timestamp};

/// What a promise of a call is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// The window.
    pub window: Window,
    /// The officer who holds it, if one does.
    pub owner: Option<StaffId>,
    /// When to dial: a stretch of the owner's time inside the window, or the window's start.
    pub planned: Timestamp,
    /// How long the call is planned to take.
    pub minutes: i64,
    /// How many calls can be kept in the window: officers on duty times calls each.
    pub capacity: u32,
    /// When to remind the person; none when the window is too near for it.
    pub remind: Option<Timestamp>,
}

/// What follows a missed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextTry {
    /// Dial again then.
    At(Timestamp),
    /// The ladder is used up; an officer looks at it again by then, and the person may choose another window.
    None {
        /// By when.
        look_again: Timestamp,
    },
}

/// The row in which a window's calls are counted. The line is no office, but its capacity is kept like one's.
pub fn window_slot(window: &Window) -> SlotKey {
    SlotKey {
        office: OfficeCode::line(),
        service: ServiceCode::callback(),
        start: window.start,
        pool: Pool::Officer,
    }
}

/// Gives back what a promised callback holds: its place and the officer's time.
pub(super) fn give_back(step: &mut Step, callback: &Callback) {
    step.releases.push(Release { slot: window_slot(&callback.window), holder: callback.id.into() });
    step.free.push(callback.id.into());
    file(step, callback);
}

/// Files a callback that is over. Its place stays taken: the time was spent.
fn file(step: &mut Step, callback: &Callback) {
    let (inquiry, id) = (step.inquiry.id, callback.id);
    step.drop_jobs.push(JobKind::CallbackReminder { inquiry, callback: id }.key());
    step.drop_jobs.push(JobKind::CallbackWatch { inquiry, callback: id }.key());
    step.inquiry.past_callbacks.push(callback.clone());
}

/// Takes what a promise needs.
fn take(step: &mut Step, callback: CallbackId, promise: &Promise) {
    let inquiry = step.inquiry.id;
    step.claims.push(Claim {
        slot: window_slot(&promise.window),
        holder: callback.into(),
        capacity: promise.capacity,
        expires: None,
    });
    if let Some(officer) = promise.owner {
        step.busy.push(Busy {
            officer,
            holder: callback.into(),
            start: promise.planned,
            end: promise.planned + SignedDuration::from_mins(promise.minutes),
        });
    }
    // No promise without a job: somebody must look whether it was kept.
    step.jobs.push(NewJob::new(JobKind::CallbackWatch { inquiry, callback }, promise.window.end));
    match promise.remind {
        Some(due) => step.jobs.push(NewJob::new(JobKind::CallbackReminder { inquiry, callback }, due)),
        None => step.drop_jobs.push(JobKind::CallbackReminder { inquiry, callback }.key()),
    }
}

impl Inquiry {
    /// Promises a call.
    ///
    /// # Errors
    /// [`Refusal::TooSoon`] for a window that has ended; [`Refusal::WrongStage`].
    pub fn promise(
        &self,
        id: CallbackId,
        promise: Promise,
        by: Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        if !matches!(self.stage, Stage::Review { .. } | Stage::Unreached { .. } | Stage::ToBook { .. }) {
            return Err(self.wrong_stage());
        }
        if promise.window.end <= now {
            return Err(Refusal::TooSoon { earliest: now });
        }
        let mut step = Step::from(self);
        take(&mut step, id, &promise);
        step.happened.push(Happened::CallbackPromised { callback: id, window: promise.window.clone() });
        step.inquiry.stage = Stage::Promised(Callback {
            id,
            window: promise.window,
            owner: promise.owner,
            next_attempt: promise.planned,
            promised_at: now,
            promised_by: by,
            moves: 0,
            attempts: Vec::new(),
            broken_at: None,
        });
        step.announce.push(NoticeKind::CallbackPromised);
        Ok(step)
    }

    /// Moves the promised window at the person's wish. The new place is taken before the old is given back.
    ///
    /// # Errors
    /// [`Refusal::MovesUsedUp`], [`Refusal::TooSoon`], [`Refusal::WrongStage`].
    pub fn move_callback(&self, promise: Promise, limit: u8, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::Promised(callback) = &self.stage else { return Err(self.wrong_stage()) };
        if callback.moves >= limit && callback.broken_at.is_none() {
            return Err(Refusal::MovesUsedUp { limit });
        }
        if promise.window.end <= now {
            return Err(Refusal::TooSoon { earliest: now });
        }
        if promise.window.start == callback.window.start {
            return Err(Refusal::NotOffered);
        }
        let mut step = Step::from(self);
        take(&mut step, callback.id, &promise);
        step.releases.push(Release { slot: window_slot(&callback.window), holder: callback.id.into() });
        step.free.push(callback.id.into());
        step.happened.push(Happened::CallbackMoved {
            callback: callback.id,
            from: callback.window.clone(),
            to: promise.window.clone(),
        });
        let mut moved = callback.clone();
        moved.window = promise.window;
        moved.owner = promise.owner;
        moved.next_attempt = promise.planned;
        moved.moves = moved.moves.saturating_add(1);
        moved.broken_at = None;
        step.inquiry.stage = Stage::Promised(moved);
        step.announce.push(NoticeKind::CallbackMoved);
        Ok(step)
    }

    /// The person gives the callback back. The inquiry waits for another window, at its old place.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`].
    pub fn cancel_callback(&self, look_again: Timestamp, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::Promised(callback) = &self.stage else { return Err(self.wrong_stage()) };
        let mut step = Step::from(self);
        give_back(&mut step, callback);
        step.happened
            .push(Happened::CallbackCancelled { callback: callback.id, window: callback.window.clone() });
        step.inquiry.stage = Stage::Review { since: now, due: look_again };
        step.announce.push(NoticeKind::CallbackCancelled);
        Ok(step)
    }

    /// The officer begins to dial. From now on the person's page says that an officer is calling.
    ///
    /// # Errors
    /// [`Refusal::TooSoon`] before the window; [`Refusal::TakenByColleague`] when another officer holds it and the
    /// window has not yet come; [`Refusal::WrongStage`].
    pub fn start_call(&self, officer: StaffId, now: Timestamp) -> Result<Step, Refusal> {
        let callback = match &self.stage {
            Stage::Promised(callback) => callback,
            Stage::Calling { officer: other, .. } if *other != officer => {
                return Err(Refusal::TakenByColleague);
            }
            _ => return Err(self.wrong_stage()),
        };
        if now < callback.window.start {
            return Err(Refusal::TooSoon { earliest: callback.window.start });
        }
        let mut step = Step::from(self);
        let mut callback = callback.clone();
        if callback.owner != Some(officer) {
            // Inside the window anyone on duty may take it: better another voice than a broken promise.
            step.happened.push(Happened::CallbackTaken { callback: callback.id });
            step.free.push(callback.id.into());
            callback.owner = Some(officer);
        }
        let attempt = u8::try_from(callback.attempts.len() + 1).unwrap_or(u8::MAX);
        step.happened.push(Happened::CallStarted { callback: callback.id, attempt });
        step.inquiry.stage = Stage::Calling { callback, officer, since: now };
        Ok(step)
    }

    /// The attempt ended.
    ///
    /// # Errors
    /// [`Refusal::TakenByColleague`] when it is not this officer's call; [`Refusal::WrongStage`].
    pub fn end_call(
        &self,
        officer: StaffId,
        outcome: CallOutcome,
        next: NextTry,
        decide_by: Timestamp,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let Stage::Calling { callback, officer: caller, since } = &self.stage else {
            return Err(self.wrong_stage());
        };
        if *caller != officer {
            return Err(Refusal::TakenByColleague);
        }
        let mut callback = callback.clone();
        callback.attempts.push(Attempt { officer, started: *since, ended: now, outcome });
        let attempt = u8::try_from(callback.attempts.len()).unwrap_or(u8::MAX);
        let mut step = Step::from(self);
        step.inquiry.contacts.push(Contact::called(officer, *since, now, outcome));
        let mut ended = Happened::CallEnded { callback: callback.id, attempt, outcome, next: None };
        match (outcome, next) {
            (CallOutcome::Reached, _) => {
                file(&mut step, &callback);
                step.happened.push(ended);
                step.inquiry.stage = Stage::Spoken { officer, at: now, due: decide_by };
            }
            (CallOutcome::WrongNumber, _) | (_, NextTry::None { .. }) => {
                let due = if let NextTry::None { look_again } = next { look_again } else { decide_by };
                step.happened.push(ended);
                step.happened.push(Happened::Unreached { callback: callback.id });
                file(&mut step, &callback);
                step.inquiry.stage = Stage::Unreached { since: now, due };
                step.announce.push(NoticeKind::CallbackMissed);
            }
            (_, NextTry::At(when)) => {
                if let Happened::CallEnded { next, .. } = &mut ended {
                    *next = Some(when);
                }
                step.happened.push(ended);
                // The first miss is told at once, with the time of the next try; the rest would only be noise.
                if attempt == 1 {
                    step.announce.push(NoticeKind::CallbackMissed);
                }
                callback.next_attempt = when;
                step.inquiry.stage = Stage::Promised(callback);
            }
        }
        Ok(step)
    }

    /// The window has ended and nobody called: the promise is broken, and everyone sees it. The callback stays
    /// owed, first in line.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`] when no callback is owed; [`Refusal::TooSoon`] while the window runs;
    /// [`Refusal::NotOffered`] when there is nothing to flag (somebody called, or it is flagged already).
    pub fn break_promise(&self, id: CallbackId, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::Promised(callback) = &self.stage else { return Err(self.wrong_stage()) };
        if callback.id != id || !callback.attempts.is_empty() || callback.broken_at.is_some() {
            return Err(Refusal::NotOffered);
        }
        if now < callback.window.end {
            return Err(Refusal::TooSoon { earliest: callback.window.end });
        }
        let mut step = Step::from(self);
        step.happened.push(Happened::PromiseBroken { callback: id, window: callback.window.clone() });
        let mut callback = callback.clone();
        callback.broken_at = Some(now);
        step.inquiry.stage = Stage::Promised(callback);
        step.announce.push(NoticeKind::PromiseBroken);
        Ok(step)
    }
}
