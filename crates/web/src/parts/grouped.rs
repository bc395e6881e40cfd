//! One of many, in groups that open: times by day.

use super::choices::{Choice, Choices, described};
use crate::core::Form;
use maud::{Markup, html};

/// Some choices under a heading.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) heading: String,
    /// Is it open without being asked? A group with the chosen one always is.
    pub(crate) open: bool,
    pub(crate) choices: Vec<Choice>,
}

/// One of several in groups. All groups are one field: the arrow keys go through the open ones.
pub(crate) fn grouped_radios(form: &Form<'_>, field: &Choices<'_>, groups: &[Group]) -> Markup {
    let name = field.name;
    let error = form.error(name);
    let chosen = form.value(name);
    html! {
        div.usa-form-group.usa-form-group--error[error.is_some()] {
            fieldset.usa-fieldset.grouped #(name) tabindex="-1" aria-describedby=[described(name, field.hint, error)] {
                legend class=(if field.quiet { "usa-sr-only" } else { "usa-legend usa-legend--field" }) { (field.legend) }
                @if !field.hint.is_empty() { span.usa-hint id={ (name) "-hint" } { (field.hint) } }
                @if let Some(error) = error { span.usa-error-message id={ (name) "-error" } { (error) } }
                @for (g, group) in groups.iter().enumerate() {
                    details open[group.open || group.choices.iter().any(|choice| choice.value == chosen)] {
                        summary { (group.heading) }
                        div.grouped__choices {
                            @for (n, choice) in group.choices.iter().enumerate() {
                                @let id = format!("{name}-{g}-{n}");
                                div.usa-radio {
                                    input.usa-radio__input #(id) type="radio" name=(name) value=(choice.value)
                                        checked[choice.value == chosen]
                                        aria-describedby=[(!choice.hint.is_empty()).then(|| format!("{id}-hint"))];
                                    label.usa-radio__label for=(id) { (choice.label) }
                                    @if !choice.hint.is_empty() {
                                        div.choice-hint id={ (id) "-hint" } { (choice.hint) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
