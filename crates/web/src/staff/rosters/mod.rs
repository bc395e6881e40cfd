//! Who works when: a list of colleagues, each one's week and days with other hours, and what a change would do before it is done.

mod form;
mod list;
mod read;
mod show;

pub(super) use form::{page, plan, preview};
pub(super) use list::list;

use super::frame::Seat;
use crate::core::WebError;
use domain::{actor::Staff, calendar::Span, ids::StaffId};
use maud::{Markup, html};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct At {
    colleague: String,
}

/// The member of staff of an address, if whoever sits here plans them.
async fn of(seat: &Seat, at: &At) -> Result<Staff, WebError> {
    let id: StaffId = at.colleague.parse().map_err(|_| WebError::NotFound)?;
    Ok(seat.ctx.app.desk.planned_staff(&seat.caller_once(), id).await?)
}

fn to(seat: &Seat, staff: &Staff) -> String {
    seat.ctx.url(&format!("/staff/roster/{}", staff.id))
}

/// Hours of a day as they are written; in words where there are none.
fn hours(seat: &Seat, spans: Option<&[Span]>) -> String {
    match spans {
        None => seat.t().say("roster-unplanned"),
        Some([]) => seat.t().say("roster-off"),
        Some(spans) => read::written(spans),
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A table that scrolls by itself where the window is narrow.
fn table(id: &str, caption: &str, head: &[String], rows: &Markup) -> Markup {
    html! {
        div.desk-scroll role="region" tabindex="0" aria-labelledby={ (id) "-caption" } {
            table.usa-table.usa-table--borderless.desk-table {
                caption id={ (id) "-caption" } { (caption) }
                thead { tr { @for name in head { th scope="col" { (name) } } } }
                tbody { (rows) }
            }
        }
    }
}
