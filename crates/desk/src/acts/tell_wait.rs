//! A caller is told of their wait.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    ids::WaitId,
    wait::{Standing, Told, WaitingCaller},
};

impl Desk {
    /// Keeps what a caller was told, so that it can be compared with what came true. Without an estimate there is nothing
    /// to keep.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; [`DeskError::Store`].
    pub async fn tell_wait(
        &self,
        caller: &Caller,
        id: WaitId,
        standing: &Standing,
    ) -> Result<WaitingCaller, DeskError> {
        caller.may(Action::RunWait, None)?;
        let Some(band) = standing.band else { return self.load_wait(id).await };
        self.act(caller, async || {
            let wait = self.load_wait(id).await?;
            let told = Told { at: caller.now, ahead: standing.ahead, least: band.least, most: band.most };
            let mut change = Change::new(caller.command());
            change.writes.push(Write::Caller(Box::new(wait.tell(told))));
            Ok(change)
        })
        .await?;
        self.load_wait(id).await
    }
}
