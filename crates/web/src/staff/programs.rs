//! The programs that act here, as administrators see them: which there are, a token for another one, and an end to one.

use super::{
    account::Asked,
    frame::{Seat, Tab},
    signs,
};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Choice, Choices, Input, alert},
};
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    DeskError,
    acts::{CreateToken, Ending, NewToken, TokenRefused},
};
use domain::{
    access::Action,
    account::{AccountRefused, may_let_in},
    actor::Staff,
    ids::{SessionId, StaffId},
    session::{ENDS_SOON_DAYS, Scope, Session},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use locale::args;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// A new token lasts so many days unless another day is written.
const USUAL_DAYS: i64 = 90;
/// The longest name, in characters.
const LONGEST_NAME: usize = 80;

/// Who works here, by what a token knows them.
type Names = BTreeMap<StaffId, String>;

async fn names(seat: &Seat) -> Result<Names, WebError> {
    let all = seat.ctx.app.desk.store().all_staff().await?;
    Ok(all.into_iter().map(|staff| (staff.id, staff.name)).collect())
}

pub(super) async fn list(seat: Seat, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let programs = ctx.app.desk.programs(&seat.caller_once()).await?;
    let names = names(&seat).await?;
    let soon = programs.iter().filter(|session| session.ends_soon(ctx.now)).count();
    let body = html! {
        @if asked.did == "ended" { (alert(Alert::Success, "", &html! { p { (t.say("account-ended")) } })) }
        @if asked.did == "made" { (alert(Alert::Success, "", &html! { p { (t.say("programs-made-before")) } })) }
        @if soon > 0 {
            (alert(Alert::Warning, "", &html! { p { (t.say_with("programs-soon", &args! { "n" => count(soon),
                "days" => ENDS_SOON_DAYS })) } }))
        }
        p { a.usa-link href=(ctx.url("/staff/people")) { (t.say("account-people-back")) } }
        p { (t.say("programs-intro")) }
        p { a.usa-button href=(ctx.url("/staff/programs/new")) { (t.say("programs-new")) } }
        @if programs.is_empty() { p { (t.say("programs-none")) } } @else {
            div.desk-scroll role="region" tabindex="0" aria-labelledby="programs-caption" {
                table.usa-table.usa-table--borderless.desk-table {
                    caption #programs-caption { (t.say_with("programs-caption", &args! { "n" => count(programs.len()) })) }
                    thead { tr {
                        th scope="col" { (t.say("programs-col-name")) }
                        th scope="col" { (t.say("programs-col-for")) }
                        th scope="col" { (t.say("programs-col-may")) }
                        th scope="col" { (t.say("programs-col-made")) }
                        th scope="col" { (t.say("programs-col-ends")) }
                        th scope="col" { (t.say("programs-col-end")) }
                    } }
                    tbody { @for session in &programs { (row(&seat, session, &names)) } }
                }
            }
        }
    };
    Ok(seat.page(t.say("programs-title"), Tab::People, body).render(ctx).into_response())
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn row(seat: &Seat, session: &Session, names: &Names) -> Markup {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let Some(program) = &session.program else { return html! {} };
    let scopes: Vec<String> =
        program.scopes.iter().map(|scope| t.say_of("programs-scope", scope.as_str())).collect();
    let by = program.by.and_then(|by| names.get(&by));
    html! {
        tr {
            th scope="row" { bdi { (program.name) } }
            td { @if let Some(name) = names.get(&session.staff) {
                a.usa-link href=(ctx.url(&format!("/staff/people/{}", session.staff))) { bdi { (name) } } } }
            td { (t.list(&scopes)) }
            td { (moment(seat, session.since)) br;
                @if let Some(by) = by { bdi { (by) } } @else { (t.say("programs-by-unknown")) } }
            td { (moment(seat, session.until))
                @if session.ends_soon(ctx.now) { " " span.desk-tag { (t.say("programs-tag-soon")) } } }
            td {
                form method="post" action=(ctx.url("/staff/programs/end")) {
                    (parts::key(ctx))
                    input type="hidden" name="of" value=(session.staff);
                    input type="hidden" name="id" value=(session.id);
                    button.usa-button.usa-button--outline type="submit"
                        aria-label=(t.say_with("account-end-program", &args! { "name" => program.name.as_str() })) {
                        (t.say("programs-end")) }
                }
            }
        }
    }
}

fn moment(seat: &Seat, at: Timestamp) -> Markup {
    signs::time(at, &seat.t().moment(at, seat.zone().name(), seat.ctx.now))
}

pub(super) async fn make_page(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::RunAccounts, None)?;
    let mut fields = Fields::default();
    fields.set("of", seat.me.staff.id.to_string());
    let last = seat.zone().date(seat.ctx.now).saturating_add(USUAL_DAYS.days());
    fields.set("until", last.to_string());
    show(&seat, StatusCode::OK, &fields, &Errors::none()).await
}

/// The accounts for which this administrator may let a program act: their own, then those that nobody works under.
async fn accounts(seat: &Seat) -> Result<Vec<Choice>, WebError> {
    let me = &seat.me.staff;
    let all = seat.ctx.app.desk.store().all_staff().await?;
    let mut choices = vec![Choice::new(me.id.to_string(), seat.t().say("programs-for-you"))];
    let others = all.iter().filter(|staff| staff.id != me.id && may_let_in(me.id, staff).is_ok());
    choices.extend(others.map(|staff: &Staff| Choice::new(staff.id.to_string(), staff.name.clone())));
    Ok(choices)
}

async fn show(
    seat: &Seat,
    status: StatusCode,
    fields: &Fields,
    errors: &Errors,
) -> Result<Response, WebError> {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let accounts = accounts(seat).await?;
    let scopes: Vec<Choice> = Scope::ALL
        .into_iter()
        .map(|scope| {
            Choice::new(scope.as_str(), t.say_of("programs-scope", scope.as_str()))
                .hint(t.say_of("programs-allows", scope.as_str()))
        })
        .collect();
    let form = Form::new(fields, errors);
    let body = html! {
        (parts::error_summary(ctx, errors))
        p { a.usa-link href=(ctx.url("/staff/programs")) { (t.say("programs-back")) } }
        form.usa-form.usa-form--large method="post" action=(ctx.url("/staff/programs/new")) {
            (parts::key(ctx))
            (parts::input(&form, &Input { name: "name", label: &t.say("programs-name"), hint: &t.say("programs-name-hint"),
                longest: LONGEST_NAME, verbatim: true, ..Input::default() }))
            (parts::select(&form, &Choices { name: "of", legend: &t.say("programs-for"), hint: &t.say("programs-for-hint"),
                ..Choices::default() }, &accounts))
            (parts::checkboxes(&form, &Choices { name: "scope", legend: &t.say("programs-scopes"),
                hint: &t.say("programs-scopes-hint"), ..Choices::default() }, &scopes))
            (parts::input(&form, &Input { name: "until", label: &t.say("programs-until"), hint: &t.say("programs-until-hint"),
                kind: "date", size: "medium", ..Input::default() }))
            button.usa-button type="submit" { (t.say("programs-make")) }
        }
    };
    let page = seat.page(t.say("programs-new"), Tab::People, body);
    let page = if errors.is_empty() { page } else { page.no_switch() };
    Ok((status, page.render(ctx)).into_response())
}

/// The first moment after the day that was written: the whole of it belongs to the token.
fn end_of(seat: &Seat, typed: &str) -> Option<Timestamp> {
    let day: Date = typed.parse().ok()?;
    seat.zone().day_start(day.tomorrow().ok()?)
}

pub(super) async fn make(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::RunAccounts, None)?;
    let (t, desk) = (seat.t(), &seat.ctx.app.desk);
    let of: Option<StaffId> = fields.get("of").parse().ok();
    let scopes = fields.all("scope").iter().map(|code| Scope::from_code(code).ok_or(WebError::BadForm));
    let until = end_of(&seat, fields.get("until"));
    let ask = CreateToken {
        name: fields.get("name").to_owned(),
        scopes: scopes.collect::<Result<_, _>>()?,
        until: until.unwrap_or(seat.ctx.now),
        within: None,
    };
    let mut errors = Errors::none();
    match ask.check(seat.ctx.now) {
        Ok(()) => {}
        Err(TokenRefused::Name) => errors.add("name", t.say("programs-fault-name")),
        Err(TokenRefused::NoScope) => errors.add("scope", t.say("programs-fault-scope")),
        Err(TokenRefused::Until | TokenRefused::Beyond) => errors.add("until", t.say("programs-fault-until")),
    }
    if of.is_none() {
        errors.add("of", t.say("programs-fault-theirs"));
    }
    if let Some(of) = of.filter(|_| errors.is_empty()) {
        match desk.lend_token(&seat.caller(fields.key("lend-token")), of, &ask).await {
            Ok(made) => return shown_once(&seat, of, &made).await,
            Err(DeskError::Account(AccountRefused::Theirs | AccountRefused::Closed)) => {
                errors.add("of", t.say("programs-fault-theirs"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    show(&seat, StatusCode::UNPROCESSABLE_ENTITY, &fields, &errors).await
}

/// The page that shows a token, this once: it is kept nowhere. Sent twice, the first one stands.
async fn shown_once(seat: &Seat, of: StaffId, made: &NewToken) -> Result<Response, WebError> {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let Some(token) = &made.token else {
        return Ok(Redirect::to(&ctx.url("/staff/programs?did=made")).into_response());
    };
    let names = names(seat).await?;
    let body = html! {
        (alert(Alert::Success, &t.say("people-shown-title"), &html! { p { (t.say("programs-shown-once")) } }))
        dl.facts {
            div { dt { (t.say("programs-col-name")) } dd { bdi { (made.name) } } }
            @if let Some(name) = names.get(&of) { div { dt { (t.say("programs-col-for")) } dd { bdi { (name) } } } }
            div { dt { (t.say("programs-col-ends")) } dd { (moment(seat, made.until)) } }
            div { dt { (t.say("programs-token")) } dd { strong { bdi dir="ltr" translate="no" { (token) } } } }
        }
        p { (t.say("programs-shown-next")) }
        p { a.usa-link href=(ctx.url("/staff/programs")) { (t.say("programs-back")) } }
    };
    Ok(seat.page(t.say("programs-new"), Tab::People, body).no_switch().render(ctx).into_response())
}

pub(super) async fn end(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::RunAccounts, None)?;
    // A form that names none ends none; the page says which there are.
    let named = (fields.get("of").parse::<StaffId>(), fields.get("id").parse::<SessionId>());
    let (Ok(of), Ok(id)) = named else {
        return Ok(Redirect::to(&seat.ctx.url("/staff/programs")).into_response());
    };
    seat.ctx.app.desk.end_sessions(&seat.caller(fields.key("end-session")), of, Ending::One(id)).await?;
    Ok(Redirect::to(&seat.ctx.url("/staff/programs?did=ended")).into_response())
}
