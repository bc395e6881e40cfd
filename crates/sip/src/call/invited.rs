//! Calls that come in: offered, rung, answered, refused, taken back.

use super::{Able, Accepting, Call, Interval, Stage, Timer};
use crate::{
    CallId, CommandError, Ended, Endpoint, Event, LocalMedia, Party,
    api::Command,
    dialog::Dialog,
    endpoint::Held,
    flows::Arrival,
    message::{Common, NameAddr, Request, party},
    sdp::{self, Description, SdpFault},
    transaction::Ticket,
};
use ezk_sip_types::Name;
use std::time::Instant;

/// What is held of a call that we have not answered.
pub(crate) struct Offered {
    pub ticket: Ticket,
    pub offer: Option<Description>,
    pub cseq: u32,
    /// The caller wants provisional answers to be acknowledged.
    pub reliable_required: bool,
    pub reliable_known: bool,
    /// The number of the last reliable provisional answer.
    pub rseq: u32,
    /// One that is not acknowledged.
    pub pending: Option<super::reliable::Pending>,
    /// Our answer to their offer was acknowledged with a provisional answer.
    pub settled: bool,
    /// What waits for an acknowledgement.
    pub later: Option<Command>,
    pub interval: Option<Interval>,
}

impl Endpoint {
    /// An INVITE outside of any dialog that is known, allowed and new.
    pub(crate) fn invited(&mut self, now: Instant, arrival: Arrival, request: &Request, ticket: Ticket) {
        let common = &request.common;
        if !takes_descriptions(common) {
            return self.plain(now, &ticket, 406);
        }
        let Ok(body) = common.session_description() else {
            self.plain_with(now, &ticket, 415, &[("Accept", "application/sdp")]);
            return;
        };
        let offer = match body.map(|body| sdp::read(&body)).transpose() {
            Ok(offer) => offer,
            Err(SdpFault::Malformed) => return self.plain(now, &ticket, 400),
            Err(SdpFault::Nothing) => {
                let warning = format!("304 {} \"No common media format\"", self.host(arrival.flow));
                return self.plain_with(now, &ticket, 488, &[("Warning", &warning)]);
            }
        };
        let Ok(interval) = self.judge_interval(common) else { return self.too_small(now, &ticket) };
        let tag = self.chance.token();
        // A From tag may be missing: then it is empty (RFC 3261, 12.1.1).
        let dialog = Dialog::called(common, arrival, &tag);
        let data = ticket.start(100, None).finish(None);
        self.answer(now, &ticket, 100, data);
        let id = CallId(self.number());
        let country = self.trunk(arrival.trunk).map(|trunk| trunk.country.clone()).unwrap_or_default();
        let mut call = self.new_call(id, dialog, Able::of(common), false);
        let plan = offer.as_ref().map(|offer| sdp::agree(offer, call.wanted()));
        self.bind(&ticket.key, id);
        call.stage = Stage::Offered(Box::new(Offered {
            ticket,
            offer,
            cseq: common.cseq,
            reliable_required: common.lists(&Name::REQUIRE, "100rel"),
            reliable_known: common.lists(&Name::SUPPORTED, "100rel"),
            rseq: u32::try_from(self.chance.below(1 << 30)).unwrap_or(1).max(1),
            pending: None,
            settled: false,
            later: None,
            interval,
        }));
        self.calls.insert(id, call);
        let (from, to) = (caller(common, &country), party(&request.uri, &country));
        self.emit(Event::Incoming { call: id, trunk: arrival.trunk, from, to, offer: plan });
    }

    pub(crate) fn new_call(&mut self, id: CallId, dialog: Dialog, able: Able, outbound: bool) -> Call {
        self.dialogs.insert((dialog.call_id.clone(), dialog.local_tag.clone()), Held::Call(id));
        Call {
            id,
            trunk: dialog.trunk,
            outbound,
            dialog,
            stage: Stage::Over,
            ghost: false,
            established: false,
            able,
            session_id: self.chance.below(1 << 62),
            version: 1,
            said: String::new(),
            local: None,
            held: false,
            plan: None,
            timer: Timer::default(),
            change: None,
            unacked: None,
            acked: None,
            transfer: None,
        }
    }

    pub(crate) fn ring(
        &mut self,
        now: Instant,
        id: CallId,
        early: Option<LocalMedia>,
    ) -> Result<(), CommandError> {
        self.with_live(id, |this, call| {
            let Stage::Offered(offered) = &mut call.stage else { return Err(CommandError::State) };
            if offered.pending.is_some() {
                // One reliable answer at a time (RFC 3262, section 3).
                if !matches!(offered.later, Some(Command::Accept { .. })) {
                    offered.later = Some(Command::Ring { call: id, early });
                }
                return Ok(());
            }
            if offered.reliable_required && offered.offer.is_none() && early.is_none() {
                // The first reliable answer would have to carry an offer (RFC 3262, section 5); 100 has to do.
                return Ok(());
            }
            this.ring_now(now, call, early)
        })
    }

    pub(crate) fn ring_now(
        &mut self,
        now: Instant,
        call: &mut Call,
        early: Option<LocalMedia>,
    ) -> Result<(), CommandError> {
        let content = match early {
            Some(media) => self.early_content(call, media)?,
            None => None,
        };
        let Stage::Offered(offered) = &mut call.stage else { return Err(CommandError::State) };
        let code = if content.is_some() { 183 } else { 180 };
        let reliable = offered.reliable_required || (offered.reliable_known && content.is_some());
        let mut writer = offered.ticket.start(code, Some(&call.dialog.local_tag));
        self.dress(&mut writer, &offered.ticket, call.trunk, code);
        if reliable {
            return self.ring_reliably(now, call, code, writer, content.as_ref());
        }
        let data = writer.finish(content.as_ref());
        let ticket = offered.ticket.clone();
        self.answer(now, &ticket, code, data);
        Ok(())
    }

    /// What a provisional answer says of our sound: an answer to their offer; an offer of ours only when it is reliable.
    fn early_content(
        &mut self,
        call: &mut Call,
        media: LocalMedia,
    ) -> Result<Option<crate::message::Content>, CommandError> {
        let wanted = call.wanted();
        let law = self.trunk(call.trunk).map(|trunk| trunk.law).unwrap_or_default();
        let Stage::Offered(mut offered) = std::mem::replace(&mut call.stage, Stage::Over) else {
            return Err(CommandError::State);
        };
        let content = match &offered.offer {
            _ if offered.settled => None,
            Some(offer) if offer.remote.is_ipv4() == media.addr.is_ipv4() => {
                let plan = sdp::agree(offer, wanted);
                call.plan = Some(plan);
                call.local = Some(media);
                Some(call.say(media, |session| sdp::answer(session, offer, plan.direction)))
            }
            Some(_) => {
                call.stage = Stage::Offered(offered);
                return Err(CommandError::NoCodec);
            }
            None if offered.reliable_required || offered.reliable_known => {
                call.local = Some(media);
                Some(call.say(media, |session| sdp::offer(session, law, wanted)))
            }
            None => None,
        };
        offered.later = None;
        call.stage = Stage::Offered(offered);
        Ok(content)
    }

    pub(crate) fn accept(&mut self, now: Instant, id: CallId, media: LocalMedia) -> Result<(), CommandError> {
        self.with_live(id, |this, call| this.accept_call(now, call, media))
    }

    pub(crate) fn accept_call(
        &mut self,
        now: Instant,
        call: &mut Call,
        media: LocalMedia,
    ) -> Result<(), CommandError> {
        let wanted = call.wanted();
        let law = self.trunk(call.trunk).map(|trunk| trunk.law).unwrap_or_default();
        let Stage::Offered(offered) = &mut call.stage else { return Err(CommandError::State) };
        if offered.pending.is_some() {
            // A 2xx before the acknowledgement of a reliable description would overtake it (RFC 3262, section 3).
            offered.later = Some(Command::Accept { call: call.id, media });
            return Ok(());
        }
        if offered.offer.as_ref().is_some_and(|o| o.remote.is_ipv4() != media.addr.is_ipv4()) {
            self.drop_offered(now, call, 488, Ended::NoAgreement);
            return Err(CommandError::NoCodec);
        }
        let Stage::Offered(offered) = std::mem::replace(&mut call.stage, Stage::Up) else {
            return Err(CommandError::State);
        };
        call.local = Some(media);
        let mut writer = offered.ticket.start(200, Some(&call.dialog.local_tag));
        self.dress(&mut writer, &offered.ticket, call.trunk, 200);
        if let Some(interval) = offered.interval {
            interval.write(&mut writer, call.able.timer);
        }
        let content = match &offered.offer {
            _ if offered.settled => None,
            Some(offer) => {
                let plan = sdp::agree(offer, wanted);
                call.plan = Some(plan);
                Some(call.say(media, |session| sdp::answer(session, offer, plan.direction)))
            }
            None => Some(call.say(media, |session| sdp::offer(session, law, wanted))),
        };
        let delayed = offered.offer.is_none() && !offered.settled;
        let answer = Accepting { writer, cseq: offered.cseq, content, offered: delayed };
        self.accept_with(now, call, &offered.ticket, answer);
        self.keep_session(now, call, offered.interval, false);
        if let Some(plan) = call.plan.filter(|_| !delayed) {
            self.tell(call, Event::Answered { call: call.id, plan });
        }
        Ok(())
    }

    pub(crate) fn reject(
        &mut self,
        now: Instant,
        id: CallId,
        code: u16,
        retry_after: Option<u32>,
    ) -> Result<(), CommandError> {
        if !(300..700).contains(&code) {
            return Err(CommandError::Range);
        }
        self.with_live(id, |this, call| {
            if !matches!(call.stage, Stage::Offered(_)) {
                return Err(CommandError::State);
            }
            this.refuse_offered(now, call, code, retry_after);
            this.ended(call, Ended::Ours);
            Ok(())
        })
    }

    /// Refuses a call that we have not answered and tells why it ended.
    pub(crate) fn drop_offered(&mut self, now: Instant, call: &mut Call, code: u16, why: Ended) {
        self.refuse_offered(now, call, code, None);
        self.ended(call, why);
    }

    fn refuse_offered(&mut self, now: Instant, call: &mut Call, code: u16, retry_after: Option<u32>) {
        let Stage::Offered(mut offered) = std::mem::replace(&mut call.stage, Stage::Over) else { return };
        self.stop_pending(&mut offered);
        let mut writer = offered.ticket.start(code, Some(&call.dialog.local_tag));
        if let Some(seconds) = retry_after {
            writer.line("Retry-After", seconds);
        }
        let data = writer.finish(None);
        self.answer(now, &offered.ticket, code, data);
    }

    /// CANCEL (RFC 3261, 9.2): of no effect once we have answered.
    pub(crate) fn cancelled_by_caller(&mut self, now: Instant, id: CallId) {
        self.with(id, |this, call| {
            if matches!(call.stage, Stage::Offered(_)) {
                this.drop_offered(now, call, 487, Ended::Cancelled);
            }
        });
    }
}

/// Whether the caller reads what we answer with.
fn takes_descriptions(common: &Common) -> bool {
    let mut accepted = common.list(&Name::ACCEPT).peekable();
    let fits = |range: &str| {
        let range = range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        matches!(range.as_str(), "application/sdp" | "application/*" | "*/*")
    };
    accepted.peek().is_none() || accepted.any(fits)
}

/// Who calls: what the trunk asserts (RFC 3325) before what the caller says of itself; nobody, when the caller asks for privacy.
fn caller(common: &Common, country: &str) -> Party {
    let private = Name::from("Privacy");
    let hidden = common.header(&private).is_some_and(|value| {
        value
            .split([';', ','])
            .any(|v| matches!(v.trim().to_ascii_lowercase().as_str(), "id" | "user" | "full"))
    });
    if hidden {
        return Party::Withheld;
    }
    let asserted = Name::from("P-Asserted-Identity");
    let mut best = None;
    for address in common.list(&asserted).take(4).filter_map(NameAddr::read) {
        match party(&address.uri, country) {
            number @ Party::Number(_) => return number,
            other @ Party::Other(_) => best = best.or(Some(other)),
            Party::Withheld => {}
        }
    }
    match party(&common.from.uri, country) {
        number @ Party::Number(_) => number,
        said => best.unwrap_or(said),
    }
}
