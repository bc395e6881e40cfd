//! What came of what the exchange asked of the desk while calls go on.

use super::call::{CallKey, Whom};
use desk::{Granted, acts::Consultation};
use domain::{
    codes::OutsideCode,
    ids::{StaffId, WaitId},
    listening::{ListenMode, Listening},
    recording::Tape,
    wait::WaitingCaller,
};

/// What came of something that this exchange wanted of the wait.
#[derive(Debug)]
pub enum Came {
    /// A caller has a place, or cannot have one.
    Joined {
        /// Which call.
        call: CallKey,
        /// Under which number the line asked.
        ask: u64,
        /// The place; none when it cannot be had now.
        wait: Option<WaitId>,
    },
    /// Something of the asking of a colleague is written.
    Consults {
        /// Who asks.
        staff: StaffId,
        /// Whom.
        colleague: StaffId,
        /// Of which caller.
        talk: (CallKey, WaitId),
        /// What.
        what: Consultation,
    },
    /// That somebody listens is written, or could not be.
    Listens {
        /// Who, and to whom.
        what: Box<Listening>,
        /// Whether it is.
        done: bool,
    },
    /// That others hear them is written, or could not be.
    ListensAs {
        /// Who.
        staff: StaffId,
        /// Whom they are heard by; none when it could not be written.
        mode: Option<ListenMode>,
    },
    /// That a recording begins is written, or could not be.
    Taped {
        /// In which call.
        call: CallKey,
        /// Which.
        tape: Tape,
        /// Whether it is.
        done: bool,
    },
    /// An operator has passed a caller on.
    Passed {
        /// Who.
        staff: StaffId,
        /// Whom.
        wait: WaitId,
        /// In which call.
        call: CallKey,
    },
    /// An operator has passed a caller on to a line outside.
    SentOut {
        /// Who.
        staff: StaffId,
        /// Whom.
        wait: WaitId,
        /// In which call.
        call: CallKey,
        /// To which.
        to: OutsideCode,
    },
    /// An operator has taken a caller, or was too late.
    Accepted {
        /// Who.
        staff: StaffId,
        /// Whom.
        granted: Granted,
        /// The caller as they are now.
        wait: Option<Box<WaitingCaller>>,
        /// Whom to call, when they are to be called back.
        whom: Option<Box<Whom>>,
    },
}
