//! Coming earlier: the person asks for it, and takes or leaves the place that is offered.

use super::{back, done, path};
use crate::core::{
    Ctx, Errors, Fields, Form, Page, WebError,
    proof::{self, Own},
};
use crate::parts::{
    Alert, Choice, Choices, DateField, Typed, alert, date, error_summary, key, post_button, radios, read_date,
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{calendar::Zone, delegate::DelegateAct, earlier::Wish, inquiry::Inquiry, refusal::Refusal};
use jiff::{ToSpan, civil::Date};
use locale::args;
use maud::{Markup, html};

/// How long before they can ask to know, in hours.
const NOTICES: [u16; 4] = [2, 24, 48, 96];

/// What is offered now, at the top of the page: the person has to answer.
pub(super) fn offered(ctx: &Ctx, inquiry: &Inquiry) -> Markup {
    let t = ctx.t();
    let Some(offer) = inquiry.offer().filter(|offer| ctx.now < offer.until) else { return html! {} };
    let moment = |at| t.moment(at, offer.zone.name(), ctx.now);
    let office = ctx.app.desk.pack().office(&offer.opening.office);
    let body = html! {
        p { strong { (t.opening(&moment(offer.opening.start))) } @if let Some(office) = office { ", " (office.name) } }
        p { (t.say_with("public-earlier-until", &args! { "until" => moment(offer.until) })) }
        @if let Some(visit) = inquiry.appointment() {
            p { (t.say_with("public-earlier-instead", &args! { "moment" => moment(visit.start) })) }
        }
        div.actions {
            (post_button(ctx, &ctx.url(&path(inquiry, "/visit/earlier/take")), &t.say("public-earlier-take"), ""))
            (post_button(ctx, &ctx.url(&path(inquiry, "/visit/earlier/leave")), &t.say("public-earlier-leave"), "usa-button--outline"))
        }
    };
    alert(Alert::Warning, &t.say("public-earlier-offered"), &body)
}

/// Whether they wait for an earlier time, and the way to say so.
pub(super) fn section(ctx: &Ctx, inquiry: &Inquiry) -> Markup {
    let t = ctx.t();
    let here = inquiry.could_come_earlier().filter(|_| ctx.app.desk.offers_earlier());
    let office = here.and_then(|here| ctx.app.desk.pack().office(here.office));
    let Some(office) = office else { return html! {} };
    let day = |date: Date| t.on_day(date, office.zone().date(ctx.now));
    let to = ctx.url(&path(inquiry, "/visit/earlier"));
    html! {
        section {
            h3 { (t.say("public-earlier-title")) }
            @if let Some(earlier) = &inquiry.earlier {
                p { (t.say_with("public-earlier-waits", &args! { "from" => day(earlier.wish.from), "until" => day(earlier.wish.until) })) }
                div.actions {
                    a.usa-link href=(to) { (t.say("public-earlier-change")) }
                    (post_button(ctx, &ctx.url(&path(inquiry, "/visit/earlier/stop")), &t.say("public-earlier-stop"), "usa-button--outline"))
                }
            } @else {
                p { (t.say("public-earlier-about")) }
                p { a.usa-link href=(to) { (t.say("public-earlier-ask")) } }
            }
        }
    }
}

/// The office's zone and the last day that could be of use: the day before the visit, or the day of the visit itself.
fn days(ctx: &Ctx, inquiry: &Inquiry) -> Result<(Zone, Date), Refusal> {
    let here = inquiry.could_come_earlier().filter(|_| ctx.app.desk.offers_earlier());
    let here = here.ok_or(Refusal::NotOffered)?;
    let office = ctx.app.desk.pack().office(here.office).ok_or(Refusal::NoSuchOffice)?;
    let zone = office.zone().clone();
    let horizon = i64::from(ctx.app.desk.pack().line().visits.horizon_days);
    let last = here.than.map_or(zone.date(ctx.now).saturating_add(horizon.days()), |than| zone.date(than));
    Ok((zone, last))
}

pub(super) async fn ask(ctx: Ctx, Path((_, number)): Path<(String, String)>) -> Result<Markup, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Visit).await?;
    let (zone, last) = days(&ctx, &own.inquiry)?;
    let wish = own.inquiry.earlier.as_ref().map(|earlier| earlier.wish.clone());
    let wish = wish.unwrap_or(Wish { from: zone.date(ctx.now), until: last, notice_hours: 24 });
    let mut fields = Fields::default();
    for (name, day) in [("from", wish.from), ("until", wish.until)] {
        fields.set(&format!("{name}_year"), day.year().to_string());
        fields.set(&format!("{name}_month"), day.month().to_string());
        fields.set(&format!("{name}_day"), day.day().to_string());
    }
    fields.set("notice", wish.notice_hours.to_string());
    Ok(form(&ctx, &own, &fields, &Errors::none()))
}

fn form(ctx: &Ctx, own: &Own, fields: &Fields, errors: &Errors) -> Markup {
    let (t, inquiry) = (ctx.t(), &own.inquiry);
    let form = Form::new(fields, errors);
    let notices: Vec<Choice> = NOTICES
        .iter()
        .map(|hours| {
            let label = t.say_with("public-earlier-hours", &args! { "hours" => i64::from(*hours) });
            Choice::new(hours.to_string(), label)
        })
        .collect();
    let body = html! {
        (error_summary(ctx, errors))
        p { (t.say("public-earlier-how")) }
        form method="post" action=(ctx.url(&path(inquiry, "/visit/earlier"))) novalidate {
            (key(ctx))
            (date(ctx, &form, &DateField { name: "from", legend: &t.say("public-earlier-from"), ..DateField::default() }))
            (date(ctx, &form, &DateField { name: "until", legend: &t.say("public-earlier-to"), ..DateField::default() }))
            (radios(&form, &Choices { name: "notice", legend: &t.say("public-earlier-notice"), ..Choices::default() }, &notices))
            button.usa-button type="submit" { (t.say("public-earlier-send")) }
        }
    };
    Page::new(t.say("public-earlier-title"), body).above(back(ctx, inquiry)).no_switch().render(ctx)
}

pub(super) async fn keep(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Visit).await?;
    let (zone, _) = days(&ctx, &own.inquiry)?;
    let mut errors = Errors::none();
    let t = ctx.t();
    let mut day = |name: &str, fault: String| {
        if let Typed::Date(day) = read_date(&fields, name) {
            return Some(day);
        }
        errors.add(name, fault);
        None
    };
    let from = day("from", t.say("public-earlier-wrong-from"));
    let until = day("until", t.say("public-earlier-wrong-until"));
    let notice = fields.get("notice").parse::<u16>().ok().filter(|hours| NOTICES.contains(hours));
    if let (Some(from), Some(until)) = (from, until)
        && (until < from || until < zone.date(ctx.now))
    {
        errors.add("until", ctx.t().say("public-earlier-wrong-order"));
    }
    if notice.is_none() {
        errors.add("notice", ctx.t().say("public-earlier-wrong-notice"));
    }
    let (Some(from), Some(until), Some(notice_hours), true) = (from, until, notice, errors.is_empty()) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&ctx, &own, &fields, &errors)).into_response());
    };
    let caller = ctx.caller(own.who(), fields.key("earlier"));
    let wish = Wish { from, until, notice_hours };
    ctx.app.desk.ask_earlier(&caller, own.inquiry.id, &wish, None).await?;
    Ok(done(&ctx, &own.inquiry, "earlier-asked"))
}

pub(super) async fn stop(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Visit).await?;
    let caller = ctx.caller(own.who(), fields.key("earlier-stop"));
    ctx.app.desk.stop_earlier(&caller, own.inquiry.id).await?;
    Ok(done(&ctx, &own.inquiry, "earlier-stopped"))
}

pub(super) async fn take(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Visit).await?;
    let caller = ctx.caller(own.who(), fields.key("earlier-take"));
    ctx.app.desk.take_earlier(&caller, own.inquiry.id).await?;
    Ok(done(&ctx, &own.inquiry, "earlier-taken"))
}

pub(super) async fn leave(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let own = proof::own_or(&ctx, &number, DelegateAct::Visit).await?;
    let caller = ctx.caller(own.who(), fields.key("earlier-leave"));
    ctx.app.desk.decline_earlier(&caller, own.inquiry.id).await?;
    Ok(done(&ctx, &own.inquiry, "earlier-left"))
}
