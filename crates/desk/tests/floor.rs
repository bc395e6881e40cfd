//! A morning at an office: people with and without an appointment, two counters, and who is not there. In virtual time, on a real
//! store.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{
    DeskError,
    acts::{PlanClosing, SetAside, WhoCame},
};
use domain::{
    codes::OfficeCode,
    inquiry::{Inquiry, Stage},
    refusal::Refusal,
    text::{Lang, Text},
};
use pack::Files;

/// Nine in the morning in Los Angeles.
const NINE: &str = "2026-11-23T17:00:00Z";

/// The USCIS pack, but Los Angeles sees people without an appointment.
fn open() -> Files {
    let mut files = Room::files();
    let offices = String::from_utf8(files.bytes("offices.csv").unwrap().to_vec()).unwrap();
    let opened = offices
        .replace("America/Los_Angeles,large,no,,LOS,W,CSC", "America/Los_Angeles,large,yes,,LOS,W,CSC");
    assert_ne!(offices, opened);
    files.insert("offices.csv", opened);
    files
}

fn los() -> OfficeCode {
    "LOS".parse().unwrap()
}

fn new(given: &str) -> WhoCame {
    WhoCame::New(Box::new(request(given, "emergency-travel", "90012", Lang::en())))
}

async fn let_in(room: &Room, given: &str) -> Inquiry {
    let caller = room.as_staff("manager.los").await;
    room.desk.decide_walk_in(&caller, &los(), &new(given), true, "a funeral").await.unwrap()
}

fn ticket(inquiry: &Inquiry) -> &str {
    match &inquiry.stage {
        Stage::CheckedIn { ticket, .. } => ticket,
        other => panic!("not at the office: {other:?}"),
    }
}

fn refused<T: std::fmt::Debug>(done: Result<T, DeskError>) -> Refusal {
    match done {
        Err(DeskError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn whoever_is_let_in_has_a_ticket_and_the_day_has_an_end() {
    let mut room = Room::of(NINE, &open()).await;
    let clerk = room.as_staff("clerk.los").await;
    let by_clerk = room.desk.decide_walk_in(&clerk, &los(), &new("Ana"), true, "x").await;
    assert!(matches!(by_clerk, Err(DeskError::Denied(_))), "a clerk does not decide");
    let most = room.desk.pack().office(&los()).unwrap().walk_ins_a_day;
    for n in 1..=most {
        let inquiry = let_in(&room, &format!("Ana{n}")).await;
        assert_eq!(ticket(&inquiry), format!("A{n:03}"));
        assert!(inquiry.appointment().unwrap().walk_in);
        assert_eq!(inquiry.walk_ins[0].by, room.staff("manager.los").await.actor());
    }
    let caller = room.as_staff("manager.los").await;
    let one_more = room.desk.decide_walk_in(&caller, &los(), &new("Bo"), true, "x").await;
    assert_eq!(refused(one_more), Refusal::WalkInsUsedUp { most });
    // Refused, their matter waits for an officer as any other.
    let caller = room.as_staff("manager.los").await;
    let inquiry = room.desk.decide_walk_in(&caller, &los(), &new("Bo"), false, "used up").await.unwrap();
    assert!(matches!(inquiry.stage, Stage::Review { .. }) && !inquiry.walk_ins[0].admitted);
    assert!(room.story(&inquiry).await.contains(&"walk-in-refused".to_owned()));
    let until = room.now;
    room.until(until).await;
    let told = room.store.notices(inquiry.id).await.unwrap();
    assert_eq!(told.len(), 1, "they are told that it was received");
    // Tomorrow is another day, and the same person is known again.
    room.pass(24 * 60);
    let again = let_in(&room, "Bo").await;
    assert_eq!(again.id, inquiry.id, "nobody begins anew");
    assert_eq!(again.walk_ins.len(), 2);
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn an_office_that_admits_nobody_says_so() {
    let room = Room::of(NINE, &open()).await;
    let caller = room.as_staff("manager.los").await;
    let elsewhere = room.desk.decide_walk_in(&caller, &"NYC".parse().unwrap(), &new("Ana"), true, "x").await;
    assert!(matches!(elsewhere, Err(DeskError::Denied(_))), "another office's discretion is its own");
    let day = room.desk.walk_in_day(&"NYC".parse().unwrap(), room.now).unwrap();
    assert_eq!(day.most, 0);
}

#[tokio::test]
async fn a_closed_day_lets_nobody_in() {
    let mut room = Room::of(NINE, &open()).await;
    let (from, until) = room.desk.day_of(&los(), "2026-11-24".parse().unwrap()).unwrap();
    let why = Text::new([(Lang::en(), "No power.".to_owned()), (Lang::es(), "Sin luz.".to_owned())]);
    let ask = PlanClosing { office: los(), from, until, why };
    let plan = room.desk.plan_closing(&room.as_staff("manager.los").await, &ask).await.unwrap();
    room.desk.close_day(&room.as_staff("manager.los").await, plan.id).await.unwrap();
    room.until(from + jiff::SignedDuration::from_hours(9)).await;
    let caller = room.as_staff("manager.los").await;
    let tried = room.desk.decide_walk_in(&caller, &los(), &new("Ana"), true, "x").await;
    assert_eq!(refused(tried), Refusal::NoWalkIns, "nobody is told that others came first");
    let caller = room.as_staff("manager.los").await;
    let told = room.desk.decide_walk_in(&caller, &los(), &new("Ana"), false, "closed").await.unwrap();
    assert!(told.is_live(), "what they need is taken down all the same");
}

#[tokio::test]
async fn a_promised_call_ends_when_they_are_seen() {
    let mut room = Room::of(NINE, &open()).await;
    let ask = request("Ana", "emergency-travel", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let windows = room.desk.windows(&inquiry, room.now, 5).await.unwrap();
    let officer = room.staff("m.ortega").await;
    let start = windows[0].window.start;
    let caller = room.as_staff("m.ortega").await;
    room.desk.promise_callback(&caller, inquiry.id, start, Some(officer.id)).await.unwrap();
    let seen = let_in(&room, "Ana").await;
    assert_eq!(seen.id, inquiry.id);
    assert_eq!(seen.past_callbacks.len(), 1);
    assert_eq!(room.store.check().await.unwrap(), [], "the call's place and the officer's time are free");
    room.until(start + jiff::SignedDuration::from_hours(3)).await;
    let acts = room.story(&seen).await;
    assert!(!acts.contains(&"promise-broken".to_owned()), "nobody waits for that call: {acts:?}");
}

#[tokio::test]
async fn two_counters_call_two_people_and_nobody_is_lost() {
    let mut room = Room::of(NINE, &open()).await;
    let mut all = Vec::new();
    for given in ["Ana", "Bo", "Cy"] {
        all.push(let_in(&room, given).await);
        room.pass(1);
    }
    let (one, two) = (room.as_staff("clerk.los").await, room.as_staff("clerk.los").await);
    let office = los();
    let both = futures::future::join(
        room.desk.call_next(&one, &office, "1"),
        room.desk.call_next(&two, &office, "2"),
    )
    .await;
    let (first, second) = (both.0.unwrap(), both.1.unwrap());
    let mut called = [ticket(&first).to_owned(), ticket(&second).to_owned()];
    called.sort();
    assert_eq!(called, ["A001", "A002"], "each counter has another person");
    // The one is handed on, the other is not there.
    let clerk = room.as_staff("clerk.los").await;
    room.desk.set_aside(&clerk, first.id, &SetAside::HandTo("3".into())).await.unwrap();
    let clerk = room.as_staff("clerk.los").await;
    assert_eq!(
        refused(room.desk.call_ticket(&clerk, first.id, "1").await),
        Refusal::ForCounter { counter: "3".into() }
    );
    let clerk = room.as_staff("clerk.los").await;
    room.desk.set_aside(&clerk, second.id, &SetAside::NotHere).await.unwrap();
    let third = room.desk.call_next(&room.as_staff("clerk.los").await, &office, "1").await.unwrap();
    assert_eq!(third.id, all[2].id);
    let nobody = room.desk.call_next(&room.as_staff("clerk.los").await, &office, "2").await;
    assert_eq!(refused(nobody), Refusal::NobodyWaits);
    let handed = room.desk.call_next(&room.as_staff("clerk.los").await, &office, "3").await.unwrap();
    assert_eq!(handed.id, first.id);
    let back = room.desk.back_in_line(&room.as_staff("clerk.los").await, second.id).await.unwrap();
    let again = room.desk.call_next(&room.as_staff("clerk.los").await, &office, "2").await.unwrap();
    assert_eq!(again.id, back.id);
    let gone = room.desk.leave_office(&room.as_staff("clerk.los").await, second.id).await.unwrap();
    assert!(gone.is_live(), "they are given another time");
    assert_eq!(room.story(&gone).await.last().unwrap(), "left-unserved");
    assert_eq!(room.store.check().await.unwrap(), []);
}
