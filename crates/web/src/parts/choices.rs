//! Fields to choose in: radios, boxes, lists.

use crate::core::Form;
use maud::{Markup, html};

/// One thing to choose.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) value: String,
    /// What people read.
    pub(crate) label: String,
    /// A line under it; may be empty.
    pub(crate) hint: String,
}

impl Choice {
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new() }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// A group of choices.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Choices<'a> {
    pub(crate) name: &'a str,
    /// What is asked.
    pub(crate) legend: &'a str,
    pub(crate) hint: &'a str,
    /// Does the heading above ask it already? Then the legend is for screen readers only.
    pub(crate) quiet: bool,
    /// As large tiles?
    pub(crate) tiles: bool,
}

fn group(form: &Form<'_>, field: &Choices<'_>, many: bool, choices: &[Choice]) -> Markup {
    let name = field.name;
    let error = form.error(name);
    let (kind, class) = if many { ("checkbox", "usa-checkbox") } else { ("radio", "usa-radio") };
    let input_class = format!(
        "{class}__input{}",
        if field.tiles { format!(" {class}__input--tile") } else { String::new() }
    );
    html! {
        div.usa-form-group.usa-form-group--error[error.is_some()] {
            fieldset.usa-fieldset #(name) tabindex="-1" aria-describedby=[described(name, field.hint, error)] {
                legend class=(if field.quiet { "usa-sr-only" } else { "usa-legend usa-legend--field" }) { (field.legend) }
                @if !field.hint.is_empty() { span.usa-hint id={ (name) "-hint" } { (field.hint) } }
                @if let Some(error) = error { span.usa-error-message id={ (name) "-error" } { (error) } }
                @for (n, choice) in choices.iter().enumerate() {
                    @let id = format!("{name}-{n}");
                    div class=(class) {
                        input class=(input_class) #(id) type=(kind) name=(name) value=(choice.value)
                            checked[form.fields.has(name, &choice.value)]
                            aria-describedby=[(!choice.hint.is_empty()).then(|| format!("{id}-hint"))];
                        label class={ (class) "__label" } for=(id) { (choice.label) }
                        @if !choice.hint.is_empty() {
                            div.choice-hint id={ (id) "-hint" } { (choice.hint) }
                        }
                    }
                }
            }
        }
    }
}

/// What describes a field: its hint and its error.
pub(super) fn described(name: &str, hint: &str, error: Option<&str>) -> Option<String> {
    let parts: Vec<String> = [(!hint.is_empty(), "hint"), (error.is_some(), "error")]
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, what)| format!("{name}-{what}"))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// One of several.
pub(crate) fn radios(form: &Form<'_>, field: &Choices<'_>, choices: &[Choice]) -> Markup {
    group(form, field, false, choices)
}

/// Any of several.
pub(crate) fn checkboxes(form: &Form<'_>, field: &Choices<'_>, choices: &[Choice]) -> Markup {
    group(form, field, true, choices)
}

/// One box: `name` is sent as `yes` when it is ticked.
pub(crate) fn tick(form: &Form<'_>, name: &str, label: &str, hint: &str) -> Markup {
    let error = form.error(name);
    html! {
        div.usa-checkbox {
            @if let Some(error) = error { span.usa-error-message id={ (name) "-error" } { (error) } }
            input.usa-checkbox__input #(name) type="checkbox" name=(name) value="yes"
                checked[form.fields.ticked(name)] aria-describedby=[described(name, hint, error)];
            label.usa-checkbox__label for=(name) { (label) }
            @if !hint.is_empty() { div.choice-hint id={ (name) "-hint" } { (hint) } }
        }
    }
}

/// One of a list. The first of `choices` may have an empty value: nothing chosen.
pub(crate) fn select(form: &Form<'_>, field: &Choices<'_>, choices: &[Choice]) -> Markup {
    let name = field.name;
    let error = form.error(name);
    html! {
        div.usa-form-group.usa-form-group--error[error.is_some()] {
            label.usa-label.usa-label--error[error.is_some()] for=(name) { (field.legend) }
            @if !field.hint.is_empty() { span.usa-hint id={ (name) "-hint" } { (field.hint) } }
            @if let Some(error) = error { span.usa-error-message id={ (name) "-error" } { (error) } }
            select.usa-select #(name) name=(name) aria-describedby=[described(name, field.hint, error)] {
                @for choice in choices {
                    option value=(choice.value) selected[form.value(name) == choice.value] { (choice.label) }
                }
            }
        }
    }
}
