//! Versions of policies and of files of the pack that are made at the desk.

use super::{Engine, done, fixtures, refused};
use crate::{Conflict, Revisions};
use domain::{
    actor::Actor,
    change::Write,
    decision::DecisionKind,
    ids::RevisionId,
    revision::{Named, PackFile, Revision, Starts, Subject},
};
use fixtures::{Maker, at};
use jiff::civil::date;
use std::collections::BTreeMap;

fn draft(make: &Maker, subject: Subject, minute: i64) -> Revision {
    let id = RevisionId::new(at(minute), &make.chance());
    let text = "why = { es = \"Día «uno» \u{feff}\" }\r\n".to_owned();
    Revision::begin(id, subject, "2031-01".into(), text, Actor::system("a"), at(minute)).unwrap().0
}

fn named(name: &str) -> Named {
    Named { text: "policy = 1\n".into(), name: name.into(), hash: "00".into() }
}

fn proposed(draft: &Revision, name: &str) -> Revision {
    let because = Some("A new law.".to_owned());
    draft.propose(named(name), Starts::Now, because, date(2031, 1, 1), Actor::system("a"), at(2)).unwrap().0
}

fn approved(proposal: &Revision, name: &str) -> Revision {
    proposal.approve(named(name), date(2031, 1, 1), Actor::system("b"), at(3)).unwrap().0
}

fn write(revision: &Revision) -> Write {
    Write::Revision(Box::new(revision.clone()))
}

/// Each is found by itself and among those that are open or stand; only the version that follows is written.
pub async fn keeps_versions_of_policies<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let first = draft(&make, Subject::File(PackFile::Prompts("es".parse().unwrap())), 1);
    let second = draft(&make, Subject::Policy(DecisionKind::Fit), 2);
    done(&*store, make.writing([write(&second), write(&first)])).await;
    assert_eq!(store.revision(first.id).await.unwrap().as_ref(), Some(&first));
    let open = async |limit| store.revisions(Revisions::Open, limit).await.unwrap();
    assert_eq!(open(9).await, [first.clone(), second.clone()]);
    assert_eq!(open(1).await, std::slice::from_ref(&second));
    assert_eq!(store.standing_revisions().await.unwrap(), BTreeMap::new());
    let proposal = proposed(&first, "2031-02");
    done(&*store, make.writing([write(&proposal)])).await;
    assert_eq!(open(9).await, [proposal.clone(), second.clone()]);
    let stands = approved(&proposal, "2031-02");
    done(&*store, make.writing([write(&stands)])).await;
    assert_eq!(open(9).await, std::slice::from_ref(&second));
    assert_eq!(store.revisions(Revisions::Standing, 9).await.unwrap(), std::slice::from_ref(&stands));
    assert_eq!(store.standing_revisions().await.unwrap(), BTreeMap::from([(stands.id, 3)]));
    for stale in [&first, &proposal, &stands] {
        let met = refused(&*store, make.writing([write(stale)])).await;
        assert_eq!(met, Conflict::Stale { record: "revision" });
    }
    let (dropped, _) = second.give_up(Actor::system("a"), at(4)).unwrap();
    done(&*store, make.writing([write(&dropped)])).await;
    assert_eq!(open(9).await, []);
    assert_eq!(store.revision(second.id).await.unwrap(), Some(dropped));
}

/// No two versions of a policy are called the same while they are proposed or stand, also when both are proposed at once.
pub async fn calls_one_version_by_a_name<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let need = || Subject::Policy(DecisionKind::Need);
    let (one, other) = (draft(&make, need(), 1), draft(&make, need(), 1));
    let elsewhere = draft(&make, Subject::File(PackFile::Line), 1);
    done(&*store, make.writing([write(&one), write(&other), write(&elsewhere)])).await;
    let rivals = [&one, &other].map(|draft| make.writing([write(&proposed(draft, "x"))]));
    let [first, second] = rivals.map(|change| store.commit(change));
    let (first, second) = tokio::join!(first, second);
    assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "{first:?} {second:?}");
    let (won, lost) = if first.is_ok() { (one, other) } else { (other, one) };
    let late = make.writing([write(&proposed(&lost, "x"))]);
    assert_eq!(refused(&*store, late.clone()).await, Conflict::Stale { record: "revision" });
    done(&*store, make.writing([write(&proposed(&elsewhere, "x"))])).await;
    let (back, _) = proposed(&won, "x").take_back().unwrap();
    done(&*store, make.writing([write(&back)])).await;
    done(&*store, late).await;
}
