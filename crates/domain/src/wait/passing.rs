//! Passing a caller on: to the line in another language or about something else, or to one colleague.
//!
//! Whoever is passed on keeps the place of when they first asked, so a colleague who declines or lets it ring gives them back to
//! the line before everybody who came later.

use super::{
    Operator, Outside, Passed, Refused, Status, Turn, WaitDid, WaitRules, WaitStep, WaitingCaller,
    caller::{Grant, State},
    operator::after,
};
use crate::{
    codes::{OutsideCode, PassCode, QueueCode, ReasonCode},
    ids::StaffId,
    journal::Happened,
    text::Lang,
};
use jiff::{SignedDuration, Timestamp};

/// To whom a caller is passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassTo {
    /// The line: whoever of this queue speaks the language and deals with the reason.
    Line {
        /// The queue.
        queue: QueueCode,
        /// The language; none: as before.
        lang: Option<Lang>,
        /// What it is about; none: as before.
        reason: Option<ReasonCode>,
    },
    /// A colleague who is ready.
    Operator(StaffId),
    /// One of the lines outside that the agency lists.
    Outside(OutsideCode),
}

impl WaitingCaller {
    /// Passed on to the line, at the place of when they first asked.
    ///
    /// # Errors
    /// As [`Self::end_talk`]; [`Refused::NoSuchWord`].
    pub fn transfer(
        &self,
        operator: &Operator,
        (queue, lang, reason): (QueueCode, Option<Lang>, Option<ReasonCode>),
        why: Option<&PassCode>,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<WaitStep, Refused> {
        let (mut caller, talked) = self.passed_by(operator, why, rules, now)?;
        caller.state = State::Waiting;
        caller.queue = queue.clone();
        caller.lang = lang.unwrap_or(caller.lang);
        caller.reason = reason.or(caller.reason);
        let turn = Turn::of(caller.first_asked, caller.urgency, caller.reason.as_ref(), rules);
        caller.turn = caller.owed.as_ref().map_or(turn, |owed| turn.min(owed.turn(rules)));
        let operator = operator.next(now).wraps_up(self.id, talked, rules, now);
        let did = WaitDid::Transferred { operator: operator.id, queue, to: None, why: why.cloned() };
        Ok(WaitStep::of(caller, Some(operator), did))
    }

    /// Passed on to a colleague, whose telephone rings at once. The second step is theirs.
    ///
    /// # Errors
    /// As [`Self::transfer`]; [`Refused::NotFree`] when the colleague is not ready, or not where the call is.
    pub fn hand_to(
        &self,
        operator: &Operator,
        to: &Operator,
        why: Option<&PassCode>,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<[WaitStep; 2], Refused> {
        let (mut caller, talked) = self.passed_by(operator, why, rules, now)?;
        let mut to = to.next(now);
        let near = to.node.is_none() || caller.node.is_none() || to.node == caller.node;
        let Status::Ready { since: idle_since } = to.status else { return Err(Refused::NotFree) };
        if !near {
            return Err(Refused::NotFree);
        }
        caller.grants += 1;
        let grant = Grant { operator: to.id, number: caller.grants, until: after(now, rules.offer()) };
        to.status = Status::Ringing { caller: caller.id, grant: grant.number, idle_since };
        let passed = WaitDid::Transferred {
            operator: operator.id,
            queue: caller.queue.clone(),
            to: Some(to.id),
            why: why.cloned(),
        };
        let offered = WaitDid::Offered { operator: to.id, grant: grant.number, until: grant.until };
        let offered = Happened::Wait { caller: caller.id, did: offered };
        caller.state = State::Offered { grant, away: None };
        let operator = operator.next(now).wraps_up(self.id, talked, rules, now);
        let first = WaitStep::of(caller, Some(operator), passed);
        Ok([first, WaitStep { caller: None, operator: Some(to), happened: vec![offered] }])
    }

    /// Passed on to a line outside, which is called now; until somebody answers there, they keep their place and nobody is offered
    /// to them.
    ///
    /// # Errors
    /// As [`Self::transfer`]; [`Refused::NoSuchWord`] for a line that the agency does not list.
    pub fn send_out(
        &self,
        operator: &Operator,
        to: &OutsideCode,
        why: Option<&PassCode>,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<WaitStep, Refused> {
        let (mut caller, talked) = self.passed_by(operator, why, rules, now)?;
        if rules.outside_line(to).is_none() {
            return Err(Refused::NoSuchWord);
        }
        caller.state = State::Waiting;
        caller.outside = Some(Outside { to: to.clone(), until: after(now, rules.outside_wait()) });
        let operator = operator.next(now).wraps_up(self.id, talked, rules, now);
        let did = WaitDid::SentOut { operator: operator.id, to: to.clone(), why: why.cloned() };
        Ok(WaitStep::of(caller, Some(operator), did))
    }

    /// Can they be moved to another queue now: do they wait, or is their place kept?
    pub const fn is_movable(&self) -> bool {
        matches!(self.state, State::Waiting | State::Away(_))
    }

    /// Moved to another queue by whoever runs the desk, before an operator has spoken with them: the clock and the place are those
    /// of when they first asked. Whoever rings or is being called this moment is left where they are.
    ///
    /// # Errors
    /// [`Refused::Caller`] unless they wait or their place is kept; [`Refused::SameQueue`]; [`Refused::NoSuchWord`] without one of
    /// the agency's words for why.
    pub fn move_to(
        &self,
        queue: &QueueCode,
        by: StaffId,
        why: Option<&PassCode>,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<WaitStep, Refused> {
        if !self.is_movable() {
            return Err(self.elsewhere());
        }
        if self.queue == *queue {
            return Err(Refused::SameQueue);
        }
        if !rules.says_why_moved(why) {
            return Err(Refused::NoSuchWord);
        }
        let mut caller = self.next();
        caller.queue = queue.clone();
        caller.entered = now;
        caller.passed = Some(Passed { by, at: now, why: why.cloned() });
        let did = WaitDid::Moved { from: self.queue.clone(), queue: queue.clone(), why: why.cloned() };
        Ok(WaitStep::of(caller, None, did))
    }

    /// The caller as they leave this operator, and how long they have talked.
    fn passed_by(
        &self,
        operator: &Operator,
        why: Option<&PassCode>,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<(Self, SignedDuration), Refused> {
        let State::Talking { since, .. } = self.state else { return Err(self.elsewhere()) };
        self.has(operator)?;
        if why.is_some_and(|why| !rules.knows_pass(why)) {
            return Err(Refused::NoSuchWord);
        }
        let mut caller = self.next();
        caller.entered = now;
        caller.passed = Some(Passed { by: operator.id, at: now, why: why.cloned() });
        Ok((caller, now.duration_since(since)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wait::{
        Apart, Choice, Named, WaitRulesAsWritten, match_up,
        tests::{at, both, joined, new, node, queue, ready, reason, rules, staff},
    };

    /// Somebody who talks with operator 1, and that operator.
    fn talking() -> (WaitingCaller, Operator) {
        let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
        let (offered, ringing) = both(caller.offer(&operator, &rules(), at(10)));
        both(offered.accept(&ringing, 1, None, at(11)))
    }

    fn handed(caller: &WaitingCaller, operator: &Operator, to: &Operator) -> (WaitingCaller, Operator) {
        let [first, second] = caller.hand_to(operator, to, None, &rules(), at(60)).unwrap();
        assert!(matches!(first.operator.unwrap().status, Status::WrapUp { .. }));
        assert_eq!((first.happened.len(), second.happened.len()), (1, 1));
        (first.caller.unwrap(), second.operator.unwrap())
    }

    #[test]
    fn the_line_keeps_the_clock_and_asks_for_the_new_language() {
        let (talking, busy) = talking();
        let to = ("tier2".parse().unwrap(), Some(Lang::es()), Some(reason("a")));
        let (passed, _) = both(talking.transfer(&busy, to, None, &rules(), at(300)));
        assert_eq!((passed.first_asked, passed.entered, passed.queue.as_str()), (at(0), at(300), "tier2"));
        assert_eq!((&passed.state, &passed.lang), (&State::Waiting, &Lang::es()));
        assert_eq!(passed.place(), talking.place());
        let by = passed.passed.as_ref().map(|passed| (passed.by, passed.at));
        assert_eq!(by, Some((busy.id, at(300))));
        // Who speaks English only is not asked, and somebody who came later does not go before.
        let english = ready(2, at(0));
        assert_eq!(
            match_up(
                std::slice::from_ref(&passed),
                std::slice::from_ref(&english),
                &Apart::new(),
                &rules(),
                at(301)
            ),
            []
        );
    }

    #[test]
    fn a_colleague_who_declines_or_does_not_answer_gives_the_caller_back_to_the_head() {
        let (talking, busy) = talking();
        let later = joined(new(2), at(20));
        let (offered, ringing) = handed(&talking, &busy, &ready(2, at(0)));
        assert_eq!((offered.operator(), ringing.status.as_str()), (Some(staff(2)), "ringing"));
        let declined = both(offered.decline(&ringing, offered.grants, &rules(), at(61))).0;
        let unanswered = both(offered.expire(&ringing, at(600))).0;
        for back in [declined, unanswered] {
            assert_eq!((&back.state, back.place()), (&State::Waiting, talking.place()));
            assert_eq!(back.passed.as_ref().unwrap().by, staff(1), "the next one reads who passed them on");
            let next = match_up(
                &[later.clone(), back.clone()],
                &[ready(3, at(0))],
                &Apart::new(),
                &rules(),
                at(601),
            );
            assert_eq!(next[0].caller, back.id);
        }
        let (taken, _) = both(offered.accept(&ringing, offered.grants, None, at(62)));
        assert_eq!(taken.operator(), Some(staff(2)));
    }

    #[test]
    fn a_colleague_who_is_not_ready_or_elsewhere_is_not_rung() {
        let (talking, busy) = talking();
        let to = |choice| {
            let step = ready(2, at(0)).choose(choice, None, &rules(), at(1));
            step.unwrap().operator.unwrap()
        };
        for choice in [Choice::Off, Choice::NotReady { reason: None }] {
            let refused = talking.hand_to(&busy, &to(choice), None, &rules(), at(60));
            assert_eq!(refused.unwrap_err(), Refused::NotFree);
        }
        let far = Operator { node: Some(node(2)), ..ready(2, at(0)) };
        assert_eq!(talking.hand_to(&busy, &far, None, &rules(), at(60)).unwrap_err(), Refused::NotFree);
        // Who does not talk with them cannot pass them on.
        assert!(talking.hand_to(&ready(3, at(0)), &ready(2, at(0)), None, &rules(), at(60)).is_err());
    }

    #[test]
    fn whoever_waits_is_moved_at_their_place_and_nobody_else() {
        let words = |codes: &[&str]| {
            let name = crate::text::Text::new([(Lang::en(), "Many wait".to_owned())]);
            let named = |code: &&str| Named { code: code.parse().unwrap(), name: name.clone() };
            let words = WaitRulesAsWritten {
                move_on: codes.iter().map(named).collect(),
                ..WaitRulesAsWritten::default()
            };
            WaitRules::new(words).unwrap()
        };
        let (rules, to) = (words(&["surge"]), "tier2".parse().unwrap());
        let (why, other) = ("surge".parse().unwrap(), "weather".parse().unwrap());
        let waits = joined(new(1), at(0));
        let later = WaitingCaller { queue: QueueCode::clone(&to), ..joined(new(2), at(20)) };
        let moved = waits.move_to(&to, staff(9), Some(&why), &rules, at(60)).unwrap().caller.unwrap();
        assert_eq!((&moved.queue, moved.entered, moved.version), (&to, at(60), waits.version + 1));
        assert_eq!((moved.place(), moved.first_asked), (waits.place(), at(0)), "the clock never restarts");
        let next = match_up(&[later, moved.clone()], &[ready(3, at(0))], &Apart::new(), &rules, at(61));
        assert_eq!(next[0].caller, moved.id, "whoever asked first in that queue is before");
        assert_eq!(moved.passed.as_ref().map(|passed| passed.by), Some(staff(9)));
        let refused = |caller: &WaitingCaller, queue: &QueueCode, why: Option<&PassCode>| {
            caller.move_to(queue, staff(9), why, &rules, at(60)).unwrap_err()
        };
        assert_eq!(refused(&waits, &queue(), Some(&why)), Refused::SameQueue);
        assert_eq!(refused(&waits, &to, Some(&other)), Refused::NoSuchWord);
        assert_eq!(refused(&waits, &to, None), Refused::NoSuchWord, "why is said");
        assert!(
            waits.move_to(&to, staff(9), None, &words(&[]), at(60)).is_ok(),
            "unless the agency has no words"
        );
        let kept = waits.keep(None, crate::wait::AwayWhy::Asked, &rules, at(5)).unwrap().caller.unwrap();
        let moved = kept.move_to(&to, staff(9), Some(&why), &rules, at(60)).unwrap().caller.unwrap();
        assert_eq!((&moved.state, moved.place()), (&kept.state, waits.place()));
        let (speaks, _) = talking();
        assert!(matches!(refused(&speaks, &to, Some(&why)), Refused::Caller { .. }));
    }

    #[test]
    fn why_is_a_word_of_the_agency() {
        let (talking, busy) = talking();
        let name = crate::text::Text::new([(Lang::en(), "Language".to_owned())]);
        let words = WaitRulesAsWritten {
            pass_on: vec![Named { code: "language".parse().unwrap(), name }],
            ..WaitRulesAsWritten::default()
        };
        let rules = WaitRules::new(words).unwrap();
        let pass = |why: &str| {
            let why = why.parse().unwrap();
            talking.transfer(&busy, (queue(), None, None), Some(&why), &rules, at(60))
        };
        assert!(pass("language").is_ok());
        assert_eq!(pass("weather").unwrap_err(), Refused::NoSuchWord);
    }
}
