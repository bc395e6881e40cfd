//! Operators on duty and what they take: what programs say, and what they are shown.

use crate::scalar::{Code, Id, LangTag, few};
use domain::wait::{Only, Operator, Refused, Untaken};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What an operator takes from now on, of what they can serve, until they go off duty.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakeOnly {
    /// From these queues; none: from every one that they serve.
    #[serde(default, deserialize_with = "few::<_, _, 0, 40>")]
    #[schema(max_items = 40)]
    queues: Vec<Code>,
    /// In these languages; none: in every one that they speak.
    #[serde(default, deserialize_with = "few::<_, _, 0, 40>")]
    #[schema(max_items = 40)]
    languages: Vec<LangTag>,
}

impl TakeOnly {
    /// What is said, as the desk takes it.
    pub(crate) fn only(&self) -> Result<Only, Refused> {
        let queues = self.queues.iter().map(|code| code.as_str().parse().map_err(|_| Refused::NoSuchWord));
        let langs = self.languages.iter().map(|tag| tag.as_str().parse().map_err(|_| Refused::NoSuchWord));
        Ok(Only { queues: queues.collect::<Result<_, _>>()?, langs: langs.collect::<Result<_, _>>()? })
    }
}

/// An operator as they stand now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OperatorShown {
    #[schema(value_type = Id)]
    id: Uuid,
    /// `off`, `not-ready`, `ready`, `ringing`, `talking` or `wrap-up`.
    #[schema(example = "ready")]
    state: &'static str,
    /// The queues that they take callers from now; none: from every one.
    #[schema(example = json!(["operators"]))]
    queues: Vec<String>,
    /// The languages that they take callers in now.
    #[schema(example = json!(["en", "es"]))]
    languages: Vec<String>,
    /// Do they leave something out that they could serve?
    only: bool,
}

impl OperatorShown {
    pub(crate) fn of(operator: &Operator) -> Self {
        let (only, skills) = (&operator.only, &operator.skills);
        let queues = if only.queues.is_empty() { &skills.queues } else { &only.queues };
        let langs = if only.langs.is_empty() { &skills.langs } else { &only.langs };
        Self {
            id: operator.id.uuid(),
            state: operator.status.as_str(),
            queues: queues.iter().map(ToString::to_string).collect(),
            languages: langs.iter().map(ToString::to_string).collect(),
            only: !only.is_all(),
        }
    }
}

/// Who is on duty.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OperatorList {
    pub(crate) operators: Vec<OperatorShown>,
}

/// What an operator takes now, and what nobody on duty takes since they leave it out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OperatorTakes {
    #[serde(flatten)]
    operator: OperatorShown,
    nobody_in_queues: Vec<String>,
    nobody_in_languages: Vec<String>,
}

impl OperatorTakes {
    pub(crate) fn of(operator: &Operator, left: &Untaken) -> Self {
        Self {
            operator: OperatorShown::of(operator),
            nobody_in_queues: left.queues.iter().map(ToString::to_string).collect(),
            nobody_in_languages: left.langs.iter().map(ToString::to_string).collect(),
        }
    }
}
