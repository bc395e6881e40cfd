//! Somebody listens to a colleague's call no more.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    listening::{ListenEnd, Listening},
};

impl Desk {
    /// Writes that it is over, how and after how long. Who was ready before is so again.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::Store`].
    pub async fn stop_listening(
        &self,
        caller: &Caller,
        listening: &Listening,
        how: ListenEnd,
    ) -> Result<(), DeskError> {
        self.act(caller, async || {
            caller.may(Action::ListenIn, None)?;
            let by = self.store.operator(listening.by).await?;
            Ok(Self::of_listening(caller, listening, listening.ends(how, by.as_ref(), caller.now)))
        })
        .await
        .map(drop)
    }
}
