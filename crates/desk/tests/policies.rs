//! A policy is changed at noon: drafted, proposed, approved by another person; before and after on the same store.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{Caller, Desk, DeskError, acts::Propose};
use domain::{
    access::Denied,
    actor::Role,
    decision::DecisionKind,
    inquiry::Inquiry,
    journal::{Happened, Seq},
    revision::{Revision, RevisionDid, RevisionRefused, RevisionStage, Starts, Subject},
    text::Lang,
};
use jiff::civil::date;
use std::sync::Arc;
use store::Revisions;
use triage::Sheet;

const MONDAY_NOON: &str = "2026-11-23T17:00:00Z";

fn analyst(room: &Room, n: u8) -> Caller {
    room.colleague(n, Role::Analyst)
}

/// The desk as a node makes it of what is kept in the store.
pub(crate) async fn node(room: &Room) -> Desk {
    let policies = room.store.revisions(Revisions::Standing, 500).await.unwrap();
    let tables = room.store.imported().await.unwrap();
    let (pack, _) = room.desk.pack().with_kept(&tables, &policies, room.desk.today(room.now)).unwrap();
    assert_eq!(pack.left_out(), []);
    room.desk.with_pack(Arc::new(pack))
}

fn refused<T: std::fmt::Debug>(done: Result<T, DeskError>) -> RevisionRefused {
    match done.unwrap_err() {
        DeskError::Policy(why) => why,
        other => panic!("{other:?}"),
    }
}

const ROW: &str = "[[row]]\nid = \"U0-everything\"\nwhen = 'reason == \"case-question\" && waited_days == 0 && !cannot_wait'\nthen = { urgency = \"urgent\" }\n\
    why = { en = \"We look at it today.\", es = \"Lo vemos hoy.\" }\ncite = \"A new rule\"\n\n";

/// The draft with a row of its own before all others, and an example of it.
fn with_row(text: &str) -> String {
    let text = text.replacen("[[row]]", &format!("{ROW}[[row]]"), 1);
    let given = "{ reason = \"case-question\", cannot_wait = false, waited_days = 0 }";
    format!("{text}\n[[example]]\nname = \"Everything\"\ngiven = {given}\nexpect = \"U0-everything\"\n")
}

async fn drafted(room: &Room) -> Revision {
    let draft = room
        .desk
        .begin_revision(&analyst(room, 1), &Subject::Policy(DecisionKind::Urgency), "2026-01")
        .await
        .unwrap();
    let text = with_row(&draft.text);
    room.desk.write_revision(&analyst(room, 1), draft.id, draft.version, &text).await.unwrap()
}

fn ask(draft: &Revision, starts: Starts) -> Propose {
    let name = Sheet::read(&draft.text).unwrap().version().unwrap().to_owned();
    Propose { name, starts, because: Some("A new rule of law.".into()) }
}

async fn propose(room: &Room, draft: &Revision, starts: Starts) -> Revision {
    room.desk.propose_revision(&analyst(room, 1), draft.id, draft.version, &ask(draft, starts)).await.unwrap()
}

async fn approve(room: &Room, proposal: &Revision) -> Revision {
    room.desk.approve_revision(&analyst(room, 2), proposal.id, proposal.version).await.unwrap()
}

async fn asks(room: &Room, desk: &Desk, given: &str) -> Inquiry {
    let ask = request(given, "case-question", "90012", Lang::en());
    desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry
}

fn cited(inquiry: &Inquiry) -> (String, String) {
    let rule = &inquiry.decisions.first().unwrap().rule;
    (rule.version.clone(), rule.row.clone())
}

async fn acts(room: &Room) -> Vec<RevisionDid> {
    let entries = room.store.journal(Seq(0), 1000).await.unwrap();
    entries
        .into_iter()
        .filter_map(|entry| match entry.entry.happened {
            Happened::PolicyRevised { did, .. } => Some(did),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn a_policy_changed_at_noon_holds_from_then_on_and_what_was_decided_keeps_its_own() {
    let room = Room::at(MONDAY_NOON).await;
    let draft = drafted(&room).await;
    let before = asks(&room, &node(&room).await, "Ana").await;
    let proposal = propose(&room, &draft, Starts::Now).await;
    assert_eq!(cited(&asks(&room, &node(&room).await, "Berta").await).0, "2026-01");
    let approved = approve(&room, &proposal).await;
    let RevisionStage::Approved { from, .. } = approved.stage else { panic!("{approved:?}") };
    assert_eq!(from, date(2026, 11, 23));
    // Two nodes, each making its pack of the same store.
    for (desk, given) in [(node(&room).await, "Carla"), (node(&room).await, "Delia")] {
        let after = asks(&room, &desk, given).await;
        assert_eq!(cited(&after), ("2026-11-23".into(), "U0-everything".into()));
        let policy = desk.pack().policy(DecisionKind::Urgency, from).unwrap();
        assert_eq!(after.decisions[0].rule.hash, policy.hash());
        assert_eq!(policy.effective(), from, "the day is in the text");
    }
    assert_eq!(room.reload(&before).await.decisions, before.decisions);
    assert_eq!(cited(&before).0, "2026-01");
    let did = [RevisionDid::Begun, RevisionDid::Proposed, RevisionDid::Approved];
    assert_eq!(acts(&room).await, did);
    // Back to what was: a draft that begins with the old version, approved for the same day.
    let desk = node(&room).await;
    let back = desk
        .begin_revision(&analyst(&room, 1), &Subject::Policy(DecisionKind::Urgency), "2026-01")
        .await
        .unwrap();
    let caller = analyst(&room, 1);
    let back = desk.propose_revision(&caller, back.id, back.version, &ask(&back, Starts::Now)).await.unwrap();
    desk.approve_revision(&analyst(&room, 2), back.id, back.version).await.unwrap();
    let reverted = asks(&room, &node(&room).await, "Elena").await;
    assert_eq!(cited(&reverted).0, "2026-11-23-2");
    assert_ne!(cited(&reverted).1, "U0-everything");
}

#[tokio::test]
async fn a_day_to_come_begins_at_midnight_of_the_agency_and_can_be_withdrawn_before() {
    let mut room = Room::at(MONDAY_NOON).await;
    let draft = drafted(&room).await;
    let proposal = propose(&room, &draft, Starts::On { day: date(2026, 11, 25) }).await;
    let approved = approve(&room, &proposal).await;
    let desk = node(&room).await;
    // Half past eleven at night in the line's zone, and a minute after midnight.
    let zone = desk.pack().line().calendar.zone.clone();
    room.now = zone.day_start(date(2026, 11, 25)).unwrap() - jiff::SignedDuration::from_mins(30);
    assert_eq!(cited(&asks(&room, &desk, "Ana").await).0, "2026-01");
    room.pass(31);
    assert_eq!(cited(&asks(&room, &desk, "Berta").await).1, "U0-everything");
    let late = room.desk.withdraw_revision(&analyst(&room, 1), approved.id).await;
    assert_eq!(refused(late), RevisionRefused::InForce);
    room.now = MONDAY_NOON.parse().unwrap();
    room.desk.withdraw_revision(&analyst(&room, 1), approved.id).await.unwrap();
    room.now = zone.day_start(date(2026, 11, 26)).unwrap();
    assert_eq!(cited(&asks(&room, &node(&room).await, "Carla").await).0, "2026-01");
}

#[tokio::test]
async fn nobody_approves_their_own_and_nothing_with_faults_is_proposed() {
    let room = Room::at(MONDAY_NOON).await;
    let draft = drafted(&room).await;
    let officer = room.as_staff("m.ortega").await;
    let denied = room.desk.begin_revision(&officer, &Subject::Policy(DecisionKind::Need), "2026-01").await;
    assert!(matches!(denied, Err(DeskError::Denied(Denied::Role))), "{denied:?}");
    let auditor = room.colleague(7, Role::Auditor);
    assert_eq!(room.desk.open_revisions(&auditor).await.unwrap().len(), 1);
    let denied = room.desk.drop_revision(&auditor, draft.id).await;
    assert!(matches!(denied, Err(DeskError::Denied(Denied::Role))), "{denied:?}");

    let bad = draft.text.replace("when = 'reason == \"case-question\" &&", "when = 'reasson == \"x\" &&");
    let saved = room.desk.write_revision(&analyst(&room, 1), draft.id, draft.version, &bad).await.unwrap();
    let judged = room.desk.judge_policy(DecisionKind::Urgency, &saved.text).await.unwrap();
    assert!(judged.faults[0].says.contains("reasson"), "{:?}", judged.faults);
    let line = judged.faults[0].at.line.unwrap();
    assert!(bad.lines().nth(line - 1).unwrap().contains("reasson"));
    let on = Starts::On { day: date(2026, 12, 1) };
    let caller = analyst(&room, 1);
    let faults = room.desk.propose_revision(&caller, saved.id, saved.version, &ask(&draft, on)).await;
    assert!(matches!(refused(faults), RevisionRefused::Faults { n: 1.. }));
    // Two had it open: the second to save is told, and writes over nothing.
    let caller = analyst(&room, 3);
    let stale = room.desk.write_revision(&caller, draft.id, draft.version, &draft.text).await;
    assert_eq!(refused(stale), RevisionRefused::Stale);
    assert_eq!(room.store.revision(draft.id).await.unwrap().unwrap().text, bad);

    let good = with_row(
        &room
            .desk
            .pack()
            .policy(DecisionKind::Urgency, date(2026, 11, 23))
            .unwrap()
            .text()
            .replace("version = \"2026-01\"", "version = \"winter\""),
    );
    let caller = analyst(&room, 3);
    let draft = room.desk.write_revision(&caller, draft.id, saved.version, &good).await.unwrap();
    let proposal = propose(&room, &draft, on).await;
    assert_eq!(Sheet::read(&proposal.text).unwrap().effective(), Some(date(2026, 12, 1)));
    for n in [1, 3] {
        let own = room.desk.approve_revision(&analyst(&room, n), proposal.id, proposal.version).await;
        assert_eq!(refused(own), RevisionRefused::SecondPerson);
    }
    // Another draft cannot take its name, nor one of the pack's.
    let other = drafted(&room).await;
    for (name, why) in [
        ("winter", RevisionRefused::NameInUse),
        ("2026-01", RevisionRefused::NameInUse),
        ("a b", RevisionRefused::Name),
    ] {
        let caller = analyst(&room, 1);
        let named = Propose { name: name.into(), ..ask(&other, on) };
        let taken = room.desk.propose_revision(&caller, other.id, other.version, &named).await;
        assert_eq!(refused(taken), why, "{name}");
    }
    let same = room
        .desk
        .begin_revision(&analyst(&room, 1), &Subject::Policy(DecisionKind::Fit), "2026-01")
        .await
        .unwrap();
    let caller = analyst(&room, 1);
    let unchanged = room.desk.propose_revision(&caller, same.id, same.version, &ask(&same, on)).await;
    assert_eq!(refused(unchanged), RevisionRefused::Unchanged);
}

#[tokio::test]
async fn a_version_that_no_longer_fits_is_told_and_the_one_before_stays() {
    let room = Room::at(MONDAY_NOON).await;
    let first = approve(&room, &propose(&room, &drafted(&room).await, Starts::Now).await).await;
    let mut policies = room.store.revisions(Revisions::Standing, 500).await.unwrap();
    // A later one, as an earlier release may have taken it.
    let mut odd = policies[0].clone();
    odd.id = domain::ids::RevisionId::new(room.now, &[77; 10]);
    odd.name = Some("odd".into());
    odd.text = odd.text.replace("hit = \"first\"", "hit = \"collect\"");
    let RevisionStage::Approved { at, .. } = &mut odd.stage else { panic!() };
    *at += jiff::SignedDuration::from_mins(1);
    policies.push(odd.clone());
    let (pack, _) = room.desk.pack().with_kept(&[], &policies, date(2026, 11, 23)).unwrap();
    let [out] = pack.left_out() else { panic!("{:?}", pack.left_out()) };
    assert_eq!((out.revision, out.name.as_str()), (odd.id, "odd"));
    assert!(out.faults[0].to_string().contains("collect"), "{:?}", out.faults);
    let today = date(2026, 11, 23);
    let version = first.name.as_deref();
    assert_eq!(pack.policy(DecisionKind::Urgency, today).map(triage::Policy::version), version);
    assert_eq!(pack.made_at_desk(DecisionKind::Urgency, version.unwrap()), Some(first.id));
    assert_ne!(pack.hash(), room.desk.pack().hash(), "a decision can name the very data it rested on");
    let (again, _) = pack.with_kept(&[], &[], date(2026, 11, 23)).unwrap();
    assert_eq!(again.hash(), room.desk.pack().hash(), "nothing of it stays when it is taken off");
}

#[tokio::test]
async fn a_dry_run_asks_again_with_the_facts_that_were_decided_on() {
    let mut room = Room::at(MONDAY_NOON).await;
    for given in ["Ana", "Berta"] {
        asks(&room, &room.desk, given).await;
    }
    let other = request("Carla", "emergency-travel", "90012", Lang::en());
    room.desk.request_meeting(&room.anyone(), &other).await.unwrap();
    // Ten days later they have waited longer; what was decided rests on the day on which it was.
    room.pass(10 * 24 * 60);
    asks(&room, &room.desk, "Delia").await;
    room.pass(1);
    let draft = drafted(&room).await;
    let auditor = room.colleague(7, Role::Auditor);
    let run = room.desk.dry_run(&auditor, draft.id, 30).await.unwrap().unwrap();
    assert_eq!((run.all, run.effect.looked, run.lost, run.old.as_str()), (4, 4, 0, "2026-01"));
    assert_eq!((run.effect.turned.len(), run.numbers.len()), (3, 4));
    let from_to = (Some("regular".to_owned()), Some("urgent".to_owned()));
    assert_eq!(run.effect.by_outcome[&from_to], 3);
    assert_eq!(run.effect.rows["U0-everything"], (0, 3));
    let lately = room.desk.dry_run(&auditor, draft.id, 5).await.unwrap().unwrap();
    assert_eq!((lately.all, lately.effect.turned.len()), (1, 1));
    // Nothing was written, and what has faults has no effect.
    let bad = draft.text.replace("hit = \"first\"", "hit = \"all\"");
    room.desk.write_revision(&analyst(&room, 1), draft.id, draft.version, &bad).await.unwrap();
    assert!(room.desk.dry_run(&auditor, draft.id, 30).await.unwrap().is_none());
    let officer = room.as_staff("m.ortega").await;
    assert!(matches!(room.desk.dry_run(&officer, draft.id, 30).await, Err(DeskError::Denied(Denied::Role))));
}
