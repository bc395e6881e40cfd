//! The exchange: one task that owns the signalling and every call.

mod call;
mod came;
mod consulting;
mod dialled;
mod faults;
mod figures;
mod keeps;
mod line;
mod listening;
mod outside;
mod passing;
mod recording;
mod seats;
mod signals;
mod standing;
mod telling;
mod visitors;
mod waiting;
mod ways;

pub use call::{CallKey, Whom};
pub(crate) use came::Came;
pub use figures::Figures;
pub use recording::Recording;

use crate::{
    Settings,
    board::{Board, Lights},
    inbox::{Arrives, Inbox, inbox},
    keeper,
    net::{Listen, Net, NetFault, TlsFault},
    record::Ending,
    recorder::{self, Recorder},
    tapes,
};
use call::Call;
use desk::{Clock, Desk, Outlook};
use domain::ids::{NodeId, StaffId, WaitId};
use jiff::Timestamp;
use notices::NoticeCall;
use seats::Seat;
use sip::{Admission, Command, Endpoint, Input, Output, TrunkId};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    sync::{Notify, mpsc, watch},
    task::JoinHandle,
};
use voice::Voice;
use ways::Ways;
use web::switchboard::CallToken;

/// So many arrivals are handled before the signalling's own times are looked at again.
const AT_ONCE: usize = 64;
/// With nothing to do, it is looked again after so long.
const IDLE: Duration = Duration::from_secs(1);
/// How long new calls are turned away after the exchange fell behind.
const SHED: Duration = Duration::from_secs(2);

/// Why there is no exchange.
#[derive(Debug, thiserror::Error)]
pub enum PhoneFault {
    /// It cannot listen.
    #[error(transparent)]
    Net(#[from] NetFault),
    /// Its certificates are no use.
    #[error(transparent)]
    Tls(#[from] TlsFault),
    /// There is no sound.
    #[error("no sound can be carried")]
    Media(#[source] std::io::Error),
}

/// What an exchange is made of.
pub struct Parts {
    /// What an operator of the line decided.
    pub settings: Settings,
    /// The desk, as tables are imported.
    pub desk: watch::Receiver<Desk>,
    /// The present.
    pub clock: Arc<dyn Clock>,
    /// What turns words into sound.
    pub voice: Voice,
    /// What is heard while waiting, over and over.
    pub music: Option<Arc<media::Clip>>,
    /// Chance for signalling.
    pub seed: [u8; 32],
    /// Chance for the names of visitors' calls.
    pub chance: [u8; 32],
    /// Calls that tell notices, as the desk hands them over; none where no calls go out.
    pub notices: Option<mpsc::Receiver<NoticeCall>>,
    /// Becomes true when it is time to stop.
    pub stop: watch::Receiver<bool>,
}

/// A running exchange.
pub struct Exchange {
    /// Where calls are listened for.
    pub listening: Vec<Listen>,
    /// What is known of it now.
    pub figures: Arc<Figures>,
    /// By which pages use it.
    pub board: Arc<Board>,
    task: JoinHandle<()>,
    keeping: JoinHandle<()>,
    recording: JoinHandle<()>,
    tidying: Option<JoinHandle<()>>,
}

impl Exchange {
    /// Starts it.
    ///
    /// # Errors
    /// When an address is taken or a certificate is no use; nothing runs then.
    pub async fn start(parts: Parts) -> Result<Self, PhoneFault> {
        let Parts { settings, desk, clock, voice, music, seed, chance, notices, stop } = parts;
        let acceptor = settings.tls.acceptor(&settings.sip.trunks)?;
        let dials_tls =
            settings.sip.trunks.iter().any(|t| t.peer.is_some() && t.transport == sip::Transport::Tls);
        let connector = if dials_tls { Some(settings.tls.connector()?) } else { None };
        let (inbox, arrivals) = inbox(chance);
        let ears = Arc::new(Notify::new());
        let wake = Arc::clone(&ears);
        let (plane, heard) = media::Plane::start(settings.media.clone(), move || wake.notify_one())
            .map_err(PhoneFault::Media)?;
        let net = Net::start(&settings.listen, acceptor.as_ref(), connector, inbox.clone()).await?;
        let listening = net.listening.clone();
        let figures = Arc::new(Figures::default());
        let plane = Arc::new(plane);
        let lights = Arc::new(Lights::default());
        let relay = settings.turn.clone().map(|turn| (turn, Arc::clone(&clock)));
        let board = Arc::new(
            Board::new(inbox.clone(), Arc::clone(&plane), Arc::clone(&lights), relay)
                .with(settings.recording.as_ref().map(|one| one.folder.clone())),
        );
        let poke = Arc::new(Notify::new());
        let keeping =
            keeper::keep(desk.clone(), Arc::clone(&clock), inbox.clone(), Arc::clone(&poke), stop.clone());
        let keeping = tokio::spawn(keeping);
        let (recorder, records) = Recorder::new();
        let tidying = settings.recording.clone().map(|recording| {
            let tidy = tapes::tidy(recording.folder, desk.clone(), Arc::clone(&clock), stop.clone());
            tokio::spawn(tidy)
        });
        let recording =
            recorder::write(records, desk.clone(), Arc::clone(&clock), inbox.token(), stop.clone());
        let recording = tokio::spawn(recording);
        if let Some(notices) = notices {
            tokio::spawn(take_notices(notices, inbox.clone()));
        }
        let running = Running {
            sip: Endpoint::new(settings.sip.clone(), seed),
            settings,
            net,
            inbox,
            plane,
            desk,
            clock,
            voice,
            music,
            figures: Arc::clone(&figures),
            calls: HashMap::new(),
            legs: HashMap::new(),
            wakes: BTreeSet::new(),
            lights,
            seats: HashMap::new(),
            visitors: HashMap::new(),
            node: None,
            waits: HashMap::new(),
            ways: Ways::default(),
            recorder,
            outlook: Arc::default(),
            poke: Arc::clone(&poke),
            commands: 0,
            unwanted: HashSet::new(),
            shed_until: None,
            published: None,
        };
        let task = tokio::spawn(running.run(arrivals, (ears, heard), stop));
        Ok(Self { listening, figures, board, task, keeping, recording, tidying })
    }

    /// Waits until it has ended.
    pub async fn ended(self) {
        let _ = self.task.await;
        let _ = self.keeping.await;
        // It ends by itself once the exchange has, with everything written.
        let _ = self.recording.await;
        if let Some(tidying) = self.tidying {
            let _ = tidying.await;
        }
    }
}

/// Takes the calls that tell notices to the exchange, until nobody hands any over or it has ended.
async fn take_notices(mut notices: mpsc::Receiver<NoticeCall>, inbox: Inbox) {
    while let Some(call) = notices.recv().await {
        inbox.put(Arrives::Notice(Box::new(call))).await;
    }
}

/// The task's own.
struct Running {
    settings: Settings,
    sip: Endpoint,
    net: Net,
    inbox: Inbox,
    plane: Arc<media::Plane>,
    desk: watch::Receiver<Desk>,
    clock: Arc<dyn Clock>,
    voice: Voice,
    music: Option<Arc<media::Clip>>,
    figures: Arc<Figures>,
    calls: HashMap<CallKey, Call>,
    legs: HashMap<media::LegId, CallKey>,
    /// When the line of a call is to be woken.
    wakes: BTreeSet<(Timestamp, CallKey)>,
    /// What pages are told of telephones.
    lights: Arc<Lights>,
    /// Staff whose browsers are telephones.
    seats: HashMap<StaffId, Seat>,
    /// Visitors' calls by their names.
    visitors: HashMap<CallToken, CallKey>,
    /// The name under which this process holds calls.
    node: Option<NodeId>,
    /// Who waits, and in which call.
    waits: HashMap<WaitId, CallKey>,
    /// By which trunks calls go out.
    ways: Ways,
    /// Where records of calls are handed over.
    recorder: Recorder,
    /// What lies ahead of whoever asks for an operator.
    outlook: Arc<Outlook>,
    /// Says to the keeper that somebody came or became free.
    poke: Arc<Notify>,
    /// Counts what this process has asked of the wait.
    commands: u64,
    /// Recordings that were refused, and are still being written.
    unwanted: HashSet<PathBuf>,
    shed_until: Option<Instant>,
    published: Option<Instant>,
}

impl Running {
    async fn run(
        mut self,
        mut arrivals: mpsc::Receiver<Arrives>,
        (ears, heard): (Arc<Notify>, media::Events),
        mut stop: watch::Receiver<bool>,
    ) {
        loop {
            let sleep = tokio::time::sleep(self.until_next());
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => break,
                arrived = arrivals.recv() => {
                    let Some(arrived) = arrived else { break };
                    self.arrived(arrived);
                    for _ in 0..AT_ONCE {
                        let Ok(arrived) = arrivals.try_recv() else { break };
                        self.arrived(arrived);
                    }
                }
                () = ears.notified() => {}
                () = sleep => {}
            }
            for more in (0..AT_ONCE).rev() {
                let Ok(event) = heard.try_recv() else { break };
                self.heard(&event);
                if more == 0 {
                    // There may be others; first comes what has waited meanwhile.
                    ears.notify_one();
                }
            }
            self.do_as_sip_says();
            self.on_time();
            self.publish();
        }
        self.hang_up_all();
    }

    /// Tells the figures, once a second.
    fn publish(&mut self) {
        if self.published.is_some_and(|at| at.elapsed() < IDLE) {
            return;
        }
        self.published = Some(Instant::now());
        self.voice.sweep();
        self.record_what_lasts();
        self.figures.shed.store(self.inbox.shed(), std::sync::atomic::Ordering::Relaxed);
        self.figures.publish(&self.plane.figures(), &self.voice.figures());
    }

    /// How long until something falls due.
    fn until_next(&self) -> Duration {
        let signalling =
            self.sip.poll_timeout().map_or(IDLE, |at| at.saturating_duration_since(Instant::now()));
        let line = self.wakes.first().map_or(IDLE, |(at, _)| {
            let now = self.clock.now();
            Duration::try_from(at.duration_since(now)).unwrap_or_default()
        });
        signalling.min(line).min(IDLE)
    }

    fn arrived(&mut self, arrived: Arrives) {
        match arrived {
            Arrives::Opened { flow, transport, local, remote, trunk, connect: request } => {
                self.signal(Input::FlowOpened { flow, transport, local, remote, trunk, request });
            }
            Arrives::NotConnected { connect } => self.signal(Input::ConnectFailed(connect)),
            Arrives::Packet { flow, from, data, at } => {
                self.keep_up(at);
                self.signal(Input::Packet { flow, from, data: &data });
            }
            Arrives::Late { call, what } => self.went_wrong(call, Some(what)),
            Arrives::Closed { flow } => self.signal(Input::FlowClosed(flow)),
            Arrives::Made { call, era, turn, clips } => self.made(call, era, turn, clips),
            Arrives::Notice(call) => self.tell_notice(*call),
            Arrives::Asked(asked) => self.asked(asked),
            Arrives::Wait(news) => self.wait_news(news),
            Arrives::Waits(came) => self.came(came),
            Arrives::Answered { call, ask, answer } => self.answered(call, ask, answer),
            Arrives::Recalled { call, known } => self.recalled(call, known),
            Arrives::NoticeAnswered { call, done } => {
                self.in_telling(call, crate::telling::Heard::Answered(done));
            }
        }
        self.do_as_sip_says();
    }

    /// New calls are too much while work lies longer than it may: those that are there are kept well.
    fn keep_up(&mut self, read: Instant) {
        if read.elapsed() > self.settings.oldest_work {
            if self.shed_until.is_none() {
                tracing::warn!("too many calls: new ones are turned away");
                self.command(Command::Admission(Admission::Shed {
                    retry_after: self.settings.sip.retry_after,
                }));
            }
            self.shed_until = Some(Instant::now() + SHED);
        }
    }

    fn on_time(&mut self) {
        let now = Instant::now();
        if self.sip.poll_timeout().is_some_and(|at| at <= now) {
            self.sip.handle_timeout(now);
            self.do_as_sip_says();
        }
        if self.shed_until.is_some_and(|until| until <= now) {
            self.shed_until = None;
            self.command(Command::Admission(Admission::Open));
        }
        self.unplug_the_gone();
        let present = self.clock.now();
        while let Some(&(at, call)) = self.wakes.first() {
            if at > present {
                break;
            }
            self.wakes.pop_first();
            self.line(call, ::line::Event::Wake);
        }
        self.do_as_sip_says();
    }

    fn signal(&mut self, input: Input<'_>) {
        self.sip.handle(Instant::now(), input);
    }

    /// Commands signalling. What it says no to is over already: the event that says so is on its way.
    fn command(&mut self, command: Command) {
        if let Err(error) = self.sip.command(Instant::now(), command) {
            tracing::debug!(%error, "signalling did not do it");
        }
    }

    /// Ends a call from our side.
    fn hang_up(&mut self, call: CallKey) {
        match call {
            CallKey::Trunk(call) => self.command(Command::Hangup { call }),
            CallKey::Browser(_) => self.over(call, Ending::Finished),
        }
    }

    /// Commands sound. A leg that is gone needs nothing any more.
    fn sound(&self, command: media::Command) {
        if let Err(media::SendError::Busy) = self.plane.send(command) {
            tracing::error!("the media threads are too busy for a command");
        }
    }

    fn do_as_sip_says(&mut self) {
        while let Some(output) = self.sip.poll_output() {
            match output {
                Output::Send { flow, to, data } => self.net.send(flow, to, data),
                Output::Close(flow) => self.net.close(flow),
                Output::Connect { request, trunk, transport, to } => {
                    let name = self.server_name(trunk, to);
                    self.net.connect((request, trunk), transport, to, name);
                }
                Output::Event(event) => self.signalled(event),
            }
        }
    }

    /// Whose certificate a trunk must show.
    fn server_name(&self, trunk: TrunkId, to: std::net::SocketAddr) -> String {
        let trunk = self.settings.sip.trunks.iter().find(|known| known.id == trunk);
        trunk.and_then(|trunk| trunk.domain.clone()).unwrap_or_else(|| to.ip().to_string())
    }

    fn hang_up_all(&mut self) {
        let calls: Vec<CallKey> = self.calls.keys().copied().collect();
        for call in calls {
            self.hang_up(call);
            self.line(call, ::line::Event::HungUp);
            self.over(call, Ending::Stopped);
        }
        self.do_as_sip_says();
    }
}
