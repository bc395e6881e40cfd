//! How a call ended, as whoever held it knows it.

use domain::call_record::CallFault;
use sip::Ended;

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// The line had said everything and hung up.
    Finished,
    /// The caller hung up.
    HungUp,
    /// The caller hung up before the line was there.
    Early,
    /// Nothing was heard of the caller any more.
    Silent,
    /// The caller's side never acknowledged, never refreshed, or lost its connection.
    Lost,
    /// What the two sides can speak does not fit.
    NoAgreement,
    /// The exchange was stopped.
    Stopped,
}

impl Ending {
    /// From what signalling says.
    pub const fn of(why: Ended) -> Self {
        match why {
            Ended::ByPeer => Self::HungUp,
            Ended::Cancelled => Self::Early,
            Ended::Ours => Self::Finished,
            Ended::Failed(_) | Ended::NoAck | Ended::SessionExpired | Ended::TransportLost => Self::Lost,
            Ended::NoAgreement => Self::NoAgreement,
        }
    }

    /// Did the call break off, and nobody hung up?
    pub const fn is_cut_off(self) -> bool {
        matches!(self, Self::Silent | Self::Lost | Self::Stopped)
    }

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::HungUp => "hung-up",
            Self::Early => "early",
            Self::Silent => "silent",
            Self::Lost => "lost",
            Self::NoAgreement => "no-agreement",
            Self::Stopped => "stopped",
        }
    }

    /// What of it is a fault.
    pub(super) const fn fault(self) -> Option<CallFault> {
        match self {
            Self::Silent => Some(CallFault::NoSound),
            Self::NoAgreement => Some(CallFault::NoAgreement),
            Self::Stopped => Some(CallFault::Stopped),
            // How it was lost is told by the fault itself.
            Self::Lost | Self::Finished | Self::HungUp | Self::Early => None,
        }
    }
}
