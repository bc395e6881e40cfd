//! A member of staff takes down what somebody asks who has no inquiry yet: on the telephone, at a desk, from a letter.

use crate::{
    Advice, Caller, Desk, DeskError, WindowOffer,
    acts::{DecideUrgency, Escalate, RequestMeeting},
};
use domain::{
    access::{Action, sees},
    change::{Change, Step},
    decision::DecisionKind,
    ids::{CallbackId, InquiryId, StaffId, WaitId},
    inquiry::{Inquiry, Stage},
    refusal::Refusal,
    urgency::Urgency,
};

/// What is taken down, and how it goes on.
#[derive(Debug, Clone)]
pub struct TakeDown {
    /// What they ask, as they said it.
    pub ask: RequestMeeting,
    /// How soon, where whoever takes it down departs from the policy.
    pub urgency: Option<DecideUrgency>,
    /// The call that an officer makes. Without it an officer looks at the request first, as at any other.
    pub promise: Option<Escalate>,
    /// The wait of the call in which it was said.
    pub wait: Option<WaitId>,
}

/// What a request would become if it were taken down now. Nothing of it is kept.
#[derive(Debug, Clone)]
pub struct Foreseen {
    /// The inquiry, with the urgency that was asked for or is recommended.
    pub inquiry: Inquiry,
    /// What the policy recommends, and why.
    pub advice: Advice,
    /// The windows in which officers can keep a call.
    pub windows: Vec<WindowOffer>,
}

impl Desk {
    /// Looks what a request would become: its office, what the policy says of it, when an officer can call.
    ///
    /// # Errors
    /// [`Refusal::AlreadyLive`] where the person has a live inquiry for this reason. Whoever may see that one has read it by this; to
    /// anybody else it stays what it is on the public form: a fresh link has gone to the person. Otherwise as [`Self::take_down`].
    pub async fn look_ahead(
        &self,
        caller: &Caller,
        ask: &RequestMeeting,
        urgency: Option<Urgency>,
        windows: usize,
    ) -> Result<Foreseen, DeskError> {
        caller.may(Action::TakeDown, None)?;
        let id = InquiryId::new(caller.now, &self.dice.chance());
        let received = self.receive(caller, id, ask, &mut Change::new(caller.command())).await;
        let mut inquiry = match received {
            Ok(step) => step.inquiry,
            Err(error) => return Err(self.asked_already(caller, error).await?),
        };
        let advice = self.advise(&inquiry, DecisionKind::Urgency, caller.now).await?;
        inquiry.urgency = urgency.unwrap_or(inquiry.urgency);
        if let Stage::Review { due, .. } = &mut inquiry.stage {
            *due = self.look_by(inquiry.urgency, caller.now);
        }
        let windows = self.windows(&inquiry, caller.now, windows).await?;
        Ok(Foreseen { inquiry, advice, windows })
    }

    /// Takes it down: the inquiry begins as one that came in by the web does, and the person is told the same. The call in which it was
    /// said is from now on about it.
    ///
    /// # Errors
    /// As [`Self::request_meeting`], [`Self::decide_urgency`] and [`Self::escalate`]; [`DeskError::Denied`].
    pub async fn take_down(&self, caller: &Caller, take: &TakeDown) -> Result<Inquiry, DeskError> {
        let by = caller.staff()?.id;
        caller.may(Action::TakeDown, None)?;
        let id = InquiryId::new(caller.now, &self.dice.chance());
        let callback = CallbackId::new(caller.now, &self.dice.chance());
        let done = self
            .act(caller, async || {
                let mut change = Change::new(caller.command());
                let mut step = self.receive(caller, id, &take.ask, &mut change).await?;
                if let Some(urgency) = &take.urgency {
                    step = self.at_once_urgent(caller, step, urgency).await?;
                }
                if let Some(promise) = &take.promise {
                    caller.may(Action::PromiseCallback, None)?;
                    let (promised, brief) = self.passed_on(caller, &step.inquiry, promise).await?;
                    step =
                        step.then(|it| it.escalate(callback, promised, brief, caller.actor(), caller.now))?;
                }
                let after = step.inquiry.clone();
                let kinds = change.step(step);
                self.announce(&mut change, &after, &kinds)?;
                if let Some(wait) = take.wait {
                    self.know_caller(&mut change, by, wait, &after, take.promise.is_some()).await?;
                }
                change.answer =
                    serde_json::json!({ "inquiry": id.to_string(), "done": crate::Done::of(&after) });
                Ok(change)
            })
            .await;
        let done = match done {
            Ok(done) => done,
            Err(error) => return Err(self.asked_already(caller, error).await?),
        };
        let id = done.answer["inquiry"].as_str().and_then(|s| s.parse().ok()).ok_or(DeskError::NotFound)?;
        self.load(id).await
    }

    /// How soon, decided by whoever takes it down instead of by the policy alone. Whoever agrees with the policy decides nothing anew.
    async fn at_once_urgent(
        &self,
        caller: &Caller,
        step: Step,
        ask: &DecideUrgency,
    ) -> Result<Step, DeskError> {
        caller.may(Action::DecideUrgency, None)?;
        if ask.urgency == step.inquiry.urgency {
            return Ok(step);
        }
        let advice = self.advise(&step.inquiry, DecisionKind::Urgency, caller.now).await?;
        let deciding = advice.deciding(ask.because.clone(), ask.sentence.clone());
        let due = self.look_by(ask.urgency, caller.now);
        let chance = self.dice.chance();
        Ok(step
            .then(|it| it.decide_urgency(ask.urgency, deciding, caller.actor(), due, caller.now, &chance))?)
    }

    /// The caller's wait is about the inquiry, if it is the call of whoever takes it down. A call that has moved on meanwhile keeps
    /// nobody from being taken down.
    async fn know_caller(
        &self,
        change: &mut Change,
        by: StaffId,
        wait: WaitId,
        inquiry: &Inquiry,
        escalated: bool,
    ) -> Result<(), DeskError> {
        let (wait, operator) = (self.store.wait(wait).await?, self.store.operator(by).await?);
        let (Some(wait), Some(operator)) = (wait, operator) else { return Ok(()) };
        if let Ok(mut step) = wait.taken_down(&operator, inquiry.person, inquiry.id) {
            if let Some(caller) = &mut step.caller {
                caller.about = std::mem::take(&mut caller.about).or(inquiry);
                caller.escalated |= escalated;
            }
            change.wait(step);
        }
        Ok(())
    }

    /// What it means that the person has asked already. What is kept from whoever takes it down stays so: they are told no more than
    /// anybody who types the same on the public form, and the person gets the same link.
    async fn asked_already(&self, caller: &Caller, error: DeskError) -> Result<DeskError, DeskError> {
        let DeskError::Refused(Refusal::AlreadyLive { inquiry, number }) = error else { return Ok(error) };
        let live = self.load(inquiry).await?;
        if sees(caller.staff()?, &live) {
            self.open_inquiry(caller, inquiry).await?;
        } else {
            self.send_link(caller, &live).await?;
        }
        Ok(Refusal::AlreadyLive { inquiry, number }.into())
    }
}
