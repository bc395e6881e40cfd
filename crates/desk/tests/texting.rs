//! What people write to us by text: YES to an earlier time, and STOP, which is about the number and whatever comes later.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::DeskError;
use domain::{
    change::{Change, Write},
    earlier::Wish,
    inquiry::Inquiry,
    notice::{Carrier, NoticeKind},
    phone::PhoneNumber,
    refusal::Refusal,
    text::Lang,
};
use jiff::SignedDuration;
use notices::Texts;
use std::sync::Arc;

const MONDAY: &str = "2026-11-30T17:00:00Z";

async fn room() -> Room {
    let mut room = Room::at(MONDAY).await;
    let texts = Texts::drop_into(room.mail.join("texts")).unwrap();
    room.desk = room.desk.clone().with_texts(Some(Arc::new(texts)));
    room
}

async fn writes(room: &Room, from: &PhoneNumber, said: &str) {
    room.desk.take_text(&room.anyone(), from, said).await.unwrap();
}

/// Somebody with a visit at one of the office's free times, so many from the first, at a number of their own and with texts.
async fn booked(room: &Room, given: &str, phone: &str, which: usize) -> Inquiry {
    let mut inquiry = room.needs_visit(given).await;
    inquiry.version += 1;
    inquiry.reach.phone = phone.parse().unwrap();
    inquiry.reach.texts = true;
    let mut change = Change::new(room.system().command());
    change.writes.push(Write::Inquiry(Box::new(inquiry.clone())));
    room.store.commit(change).await.unwrap();
    let places = room.desk.places(&inquiry, None, room.now).await.unwrap().all;
    room.book(&inquiry, &places[which]).await.unwrap()
}

#[tokio::test]
async fn yes_takes_the_earlier_time_that_was_offered_and_nothing_else() {
    let mut room = room().await;
    let ana = booked(&room, "Ana", "2135550101", 60).await;
    let bo = booked(&room, "Bo", "2135550102", 200).await;
    let wish =
        Wish { from: "2026-11-30".parse().unwrap(), until: "2027-01-30".parse().unwrap(), notice_hours: 24 };
    room.desk.ask_earlier(&room.person(bo.id), bo.id, &wish, None).await.unwrap();
    let had = ana.appointment().unwrap().clone();
    room.desk.cancel_appointment(&room.person(ana.id), ana.id).await.unwrap();
    for _ in 0..48 * 4 {
        let next = room.now + SignedDuration::from_mins(15);
        room.until(next).await;
        if room.reload(&bo).await.offer().is_some() {
            break;
        }
    }
    let offer = room.reload(&bo).await.offer().unwrap().clone();
    assert_eq!(offer.opening.start, had.start);
    // A stranger's YES does nothing, nor does Ana's, who has nothing to confirm any more.
    writes(&room, &"2135550199".parse().unwrap(), "YES").await;
    writes(&room, &ana.reach.phone, "YES").await;
    assert!(room.reload(&bo).await.offer().is_some());
    writes(&room, &bo.reach.phone, " yes! ").await;
    let now = room.reload(&bo).await;
    assert!(now.offer().is_none());
    assert_eq!(now.appointment().unwrap().start, had.start);
    let last =
        room.store.notices(bo.id).await.unwrap().into_iter().rev().find(|n| n.by == Carrier::Text).unwrap();
    assert_eq!(last.kind, NoticeKind::AppointmentMoved, "the notice of the new time is the answer");
    assert!(room.story(&bo).await.contains(&"earlier-taken".to_owned()));
    // Said once more it says that they come, and takes nothing.
    writes(&room, &bo.reach.phone, "SI").await;
    let again = room.reload(&bo).await;
    assert_eq!(again.appointment().unwrap().start, had.start);
    assert!(again.appointment().unwrap().confirmed.is_some());
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn stop_is_for_whatever_comes_later_until_start() {
    let room = room().await;
    let mut ask = request("Ana", "immigration-judge-grant", "90012", Lang::en());
    ask.reach.texts = true;
    let number = ask.reach.phone.clone();
    // Before there is any inquiry of theirs.
    writes(&room, &number, "STOP").await;
    assert!(room.desk.wants_no_texts(&number).await.unwrap());
    let ana = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    assert!(!ana.reach.texts, "whatever the form said");
    assert!(room.store.notices(ana.id).await.unwrap().iter().all(|n| n.by != Carrier::Text));
    let page = room.desk.agree_texts(&room.person(ana.id), ana.id, true).await;
    assert!(matches!(page, Err(DeskError::Refused(Refusal::NotOffered))), "only from the number itself");
    // Another number is another number.
    let mut other = request("Bo", "immigration-judge-grant", "90012", Lang::en());
    (other.reach.texts, other.reach.phone) = (true, "2135550177".parse().unwrap());
    assert!(room.desk.request_meeting(&room.anyone(), &other).await.unwrap().inquiry.reach.texts);
    writes(&room, &number, "START").await;
    assert!(!room.desk.wants_no_texts(&number).await.unwrap());
    assert!(room.reload(&ana).await.reach.texts, "what was turned off is on again");
    room.desk.agree_texts(&room.person(ana.id), ana.id, false).await.unwrap();
    room.desk.agree_texts(&room.person(ana.id), ana.id, true).await.unwrap();
    assert!(room.reload(&ana).await.reach.texts, "the page may again");
}
