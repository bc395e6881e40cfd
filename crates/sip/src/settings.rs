//! What an operator of the line decides: trunks, names, limits, timers.

use crate::{E164, Law};
use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

/// A trunk, numbered by the shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TrunkId(pub u32);

/// How messages travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// Datagrams.
    Udp,
    /// A stream.
    Tcp,
    /// A stream under TLS.
    Tls,
}

impl Transport {
    /// Whether it is a stream: nothing is retransmitted on it, and messages are framed by Content-Length.
    pub const fn is_stream(self) -> bool {
        !matches!(self, Self::Udp)
    }

    /// Its name in a Via.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Udp => "UDP",
            Self::Tcp => "TCP",
            Self::Tls => "TLS",
        }
    }
}

/// A range of addresses: an address and how many of its leading bits count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Net {
    /// An address of the range.
    pub addr: IpAddr,
    /// How many leading bits count: 0 to 32, or to 128; more counts as all.
    pub prefix: u8,
}

impl Net {
    /// One address.
    pub const fn one(addr: IpAddr) -> Self {
        Self { addr, prefix: 128 }
    }

    /// Whether an address lies in it. An IPv4 address written as IPv6 counts as IPv4.
    pub fn contains(&self, addr: IpAddr) -> bool {
        match (self.addr.to_canonical(), addr.to_canonical()) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                let shift = 32 - u32::from(self.prefix.min(32));
                u32::from(a).checked_shr(shift) == u32::from(b).checked_shr(shift)
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => {
                let shift = 128 - u32::from(self.prefix.min(128));
                u128::from(a).checked_shr(shift) == u128::from(b).checked_shr(shift)
            }
            _ => false,
        }
    }
}

/// A name and a password. `Debug` shows the name only.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// The user's name.
    pub user: String,
    /// The password.
    pub password: String,
    /// For this realm only. `None`: for any realm, as a trunk has one.
    pub realm: Option<String>,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("user", &self.user).field("realm", &self.realm).finish_non_exhaustive()
    }
}

/// That we register with the trunk, so that it finds us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The address of record: `sip:user@provider.example`.
    pub aor: String,
    /// Seconds that are asked for: 60 to 86,400.
    pub expires: u32,
}

/// One trunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trunk {
    /// Its number.
    pub id: TrunkId,
    /// Its name, for people.
    pub name: String,
    /// How we send to it.
    pub transport: Transport,
    /// Where we send to. `None`: it only calls us.
    pub peer: Option<SocketAddr>,
    /// Whence it may call us, besides `peer` itself. Nothing else is even read.
    pub allow: Vec<Net>,
    /// The name in the certificate by which it is known over TLS, whatever its address; then its calls come over no other way. The
    /// shell, which sees certificates, says whose connection it is.
    pub certificate: Option<String>,
    /// The domain that addresses at the trunk are written with. `None`: the address of `peer`.
    pub domain: Option<String>,
    /// What we answer its challenges with.
    pub login: Option<Login>,
    /// That we register.
    pub register: Option<Register>,
    /// What it must answer our challenge with, beyond its address. The realm is that of `Login::realm`, else our host.
    pub challenge: Option<Login>,
    /// The number shown to those we call through it. `None`: [`Settings::published`].
    pub caller_id: Option<E164>,
    /// The calling code that numbers without `+` belong to, without `+`: `"1"`.
    pub country: String,
    /// The law that is offered first.
    pub law: Law,
    /// Whether calls may go out through it.
    pub outbound: bool,
    /// How often it is asked whether it is there (OPTIONS). `None`: never.
    pub ping: Option<Duration>,
}

impl Trunk {
    /// A trunk at an address: from there and to there, without registration.
    pub fn at(id: TrunkId, name: impl Into<String>, transport: Transport, peer: SocketAddr) -> Self {
        Self {
            id,
            name: name.into(),
            transport,
            peer: Some(peer),
            allow: Vec::new(),
            certificate: None,
            domain: None,
            login: None,
            register: None,
            challenge: None,
            caller_id: None,
            country: "1".to_owned(),
            law: Law::Mu,
            outbound: true,
            ping: None,
        }
    }

    /// Whether it is enough to come from this address to be this trunk.
    pub fn is_known_by(&self, from: IpAddr) -> bool {
        self.certificate.is_none() && self.allows(from)
    }

    /// Whether the trunk has this address.
    pub fn allows(&self, from: IpAddr) -> bool {
        self.peer.is_some_and(|peer| peer.ip().to_canonical() == from.to_canonical())
            || self.allow.iter().any(|net| net.contains(from))
    }
}

/// The waits of RFC 3261, table 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waits {
    /// An estimate of the round trip.
    pub t1: Duration,
    /// The longest pause between two retransmissions.
    pub t2: Duration,
    /// How long a message stays in the network.
    pub t4: Duration,
}

impl Default for Waits {
    fn default() -> Self {
        Self { t1: Duration::from_millis(500), t2: Duration::from_secs(4), t4: Duration::from_secs(5) }
    }
}

/// How much there may be of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Calls at a time; one more is answered 503.
    pub calls: usize,
    /// Transactions at a time; one more is answered 503 without being remembered. Requests within calls have a quarter more.
    pub transactions: usize,
    /// Bytes of one message, and so of what is held of one stream.
    pub message: usize,
    /// Streams at a time.
    pub streams: usize,
    /// The longest that a call we make may ring.
    pub ringing: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            calls: 2_000,
            transactions: 20_000,
            message: 64 * 1024,
            streams: 1_000,
            ringing: Duration::from_mins(3),
        }
    }
}

/// All that is decided beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// What we call ourselves.
    pub user_agent: String,
    /// The host that Contact and Via name. `None`: the local address of the flow.
    pub host: Option<String>,
    /// The published number: whom we say we are.
    pub published: Option<E164>,
    /// The trunks. A source belongs to the first that allows it.
    pub trunks: Vec<Trunk>,
    /// The waits.
    pub waits: Waits,
    /// Seconds that a session may go without a refresh (RFC 4028).
    pub session_expires: u32,
    /// The fewest such seconds that are accepted; 90 by the RFC.
    pub min_se: u32,
    /// The limits.
    pub limits: Limits,
    /// Seconds that a caller is told to wait when there is no room.
    pub retry_after: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            user_agent: "Anteroom".to_owned(),
            host: None,
            published: None,
            trunks: Vec::new(),
            waits: Waits::default(),
            session_expires: 1_800,
            min_se: 90,
            limits: Limits::default(),
            retry_after: 10,
        }
    }
}
