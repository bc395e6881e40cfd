//! A person corrects how they are reached: the place before is told, and what went there opens nothing more.

use crate::common::{Room, request};
use desk::{
    DeskError, Links,
    acts::{CorrectProof, RequestMeeting},
};
use domain::{
    earlier::SaidBy,
    inquiry::Correction,
    journal::Happened,
    notice::{Carrier, NoticeKind},
    pii::Pii,
    refusal::Refusal,
    text::Lang,
};

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
    let after = room.desk.correct_recorded(&person, inquiry.id, &correction, None).await.unwrap();
    assert!(!after.is_opened_by_link_of(Links::made(&link).unwrap()));
    let new = room.desk.links().sign(inquiry.id, room.now);
    assert!(after.is_opened_by_link_of(Links::made(&new).unwrap()));
    // Said again it is done already.
    let again = room.desk.correct_recorded(&person, inquiry.id, &correction, None).await.unwrap();
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
    let mails = room.mails("was changed").await;
    assert_eq!(mails.len(), 1);
    assert!(!mails[0].contains("/go/") && !mails[0].contains("new.address"), "{}", mails[0]);
}

/// Somebody else may read her e-mail: what is sent there tells nothing, also what was decided to be said before.
#[tokio::test]
async fn by_a_way_that_others_read_nothing_is_told_but_that_there_is_a_message() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Ana", "case-question", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let discreet = std::collections::BTreeSet::from([Carrier::Email]);
    let correction = Correction { discreet, no_message: true, ..Correction::of(&inquiry) };
    let person = room.person(inquiry.id);
    let after = room.desk.correct_recorded(&person, inquiry.id, &correction, None).await.unwrap();
    assert!(after.is_discreet(Carrier::Email) && !after.is_discreet(Carrier::Text));
    let refused = room.desk.agree_calls(&room.person(inquiry.id), inquiry.id, true).await;
    assert!(matches!(refused, Err(DeskError::Refused(Refusal::NotOffered))), "{refused:?}");
    let mails = room.mails("").await;
    assert!(!mails.is_empty());
    for mail in &mails {
        assert!(mail.contains("A message for you"), "{mail}");
        for said in ["USCIS", "Ana", inquiry.number.digits().as_str(), "/go/"] {
            assert!(!mail.contains(said), "{said} in {mail}");
        }
    }
}

#[tokio::test]
async fn nobody_else_corrects_it_and_nothing_of_it_is_in_the_journal() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Ana", "case-question", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let correction = Correction { phrase: "unheard of phrase".into(), ..Correction::of(&inquiry) };
    let denied = room.desk.correct_recorded(&room.anyone(), inquiry.id, &correction, None).await;
    assert!(matches!(denied, Err(DeskError::NotFound)), "{denied:?}");
    let clerk = room.as_staff("clerk.los").await;
    let denied = room.desk.correct_recorded(&clerk, inquiry.id, &correction, Some(SaidBy::Office)).await;
    assert!(matches!(denied, Err(DeskError::Denied(_))), "{denied:?}");
    room.desk.correct_recorded(&room.person(inquiry.id), inquiry.id, &correction, None).await.unwrap();
    assert_eq!(room.story(&inquiry).await.last().unwrap(), "corrected");
    let journal = room.store.journal(domain::journal::Seq(0), 500).await.unwrap();
    assert!(!serde_json::to_string(&journal).unwrap().contains("unheard"));
    room.desk.withdraw(&room.person(inquiry.id), inquiry.id).await.unwrap();
    let over = room.desk.correct_recorded(&room.person(inquiry.id), inquiry.id, &correction, None).await;
    assert!(matches!(over, Err(DeskError::Refused(Refusal::Closed))), "{over:?}");
}

/// On the person's word: with how they said so, by name, and with the same care for where the person was reached before.
#[tokio::test]
async fn staff_correct_it_on_the_persons_word() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Ana", "case-question", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let link = room.desk.links().sign(inquiry.id, room.now);
    room.pass(5);
    let correction = Correction { phone: "2135550177".parse().unwrap(), ..Correction::of(&inquiry) };
    let operator = room.as_staff("operator").await;
    let unsaid = room.desk.correct_recorded(&operator, inquiry.id, &correction, None).await;
    assert!(matches!(unsaid, Err(DeskError::Refused(Refusal::ReasonNeeded))), "{unsaid:?}");
    let said = Some(SaidBy::Telephone);
    let after = room.desk.correct_recorded(&operator, inquiry.id, &correction, said).await.unwrap();
    assert_eq!(after.reach.phone, correction.phone);
    assert!(!after.is_opened_by_link_of(Links::made(&link).unwrap()), "old links open nothing");
    assert_eq!(room.told(inquiry.id, "contact-changed").await, 1);
    let story = room.store.story(inquiry.id).await.unwrap();
    let noted =
        story.iter().find(|entry| matches!(entry.entry.happened, Happened::Corrected { .. })).unwrap();
    assert_eq!(noted.actor, room.staff("operator").await.actor());
    assert!(matches!(noted.entry.happened, Happened::Corrected { said: Some(SaidBy::Telephone), .. }));

    // Whoever is protected corrects it with somebody who may see them, and with nobody else.
    let class = room.desk.pack().agency().protected[0].code.clone();
    room.desk.protect(&room.as_staff("operator").await, inquiry.id, &class, &[].into()).await.unwrap();
    let operator = room.as_staff("operator").await;
    let kept = room.desk.correct_recorded(&operator, inquiry.id, &correction, said).await;
    assert!(matches!(kept, Err(DeskError::Denied(_))), "{kept:?}");
}

/// Who lives elsewhere is served there; the visit that is booked stays where it is.
#[tokio::test]
async fn another_zip_code_is_another_office_and_nothing_promised_is_lost() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let inquiry = room.needs_visit("Ana").await;
    let caller = room.person(inquiry.id);
    let mut correction = Correction::of(&inquiry);
    correction.home.zip = "00000".into();
    let nowhere = room.desk.correct_recorded(&caller, inquiry.id, &correction, None).await;
    assert!(matches!(nowhere, Err(DeskError::Refused(Refusal::NoOfficeForZip))), "{nowhere:?}");
    correction.home.zip = "10001".into();
    let after = room.desk.correct_recorded(&caller, inquiry.id, &correction, None).await.unwrap();
    assert_ne!(after.office, inquiry.office);
    assert_eq!(after.reach.zone.name(), "America/New_York", "they read times by the clock there");
    assert_eq!(after.stage, inquiry.stage);
    let story = room.story(&inquiry).await;
    assert_eq!(story[story.len() - 2..], ["corrected", "office-changed"]);
    assert_eq!(room.store.check().await.unwrap(), []);
}

/// What they prove themselves by: only staff, with a reason, for everything that the person asked, and nobody becomes somebody else.
#[tokio::test]
async fn a_date_of_birth_is_corrected_by_staff_alone() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Ana", "case-question", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let right = jiff::civil::date(1979, 3, 2);
    let reads = CorrectProof {
        born: Some(Pii::new(right)),
        file_number: None,
        said: SaidBy::Office,
        because: "Showed a passport.".into(),
    };
    let own = room.desk.correct_proof(&room.person(inquiry.id), inquiry.id, &reads).await;
    assert!(matches!(own, Err(DeskError::NotFound)), "{own:?}");
    let clerk = room.desk.correct_proof(&room.as_staff("clerk.los").await, inquiry.id, &reads).await;
    assert!(matches!(clerk, Err(DeskError::Denied(_))), "{clerk:?}");
    let operator = room.as_staff("operator").await;
    let unsaid = CorrectProof { because: String::new(), ..reads.clone() };
    let unsaid = room.desk.correct_proof(&operator, inquiry.id, &unsaid).await;
    assert!(matches!(unsaid, Err(DeskError::Refused(Refusal::ReasonNeeded))), "{unsaid:?}");
    assert_eq!(room.told(inquiry.id, "proof-changed").await, 0);
    room.desk.correct_proof(&room.as_staff("operator").await, inquiry.id, &reads).await.unwrap();
    // What reads so already is corrected no second time, and told no second time.
    room.desk.correct_proof(&room.as_staff("operator").await, inquiry.id, &reads).await.unwrap();
    assert_eq!(room.told(inquiry.id, "proof-changed").await, 1);
    let proves =
        async |born| room.desk.prove_person(inquiry.number, &Pii::new(born), room.now).await.unwrap();
    assert!(proves(right).await.is_some() && proves(*ask.born.reveal()).await.is_none());
    // They are known again by it, and another with the same name is another.
    let again = RequestMeeting { born: Pii::new(right), ..ask.clone() };
    let again = room.desk.request_meeting(&room.anyone(), &again).await;
    assert!(matches!(again, Err(DeskError::Refused(Refusal::AlreadyLive { .. }))), "{again:?}");
    let other = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let taken = room.desk.correct_proof(&room.as_staff("operator").await, other.id, &reads).await;
    assert!(matches!(taken, Err(DeskError::Refused(Refusal::SomebodyElses))), "{taken:?}");
    let journal = room.store.journal(domain::journal::Seq(0), 500).await.unwrap();
    let journal = serde_json::to_string(&journal).unwrap();
    assert!(!journal.contains("1979-03-02") && !journal.contains("passport"));
    let mails = room.mails("What opens your inquiry was corrected").await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    for said in ["1979-03-02", "March", "passport"] {
        assert!(!mails[0].contains(said), "{said} in {}", mails[0]);
    }
}

/// Whoever is protected reads no word of what it is about.
#[tokio::test]
async fn whoever_is_protected_is_told_in_no_words_that_their_proof_was_corrected() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Ana", "case-question", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let reads = CorrectProof {
        born: Some(Pii::new(jiff::civil::date(1979, 3, 2))),
        file_number: None,
        said: SaidBy::Office,
        because: "Showed a passport.".into(),
    };
    room.desk.correct_proof(&room.as_staff("operator").await, inquiry.id, &reads).await.unwrap();
    let class = room.desk.pack().agency().protected[0].code.clone();
    room.desk.protect(&room.as_staff("operator").await, inquiry.id, &class, &[].into()).await.unwrap();
    assert_eq!(room.told(inquiry.id, "proof-changed").await, 1);
    assert_eq!(room.mails("What opens your inquiry was corrected").await, Vec::<String>::new());
}
