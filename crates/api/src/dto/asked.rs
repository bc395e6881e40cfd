//! What programs say when they bring something new: a request, cases.

use super::said::WrittenWay;
use crate::scalar::{
    Code, Day, Email, LangTag, Line, Phone, ReceiptNumber, Sentence, Words, ZipCode, ZoneName, few, schema,
};
use serde::{Deserialize, Deserializer, de};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, schema::Schema},
};

/// A request for an in-person meeting, taken for a person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRequest {
    /// Why: one of the agency's reasons.
    pub(crate) reason: Code,
    /// Where the person lives.
    pub(crate) zip: ZipCode,
    pub(crate) name: FullName,
    /// The person's date of birth.
    pub(crate) born: Day,
    /// The agency's own number for the person.
    #[schema(example = "A000000001")]
    pub(crate) file_number: Option<Line>,
    /// The person's case.
    pub(crate) receipt: Option<ReceiptNumber>,
    /// The matter in the person's words.
    pub(crate) words: Words,
    /// The answers to the reason's questions.
    #[serde(default)]
    pub(crate) answers: Answers,
    /// The papers the person says they have: items of the reason's checklist, by code.
    #[serde(default, deserialize_with = "few::<_, _, 0, 40>")]
    #[schema(max_items = 40)]
    pub(crate) papers: Vec<Code>,
    /// Times that would suit the person for a visit, best first.
    #[serde(default, deserialize_with = "few::<_, _, 0, 3>")]
    #[schema(max_items = 3)]
    pub(crate) preferred: Vec<Preferred>,
    /// When the person can take a call, in their words.
    #[schema(example = "After four in the afternoon")]
    pub(crate) call_hours: Option<Sentence>,
    /// Who acts for the person.
    pub(crate) representative: Option<Acting>,
    pub(crate) reach: Reach,
}

/// A person's name, as they write it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FullName {
    #[schema(example = "Ana")]
    pub(crate) given: Line,
    #[schema(example = "Example")]
    pub(crate) family: Line,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DayOfWeek {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<DayOfWeek> for jiff::civil::Weekday {
    fn from(day: DayOfWeek) -> Self {
        match day {
            DayOfWeek::Monday => Self::Monday,
            DayOfWeek::Tuesday => Self::Tuesday,
            DayOfWeek::Wednesday => Self::Wednesday,
            DayOfWeek::Thursday => Self::Thursday,
            DayOfWeek::Friday => Self::Friday,
            DayOfWeek::Saturday => Self::Saturday,
            DayOfWeek::Sunday => Self::Sunday,
        }
    }
}

/// A part of the day, by the office's clock: before noon, until 17:00, after it.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DayPart {
    Morning,
    Afternoon,
    Evening,
}

impl From<DayPart> for domain::slots::PartOfDay {
    fn from(part: DayPart) -> Self {
        match part {
            DayPart::Morning => Self::Morning,
            DayPart::Afternoon => Self::Afternoon,
            DayPart::Evening => Self::Evening,
        }
    }
}

/// A time that would suit the person. What is not said matches anything.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Preferred {
    pub(crate) date: Option<Day>,
    pub(crate) weekday: Option<DayOfWeek>,
    pub(crate) part: Option<DayPart>,
}

/// Somebody who acts for the person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Acting {
    #[schema(example = "Robin Example")]
    pub(crate) name: Line,
    /// Their firm or organisation.
    pub(crate) organisation: Option<Line>,
    /// Have they filed the form that lets them act?
    #[serde(default)]
    pub(crate) on_file: bool,
}

/// How the person can be reached.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own, asked and changed apart")]
pub(crate) struct Reach {
    /// The language everything is said and written in: one of the agency's.
    #[schema(example = "en")]
    pub(crate) lang: LangTag,
    pub(crate) phone: Phone,
    /// Where notices go.
    pub(crate) email: Option<Email>,
    /// Did the person agree to text messages at `phone`? Ask them, and tell them that STOP ends it.
    #[serde(default)]
    pub(crate) texts: bool,
    /// Did the person agree to be called at `phone` by an automated voice, which says who calls to whoever picks up? It does so when
    /// nothing that is written reaches them. Ask them.
    #[serde(default)]
    pub(crate) calls: bool,
    /// Where letters go when there is no other way.
    pub(crate) post: Option<Post>,
    /// The zone in which the person reads times; without it that of the serving office.
    pub(crate) zone: Option<ZoneName>,
    /// May the officer say who is calling to whoever picks up?
    #[serde(default)]
    pub(crate) say_who_calls: bool,
    /// Must nothing be left on a machine that answers? Then no automated voice calls either. Else a message is left where it may be said who
    /// is calling.
    #[serde(default)]
    pub(crate) no_message: bool,
    /// The ways of writing by which nothing may say what it is about: what is sent by them says only that there is a message.
    #[serde(default, deserialize_with = "few::<_, _, 0, 3>")]
    #[schema(max_items = 3)]
    pub(crate) discreet: Vec<WrittenWay>,
    /// Does the call come through a relay service?
    #[serde(default)]
    pub(crate) relay: bool,
    /// The language of an interpreter, in words.
    #[schema(example = "Haitian Creole")]
    pub(crate) interpreter: Option<Line>,
    /// What the person needs at the office or on the phone.
    pub(crate) accommodation: Option<Sentence>,
    /// The phrase the officer will say, so that the call is not mistaken for a scam.
    #[schema(example = "blue river")]
    pub(crate) phrase: Line,
}

/// A postal address in the United States.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Post {
    /// Street and number; at most 46 characters, as every line.
    #[schema(example = "300 Example Street")]
    pub(crate) street: Line,
    /// Apartment, unit, "care of".
    pub(crate) unit: Option<Line>,
    #[schema(example = "Los Angeles")]
    pub(crate) city: Line,
    /// Two letters.
    #[schema(example = "CA")]
    pub(crate) state: Line,
    pub(crate) zip: ZipCode,
}

/// Answers by the question's code.
#[derive(Debug, Default)]
pub(crate) struct Answers(pub(crate) BTreeMap<String, Value>);

const MOST_ANSWERS: usize = 40;

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let all = BTreeMap::<String, Value>::deserialize(d)?;
        let plain = |value: &Value| match value {
            Value::Bool(_) => true,
            Value::Number(n) => n.is_i64() || n.is_u64() || n.as_f64().is_some_and(|n| n.fract() == 0.0),
            Value::String(text) => text.chars().count() <= 100,
            Value::Null | Value::Array(_) | Value::Object(_) => false,
        };
        let name = |name: &str| {
            (1..=40).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        if all.len() > MOST_ANSWERS {
            return Err(de::Error::custom("there are too many answers"));
        }
        if !all.iter().all(|(question, value)| name(question) && plain(value)) {
            return Err(de::Error::custom(
                "answers are booleans, whole numbers and texts, by the question's code",
            ));
        }
        Ok(Self(all))
    }
}

impl PartialSchema for Answers {
    fn schema() -> RefOr<Schema> {
        schema(json!({
            "type": "object",
            "description": "Answers by the question's code: a boolean, a whole number, a day, or the code of a choice.",
            "propertyNames": { "type": "string", "pattern": "^[a-z0-9_]{1,40}$" },
            "additionalProperties": {
                "oneOf": [{ "type": "boolean" }, { "type": "integer" }, { "type": "string", "maxLength": 100 }],
            },
            "maxProperties": MOST_ANSWERS,
            "example": { "cannot_wait": true },
        }))
    }
}
impl ToSchema for Answers {}

/// A text by language.
#[derive(Debug)]
pub(crate) struct Texts(pub(crate) BTreeMap<LangTag, Sentence>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let all = BTreeMap::<LangTag, Sentence>::deserialize(d)?;
        if all.is_empty() {
            Err(de::Error::custom("a text in at least one language is needed"))
        } else {
            Ok(Self(all))
        }
    }
}

impl PartialSchema for Texts {
    fn schema() -> RefOr<Schema> {
        let RefOr::T(sentence) = Sentence::schema() else { return Sentence::schema() };
        schema(json!({
            "type": "object",
            "description": "A text by language.",
            "propertyNames": { "type": "string", "pattern": "^[a-z]{2,3}$" },
            "additionalProperties": sentence,
            "minProperties": 1,
            "example": { "en": "We have your form.", "es": "Tenemos su formulario." },
        }))
    }
}
impl ToSchema for Texts {}

/// Cases to be imported, all or none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportCases {
    #[serde(deserialize_with = "few::<_, _, 1, 50>")]
    #[schema(min_items = 1, max_items = 50)]
    pub(crate) cases: Vec<NewCase>,
    /// Only say what would be done.
    #[serde(default)]
    pub(crate) dry_run: bool,
}

/// Which of the three things a case can be.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CaseProgress {
    Received,
    Pending,
    Decision,
}

impl CaseProgress {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Pending => "pending",
            Self::Decision => "decision",
        }
    }
}

/// A case, as the agency's own records tell it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCase {
    pub(crate) receipt: ReceiptNumber,
    /// The form it began with.
    #[schema(example = "I-90")]
    pub(crate) form: Line,
    pub(crate) state: CaseProgress,
    /// The status in words.
    pub(crate) title: Texts,
    /// What it means.
    pub(crate) meaning: Texts,
    /// When the agency received it.
    pub(crate) received: Day,
    /// When its status last changed.
    pub(crate) updated: Day,
    /// Earlier steps.
    #[serde(default, deserialize_with = "few::<_, _, 0, 20>")]
    #[schema(max_items = 20)]
    pub(crate) history: Vec<NewCaseStep>,
}

/// A step in a case's history.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCaseStep {
    pub(crate) on: Day,
    pub(crate) title: Texts,
}

impl NewCase {
    /// The case as a line of a file: whatever comes in goes through the same checks.
    pub(crate) fn line(&self) -> Value {
        let mut line = json!({
            "receipt": self.receipt.as_str(),
            "form": self.form.as_str(),
            "state": self.state.as_str(),
            "received": self.received.0.to_string(),
            "updated": self.updated.0.to_string(),
        });
        let put = |to: &mut Value, name: &str, texts: &Texts| {
            for (lang, text) in &texts.0 {
                to[format!("{name}_{}", lang.as_str())] = text.as_str().into();
            }
        };
        put(&mut line, "title", &self.title);
        put(&mut line, "meaning", &self.meaning);
        let steps: Vec<Value> = self
            .history
            .iter()
            .map(|step| {
                let mut value = json!({ "on": step.on.0.to_string() });
                put(&mut value, "title", &step.title);
                value
            })
            .collect();
        if !steps.is_empty() {
            line["history"] = steps.into();
        }
        line
    }
}
