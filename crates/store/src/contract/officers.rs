//! Officers' time: nobody is promised twice at once.

use super::{Engine, done, fixtures, refused};
use crate::Conflict;
use domain::{
    change::{Busy, Change, Holder},
    ids::StaffId,
};
use fixtures::{Maker, at, busy};
use std::sync::Arc;

fn taking(make: &Maker, stretches: impl IntoIterator<Item = Busy>) -> Change {
    let mut change = make.change();
    change.busy.extend(stretches);
    change
}

/// Any instant in common is an overlap, for one officer; another officer's time is their own.
pub async fn refuses_overlapping_time<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (officer, other) = (make.officer(), make.officer());
    done(&*store, taking(&make, [busy(officer, make.holder(), 30, 60)])).await;
    for (from, to) in [(30, 60), (20, 31), (59, 80), (40, 50), (0, 100)] {
        let change = taking(&make, [busy(officer, make.holder(), from, to)]);
        assert_eq!(refused(&*store, change).await, Conflict::Overlap { officer }, "{from} to {to}");
    }
    let within_one = taking(&make, [busy(other, make.holder(), 0, 10), busy(other, make.holder(), 9, 12)]);
    assert_eq!(refused(&*store, within_one).await, Conflict::Overlap { officer: other });
    assert_eq!(store.busy(Some(other), at(0), at(100)).await.unwrap(), []);
    done(&*store, taking(&make, [busy(other, make.holder(), 30, 60)])).await;
}

/// The end is not part of a stretch.
pub async fn lets_stretches_touch<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let officer = make.officer();
    for (from, to) in [(30, 60), (60, 90), (0, 30)] {
        done(&*store, taking(&make, [busy(officer, make.holder(), from, to)])).await;
    }
    let all = store.busy(Some(officer), at(0), at(90)).await.unwrap();
    assert_eq!(all.iter().map(|b| b.start).collect::<Vec<_>>(), [at(0), at(30), at(60)]);
}

/// One change moves a stretch onto part of itself; freeing what nobody has is no fault.
pub async fn frees_before_it_takes<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (officer, holder) = (make.officer(), make.holder());
    done(&*store, taking(&make, [busy(officer, holder, 0, 30)])).await;
    let mut moved = taking(&make, [busy(officer, holder, 15, 45)]);
    moved.free = vec![holder, make.holder()];
    done(&*store, moved).await;
    assert_eq!(store.busy(None, at(0), at(90)).await.unwrap(), [busy(officer, holder, 15, 45)]);
    // A refused move leaves the old stretch.
    done(&*store, taking(&make, [busy(officer, make.holder(), 60, 90)])).await;
    let mut onto = taking(&make, [busy(officer, holder, 50, 70)]);
    onto.free.push(holder);
    assert_eq!(refused(&*store, onto).await, Conflict::Overlap { officer });
    assert_eq!(store.busy(None, at(0), at(50)).await.unwrap(), [busy(officer, holder, 15, 45)]);
    let mut free = make.change();
    free.free.push(holder);
    done(&*store, free).await;
    assert_eq!(store.busy(None, at(0), at(50)).await.unwrap(), []);
}

/// Whatever lies partly inside is told, by begin; what only touches is not.
pub async fn tells_time_that_touches_a_stretch<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (one, two) = (make.officer(), make.officer());
    let stretches = [
        busy(one, make.holder(), 0, 10),
        busy(one, make.holder(), 10, 30),
        busy(two, make.holder(), 15, 20),
        busy(two, make.holder(), 40, 50),
    ];
    done(&*store, taking(&make, stretches.clone())).await;
    let told = async |who: Option<StaffId>, from, to| store.busy(who, at(from), at(to)).await.unwrap();
    assert_eq!(told(None, 10, 40).await, stretches[1..3]);
    assert_eq!(told(None, 9, 41).await, stretches);
    assert_eq!(told(Some(two), 0, 90).await, stretches[2..]);
    assert_eq!(told(Some(one), 12, 14).await, stretches[1..2]);
    assert_eq!(told(Some(one), 30, 90).await, []);
}

/// Many want one officer's half hour: one gets it.
pub async fn lets_one_of_many_take_the_same_time<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let officer = make.officer();
    let rivals: Vec<(Holder, _)> = (0..30)
        .map(|n| {
            let holder = make.holder();
            // Each begins elsewhere, all share the minute 40.
            let change = taking(&make, [busy(officer, holder, 10 + n, 41 + n)]);
            let store = Arc::clone(&store);
            (holder, tokio::spawn(async move { store.commit(change).await }))
        })
        .collect();
    let mut won = Vec::new();
    for (holder, rival) in rivals {
        if rival.await.unwrap().is_ok() {
            won.push(holder);
        }
    }
    let told = store.busy(Some(officer), at(0), at(900)).await.unwrap();
    assert_eq!(told.iter().map(|b| b.holder).collect::<Vec<_>>(), won);
    assert_eq!(won.len(), 1);
}
