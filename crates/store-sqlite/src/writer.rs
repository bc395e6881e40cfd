//! The one thread that writes. It takes what has queued up, does it in one transaction, and answers only after COMMIT:
//! one flush to the disk serves them all.

use crate::{Options, commit, convert::written, folding::Folding, hooks, jobs, pace, sql, tidy};
use domain::{
    change::Change,
    hook::{Hook, HookAct},
    journal::Seq,
    pace::{Limits, Turn},
    retention::Forget,
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
    /// Do something with a program that is told what happens.
    Hook(Hooking, oneshot::Sender<Result<Option<Hook>, StoreError>>),
    /// Forget what is over.
    Tidy(Forget, oneshot::Sender<Result<u64, StoreError>>),
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

/// What to do with which program.
pub(crate) struct Hooking {
    pub name: String,
    pub act: HookAct,
    pub now: Timestamp,
}

/// What came of it, once it is committed.
enum Done {
    Commit(Result<Committed, CommitError>),
    Lease(Result<Vec<LeasedJob>, StoreError>),
    Turn(Result<Turn, StoreError>),
    Hook(Result<Option<Hook>, StoreError>),
    Tidy(Result<u64, StoreError>),
}

impl Done {
    const fn well(&self) -> bool {
        match self {
            Self::Commit(done) => done.is_ok(),
            Self::Lease(done) => done.is_ok(),
            Self::Turn(done) => done.is_ok(),
            Self::Hook(done) => done.is_ok(),
            Self::Tidy(done) => done.is_ok(),
        }
    }
}

impl Work {
    /// Does it, inside the transaction that is open.
    fn run(&self, conn: &Connection, head: &mut commit::Head) -> Done {
        match self {
            Self::Commit(change, _) => {
                Done::Commit(commit::apply(conn, change, head).map_err(CommitError::from))
            }
            Self::Lease(lease, _) => Done::Lease(jobs::lease(conn, lease).map_err(StoreError::from)),
            Self::Turn(ask, _) => Done::Turn(pace::take(conn, ask).map_err(StoreError::from)),
            Self::Hook(ask, _) => {
                Done::Hook(hooks::act(conn, &ask.name, &ask.act, ask.now).map_err(StoreError::from))
            }
            Self::Tidy(forget, _) => Done::Tidy(tidy::tidy(conn, forget).map_err(StoreError::from)),
        }
    }

    /// Tells the one who asked. Nobody may be waiting any more: it is done all the same.
    fn tell(self, done: Done) {
        match (self, done) {
            (Self::Commit(_, to), Done::Commit(done)) => drop(to.send(done)),
            (Self::Lease(_, to), Done::Lease(done)) => drop(to.send(done)),
            (Self::Turn(_, to), Done::Turn(done)) => drop(to.send(done)),
            (Self::Hook(_, to), Done::Hook(done)) => drop(to.send(done)),
            (Self::Tidy(_, to), Done::Tidy(done)) => drop(to.send(done)),
            // Each answer was made of what was asked: they cannot differ. Dropped, it reads as the store closing.
            _ => {}
        }
    }

    /// Tells the one who asked that nothing was done.
    fn fail(self, error: &Arc<rusqlite::Error>) {
        match self {
            Self::Commit(_, to) => drop(to.send(Err(written(error).into()))),
            Self::Lease(_, to) => drop(to.send(Err(written(error)))),
            Self::Turn(_, to) => drop(to.send(Err(written(error)))),
            Self::Hook(_, to) => drop(to.send(Err(written(error)))),
            Self::Tidy(_, to) => drop(to.send(Err(written(error)))),
        }
    }
}

/// Writes until it is told to close, or nobody is left to ask.
pub(crate) fn run(
    conn: Connection,
    mut folding: Folding,
    mut asks: mpsc::Receiver<Ask>,
    signal: SignalSender,
    options: Options,
) {
    let mut closing = Vec::new();
    let mut wary = 0;
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
        let tidied = work.iter().any(|ask| matches!(ask, Work::Tidy(..)));
        let changes = work.len();
        batch(&conn, work, &signal, &mut wary);
        folding.wrote(changes);
        if tidied {
            folding.alone(|| empty_log(&conn));
        }
    }
    folding.end();
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

/// Folds the log into the file and empties it, unless somebody reads just then: what was erased stands in it until then.
fn empty_log(conn: &Connection) {
    let wait: Result<i64, _> = conn.pragma_query_value(None, "busy_timeout", |row| row.get(0));
    let Ok(wait) = wait else { return };
    // Nobody who writes is kept waiting for a reader.
    let emptied = conn
        .pragma_update(None, "busy_timeout", 0)
        .and_then(|()| conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
    for done in [emptied, conn.pragma_update(None, "busy_timeout", wait)] {
        if let Err(error) = done {
            tracing::warn!(%error, "the write-ahead log was not emptied");
        }
    }
}

/// How many batches are done with savepoints after one in which something was refused.
const WARY: u32 = 16;

/// Does one batch: all of it, but for what is refused.
///
/// A savepoint for each change would have SQLite keep a copy of every page that the change writes. Mostly nothing is
/// refused, so the batch is first done without; when something is, it is done again with them, and so are those that
/// follow, for where one is refused others soon are.
fn batch(conn: &Connection, work: Vec<Work>, signal: &SignalSender, wary: &mut u32) {
    if work.is_empty() {
        return;
    }
    metrics::histogram!("anteroom_commit_batch_changes")
        .record(f64::from(u32::try_from(work.len()).unwrap_or(u32::MAX)));
    let done = match wary.checked_sub(1) {
        Some(less) => {
            *wary = less;
            apart(conn, &work)
        }
        None => match whole(conn, &work) {
            Ok(Some(done)) => Ok(done),
            Ok(None) => {
                *wary = WARY;
                apart(conn, &work)
            }
            Err(error) => Err(error),
        },
    };
    match done {
        Ok((seq, done)) => {
            // The signal first: whoever has an answer finds it counted among what was told.
            signal.send(seq);
            for (ask, done) in work.into_iter().zip(done) {
                ask.tell(done);
            }
        }
        Err(error) => {
            let error = Arc::new(error);
            tracing::error!(%error, "a batch of changes was not committed");
            drop(sql::run(conn, "ROLLBACK", []));
            for ask in work {
                ask.fail(&error);
            }
        }
    }
}

/// Does all of it in one transaction. None, and nothing done, when something is refused.
fn whole(conn: &Connection, work: &[Work]) -> Result<Option<(Seq, Vec<Done>)>, rusqlite::Error> {
    let mut head = begin(conn)?;
    let began = head.seq;
    let mut all = Vec::with_capacity(work.len());
    for ask in work {
        let done = ask.run(conn, &mut head);
        if !done.well() {
            // It fails when the engine has given up the transaction by itself.
            drop(sql::run(conn, "ROLLBACK", []));
            // What was asked alone has been told by this what it met.
            return Ok((work.len() == 1).then(|| (began, vec![done])));
        }
        all.push(done);
    }
    finish(conn, &head)?;
    Ok(Some((head.seq, all)))
}

/// Does all of it in one transaction with a savepoint for each, so that what is refused takes nothing else with it. An
/// error means that the whole transaction is lost.
fn apart(conn: &Connection, work: &[Work]) -> Result<(Seq, Vec<Done>), rusqlite::Error> {
    let mut head = begin(conn)?;
    let mut all = Vec::with_capacity(work.len());
    for ask in work {
        let before = head.clone();
        sql::run(conn, "SAVEPOINT change", [])?;
        let done = ask.run(conn, &mut head);
        if !done.well() {
            head = before;
            // This fails when the engine has given up the whole transaction.
            sql::run(conn, "ROLLBACK TO change", [])?;
        }
        sql::run(conn, "RELEASE change", [])?;
        all.push(done);
    }
    finish(conn, &head)?;
    Ok((head.seq, all))
}

fn begin(conn: &Connection) -> Result<commit::Head, rusqlite::Error> {
    sql::run(conn, "BEGIN IMMEDIATE", [])?;
    commit::Head::read(conn)
}

fn finish(conn: &Connection, head: &commit::Head) -> Result<(), rusqlite::Error> {
    head.keep(conn)?;
    sql::run(conn, "COMMIT", []).map(drop)
}
