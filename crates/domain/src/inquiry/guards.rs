//! Staff who are too near to an inquiry have nothing to do with it any more, and what they held of it goes back to the others.

use super::{Inquiry, Stage};
use crate::{
    actor::Actor,
    change::{JobKind, NewJob, Step},
    codes::ClassCode,
    delegate::DelegateEndWhy,
    guard::{Conflict, ConflictWhy, LiftWhy, Protected},
    ids::StaffId,
    journal::Happened,
    notice::Carrier,
    refusal::Refusal,
};
use jiff::Timestamp;
use std::collections::BTreeSet;

impl Inquiry {
    /// From now on this member of staff has nothing to do with it. The promise that they hold, or the call that they were about to
    /// make, is anybody's: its window stays as it was told.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] when that has been said of them already.
    pub fn set_conflict(&self, staff: StaffId, why: ConflictWhy, now: Timestamp) -> Result<Step, Refusal> {
        if self.guard.conflict(staff).is_some() {
            return Err(Refusal::NotOffered);
        }
        let mut step = Step::from(self);
        step.inquiry.guard.conflicts.push(Conflict { staff, why, at: now });
        step.happened.push(Happened::ConflictSet { of: staff, why });
        step.give_up_call(self, staff, now);
        Ok(step)
    }

    /// They may have to do with it again: another person says so.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] when nothing keeps them from it, or when it is they who say so.
    pub fn lift_conflict(&self, staff: StaffId, why: LiftWhy, by: &Actor) -> Result<Step, Refusal> {
        if self.guard.conflict(staff).is_none() || by.staff() == Some(staff) {
            return Err(Refusal::NotOffered);
        }
        let mut step = Step::from(self);
        step.inquiry.guard.conflicts.retain(|conflict| conflict.staff != staff);
        step.happened.push(Happened::ConflictLifted { of: staff, why });
        Ok(step)
    }
}

impl Inquiry {
    /// Does what is sent by this way say nothing but that there is a message? The person has said so, or is protected.
    pub fn is_discreet(&self, by: Carrier) -> bool {
        self.guard.protected.is_some() || self.reach.discreet.contains(&by)
    }

    /// May a message be left on a machine that answers? It says who called, so only where that may be heard; and to whoever is protected
    /// nothing is left that another could hear.
    pub const fn leaves_message(&self) -> bool {
        self.reach.say_who_calls && !self.reach.no_message && self.guard.protected.is_none()
    }

    /// The person is protected from now on, by one of the agency's classes; said again, with other ways of writing to them that are
    /// safe. Whoever acted for them by a link does so no more. `loses` is whoever holds or makes the promised call and may not see such people: it is anybody's who may.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] when nothing would change.
    pub fn protect(
        &self,
        class: ClassCode,
        safe: BTreeSet<Carrier>,
        loses: Option<StaffId>,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let before = self.guard.protected.as_ref();
        if before.is_some_and(|before| before.class == class && before.safe == safe) {
            return Err(Refusal::NotOffered);
        }
        let mut step = Step::from(self);
        let at = before.map_or(now, |before| before.at);
        step.inquiry.guard.protected = Some(Protected { class: class.clone(), at, safe });
        step.happened.push(Happened::ProtectionSet { class });
        step.happened.extend(step.inquiry.end_delegates(|_| true, DelegateEndWhy::Protected, now));
        if let Some(staff) = loses {
            step.give_up_call(self, staff, now);
        }
        Ok(step)
    }

    /// The person is not protected, or not any more.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] when they are not.
    pub fn unprotect(&self) -> Result<Step, Refusal> {
        let class = self.guard.protected.as_ref().ok_or(Refusal::NotOffered)?.class.clone();
        let mut step = Step::from(self);
        step.inquiry.guard.protected = None;
        step.happened.push(Happened::ProtectionLifted { class });
        Ok(step)
    }

    /// The inquiry as it is shown to somebody who must let its person in and may not see who it is: no name, no matter, nowhere to
    /// reach them. It is for showing, and is never written.
    #[must_use]
    pub fn veiled(&self) -> Self {
        let mut shown = self.nameless();
        match &mut shown.stage {
            Stage::Booked(visit) | Stage::CheckedIn { appointment: visit, .. } => visit.bring.clear(),
            Stage::Promised(callback) | Stage::Calling { callback, .. } => callback.brief = None,
            _ => {}
        }
        shown
    }
}

impl Step {
    /// The call that this member of staff holds or is making is owed by whoever is on duty.
    fn give_up_call(&mut self, before: &Inquiry, staff: StaffId, now: Timestamp) {
        let callback = match &before.stage {
            Stage::Promised(callback) if callback.owner == Some(staff) => callback,
            Stage::Calling { callback, officer, .. } if *officer == staff => callback,
            _ => return,
        };
        let mut callback = callback.clone();
        let (inquiry, id) = (before.id, callback.id);
        callback.owner = None;
        self.free.push(id.into());
        self.happened.push(Happened::CallbackGiven { callback: id, to: None, why: None });
        if matches!(before.stage, Stage::Calling { .. })
            && callback.attempts.is_empty()
            && callback.broken_at.is_none()
        {
            // While they were dialling, whoever looks whether the promise is kept may have looked already.
            let due = callback.window.end.max(now);
            self.jobs.push(NewJob::new(JobKind::CallbackWatch { inquiry, callback: id }, due));
        }
        self.inquiry.stage = Stage::Promised(callback);
    }
}
