//! A clerk calls whoever is next.

use crate::{Caller, Desk, DeskError, Done};
use domain::{
    access::{Action, Denied, can, sees},
    codes::OfficeCode,
    floor,
    inquiry::Inquiry,
    number::InquiryNumber,
    refusal::Refusal,
};
use jiff::{Timestamp, civil::Date};
use std::sync::Arc;
use store::{List, Page, Store};

/// More visits than an office has places for in a day.
const MOST: u32 = 500;

impl Desk {
    /// The visits of an office's present day as they stand now.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where there is no such office.
    pub async fn visits_today(&self, office: &OfficeCode, now: Timestamp) -> Result<Vec<Inquiry>, DeskError> {
        let zone = self.pack.office(office).ok_or(DeskError::NotFound)?.zone();
        self.visits(&self.store, office, zone.date(now)).await
    }

    /// The visits of a day at an office as they stand now, as whoever looks may see them: not to be written.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where there is no such office.
    pub async fn visits_on(&self, office: &OfficeCode, date: Date) -> Result<Vec<Inquiry>, DeskError> {
        self.visits(self.store(), office, date).await
    }

    async fn visits(
        &self,
        store: &Arc<dyn Store>,
        office: &OfficeCode,
        date: Date,
    ) -> Result<Vec<Inquiry>, DeskError> {
        let (from, to) = self.day_of(office, date).ok_or(DeskError::NotFound)?;
        let list = List::Day { office: office.clone(), from, to };
        Ok(store.list(&list, Page::first(MOST)).await?.rows)
    }

    /// Whoever stands at an office with this number, as far as whoever runs its day may know: of somebody protected nothing but that
    /// they are expected. None for a number that does not exist, or is not theirs to know.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn visitor(
        &self,
        caller: &Caller,
        number: InquiryNumber,
    ) -> Result<Option<Inquiry>, DeskError> {
        let Some(inquiry) = self.store.inquiry_numbered(number).await? else { return Ok(None) };
        let staff = caller.staff()?;
        Ok(match can(staff, Action::SeeDay, (&inquiry, inquiry.office_now())) {
            Err(Denied::Conflict) => None,
            _ if sees(staff, &inquiry) => Some(inquiry),
            _ => Some(inquiry.veiled()),
        })
    }

    /// Calls whoever is next to a counter. When two counters call at once, each gets another person.
    ///
    /// # Errors
    /// [`Refusal::NobodyWaits`].
    pub async fn call_next(
        &self,
        caller: &Caller,
        office: &OfficeCode,
        counter: &str,
    ) -> Result<Inquiry, DeskError> {
        caller.may(Action::RunDay, Some(office))?;
        let counter: String = counter.trim().chars().take(20).collect();
        let rules = self.pack.line().visits.floor;
        let done = self
            .act(caller, async || {
                let mut today = self.visits_today(office, caller.now).await?;
                // Whoever is too near to them leaves them to a colleague.
                today.retain(|inquiry| caller.may(Action::RunDay, (inquiry, office)).is_ok());
                let line = floor::line(&today, office, rules);
                let next = floor::next(&line, &counter).ok_or(Refusal::NobodyWaits)?;
                let step = next.inquiry.call_ticket(&counter, caller.now)?;
                let (id, done) = (step.inquiry.id, Done::of(&step.inquiry));
                let mut change = self.change_of(caller, step)?;
                change.answer = serde_json::json!({ "inquiry": id.to_string(), "done": done });
                Ok(change)
            })
            .await?;
        let id = done.answer["inquiry"].as_str().and_then(|id| id.parse().ok()).ok_or(DeskError::NotFound)?;
        self.load(id).await
    }
}
