//! Handovers of many calls: kept whole, found by themselves and by when they were proposed.

use super::{Engine, done, fixtures, refused, retention};
use crate::{Conflict, Handovers};
use domain::{
    actor::Actor,
    change::Write,
    handover::{HandedCall, Handover, NewHandover, Target, Whose},
    ids::{CallbackId, HandoverId, InquiryId},
    number::InquiryNumber,
    retention::RecordClass,
};
use fixtures::{Maker, at};

fn proposed(make: &Maker, minute: i64) -> Handover {
    proposed_of(make, minute, InquiryId::new(at(0), &make.chance()))
}

fn proposed_of(make: &Maker, minute: i64, inquiry: InquiryId) -> Handover {
    let call = HandedCall {
        inquiry,
        number: InquiryNumber::from_chance(7),
        callback: CallbackId::new(at(0), &make.chance()),
        came: None,
    };
    let new = NewHandover {
        whose: Whose::Officer { officer: make.officer() },
        from: at(60),
        until: at(120),
        target: Target::Pool,
        because: "Ill".to_owned(),
    };
    let id = HandoverId::new(at(minute), &make.chance());
    Handover::propose(id, new, vec![call], Actor::system("propose"), at(minute)).unwrap().0
}

fn write(handover: &Handover) -> Write {
    Write::Handover(Box::new(handover.clone()))
}

/// Only the version that follows is written, and the newest are listed first.
pub async fn keeps_handovers<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (early, late) = (proposed(&make, 1), proposed(&make, 5));
    done(&*store, make.writing([write(&late), write(&early)])).await;
    let one = async || store.handovers(Handovers::One(early.id), 9).await.unwrap().into_iter().next();
    assert_eq!(one().await.as_ref(), Some(&early));
    let listed = async |since, limit| store.handovers(Handovers::Since(at(since)), limit).await.unwrap();
    assert_eq!(listed(0, 9).await, [late.clone(), early.clone()]);
    assert_eq!(listed(0, 1).await, std::slice::from_ref(&late));
    assert_eq!(listed(1, 9).await, std::slice::from_ref(&late), "the moment itself is not after it");
    let gone = early.withdraw(Actor::system("withdraw"), at(6)).unwrap().0;
    done(&*store, make.writing([write(&gone)])).await;
    assert_eq!(one().await, Some(gone.clone()));
    for stale in [&early, &gone] {
        let change = make.writing([write(stale)]);
        assert_eq!(refused(&*store, change).await, Conflict::Stale { record: "handover" });
    }
}

/// What was proposed long enough ago goes, unless a call of it is about an inquiry under legal hold.
pub async fn forgets_handovers<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let inquiry = make.inquiry(0);
    done(&*store, make.writing([fixtures::write(&inquiry)])).await;
    let held = inquiry.hold(retention::hold()).unwrap();
    done(&*store, make.writing([fixtures::write(&held)])).await;
    let (old, kept, new) = (proposed(&make, 1), proposed_of(&make, 1, inquiry.id), proposed(&make, 5));
    done(&*store, make.writing([write(&old), write(&kept), write(&new)])).await;
    let year = 366 * 24 * 60;
    let due = async |now| store.due(None, &retention::forget(now)).await.unwrap()[&RecordClass::Handovers];
    let ids = async || {
        let all = store.handovers(Handovers::Since(at(0)), 9).await.unwrap();
        all.into_iter().map(|one| one.id).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!((due(year).await, due(year + 1).await), (0, 1));
    assert_eq!(store.tidy(&retention::forget(year)).await.unwrap(), 0);
    assert_eq!(store.tidy(&retention::forget(year + 1)).await.unwrap(), 1);
    assert_eq!(ids().await, [kept.id, new.id].into());
    let lifted = held.lift().unwrap();
    done(&*store, make.writing([fixtures::write(&lifted)])).await;
    assert_eq!(due(year + 5).await, 2);
    assert_eq!(store.tidy(&retention::forget(year + 5)).await.unwrap(), 2);
    assert!(ids().await.is_empty());
}
