//! Session descriptions: offers and answers of G.711 (RFC 3264), nothing else.
//!
//! What is not ours in a description (other media, attributes of other times) is set aside before the parser sees it, so that a
//! line we have no use for cannot make a call fail.

mod read;
mod write;

pub use read::{Description, SdpFault, read};
pub use write::{answer, offer};

use crate::{Direction, Law, LocalMedia, Plan};

/// Who we are in a session: the version counts the changes (RFC 3264, section 8).
#[derive(Clone, Copy)]
pub struct Session {
    pub id: u64,
    pub version: u64,
    pub media: LocalMedia,
}

/// What both ends speak, when they have something in common.
pub fn agree(theirs: &Description, wanted: Direction) -> Plan {
    Plan {
        remote: theirs.remote,
        rtcp: theirs.rtcp,
        law: theirs.law(),
        telephone_event: theirs.telephone_event,
        comfort_noise: theirs.comfort_noise,
        direction: Direction::of(
            wanted.sends() && theirs.direction.receives() && theirs.can_be_sent_to(),
            wanted.receives() && theirs.direction.sends(),
        ),
        ptime: theirs.ptime,
    }
}

impl Description {
    /// The law that is spoken: the first of theirs, in an offer as in an answer.
    pub fn law(&self) -> Law {
        self.laws.first().copied().unwrap_or_default()
    }
}
