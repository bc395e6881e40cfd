//! Fields to write in.

use super::choices::described;
use crate::core::Form;
use maud::{Markup, html};

/// A field to write in.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Input<'a> {
    pub(crate) name: &'a str,
    pub(crate) label: &'a str,
    pub(crate) hint: &'a str,
    /// `text` when empty; `tel`, `email`, `password`, `date`.
    pub(crate) kind: &'a str,
    /// What browsers may fill in (WHATWG autofill tokens); `off` when empty.
    pub(crate) autocomplete: &'a str,
    /// `numeric` for digits.
    pub(crate) inputmode: &'a str,
    /// So many characters at most; 0 for no bound.
    pub(crate) longest: usize,
    /// `small`, `medium` or empty: how wide what goes in is.
    pub(crate) size: &'a str,
    /// Is what goes in no prose (a name, a number)? Then nothing checks its spelling.
    pub(crate) verbatim: bool,
}

/// A line to write in. What was typed stands in it again; a password never does.
pub(crate) fn input(form: &Form<'_>, field: &Input<'_>) -> Markup {
    let name = field.name;
    let error = form.error(name);
    let kind = if field.kind.is_empty() { "text" } else { field.kind };
    let mut class = "usa-input".to_owned();
    if !field.size.is_empty() {
        class.push_str(" usa-input--");
        class.push_str(field.size);
    }
    if error.is_some() {
        class.push_str(" usa-input--error");
    }
    html! {
        div.usa-form-group.usa-form-group--error[error.is_some()] {
            label.usa-label.usa-label--error[error.is_some()] for=(name) { (field.label) }
            @if !field.hint.is_empty() { span.usa-hint id={ (name) "-hint" } { (field.hint) } }
            @if let Some(error) = error { span.usa-error-message id={ (name) "-error" } { (error) } }
            input class=(class) #(name) name=(name) type=(kind)
                value=[(kind != "password").then(|| form.value(name))]
                autocomplete=(if field.autocomplete.is_empty() { "off" } else { field.autocomplete })
                inputmode=[Some(field.inputmode).filter(|m| !m.is_empty())]
                maxlength=[Some(field.longest).filter(|n| *n > 0)]
                spellcheck=[field.verbatim.then_some("false")]
                autocapitalize=[(field.verbatim && kind == "text").then_some("none")]
                aria-invalid=[error.map(|_| "true")]
                aria-describedby=[described(name, field.hint, error)];
        }
    }
}

/// Some lines to write in.
pub(crate) fn textarea(form: &Form<'_>, field: &Input<'_>) -> Markup {
    let name = field.name;
    let error = form.error(name);
    html! {
        div.usa-form-group.usa-form-group--error[error.is_some()] {
            label.usa-label.usa-label--error[error.is_some()] for=(name) { (field.label) }
            @if !field.hint.is_empty() { span.usa-hint id={ (name) "-hint" } { (field.hint) } }
            @if let Some(error) = error { span.usa-error-message id={ (name) "-error" } { (error) } }
            textarea.usa-textarea.usa-input--error[error.is_some()] #(name) name=(name) rows="5"
                maxlength=[Some(field.longest).filter(|n| *n > 0)]
                aria-invalid=[error.map(|_| "true")]
                aria-describedby=[described(name, field.hint, error)] { (form.value(name)) }
        }
    }
}
