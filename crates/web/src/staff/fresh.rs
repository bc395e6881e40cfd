//! How desks stay fresh: what is on the screen stays where it is, and news says that it is there.

use super::{frame::Seat, line};
use domain::codes::OfficeCode;
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
        div #news aria-live="polite" hx-get=(page) hx-trigger="look from:#desk-live" hx-select="#news" hx-swap="outerMorph" {
            (body) }
    }
}

/// Where the stream of the desks arrives on a page: once, whatever on it listens.
pub(super) fn source(seat: &Seat) -> Markup {
    source_of(seat, None)
}

fn source_of(seat: &Seat, office: Option<&OfficeCode>) -> Markup {
    // On the pages of whoever has a telephone the frame has it already.
    if line::bar::telephones(seat) {
        html! {}
    } else {
        connect(seat, office)
    }
}

/// The same, for the frame; with an office only what happens there arrives.
pub(super) fn connect(seat: &Seat, office: Option<&OfficeCode>) -> Markup {
    let office = office.map(|office| format!("&office={office}")).unwrap_or_default();
    let stream = format!("{}?from={}{office}", seat.ctx.url("/live/staff"), seat.from.0);
    html! { div #desk-live hidden hx-sse:connect=(stream) {} }
}

/// A region that is laid over itself in place when something happened at its office, so that focus and scroll stay.
pub(super) fn board(seat: &Seat, office: &OfficeCode, page: &str, body: &Markup) -> Markup {
    html! {
        (source_of(seat, Some(office)))
        div #board hx-get=(page) hx-trigger="look from:#desk-live" hx-select="#board" hx-swap="outerMorph" { (body) }
    }
}
