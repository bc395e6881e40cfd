//! What would come of a version: which calls go otherwise, which offices see more or fewer people, which days are closed, which live
//! inquiries have to do with it.

use super::draft;
use crate::{
    core::WebError,
    staff::{frame::Seat, policies},
};
use desk::Judged;
use domain::{mark::MarkCode, pii::Pii, revision::PackFile, text::Lang};
use jiff::civil::Date;
use locale::args;
use maud::{Markup, html};
use notices::{NoticeFacts, Sender, render, samples, text, told};
use pack::{Fault, Pack, changed_places, changed_reasons};

/// The places of so many days are counted.
const DAYS: i16 = 45;

pub(super) async fn show(
    seat: &Seat,
    file: &PackFile,
    judged: &Judged,
    on: Date,
) -> Result<Markup, WebError> {
    let packs = judged.packs.as_ref().and_then(|(before, new)| Some((before, new.as_ref()?)));
    Ok(match (file, packs) {
        (PackFile::CallFlow | PackFile::Prompts(_) | PackFile::Calls(_), _) => {
            judged.calls.as_ref().map_or_else(Markup::default, |calls| self::calls(seat, file, calls))
        }
        (PackFile::Offices | PackFile::OfficeList, Some((old, new))) => places(seat, old, new, on),
        (PackFile::Holidays, Some((old, new))) => {
            html! { (days(seat, old, new, on)) (places(seat, old, new, on)) }
        }
        (PackFile::Reasons, Some((old, new))) => reasons(seat, old, new).await?,
        (PackFile::Notices(lang), Some((old, new))) => notices(seat, lang, old, new),
        (PackFile::Retention, Some((old, new))) => kept(seat, old, new, on).await?,
        (PackFile::Line, _) | (_, None) => html! {},
    })
}

/// How the example calls go.
fn calls(seat: &Seat, file: &PackFile, calls: &Result<usize, Vec<Fault>>) -> Markup {
    let t = seat.t();
    html! {
        section aria-labelledby="calls" {
            h2 #calls { (t.say("pack-calls")) }
            @match calls {
                Ok(played) => p { (t.say_with("pack-calls-good", &args! { "n" => policies::count(*played) })) },
                Err(faults) => {
                    p { strong { "⚠ " (t.say_with("pack-calls-otherwise", &args! { "n" => policies::count(faults.len()) })) } }
                    ul.usa-list { @for fault in faults { li { (draft::fault(seat, file, fault)) } } }
                }
            }
        }
    }
}

/// The offices that can see more or fewer people.
fn places(seat: &Seat, old: &Pack, new: &Pack, on: Date) -> Markup {
    let t = seat.t();
    let changed = changed_places(old, new, on, DAYS);
    let whole = |n: u64| t.number(i64::try_from(n).unwrap_or(i64::MAX));
    html! {
        section aria-labelledby="places" {
            h2 #places { (t.say("pack-places")) }
            @if changed.is_empty() { p { (t.say_with("pack-places-none", &args! { "days" => i64::from(DAYS) })) } } @else {
                div.desk-scroll role="region" tabindex="0" aria-labelledby="places-caption" {
                    table.usa-table.usa-table--borderless.desk-table {
                        caption #places-caption { (t.say_with("pack-places-caption", &args! { "days" => i64::from(DAYS), "day" => policies::day(seat, on) })) }
                        thead { tr {
                            th scope="col" { (t.say("pack-col-office")) }
                            th scope="col" { (t.say("pack-col-before")) }
                            th scope="col" { (t.say("pack-col-after")) }
                        } }
                        tbody { @for one in &changed { tr {
                            @let office = new.office(&one.code).or_else(|| old.office(&one.code));
                            th scope="row" { (office.map_or_else(|| one.code.to_string(), |office| office.name.clone())) }
                            td.desk-n { (whole(one.before)) }
                            td.desk-n { (whole(one.now)) }
                        } } }
                    }
                }
            }
        }
    }
}

/// The days that would be holidays and were none, and the other way round.
fn days(seat: &Seat, old: &Pack, new: &Pack, on: Date) -> Markup {
    let t = seat.t();
    let differs = pack::difference(old, new, on);
    let list = |key: &str, days: &[Date]| {
        html! {
            @if !days.is_empty() {
                h3 { (t.say_of("pack-days", key)) }
                ul.usa-list { @for one in days { li { (policies::day(seat, *one)) } } }
            }
        }
    };
    html! {
        section aria-labelledby="days" {
            h2 #days { (t.say("pack-days")) }
            @if differs.closed.is_empty() && differs.opened.is_empty() { p { (t.say("pack-days-none")) } }
            (list("closed", &differs.closed))
            (list("opened", &differs.opened))
        }
    }
}

/// The reasons that change, and how many live inquiries have to do with each.
async fn reasons(seat: &Seat, old: &Pack, new: &Pack) -> Result<Markup, WebError> {
    let t = seat.t();
    let changed = changed_reasons(old, new);
    let live = seat.ctx.app.desk.live_by_reason(&seat.caller_once(), &changed).await?;
    Ok(html! {
        section aria-labelledby="reasons" {
            h2 #reasons { (t.say("pack-reasons")) }
            @if changed.is_empty() { p { (t.say("pack-reasons-none")) } } @else {
                p { (t.say("pack-reasons-keep")) }
                ul.usa-list { @for code in &changed {
                    @let did = match (old.open_reason(code), new.open_reason(code)) {
                        (None, _) => "added",
                        (_, None) => "removed",
                        _ => "changed",
                    };
                    @let known = new.reason(code).or_else(|| old.reason(code));
                    @let n = live.get(code).copied().unwrap_or_default();
                    li {
                        strong { (t.say_of("policy-did", did)) } " "
                        (known.map_or_else(|| code.to_string(), |reason| reason.name.in_lang(&seat.ctx.lang).to_owned()))
                        " · " (t.say_with("pack-reasons-live", &args! { "n" => i64::from(n) }))
                    }
                } }
            }
        }
    })
}

/// How long each class of records would be kept, and how many would have been kept long enough by the day on which it begins.
async fn kept(seat: &Seat, old: &Pack, new: &Pack, on: Date) -> Result<Markup, WebError> {
    let t = seat.t();
    let due =
        seat.ctx.app.desk.would_be_due(&seat.caller_once(), old.retention(), new.retention(), on).await?;
    let days = |days: Option<i64>| days.map_or_else(|| t.say("records-for-good"), |n| t.number(n));
    let whole = |n: u64| t.number(i64::try_from(n).unwrap_or(i64::MAX));
    Ok(html! {
        section aria-labelledby="kept" {
            h2 #kept { (t.say("pack-kept")) }
            p { (t.say("pack-kept-about")) }
            div.desk-scroll role="region" tabindex="0" aria-labelledby="kept-caption" {
                table.usa-table.usa-table--borderless.desk-table {
                    caption #kept-caption { (t.say_with("pack-kept-caption", &args! { "day" => policies::day(seat, on) })) }
                    thead { tr {
                        th scope="col" { (t.say("records-col-class")) }
                        th scope="col" { (t.say("pack-kept-days-before")) }
                        th scope="col" { (t.say("pack-kept-days-after")) }
                        th scope="col" { (t.say("pack-kept-due-before")) }
                        th scope="col" { (t.say("pack-kept-due-after")) }
                    } }
                    tbody { @for one in &due { tr {
                        th scope="row" { (t.say_of("records-class", one.class.as_str())) }
                        td.desk-n { (days(one.days_before)) }
                        td.desk-n { (days(one.days_after)) }
                        td.desk-n { (one.due_before.map_or_else(|| t.say("pack-kept-not-counted"), whole)) }
                        td.desk-n { (one.due_after.map_or_else(|| t.say("pack-kept-not-counted"), whole)) }
                    } } }
                }
            }
        }
    })
}

/// A message as it reads with some words: its subject, its text, the same as a text message, and as a call tells it.
fn reads(words: &locale::Words, facts: &NoticeFacts) -> [String; 4] {
    let sender = Sender { address: String::new(), domain: String::new() };
    let email = render(words, facts, &sender, &Pii::from(""));
    let told = told(words, facts, MarkCode::from_mac(0)).map(|told| {
        let ask = told.yes.map(|yes| yes.ask);
        [Some(told.who), Some(told.news), ask, Some(told.then)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    });
    [email.subject, email.text, text(words, facts).body, told.unwrap_or_default()]
}

/// The messages that read otherwise, to an invented person.
fn notices(seat: &Seat, lang: &Lang, old: &Pack, new: &Pack) -> Markup {
    let t = seat.t();
    let desk = &seat.ctx.app.desk;
    let changed: Vec<[String; 4]> = samples(lang)
        .iter()
        .map(|facts| (reads(desk.words_of(old), facts), reads(desk.words_of(new), facts)))
        .filter(|(before, now)| before != now)
        .map(|(_, now)| now)
        .collect();
    html! {
        section aria-labelledby="messages" {
            h2 #messages { (t.say("pack-messages")) }
            @if changed.is_empty() { p { (t.say("pack-messages-none")) } } @else {
                p { (t.say_with("pack-messages-count", &args! { "n" => policies::count(changed.len()) })) }
                @for [subject, email, short, told] in &changed {
                    details.policy-change {
                        summary lang=(lang) { (subject) }
                        pre.policy-text lang=(lang) { (email) }
                        p lang=(lang) { (short) }
                    @if !told.is_empty() { p lang=(lang) { (told) } }
                    }
                }
            }
            details {
                summary { (t.say("pack-messages-own")) }
                @for file in ["notices", "texts", "calls"] {
                    @if let Some(own) = locale::built_in_text(lang, file) { pre.policy-text lang=(lang) dir="ltr" { (own) } }
                }
            }
        }
    }
}
