//! The built-in voices: SVOX Pico with its data for English and Spanish inside the binary.
//!
//! This is old C code that is handed words of strangers. It runs in a helper process that may die
//! (`voice::built_in`), never in the process that holds calls.

use std::{io::Write, path::Path, rc::Rc};
use tempfile::NamedTempFile;
use ttspico::{Engine, EngineResetMode, EngineStatus, PicoError, System};

/// Samples a second of what [`Speaker::speak`] gives.
pub const RATE: u32 = 16_000;

/// The most bytes of words that one call takes.
pub const MOST_WORDS: usize = 8 * 1024;

/// What the engine has to work in, as its own examples have it.
const MEMORY: usize = 4 * 1024 * 1024;

/// Above this the engine's own samples clip (measured: thousands of them at its default of 100).
const VOLUME: u8 = 40;

/// A language that is spoken here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English as in the United States.
    English,
    /// Spanish as in Spain: the engine has no other.
    Spanish,
}

impl Language {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// The rules of the language, and its sounds.
    const fn data(self) -> (&'static [u8], &'static [u8]) {
        match self {
            Self::English => (
                include_bytes!(concat!(env!("OUT_DIR"), "/en-US_ta.bin")),
                include_bytes!(concat!(env!("OUT_DIR"), "/en-US_lh0_sg.bin")),
            ),
            Self::Spanish => (
                include_bytes!(concat!(env!("OUT_DIR"), "/es-ES_ta.bin")),
                include_bytes!(concat!(env!("OUT_DIR"), "/es-ES_zl0_sg.bin")),
            ),
        }
    }
}

/// Why nothing was spoken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PicoFault {
    /// The data could not be put where the engine reads it.
    #[error("the voice's data cannot be laid out in memory")]
    Data(#[from] std::io::Error),
    /// The engine says so, with its own number. Its text may quote what it read, so it is left out.
    #[error("the engine's fault {0}")]
    Engine(i32),
    /// More than [`MOST_WORDS`].
    #[error("more than {MOST_WORDS} bytes of words")]
    TooLong,
    /// More samples than asked for at most.
    #[error("more sound than was allowed")]
    TooMuchSound,
}

impl From<PicoError> for PicoFault {
    fn from(fault: PicoError) -> Self {
        Self::Engine(fault.code)
    }
}

/// One voice, ready to speak. The engine is one thread's.
pub struct Speaker {
    engine: Engine,
}

impl Speaker {
    /// A voice for this language. Its data takes about 5 MB of memory.
    ///
    /// # Errors
    /// [`PicoFault::Data`], [`PicoFault::Engine`].
    pub fn new(language: Language) -> Result<Self, PicoFault> {
        let (rules, sounds) = language.data();
        let system = System::new(MEMORY)?;
        // The engine reads a file when it is named and then never again.
        let analysis = System::load_resource(Rc::clone(&system), path(laid_out(rules)?.path())?)?;
        let signal = System::load_resource(Rc::clone(&system), path(laid_out(sounds)?.path())?)?;
        let voice = System::create_voice(system, "voice")?;
        voice.borrow_mut().add_resource(analysis)?;
        voice.borrow_mut().add_resource(signal)?;
        #[expect(
            unsafe_code,
            reason = "its one condition, both resources added first, is met by the lines above"
        )]
        let engine = unsafe { ttspico::Voice::create_engine(voice) }?;
        Ok(Self { engine })
    }

    /// The words as at most so many samples at [`RATE`].
    ///
    /// The same words are always as long, but not the same to the sample: hisses are made of noise.
    ///
    /// `percent` is the speed, 20 to 500, 100 being the usual one.
    ///
    /// # Errors
    /// See [`PicoFault`].
    pub fn speak(&mut self, words: &str, percent: u16, most: usize) -> Result<Vec<i16>, PicoFault> {
        if words.len() > MOST_WORDS {
            return Err(PicoFault::TooLong);
        }
        // Nothing of what was said before may go on, nor of a fault.
        self.engine.reset(EngineResetMode::Full)?;
        let text = marked(words, percent);
        let mut left = text.as_bytes();
        let mut samples = Vec::new();
        let mut block = [0_i16; 1024];
        while !left.is_empty() {
            let taken = self.engine.put_text(left)?;
            left = left.get(taken..).unwrap_or_default();
            loop {
                let (count, status) = self.engine.get_data(&mut block[..])?;
                samples.extend_from_slice(&block[..count.min(block.len())]);
                if samples.len() > most {
                    return Err(PicoFault::TooMuchSound);
                }
                if status == EngineStatus::Idle {
                    break;
                }
            }
        }
        Ok(samples)
    }
}

/// The words in the engine's own marks. Its marks begin with `<`, and a zero ends a text: neither may come from the
/// words.
fn marked(words: &str, percent: u16) -> String {
    let percent = percent.clamp(20, 500);
    let words: String =
        words.chars().map(|c| if c.is_control() || matches!(c, '<' | '>' | '&') { ' ' } else { c }).collect();
    format!("<volume level='{VOLUME}'><speed level='{percent}'>{words}</speed></volume>\0")
}

/// Bytes of the binary as a file whose name ends as the engine wants it. It is gone when the value is.
fn laid_out(bytes: &[u8]) -> Result<NamedTempFile, std::io::Error> {
    let mut name = tempfile::Builder::new();
    name.prefix("voice-").suffix(".bin");
    // A service may have been given no folder for passing things, but shared memory.
    let mut file = name.tempfile().or_else(|first| name.tempfile_in("/dev/shm").map_err(|_| first))?;
    file.write_all(bytes)?;
    Ok(file)
}

fn path(path: &Path) -> Result<&str, std::io::Error> {
    path.to_str().ok_or_else(|| std::io::Error::new(std::io::ErrorKind::InvalidInput, "not a text"))
}

#[cfg(test)]
mod tests;
