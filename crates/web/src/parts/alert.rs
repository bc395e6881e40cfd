//! A box that says something apart from the text around it.

use maud::{Markup, html};

/// What kind of box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alert {
    /// Good to know.
    Info,
    /// It worked.
    Success,
    /// Take care.
    Warning,
    /// Something went wrong.
    Error,
}

/// A box. `heading` may be empty. Its heading is a second-level one.
pub(crate) fn alert(kind: Alert, heading: &str, body: &Markup) -> Markup {
    let class = match kind {
        Alert::Info => "usa-alert usa-alert--info",
        Alert::Success => "usa-alert usa-alert--success",
        Alert::Warning => "usa-alert usa-alert--warning",
        Alert::Error => "usa-alert usa-alert--error",
    };
    html! {
        div class=(class) {
            div.usa-alert__body {
                @if !heading.is_empty() { h2.usa-alert__heading { (heading) } }
                div.usa-alert__text { (body) }
            }
        }
    }
}
