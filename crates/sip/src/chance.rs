//! Tags, branches, identifiers: all from the seed, so that a call that failed can be played again.

use rand::{Rng as _, SeedableRng as _, rngs::ChaCha12Rng};
use std::time::Duration;

/// The source of chance.
pub struct Chance(ChaCha12Rng);

impl Chance {
    pub fn new(seed: [u8; 32]) -> Self {
        Self(ChaCha12Rng::from_seed(seed))
    }

    /// 16 hexadecimal digits.
    pub fn token(&mut self) -> String {
        format!("{:016x}", self.0.next_u64())
    }

    /// A branch with the cookie of RFC 3261, 8.1.1.7.
    pub fn branch(&mut self) -> String {
        format!("z9hG4bK{}", self.token())
    }

    /// Less than `below`; 0 for 0.
    pub fn below(&mut self, below: u64) -> u64 {
        if below == 0 { 0 } else { self.0.next_u64() % below }
    }

    /// Between two waits, in steps of 10 ms.
    pub fn between(&mut self, from_ms: u64, to_ms: u64) -> Duration {
        Duration::from_millis(from_ms + 10 * self.below(to_ms.saturating_sub(from_ms) / 10 + 1))
    }

    pub fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}
