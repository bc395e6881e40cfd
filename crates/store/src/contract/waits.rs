//! The wait: one grant for a caller and an operator however many nodes give them, and places that outlive a node.

use super::{Engine, done, fixtures, found, refused, retention::forget};
use crate::{Broken, CommitError, Conflict, Store, Waits};
use domain::{
    change::{Change, Write},
    ids::{NodeId, StaffId, WaitId},
    journal::Happened,
    text::Lang,
    urgency::Urgency,
    wait::{
        Choice, How, KEPT_DAYS, LineNode, NewWait, Operator, Skills, State, WaitRules, WaitStep,
        WaitingCaller, phone_key,
    },
};
use fixtures::{Maker, at};
use std::sync::Arc;

fn rules() -> WaitRules {
    WaitRules::default()
}

fn change(make: &Maker, minutes: i64, step: WaitStep) -> Change {
    let mut change = make.change_at(minutes);
    change.wait(step);
    change
}

/// Somebody who has come into the queue so many minutes after `at(0)`.
async fn caller(store: &dyn Store, make: &Maker, minutes: i64, node: Option<NodeId>) -> WaitingCaller {
    let new = NewWait {
        id: WaitId::new(at(minutes), &make.chance()),
        queue: "tier1".parse().unwrap(),
        lang: Lang::es(),
        reason: Some(fixtures::reason_code("lost-card")),
        urgency: Urgency::Regular,
        person: None,
        inquiry: None,
        number: Some("2025550101".parse().unwrap()),
        zone: None,
        first_asked: None,
        node,
        owed: None,
        keyed: domain::wait::Keyed::default(),
        about: domain::wait::AboutCaller::default(),
    };
    join(store, make, minutes, new).await
}

async fn join(store: &dyn Store, make: &Maker, minutes: i64, new: NewWait) -> WaitingCaller {
    let step = WaitingCaller::join(new, &rules(), at(minutes)).unwrap();
    let caller = step.caller.clone().unwrap();
    done(store, change(make, minutes, step)).await;
    caller
}

/// An operator who is ready from `at(0)` on.
async fn operator(store: &dyn Store, make: &Maker, node: Option<NodeId>) -> Operator {
    let skills = Skills { langs: [Lang::es()].into(), ..Skills::default() };
    let id = StaffId::new(at(0), &make.chance());
    let step = Operator::new(id).choose(Choice::Ready, Some((skills, node)), &rules(), at(0)).unwrap();
    let operator = step.operator.clone().unwrap();
    done(store, change(make, 0, step)).await;
    operator
}

fn node(make: &Maker) -> NodeId {
    NodeId::new(at(0), &make.chance())
}

/// What is written is read, by whatever it is looked for, in the order of places; what is over is apart.
pub async fn keeps_waits_whole_and_in_order<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let here = node(&make);
    let later = caller(&*store, &make, 5, Some(here)).await;
    let inquiry = make.inquiry(0);
    let known = NewWait {
        id: WaitId::new(at(9), &make.chance()),
        queue: "tier2".parse().unwrap(),
        lang: Lang::en(),
        reason: None,
        urgency: Urgency::Regular,
        person: Some(inquiry.person),
        inquiry: Some(inquiry.id),
        number: None,
        zone: Some("America/Los_Angeles".parse().unwrap()),
        first_asked: Some(at(2)),
        node: Some(here),
        owed: None,
        keyed: domain::wait::Keyed::default(),
        about: domain::wait::AboutCaller::default(),
    };
    let earlier = join(&*store, &make, 9, known.clone()).await;
    let id = WaitId::new(at(9), &make.chance());
    let urgent = join(&*store, &make, 9, NewWait { id, urgency: Urgency::Urgent, ..known }).await;
    let listed = async |which| store.waits(&which, 99).await.unwrap();

    assert_eq!(store.wait(later.id).await.unwrap().unwrap(), later);
    assert_eq!(listed(Waits::All).await, [urgent.clone(), earlier.clone(), later.clone()]);
    assert_eq!(store.waits(&Waits::All, 1).await.unwrap(), std::slice::from_ref(&urgent));
    assert_eq!(listed(Waits::Queue("tier1".parse().unwrap())).await, std::slice::from_ref(&later));
    let key = phone_key(later.number.as_ref().unwrap());
    assert_eq!(listed(Waits::Phone(key.clone())).await, std::slice::from_ref(&later));
    assert_eq!(listed(Waits::Phone("\0".to_owned())).await, []);
    assert_eq!(listed(Waits::Person(inquiry.person)).await, [urgent.clone(), earlier.clone()]);
    assert_eq!(listed(Waits::Inquiry(inquiry.id)).await, [urgent.clone(), earlier.clone()]);
    assert_eq!(listed(Waits::Node(here)).await.len(), 3);

    let step = earlier.leave(None, How::GaveUp, &rules(), at(12)).unwrap();
    let over = step.caller.clone().unwrap();
    done(&*store, change(&make, 12, step)).await;
    assert_eq!(listed(Waits::All).await, [urgent, later.clone()]);
    assert_eq!(listed(Waits::Over { since: at(12) }).await, std::slice::from_ref(&over));
    assert_eq!(listed(Waits::Over { since: at(13) }).await, []);
    let about = |minutes| Waits::OverAbout { inquiry: inquiry.id, since: at(minutes) };
    assert_eq!(listed(about(12)).await, [over], "the other about it is not over");
    assert_eq!(listed(about(13)).await, []);
    let from = |phone: &str, minutes| Waits::OverFrom { phone: phone.to_owned(), since: at(minutes) };
    assert_eq!(listed(from(&key, 0)).await, [], "whoever rang from there still waits");
    let step = later.leave(None, How::Lost, &rules(), at(14)).unwrap();
    let lost = step.caller.clone().unwrap();
    done(&*store, change(&make, 14, step)).await;
    assert_eq!(listed(from(&key, 14)).await, [lost]);
    assert_eq!(listed(from(&key, 15)).await, []);
    assert_eq!(listed(from("\0", 0)).await, []);
    // Its entries are told with the inquiry it was about.
    let told = store.story(inquiry.id).await.unwrap();
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(|e| matches!(e.entry.happened, Happened::Wait { .. })));
    assert_eq!(found(&*store).await, []);
}

/// On duty or off, with what was kept of their calls.
pub async fn keeps_operators_on_duty<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let one = operator(&*store, &make, None).await;
    let two = operator(&*store, &make, Some(node(&make))).await;
    let mut both = vec![one.clone(), two.clone()];
    both.sort_by_key(|operator| operator.id);
    assert_eq!(store.operators().await.unwrap(), both);
    let off = one.choose(Choice::Off, None, &rules(), at(1)).unwrap();
    let gone = off.operator.clone().unwrap();
    done(&*store, change(&make, 1, off.clone())).await;
    assert_eq!(store.operators().await.unwrap(), [two]);
    assert_eq!(store.operator(one.id).await.unwrap(), Some(gone));
    assert_eq!(store.operator(make.officer()).await.unwrap(), None);
    assert_eq!(refused(&*store, change(&make, 1, off)).await, Conflict::Stale { record: "operator" });
}

/// Many nodes grant the same caller to operators of their own, and the same operator to other callers: one wins each, and
/// nothing of the others is done.
pub async fn grants_a_caller_and_an_operator_once<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Arc::new(Maker::default());
    let wanted = caller(&*store, &make, 0, None).await;
    let mut operators = Vec::new();
    for _ in 0..16 {
        operators.push(operator(&*store, &make, None).await);
    }
    let steps = operators.iter().map(|operator| wanted.offer(operator, &rules(), at(1)).unwrap());
    let won = race(&store, &make, steps.collect()).await;
    assert_eq!(won.len(), 1);
    let granted = store.wait(wanted.id).await.unwrap().unwrap();
    let ringing = store.operators().await.unwrap();
    let ringing: Vec<_> = ringing.iter().filter(|o| o.status.caller() == Some(wanted.id)).collect();
    assert_eq!(ringing.len(), 1);
    assert_eq!(granted.operator(), Some(ringing[0].id));
    assert_eq!(found(&*store).await, []);

    let free = operators.into_iter().find(|operator| operator.id != ringing[0].id).unwrap();
    let mut callers = Vec::new();
    for _ in 0..16 {
        callers.push(caller(&*store, &make, 0, None).await);
    }
    let steps = callers.iter().map(|caller| caller.offer(&free, &rules(), at(1)).unwrap());
    assert_eq!(race(&store, &make, steps.collect()).await.len(), 1);
    let left = store.waits(&Waits::All, 99).await.unwrap();
    assert_eq!(left.iter().filter(|caller| caller.operator() == Some(free.id)).count(), 1);
    assert_eq!(found(&*store).await, []);
}

/// Commits steps at once; those that went through.
async fn race(store: &Arc<dyn Store>, make: &Arc<Maker>, steps: Vec<WaitStep>) -> Vec<WaitStep> {
    let tasks: Vec<_> = steps
        .into_iter()
        .map(|step| {
            let (store, change) = (Arc::clone(store), change(make, 1, step.clone()));
            tokio::spawn(async move {
                match store.commit(change).await {
                    Ok(_) => Some(step),
                    Err(CommitError::Conflict(Conflict::Stale { .. })) => None,
                    Err(other) => panic!("{other:?}"),
                }
            })
        })
        .collect();
    let mut won = Vec::new();
    for task in tasks {
        won.extend(task.await.unwrap());
    }
    won
}

/// A node that stops saying that it is there is found with its calls; their places are kept, whoever takes over, once.
pub async fn keeps_the_places_of_a_lost_node<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (dead, alive, unknown) = (node(&make), node(&make), node(&make));
    let begin = |id| make.writing([Write::Node(LineNode::begin(id, at(0)))]);
    done(&*store, begin(dead)).await;
    done(&*store, begin(alive)).await;
    assert_eq!(refused(&*store, begin(alive)).await, Conflict::Stale { record: "node" });
    let first = LineNode::begin(alive, at(0)).again(at(1));
    done(&*store, make.writing([Write::Node(first.clone())])).await;
    let waiting = caller(&*store, &make, 0, Some(dead)).await;
    caller(&*store, &make, 0, Some(alive)).await;
    caller(&*store, &make, 0, Some(unknown)).await;

    let lost: Vec<_> =
        store.line_nodes().await.unwrap().into_iter().filter(|node| node.is_lost(at(1))).collect();
    let mut due = vec![dead, unknown];
    due.sort();
    assert_eq!(lost.iter().map(|node| node.id).collect::<Vec<_>>(), due);
    assert!(lost.iter().any(|node| node.id == unknown && node.version == 0));

    let step = waiting.node_lost(None, &rules(), at(1)).unwrap();
    let take_over = |step: WaitStep| {
        let mut taken = change(&make, 1, step);
        taken.writes.push(Write::EndNode(dead));
        taken.note(None, Happened::NodeLost { node: dead, callers: 1 });
        taken
    };
    done(&*store, take_over(step.clone())).await;
    assert_eq!(refused(&*store, take_over(step)).await, Conflict::Stale { record: "waiting caller" });
    let kept = store.wait(waiting.id).await.unwrap().unwrap();
    assert!(matches!(kept.state, State::Away(_)));
    assert_eq!((kept.first_asked, kept.place()), (at(0), waiting.place()));
    // The node that was only slow learns that it was given up.
    let late = LineNode::begin(dead, at(0)).again(at(2));
    assert_eq!(refused(&*store, make.writing([Write::Node(late)])).await, Conflict::Stale { record: "node" });
    assert!(store.line_nodes().await.unwrap().contains(&first));
}

/// A caller and an operator of whom only one says that they have each other.
pub async fn reports_a_grant_that_one_of_them_knows<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (one, two) = (caller(&*store, &make, 0, None).await, caller(&*store, &make, 0, None).await);
    let (first, second) = (operator(&*store, &make, None).await, operator(&*store, &make, None).await);
    let mut half = one.offer(&first, &rules(), at(1)).unwrap();
    half.operator = None;
    done(&*store, change(&make, 1, half)).await;
    let mut half = two.offer(&second, &rules(), at(1)).unwrap();
    half.caller = None;
    done(&*store, change(&make, 1, half)).await;
    let mut due = vec![
        Broken::Grant { caller: one.id, operator: first.id },
        Broken::Grant { caller: two.id, operator: second.id },
    ];
    due.sort_by_key(|broken| match broken {
        Broken::Grant { caller, .. } => *caller,
        _ => one.id,
    });
    assert_eq!(found(&*store).await, due);
}

/// A wait that is over is kept for a month, one that is not for as long as it takes; a node that is gone is forgotten.
pub async fn forgets_waits_that_are_over<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    done(&*store, make.writing([Write::Node(LineNode::begin(node(&make), at(0)))])).await;
    let (gone, stays) = (caller(&*store, &make, 0, None).await, caller(&*store, &make, 0, None).await);
    done(&*store, change(&make, 1, gone.leave(None, How::GaveUp, &rules(), at(1)).unwrap())).await;
    let kept = KEPT_DAYS * 24 * 60;
    assert_eq!(store.tidy(&forget(kept)).await.unwrap(), 0);
    assert!(store.line_nodes().await.unwrap().is_empty());
    assert_eq!(store.tidy(&forget(kept + 1)).await.unwrap(), 1);
    assert_eq!(store.wait(gone.id).await.unwrap(), None);
    assert_eq!(store.waits(&Waits::All, 9).await.unwrap(), [stays]);
}
