//! By which pages use the telephone: the port that `web` leaves open, filled.

use crate::{
    exchange::Whom,
    inbox::{Arrives, Inbox},
    turn::Turn,
};
use async_trait::async_trait;
use desk::Clock;
use domain::{
    actor::Staff,
    ids::{CallRecordId, NodeId, StaffId},
    recording::Tape,
    text::Lang,
};
use media::{LegId, OpenError, Plane, RtcError};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{oneshot, watch};
use web::switchboard::{
    CallState, CallToken, IceServer, Keys, SoftphoneAct, SoftphoneState, Switchboard, SwitchboardError,
};

/// So many visitors at most call from the page at once.
const VISITORS: usize = 200;
/// After how many seconds to try again when there is no room.
const RETRY_AFTER: u32 = 30;

/// How the exchange answers a page.
pub type Reply<T> = oneshot::Sender<Result<T, SwitchboardError>>;

/// What somebody at a page wants.
#[derive(Debug)]
pub enum Asked {
    /// A member of staff's browser is a telephone from now on.
    PlugIn {
        /// Whose.
        staff: StaffId,
        /// Its leg.
        leg: LegId,
    },
    /// It is none any more.
    Unplug {
        /// Whose.
        staff: StaffId,
    },
    /// A button was pressed.
    Act {
        /// By whom.
        staff: Box<Staff>,
        /// Which.
        act: SoftphoneAct,
        /// Where to say whether it was taken.
        reply: Reply<()>,
    },
    /// The officer's call may be made: the desk has noted that it begins.
    Dial {
        /// Who calls.
        staff: StaffId,
        /// About what.
        inquiry: domain::ids::InquiryId,
        /// Whom; none when it could not be begun.
        whom: Option<Box<Whom>>,
    },
    /// A visitor calls the line.
    Visitor {
        /// Their leg.
        leg: LegId,
        /// The page's language.
        lang: Lang,
        /// The call's name.
        token: CallToken,
    },
    /// A visitor hangs up.
    HangUp(CallToken),
    /// A visitor presses keys.
    Keys(CallToken, Keys),
}

/// What pages are told of telephones, as it is now.
#[derive(Debug, Default)]
pub struct Lights {
    node: Mutex<Option<NodeId>>,
    staff: Mutex<HashMap<StaffId, watch::Sender<SoftphoneState>>>,
    visitors: Mutex<HashMap<CallToken, watch::Sender<CallState>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Lights {
    /// Tells under which name this process holds calls.
    pub fn node(&self, node: NodeId) {
        *lock(&self.node) = Some(node);
    }

    /// Tells how a member of staff's telephone is.
    pub fn set(&self, staff: StaffId, state: SoftphoneState) {
        lock(&self.staff).entry(staff).or_default().send_replace(state);
    }

    /// How it is now.
    pub fn get(&self, staff: StaffId) -> SoftphoneState {
        lock(&self.staff).get(&staff).map(|light| light.borrow().clone()).unwrap_or_default()
    }

    /// Tells how a visitor's call is.
    pub fn visitor(&self, token: &CallToken, state: CallState) {
        if let Some(light) = lock(&self.visitors).get(token) {
            light.send_replace(state);
        }
    }

    /// A visitor's call is over. Whoever watches it reads that once more.
    pub fn visitor_gone(&self, token: &CallToken) {
        if let Some(light) = lock(&self.visitors).remove(token) {
            light.send_replace(CallState::Over);
        }
    }
}

/// The telephone as pages use it.
pub struct Board {
    inbox: Inbox,
    plane: Arc<Plane>,
    lights: Arc<Lights>,
    relay: Option<(Turn, Arc<dyn Clock>)>,
    recordings: Option<PathBuf>,
}

impl Board {
    pub(crate) const fn new(
        inbox: Inbox,
        plane: Arc<Plane>,
        lights: Arc<Lights>,
        relay: Option<(Turn, Arc<dyn Clock>)>,
    ) -> Self {
        Self { inbox, plane, lights, relay, recordings: None }
    }

    /// The same, where recordings lie.
    pub(crate) fn with(self, recordings: Option<PathBuf>) -> Self {
        Self { recordings, ..self }
    }

    /// Answers a browser's offer. The first one makes a certificate, which takes its time.
    async fn leg(&self, offer: String) -> Result<(LegId, String), SwitchboardError> {
        let plane = Arc::clone(&self.plane);
        let answered = tokio::task::spawn_blocking(move || plane.answer(&offer)).await;
        match answered {
            Ok(Ok(leg)) => Ok(leg),
            Ok(Err(RtcError::Offer | RtcError::NoAudio)) => Err(SwitchboardError::BadOffer),
            Ok(Err(RtcError::Open(OpenError::NoPort | OpenError::Busy))) => {
                Err(SwitchboardError::Full { retry_after: RETRY_AFTER })
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "a browser cannot be answered");
                Err(SwitchboardError::Broken)
            }
            Err(_) => Err(SwitchboardError::Broken),
        }
    }
}

#[async_trait]
impl Switchboard for Board {
    async fn plug_in(&self, staff: StaffId, offer: String) -> Result<String, SwitchboardError> {
        let (leg, answer) = self.leg(offer).await?;
        self.inbox.put(Arrives::Asked(Asked::PlugIn { staff, leg })).await;
        Ok(answer)
    }

    async fn unplug(&self, staff: StaffId) {
        self.inbox.put(Arrives::Asked(Asked::Unplug { staff })).await;
    }

    async fn act(&self, staff: &Staff, act: SoftphoneAct) -> Result<(), SwitchboardError> {
        let (reply, answer) = oneshot::channel();
        self.inbox.put(Arrives::Asked(Asked::Act { staff: Box::new(staff.clone()), act, reply })).await;
        // Without an answer the exchange has ended.
        answer.await.unwrap_or(Err(SwitchboardError::Broken))
    }

    fn watch(&self, staff: StaffId) -> watch::Receiver<SoftphoneState> {
        lock(&self.lights.staff).entry(staff).or_default().subscribe()
    }

    async fn call_from_browser(
        &self,
        offer: String,
        lang: Lang,
    ) -> Result<(String, CallToken), SwitchboardError> {
        if lock(&self.lights.visitors).len() >= VISITORS {
            return Err(SwitchboardError::Full { retry_after: RETRY_AFTER });
        }
        let (leg, answer) = self.leg(offer).await?;
        let token = CallToken::read(&self.inbox.token()).ok_or(SwitchboardError::Broken)?;
        lock(&self.lights.visitors).insert(token.clone(), watch::Sender::new(CallState::Connecting));
        self.inbox.put(Arrives::Asked(Asked::Visitor { leg, lang, token: token.clone() })).await;
        Ok((answer, token))
    }

    async fn hang_up(&self, token: &CallToken) {
        self.inbox.put(Arrives::Asked(Asked::HangUp(token.clone()))).await;
    }

    async fn keys(&self, token: &CallToken, keys: &Keys) {
        self.inbox.put(Arrives::Asked(Asked::Keys(token.clone(), keys.clone()))).await;
    }

    fn ice_servers(&self) -> Vec<IceServer> {
        let servers = |(turn, clock): &(Turn, Arc<dyn Clock>)| turn.servers(&self.inbox.token(), clock.now());
        self.relay.as_ref().map(servers).unwrap_or_default()
    }

    fn recording(&self, call: CallRecordId, nth: u8) -> Option<PathBuf> {
        let file = self.recordings.as_ref()?.join(Tape::file(call, nth));
        file.is_file().then_some(file)
    }

    fn node(&self) -> Option<NodeId> {
        *lock(&self.lights.node)
    }

    fn watch_call(&self, token: &CallToken) -> Option<watch::Receiver<CallState>> {
        lock(&self.lights.visitors).get(token).map(watch::Sender::subscribe)
    }
}
