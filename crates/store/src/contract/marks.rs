//! The codes on messages and calls that went out.

use super::{Engine, done, fixtures, retention::forget};
use domain::{
    change::Write,
    mark::{KEPT_DAYS, Mark, MarkCode, MarkedWay},
};
use fixtures::{Maker, at};

fn mark(mac: u64, way: MarkedWay, minutes: i64) -> Mark {
    Mark { code: MarkCode::from_mac(mac), way, at: at(minutes) }
}

/// What went out under a code is found by it, as it went out last; a code that nothing went out under finds nothing.
pub async fn knows_what_went_out_under_a_code<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let all = [
        mark(1, MarkedWay::Email, 1),
        mark(2, MarkedWay::Text, 2),
        mark(3, MarkedWay::Post, 3),
        mark(4, MarkedWay::Call, 4),
    ];
    done(&*store, make.writing(all.map(Write::Mark))).await;
    for mark in all {
        assert_eq!(store.mark(mark.code).await.unwrap(), Some(mark));
    }
    assert_eq!(store.mark(MarkCode::from_mac(5)).await.unwrap(), None);
    let later = mark(2, MarkedWay::Text, 9);
    done(&*store, make.writing([Write::Mark(mark(2, MarkedWay::Text, 8)), Write::Mark(later)])).await;
    assert_eq!(store.mark(later.code).await.unwrap(), Some(later));
}

/// With a notice, many at once: each finds its own.
pub async fn keeps_codes_beside_what_they_stand_on<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let mut all = Vec::new();
    let changes: Vec<_> = (0..16_u64)
        .map(|n| {
            let inquiry = make.inquiry(0);
            let mut notice = make.notice(inquiry.id, 0);
            notice.delivery = domain::notice::Delivery::Sent { at: at(1), receipt: "1".to_owned() };
            let mark = mark(100 + n, MarkedWay::Email, 1);
            all.push((notice.clone(), mark));
            make.writing([fixtures::write(&inquiry), Write::Notice(Box::new(notice)), Write::Mark(mark)])
        })
        .collect();
    let tasks: Vec<_> = changes
        .into_iter()
        .map(|change| {
            let store = store.clone();
            tokio::spawn(async move { store.commit(change).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    for (notice, mark) in all {
        assert_eq!(store.notice(notice.id).await.unwrap(), Some(notice));
        assert_eq!(store.mark(mark.code).await.unwrap(), Some(mark));
    }
}

/// After a year it is forgotten.
pub async fn forgets_codes_after_a_year<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (old, young) = (mark(1, MarkedWay::Text, 1), mark(2, MarkedWay::Text, 2));
    done(&*store, make.writing([old, young].map(Write::Mark))).await;
    let year = KEPT_DAYS * 24 * 60;
    assert_eq!(store.tidy(&forget(year)).await.unwrap(), 0);
    assert_eq!(store.tidy(&forget(year + 1)).await.unwrap(), 1);
    assert_eq!(store.mark(old.code).await.unwrap(), None);
    assert_eq!(store.mark(young.code).await.unwrap(), Some(young));
}
