//! The visit day: arriving, being served, not coming. What is between is in `waits_there.rs`.

use super::{Closing, Inquiry, Stage, books::drop_jobs};
use crate::{
    appointment::{AppointmentEnd, PastAppointment},
    change::Step,
    contact::Contact,
    ids::AppointmentId,
    journal::Happened,
    notice::NoticeKind,
    refusal::Refusal,
};
use jiff::{SignedDuration, Timestamp};

/// When a person may check in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitRules {
    /// At most this many minutes before the start.
    pub early_minutes: i64,
    /// At most this many minutes after the end; a late person is served, not sent home, while this lasts.
    pub grace_minutes: i64,
}

impl Inquiry {
    /// The person is at the office.
    ///
    /// # Errors
    /// [`Refusal::NotToday`] when it is hours away, [`Refusal::TooEarly`] when minutes, [`Refusal::TooLate`] after
    /// the grace; [`Refusal::WrongStage`].
    pub fn check_in(&self, ticket: String, rules: VisitRules, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::Booked(appointment) = &self.stage else { return Err(self.wrong_stage()) };
        let from = appointment.start - SignedDuration::from_mins(rules.early_minutes);
        let until = appointment.end + SignedDuration::from_mins(rules.grace_minutes);
        if now < from - SignedDuration::from_hours(4) || now > until + SignedDuration::from_hours(4) {
            return Err(Refusal::NotToday { start: appointment.start });
        }
        if now < from {
            return Err(Refusal::TooEarly { from });
        }
        if now > until {
            return Err(Refusal::TooLate { until });
        }
        let mut step = Step::from(self);
        step.happened.push(Happened::CheckedIn { appointment: appointment.id, ticket: ticket.clone() });
        drop_jobs(&mut step, appointment.id);
        step.inquiry.stage = Stage::CheckedIn {
            appointment: appointment.clone(),
            at: now,
            ticket,
            called: None,
            aside: None,
            missed: 0,
        };
        Ok(step)
    }

    /// The person was served: the inquiry is closed.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`].
    pub fn serve(&self, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::CheckedIn { appointment, at, called, .. } = &self.stage else {
            return Err(self.wrong_stage());
        };
        let mut step = Step::from(self);
        step.inquiry.contacts.push(Contact::visited(*at, now));
        step.happened.push(Happened::Served { appointment: appointment.id });
        step.happened.push(Happened::Closed { closing: Closing::Served });
        // The place stays taken: it was used.
        step.inquiry.past_appointments.push(PastAppointment {
            appointment: appointment.clone(),
            end: AppointmentEnd::Served,
            at: now,
            counter: called.as_ref().map(|(counter, _)| counter.clone()),
        });
        step.inquiry.stage = Stage::Closed { at: now, closing: Closing::Served };
        Ok(step)
    }

    /// The person did not come. The need stays decided: they are asked to take another time, not to begin again.
    ///
    /// # Errors
    /// [`Refusal::TooSoon`] while they are awaited; [`Refusal::NotOffered`] when it is another appointment by now;
    /// [`Refusal::WrongStage`].
    pub fn no_show(
        &self,
        id: AppointmentId,
        rules: VisitRules,
        rebook_by: Timestamp,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let Stage::Booked(appointment) = &self.stage else { return Err(self.wrong_stage()) };
        if appointment.id != id {
            return Err(Refusal::NotOffered);
        }
        let until = appointment.end + SignedDuration::from_mins(rules.grace_minutes);
        if now < until {
            return Err(Refusal::TooSoon { earliest: until });
        }
        let mut step = Step::from(self);
        step.happened.push(Happened::NoShow { appointment: id });
        drop_jobs(&mut step, id);
        // The place stays taken: its time has passed and the day's figures count it.
        step.inquiry.past_appointments.push(PastAppointment {
            appointment: appointment.clone(),
            end: AppointmentEnd::NoShow,
            at: now,
            counter: None,
        });
        step.inquiry.stage = self.without_visit(now, rebook_by);
        step.announce.push(NoticeKind::AppointmentMissed);
        Ok(step)
    }
}
