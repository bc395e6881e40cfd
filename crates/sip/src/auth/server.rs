//! Challenging a trunk that has to prove who it is.

use super::{Algorithm, Facts, digest, digests, value};
use crate::Login;
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, VecDeque};

/// Seconds that a nonce is good for.
const NONCE_FOR: u64 = 300;
/// Nonces whose use is counted; the oldest is forgotten first.
const MOST_NONCES: usize = 4_096;

/// What became of somebody's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// They are who they say.
    Right,
    /// Nothing said, or wrong: ask.
    Ask,
    /// Right, with a nonce that is too old: ask with `stale=true`, so that nobody types a password again.
    Stale,
}

/// The challenger. A nonce carries its own time and a seal, so an unanswered challenge costs no memory.
pub struct Server {
    secret: [u8; 32],
    counts: HashMap<String, u32>,
    order: VecDeque<String>,
    /// So that two challenges in one second are two: each may be answered with a count of 1.
    serial: u64,
}

impl Server {
    pub fn new(secret: [u8; 32]) -> Self {
        Self { secret, counts: HashMap::new(), order: VecDeque::new(), serial: 0 }
    }

    fn seal(&self, second: u64, serial: u64, realm: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(self.secret);
        hash.update(second.to_be_bytes());
        hash.update(serial.to_be_bytes());
        hash.update(realm.as_bytes());
        let sealed = hash.finalize();
        let mut out = format!("{second:x}.{serial:x}.");
        for byte in sealed.iter().take(16) {
            use std::fmt::Write as _;
            let _ = write!(out, "{byte:02x}");
        }
        out
    }

    /// The header values of a challenge, the strongest first.
    pub fn challenge(&mut self, realm: &str, second: u64, stale: bool) -> [String; 2] {
        self.serial += 1;
        let nonce = self.seal(second, self.serial, realm);
        [Algorithm::Sha256, Algorithm::Md5].map(|algorithm| {
            let stale = if stale { ", stale=true" } else { "" };
            format!(
                "Digest realm=\"{realm}\", nonce=\"{nonce}\", algorithm={}, qop=\"auth\"{stale}",
                algorithm.name()
            )
        })
    }

    /// Judges the Authorization lines of a request. `second` counts from any fixed moment.
    pub fn judge<'a>(
        &mut self,
        login: &Login,
        realm: &str,
        method: &str,
        second: u64,
        lines: impl Iterator<Item = &'a str>,
    ) -> Judgement {
        for params in lines.flat_map(digests).take(8) {
            let judgement = self.judge_one(login, realm, method, second, &params);
            if let Some(judgement) = judgement {
                return judgement;
            }
        }
        Judgement::Ask
    }

    fn judge_one(
        &mut self,
        login: &Login,
        realm: &str,
        method: &str,
        second: u64,
        params: &[(String, String)],
    ) -> Option<Judgement> {
        if value(params, "realm") != Some(realm) || value(params, "username") != Some(login.user.as_str()) {
            return None;
        }
        let algorithm = value(params, "algorithm").map_or(Some(Algorithm::Md5), Algorithm::read)?;
        let (nonce, uri) = (value(params, "nonce")?, value(params, "uri")?);
        let (count, ours) = (value(params, "nc")?, value(params, "cnonce")?);
        let qop = value(params, "qop").is_some_and(|q| q.eq_ignore_ascii_case("auth"));
        let facts = Facts {
            user: &login.user,
            realm,
            password: &login.password,
            method,
            uri,
            nonce,
            qop: qop.then_some((count, ours)),
        };
        if !qop || !alike(&digest(algorithm, &facts), &value(params, "response")?.to_ascii_lowercase()) {
            return None;
        }
        let mut parts = nonce.split('.').map(|part| u64::from_str_radix(part, 16).ok());
        let (Some(Some(since)), Some(Some(serial))) = (parts.next(), parts.next()) else {
            return Some(Judgement::Stale);
        };
        if !alike(&self.seal(since, serial, realm), nonce) || second.saturating_sub(since) > NONCE_FOR {
            return Some(Judgement::Stale);
        }
        let count = u32::from_str_radix(count, 16).ok()?;
        Some(if self.counted(nonce, count) { Judgement::Right } else { Judgement::Stale })
    }

    /// Whether the count is greater than every one before (a request that was listened to cannot be played again).
    fn counted(&mut self, nonce: &str, count: u32) -> bool {
        if let Some(last) = self.counts.get_mut(nonce) {
            let newer = count > *last;
            *last = count.max(*last);
            return newer;
        }
        if self.order.len() >= MOST_NONCES
            && let Some(oldest) = self.order.pop_front()
        {
            self.counts.remove(&oldest);
        }
        self.order.push_back(nonce.to_owned());
        self.counts.insert(nonce.to_owned(), count);
        count > 0
    }
}

/// Compares without telling by its time where the first difference is.
fn alike(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}
