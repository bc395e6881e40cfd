//! The race: 64 tasks want the last places of a few slots, the hours of three officers, and one live inquiry for each of
//! eight people, all at once.
//!
//! It is run against a [`Door`], so that it can be shown to fail: every engine's tests run it against a door of their
//! own making that looks first and writes then, on real tables, and expect every kind of [`Violation`].

use super::{Engine, done, fixtures};
use crate::{Broken, CommitError, Conflict, Store, StoreError};
use async_trait::async_trait;
use domain::{
    change::{Busy, Change, Holder},
    ids::{PersonId, StaffId},
    inquiry::Inquiry,
    slots::SlotKey,
};
use fixtures::{Maker, at, busy, claim, read_entry, release, slot, write};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// So many at once.
const TASKS: usize = 64;
/// So often each of them wants each thing.
const ROUNDS: usize = 12;
/// Each slot takes so many.
const CAPACITY: u32 = 5;

/// Whatever stands between those who want something and the tables. Each answers whether it was acknowledged.
#[async_trait]
pub trait Door: Send + Sync + 'static {
    /// Takes a place in both slots, or in none.
    async fn places(&self, slots: &[SlotKey; 2], holder: Holder, capacity: u32) -> bool;
    /// Takes an officer's time.
    async fn time(&self, stretch: &Busy) -> bool;
    /// Opens an inquiry for a person and a reason.
    async fn ask(&self, inquiry: &Inquiry) -> bool;
    /// What the tables hold afterwards.
    async fn found(&self) -> Found;
}

/// What the tables hold after a race.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How many claims there are of each slot, by whatever names it.
    pub claims: BTreeMap<String, u64>,
    /// Officers' time.
    pub busy: Vec<Busy>,
    /// Whose inquiries are live.
    pub live: Vec<PersonId>,
    /// How many entries the journal has.
    pub entries: u64,
}

/// What must never be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Violation {
    /// A slot was sold more often than it has places.
    Oversold,
    /// An officer has two calls at once.
    Overlap,
    /// A person has two live inquiries for one reason.
    Pair,
    /// What was acknowledged, what is there and what the journal says are not as many.
    Uncounted {
        /// Acknowledged: places, stretches of time, inquiries.
        acknowledged: [u64; 3],
        /// There: the same, and entries.
        there: [u64; 4],
    },
}

/// Runs the race through these doors to the same tables, and tells every violation.
///
/// # Panics
/// When a door fails in another way.
pub async fn run(doors: &[Arc<dyn Door>]) -> BTreeSet<Violation> {
    let make = Arc::new(Maker::default());
    let people: Arc<Vec<_>> = Arc::new((0..8).map(|_| make.person()).collect());
    let officers: [StaffId; 3] = [(); 3].map(|()| make.officer());
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let (door, make) = (Arc::clone(&doors[task % doors.len()]), Arc::clone(&make));
            let people = Arc::clone(&people);
            tokio::spawn(async move {
                let mut acknowledged = [0_u64; 3];
                for round in 0..ROUNDS {
                    // Two places at once, in either order.
                    let start = i64::try_from((task + round) % 4).unwrap() * 15;
                    let two = [slot("SPR", 75 - start), slot("SPR", start)];
                    let from = i64::try_from((task * 5 + round * 11) % 90).unwrap();
                    let stretch = busy(officers[(task * 7 + round) % 3], make.holder(), from, from + 20);
                    let inquiry = make.inquiry_of(&people[(task + round) % 8], "proof-of-status", 0);
                    acknowledged[0] += 2 * u64::from(door.places(&two, make.holder(), CAPACITY).await);
                    acknowledged[1] += u64::from(door.time(&stretch).await);
                    acknowledged[2] += u64::from(door.ask(&inquiry).await);
                }
                acknowledged
            })
        })
        .collect();
    let mut acknowledged = [0; 3];
    for task in tasks {
        for (sum, one) in acknowledged.iter_mut().zip(task.await.unwrap()) {
            *sum += one;
        }
    }
    judge(acknowledged, doors[0].found().await)
}

fn judge(acknowledged: [u64; 3], mut found: Found) -> BTreeSet<Violation> {
    let mut violations = BTreeSet::new();
    if found.claims.values().any(|n| *n > u64::from(CAPACITY)) {
        violations.insert(Violation::Oversold);
    }
    found.busy.sort_by_key(|b| (b.officer, b.start));
    let apart = |pair: &[Busy]| pair[0].officer != pair[1].officer || pair[0].end <= pair[1].start;
    if !found.busy.windows(2).all(apart) {
        violations.insert(Violation::Overlap);
    }
    let different: BTreeSet<_> = found.live.iter().collect();
    if different.len() < found.live.len() {
        violations.insert(Violation::Pair);
    }
    let claims = found.claims.values().sum();
    let there = [claims, found.busy.len() as u64, found.live.len() as u64, found.entries];
    // One entry for each act; an act takes two places.
    let entries = acknowledged[0] / 2 + acknowledged[1] + acknowledged[2];
    if there[..3] != acknowledged || there[3] != entries {
        violations.insert(Violation::Uncounted { acknowledged, there });
    }
    violations
}

/// The door that every change goes through.
pub struct RealDoor {
    store: Arc<dyn Store>,
    make: Maker,
    name: &'static str,
}

impl RealDoor {
    /// A door to a store. Doors to the same tables have different names.
    pub fn new(name: &'static str, store: Arc<dyn Store>) -> Self {
        Self { store, make: Maker::default(), name }
    }

    async fn commit(&self, change: impl FnOnce(&mut Change)) -> bool {
        let mut one = self.make.change();
        one.command.key = domain::change::IdempotencyKey::of(self.name, one.command.key.as_str());
        one.journal.push(read_entry(None));
        change(&mut one);
        match patiently(&*self.store, one).await {
            Ok(()) => true,
            Err(Conflict::Full { .. } | Conflict::Overlap { .. } | Conflict::LiveInquiry { .. }) => false,
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[async_trait]
impl Door for RealDoor {
    async fn places(&self, slots: &[SlotKey; 2], holder: Holder, capacity: u32) -> bool {
        self.commit(|change| change.claims.extend(slots.iter().map(|slot| claim(slot, holder, capacity))))
            .await
    }

    async fn time(&self, stretch: &Busy) -> bool {
        self.commit(|change| change.busy.push(stretch.clone())).await
    }

    async fn ask(&self, inquiry: &Inquiry) -> bool {
        self.commit(|change| change.writes.push(write(inquiry))).await
    }

    async fn found(&self) -> Found {
        // Nobody's inquiry knows the holders, so the check names each of their claims, and must find nothing else.
        let mut claims: BTreeMap<String, u64> = BTreeMap::new();
        for broken in self.store.check().await.unwrap() {
            match broken {
                Broken::Stray { slot, .. } => *claims.entry(slot).or_default() += 1,
                other => panic!("{other}"),
            }
        }
        let live = self.store.live_inquiries(None, 500).await.unwrap();
        Found {
            claims,
            busy: self.store.busy(None, at(-9_999), at(9_999)).await.unwrap(),
            live: live.iter().map(|inquiry| inquiry.person).collect(),
            entries: self.store.journal_end().await.unwrap().0,
        }
    }
}

/// Commits, and asks again under the same key as long as the store is too busy to take it.
async fn patiently(store: &dyn Store, change: Change) -> Result<(), Conflict> {
    loop {
        match store.commit(change.clone()).await {
            Ok(_) => return Ok(()),
            Err(CommitError::Conflict(conflict)) => return Err(conflict),
            Err(CommitError::Store(StoreError::Busy)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
}

/// Nothing is sold twice, and what is acknowledged is what is there and what the journal says.
pub async fn sells_nothing_twice_to_sixty_four_at_once<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let door: Arc<dyn Door> = Arc::new(RealDoor::new("race", Arc::clone(&store)));
    assert_eq!(run(&[door]).await, BTreeSet::new());
    let taken = store.taken_anywhere(at(-9_999), at(9_999)).await.unwrap();
    assert!(taken.counts.values().all(|n| *n <= CAPACITY), "{taken:?}");
    assert_eq!(taken.of(&slot("SPR", 0)), CAPACITY, "the last place was wanted and taken");
    assert_eq!(store.live_inquiries(None, 500).await.unwrap().len(), 8, "each person has one live inquiry");
}

/// 192 move between two slots at once, 96 in each direction: each of them arrives. Were places locked in the order in
/// which moves name them, they would wait for each other.
pub async fn lets_everybody_move_in_opposite_directions<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Arc::new(Maker::default());
    let (a, b) = (slot("SPR", 0), slot("SPR", 15));
    let holders: Vec<Holder> = (0..192).map(|_| make.holder()).collect();
    let half = holders.len() / 2;
    let firsts = holders.iter().enumerate().map(|(n, h)| claim(if n < half { &a } else { &b }, *h, 96));
    done(&*store, make.claiming(firsts)).await;
    let tries: Vec<_> = holders
        .iter()
        .enumerate()
        .map(|(n, holder)| {
            let (from, to) = if n < half { (&a, &b) } else { (&b, &a) };
            let mut change = make.claiming([claim(to, *holder, 192)]);
            change.releases.push(release(from, *holder));
            let store = Arc::clone(&store);
            tokio::spawn(async move { patiently(&*store, change).await })
        })
        .collect();
    let mut moved = 0;
    for one in tries {
        moved += u32::from(one.await.unwrap().is_ok());
    }
    let taken = store.taken_anywhere(at(-9), at(99)).await.unwrap();
    assert_eq!((moved, taken.of(&a), taken.of(&b)), (192, 96, 96));
}
