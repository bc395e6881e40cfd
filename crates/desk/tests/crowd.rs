//! Letters stand back for a crowd, and not for ever.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{DeskError, JobReport, Worker};
use domain::text::Lang;
use futures::{FutureExt, future::BoxFuture, poll};
use jiff::SignedDuration;

/// More letters than are leased at once.
const LETTERS: usize = 40;
/// So many acts at once are a crowd.
const MANY: usize = 8;

async fn ask(room: &Room, n: usize) -> Result<(), DeskError> {
    let ask = request(&format!("Person{n}"), "immigration-judge-grant", "90012", Lang::en());
    room.desk.request_meeting(&room.anyone(), &ask).await.map(drop)
}

/// Acts that have begun, and go on when somebody looks at them again.
async fn crowd(room: &Room, first: usize) -> Vec<BoxFuture<'_, Result<(), DeskError>>> {
    let mut acts: Vec<_> = (first..first + MANY).map(|n| ask(room, n).boxed()).collect();
    for act in &mut acts {
        assert!(poll!(act).is_pending(), "an act waits until what it did is durable");
    }
    acts
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
    let acts = crowd(&room, LETTERS).await;
    let report = run(&room).await;
    assert!(report.stood_back, "{report:?}");
    assert!(report.done > 0 && (report.done as usize) < LETTERS, "{report:?}");
    for act in acts {
        act.await.unwrap();
    }
    let rest = run(&room).await;
    assert!(!rest.stood_back, "{rest:?}");
    assert_eq!((report.done + rest.done) as usize, LETTERS + MANY, "each letter once");
}

#[tokio::test]
async fn a_crowd_that_stays_does_not_keep_letters_back() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    for n in 0..LETTERS {
        ask(&room, n).await.unwrap();
    }
    room.now += SignedDuration::from_secs(21);
    let acts = crowd(&room, LETTERS).await;
    let report = run(&room).await;
    assert!(report.done as usize >= LETTERS, "what is late goes first: {report:?}");
    drop(acts);
}
