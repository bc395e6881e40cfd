//! Takes imported tables into the running server: a new pack, a desk over it, and pages over that desk.
//!
//! It looks at what is, not at what happened: whichever node or program imported, and however many signals were
//! missed, the versions in the store and those the desk was made of either agree or do not.

use axum::{Router, extract::Request, response::Response};
use desk::Desk;
use domain::imported::Table;
use std::{
    collections::BTreeMap,
    convert::Infallible,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};
use store::StoreError;
use tokio::sync::watch;
use tower::{ServiceExt, service_fn};

/// At most one look in this time, however much is written.
const PACE: Duration = Duration::from_millis(500);
/// A look without being told: another program's import does not reach this one's signal on every store.
const TICK: Duration = Duration::from_secs(2);

/// The versions of the tables that a desk was made of.
pub type Versions = BTreeMap<Table, u64>;

/// Pages that can be exchanged while they are served. A request ends on the pages it began on, and so does a live
/// stream.
#[derive(Clone)]
pub struct Swap(Arc<RwLock<Router>>);

impl Swap {
    /// Pages to begin with.
    pub fn new(pages: Router) -> Self {
        Self(Arc::new(RwLock::new(pages)))
    }

    /// From the next request on, these.
    pub fn set(&self, pages: Router) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = pages;
    }

    fn current(&self) -> Router {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A router that serves whatever the pages are at each request.
    pub fn router(&self) -> Router {
        let swap = self.clone();
        Router::new().fallback_service(service_fn(move |request: Request| {
            let pages = swap.current();
            async move {
                let answer: Result<Response, Infallible> = pages.oneshot(request).await;
                answer
            }
        }))
    }
}

/// Why the imported tables could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// The store did not give them.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// They do not fit the pack; one sentence each, with its place.
    #[error("the imported tables do not fit the agency pack: {}", .0.join("; "))]
    Misfit(Vec<String>),
    /// The pack could not be made.
    #[error("the agency pack could not be read anew: {0}")]
    Ended(#[from] tokio::task::JoinError),
}

/// The same desk over the pack with the tables that are imported now, and their versions.
pub async fn taken(desk: &Desk) -> Result<(Desk, Versions), NotTaken> {
    let tables = desk.store().imported().await?;
    let versions = tables.iter().map(|imported| (imported.table, imported.version)).collect();
    let pack = Arc::clone(desk.pack());
    // A table of the whole country takes a moment; requests go on meanwhile.
    let made = tokio::task::spawn_blocking(move || pack.with_imported(&tables)).await?;
    match made {
        Ok((pack, _)) => Ok((desk.with_pack(Arc::new(pack)), versions)),
        Err(faults) => Err(NotTaken::Misfit(
            faults
                .iter()
                .map(|fault| match pack::imported_table(&fault.at) {
                    Some(table) => {
                        let file = format!("imported {table}");
                        format!("{}: {}", pack::Place { file, ..fault.at.clone() }, fault.says)
                    }
                    None => fault.to_string(),
                })
                .collect(),
        )),
    }
}

/// Keeps the desk and the pages as the imported tables are, until `stop` says so or the store has closed.
///
/// Tables that do not fit (another node has a newer pack) are told once and left: the desk stays as it was.
pub async fn run(
    desks: watch::Sender<Desk>,
    swap: Swap,
    pages: impl Fn(&Desk) -> Router,
    made_of: Versions,
    mut stop: watch::Receiver<bool>,
) {
    let store = Arc::clone(desks.borrow().store());
    let mut news = store.signal();
    let mut seen = made_of;
    loop {
        match store.imported_versions().await {
            Ok(now) if now != seen => {
                let before = desks.borrow().clone();
                match taken(&before).await {
                    Ok((desk, versions)) => {
                        tracing::info!(tables = ?versions, hash = desk.pack().hash(), "took the imported tables");
                        swap.set(pages(&desk));
                        desks.send_replace(desk);
                        seen = versions;
                    }
                    Err(NotTaken::Misfit(faults)) => {
                        for fault in faults {
                            tracing::error!(fault, "an imported table does not fit the agency pack");
                        }
                        seen = now;
                    }
                    Err(error) => tracing::warn!(error = crate::fault::chain(&error), "tables not taken yet"),
                }
            }
            Ok(_) => {}
            Err(StoreError::Closing) => return,
            Err(error) => {
                tracing::warn!(error = crate::fault::chain(&error), "the tables' versions are unknown");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(PACE) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            grown = news.changed() => if grown.is_none() { return },
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

#[cfg(test)]
mod tests;
