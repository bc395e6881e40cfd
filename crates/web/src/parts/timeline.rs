//! What happened, newest first.

use maud::{Markup, html};

/// One thing that happened.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// The sentence.
    pub(crate) sentence: String,
    /// When, in words.
    pub(crate) when: String,
    /// When, for machines (RFC 3339).
    pub(crate) at: String,
    /// A second line; may be empty.
    pub(crate) more: String,
}

/// What happened, in the order given.
pub(crate) fn timeline(events: &[Event]) -> Markup {
    html! {
        ol.timeline {
            @for event in events {
                li {
                    p.timeline__what { (event.sentence) }
                    @if !event.more.is_empty() { p.timeline__more { (event.more) } }
                    p.timeline__when { time datetime=(event.at) { (event.when) } }
                }
            }
        }
    }
}
