//! How often something may be tried: token buckets in memory, a bounded number of them.

use crate::Desk;
use domain::number::InquiryNumber;
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

/// Never more buckets than this; one is about a hundred bytes.
const MOST: usize = 50_000;

/// So many tries there are to prove that an inquiry is one's own, by its number, whether it exists or not …
const PROOFS: u32 = 5;
/// … and so long one takes to come back.
const PROOF_AGAIN: SignedDuration = SignedDuration::from_mins(15);

/// So often a fresh link is asked for by one inquiry number, whether it exists or not …
const LINKS: u32 = 3;
/// … and once more after so long.
const LINK_AGAIN: SignedDuration = SignedDuration::from_mins(20);

/// Buckets by whatever is counted: when each is full again. Every try puts that later by one step.
#[derive(Debug)]
pub struct Buckets<K>(Mutex<HashMap<K, Timestamp>>);

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash> Buckets<K> {
    /// Takes one of `most` tries, each of which comes back after `step`, and says after how long all will be there again.
    ///
    /// # Errors
    /// After how long there is one again. A try that is refused costs nothing.
    pub fn take(
        &self,
        key: K,
        most: u32,
        step: SignedDuration,
        now: Timestamp,
    ) -> Result<SignedDuration, SignedDuration> {
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
        let full_at = buckets.entry(key).or_insert(now);
        let used = (*full_at).max(now) + step;
        let full_in = after_one_more(used, most, step, now)?;
        *full_at = used;
        Ok(full_in)
    }

    /// Is there a try left? Nothing is taken.
    pub fn has_one(&self, key: &K, most: u32, step: SignedDuration, now: Timestamp) -> bool {
        let buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = |full_at: &Timestamp| after_one_more((*full_at).max(now) + step, most, step, now).is_ok();
        buckets.get(key).is_none_or(left)
    }
}

/// After how long all tries are there again when one more is taken; or after how long there is one.
fn after_one_more(
    used: Timestamp,
    most: u32,
    step: SignedDuration,
    now: Timestamp,
) -> Result<SignedDuration, SignedDuration> {
    let full_in = used.duration_since(now);
    let wait = full_in - step * i32::try_from(most).unwrap_or(i32::MAX);
    if wait.is_positive() { Err(wait) } else { Ok(full_in) }
}

impl Desk {
    /// Takes one of the tries that there are for this inquiry's second proof, on whatever way somebody tries: so that nobody who
    /// guesses has more tries because there are several.
    ///
    /// # Errors
    /// After how long there is one again.
    pub fn may_prove(&self, number: InquiryNumber, now: Timestamp) -> Result<(), SignedDuration> {
        self.proved.take(number, PROOFS, PROOF_AGAIN, now).map(drop)
    }

    /// Takes one of the tries that there are to have a fresh link sent for this number, on pages and by programs together.
    ///
    /// # Errors
    /// After how long there is one again.
    pub fn may_ask_link(&self, number: InquiryNumber, now: Timestamp) -> Result<(), SignedDuration> {
        self.asked_link.take(number, LINKS, LINK_AGAIN, now).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + minute * 60).unwrap()
    }

    #[test]
    fn gives_so_many_tries_and_one_more_after_each_step() {
        let buckets = Buckets::default();
        let take = |key: &'static str, minute| buckets.take(key, PROOFS, PROOF_AGAIN, at(minute));
        for n in 1..=5 {
            assert_eq!(take("1", 0), Ok(PROOF_AGAIN * n));
        }
        assert_eq!(take("1", 1), Err(SignedDuration::from_mins(14)));
        assert!(take("2", 1).is_ok());
        let has = |minute| buckets.has_one(&"1", PROOFS, PROOF_AGAIN, at(minute));
        assert!(has(15) && !has(14));
        assert!(take("1", 15).is_ok());
        assert!(take("1", 16).is_err());
        // Refused tries cost nothing: the wait does not grow by trying.
        assert!(take("1", 30).is_ok());
    }

    #[test]
    fn never_keeps_more_than_the_bound() {
        let buckets = Buckets::default();
        for n in 0..MOST + 10 {
            buckets.take(n, 20, SignedDuration::from_secs(3), at(0)).unwrap();
        }
        assert!(buckets.0.lock().unwrap().len() <= MOST);
    }
}
