//! The overview: how many are where, what is late, which promises were broken, what the system gave up on, and whether
//! everything holds that must.

use super::{
    checks,
    frame::{Seat, Tab},
    line, review, signs,
};
use crate::core::WebError;
use axum::response::{IntoResponse, Response};
use domain::{
    access::Action,
    inquiry::{Inquiry, Stage},
};
use locale::args;
use maud::{Markup, html};
use store::{Figures, LeasedJob, List, Page as Part};

/// So many of each list at most.
const MOST: u32 = 500;
/// So many jobs that were given up.
const DEAD: u32 = 50;

pub(super) async fn page(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::SeeFigures, None)?;
    show(&seat).await
}

/// Looks anew whether everything holds that must, and says what does not.
pub(super) async fn check(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::SeeFigures, None)?;
    seat.ctx.app.desk.look_over(seat.ctx.now).await?;
    show(&seat).await
}

async fn show(seat: &Seat) -> Result<Response, WebError> {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let store = ctx.app.desk.store();
    let figures = store.figures(ctx.now).await?;
    let dead = store.dead_jobs(DEAD).await?;
    let calls = store.list(&List::Callbacks { officer: None, to: ctx.now }, Part::first(MOST)).await?.rows;
    let broken: Vec<Inquiry> =
        calls.into_iter().filter(|i| i.callback().is_some_and(|c| c.is_broken(ctx.now))).collect();
    let checks = checks::Shown::of(seat).await?;
    let body = html! {
        (stages(seat, &figures))
        (promises(seat, &broken))
        (line::announcements::summary(seat).await)
        (dead_jobs(seat, &dead))
        (checks::section(seat, &checks))
    };
    Ok(seat.page(t.say("staff-overview-title"), Tab::Overview, body).render(ctx).into_response())
}

fn stages(seat: &Seat, figures: &Figures) -> Markup {
    let t = seat.t();
    let lists = seat.can(Action::SeeInquiries, None);
    html! {
        section aria-labelledby="stages" {
            h2 #stages { (t.say("staff-overview-stages")) }
            (review::counts(seat, figures))
            div.desk-scroll role="region" tabindex="0" aria-labelledby="stages-caption" {
                table.usa-table.usa-table--borderless.desk-table {
                    caption #stages-caption { (t.say("staff-overview-caption")) }
                    thead { tr {
                        th scope="col" { (t.say("staff-col-stage")) }
                        th scope="col" { (t.say("staff-col-meaning")) }
                        th scope="col" { (t.say("staff-col-count")) }
                    } }
                    tbody {
                        @for stage in Stage::NAMES.into_iter().filter(|s| *s != "closed") {
                            tr {
                                th scope="row" { (t.say_of("staff-stage", stage)) }
                                td { (t.say_of("staff-meaning", stage)) }
                                td.desk-n { (t.number(figures.by_stage.get(stage).copied().unwrap_or(0).cast_signed())) }
                            }
                        }
                    }
                }
            }
            @if lists {
                ul.desk-links {
                    li { a.usa-link href=(seat.ctx.url("/staff/review")) { (t.say("staff-nav-review")) } }
                    li { a.usa-link href=(seat.ctx.url("/staff/callbacks")) { (t.say("staff-nav-callbacks")) } }
                }
            }
        }
    }
}

fn promises(seat: &Seat, broken: &[Inquiry]) -> Markup {
    let t = seat.t();
    let read = seat.can(Action::SeeInquiries, None);
    html! {
        section aria-labelledby="broken" {
            h2 #broken { (t.say("staff-broken-title")) }
            @if broken.is_empty() {
                p { span aria-hidden="true" { "✓ " } (t.say("staff-broken-none")) }
            } @else {
                p.desk-late { strong { span aria-hidden="true" { "⚠ " }
                    (t.say_with("staff-broken-count", &args! { "n" => i64::try_from(broken.len()).unwrap_or(0) })) } }
                // Whoever sees figures alone sees no names and no numbers.
                @if read {
                    ul {
                        @for inquiry in broken {
                            @if let Some(callback) = inquiry.callback() {
                                li { (signs::number(seat, inquiry)) " · " (signs::due(seat, Some(callback.due()))) " · "
                                    (signs::window(seat, &callback.window)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn dead_jobs(seat: &Seat, dead: &[LeasedJob]) -> Markup {
    let t = seat.t();
    html! {
        section aria-labelledby="dead" {
            h2 #dead { (t.say("staff-dead-title")) }
            @if dead.is_empty() {
                p { span aria-hidden="true" { "✓ " } (t.say("staff-dead-none")) }
            } @else {
                div.desk-scroll role="region" tabindex="0" aria-labelledby="dead-caption" {
                    table.usa-table.usa-table--borderless.desk-table {
                        caption #dead-caption { (t.say("staff-dead-caption")) }
                        thead { tr {
                            th scope="col" { (t.say("staff-col-job")) }
                            th scope="col" { (t.say("staff-col-due")) }
                            th scope="col" { (t.say("staff-col-tries")) }
                            th scope="col" { (t.say("staff-col-why")) }
                        } }
                        tbody {
                            @for job in dead {
                                tr {
                                    th scope="row" { (t.say_of("staff-job", job.kind.as_str())) }
                                    td { (signs::ago(seat, job.due)) }
                                    td.desk-n { (t.number(i64::from(job.attempts))) }
                                    td { code { (job.why.as_deref().unwrap_or("–")) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
