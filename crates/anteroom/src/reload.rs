//! Takes what is kept over the pack (imported tables, approved versions of policies and of the pack's files) into the running server: a
//! new pack, a desk over it, and pages over that desk.
//!
//! It looks at what is, not at what happened: whichever node or program wrote it, and however many signals were
//! missed, the versions in the store and those the desk was made of either agree or do not.

use axum::{Router, extract::Request, response::Response};
use desk::{Clock, Desk};
use domain::{ids::RevisionId, imported::Table, revision::Subject};
use jiff::{Timestamp, civil::Date};
use pack::Pack;
use std::{
    collections::BTreeMap,
    convert::Infallible,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};
use store::{Revisions, Store, StoreError, columns::LONGEST_PAGE};
use tokio::sync::watch;
use tower::{ServiceExt, service_fn};

/// At most one look in this time, however much is written.
const PACE: Duration = Duration::from_millis(500);
/// A look without being told: another program's import does not reach this one's signal on every store.
const TICK: Duration = Duration::from_secs(2);

/// The versions of what a desk was made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Versions {
    tables: BTreeMap<Table, u64>,
    revisions: BTreeMap<RevisionId, u64>,
    /// The agency's day, where there are versions that begin on one.
    day: Option<Date>,
}

impl Versions {
    fn of(tables: BTreeMap<Table, u64>, revisions: BTreeMap<RevisionId, u64>, today: Date) -> Self {
        Self { tables, day: (!revisions.is_empty()).then_some(today), revisions }
    }
}

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

/// The same desk over the pack with what is kept over it now, and the versions of that.
///
/// A version that cannot be used is told and left out.
pub async fn taken(desk: &Desk, now: Timestamp) -> Result<(Desk, Versions), NotTaken> {
    let today = desk.today(now);
    let tables = desk.store().imported().await?;
    let revisions = desk.store().revisions(Revisions::Standing, LONGEST_PAGE).await?;
    let versions = Versions::of(
        tables.iter().map(|imported| (imported.table, imported.version)).collect(),
        revisions.iter().map(|revision| (revision.id, revision.version)).collect(),
        today,
    );
    let pack = Arc::clone(desk.pack());
    // A table of the whole country takes a moment; requests go on meanwhile.
    let made = tokio::task::spawn_blocking(move || pack.with_kept(&tables, &revisions, today)).await?;
    match made {
        Ok((pack, _)) => {
            for fault in left_out(&pack) {
                tracing::error!(
                    fault,
                    "an approved version cannot be used; the one before it stays in force"
                );
            }
            Ok((desk.with_pack(Arc::new(pack)), versions))
        }
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

/// Every version that a pack leaves out, a sentence for each fault.
pub fn left_out(pack: &Pack) -> impl Iterator<Item = String> {
    pack.left_out().iter().flat_map(|out| {
        let name = &out.name;
        out.faults.iter().map(move |fault| match &out.subject {
            Subject::Policy(policy) => format!("version {name} of the {policy} policy: {fault}"),
            Subject::File(file) => format!("version {name} of {file}: {fault}"),
        })
    })
}

/// The versions of what is kept over the pack now.
async fn kept(store: &dyn Store, today: Date) -> Result<Versions, StoreError> {
    let (tables, revisions) = tokio::try_join!(store.imported_versions(), store.standing_revisions())?;
    Ok(Versions::of(tables, revisions, today))
}

/// Keeps the desk and the pages as the imported tables and approved versions are on each day, until `stop` says so or the store has closed.
///
/// Tables that do not fit (another node has a newer pack) are told once and left: the desk stays as it was.
pub async fn run(
    desks: watch::Sender<Desk>,
    swap: Swap,
    pages: impl Fn(&Desk) -> Router,
    made_of: Versions,
    clock: Arc<dyn Clock>,
    mut stop: watch::Receiver<bool>,
) {
    let store = Arc::clone(desks.borrow().store());
    let mut news = store.signal();
    let mut seen = made_of;
    loop {
        let now = clock.now();
        let today = desks.borrow().today(now);
        match kept(&*store, today).await {
            Ok(kept) if kept != seen => {
                let before = desks.borrow().clone();
                match taken(&before, now).await {
                    Ok((desk, versions)) => {
                        tracing::info!(kept = ?versions, hash = desk.pack().hash(), "took what is kept over the agency pack");
                        swap.set(pages(&desk));
                        desks.send_replace(desk);
                        seen = versions;
                    }
                    Err(NotTaken::Misfit(faults)) => {
                        for fault in faults {
                            tracing::error!(fault, "an imported table does not fit the agency pack");
                        }
                        seen = kept;
                    }
                    Err(error) => tracing::warn!(
                        error = crate::fault::chain(&error),
                        "what is kept over the pack is not taken yet"
                    ),
                }
            }
            Ok(_) => {}
            Err(StoreError::Closing) => return,
            Err(error) => {
                tracing::warn!(
                    error = crate::fault::chain(&error),
                    "the versions of what is kept over the pack are unknown"
                );
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
