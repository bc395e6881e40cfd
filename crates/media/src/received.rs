//! What came and what did not: the figures of a receiver (RFC 3550, appendix A).

use crate::rtp::{Header, sequence_after};
use std::time::{Duration, Instant};

/// A jump of more than this is another stream, not loss (appendix A.1).
const DROPOUT: i16 = 3_000;

/// The figures of one source.
#[derive(Debug, Clone, Copy)]
pub struct Received {
    start: Instant,
    source: Option<Source>,
    /// Of sources before this one.
    before: (u64, u64),
}

#[derive(Debug, Clone, Copy)]
struct Source {
    ssrc: u32,
    first: u32,
    highest: u32,
    count: u64,
    /// In 16ths of a sample.
    jitter: u32,
    transit: Option<u32>,
    reported: (u64, u64),
}

/// What a packet is to its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// It goes on.
    Same,
    /// It is the first of a stream: of a new source, or after a jump.
    New,
}

impl Received {
    /// Counts from `now`.
    pub const fn new(now: Instant) -> Self {
        Self { start: now, source: None, before: (0, 0) }
    }

    /// Counts a packet. Of an event, whose timestamp stands still, the time says nothing about jitter.
    pub fn packet(&mut self, now: Instant, header: &Header, timed: bool) -> Arrival {
        let arrival = samples(now.saturating_duration_since(self.start));
        let transit = arrival.wrapping_sub(header.timestamp);
        if let Some(source) = &mut self.source
            && source.ssrc == header.ssrc
        {
            let step = sequence_after(header.sequence, low(source.highest));
            if step.unsigned_abs() <= DROPOUT.unsigned_abs() {
                source.count += 1;
                source.highest = source.highest.max(source.highest.wrapping_add_signed(i32::from(step)));
                if timed && let Some(before) = source.transit.replace(transit) {
                    // A clock that was set is no jitter: not more than ten seconds count.
                    let off = transit.wrapping_sub(before).cast_signed().unsigned_abs().min(80_000);
                    source.jitter = source.jitter + off - ((source.jitter + 8) >> 4);
                }
                return Arrival::Same;
            }
        }
        if let Some(source) = self.source {
            let (count, lost) = (source.count, source.lost());
            self.before = (self.before.0 + count, self.before.1 + lost);
        }
        // Room below, so that a packet that was overtaken at the very start does not wrap.
        let first = u32::from(header.sequence) + 0x1_0000;
        self.source = Some(Source {
            ssrc: header.ssrc,
            first,
            highest: first,
            count: 1,
            jitter: 0,
            transit: timed.then_some(transit),
            reported: (0, 0),
        });
        Arrival::New
    }

    /// Packets that came, of all sources.
    pub fn count(&self) -> u64 {
        self.before.0 + self.source.map_or(0, |source| source.count)
    }

    /// Packets that did not come.
    pub fn lost(&self) -> u64 {
        self.before.1 + self.source.map_or(0, |source| source.lost())
    }

    /// The jitter.
    pub fn jitter(&self) -> Duration {
        Duration::from_micros(u64::from(self.source.map_or(0, |source| source.jitter >> 4)) * 125)
    }

    /// What a report says: SSRC, lost since the last report in 256ths, lost in all, highest, jitter in samples.
    pub fn report(&mut self) -> Option<(u32, u8, i32, u32, u32)> {
        let source = self.source.as_mut()?;
        let expected = u64::from(source.highest - source.first) + 1;
        let since = (expected - source.reported.0, source.count - source.reported.1);
        source.reported = (expected, source.count);
        let missed = since.0.saturating_sub(since.1);
        let fraction =
            (missed * 256).checked_div(since.0).map_or(0, |part| u8::try_from(part).unwrap_or(255));
        let lost = i64::try_from(expected).unwrap_or(0) - i64::try_from(source.count).unwrap_or(0);
        let lost = i32::try_from(lost).unwrap_or(0);
        Some((source.ssrc, fraction, lost, source.highest - 0x1_0000, source.jitter >> 4))
    }
}

impl Source {
    fn lost(&self) -> u64 {
        (u64::from(self.highest - self.first) + 1).saturating_sub(self.count)
    }
}

fn low(extended: u32) -> u16 {
    let [_, _, high, low] = extended.to_be_bytes();
    u16::from_be_bytes([high, low])
}

/// A time in samples, wrapping.
pub fn samples(time: Duration) -> u32 {
    let [low @ .., _, _, _, _] = u64::try_from(time.as_micros() / 125).unwrap_or(0).to_le_bytes();
    u32::from_le_bytes(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn header(sequence: u16, timestamp: u32) -> Header {
        Header { sequence, timestamp, ssrc: 1, ..Header::default() }
    }

    #[test]
    fn loss_is_counted_over_the_wrap() {
        let now = Instant::now();
        let mut received = Received::new(now);
        let mut at = now;
        for n in 0_u32..1_000 {
            at += Duration::from_millis(20);
            if n % 10 != 5 {
                received.packet(at, &header((n as u16).wrapping_add(65_000), n * 160), true);
            }
        }
        assert_eq!((received.count(), received.lost()), (900, 100));
        assert_eq!(received.jitter(), Duration::ZERO);
        let (ssrc, fraction, lost, highest, jitter) = received.report().unwrap();
        assert_eq!((ssrc, fraction, lost, highest, jitter), (1, 25, 100, 65_999, 0));
        let (_, fraction, lost, ..) = received.report().unwrap();
        assert_eq!((fraction, lost), (0, 100), "nothing since");
    }

    #[test]
    fn jitter_is_what_the_arrivals_differ_by() {
        let now = Instant::now();
        let mut received = Received::new(now);
        for n in 0_u32..2_000 {
            let late = if n % 2 == 0 { 0 } else { 10 };
            received.packet(
                now + Duration::from_millis(u64::from(n) * 20 + late),
                &header(n as u16, n * 160),
                true,
            );
        }
        // Every difference is 80 samples: that is where the filter settles.
        let jitter = received.jitter();
        assert!((9..=10).contains(&jitter.as_millis()), "{jitter:?}");
    }

    #[test]
    fn another_source_and_a_jump_are_new_streams() {
        let now = Instant::now();
        let mut received = Received::new(now);
        assert_eq!(received.packet(now, &header(10, 0), true), Arrival::New);
        assert_eq!(received.packet(now, &header(9, 0), true), Arrival::Same, "overtaken");
        assert_eq!(received.packet(now, &header(9_000, 0), true), Arrival::New);
        assert_eq!(received.packet(now, &Header { ssrc: 2, ..header(9_001, 0) }, true), Arrival::New);
        assert_eq!((received.count(), received.lost()), (4, 0));
    }

    proptest! {
        #[test]
        fn any_stream_is_survived(packets in proptest::collection::vec((any::<u16>(), any::<u32>(), 0..3u32), 0..300)) {
            let now = Instant::now();
            let mut received = Received::new(now);
            for (sequence, timestamp, ssrc) in packets {
                received.packet(now, &Header { sequence, timestamp, ssrc, ..Header::default() }, true);
                received.report();
            }
        }
    }
}
