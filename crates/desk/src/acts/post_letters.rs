//! The letters of a batch are in the post.

use crate::{Caller, Desk, DeskError};
use domain::{
    change::{Change, Write},
    journal::Happened,
    notice::Delivery,
};
use jiff::Timestamp;

impl Desk {
    /// Notes that the letters which wait since before `until` were posted; those whose promise has moved on meanwhile were not
    /// printed and are dropped. Says how many were posted.
    ///
    /// # Errors
    /// As [`Self::letters`].
    pub async fn post_letters(&self, caller: &Caller, until: Timestamp) -> Result<usize, DeskError> {
        let done = self
            .act(caller, async || {
                let mut change = Change::new(caller.command());
                let mut posted = 0;
                for letter in self.letters(caller, until).await? {
                    let mut notice = letter.notice;
                    let (id, kind) = (notice.id, notice.kind);
                    notice.version += 1;
                    let happened = if letter.outdated {
                        notice.delivery = Delivery::Dropped { at: caller.now };
                        Happened::NoticeDropped { notice: id, kind }
                    } else {
                        posted += 1;
                        notice.wording = Some(self.written(&notice).await?.wording);
                        notice.delivery = Delivery::Sent { at: caller.now, receipt: "posted".to_owned() };
                        Happened::NoticeSent { notice: id, kind, attempt: 1 }
                    };
                    change.note(Some(notice.inquiry), happened);
                    change.writes.extend(self.went_out(&notice));
                    change.writes.push(Write::Notice(Box::new(notice)));
                }
                change.answer = serde_json::json!({ "posted": posted });
                Ok(change)
            })
            .await?;
        Ok(done.answer["posted"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or_default())
    }
}
