//! Sockets and connections as they are seen from here, and whose they are.

use crate::{
    ConnectId, Endpoint, FlowId, Output, Settings, Transport, TrunkId,
    dialog::{Dialog, Outgoing, Target},
    message::{self, Malformed, Message, NameAddr, Reply, host_of},
    stream::{Piece, Stream},
    timers::Due,
};
use bytes::Bytes;
use std::{
    net::{IpAddr, SocketAddr},
    time::{Duration, Instant},
};

/// How long a connection may take.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// One UDP socket or one connection.
pub struct Flow {
    pub transport: Transport,
    pub local: SocketAddr,
    pub remote: Option<SocketAddr>,
    pub trunk: Option<TrunkId>,
    stream: Option<Stream>,
}

impl Flow {
    pub fn new(
        transport: Transport,
        local: SocketAddr,
        remote: Option<SocketAddr>,
        trunk: Option<TrunkId>,
        settings: &Settings,
    ) -> Self {
        let stream = transport.is_stream().then(|| Stream::new(settings.limits.message));
        Self { transport, local, remote, trunk, stream }
    }
}

/// The way to somebody.
#[derive(Clone, Copy)]
pub struct Path {
    pub flow: FlowId,
    pub to: SocketAddr,
    /// Nothing needs to be sent twice.
    pub stream: bool,
}

/// Whence a message came.
#[derive(Clone, Copy)]
pub struct Arrival {
    pub flow: FlowId,
    pub from: SocketAddr,
    pub trunk: TrunkId,
    pub stream: bool,
}

impl Endpoint {
    pub(crate) fn flow_opened(
        &mut self,
        now: Instant,
        id: FlowId,
        mut flow: Flow,
        request: Option<ConnectId>,
    ) {
        let asked = request.and_then(|request| self.connects.remove(&request));
        flow.trunk = flow.trunk.or(asked);
        if let Some(remote) = flow.remote {
            let known = flow.trunk.or_else(|| self.whose(flow.transport, remote.ip()));
            let streams = self.flows.values().filter(|f| f.remote.is_some()).count();
            // One that we asked for is always taken: somebody waits for it.
            if asked.is_none() && (known.is_none() || streams >= self.settings.limits.streams) {
                self.out.push_back(Output::Close(id));
                return;
            }
            flow.trunk = known;
        }
        self.flows.insert(id, flow);
        if let Some(trunk) = asked {
            self.lines.insert(trunk, id);
            if let Some(request) = request {
                self.connected(now, request);
            }
        }
    }

    pub(crate) fn flow_closed(&mut self, now: Instant, id: FlowId) {
        self.flows.remove(&id);
        let trunks: Vec<TrunkId> =
            self.lines.iter().filter(|(_, flow)| **flow == id).map(|(trunk, _)| *trunk).collect();
        self.lines.retain(|_, flow| *flow != id);
        self.lost(now, id);
        self.calls_lost(now, id);
        // A trunk that we registered with calls us over the connection that is gone.
        for trunk in trunks {
            let soon = now + self.chance.between(500, 5_000);
            self.register_at(soon, trunk);
        }
    }

    /// The trunk that may send from an address.
    fn whose(&self, transport: Transport, ip: IpAddr) -> Option<TrunkId> {
        let may = self.settings.trunks.iter().filter(|trunk| trunk.is_known_by(ip));
        let same = may.clone().find(|trunk| trunk.transport == transport);
        same.or_else(|| may.clone().next()).map(|trunk| trunk.id)
    }

    /// What came in. A source that no trunk allows is not even read, and gets no answer.
    pub(crate) fn packet(&mut self, now: Instant, id: FlowId, from: SocketAddr, data: &[u8]) {
        let Some(flow) = self.flows.get(&id) else { return };
        let Some(trunk) = flow.trunk.or_else(|| self.whose(flow.transport, from.ip())) else { return };
        let arrival = Arrival { flow: id, from, trunk, stream: flow.stream.is_some() };
        let Some(flow) = self.flows.get_mut(&id) else { return };
        let Some(stream) = &mut flow.stream else {
            if data.len() <= self.settings.limits.message {
                self.message(now, arrival, data);
            }
            return;
        };
        let mut pieces = Vec::new();
        stream.push(data, &mut pieces);
        for piece in pieces {
            match piece {
                Piece::Message(data) => self.message(now, arrival, &data),
                Piece::KeepAlive => {
                    let data = Bytes::from_static(b"\r\n");
                    self.out.push_back(Output::Send { flow: id, to: from, data });
                }
                Piece::Broken => {
                    self.out.push_back(Output::Close(id));
                    self.flow_closed(now, id);
                }
            }
        }
    }

    fn message(&mut self, now: Instant, arrival: Arrival, data: &[u8]) {
        match message::parse(data) {
            Ok(Message::Request(request)) => self.request(now, arrival, &request),
            Ok(Message::Response(response)) => self.response(now, arrival, &response),
            Err(Malformed::Silent) => {}
            Err(Malformed::Answer { head, via, code }) => {
                let path = way_back(arrival, &via);
                let reply = Reply::of(&head, &via, arrival.from, false);
                let tag = self.chance.token();
                let data = reply.start(code, Some(&tag)).finish(None);
                self.send(path, data);
            }
        }
    }

    pub(crate) fn send(&mut self, path: Path, data: Bytes) {
        if self.flows.contains_key(&path.flow) {
            self.out.push_back(Output::Send { flow: path.flow, to: path.to, data });
        }
    }

    /// Host and port that others reach a flow at.
    pub(crate) fn host(&self, flow: FlowId) -> String {
        let Some(flow) = self.flows.get(&flow) else { return "invalid.invalid".to_owned() };
        match &self.settings.host {
            Some(host) => format!("{host}:{}", flow.local.port()),
            None => flow.local.to_string(),
        }
    }

    /// Our Contact on a flow.
    pub(crate) fn contact(&self, flow: FlowId, trunk: TrunkId) -> String {
        let host = self.host(flow);
        let user = self.our_user(trunk);
        match self.flows.get(&flow).map(|f| f.transport) {
            Some(Transport::Tcp) => format!("<sip:{user}@{host};transport=tcp>"),
            Some(Transport::Tls) => format!("<sip:{user}@{host};transport=tls>"),
            _ => format!("<sip:{user}@{host}>"),
        }
    }

    /// The user part of our addresses at a trunk.
    pub(crate) fn our_user(&self, trunk: TrunkId) -> String {
        let trunk = self.trunk(trunk);
        let registered = trunk.and_then(|t| message::user_of(&t.register.as_ref()?.aor));
        let number = trunk.and_then(|t| t.caller_id.as_ref()).or(self.settings.published.as_ref());
        registered.or_else(|| number.map(|n| n.as_str().to_owned())).unwrap_or_else(|| "line".to_owned())
    }

    /// Where a request goes now; a connection may have to be made first.
    pub(crate) fn path(&mut self, now: Instant, outgoing: &Outgoing) -> Way {
        if let Target::Flow(flow, to) = outgoing.target
            && let Some(open) = self.flows.get(&flow)
        {
            return Way::Open(Path { flow, to, stream: open.stream.is_some() });
        }
        let Some(trunk) = self.trunk(outgoing.trunk) else { return Way::None };
        let (id, transport, peer) = (trunk.id, trunk.transport, trunk.peer);
        if !transport.is_stream() {
            let Some(peer) = peer else { return Way::None };
            let fits = |flow: &Flow| !flow.transport.is_stream() && flow.local.is_ipv4() == peer.is_ipv4();
            let flow = self.flows.iter().find(|(_, flow)| fits(flow));
            return flow
                .map_or(Way::None, |(flow, _)| Way::Open(Path { flow: *flow, to: peer, stream: false }));
        }
        let open = self.lines.get(&id).copied().or_else(|| {
            let ours = |f: &Flow| f.trunk == Some(id) && f.transport == transport && f.remote.is_some();
            self.flows.iter().rev().find(|(_, f)| ours(f)).map(|(id, _)| *id)
        });
        if let Some((flow, to)) = open.and_then(|flow| Some((flow, self.flows.get(&flow)?.remote?))) {
            return Way::Open(Path { flow, to, stream: true });
        }
        let Some(peer) = peer else { return Way::None };
        if let Some((request, _)) = self.connects.iter().find(|(_, trunk)| **trunk == id) {
            return Way::Wait(*request);
        }
        let request = ConnectId(self.number());
        self.connects.insert(request, id);
        self.timers.set(now + CONNECT_WITHIN, Due::Connect(request));
        self.out.push_back(Output::Connect { request, trunk: id, transport, to: peer });
        Way::Wait(request)
    }

    /// Where requests in a dialog go. The address that a peer names for itself is used when the trunk's allow-list has it; a
    /// private one seen from a public source (NAT), a name, or a stranger's address leads to where the peer was seen.
    pub(crate) fn hop(&self, dialog: &Dialog) -> Target {
        let seen = Target::Flow(dialog.flow, dialog.observed);
        let udp = self.flows.get(&dialog.flow).is_some_and(|f| !f.transport.is_stream());
        let route = dialog.routes.first().and_then(|route| NameAddr::read(route)).map(|route| route.uri);
        let Some((ip, port)) = host_of(route.as_deref().unwrap_or(&dialog.target)) else { return seen };
        let behind = is_private(ip) && !is_private(dialog.observed.ip());
        let allowed = self.trunk(dialog.trunk).is_some_and(|trunk| trunk.allows(ip));
        let fits = ip.is_ipv4() == dialog.observed.is_ipv4();
        if udp && allowed && fits && !behind {
            return Target::Flow(dialog.flow, SocketAddr::new(ip, port.unwrap_or(5060)));
        }
        seen
    }
}

/// A way, or what is missing.
pub enum Way {
    Open(Path),
    Wait(ConnectId),
    None,
}

/// Where an answer goes: back on the connection, or to the port that was asked for (RFC 3261, 18.2.2; RFC 3581).
pub fn way_back(arrival: Arrival, via: &message::Via) -> Path {
    let to = if arrival.stream || via.param("rport").is_some() {
        arrival.from
    } else {
        SocketAddr::new(arrival.from.ip(), via.port())
    };
    Path { flow: arrival.flow, to, stream: arrival.stream }
}

fn is_private(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_unspecified()
                || (a == 100 && (64..128).contains(&b))
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}
