//! What a member of staff gets in with: sessions and programs' tokens as their owner sees them, and second proofs.

use super::{Engine, done, fixtures};
use crate::{CommitError, Conflict};
use domain::{
    change::Write,
    federated::{Federated, FederatedKey},
    second::{CodeApp, Passkey, Proofs},
    session::{Program, Scope, SessionsOf},
};
use fixtures::Maker;

/// Everything that acts for a member of staff is on their list, and nothing of anybody else.
pub async fn lists_the_sessions_of_a_member_of_staff<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (first, mut second, other) = (make.session(0, 600), make.session(0, 600), make.session(0, 600));
    second.staff = first.staff;
    second.program =
        Some(Program { name: "nightly export".to_owned(), scopes: [Scope::Read].into(), by: None });
    assert_eq!(store.sessions_of(first.staff.into()).await.unwrap(), []);
    let all = [&second, &first, &other].map(|session| Write::Session(Box::new(session.clone())));
    done(&*store, make.writing(all)).await;
    let mut both = vec![first.clone(), second.clone()];
    both.sort_by_key(|session| session.id);
    assert_eq!(store.sessions_of(first.staff.into()).await.unwrap(), both);
    assert_eq!(store.sessions_of(other.staff.into()).await.unwrap(), [other]);
    assert_eq!(
        store.sessions_of(SessionsOf::Programs).await.unwrap(),
        [second.clone()],
        "no browser is among them"
    );
    done(&*store, make.writing([Write::EndSession(first.id)])).await;
    assert_eq!(store.sessions_of(first.staff.into()).await.unwrap(), [second]);
}

/// Proofs are kept whole and each is written over the one that was read: a code that two take at once opens once.
pub async fn keeps_the_proofs_of_a_member_of_staff<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (staff, other) = (make.officer(), make.officer());
    assert_eq!(store.proofs(staff).await.unwrap(), None);
    let mut first = Proofs::none(staff).next();
    first.app = Some(CodeApp { sealed: "sealed".to_owned(), since: fixtures::at(0), step: 3 });
    first.recovery = ["a".to_owned(), "b".to_owned()].into();
    first.passkeys.push(Passkey {
        id: "id".to_owned(),
        name: "Teléfono".to_owned(),
        key: "key".to_owned(),
        count: 7,
        since: fixtures::at(0),
        used: Some(fixtures::at(1)),
    });
    let write = |proofs: &Proofs| make.writing([Write::Proofs(Box::new(proofs.clone()))]);
    done(&*store, write(&first)).await;
    assert_eq!(store.proofs(staff).await.unwrap().as_ref(), Some(&first));
    assert_eq!(store.proofs(other).await.unwrap(), None);
    let mut second = first.next();
    assert!(second.take_recovery("a"));
    done(&*store, write(&second)).await;
    let stale = store.commit(write(&second)).await.unwrap_err();
    assert!(matches!(stale, CommitError::Conflict(Conflict::Stale { .. })), "{stale}");
    assert_eq!(store.proofs(staff).await.unwrap(), Some(second));
}

/// An identity at a provider is one account's, whoever else claims it afterwards.
pub async fn keeps_whose_account_an_identity_is<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (one, other) = (make.staff("ana"), make.staff("bo"));
    let key = FederatedKey::of("https://id.agency.example", "7");
    assert_eq!(store.staff_federated(&key).await.unwrap(), None);
    let write = |staff| Write::Federated(Federated { key: key.clone(), staff });
    done(&*store, make.writing([Write::Staff(Box::new(one.clone())), write(one.id)])).await;
    let second = make.writing([Write::Staff(Box::new(other.clone())), write(other.id)]);
    let stale = store.commit(second).await.unwrap_err();
    assert!(matches!(stale, CommitError::Conflict(Conflict::Stale { .. })), "{stale}");
    assert_eq!(store.staff_federated(&key).await.unwrap(), Some(one));
    assert_eq!(store.staff(other.id).await.unwrap(), None, "all of a change or nothing");
    assert_eq!(
        store.staff_federated(&FederatedKey::of("https://id.agency.example", "8")).await.unwrap(),
        None
    );
}
