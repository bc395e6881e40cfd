//! A colleague is asked while a caller holds, perhaps speaks with both, and perhaps takes the caller over.

use super::{
    Choice, Operator, Passed, Refused, Status, Unready, WaitDid, WaitRules, WaitStep, WaitingCaller,
    caller::State,
    operator::{OperatorDid, after},
};
use crate::journal::Happened;
use jiff::{SignedDuration, Timestamp};

/// A colleague who was ready is so again after this long at the latest, should nobody say that the asking is over.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

impl WaitingCaller {
    /// Their operator asks a colleague, to whom nobody else is offered meanwhile.
    ///
    /// # Errors
    /// [`Refused::Caller`] unless they are speaking; [`Refused::Operator`] when it is with another; [`Refused::NotFree`] when the
    /// colleague has a caller.
    pub fn consult(
        &self,
        operator: &Operator,
        colleague: &Operator,
        now: Timestamp,
    ) -> Result<WaitStep, Refused> {
        self.talks_with(operator)?;
        let mut to = colleague.next(now);
        if to.status.caller().is_some() || to.id == operator.id {
            return Err(Refused::NotFree);
        }
        let ready = matches!(to.status, Status::Ready { .. });
        if let Status::Ready { since } = to.status {
            to.status = Status::NotReady { why: Unready::Asked, since, until: Some(after(now, LONGEST)) };
        }
        let did = WaitDid::Consulted { operator: operator.id, colleague: to.id };
        let happened = vec![Happened::Wait { caller: self.id, did }];
        Ok(WaitStep { caller: None, operator: ready.then_some(to), happened })
    }

    /// The colleague who was asked speaks with both.
    ///
    /// # Errors
    /// As [`Self::consult`].
    pub fn confer(&self, operator: &Operator, colleague: &Operator) -> Result<WaitStep, Refused> {
        self.talks_with(operator)?;
        let did = WaitDid::Conferred { operator: operator.id, colleague: colleague.id };
        let happened = vec![Happened::Wait { caller: self.id, did }];
        Ok(WaitStep { caller: None, operator: None, happened })
    }

    /// The colleague who was asked takes the caller over. The second step is theirs: afterwards they are what they were before.
    ///
    /// # Errors
    /// As [`Self::consult`].
    pub fn hand_over(
        &self,
        operator: &Operator,
        colleague: &Operator,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<[WaitStep; 2], Refused> {
        let (since, called_back) = self.talks_with(operator)?;
        let mut to = colleague.next(now);
        if to.status.caller().is_some() || to.id == operator.id {
            return Err(Refused::NotFree);
        }
        to.next = match &to.status {
            Status::Off => Some(Choice::Off),
            Status::NotReady { why: Unready::Asked, .. } => None,
            Status::NotReady { why: Unready::Chosen { reason }, .. } => {
                Some(Choice::NotReady { reason: reason.clone() })
            }
            Status::NotReady { .. } => Some(Choice::NotReady { reason: None }),
            _ => None,
        };
        to.node = self.node.or(to.node);
        to.status = Status::Talking { caller: self.id, since: now };
        let mut caller = self.next();
        caller.state = State::Talking { operator: to.id, since: now, called_back };
        caller.passed = Some(Passed { by: operator.id, at: now, why: None });
        let did = WaitDid::HandedOver { operator: operator.id, to: to.id };
        let operator = operator.next(now).wraps_up(self.id, now.duration_since(since), rules, now);
        let first = WaitStep::of(caller, Some(operator), did);
        Ok([first, WaitStep { caller: None, operator: Some(to), happened: Vec::new() }])
    }

    /// Since when they speak with this operator, and whether they were called back.
    fn talks_with(&self, operator: &Operator) -> Result<(Timestamp, bool), Refused> {
        let State::Talking { since, called_back, .. } = self.state else { return Err(self.elsewhere()) };
        self.has(operator)?;
        Ok((since, called_back))
    }
}

impl Operator {
    /// Nobody asks them any more, or they listen to nobody: who was ready is so again, as long as before. Nothing for who was not.
    pub fn asked_no_more(&self, now: Timestamp) -> Option<WaitStep> {
        let mut operator = self.next(now);
        let Status::NotReady { why: Unready::Asked | Unready::Listens, since, .. } = operator.status else {
            return None;
        };
        operator.status = Status::Ready { since };
        let happened = vec![Happened::Operator { operator: operator.id, did: OperatorDid::Ready }];
        Some(WaitStep { caller: None, operator: Some(operator), happened })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wait::{
        Apart, match_up,
        tests::{at, both, joined, new, ready, rules, staff},
    };

    fn talking() -> (WaitingCaller, Operator) {
        let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
        let (offered, ringing) = both(caller.offer(&operator, &rules(), at(10)));
        both(offered.accept(&ringing, 1, None, at(11)))
    }

    #[test]
    fn who_is_asked_is_offered_nobody_until_it_is_over() {
        let (talking, busy) = talking();
        let step = talking.consult(&busy, &ready(2, at(5)), at(20)).unwrap();
        let asked = step.operator.unwrap();
        assert!(step.caller.is_none(), "the caller has the same operator");
        let next = joined(new(2), at(21));
        let matched = |operator: &Operator, when| {
            match_up(
                std::slice::from_ref(&next),
                std::slice::from_ref(operator),
                &Apart::new(),
                &rules(),
                when,
            )
            .len()
        };
        assert_eq!(matched(&asked, at(22)), 0);
        assert_eq!(matched(&asked, at(22 + 15 * 60)), 1, "should nobody say that it is over");
        let free = asked.asked_no_more(at(60)).unwrap().operator.unwrap();
        assert_eq!(free.status, Status::Ready { since: at(5) }, "the turn is not lost");
        assert_eq!(free.asked_no_more(at(61)), None);
        assert_eq!(talking.consult(&busy, &busy, at(20)).unwrap_err(), Refused::NotFree);
    }

    #[test]
    fn who_takes_a_caller_over_is_afterwards_what_they_were_before() {
        let (talking, busy) = talking();
        let as_was = |choice| {
            let before = ready(2, at(0)).choose(choice, None, &rules(), at(1)).unwrap().operator.unwrap();
            let asked = talking.consult(&busy, &before, at(20)).unwrap().operator.unwrap_or(before);
            let [first, second] = talking.hand_over(&busy, &asked, &rules(), at(30)).unwrap();
            let (caller, operator) = (first.caller.unwrap(), second.operator.unwrap());
            assert_eq!(caller.operator(), Some(staff(2)));
            assert_eq!((caller.first_asked, caller.place()), (talking.first_asked, talking.place()));
            assert!(matches!(first.operator.unwrap().status, Status::WrapUp { .. }));
            let (over, wraps) = both(caller.end_talk(&operator, &rules(), at(90)));
            assert!(!over.is_live());
            wraps.settled(at(600)).status
        };
        assert_eq!(as_was(Choice::Off), Status::Off);
        assert_eq!(as_was(Choice::NotReady { reason: None }).as_str(), "not-ready");
        assert_eq!(as_was(Choice::Ready).as_str(), "ready");
    }
}
