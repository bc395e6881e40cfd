//! Forms that do something: their key, and buttons that are forms of their own.

use crate::core::Ctx;
use maud::{Markup, html};

/// The hidden field that names the command: drawn anew each time the form is made.
pub(crate) fn key(ctx: &Ctx) -> Markup {
    html! { input type="hidden" name="_key" value=(ctx.app.desk.dice().token()); }
}

/// A button that sends a form with nothing else in it. `class` is added to the button's (`usa-button--outline`).
pub(crate) fn post_button(ctx: &Ctx, to: &str, label: &str, class: &str) -> Markup {
    html! {
        form method="post" action=(to) {
            (key(ctx))
            button class={ "usa-button " (class) } type="submit" { (label) }
        }
    }
}
