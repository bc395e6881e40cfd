//! What the threads count, read by whoever wants to know.

use crate::api::{Figures, Lateness};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// The figures of one thread.
#[derive(Debug, Default)]
pub struct Counters {
    pub legs: AtomicU64,
    pub browsers: AtomicU64,
    pub packets_in: AtomicU64,
    pub packets_out: AtomicU64,
    pub packets_refused: AtomicU64,
    pub packets_lost: AtomicU64,
    pub send_errors: AtomicU64,
    pub events_lost: AtomicU64,
    pub rounds_skipped: AtomicU64,
    pub late: [AtomicU64; 6],
}

/// One more.
pub fn one(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

impl Counters {
    /// Counts a step by how late it was.
    pub fn late(&self, by: Duration) {
        let class = Lateness::BOUNDS.iter().position(|bound| by < *bound).unwrap_or(Lateness::BOUNDS.len());
        if let Some(counter) = self.late.get(class) {
            one(counter);
        }
    }

    /// Adds what this thread counted.
    pub fn add_to(&self, figures: &mut Figures) {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        figures.legs += read(&self.legs);
        figures.browsers += read(&self.browsers);
        figures.packets_in += read(&self.packets_in);
        figures.packets_out += read(&self.packets_out);
        figures.packets_refused += read(&self.packets_refused);
        figures.packets_lost += read(&self.packets_lost);
        figures.send_errors += read(&self.send_errors);
        figures.events_lost += read(&self.events_lost);
        figures.rounds_skipped += read(&self.rounds_skipped);
        for (sum, counter) in figures.lateness.steps.iter_mut().zip(&self.late) {
            *sum += read(counter);
        }
    }
}
