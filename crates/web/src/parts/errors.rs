//! The summary of what is wrong, above a form.

use crate::core::{Ctx, Errors};
use maud::{Markup, html};

/// What is wrong, each with a link to its field. Nothing when nothing is.
pub(crate) fn error_summary(ctx: &Ctx, errors: &Errors) -> Markup {
    if errors.is_empty() {
        return html! {};
    }
    html! {
        div.usa-alert.usa-alert--error #errors role="alert" tabindex="-1" data-focus {
            div.usa-alert__body {
                h2.usa-alert__heading { (ctx.t().say("web-errors")) }
                ul.usa-list {
                    @for (field, sentence) in errors.iter() {
                        li { a.usa-link href={ "#" (field) } { (sentence) } }
                    }
                }
            }
        }
    }
}
