//! Somebody who has no number at hand is looked for by their name, or by the number at which they are reached. What is typed here is
//! personal: it is sent as a form and stands in no address.

use crate::{
    core::{Errors, Fields, Form, WebError},
    parts,
    staff::{
        frame::{Seat, Tab},
        journal_person::{asked, read},
        signs,
    },
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{access::Action, inquiry::Inquiry};
use maud::{Markup, html};

pub(in crate::staff) async fn page(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::TakeDown, None)?;
    Ok(show(&seat, StatusCode::OK, &Fields::default(), &Errors::none(), None))
}

pub(in crate::staff) async fn find(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::TakeDown, None)?;
    let mut errors = Errors::none();
    let Some(whom) = read(&seat, &fields, &mut errors) else {
        return Ok(show(&seat, StatusCode::UNPROCESSABLE_ENTITY, &fields, &errors, None));
    };
    let found = seat.ctx.app.desk.look_for(&seat.caller_once(), &whom).await?;
    Ok(show(&seat, StatusCode::OK, &fields, &errors, Some(&found)))
}

fn show(
    seat: &Seat,
    status: StatusCode,
    fields: &Fields,
    errors: &Errors,
    found: Option<&[Inquiry]>,
) -> Response {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let body = html! {
        (parts::error_summary(ctx, errors))
        @if let Some(found) = found {
            section aria-labelledby="found" {
                h2 #found { (t.say("journal-person-found")) }
                @if found.is_empty() {
                    p { (t.say("intake-find-none")) " " a.usa-link href=(ctx.url("/staff/intake")) { (t.say("intake-offer-do")) } }
                }
                ul { @for inquiry in found { li { (line(seat, inquiry)) } } }
            }
        }
        p { (t.say("intake-find-about")) }
        form.usa-form method="post" action=(ctx.url("/staff/find/person")) novalidate {
            (asked(seat, &Form::new(fields, errors)))
            button.usa-button type="submit" accesskey="s" { (t.say("staff-find")) " " kbd aria-hidden="true" { "S" } }
        }
    };
    let page = seat.page(t.say("intake-find"), Tab::None, body);
    let page = if found.is_some() || !errors.is_empty() { page.no_switch() } else { page };
    (status, page.render(ctx)).into_response()
}

fn line(seat: &Seat, inquiry: &Inquiry) -> Markup {
    let t = seat.t();
    html! {
        (signs::number(seat, inquiry)) " · " bdi { (signs::name(seat, inquiry)) } " · "
        (signs::reason(seat, inquiry)) " · " (t.say_of("staff-stage", inquiry.stage.as_str()))
        @if let Some(callback) = inquiry.callback() { " · " (signs::window(seat, &callback.window)) }
    }
}
