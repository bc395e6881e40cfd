//! Passing a caller on to a line outside, of those that the agency lists.
//!
//! The operator is free at once. While it rings there the caller is on the line at the place they have, and nobody is offered to
//! them; when nobody answers they are due again at the same turn.

use super::{PassTo, Refused, State, WaitDid, WaitStep, WaitingCaller};
use crate::{
    call_record::CallFault,
    callback::CallOutcome,
    codes::OutsideCode,
    ids::StaffId,
    journal::Happened,
    phone::PhoneNumber,
    text::{Lang, Text},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A line outside to which callers may be passed on. Nobody dials another number with a caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutsideLine {
    /// The code.
    pub code: OutsideCode,
    /// What it is called.
    pub name: Text,
    /// Its number.
    pub number: PhoneNumber,
    /// For whom it is, in a few words.
    #[serde(default)]
    pub whom: Text,
}

impl OutsideLine {
    /// Its name, and for whom it is, in a language.
    pub fn says(&self, lang: &Lang) -> String {
        match (self.name.in_lang(lang), self.whom.in_lang(lang)) {
            (name, "") => name.to_owned(),
            (name, whom) => format!("{name} ({whom})"),
        }
    }
}

/// That a caller is being connected with a line outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outside {
    /// With which.
    pub to: OutsideCode,
    /// From then on they are due again, whatever became of it: nobody is left waiting for a call that nobody makes any more.
    pub until: Timestamp,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutsideEnd {
    /// They speak with each other.
    Answered,
    /// Nobody answered, or it could not be called.
    Failed(CallOutcome),
}

/// Where a caller was passed on to outside, as the record of the call keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentOut {
    /// Where.
    pub to: OutsideCode,
    /// By whom.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
    /// When somebody answered there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Timestamp>,
    /// Why nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<CallOutcome>,
    /// What went wrong on the way there.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub faults: BTreeSet<CallFault>,
}

impl PassTo {
    /// The line outside, if it is one.
    pub const fn outside(&self) -> Option<&OutsideCode> {
        match self {
            Self::Outside(code) => Some(code),
            Self::Line { .. } | Self::Operator(_) => None,
        }
    }
}

impl WaitingCaller {
    /// What came of connecting them with a line outside: they speak there, and the wait is over; or they are due again at the
    /// same turn.
    ///
    /// # Errors
    /// [`Refused::Caller`] unless they are being connected.
    pub fn outside_ended(&self, end: OutsideEnd, now: Timestamp) -> Result<WaitStep, Refused> {
        let (State::Waiting, Some(Outside { to, .. })) = (&self.state, &self.outside) else {
            return Err(self.elsewhere());
        };
        let to = to.clone();
        let mut caller = self.next();
        caller.outside = None;
        Ok(match end {
            OutsideEnd::Answered => {
                let how = super::How::Answered;
                caller.node = None;
                caller.state = State::Over { how, at: now };
                let mut step = WaitStep::of(caller, None, WaitDid::OutsideAnswered { to });
                step.happened.push(Happened::Wait { caller: self.id, did: WaitDid::Over { how } });
                step
            }
            OutsideEnd::Failed(outcome) => WaitStep::of(caller, None, WaitDid::OutsideFailed { to, outcome }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codes::PassCode,
        wait::{
            Apart, AwayWhy, How, Operator, Status, WaitRules, WaitRulesAsWritten, WaitRulesError, match_up,
            tests::{at, both, joined, new, ready},
        },
    };

    fn court() -> OutsideCode {
        "court".parse().unwrap()
    }

    fn line(code: &str, number: &str) -> OutsideLine {
        let name = Text::new([(Lang::en(), "The court".to_owned())]);
        OutsideLine {
            code: code.parse().unwrap(),
            name,
            number: number.parse().unwrap(),
            whom: Text::default(),
        }
    }

    fn written() -> WaitRulesAsWritten {
        WaitRulesAsWritten { outside: vec![line("court", "2025550140")], ..WaitRulesAsWritten::default() }
    }

    fn rules() -> WaitRules {
        WaitRules::new(written()).unwrap()
    }

    /// Somebody who asked at 0 and talks with operator 1 since 10.
    fn talks() -> (WaitingCaller, Operator) {
        let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
        let (offered, ringing) = both(caller.offer(&operator, &rules(), at(5)));
        both(offered.accept(&ringing, 1, None, at(10)))
    }

    fn sent() -> (WaitingCaller, Operator) {
        let (caller, operator) = talks();
        both(caller.send_out(&operator, &court(), None, &rules(), at(100)))
    }

    #[test]
    fn the_operator_is_free_and_nobody_is_offered_while_it_rings() {
        let ((before, _), (caller, operator)) = (talks(), sent());
        assert!(matches!(operator.status, Status::WrapUp { .. }), "{:?}", operator.status);
        assert_eq!((caller.place(), &caller.state), (before.place(), &State::Waiting));
        let others = [ready(2, at(0))];
        let matched =
            |now| match_up(std::slice::from_ref(&caller), &others, &Apart::new(), &rules(), now).len();
        assert_eq!(matched(at(120)), 0);
        assert_eq!(caller.offer(&others[0], &rules(), at(120)).unwrap_err(), Refused::NotYet);
        // Nobody has said what came of it: they are not forgotten.
        let until = caller.outside.as_ref().unwrap().until;
        assert!(until > at(145));
        assert_eq!(matched(until), 1);
        let (offered, _) = both(caller.offer(&others[0], &rules(), until));
        assert_eq!(offered.outside, None);
    }

    #[test]
    fn whoever_is_not_answered_is_due_at_the_same_turn() {
        let (caller, _) = sent();
        let step = caller.outside_ended(OutsideEnd::Failed(CallOutcome::Busy), at(110)).unwrap();
        let back = step.caller.unwrap();
        assert_eq!(
            (back.turn, back.first_asked, &back.queue),
            (caller.turn, caller.first_asked, &caller.queue)
        );
        assert!(back.is_due(at(110)) && back.passed.is_some());
        let did = WaitDid::OutsideFailed { to: court(), outcome: CallOutcome::Busy };
        assert_eq!(step.happened, [Happened::Wait { caller: caller.id, did }]);
        let later = joined(new(2), at(1));
        assert!(back.place() < later.place(), "before whoever asked later");
        assert!(back.outside_ended(OutsideEnd::Answered, at(111)).is_err(), "it is told once");
    }

    #[test]
    fn whoever_is_answered_has_waited_enough() {
        let (caller, _) = sent();
        let step = caller.outside_ended(OutsideEnd::Answered, at(110)).unwrap();
        let over = step.caller.unwrap();
        assert_eq!(over.state, State::Over { how: How::Answered, at: at(110) });
        assert_eq!((over.node, over.outside), (None, None));
        assert_eq!(step.happened.len(), 2);
    }

    #[test]
    fn whoever_is_cut_off_meanwhile_keeps_the_place() {
        let (caller, _) = sent();
        let kept = caller.keep(None, AwayWhy::Dropped, &rules(), at(110)).unwrap().caller.unwrap();
        assert!(kept.outside.is_none() && kept.is_due(at(110)));
        assert_eq!(kept.place(), caller.place());
        let lost = caller.node_lost(None, &rules(), at(110)).unwrap().caller.unwrap();
        assert!(matches!(lost.state, State::Away(_)) && lost.outside.is_none());
    }

    #[test]
    fn only_where_the_agency_lists_it() {
        let (caller, operator) = talks();
        let refused = |to: &str, why: Option<&PassCode>| {
            let rules = WaitRules::new(WaitRulesAsWritten {
                pass_on: vec![crate::wait::Named { code: "other".parse().unwrap(), name: Text::default() }],
                ..written()
            });
            caller.send_out(&operator, &to.parse().unwrap(), why, &rules.unwrap(), at(20)).unwrap_err()
        };
        assert_eq!(refused("bank", None), Refused::NoSuchWord);
        assert_eq!(refused("court", Some(&"boredom".parse().unwrap())), Refused::NoSuchWord);
        let twice = vec![line("court", "2025550140"), line("court", "2025550141")];
        let fault = WaitRules::new(WaitRulesAsWritten { outside: twice, ..WaitRulesAsWritten::default() });
        assert_eq!(fault, Err(WaitRulesError::Twice("outside court".to_owned())));
        for (minutes, ring) in [(0, 45), (241, 45), (60, 4), (60, 121)] {
            let written = WaitRulesAsWritten {
                outside_minutes: minutes,
                outside_ring_seconds: ring,
                ..WaitRulesAsWritten::default()
            };
            assert_eq!(WaitRules::new(written), Err(WaitRulesError::Outside { minutes, ring }));
        }
    }
}
