//! How long records are kept, by their class.
//!
//! An agency's schedule says how long each class is kept once it is over, and by which of its rules. What it says nothing of
//! is kept as long as the program needs it, and inquiries are kept for good.

use crate::{call_record, draft, handover, mark::Mark, recording, remembered, wait};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A class of records that are kept equally long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordClass {
    /// Inquiries with their contacts, decisions and notices, from when they are closed.
    Inquiries,
    /// Records of telephone calls, from when the call is over.
    Calls,
    /// Recordings of telephone calls, from when they began; never longer than the record of the call.
    Recordings,
    /// What a number chose, from its last call.
    Numbers,
    /// Waits for an operator, from when they are over.
    Waits,
    /// Forms that were not sent, from when they were last saved.
    Drafts,
    /// Handovers of many promised calls, from when they were proposed.
    Handovers,
}

impl RecordClass {
    /// Every class.
    pub const ALL: [Self; 7] = [
        Self::Inquiries,
        Self::Calls,
        Self::Recordings,
        Self::Numbers,
        Self::Waits,
        Self::Drafts,
        Self::Handovers,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inquiries => "inquiries",
            Self::Calls => "calls",
            Self::Recordings => "recordings",
            Self::Numbers => "numbers",
            Self::Waits => "waits",
            Self::Drafts => "drafts",
            Self::Handovers => "handovers",
        }
    }

    /// For how many days it is kept where no schedule says otherwise; none: for good.
    pub const fn built_in_days(self) -> Option<i64> {
        match self {
            Self::Inquiries => None,
            Self::Calls => Some(call_record::KEPT_DAYS),
            Self::Recordings => Some(recording::KEPT_DAYS),
            Self::Numbers => Some(remembered::KEPT_DAYS),
            Self::Waits => Some(wait::KEPT_DAYS),
            Self::Drafts => Some(draft::KEPT_DAYS),
            Self::Handovers => Some(handover::KEPT_DAYS),
        }
    }

    /// Between how many days a schedule may choose (both inclusive); none where it has no say: pages and indicators count on
    /// waits and unsent forms being there just so long.
    pub const fn choice(self) -> Option<(u32, u32)> {
        match self {
            Self::Inquiries | Self::Calls | Self::Handovers => Some((30, 36_500)),
            Self::Recordings => Some((1, 36_500)),
            Self::Numbers => Some((1, 366)),
            Self::Waits | Self::Drafts => None,
        }
    }
}

/// The longest name of a rule, in characters.
pub const LONGEST_RULE: usize = 80;

/// How long a class is kept, and why so long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What the agency calls the rule, as it stands in its schedule.
    pub rule: String,
    /// For how many days.
    pub days: u32,
}

/// An agency's schedule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Retention(BTreeMap<RecordClass, Kept>);

impl Retention {
    /// A schedule that says this.
    pub fn new(kept: impl IntoIterator<Item = (RecordClass, Kept)>) -> Self {
        Self(kept.into_iter().collect())
    }

    /// What it says of a class.
    pub fn of(&self, class: RecordClass) -> Option<&Kept> {
        self.0.get(&class)
    }

    /// For how many days a class is kept; none: for good.
    pub fn days(&self, class: RecordClass) -> Option<i64> {
        self.of(class).map_or(class.built_in_days(), |kept| Some(i64::from(kept.days)))
    }

    /// What was over then, or before, has been kept long enough at `now`; none where it is kept for good.
    pub fn until(&self, class: RecordClass, now: Timestamp) -> Option<Timestamp> {
        let days = self.days(class)?;
        Some(now.saturating_sub(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MIN))
    }

    /// What a store forgets at `now`; what inquiries hold is erased one by one, not forgotten.
    pub fn forget(&self, now: Timestamp, answers: Timestamp) -> Forget {
        let until = |class| self.until(class, now).unwrap_or(Timestamp::MIN);
        Forget {
            now,
            answers,
            calls: until(RecordClass::Calls),
            numbers: until(RecordClass::Numbers),
            waits: until(RecordClass::Waits),
            drafts: until(RecordClass::Drafts),
            handovers: until(RecordClass::Handovers),
            marks: Mark::forgotten(now),
        }
    }
}

/// What a store forgets: of each class what was over then or before. What is under legal hold stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forget {
    /// The present: sessions that end by then go.
    pub now: Timestamp,
    /// Answers to commands from before this instant.
    pub answers: Timestamp,
    /// Records of calls.
    pub calls: Timestamp,
    /// What numbers chose.
    pub numbers: Timestamp,
    /// Waits.
    pub waits: Timestamp,
    /// Unsent forms.
    pub drafts: Timestamp,
    /// Handovers.
    pub handovers: Timestamp,
    /// Codes on what went out.
    pub marks: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_schedule_inquiries_stay_for_good() {
        let now: Timestamp = "2031-03-03T15:00:00Z".parse().unwrap();
        let none = Retention::default();
        assert_eq!(none.until(RecordClass::Inquiries, now), None);
        let forget = none.forget(now, now);
        assert_eq!(forget.waits, now - SignedDuration::from_hours(24 * wait::KEPT_DAYS));
        assert_eq!(forget.calls, now - SignedDuration::from_hours(24 * call_record::KEPT_DAYS));
    }

    #[test]
    fn a_schedule_counts_days_from_the_end() {
        let now: Timestamp = "2031-03-03T15:00:00Z".parse().unwrap();
        let kept = Kept { rule: "GRS 6.5".to_owned(), days: 90 };
        let own = Retention::new([(RecordClass::Inquiries, kept.clone()), (RecordClass::Calls, kept)]);
        let ago = now - SignedDuration::from_hours(24 * 90);
        assert_eq!(own.until(RecordClass::Inquiries, now), Some(ago));
        assert_eq!(own.forget(now, now).calls, ago);
        assert_eq!(own.forget(now, now).numbers, Retention::default().forget(now, now).numbers);
    }

    #[test]
    fn whoever_has_a_choice_can_choose_what_is_built_in() {
        for class in RecordClass::ALL {
            if let (Some((least, most)), Some(days)) = (class.choice(), class.built_in_days()) {
                assert!((i64::from(least)..=i64::from(most)).contains(&days), "{}", class.as_str());
            }
        }
    }
}
