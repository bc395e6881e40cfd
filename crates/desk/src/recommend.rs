//! What the policy recommends. It never decides: whoever decides gets this beside the buttons.

use crate::{Desk, DeskError};
use domain::{
    callback::CallOutcome,
    case::{CaseState, ReceiptNumber},
    decision::{Deciding, DecisionKind, RuleCited, TriedRow},
    inquiry::{Inquiry, Request},
    refusal::Refusal,
    text::Text,
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp};
use pack::{Circumstances, Reason};
use triage::{Facts, Recommendation};

/// The policy's advice on one decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// What fired, and everything that was tried.
    pub recommendation: Recommendation,
}

impl Advice {
    /// What is recommended under this name (`need`, `urgency`, …), as text.
    pub fn outcome(&self, name: &str) -> Option<&str> {
        match self.recommendation.outcome.get(name)? {
            triage::Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The decision to be recorded on this advice.
    pub fn deciding(&self, because: Option<String>, sentence: Option<Text>) -> Deciding {
        let r = &self.recommendation;
        Deciding {
            rule: RuleCited {
                policy: r.policy.as_str().to_owned(),
                version: r.version.clone(),
                hash: r.hash.clone(),
                row: r.row.clone(),
                cite: Some(r.cite.clone()).filter(|cite| !cite.is_empty()),
                outcome: r.outcome.iter().map(|(name, value)| (name.clone(), json(value))).collect(),
                tried: r
                    .tried
                    .iter()
                    .map(|row| TriedRow {
                        id: row.id.clone(),
                        fired: row.fired,
                        facts: row
                            .facts
                            .iter()
                            .map(|(name, value)| {
                                (name.clone(), value.as_ref().map_or(serde_json::Value::Null, json))
                            })
                            .collect(),
                    })
                    .collect(),
            },
            because: because.map(|b| b.trim().to_owned()).filter(|b| !b.is_empty()),
            sentence: sentence.unwrap_or_else(|| r.why.clone()),
            change: r.change.clone(),
        }
    }
}

fn json(value: &triage::Value) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or(serde_json::Value::Null)
}

impl Desk {
    /// The policy's advice on an inquiry as it is now.
    ///
    /// # Errors
    /// [`DeskError::Ask`] when the facts do not fit the policy, which a checked pack excludes.
    pub async fn advise(
        &self,
        inquiry: &Inquiry,
        kind: DecisionKind,
        now: Timestamp,
    ) -> Result<Advice, DeskError> {
        let reason = self.pack.reason(&inquiry.reason).ok_or(Refusal::NoSuchReason)?;
        let today = self.pack.line().calendar.zone.date(now);
        let known = Circumstances {
            channel: inquiry.request.channel,
            case: self.case_state(inquiry.receipt.as_ref(), now).await,
            today,
            first_contact: self.pack.line().calendar.zone.date(inquiry.opened),
            papers: &inquiry.request.papers,
            missed_visits: u32::try_from(inquiry.missed_visits()).unwrap_or(u32::MAX),
            missed_calls: missed_calls(inquiry),
            urgency: Some(inquiry.urgency),
            serving_place_in_days: match kind {
                DecisionKind::Fit => self.first_place_in_days(inquiry, now).await?,
                DecisionKind::Urgency | DecisionKind::Need => None,
            },
        };
        self.advise_on(reason, &inquiry.request, &known, kind)
    }

    /// The policy's advice on the urgency of a request that has just come in.
    pub(crate) async fn advise_new(
        &self,
        reason: &Reason,
        request: &Request,
        receipt: Option<&ReceiptNumber>,
        now: Timestamp,
    ) -> Result<Advice, DeskError> {
        let today = self.pack.line().calendar.zone.date(now);
        let known = Circumstances {
            channel: request.channel,
            case: self.case_state(receipt, now).await,
            today,
            first_contact: today,
            papers: &request.papers,
            missed_visits: 0,
            missed_calls: 0,
            urgency: None,
            serving_place_in_days: None,
        };
        self.advise_on(reason, request, &known, DecisionKind::Urgency)
    }

    fn advise_on(
        &self,
        reason: &Reason,
        request: &Request,
        known: &Circumstances<'_>,
        kind: DecisionKind,
    ) -> Result<Advice, DeskError> {
        let facts = self.facts_of(reason, request, known);
        Ok(Advice { recommendation: self.pack.recommend(kind, known.today, &facts)? })
    }

    /// Every fact that a policy may ask for, of a request in its circumstances.
    pub(crate) fn facts_of(&self, reason: &Reason, request: &Request, known: &Circumstances<'_>) -> Facts {
        let answers = reason
            .questions
            .iter()
            .filter_map(|q| {
                let stored = request.answers.reveal().get(&q.code)?;
                Some((q.code.clone(), q.from_json(stored).ok()?))
            })
            .collect();
        self.pack.request_facts(reason, &answers, known)
    }

    /// The state of a case, where the source answers. A silent source must not stop a person: the policy then sees an
    /// unknown case.
    async fn case_state(&self, receipt: Option<&ReceiptNumber>, now: Timestamp) -> Option<CaseState> {
        let seen = self.cases.find(receipt?, now).await.ok()??;
        Some(seen.case.state)
    }

    /// Business days until the first free place at the inquiry's office.
    async fn first_place_in_days(&self, inquiry: &Inquiry, now: Timestamp) -> Result<Option<u32>, DeskError> {
        let first = self.first_place(inquiry, now).await?;
        let calendar = self.pack.calendar_of(&inquiry.office).ok_or(Refusal::NoSuchOffice)?;
        Ok(first.map(|first| {
            let days =
                calendar.business_days_between(calendar.zone.date(now), calendar.zone.date(first.start));
            u32::try_from(days).unwrap_or(0)
        }))
    }

    /// By when somebody must have looked at what came in at `from`.
    pub(crate) fn look_by(&self, urgency: Urgency, from: Timestamp) -> Timestamp {
        // A line that never opens again still owes an answer: a week, so that it shows as late and not as nothing.
        self.pack.line().review_due(urgency, from).unwrap_or(from + SignedDuration::from_hours(7 * 24))
    }
}

/// Promised calls in which the person was not reached.
pub(crate) fn missed_calls(inquiry: &Inquiry) -> u32 {
    let missed = inquiry
        .past_callbacks
        .iter()
        .filter(|c| c.attempts.last().is_some_and(|a| a.outcome != CallOutcome::Reached))
        .count();
    u32::try_from(missed).unwrap_or(u32::MAX)
}
