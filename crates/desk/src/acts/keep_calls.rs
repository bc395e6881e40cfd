//! The records of calls are written down, and what numbers chose.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    call_record::CallRecord,
    change::{Change, Write},
    ids::InquiryId,
    remembered::Remembered,
};
use std::sync::atomic::{AtomicBool, Ordering};

impl Desk {
    /// Writes records of calls and choices, many at once: a line that is busy ends several calls a second. What is over is
    /// journalled. A call that another process took to be lost stays ended as that one wrote it.
    ///
    /// # Errors
    /// [`DeskError::Contended`]; [`DeskError::Store`].
    pub async fn keep_calls(
        &self,
        caller: &Caller,
        calls: &[CallRecord],
        chosen: &[Remembered],
    ) -> Result<(), DeskError> {
        let again = AtomicBool::new(false);
        self.act(caller, async || {
            caller.may(Action::RunWait, None)?;
            let again = again.swap(true, Ordering::Relaxed);
            let mut change = Change::new(caller.command());
            for call in calls {
                // A first writing is looked for only when it met something.
                let known = match call.version {
                    1 if !again => None,
                    _ => self.store.call_record(call.id).await?,
                };
                if known.as_ref().is_some_and(|known| known.ended.is_some()) {
                    continue;
                }
                let version = known.map_or(1, |known| known.version + 1);
                let inquiry = self.about(call).await?;
                if let Some(happened) = call.happened() {
                    change.note(inquiry, happened);
                }
                let call = CallRecord { version, inquiry, ..call.clone() };
                change.writes.push(Write::CallRecord(Box::new(call)));
            }
            change.writes.extend(chosen.iter().cloned().map(Write::Remembered));
            Ok(change)
        })
        .await?;
        Ok(())
    }

    /// What a call was about. Whoever held it does not know what an operator took down while they spoke: the wait does.
    async fn about(&self, call: &CallRecord) -> Result<Option<InquiryId>, DeskError> {
        match (&call.wait, call.inquiry) {
            (Some(wait), None) => Ok(self.store.wait(wait.id).await?.and_then(|wait| wait.inquiry)),
            (_, known) => Ok(known),
        }
    }
}
