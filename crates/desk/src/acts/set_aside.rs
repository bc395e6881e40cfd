//! Somebody with a ticket is set aside: parked, not there, or handed to another counter.

use crate::{Caller, Desk, DeskError};
use domain::{access::Action, ids::InquiryId, inquiry::Inquiry};

/// Why somebody is set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetAside {
    /// They do something else first.
    Parked,
    /// They were called and did not come.
    NotHere,
    /// Another counter has to do with them.
    HandTo(String),
}

impl Desk {
    /// Sets somebody aside. Their turn stays as it is.
    ///
    /// # Errors
    /// As [`Inquiry::park`], [`Inquiry::not_at_counter`] and [`Inquiry::hand_to`].
    pub async fn set_aside(
        &self,
        caller: &Caller,
        id: InquiryId,
        why: &SetAside,
    ) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may(Action::RunDay, inquiry)?;
            Ok(match why {
                SetAside::Parked => inquiry.park(caller.now)?,
                SetAside::NotHere => inquiry.not_at_counter(caller.now)?,
                SetAside::HandTo(counter) => {
                    let counter: String = counter.trim().chars().take(20).collect();
                    inquiry.hand_to(&counter, caller.now)?
                }
            })
        })
        .await
    }
}
