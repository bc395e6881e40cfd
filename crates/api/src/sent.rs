//! What was sent: query, body, key and conditions, read strictly, each rejection a problem.

use crate::{
    Api,
    client::{Door, Needs},
    problem::{self, Kind, Problem},
    strict::{self, Misfit},
};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::Response,
};
use desk::{Caller, Conditions, DeskError, Done};
use domain::{change::IdempotencyKey, inquiry::Inquiry};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::{CommitError, Committed};

/// The largest body, in bytes.
pub(crate) const LARGEST: usize = 64 * 1024;
/// The longest idempotency key, in characters.
pub(crate) const LONGEST_KEY: usize = 100;

fn misfit(kind: Kind, why: &Misfit) -> Problem {
    Problem::at(kind, why.pointer(), why.says())
}

/// A query, read as `T`.
#[derive(Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<T: for<'de> Deserialize<'de>> FromRequestParts<Api> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, Problem> {
        let bad = |why: Misfit| misfit(problem::BAD_QUERY, &why);
        let value = strict::query(parts.uri.query().unwrap_or_default()).map_err(bad)?;
        strict::read(&value, strict::From::Query).map(Self).map_err(bad)
    }
}

/// A body that says nothing: whatever was sent is not looked at.
#[derive(Debug)]
pub(crate) struct Nothing;

/// What a body says.
pub(crate) trait Said: Sized + Send {
    /// The largest body, in bytes.
    const LARGEST: usize = LARGEST;

    fn said(headers: &HeaderMap, body: &Bytes) -> Result<Self, Problem>;
}

impl Said for Nothing {
    fn said(_: &HeaderMap, _: &Bytes) -> Result<Self, Problem> {
        Ok(Self)
    }
}

/// A JSON body, read as `T`.
#[derive(Debug)]
pub(crate) struct Json<T>(pub(crate) T);

/// A JSON body that has a whole file in it.
#[derive(Debug)]
pub(crate) struct File<T>(pub(crate) T);

impl<T: for<'de> Deserialize<'de> + Send> Said for File<T> {
    // The file at its largest, with some room for what JSON adds to each line.
    const LARGEST: usize = pack::MAX_FILE_BYTES + pack::MAX_FILE_BYTES / 4;

    fn said(headers: &HeaderMap, body: &Bytes) -> Result<Self, Problem> {
        Json::said(headers, body).map(|Json(said)| Self(said))
    }
}

impl<T: for<'de> Deserialize<'de> + Send> Said for Json<T> {
    fn said(headers: &HeaderMap, body: &Bytes) -> Result<Self, Problem> {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
            return Err(Problem::at(problem::NOT_JSON, "Content-Type", "send application/json"));
        }
        let value: Value = serde_json::from_slice(body).map_err(|why| {
            let says = format!("line {}, column {}: this is not JSON", why.line(), why.column());
            Problem::at(problem::BAD_JSON, "", says)
        })?;
        let read = strict::read(&value, strict::From::Json);
        read.map(Self).map_err(|why| misfit(problem::WRONG_SHAPE, &why))
    }
}

/// A command: who gives it, under which key, under which conditions, and what it says.
#[derive(Debug)]
pub(crate) struct Act<N: Door, T> {
    pub(crate) client: N::Who,
    pub(crate) caller: Caller,
    pub(crate) body: T,
    /// It has been done before.
    pub(crate) repeated: bool,
    needs: std::marker::PhantomData<N>,
}

impl<N: Door, T: Said> FromRequest<Api> for Act<N, T> {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let client = N::enter(&mut parts, api).await?;
        let key = key(&parts.headers)?;
        let versions = versions(&parts.headers)?;
        let body = axum::body::to_bytes(body, T::LARGEST).await.map_err(|_| problem::TOO_LARGE)?;
        let said = T::said(&parts.headers, &body)?;
        let command = Some(print(&parts, &body));
        let caller = N::caller(&client, &key).only(Conditions { versions, command });
        let repeated = is_done(api, &caller).await?;
        Ok(Self { client, caller, body: said, repeated, needs: std::marker::PhantomData })
    }
}

/// What a command says, as a short text made of all of it.
pub(crate) fn print(parts: &Parts, body: &[u8]) -> String {
    let mut print = Sha256::new();
    for part in [parts.method.as_str().as_bytes(), parts.uri.path().as_bytes(), body] {
        print.update((part.len() as u64).to_be_bytes());
        print.update(part);
    }
    hex::encode(print.finalize())
}

/// What the desk keeps under the key of a command that was done: as the act has just heard it, else as the store has it.
pub(crate) async fn answered(api: &Api, caller: &Caller) -> Result<Committed, Problem> {
    if let Some(done) = caller.answered() {
        return Ok(done.clone());
    }
    let kept = api.desk.store().answered(&caller.key, &caller.actor()).await;
    Ok(kept.map_err(DeskError::from)?.ok_or(problem::BROKEN)?)
}

/// Has this command been done before?
pub(crate) async fn is_done(api: &Api, caller: &Caller) -> Result<bool, Problem> {
    match api.desk.store().answered(&caller.key, &caller.actor()).await {
        Ok(done) => Ok(done.is_some()),
        Err(CommitError::Conflict(conflict)) => Err(DeskError::from(conflict).into()),
        Err(CommitError::Store(error)) => Err(error.into()),
    }
}

/// The key of a command. Ours begin otherwise, so that no program can take one.
pub(crate) fn key(headers: &HeaderMap) -> Result<IdempotencyKey, Problem> {
    const NAME: &str = "Idempotency-Key";
    let mut sent = headers.get_all(NAME).iter();
    let Some(first) = sent.next() else {
        return Err(Problem::at(
            problem::KEY_MISSING,
            NAME,
            "send a key of your own, another for each command",
        ));
    };
    let bad = || {
        let says = format!("a key is 1 to {LONGEST_KEY} printable ASCII characters without spaces");
        Problem::at(problem::KEY_MALFORMED, NAME, says)
    };
    let text = first.to_str().map_err(|_| bad())?;
    if sent.next().is_some() || !(1..=LONGEST_KEY).contains(&text.len()) {
        return Err(bad());
    }
    IdempotencyKey::new(format!("api:{text}")).map_err(|_| bad())
}

/// The tags in a header: `None` when there is none or it says `*`. Weak tags are marked as such.
fn tags(headers: &HeaderMap, name: &'static str) -> Result<Option<Vec<(bool, String)>>, Problem> {
    let mut all = Vec::new();
    let bad = || Problem::at(problem::BAD_HEADER, name, "send a tag as it was given, such as \"7\", or *");
    for line in headers.get_all(name) {
        let line = line.to_str().map_err(|_| bad())?.trim();
        if line == "*" {
            return Ok(None);
        }
        for tag in line.split(',').map(str::trim) {
            let (weak, tag) = tag.strip_prefix("W/").map_or((false, tag), |tag| (true, tag));
            let tag = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).ok_or_else(bad)?;
            if tag.contains('"') {
                return Err(bad());
            }
            all.push((weak, tag.to_owned()));
        }
    }
    Ok(headers.contains_key(name).then_some(all))
}

/// The versions in `If-Match`. A tag that is none of ours, or a weak one, fits no version (RFC 9110 §13.1.1).
fn versions(headers: &HeaderMap) -> Result<Option<Vec<u64>>, Problem> {
    let all = tags(headers, "If-Match")?;
    Ok(all.map(|all| {
        all.into_iter().filter(|(weak, _)| !weak).filter_map(|(_, tag)| tag.parse().ok()).collect()
    }))
}

/// Does `If-None-Match` name this tag (RFC 9110 §13.1.2)?
pub(crate) fn is_known(headers: &HeaderMap, tag: &HeaderValue) -> Result<bool, Problem> {
    const NAME: &str = "If-None-Match";
    if !headers.contains_key(NAME) {
        return Ok(false);
    }
    let Some(all) = tags(headers, NAME)? else { return Ok(true) };
    Ok(all.iter().any(|(_, known)| tag.to_str().is_ok_and(|tag| tag.trim_matches('"') == known)))
}

impl<N: Needs, T> Act<N, T> {
    /// The inquiry that the command is about.
    pub(crate) async fn on(&self, api: &Api, number: &str) -> Result<Inquiry, Problem> {
        let inquiry = self.client.inquiry(api, number).await?;
        self.caller.has_seen(inquiry.clone());
        Ok(inquiry)
    }
}

impl<N: Door, T> Act<N, T> {
    /// What the desk answered, as a receipt.
    pub(crate) async fn done<D>(
        self,
        api: &Api,
        on: &Inquiry,
        did: Result<D, DeskError>,
    ) -> Result<Response, Problem> {
        if let Err(error) = did {
            return Err(self.failed(api, on, error).await?);
        }
        self.receipt(api, axum::http::StatusCode::OK).await
    }

    /// What the desk keeps under the command's key: as the act has just heard it, else as the store has it.
    pub(crate) async fn answered(&self, api: &Api) -> Result<Committed, Problem> {
        answered(api, &self.caller).await
    }

    /// What the desk keeps under the command's key, as a receipt.
    pub(crate) async fn receipt(
        self,
        api: &Api,
        status: axum::http::StatusCode,
    ) -> Result<Response, Problem> {
        let done = Done::in_answer(&self.answered(api).await?.answer).ok_or(problem::BROKEN)?;
        Ok(crate::answer::receipt(api, status, &done, self.repeated))
    }

    /// Why it was not done: when others have moved the inquiry on, and it was wanted as it was, that is why.
    pub(crate) async fn failed(&self, api: &Api, on: &Inquiry, error: DeskError) -> Result<Problem, Problem> {
        if let (DeskError::Contended, Some(versions)) = (&error, &self.caller.only.versions) {
            let now = api.desk.store().inquiry(on.id).await?.ok_or(problem::NOT_FOUND)?;
            if !versions.contains(&now.version) {
                let says = format!("it is \"{}\" now", now.version);
                return Ok(Problem::at(problem::MOVED_ON, "If-Match", says));
            }
        }
        Ok(error.into())
    }
}
