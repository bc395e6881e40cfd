//! Thousands of waits at random: what must hold after every step.

use super::{
    tests::{at, new, node, reason, speaks, staff},
    *,
};
use crate::{
    callback::CallOutcome,
    ids::{InquiryId, StaffId, WaitId},
    text::{Lang, Text},
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What happens next. Numbers choose among those there are.
#[derive(Debug, Clone)]
enum Turned {
    Join { spanish: bool, reason: u8, urgent: bool, number: bool, node: u8 },
    Grant,
    Accept(u8),
    Decline(u8),
    Expire,
    End(u8),
    Keep(u8, bool),
    Rejoin(u8),
    ComeBack(u8),
    Leave(u8),
    Reached(u8),
    Missed(u8, u8),
    Pass(u8, u8),
    Outside(u8, u8),
    Consult(u8, u8, u8),
    CutOff(u8),
    NodeLost(u8),
    Choose(u8, u8),
    Wait(u16),
}

fn turned() -> impl Strategy<Value = Turned> {
    prop_oneof![
        4 => (any::<bool>(), 0..3_u8, prop::bool::weighted(0.1), prop::bool::weighted(0.8), 1..3_u8)
            .prop_map(|(spanish, reason, urgent, number, node)| Turned::Join { spanish, reason, urgent, number, node }),
        5 => Just(Turned::Grant),
        4 => any::<u8>().prop_map(Turned::Accept),
        1 => any::<u8>().prop_map(Turned::Decline),
        1 => Just(Turned::Expire),
        3 => any::<u8>().prop_map(Turned::End),
        2 => (any::<u8>(), any::<bool>()).prop_map(|(n, asked)| Turned::Keep(n, asked)),
        1 => any::<u8>().prop_map(Turned::Rejoin),
        2 => any::<u8>().prop_map(Turned::ComeBack),
        1 => any::<u8>().prop_map(Turned::Leave),
        2 => any::<u8>().prop_map(Turned::Reached),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(n, how)| Turned::Missed(n, how)),
        2 => (any::<u8>(), 0..6_u8).prop_map(|(n, to)| Turned::Pass(n, to)),
        3 => (any::<u8>(), 0..3_u8).prop_map(|(n, then)| Turned::Outside(n, then)),
        2 => (any::<u8>(), 1..5_u8, 0..3_u8).prop_map(|(n, to, then)| Turned::Consult(n, to, then)),
        1 => any::<u8>().prop_map(Turned::CutOff),
        1 => (1..3_u8).prop_map(Turned::NodeLost),
        2 => (any::<u8>(), 0..4_u8).prop_map(|(n, choice)| Turned::Choose(n, choice)),
        4 => (0..400_u16).prop_map(Turned::Wait),
    ]
}

struct World {
    now: Timestamp,
    made: u8,
    callers: BTreeMap<WaitId, WaitingCaller>,
    operators: BTreeMap<StaffId, Operator>,
    asked: BTreeMap<WaitId, (Timestamp, Turn)>,
    rules: WaitRules,
}

impl World {
    fn new() -> Self {
        let rules = WaitRules::new(WaitRulesAsWritten {
            outside: vec![OutsideLine {
                code: "court".parse().unwrap(),
                name: Text::default(),
                number: "2025550140".parse().unwrap(),
                whom: Text::default(),
            }],
            priority: vec![Priority { reason: reason("r1"), minutes: 3 }],
            ring: vec![
                Ring { after_seconds: 0, language: true, reason: true },
                Ring { after_seconds: 60, language: true, reason: false },
                Ring { after_seconds: 600, language: false, reason: false },
            ],
            ..WaitRulesAsWritten::default()
        });
        let rules = rules.unwrap();
        let mut operators = BTreeMap::new();
        for n in 1..=4_u8 {
            let langs = if n % 2 == 0 { vec![Lang::en(), Lang::es()] } else { vec![Lang::en()] };
            let mut skills = speaks(&langs);
            if n > 2 {
                skills.reasons = [reason("r1")].into();
            }
            let at_desk = Some((skills, Some(node(1 + n % 2))));
            let step = Operator::new(staff(n)).choose(Choice::Ready, at_desk, &rules, at(0)).unwrap();
            operators.insert(staff(n), step.operator.unwrap());
        }
        Self { now: at(0), made: 0, callers: BTreeMap::new(), operators, asked: BTreeMap::new(), rules }
    }

    /// Takes over a step, as a store does: each record one version further, both or none.
    fn take(&mut self, step: WaitStep) {
        assert!(!step.happened.is_empty());
        if let Some(caller) = step.caller {
            let before = self.callers.insert(caller.id, caller.clone());
            assert_eq!(caller.version, before.map_or(1, |before| before.version + 1));
            self.asked.entry(caller.id).or_insert((caller.first_asked, caller.turn));
        }
        if let Some(operator) = step.operator {
            let before = self.operators.insert(operator.id, operator.clone()).unwrap();
            assert_eq!(operator.version, before.version + 1);
        }
    }

    fn pick(&self, n: u8) -> Option<WaitingCaller> {
        let live: Vec<_> = self.callers.values().filter(|caller| caller.is_live()).collect();
        (!live.is_empty()).then(|| live[usize::from(n) % live.len()].clone())
    }

    fn operator_of(&self, caller: &WaitingCaller) -> Option<Operator> {
        caller.operator().map(|id| self.operators[&id].clone())
    }

    /// Does something with a caller and the operator they have, if the rules let it.
    fn with(
        &mut self,
        n: u8,
        act: impl FnOnce(&WaitingCaller, Option<&Operator>, &WaitRules, Timestamp) -> Result<WaitStep, Refused>,
    ) {
        let Some(caller) = self.pick(n) else { return };
        let operator = self.operator_of(&caller);
        if let Ok(step) = act(&caller, operator.as_ref(), &self.rules, self.now) {
            self.take(step);
        }
    }

    /// Passes somebody on: to an operator, where there is one of this number, or to the line.
    fn pass(&mut self, n: u8, to: u8) {
        let Some(caller) = self.pick(n) else { return };
        let Some(operator) = self.operator_of(&caller) else { return };
        let steps = match self.operators.get(&staff(to)) {
            Some(to) if to.id == operator.id => return,
            Some(to) => caller.hand_to(&operator, to, None, &self.rules, self.now).map(Vec::from),
            None => {
                let to = (caller.queue.clone(), Some(Lang::es()), None);
                caller.transfer(&operator, to, None, &self.rules, self.now).map(|step| vec![step])
            }
        };
        for step in steps.into_iter().flatten() {
            self.take(step);
        }
    }

    /// Somebody whose wait was lost rings again: at the turn of the first ask, and once for each lost wait.
    fn comes_back(&mut self, n: u8) {
        let gone: Vec<_> = self
            .callers
            .values()
            .filter(|caller| caller.may_return(&self.rules, self.now))
            .cloned()
            .collect();
        if gone.is_empty() || self.made >= 200 {
            return;
        }
        let lost = &gone[usize::from(n) % gone.len()];
        assert!(matches!(lost.state, State::Over { how: How::Lost, .. }));
        self.made += 1;
        let again = NewWait { number: lost.number.clone(), inquiry: lost.inquiry, ..new(self.made) };
        let [old, step] = lost.come_back(again.clone(), &self.rules, self.now).unwrap();
        let caller = step.caller.as_ref().unwrap();
        assert_eq!((caller.first_asked, caller.turn), (lost.first_asked, lost.turn), "the clock goes on");
        self.take(old);
        self.take(step);
        assert!(self.callers[&lost.id].come_back(again, &self.rules, self.now).is_err(), "once");
    }

    /// A colleague is asked, and takes the caller over, or is let go, or it is left at that.
    fn consult(&mut self, n: u8, to: u8, then: u8) {
        let Some(caller) = self.pick(n) else { return };
        let Some(operator) = self.operator_of(&caller) else { return };
        let Ok(step) = caller.consult(&operator, &self.operators[&staff(to)], self.now) else { return };
        self.take(step);
        let asked = self.operators[&staff(to)].clone();
        match then {
            0 => {
                let steps = caller.hand_over(&operator, &asked, &self.rules, self.now).unwrap();
                for step in steps {
                    if step.happened.is_empty() {
                        self.operators.insert(staff(to), step.operator.unwrap());
                    } else {
                        self.take(step);
                    }
                }
            }
            1 => {
                if let Some(step) = asked.asked_no_more(self.now) {
                    self.take(step);
                }
            }
            _ => {}
        }
    }

    fn grant(&mut self) {
        let callers: Vec<_> = self.callers.values().cloned().collect();
        let operators: Vec<_> = self.operators.values().cloned().collect();
        let matches = match_up(&callers, &operators, &Apart::new(), &self.rules, self.now);
        // The order in which records are read makes no difference.
        let (mut backwards, mut rotated) = (callers.clone(), operators.clone());
        backwards.reverse();
        rotated.rotate_left(1);
        assert_eq!(match_up(&backwards, &rotated, &Apart::new(), &self.rules, self.now), matches);
        self.nobody_is_overtaken(&matches);
        for Match { caller, operator } in matches {
            let step = self.callers[&caller].offer(&self.operators[&operator], &self.rules, self.now);
            self.take(step.unwrap());
        }
    }

    fn nobody_is_overtaken(&self, matches: &[Match]) {
        let serves = |operator: &Operator, caller: &WaitingCaller| {
            can_serve(&operator.settled(self.now), caller, &self.rules, self.now)
        };
        let is_matched = |id| matches.iter().any(|m| m.caller == id);
        let left: Vec<_> =
            self.callers.values().filter(|c| c.is_due(self.now) && !is_matched(c.id)).collect();
        for m in matches {
            let (operator, second) = (&self.operators[&m.operator], &self.callers[&m.caller]);
            for earlier in left.iter().filter(|c| c.place() < second.place()) {
                assert!(!serves(operator, earlier), "overtaken");
            }
        }
        // Nobody waits for an operator who waits for them.
        for operator in self.operators.values() {
            let idle = matches!(operator.settled(self.now).status, Status::Ready { .. })
                && !matches.iter().any(|m| m.operator == operator.id);
            assert!(!idle || !left.iter().any(|caller| serves(operator, caller)));
        }
    }

    fn turn(&mut self, turned: &Turned) {
        let now = self.now;
        match *turned {
            Turned::Join { spanish, reason: r, urgent, number, node: n } if self.made < 200 => {
                self.made += 1;
                let base = new(self.made);
                let new = NewWait {
                    lang: if spanish { Lang::es() } else { Lang::en() },
                    reason: (r > 0).then(|| reason(&format!("r{r}"))),
                    urgency: if urgent { Urgency::Urgent } else { Urgency::Regular },
                    number: base.number.clone().filter(|_| number),
                    inquiry: Some(InquiryId::new(at(0), &[self.made; 10])),
                    node: Some(node(n)),
                    ..base
                };
                self.take(WaitingCaller::join(new, &self.rules, now).unwrap());
            }
            Turned::Join { .. } => {}
            Turned::Grant => self.grant(),
            Turned::Accept(n) => self.with(n, |caller, operator, _, now| {
                let operator = operator.ok_or(Refused::GrantOver)?;
                caller.accept(operator, caller.grants, operator.node, now)
            }),
            Turned::Decline(n) => self.with(n, |caller, operator, rules, now| {
                caller.decline(operator.ok_or(Refused::GrantOver)?, caller.grants, rules, now)
            }),
            Turned::Expire => {
                for n in 0..u8::try_from(self.callers.len()).unwrap() {
                    self.with(n, |caller, operator, _, now| {
                        caller.expire(operator.ok_or(Refused::GrantOver)?, now)
                    });
                }
            }
            Turned::End(n) => self.with(n, |caller, operator, rules, now| {
                caller.end_talk(operator.ok_or(Refused::GrantOver)?, rules, now)
            }),
            Turned::Keep(n, asked) => self.with(n, |caller, operator, rules, now| {
                caller.keep(operator, if asked { AwayWhy::Asked } else { AwayWhy::Dropped }, rules, now)
            }),
            Turned::Rejoin(n) => self.with(n, |caller, _, _, now| caller.rejoin(node(1), now)),
            Turned::ComeBack(n) => self.comes_back(n),
            Turned::Leave(n) => {
                self.with(n, |caller, operator, rules, now| caller.leave(operator, How::GaveUp, rules, now));
            }
            Turned::Reached(n) => self.with(n, |caller, _, _, now| caller.reached(now)),
            Turned::Missed(n, how) => self.with(n, |caller, operator, rules, now| {
                let how = CallOutcome::ALL[usize::from(how) % CallOutcome::ALL.len()];
                caller.missed(operator.ok_or(Refused::GrantOver)?, how, rules, now)
            }),
            Turned::Pass(n, to) => self.pass(n, to),
            // Whoever talks is passed on outside; of whoever is, it is told what came of it.
            Turned::Outside(n, then) => self.with(n, |caller, operator, rules, now| match (operator, then) {
                (Some(operator), _) => caller.send_out(operator, &"court".parse().unwrap(), None, rules, now),
                (None, 0) => caller.outside_ended(OutsideEnd::Answered, now),
                (None, _) => caller.outside_ended(OutsideEnd::Failed(CallOutcome::NoAnswer), now),
            }),
            Turned::Consult(n, to, then) => self.consult(n, to, then),
            Turned::CutOff(n) => self
                .with(n, |caller, operator, _, now| caller.cut_off(operator.ok_or(Refused::GrantOver)?, now)),
            Turned::NodeLost(n) => {
                for id in self.callers.keys().copied().collect::<Vec<_>>() {
                    let caller = self.callers[&id].clone();
                    if caller.is_live() && caller.node == Some(node(n)) {
                        let operator = self.operator_of(&caller);
                        let step = caller.node_lost(operator.as_ref(), &self.rules, now).unwrap();
                        let kept = step.caller.as_ref().unwrap();
                        assert!(!kept.is_live() || matches!(kept.state, State::Away(_)));
                        assert_eq!(kept.is_live(), kept.number.is_some());
                        self.take(step);
                    }
                }
            }
            Turned::Choose(n, choice) => {
                let operator = self.operators[&staff(1 + n % 4)].clone();
                let choice = match choice {
                    0 => Choice::Off,
                    1 => Choice::NotReady { reason: None },
                    _ => Choice::Ready,
                };
                let near = Some((operator.skills.clone(), operator.node));
                self.take(operator.choose(choice, near, &self.rules, now).unwrap());
            }
            Turned::Wait(seconds) => self.now += SignedDuration::from_secs(seconds.into()),
        }
    }

    fn holds(&self) {
        for caller in self.callers.values() {
            let (asked, turn) = self.asked[&caller.id];
            assert_eq!((caller.first_asked, caller.turn), (asked, turn), "the clock never restarts");
            // Both records say the same, so that nobody is granted twice and no operator twice.
            if let Some(operator) = self.operator_of(caller) {
                assert_eq!(operator.status.caller(), Some(caller.id));
            }
            let away = matches!(caller.state, State::Away(_));
            assert!(!away || (caller.number.is_some() && caller.node.is_none()));
        }
        for operator in self.operators.values() {
            if let Some(id) = operator.status.caller() {
                assert_eq!(self.callers[&id].operator(), Some(operator.id));
            }
        }
        let callers: Vec<_> = self.callers.values().cloned().collect();
        let operators: Vec<_> = self.operators.values().cloned().collect();
        for standing in standings(&callers, &operators, &self.rules, self.now) {
            assert!(standing.band.is_none_or(|band| band.least < band.most));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Nobody is overtaken, no clock restarts, one grant for a caller and an operator, the same matches in any order.
    #[test]
    fn what_must_hold_holds_after_every_step(turns in prop::collection::vec(turned(), 1..120)) {
        let mut world = World::new();
        for turned in turns {
            world.turn(&turned);
            world.holds();
        }
        // Whoever has not gone is served in the end, if there are operators for everybody.
        for _ in 0..world.callers.len() * 3 {
            world.now += SignedDuration::from_secs(601);
            world.turn(&Turned::Expire);
            for n in 0..4 {
                world.turn(&Turned::Choose(n, 2));
            }
            world.grant();
            for n in 0..=u8::MAX {
                world.turn(&Turned::Accept(n));
                world.turn(&Turned::Reached(n));
                world.turn(&Turned::End(n));
            }
        }
        world.holds();
        prop_assert!(world.callers.values().all(|caller| !caller.is_live()));
    }
}
