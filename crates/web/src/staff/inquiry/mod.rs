//! One inquiry: the matter, the person, the story, and what can be done now.

mod act;
pub(super) mod advice;
pub(super) mod apart;
mod asked_review;
mod brief;
mod contact;
pub(super) mod correct;
pub(super) mod delegates;
mod dial;
mod elsewhere;
mod forms;
mod matter;
mod places;
mod preview;
pub(super) mod proof;
pub(super) mod protect;
mod recordings;
mod run;
mod sooner;
mod story;
mod told;
mod view;
mod who;

pub(super) use act::Act;
pub(super) use brief::brief;
pub(super) use run::act;

use super::{frame::Seat, fresh};
use crate::core::WebError;
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Response},
};
use desk::DeskError;
use domain::{access::Action, inquiry::Inquiry, number::InquiryNumber};
use maud::Markup;
use serde::Deserialize;
use view::Shown;

/// The number in the address.
#[derive(Debug, Deserialize)]
pub(super) struct Numbered {
    pub(super) number: String,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// The act that has just been done.
    #[serde(default)]
    did: String,
    /// For news: the version that the page shows.
    #[serde(default)]
    version: u64,
}

/// Opens the inquiry with this number. Reading it is journalled.
async fn open(seat: &Seat, number: &str) -> Result<Inquiry, WebError> {
    seat.may(Action::ReadInquiry, None)?;
    let found = find(seat, number).await?;
    Ok(seat.ctx.app.desk.open_inquiry(&seat.caller_once(), found.id).await?)
}

/// The inquiry with this number.
pub(super) async fn find(seat: &Seat, number: &str) -> Result<Inquiry, WebError> {
    let number: InquiryNumber = number.parse().map_err(|_| WebError::NotFound)?;
    seat.ctx.app.desk.store().inquiry_numbered(number).await?.ok_or(WebError::NotFound)
}

pub(super) async fn page(
    seat: Seat,
    Path(at): Path<Numbered>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let inquiry = match open(&seat, &at.number).await {
        Err(WebError::Desk(DeskError::Erased(erased))) => {
            return Ok(super::retention::tombstone(&seat, &at.number, &erased));
        }
        other => other?,
    };
    let (did, corrected) = (Act::from_code(&asked.did), asked.did == "corrected");
    Ok(view::show(&seat, &inquiry, Shown { did, corrected, ..Shown::default() }).await?.into_response())
}

/// Has the inquiry moved on since the page was made? Nothing of it is told, so nothing is read.
pub(super) async fn news(
    seat: Seat,
    Path(at): Path<Numbered>,
    Query(asked): Query<Asked>,
) -> Result<Markup, WebError> {
    seat.may(Action::ReadInquiry, None)?;
    let inquiry = find(&seat, &at.number).await?;
    seat.may(Action::ReadInquiry, &inquiry)?;
    Ok(news_line(&seat, &inquiry, asked.version, inquiry.version != asked.version))
}

fn news_line(seat: &Seat, inquiry: &Inquiry, version: u64, changed: bool) -> Markup {
    let here = seat.ctx.url(&format!("/staff/inquiry/{}", inquiry.number.digits()));
    let text = changed.then(|| seat.t().say("staff-news-inquiry"));
    fresh::news(seat, &format!("{here}/news?version={version}"), text.as_deref(), &here)
}
