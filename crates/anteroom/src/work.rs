//! Does what falls due: wakes when the journal grows, when the next job is due, and at least once a second.

use desk::{Clock, Desk, Worker};
use jiff::{SignedDuration, Timestamp};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// How late a job may be noticed at most: a demo's clock can jump, and a signal can be missed.
const TICK: Duration = Duration::from_secs(1);
/// How often old answers, drafts and sessions are forgotten.
const TIDY_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// How long a repeated command is still known.
const KEEP: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long due work stands back while many people are being served.
const STAND_BACK: Duration = Duration::from_millis(200);

/// As of when due work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// As of now, however late it is.
    Now,
    /// As of when it was due. A demo's clock jumps over hours in which the work would have been done in time.
    AsDue,
}

/// Works until `stop` says so or the store has closed, each time with the desk as it is then.
pub async fn run(
    desks: watch::Receiver<Desk>,
    clock: Arc<dyn Clock>,
    pace: Pace,
    mut stop: watch::Receiver<bool>,
) {
    let desk = desks.borrow().clone();
    let worker = Worker { name: format!("worker-{}", &desk.dice().token()[..12]) };
    let store = Arc::clone(desk.store());
    let mut news = store.signal();
    let mut done_until = Timestamp::MIN;
    let mut tidied = Timestamp::MIN;
    while !*stop.borrow() {
        let now = clock.now();
        let wait = match store.next_job().await {
            Ok(Some(due)) if due <= now => {
                let at = match pace {
                    Pace::Now => now,
                    Pace::AsDue => due.max(done_until),
                };
                done_until = at;
                let desk = desks.borrow().clone();
                let done = tokio::select! {
                    done = desk.run_due(&worker, at) => done,
                    // What was begun is leased: when it is not finished, it is done again after the lease.
                    _ = stop.wait_for(|stop| *stop) => return,
                };
                report(&done);
                if done.is_ok_and(|done| done.stood_back) {
                    // News would wake it at once: the crowd makes plenty.
                    tokio::time::sleep(STAND_BACK).await;
                }
                // A job that was put off to this very instant does not spin.
                Duration::from_millis(if pace == Pace::Now { 10 } else { 0 })
            }
            Ok(Some(due)) => Duration::try_from(due.duration_since(now)).unwrap_or(TICK).min(TICK),
            Ok(None) => TICK,
            Err(store::StoreError::Closing) => return,
            Err(error) => {
                tracing::error!(error = crate::fault::chain(&error), "the store does not say what is due");
                TICK
            }
        };
        if now.duration_since(tidied) > TIDY_EVERY {
            tidied = now;
            let desk = desks.borrow().clone();
            tokio::select! {
                () = forget(&desk, now) => {}
                // What is left of it is due the next time.
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            grown = news.changed() => if grown.is_none() { return },
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Erases what has been kept long enough, and forgets what is over.
async fn forget(desk: &Desk, now: Timestamp) {
    match desk.erase_due(now).await {
        Ok(Some(done)) => tracing::info!(erased = done.erased, stay = done.stay, "erased what was due"),
        Ok(None) => {}
        Err(error) => {
            tracing::warn!(error = crate::fault::chain(&error), "what was due was not erased");
        }
    }
    match desk.store().tidy(&desk.pack().retention().forget(now, now - KEEP)).await {
        Ok(forgotten) => tracing::debug!(forgotten, "tidied"),
        Err(error) => tracing::warn!(error = crate::fault::chain(&error), "the store was not tidied"),
    }
}

fn report(done: &Result<desk::JobReport, store::StoreError>) {
    match done {
        Ok(report) if report.failed > 0 => {
            tracing::warn!(done = report.done, failed = report.failed, "some work failed and is tried again");
        }
        Ok(report) => tracing::debug!(done = report.done, "did what was due"),
        Err(error) => tracing::error!(error = crate::fault::chain(error), "the due work cannot be had"),
    }
}
