//! Is the telephone line open, and if not, why and until when?

use crate::core::Ctx;
use domain::calendar::Closed;
use locale::args;
use maud::{Markup, html};

/// How far ahead the next opening is looked for, in days.
const AHEAD_DAYS: u32 = 60;

/// The line now: open until when, or closed, why, and when it opens again.
pub(super) fn line(ctx: &Ctx) -> Markup {
    let t = ctx.t();
    let agency = ctx.app.desk.pack().agency();
    let calendar = &ctx.app.desk.pack().line().calendar;
    let zone = calendar.zone.name();
    let says = match calendar.why_closed(ctx.now) {
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
    };
    html! {
        section {
            h2 { (t.say("public-line-title")) }
            p { a.usa-link href={ "tel:" (agency.phone.published.e164()) } { bdi { (agency.phone.shown) } } }
            p { (says) }
            p { (t.say("public-line-always")) }
        }
    }
}
