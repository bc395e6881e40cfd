//! What people see of a change.

use super::*;

const OLD: &str = r#"
[facts]
urgent = { type = "bool", about = "Hurry." }
[outcomes]
need = { one-of = ["phone", "visit"] }
[[row]]
id = "A"
when = 'urgent'
then = { need = "visit" }
why = { en = "Please come in today.", es = "Venga hoy." }
cite = "Law"
[[row]]
id = "B"
when = '!urgent'
then = { need = "phone" }
why = { en = "We call.", es = "Llamamos." }
cite = "Law"
[[row]]
id = "C"
then = { need = "phone" }
why = { en = "We call.", es = "Llamamos." }
cite = "Law"
[[example]]
name = "one"
given = { urgent = true }
expect = "A"
"#;

fn compared(new: &str) -> Comparison {
    compare(&Sheet::read(OLD).unwrap(), &Sheet::read(new).unwrap())
}

fn did(changes: &[PartChange]) -> Vec<(&str, Did, bool)> {
    changes.iter().map(|change| (change.name.as_str(), change.did, change.moved)).collect()
}

#[test]
fn comments_and_blanks_are_no_difference() {
    assert!(compared(OLD).is_empty());
    let spaced = OLD.replace("[[row]]", "\n# A word.\n[[row]]").replace("then = { need", "then = {need");
    assert!(compared(&spaced).is_empty());
}

#[test]
fn words_conditions_and_examples_that_changed_are_named() {
    let new = OLD
        .replace("Please come in today.", "Please come in tomorrow.")
        .replace("when = '!urgent'", "when = '!urgent || urgent'")
        .replace(
            "need = { one-of = [\"phone\", \"visit\"] }",
            "need = { one-of = [\"phone\", \"visit\", \"mail\"] }",
        )
        .replace("expect = \"A\"", "expect = \"B\"");
    let changes = compared(&new);
    assert_eq!(did(&changes.rows), [("A", Did::Changed, false), ("B", Did::Changed, false)]);
    let field = &changes.rows[0].fields[0];
    assert_eq!((field.field, field.lang.as_ref()), (Field::Why, Some(&Lang::en())));
    assert_eq!(did(&changes.schema), [("need", Did::Changed, false)]);
    assert_eq!(changes.examples[0].fields[0].new, "B");
    assert_eq!(
        words(&field.old, &field.new),
        [
            (Mark::Same, "Please come in".into()),
            (Mark::Gone, "today.".into()),
            (Mark::New, "tomorrow.".into()),
        ]
    );
    assert_eq!(words("", "all new"), [(Mark::New, "all new".into())]);
    assert_eq!(words("a b", ""), [(Mark::Gone, "a b".into())]);
}

#[test]
fn rows_that_came_went_or_moved_are_told_apart() {
    let sheet = Sheet::read(OLD).unwrap();
    let moved = sheet.with_row_down(0);
    let changes = compared(&moved);
    assert_eq!(changes.rows.len(), 1, "one of two that changed places: {changes:?}");
    assert_eq!(changes.rows[0].did, Did::Moved);
    let renamed = OLD.replace("id = \"B\"", "id = \"B2\"");
    let changes = compared(&renamed);
    assert_eq!(did(&changes.rows), [("B2", Did::Added, false), ("B", Did::Removed, false)]);
    assert_eq!(changes.rows[1].fields[0].old, "!urgent");
    assert_eq!(changes.rows[1].fields[0].new, "");
}

#[test]
fn a_changed_line_stands_between_those_that_stayed() {
    let old = "a = 1\nb = 2\n\nc = 3\n";
    let new = "a = 1\nb = 4\nd = 5\n\nc = 3\n";
    let all = lines(old, new);
    let said: Vec<(Mark, &str)> = all.into_iter().filter(|(mark, _)| *mark != Mark::Same).collect();
    assert_eq!(said, [(Mark::Gone, "b = 2"), (Mark::New, "b = 4"), (Mark::New, "d = 5")]);
    assert!(lines("", "").is_empty());
    assert_eq!(lines("a\na\n", "a\n"), [(Mark::Same, "a"), (Mark::Gone, "a")]);
}

proptest::proptest! {
    /// Both texts can be read out of what was made of them.
    #[test]
    fn no_line_is_lost(old in "[abc\n]{0,40}", new in "[abc\n]{0,40}") {
        let all = lines(&old, &new);
        let without = |gone| -> Vec<&str> {
            all.iter().filter(|(mark, _)| *mark != gone).map(|(_, line)| *line).collect()
        };
        proptest::prop_assert_eq!(without(Mark::New), old.lines().collect::<Vec<_>>());
        proptest::prop_assert_eq!(without(Mark::Gone), new.lines().collect::<Vec<_>>());
    }
}
