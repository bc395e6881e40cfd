//! Dialogs, and requests before they are written.

use crate::{
    FlowId, TrunkId,
    flows::Arrival,
    message::{Common, Content, Method, NameAddr, Response, Writer, is_loose, split_list},
};
use bytes::Bytes;
use ezk_sip_types::Name;
use std::net::SocketAddr;

/// Where a request goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// There; when the flow is gone, as if it were the next.
    Flow(FlowId, SocketAddr),
    /// To the trunk, over whatever leads there.
    Trunk,
}

/// A request before it is written: it is written anew when it has to be authorised.
#[derive(Clone)]
pub struct Outgoing {
    pub method: Method,
    pub uri: String,
    pub routes: Vec<String>,
    pub from: String,
    pub to: String,
    pub call_id: String,
    pub cseq: u32,
    /// Whether it carries our Contact.
    pub contact: bool,
    pub extra: Vec<(&'static str, String)>,
    pub content: Option<Content>,
    pub target: Target,
    pub trunk: TrunkId,
}

impl Outgoing {
    pub fn render(&self, via: &str, contact: &str, agent: &str) -> Bytes {
        let mut writer = Writer::request(self.method.name(), &self.uri);
        writer.line("Via", via);
        for route in &self.routes {
            writer.line("Route", route);
        }
        writer.line("Max-Forwards", 70).line("From", &self.from).line("To", &self.to);
        writer.line("Call-ID", &self.call_id).line("CSeq", format_args!("{} {}", self.cseq, self.method));
        if self.contact {
            writer.line("Contact", contact);
        }
        for (name, value) in &self.extra {
            writer.line(name, value);
        }
        writer.line("User-Agent", agent);
        writer.finish(self.content.as_ref())
    }

    /// The ACK or CANCEL of this request: same address, same number, same way (RFC 3261, 9.1 and 17.1.1.3).
    pub fn companion(&self, method: Method, to: String) -> Self {
        let authorisation = |(name, _): &&(&'static str, String)| name.ends_with("Authorization");
        Self {
            to,
            extra: self.extra.iter().filter(authorisation).cloned().collect(),
            contact: false,
            content: None,
            method,
            ..self.clone()
        }
    }
}

/// One dialog (RFC 3261, section 12).
#[derive(Clone)]
pub struct Dialog {
    pub trunk: TrunkId,
    pub call_id: String,
    pub local_tag: String,
    pub remote_tag: String,
    /// Our From in it, with the tag.
    pub local: String,
    /// Our To in it, with the tag.
    pub remote: String,
    /// The other end's Contact.
    pub target: String,
    pub routes: Vec<String>,
    pub local_cseq: u32,
    pub remote_cseq: Option<u32>,
    pub flow: FlowId,
    /// Where the other end was seen.
    pub observed: SocketAddr,
}

/// Routes that are kept of one dialog.
const MOST_ROUTES: usize = 20;

impl Dialog {
    /// As the one who was called.
    pub fn called(common: &Common, arrival: Arrival, tag: &str) -> Self {
        let raw = |name: &Name| common.header(name).unwrap_or_default().to_owned();
        let routes = routes(common);
        Self {
            trunk: arrival.trunk,
            call_id: common.call_id.clone(),
            local_tag: tag.to_owned(),
            remote_tag: common.from.tag().unwrap_or_default().to_owned(),
            local: format!("{};tag={tag}", raw(&Name::TO)),
            remote: raw(&Name::FROM),
            // Phones of the old kind have no Contact; where they were seen is known all the same.
            target: contact(common).unwrap_or_else(|| common.from.uri.clone()),
            routes,
            local_cseq: 0,
            remote_cseq: Some(common.cseq),
            flow: arrival.flow,
            observed: arrival.from,
        }
    }

    /// As the one who calls, by an answer that makes a dialog.
    pub fn calling(outgoing: &Outgoing, response: &Response, arrival: Arrival) -> Option<Self> {
        let common = &response.common;
        let mut routes = routes(common);
        routes.reverse();
        Some(Self {
            trunk: arrival.trunk,
            call_id: outgoing.call_id.clone(),
            local_tag: common.from.tag().unwrap_or_default().to_owned(),
            remote_tag: common.to.tag()?.to_owned(),
            local: outgoing.from.clone(),
            remote: common.header(&Name::TO).unwrap_or_default().to_owned(),
            // An answer without Contact is a fault of theirs; the address we called is the best that is left.
            target: contact(common).unwrap_or_else(|| outgoing.uri.clone()),
            routes,
            local_cseq: outgoing.cseq,
            remote_cseq: None,
            flow: arrival.flow,
            observed: arrival.from,
        })
    }

    /// The next request in it.
    pub fn request(&mut self, method: Method, hop: Target) -> Outgoing {
        self.local_cseq += 1;
        self.outgoing(method, self.local_cseq, hop)
    }

    /// A request with a given number: an ACK has that of its INVITE.
    pub fn outgoing(&self, method: Method, cseq: u32, hop: Target) -> Outgoing {
        let (mut uri, mut routes) = (self.target.clone(), self.routes.clone());
        // A first proxy of the old kind wants to be in the request line itself (RFC 3261, 12.2.1.1).
        if let Some(strict) =
            routes.first().filter(|first| !is_loose(first)).and_then(|first| NameAddr::read(first))
        {
            routes.remove(0);
            routes.push(format!("<{uri}>"));
            uri = strict.uri;
        }
        Outgoing {
            method,
            uri,
            routes,
            from: self.local.clone(),
            to: self.remote.clone(),
            call_id: self.call_id.clone(),
            cseq,
            contact: false,
            extra: Vec::new(),
            content: None,
            target: hop,
            trunk: self.trunk,
        }
    }

    /// The other end moved (target refresh), or is seen elsewhere.
    pub fn refreshed(&mut self, common: &Common, arrival: Arrival) {
        if let Some(target) = contact(common) {
            self.target = target;
        }
        self.flow = arrival.flow;
        self.observed = arrival.from;
    }
}

/// The URI of the only Contact.
pub fn contact(common: &Common) -> Option<String> {
    let first = common.header(&Name::CONTACT)?;
    NameAddr::read(split_list(first).next()?).map(|contact| contact.uri)
}

fn routes(common: &Common) -> Vec<String> {
    common.list(&Name::RECORD_ROUTE).take(MOST_ROUTES).map(str::to_owned).collect()
}
