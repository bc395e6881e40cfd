//! Somebody opens an inquiry. Reading a person's record is journalled, like writing it.

use crate::{Caller, Desk, DeskError, Who};
use domain::{
    access::Action,
    change::{Change, IdempotencyKey},
    ids::InquiryId,
    inquiry::Inquiry,
    journal::{Happened, ReadWhat},
};

impl Desk {
    /// Opens an inquiry. Within one hour the same reader is journalled once.
    ///
    /// # Errors
    /// [`DeskError::NotFound`], [`DeskError::Denied`]; [`DeskError::Erased`] for whoever might read it.
    pub async fn open_inquiry(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        let inquiry = self.store.inquiry(id).await?.ok_or(DeskError::NotFound)?;
        caller.may_with(&inquiry, Action::ReadInquiry)?;
        if let Some(erased) = inquiry.erased {
            return Err(DeskError::Erased(erased));
        }
        let (reader, what) = match &caller.who {
            Who::Staff(staff) => (staff.id.to_string(), ReadWhat::Inquiry),
            Who::Person(_) => ("person".to_owned(), ReadWhat::OwnPage),
            Who::Delegate(_, nth) => (format!("delegate-{nth}"), ReadWhat::OwnPage),
            Who::Anyone | Who::System(_) => return Ok(inquiry),
        };
        let hour = caller.now.as_second() / 3600;
        let once = caller.under(IdempotencyKey::of("read", format!("{id}:{reader}:{hour}")));
        // Nearly always it is: a page is read again and again, and reading must not wait for the writer.
        if self.store.answered(&once.key, &once.actor()).await?.is_some() {
            return Ok(inquiry);
        }
        self.act(&once, async || {
            let mut change = Change::new(once.command());
            change.note(Some(id), Happened::Read { what });
            Ok(change)
        })
        .await?;
        Ok(inquiry)
    }
}
