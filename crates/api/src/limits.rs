//! How often somebody may ask: token buckets in memory, a bounded number of them.
//!
//! Like the pages' limits, and apart from them: a program's requests are counted by its token and told to it in
//! headers, a page's tries by address and kind.

use jiff::{SignedDuration, Timestamp};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// How often one subject may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// So many requests at once …
    pub requests: u32,
    /// … and so many again after this many seconds; 1 or more.
    pub seconds: u32,
}

/// What is left after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Left {
    /// How many requests can still be made now.
    pub(crate) remaining: u32,
    /// In how many seconds all can be made again.
    pub(crate) reset: i64,
}

/// Never more buckets than this.
const MOST: usize = 50_000;

/// All buckets: when each is full again.
#[derive(Debug, Default)]
pub(crate) struct Limits(Mutex<HashMap<String, Timestamp>>);

impl Limits {
    /// Takes a request; `Err` says in how many seconds there is one again.
    pub(crate) fn take(&self, rate: Rate, subject: &str, now: Timestamp) -> Result<Left, i64> {
        let step = SignedDuration::from_secs(rate.seconds.max(1).into())
            / rate.requests.max(1).try_into().unwrap_or(i32::MAX);
        let room = step * rate.requests.max(1).try_into().unwrap_or(i32::MAX);
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST {
            buckets.retain(|_, full_at| *full_at > now);
            if buckets.len() >= MOST {
                // A flood of subjects: those nearest to full know the least, and go.
                let mut ends: Vec<Timestamp> = buckets.values().copied().collect();
                let middle = ends.len() / 2;
                let cut = *ends.select_nth_unstable(middle).1;
                buckets.retain(|_, full_at| *full_at > cut);
            }
        }
        let full_at = buckets.entry(subject.to_owned()).or_insert(now);
        let used = (*full_at).max(now) + step;
        let wait = used.duration_since(now) - room;
        if wait.is_positive() {
            return Err(up(wait).max(1));
        }
        *full_at = used;
        let left = (room - used.duration_since(now)).as_nanos() / step.as_nanos().max(1);
        Ok(Left { remaining: u32::try_from(left).unwrap_or(0), reset: up(used.duration_since(now)) })
    }
}

/// Whole seconds, rounded up.
fn up(duration: SignedDuration) -> i64 {
    duration.as_secs() + i64::from(duration.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + seconds).unwrap()
    }

    #[test]
    fn counts_down_and_fills_up() {
        let limits = Limits::default();
        let rate = Rate { requests: 3, seconds: 30 };
        for remaining in [2, 1, 0] {
            assert_eq!(limits.take(rate, "a", at(0)).unwrap().remaining, remaining);
        }
        assert_eq!(limits.take(rate, "a", at(4)), Err(6));
        assert_eq!(limits.take(rate, "b", at(4)).unwrap(), Left { remaining: 2, reset: 10 });
        // Refused requests cost nothing.
        assert_eq!(limits.take(rate, "a", at(10)).unwrap(), Left { remaining: 0, reset: 30 });
        assert_eq!(limits.take(rate, "a", at(100)).unwrap().remaining, 2);
    }

    #[test]
    fn never_keeps_more_than_the_bound() {
        let limits = Limits::default();
        for n in 0..MOST + 10 {
            limits.take(Rate { requests: 20, seconds: 60 }, &n.to_string(), at(0)).unwrap();
        }
        assert!(limits.0.lock().unwrap().len() <= MOST);
    }
}
