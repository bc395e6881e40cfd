//! The person books a visit alone, at an office that still lets people do so, until its own date.

use crate::{Caller, Desk, DeskError, Place};
use domain::{
    codes::OfficeCode,
    delegate::DelegateAct,
    ids::{AppointmentId, InquiryId},
    inquiry::Inquiry,
    refusal::Refusal,
    slots::{Pool, openings},
};
use jiff::{Timestamp, civil::Date};

/// Whether people choose their own time at an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnTimes {
    /// Yes, up to and with this day, in the office's own zone.
    Until(Date),
    /// Not any more: this was the last day.
    Ended(Date),
    /// The office has not offered it.
    Never,
}

impl Desk {
    /// Do people choose their own time at an office now? The day ends at the office's own midnight.
    pub fn own_times(&self, office: &OfficeCode, now: Timestamp) -> OwnTimes {
        let Some(office) = self.pack.office(office) else { return OwnTimes::Never };
        match office.self_scheduling_until {
            Some(until) if office.self_scheduling_on(office.zone().date(now)) => OwnTimes::Until(until),
            Some(until) => OwnTimes::Ended(until),
            None => OwnTimes::Never,
        }
    }

    /// The places that an inquiry's person may choose from alone, in order of time: none where the office has ended it.
    ///
    /// # Errors
    /// [`Refusal::NoSuchOffice`], [`Refusal::NoSuchReason`].
    pub async fn own_places(&self, inquiry: &Inquiry, now: Timestamp) -> Result<Vec<Place>, DeskError> {
        if !matches!(self.own_times(&inquiry.office, now), OwnTimes::Until(_)) {
            return Ok(Vec::new());
        }
        let (office, reason) = self.office_and_reason(inquiry, None)?;
        let mut ask = self.ask(inquiry, reason, now);
        ask.pools = vec![Pool::SelfScheduled];
        let taken = self.taken_at(office, ask.horizon_days, now).await?;
        Ok(openings(&office.plan, &office.calendar, &taken, &ask))
    }

    /// Books the place at `start` for the person who asks.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] once the office has ended it; whatever says that the place cannot be had; as
    /// [`Inquiry::schedule_own`].
    pub async fn schedule_own(
        &self,
        caller: &Caller,
        id: InquiryId,
        start: Timestamp,
    ) -> Result<Inquiry, DeskError> {
        Self::party(caller, id)?;
        let appointment = AppointmentId::new(caller.now, &self.dice.chance());
        self.act_on(caller, id, async |inquiry| {
            Self::own_or(caller, inquiry, DelegateAct::Visit)?;
            self.still_own(&inquiry.office, caller.now)?;
            let office = inquiry.office.clone();
            let pool = Pool::SelfScheduled;
            let booking = self.booking(inquiry, &office, start, pool, None, caller.now).await?;
            Ok(inquiry.schedule_own(appointment, booking, caller.actor(), caller.now)?)
        })
        .await
    }

    /// Refuses once people no longer choose their own time at an office.
    pub(crate) fn still_own(&self, office: &OfficeCode, now: Timestamp) -> Result<(), Refusal> {
        match self.own_times(office, now) {
            OwnTimes::Until(_) => Ok(()),
            OwnTimes::Ended(_) | OwnTimes::Never => Err(Refusal::NotOffered),
        }
    }
}
