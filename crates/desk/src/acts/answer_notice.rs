//! Somebody who is told a notice by telephone says yes to it by a key.

use crate::{Caller, Desk, DeskError, Who};
use domain::{change::IdempotencyKey, ids::NoticeId, notice::Carrier};
use notices::{News, NoticeFacts};

impl Desk {
    /// Does what the notice asks, as its person: takes the earlier time that is kept for them, or says that they will come. As by an
    /// answer to a text, who has the telephone that they agreed to be called at says so. False where it cannot be done any more; about
    /// an earlier call, and about what was told of another time, nothing is done.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for whoever is no part of the system; otherwise only when the store fails.
    pub async fn answer_notice(
        &self,
        caller: &Caller,
        id: NoticeId,
        version: u64,
    ) -> Result<bool, DeskError> {
        caller.is_system()?;
        let notice = self.store.notice(id).await?;
        let under_way = notice.filter(|notice| notice.by == Carrier::Call && notice.version == version);
        let Some(notice) = under_way else { return Ok(false) };
        let facts = serde_json::from_value::<NoticeFacts>(notice.facts.reveal().clone())
            .map_err(|source| store::StoreError::Unreadable { record: "notice", source })?;
        let inquiry = self.load(notice.inquiry).await?;
        let key = IdempotencyKey::of("notice-yes", format!("{id}:{version}"));
        let person = Caller::new(Who::Person(inquiry.id), key, caller.now);
        let done = match facts.news {
            News::EarlierOffered { start, .. }
                if inquiry.offer().is_some_and(|offer| offer.opening.start == start.at) =>
            {
                Box::pin(self.take_earlier(&person, inquiry.id)).await
            }
            News::AppointmentConfirm { appointment, .. } | News::AppointmentReminder { appointment }
                if inquiry.appointment().is_some_and(|visit| visit.start == appointment.starts) =>
            {
                Box::pin(self.confirm_visit(&person, inquiry.id)).await
            }
            _ => return Ok(false),
        };
        match done {
            Ok(_) => Ok(true),
            Err(DeskError::Refused(_) | DeskError::NoPlace(_) | DeskError::Contended) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
