//! How one gets to an office: what the agency says of the way, and a map to look at.

use crate::core::Ctx;
use maud::{Markup, html};

/// The way there; nothing where the agency says nothing.
pub(crate) fn getting_there(ctx: &Ctx, office: &pack::Office) -> Markup {
    let t = ctx.t();
    let said = office.directions.langs().next().is_some();
    let map = ctx.app.desk.pack().agency().map.as_ref().map(|map| map.to(&office.address()));
    html! {
        @if said { p { (office.directions.in_lang(&ctx.lang)) } }
        // The other server learns which office is looked for, and not from where.
        @if let Some(map) = map {
            p { a.usa-link.usa-link--external href=(map) rel="noreferrer noopener external" { (t.say("public-visit-map")) } }
        }
    }
}
