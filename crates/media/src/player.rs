//! What is said on a leg: clips one after the other without a gap, and music behind them.

use crate::{clip::Clip, frame::Frame};
use std::{collections::VecDeque, sync::Arc};

/// Things to say that may wait.
const WAITING: usize = 64;

/// The player of one leg.
#[derive(Debug, Clone, Default)]
pub struct Player {
    queue: VecDeque<Item>,
    music: Option<Loop>,
}

#[derive(Debug, Clone)]
struct Item {
    clips: VecDeque<Arc<Clip>>,
    at: usize,
    mark: u64,
}

/// A clip that is played over and over.
#[derive(Debug, Clone)]
pub struct Loop {
    clip: Arc<Clip>,
    at: usize,
}

impl Loop {
    /// From the start.
    pub const fn new(clip: Arc<Clip>) -> Self {
        Self { clip, at: 0 }
    }

    /// Fills a frame. An empty clip is silence.
    pub fn fill(&mut self, frame: &mut [i16]) {
        let samples = self.clip.samples();
        for place in frame {
            *place = samples.get(self.at).copied().unwrap_or(0);
            self.at = if self.at + 1 < samples.len() { self.at + 1 } else { 0 };
        }
    }
}

impl Player {
    /// Puts clips at the end of the queue; false when too much waits.
    pub fn play(&mut self, clips: Vec<Arc<Clip>>, mark: u64) -> bool {
        let room = self.queue.len() < WAITING;
        if room {
            self.queue.push_back(Item { clips: clips.into(), at: 0, mark });
        }
        room
    }

    /// Says nothing more of what was to be said.
    pub fn hush(&mut self) {
        self.queue.clear();
    }

    /// Music, or none, from now on.
    pub fn music(&mut self, clip: Option<Arc<Clip>>) {
        self.music = clip.map(Loop::new);
    }

    /// Whether something is being said.
    pub fn speaks(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Fills a frame with what is said; false when nothing is. Calls back with the mark of what ends in this frame.
    pub fn say(&mut self, frame: &mut Frame, mut played: impl FnMut(u64)) -> bool {
        if self.queue.is_empty() {
            return false;
        }
        let mut rest = &mut frame[..];
        while let Some(item) = self.queue.front_mut() {
            let Some(clip) = item.clips.front() else {
                played(item.mark);
                self.queue.pop_front();
                continue;
            };
            if rest.is_empty() {
                return true;
            }
            let ahead = clip.samples().get(item.at..).unwrap_or_default();
            let (now, after) = rest.split_at_mut(ahead.len().min(rest.len()));
            for (place, sample) in now.iter_mut().zip(ahead) {
                *place = *sample;
            }
            item.at += now.len();
            if item.at >= clip.samples().len() {
                item.clips.pop_front();
                item.at = 0;
            }
            rest = after;
        }
        rest.fill(0);
        true
    }

    /// Fills a frame with music; false when there is none.
    pub fn fill_with_music(&mut self, frame: &mut Frame) -> bool {
        self.music.as_mut().map(|music| music.fill(frame)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clip(value: i16, length: usize) -> Arc<Clip> {
        Arc::new(Clip::from_pcm(vec![value; length]))
    }

    fn frame(player: &mut Player) -> (bool, Frame, Vec<u64>) {
        let mut marks = Vec::new();
        let mut frame = [9; 160];
        let speaks = player.say(&mut frame, |mark| marks.push(mark));
        (speaks, frame, marks)
    }

    #[test]
    fn clips_follow_each_other_without_a_gap() {
        let mut player = Player::default();
        player.play(vec![clip(1, 100), clip(2, 100)], 7);
        player.play(vec![clip(3, 10)], 8);
        let (speaks, first, marks) = frame(&mut player);
        assert!(speaks && first[..100] == [1; 100] && first[100..] == [2; 60]);
        assert!(marks.is_empty());
        let (_, second, marks) = frame(&mut player);
        assert!(second[..40] == [2; 40] && second[40..50] == [3; 10] && second[50..] == [0; 110]);
        assert_eq!(marks, [7, 8]);
        assert!(!frame(&mut player).0);
    }

    #[test]
    fn a_mark_comes_with_the_last_sample() {
        let mut player = Player::default();
        player.play(vec![clip(1, 320)], 1);
        assert_eq!(frame(&mut player).2, []);
        assert_eq!(frame(&mut player).2, [1]);
        player.play(Vec::new(), 2);
        player.play(vec![clip(1, 0)], 3);
        assert_eq!(frame(&mut player).2, [2, 3], "nothing to say is said at once");
    }

    #[test]
    fn hush_is_at_once_and_music_goes_round() {
        let mut player = Player::default();
        player.play(vec![clip(1, 1600)], 1);
        frame(&mut player);
        player.hush();
        assert_eq!(frame(&mut player), (false, [9; 160], vec![]));
        player.music(Some(Arc::new(Clip::from_pcm(vec![1, 2, 3]))));
        let mut music = [0; 160];
        assert!(player.fill_with_music(&mut music));
        assert_eq!(music[..7], [1, 2, 3, 1, 2, 3, 1]);
        player.music(Some(clip(1, 0)));
        assert!(player.fill_with_music(&mut music));
        assert_eq!(music, [0; 160]);
        player.music(None);
        assert!(!player.fill_with_music(&mut music));
    }

    #[test]
    fn no_more_than_so_much_waits() {
        let mut player = Player::default();
        assert_eq!((0..100).filter(|mark| player.play(vec![clip(1, 1)], *mark)).count(), WAITING);
    }
}
