//! What the other end can speak.

use crate::{Direction, Law};
use bytesstr::BytesStr;
use ezk_sdp_types::{
    Connection, Direction as Wire, MediaDescription, SessionDescription, TaggedAddress, TransportProtocol,
};
use std::net::{IpAddr, SocketAddr};

/// Media lines that are answered; a description with more is refused.
const MOST_MEDIA: usize = 16;
/// Bytes of a description.
const MOST_BYTES: usize = 16 * 1024;
/// Why a description leads to no call: 488 in an answer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SdpFault {
    /// Not a session description.
    #[error("not a session description")]
    Malformed,
    /// No sound in G.711 at an address of ours' kind; or encrypted only.
    #[error("nothing that we can speak")]
    Nothing,
}

/// One m-line of theirs, as an answer must repeat it.
pub struct Line {
    /// `audio`, `video`, `image`, …
    pub kind: String,
    pub protocol: String,
    pub formats: String,
}

/// What the other end can speak.
pub struct Description {
    pub remote: SocketAddr,
    pub rtcp: Option<SocketAddr>,
    /// Never empty; theirs first.
    pub laws: Vec<Law>,
    pub telephone_event: Option<u8>,
    pub comfort_noise: Option<u8>,
    /// As they say it.
    pub direction: Direction,
    pub ptime: u8,
    pub lines: Vec<Line>,
    /// Which of the lines is ours.
    pub ours: usize,
    /// The protocol of our line.
    pub protocol: String,
}

impl Description {
    /// Whether the address is one. The hold of old phones names 0.0.0.0 (RFC 3264, 8.4).
    pub fn can_be_sent_to(&self) -> bool {
        !self.remote.ip().is_unspecified()
    }
}

/// Reads a description and finds the first sound in it that we can speak.
pub fn read(body: &[u8]) -> Result<Description, SdpFault> {
    if body.len() > MOST_BYTES {
        return Err(SdpFault::Malformed);
    }
    let text = std::str::from_utf8(body).map_err(|_| SdpFault::Malformed)?;
    let rows: Vec<&str> = text.split(['\n', '\r']).map(str::trim_end).filter(|l| !l.is_empty()).collect();
    if rows.first().is_none_or(|l| *l != "v=0") {
        return Err(SdpFault::Malformed);
    }
    let mut sections = split_at_media(&rows).into_iter();
    let head = sections.next().ok_or(SdpFault::Malformed)?;
    let media: Vec<&[&str]> = sections.take(MOST_MEDIA + 1).collect();
    if media.is_empty() || media.len() > MOST_MEDIA {
        return Err(if media.is_empty() { SdpFault::Nothing } else { SdpFault::Malformed });
    }
    let mut lines = Vec::with_capacity(media.len());
    for section in &media {
        lines.push(section.first().and_then(|l| read_line(l)).ok_or(SdpFault::Malformed)?);
    }
    for (at, section) in media.iter().enumerate() {
        if lines.get(at).is_some_and(|line| line.kind == "audio")
            && let Some(mut found) = audio(head, section)?
        {
            found.ours = at;
            found.lines = lines;
            return Ok(found);
        }
    }
    Err(SdpFault::Nothing)
}

fn split_at_media<'a>(rows: &'a [&'a str]) -> Vec<&'a [&'a str]> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(rows.iter().enumerate().filter(|(_, l)| l.starts_with("m=")).map(|(at, _)| at));
    starts.push(rows.len());
    starts.windows(2).filter_map(|pair| rows.get(*pair.first()?..*pair.last()?)).collect()
}

fn read_line(line: &str) -> Option<Line> {
    let mut words = line.strip_prefix("m=")?.split(' ').filter(|w| !w.is_empty());
    let (kind, _port, protocol) = (words.next()?, words.next()?, words.next()?);
    let formats: Vec<&str> = words.collect();
    Some(Line { kind: kind.to_owned(), protocol: protocol.to_owned(), formats: formats.join(" ") })
}

/// Whether a line decides something here, and is one that the parser takes.
fn matters(line: &str) -> bool {
    let Some(attribute) = line.strip_prefix("a=") else {
        return ["v=", "o=", "s=", "c=", "t=", "m="].iter().any(|kind| line.starts_with(kind));
    };
    match attribute.split_once(':') {
        None => ["sendrecv", "sendonly", "recvonly", "inactive"].contains(&attribute),
        Some(("rtpmap", map)) => map.trim().split_once(' ').is_some_and(|(payload, encoding)| {
            let rate = encoding.split('/').nth(1).map(str::trim);
            payload.parse::<u8>().is_ok() && rate.is_some_and(|rate| rate.parse::<u32>().is_ok())
        }),
        Some(("rtcp", rtcp)) => rtcp.split(' ').next().is_some_and(|port| port.parse::<u16>().is_ok()),
        Some((name, _)) => name == "ptime",
    }
}

fn audio(head: &[&str], section: &[&str]) -> Result<Option<Description>, SdpFault> {
    let kept: Vec<&str> = head.iter().chain(section).copied().filter(|l| matters(l)).collect();
    let text = BytesStr::from(kept.join("\r\n"));
    let parsed = SessionDescription::parse(&text).map_err(|_| SdpFault::Malformed)?;
    let Some(media) = parsed.media_descriptions.first() else { return Ok(None) };
    let protocol = match media.media.proto {
        TransportProtocol::RtpAvp => "RTP/AVP",
        TransportProtocol::RtpAvpf => "RTP/AVPF",
        _ => return Ok(None),
    };
    let connection = media.connection.as_ref().or(parsed.connection.as_ref());
    let Some(ip) = connection.and_then(address) else { return Ok(None) };
    let laws = laws(media);
    if media.media.port == 0 || laws.is_empty() {
        return Ok(None);
    }
    let rtcp = media.rtcp.as_ref().filter(|r| r.port != 0).map(|rtcp| {
        let at = rtcp.address.as_ref().and_then(tagged).unwrap_or(ip);
        SocketAddr::new(at, rtcp.port)
    });
    let ptime = media.attributes.iter().find(|a| a.name.as_str() == "ptime");
    let ptime = ptime.and_then(|a| a.value.as_ref()?.trim().parse::<u8>().ok()).unwrap_or(20);
    Ok(Some(Description {
        remote: SocketAddr::new(ip, media.media.port),
        rtcp,
        laws,
        telephone_event: named(media, "telephone-event"),
        comfort_noise: media.media.fmts.contains(&13).then_some(13).or_else(|| named(media, "CN")),
        direction: match media.direction {
            Wire::SendRecv => Direction::SendRecv,
            Wire::RecvOnly => Direction::RecvOnly,
            Wire::SendOnly => Direction::SendOnly,
            Wire::Inactive => Direction::Inactive,
        },
        ptime: ptime.clamp(10, 60),
        lines: Vec::new(),
        ours: 0,
        protocol: protocol.to_owned(),
    }))
}

fn address(connection: &Connection) -> Option<IpAddr> {
    tagged(&connection.address)
}

/// The address, when it is written as one: nothing here asks a name server.
fn tagged(address: &TaggedAddress) -> Option<IpAddr> {
    match address {
        TaggedAddress::IP4(ip) => Some(IpAddr::V4(*ip)),
        TaggedAddress::IP6(ip) => Some(IpAddr::V6(*ip)),
        TaggedAddress::IP4FQDN(_) | TaggedAddress::IP6FQDN(_) => None,
    }
}

fn laws(media: &MediaDescription) -> Vec<Law> {
    let mut laws = Vec::with_capacity(2);
    for format in &media.media.fmts {
        let law = match format {
            0 => Law::Mu,
            8 => Law::A,
            _ => continue,
        };
        // A map that says something else of a static type is nonsense; the static meaning holds (RFC 3551, section 3).
        if !laws.contains(&law) {
            laws.push(law);
        }
    }
    laws
}

/// The payload type of a format at 8,000 Hz that has a name.
fn named(media: &MediaDescription, name: &str) -> Option<u8> {
    let listed = |map: &&ezk_sdp_types::RtpMap| {
        map.clock_rate == 8_000 && map.encoding.eq_ignore_ascii_case(name) && map.payload < 128
    };
    media.rtpmap.iter().filter(listed).map(|map| map.payload).find(|pt| media.media.fmts.contains(pt))
}
