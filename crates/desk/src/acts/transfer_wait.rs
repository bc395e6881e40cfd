//! An operator passes a caller on.

use crate::{Caller, Desk, DeskError};
use domain::{
    change::Change,
    codes::{PassCode, QueueCode, ReasonCode},
    ids::WaitId,
    text::Lang,
    wait::{PassTo, Refused, WaitStep, WaitingCaller},
};

impl Desk {
    /// Passes the caller on, to the line or to a colleague whose telephone then rings, at the place of when they first asked. Or to a
    /// line outside, which whoever holds the call then calls; what came of it is told by [`Desk::end_outside`].
    ///
    /// # Errors
    /// As [`WaitingCaller::transfer`] and [`WaitingCaller::hand_to`]; [`Refused::NoSuchWord`] for a language or a reason that
    /// the pack does not have; [`Refused::NotFree`] for a colleague who was never on duty.
    pub async fn transfer_wait(
        &self,
        caller: &Caller,
        id: WaitId,
        to: &PassTo,
        why: Option<&PassCode>,
    ) -> Result<WaitingCaller, DeskError> {
        self.act(caller, async || {
            let wait = self.load_wait(id).await?;
            let Some(operator) = self.operator_of(&wait).await? else {
                return Err(Refused::Caller { state: wait.state.as_str().to_owned() }.into());
            };
            Self::may_act_for(caller, operator.id)?;
            let (rules, now) = (self.wait_rules(), caller.now);
            let steps: Vec<WaitStep> = match to {
                PassTo::Line { queue, lang, reason } => {
                    let to = self.line_to(queue, lang.as_ref(), reason.as_ref())?;
                    vec![wait.transfer(&operator, to, why, rules, now)?]
                }
                PassTo::Outside(to) => vec![wait.send_out(&operator, to, why, rules, now)?],
                PassTo::Operator(to) => {
                    let to = self.store.operator(*to).await?.ok_or(Refused::NotFree)?;
                    wait.hand_to(&operator, &to, why, rules, now)?.into()
                }
            };
            let mut change = Change::new(caller.command());
            for step in steps {
                change.wait(step);
            }
            change.answer = serde_json::json!({ "wait": id });
            Ok(change)
        })
        .await?;
        self.load_wait(id).await
    }

    /// The line as the pack knows it: somebody who is passed on to what nobody serves would wait for ever.
    fn line_to(
        &self,
        queue: &QueueCode,
        lang: Option<&Lang>,
        reason: Option<&ReasonCode>,
    ) -> Result<(QueueCode, Option<Lang>, Option<ReasonCode>), Refused> {
        let known = lang.is_none_or(|lang| self.pack.languages().contains(lang))
            && reason.is_none_or(|reason| self.pack.open_reason(reason).is_some());
        if !known {
            return Err(Refused::NoSuchWord);
        }
        Ok((queue.clone(), lang.cloned(), reason.cloned()))
    }
}
