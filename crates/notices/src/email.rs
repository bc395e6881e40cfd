//! A notice as an e-mail, before it is put into an envelope.

use crate::{
    calendar::{self, Calendar},
    facts::NoticeFacts,
    html, letter, plain,
};
use domain::pii::Pii;
use locale::Words;

/// The version of the templates. Raise it when a text or its order changes, so that a stored notice tells
/// by which wording it was written.
pub const TEMPLATE_VERSION: u32 = 2;

/// Who a message comes from, as configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The agency's own address, `no-reply@agency.example`. It is also the calendar file's organizer.
    pub address: String,
    /// The domain under which identifiers are made (Message-ID, calendar UID). It must never change while
    /// appointments are open: calendars find an appointment by it.
    pub domain: String,
}

/// A notice, written out.
#[derive(Clone, PartialEq, Eq)]
pub struct Email {
    /// The language.
    pub lang: String,
    /// The agency's name, for the From line.
    pub from_name: String,
    /// Neutral: it may be read on a locked screen.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// The calendar file of an appointment that was booked, moved or cancelled.
    pub calendar: Option<Calendar>,
    /// Kind and version of the template: `callback-promised/2`.
    pub template: String,
}

/// Prints no text: it has the person's name and their link.
impl std::fmt::Debug for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Email")
            .field("template", &self.template)
            .field("lang", &self.lang)
            .finish_non_exhaustive()
    }
}

/// Writes the notice in the person's language. `to` is the person's address, which a calendar file names
/// as the attendee.
pub fn render(words: &Words, facts: &NoticeFacts, sender: &Sender, to: &Pii<String>) -> Email {
    let t = words.tongue(&facts.lang);
    let letter = letter::write(t, facts);
    Email {
        lang: t.lang().to_string(),
        from_name: letter.agency.clone(),
        text: plain::plain(&letter),
        html: html::html(t, &letter),
        calendar: calendar::of(t, facts, sender, to),
        template: format!("{}/{TEMPLATE_VERSION}", facts.template()),
        subject: letter.subject,
    }
}
