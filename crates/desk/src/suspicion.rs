//! Whether so much is sent that machines are likely among those who send it: by one network, or by everybody together.
//!
//! What was sent is counted with a half-life, in memory, on each node for itself. Nothing is kept about anybody: a count
//! for a network, and it fades.

use crate::{Buckets, Desk};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// In so much time a count falls to its half.
const HALVES: SignedDuration = SignedDuration::from_mins(10);
/// From one address whoever waits instead of working does so this often …
const WAITED: u32 = 2;
/// … and once more after so long.
const WAITED_AGAIN: SignedDuration = SignedDuration::from_mins(5);
/// With how many zero bits the work begins, and what it grows to. Each bit doubles it; a browser's engine that looks at 450,000 numbers a
/// second (measured once) needs a seventh of a second for the least and two to three for the most; telephones are slower.
const LEAST_BITS: u32 = 16;
const MOST_BITS: u32 = 20;
/// Never more networks than this are counted; each is about a hundred bytes.
const MOST: usize = 50_000;

/// What is usual in ten minutes of a busy day. While more than twice as much comes, whoever sends it works a little first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calm {
    /// From everybody together.
    pub everybody: u32,
    /// From one network: a household, a library, a help desk.
    pub network: u32,
}

impl Default for Calm {
    /// A million requests a year come in tens, and five times as many at noon; six from one network.
    fn default() -> Self {
        Self { everybody: 200, network: 6 }
    }
}

/// What is sent, by a page or by a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// A request for a meeting.
    Request,
    /// A time at an office that lets people choose one.
    OwnTime,
}

impl What {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
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
fn bits(much: f64, calm: u32) -> Option<u32> {
    let ratio = much / (2.0 * f64::from(calm.max(1)));
    (ratio > 1.0).then(|| (LEAST_BITS + ratio.log2() as u32).min(MOST_BITS))
}

/// What was sent lately.
#[derive(Debug, Default)]
pub(crate) struct Lately {
    calm: Calm,
    counts: Mutex<HashMap<(What, String), Count>>,
    waited: Buckets<String>,
}

/// Under this name everybody together is counted; no network is called so.
const EVERYBODY: &str = "";

impl Lately {
    /// Nothing yet.
    pub(crate) fn new(calm: Calm) -> Self {
        Self { calm, ..Self::default() }
    }

    /// Counts what is sent, and says how much work is to be done first, in bits; none while it is calm.
    fn note(&self, what: What, from: &str, now: Timestamp) -> Option<u32> {
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
        let network = bits(of(network_of(from)), self.calm.network);
        let everybody = bits(of(EVERYBODY.to_owned()), self.calm.everybody);
        network.max(everybody)
    }

    /// Whether everybody together sends too much of anything. Whoever wants places that people choose themselves sends requests first.
    fn is_rushed(&self, now: Timestamp) -> bool {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        [What::Request, What::OwnTime].into_iter().any(|what| {
            let count = counts.get(&(what, EVERYBODY.to_owned()));
            count.is_some_and(|count| bits(count.at(now), self.calm.everybody).is_some())
        })
    }
}

/// What became of a form that was looked at before it is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looked {
    /// It is taken.
    Passes,
    /// First there is work to do: with what was given, until a hash of it begins with so many zero bits.
    Works {
        /// What is to be sent back, with what was found.
        given: String,
        /// How many.
        bits: u32,
    },
}

/// What a form brings of the work that was asked for it before: what was given, and what was found. Empty where there is none.
#[derive(Debug, Clone, Copy, Default)]
pub struct Worked<'a> {
    /// What was given.
    pub given: &'a str,
    /// The number that was found.
    pub found: &'a str,
}

impl Desk {
    /// The same desk, where this is usual.
    #[must_use]
    pub fn where_calm_is(self, calm: Calm) -> Self {
        Self { sent: Arc::new(Lately::new(calm)), ..self }
    }

    /// Whether everybody together sends so much that machines are likely among them.
    pub fn is_rushed(&self, now: Timestamp) -> bool {
        self.sent.is_rushed(now)
    }

    /// Looks at what is sent before it is taken, on a page or by a program: while so much comes that machines are likely among those who
    /// send it, there is work to do first, or a minute to wait. `subject` is what it is about: work that was done for it is good for
    /// nothing else.
    ///
    /// # Errors
    /// After how long whoever waits instead of working more often than people do may try again.
    pub fn look(
        &self,
        what: What,
        subject: &str,
        from: &str,
        worked: Worked<'_>,
        now: Timestamp,
    ) -> Result<Looked, SignedDuration> {
        let Worked { given, found } = worked;
        if let Some(work) = self.links.work_asked(what.as_str(), subject, given, now) {
            if work.is_done(given, found) {
                count(what, "worked");
                return Ok(Looked::Passes);
            }
            if !work.has_waited(now) {
                return Ok(Looked::Works { given: given.to_owned(), bits: work.bits });
            }
            self.sent.waited.take(from.to_owned(), WAITED, WAITED_AGAIN, now)?;
            count(what, "waited");
            return Ok(Looked::Passes);
        }
        let Some(bits) = self.sent.note(what, from, now) else { return Ok(Looked::Passes) };
        count(what, "asked");
        Ok(Looked::Works { given: self.links.ask_work(what.as_str(), subject, bits, now), bits })
    }
}

fn count(what: What, came: &'static str) {
    metrics::counter!("anteroom_challenges_total", "what" => what.as_str(), "came" => came).increment(1);
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

    fn calm(everybody: u32) -> Lately {
        Lately::new(Calm { everybody, ..Calm::default() })
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second).unwrap()
    }

    #[test]
    fn a_family_is_not_noticed_and_a_network_of_machines_is() {
        let lately = calm(200);
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
        let lately = calm(50);
        let mut asked = Vec::new();
        for n in 0..4_000 {
            let from = format!("10.{}.{}.1", n / 250, n % 250);
            asked.push(lately.note(What::OwnTime, &from, at(n / 100)));
        }
        assert!(asked[..100].iter().all(Option::is_none));
        let bits: Vec<u32> = asked[101..].iter().map(|asked| asked.unwrap()).collect();
        assert!(bits.is_sorted() && bits[0] == LEAST_BITS && bits[bits.len() - 1] == MOST_BITS, "{bits:?}");
        assert!(!calm(50).is_rushed(at(40)) && lately.is_rushed(at(40)));
        assert!(lately.is_rushed(at(40 + 50 * 60)) && !lately.is_rushed(at(40 + 70 * 60)));
    }

    #[test]
    fn a_steady_stream_as_busy_as_usual_is_never_suspicious() {
        let lately = calm(200);
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
        let lately = calm(1_000_000);
        for n in 0..MOST + 10 {
            lately.note(What::Request, &format!("{n}.1"), at(0));
        }
        assert!(lately.counts.lock().unwrap().len() <= MOST);
    }
}
