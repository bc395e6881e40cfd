//! Somebody decides how soon a matter must be dealt with.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action, decision::DecisionKind, ids::InquiryId, inquiry::Inquiry, text::Text, urgency::Urgency,
};

/// What is decided.
#[derive(Debug, Clone)]
pub struct DecideUrgency {
    /// How soon.
    pub urgency: Urgency,
    /// Why it differs from the recommendation.
    pub because: Option<String>,
    /// What the person reads, instead of the rule's own sentence.
    pub sentence: Option<Text>,
}

impl Desk {
    /// Decides how soon.
    ///
    /// # Errors
    /// As [`Inquiry::decide_urgency`].
    pub async fn decide_urgency(
        &self,
        caller: &Caller,
        id: InquiryId,
        ask: &DecideUrgency,
    ) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may(Action::DecideUrgency, inquiry)?;
            let advice = self.advise(inquiry, DecisionKind::Urgency, caller.now).await?;
            let deciding = advice.deciding(ask.because.clone(), ask.sentence.clone());
            let due = self.look_by(ask.urgency, inquiry.opened).max(caller.now);
            Ok(inquiry.decide_urgency(
                ask.urgency,
                deciding,
                caller.actor(),
                due,
                caller.now,
                &self.dice.chance(),
            )?)
        })
        .await
    }
}
