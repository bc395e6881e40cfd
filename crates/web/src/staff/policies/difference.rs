//! What is different from another version, for whoever must judge it: row by row, word by word.

use super::count;
use crate::staff::frame::Seat;
use locale::args;
use maud::{Markup, html};
use triage::{Comparison, Field, FieldChange, Mark, PartChange, words};

/// What a version changes in the one it would follow.
pub(super) fn show(seat: &Seat, changes: &Comparison, before: &str) -> Markup {
    let t = seat.t();
    let all = changes.schema.len() + changes.rows.len() + changes.examples.len();
    html! {
        section aria-labelledby="difference" {
            h2 #difference { (t.say_with("policy-difference", &args! { "version" => before })) }
            @if all == 0 { p { (t.say("policy-difference-none")) } } @else {
                p { (t.say_with("policy-difference-count", &args! { "n" => count(all) })) }
            }
            (parts(seat, "row", &changes.rows))
            (parts(seat, "schema", &changes.schema))
            (parts(seat, "example", &changes.examples))
        }
    }
}

fn parts(seat: &Seat, kind: &str, changes: &[PartChange]) -> Markup {
    let t = seat.t();
    html! {
        @if !changes.is_empty() {
            h3 { (t.say_of("policy-difference-of", kind)) }
            @for change in changes {
                details.policy-change open[kind == "row"] {
                    summary {
                        strong { (t.say_of("policy-did", change.did.as_str())) } " " code { (change.name) }
                        @if change.moved && !change.fields.is_empty() { " · " (t.say("policy-did-moved")) }
                    }
                    @if !change.fields.is_empty() {
                        dl { @for field in &change.fields { (self::field(seat, field)) } }
                    }
                }
            }
        }
    }
}

fn field(seat: &Seat, change: &FieldChange) -> Markup {
    let t = seat.t();
    let code =
        matches!(change.field, Field::When | Field::Then | Field::Given | Field::Expect | Field::Declared);
    let lang = change.lang.as_ref();
    let says = html! {
        @for (mark, run) in words(&change.old, &change.new) {
            @match mark {
                Mark::Same => (run),
                Mark::Gone => del { span.usa-sr-only { (t.say("policy-word-gone")) " " } (run) },
                Mark::New => ins { span.usa-sr-only { (t.say("policy-word-new")) " " } (run) },
            }
            " "
        }
    };
    html! {
        dt {
            (t.say_of("policy-field", change.field.as_str()))
            @if let Some(lang) = lang { " · " (t.say_of("staff-lang", lang.as_str())) }
        }
        dd lang=[lang] dir="auto" { @if code { code { (says) } } @else { (says) } }
    }
}
