//! The print room: letters that wait, one document with all of them, and the word that they are in the post.

use super::{
    frame::{Seat, Tab},
    signs,
};
use crate::core::{Fields, WebError};
use crate::parts::{self, Alert, alert};
use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use domain::access::Action;
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// When the page was made, in microseconds: what came later is of the next batch.
    #[serde(default)]
    until: Option<i64>,
    /// How many were posted a moment ago.
    posted: Option<u32>,
}

fn until(seat: &Seat, asked: Option<i64>) -> Timestamp {
    asked.and_then(|at| Timestamp::from_microsecond(at).ok()).unwrap_or(seat.ctx.now)
}

pub(super) async fn page(seat: Seat, Query(asked): Query<Asked>) -> Result<Markup, WebError> {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let letters = ctx.app.desk.letters(&seat.caller_once(), ctx.now).await?;
    let until = ctx.now.as_microsecond();
    let printed = letters.iter().filter(|letter| !letter.outdated).count();
    let body = html! {
        @if let Some(posted) = asked.posted {
            (alert(Alert::Success, "", &html! { (t.say_with("staff-post-done", &args! { "n" => i64::from(posted) })) }))
        }
        @if letters.is_empty() {
            div.desk-empty { p { strong { (t.say("staff-post-empty")) } } p { (t.say("staff-post-empty-next")) } }
        } @else {
            ol {
                li { (t.say("staff-post-print")) }
                li { (t.say("staff-post-fold")) }
                li { (t.say("staff-post-say")) }
            }
            div.desk-tools {
                @if printed > 0 {
                    a.usa-button href=(ctx.url(&format!("/staff/post/letters.pdf?until={until}"))) {
                        (t.say_with("staff-post-download", &args! { "n" => i64::try_from(printed).unwrap_or(0) })) }
                }
                form method="post" action=(ctx.url("/staff/post/posted")) {
                    (parts::key(ctx))
                    input type="hidden" name="until" value=(until);
                    button.usa-button.usa-button--outline type="submit" { (t.say("staff-post-posted")) }
                }
            }
            div.desk-scroll role="region" tabindex="0" aria-labelledby="post-caption" {
                table.usa-table.usa-table--borderless.desk-table {
                    caption #post-caption { (t.say("staff-post-caption")) }
                    thead { tr {
                        th scope="col" { (t.say("staff-col-person")) }
                        th scope="col" { (t.say("staff-post-letter")) }
                        th scope="col" { (t.say("staff-post-waits")) }
                        th scope="col" { (t.say("staff-col-number")) }
                    } }
                    tbody {
                        @for letter in &letters {
                            tr {
                                th scope="row" { bdi { (letter.inquiry.name.full().reveal()) } }
                                td { (t.say_of("staff-notice", letter.notice.kind.as_str()))
                                    @if letter.outdated { br; span.quiet { (t.say("staff-post-outdated")) } } }
                                td { (signs::ago(&seat, letter.notice.queued_at)) }
                                td { (signs::number(&seat, &letter.inquiry)) }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(seat.page(t.say("staff-post-title"), Tab::Post, body).render(ctx))
}

pub(super) async fn letters(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let until = until(&seat, asked.until);
    let Some(pages) = seat.ctx.app.desk.print_letters(&seat.caller_once(), until).await? else {
        return Ok(Redirect::to(&seat.ctx.url("/staff/post")).into_response());
    };
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        // No name and no number in the file's name: it stays in a folder.
        (header::CONTENT_DISPOSITION, "attachment; filename=\"letters.pdf\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, pages).into_response())
}

pub(super) async fn posted(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::PrintLetters, None)?;
    let until = until(&seat, fields.get("until").parse().ok());
    let posted = seat.ctx.app.desk.post_letters(&seat.caller(fields.key("posted")), until).await?;
    Ok(Redirect::to(&seat.ctx.url(&format!("/staff/post?posted={posted}"))).into_response())
}
