//! What a version that is being made would have recommended for the inquiries of the last days.
//!
//! Each inquiry is asked with the facts that its decision was made on, as they are recorded; what no row looked at then is
//! gathered again, by the same code as a recommendation, as of the day of the decision. The agency's case source is not asked:
//! a case that no row looked at is not known.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    decision::{Decision, DecisionKind, Outcome},
    ids::RevisionId,
    inquiry::Inquiry,
    number::InquiryNumber,
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp};
use pack::Circumstances;
use store::StoreError;
use triage::{Effect, Facts, Value};

/// The most days that are looked at.
pub const MOST_DAYS: u16 = 92;
/// The most inquiries that are looked at, of each day the same number.
const MOST_LOOKED: u32 = 1_500;

/// A dry run over the inquiries of the last days.
#[derive(Debug, Clone)]
pub struct DryRun {
    /// How many days.
    pub days: u16,
    /// The version in force, which it is compared with.
    pub old: String,
    /// How many inquiries were opened in these days.
    pub all: u64,
    /// At most so many of each day were looked at: its first.
    pub of_a_day: u32,
    /// How many could not be asked again: their reason is no longer in the pack.
    pub lost: usize,
    /// What would have been.
    pub effect: Effect,
    /// The numbers of the inquiries that were looked at, in the order of the effect.
    pub numbers: Vec<InquiryNumber>,
}

impl Desk {
    /// Runs a version that is being made over the inquiries of the last days. None when it has faults, or is none of a policy.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn dry_run(
        &self,
        caller: &Caller,
        id: RevisionId,
        days: u16,
    ) -> Result<Option<DryRun>, DeskError> {
        caller.may(Action::SeePolicies, None)?;
        let revision = self.revision(caller, id).await?;
        let Some(kind) = revision.subject.policy() else { return Ok(None) };
        let today = self.today(caller.now);
        let Some(old) = self.pack.policy(kind, today).cloned() else { return Ok(None) };
        let Some(new) = self.judge_policy(kind, &revision.text).await?.policy else { return Ok(None) };
        let days = days.clamp(1, MOST_DAYS);
        let of_a_day = (MOST_LOOKED / u32::from(days)).max(1);
        let start = caller.now - SignedDuration::from_hours(24 * i64::from(days));
        let all = self.store.count_opened(start, caller.now).await?;
        let (mut numbers, mut facts, mut lost) = (Vec::new(), Vec::new(), 0);
        for day in 0..days {
            let from = start + SignedDuration::from_hours(24 * i64::from(day));
            let to = from + SignedDuration::from_hours(24);
            for inquiry in self.store().inquiries_opened(from, to, of_a_day).await? {
                match self.facts_then(&inquiry, kind, caller.now) {
                    Some(found) => {
                        numbers.push(inquiry.number);
                        facts.push(found);
                    }
                    None => lost += 1,
                }
            }
        }
        let old_version = old.version().to_owned();
        // Thousands of rows are tried, which other requests should not wait for.
        let effect = tokio::task::spawn_blocking(move || {
            let mut effect = Effect::default();
            for facts in &facts {
                effect.look(&old, &new, facts);
            }
            effect
        });
        let effect = effect.await.map_err(|error| StoreError::Engine(Box::new(error)))?;
        Ok(Some(DryRun { days, old: old_version, all, of_a_day, lost, effect, numbers }))
    }

    /// The facts that a decision about an inquiry was made on; those of now where none was made yet. None when its reason is
    /// no longer known.
    fn facts_then(&self, inquiry: &Inquiry, kind: DecisionKind, now: Timestamp) -> Option<Facts> {
        let reason = self.pack.reason(&inquiry.reason)?;
        let decision = inquiry.decided(kind);
        let at = decision.map_or(now, |decision| decision.at);
        let known = Circumstances {
            channel: inquiry.request.channel,
            case: None,
            today: self.today(at),
            first_contact: self.today(inquiry.opened),
            papers: &inquiry.request.papers,
            missed_visits: u32::try_from(inquiry.missed_visits()).unwrap_or(u32::MAX),
            missed_calls: crate::recommend::missed_calls(inquiry),
            urgency: urgency_before(inquiry, kind, at),
            serving_place_in_days: None,
        };
        let mut facts = self.facts_of(reason, &inquiry.request, &known);
        if let Some(decision) = decision {
            recorded(decision, &mut facts);
        }
        Some(facts)
    }
}

/// The urgency as it was decided by then.
fn urgency_before(inquiry: &Inquiry, kind: DecisionKind, at: Timestamp) -> Option<Urgency> {
    let before = inquiry.decisions.iter().rev().find_map(|decision| match decision.outcome {
        Outcome::Urgency(urgency)
            if decision.at < at || (decision.at == at && kind != DecisionKind::Urgency) =>
        {
            Some(urgency)
        }
        _ => None,
    });
    before.or_else(|| (kind != DecisionKind::Urgency).then_some(inquiry.urgency))
}

/// Lays what a decision recorded over what was gathered again.
fn recorded(decision: &Decision, facts: &mut Facts) {
    for (name, value) in decision.rule.tried.iter().flat_map(|row| &row.facts) {
        match serde_json::from_value::<Value>(value.clone()) {
            Ok(value) => facts.set(name.clone(), value),
            // Null: it was not known.
            Err(_) => facts.remove(name),
        }
    }
}
