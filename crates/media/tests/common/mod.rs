//! A telephone of the plainest kind on a real socket, and what a test needs to listen to it.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "tests make signals and numbers of known size"
)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use media::{Clip, Command, Event, Events, LegId, Plan, Plane, Settings};
use std::{
    f64::consts::TAU,
    io::ErrorKind,
    net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket},
    ops::RangeInclusive,
    sync::Arc,
    time::{Duration, Instant},
};

/// How long a test waits for something that must come.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub fn settings(ports: RangeInclusive<u16>) -> Settings {
    Settings { ports, seed: [7; 32], silent_after: Duration::from_mins(1), ..Settings::default() }
}

pub fn plane(settings: Settings) -> (Plane, Events) {
    Plane::start(settings, || {}).expect("the threads start")
}

pub fn tone(hertz: f64, ms: usize) -> Arc<Clip> {
    let samples: Vec<i16> =
        (0..ms * 8).map(|n| (10_000.0 * (TAU * hertz * n as f64 / 8_000.0).sin()) as i16).collect();
    Arc::new(Clip::from_pcm(samples))
}

/// How much of the sound is a tone of this frequency: 1 is all of it.
pub fn part(samples: &[i16], hertz: f64) -> f64 {
    let (mut re, mut im, mut energy) = (0.0, 0.0, 0.0);
    for (n, sample) in samples.iter().enumerate() {
        let (sin, cos) = (TAU * hertz * n as f64 / 8_000.0).sin_cos();
        re += f64::from(*sample) * cos;
        im += f64::from(*sample) * sin;
        energy += f64::from(*sample).powi(2);
    }
    let whole = energy * samples.len() as f64 / 2.0;
    if whole == 0.0 { 0.0 } else { (re * re + im * im) / whole }
}

/// Whether a tone is really there, and not for a moment of a gap that is faded over: three times 50 ms.
pub fn has(samples: &[i16], hertz: f64) -> bool {
    samples.chunks_exact(400).filter(|piece| part(piece, hertz) > 0.2).count() >= 3
}

/// Waits until something is so. A busy machine takes its time.
pub fn until(mut so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if so() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    false
}

/// The loudest sample.
pub fn peak(samples: &[i16]) -> u16 {
    samples.iter().map(|s| s.unsigned_abs()).max().unwrap_or(0)
}

/// Waits for an event that fits.
pub fn wait<T>(events: &Events, mut fits: impl FnMut(&Event) -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        let event = events
            .recv_timeout(end.saturating_duration_since(Instant::now()))
            .expect("the event comes in time");
        if let Some(found) = fits(&event) {
            return found;
        }
    }
}

/// μ-law, written anew from the standard so that the crate's own is not its own judge.
pub fn mu(byte: u8) -> i16 {
    let byte = !byte;
    let magnitude = ((i32::from(byte & 15) * 2 + 33) << ((byte >> 4) & 7)) - 33;
    let sample = (magnitude * 4) as i16;
    if byte & 0x80 == 0 { sample } else { -sample }
}

pub fn to_mu(sample: i16) -> u8 {
    (0..=255u8).min_by_key(|byte| (i32::from(mu(*byte)) - i32::from(sample)).abs()).unwrap()
}

/// A packet that a telephone got.
#[derive(Debug, Clone)]
pub struct Got {
    pub marker: bool,
    pub kind: u8,
    pub sequence: u16,
    pub timestamp: u32,
    pub ssrc: u32,
    pub payload: Vec<u8>,
}

/// A telephone.
pub struct Phone {
    pub socket: UdpSocket,
    pub reports: UdpSocket,
    pub to: SocketAddr,
    pub ssrc: u32,
    pub sequence: u16,
    pub timestamp: u32,
    pub kind: u8,
    phase: usize,
}

impl Phone {
    pub fn new(to: SocketAddr) -> Self {
        loop {
            let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            let next = socket.local_addr().unwrap().port().saturating_add(1);
            let Ok(reports) = UdpSocket::bind((Ipv4Addr::LOCALHOST, next)) else { continue };
            socket.set_read_timeout(Some(Duration::from_millis(10))).unwrap();
            reports.set_read_timeout(Some(PATIENCE)).unwrap();
            let ssrc = u32::from(next);
            return Self {
                socket,
                reports,
                to,
                ssrc,
                sequence: 65_500,
                timestamp: u32::MAX - 4_000,
                kind: 0,
                phase: 0,
            };
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.socket.local_addr().unwrap()
    }

    pub fn packet(&mut self, marker: bool, kind: u8, timestamp: u32, payload: &[u8]) {
        let mut data = vec![0x80, kind | u8::from(marker) << 7];
        data.extend(self.sequence.to_be_bytes());
        data.extend(timestamp.to_be_bytes());
        data.extend(self.ssrc.to_be_bytes());
        data.extend(payload);
        self.sequence = self.sequence.wrapping_add(1);
        // A closed leg refuses, and that is the test's affair.
        let _ = self.socket.send_to(&data, self.to);
    }

    /// 20 ms of a tone.
    pub fn say(&mut self, hertz: f64) {
        let payload: Vec<u8> = (0..160)
            .map(|n| to_mu((8_000.0 * (TAU * hertz * (self.phase + n) as f64 / 8_000.0).sin()) as i16))
            .collect();
        self.phase += 160;
        let timestamp = self.timestamp;
        self.packet(false, self.kind, timestamp, &payload);
        self.timestamp = timestamp.wrapping_add(160);
    }

    /// A digit as an event.
    pub fn press(&mut self, event: u8) {
        let start = self.timestamp;
        for n in 1..=5_u16 {
            let [high, low] = (n * 160).to_be_bytes();
            self.packet(n == 1, 101, start, &[event, 10, high, low]);
        }
        for _ in 0..3 {
            self.packet(false, 101, start, &[event, 0x8a, 3, 0x20]);
        }
        self.timestamp = start.wrapping_add(1_600);
    }

    /// All that has come.
    pub fn hear(&self) -> Vec<Got> {
        let mut got = Vec::new();
        let mut data = [0; 2_000];
        loop {
            match self.socket.recv_from(&mut data) {
                Ok((length, _)) => got.push(read(&data[..length])),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    return got;
                }
                Err(error) if error.kind() == ErrorKind::ConnectionRefused => {}
                Err(error) => panic!("{error}"),
            }
            if got.len() > 10_000 {
                return got;
            }
        }
    }

    /// Listens, without saying anything, until that many packets came.
    pub fn listen(&self, packets: usize) -> Vec<Got> {
        let end = Instant::now() + PATIENCE;
        let mut got = Vec::new();
        while got.len() < packets && Instant::now() < end {
            got.extend(self.hear());
        }
        got
    }
}

fn read(data: &[u8]) -> Got {
    assert_eq!(data[0], 0x80, "plain packets only");
    Got {
        marker: data[1] & 0x80 != 0,
        kind: data[1] & 0x7f,
        sequence: u16::from_be_bytes([data[2], data[3]]),
        timestamp: u32::from_be_bytes([data[4], data[5], data[6], data[7]]),
        ssrc: u32::from_be_bytes([data[8], data[9], data[10], data[11]]),
        payload: data[12..].to_vec(),
    }
}

/// The sound of packets, as μ-law.
pub fn sound(got: &[Got]) -> Vec<i16> {
    got.iter().filter(|got| got.kind == 0).flat_map(|got| got.payload.iter().map(|byte| mu(*byte))).collect()
}

/// Phones talk for so many steps of 20 ms, each in its tone (or in silence); what each heard.
pub fn talk(phones: &mut [(&mut Phone, Option<f64>)], steps: u32) -> Vec<Vec<Got>> {
    let start = Instant::now();
    let mut heard = vec![Vec::new(); phones.len()];
    for step in 0..steps {
        for (phone, hertz) in phones.iter_mut() {
            if let Some(hertz) = hertz {
                phone.say(*hertz);
            }
        }
        let next = start + Duration::from_millis(20) * (step + 1);
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
        for ((phone, _), heard) in phones.iter().zip(&mut heard) {
            phone.socket.set_nonblocking(true).unwrap();
            heard.extend(phone.hear());
            phone.socket.set_nonblocking(false).unwrap();
        }
    }
    heard
}

/// A leg and the phone at its other end.
pub fn pair(plane: &Plane) -> (LegId, Phone) {
    pair_with(plane, |plan| plan)
}

pub fn pair_with(plane: &Plane, change: impl FnOnce(Plan) -> Plan) -> (LegId, Phone) {
    let (leg, address) = plane.open().expect("a leg");
    assert_eq!(address.ip(), IpAddr::from(Ipv4Addr::LOCALHOST));
    let phone = Phone::new(address);
    plane
        .send(Command::Connect { leg, plan: change(Plan::to(phone.address())) })
        .expect("the command is taken");
    (leg, phone)
}
