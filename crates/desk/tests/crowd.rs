//! Letters stand back for a crowd, and not for ever.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{DeskError, JobReport, Worker};
use domain::text::Lang;
use futures::{FutureExt, future::BoxFuture, poll};
use jiff::SignedDuration;
use std::task::Poll;

/// More letters than are leased at once.
const LETTERS: usize = 40;
/// So many acts at once are a crowd.
const MANY: usize = 8;

async fn ask(room: &Room, n: usize) -> Result<(), DeskError> {
    let ask = request(&format!("Person{n}"), "immigration-judge-grant", "90012", Lang::en());
    room.desk.request_meeting(&room.anyone(), &ask).await.map(drop)
}

/// Acts that have begun, and go on when somebody looks at them again.
struct Crowd<'a> {
    acts: Vec<BoxFuture<'a, Result<(), DeskError>>>,
    /// With those that had done before anybody looked: the store is quick where this thread is
    /// slow, so that an act may be over at its first look.
    begun: usize,
}

async fn crowd(room: &Room, first: usize) -> Crowd<'_> {
    let (mut acts, mut begun) = (Vec::new(), 0);
    while acts.len() < MANY {
        assert!(begun < 100 * MANY, "an act waits until what it did is durable");
        let mut act = ask(room, first + begun).boxed();
        begun += 1;
        match poll!(&mut act) {
            Poll::Pending => acts.push(act),
            Poll::Ready(done) => done.unwrap(),
        }
    }
    Crowd { acts, begun }
}

async fn run(room: &Room) -> JobReport {
    room.desk.run_due(&Worker { name: "test".into() }, room.now).await.unwrap()
}

#[tokio::test]
async fn letters_stand_back_while_many_act_and_are_sent_when_they_have_done() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    for n in 0..LETTERS {
        ask(&room, n).await.unwrap();
    }
    let crowd = crowd(&room, LETTERS).await;
    let report = run(&room).await;
    assert!(report.stood_back, "{report:?}");
    assert!(report.done > 0 && (report.done as usize) < LETTERS, "{report:?}");
    for act in crowd.acts {
        act.await.unwrap();
    }
    let rest = run(&room).await;
    assert!(!rest.stood_back, "{rest:?}");
    assert_eq!((report.done + rest.done) as usize, LETTERS + crowd.begun, "each letter once");
}

#[tokio::test]
async fn a_crowd_that_stays_does_not_keep_letters_back() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    for n in 0..LETTERS {
        ask(&room, n).await.unwrap();
    }
    room.now += SignedDuration::from_secs(21);
    let crowd = crowd(&room, LETTERS).await;
    let report = run(&room).await;
    assert!(report.done as usize >= LETTERS, "what is late goes first: {report:?}");
    drop(crowd);
}
