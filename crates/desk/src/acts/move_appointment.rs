//! An appointment moves: the new place is taken before the old is given back.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action, actor::Actor, codes::OfficeCode, ids::InquiryId, inquiry::Inquiry, refusal::Refusal,
    slots::Pool,
};
use jiff::Timestamp;

impl Desk {
    /// Moves the appointment to another place.
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
            let own = |pool: Pool| pool == Pool::SelfScheduled;
            let was_own = inquiry.appointment().is_some_and(|old| own(old.pool));
            if caller.actor() == Actor::Person && (was_own || own(pool)) {
                // Who chose the time alone chooses another of the same kind, while that is offered, and nobody comes to
                // an officer's place this way or the other way round.
                if was_own != own(pool) || inquiry.office != *office {
                    return Err(Refusal::NotOffered.into());
                }
                self.still_own(office, caller.now)?;
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
