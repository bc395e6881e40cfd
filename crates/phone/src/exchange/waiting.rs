//! Callers who wait for an operator, and operators who take them.

use super::{
    Running,
    call::{Call, CallKey, Whom},
    came::Came,
    line::{SLOW, watched},
};
use crate::{answers::is_closed, inbox::Arrives, keeper::News, record::Ending};
use ::line::{Answer, Event};
use desk::{Caller, Desk, DeskError, Granted, Who, acts::JoinWait};
use domain::{
    actor::Staff,
    call_record::{CallFault, TurnedAway},
    change::IdempotencyKey,
    codes::QueueCode,
    ids::{NodeId, StaffId, WaitId},
    text::Lang,
    wait::{AwayWhy, How, State, WaitingCaller},
};
use media::Command as Sound;
use std::{pin::pin, sync::Arc, time::Duration};
use web::switchboard::{CallState, Ended, Progress, SoftphoneState, With};

/// Whoever hears for so long that nothing happens is told that it does not work now.
const LONGEST_JOIN: Duration = Duration::from_secs(10);

impl Running {
    /// The system as a caller of the desk, under a key that is used once.
    pub(super) fn system(&mut self, what: &str) -> Caller {
        let key = self.once(what);
        Caller::new(Who::System("line"), key, self.clock.now())
    }

    pub(super) fn once(&mut self, what: &str) -> IdempotencyKey {
        self.commands += 1;
        let node = self.node.map_or_else(|| self.inbox.token(), |node| node.to_string());
        IdempotencyKey::of(what, format!("{node}:exchange:{}", self.commands))
    }

    /// Does something of the wait that nobody waits for.
    pub(super) fn of_wait<F, R, T>(&mut self, what: &'static str, act: F)
    where
        F: FnOnce(Desk, Caller) -> R + Send + 'static,
        R: Future<Output = Result<T, DeskError>> + Send + 'static,
    {
        let caller = self.system(what);
        let (desk, poke) = (self.desk.borrow().clone(), Arc::clone(&self.poke));
        tokio::spawn(async move {
            if let Err(error) = act(desk, caller).await {
                // Most often the other side was first: both had the same to say.
                tracing::debug!(%error, what, "the wait has moved on already");
            }
            poke.notify_one();
        });
    }

    /// The line lets a caller wait.
    pub(super) fn enqueue(&mut self, call: CallKey, ask: u64, queue: &str, lang: Lang) {
        let now = self.clock.now();
        let node = self.node;
        let music = self.music.clone();
        let caller = self.system("join-wait");
        let Some(known) = self.calls.get_mut(&call) else { return };
        // Who has a place already keeps it: the line may close while they are passed on.
        let waits = known.waits.id.is_some();
        let (Ok(queue), Some(node)) = (queue.parse::<QueueCode>(), node) else {
            return self.line(call, Event::Failed { ask });
        };
        if !waits && is_closed(&known.desk, &self.outlook, (&queue, &lang), now) {
            known.record.turned_away(TurnedAway::Closed);
            return self.line(call, Event::Answered { ask, answer: Box::new(Answer::QueueClosed) });
        }
        if known.waits.operator.is_some() {
            // Somebody has taken them already.
            return self.line(call, Event::Answered { ask, answer: Box::new(Answer::Reached) });
        }
        known.waits.enqueued = Some(ask);
        known.waits.queue = Some((queue.clone(), lang.clone()));
        let leg = known.leg;
        // Whoever has shown who they are is on the operator's screen before the call is answered.
        let join = JoinWait { node: Some(node), ..known.place(queue, lang) };
        let (desk, inbox) = (known.desk.clone(), self.inbox.clone());
        if let Some(clip) = music {
            self.sound(Sound::Music { leg, clip });
        }
        if waits {
            // At the place that they never left.
            self.show_visitor(call, CallState::Waiting);
            self.poke.notify_one();
            return;
        }
        tokio::spawn(async move {
            let joins = async {
                match desk.join_wait(&caller, &join).await {
                    Ok(joined) => Some(joined.wait.id),
                    Err(error) => {
                        tracing::error!(%error, "a caller cannot wait");
                        None
                    }
                }
            };
            let joined = |wait| inbox.put(Arrives::Waits(Came::Joined { call, ask, wait }));
            let mut joins = pin!(watched((&inbox, call), CallFault::StoreSlow, SLOW, joins));
            if let Ok(wait) = tokio::time::timeout(LONGEST_JOIN, &mut joins).await {
                return joined(wait).await;
            }
            // They hear that it does not work now, and what else they can do; a place that comes later is still found.
            joined(None).await;
            if let Some(wait) = joins.await {
                joined(Some(wait)).await;
            }
        });
    }

    pub(super) fn came(&mut self, came: Came) {
        match came {
            Came::Joined { call, ask, wait } => self.joined(call, ask, wait),
            Came::Consults { staff, colleague, talk, what } => self.consulted(staff, colleague, talk, what),
            Came::Listens { what, done } => self.begins_to_listen(&what, done),
            Came::ListensAs { staff, mode } => self.is_heard_by(staff, mode),
            Came::Taped { call, tape, done } => self.taped(call, tape, done),
            Came::Passed { staff, wait, call } => self.passed(staff, wait, call),
            Came::SentOut { staff, wait, call, to } => self.sent_out(staff, wait, call, &to),
            Came::Accepted { staff, granted, wait, whom } => {
                self.accepted(staff, &granted, wait.as_deref(), whom.as_deref());
            }
        }
    }

    fn joined(&mut self, call: CallKey, ask: u64, wait: Option<WaitId>) {
        let now = self.clock.now();
        let known = self.calls.get_mut(&call);
        match (known, wait) {
            // They wait at it already: the store was so slow that they asked twice.
            (Some(known), Some(wait)) if known.waits.id == Some(wait) => {}
            // It is what they asked for, or came so late that they have asked again.
            (Some(known), Some(wait)) if known.waits.enqueued.is_some() && known.waits.id.is_none() => {
                known.waits.id = Some(wait);
                known.record.waits(wait, now);
                self.waits.insert(wait, call);
                self.show_visitor(call, CallState::Waiting);
                self.poke.notify_one();
            }
            // Gone before they had a place: who dropped keeps it, who went on does not want it.
            (known, Some(wait)) => {
                let gone = known.is_none();
                self.dropped(wait, gone);
            }
            (Some(known), None) if known.waits.enqueued == Some(ask) => {
                known.waits.enqueued = None;
                self.line(call, Event::Failed { ask });
            }
            (_, None) => {}
        }
    }

    /// A caller has gone while the desk was writing about them.
    pub(super) fn dropped(&mut self, wait: WaitId, keep: bool) {
        self.of_wait("leave-wait", move |desk, caller| async move {
            if keep && desk.keep_place(&caller, wait, AwayWhy::Dropped, None).await.is_ok() {
                return Ok(());
            }
            desk.leave_wait(&caller, wait, How::GaveUp).await.map(drop)
        });
    }

    /// The line no longer wants what it asked for.
    pub(super) fn withdraw(&mut self, call: CallKey, ask: u64) {
        let Some(known) = self.calls.get_mut(&call) else { return };
        if known.waits.enqueued == Some(ask) {
            known.waits.enqueued = None;
            let leg = known.leg;
            self.sound(Sound::Quiet { leg });
        }
    }

    /// A caller who went on to something else than waiting, talking or being called back has left the queue.
    pub(super) fn leave_if_gone_on(&mut self, call: CallKey) {
        let Some(known) = self.calls.get_mut(&call) else { return };
        let waits = &mut known.waits;
        let over = known.line.as_ref().is_none_or(::line::Engine::is_over);
        if over || waits.enqueued.is_some() || waits.operator.is_some() || waits.outside.is_some() {
            return;
        }
        if let Some(wait) = waits.id.take() {
            known.record.waits_no_more(self.clock.now());
            self.waits.remove(&wait);
            self.of_wait("leave-wait", move |desk, caller| async move {
                desk.leave_wait(&caller, wait, How::GaveUp).await
            });
        }
    }

    pub(super) fn wait_news(&mut self, news: News) {
        match news {
            News::Node(node) => self.begun(node),
            News::Outlook(outlook) => self.outlook = Arc::new(outlook),
            News::Granted(granted, wait) => self.granted(&granted, &wait),
            News::Expired(granted) => {
                if self.stop_ringing(&granted) {
                    let with = With::Wait { wait: granted.caller, inquiry: None };
                    self.tell_end(granted.operator, with, Ended::NotTaken);
                }
            }
            News::Standings(standings) => {
                for standing in standings {
                    self.stands(standing);
                }
            }
        }
    }

    /// This process may hold calls, under this name. If it had another before, it was taken to be gone: its callers' places are
    /// kept by others, and whoever still waits here takes theirs up again.
    fn begun(&mut self, node: NodeId) {
        self.lights.node(node);
        if self.node.replace(node).is_none() {
            return;
        }
        let again = |(call, known): (&CallKey, &Call)| {
            let (queue, lang) = known.waits.queue.clone()?;
            Some((*call, known.waits.enqueued?, queue, lang))
        };
        let again: Vec<_> = self.calls.iter().filter_map(again).collect();
        for (call, ask, queue, lang) in again {
            if let Some(wait) = self.calls.get_mut(&call).and_then(|known| known.waits.id.take()) {
                self.waits.remove(&wait);
            }
            self.enqueue(call, ask, queue.as_str(), lang);
        }
    }

    pub(super) fn tell_end(&self, staff: StaffId, with: With, outcome: Ended) {
        self.lights.set(staff, SoftphoneState::Ended { with, outcome, at: self.clock.now() });
    }

    /// Somebody is offered to an operator: the browser rings. Who has none is not ready.
    fn granted(&mut self, granted: &Granted, wait: &WaitingCaller) {
        if self.ring(granted) {
            let state = SoftphoneState::Ringing {
                wait: wait.id,
                caller: wait.number.clone(),
                inquiry: wait.inquiry,
                since: self.clock.now(),
                until: granted.until,
            };
            self.lights.set(granted.operator, state);
        } else if self.is_asked(granted.operator) || self.listens(granted.operator) {
            // Only for now: a colleague asks them, or they listen to one.
            let (wait, operator, grant) = (granted.caller, granted.operator, granted.grant);
            self.of_wait("decline-wait", move |desk, caller| async move {
                desk.decline_wait(&caller, wait, operator, grant).await
            });
        } else {
            tracing::info!(staff = %granted.operator, "an operator who is ready cannot be rung");
            self.operator_lost(granted.operator);
        }
    }

    /// An operator cannot be reached: whoever was offered to them, or talked with them, is at their place again.
    pub(super) fn operator_lost(&mut self, staff: StaffId) {
        self.of_wait("lose-operator", move |desk, caller| async move {
            match desk.lose_operator(&caller, staff).await {
                // Never on duty.
                Err(DeskError::NotFound) => Ok(()),
                lost => lost.map(drop),
            }
        });
    }

    pub(super) fn accept(&mut self, staff: &Staff, granted: Granted) {
        let key = self.once("accept-wait");
        let caller = Caller::new(Who::Staff(Box::new(staff.clone())), key, self.clock.now());
        let (desk, inbox, node, staff) =
            (self.desk.borrow().clone(), self.inbox.clone(), self.node, staff.id);
        let with = With::Wait { wait: granted.caller, inquiry: None };
        self.lights
            .set(staff, SoftphoneState::Dialling { with, since: caller.now, progress: Progress::Trying });
        tokio::spawn(async move {
            let taken = desk.accept_wait(&caller, granted.caller, staff, granted.grant, node).await;
            let wait = taken.inspect_err(|error| tracing::debug!(%error, "a caller could not be taken")).ok();
            let whom = match &wait {
                Some(wait) => Whom::of_wait(&desk, wait).await,
                None => None,
            };
            let wait = wait.map(Box::new);
            inbox.put(Arrives::Waits(Came::Accepted { staff, granted, wait, whom })).await;
        });
    }

    pub(super) fn decline(&mut self, staff: &Staff, granted: &Granted) {
        let key = self.once("decline-wait");
        let caller = Caller::new(Who::Staff(Box::new(staff.clone())), key, self.clock.now());
        let (desk, granted, poke) = (self.desk.borrow().clone(), granted.clone(), Arc::clone(&self.poke));
        self.lights.set(staff.id, SoftphoneState::Idle);
        tokio::spawn(async move {
            let (wait, operator, grant) = (granted.caller, granted.operator, granted.grant);
            if let Err(error) = desk.decline_wait(&caller, wait, operator, grant).await {
                tracing::debug!(%error, "it had been answered or had run out");
            }
            poke.notify_one();
        });
    }

    fn accepted(
        &mut self,
        staff: StaffId,
        granted: &Granted,
        wait: Option<&WaitingCaller>,
        whom: Option<&Whom>,
    ) {
        let with = With::Wait { wait: granted.caller, inquiry: wait.and_then(|wait| wait.inquiry) };
        let Some(wait) = wait else { return self.tell_end(staff, with, Ended::CallerLeft) };
        if matches!(wait.state, State::Calling { .. }) {
            return self.dial(staff, with, whom);
        }
        let call = self.waits.get(&wait.id).copied();
        let known = call.and_then(|call| self.calls.get_mut(&call));
        let (Some(call), Some(known)) = (call, known) else {
            self.end_talk(staff, with, None);
            return self.tell_end(staff, with, Ended::CallerLeft);
        };
        known.waits.operator = Some(staff);
        known.waits.inquiry = wait.inquiry;
        let ask = known.waits.enqueued.take();
        self.seat_takes(staff, call);
        if let Some(ask) = ask {
            self.line(call, Event::Answered { ask, answer: Box::new(Answer::Reached) });
        }
    }

    /// The line lets the caller and the operator talk.
    pub(super) fn connect(&mut self, call: CallKey, ask: u64) {
        let now = self.clock.now();
        let Some(known) = self.calls.get_mut(&call) else { return };
        let (Some(staff), Some(wait)) = (known.waits.operator, known.waits.id) else {
            return self.line(call, Event::Answered { ask, answer: Box::new(Answer::NotConnected) });
        };
        known.waits.connected = Some(ask);
        known.record.talks(staff, now);
        let (leg, number, inquiry) = (known.leg, known.number.clone(), known.waits.inquiry);
        self.show_visitor(call, CallState::Talking);
        self.sound(Sound::Quiet { leg });
        self.lets_talk(staff, call);
        let taped = self.calls.get(&call).and_then(|known| known.taping.shown());
        let with = With::Wait { wait, inquiry };
        let talking = SoftphoneState::Talking {
            with,
            number,
            since: now,
            held: false,
            consult: None,
            overheard: None,
            taped,
        };
        self.lights.set(staff, talking);
    }

    /// The operator has hung up: the line goes on with the caller.
    pub(super) fn talked(&mut self, call: CallKey) {
        let now = self.clock.now();
        self.end_tape(call);
        let Some(known) = self.calls.get_mut(&call) else { return };
        let (leg, staff) = (known.leg, known.waits.operator.take());
        let (wait, ask) = (known.waits.id.take(), known.waits.connected.take());
        let held = known.record.take_held(now);
        self.show_visitor(call, CallState::Line);
        self.sound(Sound::Unbridge { leg });
        if let Some(wait) = wait {
            self.waits.remove(&wait);
            if let Some(staff) = staff {
                self.end_talk(staff, With::Wait { wait, inquiry: None }, Some(held));
            }
        }
        if let Some(staff) = staff {
            self.talk_over(staff);
        }
        if let Some(ask) = ask {
            self.line(call, Event::Answered { ask, answer: Box::new(Answer::Talked) });
        }
    }

    /// The operator's browser is gone in mid-call: the caller is at their place again, before all who came later.
    pub(super) fn back_to_line(&mut self, call: CallKey) {
        let now = self.clock.now();
        self.end_tape(call);
        let Some(known) = self.calls.get_mut(&call) else { return };
        let (leg, ask) = (known.leg, known.waits.connected.take());
        known.waits.operator = None;
        known.record.holds(false, now);
        self.went_wrong(call, Some(CallFault::BrowserGone));
        self.sound(Sound::Unhold { leg });
        self.sound(Sound::Unbridge { leg });
        if let Some(ask) = ask {
            self.line(call, Event::Answered { ask, answer: Box::new(Answer::NotConnected) });
        }
    }

    /// The call is over, and with it what it was in the wait.
    pub(super) fn wait_over(&mut self, known: &Call, ending: Ending) {
        if let Some(staff) = known.waits.operator {
            self.talk_over(staff);
        }
        let Some(wait) = known.waits.id else { return };
        self.waits.remove(&wait);
        if let Some(staff) = known.waits.operator {
            let held = known.record.held(self.clock.now());
            return self.end_talk(staff, With::Wait { wait, inquiry: None }, Some(held));
        }
        if let Some(granted) = self.rings_for(wait)
            && self.stop_ringing(&granted)
        {
            self.tell_end(granted.operator, With::Wait { wait, inquiry: None }, Ended::CallerLeft);
        }
        let keep = known.waits.keep && known.number.is_some();
        // Without a number no place is kept, and who did not hang up may come back to their turn.
        let how = if known.waits.keep && ending.is_cut_off() { How::Lost } else { How::GaveUp };
        self.of_wait("wait-over", move |desk, caller| async move {
            if keep {
                desk.keep_place(&caller, wait, AwayWhy::Dropped, None).await
            } else {
                desk.leave_wait(&caller, wait, how).await
            }
        });
    }
}
