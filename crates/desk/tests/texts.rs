//! A file of the pack is changed at the desk: drafted, judged with everything else, approved by another person, in force on every node
//! from its day on, and taken back.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{Caller, Desk, DeskError, OWN_VERSION, acts::Propose};
use domain::{
    access::Denied,
    actor::Role,
    inquiry::Inquiry,
    journal::{Happened, Seq},
    refusal::Refusal,
    revision::{PackFile, Revision, RevisionDid, RevisionRefused, Starts, Subject},
    text::Lang,
};
use jiff::civil::date;
use std::{collections::BTreeSet, sync::Arc};
use store::Revisions;

const MONDAY_NOON: &str = "2026-11-23T17:00:00Z";

fn analyst(room: &Room, n: u8) -> Caller {
    room.colleague(n, Role::Analyst)
}

/// The desk as a node makes it of what is kept in the store.
async fn node(room: &Room) -> Desk {
    let revisions = room.store.revisions(Revisions::Standing, 500).await.unwrap();
    let tables = room.store.imported().await.unwrap();
    let today = room.desk.today(room.now);
    let (pack, _) = room.desk.pack().with_kept(&tables, &revisions, today).unwrap();
    assert_eq!(pack.left_out(), []);
    room.desk.with_pack(Arc::new(pack))
}

fn refused<T: std::fmt::Debug>(done: Result<T, DeskError>) -> RevisionRefused {
    match done.unwrap_err() {
        DeskError::Policy(why) => why,
        other => panic!("{other:?}"),
    }
}

fn subject(path: &str) -> Subject {
    Subject::File(path.parse().unwrap())
}

async fn drafted(room: &Room, path: &str, change: impl Fn(&str) -> String) -> Revision {
    let draft = room.desk.begin_revision(&analyst(room, 1), &subject(path), OWN_VERSION).await.unwrap();
    let text = change(&draft.text);
    assert_ne!(text, draft.text, "{path}");
    room.desk.write_revision(&analyst(room, 1), draft.id, draft.version, &text).await.unwrap()
}

fn ask(name: &str, starts: Starts) -> Propose {
    Propose { name: name.into(), starts, because: Some("It cannot wait.".into()) }
}

async fn proposed(room: &Room, draft: &Revision, name: &str, starts: Starts) -> Revision {
    let asked = ask(name, starts);
    room.desk.propose_revision(&analyst(room, 1), draft.id, draft.version, &asked).await.unwrap()
}

async fn approved(room: &Room, draft: &Revision, name: &str, starts: Starts) -> Revision {
    let proposal = proposed(room, draft, name, starts).await;
    room.desk.approve_revision(&analyst(room, 2), proposal.id, proposal.version).await.unwrap()
}

fn with_holiday(text: &str) -> String {
    format!(
        "{text}\n[[holiday]]\nname = {{ en = \"A day\", es = \"Un día\" }}\nrule = {{ kind = \"fixed\", month = 12, day = 2 }}\n"
    )
}

fn without_reason(text: &str) -> String {
    let parts: Vec<&str> = text.split("[[reason]]").collect();
    let left = parts.iter().filter(|part| !part.contains("\ncode = \"immigration-judge-grant\"\nservice"));
    left.copied().collect::<Vec<_>>().join("[[reason]]")
}

async fn asks(room: &Room, desk: &Desk, given: &str, reason: &str) -> Result<Inquiry, DeskError> {
    let ask = request(given, reason, "90012", Lang::en());
    desk.request_meeting(&room.anyone(), &ask).await.map(|received| received.inquiry)
}

async fn acts(room: &Room) -> Vec<(PackFile, RevisionDid)> {
    let entries = room.store.journal(Seq(0), 1000).await.unwrap();
    entries
        .into_iter()
        .filter_map(|entry| match entry.entry.happened {
            Happened::FileRevised { file, did, .. } => Some((file, did)),
            _ => None,
        })
        .collect()
}

fn is_holiday(desk: &Desk) -> bool {
    desk.pack().holidays().on(date(2026, 12, 2)).is_some()
}

#[tokio::test]
async fn a_file_is_changed_by_two_people_and_every_node_has_it_also_after_a_restart() {
    let room = Room::at(MONDAY_NOON).await;
    let draft = drafted(&room, "holidays.toml", with_holiday).await;
    let proposal = proposed(&room, &draft, "winter", Starts::Now).await;
    assert!(!is_holiday(&node(&room).await), "a proposal changes nothing");
    let own = room.desk.approve_revision(&analyst(&room, 1), proposal.id, proposal.version).await;
    assert_eq!(refused(own), RevisionRefused::SecondPerson);
    let approved =
        room.desk.approve_revision(&analyst(&room, 2), proposal.id, proposal.version).await.unwrap();
    assert!(approved.stands());
    // Two nodes, each making its pack of the same store, whenever they start.
    for desk in [node(&room).await, node(&room).await] {
        assert!(is_holiday(&desk));
        assert_eq!(desk.pack().file_made_at_desk(&PackFile::Holidays), Some(approved.id));
        assert_ne!(desk.pack().hash(), room.desk.pack().hash());
    }
    let did = [RevisionDid::Begun, RevisionDid::Proposed, RevisionDid::Approved];
    assert_eq!(acts(&room).await, did.map(|did| (PackFile::Holidays, did)));
    // Back to what was: the folder's own version takes the same way.
    let desk = node(&room).await;
    let back = desk.begin_revision(&analyst(&room, 1), &subject("holidays.toml"), OWN_VERSION).await.unwrap();
    let asked = ask("back", Starts::Now);
    let back = desk.propose_revision(&analyst(&room, 1), back.id, back.version, &asked).await.unwrap();
    desk.approve_revision(&analyst(&room, 2), back.id, back.version).await.unwrap();
    assert!(!is_holiday(&node(&room).await));
    // And forward again, from the version that was made here.
    let desk = node(&room).await;
    let again = desk.begin_revision(&analyst(&room, 1), &subject("holidays.toml"), "winter").await.unwrap();
    assert_eq!(again.text, approved.text);
    let unknown = desk.begin_revision(&analyst(&room, 1), &subject("holidays.toml"), "summer").await;
    assert!(matches!(unknown, Err(DeskError::NotFound)));
}

#[tokio::test]
async fn a_day_to_come_begins_at_midnight_of_the_agency_and_can_be_withdrawn_before() {
    let mut room = Room::at(MONDAY_NOON).await;
    let draft = drafted(&room, "holidays.toml", with_holiday).await;
    let day = date(2026, 11, 25);
    let approved = approved(&room, &draft, "winter", Starts::On { day }).await;
    let zone = room.desk.pack().line().calendar.zone.clone();
    room.now = zone.day_start(day).unwrap() - jiff::SignedDuration::from_mins(1);
    assert!(!is_holiday(&node(&room).await));
    room.pass(1);
    assert!(is_holiday(&node(&room).await));
    let late = room.desk.withdraw_revision(&analyst(&room, 1), approved.id).await;
    assert_eq!(refused(late), RevisionRefused::InForce);
    room.now = MONDAY_NOON.parse().unwrap();
    room.desk.withdraw_revision(&analyst(&room, 1), approved.id).await.unwrap();
    room.now = zone.day_start(date(2026, 11, 26)).unwrap();
    assert!(!is_holiday(&node(&room).await));
}

#[tokio::test]
async fn nothing_with_faults_is_proposed_and_nothing_is_written_over() {
    let room = Room::at(MONDAY_NOON).await;
    let officer = room.as_staff("m.ortega").await;
    let denied = room.desk.begin_revision(&officer, &subject("line.toml"), OWN_VERSION).await;
    assert!(matches!(denied, Err(DeskError::Denied(Denied::Role))), "{denied:?}");
    // The fault is in another file, which no longer has what it names.
    let draft = drafted(&room, "offices.toml", |text| text.replace("plan.small", "plan.tiny")).await;
    let judged = room.desk.judge(&draft.subject, &draft.text, None, room.now).await.unwrap();
    assert!(judged.faults.iter().any(|fault| fault.at.file == "offices.csv"), "{:?}", judged.faults);
    let on = Starts::On { day: date(2026, 12, 1) };
    let faults = room.desk.propose_revision(&analyst(&room, 1), draft.id, draft.version, &ask("x", on)).await;
    assert!(matches!(refused(faults), RevisionRefused::Faults { n: 1.. }));
    // What nobody could book for weeks is a fault as well, from its day on.
    let closed = drafted(&room, "offices.toml", |text| {
        format!("{text}\n[[closure]]\noffices = [\"LOS\"]\nfrom = \"2026-11-24\"\nuntil = \"2028-03-01\"\nwhy = {{ en = \"Snow\", es = \"Nieve\" }}\n")
    })
    .await;
    let judged = room.desk.judge(&closed.subject, &closed.text, None, room.now).await.unwrap();
    assert!(judged.faults.iter().any(|fault| fault.says.contains("LOS")), "{:?}", judged.faults);
    // Two had it open: the second to save is told.
    let stale = room.desk.write_revision(&analyst(&room, 3), draft.id, 1, "x").await;
    assert_eq!(refused(stale), RevisionRefused::Stale);
    // Neither the same as what is in force, nor a name that is taken.
    let same =
        room.desk.begin_revision(&analyst(&room, 1), &subject("line.toml"), OWN_VERSION).await.unwrap();
    let unchanged =
        room.desk.propose_revision(&analyst(&room, 1), same.id, same.version, &ask("x", on)).await;
    assert_eq!(refused(unchanged), RevisionRefused::Unchanged);
    let holidays = drafted(&room, "holidays.toml", with_holiday).await;
    let own = room
        .desk
        .propose_revision(&analyst(&room, 1), holidays.id, holidays.version, &ask(OWN_VERSION, on))
        .await;
    assert_eq!(refused(own), RevisionRefused::NameInUse);
    approved(&room, &holidays, "winter", on).await;
    let other = drafted(&room, "holidays.toml", |text| {
        with_holiday(&with_holiday(text)).replacen("day = 2 }", "day = 3 }", 1)
    })
    .await;
    let taken =
        room.desk.propose_revision(&analyst(&room, 1), other.id, other.version, &ask("winter", on)).await;
    assert_eq!(refused(taken), RevisionRefused::NameInUse);
}

#[tokio::test]
async fn what_rests_on_what_was_approved_for_the_same_day_can_be_proposed() {
    let room = Room::at(MONDAY_NOON).await;
    let on = Starts::On { day: date(2026, 12, 1) };
    let says = |text: &str| format!("{text}\nwelcome-more = Hola.\n");
    let flow = drafted(&room, "callflow.toml", |text| {
        text.replace("say = [\"welcome\",", "say = [\"welcome\", \"welcome-more\",")
    })
    .await;
    let early = room.desk.propose_revision(&analyst(&room, 1), flow.id, flow.version, &ask("flow", on)).await;
    assert!(matches!(refused(early), RevisionRefused::Faults { .. }));
    for lang in ["en", "es"] {
        let draft = drafted(&room, &format!("prompts/{lang}.ftl"), says).await;
        approved(&room, &draft, "more", on).await;
    }
    let judged = room.desk.judge(&flow.subject, &flow.text, None, room.now).await.unwrap();
    assert_eq!(judged.faults, []);
    assert!(matches!(judged.calls, Some(Ok(1..))), "{:?}", judged.calls);
    let sooner = Starts::On { day: date(2026, 11, 30) };
    let early =
        room.desk.propose_revision(&analyst(&room, 1), flow.id, flow.version, &ask("flow", sooner)).await;
    assert!(matches!(refused(early), RevisionRefused::Faults { .. }), "the prompts come later");
    let flow = approved(&room, &flow, "flow", on).await;
    let mut later = room;
    later.now = later.desk.pack().line().calendar.zone.day_start(date(2026, 12, 1)).unwrap();
    assert_eq!(node(&later).await.pack().file_made_at_desk(&PackFile::CallFlow), Some(flow.id));
}

#[tokio::test]
async fn whoever_asked_keeps_what_they_were_told_when_their_reason_is_gone() {
    let mut room = Room::at(MONDAY_NOON).await;
    let reason = "immigration-judge-grant";
    let (ana, berta) = (room.needs_visit("Ana").await, room.needs_visit("Berta").await);
    let first = async |room: &Room, inquiry: &Inquiry| {
        let places = room.desk.places(inquiry, None, room.now).await.unwrap().all;
        room.book(inquiry, &places[0]).await.unwrap()
    };
    let ana = first(&room, &ana).await;
    let draft = drafted(&room, "reasons.toml", without_reason).await;
    let judged = room.desk.judge(&draft.subject, &draft.text, None, room.now).await.unwrap();
    assert_eq!(judged.faults, []);
    let codes = BTreeSet::from([reason.parse().unwrap()]);
    let live = room.desk.live_by_reason(&analyst(&room, 1), &codes).await.unwrap();
    assert_eq!(live.into_values().collect::<Vec<_>>(), [2]);
    approved(&room, &draft, "fewer", Starts::Now).await;
    let was = room.desk.pack().reason(&ana.reason).unwrap().bring.clone();
    room.desk = node(&room).await;
    let no_more = asks(&room, &room.desk, "Carla", reason).await;
    assert!(matches!(no_more, Err(DeskError::Refused(Refusal::NoSuchReason))), "{no_more:?}");
    // What Ana was told to bring stands with her visit; Berta gets a place and the same list.
    assert_eq!(room.reload(&ana).await, ana);
    assert_eq!(room.desk.pack().reason(&ana.reason).unwrap().bring, was);
    let berta = first(&room, &berta).await;
    assert_eq!(berta.appointment().unwrap().bring, ana.appointment().unwrap().bring);
}
