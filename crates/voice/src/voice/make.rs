//! How one sound comes about.

use super::{Inner, Making, Outcome, Place, VoiceError, lock};
use crate::{
    cache::{SoundKey, WordsKey, disk::Found, memory::Memory},
    engine::{EngineError, Request},
    path,
    said::{Keep, Said, Sound},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::watch;

/// The longest that any engine is waited for, whatever it thinks of its own limits.
const ENGINE_MOST: Duration = Duration::from_secs(30);

impl super::State {
    fn memory(&mut self, keep: Keep) -> &mut Memory {
        match keep {
            Keep::Shared => &mut self.shared,
            Keep::Call => &mut self.personal,
        }
    }

    fn remembered(&mut self, keep: Keep, key: &SoundKey) -> Option<Sound> {
        let sound = self.memory(keep).get(key, Instant::now())?;
        self.figures.hits_memory += 1;
        Some(sound)
    }
}

impl Inner {
    /// Under which name the engine that is asked first would have kept it; nothing when none speaks its language.
    fn key(&self, words: WordsKey, said: &Said) -> Option<SoundKey> {
        let first = self.engines.iter().find(|place| place.engine.speaks(&said.lang))?;
        Some(SoundKey::of(words, said, &*first.engine))
    }

    /// What was made before and is still in memory.
    pub(super) fn remembered(&self, said: &Said) -> Option<Sound> {
        let key = self.key(WordsKey::of(said), said)?;
        lock(&self.state).remembered(said.keep, &key)
    }

    /// The same words asked for twice at once are made once, by a task of their own: a caller who hangs up takes nothing
    /// from another.
    pub(super) fn making(
        self: &Arc<Self>,
        said: Said,
    ) -> Result<watch::Receiver<Option<Outcome>>, VoiceError> {
        let words = WordsKey::of(&said);
        let key = self.key(words, &said).ok_or_else(|| VoiceError::Language(said.lang.clone()))?;
        let making = Making { words, percent: said.percent, keep: said.keep };
        let mut state = lock(&self.state);
        if let Some(sound) = state.remembered(said.keep, &key) {
            return Ok(watch::channel(Some(Ok(sound))).1);
        }
        if let Some(made) = state.making.get(&making).cloned() {
            state.figures.joined += 1;
            return Ok(made);
        }
        if state.making.len() >= self.limits.waiting {
            return Err(VoiceError::Busy);
        }
        let (tell, made) = watch::channel(None);
        state.making.insert(making, made.clone());
        drop(state);
        let done = Done { inner: Arc::clone(self), making };
        tokio::spawn(async move {
            let outcome = done.inner.make(&said, words).await;
            // Whoever asks from now on finds it in memory, or begins anew.
            drop(done);
            tell.send_replace(Some(outcome));
        });
        Ok(made)
    }

    async fn make(self: &Arc<Self>, said: &Said, words: WordsKey) -> Outcome {
        let mut failures = Vec::new();
        let mut later = Vec::new();
        for place in self.engines.iter().filter(|place| place.engine.speaks(&said.lang)) {
            let key = SoundKey::of(words, said, &*place.engine);
            if let Some(sound) = self.kept(said.keep, key).await {
                return Ok(sound);
            }
            if !lock(&place.state).0.permit(Instant::now()) {
                lock(&place.state).1.skipped += 1;
                later.push((place, key));
                continue;
            }
            match self.ask(place, key, said, self.limits.turn).await {
                Ok(sound) => return Ok(sound),
                Err(EngineError::Busy) => later.push((place, key)),
                Err(error) => failures.push((place.engine.name().to_owned(), error)),
            }
        }
        if let Some(sound) = self.older(said.keep, words).await {
            return Ok(sound);
        }
        // Whoever is being left alone may have recovered, whoever was busy may have time, and the other choice is silence.
        for (place, key) in later {
            match self.ask(place, key, said, ENGINE_MOST).await {
                Ok(sound) => return Ok(sound),
                Err(error) => failures.push((place.engine.name().to_owned(), error)),
            }
        }
        lock(&self.state).figures.silent += 1;
        Err(VoiceError::Failed(failures))
    }

    /// Asks one engine when its turn comes within `wait`, and keeps what it gives.
    async fn ask(
        self: &Arc<Self>,
        place: &Place,
        key: SoundKey,
        said: &Said,
        wait: Duration,
    ) -> Result<Sound, EngineError> {
        let began = Instant::now();
        // Not closed while `self` is there.
        let turn = tokio::time::timeout(wait, place.turns.acquire()).await;
        let asked = match turn.ok().and_then(Result::ok) {
            Some(_turn) => self.spoken(place, said).await,
            None => Err(EngineError::Busy),
        };
        let (breaker, figures) = &mut *lock(&place.state);
        match &asked {
            Ok(_) => {
                breaker.worked();
                figures.made += 1;
            }
            Err(error) => {
                figures.failures += 1;
                // These words are too much for it, or too many come: that is no sign that it is down.
                if !matches!(error, EngineError::Refused | EngineError::Busy) {
                    breaker.failed(Instant::now());
                }
                tracing::warn!(engine = place.engine.name(), lang = %said.lang, %error, "a voice engine failed");
            }
        }
        let sound = asked?;
        let now = Instant::now();
        let mut state = lock(&self.state);
        state.figures.made += 1;
        state.figures.seconds_of_sound += sound.length();
        state.figures.seconds_to_make += now - began;
        state.memory(said.keep).put(key, sound.clone(), now);
        drop(state);
        if said.keep == Keep::Shared {
            self.write(key, sound.clone());
        }
        Ok(sound)
    }

    /// What an engine says, on the way that every sound goes.
    async fn spoken(&self, place: &Place, said: &Said) -> Result<Sound, EngineError> {
        let paces = said.percent == 100 || place.engine.paces(&said.lang);
        let percent = if paces { said.percent } else { 100 };
        let request = Request { words: &said.words, lang: &said.lang, percent };
        let raw = tokio::time::timeout(ENGINE_MOST, place.engine.speak(&request)).await;
        let raw = raw.unwrap_or(Err(EngineError::TooSlow(ENGINE_MOST)))?;
        let (most, wanted) = (self.limits.seconds, said.percent);
        let finish = move || {
            let sound = path::finish(raw, most)?;
            if paces {
                return Ok(sound);
            }
            Ok(Sound { samples: path::slower(&sound.samples, wanted).into() })
        };
        let finished = tokio::task::spawn_blocking(finish).await;
        finished.unwrap_or(Err(EngineError::Garbled("its sound could not be read")))
    }

    /// Writes it to disk, which nobody waits for.
    fn write(self: &Arc<Self>, key: SoundKey, sound: Sound) {
        if self.disk.is_none() {
            return;
        }
        let inner = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            let Some(disk) = &inner.disk else { return };
            if let Err(error) = disk.put(&key, &sound) {
                tracing::warn!(%error, "a sound could not be kept on disk");
            }
        });
    }

    /// The very sound, from memory or from disk.
    async fn kept(self: &Arc<Self>, keep: Keep, key: SoundKey) -> Option<Sound> {
        if let Some(sound) = lock(&self.state).remembered(keep, &key) {
            return Some(sound);
        }
        if keep == Keep::Call || self.disk.is_none() {
            return None;
        }
        let inner = Arc::clone(self);
        let read = move || inner.disk.as_ref().map_or(Found::Nothing, |disk| disk.get(&key));
        let found = tokio::task::spawn_blocking(read).await.unwrap_or(Found::Nothing);
        let mut state = lock(&self.state);
        match found {
            Found::Sound(sound) => {
                state.figures.hits_disk += 1;
                state.shared.put(key, sound.clone(), Instant::now());
                Some(sound)
            }
            Found::Corrupt => {
                state.figures.corrupt += 1;
                None
            }
            Found::Nothing => None,
        }
    }

    /// The same words as somebody said them once, at whatever speed.
    async fn older(self: &Arc<Self>, keep: Keep, words: WordsKey) -> Option<Sound> {
        let mut older = lock(&self.state).memory(keep).any(words, Instant::now());
        if older.is_none() && keep == Keep::Shared && self.disk.is_some() {
            let inner = Arc::clone(self);
            let read = move || inner.disk.as_ref()?.any(words);
            older = tokio::task::spawn_blocking(read).await.ok().flatten();
        }
        if older.is_some() {
            lock(&self.state).figures.older += 1;
        }
        older
    }
}

/// Takes a sound off the list of what is being made, also when its task panics.
struct Done {
    inner: Arc<Inner>,
    making: Making,
}

impl Drop for Done {
    fn drop(&mut self) {
        lock(&self.inner.state).making.remove(&self.making);
    }
}
