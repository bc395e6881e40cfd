//! One media thread: every 5 ms it does what it was told, reads what has come, and gives a quarter of its legs their turn.
//!
//! Nothing wakes it in between. A packet that is passed on waits 2.5 ms for that in the mean, which nobody hears; woken for each packet
//! and each command, the thread spent more time on waking than on sound.

use super::{line::Sent, ports::Ports, wire::Wire};
use crate::{
    api::{Command, Event, LegId},
    counters::{Counters, one},
    frame::sum,
    leg::{Around, Heard, Leg, Out},
    outbox::Outbox,
    recorder::{Job, Tape},
    rtc::News,
    rtp::{self, Packet},
    ties::Ties,
};
use mio::Poll;
use rand::{RngExt as _, rngs::ChaCha12Rng};
use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::Ordering,
        mpsc::{Receiver, SyncSender},
    },
    time::{Duration, Instant},
};

/// The step of the clock, in which what came is read. A leg has its turn every fourth step.
pub const STEP: Duration = Duration::from_millis(5);
/// The legs are spread over so many steps.
pub const PHASES: usize = 4;
/// A thread that is later than this (40 steps, 200 ms) does not catch up: a burst of old sound helps nobody.
const TOO_LATE: u32 = 40;
/// Packets read from one socket in one go, so that a flood on one leg is not a drought on the others.
const IN_ONE_GO: usize = 32;
/// Sockets that are looked at in one go.
const AT_ONCE: usize = 1_024;
/// And so often in one step, so that no flood keeps it from its legs.
const GOES: usize = 8;

/// What the thread is asked to do.
pub enum Task {
    /// A new leg.
    Add(Box<Slot>),
    /// A command for a leg.
    Do(Command),
    /// Legs that will come from another thread; commands for them wait.
    Expect(Vec<LegId>),
    /// A leg, and who listens on it, goes to another thread.
    Move(LegId, SyncSender<Task>),
    /// These came from another thread.
    Arrive(super::moving::Party),
    /// The end.
    Stop,
}

/// A leg and what belongs to it.
pub struct Slot {
    pub id: LegId,
    pub leg: Leg,
    pub wire: Wire,
    pub tape: Option<Tape>,
    /// Which step is its own.
    pub phase: usize,
}

/// The thread's own things.
pub struct Worker {
    pub(super) poll: Poll,
    pub(super) tasks: Receiver<Task>,
    pub(super) slots: HashMap<LegId, Slot>,
    pub(super) ties: Ties,
    pub(super) phases: [Vec<LegId>; PHASES],
    pub(super) outbox: Outbox,
    pub(super) counters: Arc<Counters>,
    pub(super) ports: Ports,
    pub(super) jobs: SyncSender<Job>,
    pub(super) tapes: u64,
    /// Legs of browsers: their connections have timers of their own.
    pub(super) browsers: Vec<LegId>,
    /// Tapes of which the writer has not yet taken everything.
    pub(super) ending: Vec<Tape>,
    pub(super) awaited: HashMap<LegId, Vec<Command>>,
    pub(super) rng: ChaCha12Rng,
    /// Sockets that had more than could be read in one go.
    unread: Vec<(LegId, bool)>,
    start: Instant,
    step: u32,
    phase: usize,
}

impl Worker {
    /// Begins at `start`.
    #[expect(clippy::too_many_arguments, reason = "one call, from where all of these are made")]
    pub fn new(
        poll: Poll,
        tasks: Receiver<Task>,
        outbox: Outbox,
        counters: Arc<Counters>,
        ports: Ports,
        jobs: SyncSender<Job>,
        rng: ChaCha12Rng,
        start: Instant,
        first_tape: u64,
    ) -> Self {
        Self {
            poll,
            tasks,
            slots: HashMap::new(),
            ties: Ties::default(),
            phases: Default::default(),
            outbox,
            counters,
            ports,
            jobs,
            tapes: first_tape,
            browsers: Vec::new(),
            ending: Vec::new(),
            awaited: HashMap::new(),
            rng,
            unread: Vec::new(),
            start,
            step: 0,
            phase: 0,
        }
    }

    /// Runs until told to stop.
    pub fn run(mut self) -> io::Result<()> {
        let mut events = mio::Events::with_capacity(AT_ONCE);
        loop {
            if self.idle() {
                let Ok(task) = self.tasks.recv() else { return Ok(()) };
                // Nobody was there to be late for.
                (self.start, self.step) = (Instant::now(), 0);
                if self.task(task) {
                    return Ok(());
                }
            }
            let rest = (self.start + STEP * self.step).saturating_duration_since(Instant::now());
            if !rest.is_zero() {
                std::thread::sleep(rest);
            }
            // What it is told comes first: whoever is told where to send may have sent before this.
            while let Ok(task) = self.tasks.try_recv() {
                if self.task(task) {
                    return Ok(());
                }
            }
            self.read_what_came(&mut events)?;
            self.turn_if_due();
            self.outbox.flush();
        }
    }

    /// Whether nothing is to be done before somebody says so.
    fn idle(&self) -> bool {
        self.slots.is_empty() && self.ending.is_empty() && self.outbox.is_empty()
    }

    fn read_what_came(&mut self, events: &mut mio::Events) -> io::Result<()> {
        for (leg, reports) in std::mem::take(&mut self.unread) {
            self.read(leg, reports);
        }
        for _ in 0..GOES {
            match self.poll.poll(events, Some(Duration::ZERO)) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            let mut sockets = 0;
            for event in &*events {
                sockets += 1;
                if let Ok(token) = u64::try_from(event.token().0) {
                    self.read(LegId(token / 2), token % 2 == 1);
                }
            }
            if sockets < AT_ONCE {
                break;
            }
        }
        Ok(())
    }

    /// The next step, if it is due. The schedule is absolute: being late once makes no later step late.
    fn turn_if_due(&mut self) {
        let now = Instant::now();
        let Some(late) = now.checked_duration_since(self.start + STEP * self.step) else { return };
        if late >= STEP * TOO_LATE {
            let steps = u32::try_from(late.as_millis() / STEP.as_millis()).unwrap_or(u32::MAX);
            let rounds = steps / 4;
            self.slots.values_mut().for_each(|slot| slot.leg.skip(rounds));
            self.counters.rounds_skipped.fetch_add(u64::from(rounds), Ordering::Relaxed);
            self.go_to(self.step.saturating_add(rounds * 4));
        }
        self.counters.late(late);
        self.turn(now);
        self.phase = (self.phase + 1) % PHASES;
        self.go_to(self.step + 1);
    }

    /// The counter of steps begins again every day, so that it never ends.
    fn go_to(&mut self, step: u32) {
        const DAY: u32 = 24 * 3_600 * 200;
        self.step = step;
        if step >= DAY {
            self.step -= DAY;
            self.start += STEP * DAY;
        }
    }

    /// One step: first all whose turn it is become heard, then each is sent what it hears.
    fn turn(&mut self, now: Instant) {
        let turn = self.phases.get_mut(self.phase).map(std::mem::take).unwrap_or_default();
        for id in &turn {
            if let Some(slot) = self.slots.get_mut(id) {
                slot.leg.listen();
            }
        }
        for id in &turn {
            self.tick(*id, now);
        }
        if let Some(place) = self.phases.get_mut(self.phase) {
            *place = turn;
        }
        self.ending.retain_mut(|tape| !tape.flush());
        for index in 0..self.browsers.len() {
            if let Some(id) = self.browsers.get(index).copied() {
                self.tick_browser(id, now);
            }
        }
    }

    fn tick(&mut self, id: LegId, now: Instant) {
        let mut others = self.ties.heard_by(id).peekable();
        let alone = others.peek().is_none();
        let voices =
            self.slots.get(&id).filter(|slot| slot.leg.mixed() && !alone).map(|_| {
                sum(others.filter_map(|other| self.slots.get(&other)).map(|other| other.leg.says()))
            });
        let around = match &voices {
            Some(voices) => Around::Mixed(voices),
            None if alone => Around::Alone,
            None => Around::Passed,
        };
        let Some(slot) = self.slots.get_mut(&id) else { return };
        let out = slot.leg.tick(now, around, |event| self.outbox.tell(event));
        if let Some(tape) = &mut slot.tape {
            tape.frame(slot.leg.says(), slot.leg.hears());
        }
        if let Some(report) = slot.leg.report(now, self.rng.random()) {
            slot.wire.report(&report);
        }
        if let Some(out) = out {
            send(slot, now, &out, &mut self.outbox, &self.counters);
        }
    }

    /// Reads what came on a socket.
    fn read(&mut self, id: LegId, reports: bool) {
        let mut buffer = [0; 2_048];
        for _ in 0..IN_ONE_GO {
            let Some(slot) = self.slots.get_mut(&id) else { return };
            let now = Instant::now();
            let read = match &mut slot.wire {
                Wire::Phone(line) => line.receive(reports, &mut buffer).map(Some),
                Wire::Browser(peer) => peer.receive(now, &mut buffer).map(|()| None),
            };
            match read {
                Ok(Some((length, from))) => {
                    let data = buffer.get(..length).unwrap_or_default();
                    self.datagram(now, id, reports, from, data);
                }
                Ok(None) => self.take_from_browser(now, id),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                    if let Wire::Phone(line) = &mut slot.wire
                        && !reports
                        && line.refused(now) == Sent::Stops
                    {
                        self.outbox.tell(Event::Refused { leg: id });
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return,
            }
        }
        self.unread.push((id, reports));
    }

    fn datagram(&mut self, now: Instant, id: LegId, reports: bool, from: SocketAddr, data: &[u8]) {
        let Some(slot) = self.slots.get_mut(&id) else { return };
        let Wire::Phone(line) = &mut slot.wire else { return };
        if reports || rtp::kind(data) == rtp::Kind::Rtcp {
            let good =
                line.judge_report(from) && slot.leg.on_report(now, data, |event| self.outbox.tell(event));
            if !good {
                one(&self.counters.packets_refused);
            }
            return;
        }
        match rtp::read(data).filter(|packet| slot.leg.knows(&packet.header) && line.judge(now, from)) {
            Some(packet) => self.packet(now, id, &packet),
            None => one(&self.counters.packets_refused),
        }
    }

    /// What a browser's connection has brought.
    fn take_from_browser(&mut self, now: Instant, id: LegId) {
        let Some(Slot { wire: Wire::Browser(peer), leg, .. }) = self.slots.get_mut(&id) else { return };
        let arrived = peer.take_arrived();
        for news in peer.take_news() {
            if news == News::Secured {
                leg.secured(now);
            }
            self.outbox.tell(match news {
                News::Secured => Event::Secured { leg: id },
                News::Gone => Event::Bye { leg: id },
            });
        }
        for (header, payload) in arrived {
            self.packet(now, id, &Packet { header, payload: &payload });
        }
    }

    fn tick_browser(&mut self, id: LegId, now: Instant) {
        if let Some(Slot { wire: Wire::Browser(peer), .. }) = self.slots.get_mut(&id) {
            peer.tick(now);
        }
        self.take_from_browser(now, id);
    }

    fn packet(&mut self, now: Instant, id: LegId, packet: &Packet<'_>) {
        let Some(slot) = self.slots.get_mut(&id) else { return };
        one(&self.counters.packets_in);
        let heard = slot.leg.on_packet(now, packet, |event| self.outbox.tell(event));
        let audible = slot.leg.audible();
        let other = self.ties.partner(id).and_then(|other| self.slots.get_mut(&other));
        match (heard, other) {
            (Heard::Refused, _) => one(&self.counters.packets_refused),
            (Heard::Sound(law), Some(other)) if audible => {
                if let Some(out) = other.leg.pass_on(now, packet, law) {
                    send(other, now, &out, &mut self.outbox, &self.counters);
                }
            }
            (Heard::Sign, Some(other)) => other.leg.leave_out(&packet.header),
            _ => {}
        }
    }
}

/// Sends a packet of a leg.
fn send(slot: &mut Slot, now: Instant, out: &Out, outbox: &mut Outbox, counters: &Counters) {
    match slot.wire.send(now, out) {
        Sent::Yes => one(&counters.packets_out),
        Sent::No => {}
        Sent::Failed => one(&counters.send_errors),
        Sent::Stops => {
            one(&counters.send_errors);
            outbox.tell(Event::Refused { leg: slot.id });
        }
    }
}
