//! Coming earlier: the person asks for it, is offered a place that was given back, and takes it or not.

use super::{Booking, Inquiry, Stage, books::booked};
use crate::{
    actor::Actor,
    calendar::Zone,
    change::{JobKind, NewJob, Step},
    codes::OfficeCode,
    earlier::{Earlier, MOST_NOTICE, Noted, Offered, Returned, Wish},
    ids::{AppointmentId, PlaceId},
    journal::Happened,
    notice::NoticeKind,
    refusal::Refusal,
    slots::{Opening, Pool},
};
use jiff::{SignedDuration, Timestamp, civil::Date};

/// Where somebody could come earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CouldCome<'a> {
    /// To which office.
    pub office: &'a OfficeCode,
    /// Of which pool their visit is, or was.
    pub pool: Option<Pool>,
    /// Than when, where a visit is booked.
    pub than: Option<Timestamp>,
}

impl Inquiry {
    /// Where the person could come earlier; none where no visit is ahead.
    pub fn could_come_earlier(&self) -> Option<CouldCome<'_>> {
        match &self.stage {
            Stage::Booked(visit) => {
                Some(CouldCome { office: &visit.office, pool: Some(visit.pool), than: Some(visit.start) })
            }
            Stage::ToBook { .. } => {
                let last = self.past_appointments.last().map(|past| &past.appointment);
                // Whose visit was at another office than the one that serves them asks an officer.
                let here = last.is_none_or(|visit| visit.office == self.office);
                here.then_some(CouldCome {
                    office: &self.office,
                    pool: last.map(|visit| visit.pool),
                    than: None,
                })
            }
            _ => None,
        }
    }

    /// The place that is offered to the person now.
    pub fn offer(&self) -> Option<&Offered> {
        self.earlier.as_ref()?.offer.as_ref()
    }

    /// The person asks for an earlier place, or says something else of it than before: their place among all who asked stays.
    /// `noted` says how a member of staff knows it who does it for them.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] for days that are over or end before they begin, or too long a notice; [`Refusal::WrongStage`]
    /// where no visit is ahead.
    pub fn ask_earlier(
        &self,
        wish: Wish,
        noted: Option<Noted>,
        today: Date,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let here = self.could_come_earlier().ok_or_else(|| self.wrong_stage())?;
        if wish.until < wish.from || wish.until < today || wish.notice_hours > MOST_NOTICE {
            return Err(Refusal::NotOffered);
        }
        let before = self.earlier.as_ref().filter(|earlier| earlier.office == *here.office);
        let said = noted.as_ref().map(|noted| noted.said);
        let mut step = Step::from(self);
        step.inquiry.earlier = Some(Box::new(Earlier {
            office: here.office.clone(),
            since: before.map_or(now, |before| before.since),
            wish,
            noted,
            offer: before.and_then(|before| before.offer.clone()),
        }));
        step.happened.push(Happened::EarlierAsked { said });
        Ok(step)
    }

    /// The person no longer wants to come earlier.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] where they had not asked.
    pub fn stop_earlier(&self, now: Timestamp) -> Result<Step, Refusal> {
        let earlier = self.earlier.as_ref().ok_or(Refusal::NotOffered)?;
        let mut step = Step::from(self);
        step.jobs.extend(earlier.offer.as_ref().map(|offer| goes_on(&offer.place, now)));
        step.inquiry.earlier = None;
        step.happened.push(Happened::EarlierStopped);
        Ok(step)
    }

    /// Offers a place, for so long: with the step, until when.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] where it is no use to them, or another is offered; [`Refusal::TooSoon`] where they would have too
    /// little time to answer.
    pub fn offer_earlier(
        &self,
        place: &Returned,
        opening: Opening,
        zone: &Zone,
        lasts: SignedDuration,
        now: Timestamp,
    ) -> Result<(Step, Timestamp), Refusal> {
        let earlier = self.earlier.as_ref().ok_or(Refusal::NotOffered)?;
        let here = self.could_come_earlier().ok_or(Refusal::NotOffered)?;
        let sooner = here.than.is_none_or(|than| opening.start < than);
        let theirs = earlier.office == opening.office && here.office == &opening.office;
        let useful = sooner && theirs && super::may_choose(opening.pool, here.pool);
        let there = opening.slots.iter().all(|slot| place.slots.contains(slot));
        if !useful || !there || earlier.offer.is_some() || !earlier.wish.fits(zone, opening.start, now) {
            return Err(Refusal::NotOffered);
        }
        // They answer while there is still the notice that they need.
        let notice = SignedDuration::from_hours(i64::from(earlier.wish.notice_hours));
        let until = (now + lasts).min(opening.start - notice);
        if until < now + crate::earlier::LEAST {
            return Err(Refusal::TooSoon { earliest: now + crate::earlier::LEAST });
        }
        let mut step = Step::from(self);
        step.happened.push(Happened::EarlierOffered { place: place.id, start: opening.start, until });
        let offer = Offered { place: place.clone(), opening, zone: zone.clone(), at: now, until };
        step.inquiry.earlier = Some(Box::new(Earlier { offer: Some(offer), ..(**earlier).clone() }));
        step.announce.push(NoticeKind::EarlierOffered);
        Ok((step, until))
    }

    /// The person takes the place that is offered. It is no move of theirs. `id` names the visit where none is booked.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] where nothing is, or the booking is of another place; [`Refusal::HoldExpired`] once the time to
    /// answer is over.
    pub fn take_earlier(&self, id: AppointmentId, booking: Booking, now: Timestamp) -> Result<Step, Refusal> {
        let offer = self.offer().ok_or(Refusal::NotOffered)?;
        if now >= offer.until {
            return Err(Refusal::HoldExpired);
        }
        if booking.held || booking.opening.slots != offer.opening.slots {
            return Err(Refusal::NotOffered);
        }
        let mut step = match &self.stage {
            Stage::Booked(old) if booking.opening.start < old.start => self.move_to(old, booking),
            Stage::ToBook { .. } => {
                let moves = self.past_appointments.last().map_or(0, |past| past.appointment.moves);
                let mut step = Step::from(self);
                booked(&mut step, id, booking, None, Actor::Person, now);
                if let Stage::Booked(visit) = &mut step.inquiry.stage {
                    visit.moves = moves;
                }
                step
            }
            _ => return Err(Refusal::NotOffered),
        };
        // What kept the place ends, and the visit has it, in one commit.
        step.expiries.push(offer.place.holder());
        step.drop_jobs.push(goes_on(&offer.place, now).key);
        step.happened.insert(0, Happened::EarlierTaken { place: offer.place.id });
        step.inquiry.earlier = None;
        Ok(step)
    }

    /// The person would rather not: the next is asked at once. They still wait for another.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] where nothing is offered.
    pub fn decline_earlier(&self, now: Timestamp) -> Result<Step, Refusal> {
        let offer = self.offer().ok_or(Refusal::NotOffered)?;
        let mut step = Step::from(self);
        step.jobs.push(goes_on(&offer.place, now));
        step.happened.push(Happened::EarlierDeclined { place: offer.place.id });
        step.inquiry.withdraw_offer();
        Ok(step)
    }

    /// The person did not answer in time. Who calls this goes on with the place.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] where that place is not offered.
    pub fn lapse_earlier(&self, place: PlaceId) -> Result<Step, Refusal> {
        self.offer().filter(|offer| offer.place.id == place).ok_or(Refusal::NotOffered)?;
        let mut step = Step::from(self);
        step.happened.push(Happened::EarlierLapsed { place });
        step.inquiry.withdraw_offer();
        Ok(step)
    }

    fn withdraw_offer(&mut self) {
        if let Some(earlier) = &mut self.earlier {
            earlier.offer = None;
        }
    }

    /// After whatever was done: a wish, and an offer, that no longer fit are over. Answers the job that goes on with the place.
    pub(crate) fn settle_earlier(&mut self, now: Timestamp) -> Option<NewJob> {
        let earlier = self.earlier.as_ref()?;
        let here = self.could_come_earlier().filter(|here| *here.office == earlier.office);
        let stands = here.is_some();
        let sooner = |offer: &Offered| {
            here.is_some_and(|here| here.than.is_none_or(|than| offer.opening.start < than))
        };
        let over = earlier.offer.as_ref().filter(|offer| !sooner(offer));
        let job = over.map(|offer| goes_on(&offer.place, now));
        if job.is_some() {
            self.withdraw_offer();
        }
        if !stands {
            self.earlier = None;
        }
        job
    }
}

/// The job that asks the next.
fn goes_on(place: &Returned, now: Timestamp) -> NewJob {
    NewJob::new(JobKind::OfferPlace { place: Box::new(place.back()) }, now)
}
