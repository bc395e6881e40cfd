//! A visit that is given back goes to whoever could come earlier, one person at a time, and nobody is offered what is gone.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::Room;
use domain::{
    change::{Change, Write},
    earlier::Wish,
    inquiry::Inquiry,
    slots::{Opening, SlotKey},
    urgency::Urgency,
};
use futures::future::join_all;
use jiff::SignedDuration;

const MONDAY: &str = "2026-11-30T17:00:00Z";

/// Somebody with a visit at one of the office's free times, so many from the first.
async fn booked(room: &Room, given: &str, which: usize) -> Inquiry {
    let inquiry = room.needs_visit(given).await;
    let places = room.desk.places(&inquiry, None, room.now).await.unwrap().all;
    room.book(&inquiry, &places[which]).await.unwrap()
}

/// They could come at any time from today on.
async fn asks(room: &Room, inquiry: &Inquiry) -> Inquiry {
    let wish =
        Wish { from: "2026-11-30".parse().unwrap(), until: "2027-01-30".parse().unwrap(), notice_hours: 24 };
    room.desk.ask_earlier(&room.person(inquiry.id), inquiry.id, &wish, None).await.unwrap()
}

async fn taken(room: &Room, slot: &SlotKey) -> u32 {
    let after = slot.start + SignedDuration::from_mins(1);
    room.store.taken(&slot.office, slot.start, after).await.unwrap().of(slot)
}

/// Goes on until somebody has an offer, for two days at most.
async fn until_offered(room: &mut Room, inquiry: &Inquiry) -> Opening {
    for _ in 0..48 * 4 {
        let next = room.now + SignedDuration::from_mins(15);
        room.until(next).await;
        if let Some(offer) = room.reload(inquiry).await.offer() {
            return offer.opening.clone();
        }
    }
    panic!("nobody offered {} anything", inquiry.name.given.reveal());
}

#[tokio::test]
async fn it_is_offered_to_one_after_the_other_and_then_to_everybody() {
    let mut room = Room::at(MONDAY).await;
    let ana = booked(&room, "Ana", 60).await;
    let (bo, cy) = (booked(&room, "Bo", 200).await, booked(&room, "Cy", 260).await);
    asks(&room, &bo).await;
    // Cy asked later, but her matter is urgent.
    let mut urgent = asks(&room, &cy).await;
    urgent.version += 1;
    urgent.urgency = Urgency::Urgent;
    let mut change = Change::new(room.system().command());
    change.writes.push(Write::Inquiry(Box::new(urgent)));
    room.store.commit(change).await.unwrap();

    let place = ana.appointment().unwrap().clone();
    let before = taken(&room, &place.slots[0]).await;
    room.desk.cancel_appointment(&room.person(ana.id), ana.id).await.unwrap();
    assert_eq!(taken(&room, &place.slots[0]).await, before, "it cools off, and is not for everybody");

    let offered = until_offered(&mut room, &cy).await;
    assert_eq!(offered.slots, place.slots);
    assert!(room.reload(&bo).await.offer().is_none(), "one at a time");
    assert_eq!(
        (room.told(cy.id, "earlier-offered").await, room.told(bo.id, "earlier-offered").await),
        (1, 0)
    );
    let left = room.desk.decline_earlier(&room.person(cy.id), cy.id).await.unwrap();
    assert_eq!(left.appointment(), cy.appointment(), "what she has stays");

    assert_eq!(until_offered(&mut room, &bo).await.slots, place.slots);
    let caller = room.person(bo.id);
    let took = room.desk.take_earlier(&caller, bo.id).await.unwrap();
    let visit = took.appointment().unwrap();
    assert_eq!((visit.start, visit.moves), (place.start, 0), "it is no move of his");
    assert_eq!(took, room.desk.take_earlier(&caller, bo.id).await.unwrap(), "said twice it is done once");
    assert_eq!(taken(&room, &place.slots[0]).await, before);
    assert_eq!(room.told(bo.id, "appointment-moved").await, 1);

    // What he had is offered to Cy, who had not been asked for that one. She does not answer, and it is for everybody.
    let had = bo.appointment().unwrap().clone();
    let full = taken(&room, &had.slots[0]).await;
    assert_eq!(until_offered(&mut room, &cy).await.slots, had.slots);
    let later = room.now + SignedDuration::from_hours(4);
    room.until(later).await;
    assert!(room.reload(&cy).await.offer().is_none());
    assert_eq!(taken(&room, &had.slots[0]).await, full - 1);
    assert!(room.story(&cy).await.contains(&"earlier-lapsed".to_owned()));
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_process_that_dies_in_the_middle_loses_nothing() {
    let mut room = Room::at(MONDAY).await;
    let (ana, bo) = (booked(&room, "Ana", 60).await, booked(&room, "Bo", 200).await);
    asks(&room, &bo).await;
    room.desk.cancel_appointment(&room.person(ana.id), ana.id).await.unwrap();
    // Somebody leases whatever falls due in the next day, and is never heard of again.
    let lasts = SignedDuration::from_secs(60);
    let tomorrow = room.now + SignedDuration::from_hours(13);
    room.store.lease_jobs("dead", tomorrow, lasts, 100).await.unwrap();
    room.now = tomorrow + lasts;
    assert_eq!(until_offered(&mut room, &bo).await.slots, ana.appointment().unwrap().slots);
    // Bo withdraws while he has the offer: it does not stay with him.
    let slot = ana.appointment().unwrap().slots[0].clone();
    let full = taken(&room, &slot).await;
    room.desk.withdraw(&room.person(bo.id), bo.id).await.unwrap();
    let now = room.now;
    room.until(now).await;
    assert_eq!(taken(&room, &slot).await, full - 1);
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn people_and_jobs_at_once_leave_every_place_with_one_or_with_everybody() {
    let mut room = Room::at(MONDAY).await;
    let mut people = Vec::new();
    for n in 0..8 {
        let one = booked(&room, &format!("Ana{n}"), 60 + 15 * n).await;
        people.push(asks(&room, &one).await);
    }
    for round in 0..6_usize {
        let gives = &people[round];
        drop(room.desk.cancel_appointment(&room.person(gives.id), gives.id).await);
        let then = room.now + SignedDuration::from_hours(5);
        // Each answers in the very instant in which its time to answer ends, and the jobs run.
        while let Some(due) = room.store.next_job().await.unwrap().filter(|due| *due <= then) {
            room.now = room.now.max(due);
            let answers = people.iter().enumerate().map(|(n, one)| {
                let (desk, caller, id) = (&room.desk, room.person(one.id), one.id);
                async move {
                    match (n + round) % 3 {
                        0 => drop(desk.take_earlier(&caller, id).await),
                        1 => drop(desk.decline_earlier(&caller, id).await),
                        _ => {}
                    }
                }
            });
            let worker = desk::Worker { name: "test".into() };
            let jobs = async { assert_eq!(room.desk.run_due(&worker, room.now).await.unwrap().failed, 0) };
            futures::join!(join_all(answers), jobs);
        }
        room.now = room.now.max(then);
        assert_eq!(room.store.check().await.unwrap(), []);
    }
    let later = room.now + SignedDuration::from_hours(3 * 24);
    room.until(later).await;
    let took = join_all(people.iter().map(|one| room.reload(one))).await;
    let stories = join_all(people.iter().map(|one| room.story(one))).await.concat();
    let count = |act: &str| stories.iter().filter(|happened| *happened == act).count();
    assert!(count("earlier-taken") > 0 && count("earlier-declined") > 0, "{stories:?}");
    assert!(took.iter().all(|one| one.offer().is_none()));
    // What is kept back is a hold that has run out: none is left.
    assert_eq!(room.store.expired_holds(room.now, 10).await.unwrap(), []);
    assert_eq!(room.store.check().await.unwrap(), []);
}
