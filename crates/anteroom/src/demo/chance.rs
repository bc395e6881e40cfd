//! Chance that falls the same each time.

use rand::{RngExt, SeedableRng, rngs::ChaCha20Rng, seq::IndexedRandom};

/// A generator from a seed.
#[derive(Debug)]
pub struct Chance(ChaCha20Rng);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha20Rng::seed_from_u64(seed))
    }

    /// A number from 0 up to `n`, `n` left out; 0 when there is none.
    pub fn below(&mut self, n: u32) -> u32 {
        if n == 0 { 0 } else { self.0.random_range(0..n) }
    }

    /// A number between two, both included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        if from >= to { from } else { self.0.random_range(from..=to) }
    }

    /// True so often in a hundred.
    pub fn percent(&mut self, of_hundred: u32) -> bool {
        self.below(100) < of_hundred
    }

    /// One of several; none of none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.choose(&mut self.0)
    }

    /// A place in a list of weights.
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut at = self.below(weights.iter().sum());
        for (n, weight) in weights.iter().enumerate() {
            if at < *weight {
                return n;
            }
            at -= weight;
        }
        0
    }

    /// 32 bytes, to seed another.
    pub fn seed(&mut self) -> [u8; 32] {
        self.0.random()
    }
}
