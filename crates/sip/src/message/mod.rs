//! Messages: read leniently where the RFC allows it, refused where it does not, written plainly.

mod address;
mod fields;
mod head;
mod write;

pub use address::{NameAddr, host_of, is_loose, party, split_list, user_of};
pub use fields::{Via, params, unquote};
pub use head::{Malformed, digits, head_end, parse};
pub use write::{Content, Reply, Writer};

use bytes::Bytes;
use bytesstr::BytesStr;
use ezk_sip_types::{Headers, Name};
use std::fmt;

/// What a request asks for. Methods are case-sensitive (RFC 3261, 7.1).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Method {
    Invite,
    Ack,
    Cancel,
    Bye,
    Options,
    Info,
    Update,
    Prack,
    Refer,
    Notify,
    Register,
    /// Known, and nothing for a telephone: SUBSCRIBE, MESSAGE, PUBLISH.
    Foreign(&'static str),
    Unknown(String),
}

/// What we can do, as Allow says it.
pub const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY";
/// The extensions that we know.
pub const SUPPORTED: &str = "100rel, timer";

impl Method {
    pub fn read(name: &str) -> Self {
        match name {
            "INVITE" => Self::Invite,
            "ACK" => Self::Ack,
            "CANCEL" => Self::Cancel,
            "BYE" => Self::Bye,
            "OPTIONS" => Self::Options,
            "INFO" => Self::Info,
            "UPDATE" => Self::Update,
            "PRACK" => Self::Prack,
            "REFER" => Self::Refer,
            "NOTIFY" => Self::Notify,
            "REGISTER" => Self::Register,
            "SUBSCRIBE" => Self::Foreign("SUBSCRIBE"),
            "MESSAGE" => Self::Foreign("MESSAGE"),
            "PUBLISH" => Self::Foreign("PUBLISH"),
            other => Self::Unknown(other.to_owned()),
        }
    }

    pub fn name(&self) -> &str {
        match self {
            Self::Invite => "INVITE",
            Self::Ack => "ACK",
            Self::Cancel => "CANCEL",
            Self::Bye => "BYE",
            Self::Options => "OPTIONS",
            Self::Info => "INFO",
            Self::Update => "UPDATE",
            Self::Prack => "PRACK",
            Self::Refer => "REFER",
            Self::Notify => "NOTIFY",
            Self::Register => "REGISTER",
            Self::Foreign(name) => name,
            Self::Unknown(name) => name,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What every whole message has.
pub struct Common {
    pub headers: Headers,
    pub via: Via,
    pub from: NameAddr,
    pub to: NameAddr,
    pub call_id: String,
    pub cseq: u32,
    pub cseq_method: Method,
    pub body: Bytes,
}

impl Common {
    /// The first value of a header.
    pub fn header(&self, name: &Name) -> Option<&str> {
        self.headers.get_raw(name).next().map(BytesStr::as_str)
    }

    /// All values of a header whose values may also stand in one line with commas.
    pub fn list(&self, name: &Name) -> impl Iterator<Item = &str> {
        self.headers.get_raw(name).flat_map(|line| split_list(line.as_str()))
    }

    /// Whether a list of tokens has one.
    pub fn lists(&self, name: &Name, token: &str) -> bool {
        self.list(name).any(|found| found.eq_ignore_ascii_case(token))
    }

    /// The body, when it is (or holds, in a multipart) a session description; `Err` when it is something else.
    pub fn session_description(&self) -> Result<Option<Bytes>, OtherContent> {
        if self.body.is_empty() {
            return Ok(None);
        }
        let encoded =
            self.header(&Name::CONTENT_ENCODING).is_some_and(|e| !e.eq_ignore_ascii_case("identity"));
        let Some(kind) = self.header(&Name::CONTENT_TYPE).filter(|_| !encoded) else {
            return Err(OtherContent);
        };
        let media_type = kind.split(';').next().unwrap_or_default().trim();
        if media_type.eq_ignore_ascii_case("application/sdp") {
            return Ok(Some(self.body.clone()));
        }
        if media_type.to_ascii_lowercase().starts_with("multipart/") {
            let boundary = params(kind).into_iter().find(|(name, _)| name == "boundary");
            if let Some(part) = boundary.and_then(|(_, b)| part_of(&self.body, b.as_deref()?)) {
                return Ok(Some(part));
            }
        }
        Err(OtherContent)
    }
}

/// The body is of a kind that we do not read: 415.
pub struct OtherContent;

/// The session description in a multipart body (RFC 5621): carriers wrap it together with ISUP.
fn part_of(body: &Bytes, boundary: &str) -> Option<Bytes> {
    let text = std::str::from_utf8(body).ok();
    // A binary part beside ours makes the whole no text; what is ours is text all the same.
    let lossy = text.map_or_else(|| String::from_utf8_lossy(body), Into::into);
    let delimiter = format!("--{boundary}");
    for part in lossy.split(delimiter.as_str()).skip(1).take(16) {
        let part = part.trim_start_matches(['\r', '\n']);
        let Some((head, content)) = part.split_once("\r\n\r\n").or_else(|| part.split_once("\n\n")) else {
            continue;
        };
        let is_sdp = head.lines().any(|line| {
            let line = line.to_ascii_lowercase();
            (line.starts_with("content-type") || line.starts_with("c:")) && line.contains("application/sdp")
        });
        if is_sdp {
            return Some(Bytes::copy_from_slice(content.as_bytes()));
        }
    }
    None
}

pub struct Request {
    pub method: Method,
    pub uri: String,
    pub common: Common,
}

pub struct Response {
    pub code: u16,
    pub common: Common,
}

pub enum Message {
    Request(Request),
    Response(Response),
}
