//! A person corrects how they are reached: the place before is told, and what went there opens nothing more.

use crate::common::{Room, request};
use desk::{DeskError, Links};
use domain::{inquiry::Correction, notice::NoticeKind, refusal::Refusal, text::Lang};

#[tokio::test]
async fn the_old_address_is_told_and_the_new_one_gets_the_only_link_that_works() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Ana", "case-question", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let old = inquiry.reach.email.clone().unwrap();
    let link = room.desk.links().sign(inquiry.id, room.now);
    assert!(inquiry.is_opened_by_link_of(Links::made(&link).unwrap()));
    room.pass(5);
    let correction = Correction { email: Some("new.address@example.org".into()), ..Correction::of(&inquiry) };
    let person = room.person(inquiry.id);
    let after = room.desk.correct_recorded(&person, inquiry.id, &correction).await.unwrap();
    assert!(!after.is_opened_by_link_of(Links::made(&link).unwrap()));
    let new = room.desk.links().sign(inquiry.id, room.now);
    assert!(after.is_opened_by_link_of(Links::made(&new).unwrap()));
    // Said again it is done already.
    let again = room.desk.correct_recorded(&person, inquiry.id, &correction).await.unwrap();
    assert_eq!(again.version, after.version);
    let notices = room.store.notices(inquiry.id).await.unwrap();
    let told: Vec<_> = notices.iter().skip(1).map(|n| (n.kind, n.to.reveal().as_str())).collect();
    assert_eq!(
        told,
        [
            (NoticeKind::ContactChanged, old.reveal().as_str()),
            (NoticeKind::LinkResent, "new.address@example.org")
        ]
    );
    let now = room.now;
    room.until(now).await;
    let mails: Vec<_> = std::fs::read_dir(&room.mail)
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .filter(|mail| mail.contains("was changed"))
        .collect();
    assert_eq!(mails.len(), 1);
    assert!(!mails[0].contains("/go/") && !mails[0].contains("new.address"), "{}", mails[0]);
}

#[tokio::test]
async fn nobody_else_corrects_it_and_nothing_of_it_is_in_the_journal() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Ana", "case-question", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let correction = Correction { phrase: "unheard of phrase".into(), ..Correction::of(&inquiry) };
    for caller in [room.anyone(), room.as_staff("m.ortega").await] {
        let denied = room.desk.correct_recorded(&caller, inquiry.id, &correction).await;
        assert!(matches!(denied, Err(DeskError::NotFound)), "{denied:?}");
    }
    room.desk.correct_recorded(&room.person(inquiry.id), inquiry.id, &correction).await.unwrap();
    assert_eq!(room.story(&inquiry).await.last().unwrap(), "corrected");
    let journal = room.store.journal(domain::journal::Seq(0), 500).await.unwrap();
    assert!(!serde_json::to_string(&journal).unwrap().contains("unheard"));
    room.desk.withdraw(&room.person(inquiry.id), inquiry.id).await.unwrap();
    let over = room.desk.correct_recorded(&room.person(inquiry.id), inquiry.id, &correction).await;
    assert!(matches!(over, Err(DeskError::Refused(Refusal::Closed))), "{over:?}");
}
