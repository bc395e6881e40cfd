//! A visit on a day that its office closes: moved, turned into a call, or left to an officer; what the person chooses then; and
//! the way back when the office opens after all.

use super::{
    Booking, Inquiry, MoveRules, Promise, Stage,
    books::{booked, give_back},
    calls::{give_back as give_back_call, hold as hold_call},
};
use crate::{
    actor::Actor,
    appointment::{AppointmentEnd, ShutDay},
    change::Step,
    ids::{AppointmentId, CallbackId, ClosingId},
    journal::Happened,
    notice::NoticeKind,
    refusal::Refusal,
};
use jiff::Timestamp;

impl Inquiry {
    /// The visit leaves the day that is closed for the place that is held. It is no move of the person's.
    ///
    /// # Errors
    /// As [`Self::move_appointment`].
    pub fn leave_shut_day(
        &self,
        booking: Booking,
        day: ShutDay,
        by: &Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let none = MoveRules { limit: u8::MAX, until_hours: 0 };
        let mut step = self.move_appointment(booking, none, by, now)?;
        step.happened.insert(0, told(&day));
        if let Stage::Booked(appointment) = &mut step.inquiry.stage {
            appointment.shut = Some(day);
        }
        // An older plan may hold something for it still.
        for confirm in &mut step.confirms {
            confirm.gives_back = true;
        }
        step.announce = vec![NoticeKind::DayClosed];
        Ok(step)
    }

    /// No place was to be had: the visit ends, and a call is promised. The call's place is held already when `held`.
    ///
    /// # Errors
    /// As [`Self::promise`]; [`Refusal::WrongStage`] where no visit is booked.
    pub fn call_for_shut_day(
        &self,
        id: CallbackId,
        promise: Promise,
        held: bool,
        day: ShutDay,
        by: Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let ended = self.end_visit(day, AppointmentEnd::CancelledByOffice, now, now)?;
        let mut step = ended.then(|inquiry| inquiry.promise(id, promise, by, now))?;
        if held {
            hold_call(&mut step, id);
        }
        step.announce = vec![NoticeKind::DayClosed];
        Ok(step)
    }

    /// Neither a place nor a call was to be had: the visit ends, and an officer must act by then.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`].
    pub fn wait_for_shut_day(
        &self,
        day: ShutDay,
        look_by: Timestamp,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let mut step = self.end_visit(day, AppointmentEnd::CancelledByOffice, look_by, now)?;
        step.announce = vec![NoticeKind::DayClosed];
        Ok(step)
    }

    fn end_visit(
        &self,
        day: ShutDay,
        end: AppointmentEnd,
        look_by: Timestamp,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let Stage::Booked(appointment) = &self.stage else { return Err(self.wrong_stage()) };
        let mut step = Step::from(self);
        step.happened.push(told(&day));
        give_back(&mut step, appointment, end, now);
        if let Some(past) = step.inquiry.past_appointments.last_mut() {
            past.appointment.shut = Some(day);
        }
        step.inquiry.stage = self.without_visit(now, look_by);
        Ok(step)
    }

    /// The choice that a closed day has left to the person, while they may still make it.
    pub fn may_choose_after_closing(&self, now: Timestamp) -> Option<&ShutDay> {
        let Stage::Booked(appointment) = &self.stage else { return None };
        appointment.shut.as_ref().filter(|shut| shut.kept.is_none() && now < shut.until)
    }

    /// The person keeps the new place. Said again, it is said already.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] where there is nothing to choose; [`Refusal::TooLate`] once the time is over.
    pub fn keep_new_place(&self, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::Booked(appointment) = &self.stage else { return Err(self.wrong_stage()) };
        let shut = appointment.shut.as_ref().ok_or(Refusal::NotOffered)?;
        if shut.kept.is_none() && now >= shut.until {
            return Err(Refusal::TooLate { until: shut.until });
        }
        let mut step = Step::from(self);
        let mut appointment = appointment.clone();
        step.happened.extend(appointment.keep_new_place(now));
        step.inquiry.stage = Stage::Booked(appointment);
        Ok(step)
    }

    /// The person wants a call instead of the new place.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] where there is nothing to choose; as [`Self::promise`].
    pub fn call_instead(
        &self,
        id: CallbackId,
        promise: Promise,
        by: Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        self.may_choose_after_closing(now).ok_or(Refusal::NotOffered)?;
        let ended = self.cancel_appointment(&Actor::Person, now, now)?;
        let mut step = ended.then(|inquiry| inquiry.promise(id, promise, by, now))?;
        step.announce = vec![NoticeKind::CallbackPromised];
        Ok(step)
    }

    /// The office opens after all: back to the old place. `offered` is the call that was promised instead; `id` names the
    /// visit where it had ended.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] for whoever has chosen or done something else since.
    pub fn back_to_opened_day(
        &self,
        closing: ClosingId,
        offered: Option<CallbackId>,
        id: AppointmentId,
        booking: Booking,
        by: &Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let ours = |shut: &Option<ShutDay>| {
            shut.as_ref().is_some_and(|shut| shut.closing == closing && shut.kept.is_none())
        };
        let mut step = match &self.stage {
            Stage::Booked(appointment) if ours(&appointment.shut) => {
                let none = MoveRules { limit: u8::MAX, until_hours: 0 };
                self.move_appointment(booking, none, by, now)?
            }
            Stage::Promised(callback) if Some(callback.id) == offered && callback.attempts.is_empty() => {
                let mut step = Step::from(self);
                give_back_call(&mut step, callback);
                step.happened.push(Happened::CallbackCancelled {
                    callback: callback.id,
                    window: callback.window.clone(),
                });
                let old = self.past_appointments.iter().rev().find(|past| ours(&past.appointment.shut));
                let old = old.ok_or(Refusal::NotOffered)?.appointment.clone();
                booked(&mut step, id, Booking { bring: old.bring, ..booking }, None, by.clone(), now);
                step
            }
            Stage::ToBook { .. } | Stage::Review { .. } => {
                let mut step = Step::from(self);
                let old = self.past_appointments.last().filter(|past| ours(&past.appointment.shut));
                let old = old.ok_or(Refusal::NotOffered)?.appointment.clone();
                booked(&mut step, id, Booking { bring: old.bring, ..booking }, None, by.clone(), now);
                step
            }
            _ => return Err(Refusal::NotOffered),
        };
        step.happened.insert(0, Happened::DayReopened { closing });
        step.announce = vec![NoticeKind::DayReopened];
        Ok(step)
    }
}

fn told(day: &ShutDay) -> Happened {
    Happened::DayClosed { closing: day.closing, start: day.start }
}
