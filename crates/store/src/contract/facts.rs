//! What indicators are made of.

use super::{Engine, done, fixtures};
use domain::{
    appointment::{AppointmentEnd, PastAppointment},
    call_record::{CallRecord, Came, TurnedAway, Way},
    change::Write,
    ids::{CallRecordId, StaffId},
    indicators::OwedWhat,
    inquiry::{AskedReview, ReviewState, Stage},
    wait::{Choice, How, NewWait, Operator, WaitRules, WaitStep, WaitingCaller, Was},
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
            about: domain::wait::AboutCaller::default(),
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

/// Who was turned away, by when the call was over; operators' time, with callers and where no caller's record keeps it yet; reviews
/// by when they fall due.
pub async fn finds_what_else_indicators_are_made_of<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let (make, rules) = (Maker::default(), WaitRules::default());
    let call = |minutes, why: Option<TurnedAway>| {
        let id = CallRecordId::new(at(minutes), &make.chance());
        let mut call = CallRecord::begin(id, Way::In, at(minutes));
        call.turned_away = why;
        call.over(Came::default(), at(minutes));
        Write::CallRecord(Box::new(call))
    };
    let calls = [(1, Some(TurnedAway::Closed)), (2, None), (3, Some(TurnedAway::Full))];
    done(&*store, make.writing(calls.map(|(minutes, why)| call(minutes, why)))).await;
    let turned = async |from, to| {
        let mut turned = store.facts(at(from), at(to), at(9)).await.unwrap().turned_away;
        turned.sort();
        turned
    };
    assert_eq!(turned(0, 9).await, [(TurnedAway::Closed, None), (TurnedAway::Full, None)]);
    assert_eq!(turned(1, 3).await, [(TurnedAway::Closed, None)]);

    let mut asked = make.inquiry(0);
    let decision = asked.decisions[0].id;
    let (why, state) = ("because".into(), ReviewState::Open);
    asked.reviews = vec![AskedReview { decision, asked: at(1), why, due: at(50), state }];
    done(&*store, make.writing([write(&asked)])).await;
    let due = store.facts(at(50), at(51), at(9)).await.unwrap().promises;
    assert!(matches!(&due[..], [one] if one.inquiry == asked.id && one.what == OwedWhat::Review(None)));

    let write = async |minutes, step: WaitStep| {
        let both = (step.caller.clone(), step.operator.clone());
        let mut change = make.change_at(minutes);
        change.wait(step);
        done(&*store, change).await;
        both
    };
    let operator = Operator::new(StaffId::new(at(0), &make.chance()));
    let (_, ready) = write(10, operator.choose(Choice::Ready, None, &rules, at(10)).unwrap()).await;
    let seconds = async |to: i64, now: i64| {
        let facts = store.facts(at(0), at(to), at(now)).await.unwrap();
        let mut all: Vec<(Was, i64)> = facts
            .pieces
            .into_iter()
            .map(|one| (one.spell.was, one.spell.until.duration_since(one.spell.since).as_secs()))
            .collect();
        all.sort();
        all
    };
    assert_eq!(seconds(1, 11).await, [(Was::Ready, 60)], "it goes on");
    let new = NewWait {
        id: domain::ids::WaitId::new(at(10), &make.chance()),
        queue: "tier1".parse().unwrap(),
        lang: domain::text::Lang::es(),
        reason: None,
        urgency: domain::urgency::Urgency::Regular,
        person: None,
        inquiry: None,
        number: Some("2025550102".parse().unwrap()),
        zone: None,
        first_asked: None,
        node: None,
        owed: None,
        keyed: domain::wait::Keyed::default(),
        about: domain::wait::AboutCaller::default(),
    };
    let (joined, _) = write(10, WaitingCaller::join(new, &rules, at(10)).unwrap()).await;
    let offered = joined.unwrap().offer(&ready.unwrap(), &rules, at(11)).unwrap();
    let (offered, rung) = write(11, offered).await;
    let (calling, busy) = write(11, offered.unwrap().accept(&rung.unwrap(), 1, None, at(11)).unwrap()).await;
    let (talking, _) = write(12, calling.unwrap().reached(at(12)).unwrap()).await;
    let (_, wraps) = write(14, talking.unwrap().end_talk(&busy.unwrap(), &rules, at(14)).unwrap()).await;
    let talked = [(Was::Ready, 60), (Was::Calling, 60), (Was::Talking, 120)];
    assert_eq!(seconds(15, 14).await, talked, "the caller's record has it");
    assert_eq!(seconds(14, 14).await, [], "found by when the wait was over");
    // Off duty, and no caller's record has the end of the day.
    write(30, wraps.unwrap().choose(Choice::Off, None, &rules, at(30)).unwrap()).await;
    let rest: i64 = seconds(14, 40).await.iter().map(|(_, seconds)| seconds).sum();
    assert_eq!(rest, 16 * 60);
}
