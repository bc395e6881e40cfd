//! What goes in and what comes out.

use crate::{
    Digit, E164, LocalMedia, Party, Plan,
    settings::{Transport, TrunkId},
};
use bytes::Bytes;
use std::{
    fmt,
    net::SocketAddr,
    time::{Duration, Instant},
};

/// One UDP socket, or one connection; numbered by the shell, never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FlowId(pub u64);

/// One wish for a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConnectId(pub(crate) u64);

/// One call, inbound or outbound; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId(pub(crate) u64);

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "call-{}", self.0)
    }
}

/// What the network brought. `Debug` is not derived: packets hold personal data.
#[derive(Clone, Copy)]
pub enum Input<'a> {
    /// A socket is bound, or a connection stands.
    FlowOpened {
        /// Its number.
        flow: FlowId,
        /// Its kind.
        transport: Transport,
        /// Its local address.
        local: SocketAddr,
        /// The other end of a connection; `None` for a UDP socket.
        remote: Option<SocketAddr>,
        /// The trunk, when mutual TLS has shown it. `None`: the allow-lists decide by `remote`.
        trunk: Option<TrunkId>,
        /// The wish that it fulfils, when we asked for it.
        request: Option<ConnectId>,
    },
    /// A UDP datagram, or any piece of a stream.
    Packet {
        /// Where it came in.
        flow: FlowId,
        /// Whence.
        from: SocketAddr,
        /// What.
        data: &'a [u8],
    },
    /// A connection is gone.
    FlowClosed(FlowId),
    /// A connection that we asked for did not come about.
    ConnectFailed(ConnectId),
}

/// What is to be done outside. `Debug` does not show what is sent.
#[derive(Clone, PartialEq, Eq)]
pub enum Output {
    /// Send this.
    Send {
        /// Where it goes out.
        flow: FlowId,
        /// Whither; for a connection its other end.
        to: SocketAddr,
        /// A whole message.
        data: Bytes,
    },
    /// Close this connection.
    Close(FlowId),
    /// Open a connection; answer with [`Input::FlowOpened`] or [`Input::ConnectFailed`].
    Connect {
        /// The wish, to be named in the answer.
        request: ConnectId,
        /// For this trunk.
        trunk: TrunkId,
        /// Of this kind.
        transport: Transport,
        /// Whither.
        to: SocketAddr,
    },
    /// Something happened.
    Event(Event),
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send { flow, data, .. } => {
                f.debug_struct("Send").field("flow", flow).field("bytes", &data.len()).finish_non_exhaustive()
            }
            Self::Close(flow) => f.debug_tuple("Close").field(flow).finish(),
            Self::Connect { request, trunk, transport, .. } => f
                .debug_struct("Connect")
                .field("request", request)
                .field("trunk", trunk)
                .field("transport", transport)
                .finish_non_exhaustive(),
            Self::Event(event) => f.debug_tuple("Event").field(event).finish(),
        }
    }
}

/// A call that we make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dial {
    /// Through this trunk.
    pub trunk: TrunkId,
    /// Whom.
    pub to: E164,
    /// Where our sound is received.
    pub media: LocalMedia,
    /// After this time without a word of the trunk, not even that it tries, the call is given up: there is another way. None: after
    /// the time of the RFC, which is 32 seconds.
    pub patience: Option<Duration>,
}

/// Why no call was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DialError {
    /// No such trunk, or calls may not go out through it.
    #[error("no call may go out through this trunk")]
    NoTrunk,
    /// It only calls us, or no socket for it is open.
    #[error("the trunk cannot be reached now")]
    Unreachable,
    /// As many calls as are allowed.
    #[error("there are as many calls as are allowed")]
    Full,
}

/// Whether new calls are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Admission {
    /// Yes.
    #[default]
    Open,
    /// No: 503 with these seconds in Retry-After. Calls that stand go on.
    Shed {
        /// Seconds.
        retry_after: u32,
    },
}

/// What the exchange wants of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Tells the caller that it rings (180); with `early` sound is sent before the answer (183).
    Ring {
        /// An inbound call.
        call: CallId,
        /// Where our early sound comes from.
        early: Option<LocalMedia>,
    },
    /// Answers.
    Accept {
        /// An inbound call.
        call: CallId,
        /// Where our sound is received.
        media: LocalMedia,
    },
    /// Refuses.
    Reject {
        /// An inbound call.
        call: CallId,
        /// 300 to 699.
        code: u16,
        /// Seconds after which to try again.
        retry_after: Option<u32>,
    },
    /// Ends a call in whatever state: CANCEL, BYE, or a refusal.
    Hangup {
        /// The call.
        call: CallId,
    },
    /// Puts the other end on hold, or takes it back.
    Hold {
        /// A call that was answered.
        call: CallId,
        /// Whether it is on hold.
        held: bool,
    },
    /// Moves our sound elsewhere.
    ReOffer {
        /// A call that was answered.
        call: CallId,
        /// Where our sound is received from now on.
        media: LocalMedia,
    },
    /// Asks the other end to call somebody else (RFC 3515).
    Refer {
        /// A call that was answered.
        call: CallId,
        /// Whom.
        to: E164,
    },
    /// Sends a key as INFO `application/dtmf-relay`, where there is no telephone event.
    Info {
        /// A call that was answered.
        call: CallId,
        /// The key.
        digit: Digit,
        /// Milliseconds that it was held: 40 to 5,000.
        ms: u16,
    },
    /// Takes on the transfer that was asked for ([`Event::TransferAsked`]).
    TakeTransfer {
        /// The call.
        call: CallId,
    },
    /// Refuses it.
    RefuseTransfer {
        /// The call.
        call: CallId,
        /// 400 to 699.
        code: u16,
    },
    /// Tells how it goes (NOTIFY); 200 and more is the last word.
    TellTransfer {
        /// The call.
        call: CallId,
        /// 100 to 699.
        code: u16,
    },
    /// Whether new calls are taken.
    Admission(Admission),
}

/// Why a command was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// No such call, or no longer.
    #[error("there is no such call")]
    NoCall,
    /// The call is in no state for it.
    #[error("the call is in no state for this")]
    State,
    /// One such thing is under way.
    #[error("the same is under way already")]
    Busy,
    /// The offer of the caller has nothing that we can speak; it was answered 488.
    #[error("the other end offers nothing that we can speak")]
    NoCodec,
    /// A number out of its range.
    #[error("a number is out of its range")]
    Range,
}

/// Why a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ended {
    /// The other end hung up.
    ByPeer,
    /// The caller hung up before we answered.
    Cancelled,
    /// We hung up or refused.
    Ours,
    /// The callee refused, or could not be reached: 486 is busy, 480 nobody there, 603 declined, 404 no such number,
    /// 503 the trunk is full, 408 no word came.
    Failed(u16),
    /// Our answer was never acknowledged.
    NoAck,
    /// The other end stopped refreshing the session (RFC 4028).
    SessionExpired,
    /// There is no connection, and none could be made.
    TransportLost,
    /// The other end said what cannot be agreed with (no answer to our offer, a foreign codec).
    NoAgreement,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Somebody calls. 100 was sent; the source is allowed; there is room.
    Incoming {
        /// The call.
        call: CallId,
        /// Through this trunk.
        trunk: TrunkId,
        /// Who calls: what the trunk asserts, else what the caller says.
        from: Party,
        /// Whom they called.
        to: Party,
        /// What they can speak. `None`: they let us offer.
        offer: Option<Plan>,
    },
    /// The one we call is being alerted.
    Progress {
        /// The call.
        call: CallId,
        /// 101 to 199.
        code: u16,
        /// Sound that comes before the answer.
        early: Option<Plan>,
    },
    /// What is spoken is settled: the one we call answered, or our answer went out, or its acknowledgement brought the caller's.
    Answered {
        /// The call.
        call: CallId,
        /// What is spoken.
        plan: Plan,
    },
    /// Our answer was acknowledged, or we acknowledged theirs.
    Established {
        /// The call.
        call: CallId,
    },
    /// The other end moved, holds, resumes, or speaks another law; or our own change went through.
    MediaChanged {
        /// The call.
        call: CallId,
        /// What is spoken from now on.
        plan: Plan,
    },
    /// A hold or another change of ours was refused; everything stays as it was.
    ChangeRefused {
        /// The call.
        call: CallId,
        /// The answer.
        code: u16,
    },
    /// A key came as INFO.
    Digit {
        /// The call.
        call: CallId,
        /// The key.
        digit: Digit,
    },
    /// The call is over; nothing more comes of it.
    Ended {
        /// The call.
        call: CallId,
        /// Why.
        why: Ended,
    },
    /// The other end asks us to call somebody else. Unanswered for ten seconds it is refused.
    TransferAsked {
        /// The call.
        call: CallId,
        /// Whom.
        to: Party,
    },
    /// How our own wish for a transfer goes: 202 taken on, then what was told; 200 and more is the last word.
    TransferProgress {
        /// The call.
        call: CallId,
        /// The code.
        code: u16,
    },
    /// The trunk knows where we are.
    Registered {
        /// The trunk.
        trunk: TrunkId,
        /// Until then.
        until: Instant,
    },
    /// It does not; it is tried again.
    RegisterFailed {
        /// The trunk.
        trunk: TrunkId,
        /// The answer; 408 for none, 503 for no connection.
        code: u16,
        /// Then it is tried again.
        again: Instant,
    },
    /// The trunk has no room for calls and says when it will (503 with Retry-After). The call itself ends as failed.
    TrunkFull {
        /// The trunk.
        trunk: TrunkId,
        /// Until then it wants to be left alone.
        until: Instant,
    },
    /// The trunk does not answer.
    TrunkSilent {
        /// The trunk.
        trunk: TrunkId,
    },
    /// It answers again.
    TrunkBack {
        /// The trunk.
        trunk: TrunkId,
    },
}
