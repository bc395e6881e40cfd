//! A records officer puts a record under legal hold, or lifts that.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    erasure::{LegalHold, reason},
    ids::InquiryId,
    journal::Happened,
};

impl Desk {
    /// From now on nothing of the inquiry is erased, whatever its age and whoever asks; `whole`: nor of anything about its
    /// person, what they ask later included.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::NotFound`]; [`DeskError::Records`] without a reason, or when it is held already.
    pub async fn hold_records(
        &self,
        caller: &Caller,
        of: InquiryId,
        whole: bool,
        why: &str,
    ) -> Result<(), DeskError> {
        let hold = LegalHold { by: caller.actor(), at: caller.now, reason: reason(why)? };
        self.turn_hold(caller, of, whole, Some(hold)).await
    }

    /// It may be erased again when its time has come.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::NotFound`]; [`DeskError::Records`] when it is not held.
    pub async fn lift_hold(&self, caller: &Caller, of: InquiryId, whole: bool) -> Result<(), DeskError> {
        self.turn_hold(caller, of, whole, None).await
    }

    async fn turn_hold(
        &self,
        caller: &Caller,
        of: InquiryId,
        whole: bool,
        hold: Option<LegalHold>,
    ) -> Result<(), DeskError> {
        caller.may(Action::KeepRecords, None)?;
        self.act(caller, async || {
            let inquiry = self.load(of).await?;
            caller.may(Action::KeepRecords, &inquiry)?;
            let mut change = Change::new(caller.command());
            let happened = if hold.is_some() {
                Happened::LegalHoldSet { whole }
            } else {
                Happened::LegalHoldLifted { whole }
            };
            if whole {
                let person = self.store.person(inquiry.person).await?.ok_or(DeskError::NotFound)?;
                let after = hold.clone().map_or_else(|| person.lift(), |hold| person.hold(hold))?;
                change.writes.push(Write::Person(Box::new(after)));
                for one in self.store.inquiries_of(person.id).await? {
                    change.note(Some(one.id), happened.clone());
                }
            } else {
                let after = hold.clone().map_or_else(|| inquiry.lift(), |hold| inquiry.hold(hold))?;
                change.writes.push(Write::Inquiry(Box::new(after)));
                change.note(Some(inquiry.id), happened);
            }
            Ok(change)
        })
        .await?;
        Ok(())
    }
}
