//! A place is held while it is being talked about.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Holder, JobKind, NewJob},
    codes::OfficeCode,
    ids::{AppointmentId, InquiryId},
    inquiry::{Stage, claims},
    journal::Happened,
    refusal::Refusal,
    slots::Pool,
};
use jiff::Timestamp;

impl Desk {
    /// Holds a place for an inquiry that needs a visit, for as long as the pack says. Booking with the answer makes it
    /// firm; otherwise it runs out by itself.
    ///
    /// # Errors
    /// [`Refusal::WrongStage`], and whatever says that the place cannot be had.
    pub async fn hold_place(
        &self,
        caller: &Caller,
        id: InquiryId,
        office: &OfficeCode,
        start: Timestamp,
        pool: Pool,
    ) -> Result<AppointmentId, DeskError> {
        let appointment = AppointmentId::new(caller.now, &self.dice.chance());
        let done = self
            .act(caller, async || {
                let inquiry = self.load(id).await?;
                caller.may(Action::Book, (&inquiry, office))?;
                caller.wants(&inquiry)?;
                if !matches!(inquiry.stage, Stage::ToBook { .. }) {
                    return Err(Refusal::WrongStage { stage: inquiry.stage.as_str().to_owned() }.into());
                }
                let opening = self.place_at(&inquiry, office, start, pool, caller.now).await?;
                let until = caller.now + self.pack.line().visits.hold();
                let holder: Holder = appointment.into();
                let mut change = Change::new(caller.command());
                change.claims.extend(claims(&opening, holder, Some(until)));
                change.jobs.push(NewJob::new(JobKind::HoldWatch { holder }, until));
                change.note(Some(id), Happened::Held { start, until });
                change.answer = serde_json::json!({ "appointment": appointment.to_string(), "until": until });
                Ok(change)
            })
            .await?;
        done.answer["appointment"].as_str().and_then(|s| s.parse().ok()).ok_or(DeskError::NotFound)
    }
}
