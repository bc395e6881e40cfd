//! Whoever asks for themselves: a person with the token that their inquiry's number and their date of birth gave them.

use crate::{
    Api,
    client::{self, Door},
    problem::{self, Problem},
    sent::Act,
};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, request::Parts},
    middleware::Next,
    response::Response,
};
use desk::{Caller, DeskError, Who, token_hash};
use domain::{change::IdempotencyKey, ids::PassId, inquiry::Inquiry, pass::PassFor};
use jiff::Timestamp;
use std::sync::Arc;

/// A person who has shown a good token.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Their inquiry, as it is now. That it was opened is journalled, as on their page.
    pub(crate) inquiry: Arc<Inquiry>,
    /// What let them in.
    pub(crate) pass: PassId,
    pub(crate) now: Timestamp,
}

impl FromRequestParts<Api> for Person {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, Problem> {
        Ok(parts.extensions.get::<Self>().cloned().ok_or(problem::NO_TOKEN)?)
    }
}

/// The door of a person's own addresses.
#[derive(Debug)]
pub(crate) struct Own;

impl Door for Own {
    type Who = Person;

    async fn enter(parts: &mut Parts, api: &Api) -> Result<Person, Problem> {
        Person::from_request_parts(parts, api).await
    }

    fn caller(who: &Person, key: &IdempotencyKey) -> Caller {
        let id = who.inquiry.id;
        // The journal calls all people one: so that nobody meets another's key, it has the inquiry in it.
        let key = IdempotencyKey::of("own", token_hash(&format!("{id} {}", key.as_str())));
        Caller::new(Who::Person(id), key, who.now)
    }
}

impl<T> Act<Own, T> {
    /// The person's inquiry, which the command is about.
    pub(crate) fn own(&self) -> Arc<Inquiry> {
        self.caller.has_seen(Inquiry::clone(&self.client.inquiry));
        Arc::clone(&self.client.inquiry)
    }
}

async fn known(api: &Api, headers: &HeaderMap, now: Timestamp) -> Result<Person, Problem> {
    let token = client::token(headers)?;
    let pass = api.desk.pass(token, PassFor::Program, now).await?.ok_or(problem::BAD_TOKEN)?;
    let id = pass.of.inquiry().ok_or(problem::BAD_TOKEN)?;
    let caller = Caller::new(Who::Person(id), IdempotencyKey::of("own-read", api.desk.dice().token()), now);
    match api.desk.open_inquiry(&caller, id).await {
        Ok(inquiry) => Ok(Person { inquiry: Arc::new(inquiry), pass: pass.id, now }),
        Err(DeskError::NotFound) => Err(problem::BAD_TOKEN.into()),
        Err(error) => Err(error.into()),
    }
}

/// Lets nobody in without a good token, nor more often than allowed.
pub(crate) async fn admit(State(api): State<Api>, mut request: Request, next: Next) -> Response {
    let now = api.clock.now();
    match known(&api, request.headers(), now).await {
        Ok(person) => {
            let subject = person.pass.to_string();
            request.extensions_mut().insert(person);
            client::counted(&api, &subject, now, request, next).await
        }
        Err(why) => client::refused(&api, why, "person", now, &request),
    }
}
