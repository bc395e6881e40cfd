//! Many promised calls go to somebody else or to other windows: proposed by one, done by another, all at once or not at all.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{Becomes, Caller, DeskError};
use domain::{
    access::Denied,
    actor::Role,
    guard::ConflictWhy,
    handover::{Came, HandoverRefused, HandoverStage, NewHandover, StayWhy, Target, Whose},
    ids::StaffId,
    inquiry::Inquiry,
    journal::Happened,
    text::Lang,
};
use jiff::{SignedDuration, Timestamp};

/// A Monday, noon by the line's clock.
const NOW: &str = "2026-11-23T17:00:00Z";

struct Bulk {
    room: Room,
    ortega: StaffId,
    lee: StaffId,
    calls: Vec<Inquiry>,
}

impl Bulk {
    /// So many calls of m.ortega, in one window.
    async fn of(people: &[&str]) -> Self {
        let room = Room::at(NOW).await;
        let (ortega, lee) = (room.staff("m.ortega").await.id, room.staff("j.lee").await.id);
        let mut calls = Vec::new();
        for given in people {
            let ask = request(given, "case-question", "90012", Lang::en());
            let asked = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
            let start = room.desk.windows(&asked, room.now, 1).await.unwrap()[0].window.start;
            let caller = room.system();
            calls.push(room.desk.promise_callback(&caller, asked.id, start, Some(ortega)).await.unwrap());
        }
        Self { room, ortega, lee, calls }
    }

    fn supervisor(&self, n: u8) -> Caller {
        self.room.colleague(n, Role::Supervisor)
    }

    fn ask(&self, target: Target) -> NewHandover {
        let from = self.calls[0].callback().unwrap().window.start;
        NewHandover {
            whose: Whose::Officer { officer: self.ortega },
            from,
            until: from + SignedDuration::from_hours(1),
            target,
            because: "Ortega has a fever".into(),
        }
    }

    fn to_lee(&self) -> NewHandover {
        self.ask(Target::Officer { officer: self.lee })
    }

    async fn owners(&self) -> Vec<Option<StaffId>> {
        let mut owners = Vec::new();
        for inquiry in &self.calls {
            owners.push(self.room.reload(inquiry).await.callback().unwrap().owner);
        }
        owners
    }

    async fn refused(&self, ask: NewHandover) -> HandoverRefused {
        match self.room.desk.propose_handover(&self.supervisor(8), &ask).await {
            Err(DeskError::Handover(why)) => why,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn one_proposes_another_approves_and_all_calls_go_in_one_commit() {
    let bulk = Bulk::of(&["Ana", "Bo", "Cy"]).await;
    let desk = &bulk.room.desk;
    let windows: Vec<_> = bulk.calls.iter().map(|one| one.callback().unwrap().window.clone()).collect();
    let proposal = desk.propose_handover(&bulk.supervisor(8), &bulk.to_lee()).await.unwrap();
    assert_eq!((proposal.calls.len(), proposal.version), (3, 1));
    assert_eq!(bulk.owners().await, [Some(bulk.ortega); 3], "a proposal does nothing");
    let seen = desk.handover(&bulk.supervisor(9), proposal.id).await.unwrap();
    assert!(seen.rows.iter().all(|row| matches!(row.becomes, Ok(Becomes::Given(_)))), "{:?}", seen.rows);

    let own = desk.approve_handover(&bulk.supervisor(8), proposal.id, 1).await;
    assert!(matches!(own, Err(DeskError::Handover(HandoverRefused::SecondPerson))), "{own:?}");
    let denied = desk.approve_handover(&bulk.room.as_staff("j.lee").await, proposal.id, 1).await;
    assert!(matches!(denied, Err(DeskError::Denied(Denied::Role))), "{denied:?}");
    let other = desk.approve_handover(&bulk.supervisor(9), proposal.id, 2).await;
    assert!(matches!(other, Err(DeskError::Contended)), "another version than was seen: {other:?}");
    assert_eq!(bulk.owners().await, [Some(bulk.ortega); 3]);

    let caller = bulk.supervisor(9);
    let done = desk.approve_handover(&caller, proposal.id, 1).await.unwrap();
    assert!(done.calls.iter().all(|call| call.came == Some(Came::Moved)));
    assert!(matches!(done.stage, HandoverStage::Done { .. }));
    assert_eq!(bulk.owners().await, [Some(bulk.lee); 3]);
    let mut planned = Vec::new();
    for (inquiry, window) in bulk.calls.iter().zip(&windows) {
        let now = bulk.room.reload(inquiry).await;
        let callback = now.callback().unwrap();
        assert_eq!((&callback.window, callback.given.len()), (window, 1), "the same promise");
        assert_eq!(bulk.room.told(inquiry.id, "callback-moved").await, 0);
        planned.push(callback.next_attempt);
    }
    planned.dedup();
    assert_eq!(planned.len(), 3, "one after the other: {planned:?}");
    // A second click does nothing more, and nobody does it twice.
    let again = desk.approve_handover(&caller, proposal.id, 1).await.unwrap();
    assert_eq!(again.version, done.version);
    let twice = desk.approve_handover(&bulk.supervisor(7), proposal.id, 2).await;
    assert!(matches!(twice, Err(DeskError::Handover(HandoverRefused::WrongStage))), "{twice:?}");
    let end = bulk.room.store.journal_end().await.unwrap();
    let last = bulk.room.store.journal(domain::journal::Seq(end.0 - 1), 1).await.unwrap().remove(0);
    assert!(matches!(last.entry.happened, Happened::CallsHandedOver { calls: 3, .. }), "{last:?}");
    assert!(!serde_json::to_string(&last).unwrap().contains("fever"));
    assert_eq!(bulk.room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn what_cannot_go_stays_and_why_is_written_down() {
    let mut bulk = Bulk::of(&["Ana", "Bo", "Cy"]).await;
    let ask = bulk.to_lee();
    let proposal = bulk.room.desk.propose_handover(&bulk.supervisor(8), &ask).await.unwrap();
    // Lee is too near to Bo, and Ana is being called.
    let caller = bulk.room.as_staff("j.lee").await;
    let set = bulk.room.desk.set_conflict(&caller, bulk.calls[1].id, bulk.lee, ConflictWhy::Relative);
    set.await.unwrap();
    let state =
        desk::acts::OperatorState { choice: domain::wait::Choice::NotReady { reason: None }, node: None };
    let caller = bulk.room.as_staff("m.ortega").await;
    bulk.room.desk.set_operator_state(&caller, bulk.ortega, &state).await.unwrap();
    bulk.room.until(ask.from).await;
    let caller = bulk.room.as_staff("m.ortega").await;
    bulk.room.desk.start_call(&caller, bulk.calls[0].id).await.unwrap();
    let done = bulk.room.desk.approve_handover(&bulk.supervisor(9), proposal.id, 1).await.unwrap();
    let came: Vec<_> = done.calls.iter().map(|call| (call.inquiry, call.came.unwrap())).collect();
    let of = |inquiry: &Inquiry| came.iter().find(|(id, _)| *id == inquiry.id).unwrap().1;
    assert_eq!(of(&bulk.calls[0]), Came::Stayed { why: StayWhy::MovedOn });
    assert_eq!(of(&bulk.calls[1]), Came::Stayed { why: StayWhy::KeptFrom });
    assert_eq!(of(&bulk.calls[2]), Came::Moved);
    assert_eq!(bulk.owners().await, [Some(bulk.ortega), Some(bulk.ortega), Some(bulk.lee)]);
    assert_eq!(bulk.room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn calls_go_to_other_windows_that_can_be_kept_and_each_person_is_told() {
    let bulk = Bulk::of(&["Ana", "Bo", "Cy"]).await;
    let ask = bulk.ask(Target::Windows);
    let proposal = bulk.room.desk.propose_handover(&bulk.supervisor(8), &ask).await.unwrap();
    let seen = bulk.room.desk.handover(&bulk.supervisor(9), proposal.id).await.unwrap();
    let shown: Vec<Timestamp> = seen
        .rows
        .iter()
        .map(|row| match &row.becomes {
            Ok(Becomes::Promised(promise)) => promise.window.start,
            other => panic!("{other:?}"),
        })
        .collect();
    bulk.room.desk.approve_handover(&bulk.supervisor(9), proposal.id, 1).await.unwrap();
    for (call, expected) in proposal.calls.iter().zip(shown) {
        let now = bulk.room.store.inquiry(call.inquiry).await.unwrap().unwrap();
        let callback = now.callback().unwrap();
        assert_eq!(callback.window.start, expected, "what was shown is what was done");
        assert!(callback.window.start >= ask.until, "outside the time");
        assert_eq!((callback.owner, callback.moves), (None, 0), "it is no move of the person's");
        assert_eq!(bulk.room.told(call.inquiry, "callback-moved").await, 1);
    }
    assert_eq!(bulk.room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_a_proposal_ends() {
    let mut bulk = Bulk::of(&["Ana"]).await;
    let ask = bulk.to_lee();
    assert_eq!(
        bulk.refused(NewHandover { because: " ".into(), ..ask.clone() }).await,
        HandoverRefused::NoReason
    );
    let clerk = Target::Officer { officer: bulk.room.staff("clerk.los").await.id };
    assert_eq!(bulk.refused(NewHandover { target: clerk, ..ask.clone() }).await, HandoverRefused::NoOfficer);
    let pool = NewHandover { whose: Whose::Pool, ..ask.clone() };
    assert_eq!(bulk.refused(pool).await, HandoverRefused::Nothing);
    let denied = bulk.room.desk.propose_handover(&bulk.room.as_staff("m.ortega").await, &ask).await;
    assert!(matches!(denied, Err(DeskError::Denied(Denied::Role))), "{denied:?}");

    let first = bulk.room.desk.propose_handover(&bulk.supervisor(8), &ask).await.unwrap();
    let gone = bulk.room.desk.withdraw_handover(&bulk.supervisor(9), first.id).await.unwrap();
    assert!(matches!(gone.stage, HandoverStage::Withdrawn { .. }));
    let late = bulk.room.desk.approve_handover(&bulk.supervisor(9), first.id, 2).await;
    assert!(matches!(late, Err(DeskError::Handover(HandoverRefused::WrongStage))), "{late:?}");
    let second = bulk.room.desk.propose_handover(&bulk.supervisor(8), &ask).await.unwrap();
    bulk.room.until(second.good_until).await;
    let late = bulk.room.desk.approve_handover(&bulk.supervisor(9), second.id, 1).await;
    assert!(matches!(late, Err(DeskError::Handover(HandoverRefused::Stale))), "{late:?}");
    let listed = bulk.room.desk.handovers(&bulk.supervisor(9)).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.id).collect::<Vec<_>>(), [second.id, first.id]);
}
