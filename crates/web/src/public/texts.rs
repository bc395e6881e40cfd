//! Privacy and accessibility.

use crate::core::{Ctx, Page};
use crate::parts::phone_line;
use domain::retention::RecordClass;
use locale::args;
use maud::{Markup, html};

pub(super) async fn privacy(ctx: Ctx) -> Markup {
    let t = ctx.t();
    let agency = ctx.app.desk.pack().agency();
    let body = html! {
        p.usa-intro { (agency.privacy.in_lang(&ctx.lang)) }
        h2 { (t.say("public-privacy-keep-title")) }
        p { (t.say("public-privacy-keep")) }
        @if let Some(days) = ctx.app.desk.pack().retention().days(RecordClass::Inquiries) {
            p { (t.say_with("public-privacy-kept", &args! { "days" => days })) }
        }
        h2 { (t.say("public-privacy-draft-title")) }
        p { (t.say_with("public-privacy-draft", &args! { "days" => domain::draft::KEPT_DAYS })) }
        h2 { (t.say("public-privacy-cookies-title")) }
        p { (t.say("public-privacy-cookies")) }
        h2 { (t.say("public-privacy-read-title")) }
        p { (t.say("public-privacy-read")) }
        (phone_line(&ctx))
    };
    Page::new(t.say("public-privacy-title"), body).indexed(agency.privacy.in_lang(&ctx.lang)).render(&ctx)
}

pub(super) async fn accessibility(ctx: Ctx) -> Markup {
    let t = ctx.t();
    let body = html! {
        p.usa-intro { (t.say("public-access-intro")) }
        ul.usa-list {
            li { (t.say("public-access-keyboard")) }
            li { (t.say("public-access-scripts")) }
            li { (t.say("public-access-zoom")) }
            li { (t.say("public-access-standard")) }
        }
        h2 { (t.say("public-access-help-title")) }
        p { (t.say("public-access-help")) }
        (phone_line(&ctx))
    };
    Page::new(t.say("public-access-title"), body).indexed(&t.say("public-access-intro")).render(&ctx)
}
