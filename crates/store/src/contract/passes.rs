//! What opens one thing to a program: a person's inquiry, a calendar.

use super::{Engine, done, fixtures, refused, retention::forget};
use crate::Conflict;
use domain::{
    change::Write,
    erasure::Traces,
    ids::{InquiryId, PassId, StaffId},
    pass::{Pass, PassFor, PassOf},
};
use fixtures::{Maker, at};

fn pass(n: u8, of: PassOf, what: PassFor) -> Pass {
    Pass::begin(PassId::new(at(i64::from(n)), &[n; 10]), format!("pass-{n}"), of, what, at(0))
}

/// A pass is found by its token alone, is on its owner's list, and is gone when it was ended; no token opens two things.
pub async fn keeps_passes_of_their_owners<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (inquiry, staff) = (InquiryId::new(at(0), &[1; 10]), StaffId::new(at(0), &[2; 10]));
    let (theirs, own) = (PassOf::Inquiry(inquiry), PassOf::Staff(staff));
    let all = [
        pass(1, theirs, PassFor::Program),
        pass(2, theirs, PassFor::Calendar),
        pass(3, own, PassFor::Calendar),
    ];
    done(&*store, make.writing(all.clone().map(|pass| Write::Pass(Box::new(pass))))).await;
    for pass in &all {
        assert_eq!(store.pass(&pass.token_hash).await.unwrap().as_ref(), Some(pass));
    }
    assert_eq!(store.pass("pass-4").await.unwrap(), None);
    assert_eq!(store.pass("pass\0").await.unwrap(), None);
    assert_eq!(store.passes_of(theirs).await.unwrap(), all[..2]);
    assert_eq!(store.passes_of(own).await.unwrap(), all[2..]);
    let mut twin = pass(4, own, PassFor::Calendar);
    twin.token_hash.clone_from(&all[0].token_hash);
    let met = refused(&*store, make.writing([Write::Pass(Box::new(twin))])).await;
    assert!(matches!(met, Conflict::Stale { record: "pass" }), "{met:?}");
    for _ in 0..2 {
        done(&*store, make.writing([Write::EndPass(all[0].id)])).await;
        assert_eq!(store.pass(&all[0].token_hash).await.unwrap(), None);
    }
    assert_eq!(store.passes_of(theirs).await.unwrap(), all[1..2]);
}

/// What is over is forgotten, and what was an erased inquiry's goes with it.
pub async fn forgets_passes_that_are_over<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (one, other) = (InquiryId::new(at(0), &[1; 10]), InquiryId::new(at(0), &[2; 10]));
    let short = pass(1, PassOf::Inquiry(one), PassFor::Program);
    let long = pass(2, PassOf::Inquiry(one), PassFor::Calendar);
    let others = pass(3, PassOf::Inquiry(other), PassFor::Calendar);
    let all = [&short, &long, &others].map(|pass| Write::Pass(Box::new(pass.clone())));
    done(&*store, make.writing(all)).await;
    store.tidy(&forget(60)).await.unwrap();
    assert_eq!(store.passes_of(PassOf::Inquiry(one)).await.unwrap(), [long]);
    let traces = Traces { inquiry: one, number: None };
    done(&*store, make.writing([Write::Traces(Box::new(traces))])).await;
    assert_eq!(store.passes_of(PassOf::Inquiry(one)).await.unwrap(), []);
    assert_eq!(store.passes_of(PassOf::Inquiry(other)).await.unwrap(), [others]);
}
