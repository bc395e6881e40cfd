//! Addresses: a name, a URI, parameters.

use super::fields::{param, params, split_outside};
use crate::{E164, Party};
use ezk_sip_types::{
    host::Host,
    uri::{SipUri, SipUriUserPart},
};
use std::net::IpAddr;

/// The values of one header line that are parted by commas.
pub fn split_list(line: &str) -> impl Iterator<Item = &str> {
    split_outside(line, ',').map(str::trim).filter(|part| !part.is_empty())
}

/// From, To, Contact, Route and their like.
#[derive(Clone)]
pub struct NameAddr {
    pub uri: String,
    pub params: Vec<(String, Option<String>)>,
}

impl NameAddr {
    /// Reads one value. Without angle brackets the parameters belong to the header, not to the URI (RFC 3261, 20).
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (uri, rest) = if let Some(open) = position_outside_quotes(text, '<') {
            let close = open + text.get(open..)?.find('>')?;
            let name = text.get(..open)?.trim();
            let plain = name.chars().all(|c| c != '"' && c != ':');
            let quoted = name.len() > 1 && name.starts_with('"') && name.ends_with('"');
            if !plain && !quoted {
                return None;
            }
            (text.get(open + 1..close)?, text.get(close + 1..)?)
        } else {
            if text.contains('"') {
                return None;
            }
            let end = text.find(';').unwrap_or(text.len());
            (text.get(..end)?.trim(), text.get(end..)?)
        };
        let uri = uri.trim();
        let (scheme, address) = uri.split_once(':')?;
        let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        if !named || address.is_empty() || uri.contains([' ', '\t', '<', '>', '"']) {
            return None;
        }
        let rest = rest.trim_start();
        if !rest.is_empty() && !rest.starts_with(';') {
            return None;
        }
        Some(Self { uri: uri.to_owned(), params: params(rest) })
    }

    pub fn param(&self, name: &str) -> Option<&str> {
        param(&self.params, name)
    }

    pub fn tag(&self) -> Option<&str> {
        self.param("tag").filter(|tag| !tag.is_empty())
    }
}

fn position_outside_quotes(text: &str, wanted: char) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match c {
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            c if c == wanted && !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

/// The user part of a `sip:`, `sips:` or `tel:` URI, percent signs resolved.
pub fn user_of(uri: &str) -> Option<String> {
    if let Some(number) = uri.strip_prefix("tel:").or_else(|| uri.strip_prefix("TEL:")) {
        return Some(number.split(';').next().unwrap_or_default().to_owned());
    }
    match uri.parse::<SipUri>().ok()?.user_part {
        SipUriUserPart::Empty => None,
        SipUriUserPart::User(user) => Some(user.as_str().to_owned()),
        SipUriUserPart::UserPw(user) => Some(user.user.as_str().to_owned()),
    }
}

/// Host and port of a `sip:` or `sips:` URI, when the host is an address. `None` for names: nothing here asks a name server.
pub fn host_of(uri: &str) -> Option<(IpAddr, Option<u16>)> {
    let parsed = uri.parse::<SipUri>().ok()?;
    let ip = match parsed.host_port.host {
        Host::IP4(ip) => IpAddr::V4(ip),
        Host::IP6(ip) => IpAddr::V6(ip),
        Host::Name(_) => return None,
    };
    Some((ip, parsed.host_port.port))
}

/// Whether a Route's URI says that its proxy leaves the request line alone (RFC 3261, 16.12.1).
pub fn is_loose(route: &str) -> bool {
    NameAddr::read(route).is_some_and(|r| param(&params(&r.uri), "lr").is_some())
}

/// Who an address means, in a country.
pub fn party(uri: &str, country: &str) -> Party {
    let Some(user) = user_of(uri) else { return Party::Withheld };
    // `;` inside a user part begins what is no digit: "+12025550100;npdi".
    let plain = user.split(';').next().unwrap_or_default();
    let lower = plain.to_ascii_lowercase();
    if plain.is_empty() || matches!(lower.as_str(), "anonymous" | "unavailable" | "unknown" | "restricted") {
        return Party::Withheld;
    }
    E164::normalise(plain, country).map_or_else(
        || Party::Other(plain.chars().filter(|c| !c.is_control()).take(128).collect()),
        Party::Number,
    )
}
