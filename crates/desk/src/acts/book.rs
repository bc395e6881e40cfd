//! A visit is booked: the third decision, on office and time.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    appointment::Bring,
    codes::OfficeCode,
    decision::DecisionKind,
    ids::{AppointmentId, InquiryId},
    inquiry::{Booking, Inquiry},
    slots::{Opening, Pool},
    text::Text,
};
use jiff::{SignedDuration, Timestamp};

/// What is booked.
#[derive(Debug, Clone)]
pub struct BookPlace {
    /// Where.
    pub office: OfficeCode,
    /// When.
    pub start: Timestamp,
    /// From which pool.
    pub pool: Pool,
    /// The hold that keeps it, if it was held.
    pub held: Option<AppointmentId>,
    /// What the officer adds to the checklist, in the person's language.
    pub bring_also: Vec<String>,
    /// Why this office or time, when it is not the recommended one.
    pub because: Option<String>,
}

impl Desk {
    /// Books a visit.
    ///
    /// # Errors
    /// Whatever says that the place cannot be had, and as [`Inquiry::book`].
    pub async fn book(&self, caller: &Caller, id: InquiryId, ask: &BookPlace) -> Result<Inquiry, DeskError> {
        let appointment = ask.held.unwrap_or_else(|| AppointmentId::new(caller.now, &self.dice.chance()));
        self.act_on(caller, id, async |inquiry| {
            caller.may(Action::Book, (inquiry, &ask.office))?;
            let mut booking =
                self.booking(inquiry, &ask.office, ask.start, ask.pool, ask.held, caller.now).await?;
            booking.bring.extend(ask.bring_also.iter().filter(|t| !t.trim().is_empty()).map(|text| Bring {
                item: None,
                text: Text::new([(inquiry.reach.lang.clone(), text.trim().to_owned())]),
            }));
            let advice = self.advise(inquiry, DecisionKind::Fit, caller.now).await?;
            let deciding = advice.deciding(ask.because.clone(), None);
            Ok(inquiry.book(
                appointment,
                booking,
                deciding,
                caller.actor(),
                caller.now,
                &self.dice.chance(),
            )?)
        })
        .await
    }

    /// When the person is reminded of a visit; none when it is too near.
    pub(crate) fn remind_at(&self, start: Timestamp, now: Timestamp) -> Option<Timestamp> {
        let hours = i64::from(self.pack.line().visits.remind_hours);
        Some(start - SignedDuration::from_hours(hours)).filter(|at| *at > now)
    }

    /// When the person is asked whether they come to a visit; none where that is not asked, or who has just taken a time that
    /// is so near.
    pub(crate) fn ask_at(&self, start: Timestamp, now: Timestamp) -> Option<Timestamp> {
        self.pack.line().visits.reconfirm.map(|rules| rules.ask_at(start)).filter(|at| *at > now)
    }

    /// What to bring for a reason.
    pub(crate) fn checklist(&self, reason: &pack::Reason) -> Vec<Bring> {
        let item = |line: &pack::Bring| Bring {
            item: line.items().first().map(|item| item.code.clone()),
            text: crate::announce::bring_text(line, self.pack.languages(), &self.words),
        };
        reason.bring.iter().map(item).collect()
    }

    /// The booking of a place: its opening, its checklist, its reminder.
    pub(crate) async fn booking(
        &self,
        inquiry: &Inquiry,
        office: &OfficeCode,
        start: Timestamp,
        pool: Pool,
        held: Option<AppointmentId>,
        now: Timestamp,
    ) -> Result<Booking, DeskError> {
        let opening = match held {
            // A held place is taken by the hold itself: it is firm as soon as the store confirms it.
            Some(_) => self.opening_ignoring_taken(inquiry, office, start, pool, now)?,
            None => self.place_at(inquiry, office, start, pool, now).await?,
        };
        self.booking_of(inquiry, opening, held.is_some(), now)
    }

    /// The booking of an opening.
    pub(crate) fn booking_of(
        &self,
        inquiry: &Inquiry,
        opening: Opening,
        held: bool,
        now: Timestamp,
    ) -> Result<Booking, DeskError> {
        let (office, reason) = self.office_and_reason(inquiry, Some(&opening.office))?;
        Ok(Booking {
            zone: office.zone().clone(),
            bring: self.checklist(reason),
            remind: self.remind_at(opening.start, now),
            ask: self.ask_at(opening.start, now),
            grace_minutes: i64::from(self.pack.line().visits.grace_minutes),
            held,
            opening,
        })
    }
}
