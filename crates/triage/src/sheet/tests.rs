//! Taking a table apart and writing parts of it, with whatever people type.

use super::*;
use crate::Policy;
use jiff::civil::date;
use proptest::prelude::*;

const TABLE: &str = r#"# A table of ours.
policy = "need"
version = "2026-01"   # the first
effective = 2026-01-01
hit = "first"

[facts]
urgent = { type = "bool", about = "Hurry." }
reason = { one-of = ["card", "other"], about = "Why." }

[facts.days]
type = "int"
optional = true
about = "Days left."

[outcomes]
need = { one-of = ["phone", "visit"] }

# Whoever hurries comes.
# At once.
[[row]]
id = "N1"   # hurry
when = 'urgent && reason == "card"'
then = { need = "visit" }
why = { en = "Come.", es = "Venga." }
staff = "Look."
cite = "Law"

[[row]]
id = "N2"
then = { need = "phone" }
cite = "Practice"
[row.why]
en = "We call."
es = "Llamamos."

[[example]]
name = "Hurry"
given = { urgent = true, reason = "card", days = 3 }
expect = "N1"

[[example]]
name = "No hurry"
given = { urgent = false, reason = "other" }
expect = "N2"
"#;

fn langs() -> [Lang; 2] {
    [Lang::en(), Lang::es()]
}

fn sheet(text: &str) -> Sheet {
    Sheet::read(text).unwrap()
}

fn ids(text: &str) -> Vec<String> {
    sheet(text).rows().iter().map(|row| row.id.clone()).collect()
}

fn as_text(row: &SheetRow) -> RowText {
    RowText {
        id: row.id.clone(),
        when: row.when.clone(),
        then: row.then.iter().map(|one| (one.name.clone(), one.value.clone().unwrap())).collect(),
        why: row.why.clone(),
        change: row.change.clone(),
        staff: row.staff.clone(),
        cite: row.cite.clone(),
    }
}

#[test]
fn a_table_is_taken_apart() {
    let read = sheet(TABLE);
    assert_eq!((read.version(), read.effective()), (Some("2026-01"), Some(date(2026, 1, 1))));
    assert_eq!((read.facts().len(), read.outcomes().len()), (3, 1));
    let [first, default] = read.rows() else { panic!("{:?}", read.rows()) };
    assert_eq!((first.id.as_str(), first.when.as_str()), ("N1", r#"urgent && reason == "card""#));
    assert_eq!((first.then[0].plain().as_str(), first.staff.as_str()), ("visit", "Look."));
    assert_eq!((default.when.as_str(), default.why.in_lang(&Lang::es())), ("", "Llamamos."));
    assert_eq!(read.examples()[0].given[1].raw, "\"card\"");
    let at = |what: &str| read.part_at(TABLE.lines().position(|line| line.contains(what)).unwrap() + 1);
    assert_eq!(at("At once."), SheetPart::Row(0));
    assert_eq!(at("Llamamos."), SheetPart::Row(1));
    assert_eq!(at("No hurry"), SheetPart::Example(1));
    assert_eq!(at("Days left."), SheetPart::Head);
    assert_eq!(Sheet::read("a = ").unwrap_err(), SheetFault::NotToml);
    assert_eq!(Sheet::read("row = [{ id = 'x' }]").unwrap_err(), SheetFault::NoHeaders);
}

#[test]
fn what_is_not_touched_stays_to_the_letter() {
    let read = sheet(TABLE);
    let mut row = as_text(&read.rows()[1]);
    row.cite = "Other".into();
    let text = read.with_row(Some(1), &row);
    let (before, after) = TABLE.split_once("[[row]]\nid = \"N2\"").unwrap();
    assert!(text.starts_with(before), "{text}");
    assert!(text.ends_with(after.split_once("Llamamos.\"\n").unwrap().1), "{text}");
    assert!(Policy::load("x", &text, &langs()).is_ok());
    assert_eq!(sheet(&text).rows()[1].why, read.rows()[1].why);
}

#[test]
fn rows_are_added_moved_and_taken_out() {
    let read = sheet(TABLE);
    let row = RowText { id: "N9".into(), when: "urgent".into(), ..as_text(&read.rows()[0]) };
    let added = read.with_row(None, &row);
    assert_eq!(ids(&added), ["N1", "N9", "N2"], "before the default");
    assert!(Policy::load("x", &added, &langs()).is_ok());
    let moved = sheet(&added).with_row_down(0);
    assert_eq!(ids(&moved), ["N9", "N1", "N2"]);
    assert!(moved.contains("# At once.\n[[row]]\nid = \"N1\""), "its comment goes with it: {moved}");
    assert_eq!(sheet(&moved).with_row_down(0), added, "and back");
    assert_eq!(sheet(&added).without_row(1), TABLE);
    assert_eq!(read.with_row_down(1), TABLE, "nothing comes after the last");
    let without = read.without_row(0);
    assert_eq!(ids(&without), ["N2"]);
    assert!(!without.contains("At once."));
    let mut none = sheet(&without);
    none = sheet(&none.without_row(0));
    assert_eq!(ids(&none.with_row(None, &row)), ["N9"]);
}

#[test]
fn examples_are_written_as_lines_of_facts() {
    let read = sheet(TABLE);
    let given = "urgent = true\n\n  reason = \"other\"\n".to_owned();
    let example = ExampleText { name: "New \"one\"".into(), given, expect: "N2".into() };
    let text = read.with_example(None, &example).unwrap();
    assert_eq!(sheet(&text).examples().len(), 3);
    assert_eq!(sheet(&text).examples()[2].given.len(), 2);
    assert!(Policy::load("x", &text, &langs()).is_ok());
    let replaced = read.with_example(Some(0), &example).unwrap();
    assert_eq!(sheet(&replaced).examples()[0].name, "New \"one\"");
    assert_eq!(sheet(&replaced).without_example(0).matches("[[example]]").count(), 1);
    for wrong in ["urgent", "urgent = ", "a = 1 # b", "[x]", "a = 1\na = 2", "a = }", "a = '''"] {
        let example = ExampleText { given: wrong.into(), ..example.clone() };
        assert_eq!(read.with_example(None, &example), None, "{wrong}");
    }
}

#[test]
fn the_version_and_its_day_are_written_into_the_text() {
    let text = sheet(&sheet(TABLE).with_version("2026-12")).with_effective(date(2026, 12, 24));
    assert!(text.contains("version = \"2026-12\"   # the first\neffective = 2026-12-24\n"), "{text}");
    let bare = sheet("hit = 'first'\n").with_effective(date(2026, 12, 24));
    assert_eq!(sheet(&bare).effective(), Some(date(2026, 12, 24)));
}

proptest! {
    /// Whatever is typed is read back as it was, and no other row changes.
    #[test]
    fn whatever_is_typed_comes_back(
        id in "\\PC{0,9}", when in "\\PC{0,20}", said in "[ -~\"'\\\\\\n\\tñ¿—\u{7f}]{0,20}", cite in "\\PC{0,9}", new: bool,
    ) {
        let read = sheet(TABLE);
        let row = RowText {
            id: id.clone(),
            when: when.clone(),
            then: vec![("need".into(), Value::Text(cite.clone())), ("a b".into(), Value::Int(-3))],
            why: Text::new([(Lang::en(), said.clone())]),
            change: Text::default(),
            staff: said.clone(),
            cite: cite.clone(),
        };
        let text = read.with_row((!new).then_some(0), &row);
        let again = sheet(&text);
        let at = usize::from(new);
        let back = &again.rows()[at];
        prop_assert_eq!(&as_text(back), &RowText {
            when: when.split_whitespace().collect::<Vec<_>>().join(" "),
            then: { let mut then = row.then.clone(); then.sort_by(|a, b| a.0.cmp(&b.0)); then },
            ..row
        });
        prop_assert_eq!(again.rows().len(), 2 + at);
        prop_assert_eq!(as_text(again.rows().last().unwrap()), as_text(&read.rows()[1]));
        prop_assert_eq!(again.examples().len(), 2);
    }
}
