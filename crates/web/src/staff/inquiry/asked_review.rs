//! What a person wrote who asked for a review, beside what is to be decided.

use super::view::View;
use crate::parts::{Alert, alert};
use crate::staff::signs;
use locale::args;
use maud::{Markup, html};

pub(super) fn show(view: &View<'_>) -> Markup {
    let (seat, inquiry) = (view.seat, view.inquiry);
    let t = seat.t();
    let Some(review) = inquiry.open_review() else { return html! {} };
    let decided = inquiry.decision(review.decision);
    html! {
        section.desk-note aria-labelledby="asked-review" {
            h2 #asked-review { (t.say("staff-review-asked")) }
            blockquote.desk-words lang=(inquiry.reach.lang) { p { (review.why.reveal()) } }
            @if let Some(decided) = decided {
                p { (t.say_with("staff-review-of", &args! {
                    "what" => super::matter::outcome(view, decided), "by" => super::story::actor(seat, &decided.by) })) }
            }
            p { (signs::due(seat, Some(review.due))) }
            p.quiet { (signs::ago(seat, review.asked)) }
            @if inquiry.may_decide(&seat.me.staff.actor()).is_err() {
                (alert(Alert::Info, "", &html! { (t.say("staff-review-not-you")) }))
            } @else {
                p { (t.say("staff-review-how")) }
            }
        }
    }
}
