//! From a request to the facts that the policies ask for.

use crate::{
    question::{Answer, MOST_DAYS, days_between},
    reasons::{Reason, Reasons, Route},
};
use domain::{case::CaseState, codes::ItemCode, inquiry::Channel, urgency::Urgency};
use jiff::civil::Date;
use std::collections::BTreeMap;
use triage::{Facts, Kind};

/// What the desk knows of a matter besides the person's answers.
#[derive(Debug, Clone)]
pub struct Circumstances<'a> {
    /// How the first contact came in.
    pub channel: Channel,
    /// The state of the case, when a case was found.
    pub case: Option<CaseState>,
    /// The agency's date on which the policies are asked.
    pub today: Date,
    /// The date of the first contact about this matter.
    pub first_contact: Date,
    /// The papers the person says they have.
    pub papers: &'a [ItemCode],
    /// Visits about this matter that the person missed.
    pub missed_visits: u32,
    /// Promised calls about this matter in which the person was not reached.
    pub missed_calls: u32,
    /// The decision of urgency, once it is made.
    pub urgency: Option<Urgency>,
    /// Business days until the first free place at the serving office; none when there is none, or nobody looked.
    pub serving_place_in_days: Option<u32>,
}

/// A fact that can be supplied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplied {
    /// What it may be.
    pub kind: Kind,
    /// May it be not known?
    pub may_be_unknown: bool,
}

const CASE_STATES: [&str; 4] = ["received", "pending", "decision", "unknown"];
const CHANNELS: [&str; 4] = ["web", "phone", "office", "api"];

fn words<const N: usize>(words: [&str; N]) -> Kind {
    Kind::OneOf(words.map(str::to_owned).to_vec())
}

fn count(n: u32) -> i64 {
    i64::from(n).min(MOST_DAYS)
}

/// Every fact that can be supplied: those of the desk and one for each question.
pub(crate) fn supplied(reasons: &Reasons) -> BTreeMap<String, Supplied> {
    let days = Kind::Int { min: 0, max: MOST_DAYS };
    let known = |kind| Supplied { kind, may_be_unknown: false };
    // Who asked for a reason that is gone is still decided about.
    let codes =
        reasons.all.iter().chain(&reasons.gone).map(|reason| reason.code.as_str().to_owned()).collect();
    let mut all = BTreeMap::from([
        ("reason".to_owned(), known(Kind::OneOf(codes))),
        ("route".to_owned(), known(words(Route::ALL.map(Route::as_str)))),
        ("channel".to_owned(), known(words(CHANNELS))),
        ("case_status".to_owned(), known(words(CASE_STATES))),
        ("waited_days".to_owned(), known(days.clone())),
        ("has_all_papers".to_owned(), known(Kind::Bool)),
        ("missed_visits".to_owned(), known(days.clone())),
        ("missed_calls".to_owned(), known(days.clone())),
        (
            "urgency".to_owned(),
            Supplied { kind: words(Urgency::ALL.map(Urgency::as_str)), may_be_unknown: true },
        ),
        ("serving_place_in_days".to_owned(), Supplied { kind: days, may_be_unknown: true }),
    ]);
    for question in &reasons.questions {
        let supplied =
            Supplied { kind: question.fact_kind(), may_be_unknown: question.when_unknown.is_none() };
        all.insert(question.fact(), supplied);
    }
    all
}

/// The names that the desk supplies: a question may not have one of them.
pub(crate) const OF_THE_DESK: [&str; 10] = [
    "reason",
    "route",
    "channel",
    "case_status",
    "waited_days",
    "has_all_papers",
    "missed_visits",
    "missed_calls",
    "urgency",
    "serving_place_in_days",
];

pub(crate) fn request_facts(
    reasons: &Reasons,
    reason: &Reason,
    answers: &BTreeMap<String, Answer>,
    known: &Circumstances<'_>,
) -> Facts {
    let channel = match known.channel {
        Channel::Web => "web",
        Channel::Phone => "phone",
        Channel::Office => "office",
        Channel::Api => "api",
    };
    let case = match known.case {
        Some(CaseState::Received) => "received",
        Some(CaseState::Pending) => "pending",
        Some(CaseState::Decision) => "decision",
        None => "unknown",
    };
    let mut facts = Facts::new()
        .with("reason", reason.code.as_str())
        .with("route", reason.route.as_str())
        .with("channel", channel)
        .with("case_status", case)
        .with("waited_days", days_between(known.first_contact, known.today).max(0))
        .with("has_all_papers", reason.missing(known.papers).next().is_none())
        .with("missed_visits", count(known.missed_visits))
        .with("missed_calls", count(known.missed_calls));
    if let Some(urgency) = known.urgency {
        facts.set("urgency", urgency.as_str());
    }
    if let Some(days) = known.serving_place_in_days {
        facts.set("serving_place_in_days", count(days));
    }
    for question in &reasons.questions {
        // An answer to what this reason does not ask is left over from another reason: it does not count.
        let asked = reason.questions.iter().any(|q| q.code == question.code);
        let answer = answers.get(&question.code).filter(|_| asked);
        let value = question.fact_value(answer, known.today).or_else(|| question.when_unknown.clone());
        if let Some(value) = value {
            facts.set(question.fact(), value);
        }
    }
    facts
}
