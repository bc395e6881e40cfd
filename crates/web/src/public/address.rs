//! A postal address: asked for on the form and on the inquiry's page.

use crate::core::{Ctx, Fields, Form};
use crate::parts::{Input, input};
use domain::person::PostAddress;
use maud::{Markup, html};

/// The fields, as they are called in the form.
const NAMES: [&str; 5] = ["post_street", "post_unit", "post_city", "post_state", "post_zip"];

/// What was typed; none when nothing was; `Err` when it is no address.
pub(super) fn read(fields: &Fields) -> Result<Option<PostAddress>, ()> {
    let [street, unit, city, state, zip] = NAMES.map(|name| fields.get(name));
    if [street, unit, city, state, zip].iter().all(|text| text.is_empty()) {
        return Ok(None);
    }
    PostAddress::new(street, unit, city, state, zip).map(Some).ok_or(())
}

/// The same fields with an address in them.
pub(super) fn filled(fields: &mut Fields, to: &PostAddress) {
    let unit = to.unit.as_deref().unwrap_or_default();
    for (name, text) in NAMES.into_iter().zip([&to.street, unit, &to.city, &to.state, &to.zip]) {
        fields.set(name, text);
    }
}

/// The fields to type in.
pub(super) fn fields(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    let longest = PostAddress::LONGEST;
    html! {
        fieldset.usa-fieldset {
            legend.usa-legend.usa-legend--field { (t.say("public-address")) }
            span.usa-hint { (t.say("public-address-hint")) }
            (input(form, &Input { name: "post_street", label: &t.say("public-address-street"), autocomplete: "address-line1",
                longest, verbatim: true, ..Input::default() }))
            (input(form, &Input { name: "post_unit", label: &t.say("public-address-unit"), autocomplete: "address-line2",
                longest, verbatim: true, ..Input::default() }))
            (input(form, &Input { name: "post_city", label: &t.say("public-address-city"), autocomplete: "address-level2",
                longest, verbatim: true, ..Input::default() }))
            (input(form, &Input { name: "post_state", label: &t.say("public-address-state"), hint: &t.say("public-address-state-hint"),
                autocomplete: "address-level1", longest: 2, size: "small", verbatim: true, ..Input::default() }))
            (input(form, &Input { name: "post_zip", label: &t.say("public-address-zip"), autocomplete: "postal-code",
                inputmode: "numeric", longest: 5, size: "small", verbatim: true, ..Input::default() }))
        }
    }
}
