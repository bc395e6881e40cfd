//! What signalling says went wrong in a call: the record of the call tells it, also when the caller noticed nothing.

use domain::call_record::CallFault;

/// What the end of a call that stood says of it; nothing when it ended as calls do.
pub const fn of_end(why: sip::Ended) -> Option<CallFault> {
    match why {
        sip::Ended::ByPeer | sip::Ended::Cancelled | sip::Ended::Ours => None,
        sip::Ended::Failed(code) => of_answer(code),
        sip::Ended::NoAck => Some(CallFault::NotAcknowledged),
        sip::Ended::SessionExpired => Some(CallFault::SessionExpired),
        sip::Ended::TransportLost => Some(CallFault::TrunkLost),
        sip::Ended::NoAgreement => Some(CallFault::NoAgreement),
    }
}

/// What a refusal of a call of ours says of the trunk; nothing when it is about the person who was called
/// (RFC 3261, section 21; RFC 3398, section 7.2.4).
pub const fn of_answer(code: u16) -> Option<CallFault> {
    match code {
        // About the person: busy, nobody there, declined, no such number.
        404 | 410 | 480 | 484 | 486 | 487 | 600 | 603 | 604 | 607 | 608 => None,
        // Nothing at all was heard of the trunk, or somebody behind it heard nothing.
        408 | 504 => Some(CallFault::TrunkSilent),
        488 | 606 => Some(CallFault::NoAgreement),
        503 => Some(CallFault::TrunkFull),
        _ => Some(CallFault::TrunkRefused),
    }
}

#[cfg(test)]
mod tests {
    use super::{CallFault, of_answer, of_end};

    #[test]
    fn only_what_is_about_the_trunk_is_a_fault() {
        assert_eq!(of_answer(486), None);
        assert_eq!(of_answer(503), Some(CallFault::TrunkFull));
        assert_eq!(of_answer(403), Some(CallFault::TrunkRefused));
        assert_eq!(of_answer(408), Some(CallFault::TrunkSilent));
        assert_eq!(of_end(sip::Ended::ByPeer), None);
        assert_eq!(of_end(sip::Ended::TransportLost), Some(CallFault::TrunkLost));
    }
}
