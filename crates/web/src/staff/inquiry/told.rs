//! What the operator who passed the matter on tells the officer.

use super::view::View;
use crate::staff::signs;
use maud::{Markup, html};

pub(super) fn show(view: &View<'_>) -> Markup {
    let (seat, t) = (view.seat, view.seat.t());
    let Some(brief) = view.inquiry.callback().and_then(|callback| callback.brief.as_ref()) else {
        return html! {};
    };
    let words = &seat.ctx.app.desk.pack().line().wait.written().escalate;
    let why = brief.why.as_ref().map(|code| {
        let named = words.iter().find(|named| named.code == *code);
        named.map_or_else(|| code.to_string(), |named| named.name.in_lang(&seat.ctx.lang).to_owned())
    });
    html! {
        section.desk-note aria-labelledby="told" {
            h2 #told { (t.say("staff-told-title")) }
            @if let Some(why) = why { p { strong { (why) } } }
            p { (brief.summary.reveal()) }
            p.quiet { @if let Some(by) = view.officers.get(&brief.by) { bdi { (by) } " · " } (signs::ago(seat, brief.at)) }
        }
    }
}
