//! A person asks for a review of what was decided, and somebody else decides on it.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{DeskError, acts::DecideNeed};
use domain::{
    decision::Need,
    inquiry::{Inquiry, ReviewState, Stage},
    refusal::Refusal,
    text::Lang,
};
use jiff::SignedDuration;
use store::{List, Page};

const MONDAY: &str = "2026-11-30T17:00:00Z";

async fn asked(room: &Room, given: &str) -> Inquiry {
    let ask = request(given, "proof-of-status", "90012", Lang::en());
    room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry
}

async fn decides(room: &Room, who: &str, inquiry: &Inquiry, need: Need) -> Result<Inquiry, DeskError> {
    let because = Some("It is sent by mail in three days.".to_owned());
    let ask = DecideNeed { need, missing: vec![], because, sentence: None };
    room.desk.decide_need(&room.as_staff(who).await, inquiry.id, &ask).await
}

fn refusal(result: Result<Inquiry, DeskError>) -> Refusal {
    match result {
        Err(DeskError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn from_the_mail_to_a_visit_by_another_officer() {
    let mut room = Room::at(MONDAY).await;
    let ana = asked(&room, "Ana").await;
    let closed = decides(&room, "m.ortega", &ana, Need::Mail).await.unwrap();
    assert!(matches!(closed.stage, Stage::Closed { .. }));
    assert!(room.desk.may_ask_review(&closed, room.now).is_some());
    let caller = room.person(ana.id);
    let open = room.desk.ask_review(&caller, ana.id, "I have no address.").await.unwrap();
    assert_eq!(
        open,
        room.desk.ask_review(&caller, ana.id, "I have no address.").await.unwrap(),
        "said twice"
    );
    assert_eq!(room.told(ana.id, "review-asked").await, 1);
    // Ten business days of the line, to the end of its day: eight in the evening in New York.
    assert_eq!(open.due(), Some("2026-12-15T01:00:00Z".parse().unwrap()));
    let list = room.store.list(&List::Review { office: None }, Page::first(10)).await.unwrap().rows;
    assert!(list.iter().any(|row| row.id == ana.id && row.open_review().is_some()));

    assert_eq!(refusal(decides(&room, "m.ortega", &ana, Need::Visit).await), Refusal::AnotherOfficer);
    let late = open.due().unwrap() + SignedDuration::from_mins(1);
    assert_eq!(room.store.figures(late).await.unwrap().overdue, 1, "what is late is seen as late");
    room.now = late;
    let changed = decides(&room, "j.lee", &ana, Need::Visit).await.unwrap();
    assert!(matches!(changed.stage, Stage::ToBook { .. }));
    assert!(matches!(changed.reviews[0].state, ReviewState::Decided { upheld: false, .. }));
    assert_eq!((room.told(ana.id, "review-decided").await, room.told(ana.id, "decision-made").await), (1, 1));
    let story = room.story(&ana).await;
    assert!(story.contains(&"review-asked".to_owned()) && story.contains(&"review-decided".to_owned()));
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn it_is_refused_to_others_too_late_twice_and_beside_a_new_request() {
    let mut room = Room::at(MONDAY).await;
    let (ana, bo) = (asked(&room, "Ana").await, asked(&room, "Bo").await);
    decides(&room, "m.ortega", &ana, Need::Mail).await.unwrap();
    decides(&room, "m.ortega", &bo, Need::Mail).await.unwrap();
    let stranger = room.desk.ask_review(&room.person(bo.id), ana.id, "x").await;
    assert!(matches!(stranger, Err(DeskError::NotFound)));
    let officer = room.desk.ask_review(&room.as_staff("j.lee").await, ana.id, "x").await;
    assert!(matches!(officer, Err(DeskError::NotFound)), "only the person asks");
    // Whoever has begun anew has that one looked at.
    asked(&room, "Bo").await;
    let beside = refusal(room.desk.ask_review(&room.person(bo.id), bo.id, "x").await);
    assert!(matches!(beside, Refusal::AlreadyLive { .. }));
    room.desk.ask_review(&room.person(ana.id), ana.id, "x").await.unwrap();
    assert_eq!(refusal(room.desk.ask_review(&room.person(ana.id), ana.id, "y").await), Refusal::ReviewedOnce);
    let upheld = decides(&room, "j.lee", &ana, Need::Mail).await.unwrap();
    assert!(matches!(upheld.stage, Stage::Closed { .. }), "as before");
    assert_eq!(refusal(room.desk.ask_review(&room.person(ana.id), ana.id, "z").await), Refusal::ReviewedOnce);

    let cy = asked(&room, "Cy").await;
    let closed = decides(&room, "m.ortega", &cy, Need::Elsewhere).await.unwrap();
    room.pass(60 * 24 * 30);
    assert_eq!(room.desk.may_ask_review(&closed, room.now), None);
    let late = refusal(room.desk.ask_review(&room.person(cy.id), cy.id, "x").await);
    assert_eq!(late, Refusal::NothingToReview);
}
