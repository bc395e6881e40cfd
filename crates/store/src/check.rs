//! What must always hold, judged from what an engine reads. Pure, and here once, so that two engines cannot differ in it.

use crate::{
    Broken,
    columns::{past, promised},
};
use domain::{change::Holder, ids::InquiryId, inquiry::Inquiry, slots::SlotKey};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How many inquiries an engine reads at once.
pub const AT_ONCE: u32 = 500;

/// How many of the journal's last entries every look proves anew.
pub const TAIL: u64 = 2_000;

/// How many entries of the rolling proof one look does at most.
pub const PART: u64 = 20_000;

/// A place in words: `SPR counter 2031-03-03T15:00:00Z officer`.
pub fn place(office: &str, service: &str, start: Timestamp, pool: &str) -> String {
    format!("{office} {service} {start} {pool}")
}

fn place_of(slot: &SlotKey) -> String {
    place(slot.office.as_str(), slot.service.as_str(), slot.start, slot.pool.as_str())
}

/// The places that holders have for good, in words.
pub type Held = BTreeMap<Holder, BTreeSet<String>>;

/// An inquiry as an engine reads it for a check: its document, and the columns that could differ from it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The person's column.
    pub person: String,
    /// The reason's column.
    pub reason: String,
    /// The column that says whether it is live.
    pub live: bool,
    /// The job that must wait and does not.
    pub unwatched: Option<String>,
    /// The document.
    pub inquiry: Inquiry,
}

/// Judges inquiries, some at a time, and remembers who holds what.
#[derive(Debug, Default)]
pub struct Judge {
    known: HashSet<Holder>,
    live: HashMap<(String, String), InquiryId>,
    broken: Vec<Broken>,
}

impl Judge {
    /// Whoever may have places, of these inquiries.
    pub fn holders(seen: &[Seen]) -> BTreeSet<Holder> {
        seen.iter()
            .flat_map(|s| {
                promised(&s.inquiry)
                    .map(|(holder, _)| holder)
                    .into_iter()
                    .chain(past(&s.inquiry).map(|(h, _)| h))
            })
            .collect()
    }

    /// Judges inquiries by what their [`Self::holders`] have: each promise has its watch and exactly its places, no cancelled
    /// booking has any, and no other is live for the same person and reason.
    pub fn inquiries(&mut self, seen: Vec<Seen>, held: &Held) {
        for Seen { person, reason, live, unwatched, inquiry } in seen {
            let id = inquiry.id;
            if let Some(watch) = unwatched {
                self.broken.push(Broken::Unwatched { inquiry: id, watch });
            }
            if live
                && let Some(other) = self.live.insert((person, reason), id)
                && other != id
            {
                self.broken.push(Broken::Pair { inquiry: other, other: id });
            }
            // Moved appointments keep their identifier, so the present one comes first: it says what is due.
            if let Some((holder, slots)) = promised(&inquiry) {
                self.known.insert(holder);
                self.places(id, holder, &slots.iter().map(place_of).collect(), held);
            }
            for (holder, may_keep) in past(&inquiry) {
                if self.known.insert(holder) && !may_keep {
                    self.places(id, holder, &BTreeSet::new(), held);
                }
            }
        }
    }

    fn places(&mut self, inquiry: InquiryId, holder: Holder, due: &BTreeSet<String>, held: &Held) {
        let none = BTreeSet::new();
        let has = held.get(&holder).unwrap_or(&none);
        if due != has {
            let lacks = due.difference(has).cloned().collect();
            let keeps = has.difference(due).cloned().collect();
            self.broken.push(Broken::Unbacked { inquiry, holder, lacks, keeps });
        }
    }

    /// Does any inquiry that was judged know this holder?
    pub fn knows(&self, holder: Holder) -> bool {
        self.known.contains(&holder)
    }

    /// Something else that was found.
    pub fn found(&mut self, broken: impl IntoIterator<Item = Broken>) {
        self.broken.extend(broken);
    }

    /// Everything that was found, kind by kind.
    pub fn verdict(mut self) -> Vec<Broken> {
        self.broken.sort_by_key(Broken::rank);
        self.broken
    }
}
