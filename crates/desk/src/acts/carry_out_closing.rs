//! A closing goes on: the next people are moved and told, or moved back. Each round is one change of all it concerns, so that
//! a process may die at any moment: what was done is done, what was not is done by the next, and nobody is told twice.

use crate::{
    Caller, Desk, DeskError,
    closings::{affected, booked_in},
};
use domain::{
    appointment::{Appointment, ShutDay},
    change::{Change, Finish, JobKind, NewJob, Step, Write},
    closing::{Closing, ClosingStage, Offer, Standing},
    ids::{AppointmentId, ClosingId},
    inquiry::Inquiry,
    notice::NoticeKind,
    refusal::Refusal,
    slots::{Ask, Taken, opening_at},
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp};

/// How many people one round moves: few enough that a round is short, and that a rival's change spoils little.
const ROUND: usize = 8;
/// A place that was being booked in the very instant in which the time was closed is seen by then.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_secs(10);
/// Whoever may choose has at least so long for it, as long as the visit is not sooner.
const TO_CHOOSE: SignedDuration = SignedDuration::from_hours(2);

/// What a round leaves: a change of the closing, if it has become another; when the next round is due.
struct Round {
    next: Option<Closing>,
    due: Option<Timestamp>,
}

impl Desk {
    /// The next round of a closing.
    pub(crate) async fn carry_out_closing(
        &self,
        caller: &Caller,
        finish: &Finish,
        id: ClosingId,
    ) -> Result<(), DeskError> {
        self.act(caller, async || {
            let closing = self.load_closing(id).await?;
            let mut change = Change::new(caller.command());
            let round = match closing.stage {
                ClosingStage::Closing { since } => {
                    self.move_next(&mut change, &closing, since, caller.now).await?
                }
                ClosingStage::Closed { .. } => self.settle(&closing, caller.now).await?,
                ClosingStage::Opening { .. } => self.move_back(&mut change, &closing, caller.now).await?,
                ClosingStage::Planned { .. } | ClosingStage::Dropped { .. } | ClosingStage::Opened { .. } => {
                    Round { next: None, due: None }
                }
            };
            change.writes.extend(round.next.map(|next| Write::Closing(Box::new(next))));
            let again = |due| NewJob::new(JobKind::CloseDay { closing: id }, due);
            change.jobs.extend(round.due.map(again));
            change.finish = Some(finish.clone());
            Ok(change)
        })
        .await?;
        Ok(())
    }

    /// Moves the next people. When nobody is left, looks for whoever came in at the last instant; then it is closed.
    async fn move_next(
        &self,
        change: &mut Change,
        closing: &Closing,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Round, DeskError> {
        let mut next = closing.onward();
        let held = now < closing.held_until;
        let others = self.closings(&closing.office, now).await?;
        let (mut around, mut moved) = (None, 0);
        for n in closing.next_planned().take(ROUND) {
            let Some(one) = next.affected.get_mut(n) else { continue };
            let inquiry = self.load(one.inquiry).await?;
            let Some(visit) = booked_in(&inquiry, &closing.office, closing.from, closing.until) else {
                one.standing = Standing::Left;
                moved += 1;
                continue;
            };
            // What is held is held for that visit as it was; otherwise something is looked for now, for one at a time, so that
            // what was found is not found once more.
            let there =
                |start, end| others.iter().any(|c| c.shuts() && c.touches(&closing.office, start, end));
            let open = match &one.offer {
                // Another closing may have taken the very time in which it is held.
                Offer::Place { opening } => !there(opening.start, opening.end),
                Offer::Call { .. } => true,
                Offer::Nothing => false,
            };
            let holds = held && open && one.appointment == visit.id;
            if !holds && moved > 0 {
                break;
            }
            if !holds {
                let mut fresh = self.around(&closing.office, closing.shut(), now).await?;
                *one = affected(&inquiry, visit, self.instead(&mut fresh, &inquiry, visit, now));
                around = Some(fresh);
            }
            let capacity = match (&around, &one.offer) {
                (Some(around), offer) => around.capacity(offer),
                (None, Offer::Call { window, .. }) => {
                    self.keeping(window.start, window.end).await?.calls_in(window.start, window.end)
                }
                (None, Offer::Place { .. } | Offer::Nothing) => 0,
            };
            let until = self.choose_until(&one.offer, now);
            let step = self.leave(closing, &inquiry, visit, &one.offer, holds, capacity, until, now);
            let (standing, step) = step?;
            one.standing = standing;
            one.choose_until = (standing == Standing::Offered).then_some(until);
            self.tell(change, step)?;
            moved += 1;
            if !holds {
                break;
            }
        }
        if moved > 0 {
            return Ok(Round { next: Some(next), due: Some(now) });
        }
        if self.take_in(&mut next).await? {
            return Ok(Round { next: Some(next), due: Some(now) });
        }
        if now < since + LOOK_AGAIN {
            return Ok(Round { next: None, due: Some(since + LOOK_AGAIN) });
        }
        let (closed, happened) = closing.closed(now)?;
        change.note(None, happened);
        let due = closed.next_limit();
        Ok(Round { next: Some(closed), due })
    }

    /// Takes in who has a visit in the closed time and is not moved: those whose place was being booked meanwhile.
    async fn take_in(&self, next: &mut Closing) -> Result<bool, DeskError> {
        let mut found = false;
        for inquiry in self.visits_in(&next.office, next.from, next.until).await? {
            let Some(visit) = booked_in(&inquiry, &next.office, next.from, next.until) else { continue };
            let new = affected(&inquiry, visit, Offer::Nothing);
            match next.affected.iter_mut().find(|one| one.inquiry == inquiry.id) {
                Some(one) => *one = new,
                None => next.affected.push(new),
            }
            found = true;
        }
        Ok(found)
    }

    /// Until when somebody may choose: for as long as the pack says, and while the new time could still be changed.
    fn choose_until(&self, offer: &Offer, now: Timestamp) -> Timestamp {
        let line = self.pack.line();
        let until = now + line.closing.choose();
        match offer {
            Offer::Place { opening } => {
                let late = SignedDuration::from_hours(i64::from(line.visits.reschedule_until_hours));
                until.min((opening.start - late).max(now + TO_CHOOSE)).min(opening.start)
            }
            Offer::Call { .. } | Offer::Nothing => until,
        }
    }

    /// What becomes of somebody, and the step that does it.
    #[expect(clippy::too_many_arguments, reason = "what is known of one person in one round")]
    fn leave(
        &self,
        closing: &Closing,
        inquiry: &Inquiry,
        visit: &Appointment,
        offer: &Offer,
        held: bool,
        capacity: u32,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<(Standing, Step), DeskError> {
        let by = domain::actor::Actor::system("closing");
        let day =
            ShutDay { closing: closing.id, why: closing.why.clone(), start: visit.start, until, kept: None };
        let step = match offer {
            Offer::Place { opening } => {
                let booking = self.booking_instead(visit, opening, held, now);
                inquiry.leave_shut_day(booking, day.clone(), &by, now).map(|step| (Standing::Offered, step))
            }
            Offer::Call { callback, window } => {
                let promise = self.promise_instead(window, capacity, now);
                inquiry
                    .call_for_shut_day(*callback, promise, held, day.clone(), by, now)
                    .map(|step| (Standing::Call, step))
            }
            Offer::Nothing => Err(Refusal::NotOffered),
        };
        if let Ok(done) = step {
            return Ok(done);
        }
        // Nothing that could be had, or not any more: an officer must act, and soon.
        let look_by = self.look_by(Urgency::Urgent, now);
        Ok((Standing::Stuck, inquiry.wait_for_shut_day(day, look_by, now)?))
    }

    /// Who may choose no more, or has done something since, is written down as such.
    async fn settle(&self, closing: &Closing, now: Timestamp) -> Result<Round, DeskError> {
        let mut next = closing.onward();
        let mut settled = false;
        for one in next.affected.iter_mut().filter(|one| one.standing == Standing::Offered) {
            let inquiry = self.load(one.inquiry).await?;
            let standing = closing.standing(one, &inquiry, now);
            settled |= standing != one.standing;
            one.standing = standing;
        }
        let due = next.next_limit().map(|limit| limit.max(now));
        Ok(Round { next: settled.then_some(next), due })
    }

    /// Moves the next people back. When nobody is left, the time takes visits again.
    async fn move_back(
        &self,
        change: &mut Change,
        closing: &Closing,
        now: Timestamp,
    ) -> Result<Round, DeskError> {
        let mut next = closing.onward();
        let mut taken = self.store.taken(&closing.office, closing.from - TO_CHOOSE, closing.until).await?;
        // Its own time is closed for all but those who come back.
        let own = closing.shut();
        taken.shut.retain(|shut| *shut != own);
        change.through = Some(closing.id);
        let back = |one: &&mut domain::closing::Affected| {
            let may = matches!(
                one.standing,
                Standing::Planned | Standing::Offered | Standing::Call | Standing::Stuck
            );
            may && !one.asked_back
        };
        let mut moved = 0;
        for one in next.affected.iter_mut().filter(back).take(ROUND) {
            moved += 1;
            one.asked_back = true;
            let inquiry = self.load(one.inquiry).await?;
            if one.standing == Standing::Planned {
                let there = booked_in(&inquiry, &closing.office, closing.from, closing.until).is_some();
                one.standing = if there { Standing::Back } else { Standing::Left };
                continue;
            }
            let live = closing.standing(one, &inquiry, now);
            let came_back = match self.back(closing, one, &inquiry, &mut taken, now) {
                Ok(step) if matches!(live, Standing::Offered | Standing::Call | Standing::Stuck) => {
                    self.tell(change, step)?;
                    true
                }
                _ => false,
            };
            one.standing = match live {
                _ if came_back => Standing::Back,
                // They have chosen, or the old place is no longer in the schedule: what they have stands.
                Standing::Offered => Standing::Kept,
                other => other,
            };
        }
        if moved > 0 {
            return Ok(Round { next: Some(next), due: Some(now) });
        }
        change.through = None;
        let (opened, happened) = closing.opened(now)?;
        change.note(None, happened);
        Ok(Round { next: Some(opened), due: None })
    }

    /// The step back to the old place, which nobody else can have had.
    fn back(
        &self,
        closing: &Closing,
        one: &domain::closing::Affected,
        inquiry: &Inquiry,
        taken: &mut Taken,
        now: Timestamp,
    ) -> Result<Step, DeskError> {
        let office = self.pack.office(&closing.office).ok_or(Refusal::NoSuchOffice)?;
        let minutes = one.had.end.duration_since(one.had.start).as_mins();
        let ask = Ask {
            service: one.had.service.clone(),
            minutes: u32::try_from(minutes).unwrap_or(0),
            pools: vec![one.had.pool],
            now,
            lead_business_days: 0,
            horizon_days: self.pack.line().visits.horizon_days,
            not_before: None,
        };
        let opening = opening_at(&office.plan, &office.calendar, taken, &ask, one.had.pool, one.had.start)?;
        let last = inquiry.past_appointments.last().map(|past| &past.appointment);
        let visit = inquiry.appointment().or(last).ok_or(Refusal::NotOffered)?;
        let booking = self.booking_instead(visit, &opening, false, now);
        let callback = match one.offer {
            Offer::Call { callback, .. } => Some(callback),
            Offer::Place { .. } | Offer::Nothing => None,
        };
        let id = AppointmentId::new(now, &self.dice.chance());
        let by = domain::actor::Actor::system("closing");
        let step = inquiry.back_to_opened_day(closing.id, callback, id, booking, &by, now)?;
        taken.take(&opening.slots);
        Ok(step)
    }

    /// Puts a step and its notices into a change.
    fn tell(&self, change: &mut Change, step: Step) -> Result<(), DeskError> {
        let after = step.inquiry.clone();
        let announce: Vec<NoticeKind> = change.step(step);
        self.announce(change, &after, &announce)
    }
}
