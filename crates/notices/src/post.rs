//! The MIME message.

use crate::email::{Email, Sender};
use domain::{ids::NoticeId, pii::Pii};
use jiff::Timestamp;
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

/// Why no message could be made. Without the address: it may be logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PostError {
    /// The person's address is none; no retry will mend that.
    #[error("the recipient's address is not an e-mail address")]
    Recipient,
    /// The configured sender is none.
    #[error("the configured sender's address or domain is not one")]
    Sender,
    /// The parts do not make a message.
    #[error("the message cannot be put together")]
    Message,
}

/// A message ready to be sent. The same notice makes the same message to the byte, under the same Message-ID:
/// sent twice after a crash, it can be recognised as one.
#[derive(Clone)]
pub struct Post {
    id: NoticeId,
    envelope: Envelope,
    bytes: Vec<u8>,
}

/// Prints no addresses.
impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Post").field("id", &self.id).field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

impl Post {
    /// Puts the e-mail of notice `id` into an envelope to `to`. `date` is the message's Date: the time at which
    /// the notice was put in the outbox, so that a late delivery shows.
    pub fn new(
        email: &Email,
        id: NoticeId,
        sender: &Sender,
        to: &Pii<String>,
        date: Timestamp,
    ) -> Result<Self, PostError> {
        let from: Address = sender.address.parse().map_err(|_| PostError::Sender)?;
        let to: Address = to.reveal().trim().parse().map_err(|_| PostError::Recipient)?;
        let domain_is_fit = !sender.domain.is_empty()
            && sender.domain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
        if !domain_is_fit {
            return Err(PostError::Sender);
        }
        let message = Message::builder()
            .from(Mailbox::new(Some(email.from_name.clone()).filter(|name| !name.is_empty()), from))
            .to(Mailbox::new(None, to))
            .subject(&email.subject)
            .date(date.into())
            .message_id(Some(format!("<{id}@{}>", sender.domain)))
            .raw_header(raw("Auto-Submitted", "auto-generated")?)
            // Out-of-office answers to a mailbox nobody reads are of no use (RFC 3834 is not known to all).
            .raw_header(raw("X-Auto-Response-Suppress", "All")?)
            .raw_header(raw("Content-Language", &email.lang)?)
            .raw_header(raw("X-Anteroom-Template", &email.template)?)
            .multipart(body(email, id)?)
            .map_err(|_| PostError::Message)?;
        Ok(Self { id, envelope: message.envelope().clone(), bytes: message.formatted() })
    }

    /// Which notice this is.
    pub const fn id(&self) -> NoticeId {
        self.id
    }

    /// The message as it goes over the wire.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) const fn envelope(&self) -> &Envelope {
        &self.envelope
    }
}

fn raw(name: &'static str, value: &str) -> Result<HeaderValue, PostError> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| PostError::Message)?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

/// Text, HTML and invitation as alternatives; the calendar file once more as an attachment, because some mail
/// readers show only the one and some only the other.
fn body(email: &Email, id: NoticeId) -> Result<MultiPart, PostError> {
    // Boundaries are made from the notice, not from chance: see `Post`.
    let alternatives = MultiPart::alternative()
        .boundary(format!("=_alternatives_{id}"))
        .singlepart(SinglePart::plain(email.text.clone()))
        .singlepart(SinglePart::html(email.html.clone()));
    let Some(calendar) = &email.calendar else { return Ok(alternatives) };
    let method = calendar.method.as_str();
    let kind = |text: String| ContentType::parse(&text).map_err(|_| PostError::Message);
    let invitation = SinglePart::builder()
        .header(kind(format!("text/calendar; charset=utf-8; method={method}"))?)
        .body(calendar.file.clone());
    let file = Attachment::new("appointment.ics".to_owned())
        .body(calendar.file.clone(), kind("application/ics; charset=utf-8".to_owned())?);
    Ok(MultiPart::mixed()
        .boundary(format!("=_mixed_{id}"))
        .multipart(alternatives.singlepart(invitation))
        .singlepart(file))
}
