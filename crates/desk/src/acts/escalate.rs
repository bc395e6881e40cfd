//! An operator passes a matter on to an officer.

use crate::{Caller, Desk, DeskError, Done};
use domain::{
    access::Action,
    callback::Brief,
    change::Change,
    codes::PassCode,
    ids::{CallbackId, InquiryId, StaffId},
    inquiry::{Inquiry, Promise},
    pii::Pii,
    refusal::Refusal,
    wait::{Refused, Status, WaitingCaller},
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
        self.act(caller, async || {
            let inquiry = match caller.seen(id) {
                Some(inquiry) => inquiry,
                None => self.load(id).await?,
            };
            caller.may_with(&inquiry, Action::PromiseCallback)?;
            let (promise, brief) = self.passed_on(caller, &inquiry, ask).await?;
            let by = brief.by;
            let step = inquiry.escalate(callback, promise, brief, caller.actor(), caller.now)?;
            caller.wants(&inquiry)?;
            let done = Done::of(&step.inquiry);
            let mut change = self.change_of(caller, step)?;
            self.goes_to_officer(&mut change, by, id).await?;
            change.answer = serde_json::json!({ "done": done });
            Ok(change)
        })
        .await?;
        self.load(id).await
    }

    /// Whoever the operator talks with, or has just talked with, is one who was passed on to an officer, unless they call about another
    /// matter.
    async fn goes_to_officer(
        &self,
        change: &mut Change,
        by: StaffId,
        inquiry: InquiryId,
    ) -> Result<(), DeskError> {
        let Some(operator) = self.store.operator(by).await? else { return Ok(()) };
        let (Status::Talking { caller, .. } | Status::WrapUp { caller, .. }) = operator.status else {
            return Ok(());
        };
        let wait = self.store.wait(caller).await?;
        let about_it = |wait: &WaitingCaller| wait.inquiry.is_none_or(|about| about == inquiry);
        if let Some(step) = wait.filter(about_it).and_then(|wait| wait.goes_to_officer(&operator)) {
            change.wait(step);
        }
        Ok(())
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
