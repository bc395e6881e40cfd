//! Places: never more taken than there are, whatever races for them.

use super::{Engine, done, fixtures, refused};
use crate::{CommitError, Conflict, Store};
use domain::{
    change::{Change, Holder, Release},
    slots::{Pool, SlotKey},
};
use fixtures::{Maker, at, claim, office, release, slot};
use std::sync::Arc;

async fn taken(store: &dyn Store, slot: &SlotKey) -> u32 {
    store.taken_anywhere(at(-10_000), at(10_000)).await.unwrap().of(slot)
}

/// Gives a place back.
fn releasing(make: &Maker, slot: &SlotKey, holder: Holder) -> Change {
    let mut change = make.change();
    change.releases.push(release(slot, holder));
    change
}

/// Counts by office, service, start and pool; a stretch has its first instant and lacks its last.
pub async fn counts_what_is_taken<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (here, later, there) = (slot("SPR", 0), slot("SPR", 15), slot("LAK", 0));
    let mut reserve = slot("SPR", 0);
    reserve.pool = Pool::EmergencyReserve;
    let mut other_service = slot("SPR", 0);
    other_service.service = "biometrics".parse().unwrap();
    for (place, n) in [(&here, 2), (&later, 1), (&there, 3), (&reserve, 1), (&other_service, 1)] {
        done(&*store, make.claiming((0..n).map(|_| claim(place, make.holder(), 3)))).await;
    }
    let spr = store.taken(&office("SPR"), at(0), at(15)).await.unwrap();
    assert_eq!(spr.counts.len(), 3);
    assert_eq!((spr.of(&here), spr.of(&reserve), spr.of(&other_service), spr.of(&later)), (2, 1, 1, 0));
    let all = store.taken_anywhere(at(0), at(16)).await.unwrap();
    assert_eq!((all.counts.len(), all.of(&there), all.of(&later)), (5, 3, 1));
    assert!(store.taken_anywhere(at(16), at(99)).await.unwrap().counts.is_empty());
    assert!(store.taken_anywhere(at(-9), at(0)).await.unwrap().counts.is_empty());
    // What was given back is not told.
    let holder = make.holder();
    done(&*store, make.claiming([claim(&slot("SPR", 60), holder, 1)])).await;
    done(&*store, releasing(&make, &slot("SPR", 60), holder)).await;
    assert!(store.taken_anywhere(at(60), at(61)).await.unwrap().counts.is_empty());
}

/// Fifty want the last places at once: exactly as many get one as there are.
pub async fn takes_every_last_place_once<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Arc::new(Maker::default());
    for capacity in [1, 7] {
        let place = slot("SPR", i64::from(capacity));
        let rivals: Vec<_> = (0..50)
            .map(|_| {
                let (store, make, place) = (Arc::clone(&store), Arc::clone(&make), place.clone());
                let change = make.claiming([claim(&place, make.holder(), capacity)]);
                tokio::spawn(async move { store.commit(change).await })
            })
            .collect();
        let mut won = 0;
        for rival in rivals {
            match rival.await.unwrap() {
                Ok(_) => won += 1,
                Err(CommitError::Conflict(met)) => assert_eq!(met, Conflict::Full { slot: place.clone() }),
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(won, capacity);
        assert_eq!(taken(&*store, &place).await, capacity);
    }
}

/// A visit over several places gets all of them or none; the full one is named, the first in key order.
pub async fn takes_several_places_or_none<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let places = [slot("SPR", 0), slot("SPR", 15), slot("SPR", 30)];
    done(&*store, make.claiming([claim(&places[1], make.holder(), 1), claim(&places[2], make.holder(), 1)]))
        .await;
    let holder = make.holder();
    let backwards = places.iter().rev().map(|place| claim(place, holder, 1));
    let full = Conflict::Full { slot: places[1].clone() };
    assert_eq!(refused(&*store, make.claiming(backwards)).await, full);
    assert_eq!(taken(&*store, &places[0]).await, 0);
    assert_eq!(refused(&*store, releasing(&make, &places[0], holder)).await, Conflict::NotHeld { holder });
    done(&*store, make.claiming([slot("SPR", 45), slot("SPR", 60)].map(|place| claim(&place, holder, 1))))
        .await;
    assert_eq!(taken(&*store, &slot("SPR", 60)).await, 1);
    assert_eq!(
        store.check().await.unwrap().len(),
        4,
        "four places of three holders that no inquiry knows, and nothing else"
    );
}

/// The claim brings the schedule's present size along: more may be taken when it has grown; when it has shrunk,
/// nothing more until enough was given back, and nobody loses a place.
pub async fn follows_a_schedule_that_grows_or_shrinks<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let place = slot("SPR", 0);
    let full = Conflict::Full { slot: place.clone() };
    let holders: Vec<Holder> = (0..6).map(|_| make.holder()).collect();
    let take = |n: usize, capacity| make.claiming([claim(&place, holders[n], capacity)]);
    assert_eq!(refused(&*store, take(0, 0)).await, full);
    done(&*store, take(0, 2)).await;
    done(&*store, take(1, 2)).await;
    assert_eq!(refused(&*store, take(2, 2)).await, full);
    done(&*store, take(2, 3)).await;
    assert_eq!(refused(&*store, take(3, 3)).await, full);
    for shrunk in [0, 1, 2, 3] {
        assert_eq!(refused(&*store, take(3, shrunk)).await, full);
    }
    assert_eq!(taken(&*store, &place).await, 3);
    for holder in &holders[..2] {
        done(&*store, releasing(&make, &place, *holder)).await;
    }
    assert_eq!(refused(&*store, take(3, 1)).await, full);
    done(&*store, take(3, 2)).await;
    assert_eq!(taken(&*store, &place).await, 2);
}

/// Claiming a place again takes no other, not even in the last place, and one release gives it back.
pub async fn takes_a_place_once_for_one_holder<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (place, holder) = (slot("SPR", 0), make.holder());
    done(&*store, make.claiming([claim(&place, holder, 1), claim(&place, holder, 1)])).await;
    done(&*store, make.claiming([claim(&place, holder, 1)])).await;
    assert_eq!(taken(&*store, &place).await, 1);
    done(&*store, releasing(&make, &place, holder)).await;
    assert_eq!(taken(&*store, &place).await, 0);
    assert_eq!(refused(&*store, releasing(&make, &place, holder)).await, Conflict::NotHeld { holder });
}

/// Moves in both directions between full and nearly full slots: they end, and never oversell.
pub async fn moves_between_full_slots_without_overselling<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Arc::new(Maker::default());
    let (a, b) = (slot("SPR", 0), slot("SPR", 15));
    let moving = |from: &SlotKey, to: &SlotKey, holder| {
        let mut change = make.claiming([claim(to, holder, 8)]);
        change.releases.push(release(from, holder));
        change
    };
    let left: Vec<Holder> = (0..8).map(|_| make.holder()).collect();
    let right: Vec<Holder> = (0..8).map(|_| make.holder()).collect();
    for (place, holders) in [(&a, &left), (&b, &right)] {
        done(&*store, make.claiming(holders.iter().map(|h| claim(place, *h, 8)))).await;
    }
    // Both full: the new place is taken first, so nobody can move, and nobody loses the old one.
    let swap = || {
        let moves = left.iter().map(|h| moving(&a, &b, *h)).chain(right.iter().map(|h| moving(&b, &a, *h)));
        moves
            .map(|change| {
                let store = Arc::clone(&store);
                tokio::spawn(async move { store.commit(change).await })
            })
            .collect::<Vec<_>>()
    };
    for one in swap() {
        let met = one.await.unwrap();
        assert!(matches!(met, Err(CommitError::Conflict(Conflict::Full { .. }))), "{met:?}");
    }
    assert_eq!((taken(&*store, &a).await, taken(&*store, &b).await), (8, 8));
    // One place free: moves chase each other through it.
    done(&*store, releasing(&make, &b, right[0])).await;
    let mut moved = 0;
    for one in swap() {
        match one.await.unwrap() {
            Ok(_) => moved += 1,
            Err(CommitError::Conflict(Conflict::Full { .. } | Conflict::NotHeld { .. })) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(moved >= 1);
    let (in_a, in_b) = (taken(&*store, &a).await, taken(&*store, &b).await);
    assert!(in_a <= 8 && in_b <= 8 && in_a + in_b == 15, "{in_a} and {in_b}");
    assert_eq!(store.check().await.unwrap().len(), 15, "each holder is a stray, and nothing else is wrong");
}

/// A move whose new place is full keeps the old one; in one slot there is no place for the new beside the old.
pub async fn takes_the_new_place_before_the_old_is_given_back<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (old, new) = (slot("SPR", 0), slot("SPR", 15));
    let (holder, other) = (make.holder(), make.holder());
    done(&*store, make.claiming([claim(&old, holder, 1), claim(&new, other, 1)])).await;
    let mut change = make.claiming([claim(&new, holder, 1)]);
    change.releases.push(release(&old, holder));
    assert_eq!(refused(&*store, change.clone()).await, Conflict::Full { slot: new.clone() });
    assert_eq!((taken(&*store, &old).await, taken(&*store, &new).await), (1, 1));
    // Even where the same change gives back the place that is wanted: the new is taken first.
    change.releases.push(release(&new, other));
    assert_eq!(refused(&*store, change.clone()).await, Conflict::Full { slot: new.clone() });
    done(&*store, releasing(&make, &new, other)).await;
    change.releases.pop();
    done(&*store, change).await;
    assert_eq!((taken(&*store, &old).await, taken(&*store, &new).await), (0, 1));
}

/// A place is given back by whoever holds it, once.
pub async fn gives_back_only_what_is_held<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (place, holder, other) = (slot("SPR", 0), make.holder(), make.holder());
    let nobody = Conflict::NotHeld { holder: other };
    assert_eq!(refused(&*store, releasing(&make, &place, other)).await, nobody);
    done(&*store, make.claiming([claim(&place, holder, 2)])).await;
    assert_eq!(refused(&*store, releasing(&make, &place, other)).await, nobody);
    let elsewhere = Conflict::NotHeld { holder };
    assert_eq!(refused(&*store, releasing(&make, &slot("SPR", 15), holder)).await, elsewhere);
    let mut twice = releasing(&make, &place, holder);
    twice.releases.push(release(&place, holder));
    assert_eq!(refused(&*store, twice).await, elsewhere);
    assert_eq!(taken(&*store, &place).await, 1);
    done(&*store, releasing(&make, &place, holder)).await;
    assert_eq!(taken(&*store, &place).await, 0);
}

/// What is given back and kept stays taken, moves to whoever it is for in one change, and is for everybody once its keeper ends.
pub async fn keeps_back_what_nobody_may_take<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (place, first, keeper, next) = (slot("SPR", 60), make.holder(), make.holder(), make.holder());
    done(&*store, make.claiming([claim(&place, first, 1)])).await;
    let mut given = make.change_at(5);
    given.releases.push(Release { keep: Some(keeper), ..release(&place, first) });
    done(&*store, given.clone()).await;
    assert_eq!(taken(&*store, &place).await, 1);
    let stranger = make.claiming([claim(&place, make.holder(), 1)]);
    assert_eq!(refused(&*store, stranger.clone()).await, Conflict::Full { slot: place.clone() });
    // It is no longer the first one's.
    let again = refused(&*store, Change { command: make.change_at(6).command, ..given }).await;
    assert_eq!(again, Conflict::NotHeld { holder: first });
    // Taken over: the keeper ends and the next has it, or neither.
    let mut takes = make.change_at(6);
    takes.expiries.push(keeper);
    takes.claims.push(claim(&place, next, 1));
    done(&*store, takes.clone()).await;
    assert_eq!(taken(&*store, &place).await, 1);
    let late = refused(&*store, Change { command: make.change_at(7).command, ..takes }).await;
    assert_eq!(late, Conflict::Hold { holder: keeper });
    // Given back and kept once more, it is for everybody when its keeper ends.
    let mut given = make.change_at(8);
    given.releases.push(Release { keep: Some(keeper), ..release(&place, next) });
    done(&*store, given).await;
    let mut ends = make.change_at(8);
    ends.expiries.push(keeper);
    done(&*store, ends).await;
    done(&*store, stranger).await;
    assert_eq!(taken(&*store, &place).await, 1);
}
