//! What a request form asks, and what an answer may be.

use crate::{
    doc::words,
    fault::{Findings, Source},
};
use domain::text::Text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use toml::Spanned;
use triage::{Kind, Value};

/// The fewest and the most days that a date may be away. An answer beyond is taken as this far.
pub const MOST_DAYS: i64 = 9_999;
/// The most a whole number may be.
const MOST: i64 = 1_000_000;

/// A question of the request form. Each gives one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its code, also the form field's name.
    pub code: String,
    /// What is asked.
    pub label: Text,
    /// A hint under the question.
    pub help: Text,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// The fact when nobody was asked or nobody answered; `None`: it is then not known.
    pub when_unknown: Option<Value>,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionKind {
    /// Yes or no.
    Bool,
    /// A whole number, both bounds included.
    Int {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// A date; the fact is whole days.
    Date {
        /// Does it lie behind (`days_since_…`) or ahead (`days_until_…`)?
        past: bool,
    },
    /// One of these.
    Choice(Vec<Choice>),
}

/// One answer to choose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its code, and the fact's value.
    pub code: String,
    /// What people read.
    #[serde(deserialize_with = "words")]
    pub label: Text,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A date.
    Date(Date),
    /// The code of a choice.
    Choice(String),
}

/// Why an answer cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerFault {
    /// Neither yes nor no.
    #[error("answer yes or no")]
    NotYesNo,
    /// Not a whole number within the bounds.
    #[error("answer with a whole number from {min} to {max}")]
    NotNumber {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// Not a date that exists.
    #[error("answer with a date that exists")]
    NotDate,
    /// None of the choices.
    #[error("choose one of the answers")]
    NotChoice,
}

impl Question {
    /// The name of the fact it gives.
    pub fn fact(&self) -> String {
        match self.kind {
            QuestionKind::Date { past: false } => format!("days_until_{}", self.code),
            QuestionKind::Date { past: true } => format!("days_since_{}", self.code),
            _ => self.code.clone(),
        }
    }

    /// What the fact may be.
    pub fn fact_kind(&self) -> Kind {
        match &self.kind {
            QuestionKind::Bool => Kind::Bool,
            QuestionKind::Int { min, max } => Kind::Int { min: *min, max: *max },
            QuestionKind::Date { .. } => Kind::Int { min: -MOST_DAYS, max: MOST_DAYS },
            QuestionKind::Choice(choices) => Kind::OneOf(choices.iter().map(|c| c.code.clone()).collect()),
        }
    }

    /// May it stay open when it is asked? Then it gives what nobody's answer gives.
    pub const fn may_stay_open(&self) -> bool {
        match self.kind {
            QuestionKind::Date { .. } => true,
            QuestionKind::Int { .. } => self.when_unknown.is_some(),
            QuestionKind::Bool | QuestionKind::Choice(_) => false,
        }
    }

    /// Is that date an answer on `today`? One that asks for what has happened takes no day ahead.
    pub fn takes_date(&self, date: Date, today: Date) -> bool {
        !matches!(self.kind, QuestionKind::Date { past: true }) || date <= today
    }

    /// Reads an answer as a form sends it: `yes` or `no` (also `true`, `false`), digits, `2026-12-03`, the code
    /// of a choice.
    pub fn read(&self, typed: &str) -> Result<Answer, AnswerFault> {
        let typed = typed.trim();
        match &self.kind {
            QuestionKind::Bool => match typed {
                "yes" | "true" => Ok(Answer::Bool(true)),
                "no" | "false" => Ok(Answer::Bool(false)),
                _ => Err(AnswerFault::NotYesNo),
            },
            QuestionKind::Int { min, max } => match typed.parse::<i64>() {
                Ok(n) if (min..=max).contains(&&n) => Ok(Answer::Int(n)),
                _ => Err(AnswerFault::NotNumber { min: *min, max: *max }),
            },
            QuestionKind::Date { .. } => typed.parse().map(Answer::Date).map_err(|_| AnswerFault::NotDate),
            QuestionKind::Choice(choices) => choices
                .iter()
                .find(|choice| choice.code == typed)
                .map(|choice| Answer::Choice(choice.code.clone()))
                .ok_or(AnswerFault::NotChoice),
        }
    }

    /// Reads an answer as it was stored (an [`Answer`] serialises to a plain JSON value).
    pub fn from_json(&self, value: &serde_json::Value) -> Result<Answer, AnswerFault> {
        match value {
            serde_json::Value::Bool(b) => self.read(if *b { "yes" } else { "no" }),
            serde_json::Value::Number(n) => self.read(&n.to_string()),
            serde_json::Value::String(s) => self.read(s),
            _ => self.read(""),
        }
    }

    /// The fact that an answer gives on `today` (the date where the decision is made); an answer of another kind
    /// gives what no answer gives. `None`: the fact is not known.
    pub fn fact_value(&self, answer: Option<&Answer>, today: Date) -> Option<Value> {
        Some(match (&self.kind, answer?) {
            (QuestionKind::Bool, Answer::Bool(b)) => Value::Bool(*b),
            (QuestionKind::Int { min, max }, Answer::Int(n)) => Value::Int(*n.clamp(min, max)),
            (QuestionKind::Date { past }, Answer::Date(date)) => {
                let ahead = days_between(today, *date);
                Value::Int(if *past { -ahead } else { ahead })
            }
            (QuestionKind::Choice(choices), Answer::Choice(code))
                if choices.iter().any(|c| c.code == *code) =>
            {
                Value::Text(code.clone())
            }
            _ => return None,
        })
    }
}

/// Whole days from one date to another, within the bounds of a fact.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    let days = from.until(to).map_or(MOST_DAYS, |span| i64::from(span.get_days()));
    days.clamp(-MOST_DAYS, MOST_DAYS)
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenKind {
    Bool,
    Int,
    Date,
    Choice,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenQuestion {
    pub(crate) code: Spanned<String>,
    kind: Spanned<WrittenKind>,
    #[serde(default)]
    when_unknown: Option<Spanned<Value>>,
    #[serde(deserialize_with = "words")]
    label: Text,
    #[serde(deserialize_with = "words")]
    help: Text,
    #[serde(default)]
    choices: Vec<Spanned<Choice>>,
    #[serde(default)]
    min: Option<i64>,
    #[serde(default)]
    max: Option<i64>,
    #[serde(default)]
    past: bool,
}

impl WrittenQuestion {
    pub(crate) fn check(self, source: Source<'_>, found: &mut Findings) -> Option<Question> {
        let mut good = true;
        let mut fault = |span: &std::ops::Range<usize>, says: String| {
            found.fault(source.at(span), says);
            good = false;
        };
        let code = self.code.get_ref();
        let name = (1..=40).contains(&code.len())
            && code.starts_with(|c: char| c.is_ascii_lowercase())
            && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !name {
            fault(
                &self.code.span(),
                format!(
                    "a question's code is 1 to 40 lower-case letters, digits and '_', and starts with a letter, not {code:?}"
                ),
            );
        }
        let written = *self.kind.get_ref();
        let of_another_kind = match written {
            WrittenKind::Bool => {
                self.min.is_some() || self.max.is_some() || self.past || !self.choices.is_empty()
            }
            WrittenKind::Int => self.past || !self.choices.is_empty(),
            WrittenKind::Date => self.min.is_some() || self.max.is_some() || !self.choices.is_empty(),
            WrittenKind::Choice => self.min.is_some() || self.max.is_some() || self.past,
        };
        if of_another_kind {
            fault(
                &self.kind.span(),
                "`choices` goes with choice, `min` and `max` with int, `past` with date".to_owned(),
            );
        }
        let kind = match written {
            WrittenKind::Bool => QuestionKind::Bool,
            WrittenKind::Int => {
                let (min, max) = (self.min.unwrap_or(0), self.max.unwrap_or(MOST));
                if min > max || min < -MOST || max > MOST {
                    fault(
                        &self.kind.span(),
                        format!("`min` is at most `max`, and both lie from -{MOST} to {MOST}"),
                    );
                }
                QuestionKind::Int { min, max }
            }
            WrittenKind::Date => QuestionKind::Date { past: self.past },
            WrittenKind::Choice => {
                if self.choices.len() < 2 {
                    fault(&self.kind.span(), "a choice needs at least two answers in `choices`".to_owned());
                }
                let mut seen: Vec<&str> = Vec::new();
                for choice in &self.choices {
                    let code = choice.get_ref().code.as_str();
                    if seen.contains(&code) {
                        fault(&choice.span(), format!("answer `{code}` stands twice"));
                    }
                    seen.push(code);
                }
                QuestionKind::Choice(self.choices.iter().map(|c| c.get_ref().clone()).collect())
            }
        };
        let question = Question {
            code: code.clone(),
            label: self.label,
            help: self.help,
            kind,
            when_unknown: self.when_unknown.as_ref().map(|v| v.get_ref().clone()),
        };
        if let Some(stand_in) = &self.when_unknown {
            let fits = match (question.fact_kind(), stand_in.get_ref()) {
                // A made-up date would make a rule about near dates hold for those who gave none.
                (Kind::Int { .. }, _) if matches!(question.kind, QuestionKind::Date { .. }) => false,
                (Kind::Bool, Value::Bool(_)) => true,
                (Kind::Int { min, max }, Value::Int(n)) => (min..=max).contains(n),
                (Kind::OneOf(set), Value::Text(text)) => set.contains(text),
                _ => false,
            };
            if !fits {
                let says = match question.kind {
                    QuestionKind::Date { .. } => {
                        "a date has no `when_unknown`: leave it out, and the fact is not known".to_owned()
                    }
                    _ => {
                        format!("`when_unknown` must be {}, not {}", question.fact_kind(), stand_in.get_ref())
                    }
                };
                fault(&stand_in.span(), says);
            }
        }
        good.then_some(question)
    }
}
