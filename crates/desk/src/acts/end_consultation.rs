//! A colleague is asked no more.

use crate::{Caller, Desk, DeskError};
use domain::{change::Change, ids::StaffId};

impl Desk {
    /// Whoever was ready before they were asked is so again. Nothing is done about anybody else.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::Store`].
    pub async fn end_consultation(&self, caller: &Caller, colleague: StaffId) -> Result<(), DeskError> {
        self.act(caller, async || {
            Self::may_act_for(caller, colleague)?;
            let known = self.store.operator(colleague).await?;
            let step = known.and_then(|colleague| colleague.asked_no_more(caller.now));
            let mut change = Change::new(caller.command());
            if let Some(step) = step {
                change.wait(step);
            }
            Ok(change)
        })
        .await
        .map(drop)
    }
}
