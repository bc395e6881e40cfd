//! "Was it you?" What went out under a code.

use crate::{Desk, DeskError};
use domain::mark::{Mark, MarkCode};

impl Desk {
    /// What of ours went out under this code, if anything did. It says by which way and when, and nothing of anybody: whoever
    /// asks is nobody known.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn went_out_under(&self, code: MarkCode) -> Result<Option<Mark>, DeskError> {
        Ok(self.store.mark(code).await?)
    }
}
