//! What turns words into sound, as this room sees it.

use async_trait::async_trait;
use std::{fmt, time::Duration};

/// Something that speaks.
///
/// An engine gives sound as it has it. Trimming, levels and the telephone's rate are the same for all and not its concern,
/// nor is trying again: a failure is reported, and another engine is asked.
#[async_trait]
pub trait Engine: Send + Sync + 'static {
    /// A short name for figures and logs, such as `built-in`. Two engines of one installation do not share a name.
    fn name(&self) -> &str;

    /// Everything that its sound depends on besides words, language and speed: the program or service, the model, the
    /// voice for this language. When this text changes, what was kept is made again. It holds no secret.
    fn identity(&self, lang: &str) -> String;

    /// Whether it has a voice for this language.
    fn speaks(&self, lang: &str) -> bool;

    /// Whether it can speak slower by itself in this language. Otherwise its sound is stretched.
    fn paces(&self, _lang: &str) -> bool {
        true
    }

    /// The words as sound, within the engine's own limits of time and size.
    async fn speak(&self, request: &Request<'_>) -> Result<Raw, EngineError>;
}

/// What an engine is asked for. `Debug` does not show the words.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The words.
    pub words: &'a str,
    /// Their language.
    pub lang: &'a str,
    /// The speed in percent, 65 to 100.
    pub percent: u8,
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("words", &format_args!("{} bytes", self.words.len()))
            .field("lang", &self.lang)
            .field("percent", &self.percent)
            .finish()
    }
}

/// Sound as an engine gives it.
pub enum Raw {
    /// A WAV file.
    Wav(Vec<u8>),
    /// Samples of one channel.
    Samples {
        /// So many a second.
        rate: u32,
        /// The samples.
        samples: Vec<i16>,
    },
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wav(bytes) => write!(f, "Wav({} bytes)", bytes.len()),
            Self::Samples { rate, samples } => write!(f, "Samples({} at {rate}/s)", samples.len()),
        }
    }
}

/// Why an engine gave nothing. No text here holds words or a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// It took too long.
    #[error("no answer within {0:?}")]
    TooSlow(Duration),
    /// More than may be.
    #[error("an answer of more than {0} bytes")]
    TooLarge(usize),
    /// It cannot be reached or started.
    #[error("cannot be reached or started: {0}")]
    Unreachable(String),
    /// The service answered with this status.
    #[error("status {0}")]
    Status(u16),
    /// The program or helper process ended in this way.
    #[error("ended: {0}")]
    Ended(String),
    /// What it answered breaks the rules.
    #[error("an answer that is none: {0}")]
    Garbled(&'static str),
    /// It says that it cannot speak these words.
    #[error("refused the words")]
    Refused,
    /// It was restarted too often lately and rests.
    #[error("is being left alone for {0:?}")]
    Resting(Duration),
    /// Too much is being asked of it at once.
    #[error("too many at once")]
    Busy,
    /// Its sound is none that can be played.
    #[error("its sound: {0}")]
    Sound(#[from] crate::PathError),
}
