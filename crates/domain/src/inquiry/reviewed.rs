//! A review that the person asks for: somebody else than who decided looks at it again, once.
//!
//! The inquiry goes back to the officers' list, where it is due like everything there, so that what is late is seen as late. Whatever
//! an officer then decides that the matter needs is what comes of the review: the same as before upholds it.

use super::{Closing, Inquiry, Stage};
use crate::{
    actor::Actor,
    change::Step,
    decision::{Decision, DecisionKind, Need, Outcome},
    ids::DecisionId,
    journal::Happened,
    notice::NoticeKind,
    pii::Pii,
    refusal::Refusal,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What came of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum ReviewState {
    /// Nobody has decided on it yet.
    Open,
    /// It was decided on.
    Decided {
        /// When.
        at: Timestamp,
        /// The decision that came of it; why is its [`Decision::because`], which the person reads.
        decision: DecisionId,
        /// Did it stay as it was?
        upheld: bool,
    },
    /// The inquiry came to its end before anybody had decided.
    Overtaken {
        /// When.
        at: Timestamp,
    },
}

impl ReviewState {
    /// The stable name: how it stands, or what came of it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Decided { upheld: true, .. } => "upheld",
            Self::Decided { upheld: false, .. } => "changed",
            Self::Overtaken { .. } => "overtaken",
        }
    }
}

/// A review that the person asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedReview {
    /// Of which decision.
    pub decision: DecisionId,
    /// When they asked.
    pub asked: Timestamp,
    /// Why, in their words.
    pub why: Pii<String>,
    /// By when somebody must have decided.
    pub due: Timestamp,
    /// How it stands.
    pub state: ReviewState,
}

impl Inquiry {
    /// The review that waits for somebody to decide, if one does.
    pub fn open_review(&self) -> Option<&AskedReview> {
        self.reviews.last().filter(|review| review.state == ReviewState::Open)
    }

    /// One of the decisions.
    pub fn decision(&self, id: DecisionId) -> Option<&Decision> {
        self.decisions.iter().find(|decision| decision.id == id)
    }

    /// The decision of which the person could ask for a review, whether or not there is still time: that it is no visit, where that
    /// is how the inquiry stands now. What was decided on a review is not reviewed again.
    ///
    /// # Errors
    /// [`Refusal::ReviewedOnce`]; [`Refusal::NothingToReview`] where nothing was decided against what they asked.
    pub fn reviewable(&self) -> Result<&Decision, Refusal> {
        let decision = self.decided(DecisionKind::Need).ok_or(Refusal::NothingToReview)?;
        let Outcome::Need(need) = decision.outcome else { return Err(Refusal::NothingToReview) };
        let stands = match (&self.stage, need) {
            (Stage::Papers { .. }, Need::Papers)
            | (Stage::Closed { closing: Closing::ByMail, .. }, Need::Mail)
            | (Stage::Closed { closing: Closing::ByPhone, .. }, Need::Phone)
            | (Stage::Closed { closing: Closing::Elsewhere, .. }, Need::Elsewhere) => true,
            _ => self.open_review().is_some(),
        };
        let of = |id: DecisionId| id == decision.id;
        let again = self.reviews.iter().any(|review| {
            of(review.decision)
                || matches!(review.state, ReviewState::Decided { decision, .. } if of(decision))
        });
        match (stands, again) {
            (false, _) => Err(Refusal::NothingToReview),
            (true, true) => Err(Refusal::ReviewedOnce),
            (true, false) => Ok(decision),
        }
    }

    /// Until when the person may ask for the review of a decision.
    pub fn review_until(decision: &Decision, within_days: u16) -> Timestamp {
        decision
            .at
            .saturating_add(SignedDuration::from_hours(24 * i64::from(within_days)))
            .unwrap_or(Timestamp::MAX)
    }

    /// The person asks for a review, and says why. `due` is by when somebody must have decided.
    ///
    /// # Errors
    /// As [`Self::reviewable`]; [`Refusal::NothingToReview`] once the days in which one may ask are over; [`Refusal::ReasonNeeded`].
    pub fn ask_review(
        &self,
        why: &str,
        within_days: u16,
        due: Timestamp,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let decision = self.reviewable()?;
        let until = Self::review_until(decision, within_days);
        if now >= until {
            return Err(Refusal::NothingToReview);
        }
        let why = why.trim();
        if why.is_empty() {
            return Err(Refusal::ReasonNeeded);
        }
        let decision = decision.id;
        let mut step = Step::from(self);
        step.inquiry.reviews.push(AskedReview {
            decision,
            asked: now,
            why: Pii::from(why),
            due,
            state: ReviewState::Open,
        });
        step.inquiry.stage = Stage::Review { since: now, due };
        step.happened.push(Happened::ReviewAsked { decision, due });
        step.announce.push(NoticeKind::ReviewAsked);
        Ok(step)
    }

    /// May whoever this is decide what the matter needs? Not whoever decided what is under review.
    ///
    /// # Errors
    /// [`Refusal::AnotherOfficer`].
    pub fn may_decide(&self, by: &Actor) -> Result<(), Refusal> {
        let decided = self.open_review().and_then(|review| self.decision(review.decision));
        let same = decided.is_some_and(|decision| decision.by.staff() == by.staff());
        if same { Err(Refusal::AnotherOfficer) } else { Ok(()) }
    }

    /// What was just decided is what comes of the review.
    pub(super) fn conclude_review(&mut self, decided: &Decision) -> Option<Happened> {
        let of = self.open_review()?.decision;
        let upheld = self.decision(of).is_some_and(|before| before.outcome == decided.outcome);
        let review = self.reviews.last_mut()?;
        review.state = ReviewState::Decided { at: decided.at, decision: decided.id, upheld };
        Some(Happened::ReviewDecided { decision: of, upheld })
    }

    /// After whatever was done: an inquiry that ended has no open review, and one that is back in the list is due by when it was promised.
    pub(crate) fn settle_review(&mut self, now: Timestamp) {
        let Some(by) = self.open_review().map(|review| review.due) else { return };
        match &mut self.stage {
            Stage::Closed { .. } | Stage::Booked(_) => {
                if let Some(review) = self.reviews.last_mut() {
                    review.state = ReviewState::Overtaken { at: now };
                }
            }
            Stage::Review { due, .. } => *due = (*due).min(by),
            _ => {}
        }
    }
}
