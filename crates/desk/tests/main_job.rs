//! One person from a first contact to a kept appointment, in virtual time, on a real store.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{
    DeskError,
    acts::{BookPlace, DecideNeed},
};
use domain::{
    callback::CallOutcome,
    decision::{DecisionKind, Need},
    inquiry::{Closing, Inquiry, Stage},
    refusal::Refusal,
    text::Lang,
};
use jiff::SignedDuration;

/// Walks an inquiry to the stage at which a visit is to be booked.
async fn to_book(room: &mut Room, given: &str) -> Inquiry {
    let ask = request(given, "immigration-judge-grant", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let windows = room.desk.windows(&inquiry, room.now, 5).await.unwrap();
    let officer = room.staff("m.ortega").await;
    room.on_duty("m.ortega").await;
    let start = windows[0].window.start;
    let caller = room.as_staff("m.ortega").await;
    let inquiry = room.desk.promise_callback(&caller, inquiry.id, start, Some(officer.id)).await.unwrap();
    Box::pin(room.until(start)).await;
    let inquiry = room.desk.start_call(&room.as_staff("m.ortega").await, inquiry.id).await.unwrap();
    room.pass(5);
    let caller = room.as_staff("m.ortega").await;
    let inquiry = room.desk.end_call(&caller, inquiry.id, CallOutcome::Reached).await.unwrap();
    let advice = room.desk.advise(&inquiry, DecisionKind::Need, room.now).await.unwrap();
    let because = (advice.outcome("need") != Some("visit")).then(|| "The order needs a stamp.".to_owned());
    let decide = DecideNeed { need: Need::Visit, missing: vec![], because, sentence: None };
    room.desk.decide_need(&room.as_staff("m.ortega").await, inquiry.id, &decide).await.unwrap()
}

async fn book_best(room: &Room, inquiry: &Inquiry) -> Inquiry {
    let places = room.desk.places(inquiry, None, room.now).await.unwrap();
    let best = &places.best[0].opening;
    let ask = BookPlace {
        office: best.office.clone(),
        start: best.start,
        pool: best.pool,
        held: None,
        bring_also: vec!["The judge's order, all pages".into()],
        because: None,
    };
    room.desk.book(&room.as_staff("m.ortega").await, inquiry.id, &ask).await.unwrap()
}

#[tokio::test]
async fn from_request_to_served() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let inquiry = to_book(&mut room, "Ana").await;
    assert_eq!(inquiry.office.as_str(), "LOS");
    assert_eq!(
        inquiry.reach.zone.name(),
        "America/Los_Angeles",
        "times are said in the zone of the serving office"
    );
    let inquiry = book_best(&room, &inquiry).await;
    let visit = inquiry.appointment().unwrap().clone();
    let calendar = room.desk.pack().calendar_of(&inquiry.office).unwrap();
    let days =
        calendar.business_days_between(calendar.zone.date(inquiry.opened), calendar.zone.date(visit.start));
    assert_eq!(days, 5, "about five business days after the first contact, Thanksgiving left out");
    assert!(visit.bring.iter().any(|b| b.text.in_lang(&Lang::en()).contains("judge's order")));
    room.until(visit.start - SignedDuration::from_mins(10)).await;
    let clerk = room.as_staff("clerk.nyc").await;
    assert!(matches!(room.desk.check_in(&clerk, inquiry.id).await, Err(DeskError::Denied(_))));
    let inquiry = room.desk.check_in(&room.as_staff("clerk.los").await, inquiry.id).await.unwrap();
    let inquiry = room.desk.call_ticket(&room.as_staff("clerk.los").await, inquiry.id, "4").await.unwrap();
    room.pass(20);
    let inquiry = room.desk.serve(&room.as_staff("clerk.los").await, inquiry.id).await.unwrap();
    assert!(matches!(inquiry.stage, Stage::Closed { closing: Closing::Served, .. }));
    let until = room.now;
    room.until(until).await;
    insta::assert_debug_snapshot!(room.story(&inquiry).await);
    let mails = std::fs::read_dir(&room.mail).unwrap().count();
    let notices = room.store.notices(inquiry.id).await.unwrap();
    assert_eq!(mails, notices.len(), "every notice was sent once");
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_repeated_command_answers_as_before() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Ana", "immigration-judge-grant", "90012", Lang::es());
    let caller = room.anyone();
    let first = room.desk.request_meeting(&caller, &ask).await.unwrap().inquiry;
    let again = room.desk.request_meeting(&caller, &ask).await.unwrap().inquiry;
    assert_eq!(first, again, "a second click makes no second inquiry");
    let other = room.desk.request_meeting(&room.anyone(), &ask).await;
    assert!(
        matches!(other, Err(DeskError::Refused(Refusal::AlreadyLive { .. }))),
        "one live request per person and reason"
    );
    let until = room.now;
    room.until(until).await;
    let kinds: Vec<_> = room.store.notices(first.id).await.unwrap().iter().map(|n| n.kind.as_str()).collect();
    assert_eq!(kinds, ["request-received", "link-resent"], "the person finds what they have");
}

#[tokio::test]
async fn two_officers_and_one_place() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let mut people = Vec::new();
    for name in ["Ana", "Bo", "Cy", "Di", "Ed", "Flo"] {
        people.push(to_book(&mut room, name).await);
    }
    let places = room.desk.places(&people[0], None, room.now).await.unwrap();
    let best = places.all.iter().max_by_key(|o| o.start).unwrap().clone();
    let ask = BookPlace {
        office: best.office.clone(),
        start: best.start,
        pool: best.pool,
        held: None,
        bring_also: vec![],
        because: None,
    };
    let mut callers = Vec::new();
    for _ in &people {
        callers.push(room.as_staff("j.lee").await);
    }
    let tries = people.iter().zip(&callers).map(|(inquiry, caller)| room.desk.book(caller, inquiry.id, &ask));
    let results = futures::future::join_all(tries).await;
    let booked = results.iter().filter(|r| r.is_ok()).count();
    assert_eq!(booked, usize::try_from(best.left).unwrap().min(people.len()));
    for result in results.into_iter().filter_map(Result::err) {
        assert!(
            matches!(result, DeskError::NoPlace(_) | DeskError::Refused(Refusal::SlotFull)),
            "{result:?}"
        );
    }
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_held_place_is_booked_or_runs_out() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let inquiry = to_book(&mut room, "Ana").await;
    let best = room.desk.places(&inquiry, None, room.now).await.unwrap().best[0].opening.clone();
    let caller = room.as_staff("m.ortega").await;
    let held = room.desk.hold_place(&caller, inquiry.id, &best.office, best.start, best.pool).await.unwrap();
    let mut ask = BookPlace {
        office: best.office.clone(),
        start: best.start + SignedDuration::from_mins(30),
        pool: best.pool,
        held: Some(held),
        bring_also: vec![],
        because: None,
    };
    let other = room.desk.book(&room.as_staff("m.ortega").await, inquiry.id, &ask).await;
    assert!(
        matches!(other, Err(DeskError::Refused(Refusal::HoldExpired))),
        "a hold of one time is no booking of another"
    );
    ask.start = best.start;
    let booked = room.desk.book(&room.as_staff("m.ortega").await, inquiry.id, &ask).await.unwrap();
    assert_eq!(booked.appointment().unwrap().id, held);

    let inquiry = to_book(&mut room, "Bo").await;
    let best = room.desk.places(&inquiry, None, room.now).await.unwrap().best[0].opening.clone();
    let caller = room.as_staff("m.ortega").await;
    let held = room.desk.hold_place(&caller, inquiry.id, &best.office, best.start, best.pool).await.unwrap();
    let later = room.now + room.desk.pack().line().visits.hold();
    room.until(later).await;
    let late = BookPlace {
        office: best.office,
        start: best.start,
        pool: best.pool,
        held: Some(held),
        bring_also: vec![],
        because: None,
    };
    let late = room.desk.book(&room.as_staff("m.ortega").await, inquiry.id, &late).await;
    assert!(matches!(late, Err(DeskError::Refused(Refusal::HoldExpired))), "{late:?}");
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn missed_calls_climb_the_ladder_and_lose_nobody() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Ana", "immigration-judge-grant", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let window = room.desk.windows(&inquiry, room.now, 1).await.unwrap()[0].window.clone();
    room.desk
        .promise_callback(&room.as_staff("m.ortega").await, inquiry.id, window.start, None)
        .await
        .unwrap();
    let mut tried = Vec::new();
    loop {
        let inquiry = room.reload(&inquiry).await;
        let Stage::Promised(callback) = &inquiry.stage else { break };
        room.until(callback.next_attempt).await;
        tried.push(room.now.duration_since(window.start).as_mins());
        room.desk.start_call(&room.as_staff("j.lee").await, inquiry.id).await.unwrap();
        let caller = room.as_staff("j.lee").await;
        room.desk.end_call(&caller, inquiry.id, CallOutcome::NoAnswer).await.unwrap();
    }
    assert_eq!(tried, [0, 5, 20, 24 * 60], "0, +5, +20 and the next business day");
    let inquiry = room.reload(&inquiry).await;
    assert!(matches!(inquiry.stage, Stage::Unreached { .. }));
    let window = room.desk.windows(&inquiry, room.now, 1).await.unwrap()[0].window.start;
    let inquiry =
        room.desk.promise_callback(&room.person(inquiry.id), inquiry.id, window, None).await.unwrap();
    assert_eq!(inquiry.opened, ask_time(), "the first contact's clock never restarts");
    assert_eq!(room.store.check().await.unwrap(), []);
}

fn ask_time() -> jiff::Timestamp {
    "2026-11-23T17:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn what_nobody_keeps_is_seen() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Ana", "immigration-judge-grant", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let window = room.desk.windows(&inquiry, room.now, 1).await.unwrap()[0].window.clone();
    room.desk
        .promise_callback(&room.as_staff("m.ortega").await, inquiry.id, window.start, None)
        .await
        .unwrap();
    room.until(window.end).await;
    let inquiry = room.reload(&inquiry).await;
    assert_eq!(inquiry.callback().unwrap().broken_at, Some(window.end));
    // The person did not come either: the need stays decided, another time is offered, nothing begins again.
    let inquiry = to_book(&mut room, "Bo").await;
    let inquiry = book_best(&room, &inquiry).await;
    let end = inquiry.appointment().unwrap().end + SignedDuration::from_hours(2);
    room.until(end).await;
    let inquiry = room.reload(&inquiry).await;
    assert!(matches!(inquiry.stage, Stage::ToBook { .. }));
    assert_eq!(inquiry.missed_visits(), 1);
    let inquiry = book_best(&room, &inquiry).await;
    assert!(inquiry.appointment().is_some());
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_stranger_sees_and_does_nothing() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let one = to_book(&mut room, "Ana").await;
    let two = to_book(&mut room, "Bo").await;
    let stranger = room.person(two.id);
    assert!(matches!(room.desk.open_inquiry(&stranger, one.id).await, Err(DeskError::NotFound)));
    assert!(matches!(room.desk.withdraw(&stranger, one.id).await, Err(DeskError::NotFound)));
    let clerk = room.as_staff("clerk.los").await;
    let need = DecideNeed { need: Need::Mail, missing: vec![], because: None, sentence: None };
    assert!(matches!(room.desk.decide_need(&clerk, one.id, &need).await, Err(DeskError::Denied(_))));
    let reads = room.story(&one).await.iter().filter(|act| *act == "read").count();
    room.desk.open_inquiry(&room.as_staff("operator").await, one.id).await.unwrap();
    room.desk.open_inquiry(&room.as_staff("operator").await, one.id).await.unwrap();
    let after = room.story(&one).await.iter().filter(|act| *act == "read").count();
    assert_eq!(after - reads, 1, "a read is journalled, once an hour for one reader");
}

/// Everybody at the door at once: each has a ticket of their own, none is left out.
#[tokio::test]
async fn each_ticket_is_given_once() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let mut booked = Vec::new();
    for name in ["Ana", "Bo", "Cy", "Di"] {
        let inquiry = to_book(&mut room, name).await;
        booked.push(book_best(&room, &inquiry).await);
    }
    booked.sort_by_key(|inquiry| inquiry.appointment().unwrap().start);
    let first = booked[0].appointment().unwrap().start;
    booked.retain(|i| i.appointment().unwrap().start <= first + SignedDuration::from_mins(15));
    assert!(booked.len() > 1, "they are awaited at the same time");
    room.until(first).await;
    let mut callers = Vec::new();
    for _ in &booked {
        callers.push(room.as_staff("clerk.los").await);
    }
    let arrive = booked.iter().zip(&callers).map(|(inquiry, caller)| room.desk.check_in(caller, inquiry.id));
    let mut tickets: Vec<String> = Vec::new();
    for arrived in futures::future::join_all(arrive).await {
        let Stage::CheckedIn { ticket, .. } = arrived.unwrap().stage else { panic!("they were checked in") };
        tickets.push(ticket);
    }
    tickets.sort();
    assert_eq!(tickets, ["A001", "A002", "A003", "A004"][..booked.len()]);
}
