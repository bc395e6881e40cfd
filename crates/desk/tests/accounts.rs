//! Accounts and what opens inquiries, where two things come at once or somebody holds a clock to the answer.

use crate::common::{Room, request};
use desk::{ALIKE, DeskError, acts::NewStaff};
use domain::{
    access::Denied,
    actor::{PasswordHash, Role},
    number::InquiryNumber,
    pii::Pii,
    text::Lang,
};
use std::time::Instant;

const NOW: &str = "2026-11-23T17:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn of_two_administrators_who_close_each_other_one_stays() {
    let room = Room::at(NOW).await;
    let names = ["first", "second"];
    let staff = names.map(|name| NewStaff {
        sign_in: name.into(),
        name: name.to_uppercase(),
        roles: vec![Role::Administrator],
        office: None,
        langs: vec![Lang::en()],
        password: PasswordHash("none".into()),
    });
    room.desk.import_staff(&room.system(), staff.to_vec()).await.unwrap();
    for _ in 0..20 {
        let [first, second] = [room.as_staff("first").await, room.as_staff("second").await];
        let id = async |name| room.store.staff_named(name).await.unwrap().unwrap().id;
        let (one, other) = (id("first").await, id("second").await);
        let done = tokio::join!(
            room.desk.close_account(&first, other, "they left"),
            room.desk.close_account(&second, one, "they left")
        );
        let closed = [&done.0, &done.1].into_iter().filter(|done| done.is_ok()).count();
        assert_eq!(closed, 1, "{done:?}");
        let refused = done.0.as_ref().err().or(done.1.as_ref().err());
        assert!(matches!(refused, Some(DeskError::Denied(Denied::Inactive))), "{done:?}");
        let all = room.store.all_staff().await.unwrap();
        assert_eq!(all.iter().filter(|one| one.active && one.is(Role::Administrator)).count(), 1);
        // Whoever is left opens the other's again.
        let (left, gone) = if done.0.is_ok() { ("first", other) } else { ("second", one) };
        room.desk.open_account(&room.as_staff(left).await, gone).await.unwrap();
    }
}

#[tokio::test]
async fn that_nothing_is_found_takes_as_long_whether_there_is_something() {
    let room = Room::at(NOW).await;
    let given = request("Ana", "case-question", "90012", Lang::en());
    let asked = room.desk.request_meeting(&room.anyone(), &given).await.unwrap();
    let nobody = InquiryNumber::from_chance(9);
    let wrong = Pii::new("1990-01-01".parse().unwrap());
    for number in [asked.inquiry.number, nobody] {
        let began = Instant::now();
        assert_eq!(room.desk.prove_person(number, &wrong, room.now).await.unwrap(), None);
        assert!(began.elapsed() >= ALIKE, "{:?}", began.elapsed());
        let began = Instant::now();
        room.desk.resend_link(&room.anyone(), number).await.unwrap();
        assert!(began.elapsed() >= ALIKE, "{:?}", began.elapsed());
    }
}
