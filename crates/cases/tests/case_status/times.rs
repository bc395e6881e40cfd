//! Rates, time-outs and second tries.

use crate::*;
use peer::Reply;
use serde_json::json;
use std::time::Duration;

const SPIKE: &str = r#"{"code":"429","message":"Spike Arrest Violation"}"#;
const CLOSED: &str =
    "\n\n  {\"error\":{\"code\":\"503\",\"message\":\"The Case Status API Sandbox is unavailable\"}}";

#[tokio::test]
async fn the_rate_is_kept_under_fifty_at_once() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let mut config = config(&peer);
    config.per_second = 40;
    let api = Arc::new(api(&config));
    let began = Instant::now();
    let tasks: Vec<_> = (0..50)
        .map(|n| {
            let api = api.clone();
            tokio::spawn(async move { found(&api, &format!("LIN99991{n:05}"), wall.now()).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let mut came: Vec<Instant> = peer.seen.lock().unwrap().cases.iter().map(|(at, _)| *at).collect();
    came.sort();
    assert_eq!(came.len(), 50);
    // No request came before its place, so that however they bunch on the way, there never were more than agreed.
    for (n, at) in came.iter().enumerate() {
        let place = Duration::from_millis(25) * u32::try_from(n).unwrap();
        assert!(at.duration_since(began) >= place, "request {n} came after {:?}", at.duration_since(began));
    }
}

#[tokio::test]
async fn who_would_wait_too_long_is_told_when_to_come_back() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let mut config = config(&peer);
    (config.per_second, config.whole) = (1, SignedDuration::from_secs(3));
    let api = Arc::new(api(&config));
    let tasks: Vec<_> = (0..6)
        .map(|n| {
            let api = api.clone();
            tokio::spawn(async move { api.find(&receipt(&format!("LIN999910000{n}")), wall.now()).await })
        })
        .collect();
    let (mut served, mut busy) = (0, 0);
    for task in tasks {
        match task.await.unwrap() {
            Ok(Some(_)) => served += 1,
            Err(CaseSourceError::Unavailable { retry_after: Some(wait), .. }) => {
                assert!(wait > SignedDuration::ZERO && wait <= SignedDuration::from_secs(6));
                busy += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    // At once and one second later; the place two seconds later lies beyond half of the whole time.
    assert_eq!((served, busy), (2, 4));
    assert_eq!(peer.counts().0, 2);
}

#[tokio::test]
async fn the_day_has_its_number() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let mut config = config(&peer);
    config.per_day = 2;
    let api = api(&config);
    found(&api, WITH, wall.now()).await;
    found(&api, WITHOUT, wall.now()).await;
    let error = fails(&api, "LIN9999106502", wall.now()).await;
    let CaseSourceError::Unavailable { retry_after: Some(wait), .. } = error else { panic!("{error:?}") };
    // 10:00 in New York: fourteen hours are left of the day.
    assert!((SignedDuration::from_hours(13)..=SignedDuration::from_hours(14)).contains(&wait), "{wait}");
    // What is kept is still shown, and tomorrow goes on.
    assert!(found(&api, WITH, wall.now() + SignedDuration::from_hours(1)).await.as_of < wall.now());
    found(&api, "LIN9999106502", wall.now() + SignedDuration::from_hours(15)).await;
    assert_eq!(peer.counts().0, 3);
}

#[tokio::test]
async fn a_second_try_waits_as_long_as_the_service_says() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = api(&config(&peer));
    for (status, body) in [(429, SPIKE), (503, CLOSED)] {
        peer.next(Reply::new(status, body).header("retry-after", "1"));
        let before = peer.counts().0;
        let number = format!("LIN9999100{status}");
        let number = format!("{number:0<13}");
        found(&api, &number, wall.now()).await;
        let seen = peer.seen.lock().unwrap();
        assert_eq!(seen.cases.len(), before + 2);
        assert!(seen.cases[before + 1].0.duration_since(seen.cases[before].0) >= Duration::from_secs(1));
    }
}

#[tokio::test]
async fn there_is_no_third_try_and_none_that_would_take_too_long() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = api(&config(&peer));
    peer.always(Some(Reply::new(429, SPIKE)));
    fails(&api, WITH, wall.now()).await;
    assert_eq!(peer.counts().0, 2);
    peer.always(Some(Reply::new(503, CLOSED).header("retry-after", "60")));
    let error = fails(&api, WITH, wall.now()).await;
    let wait = SignedDuration::from_mins(1);
    assert!(
        matches!(error, CaseSourceError::Unavailable { retry_after: Some(w), .. } if w == wait),
        "{error:?}"
    );
    assert_eq!(peer.counts().0, 3);
    // For that minute nobody else asks either.
    fails(&api, WITHOUT, wall.now()).await;
    assert_eq!(peer.counts().0, 3);
}

#[tokio::test]
async fn other_errors_are_not_tried_again() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = api(&config(&peer));
    for status in [400, 500, 502, 504] {
        let before = peer.counts().0;
        peer.next(Reply::new(status, json!({"code": status, "message": "…"}).to_string()));
        fails(&api, WITH, wall.now()).await;
        assert_eq!(peer.counts().0, before + 1, "{status}");
    }
}

#[tokio::test]
async fn a_slow_service_is_given_up_in_time() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let mut config = config(&peer);
    config.whole = SignedDuration::from_millis(400);
    let api = api(&config);
    let slow = || Reply::new(200, "{}").after(Duration::from_secs(30));
    for token in [true, false] {
        if token {
            peer.next_token(slow());
        } else {
            peer.next(slow());
        }
        let began = Instant::now();
        let error = fails(&api, WITH, wall.now()).await;
        assert!(matches!(error, CaseSourceError::Unavailable { .. }));
        assert!(told(&error).contains("in time"), "{}", told(&error));
        assert!(began.elapsed() >= Duration::from_millis(350) && began.elapsed() < Duration::from_secs(5));
    }
}

#[tokio::test]
async fn who_goes_away_in_the_middle_blocks_nobody() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = api(&config(&peer));
    for token in [true, false] {
        let slow = Reply::new(200, "{}").after(Duration::from_secs(30));
        if token {
            peer.next_token(slow);
        } else {
            peer.next(slow);
        }
        let number = receipt(WITH);
        let gone = tokio::time::timeout(Duration::from_millis(200), api.find(&number, wall.now()));
        assert!(gone.await.is_err());
    }
    found(&api, WITH, wall.now()).await;
}
