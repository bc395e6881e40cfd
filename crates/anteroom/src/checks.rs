//! Looks regularly whether everything holds that must, and tells it: in figures, in the log, and by the desk to its pages.
//! It never mends.

use desk::{Checked, Clock, Desk};
use metrics::{counter, gauge};
use std::{sync::Arc, time::Duration};
use store::{Broken, StoreError};
use tokio::sync::watch;

/// How often, unless the configuration says otherwise.
pub const EVERY: Duration = Duration::from_mins(5);
/// So many faults are logged one by one.
const LOGGED: usize = 20;

/// Looks at the start and then `every` so often, until `stop` says so or the store has closed.
pub async fn run(
    desks: watch::Receiver<Desk>,
    clock: Arc<dyn Clock>,
    every: Duration,
    mut stop: watch::Receiver<bool>,
) {
    while !*stop.borrow() {
        let desk = desks.borrow().clone();
        tokio::select! {
            looked = desk.look_over(clock.now()) => match looked {
                Ok(checked) => {
                    report(&checked);
                    let left_out = u32::try_from(desk.pack().left_out().len()).unwrap_or(u32::MAX);
                    gauge!("anteroom_policy_versions_left_out").set(left_out);
                }
                Err(StoreError::Closing) => return,
                Err(error) => {
                    counter!("anteroom_checks_failed_total").increment(1);
                    tracing::error!(error = crate::fault::chain(&error), "it cannot be looked at whether everything holds");
                }
            },
            _ = stop.wait_for(|stop| *stop) => return,
        }
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Tells what a look found. The lines name identifiers and places, which are no personal data.
fn report(checked: &Checked) {
    for kind in Broken::KINDS {
        let n = checked.broken.iter().filter(|broken| broken.kind() == kind).count();
        gauge!("anteroom_broken_invariants", "kind" => kind).set(u32::try_from(n).unwrap_or(u32::MAX));
    }
    gauge!("anteroom_check_timestamp_seconds").set(checked.at.as_duration().as_secs_f64());
    for broken in checked.broken.iter().take(LOGGED) {
        tracing::error!(kind = broken.kind(), %broken, "something does not hold that must");
    }
    match checked.broken.len() {
        0 => tracing::debug!("everything holds that must"),
        n => tracing::error!(n, "what does not hold that must; nothing was changed"),
    }
}

#[cfg(test)]
mod tests;
