//! `reasons.toml`: why a person may need to come in, what is asked, what to bring.

use crate::{
    doc::Doc,
    fault::{Findings, Place, Source},
    question::Question,
    written,
};
use domain::{
    codes::{ItemCode, ReasonCode, ServiceCode},
    text::{Lang, Text},
    urgency::Urgency,
};
use serde::Deserialize;

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
    /// One of these will do; two or more.
    AnyOf(Vec<Item>),
}

impl Bring {
    /// The items of this line.
    pub fn items(&self) -> &[Item] {
        match self {
            Self::Item { item, .. } => std::slice::from_ref(item),
            Self::AnyOf(items) => items,
        }
    }

    /// Must the person have (one of) it, and get it themselves? What the agency sends is never missing.
    pub fn is_required(&self) -> bool {
        match self {
            Self::Item { item, optional } => !optional && item.supplied_by != SuppliedBy::Agency,
            Self::AnyOf(items) => items.iter().all(|item| item.supplied_by != SuppliedBy::Agency),
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
    /// Other words that people search for it by, and that its own texts do not have.
    pub also: Option<Text>,
    /// What an operator says and asks when somebody calls about it, line by line.
    pub script: Option<Text>,
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
    pub(crate) all: Vec<Reason>,
    /// Reasons for which nobody can ask any more, and for which some have.
    pub(crate) gone: Vec<Reason>,
    /// Items that are on no checklist any more, and that some were asked for.
    pub(crate) gone_items: Vec<Item>,
}

impl Reasons {
    /// Keeps what an earlier text of the file knew and this one does not. Its faults, if it has any by now, are nobody's concern.
    pub(crate) fn look_back(&mut self, text: &str, langs: &[Lang]) {
        let mut found = Findings::default();
        let source = Source { file: "reasons.toml", text };
        let Some(doc) = Doc::parse(source, &mut found) else { return };
        for reason in written::read(doc, langs, &mut found).all {
            for item in reason.items() {
                if self.item(&item.code).is_none() {
                    self.gone_items.push(item.clone());
                }
            }
            if !self.all.iter().chain(&self.gone).any(|known| known.code == reason.code) {
                self.gone.push(reason);
            }
        }
    }

    /// One item, of whatever checklist, also of one that is gone.
    pub(crate) fn item(&self, code: &ItemCode) -> Option<&Item> {
        let now = self.all.iter().flat_map(Reason::items);
        now.chain(&self.gone_items).find(|item| item.code == *code)
    }
}
