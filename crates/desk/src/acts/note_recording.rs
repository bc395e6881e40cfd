//! Something happens to the recording of a call: it is written before the sound is.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::Change,
    recording::{RecordingDid, Tape},
};

impl Desk {
    /// Writes it. A recording begins only after this has said that it stands.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::Store`].
    pub async fn note_recording(
        &self,
        caller: &Caller,
        tape: &Tape,
        did: RecordingDid,
    ) -> Result<(), DeskError> {
        self.act(caller, async || {
            caller.may(Action::UseTelephone, None)?;
            let mut change = Change::new(caller.command());
            change.note(tape.inquiry, tape.happened(did));
            Ok(change)
        })
        .await
        .map(drop)
    }
}
