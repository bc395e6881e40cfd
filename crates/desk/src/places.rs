//! Which places at an office can be booked for an inquiry, and which suits best.

use crate::{Desk, DeskError};
use domain::{
    codes::OfficeCode,
    inquiry::{Inquiry, may_choose},
    refusal::Refusal,
    slots::{
        Ask, Choice, NoPlace, Opening, Pool, Reach, Taken, Wish, best_within, choose_among, first_opening,
        opening_at, openings_or_why, time_within,
    },
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp, ToSpan};
use pack::{Office, Reason};

/// How many days ahead the first place of an office is looked for before the whole horizon is.
const NEXT_DAYS: u16 = 10;

/// The longest place there is: a visit's last one may end so much after the visit's own length.
const LONGEST_PLACE: SignedDuration = SignedDuration::from_mins(480);

/// A place, and why it is offered.
pub type PlaceChoice = Choice;

/// An opening at its office.
pub type Place = Opening;

/// What can be booked.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    /// Which office.
    pub office: OfficeCode,
    /// The best, first; each with its reasons.
    pub best: Vec<PlaceChoice>,
    /// Everything that is free, in order of time.
    pub all: Vec<Place>,
    /// Why there is nothing, when there is nothing.
    pub why: Option<NoPlace>,
}

/// What the inquiry's own appointment holds does not stand in its own way: it moves.
fn without_own(mut taken: Taken, inquiry: &Inquiry) -> Taken {
    taken.give_back(inquiry.appointment().iter().flat_map(|own| &own.slots));
    taken
}

impl Desk {
    /// The places that can be booked for an inquiry at an office (its own, if none is named), best first.
    ///
    /// # Errors
    /// [`Refusal::NoSuchOffice`], [`Refusal::NoSuchReason`].
    pub async fn places(
        &self,
        inquiry: &Inquiry,
        office: Option<&OfficeCode>,
        now: Timestamp,
    ) -> Result<Places, DeskError> {
        let (office, reason) = self.office_and_reason(inquiry, office)?;
        let ask = self.ask(inquiry, reason, now);
        let taken = self.taken_at(office, ask.horizon_days, now).await?;
        let (all, best, why) = match openings_or_why(&office.plan, &office.calendar, &taken, &ask) {
            Ok(all) => match choose_among(&office.calendar, &self.wish(inquiry), all.clone()) {
                Ok(best) => (all, best, None),
                Err(why) => (all, Vec::new(), Some(why)),
            },
            Err(why) => (Vec::new(), Vec::new(), Some(why)),
        };
        Ok(Places { office: office.code.clone(), best, all, why })
    }

    /// The best place of every office that has one for an inquiry, best first: where a person could go beside the office
    /// that serves them.
    ///
    /// # Errors
    /// [`Refusal::NoSuchReason`].
    pub async fn places_anywhere(
        &self,
        inquiry: &Inquiry,
        now: Timestamp,
    ) -> Result<Vec<PlaceChoice>, DeskError> {
        let reason = self.pack.reason(&inquiry.reason).ok_or(Refusal::NoSuchReason)?;
        let (ask, wish) = (self.ask(inquiry, reason, now), self.wish(inquiry));
        let mut left: Vec<&Office> = self.pack.offices().iter().collect();
        let mut found = Vec::with_capacity(left.len());
        for reach in Reach::STEPS {
            let within = left.iter().filter_map(|office| time_within(&office.calendar, &ask, &wish, reach));
            let Some((from, to)) = within.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { break };
            let taken = self.store.taken_anywhere(from, to).await?;
            left.retain(|office| {
                let best = best_within(&office.plan, &office.calendar, &taken, &ask, &wish, reach);
                best.map(|choice| found.push(choice)).is_none()
            });
        }
        found.sort_by(|a, b| {
            let key = |c: &PlaceChoice| (c.score.order(inquiry.urgency), c.opening.start);
            key(a).cmp(&key(b)).then_with(|| a.opening.office.cmp(&b.opening.office))
        });
        Ok(found)
    }

    /// The places among which a person may choose alone, in order of time and one for each start: to move the visit, or to take
    /// another for one that they lost. Without the time that they have.
    ///
    /// # Errors
    /// As [`Inquiry::may_take_again`] where no visit is booked; [`Refusal::NoSuchOffice`], [`Refusal::NoSuchReason`].
    pub async fn places_to_choose(&self, inquiry: &Inquiry, now: Timestamp) -> Result<Vec<Place>, DeskError> {
        let (has, start) = match inquiry.appointment() {
            Some(visit) => (visit, Some(visit.start)),
            None => (inquiry.may_take_again(self.pack.line().visits.move_rules())?.0, None),
        };
        let mut all = match has.pool {
            // Who chose alone chooses among the same places again, while the office still offers them.
            Pool::SelfScheduled => self.own_places(inquiry, now).await?,
            _ => self.places(inquiry, Some(&has.office), now).await?.all,
        };
        all.retain(|place| Some(place.start) != start && may_choose(place.pool, Some(has.pool)));
        all.dedup_by_key(|place| place.start);
        Ok(all)
    }

    /// The first place at the inquiry's own office.
    pub(crate) async fn first_place(
        &self,
        inquiry: &Inquiry,
        now: Timestamp,
    ) -> Result<Option<Opening>, DeskError> {
        let (office, reason) = self.office_and_reason(inquiry, None)?;
        let mut ask = self.ask(inquiry, reason, now);
        // Nearly always there is one within the next days; what is taken later is read only where there is none.
        let horizon = ask.horizon_days;
        ask.horizon_days = NEXT_DAYS.min(horizon);
        let taken = self.taken_at(office, ask.horizon_days, now).await?;
        if let Some(first) = first_opening(&office.plan, &office.calendar, &taken, &ask) {
            return Ok(Some(first));
        }
        ask.horizon_days = horizon;
        let taken = self.taken_at(office, horizon, now).await?;
        Ok(first_opening(&office.plan, &office.calendar, &taken, &ask))
    }

    /// The place at a start, if it can still be had.
    pub(crate) async fn place_at(
        &self,
        inquiry: &Inquiry,
        office: &OfficeCode,
        start: Timestamp,
        pool: Pool,
        now: Timestamp,
    ) -> Result<Opening, DeskError> {
        let (office, reason) = self.office_and_reason(inquiry, Some(office))?;
        let mut ask = self.ask(inquiry, reason, now);
        ask.pools = vec![pool];
        // What is taken around the start decides; the rest of the horizon is read only to say what there is instead.
        let until = start + SignedDuration::from_mins(i64::from(reason.minutes)) + LONGEST_PLACE;
        let near = self.store.taken(&office.code, start, until).await?;
        let found =
            opening_at(&office.plan, &office.calendar, &without_own(near, inquiry), &ask, pool, start);
        if let Ok(opening) = found {
            return Ok(opening);
        }
        let all = self.taken_at(office, ask.horizon_days, now).await?;
        let taken = without_own(all, inquiry);
        Ok(opening_at(&office.plan, &office.calendar, &taken, &ask, pool, start)?)
    }

    pub(crate) fn office_and_reason(
        &self,
        inquiry: &Inquiry,
        office: Option<&OfficeCode>,
    ) -> Result<(&Office, &Reason), DeskError> {
        let office = self.pack.office(office.unwrap_or(&inquiry.office)).ok_or(Refusal::NoSuchOffice)?;
        let reason = self.pack.reason(&inquiry.reason).ok_or(Refusal::NoSuchReason)?;
        Ok((office, reason))
    }

    pub(crate) async fn taken_at(
        &self,
        office: &Office,
        days: u16,
        now: Timestamp,
    ) -> Result<Taken, DeskError> {
        let days = i64::from(days) + 2;
        Ok(self
            .store
            .taken(&office.code, now - SignedDuration::from_hours(1), now + (24 * days).hours())
            .await?)
    }

    /// What an inquiry asks of an office: an officer books from the officers' pool, and an urgent matter may also have what is
    /// kept for emergencies.
    pub(crate) fn ask(&self, inquiry: &Inquiry, reason: &Reason, now: Timestamp) -> Ask {
        let visits = &self.pack.line().visits;
        let pools = match inquiry.urgency {
            Urgency::Urgent => vec![Pool::Officer, Pool::EmergencyReserve, Pool::Online],
            Urgency::Regular => vec![Pool::Officer, Pool::Online],
        };
        Ask {
            service: reason.service.clone(),
            minutes: reason.minutes,
            pools,
            now,
            lead_business_days: u16::from(inquiry.urgency == Urgency::Regular),
            horizon_days: visits.horizon_days,
            // A visit that begins this instant cannot be reached by anybody.
            not_before: Some(now + SignedDuration::from_secs(1)),
        }
    }

    pub(crate) fn wish(&self, inquiry: &Inquiry) -> Wish {
        let visits = &self.pack.line().visits;
        Wish {
            first_contact: inquiry.opened,
            urgency: inquiry.urgency,
            target_business_days: visits.target_business_days,
            urgent_within_business_days: visits.urgent_within_business_days,
            preferences: inquiry.request.preferred.clone(),
            cannot: Vec::new(),
        }
    }
}

impl Desk {
    /// The opening at a start as if nothing were taken: for a place whose hold is about to be confirmed.
    pub(crate) fn opening_ignoring_taken(
        &self,
        inquiry: &Inquiry,
        office: &OfficeCode,
        start: Timestamp,
        pool: Pool,
        now: Timestamp,
    ) -> Result<Opening, DeskError> {
        let (office, reason) = self.office_and_reason(inquiry, Some(office))?;
        let mut ask = self.ask(inquiry, reason, now);
        ask.pools = vec![pool];
        Ok(opening_at(&office.plan, &office.calendar, &Taken::default(), &ask, pool, start)?)
    }

    /// A day at an office as instants, from its first to the first of the next.
    pub fn day_of(&self, office: &OfficeCode, date: jiff::civil::Date) -> Option<(Timestamp, Timestamp)> {
        let zone = self.pack.office(office)?.zone();
        Some((zone.day_start(date)?, zone.day_start(date.tomorrow().ok()?)?))
    }
}
