//! A promised call is given to somebody else by whoever runs the desk.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::{Action, can},
    callback::Callback,
    ids::{InquiryId, StaffId},
    inquiry::{Giving, Inquiry, free_stretch},
    refusal::Refusal,
};
use jiff::{SignedDuration, Timestamp};

/// What is late is planned within so long: as soon as the officer is free.
pub(crate) const LATE: SignedDuration = SignedDuration::from_hours(4);

impl Desk {
    /// Gives the promised call to an officer, in whose calendar it takes the next free stretch before it is due, or to
    /// whoever is on duty.
    ///
    /// # Errors
    /// [`Refusal::WindowFull`] when the officer is not free before it is due; [`Refusal::NotOffered`] for who is no officer;
    /// as [`Inquiry::give_callback`].
    pub async fn give_callback(
        &self,
        caller: &Caller,
        id: InquiryId,
        to: Option<StaffId>,
        because: &str,
    ) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::GivePromise)?;
            caller.staff()?;
            let giving = match (to, inquiry.callback()) {
                (Some(officer), Some(callback)) => {
                    let staff = self.store.staff(officer).await?.ok_or(Refusal::NotOffered)?;
                    can(&staff, Action::CallPerson, inquiry).map_err(|_| Refusal::NotOffered)?;
                    self.giving(officer, callback, caller.now).await?
                }
                _ => Giving::Anybody,
            };
            Ok(inquiry.give_callback(giving, because, caller.actor(), caller.now)?)
        })
        .await
    }

    async fn giving(
        &self,
        officer: StaffId,
        callback: &Callback,
        now: Timestamp,
    ) -> Result<Giving, DeskError> {
        if !self.officers().await?.iter().any(|one| one.id == officer) {
            return Err(Refusal::NotOffered.into());
        }
        // A next attempt has a time of its own; before the window nobody is called.
        let again = callback.again_by.map(|_| callback.next_attempt);
        let from = now.max(again.unwrap_or(callback.window.start));
        let due = callback.due();
        let until = if due <= now { now.saturating_add(LATE).unwrap_or(now) } else { due };
        let others = self.not_free(officer, from, until, Some(callback.id.into())).await?;
        let length = self.pack.line().callbacks.call_length();
        let planned = free_stretch(others, from, until, length).ok_or(Refusal::WindowFull)?;
        Ok(Giving::Officer { officer, planned, minutes: length.as_mins() })
    }
}
