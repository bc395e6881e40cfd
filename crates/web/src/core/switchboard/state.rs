//! How the telephone of a member of staff is, as pages show it.

use domain::{
    callback::CallOutcome,
    ids::{InquiryId, StaffId, WaitId},
    listening::ListenMode,
    phone::PhoneNumber,
};
use jiff::Timestamp;

/// The telephone of a member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SoftphoneState {
    /// No browser is connected.
    #[default]
    Unplugged,
    /// Connected, with no call.
    Idle,
    /// It rings.
    Ringing {
        /// For which wait.
        wait: WaitId,
        /// The caller's number, where it is known. Shown to staff only.
        caller: Option<PhoneNumber>,
        /// What they call about, if it is known.
        inquiry: Option<InquiryId>,
        /// Since when.
        since: Timestamp,
        /// Until when it can be answered.
        until: Timestamp,
    },
    /// Dialling somebody: for a promised callback, or a caller whose place has come up.
    Dialling {
        /// With whom.
        with: With,
        /// Since when.
        since: Timestamp,
        /// How far it has come.
        progress: Progress,
    },
    /// Connected with somebody.
    Talking {
        /// With whom.
        with: With,
        /// The other end's number, where it is known. Shown to staff only.
        number: Option<PhoneNumber>,
        /// Since when.
        since: Timestamp,
        /// Is the other end on hold?
        held: bool,
        /// The third party, while there is one.
        consult: Option<Consult>,
        /// Who listens, as far as this member of staff may see it.
        overheard: Option<Overheard>,
        /// How it is with its recording; none where nothing is recorded.
        taped: Option<Taped>,
    },
    /// Listening to a colleague's call.
    Listening {
        /// Whose.
        to: StaffId,
        /// Whom the colleague speaks with.
        with: With,
        /// Since when.
        since: Timestamp,
        /// Who hears whoever listens.
        mode: ListenMode,
    },
    /// A colleague asks about a caller.
    Asked {
        /// Who asks.
        by: StaffId,
        /// Of whom.
        with: With,
        /// The caller's number, where it is known. Shown to staff only.
        number: Option<PhoneNumber>,
        /// Since when.
        since: Timestamp,
        /// How far it is.
        stage: ConsultStage,
    },
    /// The call is over; shown until the next one, or until [`SoftphoneState::Idle`].
    Ended {
        /// With whom it was.
        with: With,
        /// How it ended.
        outcome: Ended,
        /// When.
        at: Timestamp,
    },
}

impl SoftphoneState {
    /// The stable name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unplugged => "unplugged",
            Self::Idle => "idle",
            Self::Ringing { .. } => "ringing",
            Self::Dialling { .. } => "dialling",
            Self::Talking { held: true, .. } => "held",
            Self::Talking { .. } => "talking",
            Self::Asked { stage: ConsultStage::Ringing, .. } => "asked",
            Self::Asked { .. } => "consulted",
            Self::Listening { .. } => "listening",
            Self::Ended { .. } => "ended",
        }
    }
}

/// How it is with the recording of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taped {
    /// The other end is being told: nobody is heard until that is said.
    Announced,
    /// It is recorded.
    Runs,
    /// It stands still.
    Paused,
    /// The other end refused.
    Refused,
}

impl Taped {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Runs => "runs",
            Self::Paused => "paused",
            Self::Refused => "refused",
        }
    }
}

/// Whom a member of staff has on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// A caller of the line.
    Wait {
        /// Which wait.
        wait: WaitId,
        /// What they call about, if it is known.
        inquiry: Option<InquiryId>,
    },
    /// The person of an inquiry, called as promised.
    Inquiry(InquiryId),
}

impl With {
    /// The inquiry it is about, if it is known.
    pub const fn inquiry(self) -> Option<InquiryId> {
        match self {
            Self::Wait { inquiry, .. } => inquiry,
            Self::Inquiry(inquiry) => Some(inquiry),
        }
    }
}

/// How far a call that is being made has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Nothing has been heard from the other end (RFC 3261: before any answer but 100).
    Trying,
    /// It rings there (180).
    Ringing,
    /// The network says something: a tone or an announcement that can be heard (183 with media).
    EarlyMedia,
}

/// A third party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consult {
    /// Who.
    pub to: StaffId,
    /// How far it is.
    pub stage: ConsultStage,
}

/// That somebody listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overheard {
    /// Who.
    pub by: StaffId,
    /// Who hears them.
    pub mode: ListenMode,
}

/// How far the asking of a colleague is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsultStage {
    /// It rings there; the caller holds.
    Ringing,
    /// The two speak, and the caller holds.
    Talking,
    /// All three speak.
    Joined,
}

impl ConsultStage {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ringing => "ringing",
            Self::Talking => "talking",
            Self::Joined => "joined",
        }
    }
}

/// How a call of a member of staff ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The other end hung up.
    ByOther,
    /// They hung up themselves.
    ByMe,
    /// The caller was passed on.
    Transferred,
    /// It was not answered in time, or declined; the caller keeps the place.
    NotTaken,
    /// The caller hung up before it was answered.
    CallerLeft,
    /// Somebody who was dialled was not reached: what to record is proposed.
    NotReached(CallOutcome),
    /// The trunk, the network or the other end failed; nobody is to blame here.
    Failed,
}

impl Ended {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ByOther => "by-other",
            Self::ByMe => "by-me",
            Self::Transferred => "transferred",
            Self::NotTaken => "not-taken",
            Self::CallerLeft => "caller-left",
            Self::NotReached(_) => "not-reached",
            Self::Failed => "failed",
        }
    }
}
