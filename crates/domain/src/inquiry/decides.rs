//! Decisions on an inquiry: urgency, need, missing papers.

use super::{Because, Closing, Inquiry, ReviewState, Stage};
use crate::{
    actor::Actor,
    change::Step,
    codes::{ItemCode, OfficeCode},
    decision::{Deciding, Decision, Need, Outcome},
    ids::Chance,
    journal::Happened,
    notice::NoticeKind,
    pii::Pii,
    refusal::Refusal,
    urgency::Urgency,
};
use jiff::Timestamp;

/// A decision that departs from the recommendation must say why.
fn checked(
    deciding: Deciding,
    recommended: Option<&str>,
    outcome: Outcome,
    chosen: &str,
    by: Actor,
    now: Timestamp,
    chance: &Chance,
) -> Result<(Decision, bool), Refusal> {
    let followed = recommended == Some(chosen);
    if !followed && deciding.because.as_ref().is_none_or(|why| why.trim().is_empty()) {
        return Err(Refusal::ReasonNeeded);
    }
    Ok((deciding.record(outcome, by, now, chance), followed))
}

fn recommended<'a>(deciding: &'a Deciding, what: &str) -> Option<&'a str> {
    deciding.rule.outcome.get(what).and_then(serde_json::Value::as_str)
}

impl Inquiry {
    /// Decides how soon. `due` is when an officer must have looked, by the new urgency; the first
    /// contact's clock does not restart.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] against the recommendation without a reason; [`Refusal::WrongStage`] once a visit is booked.
    pub fn decide_urgency(
        &self,
        urgency: Urgency,
        deciding: Deciding,
        by: Actor,
        due: Timestamp,
        now: Timestamp,
        chance: &Chance,
    ) -> Result<Step, Refusal> {
        if matches!(self.stage, Stage::Closed { .. } | Stage::Booked(_) | Stage::CheckedIn { .. }) {
            return Err(self.wrong_stage());
        }
        let rec = recommended(&deciding, "urgency").map(str::to_owned);
        let (decision, followed) =
            checked(deciding, rec.as_deref(), Outcome::Urgency(urgency), urgency.as_str(), by, now, chance)?;
        let mut step = Step::from(self);
        step.happened.push(Happened::UrgencyDecided { decision: decision.id, urgency, followed });
        step.inquiry.urgency = urgency;
        step.inquiry.decisions.push(decision);
        // What is under review is due by when the person was told, or sooner.
        let reviewed = self.open_review().is_some() && urgency == Urgency::Regular;
        match &mut step.inquiry.stage {
            _ if reviewed => {}
            Stage::Review { due: d, .. } | Stage::ToBook { due: d, .. } => *d = due,
            Stage::Papers { back_to, .. } => {
                if let Stage::Review { due: d, .. } | Stage::ToBook { due: d, .. } = back_to.as_mut() {
                    *d = due;
                }
            }
            _ => {}
        }
        Ok(step)
    }

    /// Asks for missing papers. The inquiry keeps its place and comes back to it when they are there.
    ///
    /// # Errors
    /// [`Refusal::NothingMissing`]; [`Refusal::WrongStage`] where nobody is waiting for a decision.
    pub fn ask_papers(&self, missing: Vec<ItemCode>, now: Timestamp) -> Result<Step, Refusal> {
        if !matches!(
            self.stage,
            Stage::Review { .. } | Stage::Spoken { .. } | Stage::Unreached { .. } | Stage::ToBook { .. }
        ) {
            return Err(self.wrong_stage());
        }
        if missing.is_empty() {
            return Err(Refusal::NothingMissing);
        }
        let mut step = Step::from(self);
        step.happened.push(Happened::PapersAsked { missing: missing.clone() });
        step.inquiry.stage = Stage::Papers { since: now, missing, back_to: Box::new(self.stage.clone()) };
        step.announce.push(NoticeKind::PapersNeeded);
        Ok(step)
    }

    /// The papers are there: back to the old place. What is due is put off by exactly the time that was spent waiting.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`] when no papers were asked for.
    pub fn papers_complete(&self, now: Timestamp) -> Result<Step, Refusal> {
        let Stage::Papers { since, missing, back_to } = &self.stage else { return Err(self.wrong_stage()) };
        let waited = now.duration_since(*since);
        let mut stage = back_to.as_ref().clone();
        if let Stage::Review { due, .. }
        | Stage::Spoken { due, .. }
        | Stage::Unreached { due, .. }
        | Stage::ToBook { due, .. } = &mut stage
        {
            *due = due.saturating_add(waited).unwrap_or(*due);
        }
        let mut step = Step::from(self);
        for item in missing {
            if !step.inquiry.request.papers.contains(item) {
                step.inquiry.request.papers.push(item.clone());
            }
        }
        step.inquiry.stage = stage;
        // The wait for papers was theirs, also where it was for a review.
        if let Some(review) =
            step.inquiry.reviews.last_mut().filter(|review| review.state == ReviewState::Open)
        {
            review.due = review.due.saturating_add(waited).unwrap_or(review.due);
        }
        step.happened.push(Happened::PapersComplete);
        Ok(step)
    }

    /// Decides what the matter needs. `due` is by when a visit must be booked.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] against the recommendation without a reason; [`Refusal::NothingMissing`] for
    /// papers without naming any; [`Refusal::AnotherOfficer`] on the review of what they decided themselves, which needs a reason in any
    /// case; [`Refusal::WrongStage`].
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a fact of the decision; a struct would only rename them"
    )]
    pub fn decide_need(
        &self,
        need: Need,
        missing: Vec<ItemCode>,
        deciding: Deciding,
        by: Actor,
        due: Timestamp,
        now: Timestamp,
        chance: &Chance,
    ) -> Result<Step, Refusal> {
        if !matches!(
            self.stage,
            Stage::Review { .. }
                | Stage::Spoken { .. }
                | Stage::Unreached { .. }
                | Stage::ToBook { .. }
                | Stage::Papers { .. }
        ) {
            return Err(self.wrong_stage());
        }
        self.may_decide(&by)?;
        // Whoever asked for a review reads why, whatever comes of it.
        if self.open_review().is_some() && deciding.because.as_ref().is_none_or(|why| why.trim().is_empty()) {
            return Err(Refusal::ReasonNeeded);
        }
        let rec = recommended(&deciding, "need").map(str::to_owned);
        let (decision, followed) =
            checked(deciding, rec.as_deref(), Outcome::Need(need), need.as_str(), by, now, chance)?;
        let happened = Happened::NeedDecided { decision: decision.id, need, followed };
        let closing = match need {
            Need::Papers => {
                let mut step = self.ask_papers(missing, now)?;
                let reviewed = step.inquiry.conclude_review(&decision);
                if reviewed.is_some() {
                    step.announce.insert(0, NoticeKind::ReviewDecided);
                }
                step.happened.splice(0..0, std::iter::once(happened).chain(reviewed));
                step.inquiry.decisions.push(decision);
                return Ok(step);
            }
            Need::Visit => None,
            Need::Mail => Some(Closing::ByMail),
            Need::Phone => Some(Closing::ByPhone),
            Need::Elsewhere => Some(Closing::Elsewhere),
        };
        let mut step = Step::from(self);
        step.happened.push(happened);
        let reviewed = step.inquiry.conclude_review(&decision);
        let told = if reviewed.is_some() { NoticeKind::ReviewDecided } else { NoticeKind::DecisionMade };
        step.happened.extend(reviewed);
        step.inquiry.decisions.push(decision);
        if let Some(closing) = closing {
            step.happened.push(Happened::Closed { closing });
            step.inquiry.stage = Stage::Closed { at: now, closing };
        } else {
            step.inquiry.stage = Stage::ToBook { since: now, due };
        }
        step.announce.push(told);
        Ok(step)
    }

    /// Chooses another office than the one that serves the person's address, with a reason.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`]; [`Refusal::WrongStage`] once a visit is booked.
    pub fn change_office(&self, to: OfficeCode, because: &str, now: Timestamp) -> Result<Step, Refusal> {
        if matches!(self.stage, Stage::Closed { .. } | Stage::Booked(_) | Stage::CheckedIn { .. }) {
            return Err(self.wrong_stage());
        }
        if because.trim().is_empty() {
            return Err(Refusal::ReasonNeeded);
        }
        let mut step = Step::from(self);
        step.happened.push(Happened::OfficeChanged {
            from: self.office.clone(),
            to: to.clone(),
            // What people write may name somebody, and the journal names nobody.
            because: String::new(),
        });
        let because = Pii::from(because.trim());
        step.inquiry.office_changes.push(Because { at: now, because });
        step.inquiry.office = to;
        Ok(step)
    }

    /// The person withdraws the inquiry. Whatever is promised is given back.
    ///
    /// # Errors
    /// [`Refusal::Closed`]; [`Refusal::WrongStage`] while the officer is on the line or the person is at the office.
    pub fn withdraw(&self, now: Timestamp) -> Result<Step, Refusal> {
        if matches!(self.stage, Stage::Closed { .. } | Stage::CheckedIn { .. } | Stage::Calling { .. }) {
            return Err(self.wrong_stage());
        }
        let mut step = Step::from(self);
        match &self.stage {
            Stage::Promised(callback) => super::calls::give_back(&mut step, callback),
            Stage::Booked(appointment) => {
                super::books::give_back(
                    &mut step,
                    appointment,
                    crate::appointment::AppointmentEnd::CancelledByPerson,
                    now,
                );
                step.announce.push(NoticeKind::AppointmentCancelled);
            }
            _ => {}
        }
        step.happened.push(Happened::Closed { closing: Closing::Withdrawn });
        step.inquiry.stage = Stage::Closed { at: now, closing: Closing::Withdrawn };
        step.announce.push(NoticeKind::InquiryClosed);
        Ok(step)
    }
}
