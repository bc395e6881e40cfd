//! Whoever acts for somebody: by a link of their own, within what they were given, and no longer than they may.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{Caller, DelegateToken, DeskError, Who};
use domain::{
    actor::Actor,
    delegate::{DelegateAct, DelegateReach, NewDelegate, OnWord, WordOf},
    earlier::SaidBy,
    inquiry::{Correction, Inquiry},
    journal::Happened,
    notice::{Delivery, NoticeKind},
    person::Representative,
    refusal::Refusal,
    text::Lang,
};

const MONDAY: &str = "2026-11-23T17:00:00Z";
const WORD: OnWord = OnWord { of: WordOf::Representative, said: SaidBy::Telephone };

async fn asked(room: &Room) -> Inquiry {
    let mut ask = request("Ana", "case-question", "90012", Lang::en());
    ask.request.representative =
        Some(Representative { name: "R. Example".into(), organisation: None, on_file: true });
    room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry
}

fn paralegal(may: &[DelegateAct]) -> NewDelegate {
    NewDelegate {
        name: "Petra Legal".into(),
        reach: DelegateReach::Email("petra.legal@example.org".into()),
        lang: Lang::en(),
        may: may.iter().copied().collect(),
        last_day: "2026-12-31".parse().unwrap(),
    }
}

fn as_delegate(room: &Room, inquiry: &Inquiry, nth: u8) -> Caller {
    Caller::new(Who::Delegate(inquiry.id, nth), room.key(), room.now)
}

fn refused<T: std::fmt::Debug>(result: Result<T, DeskError>) -> Refusal {
    match result {
        Err(DeskError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_delegate_does_what_was_given_and_it_is_known_who_did() {
    let mut room = Room::at(MONDAY).await;
    let ana = asked(&room).await;
    let person = room.person(ana.id);
    let named =
        room.desk.name_delegate(&person, ana.id, &paralegal(&[DelegateAct::Call]), None).await.unwrap();
    let token = room.desk.links().sign_delegate(ana.id, &named.delegates[0]);
    let opened = room.desk.links().open_delegate(&token, room.now);
    assert_eq!(opened, Some(DelegateToken { inquiry: ana.id, nth: 1, link: 0 }));
    // One message to the delegate, with the link that is theirs; one to the person, with the person's own.
    let now = room.now;
    room.until(now).await;
    let notices = room.store.notices(ana.id).await.unwrap();
    let link = notices.iter().find(|notice| notice.kind == NoticeKind::DelegateLink).unwrap();
    assert!(matches!(link.delivery, Delivery::Sent { .. }));
    assert_eq!(link.to.reveal(), "petra.legal@example.org");
    assert!(link.facts.reveal()["link"].as_str().unwrap().ends_with(&token));
    assert!(!link.facts.reveal().to_string().contains("Ana"), "an address may be mistyped");
    assert_eq!(room.told(ana.id, "delegate-named").await, 1);
    assert_eq!(desk::newest_is_ours(&*room.store, room.desk.links()).await.unwrap(), Some(true));

    let start = room.desk.windows(&named, room.now, 2).await.unwrap();
    let (first, second) = (start[0].window.start, start[1].window.start);
    room.desk.promise_callback(&room.as_staff("m.ortega").await, ana.id, first, None).await.unwrap();
    room.desk.open_inquiry(&as_delegate(&room, &ana, 1), ana.id).await.unwrap();
    room.desk.move_callback(&as_delegate(&room, &ana, 1), ana.id, second).await.unwrap();
    let story = room.store.story(ana.id).await.unwrap();
    let moved =
        story.iter().find(|entry| matches!(entry.entry.happened, Happened::CallbackMoved { .. })).unwrap();
    assert_eq!(moved.actor, Actor::Delegate { nth: 1 });
    assert_eq!(room.told(ana.id, "callback-moved").await, 1, "the person is told what was done for them");
    assert!(story.iter().all(|entry| !format!("{entry:?}").contains("Petra")), "the journal knows a number");
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_new_link_takes_the_place_of_the_one_before() {
    let mut room = Room::at(MONDAY).await;
    let ana = asked(&room).await;
    let person = room.person(ana.id);
    room.desk.name_delegate(&person, ana.id, &paralegal(&[]), None).await.unwrap();
    let unsaid = room.desk.renew_delegate(&room.as_staff("operator").await, ana.id, 1, None, None).await;
    assert_eq!(refused(unsaid), Refusal::ReasonNeeded);
    let own = room.desk.renew_delegate(&as_delegate(&room, &ana, 1), ana.id, 1, None, None).await;
    assert_eq!(refused(own), Refusal::NotDelegated);
    room.pass(1);
    let person = room.person(ana.id);
    let after = room.desk.renew_delegate(&person, ana.id, 1, None, None).await.unwrap();
    let again = room.desk.renew_delegate(&person, ana.id, 1, None, None).await.unwrap();
    assert_eq!(again.version, after.version, "said again it is done already");
    let soon = room.desk.renew_delegate(&room.person(ana.id), ana.id, 1, None, None).await;
    assert_eq!(refused(soon), Refusal::DelegateLinkSoon);
    let links: Vec<String> = room
        .store
        .notices(ana.id)
        .await
        .unwrap()
        .iter()
        .filter(|notice| notice.kind == NoticeKind::DelegateLink)
        .map(|notice| notice.facts.reveal()["link"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(links.len(), 2);
    assert!(links[1].ends_with(&room.desk.links().sign_delegate(ana.id, &after.delegates[0])));
    assert_ne!(links[0], links[1]);
    // Longer, on their word: the person is told.
    room.pass(60);
    let before = room.told(ana.id, "delegate-named").await;
    let (by, day) = (room.as_staff("operator").await, "2027-01-05".parse().unwrap());
    let longer = room.desk.renew_delegate(&by, ana.id, 1, Some(day), Some(WORD)).await.unwrap();
    assert!(longer.delegates[0].until > after.delegates[0].until);
    assert_eq!(room.told(ana.id, "delegate-named").await, before + 1);
    assert_eq!(room.story(&ana).await.iter().filter(|act| *act == "delegate-resent").count(), 2);
}

/// A link that waited in the outbox when another was made opens nothing, and does not go out.
#[tokio::test]
async fn a_link_that_waited_does_not_go_out_when_another_was_made() {
    let mut room = Room::at(MONDAY).await;
    let ana = asked(&room).await;
    room.desk.name_delegate(&room.person(ana.id), ana.id, &paralegal(&[]), None).await.unwrap();
    room.pass(1);
    let person = room.person(ana.id);
    room.desk.renew_delegate(&person, ana.id, 1, None, None).await.unwrap();
    let now = room.now;
    room.until(now).await;
    let notices = room.store.notices(ana.id).await.unwrap();
    let links: Vec<&Delivery> = notices
        .iter()
        .filter(|notice| notice.kind == NoticeKind::DelegateLink)
        .map(|notice| &notice.delivery)
        .collect();
    assert!(matches!(links[..], [Delivery::Dropped { .. }, Delivery::Sent { .. }]), "{links:?}");
}

#[tokio::test]
async fn what_was_not_given_and_what_nobody_can_give_is_refused() {
    let room = Room::at(MONDAY).await;
    let ana = asked(&room).await;
    let new = paralegal(&[DelegateAct::Correct]);
    let ana = room.desk.name_delegate(&room.person(ana.id), ana.id, &new, None).await.unwrap();
    let one = || as_delegate(&room, &ana, 1);
    let window = room.desk.windows(&ana, room.now, 1).await.unwrap()[0].window.start;
    let desk = &room.desk;
    for why in [
        refused(desk.promise_callback(&one(), ana.id, window, None).await),
        refused(desk.papers_complete(&one(), ana.id).await),
        refused(desk.confirm_visit(&one(), ana.id).await),
        refused(desk.withdraw(&one(), ana.id).await),
        refused(desk.ask_review(&one(), ana.id, "x").await),
        refused(desk.choose_post(&one(), ana.id, None).await),
        refused(desk.agree_texts(&one(), ana.id, true).await),
        refused(desk.name_delegate(&one(), ana.id, &new, None).await),
        refused(desk.end_delegate(&one(), ana.id, 2, None).await),
    ] {
        assert_eq!(why, Refusal::NotDelegated);
    }
    let correction = Correction { email: Some("thief@example.org".into()), ..Correction::of(&ana) };
    assert_eq!(
        refused(desk.correct_recorded(&one(), ana.id, &correction, None).await),
        Refusal::NotDelegated
    );
    let correction = Correction { interpreter: Some("Quechua".into()), ..Correction::of(&ana) };
    let after = desk.correct_recorded(&one(), ana.id, &correction, None).await.unwrap();
    assert_eq!(after.reach.interpreter.as_deref(), Some("Quechua"));
    assert!(matches!(desk.make_calendar(&one()).await, Err(DeskError::NotFound)));
    // Another inquiry does not exist for them.
    let ask = request("Bo", "case-question", "90012", Lang::en());
    let bo = desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    for result in [desk.open_inquiry(&one(), bo.id).await, desk.withdraw(&one(), bo.id).await] {
        assert!(matches!(result, Err(DeskError::NotFound)));
    }
}

#[tokio::test]
async fn who_is_ended_is_out_at_once_and_a_link_on_its_way_is_not_sent() {
    let mut room = Room::at(MONDAY).await;
    let ana = asked(&room).await;
    let (person, new) = (room.person(ana.id), paralegal(&[DelegateAct::Call]));
    room.desk.name_delegate(&person, ana.id, &new, None).await.unwrap();
    room.desk.end_delegate(&room.person(ana.id), ana.id, 1, None).await.unwrap();
    assert_eq!(
        refused(room.desk.open_inquiry(&as_delegate(&room, &ana, 1), ana.id).await),
        Refusal::DelegateOver
    );
    let now = room.now;
    room.until(now).await;
    let notices = room.store.notices(ana.id).await.unwrap();
    let link = notices.iter().find(|notice| notice.kind == NoticeKind::DelegateLink).unwrap();
    assert!(matches!(link.delivery, Delivery::Dropped { .. }), "{:?}", link.delivery);

    // Staff do both on somebody's word, and say whose; a clerk does not.
    let officer = room.as_staff("m.ortega").await;
    assert_eq!(refused(room.desk.name_delegate(&officer, ana.id, &new, None).await), Refusal::ReasonNeeded);
    let clerk = room.as_staff("clerk.los").await;
    let denied = room.desk.name_delegate(&clerk, ana.id, &new, Some(WORD)).await;
    assert!(matches!(denied, Err(DeskError::Denied(_))), "{denied:?}");
    let named = room.desk.name_delegate(&officer, ana.id, &new, Some(WORD)).await.unwrap();
    assert_eq!((named.delegates[1].nth, named.delegates[1].word), (2, Some(WORD)));
    // They step back by themselves.
    room.desk.end_delegate(&as_delegate(&room, &ana, 2), ana.id, 2, None).await.unwrap();
    let officer = room.as_staff("m.ortega").await;
    room.desk.name_delegate(&officer, ana.id, &new, Some(WORD)).await.unwrap();
    // With the inquiry they are over too.
    room.desk.withdraw(&room.person(ana.id), ana.id).await.unwrap();
    let read = room.desk.open_inquiry(&as_delegate(&room, &ana, 3), ana.id).await;
    assert_eq!(refused(read), Refusal::DelegateOver);
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_mobile_needs_an_agency_that_texts() {
    let room = Room::at(MONDAY).await;
    let ana = asked(&room).await;
    let reach = DelegateReach::Text("2025550199".parse().unwrap());
    let new = NewDelegate { reach, ..paralegal(&[]) };
    let named = room.desk.name_delegate(&room.person(ana.id), ana.id, &new, None).await;
    assert_eq!(refused(named), Refusal::DelegateUnreachable);
    assert!(room.reload(&ana).await.delegates.is_empty());
}
