//! What a leg reports about its connection, and what it is told (RFC 3550, section 6.4).

use super::{Leg, REPORT};
use crate::{
    api::{Event, Quality},
    rtcp,
};
use std::time::{Duration, Instant};

impl Leg {
    /// A report, when it is time for one. `chance` (0 to 1) spreads them.
    pub fn report(&mut self, now: Instant, chance: f32) -> Option<Vec<u8>> {
        if now < self.next_report || self.plan.is_none() {
            return None;
        }
        self.next_report = now + REPORT.mul_f32(0.5 + chance.clamp(0.0, 1.0));
        Some(self.write_report(now, false))
    }

    /// The last report.
    pub fn goodbye(&mut self, now: Instant) -> Vec<u8> {
        self.write_report(now, true)
    }

    fn write_report(&mut self, now: Instant, bye: bool) -> Vec<u8> {
        let sender = rtcp::Sender {
            ntp: self.ntp(now),
            timestamp: self.timestamp,
            packets: u32::try_from(self.sent & u64::from(u32::MAX)).unwrap_or(0),
            octets: self.octets,
        };
        let theirs = self.their_report;
        let block = self.received.report().map(|(ssrc, fraction_lost, lost, highest, jitter)| rtcp::Block {
            ssrc,
            fraction_lost,
            lost,
            highest,
            jitter,
            last_report: theirs.map_or(0, |(middle, _)| middle),
            since_last: theirs.map_or(0, |(_, at)| middle(fixed(now.saturating_duration_since(at)))),
        });
        rtcp::write(self.ssrc, (self.sent > 0).then_some(&sender), block.as_ref(), bye)
    }

    /// Takes a report. False when it is malformed.
    pub fn on_report(&mut self, now: Instant, data: &[u8], mut tell: impl FnMut(Event)) -> bool {
        let Some(report) = rtcp::read(data, self.ssrc) else { return false };
        if let Some(sender) = report.sender {
            self.their_report = Some((middle(sender.ntp), now));
        }
        if let Some(about) = report.about_us {
            self.quality_there = (about.fraction_lost, about.jitter);
            if about.last_report != 0 {
                let there =
                    middle(self.ntp(now)).wrapping_sub(about.last_report).wrapping_sub(about.since_last);
                let time = Duration::from_secs_f64(f64::from(there) / 65_536.0);
                // More than a minute is a report about something else.
                self.round_trip = (time < Duration::from_mins(1)).then_some(time).or(self.round_trip);
            }
        }
        if report.bye {
            tell(Event::Bye { leg: self.id });
        }
        true
    }

    /// How the connection is.
    pub fn quality(&self) -> Quality {
        Quality {
            received: self.received.count(),
            lost: self.received.lost(),
            sent: self.sent,
            jitter: self.received.jitter(),
            lost_there: self.quality_there.0,
            jitter_there: Duration::from_micros(u64::from(self.quality_there.1) * 125),
            round_trip: self.round_trip,
        }
    }

    /// The time since the leg began, a second being 2³²: what a sender report calls NTP need not be the time of day.
    fn ntp(&self, now: Instant) -> u64 {
        // Never nothing: a report of the first moment would look like none.
        fixed(now.saturating_duration_since(self.start)) + (1 << 32)
    }
}

fn fixed(time: Duration) -> u64 {
    (time.as_secs() << 32) | ((u64::from(time.subsec_nanos()) << 32) / 1_000_000_000)
}

fn middle(fixed: u64) -> u32 {
    let [_, _, a, b, c, d, _, _] = fixed.to_be_bytes();
    u32::from_be_bytes([a, b, c, d])
}
