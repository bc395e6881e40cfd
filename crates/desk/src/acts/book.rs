//! A visit is booked: the third decision, on office and time.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    appointment::Bring,
    codes::OfficeCode,
    decision::DecisionKind,
    ids::{AppointmentId, InquiryId},
    inquiry::{Booking, Inquiry},
    slots::Pool,
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
            caller.may(Action::Book, Some(&ask.office))?;
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
        let (office, reason) = self.office_and_reason(inquiry, Some(office))?;
        let visits = &self.pack.line().visits;
        let remind = opening.start - SignedDuration::from_hours(i64::from(visits.remind_hours));
        Ok(Booking {
            zone: office.zone().clone(),
            bring: reason
                .bring
                .iter()
                .map(|line| Bring {
                    item: line.items().first().map(|item| item.code.clone()),
                    text: crate::announce::bring_text(line, self.pack.languages(), &self.words),
                })
                .collect(),
            remind: (remind > now).then_some(remind),
            grace_minutes: i64::from(visits.grace_minutes),
            held: held.is_some(),
            opening,
        })
    }
}
