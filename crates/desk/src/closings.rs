//! Closing an office's day: whom it concerns, what is held for each, and where everybody stands.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    appointment::Appointment,
    calendar::windows::{Window, callback_windows},
    change::{Change, Claim, Holder, JobKind, NewJob},
    closing::{Affected, Closing, ClosingStage, Had, Offer, Standing},
    codes::OfficeCode,
    ids::{CallbackId, ClosingId},
    inquiry::{Booking, Inquiry, Promise, Stage, claims, window_slot},
    roster::Keeping,
    slots::{Opening, Reach, Shut, Taken, best_within, time_within},
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp};
use pack::Office;
use store::{List, Page};

/// A visit that began so long before may still reach into the closed time.
const LONGEST_VISIT: SignedDuration = SignedDuration::from_hours(8);
/// How many visits are read at once.
const AT_ONCE: u32 = 500;
/// So many closings of an office lie ahead at most.
pub(crate) const MOST: u32 = 500;

/// A closing with everybody whom it concerns, each where they stand now.
#[derive(Debug, Clone)]
pub struct ClosingSeen {
    /// The closing.
    pub closing: Closing,
    /// Everybody: as the closing has them, where they stand, and their inquiry.
    pub rows: Vec<(Affected, Standing, Option<Inquiry>)>,
    /// Until when it can be undone, if it can.
    pub undo_until: Option<Timestamp>,
}

impl ClosingSeen {
    /// How many stand where. Together they are everybody.
    pub fn count(&self, standing: Standing) -> usize {
        self.rows.iter().filter(|(_, at, _)| *at == standing).count()
    }
}

/// What is looked for a place among: what is taken at the office and on the line, with what this plan takes on the way.
pub(crate) struct Around<'a> {
    office: &'a Office,
    places: Taken,
    calls: Taken,
    /// How many calls a window keeps.
    keeping: Keeping,
}

impl Desk {
    /// A closing with everybody whom it concerns.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn closing(&self, caller: &Caller, id: ClosingId) -> Result<ClosingSeen, DeskError> {
        let closing = self.load_closing(id).await?;
        caller.may(Action::CloseDay, Some(&closing.office))?;
        let mut rows = Vec::with_capacity(closing.affected.len());
        for one in &closing.affected {
            let found = self.store().inquiry(one.inquiry).await?;
            let inquiry = found.filter(|inquiry| inquiry.erased.is_none());
            let standing =
                inquiry.as_ref().map_or(one.standing, |inquiry| closing.standing(one, inquiry, caller.now));
            rows.push((one.clone(), standing, inquiry));
        }
        let undo_until = closing.undo_until(self.pack.line().closing).filter(|until| caller.now < *until);
        Ok(ClosingSeen { closing, rows, undo_until })
    }

    /// The closings of an office that are not over, those that were given up or undone left out.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn closings(&self, office: &OfficeCode, now: Timestamp) -> Result<Vec<Closing>, DeskError> {
        let mut all = self.store.closings(Some(office), now, MOST).await?;
        all.retain(|closing| closing.stands(now));
        Ok(all)
    }

    pub(crate) async fn load_closing(&self, id: ClosingId) -> Result<Closing, DeskError> {
        self.store.closing(id).await?.ok_or(DeskError::NotFound)
    }

    /// The booked visits in a stretch of an office's time, the most urgent first, then by first contact. Who has checked in
    /// is there and is served.
    pub(crate) async fn visits_in(
        &self,
        office: &OfficeCode,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Inquiry>, DeskError> {
        let list = List::Day { office: office.clone(), from: from - LONGEST_VISIT, to: until };
        let mut found = Vec::new();
        let mut page = Page::first(AT_ONCE);
        loop {
            let part = self.store.list(&list, page).await?;
            page.offset += AT_ONCE;
            found.extend(
                part.rows.into_iter().filter(|inquiry| booked_in(inquiry, office, from, until).is_some()),
            );
            if !part.more {
                break;
            }
        }
        found.sort_by_key(|inquiry| (inquiry.urgency != Urgency::Urgent, inquiry.opened, inquiry.id));
        Ok(found)
    }

    /// What is taken at an office, where a closing is taken for done.
    pub(crate) async fn around(
        &self,
        office: &OfficeCode,
        shut: Shut,
        now: Timestamp,
    ) -> Result<Around<'_>, DeskError> {
        let office = self.pack.office(office).ok_or(domain::refusal::Refusal::NoSuchOffice)?;
        let mut places = self.taken_at(office, self.pack.line().visits.horizon_days, now).await?;
        places.shut.push(shut);
        let weeks = now + SignedDuration::from_hours(24 * 28);
        let calls = self.store.taken(&OfficeCode::line(), now, weeks).await?;
        let keeping = self.keeping(now, weeks).await?;
        Ok(Around { office, places, calls, keeping })
    }

    /// The best that can be had instead of a visit, and taken out of what is around: the place at the same office that suits
    /// best, never sooner than the visit was, since nobody is to come sooner than they planned; else the first call that
    /// officers can keep.
    pub(crate) fn instead(
        &self,
        around: &mut Around<'_>,
        inquiry: &Inquiry,
        visit: &Appointment,
        now: Timestamp,
    ) -> Offer {
        if let Some(opening) = self.best_instead(around, inquiry, visit, now) {
            around.places.take(&opening.slots);
            return Offer::Place { opening: Box::new(opening) };
        }
        let line = self.pack.line();
        let windows =
            callback_windows(&line.callbacks, &line.calendar, &inquiry.reach.zone, inquiry.urgency, now);
        let free = |w: &Window| around.calls.of(&window_slot(w)) < around.keeping.calls_in(w.start, w.end);
        let Some(window) = windows.into_iter().find(free) else { return Offer::Nothing };
        around.calls.take([&window_slot(&window)]);
        Offer::Call { callback: CallbackId::new(now, &self.dice.chance()), window }
    }

    fn best_instead(
        &self,
        around: &Around<'_>,
        inquiry: &Inquiry,
        visit: &Appointment,
        now: Timestamp,
    ) -> Option<Opening> {
        let reason = self.pack.reason(&inquiry.reason)?;
        let mut ask = self.ask(inquiry, reason, now);
        ask.not_before = ask.not_before.map(|at| at.max(visit.start));
        let wish = self.wish(inquiry);
        let office = around.office;
        Reach::STEPS.into_iter().find_map(|reach| {
            time_within(&office.calendar, &ask, &wish, reach)?;
            best_within(&office.plan, &office.calendar, &around.places, &ask, &wish, reach)
                .map(|choice| choice.opening)
        })
    }

    /// Puts what is held for somebody into a change: it runs out by itself.
    pub(crate) fn hold_offer(
        change: &mut Change,
        visit: &Appointment,
        offer: &Offer,
        capacity: u32,
        until: Timestamp,
    ) {
        let holder: Holder = match offer {
            Offer::Place { opening } => {
                // The visit holds its new place beside the old one: made firm, it is a move like any other.
                change.claims.extend(claims(opening, visit.id.into(), Some(until)));
                visit.id.into()
            }
            Offer::Call { callback, window } => {
                let holder = (*callback).into();
                let slot = window_slot(window);
                change.claims.push(Claim { slot, holder, capacity, expires: Some(until) });
                holder
            }
            Offer::Nothing => return,
        };
        change.jobs.push(NewJob::new(JobKind::HoldWatch { holder }, until));
    }

    /// The booking of a place that was found for somebody.
    pub(crate) fn booking_instead(
        &self,
        visit: &Appointment,
        opening: &Opening,
        held: bool,
        now: Timestamp,
    ) -> Booking {
        Booking {
            opening: opening.clone(),
            zone: visit.zone.clone(),
            bring: visit.bring.clone(),
            remind: self.remind_at(opening.start, now),
            ask: self.ask_at(opening.start, now),
            grace_minutes: i64::from(self.pack.line().visits.grace_minutes),
            held,
        }
    }

    /// The promise of a call in a window that was found for somebody.
    pub(crate) fn promise_instead(&self, window: &Window, capacity: u32, now: Timestamp) -> Promise {
        let remind = window.start - SignedDuration::from_hours(1);
        Promise {
            window: window.clone(),
            owner: None,
            planned: window.start,
            minutes: self.pack.line().callbacks.call_length().as_mins(),
            capacity,
            remind: (remind > now + SignedDuration::from_mins(30)).then_some(remind),
            look: self.pack.line().callbacks.look_at(window.start, now),
        }
    }
}

impl Around<'_> {
    /// How many calls the window keeps that is offered to somebody, if one is.
    pub(crate) fn capacity(&self, offer: &Offer) -> u32 {
        match offer {
            Offer::Call { window, .. } => self.keeping.calls_in(window.start, window.end),
            Offer::Place { .. } | Offer::Nothing => 0,
        }
    }
}

/// The visit of an inquiry that lies in a stretch of an office's time and has not begun with a check-in.
pub(crate) fn booked_in<'a>(
    inquiry: &'a Inquiry,
    office: &OfficeCode,
    from: Timestamp,
    until: Timestamp,
) -> Option<&'a Appointment> {
    let Stage::Booked(visit) = &inquiry.stage else { return None };
    (visit.office == *office && visit.start < until && from < visit.end).then_some(visit)
}

/// Somebody whom a closing concerns, with what is held for them.
pub(crate) fn affected(inquiry: &Inquiry, visit: &Appointment, offer: Offer) -> Affected {
    Affected {
        inquiry: inquiry.id,
        number: inquiry.number,
        appointment: visit.id,
        had: Had { service: visit.service.clone(), pool: visit.pool, start: visit.start, end: visit.end },
        offer,
        choose_until: None,
        asked_back: false,
        standing: Standing::Planned,
    }
}

impl ClosingSeen {
    /// Does a job go on with it now?
    pub const fn is_under_way(&self) -> bool {
        matches!(self.closing.stage, ClosingStage::Closing { .. } | ClosingStage::Opening { .. })
    }
}
