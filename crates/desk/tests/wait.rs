//! Callers and operators on a real store: from the first ask to the noted end, with everything that can go wrong between.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{
    DeskError, Granted,
    acts::{Consultation, JoinWait, NewStaff, OperatorState},
};
use domain::{
    access::Denied,
    actor::{PasswordHash, Role},
    callback::CallOutcome,
    ids::{CallRecordId, NodeId, StaffId},
    journal::{Happened, Written},
    listening::{ListenEnd, ListenMode, Listening},
    text::Lang,
    urgency::Urgency,
    wait::{
        AwayWhy, Choice, How, LineNode, Operator, OutsideEnd, PassTo, Refused, State, Status, WaitDid,
        WaitingCaller,
    },
};
use jiff::SignedDuration;

fn ask(number: Option<&str>, node: Option<NodeId>) -> JoinWait {
    JoinWait {
        queue: "tier1".parse().unwrap(),
        lang: Lang::en(),
        reason: None,
        urgency: Urgency::Regular,
        person: None,
        inquiry: None,
        number: number.map(|number| number.parse().unwrap()),
        first_asked: None,
        node,
        rung: None,
        keyed: domain::wait::Keyed::default(),
        relay: None,
    }
}

/// A room at noon of a working day, at an instant finer than any store keeps, with a process that holds calls and an operator who is ready.
struct Line {
    room: Room,
    node: LineNode,
    operator: StaffId,
}

impl Line {
    async fn open() -> Self {
        let room = Room::at("2026-11-23T17:00:00.123456789Z").await;
        let node = room.desk.begin_line(&room.system()).await.unwrap();
        let operator = room.staff("operator").await.id;
        let line = Self { room, node, operator };
        line.choose(Choice::Ready).await.unwrap();
        line
    }

    async fn choose(&self, choice: Choice) -> Result<Operator, DeskError> {
        let caller = self.room.as_staff("operator").await;
        let state = OperatorState { choice, node: Some(self.node.id) };
        self.room.desk.set_operator_state(&caller, self.operator, &state).await
    }

    async fn join(&self, number: Option<&str>) -> WaitingCaller {
        let ask = ask(number, Some(self.node.id));
        self.room.desk.join_wait(&self.room.system(), &ask).await.unwrap().wait
    }

    async fn grant(&self) -> Vec<Granted> {
        self.room.desk.grant_waits(&self.room.system()).await.unwrap()
    }

    async fn operator(&self) -> Operator {
        self.room.store.operator(self.operator).await.unwrap().unwrap().settled(self.room.now)
    }

    fn seconds(&mut self, n: i64) {
        self.room.now += SignedDuration::from_secs(n);
    }

    async fn whole(&self) {
        assert_eq!(self.room.store.check().await.unwrap(), []);
    }
}

#[tokio::test]
async fn from_the_first_ask_to_the_noted_end() {
    let mut line = Line::open().await;
    let first = line.join(Some("2135550101")).await;
    line.seconds(5);
    let second = line.join(Some("2135550102")).await;
    let standings = line.room.desk.wait_standings(&line.room.system()).await.unwrap();
    assert_eq!(
        standings.iter().map(|s| (s.caller, s.ahead)).collect::<Vec<_>>(),
        [(first.id, 0), (second.id, 1)]
    );
    let told = line.room.desk.tell_wait(&line.room.system(), first.id, &standings[0]).await.unwrap();
    assert_eq!((told.told[0].least, told.told[0].most), (0, 1));

    let granted = line.grant().await;
    assert_eq!(granted.len(), 1, "one operator");
    assert_eq!((granted[0].caller, granted[0].operator), (first.id, line.operator));
    assert_eq!(line.grant().await, []);
    line.seconds(3);
    let as_operator = line.room.as_staff("operator").await;
    let desk = &line.room.desk;
    let talking =
        desk.accept_wait(&as_operator, first.id, line.operator, granted[0].grant, None).await.unwrap();
    assert!(matches!(talking.state, State::Talking { .. }));
    // The same key again is answered as before.
    let again = desk.accept_wait(&as_operator, first.id, line.operator, granted[0].grant, None).await;
    assert_eq!(again.unwrap(), talking);
    line.whole().await;

    line.seconds(120);
    let ended = line.room.desk.end_talk(&line.room.system(), first.id, None).await.unwrap();
    assert!(matches!(ended.state, State::Over { how: How::Answered, .. }));
    let as_operator = line.room.as_staff("operator").await;
    let whatever = "whatever".parse().unwrap();
    let unknown = line.room.desk.dispose_wait(&as_operator, first.id, line.operator, &whatever).await;
    assert!(matches!(unknown, Err(DeskError::Wait(Refused::NoSuchWord))));
    let as_operator = line.room.as_staff("operator").await;
    let answered = "answered".parse().unwrap();
    let noted = line.room.desk.dispose_wait(&as_operator, first.id, line.operator, &answered).await;
    assert_eq!(noted.unwrap().disposition.unwrap().as_str(), "answered");
    assert_eq!(line.grant().await, [], "the operator wraps up");
    line.room.desk.extend_wrap_up(&line.room.system(), line.operator).await.unwrap();
    line.seconds(119);
    assert_eq!(line.grant().await, []);
    line.seconds(1);
    assert_eq!(line.grant().await[0].caller, second.id);
    let board = line.room.desk.wait_board(&line.room.system()).await.unwrap();
    assert_eq!((board.callers.len(), board.operators.len()), (1, 1));
    assert_eq!((board.accuracy.known, board.accuracy.inside), (1, 1));
    line.whole().await;
}

#[tokio::test]
async fn what_is_not_answered_or_declined_is_where_it_was() {
    let mut line = Line::open().await;
    let waits = line.join(Some("2135550101")).await;
    let granted = line.grant().await;
    let as_operator = line.room.as_staff("operator").await;
    line.room.desk.decline_wait(&as_operator, waits.id, line.operator, granted[0].grant).await.unwrap();
    assert_eq!(line.grant().await, []);
    line.seconds(60);
    let granted = line.grant().await;
    assert_eq!(granted[0].grant, 2);
    assert_eq!(line.room.desk.expire_grants(&line.room.system()).await.unwrap(), []);
    line.seconds(20);
    let late = line.room.desk.accept_wait(&line.room.system(), waits.id, line.operator, 2, None).await;
    assert!(matches!(late, Err(DeskError::Wait(Refused::GrantOver))));
    assert_eq!(line.room.desk.expire_grants(&line.room.system()).await.unwrap(), granted);
    assert_eq!(line.room.desk.expire_grants(&line.room.system()).await.unwrap(), []);
    let back = line.room.store.wait(waits.id).await.unwrap().unwrap();
    assert_eq!((&back.state, back.place()), (&State::Waiting, waits.place()));
    assert_eq!(line.operator().await.status.as_str(), "not-ready");
    line.choose(Choice::Ready).await.unwrap();
    let granted = line.grant().await;
    // The caller hangs up while it rings.
    line.seconds(2);
    line.room.desk.leave_wait(&line.room.system(), waits.id, How::GaveUp).await.unwrap();
    assert!(matches!(line.operator().await.status, Status::Ready { .. }));
    let system = line.room.system();
    let gone = line.room.desk.accept_wait(&system, waits.id, line.operator, granted[0].grant, None).await;
    assert!(matches!(gone, Err(DeskError::Wait(Refused::GrantOver))));
    line.whole().await;
}

#[tokio::test]
async fn a_kept_place_is_called_back_when_it_comes_up() {
    let mut line = Line::open().await;
    line.choose(Choice::NotReady { reason: Some("break".parse().unwrap()) }).await.unwrap();
    let keeps = line.join(None).await;
    line.seconds(5);
    let holds = line.join(Some("2135550102")).await;
    let nowhere = line.room.desk.keep_place(&line.room.system(), keeps.id, AwayWhy::Asked, None).await;
    assert!(matches!(nowhere, Err(DeskError::Wait(Refused::NoNumber))));
    let number = "2135550101".parse().unwrap();
    let kept = line
        .room
        .desk
        .keep_place(&line.room.system(), keeps.id, AwayWhy::Asked, Some(&number))
        .await
        .unwrap();
    assert_eq!((kept.place(), kept.node), (keeps.place(), None));

    line.choose(Choice::Ready).await.unwrap();
    let granted = line.grant().await;
    assert_eq!(granted[0].caller, keeps.id, "first asked, first served");
    let node = Some(line.node.id);
    let desk = &line.room.desk;
    let calling = desk.accept_wait(&line.room.system(), keeps.id, line.operator, 1, node).await.unwrap();
    assert!(matches!(calling.state, State::Calling { .. }));
    let missed = desk.call_back_ended(&line.room.system(), keeps.id, CallOutcome::NoAnswer).await.unwrap();
    assert!(matches!(&missed.state, State::Away(away) if away.tries == 1));
    assert_eq!(line.grant().await[0].caller, holds.id);
    line.room.desk.leave_wait(&line.room.system(), holds.id, How::GaveUp).await.unwrap();

    // They call again before we do, and are at their place.
    let ask = ask(Some("2135550101"), node);
    let again = line.room.desk.join_wait(&line.room.system(), &ask).await.unwrap();
    assert!(again.again);
    assert_eq!((again.wait.id, again.wait.place()), (keeps.id, keeps.place()));
    line.seconds(1);
    let granted = line.grant().await;
    assert_eq!((granted[0].caller, granted[0].grant), (keeps.id, 2));
    line.whole().await;
}

#[tokio::test]
async fn a_lost_process_keeps_the_places_of_its_callers() {
    let mut line = Line::open().await;
    let talks = line.join(Some("2135550101")).await;
    let granted = line.grant().await;
    line.room
        .desk
        .accept_wait(&line.room.system(), talks.id, line.operator, granted[0].grant, None)
        .await
        .unwrap();
    // Of two who asked in the same instant, chance says who is before the other.
    line.seconds(1);
    let waits = line.join(Some("2135550102")).await;
    let hidden = line.join(None).await;
    line.seconds(10);
    line.node = line.room.desk.hold_line(&line.room.system(), &line.node).await.unwrap();
    line.seconds(14);
    assert_eq!(line.room.desk.take_over_line(&line.room.system()).await.unwrap(), 0);
    line.seconds(1);
    assert_eq!(line.room.desk.take_over_line(&line.room.system()).await.unwrap(), 3);
    assert_eq!(line.room.desk.take_over_line(&line.room.system()).await.unwrap(), 0);
    for before in [&talks, &waits] {
        let kept = line.room.store.wait(before.id).await.unwrap().unwrap();
        assert!(matches!(kept.state, State::Away(_)));
        assert_eq!((kept.first_asked, kept.place()), (before.first_asked, before.place()));
    }
    let lost = line.room.store.wait(hidden.id).await.unwrap().unwrap();
    assert!(matches!(lost.state, State::Over { how: How::Lost, .. }));
    assert_eq!(line.operator().await.status.as_str(), "not-ready");
    // It was only slow: it learns that it was given up, and begins anew.
    let late = line.room.desk.hold_line(&line.room.system(), &line.node).await;
    assert!(matches!(late, Err(DeskError::NotFound)));
    line.node = line.room.desk.begin_line(&line.room.system()).await.unwrap();
    line.choose(Choice::Ready).await.unwrap();
    assert_eq!(line.grant().await[0].caller, talks.id);
    line.whole().await;
}

#[tokio::test]
async fn a_lost_operator_and_a_transfer_keep_the_place() {
    let mut line = Line::open().await;
    let waits = line.join(Some("2135550101")).await;
    let granted = line.grant().await;
    let desk = &line.room.desk;
    desk.accept_wait(&line.room.system(), waits.id, line.operator, granted[0].grant, None).await.unwrap();
    let gone = desk.lose_operator(&line.room.system(), line.operator).await.unwrap();
    assert_eq!(gone.status.as_str(), "not-ready");
    let back = line.room.store.wait(waits.id).await.unwrap().unwrap();
    assert_eq!((&back.state, back.place()), (&State::Waiting, waits.place()));

    line.choose(Choice::Ready).await.unwrap();
    line.seconds(1);
    let granted = line.grant().await;
    let desk = &line.room.desk;
    desk.accept_wait(&line.room.system(), waits.id, line.operator, granted[0].grant, None).await.unwrap();
    let as_operator = line.room.as_staff("operator").await;
    let to = |lang| PassTo::Line { queue: "tier2".parse().unwrap(), lang, reason: None };
    let unknown = desk.transfer_wait(&as_operator, waits.id, &to(Some("tlh".parse().unwrap())), None).await;
    assert!(
        matches!(unknown, Err(DeskError::Wait(Refused::NoSuchWord))),
        "nobody is sent where nobody serves"
    );
    let passed = desk.transfer_wait(&as_operator, waits.id, &to(None), None).await.unwrap();
    assert_eq!((passed.queue.as_str(), passed.place()), ("tier2", waits.place()));
    assert!(matches!(line.operator().await.status, Status::WrapUp { .. }));
    line.whole().await;
    // Codes, times and identifiers: no entry has a number in it.
    let journal = line.room.store.journal(domain::journal::Seq(0), 500).await.unwrap();
    assert!(!serde_json::to_string(&journal).unwrap().contains("5550101"));
}

#[tokio::test]
async fn a_colleague_is_rung_at_once_and_gives_back_who_is_declined() {
    let mut line = Line::open().await;
    let waits = line.join(Some("2135550101")).await;
    let granted = line.grant().await;
    let (as_operator, colleague) =
        (line.room.as_staff("operator").await, line.room.staff("m.ortega").await.id);
    let desk = &line.room.desk;
    desk.accept_wait(&as_operator, waits.id, line.operator, granted[0].grant, None).await.unwrap();
    let to = PassTo::Operator(colleague);
    let as_operator = line.room.as_staff("operator").await;
    let absent = desk.transfer_wait(&as_operator, waits.id, &to, None).await;
    assert!(matches!(absent, Err(DeskError::Wait(Refused::NotFree))), "never on duty");
    let state = OperatorState { choice: Choice::Ready, node: Some(line.node.id) };
    let as_colleague = line.room.as_staff("m.ortega").await;
    desk.set_operator_state(&as_colleague, colleague, &state).await.unwrap();
    let why = "knowledge".parse().unwrap();
    let passed = desk.transfer_wait(&as_operator, waits.id, &to, Some(&why)).await.unwrap();
    assert_eq!((passed.operator(), passed.place()), (Some(colleague), waits.place()));
    let rings = desk.rings_at(line.node.id).await.unwrap();
    assert_eq!(rings.iter().map(|(granted, _)| granted.operator).collect::<Vec<_>>(), [colleague]);
    line.whole().await;

    line.seconds(2);
    let (desk, as_colleague) = (&line.room.desk, line.room.as_staff("m.ortega").await);
    let back = desk.decline_wait(&as_colleague, waits.id, colleague, passed.grants).await.unwrap();
    assert_eq!((&back.state, back.place()), (&State::Waiting, waits.place()));
    line.whole().await;
    let journal = line.room.store.journal(domain::journal::Seq(0), 500).await.unwrap();
    let written = serde_json::to_string(&journal).unwrap();
    assert!(written.contains("\"transferred\"") && written.contains("knowledge"));
}

#[tokio::test]
async fn a_colleague_is_asked_and_takes_the_caller_over() {
    let mut line = Line::open().await;
    let waits = line.join(Some("2135550101")).await;
    let granted = line.grant().await;
    let colleague = line.room.staff("m.ortega").await.id;
    let as_operator = line.room.as_staff("operator").await;
    line.room.desk.accept_wait(&as_operator, waits.id, line.operator, granted[0].grant, None).await.unwrap();
    for what in [Consultation::Asks, Consultation::Confers, Consultation::TakesOver] {
        line.seconds(5);
        let as_operator = line.room.as_staff("operator").await;
        line.room.desk.consult_colleague(&as_operator, waits.id, colleague, what).await.unwrap();
        line.whole().await;
    }
    line.room.desk.end_consultation(&line.room.system(), colleague).await.unwrap();
    let has = line.room.store.wait(waits.id).await.unwrap().unwrap();
    assert_eq!((has.operator(), has.place()), (Some(colleague), waits.place()));
    assert!(matches!(line.operator().await.status, Status::WrapUp { .. }));
    // Who never was on duty is not on duty afterwards.
    let ended = line.room.desk.end_talk(&line.room.system(), waits.id, None).await.unwrap();
    assert!(!ended.is_live());
    line.seconds(3_600);
    let after = line.room.store.operator(colleague).await.unwrap().unwrap().settled(line.room.now);
    assert_eq!(after.status, Status::Off);
    let journal = line.room.store.journal(domain::journal::Seq(0), 500).await.unwrap();
    let written = serde_json::to_string(&journal).unwrap();
    for did in ["consulted", "conferred", "handed-over"] {
        assert!(written.contains(did), "{did}");
    }
}

#[tokio::test]
async fn nobody_does_what_is_not_theirs() {
    let line = Line::open().await;
    let waits = line.join(Some("2135550101")).await;
    line.grant().await;
    let denied = |done: Result<(), DeskError>| {
        assert!(matches!(done, Err(DeskError::Denied(Denied::Role) | DeskError::NotFound)), "{done:?}");
    };
    let desk = &line.room.desk;
    for who in ["clerk.los", "m.ortega"] {
        let other = line.room.as_staff(who).await;
        denied(desk.accept_wait(&other, waits.id, line.operator, 1, None).await.map(drop));
        denied(desk.decline_wait(&other, waits.id, line.operator, 1).await.map(drop));
        denied(desk.wait_board(&other).await.map(drop));
        denied(desk.leave_wait(&other, waits.id, How::Closed).await.map(drop));
        denied(desk.lose_operator(&other, line.operator).await.map(drop));
    }
    denied(desk.join_wait(&line.room.anyone(), &ask(None, None)).await.map(drop));
    denied(desk.grant_waits(&line.room.as_staff("operator").await).await.map(drop));
    let clerk = line.room.staff("clerk.los").await.id;
    let state = OperatorState { choice: Choice::Ready, node: None };
    let as_clerk = line.room.as_staff("clerk.los").await;
    denied(desk.set_operator_state(&as_clerk, clerk, &state).await.map(drop));
}

#[tokio::test]
async fn a_grant_rings_where_the_operator_is_whichever_process_made_it() {
    let mut line = Line::open().await;
    let other = line.room.desk.begin_line(&line.room.system()).await.unwrap();
    let here = line.join(Some("2135550101")).await;
    let theirs = ask(Some("2135550102"), Some(other.id));
    let there = line.room.desk.join_wait(&line.room.system(), &theirs).await.unwrap().wait;
    line.seconds(1);
    // The other process looks first. Whoever holds there is nobody's here: the grant could not be connected.
    let granted = line.grant().await;
    assert_eq!(granted.iter().map(|granted| granted.caller).collect::<Vec<_>>(), [here.id]);
    let rings = line.room.desk.rings_at(line.node.id).await.unwrap();
    assert_eq!(rings.iter().map(|(granted, _)| granted.clone()).collect::<Vec<_>>(), granted);
    assert_eq!(rings[0].1.id, here.id);
    assert!(line.room.desk.rings_at(other.id).await.unwrap().is_empty());
    // Declined: it rings no longer.
    let desk = &line.room.desk;
    desk.decline_wait(&line.room.system(), here.id, line.operator, granted[0].grant).await.unwrap();
    assert!(desk.rings_at(line.node.id).await.unwrap().is_empty());
    // Whoever holds where nobody is ready can be called back from anywhere: the place is the same.
    let kept = desk.keep_place(&line.room.system(), there.id, AwayWhy::Asked, None).await.unwrap();
    assert_eq!(kept.place(), there.place());
    desk.leave_wait(&line.room.system(), here.id, How::GaveUp).await.unwrap();
    line.seconds(61);
    line.choose(Choice::Ready).await.unwrap();
    assert_eq!(line.grant().await[0].caller, there.id);
    assert_eq!(line.room.desk.rings_at(line.node.id).await.unwrap().len(), 1);
    line.whole().await;
}

#[tokio::test]
async fn only_who_runs_the_line_listens_and_in_their_own_name() {
    let line = Line::open().await;
    let (desk, now) = (&line.room.desk, line.room.now);
    let new = NewStaff {
        sign_in: "supervisor".into(),
        name: "SUPERVISOR".into(),
        roles: vec![Role::Supervisor],
        office: None,
        langs: vec![Lang::en()],
        password: PasswordHash("none".into()),
    };
    desk.import_staff(&line.room.system(), vec![new]).await.unwrap();
    let (supervisor, to) = (line.room.staff("supervisor").await.id, line.operator);
    let listening = |by| Listening {
        by,
        to,
        call: CallRecordId::new(now, &[1; 10]),
        wait: None,
        inquiry: None,
        why: "coaching".parse().unwrap(),
        mode: ListenMode::Listen,
        since: now,
    };
    for name in ["operator", "m.ortega"] {
        let caller = line.room.as_staff(name).await;
        let by = line.room.staff(name).await.id;
        let refused = desk.listen_in(&caller, &listening(by)).await;
        assert!(matches!(refused, Err(DeskError::Denied(Denied::Role))), "{name}: {refused:?}");
    }
    let as_supervisor = || line.room.as_staff("supervisor");
    let refused = desk.listen_in(&as_supervisor().await, &listening(to)).await;
    assert!(matches!(refused, Err(DeskError::NotFound)), "in another's name: {refused:?}");
    let curious = Listening { why: "curious".parse().unwrap(), ..listening(supervisor) };
    let refused = desk.listen_in(&as_supervisor().await, &curious).await;
    assert!(matches!(refused, Err(DeskError::Wait(Refused::NoSuchWord))), "{refused:?}");

    // Who is ready is offered nobody while they listen, and is ready again afterwards.
    let state = OperatorState { choice: Choice::Ready, node: None };
    let ready = desk.set_operator_state(&as_supervisor().await, supervisor, &state).await.unwrap();
    let status = async || line.room.store.operator(supervisor).await.unwrap().unwrap().status;
    let caller = as_supervisor().await;
    for _ in 0..2 {
        // The same key again is answered as before.
        desk.listen_in(&caller, &listening(supervisor)).await.unwrap();
        assert_eq!(status().await.as_str(), "not-ready");
    }
    desk.change_listening(&as_supervisor().await, &listening(supervisor)).await.unwrap();
    desk.stop_listening(&line.room.system(), &listening(supervisor), ListenEnd::CallOver).await.unwrap();
    assert_eq!(status().await, ready.status);
    line.whole().await;
    let journal = line.room.store.journal(domain::journal::Seq(0), 500).await.unwrap();
    let listened = |written: &&Written| matches!(written.entry.happened, Happened::Listened { .. });
    assert_eq!(journal.iter().filter(listened).count(), 3);
}

#[tokio::test]
async fn a_supervisor_moves_whoever_waits_to_another_queue_at_their_place() {
    let mut line = Line::open().await;
    line.choose(Choice::Off).await.unwrap();
    let first = line.join(Some("2135550101")).await;
    line.seconds(5);
    let second = line.join(Some("2135550102")).await;
    let (to, why) = ("specialists".parse().unwrap(), "surge".parse().unwrap());
    let supervisor = || line.room.colleague(9, Role::Supervisor);
    let caller = supervisor();
    let moved = line.room.desk.move_wait(&caller, first.id, &to, Some(&why)).await.unwrap();
    assert_eq!((&moved.queue, moved.first_asked, moved.place()), (&to, first.first_asked, first.place()));
    // A second click is the same command.
    let again = line.room.desk.move_wait(&caller, first.id, &to, Some(&why)).await.unwrap();
    assert_eq!(again.version, moved.version);
    let end = line.room.store.journal_end().await.unwrap();
    let Written { entry, actor, .. } =
        line.room.store.journal(domain::journal::Seq(end.0 - 1), 1).await.unwrap().remove(0);
    let did =
        domain::wait::WaitDid::Moved { from: first.queue.clone(), queue: to.clone(), why: Some(why.clone()) };
    assert_eq!(entry.happened, Happened::Wait { caller: first.id, did });
    assert_eq!(actor.staff(), Some(supervisor().staff().unwrap().id), "the journal says who did it");

    // Nowhere, for no reason, twice, of somebody who does not wait, and by whoever does not run the wait: no.
    let (nowhere, other) = ("nowhere".parse().unwrap(), "weather".parse().unwrap());
    let refused =
        async |id, queue, why| line.room.desk.move_wait(&supervisor(), id, queue, why).await.unwrap_err();
    assert!(matches!(refused(second.id, &nowhere, Some(&why)).await, DeskError::Wait(Refused::NoSuchWord)));
    assert!(matches!(refused(second.id, &to, Some(&other)).await, DeskError::Wait(Refused::NoSuchWord)));
    assert!(matches!(refused(second.id, &to, None).await, DeskError::Wait(Refused::NoSuchWord)));
    assert!(matches!(refused(first.id, &to, Some(&why)).await, DeskError::Wait(Refused::SameQueue)));
    let caller = line.room.as_staff("operator").await;
    let denied = line.room.desk.move_wait(&caller, second.id, &to, Some(&why)).await;
    assert!(matches!(denied, Err(DeskError::Denied(Denied::Role))), "{denied:?}");
    line.choose(Choice::Ready).await.unwrap();
    let granted = line.grant().await;
    assert_eq!(granted[0].caller, first.id, "who asked first is first, in whatever queue");
    assert!(
        matches!(refused(first.id, &first.queue, Some(&why)).await, DeskError::Wait(_)),
        "it rings for them"
    );
    line.whole().await;
}

/// Somebody is called back in vain for good, rings again, and is where the first ask put them: once, and while it is not long ago.
#[tokio::test]
async fn whoever_rings_again_after_a_lost_wait_stands_where_they_first_asked_and_once() {
    let mut line = Line::open().await;
    let (number, node) = (Some("2135550101"), Some(line.node.id));
    let lost = line.join(number).await;
    line.seconds(5);
    let later = line.join(Some("2135550102")).await;
    let desk = &line.room.desk;
    desk.keep_place(&line.room.system(), lost.id, AwayWhy::Asked, None).await.unwrap();
    let granted = line.grant().await;
    assert_eq!(granted[0].caller, lost.id);
    desk.accept_wait(&line.room.system(), lost.id, line.operator, granted[0].grant, node).await.unwrap();
    let over = desk.call_back_ended(&line.room.system(), lost.id, CallOutcome::WrongNumber).await.unwrap();
    assert!(matches!(over.state, State::Over { how: How::Lost, .. }), "{:?}", over.state);

    line.choose(Choice::NotReady { reason: Some("break".parse().unwrap()) }).await.unwrap();
    line.seconds(600);
    let desk = &line.room.desk;
    let again = desk.join_wait(&line.room.system(), &ask(number, node)).await.unwrap();
    assert!(again.again && again.wait.id != lost.id, "a wait of its own");
    assert_eq!((again.wait.first_asked, again.wait.turn), (lost.first_asked, lost.turn));
    let end = line.room.store.journal_end().await.unwrap();
    let written = line.room.store.journal(domain::journal::Seq(end.0 - 2), 2).await.unwrap();
    let happened: Vec<_> = written.into_iter().map(|written| written.entry.happened).collect();
    let came = Happened::Wait { caller: lost.id, did: WaitDid::Returned { to: again.wait.id } };
    assert_eq!(happened[0], came);
    assert!(
        matches!(&happened[1], Happened::Wait { caller, did: WaitDid::Joined { .. } } if *caller == again.wait.id)
    );
    let standings = desk.wait_standings(&line.room.system()).await.unwrap();
    assert_eq!(standings.iter().map(|s| s.caller).collect::<Vec<_>>(), [again.wait.id, later.id]);
    line.whole().await;

    // They hang up, which is no loss; and the lost one was taken up already.
    desk.leave_wait(&line.room.system(), again.wait.id, How::GaveUp).await.unwrap();
    let anew = desk.join_wait(&line.room.system(), &ask(number, node)).await.unwrap();
    assert!(!anew.again);
    assert_eq!(anew.wait.first_asked, line.room.now);

    // The same a second time, and an hour and more goes by.
    desk.leave_wait(&line.room.system(), anew.wait.id, How::Lost).await.unwrap();
    line.seconds(3_601);
    let desk = &line.room.desk;
    let late = desk.join_wait(&line.room.system(), &ask(number, node)).await.unwrap();
    assert!(!late.again);
    assert_eq!(late.wait.first_asked, line.room.now);
    line.whole().await;
}

/// Who withholds the number is lost with the process; they ring again and show once more which inquiry is theirs.
#[tokio::test]
async fn whoever_has_no_number_comes_back_to_their_turn_by_what_they_show() {
    let mut line = Line::open().await;
    let asked = request("Ana", "immigration-judge-grant", "90012", Lang::en());
    let inquiry = line.room.desk.request_meeting(&line.room.anyone(), &asked).await.unwrap().inquiry;
    let shows =
        |node| JoinWait { inquiry: Some(inquiry.id), person: Some(inquiry.person), ..ask(None, node) };
    let node = Some(line.node.id);
    let lost = line.room.desk.join_wait(&line.room.system(), &shows(node)).await.unwrap().wait;
    line.seconds(60);
    assert_eq!(line.room.desk.take_over_line(&line.room.system()).await.unwrap(), 1);
    let over = line.room.store.wait(lost.id).await.unwrap().unwrap();
    assert!(matches!(over.state, State::Over { how: How::Lost, .. }), "{:?}", over.state);
    line.node = line.room.desk.begin_line(&line.room.system()).await.unwrap();
    let node = Some(line.node.id);

    // Nobody else is they, whatever they ring from.
    for other in [ask(None, node), ask(Some("2135550103"), node)] {
        let other = line.room.desk.join_wait(&line.room.system(), &other).await.unwrap();
        assert!(!other.again);
        assert_eq!(other.wait.first_asked, line.room.now);
    }
    line.seconds(1);
    let again = line.room.desk.join_wait(&line.room.system(), &shows(node)).await.unwrap();
    assert!(again.again);
    assert_eq!((again.wait.first_asked, again.wait.turn), (lost.first_asked, lost.turn));
    let told = line.room.store.story(inquiry.id).await.unwrap();
    let came = Happened::Wait { caller: lost.id, did: WaitDid::Returned { to: again.wait.id } };
    assert_eq!(told.iter().filter(|written| written.entry.happened == came).count(), 1);
    // From many telephones at once the turn is taken up once: it has been.
    let twice = line.room.desk.join_wait(&line.room.system(), &shows(node)).await.unwrap();
    assert!(!twice.again);
    line.whole().await;
}

/// They ring from two telephones in the same moment: one has the turn, the other asks anew.
#[tokio::test]
async fn a_lost_turn_is_taken_up_by_one_of_several_calls_at_once() {
    let mut line = Line::open().await;
    line.choose(Choice::NotReady { reason: Some("break".parse().unwrap()) }).await.unwrap();
    let lost = line.join(Some("2135550101")).await;
    line.room.desk.leave_wait(&line.room.system(), lost.id, How::Lost).await.unwrap();
    line.seconds(30);
    let node = Some(line.node.id);
    let rings =
        async || line.room.desk.join_wait(&line.room.system(), &ask(Some("2135550101"), node)).await.unwrap();
    let (one, two) = tokio::join!(rings(), rings());
    assert!(one.again != two.again, "{} {}", one.again, two.again);
    let turns = [one, two].map(|joined| joined.wait.first_asked);
    assert!(turns.contains(&lost.first_asked) && turns.contains(&line.room.now), "{turns:?}");
    line.whole().await;
}

/// An operator passes a caller on to a line outside: nobody answers there, and they are the next at their old turn; then somebody does.
#[tokio::test]
async fn a_caller_comes_back_from_a_line_outside_that_does_not_answer() {
    let mut line = Line::open().await;
    let waits = line.join(Some("2135550101")).await;
    let granted = line.grant().await;
    let desk = &line.room.desk;
    desk.accept_wait(&line.room.system(), waits.id, line.operator, granted[0].grant, None).await.unwrap();
    let why = "knowledge".parse().unwrap();
    let to = |code: &str| PassTo::Outside(code.parse().unwrap());
    let as_operator = line.room.as_staff("operator").await;
    let unlisted = desk.transfer_wait(&as_operator, waits.id, &to("bank"), Some(&why)).await;
    assert!(matches!(unlisted, Err(DeskError::Wait(Refused::NoSuchWord))), "{unlisted:?}");
    let as_operator = line.room.as_staff("operator").await;
    let court = to("immigration-court");
    let sent = desk.transfer_wait(&as_operator, waits.id, &court, Some(&why)).await.unwrap();
    assert!(matches!(sent.state, State::Waiting) && sent.outside.is_some());
    assert!(matches!(line.operator().await.status, Status::WrapUp { .. }), "free at once");
    line.choose(Choice::Ready).await.unwrap();
    line.seconds(5);
    let later = line.join(Some("2135550102")).await;
    let granted = line.grant().await;
    assert_eq!(granted.iter().map(|granted| granted.caller).collect::<Vec<_>>(), [later.id]);
    let as_operator = line.room.as_staff("operator").await;
    let desk = &line.room.desk;
    desk.decline_wait(&as_operator, later.id, line.operator, granted[0].grant).await.unwrap();

    let busy = OutsideEnd::Failed(CallOutcome::Busy);
    let as_operator = line.room.as_staff("operator").await;
    let denied = desk.end_outside(&as_operator, waits.id, busy).await;
    assert!(matches!(denied, Err(DeskError::Denied(_))), "{denied:?}");
    let back = desk.end_outside(&line.room.system(), waits.id, busy).await.unwrap();
    assert_eq!((back.place(), &back.queue), (waits.place(), &waits.queue));
    line.seconds(60);
    let granted = line.grant().await;
    assert_eq!(granted[0].caller, waits.id, "before whoever asked later");
    let desk = &line.room.desk;
    desk.accept_wait(&line.room.system(), waits.id, line.operator, granted[0].grant, None).await.unwrap();
    let as_operator = line.room.as_staff("operator").await;
    desk.transfer_wait(&as_operator, waits.id, &court, Some(&why)).await.unwrap();
    let over = desk.end_outside(&line.room.system(), waits.id, OutsideEnd::Answered).await.unwrap();
    assert!(matches!(over.state, State::Over { how: How::Answered, .. }));
    line.whole().await;
    let journal = line.room.store.journal(domain::journal::Seq(0), 500).await.unwrap();
    let written = serde_json::to_string(&journal).unwrap();
    for did in ["sent-out", "outside-failed", "outside-answered", "immigration-court"] {
        assert!(written.contains(did), "{did}");
    }
    assert!(!written.contains("8987180"), "a code, and no number");
}
