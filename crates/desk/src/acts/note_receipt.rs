//! A carrier says what became of a message that it took.

use crate::{Caller, Desk, DeskError};
use domain::{
    change::{Change, Write},
    ids::NoticeId,
    journal::Happened,
    notice::{Carrier, Delivery},
};

impl Desk {
    /// Notes that a text has arrived, or could not be brought to the person. The first receipt counts; one about no text of ours
    /// says nothing.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn note_receipt(&self, caller: &Caller, id: NoticeId, arrived: bool) -> Result<(), DeskError> {
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            let Some(mut notice) = self.store.notice(id).await? else { return Ok(change) };
            let over = matches!(notice.delivery, Delivery::Failed { .. } | Delivery::Dropped { .. });
            if notice.by != Carrier::Text || notice.arrived.is_some() || over {
                return Ok(change);
            }
            let kind = notice.kind;
            notice.version += 1;
            if arrived {
                notice.arrived = Some(caller.now);
                // The receipt may be faster than our own record that the carrier took it.
                if !matches!(notice.delivery, Delivery::Sent { .. }) {
                    notice.delivery = Delivery::Sent { at: caller.now, receipt: String::new() };
                }
                change.note(Some(notice.inquiry), Happened::NoticeArrived { notice: id, kind });
            } else {
                let inquiry = self.load(notice.inquiry).await?;
                self.fall_back(&mut change, &inquiry, &notice).await?;
                notice.delivery = Delivery::Failed { at: caller.now, why: "not delivered".to_owned() };
                change.note(Some(notice.inquiry), Happened::NoticeLost { notice: id, kind });
            }
            change.writes.push(Write::Notice(Box::new(notice)));
            Ok(change)
        })
        .await?;
        Ok(())
    }
}
