//! What a store does, in a few maps: the engine must do the same.

use crate::Conflict;
use domain::{
    change::{Busy, Change, Claim, Confirm, Holder, JobKey, Write},
    ids::PersonId,
    person::IdentityKey,
    slots::{SlotKey, Taken},
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A store without jobs' leases and with people for its only records.
#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    answers: BTreeMap<String, u64>,
    pub people: BTreeMap<PersonId, (u64, IdentityKey)>,
    claims: BTreeMap<(SlotKey, Holder), Option<Timestamp>>,
    busy: Vec<Busy>,
    jobs: BTreeMap<JobKey, Timestamp>,
    pub entries: u64,
}

impl Model {
    /// Does a change; its place in the journal, and whether it had been done before.
    pub(super) fn commit(&mut self, change: &Change) -> Result<(u64, bool), Conflict> {
        let key = change.command.key.as_str().to_owned();
        if let Some(seq) = self.answers.get(&key) {
            return Ok((*seq, true));
        }
        let mut after = self.clone();
        after.apply(change)?;
        after.entries += change.journal.len() as u64;
        after.answers.insert(key, after.entries);
        *self = after;
        Ok((self.entries, false))
    }

    fn apply(&mut self, change: &Change) -> Result<(), Conflict> {
        let now = change.command.at;
        change.writes.iter().try_for_each(|write| self.write(write))?;
        self.busy.retain(|busy| !change.free.contains(&busy.holder));
        for new in &change.busy {
            let meets = |b: &Busy| b.officer == new.officer && b.start < new.end && new.start < b.end;
            if self.busy.iter().any(meets) {
                return Err(Conflict::Overlap { officer: new.officer });
            }
            self.busy.push(new.clone());
        }
        change.confirms.iter().try_for_each(|confirm| self.confirm(confirm, now))?;
        for holder in &change.expiries {
            let ends = self.holds(*holder);
            if ends.is_empty() || ends.iter().any(|end| *end > now) {
                return Err(Conflict::Hold { holder: *holder });
            }
            self.claims.retain(|(_, h), end| h != holder || end.is_none());
        }
        let mut claims = change.claims.clone();
        claims.sort_by(|a, b| (&a.slot, a.holder).cmp(&(&b.slot, b.holder)));
        claims.iter().try_for_each(|claim| self.claim(claim))?;
        for release in &change.releases {
            if self.claims.remove(&(release.slot.clone(), release.holder)).is_none() {
                return Err(Conflict::NotHeld { holder: release.holder });
            }
            if let Some(keep) = release.keep {
                self.claims.entry((release.slot.clone(), keep)).or_insert(Some(now));
            }
        }
        self.jobs.retain(|key, _| !change.drop_jobs.contains(key));
        self.jobs.extend(change.jobs.iter().map(|job| (job.key.clone(), job.due)));
        Ok(())
    }

    fn write(&mut self, write: &Write) -> Result<(), Conflict> {
        let Write::Person(person) = write else { panic!("the model knows people only") };
        if person.version != self.people.get(&person.id).map_or(1, |(version, _)| version + 1) {
            return Err(Conflict::Stale { record: "person" });
        }
        if self.people.iter().any(|(id, (_, identity))| *id != person.id && *identity == person.identity) {
            return Err(Conflict::PersonKnown);
        }
        self.people.insert(person.id, (person.version, person.identity.clone()));
        Ok(())
    }

    fn holds(&self, holder: Holder) -> Vec<Timestamp> {
        self.claims.iter().filter(|((_, h), _)| *h == holder).filter_map(|(_, end)| *end).collect()
    }

    fn confirm(&mut self, confirm: &Confirm, now: Timestamp) -> Result<(), Conflict> {
        let holder = confirm.holder;
        let mine = |slot: &SlotKey| {
            let end = self.claims.get(&(slot.clone(), holder));
            end.is_some_and(|end| end.is_none_or(|end| end > now))
        };
        let held = self.holds(holder);
        let others = self
            .claims
            .iter()
            .any(|((slot, h), end)| *h == holder && end.is_some() && !confirm.slots.contains(slot));
        let others = others && !confirm.gives_back;
        if held.is_empty()
            || (!confirm.gives_back && held.iter().any(|end| *end <= now))
            || others
            || !confirm.slots.iter().all(mine)
        {
            return Err(Conflict::Hold { holder });
        }
        for slot in &confirm.slots {
            self.claims.insert((slot.clone(), holder), None);
        }
        self.claims.retain(|(_, h), end| *h != holder || end.is_none());
        Ok(())
    }

    fn claim(&mut self, claim: &Claim) -> Result<(), Conflict> {
        if let Some(end) = self.claims.get_mut(&(claim.slot.clone(), claim.holder)) {
            *end = end.and(claim.expires);
            return Ok(());
        }
        if self.claims.keys().filter(|(slot, _)| *slot == claim.slot).count() >= claim.capacity as usize {
            return Err(Conflict::Full { slot: claim.slot.clone() });
        }
        self.claims.insert((claim.slot.clone(), claim.holder), claim.expires);
        Ok(())
    }

    /// What a store must tell as taken.
    pub(super) fn taken(&self) -> Taken {
        let mut taken = Taken::default();
        taken.take(self.claims.keys().map(|(slot, _)| slot));
        taken
    }

    /// What a store must tell as busy.
    pub(super) fn busy(&self) -> Vec<Busy> {
        let mut busy = self.busy.clone();
        busy.sort_by_key(|b| (b.start, b.officer));
        busy
    }

    /// When a store's next job must be due.
    pub(super) fn next_job(&self) -> Option<Timestamp> {
        self.jobs.values().min().copied()
    }

    /// Whose holds a store must tell as run out.
    pub(super) fn expired(&self, now: Timestamp) -> Vec<Holder> {
        let mut last: BTreeMap<Holder, Timestamp> = BTreeMap::new();
        for ((_, holder), end) in &self.claims {
            if let Some(end) = end {
                last.entry(*holder).and_modify(|l| *l = (*l).max(*end)).or_insert(*end);
            }
        }
        let mut out: Vec<_> =
            last.into_iter().filter(|(_, end)| *end <= now).map(|(h, end)| (end, h)).collect();
        out.sort();
        out.into_iter().map(|(_, holder)| holder).collect()
    }

    /// What a holder has on hold or for good.
    pub(super) fn slots_of(&self, holder: Holder) -> Vec<SlotKey> {
        self.claims.keys().filter(|(_, h)| *h == holder).map(|(slot, _)| slot.clone()).collect()
    }
}
