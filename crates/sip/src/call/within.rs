//! Requests within a call.

use super::{Accepting, Call, Stage};
use crate::{
    CallId, Digit, Endpoint, Event, Plan,
    flows::Arrival,
    message::{Common, Content, Method, Request},
    sdp::{self, Description, SdpFault},
    transaction::Ticket,
};
use ezk_sip_types::Name;
use std::time::Instant;

impl Endpoint {
    pub(crate) fn request_in_call(
        &mut self,
        now: Instant,
        arrival: Arrival,
        request: &Request,
        ticket: &Ticket,
        id: CallId,
    ) {
        let known = self.known(now, request, ticket);
        let done = self.with(id, |this, call| {
            let common = &request.common;
            let dialling = matches!(call.stage, Stage::Dialling(_));
            let theirs = common.from.tag().unwrap_or_default();
            let same =
                if dialling { Self::early_from(call, theirs) } else { theirs == call.dialog.remote_tag };
            if !known {
                return;
            }
            if !same || (call.ghost && request.method != Method::Bye) {
                return this.plain(now, ticket, 481);
            }
            if call.dialog.remote_cseq.is_some_and(|last| common.cseq <= last) {
                // Out of order (RFC 3261, 12.2.2).
                return this.plain(now, ticket, 500);
            }
            call.dialog.remote_cseq = Some(common.cseq);
            match request.method {
                Method::Bye => this.parted(now, ticket, call),
                Method::Invite => this.re_invited(now, arrival, common, ticket, call),
                Method::Update => this.updated(now, arrival, common, ticket, call),
                Method::Prack => this.pracked(now, arrival, request, ticket, call),
                Method::Info => this.informed(now, common, ticket, call),
                Method::Refer => this.referred(now, common, ticket, call),
                Method::Notify => this.notified(now, common, ticket, call),
                _ => this.options(now, ticket),
            }
        });
        if done.is_none() && known {
            self.plain(now, ticket, 481);
        }
    }

    /// Reads an offer, or answers why it cannot be taken.
    fn offer_in(
        &mut self,
        now: Instant,
        common: &Common,
        ticket: &Ticket,
        call: &Call,
    ) -> Result<Option<Description>, ()> {
        let Ok(body) = common.session_description() else {
            self.plain_with(now, ticket, 415, &[("Accept", "application/sdp")]);
            return Err(());
        };
        let Some(body) = body else { return Ok(None) };
        let ours = call.local.map(|media| media.addr.is_ipv4());
        match sdp::read(&body) {
            Ok(offer) if ours.is_none_or(|v4| v4 == offer.remote.is_ipv4()) => Ok(Some(offer)),
            Err(SdpFault::Malformed) => {
                self.plain(now, ticket, 400);
                Err(())
            }
            Ok(_) | Err(SdpFault::Nothing) => {
                self.plain(now, ticket, 488);
                Err(())
            }
        }
    }

    fn answer_offer(call: &mut Call, offer: &Description) -> Option<(Content, Plan)> {
        let media = call.local?;
        let plan = sdp::agree(offer, call.wanted());
        Some((call.say(media, |session| sdp::answer(session, offer, plan.direction)), plan))
    }

    fn re_invited(
        &mut self,
        now: Instant,
        arrival: Arrival,
        common: &Common,
        ticket: &Ticket,
        call: &mut Call,
    ) {
        if !matches!(call.stage, Stage::Up) {
            return self.plain_with(now, ticket, 500, &[("Retry-After", "5")]);
        }
        if call.unacked.is_some() || call.change.as_ref().is_some_and(super::Change::under_way) {
            return self.plain(now, ticket, 491);
        }
        let Ok(offer) = self.offer_in(now, common, ticket, call) else { return };
        let Ok(interval) = self.judge_interval(common) else { return self.too_small(now, ticket) };
        let law = call.plan.map(|plan| plan.law).unwrap_or_default();
        let wanted = call.wanted();
        let answer = offer.as_ref().and_then(|offer| Self::answer_offer(call, offer));
        let content = match (&answer, call.local) {
            (Some((content, _)), _) => content.clone(),
            (None, Some(media)) => call.say(media, |session| sdp::offer(session, law, wanted)),
            (None, None) => return self.plain(now, ticket, 488),
        };
        call.dialog.refreshed(common, arrival);
        call.able = call.able.again(common);
        let mut writer = ticket.start(200, None);
        self.dress(&mut writer, ticket, call.trunk, 200);
        if let Some(interval) = interval {
            interval.write(&mut writer, call.able.timer);
        }
        let answer_out =
            Accepting { writer, cseq: common.cseq, content: Some(content), offered: offer.is_none() };
        self.accept_with(now, call, ticket, answer_out);
        self.keep_session(now, call, interval, false);
        self.plan_now(call, answer.map(|(_, plan)| plan));
    }

    fn plan_now(&mut self, call: &mut Call, plan: Option<Plan>) {
        if let Some(plan) = plan
            && call.plan.replace(plan) != Some(plan)
        {
            self.tell(call, Event::MediaChanged { call: call.id, plan });
        }
    }

    fn updated(&mut self, now: Instant, arrival: Arrival, common: &Common, ticket: &Ticket, call: &mut Call) {
        let Ok(offer) = self.offer_in(now, common, ticket, call) else { return };
        let Ok(interval) = self.judge_interval(common) else { return self.too_small(now, ticket) };
        if offer.is_some() {
            let ours = call.change.as_ref().is_some_and(super::Change::under_way)
                || call.unacked.as_ref().is_some_and(|unacked| unacked.offered);
            // Theirs that we have not answered yet, or ours that they have not (RFC 3311, 5.2).
            match &call.stage {
                Stage::Offered(offered) if !offered.settled => {
                    return self.plain_with(now, ticket, 500, &[("Retry-After", "2")]);
                }
                _ if ours => return self.plain(now, ticket, 491),
                _ => {}
            }
        }
        let answer = offer.as_ref().and_then(|offer| Self::answer_offer(call, offer));
        if offer.is_some() && answer.is_none() {
            return self.plain(now, ticket, 488);
        }
        let up = matches!(call.stage, Stage::Up);
        if up {
            call.dialog.refreshed(common, arrival);
        }
        let mut writer = ticket.start(200, None);
        self.dress(&mut writer, ticket, call.trunk, 200);
        if up {
            if let Some(interval) = interval {
                interval.write(&mut writer, common.lists(&Name::SUPPORTED, "timer"));
            }
            self.keep_session(now, call, interval, false);
        }
        let data = writer.finish(answer.as_ref().map(|(content, _)| content));
        self.answer(now, ticket, 200, data);
        let plan = answer.map(|(_, plan)| plan);
        if matches!(call.stage, Stage::Dialling(_)) {
            if let Some(plan) = plan {
                self.tell(call, Event::Progress { call: call.id, code: 183, early: Some(plan) });
            }
        } else {
            self.plan_now(call, plan);
        }
    }

    /// INFO: keys, in either of the two forms that are in use.
    fn informed(&mut self, now: Instant, common: &Common, ticket: &Ticket, call: &mut Call) {
        let kind = common.header(&Name::CONTENT_TYPE).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let digit = match kind.as_str() {
            "application/dtmf-relay" | "application/dtmf" => key_in(&common.body),
            _ if common.body.is_empty() => return self.plain(now, ticket, 200),
            _ => {
                let accepted = "application/dtmf-relay, application/dtmf";
                return self.plain_with(now, ticket, 415, &[("Accept", accepted)]);
            }
        };
        let Some(digit) = digit else { return self.plain(now, ticket, 400) };
        self.plain(now, ticket, 200);
        self.tell(call, Event::Digit { call: call.id, digit });
    }
}

/// `Signal=5` on a line of its own, or the key alone.
fn key_in(body: &[u8]) -> Option<Digit> {
    let text = std::str::from_utf8(body.get(..body.len().min(256))?).ok()?;
    let signal = text.lines().find_map(|line| {
        let (name, value) = line.split_once('=')?;
        name.trim().eq_ignore_ascii_case("signal").then(|| value.trim())
    });
    let mut signs = signal.unwrap_or_else(|| text.trim()).chars();
    let sign = signs.next()?;
    match signs.next() {
        None => Digit::new(sign),
        // The event numbers of RFC 4733 are in use as well: 10 is the star, 11 the hash.
        Some(second) if sign == '1' && signs.next().is_none() => match second {
            '0' => Digit::new('*'),
            '1' => Digit::new('#'),
            _ => None,
        },
        Some(_) => None,
    }
}
