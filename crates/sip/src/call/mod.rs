//! Calls: what is held of each, and what is the same for all.

mod change;
mod dialling;
mod hangup;
mod invited;
mod reliable;
mod session;
mod transfer;
mod within;

use crate::{
    CallId, CommandError, Direction, Ended, Endpoint, Event, FlowId, LocalMedia, Plan, TrunkId,
    dialog::Dialog,
    endpoint::Held,
    flows::{Arrival, Path},
    message::{ALLOW, Common, Content, SUPPORTED, Writer},
    sdp::Session,
    timers::{CallDue, Due, TimerId},
    transaction::{Owner, Ticket},
};
use bytes::Bytes;
use ezk_sip_types::Name;
use std::time::{Duration, Instant};

pub(crate) use change::Change;
pub(crate) use dialling::Dialling;
pub(crate) use invited::Offered;
pub(crate) use session::{Interval, Timer};
pub(crate) use transfer::Transfer;

/// How far a call is.
pub(crate) enum Stage {
    /// Somebody calls; we have not answered.
    Offered(Box<Offered>),
    /// We call; they have not answered.
    Dialling(Box<Dialling>),
    /// Answered.
    Up,
    /// Nothing more to come.
    Over,
}

/// What the other end can do, by what it says.
#[derive(Clone, Copy, Default)]
pub(crate) struct Able {
    pub update: bool,
    pub timer: bool,
}

impl Able {
    /// As a message says it; one that has no Allow says nothing new.
    pub fn again(self, common: &Common) -> Self {
        if common.headers.contains(&Name::ALLOW) { Self::of(common) } else { self }
    }

    pub fn of(common: &Common) -> Self {
        Self { update: common.lists(&Name::ALLOW, "UPDATE"), timer: common.lists(&Name::SUPPORTED, "timer") }
    }
}

/// A 2xx of ours that is sent until it is acknowledged (RFC 3261, 13.3.1.4).
pub(crate) struct Unacked {
    pub cseq: u32,
    pub path: Path,
    pub data: Bytes,
    pub pause: Duration,
    pub resend: Option<TimerId>,
    pub end: Option<TimerId>,
    /// It carried our offer; the answer comes with the ACK.
    pub offered: bool,
}

/// A 2xx of ours before it is sent.
pub(crate) struct Accepting {
    pub writer: Writer,
    pub cseq: u32,
    pub content: Option<Content>,
    /// It carries our offer.
    pub offered: bool,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that hold independently of each other, not one state"
)]
pub(crate) struct Call {
    pub id: CallId,
    pub trunk: TrunkId,
    pub outbound: bool,
    pub dialog: Dialog,
    pub stage: Stage,
    /// It has ended for the exchange; only its last messages are still under way.
    pub ghost: bool,
    /// Our 2xx was acknowledged, or theirs by us.
    pub established: bool,
    pub able: Able,
    pub session_id: u64,
    pub version: u64,
    /// What we said last, so that the version counts changes and nothing else.
    pub said: String,
    pub local: Option<LocalMedia>,
    pub held: bool,
    pub plan: Option<Plan>,
    pub timer: Timer,
    pub change: Option<Change>,
    pub unacked: Option<Unacked>,
    /// Our last ACK of a 2xx and the number that it is for.
    pub acked: Option<(u32, Path, Bytes)>,
    pub transfer: Option<Transfer>,
}

impl Call {
    /// Who sends, if it were for us alone.
    pub fn wanted(&self) -> Direction {
        if self.held { Direction::SendOnly } else { Direction::SendRecv }
    }

    /// Where the other end is now.
    pub fn seen(&mut self, arrival: Arrival) {
        self.dialog.flow = arrival.flow;
        self.dialog.observed = arrival.from;
    }

    /// A description of ours. Its version is one more than the last when anything in it is different.
    pub fn say(&mut self, media: LocalMedia, make: impl Fn(&Session) -> String) -> Content {
        let mut session = Session { id: self.session_id, version: self.version, media };
        let mut said = make(&session);
        if said != self.said {
            if !self.said.is_empty() {
                self.version += 1;
                session.version = self.version;
                said = make(&session);
            }
            self.said.clone_from(&said);
        }
        Content::sdp(said)
    }
}

impl Endpoint {
    /// Takes a call out, works on it, and puts it back unless it is over.
    pub(crate) fn with<T>(&mut self, id: CallId, work: impl FnOnce(&mut Self, &mut Call) -> T) -> Option<T> {
        let mut call = self.calls.remove(&id)?;
        let result = work(self, &mut call);
        if matches!(call.stage, Stage::Over) {
            self.forget(call);
        } else {
            self.calls.insert(id, call);
        }
        Some(result)
    }

    /// The same for a command.
    pub(crate) fn with_live(
        &mut self,
        id: CallId,
        work: impl FnOnce(&mut Self, &mut Call) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        if self.calls.get(&id).is_none_or(|call| call.ghost) {
            return Err(CommandError::NoCall);
        }
        self.with(id, work).unwrap_or(Err(CommandError::NoCall))
    }

    pub(crate) fn tell(&mut self, call: &Call, event: Event) {
        if !call.ghost {
            self.emit(event);
        }
    }

    /// Tells that a call has ended; once.
    pub(crate) fn ended(&mut self, call: &mut Call, why: Ended) {
        self.tell(call, Event::Ended { call: call.id, why });
        call.ghost = true;
    }

    fn forget(&mut self, mut call: Call) {
        if let Some(unacked) = &mut call.unacked {
            self.timers.cancel(&mut unacked.resend);
            self.timers.cancel(&mut unacked.end);
        }
        self.timers.cancel(&mut call.timer.refresh);
        self.timers.cancel(&mut call.timer.expiry);
        if let Some(change) = &mut call.change {
            self.timers.cancel(&mut change.retry);
        }
        if let Some(transfer) = &mut call.transfer {
            self.timers.cancel(&mut transfer.decide);
        }
        let key = (call.dialog.call_id, call.dialog.local_tag);
        if self.dialogs.get(&key) == Some(&Held::Call(call.id)) {
            self.dialogs.remove(&key);
        }
    }

    /// Sends our 2xx and keeps sending it until it is acknowledged.
    pub(crate) fn accept_with(&mut self, now: Instant, call: &mut Call, ticket: &Ticket, answer: Accepting) {
        let Accepting { writer, cseq, content, offered } = answer;
        let t1 = self.settings.waits.t1;
        let data = writer.finish(content.as_ref());
        self.answer(now, ticket, 200, data.clone());
        call.unacked = Some(Unacked {
            cseq,
            path: ticket.path,
            data,
            pause: t1,
            resend: Some(self.timers.set(now + t1, Due::Call(call.id, CallDue::Answer))),
            end: Some(self.timers.set(now + 64 * t1, Due::Call(call.id, CallDue::NoAck))),
            offered,
        });
    }

    pub(crate) fn resend_answer(&mut self, now: Instant, id: CallId) {
        let t2 = self.settings.waits.t2;
        self.with(id, |this, call| {
            let Some(unacked) = &mut call.unacked else { return };
            unacked.pause = (unacked.pause * 2).min(t2);
            unacked.resend = Some(this.timers.set(now + unacked.pause, Due::Call(id, CallDue::Answer)));
            this.send(unacked.path, unacked.data.clone());
        });
    }

    pub(crate) fn stop_resending(&mut self, call: &mut Call) -> Option<Unacked> {
        let mut unacked = call.unacked.take()?;
        self.timers.cancel(&mut unacked.resend);
        self.timers.cancel(&mut unacked.end);
        Some(unacked)
    }

    /// What every answer that makes or moves a dialog carries.
    pub(crate) fn dress(&self, writer: &mut Writer, ticket: &Ticket, trunk: TrunkId, code: u16) {
        for route in &ticket.reply.routes {
            writer.line("Record-Route", route);
        }
        writer.line("Contact", self.contact(ticket.path.flow, trunk)).line("Allow", ALLOW);
        if code >= 200 {
            writer.line("Supported", SUPPORTED);
        }
        writer.line("Server", &self.settings.user_agent);
    }

    /// The next number of a request of this owner that has to be sent again.
    pub(crate) fn next_cseq(&mut self, owner: &Owner, last: u32) -> u32 {
        match owner {
            Owner::Change(call) | Owner::Info(call) | Owner::Refer(call) => {
                self.calls.get_mut(call).map_or(last + 1, |call| {
                    call.dialog.local_cseq += 1;
                    if let (Owner::Change(_), Some(change)) = (owner, &mut call.change) {
                        change.cseq = call.dialog.local_cseq;
                    }
                    call.dialog.local_cseq
                })
            }
            Owner::Register(trunk) => self.registrations.get_mut(trunk).map_or(last + 1, |r| {
                r.cseq = r.cseq.max(last) + 1;
                r.cseq
            }),
            _ => last + 1,
        }
    }

    /// A request of ours goes on under another branch.
    pub(crate) fn branch_moved(&mut self, owner: &Owner, branch: String) {
        if let Owner::Invite(call) = owner
            && let Some(Call { stage: Stage::Dialling(dialling), .. }) = self.calls.get_mut(call)
        {
            dialling.branch = branch;
        }
    }

    /// A connection is gone. A trunk that we can call back gets a new one when there is something to say; others are lost.
    pub(crate) fn calls_lost(&mut self, now: Instant, flow: FlowId) {
        let mut lost: Vec<CallId> =
            self.calls.values().filter(|call| call.dialog.flow == flow).map(|call| call.id).collect();
        lost.sort();
        for id in lost {
            self.with(id, |this, call| {
                let back = this.trunk(call.trunk).is_some_and(|trunk| trunk.peer.is_some());
                match call.stage {
                    Stage::Up if back => {}
                    Stage::Dialling(_) => {}
                    Stage::Offered(_) => this.drop_offered(now, call, 503, Ended::TransportLost),
                    Stage::Up | Stage::Over => {
                        this.ended(call, Ended::TransportLost);
                        call.stage = Stage::Over;
                    }
                }
            });
        }
    }
}
