//! The start page: what do you need?

use super::{hours, statistics, topics};
use crate::core::{Ctx, Fields, Page};
use crate::parts::{Alert, alert};
use maud::{Markup, html};

pub(super) async fn page(ctx: Ctx) -> Markup {
    let t = ctx.t();
    let agency = ctx.app.desk.pack().agency();
    let mut doors = vec![
        ("/status", t.say("public-door-status"), t.say("public-door-status-about")),
        ("/topics", t.say("public-door-question"), t.say("public-door-question-about")),
        ("/request", t.say("public-door-request"), t.say("public-door-request-about")),
        ("/inquiry", t.say("public-door-inquiry"), t.say("public-door-inquiry-about")),
        ("/offices", t.say("public-offices-title"), t.say("public-offices-door")),
        ("/our-calls", t.say("public-door-calls"), t.say("public-door-calls-about")),
    ];
    if ctx.app.switchboard.is_some() {
        doors.push(("/call", t.say("phone-public-title"), t.say("phone-public-about")));
    }
    let body = html! {
        (alert(Alert::Warning, "", &html! { (agency.emergency.in_lang(&ctx.lang)) }))
        (hours::announced(&ctx).await)
        ul.doors {
            @for (to, name, about) in doors {
                li {
                    h2 { a.usa-link href=(ctx.url(to)) { (name) } }
                    p { (about) }
                }
            }
        }
        (topics::search(&ctx, &Fields::default()))
        (hours::line(&ctx).await)
        (statistics::brief(&ctx))
    };
    Page::new(t.say("public-start-title"), body).indexed(&t.say("public-start-about")).render(&ctx)
}
