//! Who may speak for the person: shown to whoever has one of them on the line, and named or ended on the word of the person or of their
//! representative.

use super::{
    Numbered,
    correct::{self, opened},
    view::View,
};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Choice, Choices},
    public::delegates,
    staff::frame::{Seat, Tab},
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::DeskError;
use domain::{
    access::Action,
    delegate::{Delegate, DelegateReach, OnWord, WordOf},
    earlier::SaidBy,
    inquiry::Inquiry,
    refusal::Refusal,
};
use jiff::SignedDuration;
use locale::args;
use maud::{Markup, html};

/// Whoever may speak for the person now, within which limits and until when.
pub(super) fn show(view: &View<'_>) -> Markup {
    let (seat, inquiry) = (view.seat, view.inquiry);
    let t = seat.t();
    let may = inquiry.is_live() && seat.can(Action::TakeDown, inquiry);
    html! {
        @if inquiry.request.representative.is_some() || !inquiry.delegates.is_empty() {
            h3 #delegates { (t.say("delegate-desk-title")) }
            (list(seat, inquiry))
            @if may { p { a.usa-link href=(here(seat, inquiry, "")) { (t.say("delegate-desk-change")) } } }
        }
    }
}

fn list(seat: &Seat, inquiry: &Inquiry) -> Markup {
    let t = seat.t();
    let live: Vec<&Delegate> = inquiry.delegates_now(seat.ctx.now).collect();
    html! {
        @if live.is_empty() { p.quiet { (t.say("delegate-desk-none")) } }
        @else {
            ul.desk-notices {
                @for delegate in live {
                    li {
                        strong { bdi { (delegate.name.reveal()) } } ", "
                        @match &delegate.reach {
                            DelegateReach::Email(to) => bdi { (to.reveal()) },
                            DelegateReach::Text(number) => bdi { (number.spoken_form()) },
                        }
                        br;
                        (delegates::acts(&seat.ctx, delegate.may.iter().copied()))
                        br;
                        (t.say_with("delegate-until-day", &args! { "day" => last_day(seat, inquiry, delegate) }))
                        @if let Some(OnWord { of, said }) = delegate.word {
                            ". " (t.say_of("delegate-desk-word", of.as_str())) ", " (t.say_of("staff-earlier-said", said.as_str()))
                        }
                    }
                }
            }
        }
    }
}

fn last_day(seat: &Seat, inquiry: &Inquiry, delegate: &Delegate) -> String {
    let zone = &inquiry.reach.zone;
    let last = delegate.until.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(delegate.until);
    seat.t().on_day(zone.date(last), zone.date(seat.ctx.now))
}

fn here(seat: &Seat, inquiry: &Inquiry, rest: &str) -> String {
    seat.ctx.url(&format!("/staff/inquiry/{}/delegates{rest}", inquiry.number.digits()))
}

/// Any word will do to ask whether somebody could be named: whose it is, the form asks.
const SOMEBODYS: OnWord = OnWord { of: WordOf::Person, said: SaidBy::Telephone };

fn page(seat: &Seat, inquiry: &Inquiry, note: Option<&Markup>, fields: &Fields, errors: &Errors) -> Markup {
    let t = seat.t();
    let form = Form::new(fields, errors);
    let number = inquiry.number.digits();
    let live: Vec<Choice> = inquiry
        .delegates_now(seat.ctx.now)
        .map(|delegate| Choice::new(delegate.nth.to_string(), delegate.name.reveal().as_str()))
        .collect();
    let body = html! {
        (parts::error_summary(&seat.ctx, errors))
        @if let Some(note) = note { div role="alert" tabindex="-1" data-focus { (note) } }
        p { (t.say("delegate-desk-about")) }
        (list(seat, inquiry))
        @if !live.is_empty() {
            h2 { (t.say("delegate-desk-end")) }
            form.desk-walk-in method="post" action=(here(seat, inquiry, "/end")) novalidate {
                (parts::key(&seat.ctx))
                (parts::radios(&form, &Choices { name: "nth", legend: &t.say("delegate-desk-whom"), ..Choices::default() }, &live))
                (word(seat, &form, "end_of", "end_said"))
                button.usa-button type="submit" { (t.say("delegate-desk-end-do")) }
            }
        }
        @if let (false, Ok(rules)) = (live.is_empty(), inquiry.takes_delegates(seat.ctx.app.desk.delegate_rules(), Some(SOMEBODYS))) {
            h2 { (t.say("delegate-desk-renew")) }
            p { (t.say("delegate-desk-renew-about")) }
            form.desk-walk-in method="post" action=(here(seat, inquiry, "/link")) novalidate {
                (parts::key(&seat.ctx))
                (parts::radios(&form, &Choices { name: "renew_nth", legend: &t.say("delegate-desk-whom"), ..Choices::default() }, &live))
                (delegates::until(&seat.ctx, &form, "renew_until", inquiry, rules))
                (word(seat, &form, "renew_of", "renew_said"))
                button.usa-button type="submit" { (t.say("delegate-renew-do")) }
            }
        }
        h2 { (t.say("delegate-add")) }
        @match inquiry.takes_delegates(seat.ctx.app.desk.delegate_rules(), Some(SOMEBODYS)) {
            Ok(rules) => {
                p { (t.say("delegate-never")) }
                form.desk-walk-in method="post" action=(here(seat, inquiry, "")) novalidate {
                    (parts::key(&seat.ctx))
                    (delegates::fields(&seat.ctx, &form, inquiry, rules))
                    (word(seat, &form, "of", "said"))
                    button.usa-button type="submit" { (t.say("delegate-keep")) }
                }
            }
            Err(why) => {
                @let (wrong, next) = WebError::from(why).says(t);
                p { (wrong) ". " (next) }
            }
        }
        p { a.usa-link href=(seat.ctx.url(&format!("/staff/inquiry/{number}"))) { (t.say("web-back")) } }
    };
    let page = seat.page(t.say("delegate-desk-title"), Tab::None, body).title(inquiry.number.to_string());
    if errors.is_empty() && note.is_none() { page } else { page.no_switch() }.render(&seat.ctx)
}

/// On whose word, and how they said so.
fn word(seat: &Seat, form: &Form<'_>, of: &str, said: &str) -> Markup {
    let t = seat.t();
    let whose = WordOf::ALL.map(|of| Choice::new(of.as_str(), t.say_of("delegate-desk-word", of.as_str())));
    let ways = SaidBy::ALL.map(|by| Choice::new(by.as_str(), t.say_of("staff-earlier-said", by.as_str())));
    html! {
        (parts::radios(form, &Choices { name: of, legend: &t.say("delegate-desk-whose"), ..Choices::default() }, &whose))
        (parts::radios(form, &Choices { name: said, legend: &t.say("staff-earlier-how"),
            hint: &t.say("staff-correct-how-hint"), ..Choices::default() }, &ways))
    }
}

fn read_word(seat: &Seat, fields: &Fields, of: &str, said: &str, errors: &mut Errors) -> Option<OnWord> {
    let (whose, how) = (WordOf::from_code(fields.get(of)), SaidBy::from_code(fields.get(said)));
    if whose.is_none() {
        errors.add(of, seat.t().say("delegate-desk-wrong-whose"));
    }
    if how.is_none() {
        errors.add(said, seat.t().say("staff-earlier-fault-said"));
    }
    Some(OnWord { of: whose?, said: how? })
}

pub(in crate::staff) async fn ask(seat: Seat, Path(at): Path<Numbered>) -> Result<Markup, WebError> {
    let inquiry = opened(&seat, &at).await?;
    Ok(page(&seat, &inquiry, None, &Fields::default(), &Errors::none()))
}

pub(in crate::staff) async fn keep(
    seat: Seat,
    Path(at): Path<Numbered>,
    fields: Fields,
) -> Result<Response, WebError> {
    let inquiry = opened(&seat, &at).await?;
    let mut errors = Errors::none();
    let word = read_word(&seat, &fields, "of", "said", &mut errors);
    let new = delegates::read(&seat.ctx, &fields, &mut errors);
    let (Some(new), Some(word)) = (new, word) else {
        return Ok(wrong(&seat, &inquiry, &fields, &errors));
    };
    let caller = seat.caller(fields.key("delegate"));
    let named = seat.ctx.app.desk.name_delegate(&caller, inquiry.id, &new, Some(word)).await;
    answer(&seat, &inquiry, &fields, named)
}

pub(in crate::staff) async fn end(
    seat: Seat,
    Path(at): Path<Numbered>,
    fields: Fields,
) -> Result<Response, WebError> {
    let inquiry = opened(&seat, &at).await?;
    let mut errors = Errors::none();
    let nth = fields.get("nth").parse::<u8>().ok();
    if nth.is_none() {
        errors.add("nth", seat.t().say("delegate-desk-wrong-whom"));
    }
    let word = read_word(&seat, &fields, "end_of", "end_said", &mut errors);
    let (Some(nth), Some(word)) = (nth, word) else {
        return Ok(wrong(&seat, &inquiry, &fields, &errors));
    };
    let caller = seat.caller(fields.key("delegate-end"));
    let ended = seat.ctx.app.desk.end_delegate(&caller, inquiry.id, nth, Some(word)).await;
    answer(&seat, &inquiry, &fields, ended)
}

pub(in crate::staff) async fn renew(
    seat: Seat,
    Path(at): Path<Numbered>,
    fields: Fields,
) -> Result<Response, WebError> {
    let inquiry = opened(&seat, &at).await?;
    let mut errors = Errors::none();
    let nth = fields.get("renew_nth").parse::<u8>().ok();
    if nth.is_none() {
        errors.add("renew_nth", seat.t().say("delegate-desk-wrong-renew"));
    }
    let last_day = delegates::read_until(&seat.ctx, &fields, "renew_until", &mut errors);
    let word = read_word(&seat, &fields, "renew_of", "renew_said", &mut errors);
    let (Some(nth), Some(word), true) = (nth, word, errors.is_empty()) else {
        return Ok(wrong(&seat, &inquiry, &fields, &errors));
    };
    let caller = seat.caller(fields.key("delegate-renew"));
    let desk = &seat.ctx.app.desk;
    let renewed = Box::pin(desk.renew_delegate(&caller, inquiry.id, nth, last_day, Some(word))).await;
    answer(&seat, &inquiry, &fields, renewed)
}

/// Back to the inquiry; or why not, with what was typed.
fn answer(
    seat: &Seat,
    inquiry: &Inquiry,
    fields: &Fields,
    done: Result<Inquiry, DeskError>,
) -> Result<Response, WebError> {
    let stale = matches!(done, Err(DeskError::Refused(Refusal::DelegateOver)));
    let fields = if stale { Fields::default() } else { fields.clone() };
    correct::answer(seat, inquiry, "#delegates", done, |note| {
        page(seat, inquiry, Some(&note), &fields, &Errors::none())
    })
}

/// What is wrong with what was typed.
fn wrong(seat: &Seat, inquiry: &Inquiry, fields: &Fields, errors: &Errors) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page(seat, inquiry, None, fields, errors)).into_response()
}
