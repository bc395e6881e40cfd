//! Reading `reasons.toml`.

use crate::{
    doc::{Doc, words},
    facts::OF_THE_DESK,
    fault::{Findings, Place, Source},
    question::{Question, WrittenQuestion},
    reasons::{Bring, Item, Reason, Reasons, Route, Service, SuppliedBy},
};
use domain::{
    codes::{ItemCode, ReasonCode, ServiceCode},
    text::{Lang, Text},
    urgency::Urgency,
};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenService {
    code: Spanned<ServiceCode>,
    #[serde(deserialize_with = "words")]
    name: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenItem {
    code: Spanned<ItemCode>,
    supplied_by: SuppliedBy,
    #[serde(deserialize_with = "words")]
    name: Text,
    #[serde(deserialize_with = "words")]
    help: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBring {
    #[serde(default)]
    item: Option<ItemCode>,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    any_of: Vec<ItemCode>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct EveryVisit {
    #[serde(default)]
    bring: Vec<Spanned<WrittenBring>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenReason {
    code: Spanned<ReasonCode>,
    #[serde(deserialize_with = "words")]
    name: Text,
    #[serde(deserialize_with = "words")]
    about: Text,
    #[serde(deserialize_with = "words")]
    who: Text,
    #[serde(deserialize_with = "words")]
    first: Text,
    #[serde(default)]
    also: Option<Text>,
    #[serde(default)]
    script: Option<Spanned<Text>>,
    minutes: Spanned<u32>,
    service: Spanned<ServiceCode>,
    route: Route,
    review: Urgency,
    #[serde(default)]
    ask: Vec<Spanned<String>>,
    #[serde(default)]
    bring: Vec<Spanned<WrittenBring>>,
}

/// A list of named things. When one of them could not be read, a name that is not in the list may be its own:
/// then nothing is said of names that are missing.
struct Shelf<T> {
    things: Vec<(Place, T)>,
    whole: bool,
    used: BTreeSet<String>,
}

impl<T: Clone> Shelf<T> {
    /// `what` is the name of the list in the file.
    fn find(
        &mut self,
        what: &str,
        name: impl Fn(&T) -> &str,
        code: &str,
        at: &Place,
        found: &mut Findings,
    ) -> Option<T> {
        let thing = self.things.iter().find(|(_, thing)| name(thing) == code).map(|(_, thing)| thing.clone());
        if thing.is_some() {
            self.used.insert(code.to_owned());
        } else if self.whole {
            found.fault(at.clone(), format!("there is no [[{what}]] with the code `{code}`"));
        }
        thing
    }

    fn warn_unused(&self, name: impl Fn(&T) -> &str, says: impl Fn(&str) -> String, found: &mut Findings) {
        for (place, thing) in self.things.iter().filter(|(_, thing)| !self.used.contains(name(thing))) {
            found.warn(place.clone(), says(name(thing)));
        }
    }
}

/// Takes a list apart, each thing with the place of its code; a code that stands twice is a fault.
fn shelf<W: serde::de::DeserializeOwned, T>(
    doc: &mut Doc<'_>,
    what: &str,
    code_at: impl Fn(&W) -> (String, std::ops::Range<usize>),
    make: impl Fn(W, Source<'_>, &mut Findings) -> Option<T>,
    found: &mut Findings,
) -> Shelf<T> {
    let source = doc.source;
    let before = found.faults.len();
    let written = doc.each::<W>(what, found);
    let mut whole = found.faults.len() == before;
    let mut seen: Vec<(String, usize)> = Vec::new();
    let mut things = Vec::new();
    for thing in written {
        let (code, span) = code_at(thing.get_ref());
        let place = source.at(&span);
        match seen.iter().find(|(other, _)| *other == code) {
            Some((_, line)) => {
                found.fault(place.clone(), format!("{what} `{code}` is already on line {line}"));
            }
            None => seen.push((code, place.line.unwrap_or_default())),
        }
        match make(thing.into_inner(), source, found) {
            Some(thing) => things.push((place, thing)),
            None => whole = false,
        }
    }
    Shelf { things, whole, used: BTreeSet::new() }
}

pub(crate) fn read(mut doc: Doc<'_>, langs: &[Lang], found: &mut Findings) -> Reasons {
    doc.check_texts(langs, found);
    let source = doc.source;
    let mut services = shelf(
        &mut doc,
        "service",
        |s: &WrittenService| (s.code.get_ref().to_string(), s.code.span()),
        |s, _, _| Some(Service { code: s.code.into_inner(), name: s.name }),
        found,
    );
    let mut questions = shelf(
        &mut doc,
        "question",
        |q: &WrittenQuestion| (q.code.get_ref().clone(), q.code.span()),
        WrittenQuestion::check,
        found,
    );
    check_fact_names(&questions, found);
    let mut items = shelf(
        &mut doc,
        "item",
        |i: &WrittenItem| (i.code.get_ref().to_string(), i.code.span()),
        |i, _, _| {
            Some(Item { code: i.code.into_inner(), name: i.name, help: i.help, supplied_by: i.supplied_by })
        },
        found,
    );
    let every_visit =
        doc.take::<EveryVisit>("every_visit", found).map(Spanned::into_inner).unwrap_or_default();
    let every_visit = checklist(every_visit.bring, &[], &mut items, source, found);
    let written = shelf(
        &mut doc,
        "reason",
        |r: &WrittenReason| (r.code.get_ref().to_string(), r.code.span()),
        |reason, _, _| Some(reason),
        found,
    );
    doc.finish(found);
    if written.things.is_empty() && written.whole {
        found.fault(Place::file(source.file), "there is no [[reason]]");
    }

    let mut reasons = Vec::new();
    for (place, reason) in written.things {
        let service_at = source.at(&reason.service.span());
        services.find("service", |s| s.code.as_str(), reason.service.get_ref().as_str(), &service_at, found);
        if !(5..=480).contains(reason.minutes.get_ref()) {
            let says = format!("a visit takes 5 to 480 minutes, not {}", reason.minutes.get_ref());
            found.fault(source.at(&reason.minutes.span()), says);
        }
        let mut asks: Vec<Question> = Vec::new();
        for code in reason.ask {
            let at = source.at(&code.span());
            let question = questions.find("question", |q| q.code.as_str(), code.get_ref(), &at, found);
            if asks.iter().any(|asked| asked.code == *code.get_ref()) {
                found.fault(at, format!("`{}` is asked twice", code.get_ref()));
            } else {
                asks.extend(question);
            }
        }
        reasons.push(Reason {
            code: reason.code.into_inner(),
            name: reason.name,
            about: reason.about,
            who: reason.who,
            first: reason.first,
            also: reason.also,
            script: reason.script.map(|script| check_script(script, source, found)),
            minutes: reason.minutes.into_inner(),
            service: reason.service.into_inner(),
            route: reason.route,
            review: reason.review,
            questions: asks,
            bring: checklist(reason.bring, &every_visit, &mut items, source, found),
            at: place,
        });
    }
    warn_unscripted(&reasons, found);
    items.warn_unused(|i| i.code.as_str(), |code| format!("item `{code}` is on no checklist"), found);
    questions.warn_unused(|q| q.code.as_str(), |code| format!("no reason asks question `{code}`"), found);
    services.warn_unused(|s| s.code.as_str(), |code| format!("no reason needs service `{code}`"), found);
    Reasons {
        services: services.things,
        questions: questions.things.into_iter().map(|(_, question)| question).collect(),
        all: reasons,
        gone: Vec::new(),
        gone_items: Vec::new(),
    }
}

/// The longest script, in characters: what is read while somebody waits on the telephone.
const LONGEST_SCRIPT: usize = 1_500;

/// A script is words to be said, and not a page of them.
fn check_script(script: Spanned<Text>, source: Source<'_>, found: &mut Findings) -> Text {
    let at = source.at(&script.span());
    let script = script.into_inner();
    for lang in script.langs() {
        let words = script.in_lang(lang);
        let long = words.chars().count();
        if words.trim().is_empty() {
            found.fault(
                at.clone(),
                format!("the script is empty in `{lang}`: leave `script` out, or write what is said"),
            );
        } else if long > LONGEST_SCRIPT {
            let says = format!(
                "the script has {long} characters in `{lang}`; nobody reads out more than {LONGEST_SCRIPT}"
            );
            found.fault(at.clone(), says);
        }
    }
    script
}

/// Where some reasons have a script, one without is likely forgotten.
fn warn_unscripted(reasons: &[Reason], found: &mut Findings) {
    if reasons.iter().any(|reason| reason.script.is_some()) {
        for reason in reasons.iter().filter(|reason| reason.script.is_none()) {
            let says = format!("reason `{}` has no `script` for operators, and others have", reason.code);
            found.warn(reason.at.clone(), says);
        }
    }
}

/// Two questions may not give one fact, nor may a question give what the desk supplies.
fn check_fact_names(questions: &Shelf<Question>, found: &mut Findings) {
    let mut facts: BTreeSet<String> = OF_THE_DESK.map(str::to_owned).into();
    for (place, question) in &questions.things {
        let fact = question.fact();
        if facts.contains(&fact) {
            let says =
                format!("question `{}` would give the fact `{fact}`, which there is already", question.code);
            found.fault(place.clone(), says);
        }
        facts.insert(fact);
    }
}

/// The lines of a checklist after those that every visit needs.
fn checklist(
    written: Vec<Spanned<WrittenBring>>,
    before: &[Bring],
    items: &mut Shelf<Item>,
    source: Source<'_>,
    found: &mut Findings,
) -> Vec<Bring> {
    let mut lines = before.to_vec();
    for line in written {
        let at = source.at(&line.span());
        let Some(line) = bring(line.into_inner(), items, &at, found) else { continue };
        for (n, item) in line.items().iter().enumerate() {
            let earlier = lines.iter().flat_map(Bring::items).chain(&line.items()[..n]);
            if earlier.into_iter().any(|other| other.code == item.code) {
                found.fault(at.clone(), format!("`{}` is already on this checklist", item.code));
            }
        }
        lines.push(line);
    }
    lines
}

fn bring(line: WrittenBring, items: &mut Shelf<Item>, at: &Place, found: &mut Findings) -> Option<Bring> {
    let mut find = |code: &ItemCode, found: &mut Findings| {
        items.find("item", |item| item.code.as_str(), code.as_str(), at, found)
    };
    match (line.item, line.any_of.as_slice()) {
        (Some(code), []) => Some(Bring::Item { item: find(&code, found)?, optional: line.optional }),
        (None, [_, _, ..]) if !line.optional => {
            let found_items: Vec<Item> = line.any_of.iter().filter_map(|code| find(code, found)).collect();
            (found_items.len() == line.any_of.len()).then_some(Bring::AnyOf(found_items))
        }
        _ => {
            let says = "a checklist line is { item = \"code\" }, { item = \"code\", optional = true } or \
                        { any_of = [\"one\", \"other\"] }";
            found.fault(at.clone(), says);
            None
        }
    }
}
