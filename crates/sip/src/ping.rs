//! Whether trunks are there: OPTIONS from time to time.

use crate::{
    Endpoint, Event, TrunkId,
    dialog::{Outgoing, Target},
    message::Method,
    timers::Due,
    transaction::Owner,
};
use std::time::{Duration, Instant};

/// The shortest pause between two questions.
const SHORTEST: Duration = Duration::from_secs(5);

impl Endpoint {
    pub(crate) fn ping(&mut self, now: Instant, id: TrunkId) {
        let Some(trunk) = self.trunk(id) else { return };
        let (Some(pause), Some(peer)) = (trunk.ping, trunk.peer) else { return };
        let domain = trunk.domain.clone().unwrap_or_else(|| peer.to_string());
        let own = trunk.domain.clone().or_else(|| self.settings.host.clone());
        let own = own.unwrap_or_else(|| "anonymous.invalid".to_owned());
        let user = self.our_user(id);
        let request = Outgoing {
            method: Method::Options,
            uri: format!("sip:{domain}"),
            routes: Vec::new(),
            from: format!("<sip:{user}@{own}>;tag={}", self.chance.token()),
            to: format!("<sip:{domain}>"),
            call_id: self.chance.token(),
            cseq: 1,
            contact: true,
            extra: vec![("Accept", "application/sdp".to_owned())],
            content: None,
            target: Target::Trunk,
            trunk: id,
        };
        self.timers.set(now + pause.max(SHORTEST), Due::Ping(id));
        self.submit(now, request, Owner::Ping(id));
    }

    /// Any answer says that somebody is there; 503 says that they do not want calls, which is as good as nobody.
    pub(crate) fn ping_answered(&mut self, id: TrunkId, code: u16) {
        if code < 200 {
            return;
        }
        let there = !matches!(code, 408 | 503);
        if self.present.insert(id, there).unwrap_or(true) != there {
            self.emit(if there { Event::TrunkBack { trunk: id } } else { Event::TrunkSilent { trunk: id } });
        }
    }
}
