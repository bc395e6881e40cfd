//! Transfers (RFC 3515): asked of us, and asked by us.

use super::{Call, Stage};
use crate::{
    CallId, CommandError, E164, Endpoint, Event,
    message::{Common, Content, Method, NameAddr, Writer, party},
    timers::{CallDue, Due, TimerId},
    transaction::{Owner, Ticket, Verdict},
};
use ezk_sip_types::Name;
use std::time::{Duration, Instant};

/// How long the exchange may take to decide: the one who asks waits 32 s at most.
const DECIDE_WITHIN: Duration = Duration::from_secs(10);

/// A transfer that we were asked for.
pub(crate) struct Transfer {
    /// Not decided yet.
    ticket: Option<Ticket>,
    pub decide: Option<TimerId>,
}

impl Endpoint {
    pub(crate) fn referred(&mut self, now: Instant, common: &Common, ticket: &Ticket, call: &mut Call) {
        if !matches!(call.stage, Stage::Up) || call.transfer.is_some() {
            return self.plain(now, ticket, 491);
        }
        let country = self.trunk(call.trunk).map(|trunk| trunk.country.clone()).unwrap_or_default();
        let mut targets = common.list(&Name::REFER_TO);
        let target = targets.next().and_then(NameAddr::read);
        let (Some(target), None) = (target, targets.next()) else { return self.plain(now, ticket, 400) };
        let due = Due::Call(call.id, CallDue::Transfer);
        let decide = Some(self.timers.set(now + DECIDE_WITHIN, due));
        call.transfer = Some(Transfer { ticket: Some(ticket.clone()), decide });
        self.tell(call, Event::TransferAsked { call: call.id, to: party(&target.uri, &country) });
    }

    /// Takes a transfer on (`None`) or refuses it.
    pub(crate) fn decide_transfer(
        &mut self,
        now: Instant,
        id: CallId,
        refuse: Option<u16>,
    ) -> Result<(), CommandError> {
        if refuse.is_some_and(|code| !(400..700).contains(&code)) {
            return Err(CommandError::Range);
        }
        self.with_live(id, |this, call| {
            let Some(transfer) = &mut call.transfer else { return Err(CommandError::State) };
            let Some(ticket) = transfer.ticket.take() else { return Err(CommandError::State) };
            this.timers.cancel(&mut transfer.decide);
            if let Some(code) = refuse {
                call.transfer = None;
                this.plain(now, &ticket, code);
                return Ok(());
            }
            let mut writer = ticket.start(202, Some(&call.dialog.local_tag));
            this.dress(&mut writer, &ticket, call.trunk, 202);
            this.answer(now, &ticket, 202, writer.finish(None));
            this.notify(now, call, 100);
            Ok(())
        })
    }

    pub(crate) fn tell_transfer(&mut self, now: Instant, id: CallId, code: u16) -> Result<(), CommandError> {
        if !(100..700).contains(&code) {
            return Err(CommandError::Range);
        }
        self.with_live(id, |this, call| {
            if call.transfer.as_ref().is_none_or(|transfer| transfer.ticket.is_some()) {
                return Err(CommandError::State);
            }
            this.notify(now, call, code);
            if code >= 200 {
                call.transfer = None;
            }
            Ok(())
        })
    }

    fn notify(&mut self, now: Instant, call: &mut Call, code: u16) {
        let hop = self.hop(&call.dialog);
        let mut notify = call.dialog.request(Method::Notify, hop);
        notify.contact = true;
        let state = if code < 200 { "active;expires=180" } else { "terminated;reason=noresource" };
        notify.extra.push(("Event", "refer".to_owned()));
        notify.extra.push(("Subscription-State", state.to_owned()));
        // The first line of an answer is all that is told of it.
        let line = Writer::response(code).first_line();
        notify.content = Some(Content { kind: "message/sipfrag;version=2.0", body: line });
        self.submit(now, notify, Owner::Nobody);
    }

    pub(crate) fn refer(&mut self, now: Instant, id: CallId, to: &E164) -> Result<(), CommandError> {
        self.with_live(id, |this, call| {
            if !matches!(call.stage, Stage::Up) || !call.established {
                return Err(CommandError::State);
            }
            let Some(trunk) = this.trunk(call.trunk) else { return Err(CommandError::State) };
            let domain = trunk.domain.clone().or_else(|| trunk.peer.map(|peer| peer.to_string()));
            let domain = domain.unwrap_or_else(|| call.dialog.observed.to_string());
            let hop = this.hop(&call.dialog);
            let mut refer = call.dialog.request(Method::Refer, hop);
            refer.contact = true;
            refer.extra.push(("Refer-To", format!("<sip:{}@{domain};user=phone>", to.as_str())));
            let us = this.contact(call.dialog.flow, call.trunk);
            refer.extra.push(("Referred-By", us));
            this.submit(now, refer, Owner::Refer(id));
            Ok(())
        })
    }

    pub(crate) fn refer_answered(&mut self, _now: Instant, id: CallId, verdict: &Verdict<'_>) {
        if verdict.code < 200 {
            return;
        }
        // 200 would be taken for the end of the transfer; here it only says that they try.
        let code = if verdict.code < 300 { 202 } else { verdict.code };
        self.with(id, |this, call| this.tell(call, Event::TransferProgress { call: id, code }));
    }

    pub(crate) fn notified(&mut self, now: Instant, common: &Common, ticket: &Ticket, call: &mut Call) {
        let event = common.header(&Name::EVENT).unwrap_or_default();
        if !event.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("refer") {
            return self.plain_with(now, ticket, 489, &[("Allow-Events", "refer")]);
        }
        self.plain(now, ticket, 200);
        let code = std::str::from_utf8(&common.body).ok().and_then(|text| {
            text.strip_prefix("SIP/2.0 ")?.get(..3)?.parse::<u16>().ok().filter(|c| (100..700).contains(c))
        });
        if let Some(code) = code {
            self.tell(call, Event::TransferProgress { call: call.id, code });
        }
    }
}
