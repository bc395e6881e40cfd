//! Will the person come? They say so; or are asked, by the agency's rules, and may lose the time when they do not answer.

use crate::{Caller, Desk, DeskError};
use domain::{
    change::{Change, Finish, JobKind, NewJob, Write},
    delegate::DelegateAct,
    ids::{AppointmentId, InquiryId},
    inquiry::{Inquiry, Reconfirm, Stage},
    notice::{Delivery, NoticeKind},
    refusal::Refusal,
};
use jiff::Timestamp;

impl Desk {
    /// The person says that they will come.
    ///
    /// # Errors
    /// As [`Inquiry::confirm_visit`].
    pub async fn confirm_visit(&self, caller: &Caller, id: InquiryId) -> Result<Inquiry, DeskError> {
        Self::party(caller, id)?;
        self.act_on(caller, id, async |inquiry| {
            Self::own_or(caller, inquiry, DelegateAct::Confirm)?;
            Ok(inquiry.confirm_visit(caller.now)?)
        })
        .await
    }

    /// Asks the person whether they come; and once they have been asked and the time to answer is over, does what the agency's
    /// rules say.
    pub(crate) async fn ask_or_release(
        &self,
        caller: &Caller,
        finish: &Finish,
        id: InquiryId,
        appointment: AppointmentId,
    ) -> Result<(), DeskError> {
        self.act(caller, async || {
            let inquiry = self.load(id).await?;
            let mut change = match self.pack.line().visits.reconfirm {
                Some(rules) => self.ask_or_release_now(caller, &inquiry, appointment, rules).await?,
                // The rules have been changed since.
                None => Change::new(caller.command()),
            };
            change.finish = Some(finish.clone());
            Ok(change)
        })
        .await?;
        Ok(())
    }

    async fn ask_or_release_now(
        &self,
        caller: &Caller,
        inquiry: &Inquiry,
        appointment: AppointmentId,
        rules: Reconfirm,
    ) -> Result<Change, DeskError> {
        let (now, nothing) = (caller.now, || Change::new(caller.command()));
        let Stage::Booked(visit) = &inquiry.stage else { return Ok(nothing()) };
        if visit.id != appointment || visit.confirmed.is_some() || visit.start <= now {
            return Ok(nothing());
        }
        let Some(asked) = visit.asked else {
            let change = self.change_of(caller, inquiry.ask_to_confirm(appointment, rules, now)?)?;
            // Whoever cannot be told is not asked, and so loses nothing.
            let told = change.writes.iter().any(|write| matches!(write, Write::Notice(_)));
            return Ok(if told { change } else { nothing() });
        };
        if self.was_told(inquiry.id, asked).await? {
            let look_by = self.look_by(inquiry.urgency, now);
            match inquiry.release_unconfirmed(appointment, rules, look_by, now) {
                Ok(step) => return self.change_of(caller, step),
                // The rules give more time than they did when it was asked.
                Err(Refusal::TooSoon { earliest }) => {
                    let mut change = nothing();
                    let kind = JobKind::ConfirmVisit { inquiry: inquiry.id, appointment };
                    change.jobs.push(NewJob::new(kind, earliest));
                    return Ok(change);
                }
                Err(Refusal::NotOffered) => {}
                Err(refused) => return Err(refused.into()),
            }
        }
        let mut change = nothing();
        self.announce(&mut change, inquiry, &[NoticeKind::AppointmentReminder])?;
        Ok(change)
    }

    /// Has the question left the house? What waits for the morning, or could not be sent, has asked nobody.
    async fn was_told(&self, id: InquiryId, asked: Timestamp) -> Result<bool, DeskError> {
        let notices = self.store.notices(id).await?;
        Ok(notices.iter().any(|notice| {
            notice.kind == NoticeKind::AppointmentConfirm
                && notice.queued_at >= asked
                && matches!(notice.delivery, Delivery::Sent { .. })
        }))
    }
}
