//! Letters: who gets one, when one takes over from what did not arrive, and the print room's batch.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, press, request};
use desk::{DeskError, Worker, acts::RequestMeeting};
use domain::{
    inquiry::Inquiry,
    notice::{Carrier, Delivery, Notice, NoticeKind},
    person::PostAddress,
    pii::Pii,
    text::Lang,
};
use jiff::SignedDuration;
use notices::Texts;
use std::{collections::BTreeSet, sync::Arc};

async fn room() -> Room {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    room.desk = room.desk.clone().with_press(Some(press()));
    room
}

fn by_post(given: &str) -> RequestMeeting {
    let mut ask = request(given, "immigration-judge-grant", "90012", Lang::en());
    ask.reach.email = None;
    ask.reach.post = PostAddress::new("300 Example Street", "", "Los Angeles", "CA", "90012").map(Pii::new);
    ask
}

async fn ask(room: &Room, ask: &RequestMeeting) -> Inquiry {
    room.desk.request_meeting(&room.anyone(), ask).await.unwrap().inquiry
}

async fn notices(room: &Room, inquiry: &Inquiry) -> Vec<Notice> {
    room.store.notices(inquiry.id).await.unwrap()
}

#[tokio::test]
async fn who_has_no_other_way_gets_letters_which_wait_until_they_are_posted() {
    let mut room = room().await;
    let ana = ask(&room, &by_post("Ana")).await;
    let [letter] = notices(&room, &ana).await.try_into().unwrap();
    assert_eq!((letter.by, letter.kind), (Carrier::Post, NoticeKind::RequestReceived));
    assert_eq!(letter.to.reveal(), "Ana Example\n300 Example Street\nLos Angeles CA 90012");
    let until = room.now;
    room.pass(1);
    let later = ask(&room, &by_post("Ben")).await;
    let clerk = room.as_staff("clerk.los").await;
    assert_eq!(
        room.desk.letters(&clerk, until).await.unwrap().len(),
        1,
        "what came later is of the next batch"
    );
    for other in ["clerk.nyc"] {
        assert!(room.desk.letters(&room.as_staff(other).await, until).await.unwrap().is_empty());
    }
    for nobody in ["m.ortega", "operator"] {
        let refused = room.desk.letters(&room.as_staff(nobody).await, until).await;
        assert!(matches!(refused, Err(DeskError::Denied(_))), "{nobody}");
    }
    let pages = room.desk.print_letters(&room.as_staff("clerk.los").await, until).await.unwrap().unwrap();
    assert!(pages.starts_with(b"%PDF-"));
    assert!(
        room.story(&ana).await.contains(&"read".to_owned()),
        "whose letter was printed is in their story"
    );
    let again = room.desk.print_letters(&room.as_staff("clerk.los").await, until).await.unwrap();
    assert_eq!(again, Some(pages), "a batch that jammed is printed again");
    let clerk = room.as_staff("clerk.los").await;
    assert_eq!(room.desk.post_letters(&clerk, until).await.unwrap(), 1);
    assert_eq!(room.desk.post_letters(&clerk, until).await.unwrap(), 1, "said again, it was said already");
    assert!(
        matches!(&notices(&room, &ana).await[0].delivery, Delivery::Sent { receipt, .. } if receipt == "posted")
    );
    assert!(matches!(notices(&room, &later).await[0].delivery, Delivery::ToPrint { .. }));
    let clerk = room.as_staff("clerk.los").await;
    assert_eq!(room.desk.post_letters(&clerk, until).await.unwrap(), 0);
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_letter_about_what_has_moved_on_is_dropped_and_not_printed() {
    let mut room = room().await;
    let ana = ask(&room, &by_post("Ana")).await;
    let windows = room.desk.windows(&ana, room.now, 5).await.unwrap();
    let caller = room.as_staff("m.ortega").await;
    room.desk.promise_callback(&caller, ana.id, windows[0].window.start, None).await.unwrap();
    room.pass(10);
    room.desk.move_callback(&room.person(ana.id), ana.id, windows[1].window.start).await.unwrap();
    let clerk = room.as_staff("clerk.los").await;
    let letters = room.desk.letters(&clerk, room.now).await.unwrap();
    let outdated: Vec<_> = letters.iter().map(|l| (l.notice.kind, l.outdated)).collect();
    let want = [
        (NoticeKind::RequestReceived, false),
        (NoticeKind::CallbackPromised, true),
        (NoticeKind::CallbackMoved, false),
    ];
    assert_eq!(outdated, want);
    assert_eq!(room.desk.post_letters(&clerk, room.now).await.unwrap(), 2);
    assert!(matches!(notices(&room, &ana).await[1].delivery, Delivery::Dropped { .. }));
}

#[tokio::test]
async fn a_letter_takes_over_when_nothing_else_told_it_and_a_call_when_there_is_no_address() {
    let mut room = room().await;
    let texts = tempfile::tempdir().unwrap();
    let texts = Texts::drop_into(texts.path()).unwrap();
    room.desk = room.desk.clone().with_texts(Some(Arc::new(texts)));
    let worker = Worker { name: "test".into() };

    // No address of mail, as a carrier would say; the text goes out, and the person is told.
    let mut both = by_post("Ana");
    both.reach.email = Some("none".into());
    both.reach.texts = true;
    let ana = ask(&room, &both).await;
    room.desk.run_due(&worker, room.now).await.unwrap();
    let carriers = |all: &[Notice]| all.iter().map(|n| n.by).collect::<BTreeSet<_>>();
    assert_eq!(carriers(&notices(&room, &ana).await), BTreeSet::from([Carrier::Email, Carrier::Text]));
    // Then the carrier says that the text was lost too.
    let sent = notices(&room, &ana).await;
    let text = sent.iter().find(|n| n.by == Carrier::Text).unwrap().id;
    room.pass(1);
    room.desk.note_receipt(&room.system(), text, false).await.unwrap();
    let after = notices(&room, &ana).await;
    let letter = after.iter().find(|n| n.by == Carrier::Post).unwrap();
    assert_eq!((after.len(), letter.kind), (3, NoticeKind::RequestReceived));
    assert!(matches!(letter.delivery, Delivery::ToPrint { .. }));
    assert_eq!(letter.facts, sent[0].facts, "it says what was decided then");

    let mut nowhere = by_post("Ben");
    nowhere.reach.email = Some("none".into());
    nowhere.reach.post = None;
    let ben = ask(&room, &nowhere).await;
    room.desk.run_due(&worker, room.now).await.unwrap();
    assert_eq!(carriers(&notices(&room, &ben).await), BTreeSet::from([Carrier::Email]));
    assert!(room.story(&ben).await.contains(&"untold".to_owned()));
    assert!(!room.story(&ana).await.contains(&"untold".to_owned()));

    // A letter is not worth it for a reminder.
    let windows = room.desk.windows(&ana, room.now, 5).await.unwrap();
    let start = windows.last().unwrap().window.start;
    let only = ask(&room, &by_post("Cal")).await;
    room.desk.promise_callback(&room.as_staff("m.ortega").await, only.id, start, None).await.unwrap();
    room.until(start - SignedDuration::from_mins(1)).await;
    assert!(notices(&room, &only).await.iter().all(|n| n.kind != NoticeKind::CallbackReminder));
}
