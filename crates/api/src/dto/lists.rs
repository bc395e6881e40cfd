//! Lists, and what their rows are.

use crate::{
    dto::inquiry::{By, Moment, NameShown, TextsShown, WindowShown},
    scalar::{Code, Cursor, Day, Id, When},
};
use domain::{inquiry::Inquiry, journal::Written};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// How many rows an answer has without being asked.
const ROWS: u32 = 50;
/// And at most.
pub(crate) const MOST_ROWS: u32 = 200;

/// A number of rows: 1 to 200.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit(pub(crate) u32);

impl Default for Limit {
    fn default() -> Self {
        Self(ROWS)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let n = u32::deserialize(d)?;
        if (1..=MOST_ROWS).contains(&n) {
            Ok(Self(n))
        } else {
            Err(serde::de::Error::custom("a limit is 1 to 200"))
        }
    }
}

/// A stage of the way.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StageChoice {
    Review,
    Papers,
    Promised,
    Calling,
    Spoken,
    Unreached,
    ToBook,
    Booked,
    CheckedIn,
    Closed,
}

impl StageChoice {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Papers => "papers",
            Self::Promised => "promised",
            Self::Calling => "calling",
            Self::Spoken => "spoken",
            Self::Unreached => "unreached",
            Self::ToBook => "to-book",
            Self::Booked => "booked",
            Self::CheckedIn => "checked-in",
            Self::Closed => "closed",
        }
    }
}

/// Which inquiries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct InquiryPart {
    /// Only those at this stage.
    #[param(inline, nullable = false)]
    pub(crate) stage: Option<StageChoice>,
    /// Where to go on: `next` of the answer before.
    #[param(value_type = Option<Cursor>, nullable = false)]
    pub(crate) cursor: Option<Cursor>,
    /// How many rows at most.
    #[serde(default)]
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200, default = 50, nullable = false)]
    pub(crate) limit: Limit,
}

/// Which of those that wait for an officer.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReviewPart {
    /// Only those of this office.
    #[param(value_type = Option<Code>, nullable = false, example = "LOS")]
    pub(crate) office: Option<Code>,
    /// Where to go on: `next` of the answer before.
    #[param(value_type = Option<Cursor>, nullable = false)]
    pub(crate) cursor: Option<Cursor>,
    /// How many rows at most.
    #[serde(default)]
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200, default = 50, nullable = false)]
    pub(crate) limit: Limit,
}

/// Which callbacks.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CallbackPart {
    /// Those whose next attempt lies before this; what is overdue is always among them.
    #[param(value_type = When)]
    pub(crate) before: When,
    /// Only those of this officer, and those nobody holds.
    #[param(value_type = Option<Id>, nullable = false)]
    pub(crate) officer: Option<Id>,
    /// Where to go on: `next` of the answer before.
    #[param(value_type = Option<Cursor>, nullable = false)]
    pub(crate) cursor: Option<Cursor>,
    /// How many rows at most.
    #[serde(default)]
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200, default = 50, nullable = false)]
    pub(crate) limit: Limit,
}

/// Which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DayPart {
    /// The day by the office's own clock; today without it.
    #[param(value_type = Option<Day>, nullable = false)]
    pub(crate) date: Option<Day>,
    /// Where to go on: `next` of the answer before.
    #[param(value_type = Option<Cursor>, nullable = false)]
    pub(crate) cursor: Option<Cursor>,
    /// How many rows at most.
    #[serde(default)]
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200, default = 50, nullable = false)]
    pub(crate) limit: Limit,
}

/// How many.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Some200 {
    /// How many rows at most.
    #[serde(default)]
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200, default = 50, nullable = false)]
    pub(crate) limit: Limit,
}

/// Where places are looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PlacePart {
    /// At this office; without it at the inquiry's own.
    #[param(value_type = Option<Code>, nullable = false, example = "LOS")]
    pub(crate) office: Option<Code>,
    /// How many rows at most.
    #[serde(default)]
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200, default = 50, nullable = false)]
    pub(crate) limit: Limit,
}

/// How many of the places at every office.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AnywherePart {
    /// How many rows at most.
    #[serde(default)]
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200, default = 50, nullable = false)]
    pub(crate) limit: Limit,
}

/// A place in the journal. JSON's numbers are exact up to here, and no journal is longer.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place(pub(crate) u64);

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let n = u64::deserialize(d)?;
        if n < 1 << 53 {
            Ok(Self(n))
        } else {
            Err(serde::de::Error::custom("no journal has so many entries"))
        }
    }
}

/// Which part of the journal.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct JournalPart {
    /// The entries after this one; from the first without it.
    #[serde(default)]
    #[param(value_type = Option<u64>, minimum = 0, maximum = 9_007_199_254_740_991_u64, nullable = false, example = 0)]
    pub(crate) after: Place,
    /// How many rows at most.
    #[serde(default)]
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200, default = 50, nullable = false)]
    pub(crate) limit: Limit,
}

/// One of the three decisions.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DecisionChoice {
    Urgency,
    Need,
    Fit,
}

/// Which advice.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AdvicePart {
    /// On which decision.
    #[param(inline)]
    pub(crate) decision: DecisionChoice,
}

/// An inquiry in a list: what is needed to choose one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InquiryRow {
    #[schema(example = "48210936", pattern = "^[0-9]{8}$")]
    number: String,
    #[schema(example = 4)]
    version: u64,
    name: NameShown,
    #[schema(example = "proof-of-status")]
    reason: String,
    #[schema(example = "LOS")]
    office: String,
    #[schema(example = "regular")]
    urgency: &'static str,
    #[schema(example = "review")]
    stage: &'static str,
    #[schema(value_type = When)]
    opened: Timestamp,
    /// By when the next thing must happen.
    #[schema(value_type = Option<When>)]
    due: Option<Timestamp>,
    /// Does a review that the person asked for wait, for somebody else than who had decided?
    review_asked: bool,
    /// The window that is promised.
    window: Option<WindowShown>,
    /// When to dial next.
    #[schema(value_type = Option<When>)]
    next_attempt: Option<Timestamp>,
    /// When the visit begins.
    visit: Option<Moment>,
}

impl InquiryRow {
    pub(crate) fn of(inquiry: &Inquiry) -> Self {
        let past = inquiry.past_appointments.last().map(|p| &p.appointment);
        Self {
            number: inquiry.number.digits(),
            version: inquiry.version,
            name: NameShown::of(inquiry),
            reason: inquiry.reason.as_str().to_owned(),
            office: inquiry.office.as_str().to_owned(),
            urgency: inquiry.urgency.as_str(),
            stage: inquiry.stage.as_str(),
            opened: inquiry.opened,
            due: inquiry.due(),
            review_asked: inquiry.open_review().is_some(),
            window: inquiry.callback().map(|c| WindowShown::of(&c.window)),
            next_attempt: inquiry.callback().map(|c| c.next_attempt),
            visit: inquiry.appointment().or(past).map(|a| Moment::of(a.start, &a.zone)),
        }
    }
}

/// A part of a list of inquiries, in the list's own order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InquiryList {
    pub(crate) rows: Vec<InquiryRow>,
    /// Where to go on; none at the end.
    #[schema(value_type = Option<Cursor>)]
    pub(crate) next: Option<String>,
}

/// An entry of the story or of the journal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryShown {
    /// Its place in the journal.
    #[schema(example = 41)]
    pub(crate) seq: u64,
    #[schema(value_type = When)]
    at: Timestamp,
    by: By,
    /// What happened, as the journal keeps it: `act` names it, the rest are its facts. Codes, times and identifiers only.
    #[schema(value_type = BTreeMap<String, serde_json::Value>, example = json!({ "act": "papers-complete" }))]
    happened: serde_json::Value,
}

impl EntryShown {
    /// The journal's entry is the record itself: whoever checks its hash needs it as it is kept.
    pub(crate) fn of(written: &Written) -> Self {
        Self {
            seq: written.seq.0,
            at: written.at,
            by: By::of(&written.actor),
            happened: serde_json::to_value(&written.entry.happened).unwrap_or_default(),
        }
    }
}

/// What happened to an inquiry, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Story {
    pub(crate) entries: Vec<EntryShown>,
}

/// An entry of the journal, with its hash.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JournalEntry {
    #[serde(flatten)]
    pub(crate) entry: EntryShown,
    /// Which inquiry it is about, by identifier.
    #[schema(value_type = Option<Id>)]
    pub(crate) inquiry: Option<Uuid>,
    /// Which member of staff, by identifier.
    #[schema(value_type = Option<Id>)]
    pub(crate) staff: Option<Uuid>,
    /// SHA-256 over the hash before and this entry.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub(crate) hash: String,
}

/// A part of the journal, in its order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JournalList {
    pub(crate) entries: Vec<JournalEntry>,
    /// `after` for the next part: the last entry read. The journal grows, so there is always one.
    #[schema(example = 50)]
    pub(crate) next: u64,
}

/// A window that can be promised.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WindowOffered {
    /// The instant to name when promising it.
    #[schema(value_type = When)]
    pub(crate) start: Timestamp,
    pub(crate) window: WindowShown,
    /// How many more calls can be kept in it.
    #[schema(example = 3)]
    pub(crate) left: u32,
}

/// The windows that can be promised now, in order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WindowList {
    pub(crate) windows: Vec<WindowOffered>,
}

/// A place that can be booked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlaceShown {
    #[schema(example = "LOS")]
    pub(crate) office: String,
    /// The instant to name when booking it.
    #[schema(value_type = When)]
    pub(crate) start: Timestamp,
    pub(crate) from: Moment,
    pub(crate) until: Moment,
    #[schema(example = "officer")]
    pub(crate) pool: &'static str,
    /// How many visits it still takes.
    #[schema(example = 2)]
    pub(crate) left: u32,
    /// Why it is offered first, by code; empty for those that are only free.
    #[schema(example = json!(["nearest-to-target"]))]
    pub(crate) why: Vec<&'static str>,
}

/// The places that can be booked for an inquiry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlaceList {
    /// What suits best, first.
    pub(crate) best: Vec<PlaceShown>,
    /// Everything that is free, in order of time.
    pub(crate) all: Vec<PlaceShown>,
    /// Why there is nothing, as the code of a problem.
    #[schema(example = "slot-full")]
    pub(crate) why_none: Option<&'static str>,
}

/// The best place of each office that has one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlacesAnywhere {
    /// What suits best, first.
    pub(crate) best: Vec<PlaceShown>,
}

/// What the policy recommends. It never decides.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AdviceShown {
    /// What is recommended, by name.
    #[schema(value_type = BTreeMap<String, serde_json::Value>, example = json!({ "need": "visit" }))]
    pub(crate) outcome: BTreeMap<String, serde_json::Value>,
    /// The policy, its version and the row that fired.
    #[schema(example = "need@2026-11-01#judge-grant")]
    pub(crate) rule: String,
    /// What the row rests on.
    pub(crate) cite: String,
    /// Why, for the person, by language.
    pub(crate) why: TextsShown,
    /// What would change it, for the person, by language.
    pub(crate) change: Option<TextsShown>,
}

/// How many inquiries are where.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FiguresShown {
    /// How many are at each stage; a stage without any is left out.
    #[schema(example = json!({ "review": 12, "booked": 40 }))]
    pub(crate) by_stage: BTreeMap<String, u64>,
    /// How many are past what is due.
    #[schema(example = 1)]
    pub(crate) overdue: u64,
    /// When they were counted.
    #[schema(value_type = When)]
    pub(crate) at: Timestamp,
}
