//! What a real table answers, and that answers are journaled whole.

use domain::text::Lang;
use jiff::civil::date;
use triage::{
    Answer, DecisionKind, Effect, FactFault, Facts, Policy, PolicySet, Recommendation, SetFault, Value,
};

const NEED: &str = include_str!("need.toml");

fn load(text: &str) -> Policy {
    match Policy::load("need.toml", text, &[Lang::en(), Lang::es()]) {
        Ok((policy, warnings)) => {
            assert_eq!(warnings, [], "a good table has no warnings");
            policy
        }
        Err(faults) => panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

fn lost_card() -> Facts {
    Facts::new()
        .with("reason", "proof-of-status")
        .with("urgent", false)
        .with("pending_form", "i-751")
        .with("card", "lost")
        .with("identity_verified", true)
        .with("photo_on_file", true)
        .with("missing", Vec::<String>::new())
}

#[test]
fn recommends_with_every_row_tried() {
    let said = load(NEED).recommend(&lost_card()).unwrap();
    insta::assert_snapshot!("lost_card", serde_json::to_string_pretty(&said).unwrap());
    let kept = serde_json::to_string(&said).unwrap();
    assert_eq!(
        serde_json::from_str::<Recommendation>(&kept).unwrap(),
        said,
        "the journal gives back the same"
    );
}

#[test]
fn the_default_answers_last_and_names_what_was_not_known() {
    let said = load(NEED).recommend(&lost_card().with("reason", "emergency-travel")).unwrap();
    assert_eq!(said.row, "N9-phone");
    assert_eq!(said.tried.len(), 7);
    assert_eq!(said.tried.iter().filter(|row| row.fired).count(), 1);
    assert_eq!(said.tried[1].facts["travel_in_days"], None);
    assert_eq!(said.tried[1].facts["reason"], Some(Value::from("emergency-travel")));
}

#[test]
fn facts_are_checked_before_any_row_is_tried() {
    let policy = load(NEED);
    let mut faults = Vec::new();
    for facts in [
        Facts::new(),
        lost_card().with("agee", 4),
        lost_card().with("urgent", "no"),
        lost_card().with("card", "stolen"),
        lost_card().with("missing", vec!["photos".to_owned(), "wings".to_owned()]),
        lost_card().with("travel_in_days", -1),
        lost_card().with("travel_in_days", 401),
        lost_card().with("missing", "photos"),
    ] {
        faults.push(policy.recommend(&facts).unwrap_err().to_string());
    }
    insta::assert_snapshot!("fact_faults", faults.join("\n"));
    assert_eq!(
        policy.check(&Facts::new()).len(),
        7,
        "all at once on request; the optional ones are not missed"
    );
}

/// In CEL `error || true` is true. Here the first row would hold for a VIP whose age was never given.
#[test]
fn a_missing_fact_is_never_masked_by_the_other_side() {
    let text = r#"
        policy = "urgency"
        version = "1"
        effective = 2026-11-01
        hit = "first"
        [facts]
        age = { type = "int", min = 0, max = 130, about = "Years." }
        vip = { type = "bool", about = "Invented." }
        [outcomes]
        urgent = { type = "bool" }
        [[row]]
        id = "U1"
        when = 'age >= 80 || vip'
        then = { urgent = true }
        why = { en = "a", es = "b" }
        cite = "c"
        [[row]]
        id = "U9"
        then = { urgent = false }
        why = { en = "a", es = "b" }
        cite = "c"
        [[example]]
        name = "old"
        given = { age = 80, vip = false }
        expect = "U1"
        [[example]]
        name = "young"
        given = { age = 79, vip = false }
        expect = "U9"
    "#;
    let policy = load(text);
    let missing = FactFault::Missing { name: "age".to_owned() };
    assert_eq!(policy.recommend(&Facts::new().with("vip", true)), Err(missing));
    // And nothing that could fail gets into a cell in the first place.
    for (cell, problem) in [
        ("100 / age > 2 || vip", "division"),
        ("100 % age > 2 || vip", "division"),
        ("[1, 2][age] == 1 || vip", "index"),
        ("int(\"x\") == age || vip", "`int`"),
        ("age * age * age * age * age * age * age * age * age * age > 1 || vip", "too large"),
        ("oops || vip", "unknown fact"),
    ] {
        let faults = Policy::load("p", &text.replace("age >= 80 || vip", cell), &[]).unwrap_err();
        assert!(faults[0].to_string().contains(problem), "{cell}: {}", faults[0]);
    }
    let optional = text.replace("max = 130,", "max = 130, optional = true,");
    let faults = Policy::load("p", &optional, &[]).unwrap_err();
    assert!(faults[0].to_string().contains("only behind `known(age)"), "{}", faults[0]);
    let guarded = optional.replace("age >= 80 || vip", "vip || known(age) && age >= 80");
    let policy = load(&guarded);
    assert_eq!(policy.recommend(&Facts::new().with("vip", false)).unwrap().row, "U9");
}

#[test]
fn the_hash_is_that_of_the_text() {
    use sha2::{Digest, Sha256};
    let policy = load(NEED);
    assert_eq!(policy.hash(), hex::encode(Sha256::digest(NEED)));
    assert_ne!(policy.hash(), load(&format!("{NEED}\n")).hash());
    assert_eq!((policy.kind(), policy.effective()), (DecisionKind::Need, date(2026, 11, 1)));
}

fn later() -> String {
    NEED.replace("version = \"2026-11-01\"", "version = \"2027-01-15\"")
        .replace("effective = 2026-11-01", "effective = 2027-01-15")
}

#[test]
fn a_set_answers_for_a_day() {
    let set = PolicySet::new([load(&later()), load(NEED)]).unwrap();
    let on = |day| set.in_force(day).map(Policy::version);
    assert_eq!(on(date(2026, 10, 31)), None);
    assert_eq!(on(date(2026, 11, 1)), Some("2026-11-01"));
    assert_eq!(on(date(2027, 1, 14)), Some("2026-11-01"));
    assert_eq!(on(date(2027, 1, 15)), Some("2027-01-15"));
    assert_eq!(set.versions().map(Policy::version).collect::<Vec<_>>(), ["2026-11-01", "2027-01-15"]);
}

#[test]
fn a_set_refuses_what_would_be_ambiguous() {
    let (one, two) = (load(NEED), load(&later()));
    let same_day = load(&later().replace("effective = 2027-01-15", "effective = 2026-11-01"));
    let other = load(&later().replace("policy = \"need\"", "policy = \"fit\""));
    let refused = |policies: Vec<Policy>| PolicySet::new(policies).unwrap_err();
    assert_eq!(refused(vec![]), SetFault::Empty);
    assert!(matches!(refused(vec![one.clone(), same_day]), SetFault::SameDay { .. }));
    assert!(matches!(refused(vec![one.clone(), two.clone(), two]), SetFault::SameVersion { .. }));
    assert!(matches!(refused(vec![one, other]), SetFault::Kind { .. }));
}

#[test]
fn a_dry_run_shows_what_would_change() {
    let old = load(NEED);
    // The journey may now be thirty days away, one row has a new name, and a new fact is needed.
    let new = later()
        .replace("travel_in_days <= 15", "travel_in_days <= 30")
        .replace("N4-stamp-in-person", "N4-stamp");
    let new = load(&new);
    let journey = |days: i64| lost_card().with("reason", "emergency-travel").with("travel_in_days", days);
    let facts =
        [journey(10), journey(20), lost_card().with("photo_on_file", false), lost_card(), Facts::new()];
    let run = |new: &Policy, facts: &[Facts]| {
        let mut effect = Effect::default();
        for facts in facts {
            effect.look(&old, new, facts);
        }
        effect
    };
    let effect = run(&new, &facts);
    assert_eq!((effect.looked, effect.other_row, effect.turned.len()), (5, 1, 1));
    let turned = &effect.turned[0];
    assert_eq!(
        (turned.at, turned.new.row(), turned.new.says()),
        (1, Some("N2-travel-soon"), Some("minutes = 30; need = \"visit\"".into()))
    );
    let from_to = |old: Option<&str>, new: Option<&str>| {
        effect.by_outcome.get(&(old.map(str::to_owned), new.map(str::to_owned))).copied()
    };
    assert_eq!(from_to(turned.old.says().as_deref(), turned.new.says().as_deref()), Some(1));
    assert_eq!(from_to(None, None), Some(1), "nobody can ask without facts");
    assert_eq!(effect.by_outcome.values().sum::<usize>(), effect.looked);
    assert_eq!(effect.rows["N2-travel-soon"], (1, 2));
    assert_eq!((effect.rows["N4-stamp-in-person"], effect.rows["N4-stamp"]), ((1, 0), (0, 1)));
    // A fact that only one of them declares is given to that one alone.
    let more = run(&new, &[lost_card().with("nobody_asks", true)]);
    assert_eq!((more.turned.len(), more.by_outcome.len()), (0, 1));
    let narrower = load(&later().replace(
        "max = 400, optional = true, about = \"Days from today to the journey",
        "max = 60, optional = true, about = \"Days from today to the journey",
    ));
    let effect = run(&narrower, &[journey(61)]);
    assert!(matches!(&effect.turned[0].new, Answer::Refused { faults } if faults.len() == 1));
}

#[test]
fn of_one_day_the_version_that_was_laid_over_holds() {
    let mut set = PolicySet::new([load(NEED), load(&later())]).unwrap();
    let named = |name: &str, day: &str| {
        let text = NEED.replace("version = \"2026-11-01\"", &format!("version = \"{name}\""));
        load(&text.replace("effective = 2026-11-01", &format!("effective = {day}")))
    };
    set.lay_over(named("first", "2027-01-15")).unwrap();
    set.lay_over(named("second", "2027-01-15")).unwrap();
    set.lay_over(named("earlier", "2026-12-01")).unwrap();
    let on = |day| set.in_force(day).map(Policy::version);
    assert_eq!(on(date(2027, 1, 15)), Some("second"));
    assert_eq!(on(date(2027, 1, 14)), Some("earlier"));
    assert_eq!(on(date(2026, 11, 30)), Some("2026-11-01"));
    assert_eq!(set.versions().count(), 5, "none is forgotten");
    assert_eq!(set.version("first").unwrap().effective(), date(2027, 1, 15));
    let twice = set.clone().lay_over(named("second", "2028-01-01"));
    assert_eq!(twice, Err(SetFault::SameVersion { version: "second".into() }));
}

#[test]
fn can_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Policy>();
    shared::<PolicySet>();
}
