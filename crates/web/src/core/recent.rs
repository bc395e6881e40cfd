//! What happened lately, read from the journal once for all the screens of this node.
//!
//! Each screen used to search the journal for itself: with some thousands of people looking, each change was read some
//! thousands of times.

use domain::{
    codes::OfficeCode,
    ids::InquiryId,
    inquiry::Inquiry,
    journal::{Happened, Seq, Written},
};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};
use store::{Store, StoreError};
use tokio::sync::Mutex;

/// How many entries are kept. A screen that has seen less than the oldest looks on suspicion.
const KEPT: usize = 4_096;
/// How many entries are read at once; with more than that to catch up on, everybody looks.
pub(crate) const SEARCHED: u32 = 500;

/// What a screen shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum About {
    /// Anything that happens is news.
    Anything,
    /// One inquiry.
    Inquiry(InquiryId),
    /// Whatever is done at one office.
    Office(OfficeCode),
}

/// What happened, as far as a screen may be concerned. That something was read concerns none.
#[derive(Debug)]
struct Change {
    seq: Seq,
    inquiry: Option<InquiryId>,
    /// Where the inquiry is or was; `None`: it may be anywhere.
    offices: Option<BTreeSet<OfficeCode>>,
}

impl Change {
    fn concerns(&self, about: &About) -> bool {
        match about {
            About::Anything => true,
            About::Inquiry(id) => self.inquiry == Some(*id),
            About::Office(office) => self.offices.as_ref().is_none_or(|all| all.contains(office)),
        }
    }
}

#[derive(Debug, Default)]
struct Kept {
    /// Everything after this is kept …
    after: Seq,
    /// … up to this.
    to: Seq,
    changes: VecDeque<Change>,
}

/// The last changes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Recent(Arc<Mutex<Kept>>);

impl Recent {
    /// Has anything happened between these two, the first not counted, that concerns a screen? On suspicion, yes.
    pub(crate) async fn concerns(&self, store: &dyn Store, from: Seq, to: Seq, about: &About) -> bool {
        let mut kept = self.0.lock().await;
        if kept.to < to && kept.read(store, to).await.is_err() {
            // The screen looks, and tells what it meets.
            return true;
        }
        from < kept.after
            || kept.changes.iter().rev().take_while(|change| change.seq > from).any(|c| c.concerns(about))
    }
}

impl Kept {
    /// Reads on, at least as far as `to`.
    async fn read(&mut self, store: &dyn Store, to: Seq) -> Result<(), StoreError> {
        if to.0 - self.to.0 >= u64::from(SEARCHED) {
            *self = Self { after: to, to, changes: VecDeque::new() };
            return Ok(());
        }
        let entries = store.journal(self.to, SEARCHED).await?;
        let mut places = BTreeMap::new();
        for entry in &entries {
            if let Some(id) = entry.entry.inquiry
                && !places.contains_key(&id)
                && is_change(entry)
            {
                places.insert(id, store.inquiry(id).await?.map(|inquiry| offices_of(&inquiry)));
            }
        }
        self.to = entries.last().map_or(to, |last| last.seq.max(to));
        self.changes.extend(entries.iter().filter(|entry| is_change(entry)).map(|written| {
            let inquiry = written.entry.inquiry;
            // A visit that has moved leaves no trace of where it was.
            let moved = matches!(written.entry.happened, Happened::AppointmentMoved { .. });
            let offices = inquiry.filter(|_| !moved).and_then(|id| places.get(&id).cloned().flatten());
            Change { seq: written.seq, inquiry, offices }
        }));
        while self.changes.len() > KEPT {
            if let Some(oldest) = self.changes.pop_front() {
                self.after = oldest.seq;
            }
        }
        Ok(())
    }
}

const fn is_change(written: &Written) -> bool {
    !matches!(written.entry.happened, Happened::Read { .. })
}

/// Wherever an inquiry is looked at: where its visits are and were, and the office that serves it.
fn offices_of(inquiry: &Inquiry) -> BTreeSet<OfficeCode> {
    let past = inquiry.past_appointments.iter().map(|past| &past.appointment.office);
    let visits = inquiry.appointment().into_iter().map(|visit| &visit.office).chain(past);
    visits.chain([&inquiry.office]).cloned().collect()
}
