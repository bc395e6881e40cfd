//! The media threads and the door to them.

mod commands;
mod line;
mod moving;
mod ports;
mod wire;
mod worker;

use crate::{
    api::{Command, Figures, LegId, OpenError, SendError, Settings},
    counters::Counters,
    leg::{Chance, Leg},
    outbox::{self, Events, Outbox, Wake},
    recorder::{self, Job},
    rtc::{Peer, RtcError, Shared},
};
use line::Line;
use mio::Poll;
use ports::Ports;
use rand::{RngExt as _, SeedableRng as _, rngs::ChaCha12Rng};
use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{Builder, JoinHandle},
    time::Instant,
};
use wire::Wire;
use worker::{PHASES, Slot, Task, Worker};

/// Commands that may wait for one thread.
const WAITING: usize = 16_384;

/// The media room: legs on threads of their own. Dropped, it closes every leg and waits for the threads.
pub struct Plane {
    settings: Settings,
    ports: Ports,
    next: AtomicU64,
    rng: Mutex<ChaCha12Rng>,
    threads: Vec<Thread>,
    shared: Mutex<Option<Shared>>,
    writer: Option<JoinHandle<()>>,
    /// Where each leg lives. Held while a command is handed over, so that commands keep their order.
    homes: Mutex<HashMap<LegId, Home>>,
    lost: Arc<Counters>,
}

struct Thread {
    tasks: SyncSender<Task>,
    counters: Arc<Counters>,
    handle: Option<JoinHandle<()>>,
}

#[derive(Debug, Clone, Copy)]
struct Home {
    thread: usize,
    listens_on: Option<LegId>,
}

impl Plane {
    /// Starts the threads. `wake` is called from them whenever there are new events, and must be quick.
    pub fn start(settings: Settings, wake: impl Fn() + Send + Sync + 'static) -> io::Result<(Self, Events)> {
        let mut rng = ChaCha12Rng::from_seed(settings.seed);
        let ports = Ports::new(&settings.ports, rng.random());
        let lost = Arc::<Counters>::default();
        let (outbox, events) = outbox::queue(Arc::new(wake) as Wake, lost.clone());
        let (jobs, writing) = sync_channel(recorder::WAITING);
        let mut threads = Vec::new();
        for number in 0..settings.threads.clamp(1, 64) {
            threads.push(start_one(number, &outbox, &ports, &jobs, ChaCha12Rng::from_seed(rng.random()))?);
        }
        let writer = start_writer(writing, outbox)?;
        let plane = Self {
            settings,
            ports,
            next: AtomicU64::new(1),
            rng: Mutex::new(rng),
            threads,
            shared: Mutex::default(),
            writer: Some(writer),
            homes: Mutex::default(),
            lost,
        };
        Ok((plane, events))
    }

    /// Opens a leg. The address is the one to tell the other end.
    pub fn open(&self) -> Result<(LegId, SocketAddr), OpenError> {
        let (port, sound, reports) = self.ports.bind(self.settings.bind).ok_or(OpenError::NoPort)?;
        let line = Line::new(port, sound, reports).inspect_err(|_| self.ports.give_back(port))?;
        let id = LegId(self.next.fetch_add(1, Ordering::Relaxed));
        let leg = Leg::new(id, Instant::now(), self.chance(), self.settings.silent_after);
        let slot = Slot { id, leg, wire: Wire::Phone(Box::new(line)), tape: None, phase: PHASES };
        self.add(slot)?;
        let address = self.settings.advertise.unwrap_or(self.settings.bind);
        Ok((id, SocketAddr::new(address, port)))
    }

    /// Opens a leg for a browser and answers its offer; gives the answer to be told to it. The leg is connected by that: it needs no
    /// [`Command::Connect`]. [`crate::Event::Secured`] tells when the browser can hear.
    pub fn answer(&self, offer: &str) -> Result<(LegId, String), RtcError> {
        let (port, socket, _) = self.ports.bind(self.settings.bind).ok_or(OpenError::NoPort)?;
        let own = self.settings.advertise.unwrap_or(self.settings.bind);
        let addresses: Vec<SocketAddr> = std::iter::once(own)
            .chain(self.settings.candidates.iter().copied())
            .filter(|address| !address.is_unspecified())
            .map(|address| SocketAddr::new(address, port))
            .collect();
        let now = Instant::now();
        let (peer, plan, answer) = self
            .shared()
            .and_then(|shared| Peer::answer(&shared, now, offer, port, socket, &addresses))
            .inspect_err(|_| self.ports.give_back(port))?;
        let id = LegId(self.next.fetch_add(1, Ordering::Relaxed));
        let mut leg = Leg::new(id, now, self.chance(), self.settings.silent_after);
        leg.connect(now, plan);
        leg.expect_later(self.settings.browser_silent_after);
        self.add(Slot { id, leg, wire: Wire::Browser(Box::new(peer)), tape: None, phase: PHASES })?;
        Ok((id, answer))
    }

    /// The certificate is made when the first browser comes.
    fn shared(&self) -> Result<Shared, RtcError> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shared) = &*shared {
            return Ok(shared.clone());
        }
        Ok(shared.insert(Shared::new()?).clone())
    }

    fn chance(&self) -> Chance {
        let mut rng = self.rng.lock().unwrap_or_else(PoisonError::into_inner);
        // The upper half of the numbers is left alone at first, so that what is counted from here wraps late.
        Chance { ssrc: rng.random(), sequence: rng.random::<u16>() >> 1, timestamp: rng.random() }
    }

    /// The thread with the fewest legs takes it.
    fn add(&self, slot: Slot) -> Result<(), OpenError> {
        let (id, port) = (slot.id, slot.wire.port());
        let mut homes = self.homes();
        let mut count = vec![0_usize; self.threads.len()];
        for home in homes.values() {
            if let Some(legs) = count.get_mut(home.thread) {
                *legs += 1;
            }
        }
        let thread = count.iter().enumerate().min_by_key(|(_, legs)| **legs).map_or(0, |(thread, _)| thread);
        if !self.hand(thread, Task::Add(Box::new(slot))) {
            self.ports.give_back(port);
            return Err(OpenError::Busy);
        }
        homes.insert(id, Home { thread, listens_on: None });
        Ok(())
    }

    /// Gives a command to the thread of its leg.
    pub fn send(&self, command: Command) -> Result<(), SendError> {
        let mut homes = self.homes();
        let leg = commands::addressee(&command);
        let home = *homes.get(&leg).ok_or(SendError::NoLeg)?;
        let thread = match &command {
            Command::Bridge { a, b } => {
                let other = homes.get(b).ok_or(SendError::NoLeg)?.thread;
                let moved = self.bring(&mut homes, *a, other);
                for leg in [a, b] {
                    if let Some(home) = homes.get_mut(leg) {
                        home.listens_on = None;
                    }
                }
                moved.map(|()| other)
            }
            Command::Listen { ear, on, .. } => {
                let other = homes.get(on).ok_or(SendError::NoLeg)?.thread;
                let moved = self.bring(&mut homes, *ear, other);
                if let Some(home) = homes.get_mut(ear) {
                    home.listens_on = Some(*on);
                }
                moved.map(|()| other)
            }
            Command::Unbridge { leg } => {
                if let Some(home) = homes.get_mut(leg) {
                    home.listens_on = None;
                }
                Ok(home.thread)
            }
            Command::Close { leg } => {
                // A leg whose end could not be handed over is still there to be ended again.
                if !self.hand(home.thread, Task::Do(command.clone())) {
                    return Err(SendError::Busy);
                }
                homes.remove(leg);
                return Ok(());
            }
            _ => Ok(home.thread),
        }?;
        if self.hand(thread, Task::Do(command)) { Ok(()) } else { Err(SendError::Busy) }
    }

    /// Brings a leg, and who listens on it, to the thread where another one lives.
    fn bring(&self, homes: &mut HashMap<LegId, Home>, leg: LegId, to: usize) -> Result<(), SendError> {
        let from = homes.get(&leg).ok_or(SendError::NoLeg)?.thread;
        if from == to {
            return Ok(());
        }
        let party: Vec<LegId> = homes
            .iter()
            .filter(|(id, home)| **id == leg || (home.listens_on == Some(leg) && home.thread == from))
            .map(|(id, _)| *id)
            .collect();
        let Some(target) = self.threads.get(to) else { return Err(SendError::NoLeg) };
        if !self.hand(to, Task::Expect(party.clone()))
            || !self.hand(from, Task::Move(leg, target.tasks.clone()))
        {
            return Err(SendError::Busy);
        }
        for id in party {
            if let Some(home) = homes.get_mut(&id) {
                home.thread = to;
            }
        }
        Ok(())
    }

    fn hand(&self, thread: usize, task: Task) -> bool {
        self.threads.get(thread).is_some_and(|thread| thread.tasks.try_send(task).is_ok())
    }

    /// How things are.
    pub fn figures(&self) -> Figures {
        let mut figures = Figures { free_ports: self.ports.free(), ..Figures::default() };
        self.lost.add_to(&mut figures);
        for thread in &self.threads {
            thread.counters.add_to(&mut figures);
        }
        figures
    }

    fn homes(&self) -> std::sync::MutexGuard<'_, HashMap<LegId, Home>> {
        self.homes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Plane {
    fn drop(&mut self) {
        for thread in &mut self.threads {
            // The queue may be full: the thread empties it, so this waits only as long as that takes.
            let _ = thread.tasks.send(Task::Stop);
            if let Some(handle) = thread.handle.take() {
                let _ = handle.join();
            }
        }
        self.threads.clear();
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

fn start_one(
    number: usize,
    outbox: &Outbox,
    ports: &Ports,
    jobs: &SyncSender<Job>,
    rng: ChaCha12Rng,
) -> io::Result<Thread> {
    let poll = Poll::new()?;
    let (tasks, waiting) = sync_channel(WAITING);
    let counters = Arc::<Counters>::default();
    // Tapes are named by thread and number: the writer has one list for all.
    let first_tape = u64::try_from(number).unwrap_or(0) << 48;
    let worker = Worker::new(
        poll,
        waiting,
        outbox.another(counters.clone()),
        counters.clone(),
        ports.clone(),
        jobs.clone(),
        rng,
        Instant::now(),
        first_tape,
    );
    let handle = Builder::new().name(format!("media-{number}")).spawn(move || {
        if let Err(error) = worker.run() {
            tracing::error!(%error, "a media thread has ended");
        }
    })?;
    Ok(Thread { tasks, counters, handle: Some(handle) })
}

fn start_writer(jobs: Receiver<Job>, mut outbox: Outbox) -> io::Result<JoinHandle<()>> {
    Builder::new().name("media-recorder".into()).spawn(move || recorder::write_all(&jobs, &mut outbox))
}
