//! Whether so much is sent that machines are likely among those who send it: by one network, or by everybody together.
//!
//! What was sent is counted with a half-life, in memory, on each node for itself. Nothing is kept about anybody: a count
//! for a network, and it fades.

use jiff::{SignedDuration, Timestamp};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// In so much time a count falls to its half.
const HALVES: SignedDuration = SignedDuration::from_mins(10);
/// What one network may send in that time before it is noticed: a household, a library, a help desk.
const CALM_NETWORK: f64 = 6.0;
/// With how many zero bits the work begins, and what it grows to. Each bit doubles it; a browser's engine that looks at 450,000 numbers a
/// second (measured once) needs a seventh of a second for the least and two to three for the most; telephones are slower.
const LEAST_BITS: u32 = 16;
const MOST_BITS: u32 = 20;
/// Never more networks than this are counted; each is about a hundred bytes.
const MOST: usize = 50_000;

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum What {
    /// A request for a meeting.
    Request,
    /// A time at an office that lets people choose one.
    OwnTime,
}

impl What {
    /// The stable name.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::OwnTime => "own-time",
        }
    }
}

/// How much was sent lately.
#[derive(Debug, Clone, Copy)]
struct Count {
    much: f64,
    at: Timestamp,
}

impl Count {
    /// What is left of it.
    fn at(self, now: Timestamp) -> f64 {
        let passed = now.duration_since(self.at).max(SignedDuration::ZERO);
        self.much * (-passed.as_secs_f64() / HALVES.as_secs_f64()).exp2()
    }

    fn one_more(&mut self, now: Timestamp) -> f64 {
        *self = Self { much: self.at(now) + 1.0, at: now.max(self.at) };
        self.much
    }
}

/// How many bits of work a count asks for, where `calm` in ten minutes is usual; none while it is calm.
///
/// A steady stream of `calm` in ten minutes settles at `calm / ln 2`, 1.44 times as much; twice as much is suspicious.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
fn bits(much: f64, calm: f64) -> Option<u32> {
    let ratio = much / (2.0 * calm);
    (ratio > 1.0).then(|| (LEAST_BITS + ratio.log2() as u32).min(MOST_BITS))
}

/// What was sent lately.
#[derive(Debug)]
pub(crate) struct Lately {
    calm: f64,
    counts: Mutex<HashMap<(What, String), Count>>,
}

/// Under this name everybody together is counted; no network is called so.
const EVERYBODY: &str = "";

impl Lately {
    /// Nothing yet. `calm` is what everybody together sends in ten minutes on a busy day.
    pub(crate) fn new(calm: u32) -> Self {
        Self { calm: f64::from(calm.max(1)), counts: Mutex::default() }
    }

    /// Counts what is sent, and says how much work is to be done first, in bits; none while it is calm.
    pub(crate) fn note(&self, what: What, from: &str, now: Timestamp) -> Option<u32> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MOST {
            // Those that have faded know the least. Under a flood from everywhere, all of them: everybody's count stays.
            counts.retain(|(_, network), count| network == EVERYBODY || count.at(now) > 0.5);
            if counts.len() >= MOST {
                counts.retain(|(_, network), _| network == EVERYBODY);
            }
        }
        let mut of = |subject: String| {
            counts.entry((what, subject)).or_insert(Count { much: 0.0, at: now }).one_more(now)
        };
        let network = bits(of(network_of(from)), CALM_NETWORK);
        let everybody = bits(of(EVERYBODY.to_owned()), self.calm);
        network.max(everybody)
    }

    /// Whether everybody together sends too much of anything. Whoever wants places that people choose themselves sends requests first.
    pub(crate) fn is_rushed(&self, now: Timestamp) -> bool {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        [What::Request, What::OwnTime].into_iter().any(|what| {
            let count = counts.get(&(what, EVERYBODY.to_owned()));
            count.is_some_and(|count| bits(count.at(now), self.calm).is_some())
        })
    }
}

/// The network an address is in, wider than the address itself: IPv4 by its /24, IPv6 by its /48, since whoever rents
/// one address of these easily has the others.
fn network_of(from: &str) -> String {
    match from.split_once("::/64") {
        Some((v6, _)) => v6.splitn(4, ':').take(3).collect::<Vec<_>>().join(":"),
        None => from.rsplit_once('.').map_or(from, |(network, _)| network).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second).unwrap()
    }

    #[test]
    fn a_family_is_not_noticed_and_a_network_of_machines_is() {
        let lately = Lately::new(200);
        for n in 0..12 {
            assert_eq!(lately.note(What::Request, "192.0.2.7", at(n)), None, "{n}");
        }
        assert_eq!(lately.note(What::Request, "192.0.2.200", at(12)), Some(LEAST_BITS));
        assert_eq!(lately.note(What::Request, "192.0.3.7", at(12)), None, "another network");
        assert_eq!(lately.note(What::OwnTime, "192.0.2.7", at(12)), None, "another act");
        assert_eq!(
            lately.note(What::Request, "192.0.2.7", at(12 + 3600)),
            None,
            "an hour later it is forgotten"
        );
    }

    #[test]
    fn the_work_grows_with_the_rush_up_to_a_bound_and_fades() {
        let lately = Lately::new(50);
        let mut asked = Vec::new();
        for n in 0..4_000 {
            let from = format!("10.{}.{}.1", n / 250, n % 250);
            asked.push(lately.note(What::OwnTime, &from, at(n / 100)));
        }
        assert!(asked[..100].iter().all(Option::is_none));
        let bits: Vec<u32> = asked[101..].iter().map(|asked| asked.unwrap()).collect();
        assert!(bits.is_sorted() && bits[0] == LEAST_BITS && bits[bits.len() - 1] == MOST_BITS, "{bits:?}");
        assert!(!Lately::new(50).is_rushed(at(40)) && lately.is_rushed(at(40)));
        assert!(lately.is_rushed(at(40 + 50 * 60)) && !lately.is_rushed(at(40 + 70 * 60)));
    }

    #[test]
    fn a_steady_stream_as_busy_as_usual_is_never_suspicious() {
        let lately = Lately::new(200);
        for n in 0..5_000_i64 {
            let from = format!("10.{}.{}.1", n / 250, n % 250);
            assert_eq!(lately.note(What::Request, &from, at(n * 3)), None, "{n}");
        }
    }

    #[test]
    fn the_network_is_wider_than_the_address_and_bounded() {
        assert_eq!(network_of("192.0.2.7"), "192.0.2");
        assert_eq!(network_of("2001:db8:1:2::/64"), "2001:db8:1");
        assert_eq!(network_of("unknown"), "unknown");
        let lately = Lately::new(1_000_000);
        for n in 0..MOST + 10 {
            lately.note(What::Request, &format!("{n}.1"), at(0));
        }
        assert!(lately.counts.lock().unwrap().len() <= MOST);
    }
}
