//! An operator passes a caller on: the desk writes it, then the line takes the caller up again at the place they have.

use super::{Running, call::CallKey, came::Came};
use crate::{board::Reply, inbox::Arrives};
use ::line::{Answer, Event};
use desk::{Caller, Who};
use domain::{
    actor::Staff,
    codes::PassCode,
    ids::{StaffId, WaitId},
    wait::PassTo,
};
use media::Command as Sound;
use web::switchboard::{Ended, SwitchboardError, With};

impl Running {
    /// The caller of the line whom this member of staff talks with.
    pub(super) fn talks_with(&self, staff: StaffId) -> Option<(CallKey, WaitId)> {
        let call = self.call_of(staff)?;
        let waits = &self.calls.get(&call)?.waits;
        waits.connected.and(waits.id).map(|wait| (call, wait))
    }

    /// Passes the caller on. Whoever asks hears whether the desk has done it.
    pub(super) fn pass_on(&mut self, staff: &Staff, to: PassTo, why: Option<PassCode>, reply: Reply<()>) {
        let refused = match (self.talks_with(staff.id), &to) {
            (None, _) => Err(SwitchboardError::NotNow),
            _ if self.consults(staff.id) => Err(SwitchboardError::NotNow),
            (Some(_), PassTo::Operator(to)) if !self.can_be_rung(*to) => Err(SwitchboardError::NoWay),
            (Some(talk), PassTo::Outside(to)) => self.may_send_out(to).map(|()| talk),
            (Some(talk), _) => Ok(talk),
        };
        let (call, wait) = match refused {
            Ok(talk) => talk,
            Err(error) => {
                // Whoever asked may have gone.
                let _ = reply.send(Err(error));
                return;
            }
        };
        let key = self.once("transfer-wait");
        let caller = Caller::new(Who::Staff(Box::new(staff.clone())), key, self.clock.now());
        let (desk, inbox, staff) = (self.desk.borrow().clone(), self.inbox.clone(), staff.id);
        tokio::spawn(async move {
            let done = desk.transfer_wait(&caller, wait, &to, why.as_ref()).await;
            if done.is_ok() {
                let came = match to.outside() {
                    Some(to) => Came::SentOut { staff, wait, call, to: to.clone() },
                    None => Came::Passed { staff, wait, call },
                };
                inbox.put(Arrives::Waits(came)).await;
            }
            let _ = reply.send(done.map(drop).map_err(SwitchboardError::from));
        });
    }

    /// The talk is over for the desk: the operator wraps up. The caller held for so many seconds, where that is known.
    pub(super) fn end_talk(&mut self, _staff: StaffId, with: With, held: Option<u32>) {
        if let With::Wait { wait, .. } = with {
            self.of_wait(
                "end-talk",
                move |desk, caller| async move { desk.end_talk(&caller, wait, held).await },
            );
        }
    }

    /// The desk has passed the caller on: the operator is out of the call, and the line goes on with the caller.
    pub(super) fn passed(&mut self, staff: StaffId, wait: WaitId, call: CallKey) {
        let now = self.clock.now();
        self.end_tape(call);
        if self.is_in(staff, call) {
            self.ends(staff, Ended::Transferred);
            self.talk_over(staff);
        }
        let Some(known) = self.calls.get_mut(&call) else { return self.dropped(wait, true) };
        // Somebody else may have them already.
        known.waits.operator = known.waits.operator.filter(|operator| *operator != staff);
        known.record.holds(false, now);
        known.record.waits(wait, now);
        let (leg, ask) = (known.leg, known.waits.connected.take());
        self.sound(Sound::Unhold { leg });
        self.sound(Sound::Unbridge { leg });
        if let Some(ask) = ask {
            self.line(call, Event::Answered { ask, answer: Box::new(Answer::NotConnected) });
        }
        self.poke.notify_one();
    }
}
