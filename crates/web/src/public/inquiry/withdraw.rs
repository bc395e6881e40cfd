//! The person withdraws.

use super::{done, sure};
use crate::core::{Ctx, Fields, WebError, proof};
use axum::{extract::Path, response::Response};
use domain::{
    inquiry::{Inquiry, Stage},
    refusal::Refusal,
};
use maud::{Markup, html};

/// Can it be withdrawn now?
pub(super) const fn may(inquiry: &Inquiry) -> bool {
    !matches!(inquiry.stage, Stage::Closed { .. } | Stage::CheckedIn { .. } | Stage::Calling { .. })
}

pub(super) async fn ask(ctx: Ctx, Path((_, number)): Path<(String, String)>) -> Result<Markup, WebError> {
    let own = proof::own(&ctx, &number).await?;
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    match &inquiry.stage {
        Stage::Closed { .. } => return Err(Refusal::Closed.into()),
        stage if !may(inquiry) => {
            return Err(Refusal::WrongStage { stage: stage.as_str().to_owned() }.into());
        }
        _ => {}
    }
    let says = html! {
        p { (t.say("public-withdraw-then")) }
        p { (t.say("public-withdraw-again")) }
    };
    let button = t.say("public-withdraw");
    Ok(sure(&ctx, inquiry, t.say("public-withdraw-title"), &says, "/withdraw", &button))
}

pub(super) async fn withdraw(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own(&ctx, &number).await?;
    if !fields.ticked("sure") {
        return Err(WebError::BadForm);
    }
    let caller = ctx.caller(own.who(), fields.key("withdraw"));
    ctx.app.desk.withdraw(&caller, own.inquiry.id).await?;
    Ok(done(&ctx, &own.inquiry, "withdrawn"))
}
