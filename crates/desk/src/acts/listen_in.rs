//! Somebody who runs the desk listens to a colleague's call, or lets others hear them than before.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, change::Change, listening::Listening};

impl Desk {
    /// Writes that it begins, before anything is heard: by whom, to whom, in which call, why, and who hears them.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; as [`Listening::begins`].
    pub async fn listen_in(&self, caller: &Caller, listening: &Listening) -> Result<(), DeskError> {
        self.act(caller, async || {
            Self::may_listen(caller, listening)?;
            let by = self.store.operator(listening.by).await?;
            let step = listening.begins(self.wait_rules(), by.as_ref())?;
            Ok(Self::of_listening(caller, listening, step))
        })
        .await
        .map(drop)
    }

    /// Writes that others hear them from now on.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::Store`].
    pub async fn change_listening(&self, caller: &Caller, listening: &Listening) -> Result<(), DeskError> {
        self.act(caller, async || {
            Self::may_listen(caller, listening)?;
            Ok(Self::of_listening(caller, listening, listening.changes()))
        })
        .await
        .map(drop)
    }

    /// Nobody listens in another's name.
    fn may_listen(caller: &Caller, listening: &Listening) -> Result<(), DeskError> {
        caller.may(Action::ListenIn, None)?;
        if caller.staff()?.id == listening.by { Ok(()) } else { Err(DeskError::NotFound) }
    }

    pub(super) fn of_listening(
        caller: &Caller,
        listening: &Listening,
        mut step: domain::wait::WaitStep,
    ) -> Change {
        let mut change = Change::new(caller.command());
        for happened in std::mem::take(&mut step.happened) {
            change.note(listening.inquiry, happened);
        }
        change.wait(step);
        change
    }
}
