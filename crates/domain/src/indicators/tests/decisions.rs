//! What officers decided: held against the operator's judgment, changed later, looked at again.

use super::{calls::callback, *};
use crate::{
    actor::Actor,
    callback::{Brief, CallOutcome, Callback},
    decision::{Decision, Need, Outcome},
    ids::{DecisionId, StaffId},
    inquiry::{AskedReview, Inquiry, ReviewState, fixture},
    urgency::Urgency,
};

fn staff(n: u8) -> StaffId {
    StaffId::new(at(0), &[n; 10])
}

fn by(n: u8) -> Actor {
    Actor::Staff { id: staff(n), name: "X".to_owned() }
}

/// An inquiry with these decisions, each by somebody at a second; the rest of each is the first one's.
fn decided(all: &[(i64, Outcome, Actor)]) -> Inquiry {
    let mut inquiry = fixture();
    let first = inquiry.decisions[0].clone();
    inquiry.decisions = all
        .iter()
        .enumerate()
        .map(|(n, (second, outcome, by))| Decision {
            id: DecisionId::new(at(*second), &[u8::try_from(n).unwrap(); 10]),
            outcome: *outcome,
            by: by.clone(),
            at: at(*second),
            ..first.clone()
        })
        .collect();
    inquiry
}

fn with(inquiry: &Inquiry, callback: &Callback) -> Promised {
    super::super::facts::call(inquiry, callback, false, at(9000))
}

fn passed() -> Callback {
    let mut passed = callback(&[(100, CallOutcome::Reached)]);
    passed.brief = Some(Brief { by: staff(1), at: at(-500), why: None, summary: "x".into() });
    passed
}

#[test]
fn an_operator_is_overturned_when_somebody_else_holds_it_for_more_or_less_urgent() {
    let regular = |second, who: u8| (second, Outcome::Urgency(Urgency::Regular), by(who));
    let urgent = |second, who: u8| (second, Outcome::Urgency(Urgency::Urgent), by(who));
    let need = |second, who: u8| (second, Outcome::Need(Need::Visit), by(who));
    let policy = (-900, Outcome::Urgency(Urgency::Regular), Actor::system("policy"));
    let came = |all: &[(i64, Outcome, Actor)]| with(&decided(all), &passed()).passed;
    assert_eq!(came(std::slice::from_ref(&policy)), Some(PassedOn::Open));
    assert_eq!(came(&[policy.clone(), need(200, 2)]), Some(PassedOn::Stands));
    assert_eq!(came(&[policy.clone(), regular(200, 2)]), Some(PassedOn::Stands));
    assert_eq!(came(&[policy.clone(), urgent(200, 2)]), Some(PassedOn::Overturned));
    // What the operator decided in passing it on is what counts, not what the policy had said.
    assert_eq!(came(&[policy.clone(), urgent(-500, 1), urgent(200, 2)]), Some(PassedOn::Stands));
    assert_eq!(came(&[policy.clone(), urgent(-500, 1), regular(200, 2)]), Some(PassedOn::Overturned));
    // Who changes their own mind overturns nobody.
    assert_eq!(came(&[policy.clone(), urgent(200, 1)]), Some(PassedOn::Open));
    assert_eq!(with(&decided(&[policy]), &callback(&[])).passed, None, "nobody passed it on");

    let call = |passed| owed("SPR", OwedWhat::Call(Promised { passed, ..promised(CallCame::Kept) }));
    let ends = [
        None,
        Some(PassedOn::Open),
        Some(PassedOn::Stands),
        Some(PassedOn::Stands),
        Some(PassedOn::Overturned),
    ];
    let facts = Facts { promises: ends.map(call).into(), ..Facts::default() };
    assert_eq!(value(&facts, Indicator::Overturned), (Some(333), 3, 2));
}

#[test]
fn what_was_decided_after_a_call_and_later_otherwise_is_seen() {
    let need = |second, need| (second, Outcome::Need(need), by(2));
    let reached = callback(&[(100, CallOutcome::Reached)]);
    let came = |all: &[(i64, Outcome, Actor)]| {
        with(&decided(all), &reached).decided.map(|one| (one.granted, one.changed))
    };
    assert_eq!(came(&[]), None);
    assert_eq!(came(&[need(50, Need::Visit)]), None, "before they had spoken");
    assert_eq!(came(&[need(200, Need::Visit)]), Some((true, false)));
    assert_eq!(came(&[need(200, Need::Visit), need(300, Need::Mail)]), Some((true, true)));
    assert_eq!(came(&[need(200, Need::Phone), need(300, Need::Mail)]), Some((false, false)));
    assert_eq!(came(&[need(200, Need::Elsewhere), need(300, Need::Visit)]), Some((false, true)));
    // Missing papers are no decision of it.
    assert_eq!(came(&[need(200, Need::Papers), need(300, Need::Visit)]), Some((true, false)));
    assert_eq!(with(&decided(&[need(200, Need::Visit)]), &callback(&[])).decided, None, "nobody spoke");
    // A later call, and only then a decision: it belongs to that one.
    let mut twice = decided(&[need(900, Need::Visit)]);
    twice.past_callbacks = vec![reached.clone(), callback(&[(500, CallOutcome::Reached)])];
    assert_eq!(with(&twice, &reached).decided, None);
    assert_eq!(with(&twice, &twice.past_callbacks[1]).decided.map(|one| one.granted), Some(true));

    let call = |(granted, changed)| {
        let decided = Some(Decided { granted, changed });
        owed("SPR", OwedWhat::Call(Promised { decided, ..promised(CallCame::Kept) }))
    };
    let ends = [(true, false), (true, true), (true, false), (false, true)];
    let mut facts = Facts { promises: ends.map(call).into(), ..Facts::default() };
    facts.promises.push(super::call(CallCame::MissedByUs));
    assert_eq!(value(&facts, Indicator::GrantedChanged), (Some(333), 3, 2));
    assert_eq!(value(&facts, Indicator::DeniedChanged), (Some(1000), 1, 4));
}

#[test]
fn a_call_that_we_moved_is_not_one_that_the_person_moved() {
    let mut renewed = callback(&[(100, CallOutcome::Reached)]);
    renewed.renewed = 1;
    let call = with(&fixture(), &renewed);
    assert_eq!((call.moved, call.moved_by_us), (false, true));
    let theirs = Promised { moved: true, ..promised(CallCame::Open) };
    let promises = [call, theirs, promised(CallCame::Kept), promised(CallCame::Kept)];
    let promises = promises.map(|call| owed("SPR", OwedWhat::Call(call))).into();
    let facts = Facts { promises, ..Facts::default() };
    assert_eq!(value(&facts, Indicator::CallsMovedByUs), (Some(250), 4, 0));
    assert_eq!(value(&facts, Indicator::CallsMoved), (Some(250), 4, 0));
}

#[test]
fn a_review_is_counted_when_it_falls_due_by_what_came_of_it() {
    let need = |second, need| (second, Outcome::Need(need), by(2));
    let inquiry = decided(&[need(100, Need::Mail), need(900, Need::Visit)]);
    let (first, second) = (inquiry.decisions[0].id, inquiry.decisions[1].id);
    let came = |state: ReviewState| {
        let mut inquiry = inquiry.clone();
        let review = AskedReview { decision: first, asked: at(200), why: "x".into(), due: at(1000), state };
        inquiry.reviews = vec![review];
        assert_eq!(promises(&inquiry, at(0), at(1000), at(9000)), [], "it is due at the end of the stretch");
        let found = promises(&inquiry, at(1000), at(1001), at(9000));
        let [owed] = &found[..] else { panic!("one review: {found:?}") };
        assert_eq!((owed.due, &owed.reason), (at(1000), &inquiry.reason));
        let OwedWhat::Review(came) = owed.what else { panic!("{:?}", owed.what) };
        came
    };
    let state = |decision, upheld| ReviewState::Decided { at: at(900), decision, upheld };
    assert_eq!(came(ReviewState::Open), None);
    assert_eq!(came(state(second, false)), Some(ReviewCame::Granted));
    assert_eq!(came(state(first, false)), Some(ReviewCame::Otherwise));
    assert_eq!(came(state(first, true)), Some(ReviewCame::Upheld));
    assert_eq!(came(ReviewState::Overtaken { at: at(900) }), Some(ReviewCame::Overtaken));

    let ends = [
        Some(ReviewCame::Upheld),
        Some(ReviewCame::Upheld),
        Some(ReviewCame::Granted),
        Some(ReviewCame::Otherwise),
        Some(ReviewCame::Overtaken),
        None,
    ];
    let reviews = ends.map(|came| owed("SPR", OwedWhat::Review(came)));
    let facts = Facts { promises: reviews.into(), ..Facts::default() };
    assert_eq!(value(&facts, Indicator::ReviewsDue), (Some(6), 6, 0));
    assert_eq!(value(&facts, Indicator::ReviewsUpheld), (Some(400), 5, 1));
    assert_eq!(value(&facts, Indicator::ReviewsGranted), (Some(200), 5, 1));
    assert_eq!(value(&facts, Indicator::ReviewsOtherwise), (Some(200), 5, 1));
    assert_eq!(value(&facts, Indicator::ReviewsOvertaken), (Some(200), 5, 1));
    // A review is no promise of a time.
    assert_eq!(value(&facts, Indicator::PromisesKept), (None, 0, 0));
}
