//! A contact: one interaction in an inquiry.

use crate::{callback::CallOutcome, ids::StaffId, inquiry::Channel};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One interaction: the person asked, was called, came. The journal says everything that happened; contacts say
/// when the two sides met, so that a colleague sees at a glance how often and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// How.
    pub channel: Channel,
    /// When it began.
    pub from: Timestamp,
    /// When it ended; the same instant for a message.
    pub until: Timestamp,
    /// Who took part for the agency.
    pub staff: Option<StaffId>,
    /// How it ended.
    pub disposition: Disposition,
}

/// How a contact ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "disposition", content = "outcome", rename_all = "kebab-case")]
pub enum Disposition {
    /// The person asked for something, and it was taken down.
    Asked,
    /// The agency called.
    Called(CallOutcome),
    /// The person came and was served.
    Served,
}

impl Contact {
    /// A request that has come in.
    pub(crate) const fn asked(channel: Channel, at: Timestamp) -> Self {
        Self { channel, from: at, until: at, staff: None, disposition: Disposition::Asked }
    }

    /// A call that has ended.
    pub(crate) const fn called(
        officer: StaffId,
        from: Timestamp,
        until: Timestamp,
        outcome: CallOutcome,
    ) -> Self {
        Self {
            channel: Channel::Phone,
            from,
            until,
            staff: Some(officer),
            disposition: Disposition::Called(outcome),
        }
    }

    /// A visit that has ended.
    pub(crate) const fn visited(from: Timestamp, until: Timestamp) -> Self {
        Self { channel: Channel::Office, from, until, staff: None, disposition: Disposition::Served }
    }
}
