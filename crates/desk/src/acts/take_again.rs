//! The person takes another time for a visit that they do not have any more: they cancelled it, missed it, or it was given back.

use crate::{Caller, Desk, DeskError};
use domain::{
    delegate::DelegateAct,
    ids::{AppointmentId, InquiryId},
    inquiry::Inquiry,
    slots::Pool,
};
use jiff::Timestamp;

impl Desk {
    /// Books the place at `start` of a pool for the person who asks, at the office where the lost visit was.
    ///
    /// # Errors
    /// Whatever says that the place cannot be had; as [`Inquiry::take_again`].
    pub async fn take_again(
        &self,
        caller: &Caller,
        id: InquiryId,
        start: Timestamp,
        pool: Pool,
    ) -> Result<Inquiry, DeskError> {
        Self::party(caller, id)?;
        let rules = self.pack.line().visits.move_rules();
        let appointment = AppointmentId::new(caller.now, &self.dice.chance());
        self.act_on(caller, id, async |inquiry| {
            Self::own_or(caller, inquiry, DelegateAct::Visit)?;
            let (lost, _) = inquiry.may_take_again(rules)?;
            let mut booking = self.booking(inquiry, &lost.office, start, pool, None, caller.now).await?;
            booking.bring.clone_from(&lost.bring);
            Ok(inquiry.take_again(appointment, booking, rules, caller.actor(), caller.now)?)
        })
        .await
    }
}
