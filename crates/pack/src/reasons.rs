//! `reasons.toml`: why a person may need to come in, what is asked, what to bring.

use crate::{
    agency::Words,
    doc::{Doc, words},
    facts::OF_THE_DESK,
    fault::{Findings, Place},
    question::{Question, WrittenQuestion},
};
use domain::{
    codes::{ItemCode, ReasonCode, ServiceCode},
    text::{Lang, Text},
    urgency::Urgency,
};
use serde::Deserialize;
use std::{collections::BTreeSet, ops::Range};
use toml::Spanned;

/// What is done at an office.
#[derive(Debug, Clone)]
pub struct Service {
    /// Its code.
    pub code: ServiceCode,
    /// What people read.
    pub name: Text,
}

/// What comes first for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// An appointment is the usual end.
    Visit,
    /// Try to mail it.
    MailFirst,
    /// A call or the website usually answers it.
    PhoneFirst,
    /// The papers are checked before a visit, and the place is kept meanwhile.
    PapersFirst,
}

impl Route {
    /// Every route.
    pub const ALL: [Self; 4] = [Self::Visit, Self::MailFirst, Self::PhoneFirst, Self::PapersFirst];

    /// The word used in data and as the fact `route`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::MailFirst => "mail-first",
            Self::PhoneFirst => "phone-first",
            Self::PapersFirst => "papers-first",
        }
    }
}

/// Who has a paper, or must be asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuppliedBy {
    /// The person has it.
    Person,
    /// The agency sends it.
    Agency,
    /// Somebody else must be asked: a doctor, a court.
    Other,
}

/// A paper or thing to bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its code.
    pub code: ItemCode,
    /// What people read.
    pub name: Text,
    /// How to get it, or what will do.
    pub help: Text,
    /// Who has it.
    pub supplied_by: SuppliedBy,
}

/// One line of a checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bring {
    /// This one.
    Item {
        /// Which.
        item: Item,
        /// Good to have, not a condition.
        optional: bool,
    },
    /// One of these will do.
    AnyOf {
        /// Which; two or more.
        items: Vec<Item>,
        /// What is said before them ("One of these").
        intro: Text,
    },
}

impl Bring {
    /// The items of this line.
    pub fn items(&self) -> &[Item] {
        match self {
            Self::Item { item, .. } => std::slice::from_ref(item),
            Self::AnyOf { items, .. } => items,
        }
    }

    /// Must the person have (one of) it, and get it themselves? What the agency sends is never missing.
    pub fn is_required(&self) -> bool {
        match self {
            Self::Item { item, optional } => !optional && item.supplied_by != SuppliedBy::Agency,
            Self::AnyOf { items, .. } => items.iter().all(|item| item.supplied_by != SuppliedBy::Agency),
        }
    }

    /// The line in words, in each language of its texts.
    pub fn text(&self) -> Text {
        match self {
            Self::Item { item, .. } => item.name.clone(),
            Self::AnyOf { items, intro } => Text::new(intro.langs().map(|lang| {
                let names: Vec<&str> = items.iter().map(|item| item.name.in_lang(lang)).collect();
                (lang.clone(), format!("{}: {}", intro.in_lang(lang), names.join("; ")))
            })),
        }
    }

    /// Is it fulfilled by these papers?
    pub fn is_met(&self, papers: &[ItemCode]) -> bool {
        !self.is_required() || self.items().iter().any(|item| papers.contains(&item.code))
    }
}

/// Why an in-person visit is asked for.
#[derive(Debug, Clone)]
pub struct Reason {
    /// Its code.
    pub code: ReasonCode,
    /// What people read.
    pub name: Text,
    /// What it is for.
    pub about: Text,
    /// Who gets it.
    pub who: Text,
    /// What to try first.
    pub first: Text,
    /// Length of a visit in minutes.
    pub minutes: u32,
    /// What is done at the office.
    pub service: ServiceCode,
    /// What comes first.
    pub route: Route,
    /// How soon a request is looked at, before anything is decided.
    pub review: Urgency,
    /// What is asked, in order.
    pub questions: Vec<Question>,
    /// The whole checklist: what every visit needs, then what this reason needs.
    pub bring: Vec<Bring>,
    pub(crate) at: Place,
}

impl Reason {
    /// Every item of the checklist, in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.bring.iter().flat_map(Bring::items)
    }

    /// The checklist as an appointment carries it: a line for each paper, the choices on one line.
    pub fn checklist(&self) -> Vec<domain::appointment::Bring> {
        let line = |bring: &Bring| domain::appointment::Bring {
            item: match bring {
                Bring::Item { item, .. } => Some(item.code.clone()),
                Bring::AnyOf { .. } => None,
            },
            text: bring.text(),
        };
        self.bring.iter().map(line).collect()
    }

    /// The lines of the checklist that these papers do not fulfil.
    pub fn missing<'a>(&'a self, papers: &'a [ItemCode]) -> impl Iterator<Item = &'a Bring> {
        self.bring.iter().filter(|line| !line.is_met(papers))
    }
}

/// What `reasons.toml` holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reasons {
    pub(crate) services: Vec<(Place, Service)>,
    pub(crate) questions: Vec<Question>,
    pub(crate) reasons: Vec<Reason>,
}

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
    minutes: Spanned<u32>,
    service: Spanned<ServiceCode>,
    route: Route,
    review: Urgency,
    #[serde(default)]
    ask: Vec<Spanned<String>>,
    #[serde(default)]
    bring: Vec<Spanned<WrittenBring>>,
}

pub(crate) fn read(mut doc: Doc<'_>, langs: &[Lang], found: &mut Findings) -> Reasons {
    doc.check_texts(langs, found);
    let source = doc.source;
    let services = doc.each::<WrittenService>("service", found);
    let questions = doc.each::<WrittenQuestion>("question", found);
    let items = doc.each::<WrittenItem>("item", found);
    let one_of = doc.take::<Words>("one_of", found).map(|text| text.into_inner().0);
    let every_visit =
        doc.take::<EveryVisit>("every_visit", found).map(Spanned::into_inner).unwrap_or_default();
    let written = doc.each::<WrittenReason>("reason", found);
    doc.finish(found);

    let at = |span: &Range<usize>| source.at(span);
    unique(
        "service",
        services.iter().map(|s| (s.get_ref().code.get_ref().as_str(), at(&s.get_ref().code.span()))),
        found,
    );
    unique(
        "item",
        items.iter().map(|i| (i.get_ref().code.get_ref().as_str(), at(&i.get_ref().code.span()))),
        found,
    );
    unique(
        "reason",
        written.iter().map(|r| (r.get_ref().code.get_ref().as_str(), at(&r.get_ref().code.span()))),
        found,
    );
    unique(
        "question",
        questions.iter().map(|q| (q.get_ref().code.get_ref().as_str(), at(&q.get_ref().code.span()))),
        found,
    );

    let services: Vec<(Place, Service)> = services
        .into_iter()
        .map(|s| s.into_inner())
        .map(|s| (at(&s.code.span()), Service { code: s.code.into_inner(), name: s.name }))
        .collect();
    let questions: Vec<(Place, Question)> = questions
        .into_iter()
        .filter_map(|q| Some((at(&q.get_ref().code.span()), q.into_inner().check(source, found)?)))
        .collect();
    let mut facts: BTreeSet<String> = OF_THE_DESK.map(str::to_owned).into();
    for (place, question) in &questions {
        if !facts.insert(question.fact()) {
            let says = format!(
                "question `{}` would give the fact `{}`, which there is already",
                question.code,
                question.fact()
            );
            found.fault(place.clone(), says);
        }
    }
    let items: Vec<(Place, Item)> = items
        .into_iter()
        .map(Spanned::into_inner)
        .map(|i| {
            let item = Item {
                code: i.code.get_ref().clone(),
                name: i.name,
                help: i.help,
                supplied_by: i.supplied_by,
            };
            (at(&i.code.span()), item)
        })
        .collect();

    let mut used: BTreeSet<ItemCode> = BTreeSet::new();
    let mut asked: BTreeSet<String> = BTreeSet::new();
    let mut checklist = |written: Vec<Spanned<WrittenBring>>, before: &[Bring], found: &mut Findings| {
        let mut lines = before.to_vec();
        for line in written {
            let place = at(&line.span());
            let Some(line) = bring(line.into_inner(), &items, one_of.as_ref(), &place, found) else {
                continue;
            };
            for item in line.items() {
                used.insert(item.code.clone());
                if lines.iter().flat_map(Bring::items).any(|other| other.code == item.code) {
                    found.fault(place.clone(), format!("`{}` is already on this checklist", item.code));
                }
            }
            lines.push(line);
        }
        lines
    };
    let every_visit = checklist(every_visit.bring, &[], found);
    let mut reasons = Vec::new();
    for reason in written {
        let reason = reason.into_inner();
        let place = at(&reason.code.span());
        if !services.iter().any(|(_, s)| s.code == *reason.service.get_ref()) {
            let says = format!("there is no [[service]] with the code `{}`", reason.service.get_ref());
            found.fault(at(&reason.service.span()), says);
        }
        if !(5..=480).contains(reason.minutes.get_ref()) {
            found.fault(
                at(&reason.minutes.span()),
                format!("a visit takes 5 to 480 minutes, not {}", reason.minutes.get_ref()),
            );
        }
        let mut asks: Vec<Question> = Vec::new();
        for code in reason.ask {
            match questions.iter().find(|(_, q)| q.code == *code.get_ref()) {
                None => found.fault(
                    at(&code.span()),
                    format!("there is no [[question]] with the code `{}`", code.get_ref()),
                ),
                Some((_, q)) if asks.iter().any(|asked| asked.code == q.code) => {
                    found.fault(at(&code.span()), format!("`{}` is asked twice", q.code));
                }
                Some((_, question)) => {
                    asked.insert(question.code.clone());
                    asks.push(question.clone());
                }
            }
        }
        let bring = checklist(reason.bring, &every_visit, found);
        reasons.push(Reason {
            code: reason.code.into_inner(),
            name: reason.name,
            about: reason.about,
            who: reason.who,
            first: reason.first,
            minutes: reason.minutes.into_inner(),
            service: reason.service.into_inner(),
            route: reason.route,
            review: reason.review,
            questions: asks,
            bring,
            at: place,
        });
    }
    if reasons.is_empty() && found.faults.is_empty() {
        found.fault(Place::file(source.file), "there is no [[reason]]");
    }
    for (place, item) in items.iter().filter(|(_, item)| !used.contains(&item.code)) {
        found.warn(place.clone(), format!("item `{}` is on no checklist", item.code));
    }
    for (place, question) in questions.iter().filter(|(_, q)| !asked.contains(&q.code)) {
        found.warn(place.clone(), format!("no reason asks question `{}`", question.code));
    }
    for (place, service) in &services {
        if !reasons.iter().any(|reason| reason.service == service.code) {
            found.warn(place.clone(), format!("no reason needs service `{}`", service.code));
        }
    }
    Reasons { services, questions: questions.into_iter().map(|(_, q)| q).collect(), reasons }
}

fn bring(
    line: WrittenBring,
    items: &[(Place, Item)],
    one_of: Option<&Text>,
    at: &Place,
    found: &mut Findings,
) -> Option<Bring> {
    let mut find = |code: &ItemCode| {
        let item = items.iter().find(|(_, item)| item.code == *code).map(|(_, item)| item.clone());
        if item.is_none() {
            found.fault(at.clone(), format!("there is no [[item]] with the code `{code}`"));
        }
        item
    };
    match (line.item, line.any_of.as_slice()) {
        (Some(code), []) => Some(Bring::Item { item: find(&code)?, optional: line.optional }),
        (None, [_, _, ..]) if !line.optional => {
            let items: Vec<Item> = line.any_of.iter().filter_map(find).collect();
            if one_of.is_none() {
                found.fault(
                    at.clone(),
                    "a choice of papers needs the text [one_of], such as \"One of these\"",
                );
            }
            let intro = one_of?.clone();
            (items.len() == line.any_of.len()).then_some(Bring::AnyOf { items, intro })
        }
        _ => {
            let says = "a checklist line is { item = \"code\" }, { item = \"code\", optional = true } or { any_of = [\"one\", \"other\"] }";
            found.fault(at.clone(), says);
            None
        }
    }
}

fn unique<'a>(what: &str, codes: impl Iterator<Item = (&'a str, Place)>, found: &mut Findings) {
    let mut seen: Vec<(&str, Place)> = Vec::new();
    for (code, at) in codes {
        if let Some((_, first)) = seen.iter().find(|(other, _)| *other == code) {
            found.fault(at, format!("{what} `{code}` is already on line {}", first.line.unwrap_or_default()));
        } else {
            seen.push((code, at));
        }
    }
}
