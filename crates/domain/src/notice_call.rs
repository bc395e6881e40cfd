//! A notice that is told by telephone: when it may be, and what becomes of it by how the call ended. Pure.
//!
//! Nobody is called so who has not agreed to it for this very number (47 CFR § 64.1200(a)(1)(iii) forbids automated calls to
//! mobile numbers without it), and it is the last way before a letter: what is written can be read again.

use crate::{callback::CallOutcome, texting::TextHours};
use jiff::{SignedDuration, civil::Time};
use serde::Deserialize;

/// The rules of such calls. In data every key may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeCallRules {
    /// From this time of the person's own day (inclusive).
    pub from: Time,
    /// To this (exclusive), later on the same day.
    pub to: Time,
    /// So often at most for one notice, 1 to 6. What fails on our side does not count.
    pub most_calls: u8,
    /// So many minutes later at the earliest, 15 to 1,440.
    pub again_minutes: u16,
    /// So long it rings, in seconds, 15 to 60.
    pub ring_seconds: u8,
    /// So long a key is waited for, in seconds, 5 to 30.
    pub wait_seconds: u8,
}

/// Inside the hours of 47 CFR § 64.1200(c)(1), which are 8 to 21: nobody is woken, and nobody is called at supper for long.
impl Default for NoticeCallRules {
    fn default() -> Self {
        Self {
            from: Time::constant(9, 0, 0, 0),
            to: Time::constant(20, 0, 0, 0),
            most_calls: 3,
            again_minutes: 90,
            ring_seconds: 30,
            wait_seconds: 8,
        }
    }
}

/// How such a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeCallEnd {
    /// Somebody pressed the key, and what it says was said to the end.
    Heard,
    /// The same, and by a key they said yes to what it asks.
    Accepted,
    /// It was heard, and they want no more such calls.
    HeardLast,
    /// They said that it was no good time.
    Later,
    /// They want no such calls.
    Never,
    /// Whoever or whatever picked up pressed no key, or hung up before it was said.
    Unheard,
    /// Nobody picked up, and why.
    Missed(CallOutcome),
}

/// What follows a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterNoticeCall {
    /// The person has been told.
    Told,
    /// It is tried again; so many calls count.
    Again {
        /// So many.
        calls: u32,
    },
    /// This way is given up: another is looked for.
    GivenUp,
}

impl NoticeCallEnd {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::Accepted => "accepted",
            Self::HeardLast => "heard-last",
            Self::Later => "later",
            Self::Never => "never",
            Self::Unheard => "unheard",
            Self::Missed(outcome) => outcome.as_str(),
        }
    }

    /// Do they want no more such calls?
    pub const fn is_last(self) -> bool {
        matches!(self, Self::HeardLast | Self::Never)
    }

    /// The same, as the record of a call has it.
    pub const fn outcome(self) -> CallOutcome {
        match self {
            Self::Heard | Self::Accepted | Self::HeardLast => CallOutcome::Reached,
            Self::Later | Self::Never => CallOutcome::Declined,
            Self::Unheard => CallOutcome::Machine,
            Self::Missed(outcome) => outcome,
        }
    }
}

impl NoticeCallRules {
    /// The hours, as for texts.
    pub const fn hours(&self) -> TextHours {
        TextHours { from: self.from, to: self.to }
    }

    /// How long after one call the next may be.
    pub fn pause(&self) -> SignedDuration {
        SignedDuration::from_mins(self.again_minutes.into())
    }

    /// May there be another call after so many?
    pub fn may_call(&self, calls: u32) -> bool {
        calls < u32::from(self.most_calls)
    }

    /// What follows the so manieth call.
    pub fn after(&self, calls: u32, end: NoticeCallEnd) -> AfterNoticeCall {
        let calls = match end {
            NoticeCallEnd::Heard | NoticeCallEnd::Accepted | NoticeCallEnd::HeardLast => {
                return AfterNoticeCall::Told;
            }
            NoticeCallEnd::Never | NoticeCallEnd::Missed(CallOutcome::WrongNumber) => {
                return AfterNoticeCall::GivenUp;
            }
            // Our own fault: nobody was called.
            NoticeCallEnd::Missed(CallOutcome::LineFault) => calls.saturating_sub(1),
            NoticeCallEnd::Later | NoticeCallEnd::Unheard | NoticeCallEnd::Missed(_) => calls,
        };
        if self.may_call(calls) { AfterNoticeCall::Again { calls } } else { AfterNoticeCall::GivenUp }
    }

    /// What of the rules cannot be, in a sentence.
    pub fn fault(&self) -> Option<&'static str> {
        if self.from >= self.to {
            return Some("`to` is later than `from` on the same day, or nobody could ever be called");
        }
        let fits = (1..=6).contains(&self.most_calls)
            && (15..=1440).contains(&self.again_minutes)
            && (15..=60).contains(&self.ring_seconds)
            && (5..=30).contains(&self.wait_seconds);
        (!fits).then_some(
            "`most_calls` is 1 to 6, `again_minutes` 15 to 1440, `ring_seconds` 15 to 60, and `wait_seconds` 5 to 30",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AfterNoticeCall::{Again, GivenUp, Told};

    const RULES: NoticeCallRules = NoticeCallRules {
        from: Time::constant(9, 0, 0, 0),
        to: Time::constant(20, 0, 0, 0),
        most_calls: 3,
        again_minutes: 90,
        ring_seconds: 30,
        wait_seconds: 8,
    };

    #[test]
    fn a_call_is_tried_again_until_it_was_heard_or_often_enough() {
        for end in [NoticeCallEnd::Heard, NoticeCallEnd::HeardLast] {
            assert_eq!([1, 3, 9].map(|calls| RULES.after(calls, end)), [Told; 3], "{end:?}");
        }
        let missed = NoticeCallEnd::Missed(CallOutcome::NoAnswer);
        for end in [NoticeCallEnd::Later, NoticeCallEnd::Unheard, missed] {
            let after = [1, 2, 3].map(|calls| RULES.after(calls, end));
            assert_eq!(after, [Again { calls: 1 }, Again { calls: 2 }, GivenUp], "{end:?}");
        }
    }

    #[test]
    fn whoever_wants_none_and_a_number_that_is_none_are_not_called_again() {
        for end in [NoticeCallEnd::Never, NoticeCallEnd::Missed(CallOutcome::WrongNumber)] {
            assert_eq!(RULES.after(1, end), GivenUp, "{end:?}");
        }
    }

    #[test]
    fn our_own_fault_counts_as_no_call() {
        let fault = NoticeCallEnd::Missed(CallOutcome::LineFault);
        assert_eq!(RULES.after(1, fault), Again { calls: 0 });
        assert_eq!(RULES.after(3, fault), Again { calls: 2 });
    }

    #[test]
    fn rules_that_cannot_be_are_told() {
        assert_eq!(RULES.fault(), None);
        assert_eq!(NoticeCallRules::default().fault(), None);
        let odd = [
            NoticeCallRules { to: RULES.from, ..RULES },
            NoticeCallRules { most_calls: 0, ..RULES },
            NoticeCallRules { most_calls: 7, ..RULES },
            NoticeCallRules { again_minutes: 14, ..RULES },
            NoticeCallRules { ring_seconds: 61, ..RULES },
            NoticeCallRules { wait_seconds: 4, ..RULES },
        ];
        assert!(odd.iter().all(|rules| rules.fault().is_some()));
    }
}
