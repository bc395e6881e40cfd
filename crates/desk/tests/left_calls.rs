//! An account is closed, or is no officer's any more, while its call goes on.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::DeskError;
use domain::{
    account::AccountRefused,
    actor::{PasswordHash, Role},
    callback::{CallOutcome, GivenWhy},
    ids::StaffId,
    inquiry::{Inquiry, Stage},
    refusal::Refusal,
    text::Lang,
};
use jiff::SignedDuration;

/// A Monday, noon by the line's clock.
const NOW: &str = "2026-11-23T17:00:00Z";

/// m.ortega is on a call; there is an administrator.
async fn calling() -> (Room, Inquiry, StaffId) {
    let mut room = Room::at(NOW).await;
    let administrator = desk::acts::NewStaff {
        sign_in: "admin".into(),
        name: "ADMIN".into(),
        roles: vec![Role::Administrator],
        office: None,
        langs: vec![Lang::en()],
        password: PasswordHash("none".into()),
    };
    room.desk.import_staff(&room.system(), vec![administrator]).await.unwrap();
    room.on_duty("m.ortega").await;
    let ortega = room.staff("m.ortega").await.id;
    let ask = request("Ana", "case-question", "90012", Lang::en());
    let asked = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let start = room.desk.windows(&asked, room.now, 1).await.unwrap()[0].window.start;
    room.desk.promise_callback(&room.system(), asked.id, start, Some(ortega)).await.unwrap();
    room.until(start).await;
    let calling = room.desk.start_call(&room.as_staff("m.ortega").await, asked.id).await.unwrap();
    room.pass(2);
    (room, calling, ortega)
}

async fn close(room: &Room, of: StaffId) {
    let admin = room.as_staff("admin").await;
    assert_eq!(room.desk.calls_of(&admin, of).await.unwrap(), 1, "it is said beforehand");
    let silent = room.desk.close_account(&admin, of, " ").await;
    assert!(matches!(silent, Err(DeskError::Account(AccountRefused::ReasonNeeded))), "{silent:?}");
    room.desk.close_account(&room.as_staff("admin").await, of, "They work here no longer.").await.unwrap();
}

#[tokio::test]
async fn a_colleague_says_how_the_call_ended_that_goes_on_without_its_officer() {
    let (room, inquiry, ortega) = calling().await;
    let lee = room.as_staff("j.lee").await;
    let theirs = room.desk.end_call(&lee, inquiry.id, CallOutcome::Reached).await;
    assert!(matches!(theirs, Err(DeskError::Refused(Refusal::TakenByColleague))), "{theirs:?}");
    close(&room, ortega).await;
    let now = room.reload(&inquiry).await;
    assert_eq!(now.left_call(), Some(ortega), "the call goes on");
    assert_eq!(now.callback().unwrap().owner, None, "and a closed account holds none");
    let given = now.callback().unwrap().given.last().unwrap().clone();
    assert_eq!((given.because.reveal().as_str(), given.from), ("They work here no longer.", Some(ortega)));
    // Nobody calls the same person beside it, and whoever left says nothing more.
    let beside = room.desk.start_call(&room.as_staff("j.lee").await, inquiry.id).await;
    assert!(matches!(beside, Err(DeskError::Refused(Refusal::TakenByColleague))), "{beside:?}");
    let closed = room.as_staff("m.ortega").await;
    assert!(room.desk.end_call(&closed, inquiry.id, CallOutcome::Reached).await.is_err());
    let lee = room.as_staff("j.lee").await;
    let spoken = room.desk.end_call(&lee, inquiry.id, CallOutcome::Reached).await.unwrap();
    let Stage::Spoken { officer, .. } = spoken.stage else { panic!("{:?}", spoken.stage) };
    assert_eq!(officer, room.staff("j.lee").await.id, "whoever said so decides what comes next");
    let kept = spoken.past_callbacks.last().unwrap();
    assert_eq!(kept.attempts.last().unwrap().officer, ortega, "and it was the other who called");
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_call_of_which_nobody_says_how_it_ended_is_owed_again() {
    let (mut room, inquiry, ortega) = calling().await;
    close(&room, ortega).await;
    let left = room.now;
    room.until(left + SignedDuration::from_mins(29)).await;
    assert_eq!(room.reload(&inquiry).await.left_call(), Some(ortega));
    room.until(left + SignedDuration::from_mins(30)).await;
    let now = room.reload(&inquiry).await;
    let Stage::Promised(owed) = &now.stage else { panic!("{:?}", now.stage) };
    assert_eq!(owed.owner, None, "it is anybody's");
    assert_eq!(owed.attempts.last().unwrap().outcome, CallOutcome::LineFault);
    assert!(owed.next_attempt >= room.now && owed.again_by.is_some(), "and called again soon: {owed:?}");
    let acts = room.story(&inquiry).await;
    assert!(acts.ends_with(&["callback-given".into(), "call-ended".into()]), "{acts:?}");
    assert_eq!(room.told(inquiry.id, "callback-missed").await, 0, "it is no fault of the person's");
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn what_the_exchange_knows_of_the_call_is_noted_without_its_officer() {
    let (room, inquiry, ortega) = calling().await;
    close(&room, ortega).await;
    let person = room.person(inquiry.id);
    assert!(room.desk.end_left_call(&person, inquiry.id, ortega, CallOutcome::Busy).await.is_err());
    let system = room.system();
    let after = room.desk.end_left_call(&system, inquiry.id, ortega, CallOutcome::Busy).await.unwrap();
    let Stage::Promised(owed) = &after.stage else { panic!("{:?}", after.stage) };
    assert_eq!((owed.owner, owed.attempts.last().unwrap().outcome), (None, CallOutcome::Busy));
}

#[tokio::test]
async fn whoever_is_no_officer_any_more_leaves_their_call_as_well() {
    let (room, inquiry, ortega) = calling().await;
    let before = room.staff("m.ortega").await;
    let account = domain::account::Account {
        sign_in: before.sign_in.clone(),
        name: before.name.clone(),
        roles: vec![Role::Operator],
        office: None,
        langs: before.langs.clone(),
        takes: None,
    };
    let admin = room.as_staff("admin").await;
    room.desk.change_account(&admin, ortega, &account, "They answer the line now.").await.unwrap();
    let now = room.reload(&inquiry).await;
    assert_eq!(now.left_call(), Some(ortega));
    // The same word of the provider's needs no reason of anybody's.
    let by = domain::actor::Actor::system("provider");
    let (fresh, other, of) = calling().await;
    let why = ("", Some(GivenWhy::NoLonger));
    let left = other.leave_call(of, why, by.clone(), fresh.now, fresh.now).unwrap().inquiry;
    assert_eq!(left.left_call(), Some(of));
    assert_eq!(left.leave_call(of, why, by, fresh.now, fresh.now), Err(Refusal::NotOffered), "once");
}
