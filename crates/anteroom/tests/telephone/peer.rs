//! A peer that speaks raw text over real sockets: what a test writes is what the line gets, letter by letter.

use std::{
    cell::Cell,
    fmt::Write as _,
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream, UdpSocket},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

/// How long a message may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long nothing must come where nothing may.
pub const QUIET: Duration = Duration::from_millis(400);

/// Bytes in order, both ways.
pub trait Stream: Read + Write + Send {
    /// Reading gives up after so long.
    fn wait(&self, time: Duration);
}

impl Stream for TcpStream {
    fn wait(&self, time: Duration) {
        self.set_read_timeout(Some(time)).unwrap();
    }
}

enum Wire {
    Datagrams(UdpSocket),
    Stream { stream: Box<dyn Stream>, read: Vec<u8>, closed: bool },
}

/// A message of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub text: String,
    pub from: SocketAddr,
}

impl Heard {
    pub fn code(&self) -> u16 {
        self.text.strip_prefix("SIP/2.0 ").map_or(0, |rest| rest[..3].parse().unwrap())
    }

    pub fn method(&self) -> &str {
        if self.code() == 0 { self.text.split(' ').next().unwrap() } else { "" }
    }

    pub fn uri(&self) -> &str {
        self.text.split(' ').nth(1).unwrap()
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        let head = self.text.split("\r\n\r\n").next().unwrap();
        head.split("\r\n").filter_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).collect()
    }

    pub fn find(&self, name: &str) -> Option<&str> {
        self.all(name).first().copied()
    }

    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_else(|| panic!("no {name} in {}", self.text))
    }

    pub fn tag(&self, name: &str) -> Option<&str> {
        self.get(name).split(";tag=").nth(1).map(|tag| tag.split(';').next().unwrap())
    }

    pub fn body(&self) -> &str {
        self.text.split_once("\r\n\r\n").unwrap().1
    }

    /// Where its description wants sound.
    pub fn port(&self) -> u16 {
        let media = self.body().lines().find_map(|line| line.strip_prefix("m=audio "));
        media
            .and_then(|media| media.split(' ').next()?.parse().ok())
            .unwrap_or_else(|| panic!("{}", self.text))
    }
}

/// A telephone with one dialog.
pub struct Peer {
    wire: Wire,
    transport: &'static str,
    pub ours: SocketAddr,
    pub line: SocketAddr,
    /// Where it wants its sound.
    pub rtp: UdpSocket,
    seen: Vec<Heard>,
    pub call_id: String,
    /// The tag that the line gave itself.
    pub theirs: String,
    pub cseq: u32,
    branch: Cell<u32>,
    pub contact: String,
    /// Of a call that the line made: From, To, the line's Contact and the way there.
    called: Option<[String; 4]>,
}

/// Calls are told apart by this within a test.
static CALLS: AtomicU16 = AtomicU16::new(0);

impl Peer {
    fn over(wire: Wire, transport: &'static str, ours: SocketAddr, line: SocketAddr) -> Self {
        let rtp = UdpSocket::bind((ours.ip(), 0)).unwrap();
        rtp.set_read_timeout(Some(PATIENCE)).unwrap();
        let call_id = format!("{}-{}", ours.port(), CALLS.fetch_add(1, Ordering::Relaxed));
        let contact = format!("<sip:caller@{ours};transport={}>", transport.to_ascii_lowercase());
        Self {
            wire,
            transport,
            ours,
            line,
            rtp,
            seen: Vec::new(),
            call_id,
            theirs: String::new(),
            cseq: 1,
            branch: Cell::new(0),
            contact,
            called: None,
        }
    }

    pub fn udp(line: SocketAddr) -> Self {
        Self::udp_at("127.0.0.1:0", line)
    }

    /// From another address of this machine.
    pub fn udp_at(ours: &str, line: SocketAddr) -> Self {
        let socket = UdpSocket::bind(ours).unwrap();
        let ours = socket.local_addr().unwrap();
        Self::over(Wire::Datagrams(socket), "UDP", ours, line)
    }

    pub fn tcp(line: SocketAddr) -> Self {
        let stream = TcpStream::connect(line).unwrap();
        stream.set_nodelay(true).unwrap();
        let ours = stream.local_addr().unwrap();
        Self::stream(Box::new(stream), "TCP", ours, line)
    }

    /// Over a connection that stands.
    pub fn stream(
        stream: Box<dyn Stream>,
        transport: &'static str,
        ours: SocketAddr,
        line: SocketAddr,
    ) -> Self {
        Self::over(Wire::Stream { stream, read: Vec::new(), closed: false }, transport, ours, line)
    }

    /// The same telephone, for another call.
    pub fn afresh(&mut self) {
        self.call_id = format!("{}-{}", self.ours.port(), CALLS.fetch_add(1, Ordering::Relaxed));
        self.theirs.clear();
        self.cseq = 1;
    }

    pub fn put(&mut self, data: impl AsRef<[u8]>) {
        match &mut self.wire {
            Wire::Datagrams(socket) => {
                socket.send_to(data.as_ref(), self.line).unwrap();
            }
            Wire::Stream { stream, .. } => {
                stream.write_all(data.as_ref()).unwrap();
                stream.flush().unwrap();
            }
        }
    }

    /// The same to somebody who may have gone: then it is lost.
    pub fn tries(&mut self, data: impl AsRef<[u8]>) {
        if let Wire::Stream { stream, .. } = &mut self.wire {
            let _ = stream.write_all(data.as_ref()).and_then(|()| stream.flush());
        }
    }

    /// What comes within a time, whole; of a stream that was closed nothing more.
    pub fn within(&mut self, time: Duration) -> Option<Heard> {
        let end = Instant::now() + time;
        match &mut self.wire {
            Wire::Datagrams(socket) => loop {
                let mut buffer = [0; 16_384];
                let left = end.saturating_duration_since(Instant::now());
                socket.set_read_timeout(Some(left.max(Duration::from_millis(1)))).unwrap();
                let (size, from) = socket.recv_from(&mut buffer).ok()?;
                // Sound of another test's line, which still goes to whoever had this port before.
                if buffer[0] >> 6 == 2 && from != self.line {
                    continue;
                }
                return Some(Heard { text: String::from_utf8_lossy(&buffer[..size]).into_owned(), from });
            },
            Wire::Stream { stream, read, closed } => loop {
                if let Some(text) = cut(read) {
                    return Some(Heard { text, from: self.line });
                }
                let left = end.saturating_duration_since(Instant::now());
                if left.is_zero() || *closed {
                    return None;
                }
                stream.wait(left.max(Duration::from_millis(1)));
                let mut buffer = [0; 4_096];
                match stream.read(&mut buffer) {
                    Ok(size @ 1..) => read.extend(&buffer[..size]),
                    Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                    Ok(_) | Err(_) => *closed = true,
                }
            },
        }
    }

    /// Bytes that came and are no message, once there are so many.
    pub fn bytes(&mut self, wanted: usize) -> Vec<u8> {
        let Wire::Stream { stream, read, closed } = &mut self.wire else { panic!("datagrams are whole") };
        let mut buffer = [0; 64];
        stream.wait(PATIENCE);
        while read.len() < wanted && !*closed {
            match stream.read(&mut buffer) {
                Ok(size @ 1..) => read.extend(&buffer[..size]),
                _ => *closed = true,
            }
        }
        std::mem::take(read)
    }

    /// Whether the line has ended the connection, in the end.
    pub fn is_closed(&mut self) -> bool {
        while self.within(PATIENCE).is_some() {}
        matches!(self.wire, Wire::Stream { closed: true, .. })
    }

    /// The next message; what is sent again is passed over.
    pub fn next(&mut self) -> Heard {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(heard) = self.within(PATIENCE)
                && !self.seen.contains(&heard)
            {
                self.seen.push(heard.clone());
                return heard;
            }
        }
        panic!("nothing came; before: {:#?}", self.seen);
    }

    /// The next message, an answer with this code.
    pub fn code(&mut self, code: u16) -> Heard {
        let heard = self.next();
        assert_eq!(heard.code(), code, "{}", heard.text);
        heard
    }

    /// The next message, a request of this method.
    pub fn asks(&mut self, method: &str) -> Heard {
        let heard = self.next();
        assert_eq!(heard.method(), method, "{}", heard.text);
        heard
    }

    /// Nothing new comes.
    pub fn quiet(&mut self) {
        let begun = Instant::now();
        while begun.elapsed() < QUIET {
            if let Some(heard) = self.within(QUIET) {
                assert!(self.seen.contains(&heard), "{}", heard.text);
            }
        }
    }

    /// A request with a branch of its own.
    pub fn request(&self, method: &str, extra: &[&str], body: &str) -> String {
        self.branch.set(self.branch.get() + 1);
        self.same(method, extra, body)
    }

    /// A request with the branch of the one before.
    pub fn same(&self, method: &str, extra: &[&str], body: &str) -> String {
        let Self { transport, ours, line, call_id, theirs, cseq, contact, .. } = self;
        let tag = if theirs.is_empty() { String::new() } else { format!(";tag={theirs}") };
        let ours_first = [
            format!("<sip:2025550134@{}>;tag=peer", ours.ip()),
            format!("<sip:line@{line}>{tag}"),
            format!("sip:line@{line}"),
            String::new(),
        ];
        let [from, to, uri, routes] = self.called.as_ref().unwrap_or(&ours_first);
        let mut text = format!(
            "{method} {uri} SIP/2.0\r\nVia: SIP/2.0/{transport} {ours};rport;branch=z9hG4bK{call_id}-{}\r\n\
             Max-Forwards: 70\r\n{routes}From: {from}\r\nTo: {to}\r\n\
             Call-ID: {call_id}\r\nCSeq: {cseq} {method}\r\nContact: {contact}\r\n",
            self.branch.get(),
        );
        for line in extra {
            let _ = write!(text, "{line}\r\n");
        }
        if !body.is_empty() && !extra.iter().any(|line| line.starts_with("Content-Type")) {
            text.push_str("Content-Type: application/sdp\r\n");
        }
        let _ = write!(text, "Content-Length: {}\r\n\r\n{body}", body.len());
        text
    }

    /// From now on its requests belong to a call that the line made, and that it answered with this tag.
    pub fn follows(&mut self, invite: &Heard, tag: &str) {
        invite.get("Call-ID").clone_into(&mut self.call_id);
        let contact = invite.get("Contact").trim_start_matches('<').split('>').next().unwrap().to_owned();
        // Who was called goes by what was recorded, in the order in which it stands there.
        let mut routes = String::new();
        for route in invite.all("Record-Route") {
            let _ = write!(routes, "Route: {route}\r\n");
        }
        let own = format!("{};tag={tag}", invite.get("To"));
        self.called = Some([own, invite.get("From").to_owned(), contact, routes]);
    }

    /// The next request of the dialog.
    pub fn then(&mut self, method: &str, extra: &[&str], body: &str) -> String {
        self.cseq += 1;
        self.request(method, extra, body)
    }

    /// What it can speak, and where it wants to hear it.
    pub fn sdp(&self) -> String {
        sdp(self.rtp.local_addr().unwrap(), "0 8 101", EVENTS)
    }

    /// Calls; the line's 200.
    pub fn call(&mut self, extra: &[&str], body: &str) -> Heard {
        let invite = self.request("INVITE", extra, body);
        self.put(invite);
        self.code(100);
        let ok = self.code(200);
        ok.tag("To").unwrap().clone_into(&mut self.theirs);
        ok
    }

    /// Calls as telephones do, and acknowledges the answer.
    pub fn answered(&mut self, extra: &[&str]) -> Heard {
        let ok = self.call(extra, &self.sdp());
        let ack = self.request("ACK", &[], "");
        self.put(ack);
        ok
    }

    /// Hangs up, and is told that this was understood.
    pub fn hangs_up(&mut self) {
        let bye = self.then("BYE", &[], "");
        self.put(bye);
        self.code(200);
    }

    /// Asks something in the dialog that must be answered with this code.
    pub fn asked(&mut self, method: &str, extra: &[&str], body: &str, code: u16) -> Heard {
        let text = self.then(method, extra, body);
        self.put(text);
        self.code(code)
    }

    /// Answers a request of the line.
    pub fn answer(&mut self, to: &Heard, code: u16, tag: &str, extra: &[&str], body: &str) {
        let text = answer(to, code, tag, extra, body);
        self.put(text);
    }

    /// Sends 20 ms of silence there.
    pub fn speaks(&self, port: u16) {
        let mut packet = vec![0x80, 0, 0, 1, 0, 0, 0, 160, 0, 0, 0, 7];
        packet.extend([0xff; 160]);
        self.rtp.send_to(&packet, (self.line.ip(), port)).unwrap();
    }

    /// Whether sound of the line comes within a time, at this socket.
    pub fn hears(&self, time: Duration) -> bool {
        let mut buffer = [0; 2_000];
        self.rtp.set_nonblocking(true).unwrap();
        while self.rtp.recv_from(&mut buffer).is_ok() {}
        self.rtp.set_nonblocking(false).unwrap();
        self.rtp.set_read_timeout(Some(time)).unwrap();
        self.rtp.recv_from(&mut buffer).is_ok()
    }
}

impl Peer {
    /// Answers a call of the line's, once it is acknowledged: where its sound comes and goes from now on.
    pub fn picks_up(&mut self, invite: &Heard) -> (UdpSocket, SocketAddr) {
        self.picks_up_as(invite, "0", "")
    }

    /// The same, by whoever wants keys as events.
    pub fn picks_up_with_keys(&mut self, invite: &Heard) -> (UdpSocket, SocketAddr) {
        self.picks_up_as(invite, "0 101", EVENTS)
    }

    fn picks_up_as(&mut self, invite: &Heard, formats: &str, more: &str) -> (UdpSocket, SocketAddr) {
        let contact = format!("Contact: {}", self.contact);
        let described = sdp(self.rtp.local_addr().unwrap(), formats, more);
        self.answer(invite, 200, "c", &[&contact], &described);
        self.asks("ACK");
        (self.rtp.try_clone().unwrap(), SocketAddr::new(self.line.ip(), invite.port()))
    }

    /// Waits until the line says something.
    pub fn is_spoken_to(&self) {
        self.rtp.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut buffer = [0; 2_000];
        loop {
            let (size, _) = self.rtp.recv_from(&mut buffer).expect("the line speaks");
            // In either law these are silence, or nearly.
            if buffer[12..size].iter().any(|byte| !matches!(byte | 0x80, 0xfc..=0xff | 0xd4..=0xd7)) {
                return;
            }
        }
    }
}

/// An answer to a request, as a peer writes it.
pub fn answer(to: &Heard, code: u16, tag: &str, extra: &[&str], body: &str) -> String {
    let mut text = format!("SIP/2.0 {code} Whatever\r\n");
    for via in to.all("Via") {
        let _ = write!(text, "Via: {via}\r\n");
    }
    for route in to.all("Record-Route") {
        let _ = write!(text, "Record-Route: {route}\r\n");
    }
    let said = to.get("To");
    let own = if said.contains(";tag=") || tag.is_empty() { String::new() } else { format!(";tag={tag}") };
    let _ = write!(
        text,
        "From: {}\r\nTo: {said}{own}\r\nCall-ID: {}\r\nCSeq: {}\r\n",
        to.get("From"),
        to.get("Call-ID"),
        to.get("CSeq")
    );
    for line in extra {
        let _ = write!(text, "{line}\r\n");
    }
    if !body.is_empty() {
        text.push_str("Content-Type: application/sdp\r\n");
    }
    let _ = write!(text, "Content-Length: {}\r\n\r\n{body}", body.len());
    text
}

/// That keys are understood as events of RFC 4733.
const EVENTS: &str = "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n";

/// A session description.
pub fn sdp(at: SocketAddr, formats: &str, more: &str) -> String {
    let ip = at.ip();
    format!(
        "v=0\r\no=- 1 1 IN IP4 {ip}\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\nm=audio {} RTP/AVP {formats}\r\n{more}",
        at.port()
    )
}

/// Takes a whole message out of what was read.
fn cut(read: &mut Vec<u8>) -> Option<String> {
    // An answer to the emptiness that keeps connections open.
    while read.starts_with(b"\r\n") {
        read.drain(..2);
    }
    let text = String::from_utf8_lossy(read).into_owned();
    let head = text.find("\r\n\r\n")? + 4;
    let length = text[..head].lines().find_map(|line| line.strip_prefix("Content-Length: "));
    let length: usize = length?.trim().parse().unwrap();
    if read.len() < head + length {
        return None;
    }
    let rest = read.split_off(head + length);
    let whole = std::mem::replace(read, rest);
    Some(String::from_utf8(whole).unwrap())
}
