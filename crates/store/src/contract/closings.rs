//! Closings: kept whole, and their time takes no visits from the moment on at which they are durable.

use super::{Engine, done, fixtures, found, refused};
use crate::{Broken, Conflict};
use domain::{
    actor::Actor,
    calendar::Zone,
    change::{Change, JobKind, NewJob, Write},
    closing::{Closing, ClosingRules, NewClosing},
    ids::ClosingId,
    slots::Shut,
};
use fixtures::{Maker, at, claim, confirm, hold, office, slot, words};
use std::sync::Arc;

/// A plan to close an office from one minute to another.
fn planned(make: &Maker, from: i64, until: i64) -> Closing {
    let zone: Zone = "America/New_York".parse().unwrap();
    let new =
        NewClosing { office: office("SPR"), zone, from: at(from), until: at(until), why: words("No power.") };
    let id = ClosingId::new(at(0), &make.chance());
    let rules = ClosingRules::default();
    Closing::plan(id, new, Vec::new(), at(90), rules, Actor::system("plan"), at(0)).unwrap().0
}

fn begun(closing: &Closing) -> Closing {
    closing.begin(Actor::system("close"), at(1)).unwrap().0
}

fn write(closing: &Closing) -> Write {
    Write::Closing(Box::new(closing.clone()))
}

/// Going on with a closing, with its job.
fn going_on(make: &Maker, closing: &Closing) -> Change {
    let mut change = make.writing([write(closing)]);
    change.jobs.push(NewJob::new(JobKind::CloseDay { closing: closing.id }, at(1)));
    change
}

/// Each is found by itself, by its office and by when it ends; only the version that follows is written.
pub async fn keeps_closings<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (early, late) = (planned(&make, 10, 70), planned(&make, 100, 160));
    done(&*store, make.writing([write(&late), write(&early)])).await;
    assert_eq!(store.closing(early.id).await.unwrap().as_ref(), Some(&early));
    let listed = async |code: Option<&str>, since, limit| {
        let code = code.map(office);
        store.closings(code.as_ref(), at(since), limit).await.unwrap()
    };
    assert_eq!(listed(None, 0, 9).await, [early.clone(), late.clone()]);
    assert_eq!(listed(Some("SPR"), 70, 9).await, std::slice::from_ref(&late));
    assert_eq!(listed(Some("LAK"), 0, 9).await, []);
    assert_eq!(listed(None, 0, 1).await, std::slice::from_ref(&early));
    let next = begun(&early);
    done(&*store, going_on(&make, &next)).await;
    assert_eq!(store.closing(early.id).await.unwrap(), Some(next.clone()));
    for stale in [&early, &next] {
        let change = make.writing([write(stale)]);
        assert_eq!(refused(&*store, change).await, Conflict::Stale { record: "closing" });
    }
    assert_eq!(found(&*store).await, []);
}

/// A plan shuts nothing. Once it is carried out no place of its time is taken or made firm, except through the closing
/// itself; opened, the time takes visits again.
pub async fn keeps_places_out_of_closed_time<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let closing = planned(&make, 60, 120);
    done(&*store, make.writing([write(&closing)])).await;
    let (before, first, last, after) = (slot("SPR", 45), slot("SPR", 60), slot("SPR", 105), slot("SPR", 120));
    let holder = make.holder();
    done(&*store, make.claiming([hold(&first, holder, 9, 50), hold(&after, make.holder(), 9, 50)])).await;
    let next = begun(&closing);
    done(&*store, going_on(&make, &next)).await;
    for place in [&first, &last] {
        let change = make.claiming([claim(place, make.holder(), 9)]);
        assert_eq!(refused(&*store, change).await, Conflict::Full { slot: place.clone() });
    }
    let mut late = make.change_at(5);
    late.confirms.push(confirm(holder, [&first]));
    assert_eq!(refused(&*store, late.clone()).await, Conflict::Full { slot: first.clone() });
    let mut elsewhere = last.clone();
    elsewhere.office = office("LAK");
    let free = [&before, &after, &elsewhere].map(|place| claim(place, make.holder(), 9));
    done(&*store, make.claiming(free)).await;
    // What is told as taken says so too, with the reason.
    let shut = Shut { office: office("SPR"), from: at(60), until: at(120), why: words("No power.") };
    let told = store.taken(&office("SPR"), at(0), at(61)).await.unwrap();
    assert_eq!(told.shut, std::slice::from_ref(&shut));
    assert_eq!(told.of(&before), 1);
    assert_eq!(store.taken_anywhere(at(100), at(999)).await.unwrap().shut, [shut]);
    assert_eq!(store.taken(&office("SPR"), at(0), at(60)).await.unwrap().shut, []);
    assert_eq!(store.taken(&office("LAK"), at(0), at(999)).await.unwrap().shut, []);
    // Whoever comes back comes through the closing, through no other.
    let mut other = make.claiming([claim(&last, make.holder(), 9)]);
    other.through = Some(planned(&make, 60, 120).id);
    assert_eq!(refused(&*store, other.clone()).await, Conflict::Full { slot: last.clone() });
    other.through = Some(closing.id);
    done(&*store, other).await;
    let opening = next.undo(ClosingRules::default(), at(3)).unwrap().0;
    let opened = opening.opened(at(4)).unwrap().0;
    done(&*store, going_on(&make, &opening)).await;
    done(&*store, make.writing([write(&opened)])).await;
    done(&*store, make.claiming([claim(&last, make.holder(), 9)])).await;
    done(&*store, late).await;
}

/// Many want places while the time is closed: whoever is answered after the closing was, gets none; and what the closing's
/// own look finds afterwards is all there is.
pub async fn closes_while_many_book<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Arc::new(Maker::default());
    let closing = planned(&make, 0, 600);
    done(&*store, make.writing([write(&closing)])).await;
    let rivals: Vec<_> = (0..32)
        .map(|n| {
            let (store, make) = (Arc::clone(&store), Arc::clone(&make));
            tokio::spawn(async move {
                let change = make.claiming([claim(&slot("SPR", n * 15), make.holder(), 1)]);
                store.commit(change).await.is_ok()
            })
        })
        .collect();
    done(&*store, going_on(&make, &begun(&closing))).await;
    let mut got = 0;
    for rival in rivals {
        got += u32::from(rival.await.unwrap());
    }
    let taken = store.taken(&office("SPR"), at(0), at(600)).await.unwrap();
    assert_eq!(taken.counts.values().sum::<u32>(), got);
    for n in 0..32 {
        let change = make.claiming([claim(&slot("SPR", n * 15), make.holder(), 9)]);
        assert!(matches!(refused(&*store, change).await, Conflict::Full { .. }));
    }
}

/// A visit that stands in time that was closed, and a closing that nothing goes on with, are told.
pub async fn reports_a_closing_that_lost_somebody<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let inquiry = make.inquiry(0);
    done(&*store, make.writing([fixtures::write(&inquiry)])).await;
    let mut change = make.change();
    fixtures::book(&mut change, &inquiry, &make.appointment("SPR", 600));
    done(&*store, change).await;
    let closing = planned(&make, 590, 700);
    done(&*store, make.writing([write(&closing)])).await;
    let next = begun(&closing);
    done(&*store, make.writing([write(&next)])).await;
    assert_eq!(found(&*store).await, [Broken::Idle { closing: closing.id }]);
    done(&*store, going_on(&make, &next.onward())).await;
    assert_eq!(found(&*store).await, []);
    let closed = next.onward().closed(at(9)).unwrap().0;
    done(&*store, make.writing([write(&closed)])).await;
    assert_eq!(found(&*store).await, [Broken::Shut { inquiry: inquiry.id, closing: closing.id }]);
}
