//! A person arrives.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    ids::InquiryId,
    inquiry::{Inquiry, Stage},
    refusal::Refusal,
};
use store::{List, Page};

impl Desk {
    /// Checks a person in and gives them a ticket: the office's next of the day, `A001`, `A002` …
    ///
    /// # Errors
    /// As [`Inquiry::check_in`].
    pub async fn check_in(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        let rules = self.pack.line().visits.visit_rules();
        self.act_on(caller, id, async |inquiry| {
            let Some(appointment) = inquiry.appointment() else {
                caller.may_with(inquiry, Action::RunDay)?;
                return Err(Refusal::WrongStage { stage: inquiry.stage.as_str().to_owned() }.into());
            };
            caller.may(Action::RunDay, Some(&appointment.office))?;
            let ticket = self.next_ticket(inquiry).await?;
            Ok(inquiry.check_in(ticket, rules, caller.now)?)
        })
        .await
    }

    /// The next ticket of the office's day. Two check-ins at once may draw the same number; a ticket is called together with
    /// the person's name on the clerk's screen, and the display shows the time of the appointment too.
    async fn next_ticket(&self, inquiry: &Inquiry) -> Result<String, DeskError> {
        let Some(appointment) = inquiry.appointment() else { return Err(DeskError::NotFound) };
        let date = appointment.zone.date(appointment.start);
        let (from, to) = self.day_of(&appointment.office, date).ok_or(DeskError::NotFound)?;
        let list = List::Day { office: appointment.office.clone(), from, to };
        let mut here = 0_usize;
        let mut page = Page::first(500);
        loop {
            let part = self.store.list(&list, page).await?;
            here += part.rows.iter().filter(|other| came(other, from)).count();
            if !part.more {
                return Ok(format!("A{:03}", here + 1));
            }
            page.offset += page.limit;
        }
    }
}

/// Has this inquiry's person been checked in on the day that begins at `from`?
fn came(inquiry: &Inquiry, from: jiff::Timestamp) -> bool {
    match &inquiry.stage {
        Stage::CheckedIn { at, .. } => *at >= from,
        _ => inquiry
            .past_appointments
            .iter()
            .any(|p| p.end == domain::appointment::AppointmentEnd::Served && p.appointment.start >= from),
    }
}
