//! The agency's own lists, and the tokens of whoever asks.

use crate::{
    dto::inquiry::{TextsShown, texts},
    scalar::{Id, When},
};
use desk::acts::NewToken;
use domain::session::Session;
use jiff::Timestamp;
use pack::{Office, QuestionKind, Reason};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An office.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficeShown {
    #[schema(example = "LOS")]
    code: String,
    #[schema(example = "Los Angeles")]
    name: String,
    /// The address on one line.
    address: String,
    #[schema(example = "America/Los_Angeles")]
    zone: String,
}

impl OfficeShown {
    pub(crate) fn of(office: &Office) -> Self {
        Self {
            code: office.code.as_str().to_owned(),
            name: office.name.clone(),
            address: office.address(),
            zone: office.zone().name().to_owned(),
        }
    }
}

/// The agency's offices.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficeList {
    pub(crate) offices: Vec<OfficeShown>,
}

/// A question that a reason asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuestionShown {
    #[schema(example = "cannot_wait")]
    code: String,
    /// `bool`, `int`, `date` or `choice`.
    #[schema(example = "bool")]
    kind: &'static str,
    /// The codes to choose from, for a choice.
    choices: Vec<String>,
    /// The least number, for an int.
    min: Option<i64>,
    /// The greatest number, for an int.
    max: Option<i64>,
    /// What is asked, by language.
    label: TextsShown,
}

/// A reason for an in-person visit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReasonShown {
    #[schema(example = "proof-of-status")]
    code: String,
    /// Its name, by language.
    name: TextsShown,
    /// Length of a visit in minutes.
    #[schema(example = 15)]
    minutes: u32,
    questions: Vec<QuestionShown>,
    /// The codes of the checklist's items.
    items: Vec<String>,
}

impl ReasonShown {
    pub(crate) fn of(reason: &Reason) -> Self {
        let questions = reason.questions.iter().map(|question| {
            let (kind, choices, min, max) = match &question.kind {
                QuestionKind::Bool => ("bool", vec![], None, None),
                QuestionKind::Int { min, max } => ("int", vec![], Some(*min), Some(*max)),
                QuestionKind::Date { .. } => ("date", vec![], None, None),
                QuestionKind::Choice(choices) => {
                    ("choice", choices.iter().map(|choice| choice.code.clone()).collect(), None, None)
                }
            };
            QuestionShown {
                code: question.code.clone(),
                kind,
                choices,
                min,
                max,
                label: texts(&question.label),
            }
        });
        Self {
            code: reason.code.as_str().to_owned(),
            name: texts(&reason.name),
            minutes: reason.minutes,
            questions: questions.collect(),
            items: reason.items().map(|item| item.code.as_str().to_owned()).collect(),
        }
    }
}

/// The agency's reasons.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReasonList {
    pub(crate) reasons: Vec<ReasonShown>,
    /// The agency's languages.
    #[schema(example = json!(["en", "es"]))]
    pub(crate) languages: Vec<String>,
}

/// Who asks: the member of staff, and what the token may do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    #[schema(value_type = Id)]
    pub(crate) staff: Uuid,
    #[schema(example = "M. Ortega")]
    pub(crate) name: String,
    #[schema(example = json!(["officer"]))]
    pub(crate) roles: Vec<&'static str>,
    #[schema(example = "LOS")]
    pub(crate) office: Option<String>,
    pub(crate) token: TokenShown,
}

/// A token. The token's own text is never shown.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TokenShown {
    #[schema(value_type = Id)]
    id: Uuid,
    #[schema(example = "nightly export")]
    name: String,
    #[schema(example = json!(["read"]))]
    scopes: Vec<&'static str>,
    #[schema(value_type = When)]
    since: Timestamp,
    /// When it was last used, to the minute.
    #[schema(value_type = When)]
    used: Timestamp,
    #[schema(value_type = When)]
    until: Timestamp,
}

impl TokenShown {
    pub(crate) fn of(session: &Session) -> Option<Self> {
        let program = session.program.as_ref()?;
        Some(Self {
            id: session.id.uuid(),
            name: program.name.clone(),
            scopes: program.scopes.iter().map(|scope| scope.as_str()).collect(),
            since: session.since,
            used: session.used,
            until: session.until,
        })
    }
}

/// The tokens of the member of staff who asks, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TokenList {
    pub(crate) tokens: Vec<TokenShown>,
}

/// A token that has been made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TokenMade {
    #[schema(value_type = Id)]
    id: Uuid,
    #[schema(example = "nightly export")]
    name: String,
    #[schema(example = json!(["read"]))]
    scopes: Vec<&'static str>,
    #[schema(value_type = When)]
    since: Timestamp,
    #[schema(value_type = When)]
    until: Timestamp,
    /// The token itself. Nobody keeps it: a repeat of the command has none, and a lost token is revoked and made anew.
    token: Option<String>,
}

impl TokenMade {
    pub(crate) fn of(new: NewToken) -> Self {
        Self {
            id: new.id.uuid(),
            name: new.name,
            scopes: new.scopes.iter().map(|scope| scope.as_str()).collect(),
            since: new.since,
            until: new.until,
            token: new.token,
        }
    }
}
