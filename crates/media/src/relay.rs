//! Packets passed on from one leg to another: the numbers are the receiver's, the sound is as it came.

use crate::rtp::{Header, sequence_after, time_after};
use std::time::{Duration, Instant};

/// A jump of the clock by more than this (ten seconds) begins a new stretch.
const JUMP: i32 = 80_000;

/// The stretch of packets that are passed on with the same distance in number and time, so that what was lost or overtaken on
/// the way here still is for the receiver, whose own buffer deals with it. Anything else that is sent in between ends it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Relay {
    stretch: Option<Stretch>,
}

#[derive(Debug, Clone, Copy)]
struct Stretch {
    ssrc: u32,
    /// As it came.
    first: u16,
    newest_in: (u16, u32),
    /// What is added.
    sequence: u16,
    timestamp: u32,
    /// As it was sent.
    newest_out: u32,
    at: Instant,
}

/// The numbers of a packet on its way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// The first of a stretch, or so marked by who sent it.
    pub marker: bool,
    /// The sequence number.
    pub sequence: u16,
    /// The timestamp.
    pub timestamp: u32,
}

impl Relay {
    /// Gives the numbers under which a packet is passed on; a new stretch begins with `sequence` and `timestamp`. `None` for a
    /// packet from before the stretch, which came too late.
    pub fn place(&mut self, now: Instant, came: &Header, sequence: u16, timestamp: u32) -> Option<Placed> {
        let goes_on = self.stretch.filter(|stretch| {
            let jump = time_after(came.timestamp, stretch.newest_in.1);
            stretch.ssrc == came.ssrc
                && (-JUMP..=JUMP).contains(&jump)
                && sequence_after(came.sequence, stretch.newest_in.0).unsigned_abs() < 3_000
        });
        let begins = goes_on.is_none();
        let mut stretch = goes_on.unwrap_or(Stretch {
            ssrc: came.ssrc,
            first: came.sequence,
            newest_in: (came.sequence, came.timestamp),
            sequence: sequence.wrapping_sub(came.sequence),
            timestamp: timestamp.wrapping_sub(came.timestamp),
            newest_out: timestamp,
            at: now,
        });
        if sequence_after(came.sequence, stretch.newest_in.0) > 0 {
            stretch.newest_in = (came.sequence, came.timestamp);
            // The stretch may grow longer than half the circle of numbers: its start then moves along.
            if sequence_after(came.sequence, stretch.first) > 1_000 {
                stretch.first = came.sequence.wrapping_sub(1_000);
            }
        } else if sequence_after(came.sequence, stretch.first) < 0 {
            return None;
        }
        let placed = Placed {
            marker: begins || came.marker,
            sequence: came.sequence.wrapping_add(stretch.sequence),
            timestamp: came.timestamp.wrapping_add(stretch.timestamp),
        };
        if time_after(placed.timestamp, stretch.newest_out) > 0 {
            stretch.newest_out = placed.timestamp;
        }
        stretch.at = now;
        self.stretch = Some(stretch);
        Some(placed)
    }

    /// A packet that is not passed on leaves no hole in the numbers: it would look like loss.
    pub fn leave_out(&mut self, came: &Header) {
        if let Some(stretch) = &mut self.stretch
            && stretch.ssrc == came.ssrc
            && sequence_after(came.sequence, stretch.newest_in.0) == 1
        {
            stretch.newest_in.0 = came.sequence;
            stretch.sequence = stretch.sequence.wrapping_sub(1);
            // What was overtaken by it would get a number that is taken.
            stretch.first = came.sequence;
        }
    }

    /// Whether something was passed on lately.
    pub fn flows(&self, now: Instant, patience: Duration) -> bool {
        self.stretch.is_some_and(|stretch| now.saturating_duration_since(stretch.at) < patience)
    }

    /// Something else is sent from here on. Gives the newest timestamp that was sent.
    pub fn end(&mut self) -> Option<u32> {
        self.stretch.take().map(|stretch| stretch.newest_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came(sequence: u16, timestamp: u32) -> Header {
        Header { sequence, timestamp, ssrc: 1, ..Header::default() }
    }

    fn at(relay: &mut Relay, header: Header) -> Option<(bool, u16, u32)> {
        // The receiver's own numbers stand at 100 and 5000.
        relay.place(Instant::now(), &header, 100, 5_000).map(|p| (p.marker, p.sequence, p.timestamp))
    }

    #[test]
    fn loss_and_order_stay_as_they_were() {
        let mut relay = Relay::default();
        assert_eq!(at(&mut relay, came(0xffff, 7)), Some((true, 100, 5_000)));
        assert_eq!(at(&mut relay, came(2, 7 + 480)), Some((false, 103, 5_480)), "two are missing");
        assert_eq!(at(&mut relay, came(1, 7 + 320)), Some((false, 102, 5_320)), "one was overtaken");
        assert_eq!(at(&mut relay, came(0xfffe, 0)), None, "from before");
        assert_eq!(relay.end(), Some(5_480));
        assert_eq!(relay.end(), None);
    }

    #[test]
    fn events_in_between_are_no_loss() {
        let mut relay = Relay::default();
        at(&mut relay, came(10, 0));
        relay.leave_out(&came(11, 160));
        relay.leave_out(&came(12, 160));
        assert_eq!(at(&mut relay, came(13, 480)), Some((false, 101, 5_480)));
        assert_eq!(at(&mut relay, came(11, 160)), None);
    }

    #[test]
    fn another_source_or_clock_begins_anew() {
        let mut relay = Relay::default();
        at(&mut relay, came(1, 0));
        assert_eq!(at(&mut relay, Header { ssrc: 2, ..came(2, 160) }), Some((true, 100, 5_000)));
        assert_eq!(at(&mut relay, Header { ssrc: 2, ..came(3, 900_000) }), Some((true, 100, 5_000)));
        assert_eq!(at(&mut relay, Header { ssrc: 2, ..came(9_000, 900_160) }), Some((true, 100, 5_000)));
    }

    #[test]
    fn a_long_call_goes_on() {
        let mut relay = Relay::default();
        for n in 0..200_000_u32 {
            let placed = at(&mut relay, came(n as u16, n.wrapping_mul(160))).unwrap();
            assert_eq!(placed.1, 100_u16.wrapping_add(n as u16));
        }
    }
}
