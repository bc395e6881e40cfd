//! Handing a message over, and what came of it.

use crate::{
    drop::DropDir,
    post::Post,
    smtp::{Smtp, SmtpConfig},
};
use std::path::PathBuf;

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The message was taken over.
    Sent(Sent),
    /// Not now: try again.
    Temporary(Failure),
    /// Never: trying again would fail the same way.
    Permanent(Failure),
}

/// The message was taken over; it may still come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The carrier's answer, for tracing: `250 2.0.0 Ok: queued as 4XyZ`, or a file name. Words with an `@` are
    /// left out.
    pub receipt: String,
}

/// Why an attempt failed. What the server said in words is not kept: servers repeat addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{why}{}", code.map(|c| format!(" ({c})")).unwrap_or_default())]
pub struct Failure {
    /// The kind of failure.
    pub why: Why,
    /// The reply code, of SMTP or HTTP, if there was a reply.
    pub code: Option<u16>,
}

/// The kind of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// A 5xx reply of SMTP: no such mailbox, or the message is not wanted; a number that is none.
    #[error("the carrier refused the message")]
    Refused,
    /// A 4xx reply: greylisting, a full mailbox, too much mail.
    #[error("the carrier put the message off")]
    PutOff,
    /// The server does not take our user name and password, or asks for one.
    #[error("the carrier did not accept the sign-in")]
    Login,
    /// No connection, or it broke.
    #[error("the carrier could not be reached")]
    Unreachable,
    /// No answer in time.
    #[error("the carrier did not answer in time")]
    Timeout,
    /// The connection could not be made secret, or the certificate is not trusted.
    #[error("no secure connection to the carrier")]
    Insecure,
    /// The server's answer makes no sense, or it lacks something the message needs.
    #[error("the carrier did not behave as expected")]
    Protocol,
    /// The drop directory cannot be written.
    #[error("the directory cannot be written")]
    Storage,
}

/// Why a mailer could not be made from its configuration.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// The extra certificate or the host name is of no use.
    #[error("the mail server's host name or certificate cannot be used: {0}")]
    Tls(#[source] lettre::transport::smtp::Error),
    /// The extra certificate is not PEM. (Without this check it would be passed over in silence.)
    #[error("the mail server's certificate authority is not a PEM file with a certificate")]
    NoCertificate,
    /// The drop directory cannot be made.
    #[error("the mail directory {path} cannot be made: {source}")]
    Directory {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// How messages leave.
#[derive(Debug)]
pub enum Mailer {
    /// By SMTP.
    Smtp(Box<Smtp>),
    /// Into a directory, one `.eml` file for each message. For demonstrations and tests.
    Drop(DropDir),
}

impl Mailer {
    /// A mailer that speaks SMTP. Must be called within a Tokio runtime, which tends its idle connections.
    /// Connects only when the first message is sent.
    pub fn smtp(config: SmtpConfig) -> Result<Self, MailerError> {
        Smtp::new(config).map(|smtp| Self::Smtp(Box::new(smtp)))
    }

    /// A mailer that writes into `dir`, which is made if need be.
    pub fn drop_into(dir: impl Into<PathBuf>) -> Result<Self, MailerError> {
        DropDir::new(dir.into()).map(Self::Drop)
    }

    /// Hands the message over.
    pub async fn send(&self, post: &Post) -> Outcome {
        match self {
            Self::Smtp(smtp) => smtp.send(post).await,
            Self::Drop(dir) => dir.send(post).await,
        }
    }

    /// Whether a message could be handed over now: connects, signs in and says NOOP, or writes nothing into
    /// the directory.
    pub async fn check(&self) -> Result<(), Failure> {
        match self {
            Self::Smtp(smtp) => smtp.check().await,
            Self::Drop(dir) => dir.check().await,
        }
    }
}
