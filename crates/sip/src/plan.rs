//! What two ends agreed to send each other, without the words of a session description.

use std::net::SocketAddr;

/// The two companding laws of G.711; each has a payload type of its own (RFC 3551, table 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Law {
    /// μ-law, payload type 0: North America and Japan.
    #[default]
    Mu,
    /// A-law, payload type 8: elsewhere.
    A,
}

impl Law {
    /// The payload type in RTP.
    pub const fn payload_type(self) -> u8 {
        match self {
            Self::Mu => 0,
            Self::A => 8,
        }
    }

    /// The other law.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Mu => Self::A,
            Self::A => Self::Mu,
        }
    }
}

/// Who sends sound, seen from here (RFC 4566, section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// Both.
    #[default]
    SendRecv,
    /// Only we: the other end is on hold by us.
    SendOnly,
    /// Only the other end: we are on hold.
    RecvOnly,
    /// Nobody.
    Inactive,
}

impl Direction {
    /// Whether we send.
    pub const fn sends(self) -> bool {
        matches!(self, Self::SendRecv | Self::SendOnly)
    }

    /// Whether the other end sends.
    pub const fn receives(self) -> bool {
        matches!(self, Self::SendRecv | Self::RecvOnly)
    }

    /// From who sends and who receives.
    pub const fn of(sends: bool, receives: bool) -> Self {
        match (sends, receives) {
            (true, true) => Self::SendRecv,
            (true, false) => Self::SendOnly,
            (false, true) => Self::RecvOnly,
            (false, false) => Self::Inactive,
        }
    }

    /// The same as the other end says it.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        Self::of(self.receives(), self.sends())
    }

    /// Its name in a session description.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SendRecv => "sendrecv",
            Self::SendOnly => "sendonly",
            Self::RecvOnly => "recvonly",
            Self::Inactive => "inactive",
        }
    }
}

/// Where our sound is received. RTCP is on the next port, or the same when the other end says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LocalMedia {
    /// Address and port of RTP as the other end reaches it.
    pub addr: SocketAddr,
}

/// What was agreed for one call: all that a media leg needs. The codec is that of the answer, never of the offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Plan {
    /// Where to send RTP.
    pub remote: SocketAddr,
    /// Where to send RTCP, when it is not the next port.
    pub rtcp: Option<SocketAddr>,
    /// The codec.
    pub law: Law,
    /// The payload type of telephone events (RFC 4733) as the other end wants to receive them; `None`: digits in-band.
    pub telephone_event: Option<u8>,
    /// The payload type of comfort noise (RFC 3389).
    pub comfort_noise: Option<u8>,
    /// Who sends.
    pub direction: Direction,
    /// Milliseconds of sound in a packet that the other end wants: 10 to 60.
    pub ptime: u8,
}
