//! How desks stay fresh: what is on the screen stays where it is, and news says that it is there.

use super::frame::Seat;
use crate::core::live;
use maud::{Markup, html};

/// A line that appears when there is news, and asks to be followed. `page` answers with the same line again.
pub(super) fn news(seat: &Seat, page: &str, text: Option<&str>, to: &str) -> Markup {
    let body = html! {
        @if let Some(text) = text {
            p.desk-news { span aria-hidden="true" { "● " } (text) " " a.usa-link href=(to) accesskey="l" {
                (seat.t().say("staff-news-look")) " " kbd aria-hidden="true" { "L" } } }
        }
    };
    live::region("news", &seat.ctx.url("/live/staff"), seat.from, page, &body)
}

/// A region that is laid over itself in place when something happened, so that focus and scroll stay.
pub(super) fn board(seat: &Seat, page: &str, body: &Markup) -> Markup {
    html! {
        div #board-news hidden hx-sse:connect={ (seat.ctx.url("/live/staff")) "?from=" (seat.from.0) } {}
        div #board hx-get=(page) hx-trigger="look from:#board-news" hx-select="#board" hx-swap="outerMorph" { (body) }
    }
}
