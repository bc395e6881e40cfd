//! Each fault of a file, with the place that is shown to its author. The snapshots hold the exact lines and columns.

use domain::text::Lang;
use std::fmt::Write as _;
use triage::{FaultKind, Policy};

/// A small good table. The cases below break one thing in it.
const GOOD: &str = r#"policy = "urgency"
version = "7"
effective = 2026-11-01
hit = "first"

[facts]
days = { type = "int", min = 0, max = 60, about = "Days to the deadline." }
pay = { type = "bool", about = "Pay has stopped." }
reason = { one-of = ["stamp", "travel", "other"], about = "The reason." }
words = { type = "list", about = "Words the person used." }
state = { type = "text", about = "State of residence." }
age = { type = "int", min = 0, max = 130, optional = true, about = "Years, if known." }

[outcomes]
urgent = { type = "bool" }
hours = { type = "int", min = 1, max = 240, optional = true }

[[row]]
id = "U1"
when = 'pay && days <= 5'
then = { urgent = true, hours = 24 }
why = { en = "Soon.", es = "Pronto." }
cite = "1(a)"

[[row]]
id = "U2"
when = "known(age) && age >= 80 || words.exists(w, w in [\"evicción\", \"homeless\"]) || state == 'CA' && reason == \"travel\""
then = { urgent = true }
why = { en = "Care.", es = "Cuidado." }
cite = "1(b)"

[[row]]
id = "U9"
then = { urgent = false }
why = { en = "No haste.", es = "Sin prisa." }
cite = "1(z)"

[[example]]
name = "pay and deadline"
given = { days = 5, pay = true, reason = "other", words = [], state = "TX" }
expect = "U1"

[[example]]
name = "said homeless"
given = { days = 6, pay = true, reason = "other", words = ["homeless"], state = "TX" }
expect = "U2"

[[example]]
name = "nothing"
given = { days = 6, pay = true, reason = "other", words = [], state = "CA", age = 79 }
expect = "U9"
"#;

fn langs() -> [Lang; 2] {
    [Lang::en(), Lang::es()]
}

/// The good table with `from` put in place of `to`, once.
fn with(from: &str, to: &str) -> String {
    assert_eq!(GOOD.matches(from).count(), 1, "{from:?} must stand in the table once");
    GOOD.replace(from, to)
}

fn said(text: &str) -> String {
    match Policy::load("urgency.toml", text, &langs()) {
        Err(faults) => faults.iter().map(|fault| format!("  {fault}\n")).collect::<Vec<_>>().concat(),
        Ok((_, warnings)) => {
            warnings.iter().map(|warning| format!("  accepted; {warning}\n")).collect::<Vec<_>>().concat()
        }
    }
}

fn table(cases: &[(&str, String)]) -> String {
    let mut out = String::new();
    for (name, text) in cases {
        let said = said(text);
        assert!(!said.is_empty(), "{name}: nothing was said");
        writeln!(out, "{name}\n{said}").expect("a String takes everything");
    }
    out
}

#[test]
fn the_good_table_is_good() {
    let (policy, warnings) = Policy::load("urgency.toml", GOOD, &langs()).unwrap();
    assert_eq!(warnings, []);
    assert_eq!(policy.rows().len(), 3);
    assert_eq!(policy.rows()[2].when(), None);
    let explicit = with("id = \"U9\"", "id = \"U9\"\nwhen = 'true'");
    assert!(Policy::load("urgency.toml", &explicit, &langs()).is_ok(), "`true` is a default too");
}

#[test]
fn the_form_of_the_file() {
    insta::assert_snapshot!(table(&[
        ("not TOML, twice", with("version = \"7\"", "version = ").replace("[outcomes]", "[outcomes")),
        ("empty", String::new()),
        ("unknown keys everywhere", {
            with("hit =", "hits = 1\nhit =")
                .replace("min = 0, max = 60", "min = 0, max = 60, maximum = 9")
                .replace("{ type = \"bool\" }", "{ type = \"bool\", min = 1 }")
                .replace("id = \"U2\"", "id = \"U2\"\nwen = 1")
                .replace("name = \"nothing\"", "name = \"nothing\"\nexpects = 1")
        }),
        ("which decision", with("\"urgency\"", "\"urgent\"")),
        ("how it hits", with("\"first\"", "\"all\"")),
        ("a date in quotes", with("= 2026-11-01", "= \"2026-11-01\"")),
        ("a date with a time", with("= 2026-11-01", "= 2026-11-01T10:00:00Z")),
        ("a blank version", with("\"7\"", "\" \"")),
        ("a number for a text", with("version = \"7\"", "version = 7")),
        ("no facts at all", with("[facts]", "[fact]")),
        ("row is not a list", with("id = \"U1\"", "id = [\"U1\"]")),
    ]));
}

#[test]
fn the_schema() {
    insta::assert_snapshot!(table(&[
        ("a fact without about", with(", about = \"Pay has stopped.\"", "")),
        ("a blank about", with("\"Pay has stopped.\"", "\"\"")),
        ("an unknown type", with("{ type = \"list\",", "{ type = \"lists\",")),
        ("no type", with("{ type = \"list\",", "{")),
        ("bounds the wrong way", with("min = 0, max = 60", "min = 60, max = 0")),
        ("a bound that is no number", with("min = 0, max = 60", "min = 0.5")),
        ("a bound too large", with("max = 60", "max = 99999999999999999999")),
        ("an empty set", with("[\"stamp\", \"travel\", \"other\"]", "[]")),
        ("a word twice", with("[\"stamp\", \"travel\", \"other\"]", "[\"stamp\", \"stamp\"]")),
        ("a set of numbers", with("[\"stamp\", \"travel\", \"other\"]", "[1, 2]")),
        ("a name CEL could not read", with("\nwords =", "\nWords =")),
        ("a name of CEL's own", with("\nwords =", "\nsize =")),
        ("a list among the outcomes", with("urgent = { type = \"bool\" }", "urgent = { type = \"list\" }")),
        ("not a table", with("{ type = \"bool\", about = \"Pay has stopped.\" }", "\"bool\"")),
    ]));
}

/// The good table with another condition in its first row.
fn when(condition: &str) -> String {
    with("'pay && days <= 5'", condition)
}

#[test]
fn cells() {
    insta::assert_snapshot!(table(&[
        ("unknown fact", when("'pay && dayz <= 5'")),
        ("unknown facts in a comprehension", when("'words.exists(w, w == other && x == w) && w == \"a\"'")),
        ("a variable that hides a fact", when("'words.exists(days, days == \"a\")'")),
        ("a variable that hides a variable", when("'words.exists(w, words.all(w, w == \"a\"))'")),
        ("does not parse", when("'pay && (days <= 5'")),
        ("does not parse, after escapes", when("\"reason == \\\"travel\\\" && && pay\"")),
        ("blank", when("' '")),
        ("not a text", when("true")),
        ("too long", when(&format!("'pay{}'", " && pay".repeat(300)))),
        ("not bool", when("'days + 1'")),
        ("a text for a condition", when("'reason'")),
        ("several lines", when("'''\npay\n  && days <= 5\n  && ñ == 1'''")),
        ("several lines with a continuation", when("\"\"\"\npay && \\\n   state == 'é' && dayz <= 5\"\"\"")),
        ("number with text", when("'days == \"5\"'")),
        ("order of texts", when("'state < \"CA\"'")),
        ("order of flags", when("'pay > true'")),
        ("and of numbers", when("'pay && days'")),
        ("not of a number", when("'!days'")),
        ("in a text", when("'state in \"CA\"'")),
        ("in numbers", when("'state in [1, 2]'")),
        ("a mixed list", when("'state in [\"CA\", 2]'")),
        ("exists in a text", when("'state.exists(w, w == \"a\")'")),
        ("size of a number", when("'size(days) > 1'")),
        ("startsWith a number", when("'state.startsWith(1)'")),
        ("branches that differ", when("'(pay ? days : state) == 1'")),
        ("a word that is never met", when("'reason == \"travle\"'")),
        ("a word among good ones", when("'reason in [\"travel\", \"stmap\"]'")),
        ("always, by the bounds", when("'days >= 0'")),
        ("never, by the bounds", when("'days > 60'")),
        ("never equal, by the bounds", when("'days == 61'")),
        ("in nothing", when("'state in []'")),
        ("two constants", when("'1 == 1'")),
        ("an optional fact without guard", when("'age >= 80'")),
        ("a guard on the wrong side", when("'age >= 80 && known(age)'")),
        ("a guard of the wrong kind", when("'known(age) || age >= 80'")),
        ("a guard that is none", when("'known(days)'")),
        ("a guard of nothing", when("'known(dayz)'")),
        ("a guard of an expression", when("'known(days + 1)'")),
        ("division", when("'60 / days > 2'")),
        ("an index", when("'words[0] == \"a\"'")),
        ("a field", when("'state.length == 2'")),
        ("has", when("'has(state.length)'")),
        ("a function that is not there", when("'lower(state) == \"ca\"'")),
        ("a conversion", when("'string(days) == \"5\"'")),
        ("a number with a point", when("'days < 1.5'")),
        ("null", when("'state == null'")),
        ("a map", when("'state in {\"CA\": 1}'")),
        ("a leading dot", when("'.days <= 5'")),
        ("too large a product", when(&format!("'{} > 5'", ["days"; 12].join(" * ")))),
        ("two faults in one cell", when("'dayz <= 5 || reason == \"stmap\"'")),
    ]));
}

#[test]
fn good_cells_of_every_sort_are_taken() {
    for condition in [
        "pay == true && days <= 5",
        "!(days > 5) && pay",
        "known(age) ? age < 18 : pay",
        "(!known(age) || age > 18) && pay",
        "!(!known(age)) && age > 18 && pay",
        "days + 10 - 2 * days <= -5",
        "words.filter(w, w != \"a\").size() > 1",
        "words.map(w, size(w)).exists(n, n > 20)",
        "words.exists_one(w, w.startsWith(\"home\"))",
        "words.all(w, w.contains(\"x\") || w.endsWith(state)) && pay",
        "words == [] && pay",
        "\"homeless\" in words && pay",
        "size(words + [\"a\"]) == 3",
        "reason != \"stamp\" && state != \"CA\" && days in [1, 2]",
        "known(age) && words.exists(w, size(w) == age)",
    ] {
        // Single quotes outside, so that CEL's double quotes need no escape.
        let (before, row) = GOOD.split_once("[[row]]\nid = \"U9\"").unwrap();
        let new = format!("[[row]]\nid = \"U3\"\nwhen = '{condition}'\nthen = {{ urgent = true }}\n");
        let why = "why = { en = \"a\", es = \"b\" }\ncite = \"c\"\n\n";
        let text = format!("{before}{new}{why}[[row]]\nid = \"U9\"{row}");
        if let Err(faults) = Policy::load("p", &text, &langs()) {
            // An example may well come out otherwise now, or the row be covered; nothing else may be wrong.
            let others: Vec<_> = faults
                .iter()
                .filter(|f| !matches!(f.kind, FaultKind::ExampleFails { .. } | FaultKind::Unreachable { .. }))
                .collect();
            assert!(others.is_empty(), "{condition}: {}", others[0]);
        }
    }
}

/// A row that comes before the default, with a condition and nothing else of interest.
fn before_default(condition: &str) -> String {
    let row = format!(
        "[[row]]\nid = \"U3\"\nwhen = '{condition}'\nthen = {{ urgent = true }}\nwhy = {{ en = \"a\", es = \"b\" }}\ncite = \"c\"\n\n[[row]]\nid = \"U9\""
    );
    with("[[row]]\nid = \"U9\"", &row)
}

#[test]
fn rows_that_cannot_fire() {
    insta::assert_snapshot!(table(&[
        ("after the default", with("when = 'pay && days <= 5'\n", "")),
        ("no default", with("id = \"U9\"", "id = \"U9\"\nwhen = 'pay'")),
        ("the same condition", before_default("pay && days <= 5")),
        ("the same, turned round", before_default("days <= 5 && pay")),
        ("the same, said otherwise", before_default("!(days > 5 || !pay)")),
        ("narrower", before_default("pay && days <= 4 && reason == \"stamp\"")),
        (
            "narrower, over a list",
            before_default("words.exists(w, w in [\"evicción\", \"homeless\"]) && pay")
        ),
        ("narrower, over a text", before_default("reason == \"travel\" && state in [\"CA\"]")),
        ("narrower, over an optional fact", before_default("pay && known(age) && age >= 90")),
        ("covered by two", before_default("known(age) && (pay ? days < 3 : age > 85)")),
        ("contradicts itself", before_default("days < 3 && days > 7")),
        ("false", before_default("false")),
        ("covers the default", before_default("!pay || days > 5")),
        ("the boundary is reached", before_default("pay && days <= 6")),
    ]));
}

/// A table over `facts` with these rows `(id, when)`, a default `D`, and one example that expects `D`.
fn bare(facts: &str, given: &str, rows: &[(&str, String)]) -> String {
    let row = |id: &str, when: &str| {
        format!(
            "[[row]]\nid = \"{id}\"\n{when}then = {{ go = true }}\nwhy = {{ en = \"a\", es = \"b\" }}\ncite = \"c\"\n"
        )
    };
    let rows: Vec<_> = rows.iter().map(|(id, when)| row(id, &format!("when = '{when}'\n"))).collect();
    let rows = rows.concat();
    let head = "policy = \"fit\"\nversion = \"1\"\neffective = 2026-11-01\nhit = \"first\"";
    format!(
        "{head}\n[facts]\n{facts}[outcomes]\ngo = {{ type = \"bool\" }}\n{rows}{}[[example]]\nname = \"e\"\ngiven = {{ {given} }}\nexpect = \"D\"\n",
        row("D", "")
    )
}

/// Rows that one single value reaches: if the search left that value out, it would call them unreachable.
#[test]
fn rows_that_a_single_value_reaches() {
    let facts = "n = { type = \"int\", min = 0, max = 60, about = \"-\" }\n\
        o = { type = \"int\", min = 0, max = 60, optional = true, about = \"-\" }\n\
        t = { type = \"text\", about = \"-\" }\n";
    for condition in [
        "n > 5 && n < 7",
        "n >= 60",
        "n <= 0",
        "n != 0 && n < 2",
        "!(n < 30) && !(n > 30)",
        "!known(o)",
        "known(o) && o > 58 && o < 60",
        "t != \"a\" && t != \"b\" && !(t in [\"c\", \"d\"])",
        "t in [\"a\", \"b\"] && t != \"a\"",
    ] {
        // A row before it and the default after it, so that it is neither first nor last.
        let rows = [("A", "n == 40 && t == \"z\"".to_owned()), ("B", condition.to_owned())];
        let text = bare(facts, "n = 1, o = 1, t = \"a\"", &rows);
        let unreachable = match Policy::load("p", &text, &[]) {
            Ok(_) => Vec::new(),
            Err(faults) => {
                faults.into_iter().filter(|f| matches!(f.kind, FaultKind::Unreachable { .. })).collect()
            }
        };
        assert!(unreachable.is_empty(), "{condition}: {}", unreachable[0]);
    }
}

#[test]
fn many_facts_are_decided_where_a_search_can() {
    let facts: Vec<_> = (0..20).map(|n| format!("f{n} = {{ type = \"bool\", about = \"-\" }}\n")).collect();
    let given = (0..20).map(|n| format!("f{n} = false")).collect::<Vec<_>>().join(", ");
    let all = |range: std::ops::Range<usize>| range.map(|n| format!("f{n}")).collect::<Vec<_>>().join(" && ");
    let rows = [
        ("A", all(0..19)),
        ("B", format!("f19 && {}", all(0..19))),
        ("C", format!("{} && !f0 || f1 && !f1 && {}", all(0..20), all(0..18))),
    ];
    insta::assert_snapshot!(said(&bare(&facts.concat(), &given, &rows)));
}

/// Nine facts of eight words cannot all differ, but to find that out takes more steps than are allowed.
#[test]
fn what_cannot_be_decided_is_said() {
    let words = (0..8).map(|n| format!("\"w{n}\"")).collect::<Vec<_>>().join(", ");
    let facts: Vec<_> = (0..9).map(|n| format!("f{n} = {{ one-of = [{words}], about = \"-\" }}\n")).collect();
    let facts = format!("g = {{ type = \"bool\", about = \"-\" }}\n{}", facts.concat());
    let given = (0..9).map(|n| format!("f{n} = \"w0\"")).collect::<Vec<_>>().join(", ");
    let given = format!("g = true, {given}");
    let pairs: Vec<(usize, usize)> = (0..9).flat_map(|a| (a + 1..9).map(move |b| (a, b))).collect();
    let differ = pairs.iter().map(|(a, b)| format!("f{a} != f{b}")).collect::<Vec<_>>().join(" && ");
    // Word by word it is still seen that the second row asks for more than the first.
    let rows = [("A", differ.clone()), ("B", format!("g && {differ}"))];
    insta::assert_snapshot!(said(&bare(&facts, &given, &rows)));
    insta::assert_snapshot!("only_a_warning", said(&bare(&facts, &given, &rows[..1])));
}

#[test]
fn rows_and_outcomes() {
    insta::assert_snapshot!(table(&[
        ("no rows", {
            let (head, rest) = GOOD.split_once("[[row]]").unwrap();
            format!("{head}[[example]]{}", rest.split_once("[[example]]").unwrap().1)
        }),
        ("an id twice", with("id = \"U2\"", "id = \"U1\"")),
        ("no id", with("id = \"U2\"\n", "")),
        ("no then", with("then = { urgent = false }\n", "")),
        ("no why", with("why = { en = \"Care.\", es = \"Cuidado.\" }\n", "")),
        ("no cite", with("cite = \"1(b)\"\n", "")),
        ("no Spanish", with("{ en = \"Care.\", es = \"Cuidado.\" }", "{ en = \"Care.\" }")),
        ("blank Spanish", with("es = \"Cuidado.\"", "es = \" \"")),
        ("no Spanish in change", with("cite = \"1(b)\"", "cite = \"1(b)\"\nchange = { en = \"If.\" }")),
        (
            "no language",
            with("{ en = \"Care.\", es = \"Cuidado.\" }", "{ en = \"Care.\", es = \"C.\", English = \"?\" }")
        ),
        ("one text for all", with("{ en = \"Care.\", es = \"Cuidado.\" }", "\"Care.\"")),
        ("an unknown outcome", with("{ urgent = true, hours = 24 }", "{ urgent = true, hour = 24 }")),
        ("a missing outcome", with("{ urgent = true, hours = 24 }", "{ hours = 24 }")),
        (
            "an outcome of another type",
            with("{ urgent = true, hours = 24 }", "{ urgent = \"yes\", hours = 24 }")
        ),
        ("an outcome out of range", with("hours = 24", "hours = 241")),
        ("an outcome that is a list", with("hours = 24", "hours = [\"a\"]")),
        ("an outcome that is a date", with("hours = 24", "hours = 2026-01-01")),
    ]));
}

#[test]
fn examples() {
    insta::assert_snapshot!(table(&[
        ("none", GOOD.split_once("[[example]]").unwrap().0.to_owned()),
        (
            "an earlier row fires",
            with(
                "given = { days = 6, pay = true, reason = \"other\", words = [\"homeless\"]",
                "given = { days = 5, pay = true, reason = \"other\", words = [\"homeless\"]"
            )
        ),
        ("a later row fires", with("words = [\"homeless\"]", "words = [\"home\"]")),
        ("the default fires for the first", with("days = 5, pay = true", "days = 5, pay = false")),
        ("no such row", with("expect = \"U9\"", "expect = \"U8\"")),
        ("a name twice", with("\"said homeless\"", "\"pay and deadline\"")),
        ("no name", with("name = \"nothing\"\n", "")),
        ("nothing expected", with("expect = \"U9\"\n", "")),
        (
            "nothing given",
            with("given = { days = 5, pay = true, reason = \"other\", words = [], state = \"TX\" }\n", "")
        ),
        ("a missing fact", with("days = 5, pay = true", "days = 5")),
        ("an unknown fact", with("days = 5, pay = true", "days = 5, pay = true, agee = 4")),
        ("a fact of another type", with("days = 5, pay = true", "days = \"5\", pay = true")),
        ("a fact out of range", with("age = 79", "age = 131")),
        (
            "a fact out of its set",
            with("words = [], state = \"CA\"", "words = [1], state = \"CA\"")
                .replace("reason = \"other\", words = [1]", "reason = \"?\", words = [1]")
        ),
        (
            "a row without example",
            with("expect = \"U9\"", "expect = \"U9\" # the last")
                .replace("name = \"said homeless\"", "name = \"x\"")
                .replace("expect = \"U2\"", "expect = \"U9\"")
                .replace("words = [\"homeless\"]", "words = []")
        ),
        ("a fact that no row looks at", with("state == 'CA' && ", "")),
    ]));
}

#[test]
fn faults_are_collected_in_the_order_of_the_file() {
    let text = with("\"first\"", "\"last\"")
        .replace("pay && days <= 5", "pay && dayz <= 5")
        .replace(", es = \"Cuidado.\"", "")
        .replace("hours = 24", "hours = 0")
        .replace("expect = \"U9\"", "expect = \"U8\"");
    let faults = Policy::load("urgency.toml", &text, &langs()).unwrap_err();
    let places: Vec<_> = faults.iter().map(|fault| fault.place).collect();
    assert!(places.is_sorted() && faults.len() == 4, "{faults:?}");
}
