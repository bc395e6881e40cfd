//! On the floor of an office: called to a counter, set aside, handed on, back in the line, gone.

use super::{Inquiry, Stage};
use crate::{
    appointment::{Appointment, AppointmentEnd, PastAppointment},
    change::Step,
    floor::Aside,
    journal::Happened,
    refusal::Refusal,
};
use jiff::Timestamp;

impl Inquiry {
    /// A clerk calls the ticket to a counter; the same counter may call it again. Two clerks cannot call the same person: the second
    /// is told. Whoever stepped aside may be called as well, out of turn.
    ///
    /// # Errors
    /// [`Refusal::TakenByColleague`] when another counter has called it; [`Refusal::ForCounter`] when it was handed to another;
    /// [`Refusal::WrongStage`].
    pub fn call_ticket(&self, counter: &str, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::CheckedIn { called, aside, .. } = &self.stage else { return Err(self.wrong_stage()) };
        if called.as_ref().is_some_and(|(other, _)| other != counter) {
            return Err(Refusal::TakenByColleague);
        }
        if let Some(Aside::For { counter: only, .. }) = aside
            && only != counter
        {
            return Err(Refusal::ForCounter { counter: only.clone() });
        }
        let at_counter = Some((counter.to_owned(), now));
        self.on_the_floor(at_counter, None, |visit, ticket| Happened::TicketCalled {
            appointment: visit.id,
            ticket,
            counter: counter.to_owned(),
        })
    }

    /// They do something else first, and keep their turn. Said again, it is said already.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`].
    pub fn park(&self, now: Timestamp) -> Result<Step, Refusal> {
        self.set_aside(Aside::Parked { since: now }, None)
    }

    /// They were called and did not come to the counter.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] when nobody has called them; [`Refusal::WrongStage`].
    pub fn not_at_counter(&self, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::CheckedIn { called, .. } = &self.stage else { return Err(self.wrong_stage()) };
        let (counter, _) = called.clone().ok_or(Refusal::NotOffered)?;
        let mut step =
            self.set_aside(Aside::NotHere { since: now, counter: counter.clone() }, Some(counter))?;
        if let Stage::CheckedIn { missed, .. } = &mut step.inquiry.stage {
            *missed = missed.saturating_add(1);
        }
        Ok(step)
    }

    /// They are handed to another counter, which alone may call them; their turn stays.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] when that counter has them; [`Refusal::WrongStage`].
    pub fn hand_to(&self, counter: &str, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::CheckedIn { called, .. } = &self.stage else { return Err(self.wrong_stage()) };
        if counter.is_empty() || called.as_ref().is_some_and(|(has, _)| has == counter) {
            return Err(Refusal::NotOffered);
        }
        self.set_aside(Aside::For { since: now, counter: counter.to_owned() }, Some(counter.to_owned()))
    }

    /// They are back in the line, at their old turn.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] for whoever is in it, or at a counter; [`Refusal::WrongStage`].
    pub fn back_in_line(&self) -> Result<Step, Refusal> {
        let Stage::CheckedIn { aside, .. } = &self.stage else { return Err(self.wrong_stage()) };
        if aside.is_none() {
            return Err(Refusal::NotOffered);
        }
        self.on_the_floor(None, None, |visit, ticket| Happened::BackInLine { appointment: visit.id, ticket })
    }

    /// They left before they were served. What was decided stays decided: they are given another time, and do not begin again.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`].
    pub fn left(&self, look_by: Timestamp, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::CheckedIn { appointment, called, .. } = &self.stage else {
            return Err(self.wrong_stage());
        };
        let mut step = Step::from(self);
        step.happened.push(Happened::LeftUnserved { appointment: appointment.id });
        // The place stays taken: its time has passed.
        step.inquiry.past_appointments.push(PastAppointment {
            appointment: appointment.clone(),
            end: AppointmentEnd::Left,
            at: now,
            counter: called.as_ref().map(|(counter, _)| counter.clone()),
        });
        step.inquiry.stage = self.without_visit(now, look_by);
        Ok(step)
    }

    fn set_aside(&self, why: Aside, counter: Option<String>) -> Result<Step, Refusal> {
        let name = why.as_str().to_owned();
        self.on_the_floor(None, Some(why), |visit, ticket| Happened::SetAside {
            appointment: visit.id,
            ticket,
            why: name,
            counter,
        })
    }

    fn on_the_floor(
        &self,
        at_counter: Option<(String, Timestamp)>,
        why: Option<Aside>,
        happened: impl FnOnce(&Appointment, String) -> Happened,
    ) -> Result<Step, Refusal> {
        let mut step = Step::from(self);
        let Stage::CheckedIn { appointment, ticket, called, aside, .. } = &mut step.inquiry.stage else {
            return Err(self.wrong_stage());
        };
        *called = at_counter;
        *aside = why;
        let happened = happened(appointment, ticket.clone());
        step.happened.push(happened);
        Ok(step)
    }
}
