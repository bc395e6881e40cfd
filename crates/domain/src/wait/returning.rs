//! Coming back: whoever rings again soon after a wait was lost stands where their first ask had put them.
//!
//! The wait that is over stays over. What they ask now is a new one, with the clock and the turn of the first; the old record
//! names it, so that a turn is taken up once.

use super::{NewWait, Refused, State, WaitDid, WaitRules, WaitStep, WaitingCaller};
use crate::{ids::InquiryId, phone::PhoneNumber, urgency::Urgency};
use jiff::Timestamp;

impl WaitingCaller {
    /// Has this wait a turn to which whoever had it may come back now?
    pub fn may_return(&self, rules: &WaitRules, now: Timestamp) -> bool {
        let State::Over { how, at } = &self.state else { return false };
        self.returned.is_none()
            && rules.returns_after(*how)
            && rules.returns_since(now).is_some_and(|since| since <= *at)
    }

    /// Is it theirs: of this number, or of the inquiry that they have shown to be theirs?
    fn is_of(&self, number: Option<&PhoneNumber>, inquiry: Option<InquiryId>) -> bool {
        (number.is_some() && self.number.as_ref() == number) || (inquiry.is_some() && self.inquiry == inquiry)
    }

    /// They ring again: a new wait, at the turn of this one. The first step is of this wait, the second of the new one.
    ///
    /// # Errors
    /// [`Refused::Caller`] when there is no turn to come back to, or it is not theirs; as [`Self::join`].
    pub fn come_back(
        &self,
        new: NewWait,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<[WaitStep; 2], Refused> {
        if !self.may_return(rules, now) || !self.is_of(new.number.as_ref(), new.inquiry) {
            return Err(self.elsewhere());
        }
        let first_asked = new.first_asked.map_or(self.first_asked, |then| then.min(self.first_asked));
        let urgency = if self.urgency == Urgency::Urgent { Urgency::Urgent } else { new.urgency };
        let new = NewWait {
            first_asked: Some(first_asked),
            urgency,
            reason: new.reason.or_else(|| self.reason.clone()),
            zone: new.zone.or_else(|| self.zone.clone()),
            ..new
        };
        let mut again = Self::join(new, rules, now)?;
        let mut old = self.next();
        if let Some(caller) = &mut again.caller {
            caller.turn = caller.turn.min(self.turn);
            old.returned = Some(caller.id);
            return Ok([WaitStep::of(old, None, WaitDid::Returned { to: caller.id }), again]);
        }
        Err(self.elsewhere())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        callback::CallOutcome,
        wait::{
            AwayWhy, How, WaitRulesAsWritten, WaitRulesError,
            tests::{at, both, joined, new, node, ready, rules},
        },
    };
    use jiff::SignedDuration;

    fn inquiry() -> InquiryId {
        InquiryId::new(at(0), &[9; 10])
    }

    /// Somebody who asked at 0 and was called back in vain for good at 120.
    fn lost() -> WaitingCaller {
        let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
        let away = caller.keep(None, AwayWhy::Asked, &rules(), at(60)).unwrap().caller.unwrap();
        let (offered, ringing) = both(away.offer(&operator, &rules(), at(100)));
        let (calling, busy) = both(offered.accept(&ringing, 1, Some(node(1)), at(110)));
        let (over, _) = both(calling.missed(&busy, CallOutcome::WrongNumber, &rules(), at(120)));
        assert_eq!(over.state, State::Over { how: How::Lost, at: at(120) });
        over
    }

    fn ended(of: NewWait, how: How) -> WaitingCaller {
        joined(of, at(0)).leave(None, how, &rules(), at(120)).unwrap().caller.unwrap()
    }

    fn with(change: impl FnOnce(&mut WaitRulesAsWritten)) -> WaitRules {
        let mut written = WaitRulesAsWritten::default();
        change(&mut written);
        WaitRules::new(written).unwrap()
    }

    #[test]
    fn whoever_rings_again_stands_where_they_first_asked_and_once() {
        let lost = lost();
        let [old, again] = lost.come_back(new(2), &rules(), at(900)).unwrap();
        let (old, caller) = (old.caller.unwrap(), again.caller.unwrap());
        assert_eq!((caller.first_asked, caller.turn), (lost.first_asked, lost.turn));
        assert_eq!((caller.entered, &caller.state), (at(900), &State::Waiting));
        assert_eq!(
            caller.waited(at(900)),
            SignedDuration::from_secs(900),
            "the clock of the first ask goes on"
        );
        assert_eq!((old.returned, old.version), (Some(caller.id), lost.version + 1));
        assert_eq!(old.state, lost.state, "what is over stays over");
        assert!(caller.place() < joined(new(3), at(1)).place(), "before whoever asked later");
        assert!(joined(new(4), at(-1)).place() < caller.place(), "and behind whoever asked earlier");
        let twice = old.come_back(new(5), &rules(), at(901));
        assert_eq!(twice.unwrap_err(), Refused::Caller { state: "over".to_owned() });
        // The new one is lost as well: the same first ask.
        let gone = caller.leave(None, How::Lost, &rules(), at(950)).unwrap().caller.unwrap();
        let [_, third] = gone.come_back(new(6), &rules(), at(990)).unwrap();
        assert_eq!(third.caller.unwrap().turn, lost.turn);
    }

    #[test]
    fn within_the_time_of_the_agency() {
        let lost = lost();
        assert!(lost.may_return(&rules(), at(120 + 3600)));
        assert!(!lost.may_return(&rules(), at(120 + 3601)));
        assert!(!lost.may_return(&with(|rules| rules.returns_within_minutes = 0), at(120)));
        let long = WaitRulesAsWritten { returns_within_minutes: 1441, ..WaitRulesAsWritten::default() };
        assert_eq!(WaitRules::new(long), Err(WaitRulesError::Returns(1441)));
    }

    #[test]
    fn only_what_was_lost_unless_the_agency_says_so() {
        assert!(ended(new(1), How::Lost).may_return(&rules(), at(200)));
        let hung_up = ended(new(1), How::GaveUp);
        assert!(!hung_up.may_return(&rules(), at(200)));
        assert!(hung_up.may_return(&with(|rules| rules.returns_hung_up = true), at(200)));
        assert!(!ended(new(1), How::Closed).may_return(&with(|rules| rules.returns_hung_up = true), at(200)));
        assert!(!joined(new(1), at(0)).may_return(&rules(), at(200)), "it is not over");
    }

    #[test]
    fn it_is_theirs_by_the_number_or_by_what_they_show() {
        let back = |wait: &WaitingCaller, again: NewWait| wait.come_back(again, &rules(), at(200)).is_ok();
        let stranger = || NewWait { number: Some("2025550199".parse().unwrap()), ..new(2) };
        let hidden = |inquiry| NewWait { number: None, inquiry, ..new(2) };
        let by_number = ended(new(1), How::Lost);
        assert!(back(&by_number, new(2)));
        assert!(!back(&by_number, stranger()));
        assert!(!back(&by_number, hidden(None)) && !back(&by_number, hidden(Some(inquiry()))));
        // Who withholds the number had shown which inquiry is theirs, and shows it again.
        let shown = ended(NewWait { id: new(1).id, ..hidden(Some(inquiry())) }, How::Lost);
        assert!(back(&shown, hidden(Some(inquiry()))));
        assert!(back(&shown, NewWait { inquiry: Some(inquiry()), ..stranger() }), "from any telephone");
        assert!(!back(&shown, new(2)) && !back(&shown, hidden(None)));
        // Nothing was known of them: nobody is they.
        let unknown = ended(NewWait { id: new(1).id, ..hidden(None) }, How::Lost);
        assert!(!back(&unknown, hidden(None)) && !back(&unknown, hidden(Some(inquiry()))));
    }

    #[test]
    fn a_turn_never_becomes_worse_by_it() {
        let urgent = ended(NewWait { urgency: Urgency::Urgent, ..new(1) }, How::Lost);
        let [_, again] = urgent.come_back(new(2), &rules(), at(200)).unwrap();
        let again = again.caller.unwrap();
        assert_eq!((again.turn, again.urgency), (urgent.turn, Urgency::Urgent));
        let regular = ended(new(1), How::Lost);
        let sooner = NewWait { urgency: Urgency::Urgent, ..new(2) };
        let [_, again] = regular.come_back(sooner, &rules(), at(200)).unwrap();
        assert_eq!(again.caller.unwrap().turn.band, 0, "what has become urgent is");
    }
}
