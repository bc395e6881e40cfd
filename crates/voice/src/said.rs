//! What is to be said, and what is heard of it.

use std::{borrow::Cow, fmt, sync::Arc, time::Duration};

/// Samples a second of everything that leaves this room: what a telephone carries.
pub const RATE: u32 = 8_000;

/// Words to be said.
///
/// They are words alone: numbers, dates and abbreviations have been turned into words before (`speech`). `Debug` does not
/// show them, because they may be about a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Said {
    /// The words, at most [`crate::Limits::words`] bytes.
    pub words: String,
    /// Their language, as a tag: `en`, `es`, `es-MX`.
    pub lang: String,
    /// How fast, in percent of the usual speed: 65 to 100. What is outside is brought inside.
    pub percent: u8,
    /// Where the sound may be kept.
    pub keep: Keep,
    /// The prompt's key. A recording `LANG/KEY.wav` is played in place of the words, whoever speaks otherwise.
    pub recording: Option<String>,
}

impl Said {
    /// Words for everybody, at the usual speed.
    pub fn shared(lang: impl Into<String>, words: impl Into<String>) -> Self {
        Self { words: words.into(), lang: lang.into(), percent: 100, keep: Keep::Shared, recording: None }
    }

    /// Words about one person, at the usual speed.
    pub fn personal(lang: impl Into<String>, words: impl Into<String>) -> Self {
        Self { keep: Keep::Call, ..Self::shared(lang, words) }
    }

    /// The same as the prompt of this key, over which a recording may be laid.
    #[must_use]
    pub fn prompt(self, key: impl Into<String>) -> Self {
        Self { recording: Some(key.into()), ..self }
    }

    /// The same at this speed, in percent.
    #[must_use]
    pub fn at(self, percent: u8) -> Self {
        Self { percent, ..self }
    }

    /// The same at a speed that there is.
    pub(crate) fn within_limits(&self) -> Cow<'_, Self> {
        let percent = self.percent.clamp(65, 100);
        if percent == self.percent {
            Cow::Borrowed(self)
        } else {
            Cow::Owned(Self { percent, ..self.clone() })
        }
    }
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Said")
            .field("words", &format_args!("{} bytes", self.words.len()))
            .field("lang", &self.lang)
            .field("percent", &self.percent)
            .field("keep", &self.keep)
            .field("recording", &self.recording)
            .finish()
    }
}

/// Where a sound may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keep {
    /// In memory and on disk: what everybody hears.
    Shared,
    /// In memory and for a short time only: what one caller hears.
    Call,
}

/// Something to be heard: [`RATE`] samples a second of one channel, without silence at its ends, as loud as everything
/// else.
///
/// `Debug` shows its length only.
#[derive(Clone, PartialEq, Eq)]
pub struct Sound {
    /// The samples. Sharing them costs nothing.
    pub samples: Arc<[i16]>,
}

impl Sound {
    /// How long it is.
    pub fn length(&self) -> Duration {
        Duration::from_nanos(self.samples.len() as u64 * (1_000_000_000 / u64::from(RATE)))
    }

    pub(crate) fn bytes(&self) -> usize {
        self.samples.len() * size_of::<i16>()
    }
}

impl fmt::Debug for Sound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sound({:?})", self.length())
    }
}
