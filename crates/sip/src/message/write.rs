//! Writing messages.

use super::{Common, Via, split_list};
use bytes::Bytes;
use ezk_sip_types::{Headers, Name, StatusCode};
use std::{
    fmt::{Display, Write as _},
    net::SocketAddr,
};

/// A body and its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub kind: &'static str,
    pub body: String,
}

impl Content {
    pub fn sdp(body: String) -> Self {
        Self { kind: "application/sdp", body }
    }
}

/// One message as it grows.
pub struct Writer(String);

impl Writer {
    pub fn request(method: &str, uri: &str) -> Self {
        Self(format!("{method} {uri} SIP/2.0\r\n"))
    }

    pub fn response(code: u16) -> Self {
        Self(format!("SIP/2.0 {code} {}\r\n", reason(code)))
    }

    /// The first line alone, as a fragment.
    pub fn first_line(self) -> String {
        self.0
    }

    /// Adds one line.
    pub fn line(&mut self, name: &str, value: impl Display) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{name}: {value}\r\n");
        self
    }

    pub fn finish(mut self, content: Option<&Content>) -> Bytes {
        if let Some(content) = content {
            self.line("Content-Type", content.kind);
        }
        let body = content.map_or("", |c| c.body.as_str());
        self.line("Content-Length", body.len());
        self.0.push_str("\r\n");
        self.0.push_str(body);
        Bytes::from(self.0)
    }
}

/// What a code means, in the words of the RFC.
pub fn reason(code: u16) -> &'static str {
    match code {
        422 => "Session Interval Too Small",
        482 => "Loop Detected",
        code => StatusCode::from(code).text().unwrap_or(match code / 100 {
            1 => "Progress",
            2 => "OK",
            3 => "Redirected",
            4 => "Refused",
            5 => "Server Failure",
            _ => "Declined",
        }),
    }
}

/// What an answer repeats of its request (RFC 3261, 8.2.6).
#[derive(Clone)]
pub struct Reply {
    vias: String,
    from: String,
    to: String,
    tagged: bool,
    call_id: String,
    cseq: String,
    /// The Record-Route lines of the request, for answers that make a dialog.
    pub routes: Vec<String>,
    timestamp: Option<String>,
}

impl Reply {
    pub fn to(common: &Common, from: SocketAddr) -> Self {
        Self::of(&common.headers, &common.via, from, common.to.tag().is_some())
    }

    /// Of a request that is not sound: what is missing is left out.
    pub fn of(headers: &Headers, via: &Via, seen: SocketAddr, tagged: bool) -> Self {
        let first = |name: &Name| headers.get_raw(name).next().map(ToString::to_string).unwrap_or_default();
        let mut vias = format!("Via: {}\r\n", via.seen_from(seen));
        for other in headers.get_raw(&Name::VIA).flat_map(|line| split_list(line.as_str())).skip(1) {
            let _ = write!(vias, "Via: {other}\r\n");
        }
        Self {
            vias,
            from: first(&Name::FROM),
            to: first(&Name::TO),
            tagged,
            call_id: first(&Name::CALL_ID),
            cseq: first(&Name::CSEQ),
            routes: headers.get_raw(&Name::RECORD_ROUTE).map(ToString::to_string).collect(),
            timestamp: headers.get_raw(&Name::TIMESTAMP).next().map(ToString::to_string),
        }
    }

    /// Begins an answer. The tag is added to To unless the request had one.
    pub fn start(&self, code: u16, tag: Option<&str>) -> Writer {
        let mut writer = Writer::response(code);
        writer.0.push_str(&self.vias);
        writer.line("From", &self.from);
        match tag {
            Some(tag) if !self.tagged => writer.line("To", format_args!("{};tag={tag}", self.to)),
            _ => writer.line("To", &self.to),
        };
        writer.line("Call-ID", &self.call_id).line("CSeq", &self.cseq);
        if let Some(timestamp) = self.timestamp.as_ref().filter(|_| code == 100) {
            writer.line("Timestamp", timestamp);
        }
        writer
    }
}
