//! A caller is not on the line any more, and keeps the place.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    ids::WaitId,
    phone::PhoneNumber,
    wait::{AwayWhy, Refused, WaitingCaller},
};

impl Desk {
    /// Keeps the place of a caller who chose to be called back, at `number` if they named another one, or whose call was
    /// lost. When the place comes up they are called.
    ///
    /// # Errors
    /// As [`WaitingCaller::keep`].
    pub async fn keep_place(
        &self,
        caller: &Caller,
        id: WaitId,
        why: AwayWhy,
        number: Option<&PhoneNumber>,
    ) -> Result<WaitingCaller, DeskError> {
        self.act(caller, async || {
            caller.may(Action::RunWait, None)?;
            let mut wait = self.load_wait(id).await?;
            let operator = self.operator_of(&wait).await?;
            wait.number = number.cloned().or(wait.number);
            if wait.number.is_none() {
                return Err(Refused::NoNumber.into());
            }
            let step = wait.keep(operator.as_ref(), why, self.wait_rules(), caller.now)?;
            Ok(Self::wait_change(caller, step))
        })
        .await?;
        self.load_wait(id).await
    }
}
