//! Sessions and programs' tokens, as their owner sees them.

use super::{Engine, done, fixtures};
use domain::{
    change::Write,
    session::{Program, Scope},
};
use fixtures::Maker;

/// Everything that acts for a member of staff is on their list, and nothing of anybody else.
pub async fn lists_the_sessions_of_a_member_of_staff<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (first, mut second, other) = (make.session(0, 600), make.session(0, 600), make.session(0, 600));
    second.staff = first.staff;
    second.program = Some(Program { name: "nightly export".to_owned(), scopes: [Scope::Read].into() });
    assert_eq!(store.sessions_of(first.staff).await.unwrap(), []);
    let all = [&second, &first, &other].map(|session| Write::Session(Box::new(session.clone())));
    done(&*store, make.writing(all)).await;
    let mut both = vec![first.clone(), second.clone()];
    both.sort_by_key(|session| session.id);
    assert_eq!(store.sessions_of(first.staff).await.unwrap(), both);
    assert_eq!(store.sessions_of(other.staff).await.unwrap(), [other]);
    done(&*store, make.writing([Write::EndSession(first.id)])).await;
    assert_eq!(store.sessions_of(first.staff).await.unwrap(), [second]);
}
