//! Work that is due: notices to send, promises to watch, holds to end.

use crate::{Caller, Desk, DeskError, Who, crowd::PATIENCE};
use domain::change::{AfterJob, Change, Finish, IdempotencyKey, JobKind};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use store::{LeasedJob, StoreError};
use tracing::Instrument;

/// How long a job may take before somebody else gets it.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How many jobs are leased at once.
const BATCH: u32 = 16;
/// How many letters are under way at once: each waits mostly for the carrier and for its turn to be recorded.
const LETTERS: usize = 8;
/// How long to wait after a fault that is ours, by the number of tries; after that the job is given up and shown.
const AFTER_FAULT: [i64; 5] = [5, 30, 120, 600, 3600];

/// Whoever does due work: one in each process.
#[derive(Debug, Clone)]
pub struct Worker {
    /// A name that differs from every other worker's.
    pub name: String,
}

/// What one round of work did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobReport {
    /// Done, or put off as its outcome says.
    pub done: u32,
    /// Failed through a fault of ours, and put off or given up.
    pub failed: u32,
    /// More is due, and stands back for the people who are being served: come again in a moment.
    pub stood_back: bool,
}

impl JobReport {
    const fn count(&mut self, well: bool) {
        if well {
            self.done += 1;
        } else {
            self.failed += 1;
        }
    }
}

impl Desk {
    /// Does what is due at `now`, until nothing is, or a batch of it while many people are being served. Returns what was done; the caller sleeps until
    /// [`store::Store::next_job`] or a signal.
    ///
    /// # Errors
    /// Only when the store cannot lease.
    pub async fn run_due(&self, worker: &Worker, now: Timestamp) -> Result<JobReport, StoreError> {
        let mut report = JobReport::default();
        loop {
            let jobs = self.store.lease_jobs(&worker.name, now, LEASE, BATCH).await?;
            if jobs.is_empty() {
                return Ok(report);
            }
            let fresh = jobs.first().is_some_and(|first| now.duration_since(first.due) < PATIENCE);
            let letter = |job: &LeasedJob| matches!(job.kind, JobKind::SendNotice { .. });
            let (letters, others): (Vec<_>, Vec<_>) = jobs.into_iter().partition(letter);
            for job in others {
                report.count(self.run_counted(&job, now).await);
            }
            for some in letters.chunks(LETTERS) {
                for well in join_all(some.iter().map(|job| self.run_counted(job, now))).await {
                    report.count(well);
                }
            }
            if fresh && self.crowd.is_there() {
                return Ok(JobReport { stood_back: true, ..report });
            }
        }
    }

    /// Runs a job, and says whether it went well.
    async fn run_counted(&self, job: &LeasedJob, now: Timestamp) -> bool {
        let span = tracing::info_span!("job", job = job.kind.as_str());
        let done = self.run(job, now).instrument(span).await;
        let outcome = match &done {
            Ok(()) => "done",
            Err(error) => self.put_off(job, error, now).await,
        };
        metrics::counter!("anteroom_jobs_total", "job" => job.kind.as_str(), "outcome" => outcome)
            .increment(1);
        done.is_ok()
    }

    async fn run(&self, job: &LeasedJob, now: Timestamp) -> Result<(), DeskError> {
        let finish = Finish { job: job.id, fence: job.fence, then: AfterJob::Done };
        // The fence makes the key: the same lease repeated is the same command, the next lease another.
        let key = IdempotencyKey::of("job", format!("{}:{}", job.id, job.fence));
        let caller = Caller::new(Who::System("jobs"), key, now);
        match &job.kind {
            JobKind::SendNotice { notice } => self.send_notice(&caller, &finish, job.attempts, *notice).await,
            JobKind::CallbackReminder { inquiry, callback } => {
                self.remind_callback(&caller, &finish, *inquiry, *callback).await
            }
            JobKind::CallbackLook { inquiry, callback } => {
                self.take_over_call(&caller, &finish, *inquiry, *callback).await
            }
            JobKind::CallbackWatch { inquiry, callback } => {
                self.watch_callback(&caller, &finish, *inquiry, *callback).await
            }
            JobKind::CallbackAgain { inquiry, callback } => {
                self.watch_again(&caller, &finish, *inquiry, *callback).await
            }
            JobKind::AppointmentReminder { inquiry, appointment } => {
                self.remind_appointment(&caller, &finish, *inquiry, *appointment).await
            }
            JobKind::ConfirmVisit { inquiry, appointment } => {
                self.ask_or_release(&caller, &finish, *inquiry, *appointment).await
            }
            JobKind::AppointmentWatch { inquiry, appointment } => {
                self.watch_appointment(&caller, &finish, *inquiry, *appointment).await
            }
            JobKind::CloseDay { closing } => self.carry_out_closing(&caller, &finish, *closing).await,
            JobKind::OfferPlace { place } => self.offer_place(&caller, &finish, place).await,
            JobKind::HoldWatch { holder } => {
                let mut change = Change::new(caller.command());
                change.expiries.push(*holder);
                change.finish = Some(finish.clone());
                match self.commit(change).await {
                    Ok(_) => Ok(()),
                    // It was confirmed a moment ago: then there is nothing to end.
                    Err(store::CommitError::Conflict(store::Conflict::Hold { .. })) => {
                        self.only_finish(&caller, &finish).await
                    }
                    Err(error) => Err(error.into()),
                }
            }
        }
    }

    /// A job that failed through a fault of ours is tried again later, then given up where everybody sees it.
    async fn put_off(&self, job: &LeasedJob, error: &DeskError, now: Timestamp) -> &'static str {
        tracing::warn!(job = job.kind.as_str(), attempts = job.attempts, %error, "a job failed");
        let tries = usize::try_from(job.attempts.saturating_sub(1)).unwrap_or(usize::MAX);
        let why = "fault".to_owned();
        // A closing under way is never given up: somebody has not been told yet. Nor is a place that is kept back: it would be
        // nobody's. Their rounds are all tries of one job.
        let under_way = matches!(job.kind, JobKind::CloseDay { .. } | JobKind::OfferPlace { .. });
        let wait = if under_way { AFTER_FAULT.get(1) } else { AFTER_FAULT.get(tries) };
        let (then, outcome) = match wait {
            Some(seconds) => {
                (AfterJob::Again { due: now + SignedDuration::from_secs(*seconds), why }, "failed")
            }
            None => (AfterJob::Dead { why }, "dead"),
        };
        let key = IdempotencyKey::of("job-fault", format!("{}:{}", job.id, job.fence));
        let mut change = Change::new(Caller::new(Who::System("jobs"), key, now).command());
        change.finish = Some(Finish { job: job.id, fence: job.fence, then });
        // If even this fails, the lease runs out and somebody tries again.
        if let Err(error) = self.commit(change).await {
            tracing::warn!(%error, "a failed job could not be put off");
        }
        outcome
    }
}
