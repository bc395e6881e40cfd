//! What supervisors say of the line: an announcement that every caller hears and every visitor reads, and the line opened or
//! closed by hand.

use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, Choice, Choices, Input, alert, error_summary},
    staff::{
        frame::{Seat, Tab},
        signs,
    },
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::DeskError;
use domain::{
    access::Action,
    actor::Actor,
    codes::QueueCode,
    ids::LineNoticeId,
    line_notice::{LONGEST, LONGEST_REASON, LineDoes, LineNotice, LineNoticeRefused, NewLineNotice},
    text::{Lang, Text},
};
use jiff::{SignedDuration, Timestamp, civil};
use locale::{args, key};
use maud::{Markup, html};

/// What has ended is shown for so long.
const SHOWN: SignedDuration = SignedDuration::from_hours(24 * 7);
/// So many at most.
const MOST: u32 = 50;

#[derive(Default)]
struct Shown {
    typed: Fields,
    errors: Errors,
    note: Option<Markup>,
}

pub(in crate::staff) async fn page(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::RunWait, None)?;
    show(&seat, StatusCode::OK, Shown::default()).await
}

async fn show(seat: &Seat, status: StatusCode, shown: Shown) -> Result<Response, WebError> {
    let t = seat.t();
    let now = seat.ctx.now;
    let since = now.saturating_sub(SHOWN).unwrap_or(now);
    let all = seat.ctx.app.desk.store().line_notices(since, MOST).await?;
    let (live, over): (Vec<_>, Vec<_>) = all.iter().partition(|notice| notice.ends() > now);
    let made_by_form = shown.note.is_some() || !shown.errors.is_empty();
    let body = html! {
        @if let Some(note) = &shown.note { div role="alert" tabindex="-1" data-focus { (note) } }
        (error_summary(&seat.ctx, &shown.errors))
        section aria-labelledby="stands" {
            h2 #stands { (t.say("phone-notices-live")) }
            @if live.is_empty() { p { (t.say("phone-notices-none")) } }
            @for notice in live { (one(seat, notice, true)) }
        }
        section aria-labelledby="new" {
            h2 #new { (t.say("phone-notices-new")) }
            (form(seat, &Form::new(&shown.typed, &shown.errors)))
        }
        @if !over.is_empty() {
            section aria-labelledby="over" {
                h2 #over { (t.say("phone-notices-over")) }
                @for notice in over { (one(seat, notice, false)) }
            }
        }
    };
    let page = seat.page(t.say("phone-notices-title"), Tab::Line, body);
    let page = if made_by_form { page.no_switch() } else { page };
    Ok((status, page.render(&seat.ctx)).into_response())
}

/// One of them: what it does, from when until when, what callers hear, why, and by whom.
fn one(seat: &Seat, notice: &LineNotice, live: bool) -> Markup {
    let t = seat.t();
    let zone = seat.ctx.app.desk.pack().line().calendar.zone.name().to_owned();
    let moment = |at: Timestamp| t.moment(at, &zone, seat.ctx.now);
    let by = match &notice.by {
        Actor::Staff { name, .. } => name.clone(),
        Actor::Person | Actor::Delegate { .. } | Actor::System { .. } => t.say("staff-actor-system"),
    };
    html! {
        article.desk-note {
            h3 { (kind(seat, notice)) }
            p { (t.say_with("phone-notice-stands", &args! { "from" => moment(notice.from), "until" => moment(notice.ends()) })) }
            @for lang in notice.text.langs() {
                p lang=(lang) dir="auto" { (notice.text.in_lang(lang)) }
            }
            @if !notice.because.is_empty() { p { (t.say_with("phone-notice-because", &args! { "why" => notice.because.as_str() })) } }
            p.quiet { bdi { (by) } " · " (signs::ago(seat, notice.at))
                @if let Some(at) = notice.withdrawn { " · " (t.say_with("phone-notice-withdrawn", &args! { "ago" => t.ago(seat.ctx.now, at) })) }
            }
            @if live {
                form method="post" action=(seat.ctx.url("/staff/line/announcements/withdraw")) {
                    (parts::key(&seat.ctx))
                    input type="hidden" name="id" value=(notice.id);
                    button.usa-button.usa-button--outline type="submit" {
                        @if notice.queue.is_some() { (t.say("phone-notice-withdraw-queue")) }
                        @else { (t.say_of("phone-notice-withdraw", notice.does.as_str())) } }
                }
            }
        }
    }
}

/// What it does, and with which queue.
fn kind(seat: &Seat, notice: &LineNotice) -> String {
    let t = seat.t();
    match &notice.queue {
        Some(queue) => {
            t.say_with("phone-notice-queue-closed", &args! { "queue" => signs::queue(seat, queue) })
        }
        None => t.say_of("phone-notice-kind", notice.does.as_str()),
    }
}

fn form(seat: &Seat, typed: &Form<'_>) -> Markup {
    let t = seat.t();
    let does = LineDoes::ALL.map(|does| {
        Choice::new(does.as_str(), t.say_of("phone-notice-does", does.as_str()))
            .hint(t.say_of("phone-notice-then", does.as_str()))
    });
    let legend = t.say("phone-notice-what");
    let all = seat.ctx.app.desk.queues();
    let mut queues = vec![Choice::new("", t.say("phone-notice-all-queues"))];
    queues.extend(all.iter().map(|queue| Choice::new(queue.as_str(), signs::queue(seat, queue))));
    let of_queue = t.say("phone-notice-queue");
    let queue_hint = t.say("phone-notice-queue-hint");
    let zone = seat.ctx.app.desk.pack().line().calendar.zone.name().to_owned();
    let hint = t.say_with("phone-notice-times-hint", &args! { "zone" => zone });
    html! {
        form method="post" action=(seat.ctx.url("/staff/line/announcements")) {
            (parts::key(&seat.ctx))
            (parts::radios(typed, &Choices { name: "does", legend: &legend, ..Choices::default() }, &does))
            @if all.len() > 1 {
                (parts::select(typed, &Choices { name: "queue", legend: &of_queue, hint: &queue_hint, ..Choices::default() }, &queues))
            }
            @for lang in seat.ctx.app.desk.pack().languages() {
                @let label = t.say_with("phone-notice-text", &args! { "lang" => t.say_of("staff-lang", lang.as_str()) });
                (parts::textarea(typed, &Input {
                    name: &field(lang), label: &label, hint: &t.say("phone-notice-text-hint"), longest: LONGEST,
                    ..Input::default()
                }))
            }
            (parts::input(typed, &Input {
                name: "because", label: &t.say("phone-notice-why"), hint: &t.say("phone-notice-why-hint"),
                longest: LONGEST_REASON, ..Input::default()
            }))
            (parts::input(typed, &Input {
                name: "from", label: &t.say("phone-notice-from"), hint: &t.say("phone-notice-from-hint"),
                kind: "datetime-local", ..Input::default()
            }))
            (parts::input(typed, &Input {
                name: "until", label: &t.say("phone-notice-until"), hint: &hint, kind: "datetime-local",
                ..Input::default()
            }))
            button.usa-button type="submit" { (t.say("phone-notice-say")) }
        }
    }
}

fn field(lang: &Lang) -> String {
    format!("text-{lang}")
}

/// What was typed; nothing, with sentences in `errors`, when it cannot be read.
fn read(seat: &Seat, fields: &Fields, errors: &mut Errors) -> Option<NewLineNotice> {
    let t = seat.t();
    let does = LineDoes::named(fields.get("does"));
    if does.is_none() {
        errors.add("does", t.say("phone-notice-fault-does"));
    }
    let text = |lang: &Lang| {
        let words = fields.get(&field(lang)).split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then(|| (lang.clone(), words))
    };
    let text = Text::new(seat.ctx.app.desk.pack().languages().iter().filter_map(text));
    let queue = match fields.get("queue") {
        "" => None,
        typed => {
            let known =
                typed.parse::<QueueCode>().ok().filter(|queue| seat.ctx.app.desk.queues().contains(queue));
            if known.is_none() {
                errors.add("queue", t.say("phone-notice-fault-queue"));
            }
            known
        }
    };
    let calendar = &seat.ctx.app.desk.pack().line().calendar;
    let mut moment = |name: &str| match fields.get(name) {
        "" => None,
        typed => {
            let read = typed.parse::<civil::DateTime>().ok();
            let at = read.and_then(|at| calendar.zone.exact(at).or_else(|| calendar.zone.closing(at)));
            if at.is_none() {
                errors.add(name, t.say("phone-notice-fault-time"));
            }
            at
        }
    };
    let (from, until) = (moment("from"), moment("until"));
    if until.is_none() {
        errors.add("until", t.say("phone-notice-fault-until"));
    }
    if !errors.is_empty() {
        return None;
    }
    Some(NewLineNotice {
        does: does?,
        queue,
        text,
        because: fields.get("because").to_owned(),
        from,
        until: until?,
    })
}

/// The field that a refusal is about, and what to do.
fn refused(seat: &Seat, why: &LineNoticeRefused, errors: &mut Errors) {
    let t = seat.t();
    let says = t.say_of("phone-notice-refused", why.code());
    match why {
        LineNoticeRefused::NoWords { lang } | LineNoticeRefused::TooLong { lang } => {
            errors.add(&field(lang), says);
        }
        LineNoticeRefused::NoReason => errors.add("because", says),
        LineNoticeRefused::WholeLine => errors.add("queue", says),
        LineNoticeRefused::Over | LineNoticeRefused::TooFar | LineNoticeRefused::NoLonger => {
            errors.add("until", says);
        }
    }
}

pub(in crate::staff) async fn say(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::RunWait, None)?;
    let mut shown = Shown { typed: fields, ..Shown::default() };
    let Some(new) = read(&seat, &shown.typed, &mut shown.errors) else {
        return show(&seat, StatusCode::UNPROCESSABLE_ENTITY, shown).await;
    };
    let caller = seat.caller(shown.typed.key("announce"));
    match seat.ctx.app.desk.announce_line(&caller, &new).await {
        Ok(_) => Ok(Redirect::to(&seat.ctx.url("/staff/line/announcements")).into_response()),
        Err(DeskError::LineNotice(why)) => {
            refused(&seat, &why, &mut shown.errors);
            show(&seat, StatusCode::UNPROCESSABLE_ENTITY, shown).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(in crate::staff) async fn withdraw(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::RunWait, None)?;
    let Ok(id) = fields.get("id").parse::<LineNoticeId>() else {
        return show(&seat, StatusCode::UNPROCESSABLE_ENTITY, Shown::default()).await;
    };
    let caller = seat.caller(fields.key("withdraw-announcement"));
    match seat.ctx.app.desk.withdraw_announcement(&caller, id).await {
        Ok(()) => Ok(Redirect::to(&seat.ctx.url("/staff/line/announcements")).into_response()),
        // It ended while it was looked at: it is where what is over stands.
        Err(DeskError::LineNotice(why)) => {
            let t = seat.t();
            let says = t.say_of("phone-notice-refused", why.code());
            let note = alert(Alert::Info, &says, &html! {});
            show(&seat, StatusCode::CONFLICT, Shown { note: Some(note), ..Shown::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What stands now, for other pages of the desks.
pub(in crate::staff) async fn summary(seat: &Seat) -> Markup {
    let t = seat.t();
    let now = seat.ctx.now;
    let zone = seat.ctx.app.desk.pack().line().calendar.zone.name().to_owned();
    let notices = seat.ctx.app.desk.line_notices(now).await;
    let standing = domain::line_notice::standing(&notices, now);
    html! {
        section aria-labelledby="line-notices" {
            h2 #line-notices { (t.say("phone-notices-title")) }
            @if standing.is_empty() { p { (t.say("phone-notices-none")) } } @else {
                ul { @for notice in standing { li {
                    strong { (kind(seat, notice)) } " "
                    (t.say_with("phone-notice-until-when", &args! { "until" => t.moment(notice.ends(), &zone, now) }))
                    @if notice.has_words() { " " (notice.text.in_lang(&seat.ctx.lang)) }
                } } }
            }
            @if seat.can(Action::RunWait, None) {
                p { a.usa-link href=(seat.ctx.url("/staff/line/announcements")) { (t.say_key(key!("phone-notices-change"))) } }
            }
        }
    }
}
