//! An operator passes a matter on to an officer.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    callback::Brief,
    codes::PassCode,
    ids::{CallbackId, InquiryId},
    inquiry::{Inquiry, Promise},
    pii::Pii,
    refusal::Refusal,
    wait::Refused,
};
use jiff::Timestamp;

/// What the officer is told, and when they call.
#[derive(Debug, Clone)]
pub struct Escalate {
    /// The window that begins then.
    pub start: Timestamp,
    /// The agency's word for why.
    pub why: Option<PassCode>,
    /// What was said.
    pub summary: Pii<String>,
}

impl Desk {
    /// Promises the call of an officer, who reads why and what was said.
    ///
    /// # Errors
    /// As [`Desk::promise_callback`]; [`Refusal::ReasonNeeded`] without a summary; [`Refused::NoSuchWord`].
    pub async fn escalate(
        &self,
        caller: &Caller,
        id: InquiryId,
        ask: &Escalate,
    ) -> Result<Inquiry, DeskError> {
        let callback = CallbackId::new(caller.now, &self.dice.chance());
        self.act_on(caller, id, async |inquiry| {
            caller.may_with(inquiry, Action::PromiseCallback)?;
            let (promise, brief) = self.passed_on(caller, inquiry, ask).await?;
            Ok(inquiry.escalate(callback, promise, brief, caller.actor(), caller.now)?)
        })
        .await
    }

    /// The call that is promised, and what the officer reads before it.
    pub(crate) async fn passed_on(
        &self,
        caller: &Caller,
        inquiry: &Inquiry,
        ask: &Escalate,
    ) -> Result<(Promise, Brief), DeskError> {
        let by = caller.staff()?.id;
        if ask.summary.reveal().trim().is_empty() {
            return Err(Refusal::ReasonNeeded.into());
        }
        if ask.why.as_ref().is_some_and(|why| !self.wait_rules().knows_escalation(why)) {
            return Err(Refused::NoSuchWord.into());
        }
        let promise = self.promise_in(inquiry, ask.start, None, caller.now).await?;
        let (why, summary) = (ask.why.clone(), ask.summary.clone());
        Ok((promise, Brief { by, at: caller.now, why, summary }))
    }
}
