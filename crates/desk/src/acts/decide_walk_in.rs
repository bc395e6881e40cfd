//! Somebody comes to an office without a booking: it lets them in or not, at its own discretion.

use crate::{Caller, Desk, DeskError, Done};
use domain::{
    access::Action,
    change::{Change, Step, Write},
    codes::OfficeCode,
    ids::{AppointmentId, InquiryId},
    inquiry::{Admission, Inquiry, Stage},
    refusal::Refusal,
    walk_in::WalkInDay,
};
use jiff::Timestamp;

/// Who has come.
#[derive(Debug, Clone)]
pub enum WhoCame {
    /// Somebody who has an inquiry.
    Known(InquiryId),
    /// Somebody whose matter is taken down now. Should they have a live inquiry about it, that is the one.
    New(Box<crate::acts::RequestMeeting>),
}

impl Desk {
    /// An office's day, as far as walk-ins go.
    ///
    /// # Errors
    /// [`Refusal::NoSuchOffice`].
    pub fn walk_in_day(&self, office: &OfficeCode, now: Timestamp) -> Result<WalkInDay, Refusal> {
        let office = self.pack.office(office).ok_or(Refusal::NoSuchOffice)?;
        let zone = office.zone().clone();
        let begins = zone.day_start(zone.date(now)).ok_or(Refusal::NoSuchOffice)?;
        Ok(WalkInDay { office: office.code.clone(), zone, begins, most: office.walk_ins_a_day })
    }

    /// Lets somebody in, or does not. Who was let in has a ticket; who was not has an inquiry that waits for an officer as any other
    /// does, or keeps what they had.
    ///
    /// # Errors
    /// As [`Inquiry::admit_walk_in`] and [`Inquiry::refuse_walk_in`]; [`Refusal::WalkInsUsedUp`]; of a new matter as
    /// [`Self::request_meeting`].
    pub async fn decide_walk_in(
        &self,
        caller: &Caller,
        office: &OfficeCode,
        who: &WhoCame,
        admitted: bool,
        because: &str,
    ) -> Result<Inquiry, DeskError> {
        caller.may(Action::DecideWalkIn, Some(office))?;
        let day = self.walk_in_day(office, caller.now)?;
        let fresh = InquiryId::new(caller.now, &self.dice.chance());
        let visit = AppointmentId::new(caller.now, &self.dice.chance());
        let most = day.most;
        let done = self
            .act(caller, async || {
                let mut change = Change::new(caller.command());
                let (first, inquiry) = self.who_came(caller, who, fresh, &mut change).await?;
                caller.may(Action::DecideWalkIn, (&inquiry, office))?;
                let step = if admitted {
                    let admission = self.admission(&inquiry, &day, visit, caller.now, &mut change).await?;
                    inquiry.admit_walk_in(admission, because, caller.actor(), caller.now)?
                } else {
                    inquiry.refuse_walk_in(&day, because, caller.actor(), caller.now)?
                };
                let mut step = match first {
                    Some(first) => first.then(|_| Ok(step))?,
                    None => step,
                };
                if admitted {
                    // They stand at the counter: nobody is written to that an officer will look at it.
                    step.announce.clear();
                }
                let after = step.inquiry.clone();
                let kinds = change.step(step);
                self.announce(&mut change, &after, &kinds)?;
                change.answer =
                    serde_json::json!({ "inquiry": after.id.to_string(), "done": Done::of(&after) });
                Ok(change)
            })
            .await;
        let done = match done {
            // The one place that an admission takes beside a ticket is the day's own: all are taken, or the whole day is closed.
            Err(DeskError::Refused(Refusal::SlotFull)) => {
                let today = self.visits_today(&day.office, caller.now).await?;
                let taken = today.iter().filter(|inquiry| day.let_in(inquiry)).count();
                let used_up = u32::try_from(taken).unwrap_or(u32::MAX) >= most;
                let why = if used_up { Refusal::WalkInsUsedUp { most } } else { Refusal::NoWalkIns };
                return Err(why.into());
            }
            done => done?,
        };
        let id = done.answer["inquiry"].as_str().and_then(|id| id.parse().ok()).ok_or(DeskError::NotFound)?;
        self.load(id).await
    }

    /// The inquiry that somebody came with; of a new matter, what makes it.
    async fn who_came(
        &self,
        caller: &Caller,
        who: &WhoCame,
        fresh: InquiryId,
        change: &mut Change,
    ) -> Result<(Option<Step>, Inquiry), DeskError> {
        let ask = match who {
            WhoCame::Known(id) => return Ok((None, self.load(*id).await?)),
            WhoCame::New(ask) => ask,
        };
        match self.receive(caller, fresh, ask, change).await {
            Ok(step) => {
                let inquiry = step.inquiry.clone();
                Ok((Some(step), inquiry))
            }
            Err(DeskError::Refused(Refusal::AlreadyLive { inquiry, .. })) => {
                Ok((None, self.load(inquiry).await?))
            }
            Err(error) => Err(error),
        }
    }

    async fn admission(
        &self,
        inquiry: &Inquiry,
        day: &WalkInDay,
        id: AppointmentId,
        now: Timestamp,
        change: &mut Change,
    ) -> Result<Admission, DeskError> {
        let reason = self.pack.reason(&inquiry.reason).ok_or(Refusal::NoSuchReason)?;
        let tickets = self.next_ticket(&day.office, day.zone.date(now)).await?;
        let ticket = tickets.last();
        change.writes.push(Write::Tickets(tickets));
        // What an officer had asked them to bring beside the list stands.
        let bring = match &inquiry.stage {
            Stage::Booked(visit) => visit.bring.clone(),
            _ => self.checklist(reason),
        };
        let (service, minutes) = (reason.service.clone(), i64::from(reason.minutes));
        Ok(Admission { id, day: day.clone(), service, minutes, bring, ticket })
    }
}
