//! What has been said already: shared things in memory and on disk, personal ones in memory for a short time.

pub(crate) mod disk;
pub(crate) mod memory;

pub use disk::DiskFault;

use crate::{engine::Engine, path, said::Said};
use sha2::{Digest, Sha256};

/// Words in a language, whoever says them and how fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WordsKey([u8; 32]);

/// One rendering of them. It changes with everything that the sound depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SoundKey {
    pub(crate) words: WordsKey,
    made: [u8; 32],
}

/// A length goes before each part, so that two parts never run together.
fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

impl WordsKey {
    pub(crate) fn of(said: &Said) -> Self {
        Self(hash(&[said.lang.as_bytes(), said.words.as_bytes()]))
    }
}

impl SoundKey {
    pub(crate) fn of(words: WordsKey, said: &Said, engine: &dyn Engine) -> Self {
        let identity = engine.identity(&said.lang);
        Self::made(words, &[engine.name().as_bytes(), identity.as_bytes()], said.percent)
    }

    /// A recording at another speed.
    pub(crate) fn of_recording(said: &Said, key: &str) -> Self {
        let words = WordsKey(hash(&[said.lang.as_bytes(), key.as_bytes(), b"recording"]));
        Self::made(words, &[b"recording"], said.percent)
    }

    fn made(words: WordsKey, by: &[&[u8]], percent: u8) -> Self {
        let made = hash(&[&by.concat(), &[percent], &path::VERSION.to_le_bytes()]);
        Self { words, made }
    }

    /// A file's name, and the beginning of the names of all renderings of the same words.
    pub(crate) fn name(&self) -> String {
        format!("{}{}", self.words.prefix(), hex::encode(&self.made[..16]))
    }
}

impl WordsKey {
    pub(crate) fn prefix(&self) -> String {
        format!("{}-", hex::encode(&self.0[..16]))
    }
}
