//! An account as administrators write it: a new one, and another word for one that is there.

use super::{At, back, count, doors, find};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Choice, Choices, Input},
    staff::{
        frame::{Seat, Tab},
        password, signs,
    },
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{Conditions, DeskError};
use domain::{
    access::Action,
    account::{Account, AccountFault, AccountRefused},
    actor::{Role, Staff, Takes},
    codes::{OfficeCode, QueueCode, ReasonCode},
    text::Lang,
};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The longest reason why calls go to others, in characters.
pub(super) const LONGEST_BECAUSE: usize = 500;

/// Whose form it is.
enum Whose<'a> {
    New,
    Known(&'a Staff, usize),
}

/// What an account is, in a few lines, with the way to change it.
pub(super) fn summary(seat: &Seat, staff: &Staff) -> Markup {
    let t = seat.t();
    let roles: Vec<String> = staff.roles.iter().map(|role| t.say_of("staff-role", role.as_str())).collect();
    let langs: Vec<String> = staff.langs.iter().map(|lang| language(seat, lang)).collect();
    let queues: Vec<String> = staff.takes.queues.iter().map(|code| signs::queue(seat, code)).collect();
    let reasons: Vec<String> = staff.takes.reasons.iter().map(|code| reason(seat, code)).collect();
    html! {
        section aria-labelledby="account" {
            h2 #account { (t.say("people-account")) }
            dl.facts {
                div { dt { (t.say("account-people-col-sign-in")) } dd { bdi { (staff.sign_in) } } }
                div { dt { (t.say("account-people-col-roles")) } dd { (t.list(&roles)) } }
                @if let Some(office) = &staff.office {
                    div { dt { (t.say("account-people-col-office")) } dd { bdi { (seat.office_name(office)) } } }
                }
                div { dt { (t.say("people-langs")) } dd { @if langs.is_empty() { (t.say("people-langs-none")) } @else { (t.list(&langs)) } } }
                div { dt { (t.say("people-queues")) } dd { @if queues.is_empty() { (t.say("people-all")) } @else { (t.list(&queues)) } } }
                div { dt { (t.say("people-reasons")) } dd { @if reasons.is_empty() { (t.say("people-all")) } @else { (t.list(&reasons)) } } }
            }
            @if staff.is_federated() { p { (t.say("people-provider")) } }
            @if staff.active {
                p { a.usa-link href=(seat.ctx.url(&format!("/staff/people/{}/change", staff.id))) { (t.say("people-change")) } }
            }
        }
    }
}

fn language(seat: &Seat, lang: &Lang) -> String {
    let desk = &seat.ctx.app.desk;
    let known = desk.words().langs().any(|one| one == lang);
    if known { desk.words().tongue(lang).say("web-language-name") } else { lang.to_string() }
}

fn reason(seat: &Seat, code: &ReasonCode) -> String {
    let known = seat.ctx.app.desk.pack().reason(code);
    known.map_or_else(|| code.to_string(), |reason| reason.name.in_lang(&seat.ctx.lang).to_owned())
}

pub(in crate::staff) async fn make_page(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::RunAccounts, None)?;
    let mut fields = Fields::default();
    fields.0.insert("lang".to_owned(), vec![seat.ctx.lang.to_string()]);
    Ok(show(&seat, &Whose::New, StatusCode::OK, &fields, &Errors::none()))
}

pub(in crate::staff) async fn change_page(seat: Seat, Path(at): Path<At>) -> Result<Response, WebError> {
    let staff = find(&seat, &at).await?;
    let held = seat.ctx.app.desk.calls_of(&seat.caller_once(), staff.id).await?;
    Ok(show(&seat, &Whose::Known(&staff, held), StatusCode::OK, &filled(&staff), &Errors::none()))
}

fn filled(staff: &Staff) -> Fields {
    fn all<T: ToString>(of: impl IntoIterator<Item = T>) -> Vec<String> {
        of.into_iter().map(|one| one.to_string()).collect()
    }
    let mut fields = Fields::default();
    fields.set("name", staff.name.clone());
    fields.set("sign-in", staff.sign_in.clone());
    fields.set("office", staff.office.as_ref().map(ToString::to_string).unwrap_or_default());
    fields.set("version", staff.version.to_string());
    for (name, values) in [
        ("role", staff.roles.iter().map(|role| role.as_str().to_owned()).collect()),
        ("lang", all(&staff.langs)),
        ("queue", all(&staff.takes.queues)),
        ("reason", all(&staff.takes.reasons)),
    ] {
        fields.0.insert(name.to_owned(), values);
    }
    fields
}

fn show(seat: &Seat, whose: &Whose<'_>, status: StatusCode, fields: &Fields, errors: &Errors) -> Response {
    let (t, ctx) = (seat.t(), &seat.ctx);
    let form = Form::new(fields, errors);
    let (to, title, from) = match whose {
        Whose::New => ("/staff/people/new".to_owned(), t.say("people-new"), "/staff/people".to_owned()),
        Whose::Known(staff, _) => {
            let one = format!("/staff/people/{}", staff.id);
            (format!("{one}/change"), staff.name.clone(), one)
        }
    };
    let told = matches!(whose, Whose::Known(staff, _) if staff.is_federated());
    let own = matches!(whose, Whose::Known(staff, _) if staff.id == seat.me.staff.id);
    let body = html! {
        (parts::error_summary(ctx, errors))
        p { a.usa-link href=(ctx.url(&from)) {
            @match whose { Whose::New => (t.say("account-people-back")), Whose::Known(..) => (t.say("people-back")) } } }
        @if told { p { (t.say("people-provider")) } }
        form.usa-form.usa-form--large method="post" action=(ctx.url(&to)) {
            (parts::key(ctx))
            input type="hidden" name="version" value=(fields.get("version"));
            @if told {
                @for name in ["name", "sign-in", "office", "role", "lang"] {
                    @for value in fields.all(name) { input type="hidden" name=(name) value=(value); }
                }
            } @else {
                (who(seat, &form))
                @if own {
                    @for name in ["office", "role"] {
                        @for value in fields.all(name) { input type="hidden" name=(name) value=(value); }
                    }
                    p { (t.say("people-own")) }
                } @else { (powers(seat, &form)) }
                (parts::checkboxes(&form, &Choices { name: "lang", legend: &t.say("people-langs"),
                    hint: &t.say("people-langs-hint"), ..Choices::default() }, &langs(seat, fields)))
            }
            (calls(seat, &form))
            @if let Whose::Known(staff, held) = whose {
                @if *held > 0 && staff.is(Role::Officer) && !told && !own { (because(seat, &form, *held)) }
            }
            button.usa-button type="submit" {
                @match whose { Whose::New => (t.say("people-make")), Whose::Known(..) => (t.say("people-save")) } }
        }
    };
    let page = seat.page(title, Tab::People, body);
    let page = if errors.is_empty() { page } else { page.no_switch() };
    (status, page.render(ctx)).into_response()
}

fn who(seat: &Seat, form: &Form<'_>) -> Markup {
    let t = seat.t();
    html! {
        (parts::input(form, &Input { name: "name", label: &t.say("account-people-col-name"), longest: 100, verbatim: true,
            ..Input::default() }))
        (parts::input(form, &Input { name: "sign-in", label: &t.say("account-people-col-sign-in"), hint: &t.say("people-sign-in-hint"),
            longest: 60, verbatim: true, ..Input::default() }))
    }
}

fn powers(seat: &Seat, form: &Form<'_>) -> Markup {
    let t = seat.t();
    let roles: Vec<Choice> = Role::ALL
        .into_iter()
        .map(|role| Choice::new(role.as_str(), t.say_of("staff-role", role.as_str())))
        .collect();
    let pack = seat.ctx.app.desk.pack();
    let open = pack.offices().iter().filter(|office| pack.retired(&office.code).is_none());
    let mut offices: Vec<Choice> =
        open.map(|office| Choice::new(office.code.to_string(), seat.office_name(&office.code))).collect();
    offices.sort_by(|a, b| a.label.cmp(&b.label));
    offices.insert(0, Choice::new("", t.say("people-office-none")));
    html! {
        (parts::checkboxes(form, &Choices { name: "role", legend: &t.say("account-people-col-roles"), ..Choices::default() }, &roles))
        (parts::select(form, &Choices { name: "office", legend: &t.say("account-people-col-office"),
            hint: &t.say("people-office-hint"), ..Choices::default() }, &offices))
    }
}

/// The installation's languages, and those that somebody has besides.
fn langs(seat: &Seat, fields: &Fields) -> Vec<Choice> {
    let ours = seat.ctx.app.desk.pack().languages();
    let more = fields.all("lang").iter().filter_map(|lang| lang.parse::<Lang>().ok());
    let more: BTreeSet<Lang> = more.filter(|lang| !ours.contains(lang)).collect();
    ours.iter().chain(&more).map(|lang| Choice::new(lang.to_string(), language(seat, lang))).collect()
}

/// What calls of the line are theirs. Nothing is asked where there is nothing to choose.
fn calls(seat: &Seat, form: &Form<'_>) -> Markup {
    let t = seat.t();
    let pack = seat.ctx.app.desk.pack();
    let known = seat.ctx.app.desk.queues();
    let queues: Vec<Choice> =
        known.iter().map(|code| Choice::new(code.to_string(), signs::queue(seat, code))).collect();
    let reasons: Vec<Choice> =
        pack.reasons().iter().map(|one| Choice::new(one.code.to_string(), reason(seat, &one.code))).collect();
    html! {
        @if queues.len() > 1 {
            (parts::checkboxes(form, &Choices { name: "queue", legend: &t.say("people-queues"),
                hint: &t.say("people-queues-hint"), ..Choices::default() }, &queues))
        } @else {
            @for value in form.fields.all("queue") { input type="hidden" name="queue" value=(value); }
        }
        details open[!form.fields.all("reason").is_empty()] {
            summary { (t.say("people-reasons")) }
            (parts::checkboxes(form, &Choices { name: "reason", legend: &t.say("people-reasons"),
                hint: &t.say("people-reasons-hint"), quiet: true, ..Choices::default() }, &reasons))
        }
    }
}

/// Why the calls that somebody holds go to others.
pub(super) fn because(seat: &Seat, form: &Form<'_>, held: usize) -> Markup {
    let t = seat.t();
    parts::textarea(
        form,
        &Input {
            name: "because",
            label: &t.say_with("people-because", &locale::args! { "n" => count(held) }),
            hint: &t.say("people-because-hint"),
            longest: LONGEST_BECAUSE,
            ..Input::default()
        },
    )
}

/// The account that was written; what cannot be read at all is no account of ours.
fn read(seat: &Seat, fields: &Fields, errors: &mut Errors) -> Result<Account, WebError> {
    fn all<T: std::str::FromStr>(fields: &Fields, name: &str) -> Result<Vec<T>, WebError> {
        fields.all(name).iter().map(|text| text.parse().map_err(|_| WebError::BadForm)).collect()
    }
    let office = match fields.get("office") {
        "" => None,
        code => Some(code.parse::<OfficeCode>().map_err(|_| WebError::BadForm)?),
    };
    let takes = Takes {
        queues: all::<QueueCode>(fields, "queue")?.into_iter().collect(),
        reasons: all::<ReasonCode>(fields, "reason")?.into_iter().collect(),
    };
    let account = Account {
        sign_in: fields.get("sign-in").to_lowercase(),
        name: fields.get("name").to_owned(),
        roles: all(fields, "role")?,
        office,
        langs: all(fields, "lang")?,
        takes: Some(takes),
    };
    for fault in account.faults() {
        let (field, says) = match fault {
            AccountFault::SignIn => ("sign-in", seat.t().say("people-fault-sign-in")),
            AccountFault::Name => ("name", seat.t().say("people-fault-name")),
            AccountFault::NoRole => ("role", seat.t().say("people-fault-role")),
            AccountFault::NoOffice => ("office", seat.t().say("people-fault-office")),
        };
        errors.add(field, says);
    }
    Ok(account)
}

/// What the desk says no to, at the field that it is about.
fn refused(seat: &Seat, why: AccountRefused, errors: &mut Errors) -> bool {
    let t = seat.t();
    let (field, says) = match why {
        AccountRefused::NameTaken => ("sign-in", t.say("people-fault-taken")),
        AccountRefused::NoSuchOffice => ("office", t.say("people-fault-no-office")),
        AccountRefused::ReasonNeeded => ("because", t.say("people-because-fault")),
        _ => return false,
    };
    errors.add(field, says);
    true
}

pub(in crate::staff) async fn make(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::RunAccounts, None)?;
    let mut errors = Errors::none();
    let account = read(&seat, &fields, &mut errors)?;
    let again = |errors: &Errors| show(&seat, &Whose::New, StatusCode::UNPROCESSABLE_ENTITY, &fields, errors);
    if !errors.is_empty() {
        return Ok(again(&errors));
    }
    let desk = &seat.ctx.app.desk;
    let first = desk.new_password();
    let hash = password::hashed(&seat.ctx, first.clone()).await?;
    match desk.make_account(&seat.caller(fields.key("make-account")), &account, &hash).await {
        Ok(made) if made.repeated => Ok(back(&seat, &made.staff, "?did=given")),
        Ok(made) => Ok(doors::shown_once(&seat, &made.staff, &first)),
        Err(DeskError::Account(why)) if refused(&seat, why, &mut errors) => Ok(again(&errors)),
        Err(error) => Err(error.into()),
    }
}

pub(in crate::staff) async fn change(
    seat: Seat,
    Path(at): Path<At>,
    fields: Fields,
) -> Result<Response, WebError> {
    let staff = find(&seat, &at).await?;
    let desk = &seat.ctx.app.desk;
    let held = desk.calls_of(&seat.caller_once(), staff.id).await?;
    let mut errors = Errors::none();
    let account = read(&seat, &fields, &mut errors)?;
    let because = fields.get("because");
    if because.chars().count() > LONGEST_BECAUSE {
        return Err(WebError::TooLarge);
    }
    let again = |fields: &Fields, errors: &Errors| {
        show(&seat, &Whose::Known(&staff, held), StatusCode::UNPROCESSABLE_ENTITY, fields, errors)
    };
    if !errors.is_empty() {
        return Ok(again(&fields, &errors));
    }
    let versions = fields.get("version").parse().ok().map(|version| vec![version]);
    let caller = seat.caller(fields.key("change-account")).only(Conditions { versions, command: None });
    match desk.change_account(&caller, staff.id, &account, because).await {
        Ok(staff) => Ok(back(&seat, &staff, "?did=changed")),
        Err(DeskError::Contended) => {
            // Somebody else has written it meanwhile: what stands there now is what is changed.
            errors.add("name", seat.t().say("people-stale"));
            Ok(again(&filled(&staff), &errors))
        }
        Err(DeskError::Account(why)) if refused(&seat, why, &mut errors) => Ok(again(&fields, &errors)),
        Err(error) => Err(error.into()),
    }
}
