use super::*;
use crate::codes::QueueCode;
use std::collections::BTreeSet;

fn id(n: u8) -> StaffId {
    StaffId::new("2026-11-24T17:00:00Z".parse().unwrap(), &[n; 10])
}

fn account() -> Account {
    Account {
        sign_in: "j.lee".to_owned(),
        name: "J. Lee".to_owned(),
        roles: vec![Role::Officer],
        office: None,
        langs: vec![Lang::en(), Lang::es()],
        takes: None,
    }
}

fn hash(text: &str) -> PasswordHash {
    PasswordHash(text.to_owned())
}

#[test]
fn what_does_not_fit_is_named() {
    assert_eq!(account().faults(), []);
    let none = Account { sign_in: "x".into(), name: String::new(), roles: vec![], ..account() };
    assert_eq!(none.faults(), [AccountFault::SignIn, AccountFault::Name, AccountFault::NoRole]);
    let spaced = Account { sign_in: "j lee".into(), ..account() };
    assert_eq!(spaced.faults(), [AccountFault::SignIn]);
    let clerk = Account { roles: vec![Role::Clerk], ..account() };
    assert_eq!(clerk.faults(), [AccountFault::NoOffice]);
    let los = Account { office: Some("LOS".parse().unwrap()), ..clerk };
    assert_eq!(los.faults(), []);
}

#[test]
fn what_was_given_besides_stays() {
    let mut old = account().over(None, id(1), hash("one"));
    old.rights.insert(crate::actor::Right::Protected);
    old.takes.queues = BTreeSet::from(["operators".parse::<QueueCode>().unwrap()]);
    old.first_password = Some("2026-11-27T17:00:00Z".parse().unwrap());
    let new = account().over(Some(&old), old.id, old.password.clone());
    assert_eq!(new, Staff { version: 2, ..old.clone() });
    let none = Account { takes: Some(Takes::default()), ..account() };
    let new = none.over(Some(&old), old.id, hash("two"));
    assert_eq!((new.takes, new.first_password), (Takes::default(), None));
}

#[test]
fn nobody_raises_themselves() {
    let before = account().over(None, id(1), hash("one"));
    let more = Account { roles: vec![Role::Officer, Role::Administrator], ..account() };
    assert_eq!(more.may_replace(id(1), &before), Err(AccountRefused::Own));
    assert_eq!(more.may_replace(id(2), &before), Ok(()));
    let moved = Account { office: Some("LOS".parse().unwrap()), ..account() };
    assert_eq!(moved.may_replace(id(1), &before), Err(AccountRefused::Own));
    // Their name, their languages and what calls they take are no power.
    let named = Account { name: "Jo Lee".into(), langs: vec![Lang::es()], ..account() };
    assert_eq!(named.may_replace(id(1), &before), Ok(()));
    assert_eq!(may_rule(id(1), &before), Err(AccountRefused::Own));
    assert_eq!(may_rule(id(2), &before), Ok(()));
}

#[test]
fn what_the_provider_says_is_not_said_here() {
    let before = account().over(None, id(1), PasswordHash::provider());
    let named = Account { name: "Jo Lee".into(), ..account() };
    assert_eq!(named.may_replace(id(2), &before), Err(AccountRefused::Provider));
    let takes = Takes { queues: BTreeSet::from(["operators".parse().unwrap()]), ..Takes::default() };
    let taking = Account { takes: Some(takes), langs: vec![Lang::es(), Lang::en()], ..account() };
    assert_eq!(taking.may_replace(id(2), &before), Ok(()), "the order of languages says nothing");
    assert_eq!(may_rule(id(2), &before), Err(AccountRefused::Provider));
    let closed = Staff { active: false, ..before };
    assert_eq!(taking.may_replace(id(2), &closed), Err(AccountRefused::Closed));
}

#[test]
fn a_password_is_long_and_not_what_is_expected() {
    let fault = |password: &str| password_fault(password, "j.lee");
    assert_eq!(fault("correct horse battery"), None);
    assert_eq!(fault("пароль-из-многих-букв"), None, "characters count, not bytes");
    assert_eq!(fault("correct horse"), Some(PasswordFault::TooShort));
    assert_eq!(fault(&"correct horse".repeat(20)), Some(PasswordFault::TooLong));
    assert_eq!(fault("abababababababab"), Some(PasswordFault::Simple));
    assert_eq!(fault("my name is J.Lee of Reno"), Some(PasswordFault::Named));
    assert_eq!(password_fault("long enough for anybody", "an"), None, "two letters stand in every text");
}

#[test]
fn no_program_acts_in_the_name_of_somebody_who_did_not_let_it_in() {
    let theirs = account().over(None, id(1), hash("one"));
    assert_eq!(may_let_in(id(1), &theirs), Ok(()));
    assert_eq!(may_let_in(id(2), &theirs), Err(AccountRefused::Theirs));
    let until = Some("2026-11-27T17:00:00Z".parse().unwrap());
    let machine = Staff { first_password: until, ..theirs.clone() };
    assert_eq!(may_let_in(id(2), &machine), Ok(()), "nobody has chosen its password");
    assert_eq!(may_let_in(id(2), &Staff { active: false, ..machine }), Err(AccountRefused::Closed));
    let told = Staff { password: PasswordHash::provider(), ..theirs };
    assert_eq!(may_let_in(id(2), &told), Err(AccountRefused::Theirs));
}
