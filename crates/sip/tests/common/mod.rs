//! A line in virtual time and a peer who speaks raw text.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use sip::{
    CallId, Command, CommandError, Dial, E164, Endpoint, Event, FlowId, Input, LocalMedia, Output, Settings,
    Transport, Trunk, TrunkId,
};
use std::{
    collections::VecDeque,
    fmt::Write as _,
    net::SocketAddr,
    time::{Duration, Instant},
};

pub const UDP: FlowId = FlowId(1);
pub const TRUNK: TrunkId = TrunkId(1);

pub fn addr(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

pub fn ours() -> SocketAddr {
    addr("203.0.113.10:5060")
}

pub fn theirs() -> SocketAddr {
    addr("198.51.100.1:5060")
}

pub fn media() -> LocalMedia {
    LocalMedia { addr: addr("203.0.113.10:20000") }
}

pub fn trunk() -> Trunk {
    Trunk::at(TRUNK, "provider", Transport::Udp, theirs())
}

pub fn settings() -> Settings {
    Settings {
        published: Some(E164::parse("+18005550199").unwrap()),
        trunks: vec![trunk()],
        ..Settings::default()
    }
}

/// A message as a peer reads it.
#[derive(Clone)]
pub struct Msg {
    pub at: Duration,
    pub flow: FlowId,
    pub to: SocketAddr,
    pub first: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub raw: Vec<u8>,
}

impl Msg {
    pub fn read(raw: &[u8]) -> Self {
        let text = String::from_utf8(raw.to_vec()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut lines = head.split("\r\n");
        let first = lines.next().unwrap().to_owned();
        let headers = lines
            .map(|line| {
                let (name, value) = line.split_once(": ").unwrap();
                (name.to_owned(), value.to_owned())
            })
            .collect();
        let msg = Self {
            at: Duration::ZERO,
            flow: UDP,
            to: theirs(),
            first,
            headers,
            body: body.to_owned(),
            raw: raw.to_vec(),
        };
        assert_eq!(msg.get("Content-Length"), body.len().to_string(), "{text}");
        msg
    }

    pub fn code(&self) -> u16 {
        self.first.strip_prefix("SIP/2.0 ").map_or(0, |rest| rest[..3].parse().unwrap())
    }

    pub fn method(&self) -> &str {
        if self.code() == 0 { self.first.split(' ').next().unwrap() } else { "" }
    }

    pub fn uri(&self) -> &str {
        self.first.split(' ').nth(1).unwrap()
    }

    pub fn find(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_else(|| panic!("no {name} in {}", String::from_utf8_lossy(&self.raw)))
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str()).collect()
    }

    pub fn tag(&self, name: &str) -> Option<&str> {
        self.get(name).split(";tag=").nth(1).map(|tag| tag.split(';').next().unwrap())
    }

    pub fn branch(&self) -> &str {
        self.get("Via").split("branch=").nth(1).unwrap().split(';').next().unwrap()
    }

    pub fn cseq(&self) -> u32 {
        self.get("CSeq").split(' ').next().unwrap().parse().unwrap()
    }

    /// An answer to it, as a peer writes it; `extra`: lines and, after an empty one, a body.
    pub fn answer(&self, code: u16, tag: &str, extra: &str) -> Vec<u8> {
        let mut out = format!("SIP/2.0 {code} Whatever\n");
        for via in self.all("Via") {
            let _ = writeln!(out, "Via: {via}");
        }
        let to = self.get("To");
        let to =
            if to.contains(";tag=") || tag.is_empty() { to.to_owned() } else { format!("{to};tag={tag}") };
        let _ = writeln!(out, "From: {}", self.get("From"));
        let _ = writeln!(out, "To: {to}\nCall-ID: {}\nCSeq: {}", self.get("Call-ID"), self.get("CSeq"));
        out.push_str(extra);
        wire(&out)
    }
}

/// Line ends of the wire, and a Content-Length where there is none.
pub fn wire(text: &str) -> Vec<u8> {
    let text: Vec<&str> = text.lines().map(str::trim_start).collect();
    let text = text.join("\r\n");
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text.trim_end(), ""));
    let has = head.to_ascii_lowercase().contains("content-length") || head.contains("\r\nl:");
    let length = if has { String::new() } else { format!("\r\nContent-Length: {}", body.len()) };
    format!("{head}{length}\r\n\r\n{body}").into_bytes()
}

/// A session description of the peer.
pub fn sdp(port: u16, formats: &str, more: &str) -> String {
    let body = format!(
        "v=0\r\no=- 1 1 IN IP4 198.51.100.1\r\ns=-\r\nc=IN IP4 198.51.100.1\r\nt=0 0\r\nm=audio {port} RTP/AVP {formats}\r\n"
    );
    let mut body = body;
    for line in more.lines() {
        body.push_str(line.trim());
        body.push_str("\r\n");
    }
    body
}

pub fn usual_sdp() -> String {
    sdp(30000, "0 8 13 101", "a=rtpmap:101 telephone-event/8000\na=fmtp:101 0-16")
}

pub struct Bench {
    pub line: Endpoint,
    pub start: Instant,
    pub now: Instant,
    pub events: VecDeque<Event>,
    pub sent: VecDeque<Msg>,
    pub other: Vec<Output>,
    pub bytes: usize,
}

impl Bench {
    pub fn new(settings: Settings) -> Self {
        Self::seeded(settings, 7)
    }

    pub fn seeded(settings: Settings, seed: u8) -> Self {
        let start = Instant::now();
        let mut bench = Self {
            line: Endpoint::new(settings, [seed; 32]),
            start,
            now: start,
            events: VecDeque::new(),
            sent: VecDeque::new(),
            other: Vec::new(),
            bytes: 0,
        };
        bench.open(UDP, Transport::Udp, None);
        bench.line.handle_timeout(bench.now);
        bench.pump();
        bench
    }

    pub fn open(&mut self, flow: FlowId, transport: Transport, remote: Option<SocketAddr>) {
        let opened = Input::FlowOpened { flow, transport, local: ours(), remote, trunk: None, request: None };
        self.line.handle(self.now, opened);
        self.pump();
    }

    pub fn pump(&mut self) {
        while let Some(output) = self.line.poll_output() {
            match output {
                Output::Event(event) => self.events.push_back(event),
                Output::Send { flow, to, data } => {
                    self.bytes += data.len();
                    if data.as_ref() == b"\r\n" {
                        self.other.push(Output::Send { flow, to, data });
                        continue;
                    }
                    let at = self.now - self.start;
                    self.sent.push_back(Msg { at, flow, to, ..Msg::read(&data) });
                }
                other => self.other.push(other),
            }
        }
    }

    pub fn put(&mut self, data: impl AsRef<[u8]>) {
        self.put_from(UDP, theirs(), data);
    }

    pub fn put_from(&mut self, flow: FlowId, from: SocketAddr, data: impl AsRef<[u8]>) {
        self.line.handle(self.now, Input::Packet { flow, from, data: data.as_ref() });
        self.pump();
    }

    pub fn command(&mut self, command: Command) -> Result<(), CommandError> {
        let result = self.line.command(self.now, command);
        self.pump();
        result
    }

    pub fn dial(&mut self) -> CallId {
        let dial =
            Dial { trunk: TRUNK, to: E164::parse("+12025550100").unwrap(), media: media(), patience: None };
        let call = self.line.dial(self.now, &dial).unwrap();
        self.pump();
        call
    }

    /// Lets time pass, each due thing at its own time.
    pub fn wait(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(next) = self.line.poll_timeout().filter(|next| *next <= end) {
            self.now = self.now.max(next);
            self.line.handle_timeout(self.now);
            self.pump();
        }
        self.now = end;
    }

    pub fn secs(&mut self, seconds: u64) {
        self.wait(Duration::from_secs(seconds));
    }

    /// The next message that was sent.
    pub fn next(&mut self) -> Msg {
        self.sent.pop_front().expect("a message")
    }

    /// The next one that is an answer with this code.
    pub fn code(&mut self, code: u16) -> Msg {
        let msg = self.next();
        assert_eq!(msg.code(), code, "{}", String::from_utf8_lossy(&msg.raw));
        msg
    }

    /// The next one, a request of this method.
    pub fn asks(&mut self, method: &str) -> Msg {
        let msg = self.next();
        assert_eq!(msg.method(), method, "{}", String::from_utf8_lossy(&msg.raw));
        msg
    }

    pub fn quiet(&self) {
        assert!(self.sent.is_empty(), "{}", String::from_utf8_lossy(&self.sent[0].raw));
    }

    pub fn event(&mut self) -> Event {
        self.events.pop_front().expect("an event")
    }

    pub fn no_event(&self) {
        assert!(self.events.is_empty(), "{:?}", self.events);
    }

    pub fn incoming(&mut self) -> CallId {
        match self.event() {
            Event::Incoming { call, .. } => call,
            other => panic!("{other:?}"),
        }
    }

    pub fn ended(&mut self) -> sip::Ended {
        loop {
            if let Event::Ended { why, .. } = self.event() {
                return why;
            }
        }
    }

    /// Nothing is left of anything.
    pub fn at_rest(&mut self) {
        self.secs(70);
        assert_eq!(self.line.calls(), 0);
        assert_eq!(self.line.transactions(), 0);
        assert_eq!(self.line.dialogs(), 0);
        assert_eq!(self.line.poll_timeout(), None);
    }
}

/// A caller: one dialog from the peer's side.
pub struct Caller {
    pub call_id: String,
    pub tag: String,
    pub to_tag: String,
    pub cseq: u32,
    pub branch: u32,
    pub contact: String,
}

impl Caller {
    pub fn new(call_id: &str) -> Self {
        Self {
            call_id: call_id.to_owned(),
            tag: "caller".to_owned(),
            to_tag: String::new(),
            cseq: 1,
            branch: 0,
            contact: "<sip:caller@198.51.100.1:5060>".to_owned(),
        }
    }

    /// A request with a branch of its own; `extra`: lines and, after an empty one, a body.
    pub fn request(&mut self, method: &str, extra: &str) -> Vec<u8> {
        self.branch += 1;
        self.same_branch(method, extra)
    }

    pub fn same_branch(&self, method: &str, extra: &str) -> Vec<u8> {
        let Self { call_id, tag, to_tag, cseq, branch, contact } = self;
        let to = if to_tag.is_empty() { String::new() } else { format!(";tag={to_tag}") };
        wire(&format!(
            "{method} sip:+18005550199@203.0.113.10 SIP/2.0
            Via: SIP/2.0/UDP 198.51.100.1:5060;rport;branch=z9hG4bK{call_id}{branch}
            Max-Forwards: 70
            From: \"A. Person\" <sip:2025550100@198.51.100.1>;tag={tag}
            To: <sip:+18005550199@203.0.113.10>{to}
            Call-ID: {call_id}
            CSeq: {cseq} {method}
            Contact: {contact}
            {extra}"
        ))
    }

    pub fn invite(&mut self, extra: &str, body: &str) -> Vec<u8> {
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\n" };
        self.request("INVITE", &format!("{extra}{kind}\n{body}"))
    }

    /// The next request in the dialog.
    pub fn next(&mut self, method: &str, extra: &str) -> Vec<u8> {
        self.cseq += 1;
        self.request(method, extra)
    }

    pub fn next_sdp(&mut self, method: &str, extra: &str, body: &str) -> Vec<u8> {
        self.next(method, &format!("{extra}Content-Type: application/sdp\n\n{body}"))
    }
}

/// A call from the peer that was answered and acknowledged.
pub fn answered(bench: &mut Bench, extra: &str) -> (Caller, CallId) {
    let mut caller = Caller::new("answered");
    bench.put(caller.invite(extra, &usual_sdp()));
    bench.code(100);
    let call = bench.incoming();
    bench.command(Command::Accept { call, media: media() }).unwrap();
    let ok = bench.code(200);
    ok.tag("To").unwrap().clone_into(&mut caller.to_tag);
    bench.put(caller.request("ACK", ""));
    bench.quiet();
    assert!(matches!(bench.event(), Event::Answered { .. }));
    assert!(matches!(bench.event(), Event::Established { .. }));
    (caller, call)
}

/// A call to the peer that was answered with these lines.
pub fn dialled(bench: &mut Bench, extra: &str) -> (Msg, CallId) {
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    bench.put(invite.answer(
        200,
        "callee",
        &format!(
            "Contact: <sip:callee@198.51.100.1:5060>\n{extra}Content-Type: application/sdp\n\n{}",
            usual_sdp()
        ),
    ));
    bench.asks("ACK");
    assert!(matches!(bench.event(), Event::Answered { .. }));
    assert!(matches!(bench.event(), Event::Established { .. }));
    (invite, call)
}
