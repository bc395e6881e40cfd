//! Digests as the other end reckons them (RFC 7616, RFC 8760), independently of how the line does.

use md5::{Digest as _, Md5};
use sha2::Sha256;
use std::fmt::Write as _;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn hash(sha: bool, text: &str) -> String {
    if sha { hex(&Sha256::digest(text.as_bytes())) } else { hex(&Md5::digest(text.as_bytes())) }
}

/// A parameter of a challenge, or of an answer to one.
pub fn field<'a>(line: &'a str, name: &str) -> &'a str {
    let at = line.find(&format!("{name}=")).unwrap_or_else(|| panic!("no {name} in {line}"));
    let value = &line[at + name.len() + 1..];
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap(),
        None => value.split(',').next().unwrap(),
    }
}

/// Checks an answer to a challenge as a server does.
pub fn right(line: &str, method: &str, user: &str, password: &str, sha: bool) -> bool {
    let secret = hash(sha, &format!("{user}:{}:{password}", field(line, "realm")));
    let asked = hash(sha, &format!("{method}:{}", field(line, " uri")));
    let nonce = field(line, " nonce");
    let wanted = if line.contains("qop=") {
        let (count, ours) = (field(line, "nc"), field(line, "cnonce"));
        hash(sha, &format!("{secret}:{nonce}:{count}:{ours}:auth:{asked}"))
    } else {
        hash(sha, &format!("{secret}:{nonce}:{asked}"))
    };
    field(line, "response") == wanted
}

/// Answers a challenge.
pub fn answers(
    challenge: &str,
    (method, uri): (&str, &str),
    (user, password): (&str, &str),
    sha: bool,
    count: &str,
) -> String {
    let (nonce, realm) = (field(challenge, " nonce"), field(challenge, "realm"));
    let secret = hash(sha, &format!("{user}:{realm}:{password}"));
    let asked = hash(sha, &format!("{method}:{uri}"));
    let response = hash(sha, &format!("{secret}:{nonce}:{count}:c:auth:{asked}"));
    let algorithm = if sha { "SHA-256" } else { "MD5" };
    format!(
        "Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", \
         response=\"{response}\", algorithm={algorithm}, qop=auth, nc={count}, cnonce=\"c\""
    )
}
