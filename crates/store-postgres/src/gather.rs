//! Reads, done together: what is asked while one of its kind is being read waits, and is read with all
//! that waits (decision 0015).
//!
//! A statement costs its round trip and its setting up far more than the row that it finds. Whoever asks while nobody
//! else does reads at once, by itself.

use crate::{PostgresStore, again::again, fault::Fault, link::Link};
use sqlx::PgPool;
use std::{collections::HashMap, future::Future, hash::Hash, sync::Arc};
use store::StoreError;
use tokio::sync::{Semaphore, mpsc, oneshot};

/// How many are read with one statement at most.
const MOST: usize = 64;

/// How many may wait; whoever comes then reads by itself.
const QUEUE: usize = 1024;

/// What is read under a key.
pub(crate) trait Kind: Send + Sync + 'static {
    /// By what it is found.
    type Key: Clone + Eq + Hash + Send + Sync + 'static;
    /// What is found; its default where there is nothing.
    type Found: Clone + Default + Send + Sync + 'static;

    /// Reads what there is under these keys with one statement.
    fn read(
        pool: &PgPool,
        keys: &[Self::Key],
    ) -> impl Future<Output = Result<HashMap<Self::Key, Self::Found>, Fault>> + Send;
}

/// A key, and whoever waits for what is found. None: it is to be read by itself.
type Ask<K> = (<K as Kind>::Key, oneshot::Sender<Option<<K as Kind>::Found>>);

/// The way into the next statement of one kind.
pub(crate) struct Gather<K: Kind> {
    asks: mpsc::Sender<Ask<K>>,
    /// Whoever reads has it.
    turn: Arc<Semaphore>,
}

impl<K: Kind> std::fmt::Debug for Gather<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gather").finish_non_exhaustive()
    }
}

impl<K: Kind> Gather<K> {
    /// Begins to read together, for as long as somebody can ask for it.
    pub(crate) fn begin(link: Arc<Link>) -> Self {
        let (asks, waiting) = mpsc::channel(QUEUE);
        let turn = Arc::new(Semaphore::new(1));
        tokio::spawn(run::<K>(link, waiting, Arc::clone(&turn)));
        Self { asks, turn }
    }

    /// Reads with others, or at once when nobody else does. None when it must be read by itself, for what it or another
    /// met.
    pub(crate) async fn read(&self, link: &Link, key: &K::Key) -> Option<K::Found> {
        if let Ok(_turn) = self.turn.try_acquire() {
            return alone::<K>(&link.readers, key).await.ok();
        }
        let (reply, answer) = oneshot::channel();
        self.asks.try_send((key.clone(), reply)).ok()?;
        answer.await.ok().flatten()
    }
}

impl PostgresStore {
    /// Reads what there is under a key, with others that ask for the same kind.
    pub(crate) async fn single<K: Kind>(
        &self,
        kind: &Gather<K>,
        key: K::Key,
    ) -> Result<K::Found, StoreError> {
        if let Some(found) = kind.read(&self.link, &key).await {
            return Ok(found);
        }
        Ok(again!(&self.link, "read", alone::<K>(self.readers(), &key))?)
    }
}

/// Reads what there is under one key.
async fn alone<K: Kind>(pool: &PgPool, key: &K::Key) -> Result<K::Found, Fault> {
    let mut found = K::read(pool, std::slice::from_ref(key)).await?;
    Ok(found.remove(key).unwrap_or_default())
}

/// Reads what waits, until nobody is left to ask.
async fn run<K: Kind>(link: Arc<Link>, mut asks: mpsc::Receiver<Ask<K>>, turn: Arc<Semaphore>) {
    let mut waiting = Vec::with_capacity(MOST);
    while asks.recv_many(&mut waiting, MOST).await > 0 {
        // Never closed.
        let Ok(_turn) = turn.acquire().await else { return };
        while waiting.len() < MOST
            && let Ok(more) = asks.try_recv()
        {
            waiting.push(more);
        }
        let keys: Vec<K::Key> = waiting.iter().map(|(key, _)| key.clone()).collect();
        let found = K::read(&link.readers, &keys).await;
        if let Err(fault) = &found {
            tracing::debug!(?fault, keys = keys.len(), "not read together");
        }
        for (key, reply) in waiting.drain(..) {
            let found = found.as_ref().ok().map(|found| found.get(&key).cloned().unwrap_or_default());
            // Nobody may be waiting any more.
            drop(reply.send(found));
        }
    }
}
