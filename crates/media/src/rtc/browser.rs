//! A second str0m stands in for a browser, over real sockets: for tests, of this crate and of those above it.

use super::{Flow, Law, MediaKind, Mid, Protocol, Receive, RtpWrite, Shared, TELEPHONE_EVENT};
use crate::{events, g711, tones::power};
use std::{
    f32::consts::TAU,
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    time::{Duration, Instant},
};
use str0m::{
    Candidate, Event, Input, Output, Rtc,
    change::{SdpAnswer, SdpPendingOffer},
};

/// How long a test waits for something that must come: an unoptimised handshake on a busy machine is slow.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// By what way a browser's datagrams go and come.
pub trait Way: Send {
    /// Under which address others reach the browser.
    fn address(&self) -> SocketAddr;
    /// Sends one. What cannot be sent is lost, as datagrams are.
    fn send(&mut self, data: &[u8], to: SocketAddr);
    /// The next one within a time: how long it is, and from whom.
    fn receive(&mut self, into: &mut [u8], within: Duration) -> Option<(usize, SocketAddr)>;
}

#[expect(clippy::unwrap_used, reason = "a test that cannot go on says so by ending")]
impl Way for UdpSocket {
    fn address(&self) -> SocketAddr {
        self.local_addr().unwrap()
    }

    fn send(&mut self, data: &[u8], to: SocketAddr) {
        let _ = self.send_to(data, to);
    }

    fn receive(&mut self, into: &mut [u8], within: Duration) -> Option<(usize, SocketAddr)> {
        self.set_read_timeout(Some(within)).unwrap();
        self.recv_from(into).ok()
    }
}

/// A browser with a microphone.
pub struct Browser {
    pub(super) rtc: Rtc,
    way: Box<dyn Way>,
    mid: Mid,
    pending: Option<SdpPendingOffer>,
    connected: bool,
    /// Whether the other end has ended the connection.
    pub gone: bool,
    sequence: u64,
    timestamp: u32,
    /// What was heard: payload type and payload.
    pub heard: Vec<(u8, Vec<u8>)>,
}

impl Browser {
    /// A browser and what it offers.
    #[expect(
        clippy::unwrap_used,
        clippy::missing_panics_doc,
        reason = "a test that cannot go on says so by ending"
    )]
    pub fn offering() -> (Self, String) {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let host = Candidate::host(socket.local_addr().unwrap(), "udp").unwrap();
        Self::offering_by(Box::new(socket), host)
    }

    /// The same of one whose network lets nothing through but to a relay.
    #[expect(
        clippy::unwrap_used,
        clippy::missing_panics_doc,
        reason = "a test that cannot go on says so by ending"
    )]
    pub fn offering_relayed(way: Box<dyn Way>) -> (Self, String) {
        let at = way.address();
        let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 9));
        Self::offering_by(way, Candidate::relayed(at, here, "udp").unwrap())
    }

    #[expect(clippy::unwrap_used, reason = "a test that cannot go on says so by ending")]
    fn offering_by(way: Box<dyn Way>, candidate: Candidate) -> (Self, String) {
        let mut rtc = Shared::new().unwrap().config().build(Instant::now());
        rtc.add_local_candidate(candidate);
        let mut change = rtc.sdp_api();
        let mid = change.add_media(MediaKind::Audio, Flow::SendRecv, None, None, None);
        let (offer, pending) = change.apply().unwrap();
        let browser = Self {
            rtc,
            way,
            mid,
            pending: Some(pending),
            connected: false,
            gone: false,
            sequence: 7,
            timestamp: 0,
            heard: Vec::new(),
        };
        (browser, offer.to_sdp_string())
    }

    /// The answer to the offer.
    #[expect(
        clippy::unwrap_used,
        clippy::missing_panics_doc,
        reason = "a test that cannot go on says so by ending"
    )]
    pub fn answered(&mut self, answer: &str) {
        let answer = SdpAnswer::from_sdp_string(answer).unwrap();
        self.rtc.sdp_api().accept_answer(self.pending.take().unwrap(), answer).unwrap();
    }

    /// Lets the connection do what it must until then.
    #[expect(
        clippy::unwrap_used,
        clippy::missing_panics_doc,
        reason = "a test that cannot go on says so by ending"
    )]
    pub fn pump(&mut self, until: Instant) {
        let mut buffer = [0; 2_000];
        loop {
            let timeout = loop {
                match self.rtc.poll_output().unwrap() {
                    Output::Timeout(at) => break at,
                    Output::Transmit(transmit) => {
                        self.way.send(&transmit.contents, transmit.destination);
                    }
                    Output::Event(Event::Connected) => self.connected = true,
                    Output::Event(Event::RtpPacket(packet)) => {
                        self.heard.push((*packet.header.payload_type, packet.payload.to_vec()));
                    }
                    Output::Event(Event::Closed) => {
                        self.gone = true;
                        return;
                    }
                    Output::Event(_) => {}
                }
            };
            let now = Instant::now();
            if now >= until {
                return;
            }
            let wait = timeout.min(until).saturating_duration_since(now).max(Duration::from_millis(1));
            let local = self.way.address();
            if let Some((length, from)) = self.way.receive(&mut buffer, wait) {
                let received = Receive::new(Protocol::Udp, from, local, &buffer[..length]).unwrap();
                self.rtc.handle_input(Input::Receive(Instant::now(), received)).unwrap();
            } else {
                self.rtc.handle_input(Input::Timeout(Instant::now())).unwrap();
            }
        }
    }

    /// Waits until it is connected.
    #[expect(clippy::missing_panics_doc, reason = "a test that cannot go on says so by ending")]
    pub fn connect(&mut self) {
        let end = Instant::now() + PATIENCE;
        while !self.connected && Instant::now() < end {
            self.pump(Instant::now() + Duration::from_millis(20));
        }
        assert!(self.connected, "ICE and DTLS come up");
    }

    #[expect(clippy::unwrap_used, reason = "a test that cannot go on says so by ending")]
    fn write(&mut self, kind: u8, marker: bool, timestamp: u32, payload: &[u8]) {
        let mut api = self.rtc.direct_api();
        let stream = api.stream_tx_by_mid(self.mid, None).unwrap();
        let write = RtpWrite::new(kind.into(), self.sequence.into(), timestamp, Instant::now(), payload);
        stream.write_rtp(write.marker(marker));
        self.sequence += 1;
    }

    /// Says 20 ms of a tone.
    pub fn say(&mut self, hertz: f32) {
        let payload: Vec<u8> = (0..160).map(|n| tone(hertz, self.timestamp + n)).collect();
        let timestamp = self.timestamp;
        self.write(0, false, timestamp, &payload);
        self.timestamp += 160;
    }

    /// Says a tone for a time, and hears meanwhile.
    pub fn speak(&mut self, hertz: f32, time: Duration) {
        let begun = Instant::now();
        while begun.elapsed() < time && !self.gone {
            self.say(hertz);
            self.pump(Instant::now() + Duration::from_millis(20));
        }
    }

    /// Presses keys.
    pub fn press(&mut self, digit: &str) {
        let mut sender = events::Sender::default();
        sender.push(digit);
        for _ in 0..30 {
            if let events::Step::Event(sent) = sender.step(self.timestamp) {
                self.write(TELEPHONE_EVENT, sent.marker, sent.timestamp, &sent.payload);
            }
            self.timestamp += 160;
            self.pump(Instant::now() + Duration::from_millis(2));
        }
    }

    /// Which of several tones were heard at once since this was asked last.
    pub fn hears_of<const N: usize>(&mut self, tones: [f32; N]) -> [bool; N] {
        let sound = self.sound();
        tones.map(|hertz| has(&sound, hertz, SOME))
    }

    /// Whether a tone was heard since this was asked last.
    pub fn hears(&mut self, hertz: f32) -> bool {
        has(&self.sound(), hertz, MOST)
    }

    fn sound(&mut self) -> Vec<f32> {
        let heard = std::mem::take(&mut self.heard);
        let law = heard.iter().filter_map(|(kind, payload)| Some((Law::of_payload_type(*kind)?, payload)));
        law.flat_map(|(law, payload)| payload.iter().map(move |byte| f32::from(g711::decode(law, *byte))))
            .collect()
    }
}

/// One sample of a tone in μ-law.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "tests make signals of known size"
)]
pub fn tone(hertz: f32, n: u32) -> u8 {
    g711::encode(Law::Mu, (8_000.0 * (TAU * hertz * n as f32 / 8_000.0).sin()) as i16)
}

/// What share of the sound a tone has when it is alone, and what when others are there as well.
const MOST: f32 = 0.5;
const SOME: f32 = 0.1;

/// A sample as mu-law, for [`has_tone`].
pub fn mu(sample: i16) -> u8 {
    g711::encode(Law::Mu, sample)
}

/// Whether a tone is in μ-law sound for three times 50 ms.
pub fn has_tone(sound: &[u8], hertz: f32) -> bool {
    has(&decoded(sound), hertz, MOST)
}

/// Which of several tones are in μ-law sound at once.
pub fn has_of<const N: usize>(sound: &[u8], tones: [f32; N]) -> [bool; N] {
    let samples = decoded(sound);
    tones.map(|hertz| has(&samples, hertz, SOME))
}

fn decoded(sound: &[u8]) -> Vec<f32> {
    sound.iter().map(|byte| f32::from(g711::decode(Law::Mu, *byte))).collect()
}

/// The same in samples.
fn has(samples: &[f32], hertz: f32, share: f32) -> bool {
    let loud = |piece: &&[f32]| {
        let energy: f32 = piece.iter().map(|s| s * s).sum();
        energy > 0.0 && power(piece, hertz) > share * energy * 200.0
    };
    samples.chunks_exact(400).filter(loud).count() >= 3
}
