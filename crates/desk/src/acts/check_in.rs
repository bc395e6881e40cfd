//! A person arrives.

use crate::{Caller, Desk, DeskError, Done};
use domain::{
    access::Action, change::Write, codes::OfficeCode, ids::InquiryId, inquiry::Inquiry, refusal::Refusal,
    tickets::Tickets,
};
use jiff::civil::Date;

impl Desk {
    /// Checks a person in and gives them a ticket: the office's next of the day, `A001`, `A002` … However many arrive at
    /// once, each number is given once: the store writes it in the same commit, and who was second draws again.
    ///
    /// # Errors
    /// As [`Inquiry::check_in`].
    pub async fn check_in(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        let rules = self.pack.line().visits.visit_rules();
        self.act(caller, async || {
            let inquiry = self.load(id).await?;
            let Some(appointment) = inquiry.appointment() else {
                caller.may_with(&inquiry, Action::RunDay)?;
                return Err(Refusal::WrongStage { stage: inquiry.stage.as_str().to_owned() }.into());
            };
            caller.may(Action::RunDay, (&inquiry, &appointment.office))?;
            let tickets =
                self.next_ticket(&appointment.office, appointment.zone.date(appointment.start)).await?;
            let step = inquiry.check_in(tickets.last(), rules, caller.now)?;
            caller.wants(&inquiry)?;
            let done = Done::of(&step.inquiry);
            let mut change = self.change_of(caller, step)?;
            change.writes.push(Write::Tickets(tickets));
            change.answer = serde_json::json!({ "done": done });
            Ok(change)
        })
        .await?;
        self.load(id).await
    }

    pub(crate) async fn next_ticket(&self, office: &OfficeCode, day: Date) -> Result<Tickets, DeskError> {
        let given = self.store.tickets(office, day).await?;
        Ok(Tickets::next(office.clone(), day, given))
    }
}
