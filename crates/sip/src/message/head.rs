//! From bytes to a message, or to what can be said about bytes that are none.

use super::{Common, Message, Method, NameAddr, Request, Response, fields::Via, split_list};
use bytes::Bytes;
use ezk_sip_types::{Headers, Name};

/// Header lines of one message. More are refused: each is looked for among all.
const MOST_LINES: usize = 200;

/// Why bytes are no message, as far as somebody can be told.
pub enum Malformed {
    /// Nobody to tell: an answer, an ACK, or no way back.
    Silent,
    /// A request that can be answered.
    Answer {
        /// What could be read of it: enough for an answer.
        head: Box<Headers>,
        via: Box<Via>,
        /// 400, 416 or 505.
        code: u16,
    },
}

/// Reads one whole message. `framed` says that the body is exactly what follows the head (a stream was cut by Content-Length).
pub fn parse(data: &[u8]) -> Result<Message, Malformed> {
    let start = data.iter().position(|b| !matches!(b, b'\r' | b'\n')).ok_or(Malformed::Silent)?;
    let data = data.get(start..).unwrap_or_default();
    let end = head_end(data).ok_or(Malformed::Silent)?;
    let (head, body) = data.split_at(end);
    let head = std::str::from_utf8(head).map_err(|_| Malformed::Silent)?;
    let lines = unfold(head);
    let (first, rest) = lines.split_first().ok_or(Malformed::Silent)?;
    let (headers, sound) = read_lines(rest);
    if let Some(status) = first.strip_prefix("SIP/2.0 ") {
        let code = status.get(..3).and_then(|c| c.parse().ok()).filter(|c| (100..700).contains(c));
        let parted = status.as_bytes().get(3).is_none_or(|b| *b == b' ');
        let code = code.filter(|_| sound && parted).ok_or(Malformed::Silent)?;
        let common = read_common(headers, body).map_err(|_| Malformed::Silent)?;
        return Ok(Message::Response(Response { code, common }));
    }
    request(first, headers, sound, body)
}

fn request(first: &str, headers: Headers, sound: bool, body: &[u8]) -> Result<Message, Malformed> {
    let mut parts = first.split(' ');
    let (method, uri, version) = (parts.next(), parts.next(), parts.next());
    let method = method.filter(|m| !m.is_empty() && m.chars().all(is_token)).ok_or(Malformed::Silent)?;
    let method = Method::read(method);
    if method == Method::Ack && (!sound || version.is_none()) {
        return Err(Malformed::Silent);
    }
    let fault = line_fault(uri, version, parts.next().is_some(), sound);
    if let Some(code) = fault {
        return Err(refuse(headers, &method, code));
    }
    match read_common(headers, body) {
        Ok(common) if common.cseq_method == method => {
            Ok(Message::Request(Request { method, uri: uri.unwrap_or_default().to_owned(), common }))
        }
        Ok(common) => Err(refuse(common.headers, &method, 400)),
        Err(headers) => Err(refuse(headers, &method, 400)),
    }
}

fn line_fault(uri: Option<&str>, version: Option<&str>, more: bool, sound: bool) -> Option<u16> {
    let (Some(uri), Some(version)) = (uri, version) else { return Some(400) };
    if !more && version.len() > 4 && version.get(..4).is_some_and(|v| v.eq_ignore_ascii_case("SIP/")) {
        if !version.eq_ignore_ascii_case("SIP/2.0") {
            return Some(505);
        }
    } else {
        return Some(400);
    }
    if uri.is_empty() || uri.contains(['<', '>', '"']) || !sound {
        return Some(400);
    }
    match uri.split_once(':') {
        Some((scheme, rest)) if ["sip", "sips", "tel"].iter().any(|s| scheme.eq_ignore_ascii_case(s)) => {
            // Headers within the address of a request are not for us to follow (RFC 3261, 19.1.5).
            let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
            (rest.is_empty() || host.contains('?')).then_some(400)
        }
        Some(_) => Some(416),
        None => Some(400),
    }
}

fn refuse(headers: Headers, method: &Method, code: u16) -> Malformed {
    let via = headers
        .get_raw(&Name::VIA)
        .next()
        .and_then(|line| split_list(line.as_str()).next().and_then(Via::read));
    match via {
        Some(via) if *method != Method::Ack => {
            Malformed::Answer { head: Box::new(headers), via: Box::new(via), code }
        }
        _ => Malformed::Silent,
    }
}

/// Where the head ends and the body begins.
pub fn head_end(data: &[u8]) -> Option<usize> {
    let mut line = 0;
    for (at, byte) in data.iter().enumerate() {
        if *byte == b'\n' {
            let text = data.get(line..at)?;
            if text.is_empty() || text == b"\r" {
                return Some(at + 1);
            }
            line = at + 1;
        }
    }
    None
}

/// The lines of a head, with those that were folded (RFC 3261, 7.3.1) made one.
fn unfold(head: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in head.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ if line.is_empty() => {}
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

fn read_lines(lines: &[String]) -> (Headers, bool) {
    let mut headers = Headers::with_capacity(lines.len().min(MOST_LINES));
    let mut sound = lines.len() <= MOST_LINES;
    for line in lines.iter().take(MOST_LINES) {
        let Some((name, value)) = line.split_once(':') else {
            sound = false;
            continue;
        };
        let name = name.trim_end();
        if name.is_empty() || !name.chars().all(is_token) || value.contains('\r') {
            sound = false;
            continue;
        }
        headers.insert(Name::from(name), value.trim());
    }
    (headers, sound)
}

pub fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-.!%*_+`'~".contains(c)
}

/// What every message must have, each once.
fn read_common(headers: Headers, body: &[u8]) -> Result<Common, Headers> {
    let Some(parts) = read_parts(&headers, body.len()) else { return Err(headers) };
    let (via, from, to, call_id, (cseq, cseq_method), length) = parts;
    let body = body.get(..length).map(Bytes::copy_from_slice).unwrap_or_default();
    Ok(Common { headers, via, from, to, call_id, cseq, cseq_method, body })
}

type Parts = (Via, NameAddr, NameAddr, String, (u32, Method), usize);

fn read_parts(headers: &Headers, available: usize) -> Option<Parts> {
    let one = |name: &Name| {
        let mut values = headers.get_raw(name);
        let first = values.next()?;
        values.next().is_none().then_some(first.as_str())
    };
    let mut vias = headers.get_raw(&Name::VIA).flat_map(|line| split_list(line.as_str())).map(Via::read);
    let current = |via: &Via| via.version == "2.0";
    let via = vias.next()?.filter(current)?;
    if vias.any(|other| !other.as_ref().is_some_and(current)) {
        return None;
    }
    let from = NameAddr::read(one(&Name::FROM)?)?;
    let to = NameAddr::read(one(&Name::TO)?)?;
    let call_id = one(&Name::CALL_ID)?;
    if call_id.is_empty() || call_id.contains([' ', '\t']) {
        return None;
    }
    let (number, method) = one(&Name::CSEQ)?.split_once([' ', '\t'])?;
    let number = digits(number)?.parse::<u32>().ok().filter(|n| *n < 1 << 31)?;
    let method = method.trim();
    if method.is_empty() || !method.chars().all(is_token) {
        return None;
    }
    if headers.contains(&Name::MAX_FORWARDS) {
        digits(one(&Name::MAX_FORWARDS)?)?.parse::<u8>().ok()?;
    }
    let length = if headers.contains(&Name::CONTENT_LENGTH) {
        digits(one(&Name::CONTENT_LENGTH)?)?.parse::<usize>().ok().filter(|l| *l <= available)?
    } else {
        available
    };
    Some((via, from, to, call_id.to_owned(), (number, Method::read(method)), length))
}

/// A number of digits only: `parse` alone would take a sign.
pub fn digits(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}
