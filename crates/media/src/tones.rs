//! Digits as tones in the sound (ITU-T Q.23, Q.24): made, and heard with Goertzel's filters.

use std::f32::consts::{PI, TAU};

/// The tones of the rows and of the columns of the keypad, in Hz.
const ROWS: [f32; 4] = [697.0, 770.0, 852.0, 941.0];
const COLUMNS: [f32; 4] = [1209.0, 1336.0, 1477.0, 1633.0];
const KEYS: [[u8; 4]; 4] = [*b"123A", *b"456B", *b"789C", *b"*0#D"];

/// Samples that are looked at together: 12.75 ms. Two of them fit into the shortest digit that must be heard (40 ms), one and
/// not two into the longest that must not (20 ms).
const BLOCK: usize = 102;
/// What the block's mean power must at least be: -45 dB below the loudest sine.
const FAINTEST: f32 = 16_000.0;
/// How much of the power must be in the two tones. A tone that is 3.5 % off leaves too much outside, 1.5 % does not.
const PURE: f32 = 0.7;
/// How much of it keeps a digit down that was told: a dropout of 10 ms must not make two of one.
const HELD: f32 = 0.3;
/// How much stronger the column may be than the row (8 dB as sent, and what a line adds), and the other way around (4 dB).
const COLUMN_OVER_ROW: f32 = 10.0;
const ROW_OVER_COLUMN: f32 = 10.0;
/// How much weaker the other tones of the same group must be: 6 dB.
const APART: f32 = 4.0;
/// The first and the last samples of a block: in a digit that fills it they are not silent. Longer than half the beat of the
/// nearest two tones, so that it is never silent in between.
const EDGE: usize = 17;
/// The least part of the mean power that an edge has.
const FILLED: f32 = 0.1;
/// Blocks without a digit after which it is over: one can be a dropout.
const MISSES: u8 = 2;

/// Hears digits in the sound of one source.
#[derive(Debug, Clone)]
pub struct Detector {
    block: [f32; BLOCK],
    filled: usize,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Quiet,
    /// Heard in one block; the next one decides.
    Perhaps(u8),
    /// Told, and still heard, but for so many blocks.
    Down {
        key: u8,
        misses: u8,
    },
}

impl Default for Detector {
    fn default() -> Self {
        Self { block: [0.0; BLOCK], filled: 0, state: State::Quiet }
    }
}

impl Detector {
    /// Takes sound; calls back with each key when it is surely down.
    pub fn hear(&mut self, samples: &[i16], mut pressed: impl FnMut(u8)) {
        for sample in samples {
            if let Some(place) = self.block.get_mut(self.filled) {
                *place = f32::from(*sample);
                self.filled += 1;
            }
            if self.filled == BLOCK {
                self.filled = 0;
                let heard = match self.state {
                    State::Down { key, .. } if still(&self.block, key) => Some(key),
                    _ => key_in(&self.block),
                };
                if let Some(key) = self.next(heard) {
                    pressed(key);
                }
            }
        }
    }

    fn next(&mut self, heard: Option<u8>) -> Option<u8> {
        let begun = heard.map_or(State::Quiet, State::Perhaps);
        let (state, told) = match (self.state, heard) {
            (State::Perhaps(before), Some(key)) if before == key => {
                (State::Down { key, misses: 0 }, Some(key))
            }
            (State::Quiet | State::Perhaps(_), _) => (begun, None),
            (State::Down { key, .. }, Some(again)) if key == again => (State::Down { key, misses: 0 }, None),
            (State::Down { misses, .. }, _) if misses + 1 >= MISSES => (begun, None),
            (State::Down { key, misses }, _) => (State::Down { key, misses: misses + 1 }, None),
        };
        self.state = state;
        told
    }
}

/// The key whose two tones, and nothing else, are in the block.
fn key_in(block: &[f32; BLOCK]) -> Option<u8> {
    let whole = sine_of_all(block)?;
    let (row, low) = strongest(ROWS.map(|hertz| power(block, hertz)))?;
    let (column, high) = strongest(COLUMNS.map(|hertz| power(block, hertz)))?;
    if high > low * COLUMN_OVER_ROW || low > high * ROW_OVER_COLUMN {
        return None;
    }
    if low + high < PURE * whole {
        return None;
    }
    KEYS.get(row)?.get(column).copied().filter(|_| filled(block))
}

/// Whether the sound reaches from the start of the block to its end.
fn filled(block: &[f32; BLOCK]) -> bool {
    let mean = |samples: &[f32]| {
        let count = u8::try_from(samples.len()).map_or(1.0, f32::from);
        samples.iter().map(|s| s * s).sum::<f32>() / count
    };
    let least = FILLED * mean(block);
    let edges = block.first_chunk::<EDGE>().zip(block.last_chunk::<EDGE>());
    edges.is_some_and(|(first, last)| mean(first) > least && mean(last) > least)
}

/// Whether the tones of a key are still in the block.
fn still(block: &[f32; BLOCK], key: u8) -> bool {
    let (Some(whole), Some((row, column))) = (sine_of_all(block), tones_of(key)) else { return false };
    power(block, row) + power(block, column) > HELD * whole
}

/// The power that the filters would find if all that is in the block were a sine; `None` when it is too faint.
fn sine_of_all(block: &[f32; BLOCK]) -> Option<f32> {
    let energy: f32 = block.iter().map(|s| s * s).sum();
    let count = f32::from(u8::try_from(BLOCK).unwrap_or(u8::MAX));
    (energy >= FAINTEST * count).then_some(energy * count / 2.0)
}

fn tones_of(key: u8) -> Option<(f32, f32)> {
    KEYS.iter().zip(ROWS).find_map(|(keys, row)| {
        let column = keys.iter().position(|k| *k == key.to_ascii_uppercase())?;
        Some((row, *COLUMNS.get(column)?))
    })
}

/// The strongest of a group, if the others are much weaker.
fn strongest(powers: [f32; 4]) -> Option<(usize, f32)> {
    let (at, most) = powers.iter().copied().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let alone = powers.iter().enumerate().all(|(n, power)| n == at || power * APART < most);
    alone.then_some((at, most))
}

/// Goertzel's filter: the power of one frequency.
pub fn power(samples: &[f32], hertz: f32) -> f32 {
    let coefficient = 2.0 * (TAU * hertz / 8_000.0).cos();
    let (mut one, mut two) = (0.0_f32, 0.0_f32);
    for sample in samples {
        let next = coefficient.mul_add(one, sample - two);
        two = one;
        one = next;
    }
    (coefficient * one).mul_add(-two, one.mul_add(one, two * two))
}

/// Makes the tones of digits, 100 ms each and 100 ms apart, for an end that takes no telephone events.
#[derive(Debug, Clone)]
pub struct Generator {
    tones: (f32, f32),
    at: u16,
}

/// How long a tone is, and a pause: 100 ms.
const LONG: u16 = 800;
/// The amplitude of one tone: -10 dB below the loudest.
const LOUD: f32 = 10_000.0;

impl Generator {
    /// For one key.
    pub fn new(key: u8) -> Option<Self> {
        Some(Self { tones: tones_of(key)?, at: 0 })
    }

    /// Fills a frame; false when the digit and its pause were over before.
    pub fn fill(&mut self, frame: &mut [i16]) -> bool {
        if self.at >= 2 * LONG {
            return false;
        }
        for sample in frame {
            let time = f32::from(self.at) / 8_000.0;
            *sample = if self.at < LONG {
                // Five milliseconds in and out, so that the start is no click that would blur both tones.
                let edge = f32::from(self.at.min(LONG - self.at).min(40)) / 40.0;
                let both = (TAU * self.tones.0 * time).sin() + (TAU * self.tones.1 * time).sin();
                rounded(LOUD * (0.5 - 0.5 * (PI * edge).cos()) * both)
            } else {
                0
            };
            self.at = self.at.saturating_add(1);
        }
        true
    }
}

#[expect(clippy::cast_possible_truncation, reason = "`as` clamps, and that is what is wanted")]
fn rounded(sample: f32) -> i16 {
    sample.round() as i16
}

#[cfg(test)]
#[path = "tones_tests.rs"]
mod tests;
