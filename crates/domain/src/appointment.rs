//! An appointment: the booking of a place at an office.

use crate::{
    actor::Actor,
    calendar::Zone,
    codes::{ItemCode, OfficeCode, ServiceCode},
    ids::{AppointmentId, ClosingId},
    journal::Happened,
    slots::{Pool, SlotKey},
    text::Text,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Something to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bring {
    /// The checklist item, or none for what the officer added by hand.
    pub item: Option<ItemCode>,
    /// What the person reads.
    pub text: Text,
}

/// A booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Which appointment. It stays the same when it moves, and so does its calendar entry.
    pub id: AppointmentId,
    /// Where.
    pub office: OfficeCode,
    /// What is done there.
    pub service: ServiceCode,
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
    /// The office's IANA zone: what was promised is local time there.
    pub zone: Zone,
    /// Which pool the place came from.
    pub pool: Pool,
    /// The places it holds, in order.
    pub slots: Vec<SlotKey>,
    /// When it was booked.
    pub booked_at: Timestamp,
    /// By whom.
    pub booked_by: Actor,
    /// How often it has moved at the person's wish.
    pub moves: u8,
    /// The iCalendar SEQUENCE: raised by every change that was announced (RFC 5546 §2.1.4).
    pub sequence: u32,
    /// What to bring.
    pub bring: Vec<Bring>,
    /// When the person was asked whether they come; of this place and time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Timestamp>,
    /// When the person said that they will come; of this place and time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Timestamp>,
    /// The closed day that it came from, if its office moved it away from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shut: Option<ShutDay>,
    /// A visit without a booking: the office let the person in at its own discretion.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub walk_in: bool,
}

impl Appointment {
    /// The person keeps the place that they were given for a closed day, as of now; what happened, if that is new.
    pub fn keep_new_place(&mut self, now: Timestamp) -> Option<Happened> {
        let shut = self.shut.as_mut().filter(|shut| shut.kept.is_none())?;
        shut.kept = Some(now);
        Some(Happened::NewPlaceKept { closing: shut.closing, appointment: self.id })
    }
}

/// The day that an office closed, seen from a visit that was on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShutDay {
    /// By which closing.
    pub closing: ClosingId,
    /// Why, as people read it.
    pub why: Text,
    /// When the visit was.
    pub start: Timestamp,
    /// Until when the person may choose; who does not keeps the new place.
    pub until: Timestamp,
    /// When the person said that they keep the new place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Timestamp>,
}

/// How an appointment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AppointmentEnd {
    /// The person was served.
    Served,
    /// The person did not come.
    NoShow,
    /// The person came, and left before they were served.
    Left,
    /// The person cancelled.
    CancelledByPerson,
    /// The office cancelled.
    CancelledByOffice,
    /// The person did not say that they come, and it was given back.
    Released,
}

/// An appointment that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastAppointment {
    /// The appointment as it last stood.
    pub appointment: Appointment,
    /// How it ended.
    pub end: AppointmentEnd,
    /// When.
    pub at: Timestamp,
    /// Which counter had them last, if one had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<String>,
}
