//! Work that goes on while things break, and the proof afterwards that nothing acknowledged is missing and nothing was
//! done twice.

use domain::{change::Change, ids::InquiryId, journal::Seq};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};
use store::{
    Broken, CommitError, Committed, Store,
    contract::fixtures::{Maker, at, claim, read_entry, slot, write},
};
use store_postgres::PostgresStore;
use tokio::task::JoinHandle;

/// A change and what it was answered.
pub struct Done {
    change: Change,
    inquiry: InquiryId,
    answer: Committed,
}

/// Tasks that commit until they are told to stop.
pub struct Load {
    acknowledged: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    tasks: Vec<JoinHandle<Vec<Done>>>,
}

/// A change with a part of everything: a record, a place, entries, a job.
fn change(make: &Maker) -> (Change, InquiryId) {
    let inquiry = make.inquiry(0);
    let mut change = make.writing([write(&inquiry)]);
    change.claims.push(claim(&slot("SPR", 0), make.holder(), u32::MAX));
    change.journal = vec![read_entry(None), read_entry(Some(inquiry.id))];
    change.jobs.push(make.job(5));
    change.answer = inquiry.id.to_string().into();
    (change, inquiry.id)
}

impl Load {
    /// Begins to work through these nodes, with so many tasks.
    pub fn begin(nodes: &[Arc<PostgresStore>], tasks: usize) -> Self {
        let (make, acknowledged) = (Arc::new(Maker::default()), Arc::new(AtomicUsize::new(0)));
        let stop = Arc::new(AtomicBool::new(false));
        let tasks = (0..tasks)
            .map(|task| {
                let (make, node) = (Arc::clone(&make), Arc::clone(&nodes[task % nodes.len()]));
                let (acknowledged, stop) = (Arc::clone(&acknowledged), Arc::clone(&stop));
                tokio::spawn(async move {
                    let mut all = Vec::new();
                    while !stop.load(Ordering::Relaxed) {
                        let (change, inquiry) = change(&make);
                        let answer = loop {
                            match node.commit(change.clone()).await {
                                Ok(answer) => break answer,
                                // Not known whether it was done: the same again, as a person would.
                                Err(CommitError::Store(_)) => {}
                                Err(CommitError::Conflict(met)) => panic!("{met:?}"),
                            }
                        };
                        acknowledged.fetch_add(1, Ordering::Relaxed);
                        all.push(Done { change, inquiry, answer });
                    }
                    all
                })
            })
            .collect();
        Self { acknowledged, stop, tasks }
    }

    /// Waits until so many more changes have been acknowledged.
    pub async fn more(&self, n: usize) {
        let enough = self.acknowledged.load(Ordering::Relaxed) + n;
        while self.acknowledged.load(Ordering::Relaxed) < enough {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// Ends the work, and proves it on this node.
    pub async fn end(self, node: &PostgresStore) {
        self.stop.store(true, Ordering::Relaxed);
        let mut all = Vec::new();
        for task in self.tasks {
            all.extend(task.await.unwrap());
        }
        let n = all.len() as u64;
        for done in &all {
            assert!(node.inquiry(done.inquiry).await.unwrap().is_some(), "{} is lost", done.inquiry);
            let entries = node.journal(Seq(done.answer.seq.0 - 2), 2).await.unwrap();
            let about: Vec<_> = entries.iter().map(|e| e.entry.inquiry).collect();
            assert_eq!(about, [None, Some(done.inquiry)], "entries before {} are lost", done.answer.seq.0);
            assert_eq!(done.answer.answer, done.inquiry.to_string());
        }
        // Everything was acknowledged in the end, so there is exactly as much of each: nothing was done twice.
        assert_eq!(node.journal_end().await.unwrap().0, 2 * n);
        assert_eq!(node.figures(at(0)).await.unwrap().by_stage["review"], n);
        let taken = node.taken_anywhere(at(-60), at(60)).await.unwrap();
        assert_eq!(u64::from(taken.of(&slot("SPR", 0))), n);
        let broken = node.check().await.unwrap();
        assert!(broken.iter().all(|b| matches!(b, Broken::Stray { .. })), "{broken:?}");
        // And each answers a repeat as before.
        for done in all.into_iter().step_by(17) {
            let again = node.commit(done.change).await.unwrap();
            assert_eq!((again.repeated, again.seq), (true, done.answer.seq));
        }
    }
}
