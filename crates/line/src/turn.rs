//! What a call knows, apart from what it does: facts set and forgotten, questions put together.

use crate::{
    answer::Query,
    contract::{Ask, forgotten_with},
    flow::{Branch, Flow, Go, Patience, SayIf, Set, SetTo},
    form::Form,
};
use domain::{remembered::Accommodation, text::Lang};
use facts::{Facts, Schema, Value, check_value};
use jiff::{SignedDuration, Timestamp};

/// How much longer than the usual silence it takes until a caller who has no limit is asked again.
const REMINDED_AFTER: i64 = 5;

/// Sets one fact; what depended on its old value is forgotten.
pub(crate) fn set(facts: &mut Facts, name: &str, value: Value) {
    for forgotten in forgotten_with(name) {
        facts.remove(forgotten);
    }
    facts.set(name, value);
}

/// Forgets one fact and what depended on it.
pub(crate) fn clear(facts: &mut Facts, name: &str) {
    for forgotten in forgotten_with(name) {
        facts.remove(forgotten);
    }
    facts.remove(name);
}

pub(crate) fn apply(facts: &mut Facts, sets: &[Set]) {
    for one in sets {
        let value = match &one.to {
            SetTo::Value(value) => value.clone(),
            SetTo::Join(parts) => {
                let texts = parts.iter().filter_map(|part| match facts.get(part) {
                    Some(Value::Text(text)) => Some(text.as_str()),
                    _ => None,
                });
                Value::Text(texts.collect())
            }
        };
        set(facts, &one.fact, value);
    }
}

/// The first branch whose condition holds; the last has none.
pub(crate) fn branch<'f>(next: &'f [Branch], schema: &Schema, facts: &Facts) -> Option<&'f Go> {
    let holds =
        |branch: &&Branch| branch.when.as_ref().is_none_or(|when| when.holds_on(schema, facts) == Ok(true));
    next.iter().find(holds).map(|branch| &branch.go)
}

/// The prompts that are said now.
pub(crate) fn said_now<'f>(says: &'f [SayIf], schema: &Schema, facts: &Facts) -> Vec<&'f SayIf> {
    let holds = |say: &&SayIf| say.when.as_ref().is_none_or(|when| when.holds_on(schema, facts) == Ok(true));
    says.iter().filter(holds).collect()
}

/// Whether every fact of an answer is what the schema and its form want.
pub(crate) fn good(flow: &Flow, told: &Facts) -> bool {
    told.iter().all(|(name, value)| {
        let kind = flow.schema.get(name).map(|declared| &declared.kind);
        let fits = match (flow.forms.get(name), value) {
            (Some(form), Value::Text(text)) => form.fits(text),
            _ => true,
        };
        fits && kind.is_some_and(|kind| check_value(name, kind, value).is_ok())
    })
}

fn text<'f>(facts: &'f Facts, name: &str) -> Option<&'f str> {
    match facts.get(name) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// The language of the call.
pub(crate) fn lang(facts: &Facts, flow: &Flow) -> Lang {
    let tag = text(facts, "lang").and_then(|tag| tag.parse().ok());
    tag.or_else(|| flow.langs.first().cloned()).unwrap_or_else(Lang::en)
}

/// What the caller needs.
pub(crate) fn accommodation(facts: &Facts) -> Accommodation {
    text(facts, "accommodation").and_then(Accommodation::named).unwrap_or_default()
}

/// The question a state asks. `None` when what it needs is not there, which the checks at load rule out, or, for a window, when
/// the caller chose one that was not offered.
pub(crate) fn query(ask: Ask, facts: &Facts, queue: Option<&str>) -> Option<Query> {
    let number = || text(facts, "inquiry_number")?.parse().ok();
    Some(match ask {
        Ask::Line => Query::Line,
        Ask::Owed => Query::Owed,
        Ask::Case => Query::Case(text(facts, "case_number")?.parse().ok()?),
        Ask::Office => Query::Office(text(facts, "zip")?.to_owned()),
        Ask::Inquiry => Query::Inquiry(number()?),
        Ask::Verify => {
            let born: jiff::civil::Date = text(facts, "born")?.parse().ok()?;
            Query::Verify(number()?, domain::pii::Pii::new(born))
        }
        Ask::Windows => Query::Windows(number()?),
        Ask::MoveCallback => {
            let Some(Value::Int(choice)) = facts.get("window_choice") else { return None };
            let window = text(facts, &format!("window_{choice}"))?;
            Query::MoveCallback(number()?, serde_json::from_str(window).ok()?)
        }
        Ask::CancelCallback => Query::CancelCallback(number()?),
        Ask::OfferCallback => Query::OfferCallback,
        Ask::Enqueue => Query::Enqueue(queue?.to_owned()),
        Ask::Connect => Query::Connect,
    })
}

/// What the caller's accommodation does to a time limit; `None` for one who has no other.
pub(crate) fn patience(flow: &Flow, facts: &Facts) -> Option<Patience> {
    flow.patience.get(text(facts, "accommodation")?).copied()
}

/// So many seconds from now, as the caller needs them.
pub(crate) fn later(now: Timestamp, seconds: i64, patience: Option<Patience>) -> Timestamp {
    let times = match patience {
        None => 1,
        Some(Patience::Times(times)) => times,
        Some(Patience::NoLimit) => REMINDED_AFTER,
    };
    let wait = SignedDuration::from_secs(seconds.saturating_mul(times));
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

/// Keyed digits as the text of a fact.
pub(crate) fn keyed(flow: &Flow, into: &str, digits: &str) -> Option<String> {
    flow.forms.get(into).copied().unwrap_or(Form::Digits).keyed(digits)
}
