//! The voice: who is asked, in which order, and what is remembered.
//!
//! A recording of the prompt goes first, then the engines in their order, the built-in one last, and when none of them
//! works an older rendering of the same words. An engine that failed several times in a row is left alone for a while,
//! but asked all the same before a caller hears nothing.

mod make;

use crate::{
    breaker::{Breaker, BreakerSettings},
    cache::{DiskFault, SoundKey, WordsKey, disk::Disk, memory::Memory},
    engine::{Engine, EngineError},
    figures::{EngineFigures, Figures},
    path,
    recordings::Recordings,
    said::{Keep, Said, Sound},
};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::{
    sync::{Semaphore, watch},
    task::JoinSet,
};

/// What a voice is made of.
pub struct Settings {
    /// Who speaks, in the order in which they are asked; the built-in one last.
    pub engines: Vec<Arc<dyn Engine>>,
    /// What is played in place of single prompts.
    pub recordings: Recordings,
    /// Where shared sounds are kept between starts; nowhere without.
    pub cache: Option<PathBuf>,
    /// What is bounded by how much.
    pub limits: Limits,
}

impl Settings {
    /// These engines, without recordings and without a folder, with the usual limits.
    pub fn new(engines: Vec<Arc<dyn Engine>>) -> Self {
        Self { engines, recordings: Recordings::default(), cache: None, limits: Limits::default() }
    }
}

/// What is bounded by how much.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The most words, in bytes.
    pub words: usize,
    /// The longest sound, in seconds.
    pub seconds: u32,
    /// Shared sounds in memory, in bytes. A minute has one megabyte.
    pub memory: usize,
    /// Personal sounds in memory, in bytes.
    pub personal: usize,
    /// How long a personal sound is kept that nobody asks for: a caller may say "again".
    pub personal_for: Duration,
    /// Sounds on disk, in bytes.
    pub disk: u64,
    /// How many sounds each engine makes at once.
    pub at_once: usize,
    /// How long a sound waits for its turn with an engine before the next engine is asked.
    pub turn: Duration,
    /// How many are being made or wait for it; more are refused.
    pub waiting: usize,
    /// When a failing engine is left alone.
    pub breaker: BreakerSettings,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            words: 2_000,
            seconds: 120,
            memory: 64 * 1024 * 1024,
            personal: 32 * 1024 * 1024,
            personal_for: Duration::from_mins(10),
            disk: 512 * 1024 * 1024,
            at_once: 4,
            turn: Duration::from_secs(1),
            waiting: 256,
            breaker: BreakerSettings::default(),
        }
    }
}

/// Why a voice cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The folder for sounds cannot be used.
    #[error(transparent)]
    Disk(#[from] DiskFault),
    /// Two engines have one name, and figures could not tell them apart.
    #[error("two engines are named {0}")]
    Name(String),
}

/// Why there is nothing to hear. No text here holds words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VoiceError {
    /// Nothing that can be said, or more than [`Limits::words`].
    #[error("{bytes} bytes of words: 1 to {most}")]
    Words {
        /// How many there were.
        bytes: usize,
        /// How many there may be.
        most: usize,
    },
    /// No engine has a voice for this language.
    #[error("no engine speaks {0}")]
    Language(String),
    /// Too much is being made.
    #[error("too many sounds are being made")]
    Busy,
    /// Every engine failed and there is no older rendering.
    #[error("no engine worked: {}", .0.iter().map(|(name, error)| format!("{name}: {error}")).collect::<Vec<_>>().join("; "))]
    Failed(Vec<(String, EngineError)>),
}

/// What [`Voice::warm`] did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Warmed {
    /// Ready now.
    pub ready: usize,
    /// Could not be made.
    pub failed: usize,
}

/// The voice of an installation. Clones share everything.
#[derive(Clone)]
pub struct Voice {
    inner: Arc<Inner>,
}

struct Inner {
    engines: Vec<Place>,
    recordings: Recordings,
    disk: Option<Disk>,
    limits: Limits,
    state: Mutex<State>,
}

/// An engine in its place.
struct Place {
    engine: Arc<dyn Engine>,
    /// Its own: a slow one holds up nobody who is asked after it.
    turns: Semaphore,
    state: Mutex<(Breaker, EngineFigures)>,
}

struct State {
    shared: Memory,
    personal: Memory,
    making: HashMap<Making, watch::Receiver<Option<Outcome>>>,
    figures: Figures,
}

/// What is the same when it is asked for twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Making {
    words: WordsKey,
    percent: u8,
    keep: Keep,
}

type Outcome = Result<Sound, VoiceError>;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing under these locks is left half done by a panic.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Voice {
    /// The voice. Reads which sounds are on disk already.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(settings: Settings) -> Result<Self, OpenError> {
        let Settings { engines, recordings, cache, limits } = settings;
        let disk = cache.map(|folder| Disk::open(&folder, limits.disk)).transpose()?;
        let mut names: Vec<_> = engines.iter().map(|engine| engine.name().to_owned()).collect();
        names.sort_unstable();
        if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(OpenError::Name(pair[0].clone()));
        }
        let place = |engine: Arc<dyn Engine>| {
            let figures = EngineFigures { name: engine.name().to_owned(), ..EngineFigures::default() };
            let turns = Semaphore::new(limits.at_once.max(1));
            Place { state: Mutex::new((Breaker::new(limits.breaker), figures)), turns, engine }
        };
        let state = State {
            shared: Memory::new(limits.memory, None),
            personal: Memory::new(limits.personal, Some(limits.personal_for)),
            making: HashMap::new(),
            figures: Figures::default(),
        };
        let engines = engines.into_iter().map(place).collect();
        let inner = Inner { engines, recordings, disk, limits, state: Mutex::new(state) };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The words as sound, if nothing needs to be made or read for it: so it is with nearly all that a busy line says.
    pub fn ready(&self, said: &Said) -> Option<Sound> {
        let said = said.within_limits();
        self.inner.recorded_ready(&said).or_else(|| self.inner.remembered(&said))
    }

    /// The words as sound. Must be called within a tokio runtime.
    ///
    /// What is being made goes on being made when the caller gives up.
    ///
    /// # Errors
    /// See [`VoiceError`].
    pub async fn clip(&self, said: &Said) -> Result<Sound, VoiceError> {
        let said = said.within_limits();
        if let Some(recorded) = self.inner.recorded(&said).await {
            return Ok(recorded);
        }
        let most = self.inner.limits.words;
        let bytes = said.words.len();
        if bytes > most || !said.words.chars().any(char::is_alphanumeric) {
            return Err(VoiceError::Words { bytes, most });
        }
        let mut made = self.inner.making(said.into_owned())?;
        let outcome = made.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone());
        // The task ended without a word: it panicked, in somebody's engine perhaps.
        outcome.unwrap_or(Err(VoiceError::Failed(Vec::new())))
    }

    /// Has all of these ready before they are asked for, a few at a time.
    pub async fn warm(&self, prompts: impl IntoIterator<Item = Said>) -> Warmed {
        let mut warmed = Warmed::default();
        let mut running = JoinSet::new();
        let mut count = |outcome: Result<bool, _>| match outcome {
            Ok(true) => warmed.ready += 1,
            _ => warmed.failed += 1,
        };
        for said in prompts {
            // Half the places stay free for callers.
            while running.len() >= self.inner.limits.at_once.div_ceil(2).max(1) {
                if let Some(outcome) = running.join_next().await {
                    count(outcome);
                }
            }
            let voice = self.clone();
            running.spawn(async move { voice.clip(&said).await.is_ok() });
        }
        while let Some(outcome) = running.join_next().await {
            count(outcome);
        }
        warmed
    }

    /// Lets go of personal sounds whose time is over. They go by themselves when others come; this is for a quiet hour, and
    /// meant to be called about once a minute.
    pub fn sweep(&self) {
        lock(&self.inner.state).personal.sweep(Instant::now());
    }

    /// Whether some engine has a voice for this language.
    pub fn speaks(&self, lang: &str) -> bool {
        self.inner.engines.iter().any(|place| place.engine.speaks(lang))
    }

    /// What happened since the start.
    pub fn figures(&self) -> Figures {
        let now = Instant::now();
        let engines = self.inner.engines.iter().map(|place| {
            let state = lock(&place.state);
            EngineFigures { resting: state.0.resting(now), ..state.1.clone() }
        });
        let engines = engines.collect();
        let disk_bytes = self.inner.disk.as_ref().map_or(0, Disk::bytes);
        let state = lock(&self.inner.state);
        let memory_bytes = (state.shared.bytes() + state.personal.bytes()) as u64;
        Figures { memory_bytes, disk_bytes, engines, ..state.figures.clone() }
    }
}

impl Inner {
    /// The recording at the speed that is asked for, unless it must be made slower first.
    fn recorded_ready(&self, said: &Said) -> Option<Sound> {
        let key = said.recording.as_deref()?;
        let sound = self.recordings.get(&said.lang, key)?;
        let mut state = lock(&self.state);
        let sound = if said.percent == 100 {
            sound.clone()
        } else {
            state.shared.get(&SoundKey::of_recording(said, key), Instant::now())?
        };
        state.figures.recordings += 1;
        Some(sound)
    }

    /// The recording, at the speed that is asked for.
    async fn recorded(&self, said: &Said) -> Option<Sound> {
        if let Some(ready) = self.recorded_ready(said) {
            return Some(ready);
        }
        let key = said.recording.as_deref()?;
        let sound = self.recordings.get(&said.lang, key)?;
        lock(&self.state).figures.recordings += 1;
        let slow = SoundKey::of_recording(said, key);
        let (samples, percent) = (Arc::clone(&sound.samples), said.percent);
        let slower = tokio::task::spawn_blocking(move || path::slower(&samples, percent)).await;
        // At its own speed it still says what it should.
        let Ok(slower) = slower else { return Some(sound.clone()) };
        let sound = Sound { samples: slower.into() };
        lock(&self.state).shared.put(slow, sound.clone(), Instant::now());
        Some(sound)
    }
}

#[cfg(test)]
mod tests;
