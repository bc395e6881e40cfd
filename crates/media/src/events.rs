//! Digits as telephone events (RFC 4733): told once when they come, sent with three ends.

use crate::rtp::time_after;
use std::collections::VecDeque;

/// The digits in the order of their events (RFC 4733, section 3.2).
const KEYS: [u8; 16] = *b"0123456789*#ABCD";
/// Samples in a packet of 20 ms.
const STEP: u16 = 160;
/// How long a digit is sent: 100 ms.
const LONG: u16 = 800;
/// The pause after a digit: 100 ms.
const PAUSE: u8 = 5;
/// How often the end is said (section 2.5.1.4).
const ENDS: u8 = 3;
/// Digits that may wait.
const WAITING: usize = 64;
/// -10 dBm0, as most telephones say.
const VOLUME: u8 = 10;

/// The event of a key.
pub fn event_of(key: u8) -> Option<u8> {
    let at = KEYS.iter().position(|k| *k == key.to_ascii_uppercase())?;
    u8::try_from(at).ok()
}

/// The events that come from the other end, each told once.
#[derive(Debug, Clone, Default)]
pub struct Receiver {
    last: Option<Last>,
}

#[derive(Debug, Clone, Copy)]
struct Last {
    event: u8,
    timestamp: u32,
    duration: u16,
    ended: bool,
}

impl Receiver {
    /// Takes the payload of a packet; gives the key when a new digit begins.
    ///
    /// All packets of one event have its first timestamp, however often they come and in whatever order. An event that
    /// is longer than its counter goes on under a new timestamp without a marker and without having ended (section
    /// 2.5.1.3); some telephones count the timestamp on in each packet, which looks the same.
    pub fn packet(&mut self, timestamp: u32, marker: bool, payload: &[u8]) -> Option<u8> {
        let (&[event, flags, d0, d1], _) = payload.split_first_chunk::<4>()?;
        let key = *KEYS.get(usize::from(event))?;
        let duration = u16::from_be_bytes([d0, d1]);
        let now = Last { event, timestamp, duration, ended: flags & 0x80 != 0 };
        if let Some(last) = &mut self.last {
            let after = time_after(timestamp, last.timestamp);
            if after == 0 && last.event == event {
                last.duration = last.duration.max(duration);
                last.ended |= now.ended;
                return None;
            }
            // A packet of the digit before, overtaken on its way. Two seconds are far more than a network keeps one.
            if (-16_000..0).contains(&after) {
                return None;
            }
            let follows = after <= i32::from(last.duration) + 2 * i32::from(STEP);
            if last.event == event && !last.ended && !marker && follows {
                *last = now;
                return None;
            }
        }
        self.last = Some(now);
        Some(key)
    }

    /// Another source speaks: its timestamps have nothing to do with the old ones.
    pub fn forget(&mut self) {
        self.last = None;
    }
}

/// Digits on their way out.
#[derive(Debug, Clone, Default)]
pub struct Sender {
    waiting: VecDeque<u8>,
    now: Sending,
}

#[derive(Debug, Clone, Copy, Default)]
enum Sending {
    #[default]
    Nothing,
    Digit {
        event: u8,
        start: u32,
        duration: u16,
        ends: u8,
    },
    Pause(u8),
}

/// One packet of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// The first of its event.
    pub marker: bool,
    /// When the event began.
    pub timestamp: u32,
    /// What goes on the wire.
    pub payload: [u8; 4],
}

/// What is to be sent in one step of 20 ms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing is being dialled: sound may go.
    Free,
    /// Between digits: sound may go, but no other digit.
    Pause,
    /// A packet of an event instead of sound.
    Event(Sent),
}

impl Sender {
    /// Puts digits at the end of the queue; others than `0-9 * # A-D` are left out, as is what goes beyond 64.
    pub fn push(&mut self, digits: &str) {
        for event in digits.bytes().filter_map(event_of) {
            if self.waiting.len() < WAITING {
                self.waiting.push_back(event);
            }
        }
    }

    /// Whether a digit is being sent.
    pub const fn busy(&self) -> bool {
        matches!(self.now, Sending::Digit { .. })
    }

    /// Whether a digit is about to be sent.
    pub fn waits(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// One step of 20 ms that begins at `timestamp`.
    pub fn step(&mut self, timestamp: u32) -> Step {
        match self.now {
            Sending::Pause(left) if left > 1 => {
                self.now = Sending::Pause(left - 1);
                return Step::Pause;
            }
            Sending::Pause(_) | Sending::Nothing => match self.waiting.pop_front() {
                None => {
                    self.now = Sending::Nothing;
                    return Step::Free;
                }
                Some(event) => {
                    self.now = Sending::Digit { event, start: timestamp, duration: STEP, ends: 0 };
                }
            },
            Sending::Digit { event, start, duration, ends } => {
                self.now = if duration < LONG {
                    Sending::Digit { event, start, duration: duration + STEP, ends }
                } else {
                    Sending::Digit { event, start, duration, ends: ends + 1 }
                };
            }
        }
        let Sending::Digit { event, start, duration, ends } = self.now else { return Step::Free };
        if ends == ENDS {
            self.now = Sending::Pause(PAUSE);
        }
        let [d0, d1] = duration.to_be_bytes();
        let end = if ends > 0 { 0x80 } else { 0 };
        let marker = duration == STEP;
        Step::Event(Sent { marker, timestamp: start, payload: [event, end | VOLUME, d0, d1] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(digits: &str, steps: u32) -> Vec<(u32, Step)> {
        let mut sender = Sender::default();
        sender.push(digits);
        (0..steps).map(|n| (n, sender.step(n * 160))).collect()
    }

    fn events(digits: &str) -> Vec<Sent> {
        let steps = sent(digits, 1_000).into_iter();
        steps.filter_map(|(_, step)| if let Step::Event(sent) = step { Some(sent) } else { None }).collect()
    }

    fn heard<'a>(packets: impl IntoIterator<Item = &'a Sent>) -> Vec<u8> {
        let mut receiver = Receiver::default();
        let packets = packets.into_iter();
        packets.filter_map(|p| receiver.packet(p.timestamp, p.marker, &p.payload)).collect()
    }

    #[test]
    fn a_digit_is_a_tenth_of_a_second_and_ends_three_times() {
        let packets = events("5");
        assert_eq!(packets.len(), 8);
        let durations: Vec<u16> =
            packets.iter().map(|p| u16::from_be_bytes([p.payload[2], p.payload[3]])).collect();
        assert_eq!(durations, [160, 320, 480, 640, 800, 800, 800, 800]);
        let ends: Vec<bool> = packets.iter().map(|p| p.payload[1] & 0x80 != 0).collect();
        assert_eq!(ends, [false, false, false, false, false, true, true, true]);
        assert!(packets[0].marker && packets[1..].iter().all(|p| !p.marker));
        assert!(packets.iter().all(|p| p.timestamp == 0 && p.payload[0] == 5));
    }

    #[test]
    fn every_digit_is_heard_once() {
        assert_eq!(heard(&events("1234567890*#abcD")), b"1234567890*#ABCD");
        assert_eq!(heard(&events("1 155-x")), b"1155", "the same digit again is another digit");
    }

    #[test]
    fn loss_and_repetition_change_nothing() {
        let packets = events("112");
        let ends_only: Vec<&Sent> = packets.iter().filter(|p| p.payload[1] & 0x80 != 0).collect();
        assert_eq!(heard(ends_only), b"112");
        let twice: Vec<&Sent> = packets.iter().flat_map(|p| [p, p]).collect();
        assert_eq!(heard(twice), b"112");
        // The last packet of each digit overtakes nothing but comes late.
        let mut late: Vec<&Sent> = packets.iter().collect();
        late.swap(7, 8);
        assert_eq!(heard(late), b"112");
    }

    #[test]
    fn a_long_digit_is_one_digit() {
        let mut receiver = Receiver::default();
        assert_eq!(receiver.packet(0, true, &[5, 10, 0xff, 0xff]), Some(b'5'));
        assert_eq!(receiver.packet(0xffff, false, &[5, 10, 0, 160]), None, "it goes on under a new time");
        assert_eq!(receiver.packet(0xffff, false, &[5, 0x8a, 1, 0]), None);
        assert_eq!(
            receiver.packet(0xffff + 800, false, &[5, 10, 0, 160]),
            Some(b'5'),
            "after an end it is new"
        );
    }

    #[test]
    fn other_events_and_nonsense_are_no_digits() {
        let mut receiver = Receiver::default();
        for payload in [&[16, 0, 0, 1][..], &[255, 0, 0, 1], &[], &[1], &[1, 2, 3]] {
            assert_eq!(receiver.packet(1, true, payload), None);
        }
    }

    #[test]
    fn the_queue_is_bounded() {
        assert_eq!(events(&"1".repeat(1000)).first().map(|p| p.payload[0]), Some(1));
        let mut sender = Sender::default();
        sender.push(&"1".repeat(1000));
        assert_eq!(sender.waiting.len(), WAITING);
    }

    #[test]
    fn sound_has_its_turn_between_digits() {
        let pauses = sent("12", 30).into_iter().filter(|(_, step)| *step == Step::Pause).count();
        assert_eq!(pauses, 2 * (usize::from(PAUSE) - 1));
    }
}
