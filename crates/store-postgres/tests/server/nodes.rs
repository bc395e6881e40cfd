//! Two nodes on one database.

use crate::cluster::{database, open, shared};
use domain::{
    change::{AfterJob, Finish},
    journal::Seq,
};
use jiff::SignedDuration;
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use store::{
    CommitError, Conflict, Store,
    contract::{
        fixtures::{Maker, at, book, busy, claim, next, promise, read_entry, release, slot, write},
        race::{self, Door, RealDoor},
    },
};
use store_postgres::PostgresStore;

/// Two nodes, and their database's name.
async fn pair() -> ([Arc<PostgresStore>; 2], String) {
    let name = database().await;
    let url = shared().url(&name);
    ([Arc::new(open(&url).await), Arc::new(open(&url).await)], name)
}

/// How often two transactions waited for each other until the server threw one out.
async fn deadlocks(name: &str) -> i64 {
    // What a session counted is told when it has been idle for a second.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    shared().number(name, &format!("SELECT deadlocks FROM pg_stat_database WHERE datname = '{name}'")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_node_hears_what_the_other_wrote() {
    let ([one, two], name) = pair().await;
    let make = Maker::default();
    let (mut here, mut there) = (one.signal(), two.signal());
    let noting = || {
        let mut change = make.change();
        change.journal = vec![read_entry(None); 2];
        change
    };
    let soon = Duration::from_secs(30);
    one.commit(noting()).await.unwrap();
    assert_eq!(tokio::time::timeout(soon, there.changed()).await, Ok(Some(Seq(2))));
    two.commit(noting()).await.unwrap();
    while here.now() < Seq(4) {
        tokio::time::timeout(soon, here.changed()).await.unwrap().unwrap();
    }
    // The lines are cut while the other writes: what was said meanwhile is found by looking.
    for round in 3..8_u64 {
        shared()
            .sql(
                "postgres",
                &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND query LIKE 'LISTEN%'"),
            )
            .await;
        one.commit(noting()).await.unwrap();
        while there.now() < Seq(2 * round) {
            tokio::time::timeout(soon, there.changed()).await.unwrap().unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lease_moves_to_the_other_node_when_its_holder_dies() {
    let ([one, two], _) = pair().await;
    let make = Maker::default();
    let mut change = make.change();
    change.jobs = (0..10).map(|_| make.job(0)).collect();
    one.commit(change).await.unwrap();
    let lease = SignedDuration::from_mins(1);
    let held = one.lease_jobs("one", at(1), lease, 6).await.unwrap();
    let rest = two.lease_jobs("two", at(1), lease, 99).await.unwrap();
    assert_eq!((held.len(), rest.len()), (6, 4));
    let finish = |job: &store::LeasedJob, minutes: i64| {
        let mut change = make.change_at(minutes);
        change.finish = Some(Finish { job: job.id, fence: job.fence, then: AfterJob::Done });
        change
    };
    for job in &rest {
        two.commit(finish(job, 1)).await.unwrap();
    }
    // The first node is gone: no goodbye, its connections are cut by dropping all of it.
    one.close().await;
    assert_eq!(two.lease_jobs("two", at(1), lease, 99).await.unwrap(), []);
    assert_eq!(two.next_job().await.unwrap(), Some(at(2)));
    let moved = two.lease_jobs("two", at(2), lease, 99).await.unwrap();
    assert_eq!(moved.len(), 6);
    for (old, new) in held.iter().zip(&moved) {
        assert_eq!((old.id, old.fence + 1, 2), (new.id, new.fence, new.attempts));
        // Were the first node only slow, it could not finish what it no longer holds.
        let lost = two.commit(finish(old, 2)).await.unwrap_err();
        assert!(matches!(lost, CommitError::Conflict(Conflict::LeaseLost { job }) if job == old.id));
        two.commit(finish(new, 2)).await.unwrap();
    }
    assert_eq!(two.next_job().await.unwrap(), None);
}

/// The race of the contract, half of it through each node.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_sold_twice_by_two_nodes() {
    let ([one, two], name) = pair().await;
    let doors: [Arc<dyn Door>; 2] =
        [Arc::new(RealDoor::new("one", one)), Arc::new(RealDoor::new("two", two))];
    assert_eq!(race::run(&doors).await, BTreeSet::new());
    assert_eq!(deadlocks(&name).await, 0);
}

/// Everybody moves between two full slots and back, in both directions at once, through a third place in each that is
/// free; and appointments of several places trade them. Nobody waits for one who waits for them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn moves_in_both_directions_never_deadlock() {
    let (nodes, name) = pair().await;
    let make = Arc::new(Maker::default());
    let slots = [slot("SPR", 0), slot("SPR", 15), slot("LAK", 0), slot("LAK", 15)];
    let holders: Vec<_> = (0..16).map(|_| make.holder()).collect();
    let mut before = make.change();
    for (n, holder) in holders.iter().enumerate() {
        before.claims.push(claim(&slots[n % 4], *holder, 5));
    }
    nodes[0].commit(before).await.unwrap();
    let tasks: Vec<_> = holders
        .into_iter()
        .enumerate()
        .map(|(n, holder)| {
            let (node, make, slots) = (Arc::clone(&nodes[n % 2]), Arc::clone(&make), slots.clone());
            tokio::spawn(async move {
                let (mut here, mut moves) = (n % 4, 0_u64);
                for round in 1..40 {
                    let there = (here + 1 + (n + round) % 3) % 4;
                    let mut change = make.change();
                    change.claims.push(claim(&slots[there], holder, 5));
                    change.releases.push(release(&slots[here], holder));
                    change.journal = vec![read_entry(None)];
                    match node.commit(change).await {
                        Ok(_) => (here, moves) = (there, moves + 1),
                        Err(CommitError::Conflict(Conflict::Full { .. })) => {}
                        Err(other) => panic!("{other:?}"),
                    }
                }
                moves
            })
        })
        .collect();
    let mut moves = 0;
    for task in tasks {
        moves += task.await.unwrap();
    }
    assert!(moves > 50, "hardly anybody moved: {moves}");
    let taken = nodes[0].taken_anywhere(at(-60), at(120)).await.unwrap();
    assert_eq!(taken.counts.values().sum::<u32>(), 16);
    assert_eq!(nodes[0].journal_end().await.unwrap().0, moves);
    assert_eq!(deadlocks(&name).await, 0);
}

/// Two change officers' hours crosswise: each gives back what the other takes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn officers_trade_hours_without_deadlock() {
    let (nodes, name) = pair().await;
    let make = Arc::new(Maker::default());
    let (officers, holders) = ([make.officer(), make.officer()], [make.holder(), make.holder()]);
    let mut before = make.change();
    for n in 0..2 {
        before.busy.push(busy(officers[n], holders[n], 0, 30));
    }
    nodes[0].commit(before).await.unwrap();
    let traders: Vec<_> = (0..2)
        .map(|n| {
            let (node, make) = (Arc::clone(&nodes[n]), Arc::clone(&make));
            tokio::spawn(async move {
                for round in 0..60 {
                    let mut change = make.change();
                    change.free.extend(holders);
                    change.busy.push(busy(officers[(n + round) % 2], holders[0], 0, 30));
                    change.busy.push(busy(officers[(n + round + 1) % 2], holders[1], 0, 30));
                    node.commit(change).await.unwrap();
                }
            })
        })
        .collect();
    for trader in traders {
        trader.await.unwrap();
    }
    assert_eq!(nodes[0].busy(None, at(0), at(60)).await.unwrap().len(), 2);
    assert_eq!(deadlocks(&name).await, 0);
}

/// Changes of several inquiries at once, named in any order.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_written_in_any_order_never_deadlock() {
    let (nodes, name) = pair().await;
    let make = Arc::new(Maker::default());
    let (one, two) = (make.inquiry(0), make.inquiry(0));
    nodes[0].commit(make.writing([write(&one), write(&two)])).await.unwrap();
    let ids = [one.id, two.id];
    let writers: Vec<_> = (0..8_usize)
        .map(|n| {
            let (node, make) = (Arc::clone(&nodes[n % 2]), Arc::clone(&make));
            tokio::spawn(async move {
                let mut done = 0_u64;
                while done < 5 {
                    let mut order = ids;
                    order.rotate_left(n % 2);
                    let mut writes = Vec::new();
                    for id in order {
                        let inquiry = node.inquiry(id).await.unwrap().unwrap();
                        writes.push(write(&next(&inquiry, inquiry.stage.clone())));
                    }
                    match node.commit(make.writing(writes)).await {
                        Ok(_) => done += 1,
                        Err(CommitError::Conflict(Conflict::Stale { .. })) => {}
                        Err(other) => panic!("{other:?}"),
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    for id in ids {
        assert_eq!(nodes[1].inquiry(id).await.unwrap().unwrap().version, 41);
    }
    assert_eq!(deadlocks(&name).await, 0);
}

/// What one node promised and booked, the other knows whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_node_sees_all_the_other_did() {
    let ([one, two], _) = pair().await;
    let make = Maker::default();
    let (called, visited) = (make.inquiry(0), make.inquiry(0));
    let mut change = make.writing([write(&called), write(&visited)]);
    let promised = promise(&mut change, &called, &make.callback(60, None));
    let booked = book(&mut change, &visited, &make.appointment("SPR", 600));
    change.answer = "done".into();
    let first = one.commit(change.clone()).await.unwrap();
    assert_eq!(two.inquiry(called.id).await.unwrap(), Some(promised));
    assert_eq!(two.inquiry(visited.id).await.unwrap(), Some(booked));
    assert_eq!(two.check().await.unwrap(), []);
    let again = two.commit(change).await.unwrap();
    assert_eq!((again.seq, again.repeated, again.answer), (first.seq, true, first.answer));
}
