//! What a media thread does when it is told something.

use super::worker::{Slot, Task, Worker};
use crate::{
    api::{Command, Event, LegId},
    counters::one,
    recorder::Tape,
};
use mio::Token;
use std::{sync::atomic::Ordering, time::Instant};

/// The tokens of a leg: of its sound, and of its reports.
pub fn tokens(leg: LegId) -> (Token, Token) {
    let first = usize::try_from(leg.0).unwrap_or(0) * 2;
    (Token(first), Token(first + 1))
}

/// Whom a command is for.
pub const fn addressee(command: &Command) -> LegId {
    match command {
        Command::Connect { leg, .. }
        | Command::Play { leg, .. }
        | Command::Hush { leg }
        | Command::Music { leg, .. }
        | Command::Quiet { leg }
        | Command::Digits { leg, .. }
        | Command::Unbridge { leg }
        | Command::Hold { leg, .. }
        | Command::Unhold { leg }
        | Command::Mute { leg, .. }
        | Command::Record { leg, .. }
        | Command::PauseRecording { leg }
        | Command::ResumeRecording { leg }
        | Command::StopRecording { leg }
        | Command::Close { leg } => *leg,
        Command::Bridge { a, .. } => *a,
        Command::Listen { ear, .. } => *ear,
    }
}

impl Worker {
    /// Does what it is told; true when it is time to stop.
    pub(super) fn task(&mut self, task: Task) -> bool {
        match task {
            Task::Stop => {
                for id in self.slots.keys().copied().collect::<Vec<_>>() {
                    self.close(id);
                }
                self.outbox.flush();
                // Here, and only here, the thread waits for the disk.
                while !self.ending.is_empty() {
                    self.ending.retain_mut(|tape| !tape.flush());
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
                return true;
            }
            Task::Add(slot) => self.add(*slot),
            Task::Do(command) => self.command(command),
            Task::Expect(legs) => self.expect(legs),
            Task::Move(leg, to) => self.send_away(leg, &to),
            Task::Arrive(party) => self.arrive(party),
        }
        false
    }

    /// Takes a leg in.
    pub(super) fn add(&mut self, mut slot: Slot) {
        let (sound, reports) = tokens(slot.id);
        if slot.wire.register(self.poll.registry(), sound, reports).is_err() {
            // No more descriptors can be watched: the leg is given up, and whoever opened it is told.
            self.ports.give_back(slot.wire.port());
            self.outbox.tell(Event::Gone { leg: slot.id, quality: slot.leg.quality() });
            return;
        }
        one(&self.counters.legs);
        if slot.wire.is_browser() {
            one(&self.counters.browsers);
            self.browsers.push(slot.id);
        }
        // The step with the fewest legs becomes its own.
        let least = self.phases.iter().enumerate().min_by_key(|(_, legs)| legs.len());
        slot.phase = least.map_or(0, |(phase, _)| phase);
        if let Some(phase) = self.phases.get_mut(slot.phase) {
            phase.push(slot.id);
        }
        self.slots.insert(slot.id, slot);
    }

    /// Lets a leg out, without an end.
    pub(super) fn take(&mut self, id: LegId) -> Option<Slot> {
        let mut slot = self.slots.remove(&id)?;
        slot.wire.deregister(self.poll.registry());
        if let Some(phase) = self.phases.get_mut(slot.phase) {
            phase.retain(|leg| *leg != id);
        }
        self.counters.legs.fetch_sub(1, Ordering::Relaxed);
        if slot.wire.is_browser() {
            self.counters.browsers.fetch_sub(1, Ordering::Relaxed);
            self.browsers.retain(|leg| *leg != id);
        }
        Some(slot)
    }

    /// Does what it is told.
    pub(super) fn command(&mut self, command: Command) {
        if self.must_wait(&command) {
            return;
        }
        let now = Instant::now();
        match command {
            Command::Bridge { a, b } => {
                if self.slots.contains_key(&a) && self.slots.contains_key(&b) {
                    let changed = self.ties.bridge(a, b);
                    self.mix(&changed);
                }
            }
            Command::Unbridge { leg } => {
                let changed = self.ties.leave(leg);
                self.mix(&changed);
            }
            Command::Listen { ear, on, mode } => {
                if self.slots.contains_key(&ear) && self.slots.contains_key(&on) {
                    let changed = self.ties.listen(ear, on, mode);
                    self.mix(&changed);
                }
            }
            Command::Close { leg } => self.close(leg),
            Command::Record { leg, to } => {
                self.tapes += 1;
                if let Some(slot) = self.slots.get_mut(&leg) {
                    let tape = Tape::new(self.tapes, leg, to, self.jobs.clone());
                    self.ending.extend(slot.tape.replace(tape).map(closed));
                    self.mix_around(leg);
                }
            }
            Command::StopRecording { leg } => {
                if let Some(slot) = self.slots.get_mut(&leg) {
                    self.ending.extend(slot.tape.take().map(closed));
                    self.mix_around(leg);
                }
            }
            other => {
                if let Some(slot) = self.slots.get_mut(&addressee(&other)) {
                    let (rtp, _) = tokens(slot.id);
                    one_leg(slot, other, now, |slot, plan| {
                        slot.wire.connect(plan, self.poll.registry(), rtp)
                    });
                }
            }
        }
    }

    fn close(&mut self, id: LegId) {
        let Some(mut slot) = self.take(id) else { return };
        let now = Instant::now();
        let goodbye = slot.leg.goodbye(now);
        slot.wire.report(&goodbye);
        slot.wire.close(now);
        self.ending.extend(slot.tape.take().map(closed));
        self.ports.give_back(slot.wire.port());
        let quality = slot.leg.quality();
        self.counters.packets_lost.fetch_add(quality.lost, Ordering::Relaxed);
        let changed = self.ties.gone(id);
        self.mix(&changed);
        self.outbox.tell(Event::Gone { leg: id, quality });
    }

    fn mix_around(&mut self, leg: LegId) {
        let changed: Vec<LegId> = std::iter::once(leg).chain(self.ties.partner(leg)).collect();
        self.mix(&changed);
    }

    /// Voices are evened out where more than two are together, and where either of two is recorded.
    pub(super) fn mix(&mut self, legs: &[LegId]) {
        let recorded = |leg: &LegId| self.slots.get(leg).is_some_and(|slot| slot.tape.is_some());
        let mixed: Vec<(LegId, bool)> = legs
            .iter()
            .map(|leg| {
                let pair = self.ties.partner(*leg);
                (*leg, self.ties.crowded(*leg) || recorded(leg) || pair.is_some_and(|other| recorded(&other)))
            })
            .collect();
        for (leg, mixed) in mixed {
            if let Some(slot) = self.slots.get_mut(&leg) {
                slot.leg.mix(mixed);
            }
        }
    }
}

fn closed(mut tape: Tape) -> Tape {
    tape.close();
    tape
}

/// Commands that concern nobody but the leg.
fn one_leg(
    slot: &mut Slot,
    command: Command,
    now: Instant,
    connect: impl FnOnce(&mut Slot, &crate::api::Plan) -> std::io::Result<()>,
) {
    match command {
        Command::Connect { plan, .. } => {
            if let Err(error) = connect(slot, &plan) {
                tracing::warn!(leg = slot.id.0, %error, "the socket of a leg could not be bound again");
            }
            slot.leg.connect(now, plan);
        }
        Command::Play { clips, mark, .. } => {
            if !slot.leg.player().play(clips, mark) {
                tracing::warn!(leg = slot.id.0, "too much waits to be said on a leg; the newest is left out");
            }
        }
        Command::Hush { .. } => slot.leg.player().hush(),
        Command::Music { clip, .. } => slot.leg.player().music(Some(clip)),
        Command::Quiet { .. } => slot.leg.player().music(None),
        Command::Digits { digits, .. } => slot.leg.dial(&digits),
        Command::Hold { music, .. } => slot.leg.hold(music),
        Command::Unhold { .. } => slot.leg.unhold(),
        Command::Mute { muted, .. } => slot.leg.mute(muted),
        Command::PauseRecording { .. } => {
            if let Some(tape) = &mut slot.tape {
                tape.pause();
            }
        }
        Command::ResumeRecording { .. } => {
            if let Some(tape) = &mut slot.tape {
                tape.resume();
            }
        }
        // These concern more than one leg, and are done before.
        Command::Bridge { .. }
        | Command::Unbridge { .. }
        | Command::Listen { .. }
        | Command::Record { .. }
        | Command::StopRecording { .. }
        | Command::Close { .. } => {}
    }
}
