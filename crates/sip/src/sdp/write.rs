//! What we say of ourselves.

use super::{Description, Session};
use crate::{Direction, Law};
use std::fmt::Write as _;

/// The payload type of telephone events in our offers.
const EVENTS: u8 = 101;

fn head(session: &Session) -> String {
    let ip = session.media.addr.ip();
    let kind = if ip.is_ipv4() { "IP4" } else { "IP6" };
    let (id, version) = (session.id, session.version);
    format!("v=0\r\no=- {id} {version} IN {kind} {ip}\r\ns=-\r\nc=IN {kind} {ip}\r\nt=0 0\r\n")
}

fn sound(out: &mut String, laws: &[Law], events: Option<u8>, noise: Option<u8>, direction: Direction) {
    for law in laws {
        let name = match law {
            Law::Mu => "PCMU",
            Law::A => "PCMA",
        };
        let _ = write!(out, "a=rtpmap:{} {name}/8000\r\n", law.payload_type());
    }
    if let Some(pt) = noise {
        let _ = write!(out, "a=rtpmap:{pt} CN/8000\r\n");
    }
    if let Some(pt) = events {
        let _ = write!(out, "a=rtpmap:{pt} telephone-event/8000\r\na=fmtp:{pt} 0-16\r\n");
    }
    let _ = write!(out, "a=ptime:20\r\na={}\r\n", direction.name());
}

fn formats(laws: &[Law], events: Option<u8>, noise: Option<u8>) -> String {
    let mut out = String::new();
    for pt in laws.iter().map(|l| l.payload_type()).chain(noise).chain(events) {
        let _ = write!(out, " {pt}");
    }
    out
}

/// Both laws, this one first.
pub fn offer(session: &Session, first: Law, direction: Direction) -> String {
    let laws = [first, first.other()];
    let (events, noise) = (Some(EVENTS), Some(13));
    let mut out = head(session);
    let port = session.media.addr.port();
    let _ = write!(out, "m=audio {port} RTP/AVP{}\r\n", formats(&laws, events, noise));
    sound(&mut out, &laws, events, noise, direction);
    out
}

/// One law, the one that both speak; every other m-line of theirs is refused with port 0 (RFC 3264, section 6).
pub fn answer(session: &Session, theirs: &Description, direction: Direction) -> String {
    let law = [theirs.law()];
    let (events, noise) = (theirs.telephone_event, theirs.comfort_noise);
    let mut out = head(session);
    for (at, line) in theirs.lines.iter().enumerate() {
        if at == theirs.ours {
            let port = session.media.addr.port();
            let _ = write!(out, "m=audio {port} {}{}\r\n", theirs.protocol, formats(&law, events, noise));
            sound(&mut out, &law, events, noise, direction);
        } else {
            let formats = if line.formats.is_empty() { "0" } else { line.formats.as_str() };
            let _ = write!(out, "m={} 0 {} {formats}\r\n", line.kind, line.protocol);
        }
    }
    out
}
