//! Records are kept as long as the agency says, erased when nothing keeps them, and what was erased is told as erased.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping")]

use crate::common::{Room, request};
use desk::{
    Caller, DeskError, Due, Who,
    acts::{ErasedDue, NewStaff},
};
use domain::{
    actor::{PasswordHash, Role},
    erasure::{ErasedWhy, RecordsRefused},
    inquiry::Inquiry,
    journal::Seq,
    retention::RecordClass,
    text::Lang,
};
use jiff::{SignedDuration, Timestamp};
use store::{List, Page};

const NOW: &str = "2026-11-23T17:00:00Z";
/// The schedule of the pack, and a day.
const DAYS: i64 = 1096;

async fn room() -> Room {
    let room = Room::at(NOW).await;
    let more = [
        ("auditor", Role::Auditor),
        ("second.auditor", Role::Auditor),
        ("administrator", Role::Administrator),
    ];
    let more = more.map(|(sign_in, role)| NewStaff {
        sign_in: sign_in.into(),
        name: sign_in.to_uppercase(),
        roles: vec![role],
        office: None,
        langs: vec![Lang::en()],
        password: PasswordHash("none".into()),
    });
    room.desk.import_staff(&room.system(), more.to_vec()).await.unwrap();
    room
}

async fn ask(room: &Room, given: &str, reason: &str) -> Inquiry {
    let ask = request(given, reason, "90012", Lang::en());
    room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry
}

/// Closes it, and sends what was to be sent.
async fn close(room: &mut Room, inquiry: &Inquiry) {
    room.desk.withdraw(&room.person(inquiry.id), inquiry.id).await.unwrap();
    let now = room.now;
    room.until(now).await;
}

fn days(room: &Room, days: i64) -> Timestamp {
    room.now + SignedDuration::from_hours(24 * days)
}

fn erased(done: &Result<Inquiry, DeskError>) -> &ErasedWhy {
    match done {
        Err(DeskError::Erased(erased)) => &erased.why,
        other => panic!("it should be erased, not {other:?}"),
    }
}

#[tokio::test]
async fn what_is_due_is_erased_once_a_day_and_what_is_not_stays() {
    let mut room = room().await;
    let (old, held) = (ask(&room, "Zenobia", "other").await, ask(&room, "Hilda", "other").await);
    let open = ask(&room, "Opal", "other").await;
    for inquiry in [&old, &held] {
        close(&mut room, inquiry).await;
    }
    let auditor = room.as_staff("auditor").await;
    room.desk.hold_records(&auditor, held.id, false, "Doe v. Agency").await.unwrap();
    assert_eq!(room.desk.erase_due(days(&room, DAYS - 1)).await.unwrap(), Some(ErasedDue::default()));
    let then = days(&room, DAYS);
    // A day's turn is taken once, however many nodes there are, and whoever died in it goes on the next day.
    let pass = room.desk.erase_due(then).await.unwrap();
    assert_eq!(pass, Some(ErasedDue { erased: 1, stay: 1 }));
    assert_eq!(room.desk.erase_due(then).await.unwrap(), None);

    let rule = ErasedWhy::Rule { name: "GRS 6.5, item 010".to_owned() };
    let seen = room.desk.open_inquiry(&room.as_staff("m.ortega").await, old.id).await;
    assert_eq!(*erased(&seen), rule);
    assert_eq!(*erased(&room.desk.open_inquiry(&room.person(old.id), old.id).await), rule);
    // Whoever may not read it does not learn that it was there.
    let clerk = room.desk.open_inquiry(&room.as_staff("clerk.nyc").await, old.id).await;
    assert!(matches!(clerk, Err(DeskError::Denied(_))), "{clerk:?}");
    let other = room.desk.open_inquiry(&room.person(open.id), old.id).await;
    assert!(matches!(other, Err(DeskError::NotFound)), "{other:?}");
    // A link is asked for in vain, and nobody is told so; the birth date opens nothing.
    let before = room.store.journal_end().await.unwrap();
    room.desk.resend_link(&room.anyone(), old.number).await.unwrap();
    assert_eq!(room.store.journal_end().await.unwrap(), before);
    let born = domain::pii::Pii::new("1980-05-17".parse().unwrap());
    assert_eq!(room.desk.prove_person(old.number, &born, room.now).await.unwrap(), None);

    for id in [held.id, open.id] {
        assert!(room.desk.open_inquiry(&room.as_staff("m.ortega").await, id).await.is_ok());
    }
    assert_eq!(room.store.list(&List::All, Page::first(9)).await.unwrap().rows.len(), 2);
    assert_eq!(room.story(&old).await.last().unwrap(), "erased");
    assert_eq!(room.store.check().await.unwrap(), []);
    assert!(room.store.verify_journal().await.unwrap().broken.is_none());
    // Lifted, it goes with the next pass.
    let auditor = room.as_staff("auditor").await;
    room.desk.lift_hold(&auditor, held.id, false).await.unwrap();
    let pass = room.desk.erase_due(days(&room, DAYS + 1)).await.unwrap();
    assert_eq!(pass, Some(ErasedDue { erased: 1, stay: 0 }));
}

#[tokio::test]
async fn a_person_stays_while_anything_of_theirs_does() {
    let mut room = room().await;
    let first = ask(&room, "Zenobia", "other").await;
    close(&mut room, &first).await;
    room.pass(60 * 24 * 30);
    let second = ask(&room, "Zenobia", "other").await;
    assert_eq!(second.person, first.person);
    close(&mut room, &second).await;
    let then = days(&room, DAYS - 1);
    assert_eq!(room.desk.erase_due(then).await.unwrap().unwrap().erased, 1);
    let left = room.store.person(first.person).await.unwrap();
    assert_eq!(left.unwrap().name.given.reveal(), "Zenobia");
    let all: Vec<_> = room.store.inquiries_of(first.person).await.unwrap().iter().map(|i| i.id).collect();
    assert_eq!(all, [second.id], "the erased one does not lead to them");
    room.desk.erase_due(days(&room, DAYS)).await.unwrap();
    assert_eq!(room.store.person(first.person).await.unwrap(), None);
    // Whoever comes back is somebody new.
    let again = ask(&room, "Zenobia", "other").await;
    assert_ne!(again.person, first.person);
}

#[tokio::test]
async fn two_people_erase_everything_at_a_persons_request() {
    let mut room = room().await;
    let (first, second) =
        (ask(&room, "Zenobia", "other").await, ask(&room, "Zenobia", "case-question").await);
    close(&mut room, &first).await;
    let why = "By letter of November 20.";
    let refused = async |room: &Room, why: &str| {
        let done = room.desk.ask_erasure(&room.as_staff("auditor").await, first.id, why).await;
        match done {
            Err(DeskError::Records(why)) => why,
            other => panic!("a refusal was due, not {other:?}"),
        }
    };
    assert_eq!(refused(&room, " ").await, RecordsRefused::ReasonNeeded);
    assert_eq!(refused(&room, &"x".repeat(501)).await, RecordsRefused::ReasonTooLong);
    assert_eq!(refused(&room, why).await, RecordsRefused::Live, "the other one is open");
    close(&mut room, &second).await;
    let auditor = room.as_staff("auditor").await;
    room.desk.hold_records(&auditor, second.id, true, "Doe v. Agency").await.unwrap();
    assert_eq!(refused(&room, why).await, RecordsRefused::Held);
    let auditor = room.as_staff("auditor").await;
    room.desk.lift_hold(&auditor, first.id, true).await.unwrap();
    let auditor = room.as_staff("auditor").await;
    room.desk.ask_erasure(&auditor, first.id, why).await.unwrap();
    assert_eq!(refused(&room, why).await, RecordsRefused::AskedAlready);

    let agree =
        async |room: &Room, who: &str| room.desk.agree_erasure(&room.as_staff(who).await, first.person).await;
    let same = agree(&room, "auditor").await;
    assert!(matches!(same, Err(DeskError::Records(RecordsRefused::SamePerson))), "{same:?}");
    assert!(matches!(agree(&room, "m.ortega").await, Err(DeskError::Denied(_))));
    // Somebody holds it meanwhile: that comes first.
    let other = room.as_staff("second.auditor").await;
    room.desk.hold_records(&other, second.id, false, "Doe v. Agency").await.unwrap();
    let held = agree(&room, "administrator").await;
    assert!(matches!(held, Err(DeskError::Records(RecordsRefused::Held))), "{held:?}");
    let other = room.as_staff("second.auditor").await;
    room.desk.lift_hold(&other, second.id, false).await.unwrap();
    // Declined, it must be asked for anew.
    room.desk.decline_erasure(&room.as_staff("administrator").await, first.person).await.unwrap();
    let gone = agree(&room, "administrator").await;
    assert!(matches!(gone, Err(DeskError::Records(RecordsRefused::NotAsked))), "{gone:?}");
    let auditor = room.as_staff("auditor").await;
    room.desk.ask_erasure(&auditor, first.id, why).await.unwrap();
    agree(&room, "administrator").await.unwrap();

    let (asked, agreed) = (room.staff("auditor").await.id, room.staff("administrator").await.id);
    for inquiry in [&first, &second] {
        let seen = room.desk.open_inquiry(&room.as_staff("m.ortega").await, inquiry.id).await;
        assert_eq!(*erased(&seen), ErasedWhy::Request { asked, agreed });
    }
    assert_eq!(room.store.person(first.person).await.unwrap(), None);
    let journal = serde_json::to_string(&room.store.journal(Seq(0), 500).await.unwrap()).unwrap();
    for personal in ["Zenobia", "letter", "Doe", "5550101", "90012"] {
        assert!(!journal.contains(personal), "{personal} stands in the journal");
    }
    assert!(room.store.verify_journal().await.unwrap().broken.is_none());
}

#[tokio::test]
async fn nothing_goes_while_a_message_is_on_its_way() {
    let mut room = room().await;
    let inquiry = ask(&room, "Zenobia", "other").await;
    room.desk.withdraw(&room.person(inquiry.id), inquiry.id).await.unwrap();
    let then = days(&room, DAYS);
    assert_eq!(room.desk.erase_due(then).await.unwrap(), Some(ErasedDue { erased: 0, stay: 1 }));
    let now = room.now;
    room.until(now).await;
    let then = days(&room, DAYS + 1);
    assert_eq!(room.desk.erase_due(then).await.unwrap(), Some(ErasedDue { erased: 1, stay: 0 }));
}

#[tokio::test]
async fn it_is_told_what_will_be_due() {
    let mut room = room().await;
    let inquiry = ask(&room, "Zenobia", "other").await;
    close(&mut room, &inquiry).await;
    let due = async |room: &Room, at: Timestamp| -> Due {
        let staff = room.staff("auditor").await;
        let caller = Caller::new(Who::Staff(Box::new(staff)), room.key(), at);
        let all = room.desk.records_due(&caller).await.unwrap();
        // Recordings go with their files' own age: nothing counts them ahead.
        assert_eq!(all.len(), RecordClass::ALL.len() - 1);
        all[0].clone()
    };
    let far = due(&room, days(&room, DAYS - 31)).await;
    assert_eq!((far.class, far.now, far.soon, far.days), (RecordClass::Inquiries, 0, 0, Some(DAYS)));
    let near = due(&room, days(&room, DAYS - 30)).await;
    assert_eq!((near.now, near.soon), (0, 1));
    let over = due(&room, days(&room, DAYS)).await;
    assert_eq!((over.now, over.soon), (1, 1));
    let denied = room.desk.records_due(&room.as_staff("administrator").await).await;
    assert!(matches!(denied, Err(DeskError::Denied(_))));
}

#[tokio::test]
async fn another_schedule_says_first_what_would_be_due() {
    let mut room = room().await;
    let inquiry = ask(&room, "Zenobia", "other").await;
    close(&mut room, &inquiry).await;
    let analyst = room.colleague(7, domain::actor::Role::Analyst);
    let before = room.desk.pack().retention().clone();
    let kept = domain::retention::Kept { rule: "Schedule 9".to_owned(), days: 30 };
    let after = domain::retention::Retention::new([(RecordClass::Inquiries, kept)]);
    let on = room.desk.today(days(&room, 40));
    let all = room.desk.would_be_due(&analyst, &before, &after, on).await.unwrap();
    assert_eq!(all.len(), RecordClass::ALL.len());
    let one = &all[0];
    assert_eq!((one.class, one.days_before, one.days_after), (RecordClass::Inquiries, Some(DAYS), Some(30)));
    assert_eq!((one.due_before, one.due_after), (Some(0), Some(1)));
    let soon = room.desk.would_be_due(&analyst, &before, &after, room.desk.today(room.now)).await.unwrap();
    assert_eq!(soon[0].due_after, Some(0));
    let recordings = all.iter().find(|one| one.class == RecordClass::Recordings).unwrap();
    assert_eq!((recordings.due_before, recordings.due_after), (None, None), "they are files");
    let denied = room.desk.would_be_due(&room.as_staff("m.ortega").await, &before, &after, on).await;
    assert!(matches!(denied, Err(DeskError::Denied(_))));
}
