//! Sounds in memory, at most so many bytes of them; what was not asked for longest goes first.

use super::{SoundKey, WordsKey};
use crate::said::Sound;
use std::{
    collections::{BTreeMap, HashMap},
    time::{Duration, Instant},
};

/// What an entry costs beside its samples, so that very many short ones are bounded too.
const ENTRY: usize = 256;

/// A bounded store. Pure: `now` is an argument.
#[derive(Debug)]
pub(crate) struct Memory {
    most: usize,
    /// How long something is kept that nobody asks for.
    keep: Option<Duration>,
    bytes: usize,
    tick: u64,
    entries: HashMap<SoundKey, Entry>,
    /// By the tick of their last use.
    order: BTreeMap<u64, SoundKey>,
}

#[derive(Debug)]
struct Entry {
    sound: Sound,
    tick: u64,
    used: Instant,
}

impl Memory {
    pub(crate) fn new(most: usize, keep: Option<Duration>) -> Self {
        Self { most, keep, bytes: 0, tick: 0, entries: HashMap::new(), order: BTreeMap::new() }
    }

    pub(crate) fn get(&mut self, key: &SoundKey, now: Instant) -> Option<Sound> {
        self.sweep(now);
        self.tick += 1;
        let entry = self.entries.get_mut(key)?;
        self.order.remove(&entry.tick);
        (entry.tick, entry.used) = (self.tick, now);
        self.order.insert(self.tick, *key);
        Some(entry.sound.clone())
    }

    /// Any rendering of these words, the one last used if there are several.
    pub(crate) fn any(&mut self, words: WordsKey, now: Instant) -> Option<Sound> {
        let key = self.order.values().rev().find(|key| key.words == words).copied()?;
        self.get(&key, now)
    }

    pub(crate) fn put(&mut self, key: SoundKey, sound: Sound, now: Instant) {
        self.remove(&key);
        let cost = sound.bytes() + ENTRY;
        if cost > self.most {
            return;
        }
        self.sweep(now);
        while self.bytes + cost > self.most {
            let Some(oldest) = self.order.values().next().copied() else { break };
            self.remove(&oldest);
        }
        self.tick += 1;
        self.bytes += cost;
        self.order.insert(self.tick, key);
        self.entries.insert(key, Entry { sound, tick: self.tick, used: now });
    }

    /// Lets go of what nobody asked for in time.
    pub(crate) fn sweep(&mut self, now: Instant) {
        let Some(keep) = self.keep else { return };
        while let Some(oldest) = self.order.values().next().copied() {
            let idle =
                self.entries.get(&oldest).map_or(keep, |entry| now.saturating_duration_since(entry.used));
            if idle < keep {
                return;
            }
            self.remove(&oldest);
        }
    }

    pub(crate) const fn bytes(&self) -> usize {
        self.bytes
    }

    fn remove(&mut self, key: &SoundKey) {
        if let Some(entry) = self.entries.remove(key) {
            self.order.remove(&entry.tick);
            self.bytes -= entry.sound.bytes() + ENTRY;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cache::SoundKey, said::Said};

    fn key(words: &str, percent: u8) -> SoundKey {
        let said = Said::shared("en", words).at(percent);
        SoundKey::made(WordsKey::of(&said), &[b"x"], percent)
    }

    fn sound(samples: usize) -> Sound {
        Sound { samples: vec![1; samples].into() }
    }

    #[test]
    fn it_holds_no_more_than_it_may_and_lets_go_of_what_was_not_asked_for() {
        let now = Instant::now();
        let mut memory = Memory::new(3 * (2_000 + ENTRY), None);
        for words in ["a", "b", "c"] {
            memory.put(key(words, 100), sound(1_000), now);
        }
        assert!(memory.get(&key("a", 100), now).is_some());
        memory.put(key("d", 100), sound(1_000), now);
        assert!(memory.get(&key("b", 100), now).is_none(), "not asked for since");
        assert!(memory.get(&key("a", 100), now).is_some());
        memory.put(key("huge", 100), sound(100_000), now);
        assert!(memory.get(&key("huge", 100), now).is_none());
        assert!(memory.get(&key("d", 100), now).is_some(), "and nothing went for it");
        memory.put(key("d", 100), sound(500), now);
        assert_eq!(memory.bytes(), 2 * (2_000 + ENTRY) + 1_000 + ENTRY);
    }

    #[test]
    fn what_is_personal_goes_after_its_time() {
        let now = Instant::now();
        let minute = Duration::from_mins(1);
        let mut memory = Memory::new(1_000_000, Some(minute * 10));
        memory.put(key("a", 100), sound(10), now);
        memory.put(key("b", 100), sound(10), now);
        assert!(memory.get(&key("a", 100), now + minute * 9).is_some());
        memory.sweep(now + minute * 10);
        assert!(memory.get(&key("b", 100), now + minute * 10).is_none());
        assert!(memory.get(&key("a", 100), now + minute * 10).is_some());
        memory.sweep(now + minute * 30);
        assert_eq!(memory.bytes(), 0);
    }

    #[test]
    fn another_rendering_of_the_same_words_is_found() {
        let now = Instant::now();
        let mut memory = Memory::new(1_000_000, None);
        memory.put(key("a", 80), sound(80), now);
        memory.put(key("b", 100), sound(10), now);
        let words = WordsKey::of(&Said::shared("en", "a"));
        assert_eq!(memory.any(words, now).map(|sound| sound.samples.len()), Some(80));
        assert!(memory.any(WordsKey::of(&Said::shared("es", "a")), now).is_none());
    }
}
