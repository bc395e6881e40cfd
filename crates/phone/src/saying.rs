//! What a call has still to say, in order: words become sound at their own pace, and are heard in the order they were said.

use media::Clip;
use std::{collections::VecDeque, sync::Arc};

/// What is said in one turn.
#[derive(Debug)]
struct Said {
    turn: u64,
    clips: Option<Vec<Arc<Clip>>>,
}

/// What is to be played now.
#[derive(Debug)]
pub struct Ready {
    /// The turn, as the mark behind its last clip.
    pub turn: u64,
    /// The clips; none when the words could not be made into sound.
    pub clips: Vec<Arc<Clip>>,
}

/// The turns of a call that wait for their sound.
#[derive(Debug, Default)]
pub struct Saying {
    waiting: VecDeque<Said>,
    /// Counts the hushes: what was being made before the last one is no longer wanted.
    era: u64,
}

impl Saying {
    /// Something is said after all that was said before. Its sound comes later, under the era.
    pub fn begin(&mut self, turn: u64) -> u64 {
        self.waiting.push_back(Said { turn, clips: None });
        self.era
    }

    /// Its sound is there. What can be played now, in order.
    pub fn made(&mut self, era: u64, turn: u64, clips: Vec<Arc<Clip>>) -> Vec<Ready> {
        if era != self.era {
            return Vec::new();
        }
        if let Some(said) = self.waiting.iter_mut().find(|said| said.turn == turn && said.clips.is_none()) {
            said.clips = Some(clips);
        }
        let mut ready = Vec::new();
        while let Some(Said { clips: Some(_), .. }) = self.waiting.front() {
            if let Some(Said { turn, clips: Some(clips) }) = self.waiting.pop_front() {
                ready.push(Ready { turn, clips });
            }
        }
        ready
    }

    /// Nothing more is said of what was begun.
    pub fn hush(&mut self) {
        self.waiting.clear();
        self.era += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(ready: &[Ready]) -> Vec<u64> {
        ready.iter().map(|ready| ready.turn).collect()
    }

    #[test]
    fn is_heard_in_the_order_it_was_said() {
        let mut saying = Saying::default();
        let era = saying.begin(1);
        saying.begin(2);
        assert!(saying.made(era, 2, Vec::new()).is_empty(), "the second waits for the first");
        assert_eq!(turns(&saying.made(era, 1, Vec::new())), [1, 2]);
    }

    #[test]
    fn what_was_hushed_is_never_heard() {
        let mut saying = Saying::default();
        let before = saying.begin(1);
        saying.hush();
        let after = saying.begin(1);
        assert!(saying.made(before, 1, Vec::new()).is_empty(), "its sound came too late");
        assert_eq!(turns(&saying.made(after, 1, Vec::new())), [1]);
    }
}
