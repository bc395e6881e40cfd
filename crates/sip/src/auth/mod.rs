//! Digest authentication (RFC 3261, section 22, with the algorithms of RFC 8760), both ends of it.
//!
//! Our own, and not the one that comes with the message types: that takes chance from the system, answers the first challenge
//! instead of the strongest, and reuses the digest of another request's address.

mod client;
mod server;

pub use client::Client;
pub use server::{Judgement, Server};

use crate::message::split_list;
use md5::{Digest as _, Md5};
use sha2::Sha256;
use std::fmt::Write as _;

/// How the digest is made. The greater is the stronger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    Md5,
    Sha256,
}

impl Algorithm {
    fn read(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("MD5") {
            Some(Self::Md5)
        } else if name.eq_ignore_ascii_case("SHA-256") {
            Some(Self::Sha256)
        } else {
            None
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha256 => "SHA-256",
        }
    }

    fn hash(self, text: &str) -> String {
        let mut out = String::with_capacity(64);
        let mut hex = |bytes: &[u8]| {
            for byte in bytes {
                let _ = write!(out, "{byte:02x}");
            }
        };
        match self {
            Self::Md5 => hex(&Md5::digest(text.as_bytes())),
            Self::Sha256 => hex(&Sha256::digest(text.as_bytes())),
        }
        out
    }
}

/// What a digest is made of.
struct Facts<'a> {
    user: &'a str,
    realm: &'a str,
    password: &'a str,
    method: &'a str,
    uri: &'a str,
    nonce: &'a str,
    /// Count and client's nonce, when the quality of protection is `auth`.
    qop: Option<(&'a str, &'a str)>,
}

fn digest(algorithm: Algorithm, facts: &Facts<'_>) -> String {
    let Facts { user, realm, password, method, uri, nonce, qop } = facts;
    let secret = algorithm.hash(&format!("{user}:{realm}:{password}"));
    let asked = algorithm.hash(&format!("{method}:{uri}"));
    match qop {
        Some((count, ours)) => algorithm.hash(&format!("{secret}:{nonce}:{count}:{ours}:auth:{asked}")),
        None => algorithm.hash(&format!("{secret}:{nonce}:{asked}")),
    }
}

/// The parameters of each `Digest` in a header line, names in small letters.
///
/// What is in it stands in our answer again, so nothing that others could take for the end of a line is read: RFC 3261, 25.1
/// has no such sign in a quoted string, and a lone carriage return ends no line here.
fn digests(line: &str) -> Vec<Vec<(String, String)>> {
    let mut found: Vec<Vec<(String, String)>> = Vec::new();
    if line.contains(|sign: char| sign.is_control() && sign != '\t') {
        return found;
    }
    let mut ours = false;
    for part in split_list(line).take(64) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let mut name = name.trim();
        if let Some((scheme, first)) = name.split_once([' ', '\t']) {
            ours = scheme.eq_ignore_ascii_case("Digest");
            if ours {
                found.push(Vec::new());
            }
            name = first.trim();
        }
        if let Some(last) = found.last_mut().filter(|_| ours) {
            last.push((name.to_ascii_lowercase(), crate::message::unquote(value.trim())));
        }
    }
    found
}

fn value<'a>(params: &'a [(String, String)], name: &str) -> Option<&'a str> {
    params.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7616, 3.9.1 (the method is of HTTP; the digest is the same).
    #[test]
    fn example_of_the_rfc() {
        let facts = Facts {
            user: "Mufasa",
            realm: "http-auth@example.org",
            password: "Circle of Life",
            method: "GET",
            uri: "/dir/index.html",
            nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
            qop: Some(("00000001", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")),
        };
        assert_eq!(digest(Algorithm::Md5, &facts), "8ca523f5e9506fed4657c9700eebdbec");
        assert_eq!(
            digest(Algorithm::Sha256, &facts),
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
        );
    }

    #[test]
    fn two_challenges_in_one_line() {
        let line = r#"Digest realm="a, b", nonce="1", Basic realm="x", digest Realm="c",nonce=2"#;
        let found = digests(line);
        assert_eq!(found.len(), 2);
        assert_eq!(value(&found[0], "realm"), Some("a, b"));
        assert_eq!(value(&found[1], "realm"), Some("c"));
    }
}
