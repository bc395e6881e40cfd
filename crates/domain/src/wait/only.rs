//! What an operator takes right now, of what they can serve; and which queue or language that leaves with nobody.

use super::{Operator, OperatorDid, Refused, Skills, Status, WaitStep, WaitingCaller};
use crate::{codes::QueueCode, journal::Happened, text::Lang};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What an operator takes right now. It narrows what their account says and never widens it, and holds until they go off duty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Only {
    /// From these queues; empty: from every one that they serve.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub queues: BTreeSet<QueueCode>,
    /// In these languages; empty: in every one.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub langs: BTreeSet<Lang>,
}

impl Only {
    /// Is nothing left out?
    pub fn is_all(&self) -> bool {
        self.queues.is_empty() && self.langs.is_empty()
    }

    pub(super) fn takes(&self, caller: &WaitingCaller) -> bool {
        self.takes_queue(&caller.queue) && self.takes_lang(&caller.lang)
    }

    fn takes_queue(&self, queue: &QueueCode) -> bool {
        self.queues.is_empty() || self.queues.contains(queue)
    }

    fn takes_lang(&self, lang: &Lang) -> bool {
        self.langs.is_empty() || self.langs.contains(lang)
    }
}

impl Skills {
    /// Do they serve this queue?
    pub fn serves(&self, queue: &QueueCode) -> bool {
        self.queues.is_empty() || self.queues.contains(queue)
    }
}

/// What nobody on duty takes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Untaken {
    /// These queues.
    pub queues: Vec<QueueCode>,
    /// These languages.
    pub langs: Vec<Lang>,
}

impl Untaken {
    /// Is nothing left with nobody?
    pub fn is_empty(&self) -> bool {
        self.queues.is_empty() && self.langs.is_empty()
    }
}

impl Operator {
    /// From now on they take only this, of what they can serve.
    ///
    /// # Errors
    /// [`Refused::NoSuchWord`] for what is not theirs to take.
    pub fn take_only(&self, only: Only, skills: &Skills, now: Timestamp) -> Result<WaitStep, Refused> {
        let theirs = only.queues.iter().all(|queue| skills.serves(queue))
            && only.langs.iter().all(|lang| skills.langs.contains(lang));
        if !theirs {
            return Err(Refused::NoSuchWord);
        }
        let mut operator = self.next(now);
        let did = OperatorDid::TakesOnly { queues: only.queues.clone(), langs: only.langs.clone() };
        operator.only = only;
        let happened = vec![Happened::Operator { operator: operator.id, did }];
        Ok(WaitStep { caller: None, operator: Some(operator), happened })
    }

    /// Do they take callers of this queue now?
    pub fn takes_queue(&self, queue: &QueueCode) -> bool {
        self.skills.serves(queue) && self.only.takes_queue(queue)
    }

    /// Do they take callers in this language now?
    pub fn takes_lang(&self, lang: &Lang) -> bool {
        self.skills.langs.contains(lang) && self.only.takes_lang(lang)
    }

    /// What they leave out, of these queues and of the languages that they speak, which nobody else on duty takes.
    pub fn leaves(&self, queues: &[QueueCode], on_duty: &[Self]) -> Untaken {
        let others = || on_duty.iter().filter(|one| one.id != self.id && one.status != Status::Off);
        let queue = |one: &&QueueCode| {
            self.skills.serves(one) && !self.takes_queue(one) && !others().any(|other| other.takes_queue(one))
        };
        let lang = |one: &&Lang| !self.only.takes_lang(one) && !others().any(|other| other.takes_lang(one));
        Untaken {
            queues: queues.iter().filter(queue).cloned().collect(),
            langs: self.skills.langs.iter().filter(lang).cloned().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wait::{
        Choice, NewWait, WaitRules, can_serve,
        tests::{at, joined, new, ready, rules, speaks},
    };

    fn queue(code: &str) -> QueueCode {
        code.parse().unwrap()
    }

    fn only(queues: &[&str], langs: &[Lang]) -> Only {
        let queues = queues.iter().map(|code| queue(code)).collect();
        Only { queues, langs: langs.iter().cloned().collect() }
    }

    /// Speaks both languages, and serves two queues.
    fn skills() -> Skills {
        let queues = ["tier1", "tier2"].map(queue).into();
        Skills { queues, ..speaks(&[Lang::en(), Lang::es()]) }
    }

    fn both(n: u8) -> Operator {
        let step = ready(n, at(0)).choose(Choice::Ready, Some((skills(), None)), &rules(), at(0));
        step.unwrap().operator.unwrap()
    }

    fn takes(operator: &Operator, only: Only) -> Operator {
        operator.take_only(only, &skills(), at(1)).unwrap().operator.unwrap()
    }

    #[test]
    fn whoever_takes_one_queue_in_one_language_is_given_no_other() {
        let narrow = takes(&both(1), only(&["tier1"], &[Lang::es()]));
        let serves = |code: &str, lang: Lang| {
            let caller = joined(NewWait { queue: queue(code), lang, ..new(1) }, at(0));
            can_serve(&narrow, &caller, &rules(), at(2))
        };
        assert!(serves("tier1", Lang::es()));
        assert!(!serves("tier2", Lang::es()) && !serves("tier1", Lang::en()));
        assert_eq!(narrow.status, Status::Ready { since: at(0) }, "their turn is as it was");
    }

    #[test]
    fn nobody_takes_what_is_not_theirs() {
        for wrong in [only(&["elsewhere"], &[]), only(&[], &["fr".parse().unwrap()])] {
            assert_eq!(both(1).take_only(wrong, &skills(), at(1)), Err(Refused::NoSuchWord));
        }
    }

    #[test]
    fn it_is_over_when_they_go_off_duty() {
        let narrow = takes(&both(1), only(&["tier1"], &[]));
        let chosen = |operator: &Operator, choice| {
            operator.choose(choice, None, &WaitRules::default(), at(5)).unwrap().operator.unwrap()
        };
        let paused = chosen(&narrow, Choice::NotReady { reason: None });
        assert!(!paused.only.is_all(), "a pause changes nothing of it");
        assert!(chosen(&paused, Choice::Off).only.is_all());
    }

    #[test]
    fn what_they_leave_with_nobody_is_known() {
        let queues = ["tier1", "tier2"].map(queue);
        let narrow = takes(&both(1), only(&["tier1"], &[Lang::en()]));
        let left = narrow.leaves(&queues, std::slice::from_ref(&narrow));
        assert_eq!((left.queues, left.langs), (vec![queue("tier2")], vec![Lang::es()]));
        assert!(narrow.leaves(&queues, &[narrow.clone(), both(2)]).is_empty(), "a colleague takes it");
        let off = both(2).choose(Choice::Off, None, &rules(), at(5)).unwrap().operator.unwrap();
        assert!(!narrow.leaves(&queues, &[off]).is_empty());
        assert!(both(1).leaves(&queues, &[]).is_empty(), "whoever leaves nothing out leaves nothing");
    }
}
