//! Calls that we make: one INVITE, perhaps several who answer it.

use super::{Able, Call, Stage};
use crate::{
    CallId, Dial, DialError, Ended, Endpoint, Event, Plan,
    dialog::{Dialog, Outgoing, Target},
    flows::Way,
    message::{ALLOW, Common, Method, SUPPORTED},
    sdp,
    timers::{CallDue, Due, TimerId},
    transaction::{Owner, Verdict},
};
use ezk_sip_types::{
    Name,
    header::typed::{MinSe, RSeq},
};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

/// Branches of a fork that are followed before the answer.
const MOST_FORKS: usize = 8;

/// What is held of a call that nobody has answered.
pub(crate) struct Dialling {
    pub branch: String,
    pub ringing: Option<TimerId>,
    /// Until when the trunk may say nothing at all.
    pub silent: Option<TimerId>,
    forks: Vec<Fork>,
    /// The interval was raised because they asked.
    raised: bool,
}

/// One who rings.
struct Fork {
    dialog: Dialog,
    rseq: Option<u32>,
    plan: Option<Plan>,
}

impl Endpoint {
    /// Calls somebody. What comes of it is told by events of the call that is returned.
    ///
    /// # Errors
    /// When no call was begun.
    pub fn dial(&mut self, now: Instant, dial: &Dial) -> Result<CallId, DialError> {
        let trunk = self.trunk(dial.trunk).filter(|t| t.outbound).ok_or(DialError::NoTrunk)?;
        let domain = match (&trunk.domain, trunk.peer) {
            (Some(domain), _) => domain.clone(),
            (None, Some(peer)) => peer.to_string(),
            (None, None) => return Err(DialError::Unreachable),
        };
        let (law, own) = (trunk.law, trunk.domain.clone().or_else(|| self.settings.host.clone()));
        let number = trunk.caller_id.clone().or_else(|| self.settings.published.clone());
        if self.calls.len() >= self.settings.limits.calls
            || self.transactions() >= self.settings.limits.transactions
        {
            return Err(DialError::Full);
        }
        let id = CallId(self.number());
        let tag = self.chance.token();
        let to = format!("<sip:{}@{domain};user=phone>", dial.to.as_str());
        let own = own.unwrap_or_else(|| "anonymous.invalid".to_owned());
        let us = number.map_or_else(
            || format!("<sip:{}@{own}>", self.our_user(dial.trunk)),
            |number| format!("<sip:{}@{own};user=phone>", number.as_str()),
        );
        let mut invite = Outgoing {
            method: Method::Invite,
            uri: format!("sip:{}@{domain};user=phone", dial.to.as_str()),
            routes: Vec::new(),
            from: format!("{us};tag={tag}"),
            to,
            call_id: format!("{}{}", self.chance.token(), self.chance.token()),
            cseq: 1,
            contact: true,
            extra: vec![
                ("P-Asserted-Identity", us),
                ("Allow", ALLOW.to_owned()),
                ("Supported", SUPPORTED.to_owned()),
                ("Session-Expires", self.settings.session_expires.max(90).to_string()),
                ("Min-SE", self.settings.min_se.max(90).to_string()),
            ],
            content: None,
            target: Target::Trunk,
            trunk: dial.trunk,
        };
        let flow = match self.path(now, &invite) {
            Way::Open(path) => path.flow,
            Way::Wait(_) => crate::FlowId(u64::MAX),
            Way::None => return Err(DialError::Unreachable),
        };
        let dialog = Dialog {
            trunk: dial.trunk,
            call_id: invite.call_id.clone(),
            local_tag: tag,
            remote_tag: String::new(),
            local: invite.from.clone(),
            remote: invite.to.clone(),
            target: invite.uri.clone(),
            routes: Vec::new(),
            local_cseq: 1,
            remote_cseq: None,
            flow,
            observed: SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0),
        };
        let mut call = self.new_call(id, dialog, Able::default(), true);
        call.local = Some(dial.media);
        let wanted = call.wanted();
        invite.content = Some(call.say(dial.media, |session| sdp::offer(session, law, wanted)));
        let branch = self.submit(now, invite, Owner::Invite(id));
        let wait = self.settings.limits.ringing;
        let ringing = Some(self.timers.set(now + wait, Due::Call(id, CallDue::Ringing)));
        let patience = dial.patience;
        let silent = patience.map(|wait| self.timers.set(now + wait, Due::Call(id, CallDue::Silent)));
        let dialling = Dialling { branch, ringing, silent, forks: Vec::new(), raised: false };
        call.stage = Stage::Dialling(Box::new(dialling));
        self.calls.insert(id, call);
        Ok(id)
    }

    /// Whether a request comes from one of those who ring.
    pub(crate) fn early_from(call: &Call, tag: &str) -> bool {
        let Stage::Dialling(dialling) = &call.stage else { return false };
        dialling.forks.iter().any(|fork| fork.dialog.remote_tag == tag)
    }

    /// Nothing was heard of the trunk for as long as it had: there is another way. What comes of it later nobody wants.
    pub(crate) fn unheard(&mut self, now: Instant, id: CallId) {
        self.with(id, |this, call| {
            let Stage::Dialling(dialling) = &mut call.stage else { return };
            let branch = dialling.branch.clone();
            if !this.is_unheard(&branch) {
                return;
            }
            this.timers.cancel(&mut dialling.ringing);
            this.abandon(now, &branch);
            this.ended(call, Ended::Failed(408));
            call.stage = Stage::Over;
        });
    }

    pub(crate) fn rung_out(&mut self, now: Instant, id: CallId) {
        self.with(id, |this, call| {
            let Stage::Dialling(dialling) = &mut call.stage else { return };
            let branch = dialling.branch.clone();
            this.abandon(now, &branch);
            this.ended(call, Ended::Failed(408));
            call.stage = Stage::Over;
        });
    }

    pub(crate) fn invite_answered(&mut self, now: Instant, id: CallId, verdict: &Verdict<'_>) {
        let wanted = self.with(id, |this, call| {
            if matches!(call.stage, Stage::Dialling(_)) {
                this.dialling_answered(now, call, verdict);
                return true;
            }
            let tag = verdict.response.and_then(|response| response.common.to.tag());
            let same = tag == Some(call.dialog.remote_tag.as_str());
            let number = verdict.outgoing.cseq;
            if let Some((_, path, data)) = call.acked.as_ref().filter(|(cseq, ..)| same && *cseq == number) {
                this.send(*path, data.clone());
            }
            same
        });
        // Another branch of the fork answered too, or the call is long over.
        if wanted != Some(true)
            && (200..300).contains(&verdict.code)
            && let (Some(response), Some(arrival)) = (verdict.response, verdict.arrival)
        {
            self.disown(now, arrival, verdict.branch, verdict.outgoing, response);
        }
    }

    fn dialling_answered(&mut self, now: Instant, call: &mut Call, verdict: &Verdict<'_>) {
        let Stage::Dialling(dialling) = &mut call.stage else { return };
        self.timers.cancel(&mut dialling.silent);
        match verdict.code {
            ..=100 => {}
            101..200 => self.alerted(now, call, verdict),
            200..300 => self.taken(now, call, verdict),
            422 if !dialling.raised => {
                dialling.raised = true;
                let least = verdict.response.and_then(|r| r.common.headers.get_named::<MinSe>().ok());
                let least = least.map_or(90, |min| min.0.max(90));
                let mut again = verdict.outgoing.clone();
                again.cseq += 1;
                for (name, value) in &mut again.extra {
                    if *name == "Session-Expires" || *name == "Min-SE" {
                        let asked = value.parse::<u32>().unwrap_or(90);
                        *value = asked.max(least).to_string();
                    }
                }
                call.dialog.local_cseq = again.cseq;
                dialling.forks.clear();
                dialling.branch = self.submit(now, again, Owner::Invite(call.id));
            }
            code => {
                self.timers.cancel(&mut dialling.ringing);
                if let Some(seconds) = Self::seconds_in(verdict, &Name::RETRY_AFTER).filter(|_| code == 503) {
                    let until = now + Duration::from_secs(u64::from(seconds));
                    self.emit(Event::TrunkFull { trunk: call.trunk, until });
                }
                // Nobody said so: there was no way there.
                let no_way = code == 503 && verdict.response.is_none();
                self.ended(call, if no_way { Ended::TransportLost } else { Ended::Failed(code) });
                call.stage = Stage::Over;
            }
        }
    }

    /// A provisional answer.
    fn alerted(&mut self, now: Instant, call: &mut Call, verdict: &Verdict<'_>) {
        let (Some(response), Some(arrival)) = (verdict.response, verdict.arrival) else { return };
        let wanted = call.wanted();
        let Stage::Dialling(dialling) = &mut call.stage else { return };
        let common = &response.common;
        let tag = common.to.tag().unwrap_or_default();
        let at = dialling.forks.iter().position(|fork| fork.dialog.remote_tag == tag);
        let at = match at {
            Some(at) => Some(at),
            None if dialling.forks.len() < MOST_FORKS => Dialog::calling(verdict.outgoing, response, arrival)
                .map(|dialog| {
                    dialling.forks.push(Fork { dialog, rseq: None, plan: None });
                    dialling.forks.len() - 1
                }),
            None => None,
        };
        let mut early = read_plan(common, wanted);
        if let Some(fork) = at.and_then(|at| dialling.forks.get_mut(at)) {
            if common.lists(&Name::REQUIRE, "100rel")
                && let Ok(RSeq(rseq)) = common.headers.get_named::<RSeq>()
            {
                // Again, or out of order: the next one comes again (RFC 3262, section 4).
                if fork.rseq.is_some_and(|last| rseq != last.wrapping_add(1)) {
                    return;
                }
                fork.rseq = Some(rseq);
                let hop = self.hop(&fork.dialog);
                let mut prack = fork.dialog.request(Method::Prack, hop);
                prack.extra.push(("RAck", format!("{rseq} {} INVITE", verdict.outgoing.cseq)));
                self.raise_floor(verdict.branch, prack.cseq);
                self.submit(now, prack, Owner::Nobody);
            }
            fork.plan = early.or(fork.plan);
            early = fork.plan;
        }
        self.tell(call, Event::Progress { call: call.id, code: verdict.code, early });
    }

    /// Somebody answered; the first one is the one.
    fn taken(&mut self, now: Instant, call: &mut Call, verdict: &Verdict<'_>) {
        let (Some(response), Some(arrival)) = (verdict.response, verdict.arrival) else { return };
        let common = &response.common;
        let Some(mut dialog) = Dialog::calling(verdict.outgoing, response, arrival) else { return };
        let Stage::Dialling(mut dialling) = std::mem::replace(&mut call.stage, Stage::Up) else { return };
        self.timers.cancel(&mut dialling.ringing);
        let fork = dialling.forks.iter().find(|fork| fork.dialog.remote_tag == dialog.remote_tag);
        if let Some(fork) = fork {
            dialog.local_cseq = dialog.local_cseq.max(fork.dialog.local_cseq);
        }
        dialog.remote_cseq = call.dialog.remote_cseq;
        call.dialog = dialog;
        call.established = true;
        call.able = Able::of(common);
        let hop = self.hop(&call.dialog);
        let mut ack = call.dialog.outgoing(Method::Ack, verdict.outgoing.cseq, hop);
        ack.extra = verdict.outgoing.companion(Method::Ack, String::new()).extra;
        call.acked = self.send_once(now, &ack).map(|(path, data)| (verdict.outgoing.cseq, path, data));
        let plan = read_plan(common, call.wanted()).or_else(|| fork.and_then(|fork| fork.plan));
        let Some(plan) = plan else { return self.part(now, call, Ended::NoAgreement) };
        call.plan = Some(plan);
        self.keep_session(now, call, Self::granted_interval(common), true);
        self.tell(call, Event::Answered { call: call.id, plan });
        self.tell(call, Event::Established { call: call.id });
    }
}

fn read_plan(common: &Common, wanted: crate::Direction) -> Option<Plan> {
    let body = common.session_description().ok().flatten()?;
    sdp::read(&body).ok().map(|theirs| sdp::agree(&theirs, wanted))
}
