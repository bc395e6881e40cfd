//! Who is offered to whom: those who wait in their order, each to the operator who was ready longest.

use super::{Operator, Ring, Status, WaitRules, WaitingCaller};
use crate::ids::{StaffId, WaitId};
use jiff::Timestamp;

/// A caller and the operator they should be offered to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Match {
    /// Whom.
    pub caller: WaitId,
    /// To whom.
    pub operator: StaffId,
}

/// Could this operator serve this caller, by what the caller needs after waiting so long? Whether they are ready is
/// another question.
///
/// Who is on the line of one process is served by operators connected to the same one, or to none in particular: a
/// grant that could not be connected would be a lie. Whoever is to be called back can be called from every process.
pub fn can_serve(operator: &Operator, caller: &WaitingCaller, rules: &WaitRules, now: Timestamp) -> bool {
    let ring = rules.ring(now.duration_since(caller.entered));
    fits(operator, caller, rules.needs(ring))
}

pub(super) fn fits(operator: &Operator, caller: &WaitingCaller, needs: Ring) -> bool {
    let skills = &operator.skills;
    let near = match (operator.node, caller.node) {
        (Some(theirs), Some(its)) => theirs == its,
        _ => true,
    };
    let knows = |reason| skills.reasons.is_empty() || skills.reasons.contains(reason);
    near && (skills.queues.is_empty() || skills.queues.contains(&caller.queue))
        && (!needs.language || skills.langs.contains(&caller.lang))
        && (!needs.reason || caller.reason.as_ref().is_none_or(knows))
}

/// Gives those who wait, in the order of their places, each to the operator who can serve them and was ready longest, ties
/// by identifier. The same records give the same matches in whatever order they are read; nobody is in two.
pub fn match_up(
    callers: &[WaitingCaller],
    operators: &[Operator],
    rules: &WaitRules,
    now: Timestamp,
) -> Vec<Match> {
    let mut waiting: Vec<&WaitingCaller> = callers.iter().filter(|caller| caller.is_due(now)).collect();
    waiting.sort_unstable_by_key(|caller| caller.place());
    let mut ready: Vec<(Timestamp, Operator)> = operators
        .iter()
        .filter_map(|operator| {
            let operator = operator.settled(now);
            match operator.status {
                Status::Ready { since } => Some((since, operator)),
                _ => None,
            }
        })
        .collect();
    ready.sort_unstable_by_key(|(since, operator)| (*since, operator.id));
    let mut matches = Vec::new();
    for caller in waiting {
        if ready.is_empty() {
            break;
        }
        if let Some(at) = ready.iter().position(|(_, operator)| can_serve(operator, caller, rules, now)) {
            let (_, operator) = ready.remove(at);
            matches.push(Match { caller: caller.id, operator: operator.id });
        }
    }
    matches
}
