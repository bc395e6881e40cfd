//! Places that are given back: kept for a while, and then for whoever asked to come earlier.

use crate::{Desk, DeskError};
use domain::{
    change::{Change, Holder, JobKind, NewJob, Write},
    codes::OfficeCode,
    earlier::Returned,
    ids::PlaceId,
    inquiry::Inquiry,
    journal::Happened,
    slots::{Opening, SlotKey, opening_at},
};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// What begins sooner is for everybody at once: nobody could be asked.
const TOO_NEAR: SignedDuration = SignedDuration::from_mins(60);

impl Desk {
    /// Keeps back what a change gives back of visits, where the agency has rules for it: the place cools off, and a job goes on
    /// with it. What lies in time that an office closes is nobody's, and callers' windows are no places.
    pub(crate) async fn keep_back(&self, change: &mut Change) -> Result<(), DeskError> {
        let Some(rules) = self.pack.line().visits.earlier else { return Ok(()) };
        let now = change.command.at;
        let visits: BTreeSet<Holder> = change
            .writes
            .iter()
            .filter_map(|write| match write {
                Write::Inquiry(inquiry) => Some(inquiry),
                _ => None,
            })
            .flat_map(|inquiry| {
                let past = inquiry.past_appointments.iter().map(|past| &past.appointment);
                past.chain(inquiry.appointment()).map(|visit| visit.id.into())
            })
            .collect();
        let mut given: BTreeMap<Holder, Vec<SlotKey>> = BTreeMap::new();
        for release in change.releases.iter().filter(|release| visits.contains(&release.holder)) {
            given.entry(release.holder).or_default().push(release.slot.clone());
        }
        for (holder, slots) in given {
            let id = PlaceId::new(now, &self.dice.chance());
            let Some(place) = Returned::new(id, slots) else { continue };
            let (start, end) = (place.start(), place.slots.last().map_or(now, |slot| slot.start));
            if start <= now + TOO_NEAR {
                continue;
            }
            let after = end + SignedDuration::from_mins(1);
            let taken = self.store.taken(&place.office, start, after).await?;
            if taken.shut_at(&place.office, start, after).is_some() {
                continue;
            }
            let [high, low, ..] = self.dice.chance();
            let due = rules.cool_until(start, now, u16::from_be_bytes([high, low]));
            for release in change.releases.iter_mut().filter(|release| release.holder == holder) {
                release.keep = Some(place.holder());
            }
            change.note(None, Happened::PlaceKeptBack { place: id, office: place.office.clone(), start });
            change.jobs.push(NewJob::new(JobKind::OfferPlace { place: Box::new(place) }, due));
        }
        Ok(())
    }

    /// What an inquiry would have of a place that is kept back, if it can be had: `taken` is what is taken there, the place
    /// itself included.
    pub(crate) fn part_of(
        &self,
        place: &Returned,
        inquiry: &Inquiry,
        taken: &domain::slots::Taken,
        now: Timestamp,
    ) -> Result<Opening, DeskError> {
        let (office, reason) = self.office_and_reason(inquiry, Some(&place.office))?;
        let mut ask = self.ask(inquiry, reason, now);
        ask.pools = vec![place.pool];
        ask.lead_business_days = 0;
        let mut left = taken.clone();
        left.give_back(&place.slots);
        Ok(opening_at(&office.plan, &office.calendar, &left, &ask, place.pool, place.start())?)
    }

    /// What is taken where a place that is kept back lies, and as long behind it as any visit lasts.
    pub(crate) async fn taken_around(
        &self,
        office: &OfficeCode,
        start: Timestamp,
    ) -> Result<domain::slots::Taken, DeskError> {
        Ok(self.store.taken(office, start, start + SignedDuration::from_hours(24)).await?)
    }
}
