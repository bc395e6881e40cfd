//! Messages to the person: e-mail with its calendar file, by template and language.
//!
//! A notice goes through three steps, each of which can be tested alone:
//!
//! 1. [`render`] turns [`NoticeFacts`] (stored in the outbox when the matter was decided) into an
//!    [`Email`]: subject, text, HTML and, for an appointment, a calendar file. Pure.
//! 2. [`Post::new`] makes the MIME message. Pure; the same notice gives the same bytes.
//! 3. [`Mailer::send`] hands it to an SMTP server or writes it to a directory, and says what came of it.
//!
//! [`Retry`] says when to try again. Nothing here reads a clock, draws chance or writes a log, and no error
//! contains an address: whoever logs one cannot log a person.

mod calendar;
mod drop;
mod email;
mod facts;
mod html;
mod letter;
mod mailer;
mod plain;
mod post;
mod retry;
mod samples;
mod smtp;

pub use calendar::{Calendar, Method};
pub use email::{Email, Sender, TEMPLATE_VERSION, render};
pub use facts::{Agency, Appointment, Moment, News, NoticeFacts, Office, Whom, Window};
pub use mailer::{Failure, Mailer, MailerError, Outcome, Sent, Why};
pub use post::{Post, PostError};
pub use retry::{Next, Retry};
pub use samples::samples;
pub use smtp::{Login, SmtpConfig, Tls};
