//! The user agent: what it holds, and the doors to it.

use crate::{
    Admission, Command, CommandError, Event, FlowId, Input, Output, Settings, TrunkId,
    api::{CallId, ConnectId},
    auth::{Client as Answers, Server as Challenges},
    call::Call,
    chance::Chance,
    flows::Flow,
    register::Registration,
    timers::{CallDue, Due, Timers},
    transaction::{ClientTx, ServerTx},
};
use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    time::Instant,
};

/// A user agent of SIP: one for a process. It owns calls, transactions, dialogs, registrations and timers, and neither a socket nor
/// a clock.
///
/// Open the UDP sockets before the first [`handle_timeout`](Self::handle_timeout): registrations and pings begin then.
///
/// After every [`handle`](Self::handle), [`command`](Self::command), [`dial`](Self::dial) and
/// [`handle_timeout`](Self::handle_timeout) take what [`poll_output`](Self::poll_output) gives until it gives nothing.
pub struct Endpoint {
    pub(crate) settings: Settings,
    pub(crate) chance: Chance,
    /// The first moment that was told: what nonces count from.
    pub(crate) epoch: Option<Instant>,
    pub(crate) flows: BTreeMap<FlowId, Flow>,
    pub(crate) lines: HashMap<TrunkId, FlowId>,
    pub(crate) connects: HashMap<ConnectId, TrunkId>,
    pub(crate) servers: HashMap<String, ServerTx>,
    pub(crate) clients: HashMap<String, ClientTx>,
    pub(crate) calls: HashMap<CallId, Call>,
    /// By Call-ID and our tag.
    pub(crate) dialogs: HashMap<(String, String), Held>,
    pub(crate) merged: HashMap<String, String>,
    pub(crate) timers: Timers,
    pub(crate) out: VecDeque<Output>,
    pub(crate) admission: Admission,
    pub(crate) answers: HashMap<TrunkId, Answers>,
    pub(crate) challenges: Challenges,
    pub(crate) registrations: BTreeMap<TrunkId, Registration>,
    /// Whether each pinged trunk answered the last time.
    pub(crate) present: BTreeMap<TrunkId, bool>,
    count: u64,
}

/// What a dialog belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    /// A call.
    Call(CallId),
    /// A call that we ended: its BYE is under way, and may cross with theirs.
    Parting,
}

impl Endpoint {
    /// A user agent without any call. `seed`: all its chance comes from it; give 32 bytes from the system.
    pub fn new(settings: Settings, seed: [u8; 32]) -> Self {
        let mut chance = Chance::new(seed);
        let challenges = Challenges::new(chance.bytes());
        Self {
            settings,
            chance,
            epoch: None,
            flows: BTreeMap::new(),
            lines: HashMap::new(),
            connects: HashMap::new(),
            servers: HashMap::new(),
            clients: HashMap::new(),
            calls: HashMap::new(),
            dialogs: HashMap::new(),
            merged: HashMap::new(),
            timers: Timers::default(),
            out: VecDeque::new(),
            admission: Admission::Open,
            answers: HashMap::new(),
            challenges,
            registrations: BTreeMap::new(),
            present: BTreeMap::new(),
            count: 0,
        }
    }

    /// Takes what the network brought.
    pub fn handle(&mut self, now: Instant, input: Input<'_>) {
        self.begin(now);
        match input {
            Input::FlowOpened { flow, transport, local, remote, trunk, request } => {
                self.flow_opened(
                    now,
                    flow,
                    Flow::new(transport, local, remote, trunk, &self.settings),
                    request,
                );
            }
            Input::Packet { flow, from, data } => self.packet(now, flow, from, data),
            Input::FlowClosed(flow) => self.flow_closed(now, flow),
            Input::ConnectFailed(request) => self.connect_failed(now, request),
        }
    }

    /// Does what the exchange wants.
    ///
    /// # Errors
    /// When the call is gone or in no state for it; then nothing was done.
    pub fn command(&mut self, now: Instant, command: Command) -> Result<(), CommandError> {
        self.begin(now);
        match command {
            Command::Ring { call, early } => self.ring(now, call, early),
            Command::Accept { call, media } => self.accept(now, call, media),
            Command::Reject { call, code, retry_after } => self.reject(now, call, code, retry_after),
            Command::Hangup { call } => self.hangup(now, call),
            Command::Hold { call, held } => self.hold(now, call, held),
            Command::ReOffer { call, media } => self.re_offer(now, call, media),
            Command::Refer { call, to } => self.refer(now, call, &to),
            Command::Info { call, digit, ms } => self.send_digit(now, call, digit, ms),
            Command::TakeTransfer { call } => self.decide_transfer(now, call, None),
            Command::RefuseTransfer { call, code } => self.decide_transfer(now, call, Some(code)),
            Command::TellTransfer { call, code } => self.tell_transfer(now, call, code),
            Command::Admission(admission) => {
                self.admission = admission;
                Ok(())
            }
        }
    }

    /// Does what has become due.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.begin(now);
        // What a due thing sets anew lies later; so many as there are now, in one go.
        for _ in 0..=self.timers.len() {
            let Some(due) = self.timers.pop(now) else { break };
            self.due(now, due);
        }
    }

    fn due(&mut self, now: Instant, due: Due) {
        match due {
            Due::ServerResend(key) => self.server_resend(now, &key),
            Due::ServerEnd(key) => self.server_end(&key),
            Due::ClientResend(branch) => self.client_resend(now, &branch),
            Due::ClientEnd(branch) => self.client_end(now, &branch),
            Due::Register(trunk) => self.register(now, trunk),
            Due::Ping(trunk) => self.ping(now, trunk),
            Due::Connect(request) => self.connect_failed(now, request),
            Due::Call(call, due) => self.call_due(now, call, due),
        }
    }

    fn call_due(&mut self, now: Instant, id: CallId, due: CallDue) {
        match due {
            CallDue::Answer => self.resend_answer(now, id),
            CallDue::NoAck => self.no_ack(now, id),
            CallDue::Provisional => self.resend_provisional(now, id),
            CallDue::NoPrack => self.no_prack(now, id),
            CallDue::Ringing => self.rung_out(now, id),
            CallDue::Silent => self.unheard(now, id),
            CallDue::Refresh => self.refresh(now, id),
            CallDue::Expired => self.expired(now, id),
            CallDue::Retry => self.retry_change(now, id),
            CallDue::Transfer => {
                let _ = self.decide_transfer(now, id, Some(603));
            }
        }
    }

    /// The next thing to be done outside.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    /// When [`handle_timeout`](Self::handle_timeout) is to be called next.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.timers.next()
    }

    /// How many calls there are, those included whose last messages are still under way.
    pub fn calls(&self) -> usize {
        self.calls.len()
    }

    /// How many transactions there are.
    pub fn transactions(&self) -> usize {
        self.servers.len() + self.clients.len()
    }

    /// How many dialogs there are: of calls, and of calls whose BYE is under way.
    pub fn dialogs(&self) -> usize {
        self.dialogs.len()
    }

    /// The first time is known now: what runs by itself begins.
    fn begin(&mut self, now: Instant) {
        if self.epoch.is_some() {
            return;
        }
        self.epoch = Some(now);
        for trunk in &self.settings.trunks {
            if trunk.ping.is_some() && trunk.peer.is_some() {
                self.timers.set(now, Due::Ping(trunk.id));
            }
            if trunk.register.is_some() {
                self.timers.set(now, Due::Register(trunk.id));
            }
        }
    }

    /// Seconds since the first moment.
    pub(crate) fn second(&self, now: Instant) -> u64 {
        self.epoch.map_or(0, |epoch| now.saturating_duration_since(epoch).as_secs())
    }

    pub(crate) fn emit(&mut self, event: Event) {
        self.out.push_back(Output::Event(event));
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    pub(crate) fn trunk(&self, id: TrunkId) -> Option<&crate::Trunk> {
        self.settings.trunks.iter().find(|trunk| trunk.id == id)
    }
}
