//! Writing single parts of a table's text.

use super::{Block, Sheet};
use domain::text::Text;
use facts::Value;
use jiff::civil::Date;
use std::fmt::Write as _;
use toml::de::DeTable;

/// A row to be written. Everything is written so that it is read back as it is, whatever it says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowText {
    /// Its id.
    pub id: String,
    /// The condition; empty for the default.
    pub when: String,
    /// The outcome.
    pub then: Vec<(String, Value)>,
    /// The sentence for the person.
    pub why: Text,
    /// What would change it; left out where it says nothing.
    pub change: Text,
    /// The hint for the officer; left out where it says nothing.
    pub staff: String,
    /// The citation.
    pub cite: String,
}

/// An example to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExampleText {
    /// Its name.
    pub name: String,
    /// The facts, one `name = value` a line, in TOML.
    pub given: String,
    /// The row it expects.
    pub expect: String,
}

impl RowText {
    fn written(&self) -> String {
        let mut text = format!("[[row]]\nid = {}\n", quoted(&self.id));
        let mut line = |key: &str, value: String| {
            let _ = writeln!(text, "{key} = {value}");
        };
        let when = self.when.split_whitespace().collect::<Vec<_>>().join(" ");
        if !when.is_empty() {
            line("when", literal(&when));
        }
        let then = self.then.iter().map(|(name, value)| format!("{} = {}", key(name), written(value)));
        line("then", inline(then));
        line("why", sentence(&self.why));
        if self.change.langs().next().is_some() {
            line("change", sentence(&self.change));
        }
        if !self.staff.is_empty() {
            line("staff", quoted(&self.staff));
        }
        line("cite", quoted(&self.cite));
        text
    }
}

impl ExampleText {
    /// None when the facts cannot be read.
    fn written(&self) -> Option<String> {
        let lines: Vec<&str> = self.given.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        // A comment would swallow the rest of the one line that is made of them.
        let whole = lines.iter().all(|line| DeTable::parse(line).is_ok_and(|read| read.get_ref().len() == 1));
        let plain = lines.iter().all(|line| !line.starts_with('[') && !line.contains('#'));
        let given = inline(lines.iter().map(|line| (*line).to_owned()));
        let text = format!(
            "[[example]]\nname = {}\ngiven = {given}\nexpect = {}\n",
            quoted(&self.name),
            quoted(&self.expect)
        );
        // Two lines may name one fact.
        (whole && plain && DeTable::parse(&text).is_ok()).then_some(text)
    }
}

impl Sheet {
    fn replaced(&self, block: &Block, with: &str) -> String {
        format!("{}{}{}", &self.text[..block.body.start], with.trim_end(), &self.text[block.body.end..])
    }

    fn cut(&self, block: &Block) -> String {
        let kept = format!("{}{}", &self.text[..block.lead], &self.text[block.end..]);
        format!("{}\n", kept.trim_end())
    }

    /// Puts a new block before another, or at the end.
    fn inserted(&self, before: Option<&Block>, with: &str) -> String {
        let at = before.map_or(self.text.len(), |block| block.lead);
        let (head, tail) = self.text.split_at(at);
        let gap = if tail.is_empty() { "" } else { "\n" };
        format!("{}\n\n{}\n{gap}{tail}", head.trim_end(), with.trim_end())
    }

    /// The text with another row in the place of the `at`th (from 0), or with a new row before the default. As it was where
    /// there is no such row.
    #[must_use]
    pub fn with_row(&self, at: Option<usize>, row: &RowText) -> String {
        let written = row.written();
        let Some(at) = at else {
            let last = self.rows.last().map(|row| &row.block);
            let before = last.or_else(|| self.examples.first().map(|one| &one.block));
            return self.inserted(before, &written);
        };
        self.rows.get(at).map_or_else(|| self.text.clone(), |old| self.replaced(&old.block, &written))
    }

    /// The text without a row.
    #[must_use]
    pub fn without_row(&self, at: usize) -> String {
        self.rows.get(at).map_or_else(|| self.text.clone(), |row| self.cut(&row.block))
    }

    /// The text with a row in the place of the one after it, and that one in its place.
    #[must_use]
    pub fn with_row_down(&self, at: usize) -> String {
        let (Some(row), Some(next)) = (self.rows.get(at), self.rows.get(at + 1)) else {
            return self.text.clone();
        };
        let (one, other) = (row.block.lead..row.block.body.end, next.block.lead..next.block.body.end);
        format!(
            "{}{}{}{}{}",
            &self.text[..one.start],
            &self.text[other.clone()],
            &self.text[one.end..other.start],
            &self.text[one.clone()],
            &self.text[other.end..]
        )
    }

    /// The text with another example in the place of the `at`th (from 0), or with a new one at the end. None when the facts of
    /// the example cannot be read.
    pub fn with_example(&self, at: Option<usize>, example: &ExampleText) -> Option<String> {
        let written = example.written()?;
        let Some(at) = at else { return Some(self.inserted(None, &written)) };
        let old = self.examples.get(at);
        Some(old.map_or_else(|| self.text.clone(), |old| self.replaced(&old.block, &written)))
    }

    /// The text without an example.
    #[must_use]
    pub fn without_example(&self, at: usize) -> String {
        self.examples.get(at).map_or_else(|| self.text.clone(), |one| self.cut(&one.block))
    }

    /// The text with another name of the version.
    #[must_use]
    pub fn with_version(&self, name: &str) -> String {
        let span = self.version.as_ref().map(toml::Spanned::span);
        self.with_key("version", span, &quoted(name))
    }

    /// The text with another first day.
    #[must_use]
    pub fn with_effective(&self, day: Date) -> String {
        self.with_key("effective", self.effective.as_ref().map(|(span, _)| span.clone()), &day.to_string())
    }

    fn with_key(&self, name: &str, span: Option<std::ops::Range<usize>>, value: &str) -> String {
        match span {
            Some(span) => format!("{}{value}{}", &self.text[..span.start], &self.text[span.end..]),
            None => format!("{name} = {value}\n{}", self.text),
        }
    }
}

fn inline(pairs: impl Iterator<Item = String>) -> String {
    let pairs: Vec<String> = pairs.collect();
    if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) }
}

fn sentence(text: &Text) -> String {
    inline(text.langs().map(|lang| format!("{lang} = {}", quoted(text.in_lang(lang)))))
}

fn written(value: &Value) -> String {
    match value {
        Value::Bool(flag) => flag.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Text(text) => quoted(text),
        Value::List(words) => {
            format!("[{}]", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "))
        }
    }
}

/// A key: bare where it can be.
fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare { name.to_owned() } else { quoted(name) }
}

/// As it stands, where it can: conditions are full of quotes.
fn literal(text: &str) -> String {
    if text.contains('\'') || text.chars().any(char::is_control) { quoted(text) } else { format!("'{text}'") }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
