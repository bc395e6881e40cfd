//! Requests that came: each is answered once, however often it comes.

use crate::{
    CallId, Endpoint,
    flows::{Arrival, Path, way_back},
    message::{Method, Reply, Request, Writer},
    timers::{Due, TimerId},
};
use bytes::Bytes;
use std::time::{Duration, Instant};

/// How far the answering of a request is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// No last word yet.
    Proceeding,
    /// A refusal went out; an INVITE's is sent until it is acknowledged.
    Completed,
    /// The refusal of an INVITE was acknowledged.
    Confirmed,
    /// A 2xx of an INVITE went out: the call sends it again, not the transaction.
    Accepted,
}

/// One transaction.
pub struct ServerTx {
    path: Path,
    invite: bool,
    state: State,
    last: Option<Bytes>,
    pause: Duration,
    resend: Option<TimerId>,
    end: Option<TimerId>,
    /// The call that an INVITE began, for its CANCEL.
    pub call: Option<CallId>,
    /// Its place in the list of requests that could come by two ways.
    merged: Option<String>,
}

/// What is needed to answer a request later.
#[derive(Clone)]
pub struct Ticket {
    pub key: String,
    pub path: Path,
    pub reply: Reply,
}

impl Ticket {
    /// Begins an answer.
    pub fn start(&self, code: u16, tag: Option<&str>) -> Writer {
        self.reply.start(code, tag)
    }
}

/// What names a transaction (RFC 3261, 17.2.3). The ACK of a refusal has the name of its INVITE.
pub fn key_of(request: &Request, method: &Method) -> String {
    let common = &request.common;
    let via = &common.via;
    let method = if *method == Method::Ack { &Method::Invite } else { method };
    if via.branch().len() > 7 && via.branch().starts_with("z9hG4bK") {
        // Call-ID and number too: two senders who choose the same branch are still two.
        return format!("{}|{}|{}|{}|{method}", via.branch(), via.sent_by, common.call_id, common.cseq);
    }
    let tag = common.from.tag().unwrap_or_default();
    format!("2543|{}|{tag}|{}|{}|{}|{method}", common.call_id, common.cseq, via.sent_by, via.branch())
}

impl Endpoint {
    /// Whether a request is one that came before; then it has got its answer again.
    pub(crate) fn absorbed(&mut self, key: &str) -> bool {
        let Some(tx) = self.servers.get(key) else { return false };
        let (path, last) = (tx.path, tx.last.clone());
        if tx.state != State::Accepted
            && tx.state != State::Confirmed
            && let Some(last) = last
        {
            self.send(path, last);
        }
        true
    }

    pub(crate) fn ticket(
        &mut self,
        now: Instant,
        arrival: Arrival,
        request: &Request,
        key: String,
    ) -> Ticket {
        let path = way_back(arrival, &request.common.via);
        let invite = request.method == Method::Invite;
        let reply = Reply::to(&request.common, arrival.from);
        // Who sent anything but an INVITE waits so long and no longer, answered or not (RFC 4320, section 4).
        let give_up = now + 64 * self.settings.waits.t1;
        let end = (!invite).then(|| self.timers.set(give_up, Due::ServerEnd(key.clone())));
        let tx = ServerTx {
            path,
            invite,
            state: State::Proceeding,
            last: None,
            pause: self.settings.waits.t1,
            resend: None,
            end,
            call: None,
            merged: None,
        };
        self.servers.insert(key.clone(), tx);
        Ticket { key, path, reply }
    }

    /// Notes that a request without To-tag is under way: the same by another branch came by a loop or a fork (RFC 3261, 8.2.2.2).
    pub(crate) fn note_merged(&mut self, key: &str, request: &Request) -> bool {
        let common = &request.common;
        let same = format!("{}|{}|{}", common.call_id, common.from.tag().unwrap_or_default(), common.cseq);
        if self.merged.get(&same).is_some_and(|other| other != key) {
            return true;
        }
        self.merged.insert(same.clone(), key.to_owned());
        if let Some(tx) = self.servers.get_mut(key) {
            tx.merged = Some(same);
        }
        false
    }

    pub(crate) fn bind(&mut self, key: &str, call: CallId) {
        if let Some(tx) = self.servers.get_mut(key) {
            tx.call = Some(call);
        }
    }

    /// Sends an answer.
    pub(crate) fn answer(&mut self, now: Instant, ticket: &Ticket, code: u16, data: Bytes) {
        let waits = self.settings.waits;
        if let Some(tx) = self.servers.get_mut(&ticket.key)
            && tx.state == State::Proceeding
        {
            tx.last = Some(data.clone());
            if code >= 200 {
                tx.state = if tx.invite && code < 300 { State::Accepted } else { State::Completed };
                self.timers.cancel(&mut tx.end);
                let keep = if tx.invite || !tx.path.stream { 64 * waits.t1 } else { Duration::ZERO };
                tx.end = Some(self.timers.set(now + keep, Due::ServerEnd(ticket.key.clone())));
                if tx.invite && tx.state == State::Completed && !tx.path.stream {
                    tx.pause = waits.t1;
                    tx.resend = Some(self.timers.set(now + waits.t1, Due::ServerResend(ticket.key.clone())));
                }
            }
        } else if code >= 300 {
            // The last word has been said.
            return;
        }
        self.send(ticket.path, data);
    }

    /// Refuses, or says yes without a word more.
    pub(crate) fn plain(&mut self, now: Instant, ticket: &Ticket, code: u16) {
        self.plain_with(now, ticket, code, &[]);
    }

    pub(crate) fn plain_with(&mut self, now: Instant, ticket: &Ticket, code: u16, lines: &[(&str, &str)]) {
        let tag = self.chance.token();
        let mut writer = ticket.start(code, (code > 100).then_some(tag.as_str()));
        for (name, value) in lines {
            writer.line(name, value);
        }
        self.answer(now, ticket, code, writer.finish(None));
    }

    /// Answers without remembering: when there is no room.
    pub(crate) fn stateless(
        &mut self,
        arrival: Arrival,
        request: &Request,
        code: u16,
        lines: &[(&str, &str)],
    ) {
        let path = way_back(arrival, &request.common.via);
        let tag = self.chance.token();
        let mut writer = Reply::to(&request.common, arrival.from).start(code, Some(&tag));
        for (name, value) in lines {
            writer.line(name, value);
        }
        self.send(path, writer.finish(None));
    }

    /// An ACK for a refusal.
    pub(crate) fn refusal_acknowledged(&mut self, now: Instant, key: &str) -> bool {
        let t4 = self.settings.waits.t4;
        let Some(tx) = self.servers.get_mut(key) else { return false };
        if tx.state != State::Completed {
            return tx.state == State::Confirmed;
        }
        tx.state = State::Confirmed;
        self.timers.cancel(&mut tx.resend);
        self.timers.cancel(&mut tx.end);
        let keep = if tx.path.stream { Duration::ZERO } else { t4 };
        tx.end = Some(self.timers.set(now + keep, Due::ServerEnd(key.to_owned())));
        true
    }

    pub(crate) fn server_resend(&mut self, now: Instant, key: &str) {
        let t2 = self.settings.waits.t2;
        let Some(tx) = self.servers.get_mut(key).filter(|tx| tx.state == State::Completed) else { return };
        tx.pause = (tx.pause * 2).min(t2);
        tx.resend = Some(self.timers.set(now + tx.pause, Due::ServerResend(key.to_owned())));
        let (path, last) = (tx.path, tx.last.clone());
        if let Some(last) = last {
            self.send(path, last);
        }
    }

    pub(crate) fn server_end(&mut self, key: &str) {
        let Some(mut tx) = self.servers.remove(key) else { return };
        self.timers.cancel(&mut tx.resend);
        self.timers.cancel(&mut tx.end);
        if let Some(merged) = tx.merged {
            self.merged.remove(&merged);
        }
    }
}
