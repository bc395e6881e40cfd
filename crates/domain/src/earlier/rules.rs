//! How long a place cools off, and how it is offered.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The rules of places that are given back. In data: `earlier = { cool_minutes = [60, 720], offer_minutes = 120, offers_at_most = 5 }`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct EarlierRules(Written);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The shortest and the longest time for which a place cools off, in minutes.
    cool_minutes: [u16; 2],
    /// For how long it is offered to one person, in minutes.
    offer_minutes: u16,
    /// To how many people it is offered before it is for everybody.
    offers_at_most: u16,
}

/// Why such rules are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RulesFault {
    /// Whoever gives a place back could foresee when it is free.
    #[error(
        "in `cool_minutes`, the second number is at least 30 more than the first, or the time could be foreseen"
    )]
    Foreseen,
    /// Nobody could answer in time.
    #[error("`offer_minutes` is at least 15, or nobody has time to answer")]
    TooShort,
    /// An offer could last over night.
    #[error("`offer_minutes` is at most 180: an offer is made by day and ends on that day")]
    TooLong,
    /// Nobody would be offered anything.
    #[error("`offers_at_most` is at least 1")]
    NoOffers,
}

impl TryFrom<Written> for EarlierRules {
    type Error = RulesFault;
    fn try_from(written: Written) -> Result<Self, RulesFault> {
        let [shortest, longest] = written.cool_minutes;
        if longest < shortest.saturating_add(30) {
            Err(RulesFault::Foreseen)
        } else if written.offer_minutes < 15 {
            Err(RulesFault::TooShort)
        } else if written.offer_minutes > 180 {
            Err(RulesFault::TooLong)
        } else if written.offers_at_most == 0 {
            Err(RulesFault::NoOffers)
        } else {
            Ok(Self(written))
        }
    }
}

impl From<EarlierRules> for Written {
    fn from(EarlierRules(written): EarlierRules) -> Self {
        written
    }
}

impl EarlierRules {
    /// Until when a place that begins at `start` cools off when it is given back now. `chance` is where it falls between the
    /// shortest and the longest time. Near its start a place has no time to lose: there the two are at most an eighth and a
    /// quarter of what is left.
    pub fn cool_until(&self, start: Timestamp, now: Timestamp, chance: u16) -> Timestamp {
        let left = start.duration_since(now).as_secs().max(0);
        let [shortest, longest] = self.0.cool_minutes.map(|minutes| i64::from(minutes) * 60);
        let (shortest, longest) = (shortest.min(left / 8), longest.min(left / 4));
        let more = (longest - shortest).max(0) * i64::from(chance) / i64::from(u16::MAX);
        now + SignedDuration::from_secs(shortest + more)
    }

    /// For how long a place is offered to one person.
    pub fn offer(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.0.offer_minutes))
    }

    /// To how many people it is offered.
    pub fn offers_at_most(&self) -> usize {
        usize::from(self.0.offers_at_most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_cools_off_for_a_time_that_nobody_can_foresee() {
        let rules = EarlierRules::try_from(Written {
            cool_minutes: [60, 720],
            offer_minutes: 120,
            offers_at_most: 3,
        });
        let rules = rules.unwrap();
        let now: Timestamp = "2026-11-23T15:00:00Z".parse().unwrap();
        let minutes = |start: i64, chance| {
            let start = now + SignedDuration::from_mins(start);
            rules.cool_until(start, now, chance).duration_since(now).as_mins()
        };
        let far = 10 * 24 * 60;
        assert_eq!((minutes(far, 0), minutes(far, u16::MAX)), (60, 720));
        assert_eq!(minutes(far, u16::MAX / 2), 389);
        // Eight hours before: between one and two.
        assert_eq!((minutes(480, 0), minutes(480, u16::MAX)), (60, 120));
        assert_eq!((minutes(16, 0), minutes(16, u16::MAX), minutes(-5, 9)), (2, 4, 0));
    }

    #[test]
    fn rules_that_would_help_nobody_are_refused() {
        let written = |cool_minutes, offer_minutes, offers_at_most| {
            EarlierRules::try_from(Written { cool_minutes, offer_minutes, offers_at_most }).err()
        };
        assert_eq!(written([60, 89], 120, 3), Some(RulesFault::Foreseen));
        assert_eq!(written([60, 90], 14, 3), Some(RulesFault::TooShort));
        assert_eq!(written([60, 90], 15, 0), Some(RulesFault::NoOffers));
        assert_eq!(written([60, 90], 181, 1), Some(RulesFault::TooLong));
        assert_eq!(written([60, 90], 15, 1), None);
    }
}
