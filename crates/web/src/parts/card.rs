//! A promise, as a card: what is owed, when, and what can be done about it.

use maud::{Markup, html};

/// A card with a label (`A call for you`), its main line (the day and time in words) and what follows.
pub(crate) fn card(label: &str, main: &str, body: &Markup) -> Markup {
    html! {
        section.promise {
            h3.promise__label { (label) }
            p.promise__main { (main) }
            (body)
        }
    }
}
