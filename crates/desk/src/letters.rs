//! Letters that wait for the print room.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    inquiry::Inquiry,
    notice::{Carrier, Notice},
};
use jiff::Timestamp;
use notices::{Instead, News, NoticeFacts};

/// The most letters of one batch: what one person folds in an hour.
pub const BATCH: usize = 100;
/// How many are read at once.
const READ: u32 = 200;

/// A letter that waits.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The letter.
    pub notice: Notice,
    /// Whose.
    pub inquiry: Inquiry,
    /// Is what it says no longer so? Then it is not printed.
    pub outdated: bool,
}

impl Desk {
    /// The letters that wait since before `until` (inclusive) and are the caller's to print, the oldest first, at most [`BATCH`].
    ///
    /// # Errors
    /// [`DeskError::Denied`] for whoever prints none.
    pub async fn letters(&self, caller: &Caller, until: Timestamp) -> Result<Vec<Letter>, DeskError> {
        caller.may(Action::PrintLetters, None)?;
        let (mut letters, mut after) = (Vec::new(), None);
        while letters.len() < BATCH {
            let page = self.store.to_print(after, until, READ).await?;
            let Some(last) = page.last() else { break };
            after = Some((last.queued_at, last.id));
            for notice in page {
                let inquiry = self.load(notice.inquiry).await?;
                let own = caller.may(Action::PrintLetters, Some(inquiry.office_now())).is_ok();
                if own && letters.len() < BATCH {
                    let outdated = !stands(&notice, &inquiry) || !inquiry.guard.is_safe(notice.by);
                    letters.push(Letter { notice, inquiry, outdated });
                }
            }
        }
        Ok(letters)
    }
}

/// Does the promise that a letter tells of still stand? A letter comes days later, when it may have moved.
pub(crate) fn stands(notice: &Notice, inquiry: &Inquiry) -> bool {
    if notice.by != Carrier::Post {
        return true;
    }
    let Ok(facts) = serde_json::from_value::<NoticeFacts>(notice.facts.reveal().clone()) else { return true };
    match facts.news {
        News::CallbackPromised { window, .. } | News::CallbackMoved { window, .. } => {
            inquiry.callback().is_some_and(|callback| callback.window.start == window.from)
        }
        News::AppointmentBooked { appointment }
        | News::AppointmentMoved { appointment, .. }
        | News::DayClosed { instead: Instead::Place { appointment, .. }, .. }
        | News::DayReopened { appointment } => {
            inquiry.appointment().is_some_and(|now| now.start == appointment.starts)
        }
        News::DayClosed { instead: Instead::Call { window, .. }, .. } => {
            inquiry.callback().is_some_and(|callback| callback.window.start == window.from)
        }
        _ => true,
    }
}
