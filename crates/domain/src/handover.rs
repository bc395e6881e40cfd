//! Many promised calls go to somebody else, or to other windows: one person proposes it, another approves it, and then it is
//! done, all of it in one commit.
//!
//! A proposal names whose calls, of which time, and which they are; nothing happens to anybody by it. What each becomes is
//! looked at anew whenever somebody reads it, and last when it is done: a call that somebody has made or moved meanwhile, or that
//! cannot be kept there, stays what it is, and why is written down.

use crate::{
    actor::Actor,
    ids::{CallbackId, HandoverId, InquiryId, StaffId},
    journal::Happened,
    number::InquiryNumber,
    pii::Pii,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// So many calls at once: one commit holds them all.
pub const MOST_CALLS: usize = 100;
/// A proposal is of so many hours at most, so that nobody moves a month by a slip.
pub const MOST_HOURS: i64 = 7 * 24;
/// The longest reason, in characters.
pub const LONGEST_BECAUSE: usize = 500;
/// It is kept so long after it was proposed, where the agency's schedule says nothing else.
pub const KEPT_DAYS: i64 = 366;
/// A proposal waits so long for another person, and never longer than its calls.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(8);

/// Whose calls are handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Whose {
    /// Those that an officer holds.
    Officer {
        /// Which.
        officer: StaffId,
    },
    /// Those that nobody holds.
    Pool,
}

impl Whose {
    /// Who holds them.
    pub const fn owner(self) -> Option<StaffId> {
        match self {
            Self::Officer { officer } => Some(officer),
            Self::Pool => None,
        }
    }
}

/// What becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "kebab-case")]
pub enum Target {
    /// An officer makes them, whose time is kept for each.
    Officer {
        /// Who.
        officer: StaffId,
    },
    /// Whoever is on duty makes them.
    Pool,
    /// Each is promised in the next window outside this time that can be kept, and its person is told.
    Windows,
}

/// Why a call stays what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StayWhy {
    /// It was made, moved or given to somebody meanwhile, or whoever looks may not see it.
    MovedOn,
    /// It is kept from the officer.
    KeptFrom,
    /// The officer has no time left in its window.
    NoTime,
    /// No other window can be kept.
    NoWindow,
}

impl StayWhy {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MovedOn => "moved-on",
            Self::KeptFrom => "kept-from",
            Self::NoTime => "no-time",
            Self::NoWindow => "no-window",
        }
    }
}

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "came", rename_all = "kebab-case")]
pub enum Came {
    /// It went where it was to go.
    Moved,
    /// It stays what it is.
    Stayed {
        /// Why.
        why: StayWhy,
    },
}

/// A call that is to be handed over. Codes, times and identifiers only: whose it is stands in the inquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedCall {
    /// Whose.
    pub inquiry: InquiryId,
    /// The number they carry.
    pub number: InquiryNumber,
    /// Which call.
    pub callback: CallbackId,
    /// What came of it, once it was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub came: Option<Came>,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum HandoverStage {
    /// It waits for another person.
    Proposed,
    /// Another person approved it, and it was done.
    Done {
        /// Who.
        by: Actor,
        /// When.
        at: Timestamp,
    },
    /// It was taken back, or declined.
    Withdrawn {
        /// By whom.
        by: Actor,
        /// When.
        at: Timestamp,
    },
}

/// What became of a proposal, for the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandoverDid {
    /// It was proposed.
    Proposed,
    /// It was approved and done.
    Done,
    /// It was taken back or declined.
    Withdrawn,
}

/// Many promised calls that go to somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Which.
    pub id: HandoverId,
    /// How many times the record has been written.
    pub version: u64,
    /// Whose calls.
    pub whose: Whose,
    /// To be made from then (inclusive).
    pub from: Timestamp,
    /// Until then (exclusive).
    pub until: Timestamp,
    /// What becomes of them.
    pub target: Target,
    /// Why, in the words of whoever proposed it.
    pub because: Pii<String>,
    /// Who proposed it.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// Until when it can be approved.
    pub good_until: Timestamp,
    /// How far it is.
    pub stage: HandoverStage,
    /// The calls, in the order in which they are to be made.
    pub calls: Vec<HandedCall>,
}

/// What somebody proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHandover {
    /// Whose calls.
    pub whose: Whose,
    /// To be made from then (inclusive).
    pub from: Timestamp,
    /// Until then (exclusive).
    pub until: Timestamp,
    /// What becomes of them.
    pub target: Target,
    /// Why.
    pub because: String,
}

/// Why it cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HandoverRefused {
    /// Nobody would know why.
    #[error("a reason is needed")]
    NoReason,
    /// Nobody reads so much.
    #[error("the reason is longer than {LONGEST_BECAUSE} characters")]
    LongReason,
    /// It ends before it begins, or has ended already.
    #[error("it ends before it begins, or has ended already")]
    Over,
    /// It is longer than a week.
    #[error("it is longer than a week")]
    TooLong,
    /// They would stay where they are.
    #[error("they would stay where they are")]
    Same,
    /// Whoever is to make them makes no such calls.
    #[error("that is no officer")]
    NoOfficer,
    /// There are no such calls.
    #[error("there are no such calls")]
    Nothing,
    /// There are more than can be done at once.
    #[error("there are more than {MOST_CALLS} calls")]
    TooMany,
    /// Whoever proposed it does not approve it.
    #[error("another person must approve it")]
    SecondPerson,
    /// Nobody approved it in time.
    #[error("the proposal is too old")]
    Stale,
    /// It was done or withdrawn already.
    #[error("not possible at this stage")]
    WrongStage,
}

impl HandoverRefused {
    /// Every one.
    pub const ALL: [Self; 11] = [
        Self::NoReason,
        Self::LongReason,
        Self::Over,
        Self::TooLong,
        Self::Same,
        Self::NoOfficer,
        Self::Nothing,
        Self::TooMany,
        Self::SecondPerson,
        Self::Stale,
        Self::WrongStage,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoReason => "no-reason",
            Self::LongReason => "long-reason",
            Self::Over => "over",
            Self::TooLong => "too-long",
            Self::Same => "same",
            Self::NoOfficer => "no-officer",
            Self::Nothing => "nothing",
            Self::TooMany => "too-many",
            Self::SecondPerson => "second-person",
            Self::Stale => "stale",
            Self::WrongStage => "wrong-stage",
        }
    }
}

impl NewHandover {
    /// Checks what is proposed before any call is looked for.
    ///
    /// # Errors
    /// [`HandoverRefused`].
    pub fn check(&self, now: Timestamp) -> Result<(), HandoverRefused> {
        let same = match self.target {
            Target::Officer { officer } => self.whose.owner() == Some(officer),
            Target::Pool => self.whose == Whose::Pool,
            Target::Windows => false,
        };
        match self.because.trim() {
            "" => Err(HandoverRefused::NoReason),
            because if because.chars().count() > LONGEST_BECAUSE => Err(HandoverRefused::LongReason),
            _ if self.until <= self.from || self.until <= now => Err(HandoverRefused::Over),
            _ if self.until.duration_since(self.from) > SignedDuration::from_hours(MOST_HOURS) => {
                Err(HandoverRefused::TooLong)
            }
            _ if same => Err(HandoverRefused::Same),
            _ => Ok(()),
        }
    }
}

impl Handover {
    /// Proposes it. Nothing happens to anybody yet.
    ///
    /// # Errors
    /// As [`NewHandover::check`]; [`HandoverRefused::Nothing`], [`HandoverRefused::TooMany`].
    pub fn propose(
        id: HandoverId,
        new: NewHandover,
        calls: Vec<HandedCall>,
        by: Actor,
        now: Timestamp,
    ) -> Result<(Self, Happened), HandoverRefused> {
        new.check(now)?;
        if calls.is_empty() {
            return Err(HandoverRefused::Nothing);
        }
        if calls.len() > MOST_CALLS {
            return Err(HandoverRefused::TooMany);
        }
        let NewHandover { whose, from, until, target, because } = new;
        let good_until = until.min(now.saturating_add(GOOD_FOR).unwrap_or(until));
        let because = Pii::new(because.trim().to_owned());
        let stage = HandoverStage::Proposed;
        let proposal = Self {
            id,
            version: 1,
            whose,
            from,
            until,
            target,
            because,
            by,
            at: now,
            good_until,
            stage,
            calls,
        };
        let happened = proposal.did(HandoverDid::Proposed, proposal.calls.len());
        Ok((proposal, happened))
    }

    fn did(&self, did: HandoverDid, calls: usize) -> Happened {
        let calls = u32::try_from(calls).unwrap_or(u32::MAX);
        Happened::CallsHandedOver { handover: self.id, did, calls }
    }

    /// Does it wait for somebody to approve it?
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.stage == HandoverStage::Proposed && now < self.good_until
    }

    /// May this person approve it now?
    ///
    /// # Errors
    /// [`HandoverRefused::SecondPerson`], [`HandoverRefused::Stale`], [`HandoverRefused::WrongStage`].
    pub fn may_approve(&self, by: &Actor, now: Timestamp) -> Result<(), HandoverRefused> {
        if self.stage != HandoverStage::Proposed {
            Err(HandoverRefused::WrongStage)
        } else if now >= self.good_until {
            Err(HandoverRefused::Stale)
        } else if self.by.same(by) {
            Err(HandoverRefused::SecondPerson)
        } else {
            Ok(())
        }
    }

    /// It was approved, and this came of the calls, each in its place.
    ///
    /// # Errors
    /// As [`Self::may_approve`].
    pub fn done(
        &self,
        came: &[Came],
        by: Actor,
        now: Timestamp,
    ) -> Result<(Self, Happened), HandoverRefused> {
        self.may_approve(&by, now)?;
        let mut done =
            Self { version: self.version + 1, stage: HandoverStage::Done { by, at: now }, ..self.clone() };
        for (call, came) in done.calls.iter_mut().zip(came) {
            call.came = Some(*came);
        }
        let moved = came.iter().filter(|came| **came == Came::Moved).count();
        let happened = done.did(HandoverDid::Done, moved);
        Ok((done, happened))
    }

    /// It is taken back, or declined: by whoever may propose one.
    ///
    /// # Errors
    /// [`HandoverRefused::WrongStage`].
    pub fn withdraw(&self, by: Actor, now: Timestamp) -> Result<(Self, Happened), HandoverRefused> {
        if self.stage != HandoverStage::Proposed {
            return Err(HandoverRefused::WrongStage);
        }
        let stage = HandoverStage::Withdrawn { by, at: now };
        let gone = Self { version: self.version + 1, stage, ..self.clone() };
        let happened = gone.did(HandoverDid::Withdrawn, gone.calls.len());
        Ok((gone, happened))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        let begin: Timestamp = "2026-11-23T17:00:00Z".parse().unwrap();
        begin + SignedDuration::from_mins(minutes)
    }

    fn staff(n: u8) -> StaffId {
        StaffId::new(at(0), &[n; 10])
    }

    fn supervisor(n: u8) -> Actor {
        Actor::Staff { id: staff(n), name: format!("S. Visor {n}") }
    }

    fn new() -> NewHandover {
        NewHandover {
            whose: Whose::Officer { officer: staff(1) },
            from: at(60),
            until: at(300),
            target: Target::Officer { officer: staff(2) },
            because: " Ortega has a fever ".to_owned(),
        }
    }

    fn calls(n: usize) -> Vec<HandedCall> {
        let call = HandedCall {
            inquiry: InquiryId::new(at(0), &[1; 10]),
            number: InquiryNumber::from_chance(7),
            callback: CallbackId::new(at(0), &[2; 10]),
            came: None,
        };
        vec![call; n]
    }

    fn proposed() -> Handover {
        let id = HandoverId::new(at(0), &[3; 10]);
        Handover::propose(id, new(), calls(2), supervisor(8), at(0)).unwrap().0
    }

    #[test]
    fn one_proposes_and_another_does_it() {
        let proposal = proposed();
        assert_eq!(
            (proposal.because.reveal().as_str(), proposal.good_until),
            ("Ortega has a fever", at(300))
        );
        let own = proposal.done(&[Came::Moved, Came::Moved], supervisor(8), at(1));
        assert_eq!(own.unwrap_err(), HandoverRefused::SecondPerson);
        let came = [Came::Moved, Came::Stayed { why: StayWhy::NoTime }];
        let (done, happened) = proposal.done(&came, supervisor(9), at(1)).unwrap();
        assert_eq!(done.calls.iter().map(|call| call.came.unwrap()).collect::<Vec<_>>(), came);
        let told = serde_json::to_value(&happened).unwrap();
        assert_eq!((&told["did"], &told["calls"]), (&"done".into(), &1.into()));
        assert!(!told.to_string().contains("fever"), "the journal has codes only");
        assert_eq!(done.done(&came, supervisor(9), at(2)).unwrap_err(), HandoverRefused::WrongStage);
        assert_eq!(done.withdraw(supervisor(8), at(2)).unwrap_err(), HandoverRefused::WrongStage);
        let json = serde_json::to_string(&done).unwrap();
        assert_eq!(serde_json::from_str::<Handover>(&json).unwrap(), done, "kept whole by the store");
    }

    #[test]
    fn a_proposal_ends_by_itself_and_can_be_withdrawn() {
        let proposal = proposed();
        assert!(proposal.is_open(at(299)) && !proposal.is_open(at(300)));
        assert_eq!(proposal.may_approve(&supervisor(9), at(300)).unwrap_err(), HandoverRefused::Stale);
        let far = NewHandover { until: at(60 * 24), ..new() };
        let far = Handover::propose(proposal.id, far, calls(1), supervisor(8), at(0)).unwrap().0;
        assert_eq!(far.good_until, at(8 * 60));
        let (gone, _) = proposal.withdraw(supervisor(9), at(5)).unwrap();
        assert!(!gone.is_open(at(6)));
        assert_eq!(gone.may_approve(&supervisor(9), at(6)).unwrap_err(), HandoverRefused::WrongStage);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let refused = |new: NewHandover, n| {
            let id = HandoverId::new(at(0), &[3; 10]);
            Handover::propose(id, new, calls(n), supervisor(8), at(0)).unwrap_err()
        };
        assert_eq!(refused(NewHandover { because: " ".into(), ..new() }, 1), HandoverRefused::NoReason);
        assert_eq!(
            refused(NewHandover { because: "x".repeat(501), ..new() }, 1),
            HandoverRefused::LongReason
        );
        assert_eq!(refused(NewHandover { until: at(60), ..new() }, 1), HandoverRefused::Over);
        assert_eq!(refused(NewHandover { from: at(-60), until: at(0), ..new() }, 1), HandoverRefused::Over);
        assert_eq!(refused(NewHandover { until: at(60 * 24 * 9), ..new() }, 1), HandoverRefused::TooLong);
        let same = Target::Officer { officer: staff(1) };
        assert_eq!(refused(NewHandover { target: same, ..new() }, 1), HandoverRefused::Same);
        let pool = NewHandover { whose: Whose::Pool, target: Target::Pool, ..new() };
        assert_eq!(refused(pool, 1), HandoverRefused::Same);
        assert_eq!(refused(new(), 0), HandoverRefused::Nothing);
        assert_eq!(refused(new(), MOST_CALLS + 1), HandoverRefused::TooMany);
        let codes: std::collections::BTreeSet<_> = HandoverRefused::ALL.map(HandoverRefused::code).into();
        assert_eq!(codes.len(), HandoverRefused::ALL.len());
    }
}
