//! Promised calls that do not reach the person: by what came of each, in the officer's free time and the hours of both.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::acts::{JoinWait, OperatorState};
use domain::{
    callback::{CallOutcome, retry::Then},
    inquiry::{Inquiry, Stage},
    text::Lang,
    urgency::Urgency,
    wait::{Choice, State},
};
use jiff::{SignedDuration, Timestamp};

/// A call that this officer has promised, in the first window that is offered.
async fn promised(room: &Room, given: &str, officer: &str) -> Inquiry {
    let ask = request(given, "immigration-judge-grant", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let start = room.desk.windows(&inquiry, room.now, 1).await.unwrap()[0].window.start;
    let (caller, owner) = (room.as_staff(officer).await, room.staff(officer).await.id);
    room.desk.promise_callback(&caller, inquiry.id, start, Some(owner)).await.unwrap()
}

/// Calls, and ends so after a minute.
async fn call(room: &mut Room, inquiry: &Inquiry, officer: &str, outcome: CallOutcome) -> Inquiry {
    room.desk.start_call(&room.as_staff(officer).await, inquiry.id).await.unwrap();
    room.pass(1);
    let caller = room.as_staff(officer).await;
    room.desk.end_call(&caller, inquiry.id, outcome).await.unwrap()
}

fn after(from: Timestamp, minutes: i64) -> Timestamp {
    from + SignedDuration::from_mins(minutes)
}

#[tokio::test]
async fn each_outcome_is_followed_as_the_pack_says_and_kept_with_its_time() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let inquiry = promised(&room, "Ana", "m.ortega").await;
    let start = inquiry.callback().unwrap().window.start;
    room.until(start).await;
    let inquiry = call(&mut room, &inquiry, "m.ortega", CallOutcome::Busy).await;
    assert_eq!(inquiry.callback().unwrap().next_attempt, after(start, 4), "three minutes after it ended");
    room.until(after(start, 4)).await;
    let inquiry = call(&mut room, &inquiry, "m.ortega", CallOutcome::LineFault).await;
    assert_eq!(inquiry.callback().unwrap().next_attempt, after(start, 6));
    room.until(after(start, 6)).await;
    let inquiry = call(&mut room, &inquiry, "m.ortega", CallOutcome::Declined).await;
    assert!(matches!(inquiry.stage, Stage::Unreached { .. }), "whoever declines is not called again");
    let past = &inquiry.past_callbacks[0];
    assert_eq!(past.then, Some(Then::Choose));
    let kept: Vec<_> = past.attempts.iter().map(|a| (a.started, a.ended, a.outcome)).collect();
    assert_eq!(
        kept,
        [
            (start, after(start, 1), CallOutcome::Busy),
            (after(start, 4), after(start, 5), CallOutcome::LineFault),
            (after(start, 6), after(start, 7), CallOutcome::Declined),
        ]
    );
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn another_call_takes_the_officer_only_when_they_are_free() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    room.on_duty("m.ortega").await;
    let first = promised(&room, "Ana", "m.ortega").await;
    let second = promised(&room, "Bo", "m.ortega").await;
    let start = first.callback().unwrap().window.start;
    assert_eq!(second.callback().unwrap().next_attempt, after(start, 20));
    room.until(start).await;
    // In a minute and five the officer would be free until the second call; but not for as long as a call takes.
    let first = call(&mut room, &first, "m.ortega", CallOutcome::NoAnswer).await;
    assert_eq!(first.callback().unwrap().next_attempt, after(start, 40), "after the second call");
    let theirs = room.store.busy(None, start, after(start, 120)).await.unwrap();
    let mut stretches: Vec<_> = theirs.iter().map(|b| (b.start, b.end)).collect();
    stretches.sort_unstable();
    assert_eq!(stretches, [(after(start, 20), after(start, 40)), (after(start, 40), after(start, 60))]);
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn another_call_that_nobody_makes_becomes_everybodys() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let inquiry = promised(&room, "Ana", "m.ortega").await;
    let window = inquiry.callback().unwrap().window.clone();
    room.until(window.start).await;
    let inquiry = call(&mut room, &inquiry, "m.ortega", CallOutcome::NoAnswer).await;
    assert!(inquiry.callback().unwrap().owner.is_some());
    room.until(window.end).await;
    let inquiry = room.reload(&inquiry).await;
    assert_eq!(inquiry.callback().unwrap().owner, None);
    assert_eq!(room.story(&inquiry).await.last().unwrap(), "retry-late");
    assert_eq!(room.store.busy(None, window.start, after(window.end, 60)).await.unwrap(), []);
    // A colleague reaches them.
    let inquiry = call(&mut room, &inquiry, "j.lee", CallOutcome::Reached).await;
    assert!(matches!(inquiry.stage, Stage::Spoken { .. }));
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn when_our_line_stays_down_another_window_is_promised_once() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let inquiry = promised(&room, "Ana", "m.ortega").await;
    let first = inquiry.callback().unwrap().window.clone();
    let mut inquiry = inquiry;
    let mut calls = 0;
    while let Some(callback) = inquiry.callback().filter(|c| c.renewed == 0) {
        room.until(callback.next_attempt).await;
        inquiry = call(&mut room, &inquiry, "m.ortega", CallOutcome::LineFault).await;
        calls += 1;
    }
    assert_eq!(calls, 6, "four more in the window, one on the next day, and then another window");
    let callback = inquiry.callback().unwrap().clone();
    assert!(callback.window.start > after(first.start, 24 * 60));
    assert_eq!((callback.renewed, callback.moves), (1, 0), "it is no move of theirs");
    assert_eq!(room.store.check().await.unwrap(), []);
    // Nobody calls in that one: it is a promise like any other.
    room.until(callback.window.end).await;
    inquiry = room.reload(&inquiry).await;
    assert_eq!(inquiry.callback().unwrap().broken_at, Some(callback.window.end));
    // And when that fails as well, they choose.
    while inquiry.callback().is_some() {
        let next = inquiry.callback().unwrap().next_attempt;
        room.until(next).await;
        inquiry = call(&mut room, &inquiry, "j.lee", CallOutcome::LineFault).await;
    }
    assert!(matches!(inquiry.stage, Stage::Unreached { .. }));
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn nobody_is_called_back_at_night() {
    let mut room = Room::at("2026-11-24T00:40:00Z").await;
    // 19:40 in New York, 16:40 in Los Angeles, where the person lives.
    let theirs = request("Ana", "immigration-judge-grant", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &theirs).await.unwrap().inquiry;
    let ask = JoinWait {
        queue: "tier1".parse().unwrap(),
        lang: Lang::en(),
        reason: None,
        urgency: Urgency::Regular,
        person: None,
        inquiry: Some(inquiry.id),
        number: Some("2135550101".parse().unwrap()),
        first_asked: None,
        node: None,
        rung: None,
        keyed: domain::wait::Keyed::default(),
        relay: None,
    };
    let wait = room.desk.join_wait(&room.system(), &ask).await.unwrap().wait;
    assert_eq!(wait.zone.as_ref().map(domain::calendar::Zone::name), Some("America/Los_Angeles"));
    let (operator, state) =
        (room.staff("operator").await.id, OperatorState { choice: Choice::Ready, node: None });
    let morning: Timestamp = "2026-11-24T13:05:00Z".parse().unwrap();
    room.now = morning;
    room.desk.set_operator_state(&room.as_staff("operator").await, operator, &state).await.unwrap();
    assert_eq!(room.desk.grant_waits(&room.system()).await.unwrap(), [], "five past five where they live");
    assert_eq!(room.desk.may_call_from(&wait, morning), Some("2026-11-24T15:00:00Z".parse().unwrap()));
    room.now = "2026-11-24T15:00:00Z".parse().unwrap();
    let granted = room.desk.grant_waits(&room.system()).await.unwrap();
    assert_eq!(granted[0].caller, wait.id);
    let wait = room.store.wait(wait.id).await.unwrap().unwrap();
    assert!(matches!(wait.state, State::Offered { away: Some(_), .. }));
    assert_eq!(room.store.check().await.unwrap(), []);
}
