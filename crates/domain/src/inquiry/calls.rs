//! The callback: promised, moved, given back, tried, kept or broken.

use super::{Inquiry, Stage};
use crate::{
    actor::Actor,
    calendar::windows::Window,
    callback::{Attempt, Brief, CallOutcome, Callback, retry::Then},
    change::{Busy, Claim, Confirm, JobKind, NewJob, Release, Step},
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
    /// When to look whether the officer who holds it is there; none where the agency does not want that.
    pub look: Option<Timestamp>,
}

/// What follows a missed attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextTry {
    /// Dial again.
    At(Again),
    /// Another window is promised at once, by the agency: it is no move of the person's.
    Window(Promise),
    /// They are not dialled again; an officer looks at it by then, and the person may choose another window.
    None {
        /// By when.
        look_again: Timestamp,
        /// What is done besides.
        then: Then,
    },
}

/// Another call for the same promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// When.
    pub at: Timestamp,
    /// Until when it should have been begun: then it is anybody's.
    pub until: Timestamp,
    /// The officer whose time is kept for it; none when anybody on duty may call.
    pub owner: Option<StaffId>,
    /// How long the call is planned to take.
    pub minutes: i64,
}

/// The first stretch of `length` in `from..until` that touches none of the `busy` ones, if there is one.
pub fn free_stretch(
    busy: impl IntoIterator<Item = (Timestamp, Timestamp)>,
    from: Timestamp,
    until: Timestamp,
    length: SignedDuration,
) -> Option<Timestamp> {
    let mut busy: Vec<_> = busy.into_iter().collect();
    busy.sort_unstable();
    let mut at = from;
    for (start, end) in busy {
        if at.checked_add(length).ok()? <= start {
            break;
        }
        at = at.max(end);
    }
    (at.checked_add(length).ok()? <= until).then_some(at)
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
    step.releases.push(Release::of(window_slot(&callback.window), callback.id.into()));
    step.free.push(callback.id.into());
    file(step, callback);
}

/// The place of a call that was just promised is held already: it only has to be made firm.
pub(super) fn hold(step: &mut Step, callback: CallbackId) {
    let holder = callback.into();
    let (held, claims) =
        std::mem::take(&mut step.claims).into_iter().partition(|claim| claim.holder == holder);
    step.claims = claims;
    let held: Vec<Claim> = held;
    let slots = held.into_iter().map(|claim| claim.slot).collect();
    step.confirms.push(Confirm { holder, slots, gives_back: false });
    step.drop_jobs.push(JobKind::HoldWatch { holder }.key());
}

/// Files a callback that is over. Its place stays taken: the time was spent.
fn file(step: &mut Step, callback: &Callback) {
    let (inquiry, id) = (step.inquiry.id, callback.id);
    step.drop_jobs.push(JobKind::CallbackReminder { inquiry, callback: id }.key());
    step.drop_jobs.push(JobKind::CallbackLook { inquiry, callback: id }.key());
    step.drop_jobs.push(JobKind::CallbackWatch { inquiry, callback: id }.key());
    step.drop_jobs.push(JobKind::CallbackAgain { inquiry, callback: id }.key());
    step.inquiry.past_callbacks.push(callback.clone());
}

/// Takes what a promise needs.
pub(super) fn take(step: &mut Step, callback: CallbackId, promise: &Promise) {
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
    match promise.look {
        Some(due) => step.jobs.push(NewJob::new(JobKind::CallbackLook { inquiry, callback }, due)),
        None => step.drop_jobs.push(JobKind::CallbackLook { inquiry, callback }.key()),
    }
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
        step.happened.push(Happened::CallbackPromised {
            callback: id,
            window: promise.window.clone(),
            why: None,
        });
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
            again_by: None,
            renewed: 0,
            then: None,
            brief: None,
            given: Vec::new(),
        });
        step.announce.push(NoticeKind::CallbackPromised);
        Ok(step)
    }

    /// An operator passes the matter on to an officer, who will call: what they tell the officer stands with the promise. Why
    /// is journalled, what was said is not.
    ///
    /// # Errors
    /// As [`Self::promise`].
    pub fn escalate(
        &self,
        id: CallbackId,
        promise: Promise,
        brief: Brief,
        by: Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let mut step = self.promise(id, promise, by, now)?;
        for happened in &mut step.happened {
            if let Happened::CallbackPromised { why, .. } = happened {
                why.clone_from(&brief.why);
            }
        }
        if let Stage::Promised(callback) = &mut step.inquiry.stage {
            callback.brief = Some(brief);
        }
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
        let mut step = self.promise_elsewhere(promise, now)?;
        if let Stage::Promised(moved) = &mut step.inquiry.stage {
            moved.moves = moved.moves.saturating_add(1);
        }
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
        step.happened.push(Happened::CallStarted { callback: callback.id, attempt, theirs: false });
        step.inquiry.stage = Stage::Calling { callback, officer, since: now, theirs: false };
        Ok(step)
    }

    /// The person rang after a call of ours had missed them, and this officer has them on the line: it is the call that is
    /// owed, whoever holds it. Whether it was kept the officer says when it ends.
    ///
    /// # Errors
    /// [`Refusal::TakenByColleague`] while a call is under way; [`Refusal::WrongStage`] when no call has missed them.
    pub fn take_call(&self, officer: StaffId, now: Timestamp) -> Result<Step, Refusal> {
        if matches!(self.stage, Stage::Calling { .. }) {
            return Err(Refusal::TakenByColleague);
        }
        let callback = self.missed_callback().ok_or_else(|| self.wrong_stage())?.clone();
        let mut step = Step::from(self);
        let attempt = u8::try_from(callback.attempts.len() + 1).unwrap_or(u8::MAX);
        step.happened.push(Happened::CallStarted { callback: callback.id, attempt, theirs: true });
        step.inquiry.stage = Stage::Calling { callback, officer, since: now, theirs: true };
        Ok(step)
    }

    /// The attempt ended. Of one that was left by whoever made it, anybody who may call says so.
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
        let Stage::Calling { callback, officer: caller, since, theirs } = &self.stage else {
            return Err(self.wrong_stage());
        };
        if *caller != officer && self.left_call().is_none() {
            return Err(Refusal::TakenByColleague);
        }
        let theirs = *theirs;
        if theirs && outcome != CallOutcome::Reached {
            return Ok(self.still_owed(callback, outcome, now));
        }
        let mut callback = callback.clone();
        callback.attempts.push(Attempt { officer: *caller, started: *since, ended: now, outcome, theirs });
        let attempt = u8::try_from(callback.attempts.len()).unwrap_or(u8::MAX);
        let mut step = Step::from(self);
        step.inquiry.contacts.push(Contact::called(*caller, *since, now, outcome));
        let mut ended = Happened::CallEnded { callback: callback.id, attempt, outcome, next: None, theirs };
        match (outcome, next) {
            (CallOutcome::Reached, _) => {
                if theirs {
                    // The time that was kept for the next call is needed no more.
                    step.free.push(callback.id.into());
                }
                file(&mut step, &callback);
                step.happened.push(ended);
                step.inquiry.stage = Stage::Spoken { officer, at: now, due: decide_by };
            }
            (CallOutcome::WrongNumber, next) | (_, next @ NextTry::None { .. }) => {
                let (due, then) = match next {
                    NextTry::None { look_again, then } => (look_again, then),
                    _ => (decide_by, Then::Choose),
                };
                step.happened.push(ended);
                step.happened.push(Happened::Unreached { callback: callback.id });
                callback.then = Some(then);
                file(&mut step, &callback);
                step.inquiry.stage = Stage::Unreached { since: now, due };
                step.announce.push(NoticeKind::CallbackMissed);
            }
            (_, NextTry::At(again)) => {
                if let Happened::CallEnded { next, .. } = &mut ended {
                    *next = Some(again.at);
                }
                step.happened.push(ended);
                // The first miss is told at once, with the time of the next try; the rest would only be noise. What failed on
                // our side is no news to anybody but us.
                let misses = callback.in_window().filter(|a| a.outcome != CallOutcome::LineFault).count();
                if misses == 1 && outcome != CallOutcome::LineFault {
                    step.announce.push(NoticeKind::CallbackMissed);
                }
                hold_again(&mut step, &mut callback, &again);
                step.inquiry.stage = Stage::Promised(callback);
            }
            (_, NextTry::Window(promise)) => {
                if let Happened::CallEnded { next, .. } = &mut ended {
                    *next = Some(promise.planned);
                }
                step.happened.push(ended);
                step.happened.push(Happened::CallbackMoved {
                    callback: callback.id,
                    from: callback.window.clone(),
                    to: promise.window.clone(),
                });
                take(&mut step, callback.id, &promise);
                step.drop_jobs.push(JobKind::CallbackAgain { inquiry: self.id, callback: callback.id }.key());
                step.releases.push(Release::of(window_slot(&callback.window), callback.id.into()));
                step.free.push(callback.id.into());
                callback.next_attempt = promise.planned;
                callback.window = promise.window;
                callback.owner = promise.owner;
                callback.broken_at = None;
                callback.again_by = None;
                callback.renewed = callback.renewed.saturating_add(1);
                step.inquiry.stage = Stage::Promised(callback);
                step.announce.push(NoticeKind::CallbackMoved);
            }
        }
        Ok(step)
    }

    /// Whoever rang was not the person, or could not talk: nothing of what was promised has changed. What others did with
    /// their telephone is no call of the person's, and counts for none.
    fn still_owed(&self, callback: &Callback, outcome: CallOutcome, now: Timestamp) -> Step {
        let mut step = Step::from(self);
        let attempt = u8::try_from(callback.attempts.len() + 1).unwrap_or(u8::MAX);
        let next = Some(callback.next_attempt.max(now));
        step.happened.push(Happened::CallEnded {
            callback: callback.id,
            attempt,
            outcome,
            next,
            theirs: true,
        });
        if let Some(by) = callback.again_by {
            // It may have been looked at while the call went on, and was left alone.
            let job = JobKind::CallbackAgain { inquiry: self.id, callback: callback.id };
            step.jobs.push(NewJob::new(job, by.max(now)));
        }
        step.inquiry.stage = Stage::Promised(callback.clone());
        step
    }

    /// The window has ended and nobody called: the promise is broken, and everyone sees it. The callback stays
    /// owed, first in line.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`] when no callback is owed; [`Refusal::TooSoon`] while the window runs;
    /// [`Refusal::NotOffered`] when there is nothing to flag (somebody called, or it is flagged already).
    pub fn break_promise(&self, id: CallbackId, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::Promised(callback) = &self.stage else { return Err(self.wrong_stage()) };
        if callback.id != id || callback.in_window().next().is_some() || callback.broken_at.is_some() {
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

    /// The next call should have been made and was not: whoever held it holds it no longer, and anybody on duty may call.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`] when no callback is owed; [`Refusal::NotOffered`] when it is another one's, or anybody's
    /// already, or was never tried; [`Refusal::TooSoon`] while it is not late.
    pub fn retry_late(&self, id: CallbackId, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::Promised(callback) = &self.stage else { return Err(self.wrong_stage()) };
        let Some(by) = callback.again_by else { return Err(Refusal::NotOffered) };
        if callback.id != id || callback.owner.is_none() {
            return Err(Refusal::NotOffered);
        }
        if now < by {
            return Err(Refusal::TooSoon { earliest: by });
        }
        let mut step = Step::from(self);
        let attempt = u8::try_from(callback.attempts.len() + 1).unwrap_or(u8::MAX);
        step.happened.push(Happened::RetryLate { callback: id, attempt });
        step.free.push(id.into());
        let mut callback = callback.clone();
        callback.owner = None;
        step.inquiry.stage = Stage::Promised(callback);
        Ok(step)
    }
}

/// Keeps time for another call, in place of what was kept for the last one.
fn hold_again(step: &mut Step, callback: &mut Callback, again: &Again) {
    let (inquiry, holder) = (step.inquiry.id, callback.id.into());
    step.free.push(holder);
    if let Some(officer) = again.owner {
        let end = again.at + SignedDuration::from_mins(again.minutes);
        step.busy.push(Busy { officer, holder, start: again.at, end });
    }
    let job = JobKind::CallbackAgain { inquiry, callback: callback.id };
    step.jobs.push(NewJob::new(job, again.until));
    callback.next_attempt = again.at;
    callback.again_by = Some(again.until);
    callback.owner = again.owner;
}
