//! Who is too near to an inquiry gives back what they hold of it.

use super::*;
use crate::{
    change::JobKind,
    guard::{ConflictWhy, LiftWhy},
    notice::Carrier,
};

fn promised(owner: u8) -> Inquiry {
    let now = start();
    let id = CallbackId::new(now, &[4; 10]);
    fresh()
        .inquiry
        .promise(id, promise(now + minutes(120), Some(staff(owner))), officer(), now)
        .unwrap()
        .inquiry
}

#[test]
fn a_held_call_is_anybodys_and_stays_the_same_promise() {
    let now = start();
    let before = promised(1);
    let step = before.set_conflict(staff(1), ConflictWhy::Relative, now).unwrap();
    let (was, is) = (before.callback().unwrap(), step.inquiry.callback().unwrap());
    assert_eq!((is.owner, &is.window, is.id), (None, &was.window, was.id));
    assert_eq!(step.free, [Holder::from(was.id)], "their time is their own again");
    assert!(step.announce.is_empty() && step.releases.is_empty(), "the person's promise stands");
    let told = serde_json::to_string(&step.happened).unwrap();
    assert!(told.contains("conflict-set") && told.contains("callback-given"), "{told}");
    assert_eq!(
        step.inquiry.set_conflict(staff(1), ConflictWhy::Own, now).unwrap_err(),
        Refusal::NotOffered,
        "once is enough"
    );
    // Somebody else's promise is theirs.
    let step = before.set_conflict(staff(2), ConflictWhy::Own, now).unwrap();
    assert_eq!(step.inquiry.stage, before.stage);
    assert!(step.free.is_empty());
}

#[test]
fn whoever_dials_puts_the_receiver_down_and_the_promise_is_watched_again() {
    let from = start() + minutes(120);
    let calling = promised(1).start_call(staff(1), from).unwrap().inquiry;
    let step = calling.set_conflict(staff(1), ConflictWhy::Acquaintance, from).unwrap();
    let Stage::Promised(callback) = &step.inquiry.stage else { panic!("{:?}", step.inquiry.stage) };
    assert!(callback.owner.is_none() && callback.attempts.is_empty(), "nobody was called");
    let watch = JobKind::CallbackWatch { inquiry: calling.id, callback: callback.id }.key();
    assert!(step.jobs.iter().any(|job| job.kind.key() == watch), "somebody looks whether it is kept");
}

#[test]
fn only_another_person_takes_it_back() {
    let step = promised(1).set_conflict(staff(1), ConflictWhy::Own, start()).unwrap();
    let lift = |of, by: &Actor| step.inquiry.lift_conflict(staff(of), LiftWhy::Mistake, by);
    assert_eq!(lift(1, &officer()).unwrap_err(), Refusal::NotOffered);
    let supervisor = Actor::Staff { id: staff(9), name: "S. Visor".into() };
    assert_eq!(lift(2, &supervisor).unwrap_err(), Refusal::NotOffered, "nothing keeps them from it");
    let lifted = lift(1, &supervisor).unwrap().inquiry;
    assert!(lifted.guard.is_open());
    assert_eq!(lifted.callback().unwrap().owner, None, "what was given back stays given back");
}

/// What a counter is shown of somebody protected leads to nobody.
#[test]
fn a_veiled_inquiry_names_nobody() {
    let shown = promised(1).veiled();
    let text = serde_json::to_string(&shown).unwrap();
    for said in ["Ana", "Ruiz", "2025550101", "example.org", "blue river", "90012"] {
        assert!(!text.contains(said), "{said} in {text}");
    }
    assert_eq!(shown.stage.as_str(), "promised");
}

#[test]
fn somebody_protected_is_written_to_by_safe_ways_only_and_loses_no_call() {
    let now = start();
    let class: crate::codes::ClassCode = "vawa".parse().unwrap();
    let before = promised(1);
    assert!(before.guard.is_safe(Carrier::Text), "nothing is kept from who is not protected");
    let safe = BTreeSet::from([Carrier::Post]);
    let step = before.protect(class.clone(), safe.clone(), Some(staff(1)), now).unwrap();
    let after = &step.inquiry;
    assert_eq!(after.callback().unwrap().owner, None);
    assert!(after.guard.is_safe(Carrier::Post) && !after.guard.is_safe(Carrier::Text));
    let again = after.protect(class.clone(), safe, None, now);
    assert_eq!(again.unwrap_err(), Refusal::NotOffered, "nothing would change");
    let wider = after.protect(class, Carrier::WRITTEN.into(), None, now + minutes(5)).unwrap().inquiry;
    let said = wider.guard.protected.as_ref().unwrap();
    assert_eq!((said.at, said.safe.len()), (now, 3), "they are protected since the first time");
    let all = after.protect("t".parse().unwrap(), Carrier::ALL.into(), None, now).unwrap().inquiry;
    assert!(
        !all.guard.is_safe(Carrier::Call) && before.guard.is_safe(Carrier::Call),
        "no voice tells them anything"
    );
    // Whoever may see them goes on.
    assert_eq!(
        before.protect("t".parse().unwrap(), BTreeSet::new(), None, now).unwrap().inquiry.stage,
        before.stage
    );
    let open = wider.unprotect().unwrap().inquiry;
    assert!(open.guard.is_open());
    assert_eq!(open.unprotect().unwrap_err(), Refusal::NotOffered);
}
