//! The changes of this node, done together: what comes while others are being done waits, and is done with all that waits.

use crate::{
    commit::{self, Footprint},
    fault::Fault,
    link::Link,
};
use domain::change::Change;
use std::sync::Arc;
use store::{CommitError, Committed};
use tokio::sync::{mpsc, oneshot};

/// How many changes one transaction does at most.
const MOST: usize = 64;

/// How many changes may wait; whoever comes then is done by itself.
const QUEUE: usize = 1024;

/// A change and whoever waits for its answer. None: it is to be done by itself.
struct Waiting {
    change: Arc<Change>,
    reply: oneshot::Sender<Option<Result<Committed, CommitError>>>,
}

/// The way into the next transaction.
#[derive(Debug, Clone)]
pub(crate) struct Group(mpsc::Sender<Waiting>);

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Waiting").finish_non_exhaustive()
    }
}

impl Group {
    /// Begins to do changes together, for as long as somebody can ask for it.
    pub(crate) fn begin(link: Arc<Link>) -> Self {
        let (group, asks) = mpsc::channel(QUEUE);
        tokio::spawn(run(link, asks));
        Self(group)
    }

    /// Does a change with others. None when it must be done by itself: for what it writes, for what it met, or for
    /// what another met.
    pub(crate) async fn commit(&self, change: &Arc<Change>) -> Option<Result<Committed, CommitError>> {
        if !commit::fits(change) {
            return None;
        }
        let (reply, answer) = oneshot::channel();
        self.0.try_send(Waiting { change: Arc::clone(change), reply }).ok()?;
        answer.await.ok().flatten()
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
        let (batch, rest) = waiting.into_iter().partition(|one| footprint.add(&one.change));
        waiting = rest;
        together(&link, batch).await;
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
