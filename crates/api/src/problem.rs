//! Problems (RFC 9457): why a request was not done, with a code that does not change.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use desk::DeskError;
use domain::{access::Denied, erasure::Erased, refusal::Refusal, revision::RevisionRefused, slots::NoPlace};
use jiff::Timestamp;
use locale::Tongue;
use serde::Serialize;
use store::StoreError;
use utoipa::ToSchema;

/// Which texts a code has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// A rule of the desk said no: the same words as on the pages.
    Refusal,
    /// There is no place to be had: the same words as on the pages.
    NoPlace,
    /// Something else.
    Api,
}

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    /// Its code: the end of its `type`, and the member `code`.
    pub(crate) code: &'static str,
    /// The HTTP status.
    pub(crate) status: u16,
    pub(crate) family: Family,
}

macro_rules! kinds {
    ($($name:ident = $family:ident $status:literal $code:literal;)+) => {
        $(pub(crate) const $name: Kind = Kind { code: $code, status: $status, family: Family::$family };)+
        /// Every kind of problem that is not a refusal of the desk's rules.
        const OWN: &[Kind] = &[$($name),+];
    };
}

kinds! {
    BAD_QUERY = Api 400 "bad-query";
    BAD_HEADER = Api 400 "bad-header";
    BAD_JSON = Api 400 "bad-json";
    KEY_MISSING = Api 400 "idempotency-key-missing";
    KEY_MALFORMED = Api 400 "idempotency-key-malformed";
    NO_TOKEN = Api 401 "no-token";
    BAD_TOKEN = Api 401 "bad-token";
    NOT_PROVEN = Api 403 "not-proven";
    LACKS_SCOPE = Api 403 "lacks-scope";
    LACKS_ROLE = Api 403 "lacks-role";
    OTHER_OFFICE = Api 403 "other-office";
    NOT_FOUND = Api 404 "not-found";
    NO_SUCH_PAGE = Api 404 "no-such-page";
    METHOD = Api 405 "method-not-allowed";
    KEY_IN_USE = Api 409 "idempotency-key-in-use";
    ANSWER_NOT_TAKEN = Api 409 "answer-not-taken";
    BORN_AHEAD = Api 409 "born-ahead";
    LANGUAGE = Api 409 "language-not-spoken";
    ZONE = Api 409 "zone-not-known";
    TOKEN_REFUSED = Api 409 "token-refused";
    IMPORT_REFUSED = Api 409 "import-refused";
    CLOSING_REFUSED = Api 409 "closing-refused";
    HANDOVER_REFUSED = Api 409 "handover-refused";
    VERSION_REFUSED = Api 409 "version-refused";
    WAIT_REFUSED = Api 409 "wait-refused";
    ERASED = Api 410 "erased";
    MOVED_ON = Api 412 "moved-on";
    TOO_LARGE = Api 413 "body-too-large";
    NOT_JSON = Api 415 "not-json";
    WRONG_SHAPE = Api 422 "wrong-shape";
    TOO_MANY = Api 429 "too-many";
    WORK_FIRST = Api 429 "work-first";
    BROKEN = Api 500 "broken";
    BUSY = Api 503 "busy";
    CASE_SOURCE = Api 503 "case-source";
}

const fn refusal(code: &'static str) -> Kind {
    Kind { code, status: 409, family: Family::Refusal }
}

const fn no_place(code: &'static str) -> Kind {
    Kind { code, status: 409, family: Family::NoPlace }
}

/// Every code of [`Refusal`]; a test keeps it whole.
const REFUSALS: [&str; 37] = [
    "wrong-stage",
    "closed",
    "already-live",
    "too-soon",
    "not-offered",
    "window-full",
    "slot-full",
    "hold-expired",
    "moves-used-up",
    "too-late",
    "too-early",
    "not-today",
    "reason-needed",
    "another-officer",
    "reviewed-once",
    "taken-by-colleague",
    "no-such-office",
    "no-office-for-zip",
    "no-such-reason",
    "nothing-missing",
    "no-walk-ins",
    "walk-ins-used-up",
    "roster-hours",
    "no-delegates",
    "no-representative",
    "form-not-on-file",
    "delegates-full",
    "delegate-days",
    "not-delegable",
    "delegate-unreachable",
    "delegate-link-soon",
    "not-delegated",
    "delegate-over",
    "nobody-waits",
    "nothing-to-review",
    "somebody-elses",
    "for-counter",
];

/// Every code of [`NoPlace`] that is not a refusal's already; a test keeps it whole.
const NO_PLACES: [&str; 8] = [
    "service-not-offered",
    "visit-too-long",
    "office-closed",
    "before-lead-time",
    "after-horizon",
    "slot-passed",
    "no-such-slot",
    "hours-exclude-all",
];

/// The one list of problems, by status, then in the order of the desk's way.
pub(crate) fn all() -> Vec<Kind> {
    let mut all: Vec<Kind> = OWN
        .iter()
        .copied()
        .chain(REFUSALS.into_iter().map(refusal))
        .chain(NO_PLACES.into_iter().map(no_place))
        .collect();
    all.sort_by_key(|kind| kind.status);
    all
}

impl Kind {
    /// The `type` of the problem: a place in the documentation, the same at every installation.
    pub(crate) fn uri(self) -> String {
        format!("/api/docs#problem-{}", self.code)
    }

    /// What is wrong, and what to do now.
    pub(crate) fn says(self, t: &Tongue) -> (String, String) {
        let next = format!("{}-next", self.code);
        match self.family {
            Family::Refusal => (t.say_of("web-refusal", self.code), t.say_of("web-refusal", &next)),
            Family::NoPlace => (t.say_of("web-no-place", self.code), t.say_of("web-no-place", &next)),
            Family::Api => (t.say_of("api-problem", self.code), t.say_of("api-problem", &next)),
        }
    }
}

/// One thing in a request that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Fault {
    /// Where, as a JSON Pointer into the body, or the name of a header or of a part of the query.
    #[schema(example = "/reach/phone")]
    pub(crate) at: String,
    /// What would be right, in English, for whoever writes the program.
    pub(crate) says: String,
}

/// Work to do before the same is sent again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct WorkGiven {
    /// What is to be sent back, a semicolon and the found number behind it, in `Anteroom-Work`.
    #[schema(example = "6a0f1c2b.16.00112233445566778899aabbccddeeff")]
    pub(crate) given: String,
    /// With so many zero bits SHA-256 of it, a point and the number begins.
    #[schema(example = 16)]
    pub(crate) bits: u32,
}

/// Why a request was not done (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// Which kind of problem, as a place in the documentation.
    #[serde(rename = "type")]
    #[schema(example = "/api/docs#problem-window-full")]
    r#type: String,
    /// The kind's code. It never changes.
    #[schema(example = "window-full")]
    code: &'static str,
    /// What is wrong, in the language asked for.
    title: String,
    /// The HTTP status.
    #[schema(example = 409)]
    status: u16,
    /// What to do now, in the language asked for.
    detail: String,
    /// The stage the inquiry is at, when that is why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    stage: Option<String>,
    /// How often something may be done, when that is why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    limit: Option<u8>,
    /// The instant that it is about: the earliest, the latest, when the appointment is, or when it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<crate::scalar::When>, nullable = false)]
    when: Option<Timestamp>,
    /// The agency's rule by which a record was erased, when that is why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rule: Option<String>,
    /// What work is to be done first, when that is why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    work: Option<WorkGiven>,
    /// What in the request does not fit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    faults: Vec<Fault>,
}

/// What some problems are about.
#[derive(Debug, Clone)]
enum About {
    /// That the record was erased.
    Erased(Erased),
    /// Work to do first.
    Work(WorkGiven),
}

/// A problem on its way to the layer that writes it, which knows the language.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) kind: Kind,
    stage: Option<Box<str>>,
    limit: Option<u8>,
    when: Option<Timestamp>,
    about: Option<Box<About>>,
    faults: Vec<Fault>,
    /// In how many seconds to try again.
    retry: Option<i64>,
}

impl From<Kind> for Problem {
    fn from(kind: Kind) -> Self {
        Self { kind, stage: None, limit: None, when: None, about: None, faults: Vec::new(), retry: None }
    }
}

impl Problem {
    /// A problem with one thing in the request.
    pub(crate) fn at(kind: Kind, at: impl Into<String>, says: impl Into<String>) -> Self {
        Self { faults: vec![Fault { at: at.into(), says: says.into() }], ..kind.into() }
    }

    /// A problem with several things in the request.
    pub(crate) fn with(kind: Kind, faults: Vec<Fault>) -> Self {
        Self { faults, ..kind.into() }
    }

    /// The same problem, with what does not fit found in one part of the body.
    pub(crate) fn in_part(mut self, at: &str) -> Self {
        self.faults
            .iter_mut()
            .filter(|fault| fault.at.is_empty())
            .for_each(|fault| at.clone_into(&mut fault.at));
        self
    }

    /// Too many requests.
    pub(crate) fn too_many(seconds: i64) -> Self {
        Self { retry: Some(seconds), ..TOO_MANY.into() }
    }

    /// There is work to do first, or as long to wait as whoever has no scripts waits on a page.
    pub(crate) fn work_first(given: String, bits: u32) -> Self {
        let about = About::Work(WorkGiven { given, bits });
        Self { about: Some(Box::new(about)), retry: Some(desk::WAIT.as_secs()), ..WORK_FIRST.into() }
    }

    /// The answer, in a language.
    pub(crate) fn written(&self, t: &Tongue) -> Response {
        let (title, detail) = self.kind.says(t);
        let (rule, work) = match self.about.as_deref() {
            Some(About::Erased(erased)) => (erased.why.rule().map(str::to_owned), None),
            Some(About::Work(work)) => (None, Some(work.clone())),
            None => (None, None),
        };
        let body = ProblemBody {
            r#type: self.kind.uri(),
            code: self.kind.code,
            title,
            status: self.kind.status,
            detail,
            stage: self.stage.as_deref().map(str::to_owned),
            limit: self.limit,
            when: self.when,
            rule,
            work,
            faults: self.faults.clone(),
        };
        let mut response = (self.status(), serde_json::to_vec(&body).unwrap_or_default()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Language"));
        if let Ok(lang) = HeaderValue::from_str(t.lang().as_str()) {
            headers.insert(header::CONTENT_LANGUAGE, lang);
        }
        if let Some(seconds) = self.retry {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        let challenge = match self.kind {
            NO_TOKEN => Some("Bearer realm=\"api\""),
            BAD_TOKEN => Some("Bearer realm=\"api\", error=\"invalid_token\""),
            LACKS_SCOPE => Some("Bearer realm=\"api\", error=\"insufficient_scope\""),
            _ => None,
        };
        if let Some(challenge) = challenge {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response
    }

    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Refusal> for Problem {
    fn from(why: Refusal) -> Self {
        let code = REFUSALS.into_iter().find(|code| *code == why.code()).unwrap_or("wrong-stage");
        let mut problem = Self::from(refusal(code));
        match why {
            Refusal::WrongStage { stage } => problem.stage = Some(stage.into()),
            Refusal::MovesUsedUp { limit } => problem.limit = Some(limit),
            Refusal::TooSoon { earliest: at }
            | Refusal::TooLate { until: at }
            | Refusal::TooEarly { from: at }
            | Refusal::NotToday { start: at } => problem.when = Some(at),
            // Whose inquiry it is, and that there is one, is not for whoever asked: the person has been sent a link.
            Refusal::AlreadyLive { .. }
            | Refusal::Closed
            | Refusal::NotOffered
            | Refusal::WindowFull
            | Refusal::SlotFull
            | Refusal::HoldExpired
            | Refusal::ReasonNeeded
            | Refusal::AnotherOfficer
            | Refusal::ReviewedOnce
            | Refusal::TakenByColleague
            | Refusal::NoSuchOffice
            | Refusal::NoOfficeForZip
            | Refusal::NoSuchReason
            | Refusal::NothingMissing
            | Refusal::NoWalkIns
            | Refusal::WalkInsUsedUp { .. }
            | Refusal::RosterHours
            | Refusal::NoDelegates
            | Refusal::NoRepresentative
            | Refusal::FormNotOnFile
            | Refusal::DelegatesFull { .. }
            | Refusal::DelegateDays { .. }
            | Refusal::NotDelegable
            | Refusal::DelegateUnreachable
            | Refusal::DelegateLinkSoon
            | Refusal::NotDelegated
            | Refusal::DelegateOver
            | Refusal::NobodyWaits
            | Refusal::NothingToReview
            | Refusal::SomebodyElses
            | Refusal::ForCounter { .. } => {}
        }
        problem
    }
}

impl From<&NoPlace> for Problem {
    fn from(why: &NoPlace) -> Self {
        let code = why.code();
        let own = NO_PLACES.into_iter().find(|own| *own == code).map(no_place);
        let mut problem = Self::from(own.unwrap_or(no_place("slot-full")));
        match why {
            NoPlace::OfficeClosed { opens, .. } => problem.when = *opens,
            NoPlace::Passed { start } => problem.when = Some(*start),
            NoPlace::Full { next, .. } | NoPlace::NoSuchSlot { next, .. } => {
                problem.when = next.as_ref().map(|opening| opening.start);
            }
            NoPlace::HoursExclude { nearest } => problem.when = Some(nearest.start),
            NoPlace::BeforeLeadTime { .. }
            | NoPlace::AfterHorizon { .. }
            | NoPlace::NotOffered { .. }
            | NoPlace::TooLong { .. } => {}
        }
        problem
    }
}

impl From<Denied> for Problem {
    fn from(why: Denied) -> Self {
        match why {
            Denied::Role => LACKS_ROLE.into(),
            Denied::OtherOffice => OTHER_OFFICE.into(),
            Denied::Inactive => BAD_TOKEN.into(),
            Denied::Conflict | Denied::Protected => NOT_FOUND.into(),
        }
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Refused(why) => why.into(),
            DeskError::NoPlace(why) => (&why).into(),
            DeskError::Denied(why) => why.into(),
            // Records are held and erased, and accounts written, on pages alone.
            DeskError::LineNotice(_)
            | DeskError::Account(_)
            | DeskError::Records(_)
            | DeskError::Policy(RevisionRefused::Stale) => MOVED_ON.into(),
            DeskError::Policy(why) => Self::at(VERSION_REFUSED, "", why.to_string()),
            DeskError::Wait(why) => Self::at(WAIT_REFUSED, "", why.to_string()),
            DeskError::Closing(why) => Self::at(CLOSING_REFUSED, "", why.to_string()),
            DeskError::Handover(why) => crate::dto::handovers::refused(why),
            DeskError::Erased(erased) => {
                Self { when: Some(erased.at), about: Some(Box::new(About::Erased(*erased))), ..ERASED.into() }
            }
            DeskError::NotFound => NOT_FOUND.into(),
            DeskError::WrongSignIn | DeskError::Proof(_) | DeskError::NotMet(_) => BAD_TOKEN.into(),
            DeskError::KeyInUse => KEY_IN_USE.into(),
            DeskError::Contended => Self { retry: Some(1), ..BUSY.into() },
            DeskError::Import { faults } => {
                let faults = faults.into_iter().map(|says| Fault { at: String::new(), says }).collect();
                Self { faults, ..IMPORT_REFUSED.into() }
            }
            DeskError::CaseSource(error) => {
                tracing::warn!(error = %Chain(&error), "the case source did not answer");
                Self { retry: Some(60), ..CASE_SOURCE.into() }
            }
            DeskError::Store(StoreError::Busy | StoreError::Closing) => {
                Self { retry: Some(2), ..BUSY.into() }
            }
            error @ (DeskError::Ask(_) | DeskError::Press(_) | DeskError::Store(_)) => {
                tracing::error!(error = %Chain(&error), "a request could not be done");
                BROKEN.into()
            }
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        DeskError::from(error).into()
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

#[cfg(test)]
mod tests;
