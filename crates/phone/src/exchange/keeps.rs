//! What is kept of calls: their records, and what numbers choose.

use super::{
    Running,
    call::{Call, CallKey, Role},
};
use crate::{
    answering::Phase,
    inbox::Arrives,
    record::{Beside, Ending, Memory, Record},
    recorder::Kept,
};
use domain::{
    call_record::{CallFault, TurnedAway, Way},
    notice_call::NoticeCallEnd,
    phone::PhoneNumber,
    remembered::Remembered,
    text::Lang,
};
use media::LegId;
use sip::TrunkId;
use std::time::Duration;
use web::switchboard::{Ended, SoftphoneState};

/// For so long the line waits to learn what a number chose before; then it asks.
const RECALL: Duration = Duration::from_millis(400);

impl Running {
    fn beside<'a>(&'a self, known: &Call) -> Beside<'a> {
        Beside {
            way: match known.role {
                Role::Caller => Way::In,
                Role::Visitor(_) => Way::Browser,
                Role::Callback { .. } | Role::Telling(_) | Role::Outside(_) => Way::Out,
            },
            trunk: known.record.trunk.map(|trunk| self.trunk_name(trunk)),
            node: self.node,
            phone: known.number.as_ref().map(|number| known.desk.links().phone_key(number)),
            lang: known.line.as_ref().map(::line::Engine::lang).or_else(|| known.lang.clone()),
        }
    }

    /// Calls that last are written down while they go on.
    pub(super) fn record_what_lasts(&mut self) {
        let now = self.clock.now();
        let due = |(call, known): (&CallKey, &Call)| {
            (known.record.is_due(now) && !matches!(known.role, Role::Outside(_))).then_some(*call)
        };
        let calls: Vec<CallKey> = self.calls.iter().filter_map(due).collect();
        for call in calls {
            let Some(mut record) = self.calls.get(&call).map(|known| known.record.clone()) else { continue };
            let Some(known) = self.calls.get(&call) else { continue };
            let kept = record.going_on(self.beside(known), self.inbox.dice(), now);
            if let (Some(kept), Some(known)) = (kept, self.calls.get_mut(&call)) {
                known.record = record;
                self.recorder.keep(Kept::Call(Box::new(kept)));
            }
        }
    }

    /// The call is over: its record is written.
    pub(super) fn record_end(&self, known: &Call, ending: Ending) {
        // A call outside stands in the record of the caller who was passed on.
        if matches!(known.role, Role::Outside(_)) {
            return;
        }
        let now = self.clock.now();
        let mut record = known.record.clone();
        if let Role::Callback { staff, with, phase, .. } = known.role {
            if phase == Phase::Talking {
                record.talks(staff, now);
            }
            if let SoftphoneState::Ended { outcome: Ended::NotReached(outcome), .. } = self.lights.get(staff)
            {
                record.outcome = Some(outcome);
            }
            record.called_about(with.inquiry());
        }
        if let Role::Telling(telling) = &known.role {
            record.outcome = telling.phase.end().map(NoticeCallEnd::outcome);
            record.called_about(Some(telling.call.inquiry));
        }
        let waits = &known.waits;
        record.came.kept |=
            waits.keep && waits.id.is_some() && waits.operator.is_none() && known.number.is_some();
        let record = record.over(ending, self.beside(known), self.inbox.dice(), now);
        self.recorder.keep(Kept::Call(Box::new(record)));
    }

    /// A call was turned away: that too is told. One from a browser has no trunk.
    pub(super) fn record_refusal(&self, trunk: Option<TrunkId>, number: Option<&PhoneNumber>) {
        let now = self.clock.now();
        let mut record = Record::begin(trunk, now);
        record.fault(CallFault::NoPort);
        record.turned_away(TurnedAway::Full);
        let phone = number.map(|number| self.desk.borrow().links().phone_key(number));
        let way = if trunk.is_some() { Way::In } else { Way::Browser };
        let trunk = trunk.map(|trunk| self.trunk_name(trunk));
        let beside = Beside { way, trunk, node: self.node, phone, lang: None };
        let record = record.over(Ending::Early, beside, self.inbox.dice(), now);
        self.recorder.keep(Kept::Call(Box::new(record)));
    }

    /// Looks for what this number chose before, while the call is being answered.
    pub(super) fn recall(&mut self, call: CallKey) {
        let now = self.clock.now();
        let Some(known) = self.calls.get_mut(&call) else { return };
        let Some(number) = known.number.clone() else { return };
        known.record.memory = Memory::Asked { begin: false };
        let (desk, inbox) = (known.desk.clone(), self.inbox.clone());
        tokio::spawn(async move {
            let looked = tokio::time::timeout(RECALL, desk.remembered(&number, now)).await;
            let known = match looked {
                Ok(Ok(known)) => known,
                Ok(Err(error)) => {
                    tracing::warn!(%error, "what a number chose before cannot be looked up");
                    None
                }
                Err(_late) => None,
            };
            inbox.put(Arrives::Recalled { call, known: known.map(Box::new) }).await;
        });
    }

    /// What the number chose before is known; the line begins if it waited for that.
    pub(super) fn recalled(&mut self, call: CallKey, chosen: Option<Box<Remembered>>) {
        let Some(known) = self.calls.get_mut(&call) else { return };
        let begin = known.record.memory == Memory::Asked { begin: true };
        known.record.memory = Memory::Known(chosen.map(|chosen| *chosen));
        if begin {
            self.begin(call, None);
        }
    }

    /// The line is to begin: whether it first waits to learn what the number chose.
    pub(super) fn waits_to_recall(&mut self, call: CallKey) -> bool {
        let Some(known) = self.calls.get_mut(&call) else { return false };
        if let Memory::Asked { begin } = &mut known.record.memory {
            *begin = true;
            return true;
        }
        false
    }

    /// The number chose a language, or calls again in the one it chose.
    pub(super) fn remember(&mut self, call: CallKey, lang: &Lang) {
        let now = self.clock.now();
        let Some(known) = self.calls.get_mut(&call) else { return };
        // Who withholds the number is not remembered, and neither is whom we call.
        let (Some(number), Memory::Known(before), Some(engine)) =
            (&known.number, &mut known.record.memory, &known.line)
        else {
            return;
        };
        let phone = known.desk.links().phone_key(number);
        let next = Remembered::chosen(before.as_ref(), &phone, lang, engine.accommodation(), now);
        if let Some(next) = next {
            *before = Some(next.clone());
            self.recorder.keep(Kept::Chosen(next));
        }
    }

    /// Whether it is no sign of a dead line when nothing is heard of this caller: a relay's or a typing caller's pauses are
    /// long, and some gateways send nothing in them.
    pub(super) fn may_be_silent(&self, leg: LegId) -> bool {
        let known = self.legs.get(&leg).and_then(|call| self.calls.get(call));
        known.and_then(|known| known.line.as_ref()).is_some_and(|line| line.accommodation().may_be_silent())
    }
}
