//! What a person may do with their visit alone: move it so often and so long, and take another time for one that was lost.

use super::{Booking, Inquiry, MoveRules, Stage, books::booked};
use crate::{
    actor::Actor,
    appointment::{Appointment, AppointmentEnd, PastAppointment},
    change::Step,
    ids::AppointmentId,
    refusal::Refusal,
    slots::Pool,
};
use jiff::{SignedDuration, Timestamp};

impl Inquiry {
    /// May the person choose a window for a call where none is promised? After a call that could not be kept or was given back;
    /// else it is for the officer who looks at the request to promise one.
    pub fn may_choose_window(&self) -> bool {
        match &self.stage {
            Stage::Unreached { .. } => true,
            Stage::Review { .. } if self.open_review().is_some() => false,
            Stage::Review { .. } => self.past_callbacks.last().is_some_and(|call| call.attempts.is_empty()),
            _ => false,
        }
    }

    /// Could the person move the visit now, as far as the rules go? What an office's closed day has left them to choose is no
    /// move of theirs.
    ///
    /// # Errors
    /// [`Refusal::MovesUsedUp`], [`Refusal::TooLate`], [`Refusal::WrongStage`].
    pub fn may_move_alone(&self, rules: MoveRules, now: Timestamp) -> Result<(), Refusal> {
        let Stage::Booked(visit) = &self.stage else { return Err(self.wrong_stage()) };
        if self.may_choose_after_closing(now).is_some() {
            return Ok(());
        }
        if visit.moves >= rules.limit {
            return Err(Refusal::MovesUsedUp { limit: rules.limit });
        }
        let until = visit.start - SignedDuration::from_hours(rules.until_hours);
        if now >= until { Err(Refusal::TooLate { until }) } else { Ok(()) }
    }

    /// The visit for which the person may take another time alone, now that they do not have it any more, and how many of
    /// their moves that leaves used: to lose a visit and take another is no way round the limit.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] where no officer had booked one; [`Refusal::MovesUsedUp`]; [`Refusal::WrongStage`].
    pub fn may_take_again(&self, rules: MoveRules) -> Result<(&Appointment, u8), Refusal> {
        if !matches!(self.stage, Stage::ToBook { .. }) {
            return Err(self.wrong_stage());
        }
        let Some(PastAppointment { appointment, end, .. }) = self.past_appointments.last() else {
            return Err(Refusal::NotOffered);
        };
        if appointment.pool == Pool::SelfScheduled {
            return Err(Refusal::NotOffered);
        }
        let own = !matches!(end, AppointmentEnd::CancelledByOffice);
        let used = appointment.moves.saturating_add(u8::from(own));
        if used > rules.limit {
            return Err(Refusal::MovesUsedUp { limit: rules.limit });
        }
        Ok((appointment, used))
    }

    /// The person takes another time at the same office for a visit that they do not have any more. An officer had decided
    /// that they need it, so nothing is decided anew.
    ///
    /// # Errors
    /// As [`Self::may_take_again`]; [`Refusal::NotOffered`] for a place at another office or one that is not for people to
    /// choose; [`Refusal::TooSoon`] for a time that has passed.
    pub fn take_again(
        &self,
        id: AppointmentId,
        booking: Booking,
        rules: MoveRules,
        by: Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let (lost, used) = self.may_take_again(rules)?;
        let opening = &booking.opening;
        if opening.office != lost.office || !may_choose(opening.pool, Some(lost.pool)) {
            return Err(Refusal::NotOffered);
        }
        if opening.start <= now {
            return Err(Refusal::TooSoon { earliest: now });
        }
        let mut step = Step::from(self);
        booked(&mut step, id, booking, None, by, now);
        if let Stage::Booked(visit) = &mut step.inquiry.stage {
            visit.moves = used;
        }
        Ok(step)
    }
}

/// May a person choose a place of this pool by themselves who has, or had, one of `has`? What is kept for emergencies is for
/// whom an officer gave one, and what people choose before any officer has looked is for whoever did so.
pub fn may_choose(pool: Pool, has: Option<Pool>) -> bool {
    match pool {
        Pool::Officer | Pool::Online => has != Some(Pool::SelfScheduled),
        Pool::SelfScheduled | Pool::EmergencyReserve => has == Some(pool),
        Pool::WalkInReserve => false,
    }
}
