//! A draft as one text, for those who like text.

use super::{One, heading, to, why_not};
use crate::{
    core::{LongFields, WebError},
    parts::{self, Alert, alert},
    staff::frame::{Seat, Tab},
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::DeskError;
use domain::{
    access::Action,
    revision::{Revision, RevisionRefused, RevisionStage, Subject},
};
use locale::args;
use maud::{Markup, html};

pub(in crate::staff) async fn page(seat: Seat, Path(one): Path<One>) -> Result<Response, WebError> {
    seat.may(Action::WritePolicies, None)?;
    let revision = seat.ctx.app.desk.revision(&seat.caller_once(), one.id()?).await?;
    if revision.stage != RevisionStage::Draft {
        return Ok(Redirect::to(&to(&seat, &revision)).into_response());
    }
    Ok(form(&seat, &revision, &revision.text, StatusCode::OK, None))
}

fn form(seat: &Seat, revision: &Revision, text: &str, status: StatusCode, note: Option<Markup>) -> Response {
    let t = seat.t();
    let (about, label) = match &revision.subject {
        Subject::Policy(_) => (t.say("policy-text-about"), t.say("policy-text")),
        Subject::File(file) => {
            let path = file.to_string();
            (t.say_with("pack-text-about", &args! { "path" => path }), t.say("pack-text"))
        }
    };
    let body = html! {
        @if let Some(note) = note { (note) }
        p { (about) }
        form method="post" action={ (to(seat, revision)) "/text" } {
            (parts::key(&seat.ctx))
            input type="hidden" name="seen" value=(revision.version);
            label.usa-label for="text" { (label) }
            textarea.usa-textarea.policy-text #text name="text" rows="40" spellcheck="false" autocapitalize="none" wrap="off"
                dir="ltr" { "\n" (text) }
            button.usa-button type="submit" { (t.say("policy-save")) }
            " " a.usa-link href=(to(seat, revision)) { (t.say("policy-leave")) }
        }
    };
    let page = seat.page(heading(seat, revision), Tab::Policies, body);
    let page = if status == StatusCode::OK { page } else { page.no_switch() };
    (status, page.render(&seat.ctx)).into_response()
}

/// Saves it, whatever is wrong with it: faults are shown on the draft's page.
pub(in crate::staff) async fn save(
    seat: Seat,
    Path(one): Path<One>,
    LongFields(fields): LongFields,
) -> Result<Response, WebError> {
    seat.may(Action::WritePolicies, None)?;
    let id = one.id()?;
    let desk = &seat.ctx.app.desk;
    let text = fields.verbatim("text");
    let seen = fields.get("seen").parse().unwrap_or_default();
    match desk.write_revision(&seat.caller(fields.key("write-policy")), id, seen, text).await {
        Ok(draft) => Ok(Redirect::to(&to(&seat, &draft)).into_response()),
        Err(DeskError::Policy(why)) => {
            // What was typed stays; saved again it goes over what is there now, which the page says.
            let now = desk.revision(&seat.caller_once(), id).await?;
            let note = html! {
                (why_not(&seat, &why))
                @if why == RevisionRefused::Stale { (meanwhile(&seat, &now)) }
            };
            Ok(form(&seat, &now, text, StatusCode::CONFLICT, Some(note)))
        }
        Err(error) => Err(error.into()),
    }
}

/// What somebody else wrote meanwhile, to be looked at before it is written over.
pub(super) fn meanwhile(seat: &Seat, now: &Revision) -> Markup {
    let t = seat.t();
    let says = html! {
        p { (t.say("policy-meanwhile")) }
        p { a.usa-link href=(to(seat, now)) target="_blank" rel="noopener" { (t.say("policy-meanwhile-look")) } }
        details { summary { (t.say("policy-as-text")) } pre.policy-text dir="ltr" { (now.text) } }
    };
    alert(Alert::Warning, "", &says)
}
