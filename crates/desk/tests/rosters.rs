//! Rosters: what officers can keep follows them, and no promise is lost by one.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::common::{Room, request, staff};
use desk::{Conditions, DeskError, acts::PlanRoster};
use domain::{
    access::Denied, actor::Role, calendar::Span, ids::StaffId, inquiry::Inquiry, journal::Happened,
    refusal::Refusal, roster::Shifts, text::Lang,
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, date},
};
use std::collections::BTreeMap;

/// A Monday, nine in the morning in Los Angeles, noon by the line's clock.
const NOW: &str = "2026-11-23T17:00:00Z";
const TODAY: Date = date(2026, 11, 23);

fn spans(texts: &[&str]) -> Vec<Span> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn all_week(texts: &[&str]) -> Shifts {
    let day = spans(texts);
    let week = std::array::from_fn(|_| day.clone());
    Shifts { from: TODAY, week, days: BTreeMap::new() }
}

fn plan(of: StaffId, shifts: Option<Shifts>) -> PlanRoster {
    PlanRoster { of, shifts, because: String::new() }
}

async fn asked(room: &Room, given: &str) -> Inquiry {
    let ask = request(given, "case-question", "90012", Lang::en());
    room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry
}

async fn starts(room: &Room, inquiry: &Inquiry) -> Vec<(Timestamp, u32)> {
    let offers = room.desk.windows(inquiry, room.now, 200).await.unwrap();
    offers.into_iter().map(|offer| (offer.window.start, offer.left)).collect()
}

#[tokio::test]
async fn windows_are_offered_as_rosters_say_and_as_before_without_any() {
    let room = Room::at(NOW).await;
    let inquiry = asked(&room, "Ana").await;
    let before = starts(&room, &inquiry).await;
    assert!(before.iter().all(|(_, left)| *left == 3), "two officers, one of them for second tries");
    let (ortega, lee) = (room.staff("m.ortega").await.id, room.staff("j.lee").await.id);
    let supervisor = || room.colleague(9, Role::Supervisor);
    // Both on leave on one day: nothing is promised there, and everything else is as it was.
    let leave = TODAY + 2.days();
    let mut shifts = all_week(&["00:00-24:00"]);
    shifts.days.insert(leave, Vec::new());
    for of in [ortega, lee] {
        room.desk.plan_roster(&supervisor(), &plan(of, Some(shifts.clone()))).await.unwrap();
    }
    let zone = room.desk.pack().line().calendar.zone.clone();
    let on = |at: &Timestamp| zone.date(*at);
    let expected: Vec<_> = before.iter().copied().filter(|(at, _)| on(at) != leave).collect();
    assert!(expected.len() < before.len());
    assert_eq!(starts(&room, &inquiry).await, expected);
    // One of them alone keeps nothing back.
    let mut alone = all_week(&["00:00-24:00"]);
    alone.days.insert(leave, spans(&["00:00-24:00"]));
    room.desk.plan_roster(&supervisor(), &plan(ortega, Some(alone))).await.unwrap();
    assert_eq!(starts(&room, &inquiry).await, before);
    // And nobody is promised an hour that was planned away since it was shown.
    let (gone, _) = before.iter().copied().find(|(at, _)| on(at) == leave).unwrap();
    room.desk.plan_roster(&supervisor(), &plan(ortega, Some(shifts))).await.unwrap();
    let refused = room.desk.promise_callback(&room.system(), inquiry.id, gone, None).await;
    assert!(matches!(refused, Err(DeskError::Refused(Refusal::WindowFull))), "{refused:?}");
    for of in [ortega, lee] {
        room.desk.plan_roster(&supervisor(), &plan(of, None)).await.unwrap();
    }
    assert_eq!(starts(&room, &inquiry).await, before, "without rosters it is as it was");
}

#[tokio::test]
async fn a_call_of_somebody_who_is_away_goes_to_whoever_is_on_duty() {
    let room = Room::at(NOW).await;
    let inquiry = asked(&room, "Ana").await;
    let officer = room.staff("m.ortega").await;
    let start = starts(&room, &inquiry).await[3].0;
    let promised =
        room.desk.promise_callback(&room.system(), inquiry.id, start, Some(officer.id)).await.unwrap();
    let window = promised.callback().unwrap().window.clone();
    let supervisor = || room.colleague(9, Role::Supervisor);
    let away = plan(officer.id, Some(all_week(&[])));

    // First it is shown, and nothing happens.
    let effect = room.desk.roster_effect(&supervisor(), officer.id, away.shifts.clone()).await.unwrap();
    assert_eq!(effect.calls.iter().map(|one| one.id).collect::<Vec<_>>(), [inquiry.id]);
    assert!(!effect.days.is_empty() && effect.days.iter().all(|day| day.after == Some(Vec::new())));
    assert!(effect.windows.is_empty(), "of two officers one is kept back: the other alone keeps as many");
    assert_eq!(room.reload(&inquiry).await, promised);

    let refused = room.desk.plan_roster(&supervisor(), &away).await;
    assert!(matches!(refused, Err(DeskError::Refused(Refusal::ReasonNeeded))), "{refused:?}");
    let caller = supervisor();
    let because = PlanRoster { because: "On leave".into(), ..away };
    room.desk.plan_roster(&caller, &because).await.unwrap();
    let given = room.reload(&inquiry).await;
    let callback = given.callback().unwrap();
    assert_eq!((callback.owner, &callback.window), (None, &window), "the same promise, anybody's");
    assert_eq!(room.store.busy(Some(officer.id), window.start, window.end).await.unwrap(), []);
    assert_eq!(room.told(inquiry.id, "callback-moved").await, 0, "the person has nothing to know of it");
    assert_eq!(room.story(&inquiry).await.iter().filter(|act| *act == "callback-given").count(), 1);
    // A second click does nothing more.
    room.desk.plan_roster(&caller, &because).await.unwrap();
    assert_eq!(room.reload(&inquiry).await.version, given.version);
    let end = room.store.journal_end().await.unwrap();
    let entry = room.store.journal(domain::journal::Seq(end.0 - 1), 1).await.unwrap().remove(0);
    let planned = Happened::RosterPlanned { of: officer.id, planned: true, given: 1 };
    assert_eq!(entry.entry.happened, planned);
    // Nor is anything promised in their name, or given to them, when they are not there.
    let other = asked(&room, "Bo").await;
    let refused = room.desk.promise_callback(&room.system(), other.id, start, Some(officer.id)).await;
    assert!(matches!(refused, Err(DeskError::Refused(Refusal::WindowFull))), "{refused:?}");
    let back = room.desk.give_callback(&supervisor(), inquiry.id, Some(officer.id), "back").await;
    assert!(matches!(back, Err(DeskError::Refused(Refusal::WindowFull))), "{back:?}");
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn more_than_can_be_kept_stays_promised_and_is_shown() {
    let room = Room::at(NOW).await;
    let mut people = Vec::new();
    let start = starts(&room, &asked(&room, "Zoe").await).await[3].0;
    for given in ["Ana", "Bo", "Cy"] {
        let inquiry = asked(&room, given).await;
        people.push(room.desk.promise_callback(&room.system(), inquiry.id, start, None).await.unwrap());
    }
    let supervisor = || room.colleague(9, Role::Supervisor);
    for name in ["m.ortega", "j.lee"] {
        let of = room.staff(name).await.id;
        room.desk.plan_roster(&supervisor(), &plan(of, Some(all_week(&[])))).await.unwrap();
    }
    for inquiry in &people {
        assert_eq!(room.reload(inquiry).await, *inquiry, "nobody's promise is touched");
    }
    let board = room.desk.rosters(&supervisor(), None).await.unwrap();
    let over: Vec<_> = board.over.iter().map(|one| (one.start, one.promised, one.after)).collect();
    assert_eq!(over, [(start, 3, 0)]);
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_manager_plans_their_own_office_and_nobody_else() {
    let room = Room::at(NOW).await;
    let shifts = Some(all_week(&["08:00-16:00"]));
    let clerk = room.staff("clerk.los").await;
    let manager = room.as_staff("manager.los").await;
    let planned = room.desk.plan_roster(&manager, &plan(clerk.id, shifts.clone())).await.unwrap();
    assert_eq!(planned.roster.unwrap().zone.name(), "America/Los_Angeles");
    for (name, of) in [("manager.los", "clerk.nyc"), ("manager.los", "m.ortega"), ("m.ortega", "m.ortega")] {
        let of = room.staff(of).await.id;
        let caller = room.as_staff(name).await;
        let refused = room.desk.plan_roster(&caller, &plan(of, shifts.clone())).await;
        assert!(matches!(refused, Err(DeskError::Denied(Denied::OtherOffice | Denied::Role))), "{refused:?}");
        assert_eq!(room.store.staff(of).await.unwrap().unwrap().roster, None);
    }
    let board = room.desk.rosters(&room.as_staff("manager.los").await, None).await.unwrap();
    let names: Vec<_> = board.staff.iter().map(|one| one.sign_in.as_str()).collect();
    assert_eq!(names, ["clerk.los", "manager.los"]);
    // What somebody else planned since is not written over.
    let versions = Some(vec![clerk.version]);
    let late = room.as_staff("manager.los").await.only(Conditions { versions, command: None });
    let refused = room.desk.plan_roster(&late, &plan(clerk.id, None)).await;
    assert!(matches!(refused, Err(DeskError::Contended)), "{refused:?}");
    // A file of staff says nothing of rosters, and takes none away.
    room.desk.import_staff(&room.system(), staff()).await.unwrap();
    assert!(room.staff("clerk.los").await.roster.is_some());
}
