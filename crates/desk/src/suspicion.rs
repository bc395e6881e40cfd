//! Whether so much is sent that machines are likely among those who send it: by one network, or by everybody together.
//!
//! What was sent is counted with a half-life, in memory. Nothing is kept about anybody: a count for a network, and it fades.
//!
//! What everybody together sends the nodes of one store count together: each tells the others by the batch, so that a calm day costs a
//! write now and then and not one for each request, and looks now and then what they have told. A network is counted on each node.

use crate::{Buckets, Desk};
use domain::pace::Limits;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use store::{Store, StoreError};

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
/// Other nodes are told of so many at once: this part of what is usual in ten minutes …
const BATCHES: u32 = 8;
/// … and looked at no more often than this.
const LOOKS: SignedDuration = SignedDuration::from_secs(10);
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

    fn more(&mut self, much: f64, now: Timestamp) -> f64 {
        *self = Self { much: self.at(now) + much, at: now.max(self.at) };
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
    together: Mutex<HashMap<What, Together>>,
    waited: Buckets<String>,
}

/// What the nodes tell one another of something that is sent.
#[derive(Debug, Default)]
struct Together {
    /// So many were sent here of which the others were not told yet.
    untold: u32,
    /// So many batches were told from here since it was looked.
    own: u32,
    /// So many batches all had told when it was looked, on that day.
    seen: Option<u32>,
    /// When that was.
    looked: Option<Timestamp>,
}

/// The turns by which batches are counted: as many as there are.
const fn batches() -> Limits {
    Limits { per_second: 1_000_000, burst: 1_000_000, per_day: u32::MAX, zone: TimeZone::UTC }
}

/// Under this name everybody together is counted; no network is called so.
const EVERYBODY: &str = "";

impl Lately {
    /// Nothing yet.
    pub(crate) fn new(calm: Calm) -> Self {
        Self { calm, ..Self::default() }
    }

    /// Tells the other nodes by the batch that something was sent so often here, and counts what they have told since it was looked.
    async fn share(
        &self,
        store: &dyn Store,
        what: What,
        sent: u32,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (name, batch) = (format!("sent {}", what.as_str()), (self.calm.everybody / BATCHES).max(1));
        let (tells, looks) = {
            let mut all = self.together.lock().unwrap_or_else(PoisonError::into_inner);
            let together = all.entry(what).or_default();
            together.untold += sent;
            let tells = together.untold >= batch;
            if tells {
                together.untold -= batch;
                together.own += 1;
            }
            let looks = together.looked.is_none_or(|at| now < at || now.duration_since(at) >= LOOKS);
            if looks {
                together.looked = Some(now);
            }
            (tells, looks)
        };
        if tells {
            store.take_turn(&name, &batches(), now, SignedDuration::ZERO).await?;
        }
        if !looks {
            return Ok(());
        }
        let told = store.pace(&name).await?.map_or(0, |pace| pace.used(&batches(), now));
        let others = {
            let mut all = self.together.lock().unwrap_or_else(PoisonError::into_inner);
            let together = all.entry(what).or_default();
            // Whoever looks for the first time does not know how old it is; on a new day the count begins anew.
            let since = together.seen.map_or(0, |seen| told.checked_sub(seen).unwrap_or(told));
            let others = since.saturating_sub(together.own);
            (together.seen, together.own) = (Some(told), 0);
            others
        };
        if others > 0 {
            let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
            let count = counts.entry((what, EVERYBODY.to_owned())).or_insert(Count { much: 0.0, at: now });
            count.more(f64::from(others) * f64::from(batch), now);
        }
        Ok(())
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
            counts.entry((what, subject)).or_insert(Count { much: 0.0, at: now }).more(1.0, now)
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

    /// Whether everybody together sends so much that machines are likely among them, at whichever node.
    pub async fn is_rushed(&self, now: Timestamp) -> bool {
        for what in [What::Request, What::OwnTime] {
            self.share_sent(what, 0, now).await;
        }
        self.sent.is_rushed(now)
    }

    /// A store that does not answer keeps nobody from sending: then this node counts alone.
    async fn share_sent(&self, what: What, sent: u32, now: Timestamp) {
        if let Err(error) = self.sent.share(&*self.store, what, sent, now).await {
            tracing::warn!(%error, "what other nodes were sent is not known");
        }
    }

    /// Looks at what is sent before it is taken, on a page or by a program: while so much comes that machines are likely among those who
    /// send it, there is work to do first, or a minute to wait. `subject` is what it is about: work that was done for it is good for
    /// nothing else.
    ///
    /// # Errors
    /// After how long whoever waits instead of working more often than people do may try again.
    pub async fn look(
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
        self.share_sent(what, 1, now).await;
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
