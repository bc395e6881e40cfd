//! The port through which pages use the telephone. Whoever holds the calls fills it; the pages know no telephone.
//!
//! Every method answers soon: an act says that it was taken, and what came of it is read from [`Switchboard::watch`].
//! Rights, limits by address and the shape of what was typed are the pages' work; whether something fits the call as it
//! is now is the switchboard's.

mod state;

pub use state::{Consult, ConsultStage, Ended, Overheard, Progress, SoftphoneState, Taped, With};

use async_trait::async_trait;
use desk::DeskError;
use domain::{
    actor::Staff,
    codes::{ListenCode, PassCode},
    ids::{CallRecordId, InquiryId, NodeId, StaffId},
    listening::ListenMode,
    text::Lang,
    wait::{PassTo, Refused},
};
use serde::Serialize;
use std::{fmt, path::PathBuf};
use tokio::sync::watch;

/// The longest offer that is taken, in bytes: a browser's is about six thousand.
pub const LONGEST_OFFER: usize = 32 * 1024;

/// The telephone, as pages use it.
#[async_trait]
pub trait Switchboard: Send + Sync + 'static {
    /// Connects a browser of this member of staff, by its offer (SDP, RFC 8866). It takes the place of an earlier browser
    /// of theirs; a call that they have goes on in the new one. Answers with the answer (SDP).
    ///
    /// # Errors
    /// [`SwitchboardError::BadOffer`], [`SwitchboardError::Full`], [`SwitchboardError::Broken`].
    async fn plug_in(&self, staff: StaffId, offer: String) -> Result<String, SwitchboardError>;

    /// Disconnects the browser of this member of staff; nothing when there is none.
    async fn unplug(&self, staff: StaffId);

    /// Does something with this member's telephone. The pages have looked whether they may.
    ///
    /// # Errors
    /// Why not.
    async fn act(&self, staff: &Staff, act: SoftphoneAct) -> Result<(), SwitchboardError>;

    /// The telephone of this member of staff, and what becomes of it. [`SoftphoneState::Unplugged`] for whoever has none.
    fn watch(&self, staff: StaffId) -> watch::Receiver<SoftphoneState>;

    /// A visitor's browser calls the line, by its offer (SDP). Answers with the answer (SDP) and the call's token.
    ///
    /// # Errors
    /// [`SwitchboardError::BadOffer`], [`SwitchboardError::Full`], [`SwitchboardError::Broken`].
    async fn call_from_browser(
        &self,
        offer: String,
        lang: Lang,
    ) -> Result<(String, CallToken), SwitchboardError>;

    /// Ends a visitor's call; nothing when it is over.
    async fn hang_up(&self, token: &CallToken);

    /// Keys of the keypad on a visitor's page. A browser may send digits itself (RFC 4733) as well; the page uses only
    /// this.
    async fn keys(&self, token: &CallToken, keys: &Keys);

    /// Servers by which a browser behind a strict network finds its way (STUN, TURN); none where it needs none. Asked anew
    /// for each page, so that credentials may be short-lived.
    fn ice_servers(&self) -> Vec<IceServer> {
        Vec::new()
    }

    /// The process that holds the calls of browsers connected here; none when every process can reach every browser. An
    /// operator who goes ready here is found for callers that this process can connect.
    fn node(&self) -> Option<NodeId> {
        None
    }

    /// Where a recording lies, if it is there.
    fn recording(&self, _call: CallRecordId, _nth: u8) -> Option<PathBuf> {
        None
    }

    /// A visitor's call, and what becomes of it; none for a token that is unknown, or whose call has been over for a while.
    fn watch_call(&self, token: &CallToken) -> Option<watch::Receiver<CallState>>;
}

/// A server that helps a browser to connect, as a browser is told of it (W3C WebRTC, `RTCIceServer`).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct IceServer {
    /// Its addresses: `stun:…`, `turn:…`, `turns:…`.
    pub urls: Vec<String>,
    /// The name to use there, for TURN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The password to use there, for TURN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}

impl fmt::Debug for IceServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IceServer").field("urls", &self.urls).finish_non_exhaustive()
    }
}

/// What a member of staff does with their telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SoftphoneAct {
    /// Takes the call that rings.
    Answer,
    /// Declines it: the caller keeps the place.
    Decline,
    /// Hangs up on whoever they speak with, or stops dialling.
    HangUp,
    /// Says that a machine has answered the call that was made: it is left a message, without them.
    Machine,
    /// Puts the caller on hold, or takes them back.
    Hold(bool),
    /// Lets the recording go on, or stand still while something is said that nobody should keep.
    Tape(bool),
    /// Sends digits to the other end (RFC 4733).
    Keys(Keys),
    /// Passes the caller on and is done with the call: they keep the place of when they first asked.
    TransferBlind {
        /// To whom.
        to: PassTo,
        /// The agency's word for why.
        why: Option<PassCode>,
    },
    /// Calls a colleague while the caller is on hold.
    Consult {
        /// Whom.
        to: StaffId,
    },
    /// Speaks with both at once.
    JoinConsult,
    /// Connects the caller with the third party and leaves.
    CompleteConsult,
    /// Lets the third party go and takes the caller back.
    CancelConsult,
    /// Listens to a colleague's call. The switchboard writes it at the desk, as this member of staff, before anything is heard.
    ListenIn {
        /// Whose.
        to: StaffId,
        /// Who hears it.
        mode: ListenMode,
        /// The agency's word for why.
        why: ListenCode,
    },
    /// Lets others hear them than before.
    ListenAs(ListenMode),
    /// Makes the call that was promised for an inquiry: the officer's browser is connected, then the person is dialled (or
    /// the other way round, as configured). The switchboard begins the attempt at the desk, as this member of staff.
    DialCallback {
        /// For which inquiry.
        inquiry: InquiryId,
    },
}

/// Keys of a telephone: 1 to 32 of `0`–`9`, `*`, `#`. They may spell what somebody said in confidence, so they do not print
/// themselves.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys(String);

impl Keys {
    /// The most at once.
    pub const MOST: usize = 32;

    /// Reads keys; spaces between them do not count.
    pub fn read(text: &str) -> Option<Self> {
        let keys: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let good = (1..=Self::MOST).contains(&keys.len())
            && keys.bytes().all(|key| key.is_ascii_digit() || matches!(key, b'*' | b'#'));
        good.then_some(Self(keys))
    }

    /// The keys.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({})", self.0.len())
    }
}

/// The name of a visitor's call: 16 to 128 of `A`–`Z`, `a`–`z`, `0`–`9`, `-`, `_`. Whoever has it can end the call, so it
/// is not to be guessed and does not print itself.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallToken(String);

impl CallToken {
    /// Reads a token, as it was made or sent back.
    pub fn read(text: &str) -> Option<Self> {
        let good = (16..=128).contains(&text.len())
            && text.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'));
        good.then(|| Self(text.to_owned()))
    }

    /// The token.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CallToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallToken(…)")
    }
}

/// A visitor's call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallState {
    /// Being connected: no sound has come from the browser yet.
    Connecting,
    /// With the line's voice.
    Line,
    /// Waiting for an operator.
    Waiting,
    /// Speaking with an operator.
    Talking,
    /// Over.
    Over,
}

impl CallState {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Line => "line",
            Self::Waiting => "waiting",
            Self::Talking => "talking",
            Self::Over => "over",
        }
    }
}

/// Why the telephone does not do it.
#[derive(Debug, thiserror::Error)]
pub enum SwitchboardError {
    /// Not with the call as it is now: it rang out, the other end has hung up, it was done already.
    #[error("not possible with the call as it is now")]
    NotNow,
    /// No browser of theirs is connected.
    #[error("no browser is connected")]
    NotPluggedIn,
    /// The offer cannot be read, or offers no sound that a telephone has.
    #[error("an offer that cannot be answered")]
    BadOffer,
    /// No room for another call.
    #[error("no room for another call")]
    Full {
        /// When to try again, in seconds.
        retry_after: u32,
    },
    /// Somebody listens to that call already.
    #[error("somebody listens to that call already")]
    Overheard,
    /// Nobody can be reached there: that colleague is not there, or has a call.
    #[error("nobody can be reached there")]
    NoWay,
    /// Something in the telephone's own machinery failed.
    #[error("the telephone failed")]
    Broken,
    /// The rules of the wait say no.
    #[error(transparent)]
    Wait(#[from] Refused),
    /// The desk says no.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl SwitchboardError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Wait(Refused::LongEnough) => "long-enough",
            Self::Wait(Refused::NoSuchWord) => "no-such-word",
            Self::NoWay | Self::Wait(Refused::NotFree) => "no-way",
            Self::Overheard => "overheard",
            Self::NotNow | Self::Wait(_) => "not-now",
            Self::NotPluggedIn => "not-plugged-in",
            Self::BadOffer => "bad-offer",
            Self::Full { .. } => "full",
            Self::Broken | Self::Desk(_) => "broken",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_a_telephone_and_do_not_print() {
        let keys = Keys::read("12 *#").unwrap();
        assert_eq!(keys.as_str(), "12*#");
        assert_eq!(format!("{keys:?}"), "Keys(4)");
        for bad in ["", " ", "12a", "+1", &"1".repeat(33), "é"] {
            assert!(Keys::read(bad).is_none(), "{bad:?}");
        }
        assert!(Keys::read(&"1".repeat(32)).is_some());
    }

    #[test]
    fn a_token_is_not_shown_and_is_not_just_anything() {
        let token = CallToken::read("abcDEF0123456789-_").unwrap();
        assert_eq!(format!("{token:?}"), "CallToken(…)");
        for bad in ["", "short", "with a space in the mid", &"x".repeat(129), "ümlaut-ümlaut-ümlaut"] {
            assert!(CallToken::read(bad).is_none(), "{bad:?}");
        }
    }
}
