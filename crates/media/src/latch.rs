//! Whose packets count: those of the first who sent a good one, and nobody else's.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

/// For so long the agreed address may still take the place of another that was quicker.
const TRIAL: Duration = Duration::from_secs(3);

/// Where packets come from. An address in SDP may be that of a private network behind a translator; the first packet tells the
/// true one. Whoever comes later from elsewhere is a stranger: he could be putting his own sound into the call. Only the address
/// that was agreed in the signalling, which a stranger cannot write, is believed before another for the first three seconds:
/// then who sprays packets at all ports gains nothing where no translator is between.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Latch {
    agreed: Option<SocketAddr>,
    source: Option<(SocketAddr, Instant)>,
    firm: bool,
}

/// What to do with a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Take it; another source might still be better.
    Take,
    /// Take it; from now on there is no other source.
    TakeOnly,
    /// From another.
    Stranger,
}

impl Latch {
    /// Open, with the address that was agreed.
    pub const fn new(agreed: SocketAddr) -> Self {
        Self { agreed: Some(agreed), source: None, firm: false }
    }

    /// Judges the source of a packet that is RTP.
    pub fn judge(&mut self, now: Instant, from: SocketAddr) -> Verdict {
        let agreed = self.agreed == Some(from);
        match self.source {
            Some((source, since)) if source == from => {
                self.firm |= now.saturating_duration_since(since) >= TRIAL;
            }
            Some(_) if self.firm || !agreed => return Verdict::Stranger,
            _ => {
                self.source = Some((from, now));
                self.firm = agreed;
            }
        }
        if self.firm { Verdict::TakeOnly } else { Verdict::Take }
    }

    /// The source, once it is known.
    pub fn source(&self) -> Option<SocketAddr> {
        self.source.map(|(source, _)| source)
    }
}

/// Notices that nothing comes any more.
#[derive(Debug, Clone, Copy)]
pub struct Silence {
    after: Duration,
    last: Instant,
    told: bool,
}

impl Silence {
    /// Counts from `now`.
    pub const fn new(now: Instant, after: Duration) -> Self {
        Self { after, last: now, told: false }
    }

    /// Something came. True when its absence had been told.
    pub const fn packet(&mut self, now: Instant) -> bool {
        self.last = now;
        std::mem::replace(&mut self.told, false)
    }

    /// Told once for each silence.
    pub fn tick(&mut self, now: Instant) -> Option<Duration> {
        let lasting = now.saturating_duration_since(self.last);
        (!self.told && lasting >= self.after).then(|| {
            self.told = true;
            lasting
        })
    }
}

/// So many sends refused in a row, half a second of them, and sending stops.
const REFUSALS: u8 = 25;
/// How often it is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Stops sending to a port that nobody listens on: each refused send costs more than a good one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Refusals {
    count: u8,
    retry: Option<Instant>,
}

impl Refusals {
    /// Whether to send now.
    pub fn may_send(&mut self, now: Instant) -> bool {
        match self.retry {
            None => true,
            Some(at) if now >= at => {
                self.retry = Some(now + RETRY);
                true
            }
            Some(_) => false,
        }
    }

    /// A send was refused. True when sending stops because of it.
    pub fn refused(&mut self, now: Instant) -> bool {
        self.count = self.count.saturating_add(1);
        let stops = self.count >= REFUSALS && self.retry.is_none();
        if stops {
            self.retry = Some(now + RETRY);
        }
        stops
    }

    /// Something came from there: it lives. (That a send succeeds means little: the refusal comes with the next.)
    pub const fn alive(&mut self) {
        self.count = 0;
        self.retry = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_source_counts() {
        let now = Instant::now();
        let private = SocketAddr::from(([192, 168, 0, 1], 4000));
        let one = SocketAddr::from(([10, 0, 0, 1], 4000));
        let other = SocketAddr::from(([10, 0, 0, 1], 4002));
        let mut latch = Latch::new(private);
        assert_eq!(latch.judge(now, one), Verdict::Take);
        assert_eq!(latch.judge(now, other), Verdict::Stranger, "another port is another source");
        assert_eq!(latch.judge(now, one), Verdict::Take);
        assert_eq!(latch.source(), Some(one));
        assert_eq!(latch.judge(now + TRIAL, one), Verdict::TakeOnly);
        assert_eq!(latch.judge(now + TRIAL, private), Verdict::Stranger, "too late");
    }

    #[test]
    fn who_was_agreed_takes_the_place_of_who_was_quicker() {
        let now = Instant::now();
        let agreed = SocketAddr::from(([10, 0, 0, 1], 4000));
        let quick = SocketAddr::from(([10, 6, 6, 6], 666));
        let mut latch = Latch::new(agreed);
        assert_eq!(latch.judge(now, quick), Verdict::Take);
        assert_eq!(latch.judge(now, agreed), Verdict::TakeOnly);
        assert_eq!(latch.judge(now, quick), Verdict::Stranger);
        assert_eq!(latch.source(), Some(agreed));
    }

    #[test]
    fn each_silence_is_told_once() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut silence = Silence::new(start, Duration::from_secs(20));
        assert_eq!(silence.tick(at(19)), None);
        assert_eq!(silence.tick(at(20)), Some(Duration::from_secs(20)));
        assert_eq!(silence.tick(at(30)), None);
        assert!(silence.packet(at(31)));
        assert!(!silence.packet(at(32)));
        assert_eq!(silence.tick(at(51)), None);
        assert!(silence.tick(at(52)).is_some());
    }

    #[test]
    fn a_closed_port_is_left_alone_and_tried_again() {
        let start = Instant::now();
        let mut refusals = Refusals::default();
        assert_eq!((0..100).filter(|_| refusals.may_send(start) && refusals.refused(start)).count(), 1);
        assert!(!refusals.may_send(start));
        assert!(refusals.may_send(start + RETRY), "one try");
        assert!(!refusals.may_send(start + RETRY));
        refusals.alive();
        assert!(refusals.may_send(start));
    }
}
