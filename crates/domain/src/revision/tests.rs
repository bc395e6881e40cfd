//! A version's way: two people, a day that is still to come, and back.

use super::*;
use crate::{decision::DecisionKind, ids::StaffId};
use jiff::civil::date;

fn now() -> Timestamp {
    "2026-11-23T15:00:00Z".parse().unwrap()
}

fn today() -> Date {
    date(2026, 11, 23)
}

fn staff(n: u8) -> Actor {
    Actor::Staff { id: StaffId::new(now(), &[n; 10]), name: format!("N. {n}") }
}

fn draft() -> Revision {
    let id = RevisionId::new(now(), &[9; 10]);
    let need = Subject::Policy(DecisionKind::Need);
    Revision::begin(id, need, "2026-01".into(), "old".into(), staff(1), now()).unwrap().0
}

fn named(text: &str) -> Named {
    Named { text: text.into(), name: "2026-12".into(), hash: "abc".into() }
}

fn proposed(starts: Starts) -> Revision {
    draft().propose(named("new"), starts, Some("A new law.".into()), today(), staff(2), now()).unwrap().0
}

#[test]
fn nobody_approves_what_they_wrote_or_proposed() {
    let written = draft().write("mine".into(), staff(3), now()).unwrap();
    let on = Starts::On { day: date(2026, 12, 1) };
    let proposal = written.propose(named("mine"), on, None, today(), staff(2), now()).unwrap().0;
    for n in 1..=3 {
        let approved = proposal.approve(named("mine"), today(), staff(n), now());
        assert_eq!(approved.unwrap_err(), RevisionRefused::SecondPerson);
    }
    let renamed = Actor::Staff { id: staff(3).staff().unwrap(), name: "Another name".into() };
    assert!(!proposal.is_second(&renamed));
    let (approved, happened) = proposal.approve(named("mine"), today(), staff(4), now()).unwrap();
    assert!(approved.stands());
    assert_eq!((approved.taken_name(), approved.version), (Some("2026-12"), 4));
    let Happened::PolicyRevised { did, from, version, .. } = happened else { panic!("{happened:?}") };
    assert_eq!((did, from), (RevisionDid::Approved, Some(date(2026, 12, 1))));
    assert_eq!(version.as_deref(), Some("2026-12"));
}

#[test]
fn a_day_must_be_to_come_when_it_is_proposed_and_when_it_is_approved() {
    let propose = |day| draft().propose(named("x"), Starts::On { day }, None, today(), staff(1), now());
    assert_eq!(propose(today()).unwrap_err(), RevisionRefused::Passed);
    let tomorrow = date(2026, 11, 24);
    let proposal = propose(tomorrow).unwrap().0;
    let late = proposal.approve(named("x"), tomorrow, staff(2), now());
    assert_eq!(late.unwrap_err(), RevisionRefused::Passed);
    assert!(proposal.approve(named("x"), today(), staff(2), now()).is_ok());
}

#[test]
fn at_once_needs_a_reason_and_starts_on_the_day_of_the_approval() {
    let propose = |why: Option<String>| {
        draft().propose(named("x"), Starts::Now, why, today(), staff(1), now()).map(|(next, _)| next)
    };
    assert_eq!(propose(None).unwrap_err(), RevisionRefused::NoReason);
    assert_eq!(propose(Some("  ".into())).unwrap_err(), RevisionRefused::NoReason);
    assert_eq!(propose(Some("x".repeat(LONGEST_BECAUSE + 1))).unwrap_err(), RevisionRefused::LongReason);
    let later = date(2026, 11, 25);
    let (approved, _) = proposed(Starts::Now).approve(named("x"), later, staff(3), now()).unwrap();
    assert!(matches!(approved.stage, RevisionStage::Approved { from, .. } if from == later));
    assert_eq!(approved.withdraw(later, staff(3), now()).unwrap_err(), RevisionRefused::InForce);
}

#[test]
fn only_what_is_to_come_is_withdrawn_and_frees_its_name() {
    let day = date(2026, 12, 1);
    let approved = proposed(Starts::On { day }).approve(named("new"), today(), staff(3), now()).unwrap().0;
    let (withdrawn, _) = approved.withdraw(date(2026, 11, 30), staff(1), now()).unwrap();
    assert_eq!((withdrawn.stands(), withdrawn.taken_name()), (false, None));
    assert_eq!(approved.withdraw(day, staff(1), now()).unwrap_err(), RevisionRefused::InForce);
    assert_eq!(draft().withdraw(today(), staff(1), now()).unwrap_err(), RevisionRefused::WrongStage);
}

#[test]
fn only_a_draft_is_written_or_given_up_and_a_proposal_goes_back_to_one() {
    let proposal = proposed(Starts::Now);
    assert_eq!(proposal.write("x".into(), staff(1), now()).unwrap_err(), RevisionRefused::WrongStage);
    assert_eq!(proposal.give_up(staff(1), now()).unwrap_err(), RevisionRefused::WrongStage);
    let (back, _) = proposal.take_back().unwrap();
    assert_eq!((&back.stage, back.taken_name()), (&RevisionStage::Draft, None));
    let (dropped, _) = back.give_up(staff(1), now()).unwrap();
    assert_eq!(dropped.write("x".into(), staff(1), now()).unwrap_err(), RevisionRefused::WrongStage);
    let long = draft().write("x".repeat(LONGEST_TEXT + 1), staff(1), now());
    assert_eq!(long.unwrap_err(), RevisionRefused::LongText);
}

#[test]
fn a_name_is_short_and_plain() {
    for name in ["2026-12", "v1.2_b", &"a".repeat(LONGEST_NAME)] {
        assert!(is_name(name), "{name}");
    }
    for name in ["", "-a", "a b", "ä", "a/b", &"a".repeat(LONGEST_NAME + 1)] {
        assert!(!is_name(name), "{name}");
    }
    let odd = Named { name: "a b".into(), ..named("x") };
    let refused = draft().propose(odd, Starts::Now, Some("y".into()), today(), staff(1), now());
    assert_eq!(refused.unwrap_err(), RevisionRefused::Name);
}

#[test]
fn what_is_stored_is_read_again() {
    let file =
        Revision { subject: Subject::File("prompts/es.ftl".parse().unwrap()), ..proposed(Starts::Now) };
    for revision in
        [draft(), proposed(Starts::Now), proposed(Starts::On { day: date(2026, 12, 1) }), file.clone()]
    {
        let text = serde_json::to_string(&revision).unwrap();
        assert_eq!(serde_json::from_str::<Revision>(&text).unwrap(), revision);
    }
    let said = |revision: &Revision| serde_json::to_value(revision).unwrap();
    assert_eq!((&said(&draft())["policy"], said(&draft()).get("file")), (&"need".into(), None));
    assert_eq!((&said(&file)["file"], said(&file).get("policy")), (&"prompts/es.ftl".into(), None));
}

#[test]
fn what_becomes_of_a_file_is_told_of_the_file() {
    let file = Subject::File(PackFile::Reasons);
    let id = RevisionId::new(now(), &[9; 10]);
    let (_, happened) = Revision::begin(id, file, "pack".into(), "old".into(), staff(1), now()).unwrap();
    let Happened::FileRevised { file, did, .. } = &happened else { panic!("{happened:?}") };
    assert_eq!((file, did), (&PackFile::Reasons, &RevisionDid::Begun));
    let said = serde_json::to_value(&happened).unwrap();
    assert_eq!((&said["act"], &said["file"]), (&"file-revised".into(), &"reasons.toml".into()));
    assert_eq!(serde_json::from_value::<Happened>(said).unwrap(), happened);
}
