//! Whoever is too near to an inquiry has nothing to do with it, and nothing that they held of it is lost.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{
    Caller, DeskError,
    acts::{DecideUrgency, NewStaff, Whom},
};
use domain::{
    access::Denied,
    actor::{PasswordHash, Right, Role},
    guard::{ConflictWhy, LiftWhy},
    ids::StaffId,
    inquiry::{Inquiry, Stage},
    notice::Carrier,
    refusal::Refusal,
    text::Lang,
    urgency::Urgency,
};
use jiff::SignedDuration;
use std::collections::BTreeSet;
use store::{List, Page};

async fn room() -> Room {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let more = [("supervisor", Role::Supervisor), ("administrator", Role::Administrator)];
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

/// A call that an officer holds.
async fn held(room: &Room, sign_in: &str) -> Inquiry {
    let ask = request("Ana", "case-question", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let window = room.desk.windows(&inquiry, room.now, 5).await.unwrap()[0].window.clone();
    let (caller, owner) = (room.as_staff(sign_in).await, room.staff(sign_in).await.id);
    room.desk.promise_callback(&caller, inquiry.id, window.start, Some(owner)).await.unwrap()
}

#[expect(clippy::needless_pass_by_value, reason = "each answer is looked at once")]
fn gone<T: std::fmt::Debug>(answer: Result<T, DeskError>) {
    let hidden = matches!(&answer, Err(DeskError::NotFound | DeskError::Denied(Denied::Conflict)));
    assert!(hidden, "{answer:?}");
}

async fn numbers(room: &Room, sign_in: &str) -> usize {
    let desk = room.desk.clone().seen_by(&room.staff(sign_in).await);
    let to = room.now + SignedDuration::from_hours(24 * 30);
    let calls = List::Callbacks { officer: None, to };
    let (all, calls) = (
        desk.store().list(&List::All, Page::first(100)).await.unwrap().rows.len(),
        desk.store().list(&calls, Page::first(100)).await.unwrap().rows.len(),
    );
    let figures = desk.store().figures(room.now).await.unwrap();
    assert_eq!(figures.by_stage.values().sum::<u64>(), all as u64, "the counts say no more than the list");
    assert_eq!(all, calls);
    all
}

#[tokio::test]
async fn whoever_is_too_near_gives_back_what_they_hold_and_a_colleague_goes_on() {
    let mut room = room().await;
    let inquiry = held(&room, "m.ortega").await;
    let window = inquiry.callback().unwrap().window.clone();
    let ortega = room.staff("m.ortega").await;
    assert_eq!((numbers(&room, "m.ortega").await, numbers(&room, "j.lee").await), (1, 1));
    let caller = room.as_staff("m.ortega").await;
    let own = room.desk.set_conflict(&caller, inquiry.id, ortega.id, ConflictWhy::Relative).await.unwrap();
    assert_eq!(own.callback().unwrap().owner, None);
    // A second click answers as the first.
    room.desk.set_conflict(&caller, inquiry.id, ortega.id, ConflictWhy::Relative).await.unwrap();
    assert_eq!((numbers(&room, "m.ortega").await, numbers(&room, "j.lee").await), (0, 1));
    let busy = room.store.busy(Some(ortega.id), window.start, window.end).await.unwrap();
    assert_eq!(busy, [], "their time is their own again");
    room.until(window.start).await;
    let me = room.as_staff("m.ortega").await;
    gone(room.desk.open_inquiry(&me, inquiry.id).await);
    gone(room.desk.start_call(&me, inquiry.id).await);
    gone(room.desk.move_callback(&me, inquiry.id, window.start).await);
    let ask = DecideUrgency { urgency: Urgency::Urgent, because: Some("x".into()), sentence: None };
    gone(room.desk.decide_urgency(&me, inquiry.id, &ask).await);
    let seen = room.desk.clone().seen_by(&ortega);
    assert_eq!(seen.store().inquiry_numbered(inquiry.number).await.unwrap(), None);
    assert_eq!(seen.store().story(inquiry.id).await.unwrap(), []);
    assert_eq!(seen.store().notices(inquiry.id).await.unwrap(), []);
    assert_eq!(seen.store().inquiries_of(inquiry.person).await.unwrap(), []);
    assert!(seen.who_calls(&me, &inquiry.reach.phone).await.unwrap().inquiries.is_empty());
    assert_eq!(
        room.desk.who_calls(&me, &inquiry.reach.phone).await.unwrap().inquiries.len(),
        1,
        "the whole desk has it"
    );
    // It is not given to them either, by whoever does not know.
    let supervisor = room.as_staff("supervisor").await;
    let given = room.desk.give_callback(&supervisor, inquiry.id, Some(ortega.id), "x").await;
    assert!(matches!(given, Err(DeskError::Refused(Refusal::NotOffered))), "{given:?}");
    // A colleague goes on, and the promise is kept.
    let lee = room.as_staff("j.lee").await;
    let calling = room.desk.start_call(&lee, inquiry.id).await.unwrap();
    assert!(matches!(calling.stage, Stage::Calling { .. }));
    assert_eq!(room.store.check().await.unwrap(), []);
    let story = room.story(&inquiry).await;
    assert!(story.iter().any(|entry| entry.contains("conflict-set")), "{story:?}");
}

#[tokio::test]
async fn another_person_lifts_it_and_nobody_lifts_their_own() {
    let room = room().await;
    let inquiry = held(&room, "j.lee").await;
    let (lee, ortega) = (room.staff("j.lee").await, room.staff("m.ortega").await);
    // Only whoever runs the queues says it of somebody else.
    let by = room.as_staff("m.ortega").await;
    let denied = room.desk.set_conflict(&by, inquiry.id, lee.id, ConflictWhy::Other).await;
    assert!(matches!(denied, Err(DeskError::Denied(Denied::Role))), "{denied:?}");
    let supervisor = async || room.as_staff("supervisor").await;
    let set =
        async |caller: Caller, of| room.desk.set_conflict(&caller, inquiry.id, of, ConflictWhy::Other).await;
    set(supervisor().await, lee.id).await.unwrap();
    gone(room.desk.open_inquiry(&room.as_staff("j.lee").await, inquiry.id).await);
    let own =
        room.desk.lift_conflict(&room.as_staff("j.lee").await, inquiry.id, lee.id, LiftWhy::Mistake).await;
    assert!(own.is_err(), "nobody lifts their own");
    let never = room.desk.lift_conflict(&supervisor().await, inquiry.id, ortega.id, LiftWhy::Mistake).await;
    assert!(matches!(never, Err(DeskError::Refused(Refusal::NotOffered))), "{never:?}");
    room.desk.lift_conflict(&supervisor().await, inquiry.id, lee.id, LiftWhy::Past).await.unwrap();
    room.desk.open_inquiry(&room.as_staff("j.lee").await, inquiry.id).await.unwrap();
    // A supervisor of whom it is said is out as well, and cannot take it back.
    let own = room.staff("supervisor").await.id;
    set(supervisor().await, own).await.unwrap();
    gone(room.desk.lift_conflict(&supervisor().await, inquiry.id, own, LiftWhy::Mistake).await);
    let whom = Whom::Number(inquiry.number);
    let auditor = room.as_staff("supervisor").await;
    assert!(room.desk.find_person(&auditor, &whom).await.is_err(), "only auditors look for people");
    assert_eq!(room.store.check().await.unwrap(), []);
}

/// An administrator gives somebody the right to see protected people.
async fn right(room: &Room, of: StaffId) -> Result<(), DeskError> {
    room.desk.give_right(&room.as_staff("administrator").await, of, Right::Protected, true).await
}

/// What was mailed, with what it says.
fn mailed(room: &Room) -> Vec<String> {
    let files = std::fs::read_dir(&room.mail).unwrap();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

#[tokio::test]
async fn somebody_protected_is_for_few_and_nothing_is_said_of_them() {
    let mut room = room().await;
    let inquiry = held(&room, "m.ortega").await;
    let (ortega, lee) = (room.staff("m.ortega").await, room.staff("j.lee").await);
    let denied =
        room.desk.give_right(&room.as_staff("supervisor").await, lee.id, Right::Protected, true).await;
    assert!(matches!(denied, Err(DeskError::Denied(Denied::Role))), "{denied:?}");
    right(&room, lee.id).await.unwrap();
    let own = room.staff("administrator").await.id;
    assert!(
        matches!(right(&room, own).await, Err(DeskError::Denied(Denied::Role))),
        "nobody gives it to themselves"
    );
    let class = "vawa".parse().unwrap();
    let by = room.as_staff("m.ortega").await;
    let safe = BTreeSet::from([Carrier::Email]);
    let unknown = room.desk.protect(&by, inquiry.id, &"nobody".parse().unwrap(), &safe).await;
    assert!(matches!(unknown, Err(DeskError::Refused(Refusal::NotOffered))), "{unknown:?}");
    let after = room.desk.protect(&by, inquiry.id, &class, &safe).await.unwrap();
    assert_eq!(after.callback().unwrap().owner, None, "who may not see them holds nothing of theirs");
    assert_eq!((numbers(&room, "m.ortega").await, numbers(&room, "j.lee").await), (0, 1));
    let open = room.desk.open_inquiry(&room.as_staff("m.ortega").await, inquiry.id).await;
    assert!(matches!(open, Err(DeskError::Denied(Denied::Protected))), "{open:?}");
    assert!(room.desk.who_calls(&room.as_staff("m.ortega").await, &inquiry.reach.phone).await.is_ok());
    let seen = room.desk.clone().seen_by(&ortega);
    assert!(
        seen.who_calls(&room.as_staff("m.ortega").await, &inquiry.reach.phone)
            .await
            .unwrap()
            .inquiries
            .is_empty()
    );
    // What was decided to be said before is said without a word of what it is about.
    let now = room.now;
    room.until(now).await;
    let mails = mailed(&room);
    assert!(!mails.is_empty());
    for mail in &mails {
        assert!(mail.contains("A message for you"), "{mail}");
        for said in ["USCIS", "Immigration", "Ana", inquiry.number.digits().as_str(), "/go/", "call you"] {
            assert!(!mail.contains(said), "{said} in {mail}");
        }
    }
    // Where they are written to is not changed on their page, whoever has the link.
    let person = room.person(inquiry.id);
    let texts = room.desk.agree_texts(&person, inquiry.id, true).await;
    assert!(matches!(texts, Err(DeskError::Refused(Refusal::NotOffered))), "{texts:?}");
    // No way is safe: nothing is sent.
    let lee = room.as_staff("j.lee").await;
    room.desk.protect(&lee, inquiry.id, &class, &BTreeSet::new()).await.unwrap();
    room.desk.cancel_callback(&room.as_staff("j.lee").await, inquiry.id).await.unwrap();
    let now = room.now;
    room.until(now).await;
    assert_eq!(mailed(&room).len(), mails.len());
    // A supervisor without the right cannot end it; one who has it can.
    let ended = room.desk.unprotect(&room.as_staff("supervisor").await, inquiry.id).await;
    assert!(matches!(ended, Err(DeskError::Denied(Denied::Protected))), "{ended:?}");
    right(&room, room.staff("supervisor").await.id).await.unwrap();
    room.desk.unprotect(&room.as_staff("supervisor").await, inquiry.id).await.unwrap();
    room.desk.open_inquiry(&room.as_staff("m.ortega").await, inquiry.id).await.unwrap();
    assert_eq!(room.store.check().await.unwrap(), []);
}

/// A counter lets in somebody whose name it is not told, and writes the record whole.
#[tokio::test]
async fn a_counter_lets_in_somebody_without_a_name() {
    let mut room = room().await;
    let inquiry = room.needs_visit("Ana").await;
    let place = room.desk.places(&inquiry, None, room.now).await.unwrap().best[0].opening.clone();
    let booked = room.book(&inquiry, &place).await.unwrap();
    let class = "u-visa".parse().unwrap();
    room.desk.protect(&room.as_staff("m.ortega").await, booked.id, &class, &BTreeSet::new()).await.unwrap();
    let visit = booked.appointment().unwrap().clone();
    room.until(visit.start - SignedDuration::from_mins(10)).await;
    let clerk = room.staff("clerk.los").await;
    let desk = room.desk.clone().seen_by(&clerk);
    let day = desk.visits_on(&visit.office, visit.zone.date(visit.start)).await.unwrap();
    assert_eq!(day.len(), 1);
    assert_eq!(day[0].name.full().reveal(), "", "who it is is not told");
    let caller = room.as_staff("clerk.los").await;
    let found = desk.visitor(&caller, booked.number).await.unwrap().unwrap();
    assert_eq!(found.name.full().reveal(), "");
    desk.check_in(&caller, found.id).await.unwrap();
    let next = desk.call_next(&room.as_staff("clerk.los").await, &visit.office, "4").await.unwrap();
    assert_eq!(next.id, booked.id);
    desk.serve(&room.as_staff("clerk.los").await, booked.id).await.unwrap();
    let kept = room.reload(&booked).await;
    assert_eq!(kept.name, booked.name, "the record is written as it is, not as it was shown");
    assert_eq!(kept.reach.phone, booked.reach.phone);
    // Whoever is too near to them leaves them to a colleague.
    assert_eq!(room.store.check().await.unwrap(), []);
}
