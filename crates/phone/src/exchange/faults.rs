//! What can go wrong in a call, by stable names: the record of a call tells what happened, also when the caller noticed nothing.

use domain::call_record::CallFault;

/// Something went wrong in a call.
///
/// A fault is no ending: a call goes on after most of them. Its name is kept with the call and counted, so it never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// Nothing was heard of the other end for half a minute: neither sound nor a sign of life (RTP, RTCP).
    NoSound,
    /// The connection to the trunk broke, and the other end could not be reached by another.
    TrunkLost,
    /// The trunk gave no answer when a call was to be made by it.
    TrunkSilent,
    /// The trunk had no room for a call of ours (503); the next one was tried.
    TrunkFull,
    /// The trunk refused a call of ours for a reason of its own.
    TrunkRefused,
    /// No trunk was left by which a call could be made.
    NoTrunk,
    /// The other end never acknowledged our answer.
    NotAcknowledged,
    /// The other end stopped saying that the call goes on (RFC 4028).
    SessionExpired,
    /// What the two ends can speak does not fit.
    NoAgreement,
    /// No port was free for sound.
    NoPort,
    /// The operator's browser went away in mid-call: the caller was led back to their place.
    BrowserGone,
    /// A voice took so long that the caller was told to hold on.
    VoiceSlow,
    /// No voice could say a prompt.
    VoiceFailed,
    /// The store or the case source took so long that the caller was told to hold on.
    StoreSlow,
    /// The store or the case source gave no answer.
    StoreFailed,
}

impl Fault {
    /// Every one.
    pub const ALL: [Self; 15] = [
        Self::NoSound,
        Self::TrunkLost,
        Self::TrunkSilent,
        Self::TrunkFull,
        Self::TrunkRefused,
        Self::NoTrunk,
        Self::NotAcknowledged,
        Self::SessionExpired,
        Self::NoAgreement,
        Self::NoPort,
        Self::BrowserGone,
        Self::VoiceSlow,
        Self::VoiceFailed,
        Self::StoreSlow,
        Self::StoreFailed,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoSound => "no-sound",
            Self::TrunkLost => "trunk-lost",
            Self::TrunkSilent => "trunk-silent",
            Self::TrunkFull => "trunk-full",
            Self::TrunkRefused => "trunk-refused",
            Self::NoTrunk => "no-trunk",
            Self::NotAcknowledged => "not-acknowledged",
            Self::SessionExpired => "session-expired",
            Self::NoAgreement => "no-agreement",
            Self::NoPort => "no-port",
            Self::BrowserGone => "browser-gone",
            Self::VoiceSlow => "voice-slow",
            Self::VoiceFailed => "voice-failed",
            Self::StoreSlow => "store-slow",
            Self::StoreFailed => "store-failed",
        }
    }

    /// What the end of a call that stood says of it; nothing when it ended as calls do.
    pub const fn of_end(why: sip::Ended) -> Option<Self> {
        match why {
            sip::Ended::ByPeer | sip::Ended::Cancelled | sip::Ended::Ours => None,
            sip::Ended::Failed(code) => Self::of_answer(code),
            sip::Ended::NoAck => Some(Self::NotAcknowledged),
            sip::Ended::SessionExpired => Some(Self::SessionExpired),
            sip::Ended::TransportLost => Some(Self::TrunkLost),
            sip::Ended::NoAgreement => Some(Self::NoAgreement),
        }
    }

    /// What a refusal of a call of ours says of the trunk; nothing when it is about the person who was called
    /// (RFC 3261, section 21; RFC 3398, section 7.2.4).
    pub const fn of_answer(code: u16) -> Option<Self> {
        match code {
            // About the person: busy, nobody there, declined, no such number.
            404 | 410 | 480 | 484 | 486 | 487 | 600 | 603 | 604 | 607 | 608 => None,
            // Nothing at all was heard of the trunk, or somebody behind it heard nothing.
            408 | 504 => Some(Self::TrunkSilent),
            488 | 606 => Some(Self::NoAgreement),
            503 => Some(Self::TrunkFull),
            _ => Some(Self::TrunkRefused),
        }
    }
}

/// The same, as the record of a call that is kept names it.
impl From<Fault> for CallFault {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NoSound => Self::NoSound,
            Fault::TrunkLost => Self::TrunkLost,
            Fault::TrunkSilent => Self::TrunkSilent,
            Fault::TrunkFull => Self::TrunkFull,
            Fault::TrunkRefused => Self::TrunkRefused,
            Fault::NoTrunk => Self::NoTrunk,
            Fault::NotAcknowledged => Self::NotAcknowledged,
            Fault::SessionExpired => Self::SessionExpired,
            Fault::NoAgreement => Self::NoAgreement,
            Fault::NoPort => Self::NoPort,
            Fault::BrowserGone => Self::BrowserGone,
            Fault::VoiceSlow => Self::VoiceSlow,
            Fault::VoiceFailed => Self::VoiceFailed,
            Fault::StoreSlow => Self::StoreSlow,
            Fault::StoreFailed => Self::StoreFailed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn each_has_a_name_of_its_own() {
        let names: HashSet<&str> = Fault::ALL.into_iter().map(Fault::as_str).collect();
        assert_eq!(names.len(), Fault::ALL.len());
        for fault in Fault::ALL {
            assert_eq!(CallFault::from(fault).as_str(), fault.as_str());
        }
    }

    #[test]
    fn only_what_is_about_the_trunk_is_a_fault() {
        assert_eq!(Fault::of_answer(486), None);
        assert_eq!(Fault::of_answer(503), Some(Fault::TrunkFull));
        assert_eq!(Fault::of_answer(403), Some(Fault::TrunkRefused));
        assert_eq!(Fault::of_answer(408), Some(Fault::TrunkSilent));
        assert_eq!(Fault::of_end(sip::Ended::ByPeer), None);
        assert_eq!(Fault::of_end(sip::Ended::TransportLost), Some(Fault::TrunkLost));
    }
}
