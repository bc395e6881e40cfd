//! People are asked whether they come; by an agency's rules a time that nobody confirms is given back.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::Room;
use domain::{
    appointment::AppointmentEnd,
    change::{Change, Write},
    inquiry::{Inquiry, Stage},
};
use jiff::SignedDuration;

const MONDAY: &str = "2026-11-30T17:00:00Z";

/// The USCIS pack, but what is not confirmed is given back.
async fn releasing() -> Room {
    let mut files = Room::files();
    let line = String::from_utf8(files.bytes("line.toml").unwrap().to_vec()).unwrap();
    let releases = line.replace("by_hours = 24, then = \"remind\"", "by_hours = 24, then = \"release\"");
    assert_ne!(line, releases);
    files.insert("line.toml", releases);
    Room::of(MONDAY, &files).await
}

/// Somebody with a visit that is more than a week away.
async fn booked(room: &Room, given: &str) -> Inquiry {
    let inquiry = room.needs_visit(given).await;
    let places = room.desk.places(&inquiry, None, room.now).await.unwrap().all;
    let far = room.now + SignedDuration::from_hours(8 * 24);
    room.book(&inquiry, places.iter().find(|place| place.start > far).unwrap()).await.unwrap()
}

#[tokio::test]
async fn who_answers_keeps_the_time_and_who_does_not_takes_another() {
    let mut room = releasing().await;
    let (ana, bo, cy) = (booked(&room, "Ana").await, booked(&room, "Bo").await, booked(&room, "Cy").await);
    // Cy has nothing by which to be asked.
    let mut unreached = cy.clone();
    unreached.version += 1;
    unreached.reach.email = None;
    let mut change = Change::new(room.system().command());
    change.writes.push(Write::Inquiry(Box::new(unreached)));
    room.store.commit(change).await.unwrap();

    let start = ana.appointment().unwrap().start;
    room.until(start - SignedDuration::from_hours(90)).await;
    for (person, asked) in [(&ana, 1), (&bo, 1), (&cy, 0)] {
        assert_eq!(room.told(person.id, "appointment-confirm").await, asked);
    }
    let sure = room.desk.confirm_visit(&room.person(ana.id), ana.id).await.unwrap();
    assert!(sure.appointment().unwrap().confirmed.is_some());
    room.until(start - SignedDuration::from_hours(1)).await;

    assert!(matches!(room.reload(&ana).await.stage, Stage::Booked(_)), "she said that she comes");
    assert!(matches!(room.reload(&cy).await.stage, Stage::Booked(_)), "whoever was not asked loses nothing");
    let lost = room.reload(&bo).await;
    assert!(matches!(lost.stage, Stage::ToBook { .. }), "{:?}", lost.stage);
    assert_eq!(lost.past_appointments[0].end, AppointmentEnd::Released);
    assert_eq!(lost.opened, bo.opened);
    assert_eq!(room.told(bo.id, "appointment-released").await, 1);

    // And takes another time, at the same office, without an officer.
    let places = room.desk.places_to_choose(&lost, room.now).await.unwrap();
    let caller = room.person(bo.id);
    let again = room.desk.take_again(&caller, bo.id, places[0].start, places[0].pool).await.unwrap();
    assert_eq!(again.appointment().unwrap().start, places[0].start);
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn where_nothing_is_given_back_people_are_reminded_once_more() {
    let mut room = Room::at(MONDAY).await;
    let ana = booked(&room, "Ana").await;
    room.until(ana.appointment().unwrap().start - SignedDuration::from_hours(1)).await;
    assert!(matches!(room.reload(&ana).await.stage, Stage::Booked(_)));
    let told =
        [room.told(ana.id, "appointment-confirm").await, room.told(ana.id, "appointment-reminder").await];
    assert_eq!(told, [1, 2]);
}
