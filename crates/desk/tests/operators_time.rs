//! How operators' time is kept with those whom they spoke with, and what is counted from it.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::acts::{Escalate, JoinWait, OperatorState, PlanRoster};
use domain::{
    actor::Role,
    ids::{NodeId, StaffId},
    indicators::{By, Indicator, count},
    roster::Shifts,
    text::Lang,
    urgency::Urgency,
    wait::{Choice, Keyed, WaitingCaller, Was},
};
use jiff::{SignedDuration, civil::date};
use std::collections::BTreeMap;

/// A room at noon of a working day, with a process that holds calls and an operator who is ready.
struct Line {
    room: Room,
    node: NodeId,
    operator: StaffId,
}

impl Line {
    async fn open() -> Self {
        let room = Room::at("2026-11-23T17:00:00Z").await;
        let node = room.desk.begin_line(&room.system()).await.unwrap().id;
        let operator = room.staff("operator").await.id;
        let line = Self { room, node, operator };
        line.choose(Choice::Ready).await;
        line
    }

    async fn choose(&self, choice: Choice) {
        let caller = self.room.as_staff("operator").await;
        let state = OperatorState { choice, node: Some(self.node) };
        self.room.desk.set_operator_state(&caller, self.operator, &state).await.unwrap();
    }

    async fn join(&self, number: &str) -> WaitingCaller {
        let join = JoinWait {
            queue: "tier1".parse().unwrap(),
            lang: Lang::en(),
            reason: None,
            urgency: Urgency::Regular,
            person: None,
            inquiry: None,
            number: Some(number.parse().unwrap()),
            first_asked: None,
            node: Some(self.node),
            rung: None,
            keyed: Keyed::default(),
            relay: Some(true),
        };
        self.room.desk.join_wait(&self.room.system(), &join).await.unwrap().wait
    }

    fn seconds(&mut self, n: i64) {
        self.room.now += SignedDuration::from_secs(n);
    }
}

/// Whoever speaks with an operator about a matter that is known, and is passed on to an officer, is one who was.
#[tokio::test]
async fn the_time_of_operators_is_kept_and_so_is_whom_they_passed_on() {
    let mut line = Line::open().await;
    let asked = request("Ana", "case-question", "90012", Lang::en());
    let inquiry = line.room.desk.request_meeting(&line.room.anyone(), &asked).await.unwrap().inquiry;
    line.seconds(30);
    let first = line.join("2135550101").await;
    assert_eq!(first.about.relay, Some(true));
    let granted = line.room.desk.grant_waits(&line.room.system()).await.unwrap();
    line.seconds(4);
    let desk = &line.room.desk;
    let by = line.room.as_staff("operator").await;
    desk.accept_wait(&by, first.id, line.operator, granted[0].grant, None).await.unwrap();
    let start = desk.windows(&inquiry, line.room.now, 1).await.unwrap()[0].window.start;
    let escalate = Escalate { start, why: None, summary: "A street.".into() };
    let by = line.room.as_staff("operator").await;
    let promised = desk.escalate(&by, inquiry.id, &escalate).await.unwrap();
    assert!(promised.callback().is_some_and(|callback| callback.brief.is_some()));
    // Asked twice it is the same.
    assert_eq!(desk.escalate(&by, inquiry.id, &escalate).await.unwrap().version, promised.version);
    assert!(line.room.store.wait(first.id).await.unwrap().unwrap().escalated);
    line.seconds(100);
    let over = line.room.desk.end_talk(&line.room.system(), first.id, Some(25)).await.unwrap();
    assert_eq!((over.held, over.measured), (Some(25), true));
    let told = |wait: &WaitingCaller| -> Vec<(Was, i64)> {
        let spells = wait.spent.iter().flat_map(|spent| &spent.spells);
        spells.map(|one| (one.was.clone(), one.until.duration_since(one.since).as_secs())).collect()
    };
    let call = [(Was::Ready, 30), (Was::Ringing, 4), (Was::Talking, 100)];
    assert_eq!(told(&over), call);
    line.seconds(7);
    line.choose(Choice::Off).await;
    let over = line.room.store.wait(first.id).await.unwrap().unwrap();
    assert_eq!(told(&over)[3..], [(Was::WrapUp, 7)], "the end of the day goes with the last caller");
    line.seconds(3600);
    let (now, from) = (line.room.now, line.room.now - SignedDuration::from_hours(2));
    let facts = line.room.desk.facts(from, now, now).await.unwrap();
    let of = |indicator| {
        let found = count(&facts, By::All).into_iter().find(|one| one.indicator == indicator).unwrap();
        (found.value, found.n)
    };
    assert_eq!(of(Indicator::LiveTalk), (Some(75), 1));
    assert_eq!(of(Indicator::LiveHold), (Some(25), 1));
    assert_eq!(of(Indicator::LiveWrapUp), (Some(7), 1));
    assert_eq!(of(Indicator::Escalated), (Some(1000), 1));
    // With callers for 4 + 100 + 7 of 141 seconds on duty.
    assert_eq!(of(Indicator::Occupancy), (Some(787), 4));
    assert_eq!(of(Indicator::Utilisation), (Some(787), 4));
    assert_eq!(of(Indicator::Shrinkage), (Some(0), 4));
    assert_eq!(line.room.store.check().await.unwrap(), []);
}

/// What was planned is compared with what came true, also when the roster has been changed or taken away since.
#[tokio::test]
async fn adherence_is_counted_from_what_was_planned_for_that_day() {
    let mut line = Line::open().await;
    let (of, boss) = (line.operator, |line: &Line| line.room.colleague(9, Role::Supervisor));
    // Noon by the line's clock: planned from one to three.
    let week = std::array::from_fn(|_| vec!["13:00-15:00".parse().unwrap()]);
    let shifts = Shifts { from: date(2026, 11, 23), week, days: BTreeMap::new() };
    let plan = |shifts| PlanRoster { of, shifts, because: String::new() };
    line.room.desk.plan_roster(&boss(&line), &plan(Some(shifts))).await.unwrap();
    line.seconds(3600 + 1800);
    line.choose(Choice::Off).await;
    line.seconds(2 * 3600);
    let supervisor = boss(&line).staff().unwrap().clone();
    let day = (date(2026, 11, 23), date(2026, 11, 23));
    let adherence = async |line: &Line| {
        let facts = line.room.desk.facts_for(&supervisor, day, line.room.now).await.unwrap();
        let all = count(&facts, By::All);
        let one = all.into_iter().find(|one| one.indicator == Indicator::Adherence).unwrap();
        (one.value, one.n, one.left_out, one.recorded)
    };
    // They were there for the first half hour of two.
    assert_eq!(adherence(&line).await, (Some(250), 1, 0, true));
    line.seconds(24 * 3600);
    line.room.desk.plan_roster(&boss(&line), &plan(None)).await.unwrap();
    assert_eq!(adherence(&line).await, (Some(250), 1, 0, true), "that day was planned so");
    let staff = line.room.staff("operator").await;
    assert!(staff.roster.is_none() && staff.planned_before.is_some());
    assert_eq!(line.room.store.check().await.unwrap(), []);
}
