//! What went wrong in a call.

use serde::{Deserialize, Serialize};

/// What went wrong in a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallFault {
    /// It was turned away: too many calls, or no port for its sound.
    Refused,
    /// What the two sides can speak does not fit.
    NoAgreement,
    /// Nothing was heard of the other side any more.
    NoSound,
    /// The connection to the trunk broke.
    TrunkLost,
    /// The trunk gave no answer when a call was to be made by it.
    TrunkSilent,
    /// The trunk had no room for a call of ours.
    TrunkFull,
    /// The trunk refused a call of ours for a reason of its own.
    TrunkRefused,
    /// No trunk was left by which a call could be made.
    NoTrunk,
    /// The other side never acknowledged our answer.
    NotAcknowledged,
    /// The other side stopped saying that the call goes on.
    SessionExpired,
    /// No port was free for sound.
    NoPort,
    /// The operator's browser was gone.
    BrowserGone,
    /// A voice took so long that the caller waited in silence.
    VoiceSlow,
    /// Words could not be said.
    VoiceFailed,
    /// The store or the case source took so long that the caller waited in silence.
    StoreSlow,
    /// The store or the case source gave no answer.
    StoreFailed,
    /// The process was stopped.
    Stopped,
    /// The process that held the call was gone.
    NodeLost,
}

impl CallFault {
    /// Every fault, in the order in which they are told.
    pub const ALL: [Self; 18] = [
        Self::Refused,
        Self::NoAgreement,
        Self::NoSound,
        Self::TrunkLost,
        Self::TrunkSilent,
        Self::TrunkFull,
        Self::TrunkRefused,
        Self::NoTrunk,
        Self::NotAcknowledged,
        Self::SessionExpired,
        Self::NoPort,
        Self::BrowserGone,
        Self::VoiceSlow,
        Self::VoiceFailed,
        Self::StoreSlow,
        Self::StoreFailed,
        Self::Stopped,
        Self::NodeLost,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::NoAgreement => "no-agreement",
            Self::NoSound => "no-sound",
            Self::TrunkLost => "trunk-lost",
            Self::TrunkSilent => "trunk-silent",
            Self::TrunkFull => "trunk-full",
            Self::TrunkRefused => "trunk-refused",
            Self::NoTrunk => "no-trunk",
            Self::NotAcknowledged => "not-acknowledged",
            Self::SessionExpired => "session-expired",
            Self::NoPort => "no-port",
            Self::BrowserGone => "browser-gone",
            Self::VoiceSlow => "voice-slow",
            Self::VoiceFailed => "voice-failed",
            Self::StoreSlow => "store-slow",
            Self::StoreFailed => "store-failed",
            Self::Stopped => "stopped",
            Self::NodeLost => "node-lost",
        }
    }

    /// Does it end a call that stands?
    pub(super) const fn ends(self) -> bool {
        matches!(
            self,
            Self::Refused
                | Self::NoAgreement
                | Self::NoSound
                | Self::TrunkLost
                | Self::NotAcknowledged
                | Self::SessionExpired
                | Self::NoPort
                | Self::Stopped
                | Self::NodeLost
        )
    }
}
