//! A representative goes on with their next client, from where the request of the last one is.

use super::{delegates::prove_first, path};
use crate::core::{
    Ctx, WebError,
    proof::{self, Own},
};
use crate::parts::post_button;
use crate::public::request;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use domain::inquiry::Inquiry;
use maud::{Markup, html};

/// Is there a representative whose own answers may stand in another form? How somebody protected is reached goes nowhere else.
fn may(inquiry: &Inquiry) -> bool {
    inquiry.request.representative.is_some() && inquiry.guard.protected.is_none()
}

/// The way on, for whoever has shown that the inquiry is theirs: a link alone may be read by others.
pub(super) fn section(ctx: &Ctx, own: &Own) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    html! {
        @if own.is_person() && may(inquiry) && !proof::came_by_message(ctx, inquiry.number) {
            section {
                h2 { (t.say("public-client-title")) }
                p { (t.say("public-client-about")) }
                (post_button(ctx, &ctx.url(&path(inquiry, "/next-client")), &t.say("public-client-do"), "usa-button--outline"))
            }
        }
    }
}

pub(super) async fn begin(ctx: Ctx, Path((_, number)): Path<(String, String)>) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    if !may(&own.inquiry) {
        return Err(WebError::NotFound);
    }
    if let Some(first) = prove_first(&ctx, &own.inquiry, &ctx.t().say("public-client-prove")) {
        return Ok(first);
    }
    let cookie = request::next::carry(&ctx, &own.inquiry).await?;
    Ok(([cookie], Redirect::to(&ctx.url("/request/zip"))).into_response())
}
