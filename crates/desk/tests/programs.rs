//! What programs may ask of the desk: tokens, conditions, repeats.

use crate::common::{Room, request};
use desk::{
    Conditions, DeskError, Done,
    acts::{CreateToken, NewStaff, TokenRefused},
};
use domain::{
    access::Denied,
    account::{Account, AccountRefused},
    actor::{PasswordHash, Role},
    ids::SessionId,
    session::Scope,
    text::Lang,
};
use jiff::SignedDuration;

#[tokio::test]
async fn a_token_gives_nothing_that_its_maker_does_not_have() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let caller = room.as_staff("j.lee").await;
    let ask = CreateToken {
        name: " nightly export ".into(),
        scopes: [Scope::Read, Scope::Work].into(),
        until: room.now + SignedDuration::from_hours(24),
        within: None,
    };
    let made = room.desk.create_token(&caller, &ask).await.unwrap();
    let token = made.token.clone().unwrap();
    assert_eq!(made.name, "nightly export");
    let again = room.desk.create_token(&caller, &ask).await.unwrap();
    assert_eq!((again.id, again.token), (made.id, None), "a repeat names the token and cannot say it again");
    let (staff, session) = room.desk.staff_of(&token, room.now).await.unwrap().unwrap();
    assert_eq!((staff.sign_in.as_str(), session.id), ("j.lee", made.id));

    let within = |scopes: &[Scope], hours| CreateToken {
        scopes: scopes.iter().copied().collect(),
        until: room.now + SignedDuration::from_hours(hours),
        within: Some(session.clone()),
        ..ask.clone()
    };
    assert_eq!(within(&[Scope::Read], 24).check(room.now), Ok(()));
    assert_eq!(within(&[Scope::Journal], 24).check(room.now), Err(TokenRefused::Beyond));
    assert_eq!(within(&[Scope::Read], 25).check(room.now), Err(TokenRefused::Beyond));
    assert_eq!(within(&[], 24).check(room.now), Err(TokenRefused::NoScope));
    assert_eq!(within(&[Scope::Read], 0).check(room.now), Err(TokenRefused::Until));

    let other = room.as_staff("m.ortega").await;
    assert!(matches!(room.desk.revoke_token(&other, made.id).await, Err(DeskError::NotFound)));
    assert_eq!(room.desk.own_tokens(&other).await.unwrap(), []);
    let caller = room.as_staff("j.lee").await;
    assert_eq!(room.desk.own_tokens(&caller).await.unwrap().len(), 1);
    room.desk.revoke_token(&caller, made.id).await.unwrap();
    room.desk.revoke_token(&caller, made.id).await.unwrap();
    assert_eq!(room.desk.staff_of(&token, room.now).await.unwrap(), None);
    room.pass(1);
    let journal = room.store.journal(domain::journal::Seq(0), 100).await.unwrap();
    let acts: Vec<String> = journal
        .iter()
        .map(|e| serde_json::to_value(&e.entry.happened).unwrap()["act"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(acts, ["staff-imported", "token-created", "token-revoked"]);
    assert!(!serde_json::to_string(&journal).unwrap().contains(&token));
}

#[tokio::test]
async fn an_administrator_lets_a_program_act_for_an_account_that_nobody_works_under() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let boss = NewStaff {
        sign_in: "boss".into(),
        name: "Boss".into(),
        roles: vec![Role::Administrator],
        office: None,
        langs: vec![Lang::en()],
        password: PasswordHash("none".into()),
    };
    room.desk.import_staff(&room.system(), vec![boss]).await.unwrap();
    let feed = Account {
        sign_in: "case.feed".into(),
        name: "Case feed".into(),
        roles: vec![Role::Officer],
        office: None,
        langs: vec![],
        takes: None,
    };
    let first = PasswordHash("first".into());
    let made = room.desk.make_account(&room.as_staff("boss").await, &feed, &first).await.unwrap();
    let of = made.staff.id;
    let ask = CreateToken {
        name: "case feed".into(),
        scopes: [Scope::Import].into(),
        until: room.now + SignedDuration::from_hours(24),
        within: None,
    };
    let boss = room.as_staff("boss").await;
    let new = room.desk.lend_token(&boss, of, &ask).await.unwrap();
    let again = room.desk.lend_token(&boss, of, &ask).await.unwrap();
    assert_eq!((again.id, again.token), (new.id, None), "a repeat names the token and cannot say it again");
    let token = new.token.unwrap();
    let (staff, session) = room.desk.staff_of(&token, room.now).await.unwrap().unwrap();
    assert_eq!((staff.sign_in.as_str(), session.id), ("case.feed", new.id));
    let boss = room.as_staff("boss").await;
    let all = room.desk.programs(&boss).await.unwrap();
    assert_eq!(all.iter().map(|session| session.id).collect::<Vec<_>>(), [new.id]);
    assert_eq!(all[0].program.as_ref().unwrap().by, Some(room.staff("boss").await.id));

    // Nobody's own, and by nobody else.
    let lee = room.staff("j.lee").await.id;
    let theirs = room.desk.lend_token(&room.as_staff("boss").await, lee, &ask).await;
    assert!(matches!(theirs, Err(DeskError::Account(AccountRefused::Theirs))), "{theirs:?}");
    let other = room.as_staff("j.lee").await;
    let refused = room.desk.lend_token(&other, of, &ask).await;
    assert!(matches!(refused, Err(DeskError::Denied(Denied::Role))), "{refused:?}");
    assert!(matches!(room.desk.programs(&other).await, Err(DeskError::Denied(Denied::Role))));

    // Somebody makes the account theirs: what others let in is out.
    let own = room.as_staff("case.feed").await;
    let mine = room.desk.create_token(&own, &ask).await.unwrap();
    let here = SessionId::new(room.now, &[9; 10]);
    let chosen = PasswordHash("chosen".into());
    room.desk.choose_password(&room.as_staff("case.feed").await, here, &chosen).await.unwrap();
    assert_eq!(room.desk.staff_of(&token, room.now).await.unwrap(), None);
    assert!(room.desk.staff_of(&mine.token.unwrap(), room.now).await.unwrap().is_some(), "theirs goes on");
    let late = room.desk.lend_token(&room.as_staff("boss").await, of, &ask).await;
    assert!(matches!(late, Err(DeskError::Account(AccountRefused::Theirs))), "{late:?}");
}

#[tokio::test]
async fn an_act_is_done_only_at_the_version_that_was_read() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Ana", "immigration-judge-grant", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let start = room.desk.windows(&inquiry, room.now, 1).await.unwrap()[0].window.start;
    let at = |versions: &[u64], said: &str| Conditions {
        versions: Some(versions.into()),
        command: Some(said.into()),
    };
    let stale = room.as_staff("m.ortega").await.only(at(&[7], "a"));
    let refused = room.desk.promise_callback(&stale, inquiry.id, start, None).await;
    assert!(matches!(refused, Err(DeskError::Contended)), "{refused:?}");

    let caller = room.as_staff("m.ortega").await.only(at(&[7, inquiry.version], "a"));
    let promised = room.desk.promise_callback(&caller, inquiry.id, start, None).await.unwrap();
    let again = room.desk.promise_callback(&caller, inquiry.id, start, None).await.unwrap();
    assert_eq!(promised, again, "a repeat is answered although the version has moved on");
    let other = caller.clone().only(at(&[7, inquiry.version], "b"));
    let taken = room.desk.cancel_callback(&other, inquiry.id).await;
    assert!(matches!(taken, Err(DeskError::KeyInUse)), "a key is one command's: {taken:?}");

    room.desk.cancel_callback(&room.as_staff("m.ortega").await, inquiry.id).await.unwrap();
    let done = room.store.answered(&caller.key, &caller.actor()).await.unwrap().unwrap();
    let done = Done::in_answer(&done.answer).unwrap();
    assert_eq!((done.stage.as_str(), done.version), ("promised", promised.version));
    assert_eq!(done.window.map(|w| w.start), Some(start), "answered as it was then");
}
