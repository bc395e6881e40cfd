//! Is the telephone line open, and if not, why and until when? What is announced to callers is told to readers as well.

use crate::core::Ctx;
use crate::parts::{Alert, alert};
use domain::{
    calendar::Closed,
    line_notice::{self, LineDoes, LineNotice},
};
use locale::args;
use maud::{Markup, html};

/// How far ahead the next opening is looked for, in days.
const AHEAD_DAYS: u32 = 60;

/// What is announced now, for the top of a page; nothing when there is nothing.
pub(super) async fn announced(ctx: &Ctx) -> Markup {
    let notices = ctx.app.desk.line_notices(ctx.now).await;
    let said = line_notice::standing(&notices, ctx.now).into_iter().filter(|notice| notice.has_words());
    html! {
        @for notice in said {
            (alert(Alert::Info, "", &html! { span dir="auto" { (notice.text.in_lang(&ctx.lang)) } }))
        }
    }
}

/// The line now: open until when, or closed, why, and when it opens again.
pub(super) async fn line(ctx: &Ctx) -> Markup {
    let t = ctx.t();
    let agency = ctx.app.desk.pack().agency();
    let (open, says) = match ctx.app.desk.by_hand(ctx.now).await {
        Some(hand) => (hand.does == LineDoes::Opens, by_hand(ctx, &hand)),
        None => (ctx.app.desk.hours_for(&ctx.lang).is_open(ctx.now), by_calendar(ctx)),
    };
    let apart = ctx.app.desk.pack().line().queues.iter().any(|own| own.lang.is_some());
    html! {
        section itemscope itemtype="https://schema.org/GovernmentOrganization" {
            meta itemprop="name" content=(agency.name.in_lang(&ctx.lang));
            meta itemprop="telephone" content=(agency.phone.published.e164());
            h2 { (t.say("public-line-title")) }
            p { a.usa-link href={ "tel:" (agency.phone.published.e164()) } { bdi { (agency.phone.shown) } } }
            p { (says) }
            @if apart { p { (t.say("public-line-apart")) } }
            @if open { (wait(ctx).await) }
            p { (t.say("public-line-always")) }
        }
    }
}

/// How long whoever calls now would likely wait, as callers are told it. Nothing where that is not known: a page comes without it
/// as well.
async fn wait(ctx: &Ctx) -> Markup {
    let t = ctx.t();
    let outlook = match ctx.app.desk.outlook_lately(ctx.now).await {
        Ok(outlook) => outlook,
        Err(error) => {
            tracing::warn!(%error, "the wait cannot be read for the start page");
            return html! {};
        }
    };
    let Some(ahead) = outlook.ahead(&ctx.lang) else { return html! {} };
    let told = match ahead.likely.band {
        // Where calls are answered by something else, nobody is on duty here, and nothing is known.
        _ if !ahead.likely.served && ctx.app.switchboard.is_none() => return html! {},
        _ if !ahead.likely.served => return html! { p { (t.say("public-line-nobody")) } },
        None => return html! {},
        Some(band) if band.least == 0 => {
            t.say_with("public-line-wait-short", &args! { "most" => i64::from(band.most) })
        }
        Some(band) => t.say_with(
            "public-line-wait",
            &args! { "least" => i64::from(band.least), "most" => i64::from(band.most) },
        ),
    };
    html! { p { (told) @if ahead.offers_callback { " " (t.say("public-line-callback")) } } }
}

/// What a supervisor decided for now stands above the hours of the week.
fn by_hand(ctx: &Ctx, hand: &LineNotice) -> String {
    let t = ctx.t();
    let calendar = ctx.app.desk.hours_for(&ctx.lang);
    let zone = calendar.zone.name();
    let ends = hand.ends();
    if hand.does == LineDoes::Opens {
        return t.say_with("public-line-open", &args! { "until" => t.moment(ends, zone, ctx.now) });
    }
    let opens = if calendar.is_open(ends) { Some(ends) } else { calendar.next_open(ends, AHEAD_DAYS) };
    let opens =
        opens.map(|at| t.say_with("public-line-opens", &args! { "moment" => t.moment(at, zone, ctx.now) }));
    [Some(t.say("public-line-by-hand")), opens].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn by_calendar(ctx: &Ctx) -> String {
    let t = ctx.t();
    let calendar = ctx.app.desk.hours_for(&ctx.lang);
    let zone = calendar.zone.name();
    match calendar.why_closed(ctx.now) {
        None => {
            let spans = calendar.open_spans(calendar.zone.date(ctx.now));
            let until = spans.iter().find(|span| span.contains(ctx.now)).map(|span| span.end);
            let until = until.map(|end| t.moment(end, zone, ctx.now)).unwrap_or_default();
            t.say_with("public-line-open", &args! { "until" => until })
        }
        Some(why) => {
            let why = match why {
                Closed::Holiday { name, .. } => {
                    t.say_with("public-line-holiday", &args! { "name" => name.in_lang(&ctx.lang) })
                }
                Closed::Closure { why, .. } => {
                    t.say_with("public-line-closure", &args! { "why" => why.in_lang(&ctx.lang) })
                }
                Closed::Weekend { .. } | Closed::NoHours { .. } => t.say("public-line-day"),
                Closed::NotYet { .. }
                | Closed::BeforeHours { .. }
                | Closed::BetweenHours { .. }
                | Closed::AfterHours { .. } => t.say("public-line-hours"),
            };
            let opens = calendar.next_open(ctx.now, AHEAD_DAYS).map(|at| {
                t.say_with("public-line-opens", &args! { "moment" => t.moment(at, zone, ctx.now) })
            });
            [Some(why), opens].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    }
}
