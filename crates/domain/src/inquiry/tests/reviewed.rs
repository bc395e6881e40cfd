//! A review that the person asks for: once, in time, and by somebody else.

use super::*;
use crate::{change::Change, inquiry::ReviewState, journal::Happened, notice::NoticeKind};

const DAYS: u16 = 30;

fn other() -> Actor {
    Actor::Staff { id: staff(2), name: "J. Lee".into() }
}

fn decided(inquiry: &Inquiry, need: Need, by: Actor, n: u8) -> Result<Step, Refusal> {
    let missing = if need == Need::Papers { vec!["passport".parse().unwrap()] } else { vec![] };
    let deciding = deciding("need", "visit", Some("It can be mailed."));
    let now = start() + minutes(60 * i64::from(n));
    inquiry.decide_need(need, missing, deciding, by, now, now, &[n; 10])
}

fn refused(need: Need) -> Inquiry {
    decided(&fresh().inquiry, need, officer(), 1).unwrap().inquiry
}

fn asked(inquiry: &Inquiry) -> Inquiry {
    let now = start() + minutes(120);
    inquiry.ask_review(" I have no address. ", DAYS, now + minutes(600), now).unwrap().inquiry
}

#[test]
fn what_was_refused_is_open_again_and_due() {
    for need in [Need::Mail, Need::Phone, Need::Elsewhere, Need::Papers] {
        let before = refused(need);
        let now = start() + minutes(120);
        let due = now + minutes(600);
        let step = before.ask_review(" I have no address. ", DAYS, due, now).unwrap();
        let decision = before.decisions.last().unwrap().id;
        assert_eq!(step.happened, [Happened::ReviewAsked { decision, due }]);
        assert_eq!(step.announce, [NoticeKind::ReviewAsked]);
        assert_eq!(step.inquiry.stage, Stage::Review { since: now, due });
        assert_eq!(step.inquiry.open_review().unwrap().why.reveal(), "I have no address.");
        assert_eq!((step.inquiry.opened, step.inquiry.urgency), (before.opened, before.urgency));
        assert!(
            !step.inquiry.may_schedule_own() && !step.inquiry.may_choose_window(),
            "that is the officer's now"
        );
    }
}

#[test]
fn it_is_asked_for_once_in_time_with_a_reason_and_only_against_what_was_decided() {
    let (now, due) = (start() + minutes(120), start() + minutes(900));
    let before = refused(Need::Mail);
    let until = start() + minutes(60) + minutes(60 * 24 * 30);
    assert_eq!(before.ask_review("x", DAYS, due, until), Err(Refusal::NothingToReview));
    assert!(before.ask_review("x", DAYS, due, until - minutes(1)).is_ok());
    assert_eq!(before.ask_review(" \n", DAYS, due, now), Err(Refusal::ReasonNeeded));
    assert_eq!(
        fresh().inquiry.ask_review("x", DAYS, due, now),
        Err(Refusal::NothingToReview),
        "nothing was decided"
    );
    let visit = decided(&fresh().inquiry, Need::Visit, officer(), 1).unwrap().inquiry;
    assert_eq!(
        visit.ask_review("x", DAYS, due, now),
        Err(Refusal::NothingToReview),
        "they get what they asked"
    );
    let withdrawn = fresh().inquiry.withdraw(now).unwrap().inquiry;
    assert_eq!(withdrawn.ask_review("x", DAYS, due, now), Err(Refusal::NothingToReview));
    let open = asked(&before);
    assert_eq!(open.ask_review("x", DAYS, due, now), Err(Refusal::ReviewedOnce));
    let upheld = decided(&open, Need::Mail, other(), 3).unwrap().inquiry;
    assert_eq!(upheld.ask_review("x", DAYS, due, now), Err(Refusal::ReviewedOnce));
    let changed = decided(&open, Need::Phone, other(), 3).unwrap().inquiry;
    assert_eq!(
        changed.ask_review("x", DAYS, due, now),
        Err(Refusal::ReviewedOnce),
        "nor what came of a review"
    );
}

#[test]
fn somebody_else_decides_and_says_why() {
    let open = asked(&refused(Need::Mail));
    assert_eq!(decided(&open, Need::Visit, officer(), 3), Err(Refusal::AnotherOfficer));
    assert_eq!(open.may_decide(&officer()), Err(Refusal::AnotherOfficer));
    let silent = deciding("need", "visit", None);
    let now = start() + minutes(180);
    let silent = open.decide_need(Need::Visit, vec![], silent, other(), now, now, &[3; 10]);
    assert_eq!(silent, Err(Refusal::ReasonNeeded), "also where it follows the policy");

    let of = open.reviews[0].decision;
    for (need, upheld) in [(Need::Mail, true), (Need::Visit, false), (Need::Papers, false)] {
        let step = decided(&open, need, other(), 3).unwrap();
        assert!(step.happened.contains(&Happened::ReviewDecided { decision: of, upheld }), "{need:?}");
        assert!(step.announce.contains(&NoticeKind::ReviewDecided), "{need:?}");
        assert!(!step.announce.contains(&NoticeKind::DecisionMade), "it is told once");
        let ReviewState::Decided { decision, upheld: was, .. } = step.inquiry.reviews[0].state else {
            panic!()
        };
        assert_eq!(was, upheld);
        assert_eq!(step.inquiry.decision(decision).unwrap().by, other());
        assert_eq!(step.inquiry.is_live(), need != Need::Mail);
    }
    // Once it is decided, whoever decided first works on it as before.
    let booked = decided(&open, Need::Visit, other(), 3).unwrap().inquiry;
    assert!(booked.may_decide(&officer()).is_ok());
}

fn settled(step: Step, now: Timestamp) -> Inquiry {
    let command = crate::change::Command {
        key: crate::change::IdempotencyKey::new("k").unwrap(),
        actor: Actor::Person,
        at: now,
    };
    let mut change = Change::new(command);
    change.step(step);
    let crate::change::Write::Inquiry(after) = change.writes.remove(0) else { panic!() };
    *after
}

#[test]
fn it_stays_due_and_ends_with_the_inquiry() {
    let open = asked(&refused(Need::Mail));
    let (now, due) = (start() + minutes(180), open.due().unwrap());
    let urgent = deciding("urgency", "regular", Some("x"));
    let sooner = open.decide_urgency(Urgency::Urgent, urgent, officer(), now, now, &[7; 10]).unwrap().inquiry;
    assert_eq!(sooner.due(), Some(now));
    let regular = deciding("urgency", "regular", None);
    let same = open.decide_urgency(Urgency::Regular, regular, officer(), now, now, &[7; 10]).unwrap().inquiry;
    assert_eq!(same.due(), Some(due));
    // A call is promised and given back: what was said of the review holds.
    let id = CallbackId::new(now, &[3; 10]);
    let promised = open.promise(id, promise(now + minutes(60), None), other(), now).unwrap().inquiry;
    let back = settled(promised.cancel_callback(now + minutes(60 * 24 * 9), now).unwrap(), now);
    assert_eq!(back.due(), Some(due));
    // Papers are theirs to find: the days that takes are added.
    let papers = open.ask_papers(vec!["passport".parse().unwrap()], now).unwrap().inquiry;
    let there = settled(papers.papers_complete(now + minutes(60)).unwrap(), now + minutes(60));
    assert_eq!(there.due(), Some(due + minutes(60)));
    let over = settled(open.withdraw(now).unwrap(), now);
    assert_eq!(over.reviews[0].state, ReviewState::Overtaken { at: now });
    assert!(over.open_review().is_none());
}

#[test]
fn a_record_of_before_has_none() {
    let mut json = serde_json::to_value(asked(&refused(Need::Mail))).unwrap();
    assert_eq!(serde_json::from_value::<Inquiry>(json.clone()).unwrap(), asked(&refused(Need::Mail)));
    json.as_object_mut().unwrap().remove("reviews");
    assert_eq!(serde_json::from_value::<Inquiry>(json).unwrap().reviews, []);
}
