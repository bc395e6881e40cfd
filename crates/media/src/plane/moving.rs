//! Legs that go from one media thread to another, because those who hear each other must live together.

use super::worker::{Slot, Task, Worker};
use crate::api::{Command, Join, LegId};
use std::{collections::HashMap, sync::mpsc::SyncSender};

/// Commands that may wait for one leg while it is under way.
const WAITING: usize = 256;

/// A leg and who listens on it.
pub struct Party {
    slots: Vec<Slot>,
    ears: Vec<(LegId, LegId, Join)>,
    /// Legs that were to come and had gone.
    missing: Vec<LegId>,
}

impl Worker {
    /// Commands for these wait until they are here.
    pub(super) fn expect(&mut self, legs: Vec<LegId>) {
        for leg in legs {
            self.awaited.entry(leg).or_default();
        }
    }

    /// Whether a command has been put aside until all whom it concerns are here.
    pub(super) fn must_wait(&mut self, command: &Command) -> bool {
        if self.awaited.is_empty() {
            return false;
        }
        let concerned = match command {
            Command::Bridge { a, b } => [*a, *b],
            Command::Listen { ear, on, .. } => [*ear, *on],
            other => [super::commands::addressee(other); 2],
        };
        let waiting = concerned.iter().find_map(|leg| self.awaited.contains_key(leg).then_some(*leg));
        let Some(waiting) = waiting.and_then(|leg| self.awaited.get_mut(&leg)) else { return false };
        if waiting.len() < WAITING {
            waiting.push(command.clone());
        }
        true
    }

    /// Sends a leg, and who listens on it, to another thread. Its bridge ends.
    pub(super) fn send_away(&mut self, leg: LegId, to: &SyncSender<Task>) {
        let changed = self.ties.leave(leg);
        let ears: Vec<(LegId, LegId, Join)> =
            self.ties.ears_on(leg).map(|(ear, mode)| (ear, leg, mode)).collect();
        let legs: Vec<LegId> = std::iter::once(leg).chain(ears.iter().map(|(ear, ..)| *ear)).collect();
        let (mut slots, mut missing) = (Vec::new(), Vec::new());
        for leg in &legs {
            match self.take(*leg) {
                Some(slot) => slots.push(slot),
                None => missing.push(*leg),
            }
            self.ties.gone(*leg);
        }
        self.mix(&changed);
        // The queue of a thread is long; this waits only if that thread stands still, and then the leg is lost anyway.
        if let Err(error) = to.try_send(Task::Arrive(Party { slots, ears, missing })) {
            tracing::error!("a leg could not change to another media thread and is closed");
            let (std::sync::mpsc::TrySendError::Full(task)
            | std::sync::mpsc::TrySendError::Disconnected(task)) = error;
            if let Task::Arrive(party) = task {
                party.slots.into_iter().for_each(|slot| {
                    let id = slot.id;
                    self.add(slot);
                    self.command(Command::Close { leg: id });
                });
            }
        }
    }

    /// Takes in who came from another thread, and does what was asked of them meanwhile.
    pub(super) fn arrive(&mut self, party: Party) {
        let mut asked: HashMap<LegId, Vec<Command>> = HashMap::new();
        for leg in party.slots.iter().map(|slot| slot.id).chain(party.missing) {
            if let Some(commands) = self.awaited.remove(&leg) {
                asked.insert(leg, commands);
            }
        }
        let here: Vec<LegId> = party.slots.iter().map(|slot| slot.id).collect();
        for slot in party.slots {
            self.add(slot);
        }
        for (ear, on, mode) in party.ears {
            self.ties.listen(ear, on, mode);
        }
        self.mix(&here);
        for command in asked.into_values().flatten() {
            self.command(command);
        }
    }
}
