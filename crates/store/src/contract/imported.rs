//! Files that stand for the pack's tables, and the read that asks whom a new one touches.

use super::{Engine, done, fixtures, refused};
use crate::Conflict;
use domain::{
    change::{Change, Write},
    imported::{Imported, Table},
};
use fixtures::{Maker, at, next, write};
use std::collections::BTreeMap;

fn file(table: Table, version: u64, text: &str) -> Imported {
    Imported {
        table,
        version,
        rows: 2,
        hash: format!("hash of {text}"),
        text: text.to_owned(),
        as_of: (version > 1).then(|| jiff::civil::date(2031, 2, 28)),
        at: at(i64::try_from(version).unwrap()),
    }
}

fn importing(make: &Maker, files: &[&Imported]) -> Change {
    make.writing(files.iter().map(|file| Write::Imported(Box::new((*file).clone()))))
}

/// A file is kept to the letter, beside those of the other tables; a new one takes the place of its predecessor.
pub async fn keeps_one_file_for_a_table<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    assert_eq!(store.imported().await.unwrap(), []);
    assert_eq!(store.imported_versions().await.unwrap(), BTreeMap::new());
    let holidays = file(Table::Holidays, 1, "date,name_en\r\n2031-12-24,\u{feff}Día \"zwei\"\n\n");
    // The size of the largest table there is.
    let zips = file(Table::Zips, 1, &"00501,TRUE,NY,Suffolk\n".repeat(280_000));
    done(&*store, importing(&make, &[&holidays, &zips])).await;
    assert_eq!(store.imported().await.unwrap(), [zips, holidays.clone()]);
    let newer = file(Table::Zips, 2, "ZipCode\n");
    done(&*store, importing(&make, &[&newer])).await;
    assert_eq!(store.imported().await.unwrap(), [newer, holidays]);
    let versions = store.imported_versions().await.unwrap();
    assert_eq!(versions, BTreeMap::from([(Table::Zips, 2), (Table::Holidays, 1)]));
}

/// Of two imports of one table that were decided on the same predecessor, one has to look again.
pub async fn refuses_a_stale_file<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let stale = Conflict::Stale { record: "imported table" };
    assert_eq!(refused(&*store, importing(&make, &[&file(Table::Offices, 2, "b")])).await, stale);
    let (one, other) = (file(Table::Offices, 1, "a"), file(Table::Offices, 1, "b"));
    let (first, second) =
        tokio::join!(store.commit(importing(&make, &[&one])), store.commit(importing(&make, &[&other])));
    assert_eq!([&first, &second].iter().filter(|result| result.is_ok()).count(), 1);
    assert_eq!(store.imported().await.unwrap(), [if first.is_ok() { one } else { other }]);
    assert_eq!(refused(&*store, importing(&make, &[&file(Table::Offices, 1, "c")])).await, stale);
}

/// Every live inquiry comes once, in the order of identifiers, in whatever portions; none that is over.
pub async fn goes_through_what_is_live<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let all: Vec<_> = make.every_stage();
    done(&*store, make.writing(all.iter().map(write))).await;
    let mut live: Vec<_> = all.into_iter().filter(domain::inquiry::Inquiry::is_live).collect();
    live.sort_by_key(|inquiry| inquiry.id);
    assert_eq!(store.live_inquiries(None, 500).await.unwrap(), live);
    for limit in [1, 3] {
        let mut found = Vec::new();
        loop {
            let portion = store.live_inquiries(found.last().copied(), limit).await.unwrap();
            assert!(portion.len() <= usize::try_from(limit).unwrap());
            let Some(_) = portion.last() else { break };
            found.extend(portion.iter().map(|inquiry| inquiry.id));
        }
        assert_eq!(found, live.iter().map(|inquiry| inquiry.id).collect::<Vec<_>>());
    }
    let closing = domain::inquiry::Closing::ByMail;
    let over = next(&live[0], domain::inquiry::Stage::Closed { at: at(9), closing });
    done(&*store, make.writing([write(&over)])).await;
    assert_eq!(store.live_inquiries(None, 500).await.unwrap(), live[1..]);
}

/// What was opened in a stretch of time comes in its order, whatever has become of it, and is counted.
pub async fn goes_through_what_was_opened<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let all: Vec<_> = [3, 1, 2].map(|minute| make.inquiry(minute)).into();
    done(&*store, make.writing(all.iter().map(write))).await;
    let closing = domain::inquiry::Closing::ByMail;
    let over = next(&all[1], domain::inquiry::Stage::Closed { at: at(9), closing });
    done(&*store, make.writing([write(&over)])).await;
    let opened = async |from, to, limit| store.inquiries_opened(at(from), at(to), limit).await.unwrap();
    assert_eq!(opened(1, 4, 9).await, [over.clone(), all[2].clone(), all[0].clone()]);
    assert_eq!(opened(1, 3, 9).await, [over.clone(), all[2].clone()]);
    assert_eq!(opened(0, 9, 1).await, [over]);
    assert_eq!(store.count_opened(at(1), at(3)).await.unwrap(), 2);
    assert_eq!(store.count_opened(at(4), at(9)).await.unwrap(), 0);
}
