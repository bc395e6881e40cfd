//! One call, as the exchange knows it.

use crate::{record::Record, saying::Saying};
use desk::Desk;
use domain::phone::PhoneNumber;
use jiff::Timestamp;
use line::Engine;

/// A call that came in.
pub(super) struct Call {
    /// Its sound.
    pub leg: media::LegId,
    /// Who calls, where that is told.
    pub number: Option<PhoneNumber>,
    /// The desk of the time when it came: a call is played to its end by one pack.
    pub desk: Desk,
    /// The line, once it plays.
    pub line: Option<Engine>,
    /// What is still to be said.
    pub saying: Saying,
    /// When the line is to be woken, as it stands among the exchange's wakes.
    pub wake: Option<Timestamp>,
    /// What the call has been through.
    pub record: Record,
}
