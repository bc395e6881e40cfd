//! What stands around every page: header, footer, the bar of a demo.

use crate::core::Ctx;
use domain::text::Lang;
use locale::args;
use maud::{Markup, html};

/// A language's own name for itself.
fn own_name(ctx: &Ctx, lang: &Lang) -> String {
    ctx.app.desk.words().tongue(lang).say("web-language-name")
}

/// The agency's name and links, the switch of languages, and what stands in rows of its own below: the order in which it is
/// seen is the order in which it is read.
pub(crate) fn header(
    ctx: &Ctx,
    nav: Option<&Markup>,
    below: &Markup,
    switch: bool,
    leads_home: bool,
) -> Markup {
    let t = ctx.t();
    let agency = ctx.app.desk.pack().agency();
    let rest = if switch { ctx.rest.as_str() } else { "" };
    html! {
        header.agency {
            div.grid-container.agency__row {
                @if leads_home {
                    a.agency__name href=(ctx.url("")) { (agency.name.in_lang(&ctx.lang)) }
                } @else {
                    strong.agency__name { (agency.name.in_lang(&ctx.lang)) }
                }
                @if let Some(nav) = nav { (nav) }
                nav.agency__langs aria-label=(t.say("web-languages")) {
                    ul {
                        @for lang in ctx.app.desk.pack().languages() {
                            li {
                                @if *lang == ctx.lang {
                                    span aria-current="true" lang=(lang) { (own_name(ctx, lang)) }
                                } @else {
                                    a href={ "/" (lang) (rest) } lang=(lang) hreflang=(lang) { (own_name(ctx, lang)) }
                                }
                            }
                        }
                    }
                }
                (below)
            }
        }
    }
}

/// Telephone, emergency, privacy.
pub(crate) fn footer(ctx: &Ctx) -> Markup {
    let t = ctx.t();
    let agency = ctx.app.desk.pack().agency();
    html! {
        footer.foot {
            div.grid-container {
                p.foot__emergency { strong { (agency.emergency.in_lang(&ctx.lang)) } }
                p { (t.say("web-foot-call")) " " a href={ "tel:" (agency.phone.published.e164()) } { bdi { (agency.phone.shown) } }
                    @if let Some(tty) = &agency.phone.tty {
                        " · TTY " a href={ "tel:" (tty.e164()) } { bdi { (tty.spoken_form()) } }
                    }
                }
                @if let Some(note) = agency.authoritative.as_ref().filter(|a| a.lang != ctx.lang) {
                    p { (note.note.in_lang(&ctx.lang)) }
                }
                ul.foot__links {
                    li { a href=(ctx.url("/privacy")) { (t.say("web-foot-privacy")) } }
                    li { a href=(ctx.url("/accessibility")) { (t.say("web-foot-accessibility")) } }
                    li { a href=(ctx.url("/our-calls")) { (t.say("web-foot-calls")) } }
                    li { a href=(ctx.url("/staff")) { (t.say("web-foot-staff")) } }
                }
            }
        }
    }
}

/// The number to call when a page cannot help.
pub(crate) fn phone_line(ctx: &Ctx) -> Markup {
    let agency = ctx.app.desk.pack().agency();
    html! {
        p { (ctx.t().say("web-foot-call")) " " a href={ "tel:" (agency.phone.published.e164()) } { bdi { (agency.phone.shown) } } }
    }
}

/// A demo says that it is one, what time it is there, and lets the time be put forward.
pub(crate) fn demo_bar(ctx: &Ctx) -> Markup {
    let Some(demo) = &ctx.app.options.demo else { return html! {} };
    let t = ctx.t();
    let now = demo.now();
    let zone = ctx.app.desk.pack().line().calendar.zone.name().to_owned();
    let then = t.moment(now, &zone, now);
    html! {
        section.demo aria-label=(t.say("web-demo")) {
            form.grid-container.demo__row method="post" action=(ctx.url("/demo/forward")) {
                span {
                    (t.say("web-demo-says")) " "
                    time datetime=(now) { (t.say_with("web-demo-now", &args! { "moment" => then })) }
                }
                input type="hidden" name="back" value=(ctx.rest);
                @for (minutes, label) in [("60", t.say("web-demo-hour")), ("1440", t.say("web-demo-day"))] {
                    button.usa-button.usa-button--unstyled type="submit" name="minutes" value=(minutes) { (label) }
                }
            }
        }
    }
}
