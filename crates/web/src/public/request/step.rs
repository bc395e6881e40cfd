//! The steps of the request, in order. Which there are depends on the reason.

use crate::core::{Ctx, Fields};
use pack::{Question, QuestionKind, Reason, Route};

/// A page of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Where do you live?
    Zip,
    /// What do you need?
    Reason,
    /// Is there a better way than coming in?
    First,
    /// A question of the reason.
    Ask(String),
    /// Anything else, in your own words.
    Words,
    /// Which papers do you have?
    Papers,
    /// When could you come?
    Times,
    /// Who are you?
    You,
    /// How do we reach you?
    Reach,
    /// How will you know that it is us?
    Call,
    /// What would help you?
    Help,
    /// Does somebody act for you?
    Behalf,
    /// Is everything right?
    Check,
}

impl Step {
    /// The step of a page's address; questions have addresses of their own.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "zip" => Self::Zip,
            "reason" => Self::Reason,
            "first" => Self::First,
            "words" => Self::Words,
            "papers" => Self::Papers,
            "times" => Self::Times,
            "you" => Self::You,
            "reach" => Self::Reach,
            "call" => Self::Call,
            "help" => Self::Help,
            "behalf" => Self::Behalf,
            "check" => Self::Check,
            _ => return None,
        })
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Zip => "zip",
            Self::Reason => "reason",
            Self::First => "first",
            Self::Ask(code) => code,
            Self::Words => "words",
            Self::Papers => "papers",
            Self::Times => "times",
            Self::You => "you",
            Self::Reach => "reach",
            Self::Call => "call",
            Self::Help => "help",
            Self::Behalf => "behalf",
            Self::Check => "check",
        }
    }

    /// What follows `/{lang}` in its address.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Ask(code) => format!("/request/ask/{code}"),
            other => format!("/request/{}", other.name()),
        }
    }

    pub(super) fn url(&self, ctx: &Ctx) -> String {
        ctx.url(&self.path())
    }

    /// The field that says that this page was sent: on many pages no answer is an answer too.
    pub(super) fn seen(&self) -> String {
        match self {
            Self::Ask(code) => format!("seen_{}", answer(code)),
            other => format!("seen_{}", other.name()),
        }
    }

    /// The fields of this page.
    pub(super) fn fields(&self, ctx: &Ctx) -> Vec<String> {
        let names: &[&str] = match self {
            Self::Zip => &["zip"],
            Self::Reason => &["reason"],
            Self::First | Self::Check => &[],
            Self::Ask(code) => {
                let date = question(ctx, code)
                    .is_some_and(|question| matches!(question.kind, QuestionKind::Date { .. }));
                let name = answer(code);
                return if date { date_fields(&name).to_vec() } else { vec![name] };
            }
            Self::Words => &["words"],
            Self::Papers => &["papers"],
            Self::Times => {
                return (1..=3)
                    .flat_map(|n| ["date", "weekday", "part"].map(|what| format!("time{n}_{what}")))
                    .collect();
            }
            Self::You => &["given", "family", "born_month", "born_day", "born_year", "file", "receipt"],
            Self::Reach => &[
                "phone",
                "texts",
                "calls",
                "email",
                "post_street",
                "post_unit",
                "post_city",
                "post_state",
                "post_zip",
                "lang",
            ],
            Self::Call => &["call_hours", "say_who", "no_message", "discreet", "phrase"],
            Self::Help => &["relay", "interpreter", "accommodation"],
            Self::Behalf => &["behalf", "behalf_name", "behalf_organisation", "behalf_on_file"],
        };
        names.iter().map(|name| (*name).to_owned()).collect()
    }
}

/// The field of an answer to a question.
pub(super) fn answer(code: &str) -> String {
    format!("ask_{code}")
}

fn date_fields(name: &str) -> [String; 3] {
    ["month", "day", "year"].map(|what| format!("{name}_{what}"))
}

fn question<'a>(ctx: &'a Ctx, code: &str) -> Option<&'a Question> {
    ctx.app.desk.pack().questions().iter().find(|question| question.code == code)
}

/// The reason that was chosen.
pub(super) fn reason<'a>(ctx: &'a Ctx, fields: &Fields) -> Option<&'a Reason> {
    ctx.app.desk.pack().open_reason(&fields.get("reason").parse().ok()?)
}

/// The steps for what was answered so far.
pub(super) fn way(ctx: &Ctx, fields: &Fields) -> Vec<Step> {
    let mut way = vec![Step::Zip, Step::Reason];
    if let Some(reason) = reason(ctx, fields) {
        if reason.route != Route::Visit {
            way.push(Step::First);
        }
        way.extend(reason.questions.iter().map(|question| Step::Ask(question.code.clone())));
        way.push(Step::Words);
        if !reason.bring.is_empty() {
            way.push(Step::Papers);
        }
        way.extend([Step::Times, Step::You, Step::Reach, Step::Call, Step::Help, Step::Behalf, Step::Check]);
    }
    way
}
