//! The built-in engine: SVOX Pico in helper processes, so that a fault in old C code drops no call.
//!
//! The parent starts the helper by the argv that it is given (the product's own binary under a hidden sub-command) and
//! speaks to it over its standard input and output in frames of bounded length ([`frame`]). A helper that ends, hangs or
//! answers nonsense is killed and replaced; one request is tried twice.

mod frame;
mod helper;
mod serve;

pub use serve::{main, serve};

use crate::engine::{Engine, EngineError, Raw, Request};
use async_trait::async_trait;
use helper::Helper;
use pico::Language;
use std::{
    ffi::OsString,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::Semaphore;

/// How the helper is started and held to time.
#[derive(Debug, Clone)]
pub struct HelperSettings {
    /// The program.
    pub program: PathBuf,
    /// Its arguments, under which it runs [`main`].
    pub arguments: Vec<OsString>,
    /// How many helpers run at once at most. At least 1.
    pub helpers: usize,
    /// How long one answer may take. The engine needs about 6 ms for a second of sound.
    pub whole: Duration,
}

impl HelperSettings {
    /// This program with these arguments, two helpers and 4 seconds.
    pub fn new(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
    ) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.into_iter().map(Into::into).collect(),
            helpers: 2,
            whole: Duration::from_secs(4),
        }
    }
}

/// The built-in engine.
#[derive(Debug)]
pub struct BuiltIn {
    settings: HelperSettings,
    turns: Semaphore,
    pool: Mutex<Pool>,
}

#[derive(Debug, Default)]
struct Pool {
    idle: Vec<Helper>,
    /// Failures in a row.
    failures: u32,
    /// No helper is started before then.
    not_before: Option<Instant>,
    started: u64,
}

/// A wait shorter than this is waited out; a longer one is reported, so that another engine is asked.
const SHORT_WAIT: Duration = Duration::from_millis(500);

/// After failure number `failures` in a row: nothing the first time, then 0.2 s, doubled to half a minute.
fn back_off(failures: u32) -> Duration {
    match failures {
        0 | 1 => Duration::ZERO,
        more => Duration::from_millis(200 << (more - 2).min(8)).min(Duration::from_secs(30)),
    }
}

impl BuiltIn {
    /// The engine. Nothing is started before the first words.
    pub fn new(settings: HelperSettings) -> Self {
        Self { turns: Semaphore::new(settings.helpers.max(1)), pool: Mutex::default(), settings }
    }

    /// The process numbers of the helpers that wait for work.
    pub fn idle(&self) -> Vec<u32> {
        self.pool().idle.iter().filter_map(Helper::id).collect()
    }

    /// How many helpers have been started.
    pub fn started(&self) -> u64 {
        self.pool().started
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A helper that waits, or a new one.
    async fn helper(&self) -> Result<Helper, EngineError> {
        let wait = {
            let mut pool = self.pool();
            if let Some(helper) = pool.idle.pop() {
                return Ok(helper);
            }
            pool.not_before.map_or(Duration::ZERO, |then| then.saturating_duration_since(Instant::now()))
        };
        if wait > SHORT_WAIT {
            return Err(EngineError::Resting(wait));
        }
        tokio::time::sleep(wait).await;
        self.pool().started += 1;
        Helper::start(&self.settings).inspect_err(|_| self.failed())
    }

    fn failed(&self) {
        let mut pool = self.pool();
        pool.failures = pool.failures.saturating_add(1);
        pool.not_before = Some(Instant::now() + back_off(pool.failures));
    }

    fn worked(&self, helper: Helper) {
        let mut pool = self.pool();
        pool.failures = 0;
        pool.not_before = None;
        pool.idle.push(helper);
    }

    async fn once(&self, request: &frame::Asked<'_>) -> Result<Vec<i16>, EngineError> {
        let mut helper = self.helper().await?;
        let whole = self.settings.whole;
        let answer = tokio::time::timeout(whole, helper.exchange(request)).await;
        match answer.unwrap_or(Err(EngineError::TooSlow(whole))) {
            // It is well: it said that it cannot.
            Err(EngineError::Refused) => {
                self.worked(helper);
                Err(EngineError::Refused)
            }
            // Dropping a helper kills it.
            Err(error) => {
                self.failed();
                Err(error)
            }
            Ok(samples) => {
                self.worked(helper);
                Ok(samples)
            }
        }
    }
}

fn language(lang: &str) -> Option<Language> {
    match crate::lang::primary(lang) {
        "en" => Some(Language::English),
        "es" => Some(Language::Spanish),
        _ => None,
    }
}

#[async_trait]
impl Engine for BuiltIn {
    fn name(&self) -> &'static str {
        "built-in"
    }

    fn identity(&self, lang: &str) -> String {
        format!("pico 0.1.5 {:?}", language(lang))
    }

    fn speaks(&self, lang: &str) -> bool {
        language(lang).is_some()
    }

    async fn speak(&self, request: &Request<'_>) -> Result<Raw, EngineError> {
        let language = language(request.lang).ok_or(EngineError::Refused)?;
        if request.words.len() > pico::MOST_WORDS {
            return Err(EngineError::Refused);
        }
        let asked = frame::Asked { language, percent: request.percent, words: request.words };
        let _turn = tokio::time::timeout(self.settings.whole, self.turns.acquire())
            .await
            .ok()
            .and_then(Result::ok)
            .ok_or(EngineError::Busy)?;
        let samples = match self.once(&asked).await {
            // Whatever befell the first helper may have had nothing to do with these words.
            Err(EngineError::Ended(_) | EngineError::TooSlow(_) | EngineError::Garbled(_)) => {
                self.once(&asked).await?
            }
            other => other?,
        };
        Ok(Raw::Samples { rate: pico::RATE, samples })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restarts_wait_longer_each_time_and_never_long() {
        let waits: Vec<_> = (0..6).map(|n| u64::try_from(back_off(n).as_millis()).expect("short")).collect();
        assert_eq!(waits, [0, 0, 200, 400, 800, 1600]);
        assert_eq!(back_off(u32::MAX), Duration::from_secs(30));
    }
}
