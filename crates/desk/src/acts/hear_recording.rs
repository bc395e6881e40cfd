//! Somebody plays a recording, and whether one is still to be kept.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::Change,
    ids::CallRecordId,
    recording::{RecordingDid, Tape},
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

    /// Whether a recording is to be kept.
    ///
    /// # Errors
    /// [`DeskError::Store`].
    pub async fn keeps_recording(
        &self,
        call: CallRecordId,
        nth: u8,
        now: Timestamp,
    ) -> Result<bool, DeskError> {
        let kept = crate::keeps_recording(self.store.as_ref(), self.pack.retention(), call, nth, now);
        Ok(kept.await?)
    }
}
