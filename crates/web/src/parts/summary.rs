//! A list of facts with their labels, as on "check your answers".

use maud::{Markup, html};

/// One fact.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// What it is.
    pub(crate) label: String,
    /// The fact; each line on its own.
    pub(crate) lines: Vec<String>,
    /// Where it is changed, and what the link is called.
    pub(crate) change: Option<(String, String)>,
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
                    @if let Some((to, label)) = &row.change {
                        dd.facts__change { a.usa-link href=(to) { (label) span.usa-sr-only { ": " (row.label) } } }
                    }
                }
            }
        }
    }
}
