//! Holds: made firm while there is time left, ended when there is none, never both.

use super::{Engine, done, fixtures, refused};
use crate::{CommitError, Conflict, Store};
use domain::{
    change::{Change, Confirm, Holder},
    slots::SlotKey,
};
use fixtures::{Maker, at, claim, confirm, hold, release, slot};
use std::sync::Arc;

async fn taken(store: &dyn Store, slot: &SlotKey) -> u32 {
    store.taken_anywhere(at(-10_000), at(10_000)).await.unwrap().of(slot)
}

fn confirming(make: &Maker, now: i64, confirm: Confirm) -> Change {
    let mut change = make.change_at(now);
    change.confirms.push(confirm);
    change
}

fn expiring(make: &Maker, now: i64, holder: Holder) -> Change {
    let mut change = make.change_at(now);
    change.expiries.push(holder);
    change
}

/// At its end a hold is over: `expires > at` is the rule for confirming.
pub async fn confirms_only_with_time_left<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let place = slot("SPR", 60);
    let (early, late, firm) = (make.holder(), make.holder(), make.holder());
    done(
        &*store,
        make.claiming([hold(&place, early, 9, 10), hold(&place, late, 9, 10), claim(&place, firm, 9)]),
    )
    .await;
    done(&*store, confirming(&make, 9, confirm(early, [&place]))).await;
    let gone = |holder| Conflict::Hold { holder };
    for now in [10, 11] {
        let change = confirming(&make, now, confirm(late, [&place]));
        assert_eq!(refused(&*store, change).await, gone(late));
    }
    // What is firm, or was never held, is no hold.
    for holder in [early, firm, make.holder()] {
        let change = confirming(&make, 9, confirm(holder, [&place]));
        assert_eq!(refused(&*store, change).await, gone(holder));
    }
    assert_eq!(taken(&*store, &place).await, 3);
}

/// At its end a hold may be expired: `expires <= at` is the rule. Its places are free again.
pub async fn expires_only_without_time_left<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let places = [slot("SPR", 60), slot("SPR", 75)];
    let holder = make.holder();
    done(&*store, make.claiming(places.iter().map(|p| hold(p, holder, 1, 10)))).await;
    assert_eq!(refused(&*store, expiring(&make, 9, holder)).await, Conflict::Hold { holder });
    let other = make.claiming([claim(&places[1], make.holder(), 1)]);
    // Run out is not given back: until it is expired the place is taken.
    assert_eq!(refused(&*store, other.clone()).await, Conflict::Full { slot: places[1].clone() });
    done(&*store, expiring(&make, 10, holder)).await;
    assert_eq!((taken(&*store, &places[0]).await, taken(&*store, &places[1]).await), (0, 0));
    assert_eq!(refused(&*store, expiring(&make, 11, holder)).await, Conflict::Hold { holder });
    done(&*store, other).await;
    let change = confirming(&make, 9, confirm(holder, &places));
    assert_eq!(refused(&*store, change).await, Conflict::Hold { holder });
}

/// What was confirmed stays, however late it is.
pub async fn never_expires_what_was_confirmed<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (place, holder) = (slot("SPR", 60), make.holder());
    done(&*store, make.claiming([hold(&place, holder, 1, 10)])).await;
    done(&*store, confirming(&make, 5, confirm(holder, [&place]))).await;
    for now in [10, 5000] {
        assert_eq!(refused(&*store, expiring(&make, now, holder)).await, Conflict::Hold { holder });
    }
    assert_eq!(store.expired_holds(at(5000), 10).await.unwrap(), []);
    assert_eq!(taken(&*store, &place).await, 1);
    // Claiming again what is firm does not make a hold of it.
    done(&*store, make.claiming([hold(&place, holder, 1, 20)])).await;
    assert_eq!(refused(&*store, expiring(&make, 30, holder)).await, Conflict::Hold { holder });
}

/// Confirmed at the last instant and expired at the first, in either order and at once: exactly one happens, and
/// the count says which.
pub async fn lets_one_of_confirmation_and_expiry_win<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    for round in 0..60 {
        let (place, holder) = (slot("SPR", 1000 + round), make.holder());
        done(&*store, make.claiming([hold(&place, holder, 1, 10)])).await;
        // The two see clocks that differ by a minute, as two nodes' may.
        let confirm = confirming(&make, 9, confirm(holder, [&place]));
        let expire = expiring(&make, 10, holder);
        let (confirmed, expired) = match round {
            0 => {
                let first = store.commit(confirm).await;
                (first, store.commit(expire).await)
            }
            1 => {
                let first = store.commit(expire).await;
                (store.commit(confirm).await, first)
            }
            _ => {
                let (one, other) = (Arc::clone(&store), Arc::clone(&store));
                let confirm = tokio::spawn(async move { one.commit(confirm).await });
                let expire = tokio::spawn(async move { other.commit(expire).await });
                (confirm.await.unwrap(), expire.await.unwrap())
            }
        };
        assert!(round != 0 || confirmed.is_ok());
        assert!(round != 1 || expired.is_ok());
        assert_ne!(confirmed.is_ok(), expired.is_ok(), "round {round}: {confirmed:?}, {expired:?}");
        assert_eq!(taken(&*store, &place).await, u32::from(confirmed.is_ok()));
        for lost in [confirmed, expired].into_iter().filter_map(Result::err) {
            assert!(matches!(lost, CommitError::Conflict(Conflict::Hold { .. })), "{lost:?}");
        }
    }
}

/// A hold of one time cannot be confirmed as a booking of another, of more, or of less.
pub async fn confirms_exactly_the_places_named<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let places = [slot("SPR", 60), slot("SPR", 75)];
    let other = slot("SPR", 90);
    let holder = make.holder();
    done(&*store, make.claiming(places.iter().map(|p| hold(p, holder, 1, 10)))).await;
    done(&*store, make.claiming([claim(&other, make.holder(), 2)])).await;
    for wrong in [
        vec![],
        vec![places[0].clone()],
        vec![other.clone()],
        vec![places[0].clone(), other.clone()],
        vec![places[0].clone(), places[1].clone(), other.clone()],
        vec![places[0].clone(), slot("SPR", 105)],
    ] {
        let change = confirming(&make, 5, confirm(holder, &wrong));
        assert_eq!(refused(&*store, change).await, Conflict::Hold { holder }, "{wrong:?}");
    }
    // Nothing of the refused ones was done: all is still on hold.
    let both = [places[1].clone(), places[0].clone()];
    done(&*store, confirming(&make, 5, confirm(holder, &both))).await;
    assert_eq!(refused(&*store, expiring(&make, 50, holder)).await, Conflict::Hold { holder });
}

/// An appointment that moves to a held time keeps its firm place until the new one is firm, and may share one.
pub async fn confirms_a_move_beside_a_firm_place<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (a, b, c) = (slot("SPR", 0), slot("SPR", 15), slot("SPR", 30));
    let holder = make.holder();
    done(&*store, make.claiming([claim(&a, holder, 1), claim(&b, holder, 1)])).await;
    done(&*store, make.claiming([hold(&b, holder, 1, 10), hold(&c, holder, 1, 10)])).await;
    let mut moved = confirming(&make, 5, confirm(holder, [&b, &c]));
    moved.releases.push(release(&a, holder));
    done(&*store, moved).await;
    let left = [taken(&*store, &a).await, taken(&*store, &b).await, taken(&*store, &c).await];
    assert_eq!(left, [0, 1, 1]);
    // And a hold that runs out beside a firm place takes only itself along.
    done(&*store, make.claiming([hold(&a, holder, 1, 10)])).await;
    assert_eq!(store.expired_holds(at(10), 10).await.unwrap(), [holder]);
    done(&*store, expiring(&make, 10, holder)).await;
    let left = [taken(&*store, &a).await, taken(&*store, &b).await, taken(&*store, &c).await];
    assert_eq!(left, [0, 1, 1]);
}

/// A hold claimed anew ends later.
pub async fn gives_a_renewed_hold_its_new_end<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (place, holder) = (slot("SPR", 60), make.holder());
    done(&*store, make.claiming([hold(&place, holder, 1, 10)])).await;
    done(&*store, make.claiming([hold(&place, holder, 1, 20)])).await;
    assert_eq!(taken(&*store, &place).await, 1);
    assert_eq!(store.expired_holds(at(19), 10).await.unwrap(), []);
    assert_eq!(refused(&*store, expiring(&make, 19, holder)).await, Conflict::Hold { holder });
    done(&*store, confirming(&make, 19, confirm(holder, &[place]))).await;
}

/// The longest ago first, whole holders only, no more than asked for.
pub async fn lists_holds_that_have_run_out<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let holders: Vec<Holder> = (0..4).map(|_| make.holder()).collect();
    let ends = [30, 10, 20, 40];
    for (holder, end) in holders.iter().zip(ends) {
        done(&*store, make.claiming([hold(&slot("SPR", 60), *holder, 9, end)])).await;
    }
    // A holder whose other hold has time left has not run out.
    done(&*store, make.claiming([hold(&slot("SPR", 75), holders[1], 9, 35)])).await;
    let listed = async |now, limit| store.expired_holds(at(now), limit).await.unwrap();
    assert_eq!(listed(9, 9).await, []);
    assert_eq!(listed(30, 9).await, [holders[2], holders[0]]);
    assert_eq!(listed(99, 9).await, [holders[2], holders[0], holders[1], holders[3]]);
    assert_eq!(listed(99, 1).await, [holders[2]]);
}

/// What else it has on hold is given back with the confirmation, when that is asked for.
pub async fn gives_back_what_else_is_held<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (firm, old, new) = (slot("SPR", 0), slot("SPR", 15), slot("SPR", 30));
    let holder = make.holder();
    done(&*store, make.claiming([claim(&firm, holder, 1)])).await;
    done(&*store, make.claiming([hold(&old, holder, 1, 10), hold(&new, holder, 1, 20)])).await;
    let mut change = confirming(&make, 5, confirm(holder, [&new]));
    assert_eq!(refused(&*store, change.clone()).await, Conflict::Hold { holder });
    for confirm in &mut change.confirms {
        confirm.gives_back = true;
    }
    done(&*store, change).await;
    let left = [taken(&*store, &firm).await, taken(&*store, &old).await, taken(&*store, &new).await];
    assert_eq!(left, [1, 0, 1], "and what it has for good stays");
    assert_eq!(store.expired_holds(at(99), 9).await.unwrap(), []);
}
