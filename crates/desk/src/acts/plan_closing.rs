//! A closing is planned: whom it concerns, and what is held for each. Nothing happens to anybody yet.

use crate::{
    Caller, Desk, DeskError,
    closings::{MOST, affected, booked_in},
};
use domain::{
    access::Action,
    change::{Change, Write},
    closing::{Closing, NewClosing},
    codes::OfficeCode,
    ids::ClosingId,
    refusal::Refusal,
    slots::Shut,
    text::Text,
};
use jiff::{SignedDuration, Timestamp};

/// What a plan holds is held a little longer than the plan is good for: carried out in its last minute, it is not overtaken.
const MARGIN: SignedDuration = SignedDuration::from_mins(60);

/// What is to be closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanClosing {
    /// Which office.
    pub office: OfficeCode,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Why, as people read it, in every language of the agency.
    pub why: Text,
}

impl Desk {
    /// Plans to close an office's day, or a part of it.
    ///
    /// # Errors
    /// [`DeskError::Closing`] with why not; [`DeskError::Denied`].
    pub async fn plan_closing(&self, caller: &Caller, ask: &PlanClosing) -> Result<Closing, DeskError> {
        let id = ClosingId::new(caller.now, &self.dice.chance());
        let done = self
            .act(caller, async || {
                caller.may(Action::CloseDay, Some(&ask.office))?;
                let office = self.pack.office(&ask.office).ok_or(Refusal::NoSuchOffice)?;
                let PlanClosing { office: code, from, until, why } = ask.clone();
                // What has passed cannot be closed; who has not come yet is told.
                let from = from.max(caller.now);
                let new = NewClosing { office: code, zone: office.zone().clone(), from, until, why };
                let others = self.store.closings(Some(&new.office), caller.now, MOST).await?;
                Closing::check(&new, &others, self.pack.languages(), caller.now)?;
                let rules = self.pack.line().closing;
                let shut = Shut { office: new.office.clone(), from, until, why: new.why.clone() };
                let mut around = self.around(&new.office, shut, caller.now).await?;
                let held_until = caller.now + rules.plan() + MARGIN;
                let mut change = Change::new(caller.command());
                let mut concerned = Vec::new();
                for inquiry in self.visits_in(&new.office, from, until).await? {
                    let Some(visit) = booked_in(&inquiry, &new.office, from, until) else { continue };
                    let offer = self.instead(&mut around, &inquiry, visit, caller.now);
                    Self::hold_offer(&mut change, visit, &offer, around.capacity(&offer), held_until);
                    concerned.push(affected(&inquiry, visit, offer));
                }
                let (closing, happened) =
                    Closing::plan(id, new, concerned, held_until, rules, caller.actor(), caller.now)?;
                change.note(None, happened);
                change.writes.push(Write::Closing(Box::new(closing)));
                change.answer = serde_json::json!({ "closing": id });
                Ok(change)
            })
            .await?;
        self.answered_closing(&done).await
    }

    /// The closing that a command answered with.
    pub(crate) async fn answered_closing(&self, done: &store::Committed) -> Result<Closing, DeskError> {
        let id = done.answer["closing"].as_str().and_then(|id| id.parse().ok()).ok_or(DeskError::NotFound)?;
        self.load_closing(id).await
    }
}
