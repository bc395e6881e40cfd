//! One case as a file writes it, whatever the format.

use crate::fault::FileFaults;
use domain::{
    case::{Case, CaseState, CaseStep},
    text::{Lang, Text},
};
use jiff::civil::Date;

/// The most characters a status title may have.
const MAX_TITLE: usize = 300;
/// The most characters that explain a status.
const MAX_MEANING: usize = 2000;
/// The most characters of a form's name.
const MAX_FORM: usize = 40;
/// The most earlier steps one case may list.
const MAX_HISTORY: usize = 200;

/// The columns every row must have, besides `title_…` and `meaning_…` in at least one language.
pub(crate) const REQUIRED: [&str; 5] = ["receipt", "form", "state", "received", "updated"];

/// A cell or field by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column<'a> {
    Receipt,
    Form,
    State,
    Received,
    Updated,
    History,
    Title(&'a str),
    Meaning(&'a str),
}

impl<'a> Column<'a> {
    /// What a column is by its name; `None` for a name that is not one of ours.
    pub(crate) fn named(name: &'a str) -> Option<Self> {
        Some(match name {
            "receipt" => Self::Receipt,
            "form" => Self::Form,
            "state" => Self::State,
            "received" => Self::Received,
            "updated" => Self::Updated,
            "history" => Self::History,
            _ => {
                let (what, lang) = name.split_once('_')?;
                lang.parse::<Lang>().ok()?;
                match what {
                    "title" => Self::Title(lang),
                    "meaning" => Self::Meaning(lang),
                    _ => return None,
                }
            }
        })
    }
}

/// A step before it is checked: the date as written, and the title by language.
pub(crate) struct WrittenStep {
    pub(crate) on: String,
    pub(crate) titles: Vec<(Lang, String)>,
}

/// A row before it is checked.
#[derive(Default)]
pub(crate) struct Written {
    pub(crate) receipt: String,
    pub(crate) form: String,
    pub(crate) state: String,
    pub(crate) received: String,
    pub(crate) updated: String,
    pub(crate) titles: Vec<(Lang, String)>,
    pub(crate) meanings: Vec<(Lang, String)>,
    pub(crate) history: Vec<WrittenStep>,
}

impl Written {
    /// Keeps one cell; history is the format's own business.
    pub(crate) fn put(&mut self, column: Column<'_>, cell: &str) {
        let cell = cell.trim();
        let tag = |lang: &str| lang.parse::<Lang>().unwrap_or_else(|_| Lang::en());
        match column {
            Column::Receipt => cell.clone_into(&mut self.receipt),
            Column::Form => cell.clone_into(&mut self.form),
            Column::State => cell.clone_into(&mut self.state),
            Column::Received => cell.clone_into(&mut self.received),
            Column::Updated => cell.clone_into(&mut self.updated),
            Column::Title(lang) if !cell.is_empty() => self.titles.push((tag(lang), cell.to_owned())),
            Column::Meaning(lang) if !cell.is_empty() => self.meanings.push((tag(lang), cell.to_owned())),
            Column::Title(_) | Column::Meaning(_) | Column::History => {}
        }
    }

    /// The case, if every part of it is right; each part that is not is a fault.
    pub(crate) fn check(self, line: usize, found: &mut FileFaults) -> Option<Case> {
        let receipt = self
            .receipt
            .parse()
            .map_err(|_| found.add(line, "receipt: 6 to 20 letters and digits, as on the receipt notice"))
            .ok();
        let form = plain("form", self.form, MAX_FORM, line, found);
        let state = match self.state.to_ascii_lowercase().as_str() {
            "received" => Some(CaseState::Received),
            "pending" => Some(CaseState::Pending),
            "decision" => Some(CaseState::Decision),
            _ => {
                found.add(line, "state: one of received, pending, decision");
                None
            }
        };
        let received = day("received", &self.received, line, found);
        let updated = day("updated", &self.updated, line, found);
        if let (Some(received), Some(updated)) = (received, updated)
            && updated < received
        {
            found.add(line, "updated: this is before the day in received");
        }
        let title = texts("title", self.titles, MAX_TITLE, line, found);
        let meaning = texts("meaning", self.meanings, MAX_MEANING, line, found);
        let history = steps(self.history, updated, line, found);
        Some(Case {
            receipt: receipt?,
            form: form?,
            state: state?,
            title: title?,
            meaning: meaning?,
            received: Some(received?),
            updated: updated?,
            history: history?,
        })
    }
}

fn steps(
    written: Vec<WrittenStep>,
    updated: Option<Date>,
    line: usize,
    found: &mut FileFaults,
) -> Option<Vec<CaseStep>> {
    if written.len() > MAX_HISTORY {
        found.add(line, format!("history: at most {MAX_HISTORY} steps"));
        return None;
    }
    let count = written.len();
    let mut steps: Vec<CaseStep> = written
        .into_iter()
        .filter_map(|step| {
            let on = day("history", &step.on, line, found);
            if on.zip(updated).is_some_and(|(on, updated)| on > updated) {
                found.add(line, "history: a step lies after the day in updated");
            }
            let title = texts("history", step.titles, MAX_TITLE, line, found);
            Some(CaseStep { on: on?, title: title? })
        })
        .collect();
    // Newest first; steps of one day stay in the order in which they were written.
    steps.sort_by_key(|step| std::cmp::Reverse(step.on));
    (steps.len() == count).then_some(steps)
}

fn day(name: &str, cell: &str, line: usize, found: &mut FileFaults) -> Option<Date> {
    // `Date` reads more than the plain form (weeks, datetimes); a file of cases has one way to write a day.
    let plain = cell.len() == 10 && cell.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let day = plain.then(|| cell.parse().ok()).flatten();
    if day.is_none() {
        found.add(line, format!("{name}: a day is written 2026-11-23"));
    }
    day
}

fn plain(name: &str, cell: String, most: usize, line: usize, found: &mut FileFaults) -> Option<String> {
    if cell.is_empty() {
        found.add(line, format!("{name}: this is empty"));
    } else if cell.chars().count() > most {
        found.add(line, format!("{name}: at most {most} characters"));
    } else if cell.chars().any(char::is_control) {
        found.add(line, format!("{name}: line breaks and control characters cannot be shown"));
    } else {
        return Some(cell);
    }
    None
}

fn texts(
    name: &str,
    by_lang: Vec<(Lang, String)>,
    most: usize,
    line: usize,
    found: &mut FileFaults,
) -> Option<Text> {
    if by_lang.is_empty() {
        found.add(line, format!("{name}: this is empty in every language"));
        return None;
    }
    let count = by_lang.len();
    let good: Vec<_> = by_lang
        .into_iter()
        .filter_map(|(lang, cell)| {
            let label = format!("{name}_{lang}");
            Some((lang, plain(&label, cell, most, line, found)?))
        })
        .collect();
    (good.len() == count).then(|| Text::new(good))
}
