//! What becomes of a caller who speaks with an operator, or is being called back.

use super::{
    AwayWhy, How, Keyed, Operator, Refused, Status, WaitDid, WaitRules, WaitStep, WaitingCaller,
    caller::{Away, MOST_TRIED, State, Tried},
    operator::after,
};
use crate::{
    callback::CallOutcome,
    codes::DispositionCode,
    ids::{InquiryId, PersonId, StaffId},
};
use jiff::Timestamp;

impl WaitingCaller {
    /// They were called back and answered.
    ///
    /// # Errors
    /// [`Refused::Caller`] unless they are being called back.
    pub fn reached(&self, now: Timestamp) -> Result<WaitStep, Refused> {
        let State::Calling { operator, .. } = self.state else { return Err(self.elsewhere()) };
        let mut caller = self.next();
        caller.talked.get_or_insert(now);
        caller.state = State::Talking { operator, since: now, called_back: true };
        Ok(WaitStep::of(caller, None, WaitDid::Reached { operator }))
    }

    /// They were called back in vain: they keep their place until the next time, if there is one. Unless the rules say so, who
    /// declines is not called again, nor is a wrong number; what failed on our side is no call of theirs.
    ///
    /// # Errors
    /// [`Refused::Caller`] unless they are being called back, or a machine had answered that was taken for them, and for
    /// [`CallOutcome::Reached`].
    pub fn missed(
        &self,
        operator: &Operator,
        outcome: CallOutcome,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<WaitStep, Refused> {
        let (away, since) = match &self.state {
            State::Calling { away, since, .. } => (away.clone(), *since),
            // It was no person who answered.
            State::Talking { called_back: true, since, .. } if outcome == CallOutcome::Machine => {
                (self.away_again(*since), *since)
            }
            _ => return Err(self.elsewhere()),
        };
        self.has(operator)?;
        let (how, theirs) = match outcome {
            CallOutcome::Reached => return Err(self.elsewhere()),
            CallOutcome::Declined => (How::GaveUp, 1),
            CallOutcome::LineFault => (How::Lost, 0),
            _ => (How::Lost, 1),
        };
        let tries = away.tries.saturating_add(theirs);
        let mut caller = self.next();
        caller.node = None;
        caller.talked = caller.talked.filter(|talked| *talked < since);
        caller.tried.push(Tried { operator: operator.id, started: since, ended: now, outcome });
        let too_many = caller.tried.len().saturating_sub(MOST_TRIED);
        caller.tried.drain(..too_many);
        let again = rules.call_again(outcome, tries, &caller.tried).map(|by| after(now, by));
        caller.state = match again {
            Some(not_before) => State::Away(Away { tries, not_before: Some(not_before), ..away }),
            None => State::Over { how, at: now },
        };
        let mut operator = operator.next(now);
        operator.called_in_vain(self.id);
        operator.free(now);
        let did = WaitDid::Missed { operator: operator.id, outcome, next: again };
        let mut step = WaitStep::of(caller, Some(operator), did);
        if again.is_none() {
            let over = WaitDid::Over { how };
            step.happened.push(crate::journal::Happened::Wait { caller: self.id, did: over });
        }
        Ok(step)
    }

    /// The place that somebody had before they were called.
    fn away_again(&self, since: Timestamp) -> Away {
        let theirs = self.tried.iter().filter(|tried| tried.outcome != CallOutcome::LineFault).count();
        let tries = u8::try_from(theirs).unwrap_or(u8::MAX);
        Away { why: AwayWhy::Asked, since, tries, not_before: None }
    }

    /// The talk is over, and the operator wraps up.
    ///
    /// # Errors
    /// [`Refused::Caller`] unless they are speaking; [`Refused::Operator`] when it is with another.
    pub fn end_talk(
        &self,
        operator: &Operator,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<WaitStep, Refused> {
        let State::Talking { since, called_back, .. } = self.state else { return Err(self.elsewhere()) };
        self.has(operator)?;
        let mut caller = self.next();
        let how = if called_back { How::CalledBack } else { How::Answered };
        caller.node = None;
        caller.state = State::Over { how, at: now };
        let operator = operator.next(now).wraps_up(self.id, now.duration_since(since), rules, now);
        Ok(WaitStep::of(caller, Some(operator), WaitDid::Over { how }))
    }

    /// What they ask has been taken down by the operator who speaks with them, or has just done so: from now on it is known what they
    /// call about, and who they are.
    ///
    /// # Errors
    /// [`Refused::Caller`] when nobody spoke with them, or it was known already; [`Refused::Operator`] when it was another.
    pub fn taken_down(
        &self,
        operator: &Operator,
        person: PersonId,
        inquiry: InquiryId,
    ) -> Result<WaitStep, Refused> {
        if self.talked.is_none() || self.inquiry.is_some() {
            return Err(self.elsewhere());
        }
        match &operator.status {
            Status::Talking { caller, .. } | Status::WrapUp { caller, .. } if *caller == self.id => {}
            _ => return Err(operator.elsewhere()),
        }
        let mut caller = self.next();
        (caller.person, caller.inquiry, caller.keyed) = (Some(person), Some(inquiry), Keyed::default());
        Ok(WaitStep::of(caller, None, WaitDid::TakenDown { operator: operator.id }))
    }

    /// The operator says how the call ended, during it or afterwards.
    ///
    /// # Errors
    /// [`Refused::Caller`] when nobody spoke with them; [`Refused::NoSuchWord`].
    pub fn dispose(
        &self,
        operator: StaffId,
        disposition: DispositionCode,
        rules: &WaitRules,
    ) -> Result<WaitStep, Refused> {
        if self.talked.is_none() {
            return Err(self.elsewhere());
        }
        if !rules.knows_disposition(&disposition) {
            return Err(Refused::NoSuchWord);
        }
        let mut caller = self.next();
        caller.disposition = Some(disposition.clone());
        Ok(WaitStep::of(caller, None, WaitDid::Disposed { operator, disposition }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wait::{
        NewWait,
        tests::{at, both, joined, new, ready, rules},
    };

    /// What a caller asked is taken down by the operator who has them, once.
    #[test]
    fn a_caller_who_is_taken_down_is_known_from_then_on() {
        let keyed = Keyed { receipt: None, zip: Some("90012".into()) };
        let caller = joined(NewWait { keyed, ..new(1) }, at(0));
        let (person, inquiry) = (PersonId::new(at(0), &[7; 10]), InquiryId::new(at(0), &[8; 10]));
        let (mine, other) = (ready(1, at(0)), ready(2, at(0)));
        assert!(caller.taken_down(&mine, person, inquiry).is_err(), "nobody spoke with them");
        let (offered, ringing) = both(caller.offer(&mine, &rules(), at(1)));
        let (caller, mine) = both(offered.accept(&ringing, 1, None, at(5)));
        assert!(caller.taken_down(&other, person, inquiry).is_err(), "they are another's");
        let step = caller.taken_down(&mine, person, inquiry).unwrap();
        let known = step.caller.unwrap();
        assert_eq!(
            (known.person, known.inquiry, known.keyed.is_empty()),
            (Some(person), Some(inquiry), true)
        );
        assert_eq!(known.version, caller.version + 1);
        assert!(known.taken_down(&mine, person, inquiry).is_err(), "it is known already");
        let over = caller.end_talk(&mine, &rules(), at(60)).unwrap();
        let (over, wraps_up) = (over.caller.unwrap(), over.operator.unwrap());
        assert!(over.keyed.is_empty(), "what was keyed goes with the wait");
        assert!(over.taken_down(&wraps_up, person, inquiry).is_ok(), "they write it down afterwards");
    }
}
