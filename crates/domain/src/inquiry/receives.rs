//! An inquiry begins.

use super::{Inquiry, Request, Stage};
use crate::{
    case::ReceiptNumber,
    change::Step,
    codes::{OfficeCode, ReasonCode},
    contact::Contact,
    decision::Decision,
    guard::Guard,
    ids::{InquiryId, PersonId},
    journal::Happened,
    notice::NoticeKind,
    number::InquiryNumber,
    person::{Name, PostAddress, Reach},
    pii::Pii,
    urgency::Urgency,
};
use jiff::Timestamp;

/// Everything a new inquiry is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct NewInquiry {
    /// Which inquiry.
    pub id: InquiryId,
    /// The number the person will carry.
    pub number: InquiryNumber,
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: Name,
    /// Why.
    pub reason: ReasonCode,
    /// Their ZIP code.
    pub zip: Pii<String>,
    /// The office that serves it.
    pub office: OfficeCode,
    /// Their case.
    pub receipt: Option<ReceiptNumber>,
    /// What they asked for.
    pub request: Request,
    /// How to reach them.
    pub reach: Reach,
    /// How soon, by the policy, until a person decides otherwise.
    pub urgency: Urgency,
    /// The recorded first decision on urgency.
    pub decision: Decision,
    /// By when an officer must have looked.
    pub due: Timestamp,
}

impl Inquiry {
    /// The person asked. The policy's urgency is the first recorded decision; the review list orders by it.
    pub fn receive(new: NewInquiry, now: Timestamp) -> Step {
        let followed = new.decision.because.is_none();
        let happened = vec![
            Happened::RequestReceived {
                channel: new.request.channel,
                reason: new.reason.clone(),
                office: new.office.clone(),
            },
            Happened::UrgencyDecided { decision: new.decision.id, urgency: new.urgency, followed },
        ];
        let mut step = Step::on(Self {
            id: new.id,
            number: new.number,
            version: 1,
            person: new.person,
            name: new.name,
            reason: new.reason,
            zip: new.zip,
            office: new.office,
            receipt: new.receipt,
            contacts: vec![Contact::asked(new.request.channel, now)],
            request: new.request,
            reach: new.reach,
            opened: now,
            urgency: new.urgency,
            stage: Stage::Review { since: now, due: new.due },
            decisions: vec![new.decision],
            past_callbacks: Vec::new(),
            past_appointments: Vec::new(),
            walk_ins: Vec::new(),
            earlier: None,
            office_changes: Vec::new(),
            proof_changes: Vec::new(),
            delegates: Vec::new(),
            reviews: Vec::new(),
            guard: Guard::default(),
            links_from: None,
            legal_hold: None,
            erased: None,
        });
        step.happened = happened;
        step.announce.push(NoticeKind::RequestReceived);
        step
    }

    /// The person says where letters go, or that none should.
    pub fn choose_post(&self, to: Option<Pii<PostAddress>>) -> Step {
        let mut step = Step::from(self);
        if self.reach.post != to {
            step.happened.push(if to.is_some() { Happened::PostAgreed } else { Happened::PostStopped });
        }
        step.inquiry.reach.post = to;
        step
    }

    /// The person agrees to text messages, or wants no more of them. Said again, it is said already.
    pub fn agree_texts(&self, agreed: bool) -> Step {
        let mut step = Step::from(self);
        if self.reach.texts != agreed {
            step.happened.push(if agreed { Happened::TextsAgreed } else { Happened::TextsStopped });
        }
        step.inquiry.reach.texts = agreed;
        step
    }

    /// The person agrees to be told by an automated voice that calls, or wants no more such calls.
    pub fn agree_calls(&self, agreed: bool) -> Step {
        let mut step = Step::from(self);
        if self.reach.calls != agreed {
            step.happened.push(if agreed { Happened::CallsAgreed } else { Happened::CallsStopped });
        }
        step.inquiry.reach.calls = agreed;
        step
    }
}
