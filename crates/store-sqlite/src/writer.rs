//! The one thread that writes. It takes what has queued up, does it in one transaction with a savepoint for each
//! change, and answers only after COMMIT: one flush to the disk serves them all.

use crate::{Options, commit, convert::written, jobs, pace, sql, tidy};
use domain::{
    change::Change,
    pace::{Limits, Turn},
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use std::sync::Arc;
use store::{CommitError, Committed, LeasedJob, SignalSender, StoreError};
use tokio::sync::{mpsc, oneshot};

/// What comes through the queue.
pub(crate) enum Ask {
    /// Something to do.
    Do(Work),
    /// Finish what is queued, and stop.
    Close(oneshot::Sender<()>),
}

/// What the writer is asked to do.
pub(crate) enum Work {
    /// Do a change.
    Commit(Box<Change>, oneshot::Sender<Result<Committed, CommitError>>),
    /// Lease jobs.
    Lease(Leasing, oneshot::Sender<Result<Vec<LeasedJob>, StoreError>>),
    /// Take a turn.
    Turn(Taking, oneshot::Sender<Result<Turn, StoreError>>),
    /// Forget what is over at `now`, and answers from before `before`.
    Tidy { now: Timestamp, before: Timestamp, reply: oneshot::Sender<Result<u64, StoreError>> },
}

/// Which jobs to lease.
pub(crate) struct Leasing {
    pub worker: String,
    pub now: Timestamp,
    pub lasts: SignedDuration,
    pub limit: u32,
}

/// Which turn to take.
pub(crate) struct Taking {
    pub name: String,
    pub limits: Limits,
    pub now: Timestamp,
    pub patience: SignedDuration,
}

/// An answer that waits for COMMIT.
type Reply = Box<dyn FnOnce(Option<&Arc<rusqlite::Error>>) + Send>;

/// Nobody may be waiting any more: the change is done all the same.
fn reply<T, E>(to: oneshot::Sender<Result<T, E>>, result: Result<T, E>) -> Reply
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    Box::new(move |failed| {
        let result = failed.map_or(result, |error| Err(written(error).into()));
        drop(to.send(result));
    })
}

impl Work {
    /// Tells the one who asked that nothing was done.
    fn fail(self, error: &Arc<rusqlite::Error>) {
        match self {
            Self::Commit(_, to) => drop(to.send(Err(written(error).into()))),
            Self::Lease(_, to) => drop(to.send(Err(written(error)))),
            Self::Turn(_, to) => drop(to.send(Err(written(error)))),
            Self::Tidy { reply, .. } => drop(reply.send(Err(written(error)))),
        }
    }
}

/// Writes until it is told to close, or nobody is left to ask.
pub(crate) fn run(conn: Connection, mut asks: mpsc::Receiver<Ask>, signal: SignalSender, options: Options) {
    let mut closing = Vec::new();
    let mut waiting = Vec::with_capacity(options.batch);
    while asks.blocking_recv_many(&mut waiting, options.batch.max(1)) > 0 {
        let mut work = Vec::with_capacity(waiting.len());
        for ask in waiting.drain(..) {
            match ask {
                Ask::Close(to) => {
                    // Nothing new gets in; what is in is still done.
                    asks.close();
                    closing.push(to);
                }
                Ask::Do(what) => work.push(what),
            }
        }
        batch(&conn, work, &signal);
    }
    // The log is folded into the file, so that the file alone is a whole copy.
    if let Err(error) = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
        tracing::warn!(%error, "the write-ahead log could not be folded into the file");
    }
    if let Err((_, error)) = conn.close() {
        tracing::warn!(%error, "the store's file did not close well");
    }
    drop(signal);
    for to in closing {
        // Nobody may be waiting for it any more.
        let _ = to.send(());
    }
}

/// Does one batch.
fn batch(conn: &Connection, work: Vec<Work>, signal: &SignalSender) {
    if work.is_empty() {
        return;
    }
    metrics::histogram!("anteroom_commit_batch_changes")
        .record(f64::from(u32::try_from(work.len()).unwrap_or(u32::MAX)));
    let mut head = match begin(conn) {
        Ok(head) => head,
        Err(error) => {
            let error = Arc::new(error);
            tracing::error!(%error, "no transaction could be begun");
            drop(sql::run(conn, "ROLLBACK", []));
            for ask in work {
                ask.fail(&error);
            }
            return;
        }
    };
    let mut replies: Vec<Reply> = Vec::with_capacity(work.len());
    let mut left = work.into_iter();
    let mut lost = None;
    for ask in left.by_ref() {
        match one(conn, ask, &mut head) {
            (Ok(()), reply) => replies.push(reply),
            (Err(error), reply) => {
                replies.push(reply);
                lost = Some(error);
                break;
            }
        }
    }
    let end = match lost {
        Some(error) => Err(error),
        None => finish(conn, &head),
    };
    match end {
        Ok(()) => {
            // The signal first: whoever has an answer finds it counted among what was told.
            signal.send(head.seq);
            for reply in replies {
                reply(None);
            }
        }
        Err(error) => {
            let error = Arc::new(error);
            tracing::error!(%error, "a batch of changes was not committed");
            drop(sql::run(conn, "ROLLBACK", []));
            for reply in replies {
                reply(Some(&error));
            }
            for ask in left {
                ask.fail(&error);
            }
        }
    }
}

fn begin(conn: &Connection) -> Result<commit::Head, rusqlite::Error> {
    sql::run(conn, "BEGIN IMMEDIATE", [])?;
    commit::Head::read(conn)
}

fn finish(conn: &Connection, head: &commit::Head) -> Result<(), rusqlite::Error> {
    head.keep(conn)?;
    sql::run(conn, "COMMIT", []).map(drop)
}

/// Does one thing inside a savepoint. An error on the left means that the whole transaction is lost.
fn one(conn: &Connection, ask: Work, head: &mut commit::Head) -> (Result<(), rusqlite::Error>, Reply) {
    let before = head.clone();
    let opened = sql::run(conn, "SAVEPOINT change", []).map(drop);
    if opened.is_err() {
        return (
            opened,
            Box::new(move |error| {
                if let Some(error) = error {
                    ask.fail(error);
                }
            }),
        );
    }
    let (well, reply) = match ask {
        Work::Commit(change, to) => {
            let done = commit::apply(conn, &change, head);
            (done.is_ok(), reply(to, done.map_err(CommitError::from)))
        }
        Work::Lease(lease, to) => {
            let done = jobs::lease(conn, &lease);
            (done.is_ok(), reply(to, done.map_err(StoreError::from)))
        }
        Work::Turn(ask, to) => {
            let done = pace::take(conn, &ask);
            (done.is_ok(), reply(to, done.map_err(StoreError::from)))
        }
        Work::Tidy { now, before, reply: to } => {
            let done = tidy::tidy(conn, now, before);
            (done.is_ok(), reply(to, done.map_err(StoreError::from)))
        }
    };
    let ended = if well {
        sql::run(conn, "RELEASE change", []).map(drop)
    } else {
        *head = before;
        undo(conn)
    };
    (ended, reply)
}

/// Takes back what a change did. Fails when the engine has given up the whole transaction.
fn undo(conn: &Connection) -> Result<(), rusqlite::Error> {
    sql::run(conn, "ROLLBACK TO change", [])?;
    sql::run(conn, "RELEASE change", []).map(drop)
}
