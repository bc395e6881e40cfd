//! What the media room is told and what it tells: plans, commands, events, figures.

use crate::clip::Clip;
use std::{
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

/// The name of one leg: one end of a call, with a socket of its own. Never used twice in a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LegId(pub u64);

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

    /// The law of a payload type, when it is one of the two.
    pub const fn of_payload_type(payload_type: u8) -> Option<Self> {
        match payload_type {
            0 => Some(Self::Mu),
            8 => Some(Self::A),
            _ => None,
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
}

/// What was agreed for one leg: the outcome of offer and answer. The codec is that of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Plan {
    /// Where to send RTP, until the first packet tells where it really comes from.
    pub remote: SocketAddr,
    /// Where to send RTCP, when it is not the next port.
    pub rtcp: Option<SocketAddr>,
    /// The codec.
    pub law: Law,
    /// The payload type of telephone events (RFC 4733) as the other end wants them; `None`: digits are tones.
    pub telephone_event: Option<u8>,
    /// The payload type of comfort noise (RFC 3389).
    pub comfort_noise: Option<u8>,
    /// Who sends.
    pub direction: Direction,
    /// Milliseconds of sound in a packet that the other end wants. What is sent is always 20 ms, which every end takes.
    pub ptime: u8,
}

impl Plan {
    /// A plan for μ-law both ways with telephone events as 101 and 20 ms, as most trunks agree to.
    pub const fn to(remote: SocketAddr) -> Self {
        Self {
            remote,
            rtcp: None,
            law: Law::Mu,
            telephone_event: Some(101),
            comfort_noise: None,
            direction: Direction::SendRecv,
            ptime: 20,
        }
    }
}

/// How somebody joins the call of a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Join {
    /// Hears both sides, heard by nobody.
    Listen,
    /// Hears both sides, heard only by the leg that is listened on.
    Whisper,
    /// Hears both sides, heard by both: a call of three.
    Barge,
}

/// What a leg is to do. Commands for a leg that is gone are ignored; commands for one leg are carried out in order.
#[derive(Clone)]
pub enum Command {
    /// Where to send and what; again after every new answer.
    Connect {
        /// The leg.
        leg: LegId,
        /// What was agreed.
        plan: Plan,
    },
    /// Says clips, after what is being said. [`Event::Played`] tells when the last sample was sent. At most 64 wait.
    Play {
        /// The leg.
        leg: LegId,
        /// What is said, one after the other.
        clips: Vec<Arc<Clip>>,
        /// Comes back in [`Event::Played`].
        mark: u64,
    },
    /// Stops what is being said and forgets what waits. Marks of what was not said to the end do not come.
    Hush {
        /// The leg.
        leg: LegId,
    },
    /// Music from now on, over and over, whenever nothing is said and nobody is bridged.
    Music {
        /// The leg.
        leg: LegId,
        /// What is played.
        clip: Arc<Clip>,
    },
    /// No more music.
    Quiet {
        /// The leg.
        leg: LegId,
    },
    /// Sends digits: `0-9 * # A-D`, others are left out. As events (RFC 4733) or, when none were agreed, as tones.
    Digits {
        /// The leg.
        leg: LegId,
        /// The digits; at most 64 wait.
        digits: String,
    },
    /// Two legs hear each other. Ends what bridge either was in. Digits are told ([`Event::Digit`]) and not passed on: whoever wants
    /// them over there says [`Command::Digits`].
    Bridge {
        /// One.
        a: LegId,
        /// The other.
        b: LegId,
    },
    /// A leg leaves its bridge or its listening. Who was bridged to it is alone then, too.
    Unbridge {
        /// The leg.
        leg: LegId,
    },
    /// The leg hears music (or nothing) and is not heard, while its bridge stays. Also hides it from who listens.
    Hold {
        /// The leg that waits.
        leg: LegId,
        /// What it hears.
        music: Option<Arc<Clip>>,
    },
    /// The end of a hold.
    Unhold {
        /// The leg.
        leg: LegId,
    },
    /// A muted leg hears and is not heard.
    Mute {
        /// The leg.
        leg: LegId,
        /// Whether it is muted from now on.
        muted: bool,
    },
    /// A leg joins what another leg hears and says; with [`Join::Barge`] it is a call of three. Voices are added up from then on, which
    /// keeps them back by 30 to 160 ms, as a recording does. Said again for the same ear, it changes the mode.
    Listen {
        /// Who listens.
        ear: LegId,
        /// The leg listened on: the operator's.
        on: LegId,
        /// How.
        mode: Join,
    },
    /// Records a leg from now on, as a WAV file of 8 kHz: what it says on the left, what it hears on the right.
    Record {
        /// The leg: the caller's.
        leg: LegId,
        /// The file, which must not be there yet.
        to: PathBuf,
    },
    /// Leaves a gap in the recording: silence of the same length on both sides, and its place in [`Event::Recorded`].
    PauseRecording {
        /// The leg.
        leg: LegId,
    },
    /// Goes on recording.
    ResumeRecording {
        /// The leg.
        leg: LegId,
    },
    /// Ends the recording.
    StopRecording {
        /// The leg.
        leg: LegId,
    },
    /// Ends the leg: its socket is closed, its port rests. [`Event::Gone`] tells the figures.
    Close {
        /// The leg.
        leg: LegId,
    },
}

/// What happened on a leg.
#[derive(Clone, PartialEq)]
pub enum Event {
    /// The first packet came.
    Flowing {
        /// The leg.
        leg: LegId,
    },
    /// A digit was pressed, told once when it starts.
    Digit {
        /// The leg.
        leg: LegId,
        /// `0-9 * # A-D` in ASCII.
        key: u8,
    },
    /// What was said with this mark was sent to its last sample.
    Played {
        /// The leg.
        leg: LegId,
        /// The mark of [`Command::Play`].
        mark: u64,
    },
    /// Nothing has come from the other end for so long: it is probably dead. Told once for each silence.
    Silent {
        /// The leg.
        leg: LegId,
        /// How long.
        lasting: Duration,
    },
    /// Packets come again after a silence that was told.
    Back {
        /// The leg.
        leg: LegId,
    },
    /// The other end's machine refuses our packets: nobody listens on that port. Sending has stopped, but for a try each second.
    Refused {
        /// The leg.
        leg: LegId,
    },
    /// The other end said goodbye (RTCP BYE, or its browser closed the connection).
    Bye {
        /// The leg.
        leg: LegId,
    },
    /// A recording is complete on disk.
    Recorded {
        /// The leg.
        leg: LegId,
        /// What was recorded.
        recording: Recording,
    },
    /// A recording could not be begun or went no further. What was written is a valid file.
    RecordingFailed {
        /// The leg.
        leg: LegId,
        /// The file.
        to: PathBuf,
        /// What the system said.
        why: std::io::ErrorKind,
    },
    /// A browser's leg is encrypted and ready (ICE and DTLS are up).
    Secured {
        /// The leg.
        leg: LegId,
    },
    /// The leg is closed; its last event.
    Gone {
        /// The leg.
        leg: LegId,
        /// How the connection was.
        quality: Quality,
    },
}

/// A recording that is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The file.
    pub to: PathBuf,
    /// Its length with its gaps.
    pub length: Duration,
    /// Where it was paused: from and to, from the start of the file.
    pub gaps: Vec<(Duration, Duration)>,
    /// Sound that could not be written in time and is silence in the file.
    pub lost: Duration,
}

/// How the connection of one leg was (RFC 3550, sections 6.4.1 and A.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quality {
    /// Packets that came.
    pub received: u64,
    /// Packets that should have come and did not.
    pub lost: u64,
    /// Packets that were sent.
    pub sent: u64,
    /// The interarrival jitter of what came.
    pub jitter: Duration,
    /// Packets of ours that the other end says it missed, in 256ths, in its last report.
    pub lost_there: u8,
    /// The jitter of ours that the other end reports.
    pub jitter_there: Duration,
    /// There and back, when the other end's reports tell it.
    pub round_trip: Option<Duration>,
}

/// How late the clock of the media threads was: how many steps of 5 ms by how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lateness {
    /// Less than 1 ms, less than 5, 10, 20, 50 and more.
    pub steps: [u64; 6],
}

impl Lateness {
    /// The upper bounds of the classes but the last.
    pub const BOUNDS: [Duration; 5] = [
        Duration::from_millis(1),
        Duration::from_millis(5),
        Duration::from_millis(10),
        Duration::from_millis(20),
        Duration::from_millis(50),
    ];
}

/// What an operator of the service sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Legs that are open.
    pub legs: u64,
    /// Of these, legs of browsers.
    pub browsers: u64,
    /// Pairs of ports that are free.
    pub free_ports: u64,
    /// Packets of sound and events that came.
    pub packets_in: u64,
    /// Packets that were sent.
    pub packets_out: u64,
    /// Packets that were refused: from a second source, malformed, of an unknown codec, or when none were wanted.
    pub packets_refused: u64,
    /// Packets that were lost on their way here, of legs that are closed by now.
    pub packets_lost: u64,
    /// Sends that failed.
    pub send_errors: u64,
    /// Events that nobody took in time.
    pub events_lost: u64,
    /// How late the threads' clocks were.
    pub lateness: Lateness,
    /// Rounds of 20 ms that were left out because a thread stood still for longer than 200 ms.
    pub rounds_skipped: u64,
}

/// How the room is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address that sockets are bound to.
    pub bind: IpAddr,
    /// The address that the world is told, when it is another.
    pub advertise: Option<IpAddr>,
    /// More addresses under which browsers may reach the sockets.
    pub candidates: Vec<IpAddr>,
    /// The ports for RTP and RTCP. Pairs begin with an even port (RFC 3550, section 11).
    pub ports: RangeInclusive<u16>,
    /// Threads: one carries about two thousand legs.
    pub threads: usize,
    /// How long nothing may come from a trunk before [`Event::Silent`], or from a browser that has not yet connected.
    pub silent_after: Duration,
    /// The same for a browser that has connected: it sends without a pause, so that a closed lid is noticed soon.
    pub browser_silent_after: Duration,
    /// For SSRCs, first sequence numbers, first timestamps and the order of ports, none of which may be guessed.
    pub seed: [u8; 32],
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bind: IpAddr::from([127, 0, 0, 1]),
            advertise: None,
            candidates: Vec::new(),
            ports: 20_000..=29_999,
            threads: 1,
            silent_after: Duration::from_secs(20),
            browser_silent_after: Duration::from_secs(3),
            seed: [0; 32],
        }
    }
}

/// Why no leg could be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Every pair of ports is in use.
    #[error("no port is free for another leg")]
    NoPort,
    /// A socket could not be had.
    #[error("a socket could not be opened: {0}")]
    Socket(#[from] std::io::Error),
    /// The thread has more to do than it can.
    #[error("the media threads are busy")]
    Busy,
}

/// Why a command was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The leg was never there or is gone.
    #[error("there is no such leg")]
    NoLeg,
    /// The thread has more to do than it can: 16,384 commands wait.
    #[error("the media threads are busy")]
    Busy,
}
