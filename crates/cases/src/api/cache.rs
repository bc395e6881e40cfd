//! Answers that are kept for a while, in memory only: they are about people.

use crate::source::Seen;
use domain::case::ReceiptNumber;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, HashMap};

/// That the service knows no such case is believed no longer than this: a new case appears there within the day, and
/// whoever waits for it tries again.
const ABSENT: SignedDuration = SignedDuration::from_mins(2);

/// How long answers are good.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// So long an answer is given without asking again.
    pub(super) fresh: SignedDuration,
    /// So long it is given, with its age, when the service does not answer.
    pub(super) stale: SignedDuration,
    /// So many answers are kept; the least recently used goes first.
    pub(super) most: usize,
}

/// The case, or that there is none.
pub(super) type Answer = Option<Seen>;

struct Entry {
    seen: Answer,
    at: Timestamp,
    /// Its place in the order of use.
    turn: u64,
}

pub(super) struct Cache {
    terms: Terms,
    entries: HashMap<ReceiptNumber, Entry>,
    order: BTreeMap<u64, ReceiptNumber>,
    turn: u64,
}

impl Cache {
    pub(super) fn new(terms: Terms) -> Self {
        Self { terms, entries: HashMap::new(), order: BTreeMap::new(), turn: 0 }
    }

    /// An answer that needs no asking again.
    pub(super) fn fresh(&mut self, receipt: &ReceiptNumber, now: Timestamp) -> Option<Answer> {
        let fresh = self.terms.fresh;
        let found = self.touch(receipt)?;
        let limit = if found.seen.is_some() { fresh } else { fresh.min(ABSENT) };
        is_young(found.at, now, limit).then(|| found.seen.clone())
    }

    /// A case that may be shown with its age while the service does not answer. That there was none is not shown so:
    /// it may have come since.
    pub(super) fn stale(&mut self, receipt: &ReceiptNumber, now: Timestamp) -> Option<Seen> {
        let stale = self.terms.stale;
        let found = self.touch(receipt)?;
        is_young(found.at, now, stale).then(|| found.seen.clone()).flatten()
    }

    pub(super) fn keep(&mut self, receipt: &ReceiptNumber, seen: Answer, at: Timestamp) {
        if self.terms.most == 0 {
            return;
        }
        self.turn += 1;
        let turn = self.turn;
        if let Some(old) = self.entries.insert(receipt.clone(), Entry { seen, at, turn }) {
            self.order.remove(&old.turn);
        }
        self.order.insert(turn, receipt.clone());
        while self.entries.len() > self.terms.most
            && let Some((_, least)) = self.order.pop_first()
        {
            self.entries.remove(&least);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    fn touch(&mut self, receipt: &ReceiptNumber) -> Option<&Entry> {
        let entry = self.entries.get_mut(receipt)?;
        self.turn += 1;
        if let Some(receipt) = self.order.remove(&entry.turn) {
            self.order.insert(self.turn, receipt);
        }
        entry.turn = self.turn;
        Some(entry)
    }
}

/// Whether something of `at` is young enough. After a clock was set back, what lies further in the future than the
/// limit is not young: else it would stay so for as long as the clock was wrong.
fn is_young(at: Timestamp, now: Timestamp, limit: SignedDuration) -> bool {
    now.duration_since(at).unsigned_abs() < limit.unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Freshness;
    use domain::{
        case::{Case, CaseState},
        text::Text,
    };
    use proptest::prelude::*;

    const TERMS: Terms =
        Terms { fresh: SignedDuration::from_mins(15), stale: SignedDuration::from_hours(24), most: 3 };

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + minutes * 60).unwrap()
    }

    fn receipt(n: u32) -> ReceiptNumber {
        format!("EAC{n:010}").parse().unwrap()
    }

    fn seen(n: u32, as_of: Timestamp) -> Seen {
        let day = "2026-03-02".parse().unwrap();
        let case = Case {
            receipt: receipt(n),
            form: "I-90".into(),
            state: CaseState::Pending,
            title: Text::default(),
            meaning: Text::default(),
            received: Some(day),
            updated: day,
            history: vec![],
        };
        Seen { case, as_of, how: Freshness::Asked }
    }

    #[test]
    fn is_fresh_then_stale_then_gone() {
        let mut cache = Cache::new(TERMS);
        cache.keep(&receipt(1), Some(seen(1, at(0))), at(0));
        assert_eq!(cache.fresh(&receipt(1), at(14)).unwrap().unwrap().as_of, at(0));
        assert_eq!(cache.fresh(&receipt(1), at(15)), None);
        assert_eq!(cache.stale(&receipt(1), at(24 * 60 - 1)).unwrap().as_of, at(0));
        assert_eq!(cache.stale(&receipt(1), at(24 * 60)), None);
    }

    #[test]
    fn that_there_is_no_case_is_soon_forgotten_and_never_shown_stale() {
        let mut cache = Cache::new(TERMS);
        cache.keep(&receipt(1), None, at(0));
        assert_eq!(cache.fresh(&receipt(1), at(1)), Some(None));
        assert_eq!(cache.fresh(&receipt(1), at(2)), None);
        assert_eq!(cache.stale(&receipt(1), at(1)), None);
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_keep_an_answer_for_ever() {
        let mut cache = Cache::new(TERMS);
        cache.keep(&receipt(1), Some(seen(1, at(0))), at(0));
        assert!(cache.fresh(&receipt(1), at(-1)).is_some());
        assert_eq!(cache.fresh(&receipt(1), at(-60)), None);
        assert_eq!(cache.stale(&receipt(1), at(-2 * 24 * 60)), None);
    }

    #[test]
    fn the_least_recently_used_goes_first() {
        let mut cache = Cache::new(TERMS);
        for n in 1..=3 {
            cache.keep(&receipt(n), Some(seen(n, at(0))), at(0));
        }
        assert!(cache.fresh(&receipt(1), at(1)).is_some());
        cache.keep(&receipt(4), Some(seen(4, at(1))), at(1));
        let held: Vec<bool> = (1..=4).map(|n| cache.fresh(&receipt(n), at(1)).is_some()).collect();
        assert_eq!(held, [true, false, true, true]);
    }

    proptest! {
        /// Whatever is kept and asked, there are never more than agreed, and the two indexes agree.
        #[test]
        fn is_bounded(most in 0_usize..6, acts in proptest::collection::vec((0_u32..12, any::<bool>()), 0..80)) {
            let mut cache = Cache::new(Terms { most, ..TERMS });
            for (n, keep) in acts {
                if keep {
                    cache.keep(&receipt(n), Some(seen(n, at(0))), at(0));
                    prop_assert_eq!(cache.fresh(&receipt(n), at(0)).is_some(), most > 0);
                } else {
                    cache.fresh(&receipt(n), at(0));
                }
                prop_assert!(cache.len() <= most);
                prop_assert_eq!(cache.order.len(), cache.entries.len());
            }
        }
    }
}
