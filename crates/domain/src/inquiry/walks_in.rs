//! Somebody comes without a booking, and the office says yes or no.

use super::{Inquiry, Stage, books::drop_jobs, calls};
use crate::{
    actor::Actor,
    appointment::{Appointment, Bring},
    change::{Claim, Release, Step},
    codes::ServiceCode,
    ids::AppointmentId,
    journal::Happened,
    pii::Pii,
    refusal::Refusal,
    walk_in::{WalkIn, WalkInDay},
};
use jiff::{SignedDuration, Timestamp};

/// What an admission is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// The visit, unless there is one that it becomes.
    pub id: AppointmentId,
    /// The office's day.
    pub day: WalkInDay,
    /// What is done.
    pub service: ServiceCode,
    /// How long it takes by plan, in minutes.
    pub minutes: i64,
    /// What to bring: what the clerk asks for.
    pub bring: Vec<Bring>,
    /// The ticket.
    pub ticket: String,
}

impl Inquiry {
    /// The office sees the person today. Whatever was promised is given back in the same step: a call is not needed any more, and a
    /// visit on another day becomes this one.
    ///
    /// # Errors
    /// [`Refusal::NoWalkIns`] where the office admits none; [`Refusal::ReasonNeeded`]; [`Refusal::WrongStage`] while an officer is
    /// on the line, or the person is at an office.
    pub fn admit_walk_in(
        &self,
        admission: Admission,
        because: &str,
        by: Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        if admission.day.most == 0 {
            return Err(Refusal::NoWalkIns);
        }
        let mut step = self.walks_in(&admission.day, true, because, by.clone(), now)?;
        let Admission { id, day, service, minutes, bring, ticket } = admission;
        let slot = day.slot();
        let id = if let Stage::Booked(old) = &self.stage { old.id } else { id };
        let mut visit = Appointment {
            id,
            office: day.office.clone(),
            service,
            start: now,
            end: now + SignedDuration::from_mins(minutes),
            zone: day.zone,
            pool: slot.pool,
            slots: vec![slot.clone()],
            booked_at: now,
            booked_by: by,
            moves: 0,
            sequence: 0,
            bring,
            asked: None,
            confirmed: None,
            shut: None,
            walk_in: true,
        };
        match &self.stage {
            Stage::Promised(callback) => {
                calls::give_back(&mut step, callback);
                step.happened.push(Happened::CallbackCancelled {
                    callback: callback.id,
                    window: callback.window.clone(),
                });
            }
            Stage::Booked(old) => {
                step.releases.extend(old.slots.iter().map(|slot| Release::of(slot.clone(), id.into())));
                drop_jobs(&mut step, id);
                // The person's calendar still has the other time: whatever is sent later comes after it.
                visit.sequence = old.sequence + 1;
                visit.moves = old.moves;
                step.happened.push(Happened::AppointmentMoved {
                    appointment: id,
                    office: day.office.clone(),
                    from: old.start,
                    to: now,
                });
            }
            _ => {}
        }
        step.claims.push(Claim { slot, holder: id.into(), capacity: day.most, expires: None });
        step.happened.push(Happened::WalkInAdmitted {
            appointment: id,
            office: day.office,
            ticket: ticket.clone(),
        });
        step.inquiry.stage =
            Stage::CheckedIn { appointment: visit, at: now, ticket, called: None, aside: None, missed: 0 };
        Ok(step)
    }

    /// The office does not see the person today. Nothing that they have changes: what is promised stands, and what waits keeps its
    /// place.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`]; [`Refusal::WrongStage`] as for [`Self::admit_walk_in`].
    pub fn refuse_walk_in(
        &self,
        day: &WalkInDay,
        because: &str,
        by: Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let mut step = self.walks_in(day, false, because, by, now)?;
        step.happened.push(Happened::WalkInRefused { office: day.office.clone() });
        Ok(step)
    }

    fn walks_in(
        &self,
        day: &WalkInDay,
        admitted: bool,
        because: &str,
        by: Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        if matches!(self.stage, Stage::Calling { .. } | Stage::CheckedIn { .. } | Stage::Closed { .. }) {
            return Err(self.wrong_stage());
        }
        let because = because.trim();
        if because.is_empty() {
            return Err(Refusal::ReasonNeeded);
        }
        let mut step = Step::from(self);
        step.inquiry.walk_ins.push(WalkIn {
            at: now,
            office: day.office.clone(),
            admitted,
            because: Pii::new(because.to_owned()),
            by,
        });
        Ok(step)
    }
}
