//! What indicators are made of.

use super::{Engine, done, fixtures};
use domain::{
    appointment::{AppointmentEnd, PastAppointment},
    indicators::OwedWhat,
    inquiry::Stage,
    wait::{How, NewWait, WaitRules, WaitingCaller},
};
use fixtures::{Maker, at, write};

/// Promises by when they fall due, each once, those that are over too; where a window moved, by the new one.
pub async fn finds_promises_by_when_they_fall_due<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let mut called = make.inquiry(0);
    let mut callback = make.callback(10, None);
    let due = callback.window.end;
    called.stage = Stage::Promised(callback.clone());
    let mut visited = make.inquiry(0);
    let (missed, booked) = (make.appointment("SPR", 30), make.appointment("LAK", 600));
    let end = AppointmentEnd::NoShow;
    visited.past_appointments = vec![PastAppointment { appointment: missed, end, at: at(90), counter: None }];
    visited.past_callbacks = vec![make.callback(-600, None)];
    visited.stage = Stage::Booked(booked);
    done(&*store, make.writing([write(&called), write(&visited)])).await;
    let found = async |from, to| {
        let mut found: Vec<_> = store
            .facts(from, to, at(5))
            .await
            .unwrap()
            .promises
            .into_iter()
            .map(|owed| (owed.due, owed.inquiry, matches!(owed.what, OwedWhat::Visit(_))))
            .collect();
        found.sort();
        found
    };
    let past = visited.past_callbacks[0].window.end;
    let all = [
        (past, visited.id, false),
        (at(30), visited.id, true),
        (due, called.id, false),
        (at(600), visited.id, true),
    ];
    let mut sorted = all;
    sorted.sort();
    assert_eq!(found(at(-9999), at(9999)).await, sorted);
    assert_eq!(found(at(30), at(31)).await, all[1..2]);
    assert_eq!(found(at(29), at(30)).await, []);
    assert_eq!(found(due, at(600)).await, all[2..3], "the end is no part of the stretch");

    // The window moves: it is the same promise, due at another time.
    callback.window.end = at(5000);
    called.stage = Stage::Promised(callback);
    called.version += 1;
    done(&*store, make.writing([write(&called)])).await;
    assert_eq!(found(due, at(600)).await, []);
    assert_eq!(found(at(5000), at(5001)).await, [(at(5000), called.id, false)]);
}

/// Waits by when they were over, and none that goes on.
pub async fn finds_waits_that_were_over<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let (make, rules) = (Maker::default(), WaitRules::default());
    for (asked, left) in [(0, Some(4)), (1, Some(6)), (2, None)] {
        let new = NewWait {
            id: domain::ids::WaitId::new(at(asked), &make.chance()),
            queue: "tier1".parse().unwrap(),
            lang: domain::text::Lang::es(),
            reason: None,
            urgency: domain::urgency::Urgency::Regular,
            person: None,
            inquiry: None,
            number: Some("2025550101".parse().unwrap()),
            zone: None,
            first_asked: None,
            node: None,
            owed: None,
            keyed: domain::wait::Keyed::default(),
        };
        let step = WaitingCaller::join(new, &rules, at(asked)).unwrap();
        let caller = step.caller.clone().unwrap();
        let mut change = make.change_at(asked);
        change.wait(step);
        done(&*store, change).await;
        if let Some(left) = left {
            let mut change = make.change_at(left);
            change.wait(caller.leave(None, How::GaveUp, &rules, at(left)).unwrap());
            done(&*store, change).await;
        }
    }
    let found = async |from, to| {
        let facts = store.facts(at(from), at(to), at(9)).await.unwrap();
        let mut ended: Vec<_> = facts.waits.iter().map(|wait| (wait.asked, wait.ended, wait.how)).collect();
        ended.sort();
        ended
    };
    let both = [(at(0), at(4), How::GaveUp), (at(1), at(6), How::GaveUp)];
    assert_eq!(found(-10, 100).await, both);
    assert_eq!(found(4, 6).await, both[..1]);
    assert_eq!(found(7, 100).await, []);
}
