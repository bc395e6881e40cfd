//! Whatever the changes are, the store does what the model does: the same answer, or the same conflict and nothing
//! of the change.

use super::{Engine, fixtures, model::Model};
use crate::{Broken, CommitError, Conflict, Store, chain};
use domain::{
    change::{Change, Confirm, Holder, IdempotencyKey, NewJob, Release, Write},
    ids::StaffId,
    journal::Seq,
    person::Person,
    slots::SlotKey,
};
use fixtures::{Maker, at, busy, claim, confirm, hold, read_entry, release, slot};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use std::{collections::BTreeMap, sync::Mutex};

/// A change in small numbers, to be made of a small world so that changes meet.
#[derive(Debug, Clone)]
struct Plan {
    key: u16,
    now: i64,
    /// Who, how far from the version that would be right, which identity.
    people: Vec<(usize, u64, usize)>,
    free: Vec<usize>,
    busy: Vec<(usize, usize, i64, i64)>,
    /// Whose hold; exactly the places they have, or some other.
    confirms: Vec<(usize, Option<usize>)>,
    expiries: Vec<usize>,
    /// Where, for whom, how many places, until when.
    claims: Vec<(usize, usize, u32, Option<i64>)>,
    /// Whose place; one they have, or some other; who keeps it.
    releases: Vec<(usize, Option<usize>, Option<usize>)>,
    drops: Vec<usize>,
    jobs: Vec<(usize, i64)>,
    entries: usize,
}

fn few<S: Strategy>(one: S) -> impl Strategy<Value = Vec<S::Value>>
where
    S::Value: Clone + std::fmt::Debug,
{
    prop_oneof![
        5 => Just(Vec::new()),
        3 => prop::collection::vec(one, 1..=2),
    ]
}

fn plan() -> impl Strategy<Value = Plan> {
    let version = prop_oneof![8 => Just(1_u64), 1 => Just(0), 1 => Just(2)];
    let mostly_right = || prop_oneof![4 => Just(None), 1 => (0_usize..3).prop_map(Some)];
    let until = prop_oneof![1 => Just(None), 2 => (0_i64..40).prop_map(Some)];
    let records = (few((0_usize..3, version, 0_usize..4)), few(0_usize..4));
    let time = few((0_usize..2, 0_usize..4, 0_i64..60, 1_i64..20));
    let holds = (few((0_usize..4, mostly_right())), few(0_usize..4));
    let places = (
        prop::collection::vec((0_usize..3, 0_usize..4, 0_u32..4, until), 0..=2),
        few((0_usize..4, mostly_right(), prop_oneof![Just(None), (0_usize..4).prop_map(Some)])),
    );
    let jobs = (few(0_usize..3), few((0_usize..3, 0_i64..60)));
    (0_u16..60, 0_i64..40, records, time, holds, places, jobs, 0_usize..3).prop_map(
        |(
            key,
            now,
            (people, free),
            busy,
            (confirms, expiries),
            (claims, releases),
            (drops, jobs),
            entries,
        )| Plan {
            key,
            now,
            people,
            free,
            busy,
            confirms,
            expiries,
            claims,
            releases,
            drops,
            jobs,
            entries,
        },
    )
}

/// The small world.
struct World {
    slots: [SlotKey; 3],
    holders: Vec<Holder>,
    officers: Vec<StaffId>,
    people: Vec<Person>,
    jobs: Vec<NewJob>,
    make: Maker,
}

impl World {
    fn new() -> Self {
        let make = Maker::default();
        Self {
            slots: [slot("SPR", 0), slot("SPR", 15), slot("LAK", 0)],
            holders: (0..4).map(|_| make.holder()).collect(),
            officers: (0..2).map(|_| make.officer()).collect(),
            people: (0..4).map(|_| make.person()).collect(),
            jobs: (0..3).map(|_| make.job(0)).collect(),
            make,
        }
    }

    fn change(&self, plan: &Plan, model: &Model) -> Change {
        let mut change = self.make.change_at(plan.now);
        change.command.key = IdempotencyKey::of("plan", plan.key);
        change.writes = plan
            .people
            .iter()
            .map(|(who, step, identity)| {
                let mut person = self.people[*who].clone();
                person.version = model.people.get(&person.id).map_or(0, |(version, _)| *version) + step;
                person.identity = self.people[*identity].identity.clone();
                Write::Person(Box::new(person))
            })
            .collect();
        change.free = plan.free.iter().map(|h| self.holders[*h]).collect();
        change.busy = plan
            .busy
            .iter()
            .map(|(officer, holder, from, long)| {
                busy(self.officers[*officer], self.holders[*holder], *from, from + long)
            })
            .collect();
        change.confirms = plan
            .confirms
            .iter()
            .map(|(holder, other)| {
                let holder = self.holders[*holder];
                let slots = other.map_or_else(|| model.slots_of(holder), |n| vec![self.slots[n].clone()]);
                Confirm { gives_back: slots.len() % 2 == 0, ..confirm(holder, &slots) }
            })
            .collect();
        change.expiries = plan.expiries.iter().map(|h| self.holders[*h]).collect();
        change.claims = plan
            .claims
            .iter()
            .map(|(place, holder, capacity, until)| {
                let (place, holder) = (&self.slots[*place], self.holders[*holder]);
                until.map_or_else(
                    || claim(place, holder, *capacity),
                    |until| hold(place, holder, *capacity, until),
                )
            })
            .collect();
        change.releases = plan
            .releases
            .iter()
            .filter_map(|(holder, other, keep)| {
                let holder = self.holders[*holder];
                let place = match other {
                    Some(n) => self.slots[*n].clone(),
                    None => model.slots_of(holder).first()?.clone(),
                };
                let keep = keep.map(|keep| self.holders[keep]);
                Some(Release { keep, ..release(&place, holder) })
            })
            .collect();
        change.drop_jobs = plan.drops.iter().map(|n| self.jobs[*n].key.clone()).collect();
        change.jobs =
            plan.jobs.iter().map(|(n, due)| NewJob { due: at(*due), ..self.jobs[*n].clone() }).collect();
        change.journal = vec![read_entry(None); plan.entries];
        change.answer = plan.key.into();
        change
    }
}

/// How often each thing happened: a property that never met a conflict would prove little.
type Tally = Mutex<BTreeMap<&'static str, u32>>;

const fn name(conflict: &Conflict) -> &'static str {
    match conflict {
        Conflict::Stale { .. } => "stale",
        Conflict::Full { .. } => "full",
        Conflict::Overlap { .. } => "overlap",
        Conflict::Hold { .. } => "hold",
        Conflict::NotHeld { .. } => "not held",
        Conflict::PersonKnown => "known",
        _ => "other",
    }
}

async fn same_as_model(store: &dyn Store, model: &Model) -> Result<(), TestCaseError> {
    prop_assert_eq!(store.taken_anywhere(at(-100), at(100)).await.unwrap(), model.taken());
    prop_assert_eq!(store.busy(None, at(-100), at(200)).await.unwrap(), model.busy());
    prop_assert_eq!(store.next_job().await.unwrap(), model.next_job());
    prop_assert_eq!(store.journal_end().await.unwrap().0, model.entries);
    for now in [0, 20, 40] {
        prop_assert_eq!(store.expired_holds(at(now), 99).await.unwrap(), model.expired(at(now)));
    }
    Ok(())
}

async fn follow<E: Engine>(plans: Vec<Plan>, tally: &Tally) -> Result<(), TestCaseError> {
    let (store, _guard) = E::fresh().await;
    let (world, mut model) = (World::new(), Model::default());
    for plan in plans {
        let change = world.change(&plan, &model);
        let meant = model.commit(&change);
        let what = match (store.commit(change.clone()).await, meant) {
            (Ok(did), Ok((seq, repeated))) => {
                prop_assert_eq!((did.seq.0, did.repeated), (seq, repeated));
                prop_assert_eq!(did.answer, change.answer);
                if repeated { "repeated" } else { "done" }
            }
            (Err(CommitError::Conflict(met)), Err(meant)) => {
                prop_assert_eq!(&met, &meant);
                name(&met)
            }
            (did, meant) => {
                return Err(TestCaseError::fail(format!(
                    "{did:?}, but the model says {meant:?}: {change:?}"
                )));
            }
        };
        *tally.lock().unwrap().entry(what).or_default() += 1;
        same_as_model(&*store, &model).await?;
    }
    for person in &world.people {
        let found = store.person(person.id).await.unwrap().map(|p| (p.version, p.identity));
        prop_assert_eq!(found.as_ref(), model.people.get(&person.id));
    }
    let mut verifier = chain::Verifier::default();
    for entry in store.journal(Seq(0), 1000).await.unwrap() {
        prop_assert_eq!(verifier.check(&entry), Ok(()));
    }
    prop_assert_eq!(verifier.reached().0, model.entries);
    // Its holders are nobody's; nothing else may be wrong.
    let broken = store.check().await.unwrap();
    prop_assert!(broken.iter().all(|b| matches!(b, Broken::Stray { .. })), "{:?}", broken);
    Ok(())
}

/// Random changes, one after the other, on the store and on the model.
pub async fn does_what_the_model_does<E: Engine>() {
    let tally = tokio::task::spawn_blocking(|| {
        let here = tokio::runtime::Handle::current();
        let tally = Tally::default();
        let config = Config { cases: 40, failure_persistence: None, ..Config::default() };
        TestRunner::new(config)
            .run(&prop::collection::vec(plan(), 1..50), |plans| here.block_on(follow::<E>(plans, &tally)))
            .unwrap();
        tally.into_inner().unwrap()
    })
    .await
    .unwrap();
    for what in ["done", "repeated", "stale", "full", "overlap", "hold", "not held", "known"] {
        assert!(tally.get(what).is_some_and(|n| *n >= 5), "{what} hardly ever happened: {tally:?}");
    }
}
