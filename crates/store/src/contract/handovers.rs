//! Handovers of many calls: kept whole, found by themselves and by when they were proposed.

use super::{Engine, done, fixtures, refused};
use crate::{Conflict, Handovers};
use domain::{
    actor::Actor,
    change::Write,
    handover::{HandedCall, Handover, NewHandover, Target, Whose},
    ids::{CallbackId, HandoverId, InquiryId},
    number::InquiryNumber,
};
use fixtures::{Maker, at};

fn proposed(make: &Maker, minute: i64) -> Handover {
    let call = HandedCall {
        inquiry: InquiryId::new(at(0), &make.chance()),
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
