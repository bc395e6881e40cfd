//! A call that told a notice, or was to, has ended.

use crate::{Caller, Desk, DeskError, acts::call_notice::calls_of};
use domain::{
    change::{Change, Write},
    ids::NoticeId,
    journal::Happened,
    notice::{Carrier, Delivery},
    notice_call::{AfterNoticeCall, NoticeCallEnd},
};

impl Desk {
    /// Notes how the call ended that was begun under this version of the notice's record. What it said was heard, or it is tried
    /// again by the job that waits for that, or another way is taken at once. Whoever wants no more such calls gets none, about
    /// this inquiry. About an earlier call nothing is noted any more.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn notice_called(
        &self,
        caller: &Caller,
        id: NoticeId,
        version: u64,
        end: NoticeCallEnd,
    ) -> Result<(), DeskError> {
        self.act(caller, async || {
            let Some(mut notice) = self.store.notice(id).await? else {
                return Ok(Change::new(caller.command()));
            };
            let under_way = matches!(notice.delivery, Delivery::Delayed { .. });
            if notice.by != Carrier::Call || notice.version != version || !under_way {
                return Ok(Change::new(caller.command()));
            }
            let inquiry = self.load(notice.inquiry).await?;
            let mut change = Change::new(caller.command());
            if end.is_last() && inquiry.reach.calls {
                change.step(inquiry.agree_calls(false));
            }
            let (calls, kind) = (calls_of(&notice), notice.kind);
            notice.version += 1;
            match self.pack.line().notice_calls.after(calls, end) {
                AfterNoticeCall::Told => {
                    notice.delivery = Delivery::Sent { at: caller.now, receipt: end.as_str().to_owned() };
                    notice.arrived = Some(caller.now);
                    change.note(Some(inquiry.id), Happened::NoticeSent { notice: id, kind, attempt: calls });
                }
                AfterNoticeCall::Again { calls } => {
                    notice.delivery = Delivery::Delayed { attempts: calls, at: caller.now };
                }
                AfterNoticeCall::GivenUp => {
                    self.fall_back(&mut change, &inquiry, &notice).await?;
                    notice.delivery = Delivery::Failed { at: caller.now, why: end.as_str().to_owned() };
                    change
                        .note(Some(inquiry.id), Happened::NoticeFailed { notice: id, kind, attempt: calls });
                }
            }
            change.writes.push(Write::Notice(Box::new(notice)));
            Ok(change)
        })
        .await?;
        Ok(())
    }
}
