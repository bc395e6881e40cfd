//! Calls that the agency owes and that have missed people: what becomes of whoever rings because of one.

use crate::{Caller, Desk, DeskError, Who};
use domain::{
    access::Action,
    change::Change,
    ids::InquiryId,
    inquiry::Inquiry,
    phone::PhoneNumber,
    wait::{OwedCall, State, WaitingCaller, phone_key},
};
use jiff::Timestamp;
use store::Waits;

/// So many inquiries of one number are looked at, the newest: a law firm may have hundreds.
const INQUIRIES: u32 = 100;
/// So many places of one number.
const PLACES: u32 = 20;

/// What is owed to whoever rings from a number. It says nothing about any matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Owes {
    /// The inquiry about which an officer has called in vain; of several, the one that was promised first.
    pub call: Option<InquiryId>,
    /// A place in the line is kept for this number. Whether it has been called in vain.
    pub place: Option<bool>,
}

impl Owes {
    /// Has anybody called this number in vain?
    pub fn missed(self) -> bool {
        self.call.is_some() || self.place == Some(true)
    }
}

/// The call that is owed about an inquiry, and has missed the person.
fn call_owed(inquiry: &Inquiry) -> Option<OwedCall> {
    let callback = inquiry.missed_callback()?;
    Some(OwedCall {
        inquiry: inquiry.id,
        callback: callback.id,
        officer: callback.owner,
        promised: callback.promised_at,
        urgency: inquiry.urgency,
    })
}

impl Desk {
    /// What is owed to whoever rings from this number.
    ///
    /// # Errors
    /// [`DeskError::Store`].
    pub async fn owes(&self, number: &PhoneNumber) -> Result<Owes, DeskError> {
        let inquiries = self.store.inquiries_by_phone(number, INQUIRIES).await?;
        let calls = inquiries.iter().filter(|inquiry| inquiry.erased.is_none()).filter_map(call_owed);
        let call = calls.min_by_key(|owed| (owed.promised, owed.callback)).map(|owed| owed.inquiry);
        let place = self.kept_place(Some(number)).await?;
        Ok(Owes { call, place: place.map(|wait| !wait.tried.is_empty()) })
    }

    /// The place that is kept for whoever calls from this number.
    pub(crate) async fn kept_place(
        &self,
        number: Option<&PhoneNumber>,
    ) -> Result<Option<WaitingCaller>, DeskError> {
        let Some(number) = number else { return Ok(None) };
        let theirs = self.store.waits(&Waits::Phone(phone_key(number)), PLACES).await?;
        Ok(theirs.into_iter().find(|wait| {
            let away = matches!(wait.state, State::Offered { away: Some(_), .. });
            away || matches!(wait.state, State::Away(_) | State::Calling { .. })
        }))
    }

    /// The turn of a wait that was lost, to which whoever rings now may come back: known by the number, or by the inquiry that they
    /// have shown to be theirs. Of several, the one that comes first.
    pub(crate) async fn lost_place(
        &self,
        number: Option<&PhoneNumber>,
        inquiry: Option<InquiryId>,
        now: Timestamp,
    ) -> Result<Option<WaitingCaller>, DeskError> {
        let rules = self.wait_rules();
        let Some(since) = rules.returns_since(now) else { return Ok(None) };
        let mut theirs = Vec::new();
        if let Some(number) = number {
            let from = Waits::OverFrom { phone: phone_key(number), since };
            theirs.extend(self.store.waits(&from, PLACES).await?);
        }
        if let Some(inquiry) = inquiry {
            theirs.extend(self.store.waits(&Waits::OverAbout { inquiry, since }, PLACES).await?);
        }
        let returning = theirs.into_iter().filter(|wait| wait.may_return(rules, now));
        Ok(returning.min_by_key(WaitingCaller::place))
    }

    /// The call that is owed about one of these, as it stands now: about what is proved to be the caller's, or else about what is
    /// reached at the number they ring from.
    pub(crate) async fn call_owed_to(
        &self,
        proved: Option<&Inquiry>,
        rung: Option<InquiryId>,
        number: Option<&PhoneNumber>,
    ) -> Result<Option<OwedCall>, DeskError> {
        if let Some(owed) = proved.and_then(call_owed) {
            return Ok(Some(owed));
        }
        let Some(rung) = rung else { return Ok(None) };
        let inquiry = self.store.inquiry(rung).await?.filter(|inquiry| inquiry.erased.is_none());
        Ok(inquiry.filter(|inquiry| Some(&inquiry.reach.phone) == number).as_ref().and_then(call_owed))
    }

    /// What an officer does by taking somebody who is owed a call: it is made now, whoever holds it. What has moved on meanwhile is
    /// left as it is, and so is what somebody takes who makes no such calls.
    pub(crate) async fn take_owed(
        &self,
        caller: &Caller,
        wait: &WaitingCaller,
        now: Timestamp,
    ) -> Result<Change, DeskError> {
        let nothing = || Change::new(caller.command());
        let (Some(owed), Who::Staff(staff)) = (&wait.owed, &caller.who) else { return Ok(nothing()) };
        if caller.may(Action::CallPerson, None).is_err() {
            return Ok(nothing());
        }
        let Some(inquiry) = self.store.inquiry(owed.inquiry).await? else { return Ok(nothing()) };
        if inquiry.missed_callback().is_none_or(|callback| callback.id != owed.callback) {
            return Ok(nothing());
        }
        match inquiry.take_call(staff.id, now) {
            Ok(step) => self.change_of(caller, step),
            Err(_moved_on) => Ok(nothing()),
        }
    }
}
