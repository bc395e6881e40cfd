//! The review list: what an officer must look at, the most urgent first.

use super::{
    frame::{Seat, Tab},
    fresh, signs,
};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Choice, Choices},
};
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use domain::{
    access::{Action, sees},
    codes::OfficeCode,
    inquiry::{Inquiry, Stage},
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;
use store::{List, Page as Part};

/// Rows on one page.
const ROWS: u32 = 50;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    office: String,
    #[serde(default)]
    page: u32,
    /// For news: when the page that asks was made, in microseconds.
    #[serde(default)]
    since: i64,
}

impl Asked {
    fn office(&self) -> Option<OfficeCode> {
        self.office.parse().ok()
    }

    /// The address of the list with these choices.
    fn to(&self, seat: &Seat, page: u32) -> String {
        let office = self.office().map(|o| format!("office={o}&")).unwrap_or_default();
        seat.ctx.url(&format!("/staff/review?{office}page={page}"))
    }
}

/// Since when a row waits in this list.
pub(super) fn since(inquiry: &Inquiry) -> Timestamp {
    match &inquiry.stage {
        Stage::Review { since, .. } | Stage::Unreached { since, .. } | Stage::ToBook { since, .. } => *since,
        Stage::Spoken { at, .. } => *at,
        _ => inquiry.opened,
    }
}

pub(super) async fn page(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    seat.may(Action::SeeInquiries, None)?;
    let (t, ctx) = (seat.t(), &seat.ctx);
    let store = ctx.app.desk.store();
    let list = List::Review { office: asked.office() };
    let part = Part { offset: asked.page.saturating_mul(ROWS), limit: ROWS };
    let rows = store.list(&list, part).await?;
    let figures = store.figures(ctx.now).await?;
    let body = html! {
        (counts(&seat, &figures))
        (filter(&seat, &asked))
        (news_line(&seat, &asked, ctx.now, None))
        @if rows.rows.is_empty() {
            (empty(&seat, &asked))
        } @else {
            (table(&seat, &rows.rows))
            (signs::pager(&seat, asked.page, rows.more, |page| asked.to(&seat, page)))
        }
    };
    Ok(seat.page(t.say("staff-review-title"), Tab::Review, body).live().render(ctx).into_response())
}

/// How many are where, and how many are late.
pub(super) fn counts(seat: &Seat, figures: &store::Figures) -> Markup {
    let t = seat.t();
    let of = |stage: &str| figures.by_stage.get(stage).copied().unwrap_or(0);
    html! {
        dl.desk-counts {
            @for stage in ["review", "spoken", "unreached", "to-book", "papers", "promised"] {
                div { dt { (t.say_of("staff-stage", stage)) } dd { (t.number(of(stage).cast_signed())) } }
            }
            div.desk-counts__late[figures.overdue > 0] {
                dt { @if figures.overdue > 0 { span aria-hidden="true" { "⚠ " } } (t.say("staff-overdue")) }
                dd { (t.number(figures.overdue.cast_signed())) }
            }
        }
    }
}

fn filter(seat: &Seat, asked: &Asked) -> Markup {
    let t = seat.t();
    let mut fields = Fields::default();
    fields.set("office", asked.office.as_str());
    let errors = Errors::none();
    let mut choices = vec![Choice::new("", t.say("staff-office-all"))];
    choices.extend(offices(seat));
    let legend = t.say("staff-office-filter");
    html! {
        form.desk-filter action=(seat.ctx.url("/staff/review")) {
            (parts::select(&Form::new(&fields, &errors), &Choices { name: "office", legend: &legend, ..Choices::default() }, &choices))
            button.usa-button.usa-button--outline type="submit" { (t.say("staff-filter")) }
        }
    }
}

/// Every office, by its name.
pub(super) fn offices(seat: &Seat) -> Vec<Choice> {
    let mut offices: Vec<_> = seat.ctx.app.desk.pack().offices().iter().collect();
    offices.sort_by(|a, b| a.name.cmp(&b.name));
    offices.into_iter().map(|o| Choice::new(o.code.as_str(), format!("{} ({})", o.name, o.code))).collect()
}

fn empty(seat: &Seat, asked: &Asked) -> Markup {
    let t = seat.t();
    html! {
        div.desk-empty {
            @if asked.office().is_some() {
                p { strong { (t.say("staff-review-empty-office")) } }
                p { a.usa-link href=(seat.ctx.url("/staff/review")) { (t.say("staff-review-all")) } }
            } @else {
                p { strong { (t.say("staff-review-empty")) } }
                p { (t.say("staff-review-empty-next")) }
            }
        }
    }
}

fn table(seat: &Seat, rows: &[Inquiry]) -> Markup {
    let t = seat.t();
    html! {
        div.desk-scroll role="region" tabindex="0" aria-labelledby="review-caption" {
            table.usa-table.usa-table--borderless.desk-table {
                caption #review-caption { (t.say("staff-review-caption")) }
                thead { tr {
                    th scope="col" { (t.say("staff-col-urgency")) }
                    th scope="col" { (t.say("staff-col-person")) }
                    th scope="col" { (t.say("staff-col-reason")) }
                    th scope="col" { (t.say("staff-col-office")) }
                    th scope="col" { (t.say("staff-col-stage")) }
                    th scope="col" { (t.say("staff-col-since")) }
                    th scope="col" { (t.say("staff-col-due")) }
                    th scope="col" { (t.say("staff-col-number")) }
                } }
                tbody {
                    @for inquiry in rows {
                        tr {
                            td { (signs::urgency(seat, inquiry.urgency)) }
                            th scope="row" { bdi { (inquiry.name.full().reveal()) } }
                            td { (signs::reason(seat, inquiry)) }
                            td { bdi { (seat.office_name(&inquiry.office)) } }
                            td {
                                (t.say_of("staff-stage", inquiry.stage.as_str()))
                                @if inquiry.open_review().is_some() { " · " strong { (t.say("staff-review-mark")) } }
                            }
                            td { (signs::ago(seat, since(inquiry))) }
                            td { (signs::due(seat, inquiry.due())) }
                            td { (signs::number(seat, inquiry)) }
                        }
                    }
                }
            }
        }
    }
}

fn news_line(seat: &Seat, asked: &Asked, made: Timestamp, text: Option<&str>) -> Markup {
    let office = asked.office().map(|o| format!("&office={o}")).unwrap_or_default();
    let page = format!("/staff/review/news?since={}{office}&page={}", made.as_microsecond(), asked.page);
    fresh::news(seat, &seat.ctx.url(&page), text, &asked.to(seat, asked.page))
}

/// How many have come into the list since the page was made.
pub(super) async fn news(seat: Seat, Query(asked): Query<Asked>) -> Result<Markup, WebError> {
    seat.may(Action::SeeInquiries, None)?;
    let made = Timestamp::from_microsecond(asked.since).map_err(|_| WebError::NotFound)?;
    let app = &seat.ctx.app;
    let read = async || {
        let list = List::Review { office: asked.office() };
        app.desk.whole_store().list(&list, Part::first(500)).await.map(|found| found.rows)
    };
    let rows = app.reviewed.read(asked.office(), read).await?;
    let mine = |inquiry: &&Inquiry| since(inquiry) > made && sees(&seat.me.staff, inquiry);
    let new = rows.iter().filter(mine).count();
    let text = (new > 0).then(|| {
        seat.t().say_with("staff-news-review", &args! { "n" => i64::try_from(new).unwrap_or(i64::MAX) })
    });
    Ok(news_line(&seat, &asked, made, text.as_deref()))
}
