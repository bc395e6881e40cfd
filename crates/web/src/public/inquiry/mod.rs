//! A person's own inquiry: where it is, what is promised, what to do, how to change it.

mod calendar;
mod call;
mod calls;
mod choose;
mod closed_day;
mod corrections;
mod delegates;
mod earlier;
mod file;
mod moved;
mod next_client;
mod open;
mod own_time;
mod page;
mod papers;
mod post;
mod received;
mod renew;
mod review;
mod sections;
mod story;
mod texts;
mod visit;
mod withdraw;

use crate::App;
use crate::core::{Ctx, Page};
use axum::{
    Router,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post as posted},
};
use domain::inquiry::Inquiry;
use maud::{Markup, html};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/inquiry", get(open::ask).post(open::prove))
        .route("/inquiry/link", posted(open::resend))
        .route("/inquiry/{number}", get(page::page))
        .route("/inquiry/{number}/received", get(received::page))
        .route("/inquiry/{number}/call/time", get(call::times).post(call::take))
        .route("/inquiry/{number}/call/cancel", get(call::ask_cancel).post(call::cancel))
        .route("/inquiry/{number}/visit/choose", get(own_time::times).post(own_time::take))
        .route("/inquiry/{number}/visit/time", get(visit::times).post(visit::take))
        .route("/inquiry/{number}/visit/cancel", get(visit::ask_cancel).post(visit::cancel))
        .route("/inquiry/{number}/visit/earlier", get(earlier::ask).post(earlier::keep))
        .route("/inquiry/{number}/visit/earlier/take", posted(earlier::take))
        .route("/inquiry/{number}/visit/earlier/leave", posted(earlier::leave))
        .route("/inquiry/{number}/visit/earlier/stop", posted(earlier::stop))
        .route("/inquiry/{number}/visit/confirm", posted(visit::confirm))
        .route("/inquiry/{number}/visit/keep", posted(visit::keep))
        .route("/inquiry/{number}/papers", posted(papers::have))
        .route("/inquiry/{number}/review", get(review::ask).post(review::keep))
        .route("/inquiry/{number}/withdraw", get(withdraw::ask).post(withdraw::withdraw))
        .route("/inquiry/{number}/appointment.ics", get(file::calendar))
        .route("/inquiry/{number}/calendar", posted(calendar::make))
        .route("/inquiry/{number}/calendar/end", posted(calendar::end))
        .route("/inquiry/{number}/correct", get(corrections::ask).post(corrections::keep))
        .route("/inquiry/{number}/post", get(post::ask).post(post::keep))
        .route("/inquiry/{number}/texts", posted(texts::agree))
        .route("/inquiry/{number}/calls", posted(calls::agree))
        .route("/inquiry/{number}/delegates", get(delegates::ask).post(delegates::keep))
        .route("/inquiry/{number}/delegates/{nth}/end", posted(delegates::end))
        .route("/inquiry/{number}/delegates/{nth}/link", get(renew::ask).post(renew::renew))
        .route("/inquiry/{number}/next-client", posted(next_client::begin))
        .route("/inquiry/{number}/leave", posted(open::leave))
}

/// What follows the language in an inquiry's addresses.
fn path(inquiry: &Inquiry, rest: &str) -> String {
    format!("/inquiry/{}{rest}", inquiry.number.digits())
}

/// Back to the inquiry's page, which says what was done.
fn done(ctx: &Ctx, inquiry: &Inquiry, what: &str) -> Response {
    Redirect::to(&ctx.url(&path(inquiry, &format!("?done={what}")))).into_response()
}

/// A link back to the inquiry's page.
fn back(ctx: &Ctx, inquiry: &Inquiry) -> Markup {
    html! { p.back { a.usa-link href=(ctx.url(&path(inquiry, ""))) { (ctx.t().say("web-back")) } } }
}

/// A page that asks whether something is really meant, with one button that does it.
fn sure(ctx: &Ctx, inquiry: &Inquiry, heading: String, says: &Markup, to: &str, button: &str) -> Markup {
    let body = html! {
        (says)
        div.actions {
            form method="post" action=(ctx.url(&path(inquiry, to))) {
                (crate::parts::key(ctx))
                input type="hidden" name="sure" value="yes";
                button.usa-button type="submit" { (button) }
            }
            a.usa-link href=(ctx.url(&path(inquiry, ""))) { (ctx.t().say("public-keep-it")) }
        }
    };
    Page::new(heading, body).above(back(ctx, inquiry)).render(ctx)
}
