//! Whoever may act for the person of an inquiry, within limits.

use crate::{
    dto::said::{DelegateActChoice, SaidChoice, WordOfChoice},
    problem::{self, Problem},
    routes::language,
    scalar::{Day, Email, Line, Phone, When, few},
};
use domain::{
    delegate::{Delegate, DelegateReach, NewDelegate, OnWord},
    inquiry::Inquiry,
    text::Lang,
};
use jiff::Timestamp;
use pack::Pack;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Somebody who may act for the person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DelegateShown {
    /// Their number in the inquiry; what they do is journalled under it.
    #[schema(example = 1)]
    nth: u8,
    #[schema(example = "P. Legal")]
    name: String,
    /// Where their link goes: this, or the telephone.
    #[schema(example = "p.legal@example.org")]
    email: Option<String>,
    #[schema(example = "+12025550199")]
    phone: Option<String>,
    /// The language in which they are written to.
    #[schema(example = "en")]
    lang: String,
    /// What they may do beside reading.
    #[schema(example = json!(["confirm", "call"]))]
    may: Vec<&'static str>,
    #[schema(value_type = When)]
    since: Timestamp,
    /// Until when, at the latest.
    #[schema(value_type = When)]
    until: Timestamp,
    /// Since when they act no more, if they were ended before: by the person, staff or themselves, or with the inquiry.
    #[schema(value_type = Option<When>)]
    ended: Option<Timestamp>,
    #[schema(example = "person")]
    why: Option<&'static str>,
}

impl DelegateShown {
    fn of(delegate: &Delegate) -> Self {
        let (email, phone) = match &delegate.reach {
            DelegateReach::Email(to) => (Some(to.reveal().clone()), None),
            DelegateReach::Text(number) => (None, Some(number.e164().to_owned())),
        };
        Self {
            nth: delegate.nth,
            name: delegate.name.reveal().clone(),
            email,
            phone,
            lang: delegate.lang.as_str().to_owned(),
            may: delegate.may.iter().map(|act| act.as_str()).collect(),
            since: delegate.since,
            until: delegate.until,
            ended: delegate.ended.map(|end| end.at),
            why: delegate.ended.map(|end| end.why.as_str()),
        }
    }
}

/// Whoever may or might act for the person, in the order in which they were named.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DelegateList {
    delegates: Vec<DelegateShown>,
}

impl DelegateList {
    pub(crate) fn of(inquiry: &Inquiry) -> Self {
        Self { delegates: inquiry.delegates.iter().map(DelegateShown::of).collect() }
    }
}

/// Whom to let act for the person, and how far.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameDelegate {
    pub(crate) name: Line,
    /// Where their link goes: this, or the telephone.
    pub(crate) email: Option<Email>,
    /// A mobile telephone, where the agency sends texts.
    pub(crate) phone: Option<Phone>,
    /// The language in which they are written to, one of the agency's. Left out, it is the person's.
    #[schema(example = "en")]
    pub(crate) lang: Option<Line>,
    /// What they may do beside reading, of what the agency lets be delegated.
    #[serde(default, deserialize_with = "few::<_, _, 0, 6>")]
    #[schema(max_items = 6)]
    pub(crate) may: Vec<DelegateActChoice>,
    /// Their last day, by the person's calendar.
    pub(crate) last_day: Day,
}

impl NameDelegate {
    /// The same in the desk's own words; `at` is where the body says it.
    pub(crate) fn read(&self, pack: &Pack, own: &Lang, at: &str) -> Result<NewDelegate, Problem> {
        let reach = match (&self.email, &self.phone) {
            (Some(email), None) => DelegateReach::Email(email.as_str().into()),
            (None, Some(phone)) => {
                DelegateReach::Text(phone.as_str().parse().map_err(|_| Problem::from(problem::WRONG_SHAPE))?)
            }
            _ => {
                let says = "an e-mail address or a telephone, one of the two";
                return Err(Problem::at(problem::ANSWER_NOT_TAKEN, format!("{at}/email"), says));
            }
        };
        let lang = match &self.lang {
            Some(lang) => language(pack, lang.as_str(), &format!("{at}/lang"))?,
            None => own.clone(),
        };
        Ok(NewDelegate {
            name: self.name.as_str().trim().into(),
            reach,
            lang,
            may: self.may.iter().map(|act| (*act).into()).collect(),
            last_day: self.last_day.0,
        })
    }
}

/// Who acts no more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndDelegate {
    /// Their number in the inquiry.
    #[schema(example = 1, maximum = 255)]
    pub(crate) nth: u8,
}

/// Who is sent a new link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RenewDelegate {
    /// Their number in the inquiry.
    #[schema(example = 1, maximum = 255)]
    pub(crate) nth: u8,
    /// Their last day from now on, by the person's calendar. Left out, it stays.
    pub(crate) last_day: Option<Day>,
}

/// Who is sent a new link, and on whose word.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteDelegateLink {
    /// Their number in the inquiry.
    #[schema(example = 1, maximum = 255)]
    pub(crate) nth: u8,
    /// Their last day from now on, by the person's calendar. Left out, it stays.
    pub(crate) last_day: Option<Day>,
    pub(crate) word: WordGiven,
}

/// Whose word it was, and how they said so.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordGiven {
    pub(crate) of: WordOfChoice,
    pub(crate) said: SaidChoice,
}

impl From<WordGiven> for OnWord {
    fn from(word: WordGiven) -> Self {
        Self { of: word.of.into(), said: word.said.into() }
    }
}

/// Whom to let act for the person, and on whose word.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteDelegate {
    pub(crate) delegate: NameDelegate,
    pub(crate) word: WordGiven,
}

/// Who acts no more, and on whose word.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteDelegateEnd {
    /// Their number in the inquiry.
    #[schema(example = 1, maximum = 255)]
    pub(crate) nth: u8,
    pub(crate) word: WordGiven,
}
