//! A place that was given back goes on: to whoever asked to come earlier, one after the other, and then to everybody.

use crate::{Caller, Desk, DeskError};
use domain::{
    change::{Change, Finish, JobKind, NewJob},
    codes::OfficeCode,
    earlier::{Next, Returned, Round, round},
    inquiry::{Inquiry, claims},
    journal::Happened,
    notice::Carrier,
    refusal::Refusal,
    slots::{Opening, Pool},
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp};
use store::{List, Page};

/// How many inquiries are read at once.
const AT_ONCE: u32 = 500;

impl Desk {
    /// The next round of a place that was given back.
    pub(crate) async fn offer_place(
        &self,
        caller: &Caller,
        finish: &Finish,
        place: &Returned,
    ) -> Result<(), DeskError> {
        let done = self
            .act(caller, async || {
                let mut change = Change::new(caller.command());
                let Round { steps, offers, next } = self.next_round(place, caller.now).await?;
                for step in steps {
                    let (after, announce) = (step.inquiry.clone(), step.announce.clone());
                    change.step(step);
                    self.announce(&mut change, &after, &announce)?;
                }
                // What is offered is held in the very commit that offers it.
                if let Some(opening) = &offers {
                    change.claims.extend(claims(opening, place.holder(), Some(caller.now)));
                }
                match next {
                    Next::Again { place, due } => {
                        change.jobs.push(NewJob::new(JobKind::OfferPlace { place: Box::new(place) }, due));
                    }
                    Next::Free => {
                        change.expiries.push(place.holder());
                        let (office, start) = (place.office.clone(), place.start());
                        change.note(None, Happened::PlaceFreed { place: place.id, office, start });
                    }
                    Next::Nothing => {}
                }
                change.finish = Some(finish.clone());
                Ok(change)
            })
            .await;
        match done {
            // It is not kept any more: then there is nothing to go on with.
            Err(DeskError::Refused(Refusal::HoldExpired | Refusal::SlotFull)) => {
                self.only_finish(caller, finish).await
            }
            done => done.map(drop),
        }
    }

    async fn next_round(&self, place: &Returned, now: Timestamp) -> Result<Round, DeskError> {
        let to = match place.offered_to() {
            Some(id) => Some(self.load(id).await?),
            None => None,
        };
        let (Some(rules), Some(office)) = (self.pack.line().visits.earlier, self.pack.office(&place.office))
        else {
            // The agency keeps nothing back any more: what is offered may still be taken.
            return Ok(round_without_rules(place, to.as_ref(), now));
        };
        let all = self.waiting_at(&place.office, place.start()).await?;
        let taken = self.taken_around(&place.office, place.start()).await?;
        let own = self.still_own(&place.office, now).is_ok();
        let candidates = all.iter().filter_map(|inquiry| {
            let may = (place.pool != Pool::SelfScheduled || own) && self.can_tell(inquiry, now);
            let opening: Option<Opening> =
                may.then(|| self.part_of(place, inquiry, &taken, now).ok()).flatten();
            Some((inquiry, opening?))
        });
        let quiet = self.pack.line().texts.next(now, office.zone());
        Ok(round(place, office.zone(), rules, to.as_ref(), candidates, Some(quiet), now))
    }

    /// Those who asked to come earlier to an office than after `start`: urgent matters first, then by when they first asked.
    async fn waiting_at(&self, office: &OfficeCode, start: Timestamp) -> Result<Vec<Inquiry>, DeskError> {
        let horizon = i64::from(self.pack.line().visits.horizon_days);
        let mut all = self.visits_in(office, start, start + SignedDuration::from_hours(24 * horizon)).await?;
        let mut page = Page::first(AT_ONCE);
        loop {
            let list = List::Review { office: Some(office.clone()) };
            let part = self.store.list(&list, page).await?;
            all.extend(part.rows);
            page.offset += AT_ONCE;
            if !part.more {
                break;
            }
        }
        all.retain(|inquiry| inquiry.earlier.is_some());
        all.sort_by_key(|inquiry| {
            let since = inquiry.earlier.as_ref().map(|earlier| earlier.since);
            (inquiry.urgency != Urgency::Urgent, since, inquiry.id)
        });
        Ok(all)
    }

    /// Is there a way to tell them in time? A letter comes days later; an automated voice calls in its hours alone.
    fn can_tell(&self, inquiry: &Inquiry, now: Timestamp) -> bool {
        let reach = &inquiry.reach;
        let written = reach.email.is_some() || (reach.texts && self.offers_texts());
        let hours = self.pack.line().notice_calls.hours();
        let called = self.offers_calls()
            && reach.takes_calls()
            && inquiry.guard.is_safe(Carrier::Call)
            && hours.next(now, &reach.zone) <= now;
        written || called
    }
}

/// The round of a place that was kept back by rules which are no more.
fn round_without_rules(place: &Returned, to: Option<&Inquiry>, now: Timestamp) -> Round {
    let offer = to.and_then(Inquiry::offer).filter(|offer| offer.place.id == place.id);
    let next = match (place.offered, offer) {
        (true, None) => Next::Nothing,
        (true, Some(offer)) if now < offer.until => Next::Again { place: place.clone(), due: offer.until },
        _ => Next::Free,
    };
    let lapses = to.filter(|_| offer.is_some() && next == Next::Free);
    let steps = lapses.and_then(|inquiry| inquiry.lapse_earlier(place.id).ok()).into_iter().collect();
    Round { steps, offers: None, next }
}
