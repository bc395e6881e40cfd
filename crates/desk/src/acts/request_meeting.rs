//! A person asks for an in-person meeting.

use crate::{Caller, Desk, DeskError, token_hash};
use domain::{
    actor::Actor,
    case::ReceiptNumber,
    change::{Change, Step, Write},
    codes::ReasonCode,
    decision::Outcome,
    ids::{InquiryId, PersonId},
    inquiry::{Inquiry, NewInquiry, Request},
    notice::Carrier,
    number::InquiryNumber,
    person::{IdentityKey, Name, Person, Reach},
    pii::Pii,
    refusal::Refusal,
    urgency::Urgency,
};
use jiff::civil::Date;
use pack::Zip;

/// What a person asks for, checked field by field by whoever took it.
#[derive(Debug, Clone)]
pub struct RequestMeeting {
    /// Why.
    pub reason: ReasonCode,
    /// Where they live.
    pub zip: Zip,
    /// Who they are.
    pub name: Name,
    /// Their date of birth.
    pub born: Pii<Date>,
    /// The agency's own number for them.
    pub file_number: Option<Pii<String>>,
    /// Their case.
    pub receipt: Option<ReceiptNumber>,
    /// What they ask.
    pub request: Request,
    /// How to reach them. The zone is the serving office's, whatever stands here, unless `zone_chosen`.
    pub reach: Reach,
    /// Did the person choose the zone themselves?
    pub zone_chosen: bool,
    /// The saved form it was made from, to be thrown away.
    pub draft_token: Option<String>,
}

/// What the person is told.
#[derive(Debug, Clone)]
pub struct Received {
    /// The new inquiry.
    pub inquiry: Inquiry,
    /// The token that opens its page.
    pub link: String,
}

impl Desk {
    /// Takes a request: finds the serving office, the person, the policy's urgency, and puts the inquiry in
    /// the review list.
    ///
    /// # Errors
    /// [`Refusal::NoOfficeForZip`], [`Refusal::NoSuchReason`], [`Refusal::AlreadyLive`]: then nothing was written, and a fresh
    /// link has gone to the address on record, so that the person finds what they have without a stranger learning anything.
    pub async fn request_meeting(
        &self,
        caller: &Caller,
        ask: &RequestMeeting,
    ) -> Result<Received, DeskError> {
        let id = InquiryId::new(caller.now, &self.dice.chance());
        let done = self
            .act(caller, async || {
                let mut change = Change::new(caller.command());
                let step = self.receive(caller, id, ask, &mut change).await?;
                let after = step.inquiry.clone();
                let kinds = change.step(step);
                self.announce(&mut change, &after, &kinds)?;
                change.answer = serde_json::json!({
                    "inquiry": id.to_string(), "done": crate::Done::of(&after), "due": after.due(),
                });
                Ok(change)
            })
            .await;
        let done = match done {
            Err(DeskError::Refused(Refusal::AlreadyLive { inquiry, number })) => {
                let live = self.load(inquiry).await?;
                self.send_link(caller, &live).await?;
                return Err(Refusal::AlreadyLive { inquiry, number }.into());
            }
            other => other?,
        };
        let id = done.answer["inquiry"].as_str().and_then(|s| s.parse().ok()).ok_or(DeskError::NotFound)?;
        let inquiry = self.load(id).await?;
        let link = self.links.sign(id, caller.now);
        Ok(Received { inquiry, link })
    }

    /// What a request makes: the inquiry as it begins; the person, if they are new, and the end of the saved form go into the change.
    pub(crate) async fn receive(
        &self,
        caller: &Caller,
        id: InquiryId,
        ask: &RequestMeeting,
        change: &mut Change,
    ) -> Result<Step, DeskError> {
        let serving = self.pack.office_for_zip(ask.zip).ok_or(Refusal::NoOfficeForZip)?;
        let reason = self.pack.open_reason(&ask.reason).ok_or(Refusal::NoSuchReason)?;
        let identity = IdentityKey::of(
            &ask.name,
            *ask.born.reveal(),
            ask.file_number.as_ref().map(|n| n.reveal().as_str()),
        );
        let known = self.store.person_identified(&identity).await?;
        if let Some(person) = &known
            && let Some(live) = self.store.live_inquiry(person.id, &reason.code).await?
        {
            return Err(Refusal::AlreadyLive { inquiry: live.id, number: live.number }.into());
        }
        let person = if let Some(person) = known {
            let id = person.id;
            // Their record may be about to go with their last inquiry: one of the two comes first.
            change.writes.push(Write::Person(Box::new(person.touched())));
            id
        } else {
            let id = PersonId::new(caller.now, &self.dice.chance());
            change.writes.push(Write::Person(Box::new(Person {
                id,
                version: 1,
                identity,
                name: ask.name.clone(),
                born: ask.born.clone(),
                file_number: ask.file_number.clone(),
                legal_hold: None,
                erasure: None,
            })));
            id
        };
        let mut reach = ask.reach.clone();
        if !ask.zone_chosen {
            reach.zone = serving.office.zone().clone();
        }
        // Whoever wrote STOP from this number meant whatever would come later too.
        reach.texts = reach.texts && !self.wants_no_texts(&reach.phone).await?;
        let advice = self.advise_new(reason, &ask.request, ask.receipt.as_ref(), caller.now).await?;
        let urgency = advice.urgency().unwrap_or(reason.review);
        let mut deciding = advice.deciding(None, None);
        if advice.urgency().is_none() {
            deciding.because = Some("the policy names no urgency".to_owned());
        }
        let by = Actor::system("policy");
        let decision = deciding.record(Outcome::Urgency(urgency), by, caller.now, &self.dice.chance());
        if let Some(token) = &ask.draft_token
            && let Some(draft) = self.store.draft(&token_hash(token)).await?
        {
            // The code under which it could have been gone on with elsewhere goes with it.
            change.writes.extend(self.code_of(&draft).await?.map(|code| Write::EndDraft(code.id)));
            change.writes.push(Write::EndDraft(draft.id));
        }
        let new = NewInquiry {
            id,
            number: InquiryNumber::from_chance(self.dice.number()),
            person,
            name: ask.name.clone(),
            reason: reason.code.clone(),
            zip: Pii::new(ask.zip.as_str().to_owned()),
            office: serving.office.code.clone(),
            receipt: ask.receipt.clone(),
            request: ask.request.clone(),
            reach,
            urgency,
            decision,
            due: self.look_by(urgency, caller.now),
        };
        let step = Inquiry::receive(new, caller.now);
        Ok(match self.pack.agency().protected_for(&reason.code) {
            // How they want to be written to they have just said themselves.
            Some(class) => {
                let safe = Carrier::WRITTEN.into();
                step.then(|inquiry| inquiry.protect(class.code.clone(), safe, None, caller.now))?
            }
            None => step,
        })
    }
}

/// The present urgency, where a rule names one.
impl crate::Advice {
    /// The urgency that the policy recommends.
    pub fn urgency(&self) -> Option<Urgency> {
        let name = self.outcome("urgency")?;
        Urgency::ALL.into_iter().find(|u| u.as_str() == name)
    }
}
