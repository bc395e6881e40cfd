//! How an operator's time on duty goes by: written down piece by piece, so that it can be counted afterwards.
//!
//! Each writing of an operator's record closes the piece that went on until then. Once a talk is over, its operator's pieces go into the
//! record of whoever they talked with: that one is found by when it was over, and is kept only so long. Time off duty, and time in
//! which an operator's browser was gone, is no piece: then there is a gap.

use super::{Operator, Status, Unready, WaitStep, WaitingCaller};
use crate::{
    codes::PauseCode,
    ids::{StaffId, WaitId},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// So many pieces a record keeps of one operator: the newest.
pub const MOST_SPELLS: usize = 64;
/// So many operators' pieces a caller's record keeps: the newest.
const MOST_OPERATORS: usize = 16;

/// What an operator did in a piece of their time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "was", rename_all = "kebab-case")]
pub enum Was {
    /// Waited for a caller.
    Ready,
    /// Their telephone rang.
    Ringing,
    /// Dialled somebody who was to be called back, until that one was there or the call had failed.
    Calling,
    /// Talked with somebody, who may have held meanwhile.
    Talking,
    /// Wrote down what came of a call.
    WrapUp,
    /// Was on duty and not ready.
    NotReady {
        /// The agency's word for why, where they chose so and said it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<PauseCode>,
    },
}

/// A piece of an operator's time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spell {
    /// What they did.
    #[serde(flatten)]
    pub was: Was,
    /// For whom, where it was for somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<WaitId>,
    /// From when.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// The pieces of one operator's time that a caller's record keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// Whose time.
    pub operator: StaffId,
    /// The pieces, in order.
    pub spells: Vec<Spell>,
}

fn push(spells: &mut Vec<Spell>, was: Option<(Was, Option<WaitId>)>, since: Timestamp, until: Timestamp) {
    let Some((was, of)) = was.filter(|_| since < until) else { return };
    match spells.last_mut() {
        Some(last) if last.until == since && last.was == was && last.of == of => last.until = until,
        _ => spells.push(Spell { was, of, since, until }),
    }
    let too_many = spells.len().saturating_sub(MOST_SPELLS);
    spells.drain(..too_many);
}

impl Status {
    /// What a piece of time in this state is, and for whom; none when it is none.
    fn was(&self) -> Option<(Was, Option<WaitId>)> {
        match self {
            Self::Off | Self::NotReady { why: Unready::Lost, .. } => None,
            Self::NotReady { why: Unready::Chosen { reason }, .. } => {
                Some((Was::NotReady { reason: reason.clone() }, None))
            }
            Self::NotReady { .. } => Some((Was::NotReady { reason: None }, None)),
            Self::Ready { .. } => Some((Was::Ready, None)),
            Self::Ringing { caller, .. } => Some((Was::Ringing, Some(*caller))),
            Self::Talking { caller, .. } => Some((Was::Talking, Some(*caller))),
            Self::WrapUp { caller, .. } => Some((Was::WrapUp, Some(*caller))),
        }
    }

    /// When it is over by itself.
    const fn runs_out(&self) -> Option<Timestamp> {
        match self {
            Self::WrapUp { until, .. } => Some(*until),
            Self::NotReady { until, .. } => *until,
            _ => None,
        }
    }
}

impl Operator {
    /// The pieces of their time that no caller's record keeps yet, up to `now`.
    pub fn spells_until(&self, now: Timestamp) -> Vec<Spell> {
        let mut spells = self.spells.clone();
        // What went on when an older release wrote the record is not known.
        let Some(from) = self.counted else { return spells };
        let runs_out = self.status.runs_out().filter(|at| *at <= now);
        let turn = runs_out.map_or(now, |at| at.max(from));
        push(&mut spells, self.status.was(), from, turn);
        if runs_out.is_some() {
            push(&mut spells, self.settled(now).status.was(), turn, now);
        }
        spells
    }

    /// The piece that goes on at `now`, if one does: it is in [`Self::spells_until`], and not over.
    pub fn goes_on(&self, now: Timestamp) -> Option<Was> {
        self.settled(now).status.was().map(|(was, _)| was)
    }

    /// They have talked since then with whom they dialled before.
    pub(super) fn split_talk(&mut self, caller: WaitId, since: Timestamp) {
        let talk = self.spells.last().filter(|last| last.was == Was::Talking && last.of == Some(caller));
        let Some(talk) = talk.cloned().filter(|talk| talk.since < since) else { return };
        self.spells.pop();
        push(&mut self.spells, Some((Was::Calling, talk.of)), talk.since, since.min(talk.until));
        push(&mut self.spells, Some((Was::Talking, talk.of)), since, talk.until);
    }

    /// Whom they called was not reached.
    pub(super) fn called_in_vain(&mut self, caller: WaitId) {
        if let Some(last) =
            self.spells.last_mut().filter(|last| last.was == Was::Talking && last.of == Some(caller))
        {
            last.was = Was::Calling;
        }
    }

    /// Where the newest pieces begin between which there is no gap.
    fn shift(&self) -> usize {
        let gap = self.spells.windows(2).rposition(|two| matches!(two, [a, b] if a.until != b.since));
        gap.map_or(0, |before| before + 1)
    }

    /// Whose record is to take the pieces since their last talk: whoever it was with.
    pub fn last_with(&self) -> Option<WaitId> {
        self.spells.get(self.shift()).filter(|first| first.was == Was::WrapUp)?.of
    }
}

impl WaitingCaller {
    /// This record keeps the operator's newest pieces from now on. Those before a gap stay: nobody knows when they are moved, so they
    /// would not be found by when this was over.
    pub(super) fn takes_time(&mut self, operator: &mut Operator) {
        let spells = operator.spells.split_off(operator.shift());
        if spells.is_empty() {
            return;
        }
        self.spent.push(Spent { operator: operator.id, spells });
        let too_many = self.spent.len().saturating_sub(MOST_OPERATORS);
        self.spent.drain(..too_many);
    }

    /// So long they held while an operator had them, all in all.
    #[must_use]
    pub fn has_held(mut self, seconds: Option<u32>) -> Self {
        self.held = seconds.or(self.held);
        self
    }

    /// The operator who has them, or had them last, passes the matter on to an officer. Nothing when they are another's.
    pub fn goes_to_officer(&self, operator: &Operator) -> Option<WaitStep> {
        let theirs = matches!(
            operator.status,
            Status::Talking { caller, .. } | Status::WrapUp { caller, .. } if caller == self.id
        );
        if !theirs || self.talked.is_none() || self.escalated {
            return None;
        }
        let mut caller = self.next();
        caller.escalated = true;
        Some(WaitStep { caller: Some(caller), operator: None, happened: Vec::new() })
    }
}

impl WaitStep {
    /// The same, and the record of the last with whom this operator talked keeps the pieces since then: their day begins or ends, and
    /// the next talk may be days away.
    #[must_use]
    pub fn with_time_in(mut self, last: &WaitingCaller) -> Self {
        let fits = self.caller.is_none() && !last.is_live();
        if let Some(operator) = self.operator.as_mut().filter(|one| fits && one.last_with() == Some(last.id))
        {
            let mut caller = last.next();
            caller.takes_time(operator);
            self.caller = Some(caller);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        callback::CallOutcome,
        wait::{
            AwayWhy, Choice, How,
            tests::{at, both, joined, new, ready, rules},
        },
    };
    use proptest::prelude::*;

    fn seconds(spells: &[Spell]) -> Vec<(Was, i64)> {
        spells.iter().map(|one| (one.was.clone(), one.until.duration_since(one.since).as_secs())).collect()
    }

    #[test]
    fn a_call_that_was_held_leaves_every_piece_with_its_caller() {
        let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
        assert!(caller.measured && operator.spells.is_empty());
        let (caller, operator) = both(caller.offer(&operator, &rules(), at(10)));
        let (caller, operator) = both(caller.accept(&operator, 1, None, at(14)));
        let (caller, operator) = both(caller.has_held(Some(30)).end_talk(&operator, &rules(), at(114)));
        assert!(operator.spells.is_empty(), "the caller's record has them");
        assert_eq!(caller.held, Some(30));
        let [spent] = &caller.spent[..] else { panic!("one operator's time: {:?}", caller.spent) };
        assert_eq!(spent.operator, operator.id);
        assert_eq!(seconds(&spent.spells), [(Was::Ready, 10), (Was::Ringing, 4), (Was::Talking, 100)]);
        assert_eq!(spent.spells[2].of, Some(caller.id));
        // The wrap-up runs out by itself; what came after it is apart, also when nobody wrote it down at the time.
        let Status::WrapUp { until, .. } = operator.status else { panic!("{:?}", operator.status) };
        let wraps = until.duration_since(at(114)).as_secs();
        let later = operator.spells_until(until + jiff::SignedDuration::from_secs(60));
        assert_eq!(seconds(&later), [(Was::WrapUp, wraps), (Was::Ready, 60)]);
        assert_eq!(operator.goes_on(until), Some(Was::Ready));
    }

    #[test]
    fn dialling_is_no_talk() {
        let mut away = new(1);
        away.node = None;
        let (caller, operator) = (joined(away, at(0)), ready(1, at(0)));
        let (caller, operator) = both(caller.offer(&operator, &rules(), at(10)));
        let (caller, operator) = both(caller.accept(&operator, 1, None, at(12)));
        // Not reached: all of it was dialling.
        let (_, free) = both(caller.missed(&operator, CallOutcome::NoAnswer, &rules(), at(42)));
        assert_eq!(seconds(&free.spells), [(Was::Ready, 10), (Was::Ringing, 2), (Was::Calling, 30)]);
        // Reached after eight seconds.
        let reached = caller.reached(at(20)).unwrap().caller.unwrap();
        let (over, _) = both(reached.end_talk(&operator, &rules(), at(80)));
        let told = [(Was::Ready, 10), (Was::Ringing, 2), (Was::Calling, 8), (Was::Talking, 60)];
        assert_eq!(seconds(&over.spent[0].spells), told);
    }

    #[test]
    fn time_off_duty_is_a_gap_and_the_last_caller_keeps_the_end_of_the_day() {
        let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
        let (caller, operator) = both(caller.offer(&operator, &rules(), at(10)));
        let (caller, operator) = both(caller.accept(&operator, 1, None, at(11)));
        let (over, operator) = both(caller.end_talk(&operator, &rules(), at(100)));
        let pause = operator.choose(Choice::NotReady { reason: None }, None, &rules(), at(103)).unwrap();
        let off = pause.operator.unwrap().choose(Choice::Off, None, &rules(), at(203)).unwrap();
        assert_eq!(off.operator.as_ref().and_then(Operator::last_with), Some(over.id));
        let closed = off.clone().with_time_in(&over);
        let (kept, gone) = (closed.caller.unwrap(), closed.operator.unwrap());
        assert_eq!(kept.version, over.version + 1);
        assert_eq!(seconds(&kept.spent[1].spells), [(Was::WrapUp, 3), (Was::NotReady { reason: None }, 100)]);
        assert!(gone.spells.is_empty());
        // Somebody else's record, or one whose wait goes on, takes nothing.
        let other = joined(new(2), at(0));
        assert!(off.clone().with_time_in(&other).caller.is_none());
        // The night is nobody's time.
        let next = gone.choose(Choice::Ready, None, &rules(), at(90_000)).unwrap().operator.unwrap();
        assert_eq!(seconds(&next.spells_until(at(90_010))), [(Was::Ready, 10)]);
        // A shift without a call stays with the operator, whoever comes in the next one.
        let idle = next.choose(Choice::Off, None, &rules(), at(90_050)).unwrap().operator.unwrap();
        let again = idle.choose(Choice::Ready, None, &rules(), at(180_000)).unwrap().operator.unwrap();
        let (caller, operator) = both(joined(new(3), at(180_000)).offer(&again, &rules(), at(180_005)));
        let (caller, operator) = both(caller.accept(&operator, 1, None, at(180_006)));
        let (over, operator) = both(caller.end_talk(&operator, &rules(), at(180_016)));
        assert_eq!(seconds(&operator.spells), [(Was::Ready, 50)]);
        assert_eq!(seconds(&over.spent[0].spells), [(Was::Ready, 5), (Was::Ringing, 1), (Was::Talking, 10)]);
    }

    #[test]
    fn a_record_of_an_older_release_begins_to_be_counted_when_it_is_written_next() {
        let mut old = serde_json::to_value(ready(1, at(0))).unwrap();
        for field in ["spells", "counted"] {
            old.as_object_mut().unwrap().remove(field);
        }
        let old: Operator = serde_json::from_value(old).unwrap();
        assert_eq!(old.spells_until(at(500)), []);
        let paused = old.choose(Choice::NotReady { reason: None }, None, &rules(), at(500)).unwrap();
        let paused = paused.operator.unwrap();
        assert_eq!(seconds(&paused.spells_until(at(520))), [(Was::NotReady { reason: None }, 20)]);
        let mut old = serde_json::to_value(joined(new(1), at(0))).unwrap();
        for field in ["measured", "spent", "held", "escalated", "about"] {
            old.as_object_mut().unwrap().remove(field);
        }
        let old: WaitingCaller = serde_json::from_value(old).unwrap();
        assert!(!old.measured && old.held.is_none());
    }

    proptest! {
        /// Whatever an operator does, the pieces stand in order, none lies over another, and while they are on duty there is no gap.
        #[test]
        fn pieces_are_whole(moves in prop::collection::vec((0_u8..7, 1_i64..400), 1..40)) {
            let mut now = 0;
            let mut operator = ready(1, at(0));
            let mut spent: Vec<Spell> = Vec::new();
            let mut gaps = 0_i64;
            for (n, (what, after)) in moves.into_iter().enumerate() {
                let before = operator.settled(at(now));
                now += after;
                if before.status == Status::Off {
                    gaps += after;
                }
                let then = operator.settled(at(now));
                let caller = joined(new(u8::try_from(n).unwrap()), at(now));
                match what {
                    0 | 1 if matches!(then.status, Status::Ready { .. }) => {
                        let (caller, rung) = both(caller.offer(&operator, &rules(), at(now)));
                        operator = rung;
                        if what == 0 {
                            let (caller, talks) = both(caller.accept(&operator, 1, None, at(now + 1)));
                            let (over, wraps) = both(caller.end_talk(&talks, &rules(), at(now + 20)));
                            spent.extend(over.spent.into_iter().flat_map(|one| one.spells));
                            operator = wraps;
                            now += 20;
                        } else {
                            let left = caller.leave(Some(&operator), How::GaveUp, &rules(), at(now + 3));
                            operator = left.unwrap().operator.unwrap();
                            now += 3;
                        }
                    }
                    2 => operator = chosen(&operator, Choice::Off, now),
                    3 => operator = chosen(&operator, Choice::NotReady { reason: None }, now),
                    4 => operator = chosen(&operator, Choice::Ready, now),
                    _ => {}
                }
            }
            spent.extend(operator.spells_until(at(now)));
            spent.sort_by_key(|one| one.since);
            let mut counted = 0;
            for one in &spent {
                prop_assert!(one.since < one.until);
                counted += one.until.duration_since(one.since).as_secs();
            }
            for two in spent.windows(2) {
                prop_assert!(two[0].until <= two[1].since, "{two:?}");
            }
            prop_assert!(counted <= now);
            if gaps == 0 && spent.len() < MOST_SPELLS {
                prop_assert_eq!(counted, now, "{:?}", spent);
            }
        }
    }

    fn chosen(operator: &Operator, choice: Choice, now: i64) -> Operator {
        operator.choose(choice, None, &rules(), at(now)).unwrap().operator.unwrap()
    }

    #[test]
    fn only_whose_caller_it_is_passes_them_on_to_an_officer() {
        let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
        let (caller, operator) = both(caller.offer(&operator, &rules(), at(10)));
        assert!(caller.goes_to_officer(&operator).is_none(), "nobody spoke with them");
        let (caller, operator) = both(caller.accept(&operator, 1, None, at(11)));
        assert!(caller.goes_to_officer(&ready(2, at(0))).is_none());
        let passed = caller.goes_to_officer(&operator).unwrap().caller.unwrap();
        assert!(passed.escalated && passed.goes_to_officer(&operator).is_none(), "once");
        let kept = joined(new(2), at(0)).keep(None, AwayWhy::Asked, &rules(), at(1)).unwrap();
        assert!(kept.caller.unwrap().goes_to_officer(&operator).is_none());
    }
}
