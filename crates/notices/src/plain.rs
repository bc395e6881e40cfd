//! The text part: complete on its own.

use crate::letter::{Letter, Part};

/// Lines are at most this many characters, where words allow: mail readers in a terminal, and replies that
/// quote with "> ", stay readable.
const WIDTH: usize = 72;

/// The letter as plain text, lines separated by `\n`.
pub fn plain(letter: &Letter) -> String {
    let mut blocks: Vec<String> = Vec::new();
    let mut notes = false;
    for part in &letter.parts {
        match part {
            Part::Say(text) => blocks.push(wrap(text, "", "")),
            Part::Card(rows) => {
                let rows: Vec<String> = rows
                    .iter()
                    .map(|(label, lines)| {
                        let lines: Vec<String> =
                            lines.iter().map(|line| wrap(line, "    ", "    ")).collect();
                        format!("  {label}:\n{}", lines.join("\n"))
                    })
                    .collect();
                blocks.push(rows.join("\n"));
            }
            Part::List { title, items } => {
                let items: Vec<String> = items.iter().map(|item| wrap(item, "  - ", "    ")).collect();
                blocks.push(format!("{title}:\n{}", items.join("\n")));
            }
            // Never wrapped: a broken link is a dead end.
            Part::Link { label, url } => blocks.push(format!("{label}:\n{url}")),
            Part::Note(text) => {
                if !notes {
                    // "-- " begins a signature, which readers fold away; this must be read.
                    blocks.push("-".repeat(8));
                    notes = true;
                }
                blocks.push(wrap(text, "", ""));
            }
        }
    }
    blocks.extend(Some(letter.agency.clone()).filter(|agency| !agency.is_empty()));
    blocks.join("\n\n") + "\n"
}

fn wrap(text: &str, first: &str, rest: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::from(if lines.is_empty() { first } else { rest });
        let mut width = line.chars().count();
        let mut empty = true;
        for word in paragraph.split_whitespace() {
            let length = word.chars().count();
            if !empty && width + 1 + length > WIDTH {
                lines.push(std::mem::replace(&mut line, rest.to_owned()));
                width = rest.chars().count();
                empty = true;
            }
            if !empty {
                line.push(' ');
                width += 1;
            }
            line.push_str(word);
            width += length;
            empty = false;
        }
        lines.push(line);
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn wrapping_loses_no_word_and_breaks_only_between_words(text in "[a-zñ]{1,90}( [a-zñ]{1,20}){0,40}") {
            let wrapped = wrap(&text, "- ", "  ");
            for line in wrapped.lines() {
                prop_assert!(line.chars().count() <= WIDTH || line.split_whitespace().count() <= 2, "{line:?}");
            }
            let words: Vec<&str> = wrapped.split_whitespace().skip(1).collect();
            prop_assert_eq!(words, text.split_whitespace().collect::<Vec<_>>());
        }
    }
}
