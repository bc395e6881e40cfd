//! An officer decides what a matter needs.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    codes::ItemCode,
    decision::{DecisionKind, Need},
    ids::InquiryId,
    inquiry::Inquiry,
    text::Text,
};

/// What is decided.
#[derive(Debug, Clone)]
pub struct DecideNeed {
    /// What the matter needs.
    pub need: Need,
    /// Which papers are missing, when it needs papers.
    pub missing: Vec<ItemCode>,
    /// Why it differs from the recommendation.
    pub because: Option<String>,
    /// What the person reads, instead of the rule's own sentence.
    pub sentence: Option<Text>,
}

impl Desk {
    /// Decides what a matter needs.
    ///
    /// # Errors
    /// As [`Inquiry::decide_need`].
    pub async fn decide_need(
        &self,
        caller: &Caller,
        id: InquiryId,
        ask: &DecideNeed,
    ) -> Result<Inquiry, DeskError> {
        self.act_on(caller, id, async |inquiry| {
            caller.may(Action::DecideNeed, inquiry)?;
            let advice = self.advise(inquiry, DecisionKind::Need, caller.now).await?;
            let deciding = advice.deciding(ask.because.clone(), ask.sentence.clone());
            Ok(inquiry.decide_need(
                ask.need,
                ask.missing.clone(),
                deciding,
                caller.actor(),
                self.look_by(inquiry.urgency, caller.now),
                caller.now,
                &self.dice.chance(),
            )?)
        })
        .await
    }
}
