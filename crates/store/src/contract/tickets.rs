//! Tickets: each office counts its own, day by day, and gives each number once.

use super::{Engine, done, fixtures, refused};
use crate::{CommitError, Conflict};
use domain::{
    change::{Change, Write},
    tickets::Tickets,
};
use fixtures::{Maker, at, claim, office, read_entry, slot};
use jiff::civil::{Date, date};
use std::{collections::BTreeSet, sync::Arc};

const MONDAY: Date = date(2031, 3, 3);

fn drawing(make: &Maker, code: &str, day: Date, given: u64) -> Change {
    make.writing([Write::Tickets(Tickets::next(office(code), day, given))])
}

/// Only the next one can be had; what comes with another's ticket is not done.
pub async fn gives_the_next_ticket_only<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let given = async |code, day| store.tickets(&office(code), day).await.unwrap();
    assert_eq!(given("SPR", MONDAY).await, 0);
    done(&*store, drawing(&make, "SPR", MONDAY, 0)).await;
    done(&*store, drawing(&make, "SPR", MONDAY, 1)).await;
    for old in [0, 1, 3] {
        let mut late = drawing(&make, "SPR", MONDAY, old);
        late.claims.push(claim(&slot("SPR", 0), make.holder(), 1));
        late.journal.push(read_entry(None));
        assert_eq!(refused(&*store, late).await, Conflict::TicketTaken);
    }
    assert_eq!(store.journal_end().await.unwrap().0, 0);
    assert!(store.taken_anywhere(at(-9), at(9)).await.unwrap().counts.is_empty());
    // Another office and another day count for themselves.
    done(&*store, drawing(&make, "LAK", MONDAY, 0)).await;
    let tuesday = MONDAY.tomorrow().unwrap();
    done(&*store, drawing(&make, "SPR", tuesday, 0)).await;
    assert_eq!(
        (given("SPR", MONDAY).await, given("SPR", tuesday).await, given("LAK", MONDAY).await),
        (2, 1, 1)
    );
}

/// Sixty-four draw at once, and draw again until they have one: no number twice, none left out.
pub async fn gives_each_ticket_once<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Arc::new(Maker::default());
    let draws: Vec<_> = (0..64)
        .map(|_| {
            let (store, make) = (Arc::clone(&store), Arc::clone(&make));
            tokio::spawn(async move {
                loop {
                    let given = store.tickets(&office("SPR"), MONDAY).await.unwrap();
                    match store.commit(drawing(&make, "SPR", MONDAY, given)).await {
                        Ok(_) => break given + 1,
                        Err(CommitError::Conflict(Conflict::TicketTaken)) => {}
                        Err(other) => panic!("{other:?}"),
                    }
                }
            })
        })
        .collect();
    let mut tickets = BTreeSet::new();
    for draw in draws {
        assert!(tickets.insert(draw.await.unwrap()));
    }
    assert!(tickets.into_iter().eq(1..=64));
}
