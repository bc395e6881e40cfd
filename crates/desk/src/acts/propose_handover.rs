//! Somebody proposes that many promised calls go to somebody else, or to other windows. Nothing happens to anybody yet.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    handover::{HandedCall, Handover, MOST_CALLS, NewHandover},
    ids::HandoverId,
    inquiry::{Inquiry, Stage},
};
use store::{HeldBy, List, Page};

impl Desk {
    /// Proposes a handover of the calls that are to be made in a stretch of time. Calls that are kept from whoever proposes it are
    /// not in it.
    ///
    /// # Errors
    /// [`DeskError::Handover`] with why not; [`DeskError::Denied`].
    pub async fn propose_handover(&self, caller: &Caller, ask: &NewHandover) -> Result<Handover, DeskError> {
        let id = HandoverId::new(caller.now, &self.dice.chance());
        let done = self
            .act(caller, async || {
                caller.may(Action::GivePromise, None)?;
                ask.check(caller.now)?;
                self.handed_to(ask.target).await?;
                let owner = ask.whose.owner();
                let list = List::Calendar {
                    held: owner.map(HeldBy::One),
                    pool: owner.is_none(),
                    from: ask.from,
                    to: ask.until,
                };
                let most = u32::try_from(MOST_CALLS + 1).unwrap_or(u32::MAX);
                let found = self.store.list(&list, Page::first(most)).await?.rows;
                let calls = found.iter().filter_map(|inquiry| handed(caller, inquiry)).collect();
                let (proposal, happened) =
                    Handover::propose(id, ask.clone(), calls, caller.actor(), caller.now)?;
                let mut change = Change::new(caller.command());
                change.note(None, happened);
                change.writes.push(Write::Handover(Box::new(proposal)));
                change.answer = serde_json::json!({ "handover": id });
                Ok(change)
            })
            .await?;
        self.answered_handover(&done).await
    }

    /// The handover that a command answered with.
    pub(crate) async fn answered_handover(&self, done: &store::Committed) -> Result<Handover, DeskError> {
        let id = done.answer["handover"].as_str().and_then(|id| id.parse().ok());
        self.load_handover(id.ok_or(DeskError::NotFound)?).await
    }
}

/// A call that whoever proposes it may give away; nobody takes one out of the hand of whoever dials.
fn handed(caller: &Caller, inquiry: &Inquiry) -> Option<HandedCall> {
    let Stage::Promised(callback) = &inquiry.stage else { return None };
    caller.may_with(inquiry, Action::GivePromise).ok()?;
    Some(HandedCall { inquiry: inquiry.id, number: inquiry.number, callback: callback.id, came: None })
}
