//! The order in which inquiries wait for an officer, defined once.

use crate::{
    ids::InquiryId,
    inquiry::{Inquiry, Stage},
    urgency::Urgency,
};
use jiff::Timestamp;

/// A place in the queue of what an officer must look at: urgent first, then by what is due, then by the first contact, whose
/// clock never restarts, then by identifier, so that two readers always see the same order.
///
/// A store orders by the same four; the contract compares them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    urgency: Urgency,
    due: Timestamp,
    opened: Timestamp,
    id: InquiryId,
}

/// The inquiry's place in the queue; none when no officer has to look at it now.
pub fn place(inquiry: &Inquiry) -> Option<Place> {
    let due = match inquiry.stage {
        Stage::Review { due, .. }
        | Stage::Spoken { due, .. }
        | Stage::Unreached { due, .. }
        | Stage::ToBook { due, .. } => due,
        Stage::Papers { .. }
        | Stage::Promised(_)
        | Stage::Calling { .. }
        | Stage::Booked(_)
        | Stage::CheckedIn { .. }
        | Stage::Closed { .. } => return None,
    };
    Some(Place { urgency: inquiry.urgency, due, opened: inquiry.opened, id: inquiry.id })
}
