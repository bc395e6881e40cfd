//! Somebody plays a recording, and whether one is still to be kept.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::Change,
    ids::CallRecordId,
    recording::{RecordingDid, Tape},
    retention::RecordClass,
};
use jiff::Timestamp;

impl Desk {
    /// Writes that it is played, before it is: by whom, and what of.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::NotFound`] for one that is not there, or was refused.
    pub async fn hear_recording(
        &self,
        caller: &Caller,
        call: CallRecordId,
        nth: u8,
    ) -> Result<(), DeskError> {
        self.act(caller, async || {
            caller.may(Action::HearRecording, None)?;
            let record = self.store.call_record(call).await?.ok_or(DeskError::NotFound)?;
            if !record.recorded.iter().any(|one| one.nth == nth) {
                return Err(DeskError::NotFound);
            }
            let tape = Tape { call, nth, inquiry: record.inquiry };
            let mut change = Change::new(caller.command());
            change.note(tape.inquiry, tape.happened(RecordingDid::Played));
            Ok(change)
        })
        .await
        .map(drop)
    }

    /// Whether a recording is to be kept: its call has a record that knows of it, and it is not older than the agency's schedule
    /// says, or it is under legal hold.
    ///
    /// # Errors
    /// [`DeskError::Store`].
    pub async fn keeps_recording(
        &self,
        call: CallRecordId,
        nth: u8,
        now: Timestamp,
    ) -> Result<bool, DeskError> {
        let Some(record) = self.store.call_record(call).await? else { return Ok(false) };
        let Some(one) = record.recorded.iter().find(|one| one.nth == nth) else { return Ok(false) };
        let until = self.pack.retention().until(RecordClass::Recordings, now);
        if until.is_none_or(|until| one.from > until) {
            return Ok(true);
        }
        let Some(inquiry) = record.inquiry else { return Ok(false) };
        let Some(inquiry) = self.store.inquiry(inquiry).await? else { return Ok(false) };
        let person = self.store.person(inquiry.person).await?;
        Ok(inquiry.legal_hold.is_some() || person.is_some_and(|person| person.legal_hold.is_some()))
    }
}
