//! Somebody rings because an officer's call has missed them: known by the number, or by what they show.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{
    Granted,
    acts::{JoinWait, NewStaff, OperatorState},
};
use domain::{
    actor::{PasswordHash, Right, Role},
    callback::CallOutcome,
    guard::ConflictWhy,
    ids::{NodeId, WaitId},
    inquiry::{Inquiry, Stage},
    phone::PhoneNumber,
    text::Lang,
    urgency::Urgency,
    wait::{Choice, WaitingCaller},
};

/// A room in which a promised call has just missed somebody, at an hour at which the line is open.
async fn missed() -> (Room, Inquiry, NodeId) {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Ana", "immigration-judge-grant", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let start = room.desk.windows(&inquiry, room.now, 1).await.unwrap()[0].window.start;
    let owner = room.staff("m.ortega").await.id;
    let caller = room.as_staff("m.ortega").await;
    let inquiry = room.desk.promise_callback(&caller, inquiry.id, start, Some(owner)).await.unwrap();
    assert_eq!(room.desk.owes(&inquiry.reach.phone).await.unwrap(), desk::Owes::default());
    room.until(start).await;
    room.desk.start_call(&room.as_staff("m.ortega").await, inquiry.id).await.unwrap();
    room.pass(1);
    let caller = room.as_staff("m.ortega").await;
    let inquiry = room.desk.end_call(&caller, inquiry.id, CallOutcome::NoAnswer).await.unwrap();
    let node = room.desk.begin_line(&room.system()).await.unwrap().id;
    (room, inquiry, node)
}

async fn ready(room: &Room, who: &str, node: NodeId) {
    let state = OperatorState { choice: Choice::Ready, node: Some(node) };
    let id = room.staff(who).await.id;
    room.desk.set_operator_state(&room.as_staff(who).await, id, &state).await.unwrap();
}

async fn rings(
    room: &Room,
    node: NodeId,
    number: &PhoneNumber,
    about: impl FnOnce(&mut JoinWait),
) -> WaitingCaller {
    let mut ask = JoinWait {
        queue: "tier1".parse().unwrap(),
        lang: Lang::en(),
        reason: None,
        urgency: Urgency::Regular,
        person: None,
        inquiry: None,
        number: Some(number.clone()),
        first_asked: None,
        node: Some(node),
        rung: None,
        keyed: domain::wait::Keyed::default(),
        relay: None,
    };
    about(&mut ask);
    room.desk.join_wait(&room.system(), &ask).await.unwrap().wait
}

async fn granted(room: &Room) -> Vec<Granted> {
    room.desk.grant_waits(&room.system()).await.unwrap()
}

async fn takes(room: &Room, who: &str, wait: WaitId, granted: &Granted) {
    let staff = room.staff(who).await.id;
    assert_eq!((granted.caller, granted.operator), (wait, staff));
    room.desk.accept_wait(&room.as_staff(who).await, wait, staff, granted.grant, None).await.unwrap();
}

fn other() -> PhoneNumber {
    "2025550199".parse().unwrap()
}

#[tokio::test]
async fn they_come_first_to_the_officer_who_owes_the_call_and_it_is_kept() {
    let (mut room, inquiry, node) = missed().await;
    let number = inquiry.reach.phone.clone();
    let owes = room.desk.owes(&number).await.unwrap();
    assert_eq!((owes.call, owes.place, owes.missed()), (Some(inquiry.id), None, true));
    let earlier = rings(&room, node, &other(), |_| ()).await;
    room.pass(1);
    let back = rings(&room, node, &number, |ask| ask.rung = owes.call).await;
    assert_eq!((back.inquiry, back.person), (None, None), "that it is theirs is not shown by the number");
    assert_eq!(room.story(&inquiry).await.last().unwrap(), "rang-back");
    let standings = room.desk.wait_standings(&room.system()).await.unwrap();
    assert_eq!(standings.iter().map(|s| s.caller).collect::<Vec<_>>(), [back.id, earlier.id]);
    ready(&room, "m.ortega", node).await;
    let all = granted(&room).await;
    takes(&room, "m.ortega", back.id, &all[0]).await;
    let inquiry = room.reload(&inquiry).await;
    assert!(matches!(inquiry.stage, Stage::Calling { theirs: true, .. }), "{:?}", inquiry.stage.as_str());
    room.pass(5);
    let caller = room.as_staff("m.ortega").await;
    room.desk.end_talk(&caller, back.id, None).await.unwrap();
    let caller = room.as_staff("m.ortega").await;
    let inquiry = room.desk.end_call(&caller, inquiry.id, CallOutcome::Reached).await.unwrap();
    assert!(matches!(inquiry.stage, Stage::Spoken { .. }));
    let attempts = &inquiry.past_callbacks[0].attempts;
    assert_eq!(attempts.iter().map(|a| a.theirs).collect::<Vec<_>>(), [false, true]);
    assert_eq!(inquiry.past_callbacks[0].was_kept(), Some(true));
    assert_eq!(room.desk.owes(&number).await.unwrap(), desk::Owes::default());
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn an_operator_helps_them_and_the_call_stays_owed() {
    let (room, inquiry, node) = missed().await;
    let number = inquiry.reach.phone.clone();
    ready(&room, "operator", node).await;
    let back = rings(&room, node, &number, |ask| ask.rung = Some(inquiry.id)).await;
    takes(&room, "operator", back.id, &granted(&room).await[0]).await;
    let after = room.reload(&inquiry).await;
    assert_eq!(after.stage, inquiry.stage);
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn only_the_number_that_was_called_or_whoever_shows_that_it_is_theirs() {
    let (room, inquiry, node) = missed().await;
    // Somebody else's number says so: nothing of it.
    let stranger = rings(&room, node, &other(), |ask| ask.rung = Some(inquiry.id)).await;
    assert_eq!(stranger.owed, None);
    // From any number, once it is shown.
    let shown = rings(&room, node, &"2025550198".parse().unwrap(), |ask| {
        (ask.inquiry, ask.person) = (Some(inquiry.id), Some(inquiry.person));
    })
    .await;
    assert_eq!(shown.owed.as_ref().map(|owed| owed.inquiry), Some(inquiry.id));
    // What was kept meanwhile is owed no more.
    room.desk.start_call(&room.as_staff("m.ortega").await, inquiry.id).await.unwrap();
    let late = rings(&room, node, &inquiry.reach.phone, |ask| ask.rung = Some(inquiry.id)).await;
    assert_eq!(late.owed, None);
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_place_that_is_kept_is_known_by_the_number() {
    let (mut room, _, node) = missed().await;
    let wait = rings(&room, node, &other(), |_| ()).await;
    let why = domain::wait::AwayWhy::Asked;
    room.desk.keep_place(&room.system(), wait.id, why, None).await.unwrap();
    let owes = room.desk.owes(&other()).await.unwrap();
    assert_eq!((owes.call, owes.place, owes.missed()), (None, Some(false), false));
    ready(&room, "operator", node).await;
    let granted = granted(&room).await;
    takes(&room, "operator", wait.id, &granted[0]).await;
    room.pass(1);
    let (caller, outcome) = (room.as_staff("operator").await, CallOutcome::NoAnswer);
    room.desk.call_back_ended(&caller, wait.id, outcome).await.unwrap();
    let owes = room.desk.owes(&other()).await.unwrap();
    assert_eq!((owes.place, owes.missed()), (Some(true), true), "they were called in vain");
    let again = rings(&room, node, &other(), |_| ()).await;
    assert_eq!((again.id, again.turn), (wait.id, wait.turn), "at the same place");
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn whoever_is_too_near_to_them_is_not_offered_their_call() {
    let (room, inquiry, node) = missed().await;
    let operator = room.staff("operator").await.id;
    let by = room.as_staff("operator").await;
    room.desk.set_conflict(&by, inquiry.id, operator, ConflictWhy::Relative).await.unwrap();
    ready(&room, "operator", node).await;
    let back = rings(&room, node, &inquiry.reach.phone, |ask| ask.rung = Some(inquiry.id)).await;
    assert_eq!(granted(&room).await, [], "they wait for somebody else");
    // Others are served meanwhile.
    let other = rings(&room, node, &other(), |_| ()).await;
    takes(&room, "operator", other.id, &granted(&room).await[0]).await;
    ready(&room, "j.lee", node).await;
    takes(&room, "j.lee", back.id, &granted(&room).await[0]).await;
}

#[tokio::test]
async fn somebody_protected_is_offered_to_whoever_may_see_them_if_anybody_there_may() {
    let (mut room, inquiry, node) = missed().await;
    let administrator = NewStaff {
        sign_in: "administrator".into(),
        name: "Administrator".into(),
        roles: vec![Role::Administrator],
        office: None,
        langs: vec![Lang::en()],
        password: PasswordHash("none".into()),
    };
    room.desk.import_staff(&room.system(), vec![administrator]).await.unwrap();
    let class = "vawa".parse().unwrap();
    let by = room.as_staff("m.ortega").await;
    let protected = room.desk.protect(&by, inquiry.id, &class, &[].into()).await.unwrap();
    ready(&room, "operator", node).await;
    let about = |ask: &mut JoinWait| ask.inquiry = Some(protected.id);
    let first = rings(&room, node, &other(), about).await;
    // Nobody on duty has the right: they are heard all the same.
    takes(&room, "operator", first.id, &granted(&room).await[0]).await;
    room.pass(5);
    room.desk.end_talk(&room.as_staff("operator").await, first.id, None).await.unwrap();
    ready(&room, "operator", node).await;
    let lee = room.staff("j.lee").await.id;
    let by = room.as_staff("administrator").await;
    room.desk.give_right(&by, lee, Right::Protected, true).await.unwrap();
    room.pass(1);
    ready(&room, "j.lee", node).await;
    let second = rings(&room, node, &"2025550188".parse().unwrap(), about).await;
    takes(&room, "j.lee", second.id, &granted(&room).await[0]).await;
}
