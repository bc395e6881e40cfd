//! The changes of this node, done together: what comes while others are being done waits, and is done with all that waits.

use crate::{
    commit::{self, Footprint},
    fault::Fault,
    link::Link,
};
use domain::change::Change;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::{CommitError, Committed};
use tokio::sync::{mpsc, oneshot};

/// How many changes one transaction does at most.
const MOST: usize = 64;

/// How many changes may wait; whoever comes then is done by itself.
const QUEUE: usize = 1024;

/// A change and whoever waits for its answer. None: it is to be done by itself.
struct Waiting {
    change: Arc<Change>,
    /// Whether somebody does it: the group, or the one who asked and would wait no longer.
    taken: Arc<AtomicBool>,
    reply: oneshot::Sender<Option<Result<Committed, CommitError>>>,
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Waiting").finish_non_exhaustive()
    }
}

/// The way into the next transaction.
#[derive(Debug)]
pub(crate) struct Group {
    asks: mpsc::Sender<Waiting>,
    /// How long to wait for the transaction before.
    patience: Duration,
}

impl Group {
    /// Begins to do changes together, for as long as somebody can ask for it.
    pub(crate) fn begin(link: Arc<Link>) -> Self {
        let (asks, waiting) = mpsc::channel(QUEUE);
        let patience = link.options.acquire;
        tokio::spawn(run(link, waiting));
        Self { asks, patience }
    }

    /// Does a change with others. None when it must be done by itself: for what it writes, for what it or another met,
    /// or because the transaction before it is held up.
    pub(crate) async fn commit(&self, change: &Arc<Change>) -> Option<Result<Committed, CommitError>> {
        if !commit::fits(change) {
            return None;
        }
        let (reply, mut answer) = oneshot::channel();
        let taken = Arc::new(AtomicBool::new(false));
        let ask = Waiting { change: Arc::clone(change), taken: Arc::clone(&taken), reply };
        self.asks.try_send(ask).ok()?;
        match tokio::time::timeout(self.patience, &mut answer).await {
            Ok(answer) => answer.ok().flatten(),
            Err(_late) if !taken.swap(true, Ordering::AcqRel) => None,
            // It is being done: a transaction has bounds of its own.
            Err(_late) => answer.await.ok().flatten(),
        }
    }
}

/// Does what waits, until nobody is left to ask.
async fn run(link: Arc<Link>, mut asks: mpsc::Receiver<Waiting>) {
    let mut waiting = Vec::with_capacity(MOST);
    loop {
        if waiting.is_empty() && asks.recv_many(&mut waiting, MOST).await == 0 {
            return;
        }
        while waiting.len() < MOST
            && let Ok(more) = asks.try_recv()
        {
            waiting.push(more);
        }
        let mut footprint = Footprint::default();
        // Whoever writes what another writes waits for the next turn, as it would wait for a lock.
        let mut batch = Vec::with_capacity(waiting.len());
        for one in std::mem::take(&mut waiting) {
            if !footprint.add(&one.change) {
                waiting.push(one);
            } else if !one.taken.swap(true, Ordering::AcqRel) {
                batch.push(one);
            }
        }
        if !batch.is_empty() {
            together(&link, batch).await;
        }
    }
}

/// Does these, and tells each what came of it.
async fn together(link: &Link, batch: Vec<Waiting>) {
    metrics::histogram!("anteroom_commit_batch_changes")
        .record(f64::from(u32::try_from(batch.len()).unwrap_or(u32::MAX)));
    // Nobody may be waiting any more: the change is done all the same.
    let batch = match <[Waiting; 1]>::try_from(batch) {
        Ok([one]) => {
            let done = match commit::commit(&link.writers, &one.change).await {
                Ok(done) => Some(Ok(done)),
                Err(Fault::Conflict(conflict)) => Some(Err(conflict.into())),
                Err(_) => None,
            };
            drop(one.reply.send(done));
            return;
        }
        Err(batch) => batch,
    };
    let changes: Vec<&Change> = batch.iter().map(|one| &*one.change).collect();
    match commit::commit_together(&link.writers, &changes).await {
        Ok(done) => {
            for (one, done) in batch.into_iter().zip(done) {
                drop(one.reply.send(done.map(Ok)));
            }
        }
        Err(fault) => {
            tracing::debug!(?fault, changes = batch.len(), "not done together");
            metrics::counter!("anteroom_store_retries_total", "why" => "group").increment(1);
            for one in batch {
                drop(one.reply.send(None));
            }
        }
    }
}
