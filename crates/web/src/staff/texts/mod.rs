//! What the agency says besides its policies: the files of its pack that can be changed at the desk.

mod draft;
mod list;
mod preview;
mod version;

pub(super) use draft::show;
pub(super) use list::page as list;
pub(super) use version::{begin, page as version};

use super::frame::Seat;
use crate::core::WebError;
use domain::revision::{PackFile, Revision, RevisionStage};
use jiff::{Timestamp, civil::Date};
use locale::args;
use maud::{Markup, html};

/// What a file is called.
pub(super) fn called(seat: &Seat, file: &PackFile) -> String {
    let t = seat.t();
    let which = match file {
        PackFile::Prompts(lang) | PackFile::Notices(lang) => t.say_of("staff-lang", lang.as_str()),
        other => other.which().unwrap_or_default().to_owned(),
    };
    t.say_of_with("pack-file", file.kind(), &args! { "which" => which })
}

/// The file that an address names, if this agency has it.
fn named(seat: &Seat, slug: &str) -> Result<PackFile, WebError> {
    let file = PackFile::from_slug(slug).ok_or(WebError::NotFound)?;
    if seat.ctx.app.desk.pack().file_text(&file).is_none() {
        return Err(WebError::NotFound);
    }
    Ok(file)
}

/// The first day of an approved version, and when it was approved: the order in which versions follow each other.
const fn approved(revision: &Revision) -> Option<(Date, Timestamp)> {
    match &revision.stage {
        RevisionStage::Approved { from, at, .. } => Some((*from, *at)),
        _ => None,
    }
}

/// The first day of an approved version.
fn first_day(revision: &Revision) -> Option<Date> {
    approved(revision).map(|(day, _)| day)
}

/// The text of a file with its lines numbered, so that faults can lead to them.
fn numbered(text: &str, lang: Option<&str>) -> Markup {
    html! {
        ol.pack-lines dir="ltr" lang=[lang] {
            @for (n, line) in text.lines().enumerate() { li id={ "line-" (n + 1) } { code { (line) } } }
        }
    }
}

/// The language that a file is written in, where it is in one.
fn written_in(file: &PackFile) -> Option<&str> {
    match file {
        PackFile::Prompts(lang) | PackFile::Notices(lang) => Some(lang.as_str()),
        _ => None,
    }
}
