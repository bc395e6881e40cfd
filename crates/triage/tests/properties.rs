//! What must hold for any facts, any condition and any file.

use domain::text::Lang;
use proptest::prelude::*;
use triage::{Facts, FaultKind, Kind, Policy, Unreachable, Value};

const NEED: &str = include_str!("need.toml");

fn need() -> Policy {
    Policy::load("need.toml", NEED, &[Lang::en(), Lang::es()]).expect("need.toml is good").0
}

/// Any value that the schema allows.
fn value(kind: &Kind) -> BoxedStrategy<Value> {
    match kind.clone() {
        Kind::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Kind::Int { min, max } => (min..=max).prop_map(Value::Int).boxed(),
        Kind::Text => any::<String>().prop_map(Value::Text).boxed(),
        Kind::OneOf(set) => prop::sample::select(set).prop_map(Value::Text).boxed(),
        Kind::List(Some(set)) => {
            prop::collection::vec(prop::sample::select(set), 0..6).prop_map(Value::List).boxed()
        }
        Kind::List(None) => prop::collection::vec(any::<String>(), 0..6).prop_map(Value::List).boxed(),
    }
}

/// Any facts that fit the policy's schema, optional ones there or not.
fn fitting(policy: &Policy) -> BoxedStrategy<Facts> {
    let each = policy.facts().iter().map(|(name, declared)| {
        let some = value(&declared.kind).prop_map(Some);
        let maybe = if declared.optional { prop_oneof![some, Just(None)].boxed() } else { some.boxed() };
        (Just(name.clone()), maybe)
    });
    each.collect::<Vec<_>>()
        .prop_map(|facts| facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect())
        .boxed()
}

/// Facts that may be wrong in any way: names of the schema or others, values of any type.
fn wild() -> impl Strategy<Value = Facts> {
    let names = need().facts().keys().cloned().collect::<Vec<_>>();
    let name = prop_oneof![9 => prop::sample::select(names), 1 => any::<String>()];
    let value = prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        any::<String>().prop_map(Value::Text),
        prop::collection::vec(any::<String>(), 0..3).prop_map(Value::List),
    ];
    prop::collection::vec((name, value), 0..12).prop_map(|facts| facts.into_iter().collect())
}

/// Conditions over a small schema: `a` and `b` bools, `n` an int, `r` a one-of, `o` an optional int, `l` a list.
fn condition() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        1 => Just("a".to_owned()),
        1 => Just("b".to_owned()),
        4 => (prop::sample::select(vec!["<", "<=", ">", ">=", "==", "!="]), 1..6)
            .prop_map(|(op, n)| format!("n {op} {n}")),
        1 => prop::sample::select(vec!["x", "y", "z"]).prop_map(|word| format!("r == \"{word}\"")),
        1 => Just("r in [\"x\", \"z\"]".to_owned()),
        1 => (1..4).prop_map(|n| format!("(known(o) && o <= {n})")),
        1 => (1..4).prop_map(|n| format!("(!known(o) || o > {n})")),
        1 => prop::sample::select(vec!["p", "q"]).prop_map(|word| format!("\"{word}\" in l")),
        1 => (1..5).prop_map(|n| format!("n + 1 <= {n} + 1")),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(l, r)| format!("({l} && {r})")),
            (inner.clone(), inner.clone()).prop_map(|(l, r)| format!("({l} || {r})")),
            inner.clone().prop_map(|i| format!("!({i})")),
            (inner.clone(), inner.clone(), inner).prop_map(|(t, y, n)| format!("({t} ? {y} : {n})")),
        ]
    })
}

/// A table with these conditions as rows `R0`, `R1` … and a default.
fn table(conditions: &[String]) -> String {
    let rest = "then = { go = true }\nwhy = { en = \"a\" }\ncite = \"c\"\n";
    let row = |(n, when)| format!("[[row]]\nid = \"R{n}\"\nwhen = '{when}'\n{rest}");
    let rows = conditions.iter().enumerate().map(row).collect::<Vec<_>>().concat();
    format!(
        r#"policy = "fit"
version = "1"
effective = 2026-11-01
hit = "first"
[facts]
a = {{ type = "bool", about = "-" }}
b = {{ type = "bool", about = "-" }}
n = {{ type = "int", min = 0, max = 6, about = "-" }}
r = {{ one-of = ["x", "y", "z"], about = "-" }}
o = {{ type = "int", min = 0, max = 4, optional = true, about = "-" }}
l = {{ type = "list", one-of = ["p", "q"], about = "-" }}
[outcomes]
go = {{ type = "bool" }}
{rows}[[row]]
id = "D"
{rest}[[example]]
name = "any"
given = {{ a = false, b = false, n = 0, r = "x", l = [] }}
expect = "?"
"#
    )
}

/// Every combination of the small schema, but for the lists: two are enough to tell the leaves apart.
fn every() -> Vec<Facts> {
    let mut all = Vec::new();
    let lists: [&[&str]; 2] = [&["p"], &["q"]];
    for bits in 0..4 {
        for n in 0..7_i64 {
            for r in ["x", "y", "z"] {
                for o in -1..5_i64 {
                    for l in lists {
                        let list: Vec<String> = l.iter().map(|&word| word.to_owned()).collect();
                        let facts =
                            Facts::new().with("a", bits & 1 == 1).with("b", bits & 2 == 2).with("n", n);
                        let facts = facts.with("r", r).with("l", list);
                        all.push(if o < 0 { facts } else { facts.with("o", o) });
                    }
                }
            }
        }
    }
    all
}

proptest! {
    #[test]
    fn fitting_facts_always_reach_one_row(facts in fitting(&need())) {
        let said = need().recommend(&facts).unwrap();
        let (last, before) = said.tried.split_last().unwrap();
        prop_assert!(last.fired && last.id == said.row);
        prop_assert!(before.iter().all(|row| !row.fired));
    }

    #[test]
    fn wild_facts_are_answered_or_refused_with_a_reason(facts in wild()) {
        let policy = need();
        match policy.recommend(&facts) {
            Ok(_) => prop_assert!(policy.check(&facts).is_empty()),
            Err(fault) => prop_assert_eq!(policy.check(&facts).into_iter().next(), Some(fault)),
        }
    }

    /// Any text in a cell, and any damage to a file, is refused with a place inside the file or accepted.
    #[test]
    fn no_cell_makes_the_loader_fall_over(cell in "[a-z0-9 ().,!&|?:<>=+*/%\\[\\]{}\"'\\\\_\n-]{0,60}") {
        let quoted = serde_json::to_string(&cell).unwrap();
        let text = table(&[]).replace("[[row]]\nid = \"D\"", &format!("[[row]]\nid = \"R\"\nwhen = {quoted}\nthen = {{ go = true }}\nwhy = {{ en = \"a\" }}\ncite = \"c\"\n[[row]]\nid = \"D\""));
        for fault in Policy::load("p", &text, &[]).unwrap_err() {
            prop_assert!(fault.place.line <= text.lines().count() + 1);
        }
    }

    #[test]
    fn no_damage_makes_the_loader_fall_over(at in 0..NEED.len(), cut in 0_usize..40, put in "[\\x00-\\x7fñ]{0,6}") {
        let start = (0..=at).rev().find(|&i| NEED.is_char_boundary(i)).unwrap();
        let end = (start + cut..NEED.len()).find(|&i| NEED.is_char_boundary(i)).unwrap_or(NEED.len());
        let text = format!("{}{put}{}", &NEED[..start], &NEED[end..]);
        if let Err(faults) = Policy::load("p", &text, &[Lang::en()]) {
            prop_assert!(!faults.is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// The search for unreachable rows against the plain truth: every combination, asked one by one.
    #[test]
    fn a_row_is_called_unreachable_exactly_when_no_facts_reach_it(
        conditions in prop::collection::vec(condition(), 1..4)
    ) {
        // The one example names no row, so the table is refused in any case, and every fault is told.
        let faults = Policy::load("p", &table(&conditions), &[]).unwrap_err();
        let called: Vec<&str> = faults
            .iter()
            .filter_map(|fault| match &fault.kind {
                FaultKind::Unreachable { row, .. } => Some(row.as_str()),
                _ => None,
            })
            .collect();
        for fault in &faults {
            let expected = matches!(fault.kind, FaultKind::Unreachable { .. } | FaultKind::ExampleRow { .. });
            prop_assert!(expected, "{}", fault);
        }
        // Each condition by itself, in a table that loads.
        let reached = reached(&conditions);
        for (row, reached) in reached {
            if reached {
                prop_assert!(!called.contains(&row.as_str()), "{} is reached but called unreachable", row);
            } else if exact(&conditions) {
                prop_assert!(called.contains(&row.as_str()), "{} is never reached and was not called so", row);
            }
        }
    }
}

/// Sums and lists are free in the search, so rows over them may be unreachable without being called so.
fn exact(conditions: &[String]) -> bool {
    !conditions.iter().any(|condition| condition.contains(" in l") || condition.contains("n + 1"))
}

/// Which rows (the default included) fire for some facts. Each condition is asked in a table of its own, which
/// knows no order of rows; the order is applied here.
fn reached(conditions: &[String]) -> Vec<(String, bool)> {
    let facts = every();
    let mut taken = vec![false; facts.len()];
    let mut out = Vec::new();
    for (row, condition) in conditions.iter().enumerate() {
        let holds = holds(condition, &facts);
        let mut any = false;
        for (taken, holds) in taken.iter_mut().zip(holds) {
            any |= holds && !*taken;
            *taken |= holds;
        }
        out.push((format!("R{row}"), any));
    }
    out.push(("D".to_owned(), taken.contains(&false)));
    out
}

fn holds(condition: &str, facts: &[Facts]) -> Vec<bool> {
    for expect in ["R0", "D"] {
        match Policy::load(
            "p",
            &table(&[condition.to_owned()]).replace("\"?\"", &format!("\"{expect}\"")),
            &[],
        ) {
            Ok((policy, _)) => {
                return facts
                    .iter()
                    .map(|facts| policy.recommend(facts).expect("every() fits the schema").row == "R0")
                    .collect();
            }
            Err(faults) => {
                for fault in faults {
                    match fault.kind {
                        // Always or never true: the loader says so, and `never` and `always` are what it is.
                        FaultKind::Unreachable { row, because: Unreachable::Never } if row == "R0" => {
                            return vec![false; facts.len()];
                        }
                        FaultKind::Unreachable { row, .. } if row == "D" => return vec![true; facts.len()],
                        _ => {}
                    }
                }
            }
        }
    }
    panic!("{condition} could not be asked")
}
