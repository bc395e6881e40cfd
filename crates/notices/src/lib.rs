//! Messages to the person: e-mail with its calendar file, and text, by template and language.
//!
//! A notice goes through three steps, each of which can be tested alone:
//!
//! 1. [`render`] turns [`NoticeFacts`] (stored in the outbox when the matter was decided) into an
//!    [`Email`]: subject, text, HTML and, for an appointment, a calendar file. Pure.
//! 2. [`Post::new`] makes the MIME message. Pure; the same notice gives the same bytes.
//! 3. [`Mailer::send`] hands it to an SMTP server or writes it to a directory, and says what came of it.
//!
//! A text message is one step shorter: [`text`] writes it, [`Texts::send`] hands it over. What its carrier tells us afterwards
//! is believed when a [`HookSecret`] says so, and [`word`] reads what people answer.
//!
//! A letter is printed with others of a batch: [`Press::print`].
//!
//! [`Retry`] says when to try again. Nothing here reads a clock, draws chance or writes a log, and no error
//! contains an address: whoever logs one cannot log a person.

mod calendar;
mod calls;
mod drop;
mod email;
mod facts;
mod feed;
mod hook;
mod html;
mod http;
mod letter;
mod mailer;
mod plain;
mod post;
mod print;
mod retry;
mod samples;
mod smtp;
mod text;
mod texts;
mod told;
mod webhooks;

pub use calendar::{Calendar, Method};
pub use calls::{AT_ONCE as CALLS_AT_ONCE, Calls, NoticeCall, Room};
pub use email::{Email, Sender, TEMPLATE_VERSION, render};
pub use facts::{Agency, Appointment, Instead, Moment, News, NoticeFacts, Office, TextSays, Whom, Window};
pub use feed::{Feed, FeedEntry};
pub use hook::{HookFault, HookSecret, SecretFault, WINDOW as HOOK_WINDOW};
pub use http::ClientFault;
pub use mailer::{Failure, Mailer, MailerError, Outcome, Sent, Why};
pub use post::{Post, PostError};
pub use print::{Press, PressFault, Sheet};
pub use retry::{Next, Retry};
pub use samples::samples;
pub use smtp::{Login, SmtpConfig, Tls};
pub use text::{Text, text, word};
pub use texts::{HttpTexts, Texts, TextsConfig};
pub use told::{Told, Yes, is_told, told};
pub use webhooks::{NoSuchEvent, Wanted, Webhook, WebhookConfig};
