//! Requests as they come in: who may, what exists, what is known.

use crate::{
    Admission, Endpoint,
    auth::Judgement,
    endpoint::Held,
    flows::Arrival,
    message::{ALLOW, Method, Request, SUPPORTED},
    transaction::{Ticket, key_of},
};
use bytesstr::BytesStr;
use ezk_sip_types::Name;
use std::time::Instant;

impl Endpoint {
    pub(crate) fn request(&mut self, now: Instant, arrival: Arrival, request: &Request) {
        let key = key_of(request, &request.method);
        if request.method == Method::Ack {
            if !self.refusal_acknowledged(now, &key) {
                self.acknowledged(now, arrival, request);
            }
            return;
        }
        // What came before is answered before anything is weighed: under load that is the cheapest way to get rid of it.
        if self.absorbed(&key) {
            return;
        }
        // For what belongs to calls there is some room more: they go on when new ones are shed.
        let most = self.settings.limits.transactions;
        let ours = request.method == Method::Cancel || request.common.to.tag().is_some();
        if self.transactions() >= if ours { most + most / 4 } else { most } {
            let wait = self.settings.retry_after.to_string();
            self.stateless(arrival, request, 503, &[("Retry-After", wait.as_str())]);
            return;
        }
        if request.method == Method::Cancel {
            self.cancelled(now, arrival, request, key);
            return;
        }
        if request.common.to.tag().is_some() {
            self.request_in_dialog(now, arrival, request, key);
        } else {
            self.request_outside(now, arrival, request, key);
        }
    }

    fn cancelled(&mut self, now: Instant, arrival: Arrival, request: &Request, key: String) {
        let ticket = self.ticket(now, arrival, request, key);
        let invite = key_of(request, &Method::Invite);
        self.plain(now, &ticket, if self.servers.contains_key(&invite) { 200 } else { 481 });
        if let Some(call) = self.servers.get(&invite).and_then(|tx| tx.call) {
            self.cancelled_by_caller(now, call);
        }
    }

    fn request_in_dialog(&mut self, now: Instant, arrival: Arrival, request: &Request, key: String) {
        let common = &request.common;
        let dialog = (common.call_id.clone(), common.to.tag().unwrap_or_default().to_owned());
        let held = self.dialogs.get(&dialog).copied();
        let ticket = self.ticket(now, arrival, request, key);
        match held {
            Some(Held::Call(call)) => self.request_in_call(now, arrival, request, &ticket, call),
            // Two who hang up at once: both are right.
            Some(Held::Parting) if request.method == Method::Bye => self.plain(now, &ticket, 200),
            Some(Held::Parting) | None => self.plain(now, &ticket, 481),
        }
    }

    fn request_outside(&mut self, now: Instant, arrival: Arrival, request: &Request, key: String) {
        if request.method == Method::Invite {
            let full = self.calls.len() >= self.settings.limits.calls;
            let shed = match self.admission {
                Admission::Open => full.then_some(self.settings.retry_after),
                Admission::Shed { retry_after } => Some(retry_after),
            };
            if let Some(seconds) = shed {
                self.stateless(arrival, request, 503, &[("Retry-After", seconds.to_string().as_str())]);
                return;
            }
        }
        let ticket = self.ticket(now, arrival, request, key);
        if self.note_merged(&ticket.key, request) {
            self.plain(now, &ticket, 482);
            return;
        }
        if !self.known(now, request, &ticket) || !self.proven(now, arrival, request, &ticket) {
            return;
        }
        match request.method {
            Method::Invite => self.invited(now, arrival, request, ticket),
            Method::Options => self.options(now, &ticket),
            // What only exists within a dialog, outside of one.
            _ => self.plain(now, &ticket, 481),
        }
    }

    /// Whether the method and all that is required are known; otherwise it is answered.
    pub(crate) fn known(&mut self, now: Instant, request: &Request, ticket: &Ticket) -> bool {
        match &request.method {
            Method::Unknown(_) => {
                self.plain_with(now, ticket, 501, &[("Allow", ALLOW)]);
                return false;
            }
            Method::Foreign(_) | Method::Register => {
                self.plain_with(now, ticket, 405, &[("Allow", ALLOW)]);
                return false;
            }
            _ => {}
        }
        let strange = |token: &&str| !SUPPORTED.split(", ").any(|known| known.eq_ignore_ascii_case(token));
        let required: Vec<&str> = request.common.list(&Name::REQUIRE).filter(strange).take(16).collect();
        if !required.is_empty() {
            self.plain_with(now, ticket, 420, &[("Unsupported", &required.join(", "))]);
            return false;
        }
        true
    }

    /// Whether the trunk has proven who it is, where it has to; otherwise it is asked.
    fn proven(&mut self, now: Instant, arrival: Arrival, request: &Request, ticket: &Ticket) -> bool {
        let Some(login) = self.trunk(arrival.trunk).and_then(|trunk| trunk.challenge.clone()) else {
            return true;
        };
        let host = self.settings.host.clone();
        let realm = login.realm.clone().or(host).unwrap_or_else(|| "anteroom".to_owned());
        let second = self.second(now);
        let lines = request.common.headers.get_raw(&Name::AUTHORIZATION).map(BytesStr::as_str);
        let judgement = self.challenges.judge(&login, &realm, request.method.name(), second, lines);
        if judgement == Judgement::Right {
            return true;
        }
        let [strong, weak] = self.challenges.challenge(&realm, second, judgement == Judgement::Stale);
        let name = "WWW-Authenticate";
        self.plain_with(now, ticket, 401, &[(name, strong.as_str()), (name, weak.as_str())]);
        false
    }

    pub(crate) fn options(&mut self, now: Instant, ticket: &Ticket) {
        let lines = [("Allow", ALLOW), ("Accept", "application/sdp"), ("Supported", SUPPORTED)];
        self.plain_with(now, ticket, 200, &lines);
    }
}
