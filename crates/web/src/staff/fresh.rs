//! How desks stay fresh: what is on the screen stays where it is, and news says that it is there.

use super::{frame::Seat, line};
use maud::{Markup, html};

/// A line that appears when there is news, and asks to be followed. `page` answers with the same line again.
pub(super) fn news(seat: &Seat, page: &str, text: Option<&str>, to: &str) -> Markup {
    let body = html! {
        @if let Some(text) = text {
            p.desk-news { span aria-hidden="true" { "● " } (text) " " a.usa-link href=(to) accesskey="l" {
                (seat.t().say("staff-news-look")) " " kbd aria-hidden="true" { "L" } } }
        }
    };
    html! {
        (source(seat))
        div #news aria-live="polite" hx-get=(page) hx-trigger="look from:#desk-live" hx-select="#news" hx-swap="outerHTML" {
            (body) }
    }
}

/// Where the stream of the desks arrives on a page: once, whatever on it listens.
pub(super) fn source(seat: &Seat) -> Markup {
    // On the pages of whoever has a telephone the frame has it already.
    if line::bar::telephones(seat) {
        html! {}
    } else {
        connect(seat)
    }
}

/// The same, for the frame.
pub(super) fn connect(seat: &Seat) -> Markup {
    html! { div #desk-live hidden hx-sse:connect={ (seat.ctx.url("/live/staff")) "?from=" (seat.from.0) } {} }
}

/// A region that is laid over itself in place when something happened, so that focus and scroll stay.
pub(super) fn board(seat: &Seat, page: &str, body: &Markup) -> Markup {
    html! {
        (source(seat))
        div #board hx-get=(page) hx-trigger="look from:#desk-live" hx-select="#board" hx-swap="outerMorph" { (body) }
    }
}
