//! A promised call is given to somebody else by whoever runs the desk.

use super::{Inquiry, Stage};
use crate::{
    actor::Actor,
    callback::Given,
    change::{Busy, Step},
    ids::StaffId,
    journal::Happened,
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
        let to = giving.to();
        if callback.owner == to {
            return Err(Refusal::NotOffered);
        }
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
        step.happened.push(Happened::CallbackGiven { callback: callback.id, to });
        given.owner = to;
        given.given.push(Given { at: now, by, to, because: Pii::new(because.to_owned()) });
        step.inquiry.stage = Stage::Promised(given);
        Ok(step)
    }
}
