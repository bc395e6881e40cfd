//! Folding the write-ahead log into the file, beside the writer.
//!
//! SQLite would have whoever commits do it, now and then: some tens of milliseconds in which everybody who wants to write
//! waits. What another connection folds in meanwhile is not the writer's any more; it finishes what is left, now and then,
//! so that the log begins anew.

use crate::{Options, convert::written, open};
use rusqlite::Connection;
use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::JoinHandle,
};
use store::StoreError;

/// After how many changes the log is folded in. A change writes some ten to twenty pages.
const EVERY: usize = 256;

/// The thread that folds, as the writer holds it.
pub(crate) struct Folding {
    /// Its size is one: while a folding is under way or called for, nobody has to call again.
    wake: SyncSender<()>,
    /// Whoever folds has it.
    turn: Arc<Mutex<()>>,
    thread: JoinHandle<()>,
    /// How many changes there were since it was last called.
    since: usize,
}

impl Folding {
    /// Begins, on a file that has been opened for writing here.
    pub(crate) fn start(path: &Path, options: &Options) -> Result<Self, StoreError> {
        let conn = open::folding(path, options).map_err(|error| written(&Arc::new(error)))?;
        let turn = Arc::new(Mutex::new(()));
        let (wake, woken) = sync_channel(1);
        let taken = Arc::clone(&turn);
        let thread = std::thread::Builder::new()
            .name("store-folding".to_owned())
            .spawn(move || fold(&conn, &woken, &taken))
            .map_err(|error| StoreError::Engine(Box::new(error)))?;
        Ok(Self { wake, turn, thread, since: 0 })
    }

    /// Counts what was committed.
    pub(crate) fn wrote(&mut self, changes: usize) {
        self.since += changes;
        if self.since >= EVERY {
            self.since = 0;
            // It may have been called already.
            let _ = self.wake.try_send(());
        }
    }

    /// Does something while nobody else folds.
    pub(crate) fn alone<T>(&self, act: impl FnOnce() -> T) -> T {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        act()
    }

    /// Ends it, and waits until it has let go of the file.
    pub(crate) fn end(self) {
        drop(self.wake);
        if self.thread.join().is_err() {
            tracing::warn!("what folds the write-ahead log ended badly");
        }
    }
}

fn fold(conn: &Connection, woken: &Receiver<()>, turn: &Mutex<()>) {
    while woken.recv().is_ok() {
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        // PASSIVE waits for nobody, neither who reads nor who writes.
        if let Err(error) = conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())) {
            tracing::warn!(%error, "the write-ahead log was not folded into the file");
        }
    }
}
