//! The person takes the earlier place that is offered to them, or would rather not.

use crate::{Caller, Desk, DeskError};
use domain::{
    delegate::DelegateAct,
    ids::{AppointmentId, InquiryId},
    inquiry::{Booking, Inquiry},
    refusal::Refusal,
};
use jiff::Timestamp;

impl Desk {
    /// The person takes the place that is offered.
    ///
    /// # Errors
    /// Whatever says that the place cannot be had any more; as [`Inquiry::take_earlier`].
    pub async fn take_earlier(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        Self::party(caller, id)?;
        let appointment = AppointmentId::new(caller.now, &self.dice.chance());
        self.act_on(caller, id, async |inquiry| {
            Self::own_or(caller, inquiry, DelegateAct::Visit)?;
            let booking = self.earlier_booking(inquiry, caller.now).await?;
            Ok(inquiry.take_earlier(appointment, booking, caller.now)?)
        })
        .await
    }

    /// The person would rather not.
    ///
    /// # Errors
    /// As [`Inquiry::decline_earlier`].
    pub async fn decline_earlier(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        Self::party(caller, id)?;
        self.act_on(caller, id, async |inquiry| {
            Self::own_or(caller, inquiry, DelegateAct::Visit)?;
            Ok(inquiry.decline_earlier(caller.now)?)
        })
        .await
    }

    /// The booking of the place that is offered, as its office's schedule and closings are now.
    async fn earlier_booking(&self, inquiry: &Inquiry, now: Timestamp) -> Result<Booking, DeskError> {
        let offer = inquiry.offer().ok_or(Refusal::NotOffered)?;
        let place = &offer.place;
        let taken = self.taken_around(&place.office, place.start()).await?;
        let opening = self.part_of(place, inquiry, &taken, now)?;
        let mut booking = self.booking_of(inquiry, opening, false, now)?;
        if let Some(visit) = inquiry.appointment() {
            booking.bring.clone_from(&visit.bring);
        }
        Ok(booking)
    }
}
