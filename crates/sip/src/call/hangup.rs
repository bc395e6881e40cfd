//! Ends of calls, from either side.

use super::{Call, Stage};
use crate::{
    CallId, CommandError, Ended, Endpoint, Event,
    endpoint::Held,
    flows::Arrival,
    message::{Method, Request},
    sdp,
    transaction::{Owner, Ticket},
};
use std::time::Instant;

impl Endpoint {
    pub(crate) fn hangup(&mut self, now: Instant, id: CallId) -> Result<(), CommandError> {
        self.with_live(id, |this, call| {
            match &mut call.stage {
                Stage::Offered(_) => this.drop_offered(now, call, 480, Ended::Ours),
                Stage::Dialling(dialling) => {
                    let branch = dialling.branch.clone();
                    this.timers.cancel(&mut dialling.ringing);
                    this.abandon(now, &branch);
                    this.ended(call, Ended::Ours);
                    call.stage = Stage::Over;
                }
                // Who was called may not end the call before its answer was acknowledged (RFC 3261, section 15).
                Stage::Up if call.unacked.is_some() && !call.established => this.ended(call, Ended::Ours),
                Stage::Up => this.part(now, call, Ended::Ours),
                Stage::Over => return Err(CommandError::NoCall),
            }
            Ok(())
        })
    }

    /// Sends BYE and tells why. Their own BYE may cross with it.
    pub(crate) fn part(&mut self, now: Instant, call: &mut Call, why: Ended) {
        let hop = self.hop(&call.dialog);
        let bye = call.dialog.request(Method::Bye, hop);
        let key = (call.dialog.call_id.clone(), call.dialog.local_tag.clone());
        self.dialogs.insert(key.clone(), Held::Parting);
        self.submit(now, bye, Owner::Bye(key.0, key.1));
        self.ended(call, why);
        call.stage = Stage::Over;
    }

    /// A BYE, whether or not our answer was acknowledged.
    pub(crate) fn parted(&mut self, now: Instant, ticket: &Ticket, call: &mut Call) {
        self.plain(now, ticket, 200);
        match &mut call.stage {
            Stage::Offered(_) => self.drop_offered(now, call, 487, Ended::ByPeer),
            Stage::Dialling(dialling) => {
                let branch = dialling.branch.clone();
                self.timers.cancel(&mut dialling.ringing);
                self.abandon(now, &branch);
                self.ended(call, Ended::ByPeer);
                call.stage = Stage::Over;
            }
            Stage::Up | Stage::Over => {
                self.ended(call, Ended::ByPeer);
                call.stage = Stage::Over;
            }
        }
    }

    /// An ACK of a 2xx.
    pub(crate) fn acknowledged(&mut self, now: Instant, arrival: Arrival, request: &Request) {
        let common = &request.common;
        let dialog = (common.call_id.clone(), common.to.tag().unwrap_or_default().to_owned());
        let Some(Held::Call(id)) = self.dialogs.get(&dialog).copied() else { return };
        self.with(id, |this, call| {
            let ours = common.from.tag().unwrap_or_default() == call.dialog.remote_tag;
            if !ours || call.unacked.as_ref().is_none_or(|unacked| unacked.cseq != common.cseq) {
                return;
            }
            let Some(unacked) = this.stop_resending(call) else { return };
            call.seen(arrival);
            let first = !call.established;
            call.established = true;
            if call.ghost {
                return this.part(now, call, Ended::Ours);
            }
            if unacked.offered {
                let body = common.session_description().ok().flatten();
                let Some(theirs) = body.and_then(|body| sdp::read(&body).ok()) else {
                    return this.part(now, call, Ended::NoAgreement);
                };
                let plan = sdp::agree(&theirs, call.wanted());
                let before = call.plan.replace(plan);
                if first {
                    this.tell(call, Event::Answered { call: id, plan });
                } else if before != Some(plan) {
                    this.tell(call, Event::MediaChanged { call: id, plan });
                }
            }
            if first {
                this.tell(call, Event::Established { call: id });
            }
        });
    }

    /// Nobody acknowledged our 2xx.
    pub(crate) fn no_ack(&mut self, now: Instant, id: CallId) {
        self.with(id, |this, call| {
            if this.stop_resending(call).is_some() {
                this.part(now, call, Ended::NoAck);
            }
        });
    }
}
