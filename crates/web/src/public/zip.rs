//! Asking for a ZIP code, and the office that serves it.

use crate::core::{Ctx, Form};
use crate::parts::{Input, input};
use maud::Markup;
use pack::{Office, Zip};

/// The field `zip`.
pub(super) fn field(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    input(
        form,
        &Input {
            name: "zip",
            label: &t.say("public-zip-label"),
            hint: &t.say("public-zip-hint"),
            autocomplete: "postal-code",
            inputmode: "numeric",
            size: "small",
            longest: 10,
            verbatim: true,
            ..Input::default()
        },
    )
}

/// The office that serves what was typed, or what is wrong with it.
pub(super) fn office<'a>(ctx: &'a Ctx, typed: &str) -> Result<&'a Office, String> {
    let t = ctx.t();
    let zip: Zip = typed.parse().map_err(|_| t.say("public-wrong-zip"))?;
    match ctx.app.desk.pack().office_for_zip(zip) {
        Some(serving) => Ok(serving.office),
        None if zip.is_military() => Err(t.say("public-wrong-zip-military")),
        None => Err(t.say("public-wrong-zip-no-office")),
    }
}
