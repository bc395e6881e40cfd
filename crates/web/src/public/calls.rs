//! "I got a call. Was it you?" What our calls look like, so that nobody is fooled.

use crate::core::{Ctx, Page};
use crate::parts::{Alert, alert};
use locale::args;
use maud::{Markup, html};

pub(super) async fn page(ctx: Ctx) -> Markup {
    let t = ctx.t();
    let phone = &ctx.app.desk.pack().agency().phone;
    let body = html! {
        p.usa-intro { (t.say_with("public-calls-number", &args! { "number" => phone.calls_from_shown.as_str() })) }
        ul.usa-list {
            li { (t.say("public-calls-promised")) }
            li { (t.say("public-calls-phrase")) }
            li { (t.say("public-calls-page")) }
        }
        (alert(Alert::Warning, &t.say("public-calls-never-title"), &html! {
            ul.usa-list {
                li { (t.say("public-calls-never-money")) }
                li { (t.say("public-calls-never-password")) }
                li { (t.say("public-calls-never-threat")) }
            }
        }))
        h2 { (t.say("public-calls-check-title")) }
        p { (t.say_with("public-calls-check", &args! { "number" => phone.shown.as_str() })) }
        p { a.usa-button href=(ctx.url("/inquiry")) { (t.say("public-calls-open")) } }
    };
    Page::new(t.say("public-calls-title"), body).indexed(&t.say("public-door-calls-about")).render(&ctx)
}
