//! How the person of an inquiry can be reached.

use super::inquiry::own;
use domain::person::Reach;
use serde::Serialize;
use utoipa::ToSchema;

/// How the person can be reached. Shown to those who promise calls or make them.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own, asked and changed apart")]
pub(crate) struct ReachShown {
    #[schema(example = "es")]
    lang: String,
    #[schema(example = "+12135550101")]
    phone: String,
    #[schema(example = "ana@example.org")]
    email: Option<String>,
    /// Did they agree to text messages at `phone`?
    texts: bool,
    /// Did they agree to be called at `phone` by an automated voice?
    calls: bool,
    /// The address for letters, line by line.
    post: Option<Vec<String>>,
    #[schema(example = "America/Los_Angeles")]
    zone: String,
    say_who_calls: bool,
    /// Must nothing be left on a machine that answers?
    no_message: bool,
    /// The ways of writing (`email`, `text`, `post`) by which nothing may say what it is about.
    discreet: Vec<&'static str>,
    relay: bool,
    interpreter: Option<String>,
    accommodation: Option<String>,
    /// The phrase to say at the beginning of a call.
    #[schema(example = "blue river")]
    phrase: String,
}

impl ReachShown {
    pub(crate) fn of(reach: &Reach) -> Self {
        Self {
            lang: reach.lang.as_str().to_owned(),
            phone: reach.phone.e164().to_owned(),
            email: own(reach.email.as_ref()),
            texts: reach.texts,
            calls: reach.calls,
            post: reach.post.as_ref().map(|to| to.reveal().lines()),
            zone: reach.zone.name().to_owned(),
            say_who_calls: reach.say_who_calls,
            no_message: reach.no_message,
            discreet: reach.discreet.iter().map(|by| by.as_str()).collect(),
            relay: reach.relay,
            interpreter: reach.interpreter.clone(),
            accommodation: own(reach.accommodation.as_ref()),
            phrase: reach.phrase.reveal().clone(),
        }
    }
}
