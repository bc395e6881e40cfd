//! What was said of the line does not hold any more.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    ids::LineNoticeId,
    line_notice::LineNotice,
};
use jiff::Timestamp;

/// So many are looked through: more than ever stand at once.
const MOST: u32 = 500;

impl Desk {
    /// Takes back what a supervisor said of the line. Callers do not hear it from now on.
    ///
    /// # Errors
    /// [`DeskError::LineNotice`] when it was over already; [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn withdraw_announcement(&self, caller: &Caller, id: LineNoticeId) -> Result<(), DeskError> {
        self.act(caller, async || {
            caller.may(Action::RunWait, None)?;
            let notice = self.load_line_notice(id, caller.now).await?;
            let (notice, happened) = notice.withdraw(caller.now)?;
            let mut change = Change::new(caller.command());
            change.writes.push(Write::LineNotice(Box::new(notice)));
            change.note(None, happened);
            Ok(change)
        })
        .await?;
        self.notices.forget();
        Ok(())
    }

    /// One that has not ended.
    pub(crate) async fn load_line_notice(
        &self,
        id: LineNoticeId,
        now: Timestamp,
    ) -> Result<LineNotice, DeskError> {
        let all = self.store.line_notices(now, MOST).await?;
        all.into_iter().find(|notice| notice.id == id).ok_or(DeskError::NotFound)
    }
}
