//! The journal: everything that happened, once, in order, chained.

use super::{Engine, done, fixtures, refused};
use crate::{
    By, Sought, Store,
    chain::{self, Verified},
    search,
};
use domain::{
    actor::Actor,
    change::Change,
    ids::InquiryId,
    journal::{Happened, ReadWhat, Seq, Written},
};
use fixtures::{Maker, at, claim, read_entry, slot};
use std::sync::Arc;

fn noting(make: &Maker, inquiries: &[Option<InquiryId>]) -> Change {
    let mut change = make.change();
    change.journal.extend(inquiries.iter().map(|id| read_entry(*id)));
    change
}

async fn all(store: &dyn Store) -> Vec<Written> {
    store.journal(Seq(0), 10_000).await.unwrap()
}

fn verified(entries: &[Written]) -> Result<Seq, Seq> {
    let mut verifier = chain::Verifier::default();
    entries.iter().try_for_each(|entry| verifier.check(entry))?;
    Ok(verifier.reached())
}

/// A change's entries follow each other, with its actor and time; a refused change leaves no gap.
pub async fn writes_without_gaps_in_order<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    assert_eq!(store.journal_end().await.unwrap(), Seq(0));
    let inquiry = make.inquiry(0).id;
    let actor = Actor::Staff { id: make.officer(), name: "Sam Poe".to_owned() };
    let mut change = make.change_at(7);
    change.command.actor = actor.clone();
    change.note(Some(inquiry), Happened::LinkResent);
    change.note(None, Happened::SignedIn { with: None });
    change.note(Some(inquiry), Happened::PapersComplete);
    assert_eq!(done(&*store, change.clone()).await.seq, Seq(3));
    let mut full = noting(&make, &[None, None]);
    full.claims.push(claim(&slot("SPR", 0), make.holder(), 0));
    refused(&*store, full).await;
    assert_eq!(done(&*store, noting(&make, &[None])).await.seq, Seq(4));
    let written = all(&*store).await;
    assert_eq!(written.iter().map(|w| w.seq.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
    for (entry, meant) in written.iter().zip(&change.journal) {
        assert_eq!((&entry.entry, &entry.actor, entry.at), (meant, &actor, at(7)));
    }
    assert_eq!(store.journal_end().await.unwrap(), Seq(4));
}

/// Each hash covers the entry before it; a changed, missing or moved entry is found at its place.
pub async fn chains_what_it_writes<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let inquiry = make.inquiry(0).id;
    for _ in 0..5 {
        done(&*store, noting(&make, &[Some(inquiry), None])).await;
    }
    let written = all(&*store).await;
    assert_eq!(verified(&written), Ok(Seq(10)));
    let mut changed = written.clone();
    changed[4].entry.inquiry = Some(make.inquiry(0).id);
    assert_eq!(verified(&changed), Err(Seq(5)));
    let mut later = written.clone();
    later[6].at = at(99);
    assert_eq!(verified(&later), Err(Seq(7)));
    let mut missing = written.clone();
    missing.remove(2);
    assert_eq!(verified(&missing), Err(Seq(3)));
    let mut swapped = written;
    swapped.swap(7, 8);
    assert_eq!(verified(&swapped), Err(Seq(8)));
}

/// One inquiry's entries, and no other's.
pub async fn tells_the_story_of_one_inquiry<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (one, two) = (make.inquiry(0).id, make.inquiry(0).id);
    done(&*store, noting(&make, &[Some(one), Some(two), None, Some(one)])).await;
    done(&*store, noting(&make, &[Some(two), Some(one)])).await;
    let told = store.story(one).await.unwrap();
    assert_eq!(told.iter().map(|w| w.seq.0).collect::<Vec<_>>(), [1, 4, 6]);
    assert!(told.iter().all(|w| w.entry.inquiry == Some(one)));
    assert_eq!(store.story(make.inquiry(0).id).await.unwrap(), []);
}

/// A reader goes on after any entry, by parts of any size, and sees each entry once.
pub async fn resumes_from_any_entry<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    done(&*store, noting(&make, &[None; 23])).await;
    let written = all(&*store).await;
    for from in 0..=23_usize {
        let rest = store.journal(Seq(from as u64), 100).await.unwrap();
        assert_eq!(rest, written[from..]);
    }
    for step in [1, 4, 23] {
        let mut seen = Vec::new();
        loop {
            let after = seen.last().map_or(Seq(0), |w: &Written| w.seq);
            let part = store.journal(after, step).await.unwrap();
            assert!(part.len() <= step as usize);
            if part.is_empty() {
                break;
            }
            seen.extend(part);
        }
        assert_eq!(seen, written);
    }
    assert_eq!(store.journal(Seq(99), 5).await.unwrap(), []);
}

/// A change without entries is told the journal's end, and adds nothing.
pub async fn writes_nothing_for_a_change_without_entries<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    assert_eq!(done(&*store, make.change()).await.seq, Seq(0));
    done(&*store, noting(&make, &[None, None])).await;
    let mut signal = store.signal();
    assert_eq!(done(&*store, make.change()).await.seq, Seq(2));
    assert_eq!(store.journal_end().await.unwrap(), Seq(2));
    assert_eq!(all(&*store).await.len(), 2);
    let woken = tokio::time::timeout(std::time::Duration::from_millis(50), signal.changed()).await;
    assert!(woken.is_err(), "nothing happened, so nobody is woken");
}

/// The whole chain can be walked at once, and the last hash told.
pub async fn proves_it_from_what_is_stored<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    assert_eq!(store.verify_journal().await.unwrap(), Verified::default());
    let make = Maker::default();
    done(&*store, noting(&make, &[None, Some(make.inquiry(0).id), None])).await;
    let proved = store.verify_journal().await.unwrap();
    let last = all(&*store).await.pop().unwrap();
    assert_eq!(proved, Verified { whole: 3, hash: last.hash, broken: None });
}

/// Many at once, some refused: no gap, no fork, every acknowledged entry where it was said to be.
pub async fn stays_whole_under_many_writers<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Arc::new(Maker::default());
    let writers: Vec<_> = (0..8)
        .map(|n| {
            let (store, make) = (Arc::clone(&store), Arc::clone(&make));
            tokio::spawn(async move {
                let mut mine = Vec::new();
                for round in 0..25 {
                    let inquiry = make.inquiry(0).id;
                    let mut change = noting(&make, &[Some(inquiry), None]);
                    if (n + round) % 3 == 0 {
                        change.claims.push(claim(&slot("SPR", 0), make.holder(), 0));
                        refused(&*store, change).await;
                    } else {
                        mine.push((inquiry, done(&*store, change).await.seq));
                    }
                }
                mine
            })
        })
        .collect();
    let mut acknowledged = Vec::new();
    for writer in writers {
        acknowledged.extend(writer.await.unwrap());
    }
    let written = all(&*store).await;
    assert_eq!(verified(&written), Ok(Seq(2 * acknowledged.len() as u64)));
    for (inquiry, seq) in acknowledged {
        let at = usize::try_from(seq.0).unwrap();
        // The last of the change's two entries, right after its first.
        assert_eq!((written[at - 2].entry.inquiry, written[at - 1].entry.inquiry), (Some(inquiry), None));
    }
}

/// Entries are found by who, about what, what happened and when, the newest first, part by part until the beginning.
pub async fn is_searched_from_its_end<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (inquiry, other) = (make.inquiry(0).id, make.inquiry(0).id);
    let officer = make.officer();
    for n in 0..40 {
        let mut change = make.change();
        change.command.at = at(n);
        if n % 2 == 0 {
            change.command.actor = Actor::Staff { id: officer, name: "Ana".to_owned() };
        }
        let what = if n % 4 == 0 { Happened::Read { what: ReadWhat::Inquiry } } else { Happened::LinkResent };
        change.note(Some(if n % 8 == 0 { inquiry } else { other }), what);
        done(&*store, change).await;
    }
    let find = async |sought: Sought| {
        let (mut places, mut before) = (Vec::new(), None);
        loop {
            let found = search(&*store, &sought, before, 3).await.unwrap();
            assert!(found.rows.len() <= 3 && found.rows.iter().all(|row| sought.fits(row)));
            places.extend(found.rows.iter().map(|row| row.seq.0));
            before = found.on;
            if before.is_none() {
                return places;
            }
        }
    };
    let every = |step: u64| (0..40).rev().filter(move |n| n % step == 0).map(|n| n + 1).collect::<Vec<u64>>();
    assert_eq!(find(Sought::default()).await, every(1));
    assert_eq!(find(Sought { by: Some(By::Staff(officer)), ..Sought::default() }).await, every(2));
    assert_eq!(find(Sought { by: Some(By::Staff(make.officer())), ..Sought::default() }).await, [0; 0]);
    assert_eq!(find(Sought { act: Some("read".to_owned()), ..Sought::default() }).await, every(4));
    let both = Sought { inquiry: Some(inquiry), act: Some("read".to_owned()), ..Sought::default() };
    assert_eq!(find(both).await, every(8));
    let hours = Sought { from: Some(at(10)), to: Some(at(13)), ..Sought::default() };
    assert_eq!(find(hours).await, [13, 12, 11]);
}
