//! Changes of ours within a call: hold, another place of our sound, refreshes; and what to do when two changes meet.

use super::{Call, Stage};
use crate::{
    CallId, CommandError, Digit, Ended, Endpoint, Event, LocalMedia,
    message::{ALLOW, Content, Method, SUPPORTED},
    sdp,
    timers::{CallDue, Due, TimerId},
    transaction::{Owner, Verdict},
};
use ezk_sip_types::{
    Name,
    header::typed::{MinSe, RetryAfter},
};
use std::time::{Duration, Instant};

/// How often a change that meets another is tried.
const MOST_TRIES: u8 = 6;

#[derive(Clone, Copy)]
enum Purpose {
    Refresh,
    Media { media: LocalMedia, held: bool },
}

/// A change of ours that is not through.
pub(crate) struct Change {
    purpose: Purpose,
    pub retry: Option<TimerId>,
    tries: u8,
    /// The number of the request that is under way.
    pub cseq: u32,
}

impl Change {
    pub const fn refresh() -> Self {
        Self { purpose: Purpose::Refresh, retry: None, tries: 0, cseq: 0 }
    }

    /// Whether it is with the other end now, rather than waiting for its next try.
    pub const fn under_way(&self) -> bool {
        self.retry.is_none()
    }
}

impl Endpoint {
    pub(crate) fn hold(&mut self, now: Instant, id: CallId, held: bool) -> Result<(), CommandError> {
        self.with_live(id, |this, call| {
            let Some(media) = call.local else { return Err(CommandError::State) };
            this.change_media(now, call, media, held)
        })
    }

    pub(crate) fn re_offer(
        &mut self,
        now: Instant,
        id: CallId,
        media: LocalMedia,
    ) -> Result<(), CommandError> {
        self.with_live(id, |this, call| {
            let held = call.held;
            this.change_media(now, call, media, held)
        })
    }

    fn change_media(
        &mut self,
        now: Instant,
        call: &mut Call,
        media: LocalMedia,
        held: bool,
    ) -> Result<(), CommandError> {
        if !matches!(call.stage, Stage::Up) || !call.established {
            return Err(CommandError::State);
        }
        match &call.change {
            Some(Change { purpose: Purpose::Media { .. }, .. }) => return Err(CommandError::Busy),
            Some(change) if change.under_way() => return Err(CommandError::Busy),
            _ => {}
        }
        if let Some(mut old) = call.change.take() {
            self.timers.cancel(&mut old.retry);
        }
        call.change =
            Some(Change { purpose: Purpose::Media { media, held }, retry: None, tries: 0, cseq: 0 });
        if call.unacked.is_some() {
            // Theirs is not through: ours would only be refused.
            self.retry_later(now, call, Duration::from_millis(500));
        } else {
            self.send_change(now, call);
        }
        Ok(())
    }

    /// Sends the change: a refresh as UPDATE where the other end knows it, all else as INVITE.
    pub(crate) fn send_change(&mut self, now: Instant, call: &mut Call) {
        let Some(change) = &call.change else { return };
        let (media, held) = match change.purpose {
            Purpose::Refresh => (call.local, call.held),
            Purpose::Media { media, held } => (Some(media), held),
        };
        let update = matches!(change.purpose, Purpose::Refresh) && call.able.update;
        let hop = self.hop(&call.dialog);
        let mut request = call.dialog.request(if update { Method::Update } else { Method::Invite }, hop);
        request.contact = true;
        request.extra.push(("Supported", SUPPORTED.to_owned()));
        request.extra.push(("Allow", ALLOW.to_owned()));
        if call.timer.seconds > 0 {
            let who = if call.timer.ours { "uac" } else { "uas" };
            request.extra.push(("Session-Expires", format!("{};refresher={who}", call.timer.seconds)));
            request.extra.push(("Min-SE", self.settings.min_se.max(90).min(call.timer.seconds).to_string()));
        }
        if let Some(media) = media.filter(|_| !update) {
            let law = call.plan.map(|plan| plan.law).unwrap_or_default();
            let wanted = if held { crate::Direction::SendOnly } else { crate::Direction::SendRecv };
            let content: Content = call.say(media, |session| sdp::offer(session, law, wanted));
            request.content = Some(content);
        }
        if let Some(change) = &mut call.change {
            change.cseq = request.cseq;
        }
        self.submit(now, request, Owner::Change(call.id));
    }

    fn retry_later(&mut self, now: Instant, call: &mut Call, wait: Duration) {
        let timer = self.timers.set(now + wait, Due::Call(call.id, CallDue::Retry));
        if let Some(change) = &mut call.change {
            change.tries += 1;
            change.retry = Some(timer);
        }
    }

    pub(crate) fn retry_change(&mut self, now: Instant, id: CallId) {
        self.with(id, |this, call| {
            let Some(change) = &mut call.change else { return };
            change.retry = None;
            if call.unacked.is_some() {
                this.retry_later(now, call, Duration::from_millis(500));
            } else {
                this.send_change(now, call);
            }
        });
    }

    pub(crate) fn change_answered(&mut self, now: Instant, id: CallId, verdict: &Verdict<'_>) {
        if verdict.code < 200 {
            return;
        }
        let invite = verdict.outgoing.method == Method::Invite;
        let done = self.with(id, |this, call| {
            let current = call.change.as_ref().is_some_and(|change| change.cseq == verdict.outgoing.cseq);
            if !current {
                // The same again: our ACK was lost.
                if let Some((cseq, path, data)) = &call.acked
                    && *cseq == verdict.outgoing.cseq
                {
                    this.send(*path, data.clone());
                }
                return;
            }
            if verdict.code < 300 {
                this.change_taken(now, call, verdict);
            } else {
                this.change_refused(now, call, verdict);
            }
        });
        if done.is_none()
            && invite
            && (200..300).contains(&verdict.code)
            && let (Some(response), Some(arrival)) = (verdict.response, verdict.arrival)
        {
            self.disown(now, arrival, verdict.branch, verdict.outgoing, response);
        }
    }

    fn change_taken(&mut self, now: Instant, call: &mut Call, verdict: &Verdict<'_>) {
        let (Some(response), Some(arrival)) = (verdict.response, verdict.arrival) else { return };
        let common = &response.common;
        call.dialog.refreshed(common, arrival);
        let Some(change) = call.change.take() else { return };
        if verdict.outgoing.method == Method::Invite {
            let hop = self.hop(&call.dialog);
            let mut ack = call.dialog.outgoing(Method::Ack, verdict.outgoing.cseq, hop);
            ack.extra = verdict.outgoing.companion(Method::Ack, String::new()).extra;
            call.acked = self.send_once(now, &ack).map(|(path, data)| (verdict.outgoing.cseq, path, data));
        }
        self.keep_session(now, call, Self::granted_interval(common), true);
        if let Purpose::Media { media, held } = change.purpose {
            call.local = Some(media);
            call.held = held;
        }
        if verdict.outgoing.content.is_none() {
            return;
        }
        let body = common.session_description().ok().flatten();
        let Some(theirs) = body.and_then(|body| sdp::read(&body).ok()) else {
            return self.part(now, call, Ended::NoAgreement);
        };
        let plan = sdp::agree(&theirs, call.wanted());
        let before = call.plan.replace(plan);
        if before != Some(plan) || matches!(change.purpose, Purpose::Media { .. }) {
            self.tell(call, Event::MediaChanged { call: call.id, plan });
        }
    }

    fn change_refused(&mut self, now: Instant, call: &mut Call, verdict: &Verdict<'_>) {
        let Some(change) = &call.change else { return };
        let common = verdict.response.map(|response| &response.common);
        let tries_left = change.tries < MOST_TRIES;
        let refresh = matches!(change.purpose, Purpose::Refresh);
        let retry_after = common.and_then(|c| c.headers.get_named::<RetryAfter>().ok()).map(|r| r.value);
        match verdict.code {
            // Both at once: who made the Call-ID waits longer (RFC 3261, 14.1).
            491 if tries_left => {
                let (from, to) = if call.outbound { (2_100, 4_000) } else { (0, 2_000) };
                let wait = self.chance.between(from, to);
                self.retry_later(now, call, wait);
            }
            500 if tries_left && retry_after.is_some_and(|seconds| seconds <= 10) => {
                let wait = Duration::from_secs(u64::from(retry_after.unwrap_or_default()));
                self.retry_later(now, call, wait);
            }
            422 if tries_left => {
                let least = common.and_then(|c| c.headers.get_named::<MinSe>().ok()).map_or(0, |min| min.0);
                call.timer.seconds = call.timer.seconds.max(least);
                if let Some(change) = &mut call.change {
                    change.tries += 1;
                }
                self.send_change(now, call);
            }
            // The dialog is gone for them, or nobody is there (RFC 3261, 12.2.1.2).
            481 => self.part(now, call, Ended::ByPeer),
            408 | 503 if verdict.response.is_none() => self.part(now, call, Ended::TransportLost),
            _ if refresh && verdict.outgoing.method == Method::Update => {
                call.able.update = false;
                self.send_change(now, call);
            }
            code => {
                call.change = None;
                if !refresh {
                    // What we said was not taken; what we say next is something new again.
                    self.tell(call, Event::ChangeRefused { call: call.id, code });
                }
            }
        }
    }

    pub(crate) fn send_digit(
        &mut self,
        now: Instant,
        id: CallId,
        digit: Digit,
        ms: u16,
    ) -> Result<(), CommandError> {
        if !(40..=5_000).contains(&ms) {
            return Err(CommandError::Range);
        }
        self.with_live(id, |this, call| {
            if !matches!(call.stage, Stage::Up) {
                return Err(CommandError::State);
            }
            let hop = this.hop(&call.dialog);
            let mut info = call.dialog.request(Method::Info, hop);
            let body = format!("Signal={}\r\nDuration={ms}\r\n", digit.sign());
            info.content = Some(Content { kind: "application/dtmf-relay", body });
            this.submit(now, info, Owner::Info(id));
            Ok(())
        })
    }

    /// The answer to an INFO: only that the dialog is gone matters.
    pub(crate) fn told(&mut self, now: Instant, id: CallId, verdict: &Verdict<'_>) {
        if verdict.code == 481 {
            self.with(id, |this, call| this.part(now, call, Ended::ByPeer));
        }
    }

    /// A header that tells seconds.
    pub(crate) fn seconds_in(verdict: &Verdict<'_>, name: &Name) -> Option<u32> {
        verdict.response?.common.header(name)?.split([';', ' ', '(']).next()?.trim().parse().ok()
    }
}
