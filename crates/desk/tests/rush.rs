//! What several nodes of one store are sent they count together, and a calm day costs hardly a write.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::common::Room;
use desk::{Calm, Desk, Looked, What, Worked};
use domain::pace::Limits;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// A node of the same store, which counts for itself.
fn node(room: &Room, everybody: u32) -> Desk {
    room.desk.clone().where_calm_is(Calm { everybody, network: 6 })
}

async fn send(desk: &Desk, n: u32, now: Timestamp) -> Looked {
    let from = format!("10.{}.{}.1", n / 250, n % 250);
    desk.look(What::Request, &n.to_string(), &from, Worked::default(), now).await.unwrap()
}

/// How many batches the nodes have told one another.
async fn told(room: &Room, now: Timestamp) -> u32 {
    let limits = Limits { per_second: 1, burst: 1, per_day: u32::MAX, zone: TimeZone::UTC };
    room.store.pace("sent request").await.unwrap().map_or(0, |pace| pace.used(&limits, now))
}

#[tokio::test]
async fn a_rush_at_one_node_is_known_at_the_other() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let (here, there) = (node(&room, 16), node(&room, 16));
    assert!(!there.is_rushed(room.now).await);
    for n in 0..60 {
        send(&here, n, room.now).await;
    }
    assert!(here.is_rushed(room.now).await);
    assert!(!there.is_rushed(room.now).await, "it looks now and then");
    let soon = room.now + SignedDuration::from_secs(10);
    assert!(there.is_rushed(soon).await);
    assert!(matches!(send(&there, 100, soon).await, Looked::Works { .. }));
    // What it told itself it counts once.
    assert!(here.is_rushed(soon).await);
    let later = soon + SignedDuration::from_hours(1);
    assert!(!there.is_rushed(later).await && !here.is_rushed(later).await, "it fades at both");
}

#[tokio::test]
async fn a_calm_day_costs_a_write_for_many_requests() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let desk = node(&room, 80);
    for n in 0..9 {
        assert_eq!(send(&desk, n, room.now).await, Looked::Passes);
    }
    assert_eq!(told(&room, room.now).await, 0, "nine requests cost no write");
    for n in 9..40 {
        assert_eq!(send(&desk, n, room.now).await, Looked::Passes);
    }
    assert_eq!(told(&room, room.now).await, 4);
}
