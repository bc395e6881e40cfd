//! What an operator sees of the desk: each commit is timed, and what it did is counted. Codes only, never whom it was about.

use crate::{Desk, DeskError};
use domain::{
    appointment::AppointmentEnd,
    callback::CallOutcome,
    change::Change,
    journal::{Entry, Happened},
};
use std::time::Instant;
use store::{CommitError, Committed};
use tracing::Instrument;

/// The act whose file this is: `crates/desk/src/acts/book.rs` is `book`.
pub(crate) fn act_in(file: &'static str) -> &'static str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".rs").unwrap_or(name)
}

/// Counts how an act ended.
pub(crate) fn ended(act: &'static str, done: &Result<Committed, DeskError>) {
    let outcome = match done {
        Ok(done) if done.repeated => "repeated",
        Ok(_) => "done",
        Err(
            DeskError::Refused(_)
            | DeskError::Wait(_)
            | DeskError::Handover(_)
            | DeskError::LineNotice(_)
            | DeskError::Closing(_)
            | DeskError::Policy(_)
            | DeskError::NoPlace(_)
            | DeskError::Denied(_)
            | DeskError::NotFound
            | DeskError::WrongSignIn
            | DeskError::Proof(_)
            | DeskError::NotMet(_)
            | DeskError::KeyInUse
            | DeskError::Import { .. },
        ) => "refused",
        Err(_) => "failed",
    };
    tracing::debug!(act, outcome, "act");
    metrics::counter!("anteroom_acts_total", "act" => act, "outcome" => outcome).increment(1);
}

impl Desk {
    /// The one way from here to the store's door.
    pub(crate) async fn commit(&self, change: Change) -> Result<Committed, CommitError> {
        let happened: Vec<Sign> = change.journal.iter().filter_map(signs_of).collect();
        let span = tracing::info_span!("commit", outcome = tracing::field::Empty);
        let began = Instant::now();
        let done = self.store.commit(change).instrument(span.clone()).await;
        let outcome = match &done {
            Ok(done) if done.repeated => "repeated",
            Ok(_) => "done",
            Err(CommitError::Conflict(conflict)) => {
                metrics::counter!("anteroom_commit_conflicts_total", "kind" => conflict.code()).increment(1);
                "conflict"
            }
            Err(CommitError::Store(_)) => "failed",
        };
        span.record("outcome", outcome);
        metrics::counter!("anteroom_commits_total", "outcome" => outcome).increment(1);
        metrics::histogram!("anteroom_commit_seconds", "outcome" => outcome).record(began.elapsed());
        if outcome == "done" {
            happened.iter().for_each(Sign::count);
        }
        done
    }
}

/// What is counted of one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Promise(&'static str, &'static str),
    Notice(&'static str, &'static str),
    Read(&'static str),
}

impl Sign {
    fn count(&self) {
        match *self {
            Self::Promise(promise, outcome) => {
                metrics::counter!("anteroom_promises_total", "promise" => promise, "outcome" => outcome)
                    .increment(1);
            }
            Self::Notice(kind, outcome) => {
                metrics::counter!("anteroom_notices_total", "kind" => kind, "outcome" => outcome)
                    .increment(1);
            }
            Self::Read(what) => metrics::counter!("anteroom_reads_total", "what" => what).increment(1),
        }
    }
}

fn signs_of(entry: &Entry) -> Option<Sign> {
    let call = |outcome| Some(Sign::Promise("callback", outcome));
    let visit = |outcome| Some(Sign::Promise("appointment", outcome));
    match &entry.happened {
        Happened::CallbackPromised { .. } => call("made"),
        Happened::CallbackMoved { .. } => call("moved"),
        Happened::CallbackCancelled { .. } => call("cancelled"),
        Happened::CallEnded { outcome: CallOutcome::Reached, .. } => call("kept"),
        Happened::PromiseBroken { .. } => call("broken"),
        Happened::Unreached { .. } => call("unreached"),
        Happened::AppointmentBooked { .. } => visit("made"),
        Happened::AppointmentMoved { .. } => visit("moved"),
        Happened::AppointmentCancelled { end: AppointmentEnd::CancelledByOffice, .. } => visit("broken"),
        Happened::AppointmentCancelled { .. } => visit("cancelled"),
        Happened::Served { .. } => visit("kept"),
        Happened::NoShow { .. } => visit("missed"),
        Happened::LeftUnserved { .. } => visit("left"),
        Happened::NoticeQueued { kind, .. } => Some(Sign::Notice(kind.as_str(), "queued")),
        Happened::NoticeSent { kind, .. } => Some(Sign::Notice(kind.as_str(), "sent")),
        Happened::NoticeFailed { kind, .. } => Some(Sign::Notice(kind.as_str(), "failed")),
        Happened::NoticeDropped { kind, .. } => Some(Sign::Notice(kind.as_str(), "dropped")),
        Happened::NoticeArrived { kind, .. } => Some(Sign::Notice(kind.as_str(), "arrived")),
        Happened::NoticeLost { kind, .. } => Some(Sign::Notice(kind.as_str(), "lost")),
        Happened::Read { what } => Some(Sign::Read(what.as_str())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_is_named_for_its_file() {
        assert_eq!(act_in("crates/desk/src/acts/book.rs"), "book");
        assert_eq!(act_in("book"), "book");
    }
}
