//! A small buffer that plays at an even pace what comes at an uneven one. It is used where sound is mixed or recorded; a bridge
//! of two passes packets on as they come and leaves evening out to the ends.

use crate::{comfort::Comfort, frame::Frame, rtp::time_after};

/// Samples that are kept: half a second. What is further ahead starts the buffer anew.
const ROOM: usize = 4_096;
const ROOM_I: i32 = 4_096;
/// How long sound is kept back: at first, at least, at most.
const FIRST: i32 = 320;
const LEAST: i32 = 240;
const MOST: i32 = 1_280;
/// The step by which that changes: 10 ms.
const STEP: i32 = 80;
/// So many frames without a late packet, and less is kept back: ten seconds.
const CALM: u32 = 500;
/// So many frames are looked at before what is too much is let go: two seconds.
const WINDOW: u32 = 100;
/// A gap is filled with the last sound, fading, for 60 ms; then it is silence.
const FADE: i32 = 480;

/// The buffer of one source.
#[derive(Debug, Clone)]
pub struct Jitter {
    ring: Box<[Option<i16>; ROOM]>,
    /// The last 20 ms that were heard, by their place in time: what a gap is filled with.
    last: Frame,
    /// The time of the next sample to be played, and of the one after the newest.
    next: Option<u32>,
    newest: u32,
    keep: i32,
    missing: i32,
    calm: u32,
    seen: u32,
    shallowest: i32,
}

impl Default for Jitter {
    fn default() -> Self {
        Self {
            ring: Box::new([None; ROOM]),
            last: [0; 160],
            next: None,
            newest: 0,
            keep: FIRST,
            missing: FADE,
            calm: 0,
            seen: 0,
            shallowest: i32::MAX,
        }
    }
}

impl Jitter {
    /// Takes the sound of a packet, in any order.
    pub fn push(&mut self, timestamp: u32, marker: bool, sound: impl ExactSizeIterator<Item = i16>) {
        let Ok(length) = i32::try_from(sound.len()) else { return };
        if length > ROOM_I / 2 {
            return;
        }
        let mut ahead = self.next.map_or(ROOM_I, |next| time_after(timestamp, next));
        let anew = ahead + length > ROOM_I || ahead < -ROOM_I;
        let dry = self.next.is_none_or(|next| time_after(self.newest, next) <= 0);
        if anew || (marker && dry) {
            // The first, or somebody begins to speak again after a silence, or the clock over there was set.
            self.restart(timestamp);
            ahead = self.keep;
        } else if ahead < 0 && dry {
            // Late, and nothing is left to play: from here on it is kept back for longer.
            self.calm = 0;
            self.keep = (self.keep + STEP).min(MOST);
            self.restart(timestamp);
            ahead = self.keep;
        } else if ahead < 0 {
            // Late. What is kept back from now on grows, and the play goes back by as much.
            self.calm = 0;
            if self.keep < MOST {
                self.keep += STEP;
                self.next = self.next.map(|next| next.wrapping_sub(STEP.unsigned_abs()));
                ahead += STEP;
            }
        }
        let end = timestamp.wrapping_add(length.unsigned_abs());
        if time_after(end, self.newest) > 0 || anew {
            self.newest = end;
        }
        for (n, sample) in (0_u32..).zip(sound) {
            if ahead + n.cast_signed() >= 0 {
                *self.place(timestamp.wrapping_add(n)) = Some(sample);
            }
        }
    }

    /// The next 20 ms.
    pub fn pop(&mut self, comfort: &mut Comfort) -> Frame {
        let mut frame = [0; 160];
        let Some(mut next) = self.next else {
            comfort.fill(&mut frame);
            return frame;
        };
        self.let_go(&mut next);
        let mut hiss = [0; 160];
        comfort.fill(&mut hiss);
        for (n, (sample, hiss)) in (0_u32..).zip(frame.iter_mut().zip(hiss)) {
            let at = next.wrapping_add(n);
            let heard = self.place(at).take();
            let last = &mut self.last[index(at, 160)];
            if let Some(heard) = heard {
                self.missing = 0;
                *last = heard;
                *sample = heard;
            } else {
                self.missing = (self.missing + 1).min(FADE);
                let faded = i32::from(*last) * (FADE - self.missing) / FADE;
                *sample = i16::try_from(faded).unwrap_or(0).saturating_add(hiss);
            }
        }
        self.next = Some(next.wrapping_add(160));
        frame
    }

    /// Forgets everything: another source speaks.
    pub fn forget(&mut self) {
        *self = Self { keep: self.keep, ..Self::default() };
    }

    fn restart(&mut self, timestamp: u32) {
        self.ring.fill(None);
        self.next = Some(timestamp.wrapping_sub(self.keep.unsigned_abs()));
        self.newest = timestamp;
        self.seen = 0;
        self.shallowest = i32::MAX;
    }

    /// Lets go of sound when more has been kept back for two seconds than is needed: clocks differ, and a burst ends.
    fn let_go(&mut self, next: &mut u32) {
        let depth = time_after(self.newest, *next);
        self.shallowest = self.shallowest.min(depth);
        self.seen += 1;
        self.calm += 1;
        if self.calm > CALM && self.keep > LEAST {
            self.calm = 0;
            self.keep -= STEP;
        }
        if self.seen < WINDOW {
            return;
        }
        let too_much = self.shallowest - self.keep - 160;
        if too_much > 0 {
            for n in 0..too_much.min(800).unsigned_abs() {
                self.place(next.wrapping_add(n)).take();
            }
            *next = next.wrapping_add(too_much.min(800).unsigned_abs());
        }
        self.seen = 0;
        self.shallowest = i32::MAX;
    }

    fn place(&mut self, at: u32) -> &mut Option<i16> {
        &mut self.ring[index(at, ROOM)]
    }
}

fn index(at: u32, room: usize) -> usize {
    usize::try_from(at).unwrap_or(0) % room
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ramp(from: u32, length: u32) -> Vec<i16> {
        (from..from + length).map(|n| (n % 1_000) as i16 + 1).collect()
    }

    fn push(jitter: &mut Jitter, base: u32, at: u32, length: u32) {
        jitter.push(base.wrapping_add(at), false, ramp(at, length).into_iter());
    }

    fn pop(jitter: &mut Jitter) -> Frame {
        jitter.pop(&mut Comfort::new(1))
    }

    /// The ramp comes out whole, at an even pace, whatever the order of the packets and wherever their clock wraps.
    #[test]
    fn order_is_restored_over_the_wrap_of_the_clock() {
        let base = u32::MAX - 500;
        let mut jitter = Jitter::default();
        let mut out = Vec::new();
        for n in 0..50 {
            // Every pair comes the wrong way around, but the first.
            let at = if n == 0 {
                0
            } else if n % 2 == 1 {
                n + 1
            } else {
                n - 1
            };
            push(&mut jitter, base, at * 160, 160);
            out.extend(pop(&mut jitter));
        }
        let start = out.iter().position(|s| *s != 0).unwrap();
        assert_eq!(start, usize::try_from(FIRST).unwrap());
        assert_eq!(out[start..], ramp(0, 50 * 160)[..out.len() - start]);
    }

    #[test]
    fn a_lost_packet_is_faded_over_and_time_goes_on() {
        let mut jitter = Jitter::default();
        let mut out = Vec::new();
        for n in 0..60 {
            if n != 10 {
                jitter.push(n * 160, false, vec![1_000; 160].into_iter());
            }
            out.extend(pop(&mut jitter));
        }
        let gap = &out[320 + 1_600..320 + 1_760];
        assert!(gap.iter().all(|s| (600..1_000).contains(s)), "{gap:?}");
        assert_eq!(out[320 + 1_760], 1_000);
        // Nobody sends any more: 60 ms later it is silent.
        let end: Vec<Frame> = (0..8).map(|_| pop(&mut jitter)).collect();
        assert_eq!(end[7], [0; 160]);
    }

    #[test]
    fn late_packets_make_it_patient_and_calm_makes_it_quick() {
        let mut jitter = Jitter::default();
        for n in 0..21 {
            if n < 5 {
                push(&mut jitter, 0, n * 160, 160);
            } else if n % 4 == 0 {
                // A burst after a pause of three packets.
                for back in [3, 2, 1, 0] {
                    push(&mut jitter, 0, (n - back) * 160, 160);
                }
            }
            pop(&mut jitter);
        }
        let patient = jitter.keep;
        assert!(patient > FIRST, "{patient}");
        for n in 21..20_000 {
            push(&mut jitter, 0, n * 160, 160);
            pop(&mut jitter);
        }
        assert_eq!(jitter.keep, LEAST);
        let depth = time_after(jitter.newest, jitter.next.unwrap());
        assert!(depth <= LEAST + 480, "what was kept back is let go: {depth}");
    }

    #[test]
    fn a_pause_longer_than_what_is_kept_back_is_got_over() {
        let mut jitter = Jitter::default();
        let mut heard = 0;
        for n in 0..200_u32 {
            // From the fiftieth on everything comes 400 ms later than before.
            let packet = if n < 50 { Some(n) } else { n.checked_sub(20).filter(|n| *n >= 50) };
            if let Some(packet) = packet {
                jitter.push(packet * 160, false, vec![1_000; 160].into_iter());
            }
            heard += pop(&mut jitter).iter().filter(|s| **s == 1_000).count();
        }
        assert!(heard > 170 * 160, "{heard} of {}", 180 * 160);
    }

    #[test]
    fn a_faster_clock_over_there_does_not_pile_up() {
        let mut jitter = Jitter::default();
        let mut sent = 0;
        for n in 0..10_000_u32 {
            push(&mut jitter, 0, sent * 160, 160);
            sent += 1;
            if n % 100 == 0 {
                push(&mut jitter, 0, sent * 160, 160);
                sent += 1;
            }
            pop(&mut jitter);
        }
        let depth = time_after(jitter.newest, jitter.next.unwrap());
        assert!((0..1_200).contains(&depth), "{depth}");
    }

    #[test]
    fn speech_after_silence_begins_where_it_begins() {
        let mut jitter = Jitter::default();
        jitter.push(0, true, vec![500; 160].into_iter());
        for _ in 0..100 {
            pop(&mut jitter);
        }
        jitter.push(100 * 160, true, vec![700; 160].into_iter());
        let out: Vec<i16> = (0..4).flat_map(|_| pop(&mut jitter)).collect();
        assert_eq!(out[usize::try_from(jitter.keep).unwrap()], 700);
    }

    proptest! {
        #[test]
        fn any_packets_are_survived(packets in proptest::collection::vec((any::<u32>(), any::<bool>(), 0..3000usize), 0..60)) {
            let mut jitter = Jitter::default();
            for (timestamp, marker, length) in packets {
                jitter.push(timestamp, marker, vec![1; length].into_iter());
                pop(&mut jitter);
            }
        }

        #[test]
        fn near_packets_are_survived(packets in proptest::collection::vec((-9000..9000i32, any::<bool>(), 0..500usize), 0..60)) {
            let mut jitter = Jitter::default();
            let mut now = 0_u32;
            for (off, marker, length) in packets {
                jitter.push(now.wrapping_add_signed(off), marker, vec![1; length].into_iter());
                pop(&mut jitter);
                now = now.wrapping_add(160);
            }
        }
    }
}
