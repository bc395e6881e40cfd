//! A supervisor says something to every caller, or opens or closes the line by hand.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    ids::LineNoticeId,
    line_notice::{LineNotice, NewLineNotice},
};

impl Desk {
    /// Says it, in every language of the agency, from then until then.
    ///
    /// # Errors
    /// [`DeskError::LineNotice`] with why not; [`DeskError::Denied`].
    pub async fn announce_line(&self, caller: &Caller, new: &NewLineNotice) -> Result<LineNotice, DeskError> {
        let id = LineNoticeId::new(caller.now, &self.dice.chance());
        let done = self
            .act(caller, async || {
                caller.may(Action::RunWait, None)?;
                let langs = self.pack.languages();
                let (notice, happened) = LineNotice::say(id, new.clone(), langs, caller.actor(), caller.now)?;
                let mut change = Change::new(caller.command());
                change.writes.push(Write::LineNotice(Box::new(notice)));
                change.note(None, happened);
                change.answer = serde_json::json!({ "notice": id });
                Ok(change)
            })
            .await?;
        self.notices.forget();
        let id = done.answer["notice"].as_str().and_then(|id| id.parse().ok()).ok_or(DeskError::NotFound)?;
        self.load_line_notice(id, caller.now).await
    }
}
