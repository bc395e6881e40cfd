//! An appointment's time has passed: did the person come?

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Finish},
    ids::{AppointmentId, InquiryId},
    inquiry::Inquiry,
    refusal::Refusal,
};

impl Desk {
    /// Looks at an appointment whose time has passed, and asks a person who did not come to take another.
    pub(crate) async fn watch_appointment(
        &self,
        caller: &Caller,
        finish: &Finish,
        id: InquiryId,
        appointment: AppointmentId,
    ) -> Result<(), DeskError> {
        let rules = self.pack.line().visits.visit_rules();
        self.act(caller, async || {
            let inquiry = self.load(id).await?;
            let by = self.look_by(inquiry.urgency, caller.now);
            let mut change = match inquiry.no_show(appointment, rules, by, caller.now) {
                Ok(step) => self.change_of(caller, step)?,
                // They came, or the appointment moved or went.
                Err(Refusal::WrongStage { .. } | Refusal::Closed | Refusal::NotOffered) => {
                    Change::new(caller.command())
                }
                Err(refusal) => return Err(refusal.into()),
            };
            change.finish = Some(finish.clone());
            Ok(change)
        })
        .await?;
        Ok(())
    }

    /// A clerk records that the person did not come, without waiting for the sweep.
    ///
    /// # Errors
    /// As [`Inquiry::no_show`].
    pub async fn no_show(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        let rules = self.pack.line().visits.visit_rules();
        self.act_on(caller, id, async |inquiry| {
            let appointment = inquiry.appointment().ok_or(DeskError::NotFound)?;
            caller.may(Action::RunDay, (inquiry, &appointment.office))?;
            let by = self.look_by(inquiry.urgency, caller.now);
            Ok(inquiry.no_show(appointment.id, rules, by, caller.now)?)
        })
        .await
    }
}
