//! Notices that an automated voice tells: when it is tried, by whom, how often, and what comes after.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, press, request};
use desk::{Worker, acts::RequestMeeting};
use domain::{
    callback::CallOutcome,
    inquiry::Inquiry,
    notice::{Carrier, Delivery, Notice, NoticeKind},
    notice_call::NoticeCallEnd as End,
    person::PostAddress,
    pii::Pii,
    text::Lang,
};
use jiff::SignedDuration;
use notices::{CALLS_AT_ONCE, Calls, NoticeCall};
use std::{collections::BTreeSet, sync::Arc};
use tokio::sync::mpsc::Receiver;

/// A desk at whose line the test sits.
async fn room(now: &str) -> (Room, Receiver<NoticeCall>) {
    let mut room = Room::at(now).await;
    let (calls, line) = Calls::new();
    room.desk = room.desk.clone().with_press(Some(press())).with_calls(Some(Arc::new(calls)));
    (room, line)
}

/// Nine in the morning where she lives.
const MORNING: &str = "2026-11-23T17:00:00Z";

fn by_call(given: &str) -> RequestMeeting {
    let mut ask = request(given, "immigration-judge-grant", "90012", Lang::en());
    (ask.reach.email, ask.reach.calls) = (None, true);
    ask.reach.post = PostAddress::new("300 Example Street", "", "Los Angeles", "CA", "90012").map(Pii::new);
    ask
}

/// Somebody who can be told by a call, and after that by a letter, was promised a call by an officer.
async fn promised(room: &mut Room, ask: &RequestMeeting) -> Inquiry {
    let inquiry = room.desk.request_meeting(&room.anyone(), ask).await.unwrap().inquiry;
    let windows = room.desk.windows(&inquiry, room.now, 40).await.unwrap();
    let start = windows.last().unwrap().window.start;
    room.desk.promise_callback(&room.as_staff("m.ortega").await, inquiry.id, start, None).await.unwrap()
}

async fn run(room: &Room) {
    let report = room.desk.run_due(&Worker { name: "test".into() }, room.now).await.unwrap();
    assert_eq!(report.failed, 0);
}

/// What was said of the promise, by each way.
async fn of_promise(room: &Room, inquiry: &Inquiry) -> Vec<Notice> {
    let mut all = room.store.notices(inquiry.id).await.unwrap();
    all.retain(|notice| notice.kind == NoticeKind::CallbackPromised);
    all
}

async fn ends(room: &Room, call: &NoticeCall, end: End) {
    room.desk.notice_called(&room.system(), call.notice, call.version, end).await.unwrap();
}

#[tokio::test]
async fn who_has_agreed_is_called_before_a_letter_is_written_and_what_was_heard_is_told() {
    let (mut room, mut line) = room(MORNING).await;
    let ana = promised(&mut room, &by_call("Ana")).await;
    let all = room.store.notices(ana.id).await.unwrap();
    let received = all.iter().find(|n| n.kind == NoticeKind::RequestReceived).unwrap();
    assert_eq!(received.by, Carrier::Post, "what they have just done themselves rings no telephone");
    run(&room).await;
    let call = line.try_recv().unwrap();
    assert_eq!((call.to.clone(), call.inquiry), (ana.reach.phone.clone(), ana.id));
    assert!(call.told.news.contains("An officer will call you"), "{}", call.told.news);
    assert!(
        room.desk.went_out_under(call.mark).await.unwrap().is_some(),
        "whoever is called can ask whether it is us"
    );
    assert!(matches!(of_promise(&room, &ana).await[0].delivery, Delivery::Delayed { attempts: 1, .. }));
    run(&room).await;
    let more = line.try_recv().ok().map(|call| call.told.news);
    assert_eq!(more, None, "one call is under way");

    room.pass(1);
    ends(&room, &call, End::Heard).await;
    let [told] = of_promise(&room, &ana).await.try_into().unwrap();
    assert_eq!((told.by, told.arrived), (Carrier::Call, Some(room.now)));
    assert!(matches!(&told.delivery, Delivery::Sent { receipt, .. } if receipt == "heard"));
    assert_eq!(room.desk.links().mark_of(&told), call.mark, "their page says the code that they heard");
    // What comes later about the same call changes nothing, and the job that waited has nothing to do.
    ends(&room, &call, End::Missed(CallOutcome::Busy)).await;
    room.until(room.now + SignedDuration::from_hours(4)).await;
    assert!(line.try_recv().is_err());
    assert_eq!(of_promise(&room, &ana).await, [told]);
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn unheard_often_enough_a_letter_goes_at_once() {
    let (mut room, mut line) = room(MORNING).await;
    let rules = room.desk.pack().line().notice_calls;
    let ana = promised(&mut room, &by_call("Ana")).await;
    run(&room).await;
    for n in 1..=u32::from(rules.most_calls) {
        let call = line.try_recv().unwrap();
        room.pass(1);
        // A fault of ours comes between, and counts as no call.
        if n == 2 {
            ends(&room, &call, End::Missed(CallOutcome::LineFault)).await;
            room.until(room.now + rules.pause()).await;
            ends(&room, &line.try_recv().unwrap(), End::Later).await;
        } else {
            ends(&room, &call, End::Unheard).await;
        }
        if n < u32::from(rules.most_calls) {
            assert_eq!(of_promise(&room, &ana).await.len(), 1);
            room.until(room.now + rules.pause()).await;
        }
    }
    let [call, letter] = of_promise(&room, &ana).await.try_into().unwrap();
    assert!(matches!(&call.delivery, Delivery::Failed { why, .. } if why == "unheard"));
    assert_eq!((letter.by, letter.queued_at), (Carrier::Post, call.queued_at));
    assert!(!room.story(&ana).await.contains(&"untold".to_owned()));
}

#[tokio::test]
async fn whoever_wants_no_such_calls_gets_none_any_more() {
    let (mut room, mut line) = room(MORNING).await;
    let mut ask = by_call("Ana");
    ask.reach.post = None;
    let ana = promised(&mut room, &ask).await;
    run(&room).await;
    let call = line.try_recv().unwrap();
    ends(&room, &call, End::Never).await;
    assert!(!room.reload(&ana).await.reach.calls);
    let story = room.story(&ana).await;
    assert!(
        ["calls-stopped", "notice-failed", "untold"].iter().all(|act| story.contains(&(*act).to_owned()))
    );
    // What was heard to its end was told, and those were the last.
    let ben = promised(&mut room, &by_call("Ben")).await;
    run(&room).await;
    ends(&room, &line.try_recv().unwrap(), End::HeardLast).await;
    assert!(!room.reload(&ben).await.reach.calls);
    assert!(matches!(of_promise(&room, &ben).await[0].delivery, Delivery::Sent { .. }));
    assert_eq!(of_promise(&room, &ben).await.len(), 1, "they have heard it");
    // They may want them again, on their page.
    room.desk.agree_calls(&room.person(ben.id), ben.id, true).await.unwrap();
    assert!(room.reload(&ben).await.reach.calls);
}

#[tokio::test]
async fn nobody_is_called_at_night_and_no_more_at_once_than_there_is_room_for() {
    // Nine in the evening where they live.
    let (mut room, mut line) = room("2026-11-24T05:00:00Z").await;
    for n in 0..=CALLS_AT_ONCE {
        promised(&mut room, &by_call(&format!("Ana {n}"))).await;
    }
    run(&room).await;
    assert!(line.try_recv().is_err());
    room.until("2026-11-24T16:59:00Z".parse().unwrap()).await;
    assert!(line.try_recv().is_err());
    room.until(MORNING.parse::<jiff::Timestamp>().unwrap() + SignedDuration::from_hours(24)).await;
    let mut calls = Vec::new();
    while let Ok(call) = line.try_recv() {
        calls.push(call);
    }
    assert_eq!(calls.len(), CALLS_AT_ONCE);
    let over = calls.pop().unwrap();
    ends(&room, &over, End::Heard).await;
    drop(over);
    room.until(room.now + SignedDuration::from_mins(1)).await;
    assert!(line.try_recv().is_ok(), "where one is over there is room for the next");
}

#[tokio::test]
async fn a_mail_that_could_not_be_brought_is_told_by_a_call() {
    let (mut room, mut line) = room(MORNING).await;
    let mut ask = by_call("Ana");
    ask.reach.email = Some("none".into());
    let ana = promised(&mut room, &ask).await;
    assert_eq!(of_promise(&room, &ana).await.len(), 1);
    run(&room).await;
    run(&room).await;
    let mut both = of_promise(&room, &ana).await;
    both.sort_by_key(|notice| notice.by);
    let [mail, told] = both.try_into().unwrap();
    assert_eq!((mail.by, told.by), (Carrier::Email, Carrier::Call));
    assert_eq!(line.try_recv().unwrap().notice, told.id);

    // Another number is another agreement; and a line that is gone for days keeps nobody from their letter.
    drop(line);
    room.until(room.now + SignedDuration::from_hours(72)).await;
    let ways: BTreeSet<_> = of_promise(&room, &ana).await.iter().map(|notice| notice.by).collect();
    assert_eq!(ways, BTreeSet::from([Carrier::Email, Carrier::Call, Carrier::Post]));
}

#[tokio::test]
async fn what_waited_for_a_call_that_is_no_longer_wanted_is_written() {
    // At nine in the evening it waits for the morning; meanwhile they want no such calls.
    let (mut room, mut line) = room("2026-11-24T05:00:00Z").await;
    let ana = promised(&mut room, &by_call("Ana")).await;
    room.desk.agree_calls(&room.person(ana.id), ana.id, false).await.unwrap();
    room.until("2026-11-24T17:00:00Z".parse().unwrap()).await;
    assert!(line.try_recv().is_err());
    let mut all = of_promise(&room, &ana).await;
    all.sort_by_key(|notice| notice.by == Carrier::Call);
    let [letter, call] = all.try_into().unwrap();
    assert!(matches!(&call.delivery, Delivery::Failed { why, .. } if why == "not wanted"));
    assert!(letter.by == Carrier::Post && matches!(letter.delivery, Delivery::ToPrint { .. }));
    assert_eq!(room.store.check().await.unwrap(), []);
}

/// By a key somebody who is called says that they will come; about another time, and in another call, nothing is done.
#[tokio::test]
async fn who_is_reminded_by_a_call_says_by_a_key_that_they_come() {
    let (mut room, mut line) = room(MORNING).await;
    let inquiry = room.needs_visit("Ana").await;
    let mut change = domain::change::Change::new(room.system().command());
    let mut reached = inquiry.clone();
    reached.version += 1;
    (reached.reach.email, reached.reach.calls) = (None, true);
    change.writes.push(domain::change::Write::Inquiry(Box::new(reached.clone())));
    room.store.commit(change).await.unwrap();
    let places = room.desk.places(&reached, None, room.now).await.unwrap();
    // So far away that they are asked whether they come.
    let far = room.now + SignedDuration::from_hours(100);
    let place = places.all.iter().find(|place| place.start > far).unwrap();
    let booked = room.book(&reached, place).await.unwrap();
    let start = booked.appointment().unwrap().start;
    let mut asked = None;
    while room.now < start && asked.is_none() {
        room.until(room.now + SignedDuration::from_mins(30)).await;
        while let Ok(call) = line.try_recv() {
            if call.told.yes.is_some() {
                asked = Some(call);
            } else {
                ends(&room, &call, End::Heard).await;
            }
        }
    }
    let call = asked.unwrap();
    let wrong = room.desk.answer_notice(&room.system(), call.notice, call.version + 1).await.unwrap();
    assert!(!wrong, "another call");
    assert!(room.desk.answer_notice(&room.person(booked.id), call.notice, call.version).await.is_err());
    assert!(room.desk.answer_notice(&room.system(), call.notice, call.version).await.unwrap());
    assert!(room.reload(&booked).await.appointment().unwrap().confirmed.is_some());
    ends(&room, &call, End::Accepted).await;
    let told = room.store.notice(call.notice).await.unwrap().unwrap();
    assert!(matches!(&told.delivery, Delivery::Sent { receipt, .. } if receipt == "accepted"));
    assert!(told.arrived.is_some());
    assert_eq!(room.store.check().await.unwrap(), []);
}
