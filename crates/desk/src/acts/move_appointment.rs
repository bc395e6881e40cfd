//! An appointment moves: the new place is taken before the old is given back.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    codes::OfficeCode,
    ids::InquiryId,
    inquiry::{Inquiry, may_choose},
    refusal::Refusal,
    slots::Pool,
};
use jiff::Timestamp;

impl Desk {
    /// Moves the appointment to another place. The person moves it at its own office only, among the places that are for people
    /// to choose.
    ///
    /// # Errors
    /// Whatever says that the place cannot be had, and as [`Inquiry::move_appointment`].
    pub async fn move_appointment(
        &self,
        caller: &Caller,
        id: InquiryId,
        office: &OfficeCode,
        start: Timestamp,
        pool: Pool,
    ) -> Result<Inquiry, DeskError> {
        let rules = self.pack.line().visits.move_rules();
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::Book)?;
            if let Some(old) = inquiry.appointment()
                && caller.actor().is_public()
            {
                if !may_choose(pool, Some(old.pool)) || old.office != *office {
                    return Err(Refusal::NotOffered.into());
                }
                // Who chose the time alone chooses another while that is offered.
                if pool == Pool::SelfScheduled {
                    self.still_own(office, caller.now)?;
                }
            }
            let mut booking = self.booking(inquiry, office, start, pool, None, caller.now).await?;
            if let Some(old) = inquiry.appointment() {
                booking.bring.clone_from(&old.bring);
            }
            Ok(inquiry.move_appointment(booking, rules, &caller.actor(), caller.now)?)
        })
        .await
    }
}
