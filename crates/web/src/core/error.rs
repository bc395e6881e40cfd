//! Why a page cannot be given. Each is a page of its own that names the next step.

use crate::{
    core::{Ctx, Page},
    parts,
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use desk::DeskError;
use domain::erasure::Erased;
use locale::{Tongue, args};
use maud::html;
use std::sync::Arc;
use store::StoreError;

/// Why a page cannot be given.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WebError {
    /// There is no such page, or whoever asks may not know of it.
    #[error("not found")]
    NotFound,
    /// An inquiry's page without a proof that it is one's own. It looks the same whether the number exists or not.
    #[error("no proof")]
    NoProof,
    /// Too many tries.
    #[error("too many tries")]
    TooMany {
        /// Wait so long.
        seconds: i64,
    },
    /// The form cannot be read.
    #[error("a form that cannot be read")]
    BadForm,
    /// The form is larger than any of ours.
    #[error("a form that is too large")]
    TooLarge,
    /// The form was sent from another site.
    #[error("a form from another site")]
    OtherSite,
    /// The page took too long.
    #[error("the page took too long")]
    TimedOut,
    /// A page failed in a way nobody foresaw.
    #[error("a page failed")]
    Panicked,
    /// The desk says no.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        Self::Desk(error.into())
    }
}

impl From<domain::refusal::Refusal> for WebError {
    fn from(refusal: domain::refusal::Refusal) -> Self {
        Self::Desk(refusal.into())
    }
}

/// An error on its way to the layer that writes its page, which knows the language.
#[derive(Clone)]
pub(crate) struct Fault(pub(crate) Arc<WebError>);

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Self::TooMany { seconds } = &self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        response.extensions_mut().insert(Fault(Arc::new(self)));
        response
    }
}

impl WebError {
    /// There are no tries left for so long.
    pub(crate) fn wait(time: jiff::SignedDuration) -> Self {
        Self::TooMany { seconds: time.as_secs().max(1) }
    }

    /// The HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::NoProof => StatusCode::NOT_FOUND,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::BadForm => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::OtherSite => StatusCode::FORBIDDEN,
            Self::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            Self::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Desk(error) => match error {
                DeskError::Refused(_)
                | DeskError::Wait(_)
                | DeskError::Handover(_)
                | DeskError::LineNotice(_)
                | DeskError::Closing(_)
                | DeskError::Policy(_)
                | DeskError::Account(_)
                | DeskError::Records(_)
                | DeskError::NoPlace(_)
                | DeskError::KeyInUse => StatusCode::CONFLICT,
                DeskError::Erased(_) => StatusCode::GONE,
                DeskError::Denied(_) | DeskError::NotFound => StatusCode::NOT_FOUND,
                DeskError::WrongSignIn
                | DeskError::Proof(_)
                | DeskError::NotMet(_)
                | DeskError::Import { .. } => StatusCode::UNPROCESSABLE_ENTITY,
                DeskError::Contended
                | DeskError::CaseSource(_)
                | DeskError::Store(StoreError::Busy | StoreError::Closing) => StatusCode::SERVICE_UNAVAILABLE,
                DeskError::Ask(_) | DeskError::Press(_) | DeskError::Store(_) => {
                    StatusCode::INTERNAL_SERVER_ERROR
                }
            },
        }
    }

    /// What is wrong, and what to do now.
    pub(crate) fn says(&self, t: &Tongue) -> (String, String) {
        let of = |kind: &str| (t.say_of("web-error", kind), t.say_of("web-error", &format!("{kind}-next")));
        match self {
            Self::NotFound => of("not-found"),
            Self::NoProof => of("no-proof"),
            Self::TooMany { .. } => of("too-many"),
            Self::BadForm => of("bad-form"),
            Self::TooLarge => of("too-large"),
            Self::OtherSite => of("other-site"),
            Self::TimedOut => of("busy"),
            Self::Panicked => of("broken"),
            Self::Desk(error) => match error {
                DeskError::Refused(refusal) => {
                    let code = refusal.code();
                    (t.say_of("web-refusal", code), t.say_of("web-refusal", &format!("{code}-next")))
                }
                DeskError::NoPlace(why) => {
                    let code = why.code();
                    (t.say_of("web-no-place", code), t.say_of("web-no-place", &format!("{code}-next")))
                }
                DeskError::Denied(_) | DeskError::NotFound => of("not-found"),
                DeskError::Erased(_) => of("erased"),
                DeskError::Records(why) => {
                    (t.say_of("records-refused", why.code()), t.say("records-refused-next"))
                }
                DeskError::WrongSignIn => of("sign-in"),
                DeskError::Proof(_) | DeskError::NotMet(_) => of("proof"),
                DeskError::Account(_) => of("account"),
                DeskError::KeyInUse | DeskError::Import { .. } => of("bad-form"),
                DeskError::CaseSource(_) => of("case-source"),
                // The pages of the wait tell more; anywhere else it has moved on meanwhile.
                DeskError::Wait(_)
                | DeskError::Handover(_)
                | DeskError::LineNotice(_)
                | DeskError::Closing(_)
                | DeskError::Policy(_)
                | DeskError::Contended
                | DeskError::Store(StoreError::Busy | StoreError::Closing) => of("busy"),
                DeskError::Ask(_) | DeskError::Press(_) | DeskError::Store(_) => of("broken"),
            },
        }
    }

    /// The inquiry whose page leads on from here: whoever is refused something of an inquiry is not sent back to the start. Nothing leads
    /// there where it is not known, was not shown to be theirs, or is asked for too often.
    fn inquiry<'a>(&self, rest: &'a str) -> Option<&'a str> {
        let here = matches!(
            self.status(),
            StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::SERVICE_UNAVAILABLE
        );
        ["/inquiry/", "/staff/inquiry/"].into_iter().filter(|_| here).find_map(|before| {
            let (number, after) = rest.strip_prefix(before)?.split_once('/')?;
            let whole =
                number.len() == 8 && number.bytes().all(|digit| digit.is_ascii_digit()) && !after.is_empty();
            rest.get(..before.len() + number.len()).filter(|_| whole)
        })
    }

    /// The page that says so.
    pub(crate) fn page(&self, ctx: &Ctx) -> Response {
        let t = ctx.t();
        let (wrong, next) = self.says(t);
        let body = html! {
            @if let Self::Desk(DeskError::Erased(erased)) = self { p { (gone(ctx, erased)) } }
            p.usa-intro { (next) }
            p { @match self.inquiry(&ctx.rest) {
                Some(path) => a.usa-button href=(ctx.url(path)) { (t.say("web-to-inquiry")) },
                None => a.usa-button href=(ctx.url("")) { (t.say("web-to-start")) },
            } }
            (parts::phone_line(ctx))
        };
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(error = %Chain(self), "a page could not be given");
        }
        (status, Page::new(wrong, body).render(ctx)).into_response()
    }
}

/// When a record was erased, and why.
pub(crate) fn gone(ctx: &Ctx, erased: &Erased) -> String {
    let t = ctx.t();
    let zone = &ctx.app.desk.pack().line().calendar.zone;
    let date = t.on_day(zone.date(erased.at), zone.date(ctx.now));
    match erased.why.rule() {
        Some(rule) => t.say_with("web-erased-rule", &args! { "date" => date, "rule" => rule }),
        None => t.say_with("web-erased-request", &args! { "date" => date }),
    }
}

/// An error with its causes, on one line. Errors here carry no personal data.
struct Chain<'a>(&'a dyn std::error::Error);

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}
