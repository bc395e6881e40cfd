//! What happens in a wait, as the journal keeps it.

use super::{AwayWhy, How};
use crate::{
    callback::CallOutcome,
    codes::{DispositionCode, OutsideCode, PassCode, QueueCode, ReasonCode},
    ids::{StaffId, WaitId},
    urgency::Urgency,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What happened in a wait, as the journal keeps it: codes, times and identifiers only.
#[expect(missing_docs, reason = "each field is what its type says: the thing the entry is about")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum WaitDid {
    /// They asked for an operator.
    Joined { queue: QueueCode, reason: Option<ReasonCode>, urgency: Urgency },
    /// They are on the line again, at the same place.
    Rejoined,
    /// The wait was over, they rang again, and that wait has its turn.
    Returned { to: WaitId },
    /// They are not on the line; the place is kept.
    Kept { why: AwayWhy },
    /// An operator's telephone rings for them.
    Offered { operator: StaffId, grant: u64, until: Timestamp },
    /// The operator declined; they are where they were.
    Declined { operator: StaffId, grant: u64 },
    /// The operator did not answer in time; they are where they were.
    Unanswered { operator: StaffId, grant: u64 },
    /// The operator took the call.
    Accepted { operator: StaffId, grant: u64 },
    /// They were called back and reached.
    Reached { operator: StaffId },
    /// They were called back in vain.
    Missed { operator: StaffId, outcome: CallOutcome, next: Option<Timestamp> },
    /// The operator was lost; they are where they were.
    CutOff { operator: StaffId },
    /// They were passed on to a queue or to a colleague, at the same place.
    Transferred {
        operator: StaffId,
        queue: QueueCode,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<StaffId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<PassCode>,
    },
    /// They were passed on to a line outside, which is called.
    SentOut {
        operator: StaffId,
        to: OutsideCode,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<PassCode>,
    },
    /// Somebody answered there.
    OutsideAnswered { to: OutsideCode },
    /// Nobody did; they are where they were.
    OutsideFailed { to: OutsideCode, outcome: CallOutcome },
    /// Whoever runs the desk moved them from one queue to another, at the same place.
    Moved {
        from: QueueCode,
        queue: QueueCode,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<PassCode>,
    },
    /// The operator asked a colleague while they held.
    Consulted { operator: StaffId, colleague: StaffId },
    /// The colleague spoke with both.
    Conferred { operator: StaffId, colleague: StaffId },
    /// The colleague took them over.
    HandedOver { operator: StaffId, to: StaffId },
    /// What they asked has been taken down: it is the entry's inquiry.
    TakenDown { operator: StaffId },
    /// The wait is over.
    Over { how: How },
    /// The operator says how the call ended.
    Disposed { operator: StaffId, disposition: DispositionCode },
}

impl WaitDid {
    /// The stable name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Joined { .. } => "joined",
            Self::Rejoined => "rejoined",
            Self::Returned { .. } => "returned",
            Self::Kept { .. } => "kept",
            Self::Offered { .. } => "offered",
            Self::Declined { .. } => "declined",
            Self::Unanswered { .. } => "unanswered",
            Self::Accepted { .. } => "accepted",
            Self::Reached { .. } => "reached",
            Self::Missed { .. } => "missed",
            Self::CutOff { .. } => "cut-off",
            Self::Transferred { .. } => "transferred",
            Self::SentOut { .. } => "sent-out",
            Self::OutsideAnswered { .. } => "outside-answered",
            Self::OutsideFailed { .. } => "outside-failed",
            Self::Moved { .. } => "moved",
            Self::Consulted { .. } => "consulted",
            Self::Conferred { .. } => "conferred",
            Self::HandedOver { .. } => "handed-over",
            Self::TakenDown { .. } => "taken-down",
            Self::Over { .. } => "over",
            Self::Disposed { .. } => "disposed",
        }
    }
}
