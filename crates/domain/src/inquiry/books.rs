//! The appointment: booked, moved, given back.

use super::{Inquiry, Stage};
use crate::{
    actor::Actor,
    appointment::{Appointment, AppointmentEnd, Bring, PastAppointment},
    calendar::Zone,
    change::{Claim, Confirm, Holder, JobKind, NewJob, Release, Step},
    decision::{Deciding, DecisionKind, Outcome},
    ids::{AppointmentId, Chance, DecisionId},
    journal::Happened,
    notice::NoticeKind,
    refusal::Refusal,
    slots::{Opening, Pool},
};
use jiff::{SignedDuration, Timestamp};

/// What a booking is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// The place.
    pub opening: Opening,
    /// The office's zone.
    pub zone: Zone,
    /// What to bring.
    pub bring: Vec<Bring>,
    /// When to remind the person; none when it is too near.
    pub remind: Option<Timestamp>,
    /// When to ask the person whether they come; none where that is not asked, or when it is too near.
    pub ask: Option<Timestamp>,
    /// How long after the end the person is still awaited, in minutes.
    pub grace_minutes: i64,
    /// The places are held already by this appointment and only have to be made firm.
    pub held: bool,
}

/// How far a person may move an appointment alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveRules {
    /// How often.
    pub limit: u8,
    /// Until how many hours before.
    pub until_hours: i64,
}

fn take(step: &mut Step, id: AppointmentId, booking: &Booking) {
    let inquiry = step.inquiry.id;
    if booking.held {
        step.confirms.push(Confirm {
            holder: id.into(),
            slots: booking.opening.slots.clone(),
            gives_back: false,
        });
        step.drop_jobs.push(JobKind::HoldWatch { holder: id.into() }.key());
    } else {
        step.claims.extend(claims(&booking.opening, id.into(), None));
    }
    let end = booking.opening.end + SignedDuration::from_mins(booking.grace_minutes);
    step.jobs.push(NewJob::new(JobKind::AppointmentWatch { inquiry, appointment: id }, end));
    let reminder = JobKind::AppointmentReminder { inquiry, appointment: id };
    let question = JobKind::ConfirmVisit { inquiry, appointment: id };
    for (kind, due) in [(reminder, booking.remind), (question, booking.ask)] {
        match due {
            Some(due) => step.jobs.push(NewJob::new(kind, due)),
            None => step.drop_jobs.push(kind.key()),
        }
    }
}

/// Nothing more is due for a visit.
pub(super) fn drop_jobs(step: &mut Step, appointment: AppointmentId) {
    let inquiry = step.inquiry.id;
    step.drop_jobs.extend([
        JobKind::AppointmentReminder { inquiry, appointment }.key(),
        JobKind::ConfirmVisit { inquiry, appointment }.key(),
        JobKind::AppointmentWatch { inquiry, appointment }.key(),
    ]);
}

/// The inquiry has this visit from now on.
pub(super) fn booked(
    step: &mut Step,
    id: AppointmentId,
    booking: Booking,
    decision: Option<DecisionId>,
    by: Actor,
    now: Timestamp,
) {
    take(step, id, &booking);
    step.happened.push(Happened::AppointmentBooked {
        decision,
        appointment: id,
        office: booking.opening.office.clone(),
        start: booking.opening.start,
    });
    step.inquiry.stage = Stage::Booked(Appointment {
        id,
        office: booking.opening.office,
        service: booking.opening.service,
        start: booking.opening.start,
        end: booking.opening.end,
        zone: booking.zone,
        pool: booking.opening.pool,
        slots: booking.opening.slots,
        booked_at: now,
        booked_by: by,
        moves: 0,
        sequence: 0,
        bring: booking.bring,
        asked: None,
        confirmed: None,
        shut: None,
        walk_in: false,
    });
    step.announce.push(NoticeKind::AppointmentBooked);
}

/// The claims of an opening's places, each with its own size.
pub fn claims(opening: &Opening, holder: Holder, expires: Option<Timestamp>) -> impl Iterator<Item = Claim> {
    opening.claims().map(move |(slot, capacity)| Claim { slot: slot.clone(), holder, capacity, expires })
}

/// Takes back what an appointment holds, and files it.
pub(super) fn give_back(step: &mut Step, appointment: &Appointment, end: AppointmentEnd, now: Timestamp) {
    let holder = appointment.id.into();
    step.releases.extend(appointment.slots.iter().map(|slot| Release::of(slot.clone(), holder)));
    drop_jobs(step, appointment.id);
    let mut appointment = appointment.clone();
    appointment.sequence += 1;
    let given_back =
        [AppointmentEnd::CancelledByPerson, AppointmentEnd::CancelledByOffice, AppointmentEnd::Released];
    if given_back.contains(&end) {
        step.happened.push(Happened::AppointmentCancelled {
            appointment: appointment.id,
            start: appointment.start,
            end,
        });
    }
    step.inquiry.past_appointments.push(PastAppointment { appointment, end, at: now, counter: None });
}

impl Inquiry {
    /// Books a visit: the third decision, on office and time, is recorded with it.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] for another office than the serving one without a reason; [`Refusal::TooSoon`] for a
    /// time that has passed; [`Refusal::WrongStage`].
    pub fn book(
        &self,
        id: AppointmentId,
        booking: Booking,
        deciding: Deciding,
        by: Actor,
        now: Timestamp,
        chance: &Chance,
    ) -> Result<Step, Refusal> {
        if !matches!(self.stage, Stage::ToBook { .. }) {
            return Err(self.wrong_stage());
        }
        if booking.opening.start <= now {
            return Err(Refusal::TooSoon { earliest: now });
        }
        let serving_office = booking.opening.office == self.office;
        if !serving_office && deciding.because.as_ref().is_none_or(|why| why.trim().is_empty()) {
            return Err(Refusal::ReasonNeeded);
        }
        let decision = deciding.record(Outcome::Fit { serving_office }, by.clone(), now, chance);
        let mut step = Step::from(self);
        booked(&mut step, id, booking, Some(decision.id), by, now);
        step.inquiry.decisions.push(decision);
        Ok(step)
    }

    /// The person books a visit alone, where the office that serves them still lets people do so: no decision comes before it.
    /// Whether it still does is the caller's to know.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] for a place that is not for people to choose, or at another office; [`Refusal::TooSoon`] for
    /// a time that has passed; [`Refusal::WrongStage`] once a call is promised or made, papers are missing, or a visit is
    /// booked.
    pub fn schedule_own(
        &self,
        id: AppointmentId,
        booking: Booking,
        by: Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        if !self.may_schedule_own() {
            return Err(self.wrong_stage());
        }
        if booking.opening.pool != Pool::SelfScheduled || booking.opening.office != self.office {
            return Err(Refusal::NotOffered);
        }
        if booking.opening.start <= now {
            return Err(Refusal::TooSoon { earliest: now });
        }
        let mut step = Step::from(self);
        booked(&mut step, id, booking, None, by, now);
        Ok(step)
    }

    /// May the person choose a time alone, as far as the inquiry goes?
    pub fn may_schedule_own(&self) -> bool {
        // What is under review is decided by an officer first.
        matches!(self.stage, Stage::Review { .. } | Stage::Unreached { .. } | Stage::ToBook { .. })
            && self.open_review().is_none()
    }

    /// Where the inquiry goes when its visit does not happen: what was decided stays decided, and what nobody has decided
    /// yet, because the person chose the time alone, goes to an officer.
    pub(super) fn without_visit(&self, now: Timestamp, due: Timestamp) -> Stage {
        match self.decided(DecisionKind::Need).filter(|_| self.open_review().is_none()) {
            Some(_) => Stage::ToBook { since: now, due },
            None => Stage::Review { since: now, due },
        }
    }

    /// Moves the appointment. The new place is taken before the old is given back, in one commit; slots that
    /// both have stay taken.
    ///
    /// # Errors
    /// For the person: [`Refusal::MovesUsedUp`], [`Refusal::TooLate`]. For all: [`Refusal::TooSoon`], [`Refusal::WrongStage`].
    pub fn move_appointment(
        &self,
        booking: Booking,
        rules: MoveRules,
        by: &Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let Stage::Booked(old) = &self.stage else { return Err(self.wrong_stage()) };
        // What an office's closed day has left to the person to choose is no move of theirs.
        let free = self.may_choose_after_closing(now).is_some();
        if by.is_public() {
            self.may_move_alone(rules, now)?;
        }
        if booking.opening.start <= now {
            return Err(Refusal::TooSoon { earliest: now });
        }
        if booking.opening.start == old.start && booking.opening.office == old.office {
            return Err(Refusal::NotOffered);
        }
        let mut step = self.move_to(old, booking);
        if let Stage::Booked(moved) = &mut step.inquiry.stage
            && by.is_public()
            && !free
        {
            moved.moves = moved.moves.saturating_add(1);
        }
        Ok(step)
    }

    /// The step that moves a visit, whoever may.
    pub(super) fn move_to(&self, old: &Appointment, booking: Booking) -> Step {
        let mut step = Step::from(self);
        take(&mut step, old.id, &booking);
        step.claims.retain(|claim| !old.slots.contains(&claim.slot));
        step.releases.extend(
            old.slots
                .iter()
                .filter(|slot| !booking.opening.slots.contains(slot))
                .map(|slot| Release::of(slot.clone(), old.id.into())),
        );
        step.happened.push(Happened::AppointmentMoved {
            appointment: old.id,
            office: booking.opening.office.clone(),
            from: old.start,
            to: booking.opening.start,
        });
        let mut moved = old.clone();
        moved.office = booking.opening.office;
        moved.service = booking.opening.service;
        moved.start = booking.opening.start;
        moved.end = booking.opening.end;
        moved.zone = booking.zone;
        moved.pool = booking.opening.pool;
        moved.slots = booking.opening.slots;
        moved.sequence += 1;
        // What was asked about and confirmed was another time.
        moved.asked = None;
        moved.confirmed = None;
        moved.shut = None;
        step.inquiry.stage = Stage::Booked(moved);
        step.announce.push(NoticeKind::AppointmentMoved);
        step
    }

    /// Cancels the appointment. The need stays decided: the person may take another time, or withdraw.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`].
    pub fn cancel_appointment(
        &self,
        by: &Actor,
        rebook_by: Timestamp,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let Stage::Booked(appointment) = &self.stage else { return Err(self.wrong_stage()) };
        let end = if by.is_public() {
            AppointmentEnd::CancelledByPerson
        } else {
            AppointmentEnd::CancelledByOffice
        };
        let mut step = Step::from(self);
        give_back(&mut step, appointment, end, now);
        step.inquiry.stage = self.without_visit(now, rebook_by);
        step.announce.push(NoticeKind::AppointmentCancelled);
        Ok(step)
    }
}
