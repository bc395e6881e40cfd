//! Programs that are told what happens: one teller at a time, and nothing between two tellers is lost.

use super::{Engine, fixtures};
use domain::{
    change::Write,
    hook::{Hook, HookAct, HookFailure, HookState},
    journal::Seq,
};
use fixtures::{Maker, at};
use jiff::SignedDuration;
use std::sync::Arc;

const TAKE: HookAct = HookAct::Take { lease: SignedDuration::from_secs(60) };

/// One that is new begins at the journal's end, and of many who would tell it one does.
pub async fn lets_one_teller_have_a_hook<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let staff = make.staff("Ana");
    store.commit(make.writing([Write::Staff(Box::new(staff))])).await.unwrap();
    let end = store.journal_end().await.unwrap();
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { store.hook("register", TAKE, at(0)).await.unwrap() })
        })
        .collect();
    let mut taken = Vec::new();
    for task in tasks {
        taken.extend(task.await.unwrap());
    }
    let [hook] = &taken[..] else { panic!("{} tell it", taken.len()) };
    assert_eq!(hook.after, end);
    assert_eq!(store.hooks().await.unwrap(), [("register".to_owned(), hook.clone())].into());
    assert!(store.hook("another", TAKE, at(0)).await.unwrap().is_some());
}

/// What a teller says is kept; what an earlier one says is not.
pub async fn keeps_how_far_a_hook_was_told<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let late = store.hook("register", TAKE, at(0)).await.unwrap().unwrap();
    let mine = store.hook("register", TAKE, at(2)).await.unwrap().unwrap();
    let told = |hook: &Hook, n| HookAct::Told { fence: hook.fence, through: Seq(n), sent: true };
    assert_eq!(store.hook("register", told(&late, 9), at(2)).await.unwrap(), None);
    let kept = store.hook("register", told(&mine, 5), at(2)).await.unwrap().unwrap();
    assert_eq!((kept.after, kept.told), (Seq(5), Some(at(2))));
    let mine = store.hook("register", TAKE, at(3)).await.unwrap().unwrap();
    let why = HookFailure::Status(500);
    let failed = HookAct::Failed { fence: mine.fence, why, chance: 0 };
    store.hook("register", failed, at(3)).await.unwrap().unwrap();
    let kept = store.hooks().await.unwrap().remove("register").unwrap();
    assert!(matches!(kept.state, HookState::Failing { tries: 1, .. }), "{kept:?}");
    // An administrator's word is a change like any other.
    let make = Maker::default();
    let again = Write::Hook { name: "register".to_owned(), after: Seq(1) };
    store.commit(make.writing([again])).await.unwrap();
    let kept = store.hooks().await.unwrap().remove("register").unwrap();
    assert_eq!((kept.after, kept.state), (Seq(1), HookState::Well));
    assert_eq!(store.hook("register", told(&mine, 5), at(4)).await.unwrap(), None, "whoever told it before");
}
