//! What officers decided, held against what operators had and against what was decided later.

use crate::{
    callback::{CallOutcome, Callback},
    decision::{Decision, DecisionKind, Need, Outcome},
    inquiry::Inquiry,
};

/// What became of a matter that an operator passed on to an officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassedOn {
    /// Nobody else has decided anything since.
    Open,
    /// Others decided on it, and how soon it is to be dealt with stayed as the operator had it.
    Stands,
    /// Somebody else decided that it is to be dealt with sooner or later than the operator had it.
    Overturned,
}

/// What was decided after a promised call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decided {
    /// Was a visit granted?
    pub granted: bool,
    /// Was the other of the two decided later?
    pub changed: bool,
}

/// What became of it, if an operator passed it on.
pub(super) fn passed_on(inquiry: &Inquiry, callback: &Callback) -> Option<PassedOn> {
    let brief = callback.brief.as_ref()?;
    let (before, after): (Vec<&Decision>, Vec<&Decision>) =
        inquiry.decisions.iter().partition(|decision| decision.at <= brief.at);
    let urgency = |decision: &&Decision| match decision.outcome {
        Outcome::Urgency(urgency) => Some(urgency),
        _ => None,
    };
    let had = before.iter().rev().find_map(urgency);
    let others = || after.iter().filter(|one| one.by.staff().is_some_and(|by| by != brief.by));
    let otherwise = others().filter_map(urgency).any(|now| had.is_some_and(|had| had != now));
    let decided =
        others().any(|one| matches!(one.outcome.kind(), DecisionKind::Urgency | DecisionKind::Need));
    Some(match (otherwise, decided) {
        (true, _) => PassedOn::Overturned,
        (false, true) => PassedOn::Stands,
        (false, false) => PassedOn::Open,
    })
}

/// Whether a decision on what the matter needs grants a visit; nothing where it only waits for papers.
fn grants(decision: &Decision) -> Option<bool> {
    match decision.outcome {
        Outcome::Need(Need::Papers) | Outcome::Urgency(_) | Outcome::Fit { .. } => None,
        Outcome::Need(need) => Some(need == Need::Visit),
    }
}

/// What was decided after this call, if the person was reached in it and no later call came before the decision.
pub(super) fn decided(inquiry: &Inquiry, callback: &Callback) -> Option<Decided> {
    let reached = |call: &Callback| {
        let talks = call.attempts.iter().filter(|attempt| attempt.outcome == CallOutcome::Reached);
        talks.map(|attempt| attempt.ended).max()
    };
    let spoken = reached(callback)?;
    let mut since = inquiry
        .decisions
        .iter()
        .filter(|decision| decision.at >= spoken)
        .filter_map(|decision| Some((decision.at, grants(decision)?)));
    let (at, granted) = since.next()?;
    let between = |call: &Callback| reached(call).is_some_and(|other| spoken < other && other <= at);
    if inquiry.past_callbacks.iter().chain(inquiry.callback()).any(between) {
        return None;
    }
    Some(Decided { granted, changed: since.any(|(_, later)| later != granted) })
}
