//! Another person approves a handover: every call that can goes where it is to go, in one commit, and who is affected is told.

use crate::{Caller, Desk, DeskError, handovers::Becomes};
use domain::{
    access::Action,
    change::{Change, Write},
    handover::{Came, Handover},
    ids::HandoverId,
};

impl Desk {
    /// Approves a handover, and does it: all of it or nothing. What cannot be done any more stays as it is, with the reason. `seen`
    /// is the record's version that whoever approves it had before them.
    ///
    /// # Errors
    /// [`DeskError::Handover`] with why not; [`DeskError::Contended`] when it is another version; [`DeskError::NotFound`];
    /// [`DeskError::Denied`].
    pub async fn approve_handover(
        &self,
        caller: &Caller,
        id: HandoverId,
        seen: u64,
    ) -> Result<Handover, DeskError> {
        let done = self
            .act(caller, async || {
                caller.may(Action::GivePromise, None)?;
                let handover = self.load_handover(id).await?;
                // Whoever may not is told so before anything is looked at.
                handover.may_approve(&caller.actor(), caller.now)?;
                if handover.version != seen {
                    return Err(DeskError::Contended);
                }
                self.handed_to(handover.target).await?;
                let mut change = Change::new(caller.command());
                let mut came = Vec::new();
                let because = handover.because.reveal();
                for row in self.handover_rows(caller, &handover).await? {
                    let (becomes, inquiry) = match (row.becomes, row.inquiry) {
                        (Ok(becomes), Some(inquiry)) => (becomes, inquiry),
                        (Err(why), _) => {
                            came.push(Came::Stayed { why });
                            continue;
                        }
                        (Ok(_), None) => return Err(DeskError::NotFound),
                    };
                    let step = match becomes {
                        Becomes::Given(giving) => {
                            inquiry.give_callback(giving, because, caller.actor(), caller.now)?
                        }
                        Becomes::Promised(promise) => inquiry.promise_elsewhere(*promise, caller.now)?,
                    };
                    let after = step.inquiry.clone();
                    let announce = change.step(step);
                    self.announce(&mut change, &after, &announce)?;
                    came.push(Came::Moved);
                }
                let (next, happened) = handover.done(&came, caller.actor(), caller.now)?;
                change.note(None, happened);
                change.writes.push(Write::Handover(Box::new(next)));
                change.answer = serde_json::json!({ "handover": id });
                Ok(change)
            })
            .await?;
        self.answered_handover(&done).await
    }
}
