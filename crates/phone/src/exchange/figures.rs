//! What is counted. Read by whoever shows figures, at any time.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters of the exchange since it started, and how many calls there are now.
#[derive(Debug, Default)]
pub struct Figures {
    /// Calls that are there now.
    pub calls: AtomicU64,
    /// Calls that came.
    pub came: AtomicU64,
    /// Calls that were answered.
    pub answered: AtomicU64,
    /// Calls that were told to try again for want of room.
    pub turned_away: AtomicU64,
    /// Datagrams that were dropped because too much waited.
    pub shed: AtomicU64,
    /// Prompts that could not be said.
    pub unsaid: AtomicU64,
}

/// The bounds of lateness as labels, in milliseconds.
const LATE: [&str; 6] = ["1", "5", "10", "20", "50", "more"];

impl Figures {
    /// Hands everything to whoever collects figures in this process, if anybody does.
    pub(super) fn publish(&self, sound: &media::Figures, voice: &voice::Figures) {
        let now = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        metrics::gauge!("anteroom_phone_calls").set(approximate(now(&self.calls)));
        for (what, counter) in
            [("came", &self.came), ("answered", &self.answered), ("turned-away", &self.turned_away)]
        {
            metrics::counter!("anteroom_phone_calls_total", "what" => what).absolute(now(counter));
        }
        metrics::counter!("anteroom_phone_shed_total").absolute(now(&self.shed));
        metrics::counter!("anteroom_phone_unsaid_total").absolute(now(&self.unsaid));
        metrics::gauge!("anteroom_phone_legs").set(approximate(sound.legs));
        for (what, count) in [
            ("received", sound.packets_in),
            ("sent", sound.packets_out),
            ("refused", sound.packets_refused),
            ("failed", sound.send_errors),
        ] {
            metrics::counter!("anteroom_phone_packets_total", "what" => what).absolute(count);
        }
        for (late, steps) in LATE.into_iter().zip(sound.lateness.steps) {
            metrics::counter!("anteroom_phone_late_steps_total", "late" => late).absolute(steps);
        }
        for (from, count) in [
            ("made", voice.made),
            ("memory", voice.hits_memory),
            ("disk", voice.hits_disk),
            ("recording", voice.recordings),
            ("older", voice.older),
            ("none", voice.silent),
        ] {
            metrics::counter!("anteroom_voice_sounds_total", "from" => from).absolute(count);
        }
        for engine in &voice.engines {
            let failures =
                metrics::counter!("anteroom_voice_failures_total", "engine" => engine.name.clone());
            failures.absolute(engine.failures);
        }
    }

    pub(super) fn one_more(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

/// A gauge is a float; beyond 2^53 nobody counts calls.
#[expect(clippy::cast_precision_loss, reason = "no count comes near 2^53")]
const fn approximate(count: u64) -> f64 {
    count as f64
}
