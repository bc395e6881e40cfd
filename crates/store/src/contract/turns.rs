//! Turns that several nodes share: however many ask at once, never more than was agreed.

use super::{Engine, fixtures};
use domain::pace::{Limits, Pace, Turn};
use fixtures::at;
use jiff::{SignedDuration, tz::TimeZone};
use std::sync::Arc;

const FOREVER: SignedDuration = SignedDuration::from_hours(1);

fn limits(per_day: u32) -> Limits {
    Limits { per_second: 5, burst: 1, per_day, zone: TimeZone::UTC }
}

/// Forty who ask at once get as many different turns as the day has, evenly spread; the rest get none.
pub async fn gives_each_turn_once_among_many<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let limits = limits(25);
    let tasks: Vec<_> = (0..40)
        .map(|_| {
            let (store, limits) = (Arc::clone(&store), limits.clone());
            tokio::spawn(async move { store.take_turn("register", &limits, at(0), FOREVER).await.unwrap() })
        })
        .collect();
    let mut turns = Vec::new();
    let mut spent = 0;
    for task in tasks {
        match task.await.unwrap() {
            Turn::At(when) => turns.push(when.duration_since(at(0)).as_millis()),
            Turn::Spent { .. } => spent += 1,
            Turn::Busy { wait } => panic!("an hour is enough for all, not {wait}"),
        }
    }
    turns.sort_unstable();
    assert_eq!(turns, (0..25).map(|n| n * 200).collect::<Vec<_>>());
    assert_eq!(spent, 15);
    let pace = store.pace("register").await.unwrap().unwrap();
    assert_eq!(pace.used(&limits, at(0)), 25);
}

/// What is refused takes nothing, and each name has turns of its own.
pub async fn keeps_turns_apart_by_name<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let (now, none) = (at(0), SignedDuration::ZERO);
    let take = async |name| store.take_turn(name, &limits(1000), now, none).await.unwrap();
    assert_eq!(store.pace("one").await.unwrap(), None);
    assert_eq!(take("one").await, Turn::At(now));
    let after: Option<Pace> = store.pace("one").await.unwrap();
    assert_eq!(take("one").await, Turn::Busy { wait: SignedDuration::from_millis(200) });
    assert_eq!(store.pace("one").await.unwrap(), after);
    assert_eq!(take("other").await, Turn::At(now));
    assert_eq!(store.journal_end().await.unwrap().0, 0, "no turn is journalled");
}
