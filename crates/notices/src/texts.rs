//! The carrier of text messages: any service that takes JSON over HTTP.

use crate::{
    drop::DropDir,
    hook::HookSecret,
    http::{self, ClientFault},
    mailer::{Failure, MailerError, Outcome, Sent, Why},
    text::Text,
};
use domain::{ids::NoticeId, pii::Pii};
use reqwest::{Client, StatusCode, Url, header};
use serde::{Deserialize, Serialize};
use std::{path::PathBuf, time::Duration};

/// A carrier of text messages.
#[derive(Debug, Clone)]
pub struct TextsConfig {
    /// Where messages are posted.
    pub url: String,
    /// Sent as a bearer token.
    pub token: Pii<String>,
    /// The number or short code that they come from, as the carrier wants it.
    pub from: String,
    /// Signs what the carrier tells us: receipts, and what people write.
    pub secret: HookSecret,
    /// Certificates (PEM) that are trusted besides the public authorities.
    pub trust: Option<Vec<u8>>,
    /// How long one message may take.
    pub timeout: Duration,
}

/// How text messages leave.
#[derive(Debug)]
pub enum Texts {
    /// To a carrier.
    Http(Box<HttpTexts>),
    /// Into a directory, one file for each message. For demonstrations and tests.
    Drop(DropDir),
}

/// A carrier over HTTP.
#[derive(Debug)]
pub struct HttpTexts {
    config: TextsConfig,
    url: Url,
    client: Client,
}

/// What is posted. The field names are ours; a carrier that has others is reached through a small gateway.
#[derive(Serialize)]
struct Message<'a> {
    id: String,
    from: &'a str,
    to: &'a str,
    text: &'a str,
}

/// What the carrier may answer.
#[derive(Default, Deserialize)]
struct Taken {
    #[serde(default)]
    id: String,
}

impl Texts {
    /// A carrier over HTTP. Connects when the first message is sent.
    ///
    /// # Errors
    /// When the address or the certificates are of no use.
    pub fn http(config: TextsConfig) -> Result<Self, ClientFault> {
        let url = http::address(&config.url)?;
        let client = http::client(config.trust.as_deref(), config.timeout)?;
        Ok(Self::Http(Box::new(HttpTexts { config, url, client })))
    }

    /// Messages as files in `dir`, which is made if need be.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn drop_into(dir: impl Into<PathBuf>) -> Result<Self, MailerError> {
        DropDir::new(dir.into()).map(Self::Drop)
    }

    /// Hands a message over, under the notice's own name: a carrier that is given it twice sends it once.
    pub async fn send(&self, id: NoticeId, to: &Pii<String>, text: &Text) -> Outcome {
        match self {
            Self::Http(carrier) => carrier.send(id, to, text).await,
            Self::Drop(dir) => {
                let page = format!("To: {}\nTemplate: {}\n\n{}\n", to.reveal(), text.template, text.body);
                dir.put(&format!("{id}.txt"), page.as_bytes()).await
            }
        }
    }

    /// What the carrier signs with; none where nobody answers.
    pub const fn secret(&self) -> Option<&HookSecret> {
        match self {
            Self::Http(carrier) => Some(&carrier.config.secret),
            Self::Drop(_) => None,
        }
    }
}

impl HttpTexts {
    async fn send(&self, id: NoticeId, to: &Pii<String>, text: &Text) -> Outcome {
        let name = id.to_string();
        let message =
            Message { id: name.clone(), from: &self.config.from, to: to.reveal(), text: &text.body };
        let sent = self
            .client
            .post(self.url.clone())
            .bearer_auth(self.config.token.reveal())
            .header("idempotency-key", name)
            .header(header::ACCEPT, "application/json")
            .json(&message)
            .send();
        let answer = match sent.await {
            Ok(answer) => answer,
            Err(error) => return Outcome::Temporary(Failure { why: http::why(&error), code: None }),
        };
        let status = answer.status();
        if status.is_success() {
            // It is taken whatever stands in the answer: asking again would send it again.
            let taken: Taken = http::json(answer).await.unwrap_or_default();
            let code: String = taken
                .id
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || "-_.:".contains(*c))
                .take(80)
                .collect();
            return Outcome::Sent(Sent {
                receipt: format!("{} {code}", status.as_u16()).trim_end().to_owned(),
            });
        }
        judge(status)
    }
}

/// What an answer that is no success means (RFC 9110 §15).
fn judge(status: StatusCode) -> Outcome {
    let failure = |why| Failure { why, code: Some(status.as_u16()) };
    match status {
        // A fault of our configuration and none of the message, which must outlive it.
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Outcome::Temporary(failure(Why::Login)),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            Outcome::Temporary(failure(Why::PutOff))
        }
        status if status.is_server_error() => Outcome::Temporary(failure(Why::PutOff)),
        // A number that is none, or a person who told the carrier that they want no texts.
        StatusCode::BAD_REQUEST | StatusCode::GONE | StatusCode::UNPROCESSABLE_ENTITY => {
            Outcome::Permanent(failure(Why::Refused))
        }
        // Not found, a redirect, whatever else: it is not the service that we took it for.
        _ => Outcome::Temporary(failure(Why::Protocol)),
    }
}
