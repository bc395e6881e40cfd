//! A program is let in by a token of its own: to a person's inquiry, or to a calendar.

use crate::{Caller, Desk, DeskError, Who, token_hash};
use domain::{
    change::{Change, IdempotencyKey, Write},
    ids::PassId,
    inquiry::Inquiry,
    journal::Happened,
    number::InquiryNumber,
    pass::{Pass, PassFor},
    pii::Pii,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// A pass that there is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPass {
    /// Which.
    pub id: PassId,
    /// The number of the inquiry that it opens, if it is a person's.
    pub number: Option<InquiryNumber>,
    /// When it ends.
    pub until: Timestamp,
    /// The token. Only the first answer has it: nobody keeps it, and a repeat cannot say it again.
    pub token: Option<String>,
}

/// What a repeat is answered with.
#[derive(Serialize, Deserialize)]
struct Made {
    pass: PassId,
    until: Timestamp,
}

impl Desk {
    /// A pass to everything that a person can read and do on their page, for a program of theirs, by the number and the date of
    /// birth: as [`Desk::prove_person`], whoever asks counts the tries ([`Desk::may_prove`]) and answers alike whether the number
    /// exists or not.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn begin_access(
        &self,
        number: InquiryNumber,
        born: &Pii<Date>,
        now: Timestamp,
    ) -> Result<Option<NewPass>, DeskError> {
        let Some(inquiry) = self.proven(number, born).await? else { return Ok(None) };
        let key = IdempotencyKey::of("access", self.dice.token());
        let caller = Caller::new(Who::Person(inquiry), key, now);
        let made = self.make_pass(&caller, PassFor::Program).await?;
        Ok(Some(NewPass { number: Some(number), ..made }))
    }

    /// The address of the caller's own calendar, made anew: whichever there was opens nothing any more.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for whoever is neither a person with an inquiry nor a member of staff, and for the person of an
    /// inquiry that is protected: an address may be seen by others.
    pub async fn make_calendar(&self, caller: &Caller) -> Result<NewPass, DeskError> {
        if let Who::Person(id) = caller.who {
            self.load(id).await.and_then(|inquiry| unguarded(&inquiry))?;
        }
        self.make_pass(caller, PassFor::Calendar).await
    }

    async fn make_pass(&self, caller: &Caller, what: PassFor) -> Result<NewPass, DeskError> {
        let of = caller.pass_of()?;
        let token = self.dice.token();
        let id = PassId::new(caller.now, &self.dice.chance());
        let pass = Pass::begin(id, token_hash(&token), of, what, caller.now);
        let done = self
            .act(caller, async || {
                let mut change = Change::new(caller.command());
                if what == PassFor::Calendar {
                    let before = self.store.passes_of(of).await?;
                    let before = before.into_iter().filter(|pass| pass.what == PassFor::Calendar);
                    change.writes.extend(before.map(|pass| Write::EndPass(pass.id)));
                }
                change.writes.push(Write::Pass(Box::new(pass.clone())));
                change.note(of.inquiry(), Happened::PassMade { pass: id, what, until: pass.until });
                change.answer = serde_json::json!({ "pass": Made { pass: id, until: pass.until } });
                Ok(change)
            })
            .await?;
        let Made { pass: id, until } = Made::deserialize(&done.answer["pass"])
            .map_err(|source| store::StoreError::Unreadable { record: "command", source })?;
        Ok(NewPass { id, number: None, until, token: (!done.repeated).then_some(token) })
    }

    /// The pass that a token opens `what` with, if it is good at `now`.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn pass(&self, token: &str, what: PassFor, now: Timestamp) -> Result<Option<Pass>, DeskError> {
        let pass = self.store.pass(&token_hash(token)).await?;
        Ok(pass.filter(|pass| pass.what == what && pass.is_live(now)))
    }
}

/// What lies open to whoever sees an address is not made for somebody who is protected.
pub(crate) fn unguarded(inquiry: &Inquiry) -> Result<(), DeskError> {
    if inquiry.guard.protected.is_some() { Err(DeskError::NotFound) } else { Ok(()) }
}
