//! A promise is near: the person is reminded, if it still stands.

use crate::{Caller, Desk, DeskError};
use domain::{
    change::{Change, Finish},
    ids::{AppointmentId, CallbackId, InquiryId},
    inquiry::Inquiry,
    notice::NoticeKind,
};

impl Desk {
    pub(crate) async fn remind_callback(
        &self,
        caller: &Caller,
        finish: &Finish,
        id: InquiryId,
        callback: CallbackId,
    ) -> Result<(), DeskError> {
        self.remind(caller, finish, id, NoticeKind::CallbackReminder, |inquiry| {
            inquiry
                .callback()
                .is_some_and(|c| c.id == callback && c.attempts.is_empty() && c.window.start > caller.now)
        })
        .await
    }

    pub(crate) async fn remind_appointment(
        &self,
        caller: &Caller,
        finish: &Finish,
        id: InquiryId,
        appointment: AppointmentId,
    ) -> Result<(), DeskError> {
        self.remind(caller, finish, id, NoticeKind::AppointmentReminder, |inquiry| {
            inquiry.appointment().is_some_and(|a| a.id == appointment && a.start > caller.now)
        })
        .await
    }

    async fn remind(
        &self,
        caller: &Caller,
        finish: &Finish,
        id: InquiryId,
        kind: NoticeKind,
        still_true: impl Fn(&Inquiry) -> bool + Sync,
    ) -> Result<(), DeskError> {
        self.act(caller, async || {
            let inquiry = self.load(id).await?;
            let mut change = Change::new(caller.command());
            if still_true(&inquiry) {
                self.announce(&mut change, &inquiry, &[kind])?;
            }
            change.finish = Some(finish.clone());
            Ok(change)
        })
        .await?;
        Ok(())
    }
}
