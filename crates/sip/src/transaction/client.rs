//! Requests that we send: again until they are answered, and by whom they are wanted.

use crate::{
    CallId, ConnectId, Endpoint, FlowId, TrunkId,
    dialog::{Dialog, Outgoing},
    flows::{Arrival, Path, Way},
    message::{Method, Response},
    timers::{Due, TimerId},
};
use bytes::Bytes;
use bytesstr::BytesStr;
use ezk_sip_types::Name;
use std::time::{Duration, Instant};

/// Who wants the answer.
#[derive(Clone, PartialEq, Eq)]
pub enum Owner {
    Nobody,
    /// The INVITE of a call we make.
    Invite(CallId),
    /// The same, when nobody wants the call any longer: an answer is acknowledged and ended.
    Abandoned,
    /// A change within a call: re-INVITE or UPDATE.
    Change(CallId),
    /// The BYE of a dialog: Call-ID and our tag.
    Bye(String, String),
    Info(CallId),
    Refer(CallId),
    Register(TrunkId),
    Ping(TrunkId),
}

/// Whether an INVITE is being taken back. CANCEL may only go out after a provisional answer (RFC 3261, 9.1).
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cancel {
    No,
    Wanted,
    Sent,
}

#[derive(Clone)]
enum State {
    /// For a connection, or, with `None`, for the word that there is none.
    Waiting(Option<ConnectId>),
    Calling,
    Proceeding,
    /// Refused; the ACK goes out again for every refusal that comes again.
    Completed(Bytes),
    /// An INVITE got a 2xx; others may come from other branches of a fork.
    Accepted,
}

/// One transaction.
pub struct ClientTx {
    outgoing: Outgoing,
    owner: Owner,
    state: State,
    path: Option<Path>,
    wire: Bytes,
    pause: Duration,
    resend: Option<TimerId>,
    end: Option<TimerId>,
    tries: u8,
    cancel: Cancel,
    /// The highest number that was used in a dialog of this INVITE: what is sent in one that nobody wants comes after it.
    floor: u32,
    /// To-tags of answers that nobody wanted and that were ended.
    disowned: Vec<String>,
}

/// How a request of ours ended, or goes on.
pub struct Verdict<'a> {
    pub code: u16,
    /// `None`: no answer came (408), or no way led there (503).
    pub response: Option<&'a Response>,
    pub arrival: Option<Arrival>,
    pub outgoing: &'a Outgoing,
    pub branch: &'a str,
}

/// What names the transaction of the CANCEL of an INVITE: on the wire both have one branch.
fn cancel_of(branch: &str) -> String {
    format!("cancel {branch}")
}

/// Forks of one INVITE.
const MOST_FORKS: usize = 16;

impl Endpoint {
    /// Sends a request; returns the branch that names the transaction.
    pub(crate) fn submit(&mut self, now: Instant, outgoing: Outgoing, owner: Owner) -> String {
        self.submit_again(now, outgoing, owner, 0)
    }

    fn submit_again(&mut self, now: Instant, outgoing: Outgoing, owner: Owner, tries: u8) -> String {
        let branch = self.chance.branch();
        let way = self.path(now, &outgoing);
        let tx = ClientTx {
            outgoing,
            owner,
            state: State::Waiting(if let Way::Wait(request) = way { Some(request) } else { None }),
            path: None,
            wire: Bytes::new(),
            pause: self.settings.waits.t1,
            resend: None,
            end: None,
            tries,
            cancel: Cancel::No,
            floor: 0,
            disowned: Vec::new(),
        };
        self.clients.insert(branch.clone(), tx);
        match way {
            Way::Open(path) => self.launch(now, &branch, path),
            Way::Wait(_) => {}
            // Told by the next time-out, so that nobody hears of a failure before they know what they began.
            Way::None => self.end_client_at(&branch, now),
        }
        branch
    }

    fn end_client_at(&mut self, branch: &str, at: Instant) {
        if let Some(tx) = self.clients.get_mut(branch) {
            self.timers.cancel(&mut tx.end);
            tx.end = Some(self.timers.set(at, Due::ClientEnd(branch.to_owned())));
        }
    }

    fn launch(&mut self, now: Instant, branch: &str, path: Path) {
        let waits = self.settings.waits;
        let Some(tx) = self.clients.get(branch) else { return };
        let wire = self.write(&tx.outgoing, path.flow, branch);
        let Some(tx) = self.clients.get_mut(branch) else { return };
        tx.wire.clone_from(&wire);
        tx.path = Some(path);
        tx.state = State::Calling;
        if !path.stream {
            tx.resend = Some(self.timers.set(now + waits.t1, Due::ClientResend(branch.to_owned())));
        }
        self.end_client_at(branch, now + 64 * waits.t1);
        self.send(path, wire);
    }

    /// A request as it goes over a flow.
    pub(crate) fn write(&self, outgoing: &Outgoing, flow: FlowId, branch: &str) -> Bytes {
        let transport = self.flows.get(&flow).map_or("UDP", |f| f.transport.name());
        let via = format!("SIP/2.0/{transport} {};rport;branch={branch}", self.host(flow));
        outgoing.render(&via, &self.contact(flow, outgoing.trunk), &self.settings.user_agent)
    }

    /// Sends something that is not answered: an ACK of a 2xx.
    pub(crate) fn send_once(&mut self, now: Instant, outgoing: &Outgoing) -> Option<(Path, Bytes)> {
        let Way::Open(path) = self.path(now, outgoing) else { return None };
        let branch = self.chance.branch();
        let wire = self.write(outgoing, path.flow, &branch);
        self.send(path, wire.clone());
        Some((path, wire))
    }

    pub(crate) fn connected(&mut self, now: Instant, request: ConnectId) {
        for branch in self.waiting_for(request) {
            let Some(outgoing) = self.clients.get(&branch).map(|tx| tx.outgoing.clone()) else { continue };
            match self.path(now, &outgoing) {
                Way::Open(path) => self.launch(now, &branch, path),
                Way::Wait(_) | Way::None => self.end_client_at(&branch, now),
            }
        }
    }

    pub(crate) fn connect_failed(&mut self, now: Instant, request: ConnectId) {
        if self.connects.remove(&request).is_some() {
            for branch in self.waiting_for(request) {
                self.client_end(now, &branch);
            }
        }
    }

    fn waiting_for(&self, request: ConnectId) -> Vec<String> {
        let waits = |tx: &ClientTx| matches!(tx.state, State::Waiting(Some(r)) if r == request);
        let mut found: Vec<String> =
            self.clients.iter().filter(|(_, tx)| waits(tx)).map(|(branch, _)| branch.clone()).collect();
        found.sort();
        found
    }

    /// A connection is gone: what was under way on it fails.
    pub(crate) fn lost(&mut self, now: Instant, flow: FlowId) {
        let under_way = |tx: &ClientTx| {
            tx.path.is_some_and(|p| p.flow == flow) && matches!(tx.state, State::Calling | State::Proceeding)
        };
        let mut branches: Vec<String> =
            self.clients.iter().filter(|(_, tx)| under_way(tx)).map(|(b, _)| b.clone()).collect();
        branches.sort();
        for branch in branches {
            if let Some(tx) = self.clients.get_mut(&branch) {
                tx.state = State::Waiting(None);
            }
            self.client_end(now, &branch);
        }
    }

    pub(crate) fn client_resend(&mut self, now: Instant, branch: &str) {
        let t2 = self.settings.waits.t2;
        let Some(tx) = self.clients.get_mut(branch) else { return };
        let invite = tx.outgoing.method == Method::Invite;
        match tx.state {
            State::Calling if invite => tx.pause *= 2,
            State::Calling => tx.pause = (tx.pause * 2).min(t2),
            State::Proceeding if !invite => tx.pause = t2,
            _ => return,
        }
        tx.resend = Some(self.timers.set(now + tx.pause, Due::ClientResend(branch.to_owned())));
        let (path, wire) = (tx.path, tx.wire.clone());
        if let Some(path) = path {
            self.send(path, wire);
        }
    }

    /// Nothing more comes of a transaction.
    pub(crate) fn client_end(&mut self, now: Instant, branch: &str) {
        let Some(mut tx) = self.clients.remove(branch) else { return };
        self.timers.cancel(&mut tx.resend);
        self.timers.cancel(&mut tx.end);
        let code = match tx.state {
            State::Waiting(_) => 503,
            State::Calling | State::Proceeding => 408,
            State::Completed(_) | State::Accepted => return,
        };
        let verdict = Verdict { code, response: None, arrival: None, outgoing: &tx.outgoing, branch };
        self.deliver(now, &tx.owner, &verdict);
    }

    /// An answer came.
    pub(crate) fn response(&mut self, now: Instant, arrival: Arrival, response: &Response) {
        let mut branch = response.common.via.branch().to_owned();
        if response.common.cseq_method == Method::Cancel {
            branch = cancel_of(&branch);
        }
        let t1 = self.settings.waits.t1;
        let Some(tx) = self.clients.get_mut(&branch) else { return };
        if response.common.cseq_method != tx.outgoing.method || response.common.cseq != tx.outgoing.cseq {
            return;
        }
        let invite = tx.outgoing.method == Method::Invite;
        match (&tx.state, response.code) {
            (State::Waiting(_), _) | (State::Accepted, ..200 | 300..) | (State::Completed(_), ..300) => {
                return;
            }
            (State::Completed(ack), _) => {
                if let (Some(path), ack) = (tx.path, ack.clone()) {
                    self.send(path, ack);
                }
                return;
            }
            (_, ..200) => {
                tx.state = State::Proceeding;
                if invite {
                    self.timers.cancel(&mut tx.resend);
                    if tx.cancel != Cancel::Sent {
                        self.timers.cancel(&mut tx.end);
                    }
                    if tx.cancel == Cancel::Wanted {
                        self.send_cancel(now, &branch);
                    }
                }
            }
            // Again, or of another branch of a fork.
            (State::Accepted, 200..300) => {}
            (_, 200..300) if invite => {
                tx.state = State::Accepted;
                self.timers.cancel(&mut tx.resend);
                self.end_client_at(&branch, now + 64 * t1);
            }
            (_, _) if invite => self.refused(now, &branch, response),
            _ => {}
        }
        self.conclude(now, arrival, &branch, response);
    }

    /// Hands an answer on; a request that was not an INVITE is over with it.
    fn conclude(&mut self, now: Instant, arrival: Arrival, branch: &str, response: &Response) {
        let Some(tx) = self.clients.get(branch) else { return };
        let (outgoing, owner, tries) = (tx.outgoing.clone(), tx.owner.clone(), tx.tries);
        let over = response.code >= 200 && outgoing.method != Method::Invite;
        if over && let Some(mut tx) = self.clients.remove(branch) {
            self.timers.cancel(&mut tx.resend);
            self.timers.cancel(&mut tx.end);
        }
        if matches!(response.code, 401 | 407)
            && owner != Owner::Abandoned
            && self.authorised(now, &outgoing, &owner, tries, response)
        {
            return;
        }
        if owner == Owner::Abandoned {
            if (200..300).contains(&response.code) {
                self.disown(now, arrival, branch, &outgoing, response);
            }
            return;
        }
        let (code, arrival) = (response.code, Some(arrival));
        let verdict = Verdict { code, response: Some(response), arrival, outgoing: &outgoing, branch };
        self.deliver(now, &owner, &verdict);
    }

    fn refused(&mut self, now: Instant, branch: &str, response: &Response) {
        let Some(tx) = self.clients.get(branch) else { return };
        let to = response.common.header(&Name::TO).unwrap_or_default().to_owned();
        let ack = tx.outgoing.companion(Method::Ack, to);
        let Some(path) = tx.path else { return };
        let wire = self.write(&ack, path.flow, branch);
        self.send(path, wire.clone());
        let keep = if path.stream { Duration::ZERO } else { Duration::from_secs(32) };
        if let Some(tx) = self.clients.get_mut(branch) {
            tx.state = State::Completed(wire);
            self.timers.cancel(&mut tx.resend);
        }
        self.end_client_at(branch, now + keep);
    }

    /// Sends the request again with what the challenge wants (RFC 3261, 22.2). Once; a second time for a nonce that was too old.
    fn authorised(
        &mut self,
        now: Instant,
        outgoing: &Outgoing,
        owner: &Owner,
        tries: u8,
        response: &Response,
    ) -> bool {
        let proxy = response.code == 407;
        let name = if proxy { Name::PROXY_AUTHENTICATE } else { Name::WWW_AUTHENTICATE };
        let lines: Vec<&str> = response.common.headers.get_raw(&name).map(BytesStr::as_str).collect();
        let stale =
            lines.iter().any(|l| l.to_ascii_lowercase().replace([' ', '"'], "").contains("stale=true"));
        let Some(login) = self.trunk(outgoing.trunk).and_then(|t| t.login.clone()) else { return false };
        let answers = self.answers.entry(outgoing.trunk).or_default();
        if tries > if stale { 2 } else { 0 } || !answers.challenged(&login, proxy, lines.into_iter()) {
            return false;
        }
        let mut again = outgoing.clone();
        again.cseq = self.next_cseq(owner, outgoing.cseq);
        again.extra.retain(|(name, _)| !name.ends_with("Authorization"));
        let answers = self.answers.entry(outgoing.trunk).or_default();
        again.extra.extend(answers.authorise(&login, again.method.name(), &again.uri, &mut self.chance));
        let branch = self.submit_again(now, again, owner.clone(), tries + 1);
        self.branch_moved(owner, branch);
        true
    }

    /// Takes an INVITE back; whatever comes of it now, nobody wants it.
    pub(crate) fn abandon(&mut self, now: Instant, branch: &str) {
        let t1 = self.settings.waits.t1;
        let Some(tx) = self.clients.get_mut(branch) else { return };
        tx.owner = Owner::Abandoned;
        match tx.state {
            State::Waiting(_) => {
                self.client_end(now, branch);
            }
            State::Proceeding => {
                self.send_cancel(now, branch);
                self.end_client_at(branch, now + 64 * t1);
            }
            // It is not sent again: who has heard nothing of it need not begin to ring.
            State::Calling => {
                tx.cancel = Cancel::Wanted;
                self.timers.cancel(&mut tx.resend);
            }
            State::Completed(_) | State::Accepted => {}
        }
    }

    /// Whether nothing at all was heard of a request that went out, or is to go out.
    pub(crate) fn is_unheard(&self, branch: &str) -> bool {
        let unheard = |tx: &ClientTx| matches!(tx.state, State::Calling | State::Waiting(_));
        self.clients.get(branch).is_some_and(unheard)
    }

    fn send_cancel(&mut self, now: Instant, branch: &str) {
        let t1 = self.settings.waits.t1;
        let Some(tx) = self.clients.get_mut(branch).filter(|tx| tx.cancel != Cancel::Sent) else { return };
        tx.cancel = Cancel::Sent;
        let Some(path) = tx.path else { return };
        let cancel = tx.outgoing.companion(Method::Cancel, tx.outgoing.to.clone());
        // A CANCEL has the branch of its INVITE, so it needs a name of its own here.
        let wire = self.write(&cancel, path.flow, branch);
        let key = cancel_of(branch);
        let end = Some(self.timers.set(now + 64 * t1, Due::ClientEnd(key.clone())));
        let resend = (!path.stream).then(|| self.timers.set(now + t1, Due::ClientResend(key.clone())));
        let tx = ClientTx {
            outgoing: cancel,
            owner: Owner::Nobody,
            state: State::Calling,
            path: Some(path),
            wire: wire.clone(),
            pause: t1,
            resend,
            end,
            tries: 0,
            cancel: Cancel::No,
            floor: 0,
            disowned: Vec::new(),
        };
        self.clients.insert(key, tx);
        self.end_client_at(branch, now + 64 * t1);
        self.send(path, wire);
    }

    /// A request was sent in a dialog that an INVITE may yet make.
    pub(crate) fn raise_floor(&mut self, branch: &str, cseq: u32) {
        if let Some(tx) = self.clients.get_mut(branch) {
            tx.floor = tx.floor.max(cseq);
        }
    }

    /// Acknowledges an answer that nobody wants and ends what it began.
    pub(crate) fn disown(
        &mut self,
        now: Instant,
        arrival: Arrival,
        branch: &str,
        outgoing: &Outgoing,
        response: &Response,
    ) {
        let Some(mut dialog) = Dialog::calling(outgoing, response, arrival) else { return };
        let hop = self.hop(&dialog);
        let mut ack = dialog.outgoing(Method::Ack, outgoing.cseq, hop);
        ack.extra = outgoing.companion(Method::Ack, String::new()).extra;
        self.send_once(now, &ack);
        let Some(tx) = self.clients.get_mut(branch) else { return };
        if tx.disowned.contains(&dialog.remote_tag) || tx.disowned.len() >= MOST_FORKS {
            return;
        }
        tx.disowned.push(dialog.remote_tag.clone());
        dialog.local_cseq = dialog.local_cseq.max(tx.floor);
        let bye = dialog.request(Method::Bye, hop);
        self.submit(now, bye, Owner::Nobody);
    }

    fn deliver(&mut self, now: Instant, owner: &Owner, verdict: &Verdict<'_>) {
        match owner {
            Owner::Nobody | Owner::Abandoned => {}
            Owner::Invite(call) => self.invite_answered(now, *call, verdict),
            Owner::Change(call) => self.change_answered(now, *call, verdict),
            Owner::Bye(call_id, tag) => {
                if verdict.code >= 200 {
                    self.dialogs.remove(&(call_id.clone(), tag.clone()));
                }
            }
            Owner::Info(call) => self.told(now, *call, verdict),
            Owner::Refer(call) => self.refer_answered(now, *call, verdict),
            Owner::Register(trunk) => self.register_answered(now, *trunk, verdict),
            Owner::Ping(trunk) => self.ping_answered(*trunk, verdict.code),
        }
    }
}
