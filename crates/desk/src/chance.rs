//! The one source of chance, seeded by the binary (from the operating system) or by a test (from a number).

use domain::ids::Chance;
use rand::{Rng, SeedableRng, rngs::ChaCha20Rng};
use std::sync::{Mutex, PoisonError};

/// Draws chance for identifiers, numbers and tokens. `ChaCha20` is a cryptographic generator, which tokens need.
pub struct Dice(Mutex<ChaCha20Rng>);

impl std::fmt::Debug for Dice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dice")
    }
}

impl Dice {
    /// Dice that fall as the seed says.
    pub fn new(seed: [u8; 32]) -> Self {
        Self(Mutex::new(ChaCha20Rng::from_seed(seed)))
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }

    /// Chance for an identifier.
    pub fn chance(&self) -> Chance {
        let mut bytes = [0; 10];
        self.fill(&mut bytes);
        bytes
    }

    /// Bytes that nobody guesses.
    pub fn secret<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// Chance for an inquiry number, a jitter, a choice.
    pub fn number(&self) -> u32 {
        let mut bytes = [0; 4];
        self.fill(&mut bytes);
        u32::from_be_bytes(bytes)
    }

    /// A token that nobody guesses: 256 bits as 64 hexadecimal digits.
    pub fn token(&self) -> String {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        hex::encode(bytes)
    }
}
