//! Whoever runs the desk listens to a colleague's call, says something to the colleague alone, or speaks with both: with a
//! reason, and never without a trace.

use crate::{
    codes::ListenCode,
    ids::{CallRecordId, InquiryId, StaffId, WaitId},
    journal::Happened,
    wait::{Operator, Refused, Status, Unready, WaitRules, WaitStep},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Whoever listened and was ready before is so again after this long at the latest, should nobody say that it is over.
const LONGEST: SignedDuration = SignedDuration::from_hours(2);

/// So many times somebody listened are kept of a call: the first ones and the newest. The journal has them all.
const MOST_LISTENED: usize = 16;

/// Who hears whoever listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListenMode {
    /// Nobody.
    Listen,
    /// The colleague alone.
    Whisper,
    /// Everybody in the call.
    Barge,
}

impl ListenMode {
    /// Every mode.
    pub const ALL: [Self; 3] = [Self::Listen, Self::Whisper, Self::Barge];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Listen => "listen",
            Self::Whisper => "whisper",
            Self::Barge => "barge",
        }
    }

    /// The mode of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == name)
    }
}

/// How a listening ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListenEnd {
    /// Whoever listened left.
    Left,
    /// The colleague's part of the call was over.
    CallOver,
    /// The browser of whoever listened was gone.
    BrowserGone,
}

/// What was done, as the journal keeps it.
#[expect(missing_docs, reason = "each field is what its type says")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum ListenDid {
    /// They began to.
    Began { mode: ListenMode, why: ListenCode },
    /// They are heard by others than before.
    Changed { mode: ListenMode },
    /// They do so no more.
    Ended { how: ListenEnd, seconds: u32 },
}

impl ListenDid {
    /// The stable name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Began { .. } => "began",
            Self::Changed { .. } => "changed",
            Self::Ended { .. } => "ended",
        }
    }
}

/// That somebody listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listening {
    /// Who.
    pub by: StaffId,
    /// To whom.
    pub to: StaffId,
    /// In which call.
    pub call: CallRecordId,
    /// The caller's wait, of somebody who called.
    pub wait: Option<WaitId>,
    /// The inquiry that the call is about, if it is known.
    pub inquiry: Option<InquiryId>,
    /// Why.
    pub why: ListenCode,
    /// Who hears them.
    pub mode: ListenMode,
    /// Since when.
    pub since: Timestamp,
}

impl Listening {
    /// It begins. Whoever listens is offered nobody meanwhile.
    ///
    /// # Errors
    /// [`Refused::NoSuchWord`] without a reason that the agency has; [`Refused::NotFree`] for one's own call;
    /// [`Refused::Operator`] for whoever has a caller, or writes one up.
    pub fn begins(&self, rules: &WaitRules, by: Option<&Operator>) -> Result<WaitStep, Refused> {
        if !rules.knows_listening(&self.why) {
            return Err(Refused::NoSuchWord);
        }
        if self.by == self.to {
            return Err(Refused::NotFree);
        }
        let operator = match by {
            Some(by) => by.listens(self.since)?,
            None => None,
        };
        let did = ListenDid::Began { mode: self.mode, why: self.why.clone() };
        Ok(WaitStep { caller: None, operator, happened: vec![self.happened(did)] })
    }

    /// Others hear them from now on.
    pub fn changes(&self) -> WaitStep {
        let happened = vec![self.happened(ListenDid::Changed { mode: self.mode })];
        WaitStep { caller: None, operator: None, happened }
    }

    /// It is over. Who was ready before is so again.
    pub fn ends(&self, how: ListenEnd, by: Option<&Operator>, now: Timestamp) -> WaitStep {
        let seconds = u32::try_from(now.duration_since(self.since).as_secs().max(0)).unwrap_or(u32::MAX);
        let mut happened = vec![self.happened(ListenDid::Ended { how, seconds })];
        let ready = by.and_then(|by| by.asked_no_more(now));
        let operator = ready.and_then(|step| {
            happened.extend(step.happened);
            step.operator
        });
        WaitStep { caller: None, operator, happened }
    }

    const fn happened(&self, did: ListenDid) -> Happened {
        Happened::Listened { call: self.call, by: self.by, to: self.to, wait: self.wait, did }
    }
}

impl Operator {
    /// They listen to a colleague: who was ready is offered nobody. Nothing for who was not.
    fn listens(&self, now: Timestamp) -> Result<Option<Self>, Refused> {
        let mut operator = self.settled(now);
        match operator.status {
            Status::Off | Status::NotReady { .. } => Ok(None),
            Status::Ready { since } => {
                operator.version = self.version + 1;
                let until = now.saturating_add(LONGEST).unwrap_or(now);
                operator.status = Status::NotReady { why: Unready::Listens, since, until: Some(until) };
                Ok(Some(operator))
            }
            Status::Ringing { .. } | Status::Talking { .. } | Status::WrapUp { .. } => {
                Err(Refused::Operator { state: operator.status.as_str().to_owned() })
            }
        }
    }
}

/// That somebody listened, as the record of the call keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listened {
    /// Who.
    pub by: StaffId,
    /// To whom.
    pub to: StaffId,
    /// Why.
    pub why: ListenCode,
    /// Who heard them, one after the other or not.
    pub modes: BTreeSet<ListenMode>,
    /// From when on.
    pub from: Timestamp,
    /// Until when; none while it goes on.
    pub until: Option<Timestamp>,
}

/// Keeps in the record of a call that somebody listens.
pub fn keep(listened: &mut Vec<Listened>, listening: &Listening) {
    if listened.len() == MOST_LISTENED {
        listened.remove(MOST_LISTENED / 2);
    }
    let Listening { by, to, why, mode, since, .. } = listening;
    let (why, modes) = (why.clone(), BTreeSet::from([*mode]));
    listened.push(Listened { by: *by, to: *to, why, modes, from: *since, until: None });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wait::{Named, WaitRulesAsWritten};

    fn at(seconds: i64) -> Timestamp {
        "2026-11-23T15:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
    }

    fn staff(n: u8) -> StaffId {
        StaffId::new(at(0), &[n; 10])
    }

    fn listening() -> Listening {
        Listening {
            by: staff(1),
            to: staff(2),
            call: CallRecordId::new(at(0), &[3; 10]),
            wait: None,
            inquiry: None,
            why: "coaching".parse().unwrap(),
            mode: ListenMode::Listen,
            since: at(10),
        }
    }

    fn rules() -> WaitRules {
        let coaching =
            Named { code: "coaching".parse().unwrap(), name: crate::text::Text::new(std::iter::empty()) };
        WaitRules::new(WaitRulesAsWritten { listen: vec![coaching], ..WaitRulesAsWritten::default() })
            .unwrap()
    }

    fn ready() -> Operator {
        let mut operator = Operator::new(staff(1));
        operator.status = Status::Ready { since: at(0) };
        operator
    }

    #[test]
    fn nobody_listens_without_a_reason_or_to_themselves() {
        let begins = |listening: &Listening, rules: &WaitRules| listening.begins(rules, None).unwrap_err();
        assert_eq!(
            begins(&listening(), &WaitRules::default()),
            Refused::NoSuchWord,
            "an agency without reasons"
        );
        let curious = Listening { why: "curious".parse().unwrap(), ..listening() };
        assert_eq!(begins(&curious, &rules()), Refused::NoSuchWord);
        assert_eq!(begins(&Listening { to: staff(1), ..listening() }, &rules()), Refused::NotFree);
        let mut talks = ready();
        talks.status = Status::Talking { caller: WaitId::new(at(0), &[4; 10]), since: at(5) };
        let refused = listening().begins(&rules(), Some(&talks)).unwrap_err();
        assert_eq!(refused, Refused::Operator { state: "talking".to_owned() });
    }

    #[test]
    fn who_listens_is_offered_nobody_and_is_afterwards_what_they_were() {
        let begun = listening().begins(&rules(), Some(&ready())).unwrap();
        let listens = begun.operator.clone().unwrap();
        assert!(matches!(listens.status, Status::NotReady { why: Unready::Listens, .. }));
        assert_eq!(
            listens.settled(at(10 + 7_200)).status.as_str(),
            "ready",
            "should nobody say that it is over"
        );
        let ended = listening().ends(ListenEnd::Left, Some(&listens), at(75));
        assert_eq!(ended.operator.unwrap().status, Status::Ready { since: at(0) }, "the turn is not lost");
        let did = |step: &WaitStep| match &step.happened[0] {
            Happened::Listened { did, .. } => did.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(did(&begun), ListenDid::Began { mode: ListenMode::Listen, why: listening().why });
        let ended = listening().ends(ListenEnd::CallOver, None, at(75));
        assert_eq!(did(&ended), ListenDid::Ended { how: ListenEnd::CallOver, seconds: 65 });
        assert_eq!(ended.happened.len(), 1);
        let off = Operator::new(staff(1));
        assert_eq!(listening().begins(&rules(), Some(&off)).unwrap().operator, None);
        assert_eq!(listening().ends(ListenEnd::Left, Some(&off), at(75)).operator, None);
    }

    #[test]
    fn the_record_of_a_call_keeps_so_many() {
        let mut kept = Vec::new();
        for n in 0..40 {
            keep(&mut kept, &Listening { since: at(n), ..listening() });
        }
        assert_eq!(kept.len(), MOST_LISTENED);
        assert_eq!((kept[0].from, kept[MOST_LISTENED - 1].from), (at(0), at(39)));
    }
}
