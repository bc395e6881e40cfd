//! Nothing is acknowledged before it is durable: a process killed in a burst of writes loses no acknowledged change.

use crate::common::open;
use domain::{change::IdempotencyKey, ids::InquiryId, journal::Seq};
use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};
use store::{
    Store,
    contract::fixtures::{Maker, claim, read_entry, slot, write},
};

/// Where the child finds its file; absent in an ordinary run.
const FILE: &str = "ANTEROOM_BURST_FILE";
/// Which round it is, so that its keys are its own.
const ROUND: &str = "ANTEROOM_BURST_ROUND";

/// The child: writes as fast as it can from eight tasks and prints each change once it is acknowledged, until it is killed.
async fn burst(path: PathBuf) {
    let round: u64 = std::env::var(ROUND).unwrap().parse().unwrap();
    let store = Arc::new(open(&path).await);
    let make = Arc::new(Maker::default());
    // Identifiers are made by counting: each round counts from elsewhere.
    for _ in 0..round * 50_000 {
        make.chance();
    }
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let (store, make) = (Arc::clone(&store), Arc::clone(&make));
            tokio::spawn(async move {
                for n in 0..u64::MAX {
                    let inquiry = make.inquiry(0);
                    let mut change = make.writing([write(&inquiry)]);
                    change.command.key = IdempotencyKey::of("burst", format!("{round}-{task}-{n}"));
                    change.claims.push(claim(&slot("SPR", 0), make.holder(), u32::MAX));
                    change.journal = vec![read_entry(None), read_entry(Some(inquiry.id))];
                    let seq = store.commit(change).await.unwrap().seq;
                    println!("\nacknowledged {} {}", seq.0, inquiry.id);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

/// Starts the child, kills it after so many acknowledgements, and returns all it printed until it died.
fn kill_after(path: &Path, round: u64, enough: usize) -> Vec<(Seq, InquiryId)> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "durable::a_killed_process_loses_no_acknowledged_change", "--nocapture"])
        .env(FILE, path)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut acknowledged = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let mut words = line.split(' ');
        if let (Some("acknowledged"), Some(seq), Some(id)) = (words.next(), words.next(), words.next())
            // The last line may have been cut by the kill.
            && let (Ok(seq), Ok(id)) = (seq.parse(), id.parse())
        {
            acknowledged.push((Seq(seq), id));
            if acknowledged.len() == enough {
                // SIGKILL: no handler, no flush, no goodbye.
                child.kill().unwrap();
            }
        }
    }
    child.wait().unwrap();
    assert!(acknowledged.len() >= enough, "the child ended by itself after {}", acknowledged.len());
    acknowledged
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_process_loses_no_acknowledged_change() {
    // The process that is killed is this very test, started again.
    if let Some(path) = std::env::var_os(FILE) {
        return burst(path.into()).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("anteroom.db");
    let mut all = Vec::new();
    for (round, enough) in [(1, 40), (2, 150), (3, 7), (4, 300)] {
        let burst = {
            let path = path.clone();
            tokio::task::spawn_blocking(move || kill_after(&path, round, enough)).await.unwrap()
        };
        all.extend(burst);
        let store = open(&path).await;
        for (seq, inquiry) in &all {
            assert!(store.inquiry(*inquiry).await.unwrap().is_some(), "round {round}: {inquiry} is lost");
            let entry = store.journal(Seq(seq.0 - 1), 1).await.unwrap();
            assert_eq!(entry[0].entry.inquiry, Some(*inquiry), "round {round}: entry {} is lost", seq.0);
        }
        // Whole changes only: as many places, records and pairs of entries, acknowledged or not.
        let end = store.journal_end().await.unwrap().0;
        let inquiries = store.figures(store::contract::fixtures::at(0)).await.unwrap().by_stage["review"];
        let taken = store.taken_anywhere(slot("SPR", 0).start, slot("SPR", 1).start).await.unwrap();
        assert_eq!((end, u64::from(taken.of(&slot("SPR", 0)))), (2 * inquiries, inquiries));
        assert!(inquiries >= all.len() as u64);
        assert_eq!(store.verify_journal().await.unwrap().broken, None);
        store.close().await;
    }
}
