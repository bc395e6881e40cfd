//! "I have them now": the missing papers are there.

use super::done;
use crate::core::{Ctx, Fields, WebError, proof};
use axum::{extract::Path, response::Response};
use domain::delegate::DelegateAct;

pub(super) async fn have(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Papers).await?;
    let caller = ctx.caller(own.who(), fields.key("papers"));
    ctx.app.desk.papers_complete(&caller, own.inquiry.id).await?;
    Ok(done(&ctx, &own.inquiry, "papers"))
}
