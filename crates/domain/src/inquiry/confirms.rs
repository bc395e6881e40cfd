//! Will the person come? They say so, are asked, and by the agency's rules may lose the time when they do not answer.

use super::{Inquiry, Stage, books::give_back};
use crate::{
    appointment::{Appointment, AppointmentEnd},
    change::{JobKind, NewJob, Step},
    ids::AppointmentId,
    journal::Happened,
    notice::NoticeKind,
    refusal::Refusal,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Whether people are asked to confirm a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reconfirm {
    /// How many hours before the start they are asked.
    pub ask_hours: u16,
    /// Until how many hours before the start they may answer.
    pub by_hours: u16,
    /// What becomes of whoever does not.
    pub then: Unconfirmed,
}

/// What becomes of a visit that was not confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unconfirmed {
    /// They are reminded, and the time stays theirs.
    Remind,
    /// The time is given back, and they take another.
    Release,
}

impl Reconfirm {
    /// When the person is asked about a visit that begins at `start`.
    pub fn ask_at(&self, start: Timestamp) -> Timestamp {
        start - SignedDuration::from_hours(i64::from(self.ask_hours))
    }

    /// Until when they may answer who were asked at `asked`: whoever is asked late has as long as anybody.
    pub fn answer_by(&self, start: Timestamp, asked: Timestamp) -> Timestamp {
        let long = SignedDuration::from_hours(i64::from(self.ask_hours.saturating_sub(self.by_hours)));
        (start - SignedDuration::from_hours(i64::from(self.by_hours))).max(asked + long)
    }
}

impl Inquiry {
    /// The person says that they will come. Said again, it is said already.
    ///
    /// # Errors
    /// [`Refusal::TooLate`] once it has begun; [`Refusal::WrongStage`].
    pub fn confirm_visit(&self, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::Booked(appointment) = &self.stage else { return Err(self.wrong_stage()) };
        if now >= appointment.start {
            return Err(Refusal::TooLate { until: appointment.start });
        }
        let mut step = Step::from(self);
        let mut appointment = appointment.clone();
        if appointment.confirmed.is_none() {
            step.happened.push(Happened::AppointmentConfirmed { appointment: appointment.id });
            appointment.confirmed = Some(now);
        }
        step.drop_jobs.push(JobKind::ConfirmVisit { inquiry: self.id, appointment: appointment.id }.key());
        // Who comes to the new place keeps it.
        step.happened.extend(appointment.keep_new_place(now));
        step.inquiry.stage = Stage::Booked(appointment);
        Ok(step)
    }

    /// The person is asked whether they come. A visit that was confirmed, or asked about before, is not asked about.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] where there is nothing to ask; [`Refusal::WrongStage`].
    pub fn ask_to_confirm(
        &self,
        id: AppointmentId,
        rules: Reconfirm,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let visit = self.unconfirmed(id)?;
        if visit.asked.is_some() || now >= visit.start {
            return Err(Refusal::NotOffered);
        }
        let by = rules.answer_by(visit.start, now);
        let mut step = Step::from(self);
        step.happened.push(Happened::ConfirmationAsked { appointment: id, by });
        if by < visit.start {
            let kind = JobKind::ConfirmVisit { inquiry: self.id, appointment: id };
            step.jobs.push(NewJob::new(kind, by));
        }
        step.inquiry.stage = Stage::Booked(Appointment { asked: Some(now), ..visit.clone() });
        step.announce.push(NoticeKind::AppointmentConfirm);
        Ok(step)
    }

    /// The visit that nobody has confirmed, and that was asked about, is given back: the person takes another time, and what
    /// was decided stays.
    ///
    /// # Errors
    /// [`Refusal::TooSoon`] while they may answer; [`Refusal::NotOffered`] where that is not the rule, or nobody was asked in
    /// time; [`Refusal::WrongStage`].
    pub fn release_unconfirmed(
        &self,
        id: AppointmentId,
        rules: Reconfirm,
        rebook_by: Timestamp,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let visit = self.unconfirmed(id)?;
        let asked = visit.asked.filter(|_| rules.then == Unconfirmed::Release).ok_or(Refusal::NotOffered)?;
        let by = rules.answer_by(visit.start, asked);
        if now < by {
            return Err(Refusal::TooSoon { earliest: by });
        }
        if now >= visit.start {
            return Err(Refusal::NotOffered);
        }
        let mut step = Step::from(self);
        give_back(&mut step, visit, AppointmentEnd::Released, now);
        step.inquiry.stage = self.without_visit(now, rebook_by);
        step.announce.push(NoticeKind::AppointmentReleased);
        Ok(step)
    }

    fn unconfirmed(&self, id: AppointmentId) -> Result<&Appointment, Refusal> {
        let Stage::Booked(visit) = &self.stage else { return Err(self.wrong_stage()) };
        if visit.id == id && visit.confirmed.is_none() { Ok(visit) } else { Err(Refusal::NotOffered) }
    }
}
