//! A walk-in: somebody comes to an office without a booking. Whether they are seen is the office's own discretion; what it said, who
//! said it and why is kept. Each office admits so many a day at most.

use crate::{
    actor::Actor,
    calendar::Zone,
    codes::{OfficeCode, ServiceCode},
    inquiry::Inquiry,
    pii::Pii,
    slots::{Pool, SlotKey},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What an office said to somebody who walked in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkIn {
    /// When they came.
    pub at: Timestamp,
    /// To which office.
    pub office: OfficeCode,
    /// Were they let into the line?
    pub admitted: bool,
    /// Why, in the words of whoever decided.
    pub because: Pii<String>,
    /// Who decided.
    pub by: Actor,
}

/// An office's day, as far as walk-ins go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalkInDay {
    /// Which office.
    pub office: OfficeCode,
    /// Its zone.
    pub zone: Zone,
    /// When the day begins there: walk-ins are counted under it.
    pub begins: Timestamp,
    /// How many it admits that day, at most.
    pub most: u32,
}

impl WalkInDay {
    /// The row in which the day's walk-ins are counted. It is no place that anybody can book, but its capacity is kept like one's.
    pub fn slot(&self) -> SlotKey {
        SlotKey {
            office: self.office.clone(),
            service: ServiceCode::walk_in(),
            start: self.begins,
            pool: Pool::EmergencyReserve,
        }
    }

    /// Was this person let in that day?
    pub fn let_in(&self, inquiry: &Inquiry) -> bool {
        let slot = self.slot();
        let past = inquiry.past_appointments.iter().map(|past| &past.appointment);
        past.chain(inquiry.appointment()).any(|visit| visit.slots.contains(&slot))
    }
}
