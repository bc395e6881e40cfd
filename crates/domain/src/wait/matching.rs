//! Who is offered to whom: those who wait in their order, each to the operator who was ready longest.

use super::{Operator, Ring, Status, WaitRules, WaitingCaller};
use crate::ids::{StaffId, WaitId};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Who must not come together, whoever is ready: a caller, and an operator from whom what they call about is kept.
pub type Apart = BTreeSet<Match>;

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

/// Is the operator connected to the process that holds the call, or is there none in particular?
fn is_near(operator: &Operator, caller: &WaitingCaller) -> bool {
    match (operator.node, caller.node) {
        (Some(theirs), Some(its)) => theirs == its,
        _ => true,
    }
}

pub(super) fn fits(operator: &Operator, caller: &WaitingCaller, needs: Ring) -> bool {
    let skills = &operator.skills;
    let knows = |reason| skills.reasons.is_empty() || skills.reasons.contains(reason);
    is_near(operator, caller)
        && skills.serves(&caller.queue)
        && operator.only.takes(caller)
        && (!needs.language || skills.langs.contains(&caller.lang))
        && (!needs.reason || caller.reason.as_ref().is_none_or(knows))
}

/// Gives those who wait, in the order of their places, each to the officer who owes them a call, if that one is ready, or else
/// to the operator who can serve them and was ready longest, ties by identifier; never one who is to be kept apart from them. The
/// same records give the same matches in whatever order they are read; nobody is in two.
pub fn match_up(
    callers: &[WaitingCaller],
    operators: &[Operator],
    apart: &Apart,
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
        let may = |operator: &Operator| !apart.contains(&Match { caller: caller.id, operator: operator.id });
        // Whoever owes them a call knows their matter: language and reason are no question.
        let owes = |operator: &Operator| {
            let officer = caller.owed.as_ref().and_then(|owed| owed.officer);
            officer == Some(operator.id) && is_near(operator, caller)
        };
        let owing = ready.iter().position(|(_, operator)| owes(operator) && may(operator));
        let serving = || {
            ready.iter().position(|(_, operator)| can_serve(operator, caller, rules, now) && may(operator))
        };
        if let Some(at) = owing.or_else(serving) {
            let (_, operator) = ready.remove(at);
            matches.push(Match { caller: caller.id, operator: operator.id });
        }
    }
    matches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{CallbackId, InquiryId},
        text::Lang,
        urgency::Urgency,
        wait::{
            OwedCall,
            tests::{at, joined, new, ready, rules, staff},
        },
    };

    /// Somebody who rings at `rung` because the call of an officer has missed them.
    fn rings_back(n: u8, officer: u8, promised: i64, rung: i64) -> WaitingCaller {
        let owed = OwedCall {
            inquiry: InquiryId::new(at(0), &[n; 10]),
            callback: CallbackId::new(at(0), &[n; 10]),
            officer: Some(staff(officer)),
            promised: at(promised),
            urgency: Urgency::Regular,
        };
        joined(super::super::NewWait { owed: Some(owed), lang: Lang::es(), ..new(n) }, at(rung))
    }

    fn matched(callers: &[WaitingCaller], operators: &[Operator]) -> Vec<(WaitId, StaffId)> {
        matched_apart(callers, operators, &Apart::new())
    }

    fn matched_apart(
        callers: &[WaitingCaller],
        operators: &[Operator],
        apart: &Apart,
    ) -> Vec<(WaitId, StaffId)> {
        let matches = match_up(callers, operators, apart, &rules(), at(100));
        matches.into_iter().map(|m| (m.caller, m.operator)).collect()
    }

    #[test]
    fn whoever_is_kept_apart_from_a_caller_takes_the_next_and_the_caller_somebody_else() {
        let (first, second) = (joined(new(1), at(0)), joined(new(2), at(10)));
        let (near, other) = (ready(7, at(-60)), ready(8, at(0)));
        let callers = [first.clone(), second.clone()];
        let apart = Apart::from([Match { caller: first.id, operator: near.id }]);
        assert_eq!(
            matched_apart(&callers, &[near.clone(), other.clone()], &apart),
            [(first.id, other.id), (second.id, near.id)]
        );
        // Nobody else is ready: the caller keeps the place and waits, and nobody waits with them.
        assert_eq!(matched_apart(&callers, &[near], &apart), [(second.id, staff(7))]);
        // The officer who owes them a call as well.
        let back = rings_back(3, 7, -600, 20);
        let apart = Apart::from([Match { caller: back.id, operator: staff(7) }]);
        let back = WaitingCaller { lang: Lang::en(), ..back };
        let both = [ready(7, at(-60)), other];
        assert_eq!(matched_apart(std::slice::from_ref(&back), &both, &apart), [(back.id, staff(8))]);
    }

    #[test]
    fn whoever_was_called_in_vain_comes_to_the_officer_who_owes_the_call_and_before_whoever_asked_later() {
        let before = joined(new(1), at(-900));
        let later = joined(new(2), at(10));
        let back = rings_back(3, 7, -600, 20);
        assert_eq!(back.first_asked, at(20), "their own wait begins when they ring");
        let (owner, other) = (ready(7, at(0)), ready(8, at(-60)));
        let all = [later.clone(), back.clone(), before.clone()];
        // The one who was ready longest takes whoever asked first, and the officer takes whom they owe the call, in whatever
        // language.
        assert_eq!(
            matched(&all, &[owner.clone(), other.clone()]),
            [(before.id, staff(8)), (back.id, staff(7))]
        );
        // Nobody else is ready: by their turns.
        assert_eq!(
            matched(&[later.clone(), before.clone()], std::slice::from_ref(&owner)),
            [(before.id, staff(7))]
        );
        assert_eq!(matched(&[later.clone(), back.clone()], &[owner]), [(back.id, staff(7))]);
        // The officer is not there: whoever can serve them takes them, first of all who asked since it was promised.
        let back = WaitingCaller { lang: Lang::en(), ..back };
        assert_eq!(
            matched(&[later.clone(), back.clone()], std::slice::from_ref(&other)),
            [(back.id, staff(8))]
        );
        assert_eq!(matched(&[later, before.clone(), back], &[other]), [(before.id, staff(8))]);
    }
}
