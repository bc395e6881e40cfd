//! Provisional answers that are acknowledged (RFC 3262), as the one who is called.

use super::{Call, Offered, Stage};
use crate::{
    CallId, CommandError, Ended, Endpoint, Event,
    api::Command,
    flows::{Arrival, Path},
    message::{Content, Request, Writer},
    sdp,
    timers::{CallDue, Due, TimerId},
    transaction::Ticket,
};
use bytes::Bytes;
use ezk_sip_types::{Name, header::typed::RAck};
use std::time::{Duration, Instant};

/// A reliable provisional answer that waits for its PRACK.
pub(crate) struct Pending {
    path: Path,
    data: Bytes,
    pause: Duration,
    resend: Option<TimerId>,
    end: Option<TimerId>,
    described: bool,
}

impl Endpoint {
    pub(crate) fn ring_reliably(
        &mut self,
        now: Instant,
        call: &mut Call,
        code: u16,
        mut writer: Writer,
        content: Option<&Content>,
    ) -> Result<(), CommandError> {
        let t1 = self.settings.waits.t1;
        let Stage::Offered(offered) = &mut call.stage else { return Err(CommandError::State) };
        offered.rseq += 1;
        writer.line("Require", "100rel").line("RSeq", offered.rseq);
        let data = writer.finish(content);
        let ticket = offered.ticket.clone();
        offered.pending = Some(Pending {
            path: ticket.path,
            data: data.clone(),
            pause: t1,
            resend: Some(self.timers.set(now + t1, Due::Call(call.id, CallDue::Provisional))),
            end: Some(self.timers.set(now + 64 * t1, Due::Call(call.id, CallDue::NoPrack))),
            described: content.is_some(),
        });
        self.answer(now, &ticket, code, data);
        Ok(())
    }

    pub(crate) fn stop_pending(&mut self, offered: &mut Offered) -> Option<bool> {
        let mut pending = offered.pending.take()?;
        self.timers.cancel(&mut pending.resend);
        self.timers.cancel(&mut pending.end);
        Some(pending.described)
    }

    pub(crate) fn resend_provisional(&mut self, now: Instant, id: CallId) {
        self.with(id, |this, call| {
            let Stage::Offered(offered) = &mut call.stage else { return };
            let Some(pending) = &mut offered.pending else { return };
            // Doubling without a limit, unlike a 2xx (RFC 3262, section 3).
            pending.pause *= 2;
            pending.resend = Some(this.timers.set(now + pending.pause, Due::Call(id, CallDue::Provisional)));
            this.send(pending.path, pending.data.clone());
        });
    }

    pub(crate) fn no_prack(&mut self, now: Instant, id: CallId) {
        self.with(id, |this, call| {
            if matches!(call.stage, Stage::Offered(_)) {
                this.drop_offered(now, call, 504, Ended::NoAck);
            }
        });
    }

    /// A PRACK in a call.
    pub(crate) fn pracked(
        &mut self,
        now: Instant,
        arrival: Arrival,
        request: &Request,
        ticket: &Ticket,
        call: &mut Call,
    ) {
        let common = &request.common;
        let rack = common.headers.get_named::<RAck>().ok();
        let invite = common.header(&Name::RACK).is_some_and(|value| value.ends_with(" INVITE"));
        let wanted = call.wanted();
        let mut settled = None;
        let Stage::Offered(offered) = &mut call.stage else { return self.plain(now, ticket, 481) };
        let right = rack.is_some_and(|r| invite && r.rack == offered.rseq && r.cseq == offered.cseq);
        if !right || offered.pending.is_none() {
            return self.plain(now, ticket, 481);
        }
        let Ok(body) = common.session_description() else {
            return self.plain_with(now, ticket, 415, &[("Accept", "application/sdp")]);
        };
        let described = self.stop_pending(offered).unwrap_or_default();
        if described && offered.offer.is_none() && !offered.settled {
            // Ours was an offer; here is the answer.
            let Some(theirs) = body.as_ref().and_then(|body| sdp::read(body).ok()) else {
                self.plain(now, ticket, 200);
                return self.drop_offered(now, call, 488, Ended::NoAgreement);
            };
            settled = Some(sdp::agree(&theirs, wanted));
        }
        offered.settled |= described;
        let later = offered.later.take();
        let offered_again = body.filter(|_| settled.is_none()).and_then(|body| sdp::read(&body).ok());
        let tag = call.dialog.local_tag.clone();
        let mut writer = ticket.start(200, Some(&tag));
        self.dress(&mut writer, ticket, call.trunk, 200);
        let content = match (offered_again, call.local) {
            (Some(theirs), Some(media)) => {
                let plan = sdp::agree(&theirs, wanted);
                settled = Some(plan);
                Some(call.say(media, |session| sdp::answer(session, &theirs, plan.direction)))
            }
            _ => None,
        };
        self.answer(now, ticket, 200, writer.finish(content.as_ref()));
        call.seen(arrival);
        if let Some(plan) = settled {
            call.plan = Some(plan);
            self.tell(call, Event::MediaChanged { call: call.id, plan });
        }
        match later {
            Some(Command::Accept { media, .. }) => {
                let _ = self.accept_call(now, call, media);
            }
            Some(Command::Ring { early, .. }) => {
                let _ = self.ring_now(now, call, early);
            }
            _ => {}
        }
    }
}
