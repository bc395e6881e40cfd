//! Looking for something in the journal: by who did it, about which inquiry, what, and when.
//!
//! The journal is written all day and searched now and then, so it has no index for this: it is read backwards, a bounded part
//! at a time, and the answer says how far that was.

use crate::{Store, StoreError};
use domain::{
    actor::Actor,
    ids::{InquiryId, StaffId},
    journal::{Seq, Written},
};
use jiff::Timestamp;

/// How many entries are read at once.
const PART: u32 = 500;

/// How many entries are read for one answer at most.
const MOST: u64 = 10_000;

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// This member of staff.
    Staff(StaffId),
    /// The person whose inquiry it was, or whoever acted for them.
    Person,
    /// The system by itself.
    System,
}

/// What is looked for. What is left out may be anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sought {
    /// Who did it.
    pub by: Option<By>,
    /// About which inquiry.
    pub inquiry: Option<InquiryId>,
    /// What happened, by its stable name.
    pub act: Option<String>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
}

/// What was found, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The entries.
    pub rows: Vec<Written>,
    /// Where to go on: everything from here on has been looked at. None when there is nothing further back.
    pub on: Option<Seq>,
}

impl Sought {
    /// Is it what is looked for?
    pub fn fits(&self, entry: &Written) -> bool {
        let by = match (self.by, &entry.actor) {
            (None, _) | (Some(By::System), Actor::System { .. }) => true,
            (Some(By::Person), actor) => actor.is_public(),
            (Some(By::Staff(id)), Actor::Staff { id: other, .. }) => id == *other,
            _ => false,
        };
        by && self.inquiry.is_none_or(|id| entry.entry.inquiry == Some(id))
            && self.act.as_deref().is_none_or(|act| entry.entry.happened.act() == act)
            && self.from.is_none_or(|from| entry.at >= from)
            && self.to.is_none_or(|to| entry.at < to)
    }
}

/// Looks for entries before `before` (all, when it is left out), the newest first, at most `limit`.
///
/// # Errors
/// When the store does not answer.
pub async fn search(
    store: &dyn Store,
    sought: &Sought,
    before: Option<Seq>,
    limit: usize,
) -> Result<Found, StoreError> {
    if let Some(inquiry) = sought.inquiry {
        let entries = store.story(inquiry).await?;
        let mut rows: Vec<Written> = entries.into_iter().rev().collect();
        rows.retain(|entry| before.is_none_or(|before| entry.seq < before) && sought.fits(entry));
        let more = rows.len() > limit;
        rows.truncate(limit);
        let on = rows.last().filter(|_| more).map(|last| last.seq);
        return Ok(Found { rows, on });
    }
    let end = store.journal_end().await?;
    let mut upto = before.map_or(end, |before| Seq(before.0.saturating_sub(1)).min(end));
    if let Some(to) = sought.to {
        upto = upto.min(last_before(store, to, upto).await?);
    }
    let floor = upto.0.saturating_sub(MOST);
    let mut rows = Vec::new();
    while upto.0 > floor {
        let start = Seq(upto.0.saturating_sub(PART.into()).max(floor));
        let part = store.journal(start, PART).await?;
        for entry in part.into_iter().rev().filter(|entry| entry.seq <= upto) {
            if sought.from.is_some_and(|from| entry.at < from) {
                return Ok(Found { rows, on: None });
            }
            if sought.fits(&entry) {
                if rows.len() == limit {
                    return Ok(Found { on: rows.last().map(|last: &Written| last.seq), rows });
                }
                rows.push(entry);
            }
        }
        upto = start;
    }
    Ok(Found { rows, on: (upto.0 > 0).then_some(Seq(upto.0 + 1)) })
}

/// The last entry up to `upto` that is before `to`. Times of entries go up with their places, but for clocks of several nodes,
/// which differ by less than the minute that is added.
async fn last_before(store: &dyn Store, to: Timestamp, upto: Seq) -> Result<Seq, StoreError> {
    let to = to.checked_add(jiff::SignedDuration::from_mins(1)).unwrap_or(to);
    let (mut low, mut high) = (0, upto.0);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        let there = store.journal(Seq(middle - 1), 1).await?;
        if there.first().is_some_and(|entry| entry.at < to) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Ok(Seq(low))
}
