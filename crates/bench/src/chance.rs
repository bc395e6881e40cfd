//! Chance from a seed: the same store in every run.

use desk::Dice;
use domain::ids::Chance as Bytes;

/// A source of chance.
#[derive(Debug)]
pub struct Chance(Dice);

impl Chance {
    /// The chance of a seed.
    pub fn new(seed: u8) -> Self {
        Self(Dice::new([seed; 32]))
    }

    /// The chance of one of many, each with another.
    pub fn of(n: usize) -> Self {
        let mut seed = [0xa5; 32];
        for (at, byte) in seed.iter_mut().zip(n.to_be_bytes()) {
            *at = byte;
        }
        Self(Dice::new(seed))
    }

    /// What an identifier is made of.
    pub fn bytes(&mut self) -> Bytes {
        self.0.chance()
    }

    /// Less than `n`, which is at least 1.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.0.number()).unwrap_or(0) % n.max(1)
    }

    /// Yes, in `percent` of a hundred cases.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A token.
    pub fn token(&mut self) -> String {
        self.0.token()
    }
}
