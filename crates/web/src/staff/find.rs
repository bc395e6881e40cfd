//! An inquiry by the number its person carries.

use super::frame::{Seat, Tab};
use crate::{
    core::WebError,
    parts::{Alert, alert},
};
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::Action,
    number::{InquiryNumber, NumberError},
};
use locale::Tongue;
use maud::html;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    number: String,
}

/// What is wrong with a number that was typed.
pub(super) fn fault(t: &Tongue, error: NumberError) -> String {
    match error {
        NumberError::NotEightDigits => t.say("staff-number-not-eight"),
        NumberError::WrongCheckDigit => t.say("staff-number-wrong-digit"),
    }
}

/// Opens it, or says what is wrong with the number. Whether an inquiry exists is only told to those who may read it.
pub(super) async fn find(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    seat.may(Action::ReadInquiry, None)?;
    let t = seat.t();
    let wrong = match asked.number.trim().parse::<InquiryNumber>() {
        Ok(number) => match seat.ctx.app.desk.store().inquiry_numbered(number).await? {
            Some(_) => {
                let to = seat.ctx.url(&format!("/staff/inquiry/{}", number.digits()));
                return Ok(Redirect::to(&to).into_response());
            }
            None => t.say("staff-number-unknown"),
        },
        Err(error) => fault(t, error),
    };
    let body = html! {
        (alert(Alert::Error, "", &html! { p { (wrong) } }))
        @if seat.can(Action::TakeDown, None) {
            p { a.usa-link href=(seat.ctx.url("/staff/find/person")) { (t.say("intake-find")) } }
        }
    };
    let page = seat.page(t.say("staff-find-title"), Tab::None, body);
    Ok((StatusCode::NOT_FOUND, page.render(&seat.ctx)).into_response())
}
