//! The print room prints the letters that wait.

use crate::{Caller, Desk, DeskError};
use domain::{
    change::Change,
    journal::{Happened, ReadWhat},
};
use jiff::Timestamp;
use notices::Sheet;

impl Desk {
    /// One document with the letters that wait since before `until`, each on a sheet of its own; none when there are none. They
    /// go on waiting until they are posted: a batch that jammed is printed again.
    ///
    /// # Errors
    /// As [`Self::letters`]; [`DeskError::Press`].
    pub async fn print_letters(
        &self,
        caller: &Caller,
        until: Timestamp,
    ) -> Result<Option<Vec<u8>>, DeskError> {
        let mut letters = self.letters(caller, until).await?;
        letters.retain(|letter| !letter.outdated);
        let mut change = Change::new(caller.command());
        let mut sheets = Vec::new();
        for letter in &letters {
            let mut facts = super::send_notice::said(&letter.notice, &letter.inquiry)?;
            facts.mark = Some(self.links.notice_mark(letter.notice.id));
            let address = letter.notice.to.reveal().lines().map(str::to_owned).collect();
            let words = self.written(&letter.notice).await?.words;
            sheets.push(Sheet { words, facts, address });
            change.note(Some(letter.inquiry.id), Happened::Read { what: ReadWhat::Letter });
        }
        if sheets.is_empty() {
            return Ok(None);
        }
        let press = self.press.as_ref().ok_or(DeskError::NotFound)?;
        let pages = press.print(&sheets)?;
        self.commit(change).await?;
        Ok(Some(pages))
    }
}
