//! A case, as the agency's own records tell it.

use crate::{
    dto::inquiry::{TextsShown, texts},
    scalar::{Day, When},
};
use cases::{Freshness, Next, Seen};
use domain::case::CaseState;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// The agency's record of a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CaseShown {
    #[schema(example = "IOE9999999901")]
    pub(crate) receipt: String,
    #[schema(example = "I-90")]
    pub(crate) form: String,
    /// `received`, `pending` or `decision`.
    #[schema(example = "pending")]
    pub(crate) state: &'static str,
    /// The status in words, by language.
    pub(crate) title: TextsShown,
    /// What it means, by language.
    pub(crate) meaning: TextsShown,
    /// When the agency received it. Null where its records do not say so: cases filed online come without it.
    #[schema(value_type = Option<Day>)]
    pub(crate) received: Option<jiff::civil::Date>,
    #[schema(value_type = Day)]
    pub(crate) updated: jiff::civil::Date,
    /// What normally comes next: `receipt`, `work`, `answer`, `reading`, `appointment`, `date`, `missed`, `moved`, `letter`, `mail`,
    /// `there`, `returned`, or `unknown` where nothing is known.
    #[schema(example = "work")]
    pub(crate) next: &'static str,
    /// From which day on it helps to ask, if nothing has come. Null where that is not known.
    #[schema(value_type = Option<Day>)]
    pub(crate) ask_from: Option<jiff::civil::Date>,
    /// Earlier steps, newest first.
    pub(crate) history: Vec<CaseStepShown>,
    /// At which instant this was so at the agency.
    #[schema(value_type = When)]
    pub(crate) as_of: Timestamp,
    /// `imported`: from a file, so that only the day of `as_of` counts; `asked`: the agency's records were asked then;
    /// `kept`: they were, and do not answer now.
    #[schema(example = "asked")]
    pub(crate) how: &'static str,
}

impl CaseShown {
    pub(crate) fn of(seen: &Seen) -> Self {
        let steps = seen.case.history.iter();
        let next = Next::of(&seen.case);
        Self {
            receipt: seen.case.receipt.as_str().to_owned(),
            form: seen.case.form.clone(),
            state: match seen.case.state {
                CaseState::Received => "received",
                CaseState::Pending => "pending",
                CaseState::Decision => "decision",
            },
            title: texts(&seen.case.title),
            meaning: texts(&seen.case.meaning),
            received: seen.case.received,
            updated: seen.case.updated,
            next: next.step.as_str(),
            ask_from: next.ask_from(&seen.case),
            history: steps.map(|step| CaseStepShown { on: step.on, title: texts(&step.title) }).collect(),
            as_of: seen.as_of,
            how: match seen.how {
                Freshness::Imported => "imported",
                Freshness::Asked => "asked",
                Freshness::Kept => "kept",
            },
        }
    }
}

/// A step in a case's history.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CaseStepShown {
    #[schema(value_type = Day)]
    pub(crate) on: jiff::civil::Date,
    /// The status in words, by language.
    pub(crate) title: TextsShown,
}
