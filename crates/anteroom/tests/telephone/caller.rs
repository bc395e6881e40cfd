//! A telephone of our own: it dials, listens, presses keys and hangs up, and knows no more of the line than a caller does.

use std::{
    net::{SocketAddr, UdpSocket},
    time::{Duration, Instant},
};

/// Twenty milliseconds of μ-law silence.
const SILENCE: [u8; 160] = [0xff; 160];
/// Louder than this, somebody speaks. Full scale is 32,124.
const SPEECH: i32 = 400;
/// A pause between two sentences is shorter.
const QUIET: Duration = Duration::from_millis(1_500);
/// How long anything may take.
const LIMIT: Duration = Duration::from_secs(90);

pub struct Caller {
    line: SocketAddr,
    sip: UdpSocket,
    rtp: UdpSocket,
    sound: Option<SocketAddr>,
    id: String,
    to: String,
    sequence: u16,
    time: u32,
    next: Instant,
    /// When something loud was heard last.
    loud: Option<Instant>,
    heard: Duration,
    hung_up: bool,
}

impl Caller {
    /// Dials the line from this number and waits until it answers.
    pub fn dial(line: SocketAddr, from: &str) -> Self {
        let sip = UdpSocket::bind("127.0.0.1:0").unwrap();
        let rtp = UdpSocket::bind("127.0.0.1:0").unwrap();
        sip.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        rtp.set_nonblocking(true).unwrap();
        let (ours, port) = (sip.local_addr().unwrap(), rtp.local_addr().unwrap().port());
        let id = format!("{}@127.0.0.1", ours.port());
        let mut caller = Self {
            line,
            sip,
            rtp,
            sound: None,
            id,
            to: String::new(),
            sequence: 100,
            time: 4_000,
            next: Instant::now(),
            loud: None,
            heard: Duration::ZERO,
            hung_up: false,
        };
        let sdp = format!(
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 0 101\r\n\
             a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\n"
        );
        caller.request("INVITE", 1, from, &sdp);
        loop {
            let answer = caller.receive();
            let status: u16 = answer.split(' ').nth(1).unwrap().parse().unwrap();
            if status < 200 {
                continue;
            }
            assert_eq!(status, 200, "the line answers");
            caller.to = header(&answer, "To");
            let port = answer.lines().find_map(|line| line.strip_prefix("m=audio ")).unwrap();
            let port: u16 = port.split(' ').next().unwrap().parse().unwrap();
            caller.sound = Some(SocketAddr::new(line.ip(), port));
            break;
        }
        caller.request("ACK", 1, from, "");
        caller.sip.set_nonblocking(true).unwrap();
        caller
    }

    fn request(&self, method: &str, number: u32, from: &str, body: &str) {
        let ours = self.sip.local_addr().unwrap();
        let to = if self.to.is_empty() { format!("<sip:line@{}>", self.line) } else { self.to.clone() };
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        let text = format!(
            "{method} sip:line@{} SIP/2.0\r\nVia: SIP/2.0/UDP {ours};rport;branch=z9hG4bK{}{method}{number}\r\n\
             From: <sip:{from}@127.0.0.1>;tag=t{}\r\nTo: {to}\r\nCall-ID: {}\r\nCSeq: {number} {method}\r\n\
             Contact: <sip:caller@{ours}>\r\nMax-Forwards: 70\r\n{kind}Content-Length: {}\r\n\r\n{body}",
            self.line,
            ours.port(),
            ours.port(),
            self.id,
            body.len(),
        );
        self.sip.send_to(text.as_bytes(), self.line).unwrap();
    }

    fn receive(&self) -> String {
        let mut buffer = [0; 4_096];
        let (size, _) = self.sip.recv_from(&mut buffer).unwrap();
        String::from_utf8(buffer[..size].to_vec()).unwrap()
    }

    /// Lives for a moment: sends silence, hears what comes, answers what signalling asks.
    fn live(&mut self) {
        let mut buffer = [0; 4_096];
        while let Ok((size, _)) = self.sip.recv_from(&mut buffer) {
            let text = String::from_utf8_lossy(&buffer[..size]).into_owned();
            if text.starts_with("BYE ") {
                let kept = ["Via:", "From:", "To:", "Call-ID:", "CSeq:"];
                let head: Vec<&str> =
                    text.lines().filter(|line| kept.iter().any(|name| line.starts_with(name))).collect();
                let head = head.join("\r\n");
                let answer = format!("SIP/2.0 200 OK\r\n{head}\r\nContent-Length: 0\r\n\r\n");
                self.sip.send_to(answer.as_bytes(), self.line).unwrap();
                self.hung_up = true;
            }
        }
        while let Ok((size, _)) = self.rtp.recv_from(&mut buffer) {
            if size > 12 && matches!(buffer[1], 0x00 | 0x80) {
                let loudest = buffer[12..size].iter().map(|byte| linear(*byte).abs()).max().unwrap_or(0);
                if loudest > SPEECH {
                    self.loud = Some(Instant::now());
                    self.heard += Duration::from_millis(20);
                }
            }
        }
        if Instant::now() >= self.next {
            self.next += Duration::from_millis(20);
            self.send_sound(&SILENCE, 0, false, 160);
        }
        std::thread::sleep(Duration::from_millis(2));
    }

    fn send_sound(&mut self, payload: &[u8], kind: u8, marker: bool, samples: u32) {
        let mut packet = vec![0x80, kind | if marker { 0x80 } else { 0 }];
        packet.extend(self.sequence.to_be_bytes());
        packet.extend(self.time.to_be_bytes());
        packet.extend(7_u32.to_be_bytes());
        packet.extend(payload);
        self.rtp.send_to(&packet, self.sound.unwrap()).unwrap();
        self.sequence = self.sequence.wrapping_add(1);
        self.time = self.time.wrapping_add(samples);
    }

    /// Listens until the line has said something and waits.
    pub fn listen(&mut self) {
        let begun = Instant::now();
        self.loud = None;
        loop {
            self.live();
            assert!(!self.hung_up, "the line hung up");
            assert!(begun.elapsed() < LIMIT, "nothing is said, or it never ends");
            if self.loud.is_some_and(|loud| loud.elapsed() > QUIET) {
                return;
            }
        }
    }

    /// Listens until the line begins to say something, as whoever does not wait for the end does.
    pub fn hears(&mut self) {
        let begun = Instant::now();
        self.loud = None;
        while self.loud.is_none() {
            self.live();
            assert!(!self.hung_up, "the line hung up");
            assert!(begun.elapsed() < LIMIT, "nothing is said");
        }
    }

    /// Listens for a moment, as whoever knows the menu does.
    pub fn wait(&mut self, time: Duration) {
        let begun = Instant::now();
        while begun.elapsed() < time {
            self.live();
        }
    }

    /// Presses keys, each as an event of RFC 4733.
    pub fn press(&mut self, keys: &str) {
        for key in keys.chars() {
            let event = match key {
                '*' => 10,
                '#' => 11,
                digit => u8::try_from(digit.to_digit(10).unwrap()).unwrap(),
            };
            for step in 1..=8_u16 {
                let duration = (step.min(6) * 160).to_be_bytes();
                let end = if step > 5 { 0x80 } else { 0 };
                self.send_sound(&[event, end | 0x0a, duration[0], duration[1]], 101, step == 1, 0);
                std::thread::sleep(Duration::from_millis(20));
            }
            self.time = self.time.wrapping_add(960);
            self.next = Instant::now();
            self.wait(Duration::from_millis(150));
        }
    }

    /// Waits until the line hangs up; how much of it was heard in all.
    pub fn until_hung_up(mut self) -> Duration {
        let begun = Instant::now();
        while !self.hung_up {
            self.live();
            assert!(begun.elapsed() < LIMIT, "the line does not hang up");
        }
        self.heard
    }

    /// Hangs up.
    pub fn hang_up(self, from: &str) {
        self.request("BYE", 2, from, "");
    }
}

fn header(message: &str, name: &str) -> String {
    let find = |line: &str| line.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned);
    message.lines().find_map(find).unwrap()
}

/// G.711 μ-law, one sample (ITU-T G.711, table 2a).
fn linear(byte: u8) -> i32 {
    let byte = !byte;
    let exponent = i32::from((byte >> 4) & 0x07);
    let magnitude = (((i32::from(byte & 0x0f) << 3) + 0x84) << exponent) - 0x84;
    if byte & 0x80 == 0 { magnitude } else { -magnitude }
}
