//! A person asks for a fresh link. It goes to the address on record, whoever asked.

use crate::{Caller, Desk, DeskError, alike::no_sooner};
use domain::{
    change::{Change, Write},
    inquiry::Inquiry,
    journal::Happened,
    notice::NoticeKind,
    number::InquiryNumber,
};

impl Desk {
    /// Sends a fresh link to the address on record. The answer is the same whether the number exists or not, and takes as long, so
    /// that nobody learns anything by asking; one link goes out per inquiry and hour.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn resend_link(&self, caller: &Caller, number: InquiryNumber) -> Result<(), DeskError> {
        no_sooner(async {
            let found = self.store.inquiry_numbered(number).await?;
            let Some(inquiry) = found.filter(|inquiry| inquiry.erased.is_none()) else { return Ok(()) };
            self.send_link(caller, &inquiry).await
        })
        .await
    }

    /// Sends the link of an inquiry to the address on record, at most once an hour.
    pub(crate) async fn send_link(&self, caller: &Caller, inquiry: &Inquiry) -> Result<(), DeskError> {
        let hour = caller.now.as_second() / 3600;
        let key = domain::change::IdempotencyKey::of("link", format!("{}:{hour}", inquiry.id));
        let once = Caller::new(crate::Who::System("links"), key, caller.now);
        self.act(&once, async || {
            let mut change = Change::new(once.command());
            let inquiry = self.load(inquiry.id).await?;
            change.note(Some(inquiry.id), Happened::LinkResent);
            self.announce(&mut change, &inquiry, &[NoticeKind::LinkResent])?;
            if !inquiry.is_live() {
                // It may be about to be erased, with every message about it: one of the two comes first.
                change.writes.push(Write::Inquiry(Box::new(inquiry.touched())));
            }
            Ok(change)
        })
        .await?;
        Ok(())
    }
}
