//! A command that is repeated answers as before, and does nothing.

use super::{Engine, done, fixtures, refused};
use crate::Conflict;
use domain::{actor::Actor, change::Write};
use fixtures::{Maker, claim, read_entry, slot};
use serde_json::json;
use std::sync::Arc;

/// The repeat gives the first answer and place, whatever it now asks for.
pub async fn answers_a_repeat_as_before<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let mut change = make.claiming([claim(&slot("SPR", 0), make.holder(), 5)]);
    change.journal = vec![read_entry(None), read_entry(None)];
    change.answer = json!({ "number": "4821 0936", "parts": [1, 2, null] });
    let first = done(&*store, change.clone()).await;
    assert!(!first.repeated);
    assert_eq!(first.seq.0, 2);
    assert_eq!(first.answer, change.answer);

    let mut later = make.change();
    later.journal.push(read_entry(None));
    done(&*store, later).await;

    let mut again = change.clone();
    again.answer = json!("another");
    again.command.at = fixtures::at(500);
    let repeat = done(&*store, again).await;
    assert!(repeat.repeated);
    assert_eq!((repeat.seq, &repeat.answer), (first.seq, &first.answer));
    assert_eq!(store.journal_end().await.unwrap().0, 3);
    let taken = store.taken_anywhere(fixtures::at(0), fixtures::at(1)).await.unwrap();
    assert_eq!(taken.of(&slot("SPR", 0)), 1);

    let (key, actor) = (&change.command.key, &change.command.actor);
    assert_eq!(store.answered(key, actor).await.unwrap(), Some(repeat));
    let never = make.change();
    assert_eq!(store.answered(&never.command.key, actor).await.unwrap(), None);
}

/// Many at once under one key: one effect, one answer.
pub async fn keeps_one_effect_of_two_repeats_at_once<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    for round in 0..20 {
        let mut change = make.change();
        change.journal.push(read_entry(None));
        change.writes.push(Write::Person(Box::new(make.person())));
        change.answer = json!(round);
        let at_once = (0..2).map(|_| {
            let (store, change) = (Arc::clone(&store), change.clone());
            tokio::spawn(async move { store.commit(change).await.unwrap() })
        });
        let mut answers = Vec::new();
        for one in at_once.collect::<Vec<_>>() {
            answers.push(one.await.unwrap());
        }
        assert_eq!(answers.iter().filter(|a| a.repeated).count(), 1);
        assert_eq!(answers[0].seq, answers[1].seq);
        assert_eq!(answers[0].answer, json!(round));
        assert_eq!(answers[1].answer, json!(round));
        assert_eq!(store.journal_end().await.unwrap().0, round + 1);
    }
}

/// A conflict uses up no key: the same command, once it can be done, is done.
pub async fn does_a_refused_command_anew<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (place, first, second) = (slot("SPR", 0), make.holder(), make.holder());
    done(&*store, make.claiming([claim(&place, first, 1)])).await;
    let wanted = make.claiming([claim(&place, second, 1)]);
    for _ in 0..2 {
        assert_eq!(refused(&*store, wanted.clone()).await, Conflict::Full { slot: place.clone() });
    }
    assert_eq!(store.answered(&wanted.command.key, &wanted.command.actor).await.unwrap(), None);
    let mut free = make.change();
    free.releases.push(fixtures::release(&place, first));
    done(&*store, free).await;
    assert!(!done(&*store, wanted.clone()).await.repeated);
    assert!(done(&*store, wanted).await.repeated);
}

/// Another actor's key is refused; a member of staff stays the same under another name.
pub async fn keeps_a_key_for_its_actor<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let officer = make.officer();
    let mut change = make.change();
    change.command.actor = Actor::Staff { id: officer, name: "Sam Poe".to_owned() };
    done(&*store, change.clone()).await;
    for other in [
        Actor::Person,
        Actor::system("sweep"),
        Actor::Staff { id: make.officer(), name: "Sam Poe".to_owned() },
    ] {
        let mut theirs = change.clone();
        theirs.command.actor = other.clone();
        theirs.journal.push(read_entry(None));
        assert_eq!(refused(&*store, theirs).await, Conflict::KeyInUse);
        let asked = store.answered(&change.command.key, &other).await;
        assert!(matches!(asked, Err(crate::CommitError::Conflict(Conflict::KeyInUse))), "{asked:?}");
    }
    assert_eq!(store.journal_end().await.unwrap().0, 0);
    change.command.actor = Actor::Staff { id: officer, name: "Sam Doe".to_owned() };
    assert!(done(&*store, change).await.repeated);
}
