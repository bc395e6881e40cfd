//! A browser whose network lets no datagrams through: a real coturn takes its sound over TCP, with the name and the password that the page
//! gives, and nothing goes another way.

use crate::{
    officer::{Officer, SAYS},
    outward::{THEY_SAY, due, talks, trunk},
    peer::Peer,
    running::LIMIT,
    telephone::free,
};
use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use media::browser::{Way, has_tone};
use sha1::Sha1;
use std::{
    fs,
    io::{ErrorKind, Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

const SECRET: &str = "a secret that the two share";
/// What every message of STUN has in it (RFC 8489, section 5).
const COOKIE: u32 = 0x2112_a442;

// Methods and attributes of STUN and TURN (RFC 8489, section 18; RFC 8656, section 18).
const ALLOCATE: u16 = 0x003;
const CREATE_PERMISSION: u16 = 0x008;
const SEND: u16 = 0x016;
const DATA: u16 = 0x017;
const USERNAME: u16 = 0x006;
const INTEGRITY: u16 = 0x008;
const PEER: u16 = 0x012;
const CONTENT: u16 = 0x013;
const REALM: u16 = 0x014;
const NONCE: u16 = 0x015;
const RELAYED: u16 = 0x016;
const TRANSPORT: u16 = 0x019;

struct Coturn(Child);

impl Drop for Coturn {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Coturn {
    fn start(dir: &Path, at: SocketAddr) -> Self {
        let config = format!(
            "listening-ip=127.0.0.1\nlistening-port={}\nrelay-ip=127.0.0.1\nno-udp\nno-tls\nno-dtls\nno-cli\n\
             realm=agency.example\nuse-auth-secret\nstatic-auth-secret={SECRET}\nallow-loopback-peers\n\
             denied-peer-ip=0.0.0.0-255.255.255.255\nallowed-peer-ip=127.0.0.1\nno-stdout-log\n\
             log-file={}\nsimple-log\npidfile={}\nuserdb={}\n",
            at.port(),
            dir.join("turn.log").display(),
            dir.join("turn.pid").display(),
            dir.join("turn.db").display(),
        );
        let file = dir.join("turnserver.conf");
        fs::write(&file, config).unwrap();
        let child = Command::new("turnserver")
            .arg("-c")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let relay = Self(child);
        let begun = Instant::now();
        while TcpStream::connect(at).is_err() {
            assert!(begun.elapsed() < LIMIT, "coturn does not listen");
            std::thread::sleep(Duration::from_millis(50));
        }
        relay
    }
}

/// The other side of coturn: one allocation, over one connection.
struct Relayed {
    stream: TcpStream,
    read: Vec<u8>,
    name: String,
    /// The key of the long-term credential (RFC 8489, section 9.2.2).
    key: [u8; 16],
    realm: Vec<u8>,
    nonce: Vec<u8>,
    at: SocketAddr,
    permitted: Vec<IpAddr>,
    messages: u32,
    /// How many datagrams came by the relay.
    came: Arc<AtomicU64>,
}

fn attribute(into: &mut Vec<u8>, kind: u16, value: &[u8]) {
    into.extend(kind.to_be_bytes());
    into.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
    into.extend(value);
    into.resize(into.len().next_multiple_of(4), 0);
}

/// An address as it stands in a message; the same back.
fn masked(at: SocketAddr) -> Vec<u8> {
    let IpAddr::V4(ip) = at.ip() else { panic!("the test is on this machine") };
    let mut value = vec![0, 1];
    value.extend((at.port() ^ (COOKIE >> 16) as u16).to_be_bytes());
    value.extend((u32::from(ip) ^ COOKIE).to_be_bytes());
    value
}

fn unmasked(value: &[u8]) -> SocketAddr {
    let port = u16::from_be_bytes(value[2..4].try_into().unwrap()) ^ (COOKIE >> 16) as u16;
    let ip = u32::from_be_bytes(value[4..8].try_into().unwrap()) ^ COOKIE;
    SocketAddr::from((Ipv4Addr::from(ip), port))
}

/// The attribute of a message.
fn find(message: &[u8], wanted: u16) -> Option<&[u8]> {
    let mut rest = &message[20..];
    while rest.len() >= 4 {
        let kind = u16::from_be_bytes([rest[0], rest[1]]);
        let length = usize::from(u16::from_be_bytes([rest[2], rest[3]]));
        if kind == wanted {
            return rest.get(4..4 + length);
        }
        rest = rest.get(4 + length.next_multiple_of(4)..)?;
    }
    None
}

fn kind(message: &[u8]) -> u16 {
    u16::from_be_bytes([message[0], message[1]])
}

impl Relayed {
    /// A place at the relay, by what the page says of it.
    fn by(servers: &str, came: Arc<AtomicU64>) -> Self {
        let servers: serde_json::Value = serde_json::from_str(servers).unwrap();
        let server = &servers[0];
        let said = |name: &str| server[name].as_str().unwrap().to_owned();
        let url = server["urls"][0].as_str().unwrap();
        let at = url.strip_prefix("turn:").unwrap().split('?').next().unwrap();
        let (name, password) = (said("username"), said("credential"));
        let stream = TcpStream::connect(at).unwrap();
        stream.set_nodelay(true).unwrap();
        let nowhere = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
        let mut relayed = Self {
            stream,
            read: Vec::new(),
            name,
            key: [0; 16],
            realm: Vec::new(),
            nonce: Vec::new(),
            at: nowhere,
            permitted: Vec::new(),
            messages: 0,
            came,
        };
        let mut wants = Vec::new();
        attribute(&mut wants, TRANSPORT, &[17, 0, 0, 0]);
        let challenge = relayed.asks(ALLOCATE, &wants, false);
        assert_eq!(kind(&challenge), ALLOCATE | 0x110, "nobody has a place without a password");
        relayed.realm = find(&challenge, REALM).unwrap().to_vec();
        relayed.nonce = find(&challenge, NONCE).unwrap().to_vec();
        let realm = String::from_utf8(relayed.realm.clone()).unwrap();
        relayed.key = Md5::digest(format!("{}:{realm}:{password}", relayed.name)).into();
        let granted = relayed.asks(ALLOCATE, &wants, true);
        assert_eq!(kind(&granted), ALLOCATE | 0x100, "the page's password is good: {granted:?}");
        relayed.at = unmasked(find(&granted, RELAYED).unwrap());
        relayed
    }

    fn message(&mut self, method: u16, attributes: &[u8], proves: bool) -> Vec<u8> {
        self.messages += 1;
        let mut body = attributes.to_vec();
        if proves {
            attribute(&mut body, USERNAME, self.name.as_bytes());
            attribute(&mut body, REALM, &self.realm);
            attribute(&mut body, NONCE, &self.nonce);
        }
        let length = body.len() + if proves { 24 } else { 0 };
        let mut message = method.to_be_bytes().to_vec();
        message.extend(u16::try_from(length).unwrap().to_be_bytes());
        message.extend(COOKIE.to_be_bytes());
        message.extend([0; 8]);
        message.extend(self.messages.to_be_bytes());
        message.extend(body);
        if proves {
            let mut mac = Hmac::<Sha1>::new_from_slice(&self.key).unwrap();
            mac.update(&message);
            attribute(&mut message, INTEGRITY, &mac.finalize().into_bytes());
        }
        message
    }

    /// Asks, and waits for the answer; datagrams that come meanwhile are lost.
    fn asks(&mut self, method: u16, attributes: &[u8], proves: bool) -> Vec<u8> {
        let message = self.message(method, attributes, proves);
        self.stream.write_all(&message).unwrap();
        let begun = Instant::now();
        loop {
            if let Some(answer) = self.next(Duration::from_millis(200))
                && kind(&answer) & 0x0eef == method
                && kind(&answer) & 0x100 != 0
            {
                return answer;
            }
            assert!(begun.elapsed() < LIMIT, "the relay does not answer");
        }
    }

    /// The next whole message within a time.
    fn next(&mut self, within: Duration) -> Option<Vec<u8>> {
        let until = Instant::now() + within;
        loop {
            if let Some(head) = self.read.get(2..4) {
                let whole = 20 + usize::from(u16::from_be_bytes([head[0], head[1]]));
                if self.read.len() >= whole {
                    let rest = self.read.split_off(whole);
                    return Some(std::mem::replace(&mut self.read, rest));
                }
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            self.stream.set_read_timeout(Some(left.max(Duration::from_millis(1)))).unwrap();
            let mut buffer = [0; 4_096];
            match self.stream.read(&mut buffer) {
                Ok(0) => panic!("the relay has closed the connection"),
                Ok(size) => self.read.extend(&buffer[..size]),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}

impl Way for Relayed {
    fn address(&self) -> SocketAddr {
        self.at
    }

    fn send(&mut self, data: &[u8], to: SocketAddr) {
        let mut attributes = Vec::new();
        attribute(&mut attributes, PEER, &masked(to));
        if !self.permitted.contains(&to.ip()) {
            let answer = self.asks(CREATE_PERMISSION, &attributes, true);
            assert_eq!(kind(&answer), CREATE_PERMISSION | 0x100);
            self.permitted.push(to.ip());
        }
        attribute(&mut attributes, CONTENT, data);
        let message = self.message(SEND, &attributes, false);
        self.stream.write_all(&message).unwrap();
    }

    fn receive(&mut self, into: &mut [u8], within: Duration) -> Option<(usize, SocketAddr)> {
        let message = self.next(within).filter(|message| kind(message) == DATA)?;
        let (from, data) = (unmasked(find(&message, PEER)?), find(&message, CONTENT)?);
        into[..data.len()].copy_from_slice(data);
        self.came.fetch_add(1, Ordering::Relaxed);
        Some((data.len(), from))
    }
}

#[test]
fn a_call_is_heard_both_ways_by_the_relay_alone() {
    let (closed, inquiry) = due();
    let at = free();
    closed.file("turn.secret", &format!("{SECRET}\n"));
    closed.edit(
        "media_ports",
        &format!("turn = [\"turn:{at}?transport=tcp\"]\nturn_secret = \"turn.secret\"\nmedia_ports"),
    );
    let _coturn = Coturn::start(closed.dir(), at);
    let mut peer = Peer::udp(closed.at());
    closed.file("trunks.toml", &trunk("carrier", "udp", peer.ours, ""));
    let mut line = closed.serve();
    let came = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&came);
    let mut officer = Officer::behind_a_relay(&mut line, |servers| Box::new(Relayed::by(servers, counted)));
    officer.calls(&inquiry);
    let invite = peer.asks("INVITE");
    let (rtp, to) = peer.picks_up(&invite);
    officer.sees("data-phone=\"talking\"");
    let before = came.load(Ordering::Relaxed);
    std::thread::scope(|scope| {
        let talk = scope.spawn(|| talks(&rtp, to, Duration::from_secs(4)));
        officer.hears(THEY_SAY);
        assert!(has_tone(&talk.join().unwrap(), SAYS), "the person hears the officer");
    });
    // The browser has no other way; that sound came at all was by this one.
    assert!(came.load(Ordering::Relaxed) > before + 50, "packets of sound came by the relay");
    officer.hangs_up();
    let bye = peer.asks("BYE");
    peer.answer(&bye, 200, "", &[], "");
}
