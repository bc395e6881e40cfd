//! The person asks for a review of what was decided.

use crate::{Caller, Desk, DeskError};
use domain::{
    ids::InquiryId,
    inquiry::{Inquiry, Stage},
    refusal::Refusal,
};
use jiff::Timestamp;

impl Desk {
    /// Asks for a review, with why. What was closed by the decision is open again, for somebody else to decide on.
    ///
    /// # Errors
    /// [`Refusal::NothingToReview`] where the agency offers none; [`Refusal::AlreadyLive`] when the person has begun anew for the same
    /// reason; as [`Inquiry::ask_review`]; [`DeskError::NotFound`] for anybody but the person.
    pub async fn ask_review(&self, caller: &Caller, id: InquiryId, why: &str) -> Result<Inquiry, DeskError> {
        Self::own(caller, id)?;
        self.act_on(caller, id, async |inquiry| {
            let rules = self.pack.line().review.asked.ok_or(Refusal::NothingToReview)?;
            let step = inquiry.ask_review(why, rules.within_days, self.review_by(caller.now), caller.now)?;
            if matches!(inquiry.stage, Stage::Closed { .. })
                && let Some(live) = self.store.live_inquiry(inquiry.person, &inquiry.reason).await?
            {
                return Err(Refusal::AlreadyLive { inquiry: live.id, number: live.number }.into());
            }
            Ok(step)
        })
        .await
    }

    /// Until when the person may ask for a review of how it stands; none where they may not, or not any more.
    pub fn may_ask_review(&self, inquiry: &Inquiry, now: Timestamp) -> Option<Timestamp> {
        let rules = self.pack.line().review.asked?;
        let until = Inquiry::review_until(inquiry.reviewable().ok()?, rules.within_days);
        (now < until && inquiry.erased.is_none()).then_some(until)
    }

    /// By when a review asked for now is decided.
    pub fn review_by(&self, now: Timestamp) -> Timestamp {
        let line = self.pack.line();
        let asked = line.review.asked.and_then(|rules| line.end_of_business_day(rules.business_days, now));
        // A line that never opens again still owes an answer, as for what comes in.
        asked.unwrap_or_else(|| self.look_by(domain::urgency::Urgency::Regular, now))
    }
}
