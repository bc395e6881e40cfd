//! A list of facts with their labels, as on "check your answers".

use maud::{Markup, html};

/// One fact.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// What it is.
    pub(crate) label: String,
    /// The fact; each line on its own.
    pub(crate) lines: Vec<String>,
    /// How it is changed, if it can be.
    pub(crate) change: Option<Change>,
}

/// The way to change a fact: where to, and what it is called.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// A link to its page.
    Link(String, String),
    /// A button of the form around the list, which takes along what was typed.
    Button(String, String),
}

impl Row {
    pub(crate) fn new(label: impl Into<String>, line: impl Into<String>) -> Self {
        Self { label: label.into(), lines: vec![line.into()], change: None }
    }
}

/// The facts.
pub(crate) fn summary(rows: &[Row]) -> Markup {
    html! {
        dl.facts {
            @for row in rows {
                div.facts__row {
                    dt { (row.label) }
                    dd {
                        @for (n, line) in row.lines.iter().enumerate() {
                            @if n > 0 { br; }
                            bdi { (line) }
                        }
                    }
                    @match &row.change {
                        Some(Change::Link(to, label)) => dd.facts__change {
                            a.usa-link href=(to) { (label) span.usa-sr-only { ": " (row.label) } }
                        },
                        Some(Change::Button(to, label)) => dd.facts__change {
                            button.usa-button.usa-button--unstyled type="submit" name="do" value="change" formaction=(to) {
                                (label) span.usa-sr-only { ": " (row.label) } }
                        },
                        None => {},
                    }
                }
            }
        }
    }
}
