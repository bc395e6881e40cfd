//! The person of an inquiry is protected: said here with the ways of writing to them that are safe, and taken back here.

use super::{
    Numbered,
    apart::{back, missing, refused},
    open,
    view::View,
};
use crate::{
    core::{Fields, WebError},
    parts::{self, Alert, Choice, Choices, alert},
    staff::{
        frame::{Seat, Tab},
        signs,
    },
};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::{Action, sees},
    actor::Right,
    codes::ClassCode,
    guard::Protected,
    notice::Carrier,
};
use maud::{Markup, html};

pub(super) fn show(view: &View<'_>) -> Markup {
    let (seat, inquiry) = (view.seat, view.inquiry);
    let t = seat.t();
    let classes = &seat.ctx.app.desk.pack().agency().protected;
    let to = |what: &str| seat.ctx.url(&format!("/staff/inquiry/{}/{what}", inquiry.number.digits()));
    let protected = inquiry.guard.protected.as_ref();
    html! {
        @if let Some(protected) = protected { (said(view, protected)) }
        @if !classes.is_empty() && seat.can(Action::Protect, inquiry) {
            details #protect open[view.shown.typed.0.contains_key("class")] {
                summary { @if protected.is_some() { (t.say("guard-protect-change")) } @else { (t.say("guard-protect")) } }
                p { (t.say("guard-protect-then")) }
                @if !seat.me.staff.has(Right::Protected) { p { strong { (t.say("guard-protect-blind")) } } }
                form method="post" action=(to("protect")) {
                    (parts::key(&seat.ctx))
                    (fields(view, protected))
                    button.usa-button.usa-button--outline.desk-small type="submit" { (t.say("guard-protect-do")) }
                }
            }
        }
        @if protected.is_some() && seat.can(Action::Unprotect, inquiry) {
            details { summary { (t.say("guard-unprotect")) }
                p { (t.say("guard-unprotect-then")) }
                (parts::post_button(&seat.ctx, &to("unprotect"), &t.say("guard-unprotect-do"), "usa-button--outline"))
            }
        }
    }
}

/// By which class, and which ways of writing to them are safe.
fn fields(view: &View<'_>, protected: Option<&Protected>) -> Markup {
    let seat = view.seat;
    let t = seat.t();
    let classes = &seat.ctx.app.desk.pack().agency().protected;
    let mut choices = vec![Choice::new("", t.say("staff-choose"))];
    choices.extend(
        classes.iter().map(|class| Choice::new(class.code.as_str(), class.name.in_lang(&seat.ctx.lang))),
    );
    let mut typed = view.shown.typed.clone();
    if let Some(protected) = protected.filter(|_| typed.get("class").is_empty()) {
        typed.set("class", protected.class.as_str());
        let safe = protected.safe.iter().map(|by| by.as_str().to_owned()).collect();
        typed.0.insert("safe".to_owned(), safe);
    }
    let ways = Carrier::WRITTEN.map(|by| Choice::new(by.as_str(), t.say_of("staff-carrier", by.as_str())));
    let form = crate::core::Form::new(&typed, &view.shown.errors);
    let (class, safe, hint) =
        (t.say("guard-protect-class"), t.say("guard-protect-safe"), t.say("guard-protect-safe-hint"));
    html! {
        (parts::select(&form, &Choices { name: "class", legend: &class, ..Choices::default() }, &choices))
        (parts::checkboxes(&form, &Choices { name: "safe", legend: &safe, hint: &hint, ..Choices::default() }, &ways))
    }
}

fn said(view: &View<'_>, protected: &Protected) -> Markup {
    let seat = view.seat;
    let t = seat.t();
    let class = seat.ctx.app.desk.pack().agency().protected(&protected.class);
    let name = class
        .map_or_else(|| protected.class.to_string(), |class| class.name.in_lang(&seat.ctx.lang).to_owned());
    let safe: Vec<String> = protected.safe.iter().map(|by| t.say_of("staff-carrier", by.as_str())).collect();
    html! {
        div.desk-note {
            p { strong { (t.say("guard-protected")) } " " bdi { (name) } ", " (signs::ago(seat, protected.at)) }
            p { (t.say("guard-protected-safe")) " "
                @if safe.is_empty() { (t.say("guard-protected-never")) } @else { (t.list(&safe)) } }
            p { (t.say("guard-protected-about")) }
        }
    }
}

pub(in crate::staff) async fn protect(
    seat: Seat,
    Path(at): Path<Numbered>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::Protect, None)?;
    let inquiry = open(&seat, &at.number).await?;
    let Ok(class) = fields.get("class").parse::<ClassCode>() else {
        return missing(&seat, &inquiry, fields).await;
    };
    let ticked = fields.all("safe");
    let safe = Carrier::WRITTEN.into_iter().filter(|by| ticked.iter().any(|t| t == by.as_str())).collect();
    let caller = seat.caller(fields.key("protect"));
    match seat.ctx.app.desk.protect(&caller, inquiry.id, &class, &safe).await {
        Ok(after) if sees(&seat.me.staff, &after) => Ok(back(&seat, &inquiry)),
        Ok(_) => Ok(Redirect::to(&seat.ctx.url("/staff/protected")).into_response()),
        Err(error) => refused(&seat, &inquiry, fields, error).await,
    }
}

/// It is done; whoever did it has not the right to see such people.
pub(in crate::staff) async fn done(seat: Seat) -> Response {
    let t = seat.t();
    let body = html! { div role="status" { (alert(Alert::Success, "", &html! { p { (t.say("guard-protect-done")) } })) } };
    seat.page(t.say("guard-protect-title"), Tab::None, body).render(&seat.ctx).into_response()
}

pub(in crate::staff) async fn unprotect(
    seat: Seat,
    Path(at): Path<Numbered>,
    fields: Fields,
) -> Result<Response, WebError> {
    seat.may(Action::Unprotect, None)?;
    let inquiry = open(&seat, &at.number).await?;
    let caller = seat.caller(fields.key("unprotect"));
    match seat.ctx.app.desk.unprotect(&caller, inquiry.id).await {
        Ok(_) => Ok(back(&seat, &inquiry)),
        Err(error) => refused(&seat, &inquiry, fields, error).await,
    }
}
