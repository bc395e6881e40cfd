//! Trying again, in bounds: what met a rival, what lost its connection, what found no primary.

use crate::{
    fault::{Fault, Kind},
    link::Link,
};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    time::{Duration, Instant},
};

/// How often a change that met a rival is tried again.
const RIVALS: u32 = 8;

/// The tries of one piece of work.
pub(crate) struct Tries<'a> {
    link: &'a Link,
    began: Instant,
    /// What tells this work from others: its waits are its own, so that two that met do not meet again.
    seed: u64,
    rivals: u32,
    turn: u32,
}

impl<'a> Tries<'a> {
    /// For work that is told from other work by `name`.
    pub(crate) fn new(link: &'a Link, name: impl Hash) -> Self {
        let mut hash = DefaultHasher::new();
        name.hash(&mut hash);
        Self { link, began: Instant::now(), seed: hash.finish(), rivals: 0, turn: 0 }
    }

    /// Waits until the work may be tried again.
    ///
    /// # Errors
    /// The fault itself, when it stays, or when there were tries enough.
    pub(crate) async fn after(&mut self, fault: Fault) -> Result<(), Fault> {
        self.turn += 1;
        let kind = fault.kind();
        if let Some(why) = kind.counted() {
            metrics::counter!("anteroom_store_retries_total", "why" => why).increment(1);
        }
        let late = self.began.elapsed() >= self.link.options.patience;
        match kind {
            Kind::Rival if self.rivals < RIVALS && !late => {
                self.rivals += 1;
                tokio::time::sleep(self.pause(Duration::from_millis(1) * 2_u32.pow(self.rivals))).await;
                Ok(())
            }
            Kind::Lost if !late => {
                tracing::warn!(?fault, "the connection to PostgreSQL was lost");
                if !self.link.find_again().await {
                    tokio::time::sleep(self.pause(Link::between_looks())).await;
                }
                Ok(())
            }
            // Either all connections are in use, or none can be made: looking at the hosts tells which.
            Kind::NoConnection if !late && self.link.unreachable().await => Ok(()),
            _ => Err(fault),
        }
    }

    /// Between half of `most` and all of it, by this work's name and the number of the try.
    fn pause(&self, most: Duration) -> Duration {
        let mut hash = DefaultHasher::new();
        (self.seed, self.turn).hash(&mut hash);
        let part = u32::try_from(hash.finish() % 1000).unwrap_or(0);
        most / 2 + most * part / 2000
    }
}

/// Does a piece of work until it goes well, or its fault stays: `again!(link, name, work)`, where `work` is an
/// expression that makes a new future at each try.
macro_rules! again {
    ($link:expr, $name:expr, $work:expr) => {{
        let mut tries = $crate::again::Tries::new($link, $name);
        loop {
            match $work.await {
                Ok(done) => break Ok(done),
                Err(fault) => match tries.after(fault).await {
                    Ok(()) => {}
                    Err(fault) => break Err(fault),
                },
            }
        }
    }};
}
pub(crate) use again;

/// A read, tried again while the server is lost.
macro_rules! read {
    ($store:expr, $work:expr) => {
        Ok($crate::again::again!(&$store.link, "read", $work)?)
    };
}
pub(crate) use read;
