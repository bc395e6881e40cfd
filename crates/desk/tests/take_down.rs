//! Somebody without an inquiry is taken down by whoever speaks with them, in one commit with the promise and the call.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{
    DeskError,
    acts::{DecideUrgency, Escalate, JoinWait, OperatorState, TakeDown},
};
use domain::{
    access::Denied,
    call_record::{CallRecord, CallWait, Came, Way},
    ids::{CallRecordId, WaitId},
    inquiry::{Channel, Stage},
    refusal::Refusal,
    text::Lang,
    urgency::Urgency,
    wait::{Choice, Keyed},
};
use store::Calls;

const NOW: &str = "2026-11-23T17:00:00Z";

fn asks(given: &str) -> TakeDown {
    let mut ask = request(given, "case-question", "90012", Lang::es());
    ask.request.channel = Channel::Phone;
    TakeDown { ask, urgency: None, promise: None, wait: None }
}

/// A caller who has keyed a receipt number, and speaks with the operator.
async fn talks(room: &Room) -> WaitId {
    let node = room.desk.begin_line(&room.system()).await.unwrap().id;
    let (operator, me) = (room.as_staff("operator").await, room.staff("operator").await.id);
    let state = OperatorState { choice: Choice::Ready, node: Some(node) };
    room.desk.set_operator_state(&operator, me, &state).await.unwrap();
    let keyed = Keyed { receipt: Some("IOE9999999901".parse().unwrap()), zip: Some("90012".into()) };
    let join = JoinWait {
        queue: "tier1".parse().unwrap(),
        lang: Lang::en(),
        reason: None,
        urgency: Urgency::Regular,
        person: None,
        inquiry: None,
        number: Some("2025550143".parse().unwrap()),
        first_asked: None,
        node: Some(node),
        rung: None,
        keyed,
        relay: None,
    };
    let wait = room.desk.join_wait(&room.system(), &join).await.unwrap().wait;
    assert!(!wait.keyed.is_empty());
    let granted = room.desk.grant_waits(&room.system()).await.unwrap();
    let by = room.as_staff("operator").await;
    room.desk.accept_wait(&by, wait.id, me, granted[0].grant, None).await.unwrap();
    wait.id
}

#[tokio::test]
async fn a_caller_is_taken_down_with_a_promise_and_the_call_is_about_it() {
    let mut room = Room::at(NOW).await;
    let wait = talks(&room).await;
    let operator = room.as_staff("operator").await;
    let mut take = asks("Ana");
    let ahead = room.desk.look_ahead(&operator, &take.ask, None, 5).await.unwrap();
    assert_eq!(ahead.advice.urgency(), Some(ahead.inquiry.urgency));
    assert!(room.store.inquiry(ahead.inquiry.id).await.unwrap().is_none(), "a look keeps nothing");
    let window = ahead.windows[0].window.clone();
    let why = room.desk.pack().line().wait.written().escalate[0].code.clone();
    take.promise = Some(Escalate { start: window.start, why: Some(why), summary: "A street.".into() });
    take.wait = Some(wait);
    let inquiry = room.desk.take_down(&operator, &take).await.unwrap();
    // Sent twice it is the same.
    assert_eq!(room.desk.take_down(&operator, &take).await.unwrap().id, inquiry.id);
    assert_eq!(inquiry.request.channel, Channel::Phone);
    let callback = inquiry.callback().unwrap();
    assert_eq!((&callback.window, callback.brief.is_some()), (&window, true));
    let story = room.store.story(inquiry.id).await.unwrap();
    let by = room.staff("operator").await.actor();
    assert!(story.iter().all(|entry| entry.actor == by), "{story:?}");
    let acts = room.story(&inquiry).await;
    for act in ["request-received", "urgency-decided", "callback-promised", "wait"] {
        assert!(acts.iter().any(|did| did == act), "{act}: {acts:?}");
    }
    assert_eq!(room.told(inquiry.id, "request-received").await, 1);
    assert_eq!(room.told(inquiry.id, "callback-promised").await, 1);
    let linked = room.store.wait(wait).await.unwrap().unwrap();
    assert_eq!((linked.inquiry, linked.person), (Some(inquiry.id), Some(inquiry.person)));
    assert!(linked.keyed.is_empty(), "nobody need ask for it again");
    assert!(linked.escalated, "an officer calls");
    let about = (linked.about.office.as_ref(), linked.about.relay, linked.about.represented);
    assert_eq!(about, (Some(&inquiry.office), Some(false), Some(false)));

    // The exchange does not know of it; the record of its call does.
    let id = CallRecordId::new(room.now, &room.desk.dice().chance());
    let mut call = CallRecord::begin(id, Way::In, room.now);
    call.wait = Some(CallWait { id: wait, told: None, seconds: 7 });
    room.pass(3);
    call.over(Came { talked: true, ..Came::default() }, room.now);
    room.desk.keep_calls(&room.system(), &[call], &[]).await.unwrap();
    assert_eq!(room.store.call_records(&Calls::Inquiry(inquiry.id), 9).await.unwrap().len(), 1);
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn what_was_keyed_goes_with_the_wait() {
    let room = Room::at(NOW).await;
    let wait = talks(&room).await;
    room.desk.end_talk(&room.as_staff("operator").await, wait, None).await.unwrap();
    assert!(room.store.wait(wait).await.unwrap().unwrap().keyed.is_empty());
    // It is still theirs while they write down what came of it; a colleague's it is not.
    let mut take = asks("Luis");
    take.wait = Some(wait);
    let other = room.desk.take_down(&room.as_staff("m.ortega").await, &take).await.unwrap();
    assert_eq!(room.store.wait(wait).await.unwrap().unwrap().inquiry, None);
    take.ask.name.given = "Eva".into();
    let own = room.desk.take_down(&room.as_staff("operator").await, &take).await.unwrap();
    assert_eq!(room.store.wait(wait).await.unwrap().unwrap().inquiry, Some(own.id));
    assert_ne!(own.id, other.id);
}

#[tokio::test]
async fn another_urgency_needs_a_reason_and_names_who_decided() {
    let room = Room::at(NOW).await;
    let operator = room.as_staff("operator").await;
    let mut take = asks("Ana");
    let ahead = room.desk.look_ahead(&operator, &take.ask, Some(Urgency::Urgent), 5).await.unwrap();
    assert_eq!((ahead.inquiry.urgency, ahead.advice.urgency()), (Urgency::Urgent, Some(Urgency::Regular)));
    let urgent = |because: Option<&str>| DecideUrgency {
        urgency: Urgency::Urgent,
        because: because.map(str::to_owned),
        sentence: None,
    };
    take.urgency = Some(urgent(None));
    let refused = room.desk.take_down(&operator, &take).await;
    assert!(matches!(refused, Err(DeskError::Refused(Refusal::ReasonNeeded))), "{refused:?}");
    take.urgency = Some(urgent(Some("A hearing on Friday.")));
    let inquiry = room.desk.take_down(&operator, &take).await.unwrap();
    assert_eq!((inquiry.urgency, inquiry.decisions.len()), (Urgency::Urgent, 2));
    assert_eq!(inquiry.decisions[1].by, room.staff("operator").await.actor());
    assert!(matches!(inquiry.stage, Stage::Review { due, .. } if Some(due) == ahead.inquiry.due()));
}

#[tokio::test]
async fn whoever_has_asked_already_goes_on_there_and_what_is_kept_stays_so() {
    let room = Room::at(NOW).await;
    let live = room.desk.take_down(&room.as_staff("operator").await, &asks("Ana")).await.unwrap();
    let operator = room.as_staff("operator").await;
    let twice = room.desk.look_ahead(&operator, &asks("Ana").ask, None, 5).await;
    assert!(
        matches!(&twice, Err(DeskError::Refused(Refusal::AlreadyLive { inquiry, .. })) if *inquiry == live.id),
        "{twice:?}"
    );
    let reads = async || room.story(&live).await.iter().filter(|act| *act == "read").count();
    assert_eq!(reads().await, 1, "whoever is shown it has read it");
    assert_eq!(room.told(live.id, "link-resent").await, 0);

    let class = room.desk.pack().agency().protected[0].code.clone();
    room.desk.protect(&room.as_staff("operator").await, live.id, &class, &[].into()).await.unwrap();
    let operator = room.as_staff("operator").await;
    let kept = room.desk.take_down(&operator, &asks("Ana")).await;
    assert!(matches!(kept, Err(DeskError::Refused(Refusal::AlreadyLive { .. }))), "{kept:?}");
    assert_eq!(reads().await, 1, "they have read nothing");
    assert!(room.story(&live).await.iter().any(|act| act == "link-resent"), "the person knows how to go on");
}

#[tokio::test]
async fn only_those_who_take_people_down_do() {
    let room = Room::at(NOW).await;
    let clerk = room.as_staff("clerk.los").await;
    let denied = room.desk.take_down(&clerk, &asks("Ana")).await;
    assert!(matches!(denied, Err(DeskError::Denied(Denied::Role))), "{denied:?}");
    let denied = room.desk.look_ahead(&clerk, &asks("Ana").ask, None, 5).await;
    assert!(matches!(denied, Err(DeskError::Denied(Denied::Role))), "{denied:?}");
    let nobody = room.desk.take_down(&room.anyone(), &asks("Ana")).await;
    assert!(matches!(nobody, Err(DeskError::NotFound)), "{nobody:?}");
    let mut gone = asks("Ana");
    gone.promise =
        Some(Escalate { start: "2026-11-23T03:00:00Z".parse().unwrap(), why: None, summary: "x".into() });
    let refused = room.desk.take_down(&room.as_staff("operator").await, &gone).await;
    assert!(matches!(refused, Err(DeskError::Refused(Refusal::NotOffered))), "{refused:?}");
    assert_eq!(room.store.list(&store::List::All, store::Page::first(9)).await.unwrap().rows, []);
}
