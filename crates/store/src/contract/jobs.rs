//! Jobs: leased to one at a time, finished together with their effect or not at all.

use super::{Engine, done, fixtures, refused};
use crate::{Conflict, LeasedJob, Store};
use domain::change::{AfterJob, Change, Finish, NewJob, Write};
use fixtures::{Maker, at, read_entry};
use jiff::SignedDuration;
use std::{collections::BTreeSet, sync::Arc};

fn queueing(make: &Maker, jobs: impl IntoIterator<Item = NewJob>) -> Change {
    let mut change = make.change();
    change.jobs.extend(jobs);
    change
}

/// Leases for ten minutes.
async fn lease(store: &dyn Store, worker: &str, now: i64, limit: u32) -> Vec<LeasedJob> {
    store.lease_jobs(worker, at(now), SignedDuration::from_mins(10), limit).await.unwrap()
}

fn finishing(make: &Maker, now: i64, job: &LeasedJob, then: AfterJob) -> Change {
    let mut change = make.change_at(now);
    change.finish = Some(Finish { job: job.id, fence: job.fence, then });
    change
}

/// Due jobs, earliest first, no more than asked for, each to one worker while the lease lasts.
pub async fn leases_to_one_worker_only<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let jobs = [make.job(3), make.job(1), make.job(2), make.job(60)];
    done(&*store, queueing(&make, jobs.clone())).await;
    assert_eq!(lease(&*store, "a", 0, 9).await, []);
    let first = lease(&*store, "a", 5, 2).await;
    assert_eq!(
        first.iter().map(|j| (&j.kind, j.due)).collect::<Vec<_>>(),
        [(&jobs[1].kind, at(1)), (&jobs[2].kind, at(2))]
    );
    assert!(first.iter().all(|j| j.attempts == 1 && j.why.is_none()));
    let second = lease(&*store, "b", 5, 9).await;
    assert_eq!(second.iter().map(|j| &j.kind).collect::<Vec<_>>(), [&jobs[0].kind]);
    assert_eq!(lease(&*store, "a", 14, 9).await, [], "a lease also excludes its own worker");
}

/// Eight workers empty a queue of two hundred: each job comes up once.
pub async fn leases_each_job_once_among_many<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    done(&*store, queueing(&make, (0..200).map(|n| make.job(n % 7)))).await;
    let workers: Vec<_> = (0..8)
        .map(|n| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let got = lease(&*store, &format!("worker {n}"), 10, 7).await;
                    if got.is_empty() {
                        return mine;
                    }
                    mine.extend(got.into_iter().map(|j| j.id));
                }
            })
        })
        .collect();
    let mut all = Vec::new();
    for worker in workers {
        all.extend(worker.await.unwrap());
    }
    assert_eq!(all.len(), 200);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 200);
}

/// When the lease has run out the job comes up again, for another try and under a higher fence.
pub async fn leases_again_after_the_lease_with_a_higher_fence<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    done(&*store, queueing(&make, [make.job(0)])).await;
    let [first] = lease(&*store, "a", 0, 9).await.try_into().unwrap();
    assert_eq!(lease(&*store, "b", 9, 9).await, []);
    let [second] = lease(&*store, "b", 10, 9).await.try_into().unwrap();
    assert_eq!((second.id, &second.kind, second.attempts), (first.id, &first.kind, 2));
    assert!(second.fence > first.fence);
}

/// Whoever lost the lease does nothing: not under an old fence, not after its time, not twice.
pub async fn lets_nobody_finish_a_lost_lease<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    done(&*store, queueing(&make, [make.job(0)])).await;
    let [first] = lease(&*store, "a", 0, 9).await.try_into().unwrap();
    let lost = Conflict::LeaseLost { job: first.id };
    let person = make.person();
    let with_effect = |change: Change| {
        let mut change = change;
        change.writes.push(Write::Person(Box::new(person.clone())));
        change.journal.push(read_entry(None));
        change
    };
    let ends = || {
        [
            AfterJob::Done,
            AfterJob::Again { due: at(99), why: "slow".to_owned() },
            AfterJob::Dead { why: "slow".to_owned() },
        ]
    };
    for then in ends() {
        let late = with_effect(finishing(&make, 10, &first, then));
        assert_eq!(refused(&*store, late).await, lost, "after its time");
    }
    let [second] = lease(&*store, "b", 10, 9).await.try_into().unwrap();
    for then in ends() {
        let old = with_effect(finishing(&make, 11, &first, then));
        assert_eq!(refused(&*store, old).await, lost, "under the old fence");
    }
    let never = LeasedJob { id: make.no_job(), ..second.clone() };
    let change = with_effect(finishing(&make, 11, &never, AfterJob::Done));
    assert_eq!(refused(&*store, change).await, Conflict::LeaseLost { job: never.id });
    assert_eq!(store.person(person.id).await.unwrap(), None);
    assert_eq!(store.journal_end().await.unwrap().0, 0);
    done(&*store, with_effect(finishing(&make, 19, &second, AfterJob::Done))).await;
    assert_eq!(refused(&*store, finishing(&make, 19, &second, AfterJob::Done)).await, lost, "twice");
}

/// A conflict of the effect leaves the lease as it was; success ends both at once.
pub async fn finishes_with_the_effect_or_not_at_all<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    done(&*store, queueing(&make, [make.job(0)])).await;
    let [job] = lease(&*store, "a", 0, 9).await.try_into().unwrap();
    let mut stale = finishing(&make, 1, &job, AfterJob::Done);
    let mut person = make.person();
    person.version = 2;
    stale.writes.push(Write::Person(Box::new(person.clone())));
    assert_eq!(refused(&*store, stale).await, Conflict::Stale { record: "person" });
    let mut right = finishing(&make, 2, &job, AfterJob::Done);
    person.version = 1;
    right.writes.push(Write::Person(Box::new(person.clone())));
    done(&*store, right.clone()).await;
    assert!(done(&*store, right).await.repeated, "a repeat needs no lease");
    assert!(store.person(person.id).await.unwrap().is_some());
    assert_eq!(lease(&*store, "b", 500, 9).await, []);
    assert_eq!(store.next_job().await.unwrap(), None);
}

/// A waiting job is dropped; one that is leased is its worker's to end; a name that is unknown is no fault.
pub async fn drops_what_still_waits<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (waiting, leased, dead) = (make.job(5), make.job(0), make.job(1));
    done(&*store, queueing(&make, [waiting.clone(), leased.clone(), dead.clone()])).await;
    let both = lease(&*store, "a", 1, 9).await;
    done(&*store, finishing(&make, 2, &both[1], AfterJob::Dead { why: "no".to_owned() })).await;
    let mut change = make.change_at(3);
    change.drop_jobs = vec![waiting.key.clone(), leased.key.clone(), dead.key.clone(), make.job(0).key];
    done(&*store, change).await;
    assert_eq!(lease(&*store, "b", 9, 9).await, []);
    assert_eq!(store.dead_jobs(9).await.unwrap().len(), 1, "what was given up stays visible");
    done(&*store, finishing(&make, 4, &both[0], AfterJob::Done)).await;
    // A job may drop itself and end well, and a lease that ran out protects nothing.
    let again = make.job(0);
    done(&*store, queueing(&make, [again.clone()])).await;
    let [job] = lease(&*store, "a", 20, 9).await.try_into().unwrap();
    let mut own = finishing(&make, 21, &job, AfterJob::Done);
    own.drop_jobs.push(again.key.clone());
    done(&*store, own).await;
    done(&*store, queueing(&make, [again.clone()])).await;
    lease(&*store, "a", 30, 9).await;
    let mut late = make.change_at(40);
    late.drop_jobs.push(again.key);
    done(&*store, late).await;
    assert_eq!(lease(&*store, "b", 900, 9).await, []);
    // Dropped and queued in one change: it waits.
    let twice = make.job(50);
    done(&*store, queueing(&make, [twice.clone()])).await;
    let mut change = queueing(&make, [NewJob { due: at(60), ..twice.clone() }]);
    change.drop_jobs.push(twice.key);
    done(&*store, change).await;
    assert_eq!(store.next_job().await.unwrap(), Some(at(60)));
}

/// The same work is queued once; its due time moves, both ways.
pub async fn moves_the_due_time_of_a_waiting_key<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let job = make.job(30);
    for due in [30, 50, 10] {
        done(&*store, queueing(&make, [NewJob { due: at(due), ..job.clone() }])).await;
        assert_eq!(store.next_job().await.unwrap(), Some(at(due)));
    }
    assert_eq!(lease(&*store, "a", 99, 9).await.len(), 1);
    // A lease that has run out is no lease: the key waits, at the new time.
    done(&*store, {
        let mut c = make.change_at(109);
        c.jobs.push(NewJob { due: at(200), ..job });
        c
    })
    .await;
    assert_eq!(lease(&*store, "a", 199, 9).await, []);
    assert_eq!(lease(&*store, "a", 200, 9).await.len(), 1);
}

/// Work queued anew while its worker is busy is not lost with the worker's end, nor done by two at once.
pub async fn keeps_work_queued_anew_during_a_lease<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    for (n, then) in [
        AfterJob::Done,
        AfterJob::Again { due: at(0), why: "slow".to_owned() },
        AfterJob::Dead { why: "no".to_owned() },
    ]
    .into_iter()
    .enumerate()
    {
        let job = make.job(0);
        done(&*store, queueing(&make, [job.clone()])).await;
        let [leased] = lease(&*store, "a", 0, 9).await.try_into().unwrap();
        let mut anew = make.change_at(1);
        anew.jobs.push(NewJob { due: at(5), ..job.clone() });
        done(&*store, anew).await;
        assert_eq!(lease(&*store, "b", 6, 9).await, [], "the lease still excludes others");
        done(&*store, finishing(&make, 6, &leased, then)).await;
        assert_eq!(store.next_job().await.unwrap(), Some(at(5)), "{n}");
        let [second] = lease(&*store, "b", 6, 9).await.try_into().unwrap();
        assert!(second.id != leased.id || second.fence > leased.fence);
        done(&*store, finishing(&make, 7, &second, AfterJob::Done)).await;
        assert_eq!(store.next_job().await.unwrap(), None, "{n}");
    }
    assert_eq!(store.dead_jobs(9).await.unwrap(), []);
    // The worker itself may queue its own work anew as it ends.
    let job = make.job(0);
    done(&*store, queueing(&make, [job.clone()])).await;
    let [leased] = lease(&*store, "a", 0, 9).await.try_into().unwrap();
    let mut own = finishing(&make, 1, &leased, AfterJob::Done);
    own.jobs.push(NewJob { due: at(70), ..job });
    done(&*store, own).await;
    assert_eq!(store.next_job().await.unwrap(), Some(at(70)));
}

/// A job is put off with its reason, and given up with its reason, newest first.
pub async fn tries_again_and_gives_up<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let jobs = [make.job(0), make.job(1), make.job(2)];
    done(&*store, queueing(&make, jobs.clone())).await;
    let [first, second, third] = lease(&*store, "a", 2, 9).await.try_into().unwrap();
    let again = AfterJob::Again { due: at(30), why: "the carrier is away".to_owned() };
    done(&*store, finishing(&make, 3, &first, again)).await;
    done(&*store, finishing(&make, 3, &second, AfterJob::Dead { why: "refused".to_owned() })).await;
    done(&*store, finishing(&make, 4, &third, AfterJob::Dead { why: "unknown".to_owned() })).await;
    let dead = store.dead_jobs(9).await.unwrap();
    let told: Vec<_> = dead.iter().map(|j| (j.id, j.why.as_deref(), j.attempts)).collect();
    assert_eq!(told, [(third.id, Some("unknown"), 1), (second.id, Some("refused"), 1)]);
    assert_eq!(store.dead_jobs(1).await.unwrap(), dead[..1]);
    assert_eq!(lease(&*store, "a", 29, 9).await, []);
    let [retried] = lease(&*store, "a", 30, 9).await.try_into().unwrap();
    assert_eq!((retried.id, retried.attempts), (first.id, 2));
    assert_eq!(retried.why.as_deref(), Some("the carrier is away"));
    assert!(retried.fence > first.fence);
}

/// The name of a job that is done, or was given up, may be used again; the new one starts from nothing.
pub async fn queues_a_done_key_anew<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let job = make.job(0);
    let mut seen = BTreeSet::new();
    for then in [AfterJob::Done, AfterJob::Dead { why: "no".to_owned() }, AfterJob::Done] {
        done(&*store, queueing(&make, [job.clone()])).await;
        let [leased] = lease(&*store, "a", 0, 9).await.try_into().unwrap();
        assert_eq!((leased.attempts, leased.why.as_deref()), (1, None));
        assert!(seen.insert(leased.id), "an old lease must not fit the new job");
        done(&*store, finishing(&make, 1, &leased, then)).await;
    }
    assert_eq!(store.dead_jobs(9).await.unwrap(), []);
}

/// A worker knows how long it may sleep: until a job is due, or a lease runs out.
pub async fn says_when_the_next_is_due<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    assert_eq!(store.next_job().await.unwrap(), None);
    done(&*store, queueing(&make, [make.job(60), make.job(5)])).await;
    assert_eq!(store.next_job().await.unwrap(), Some(at(5)));
    let [leased] = lease(&*store, "a", 6, 1).await.try_into().unwrap();
    assert_eq!(store.next_job().await.unwrap(), Some(at(16)));
    done(&*store, finishing(&make, 7, &leased, AfterJob::Dead { why: "no".to_owned() })).await;
    assert_eq!(store.next_job().await.unwrap(), Some(at(60)));
}

/// Columns keep microseconds, and no job is leased before its time for that: queued, or put off.
pub async fn leases_nothing_a_moment_too_early<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let lease = async |now| store.lease_jobs("a", now, SignedDuration::from_mins(10), 9).await.unwrap();
    let micros = SignedDuration::from_micros;
    for n in [0, 1, 999] {
        let whole = at(10 + n);
        let due = whole + SignedDuration::from_nanos(n);
        let first = if n == 0 { whole } else { whole + micros(1) };
        done(&*store, queueing(&make, [NewJob { due, ..make.job(0) }])).await;
        assert_eq!(lease(first - micros(1)).await, [], "queued, {n} ns");
        let [job] = lease(first).await.try_into().unwrap();
        let later = due + SignedDuration::from_mins(1);
        let why = "later".to_owned();
        done(&*store, finishing(&make, 10 + n, &job, AfterJob::Again { due: later, why })).await;
        let again = first + SignedDuration::from_mins(1);
        assert_eq!(lease(again - micros(1)).await, [], "put off, {n} ns");
        let [job] = lease(again).await.try_into().unwrap();
        done(&*store, finishing(&make, 11 + n, &job, AfterJob::Done)).await;
    }
}
