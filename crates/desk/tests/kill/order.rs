//! An order: one act of the desk with everything it needs, so that it can be written down and given again.

use crate::common::request as by_mail;
use desk::{
    Caller, Desk, DeskError, Who,
    acts::{BookPlace, DecideNeed, RequestMeeting},
};
use domain::{
    actor::Actor,
    callback::CallOutcome,
    change::IdempotencyKey,
    codes::OfficeCode,
    decision::Need,
    ids::{InquiryId, StaffId},
    person::PostAddress,
    pii::Pii,
    slots::Pool,
    text::Lang,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Committed;

/// What is ordered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum What {
    Ask { given: String, reason: String, zip: String },
    Promise { inquiry: InquiryId, start: Timestamp, owner: Option<StaffId> },
    MoveCall { inquiry: InquiryId, start: Timestamp },
    Call { inquiry: InquiryId },
    Reached { inquiry: InquiryId },
    Visit { inquiry: InquiryId },
    Book { inquiry: InquiryId, office: OfficeCode, start: Timestamp, pool: Pool },
    MoveVisit { inquiry: InquiryId, office: OfficeCode, start: Timestamp, pool: Pool },
    CheckIn { inquiry: InquiryId },
    Served { inquiry: InquiryId },
    Withdraw { inquiry: InquiryId },
}

/// One order, with the key under which it is given as often as need be.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    pub key: String,
    pub at: Timestamp,
    /// The sign-in name of whoever gives it; the person themselves where there is none.
    pub by: Option<String>,
    pub what: What,
}

/// A line of the log that outlives whoever wrote it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Line {
    /// About to be done: whether it was, nobody knows until it is acknowledged.
    Try(Order),
    /// Done, and this was the answer.
    Done { key: String, seq: u64, answer: serde_json::Value },
    /// A rule said no, or others were quicker: nothing was done.
    Refused { key: String },
}

impl Order {
    pub fn key(&self) -> IdempotencyKey {
        IdempotencyKey::of("kill", &self.key)
    }

    async fn caller(&self, desk: &Desk) -> Caller {
        let who = match (&self.by, &self.what) {
            (Some(name), _) => Who::Staff(Box::new(desk.store().staff_named(name).await.unwrap().unwrap())),
            (None, What::Withdraw { inquiry } | What::MoveCall { inquiry, .. }) => Who::Person(*inquiry),
            (None, _) => Who::Anyone,
        };
        Caller::new(who, self.key(), self.at)
    }

    /// Gives the order; `None` when it was refused.
    pub async fn give(&self, desk: &Desk) -> Option<Committed> {
        let caller = self.caller(desk).await;
        match self.act(desk, &caller).await {
            Ok(()) => {}
            Err(
                DeskError::Refused(_) | DeskError::NoPlace(_) | DeskError::Contended | DeskError::NotFound,
            ) => return None,
            Err(other) => panic!("{self:?}: {other:?}"),
        }
        let answered = self.answered(desk, &caller.actor()).await;
        Some(answered.unwrap_or_else(|| panic!("{self:?} was done, and its answer is not known")))
    }

    /// What the order was answered, if it was done.
    pub async fn known(&self, desk: &Desk) -> Option<Committed> {
        let actor = self.caller(desk).await.actor();
        self.answered(desk, &actor).await
    }

    async fn answered(&self, desk: &Desk, actor: &Actor) -> Option<Committed> {
        desk.store().answered(&self.key(), actor).await.unwrap()
    }

    async fn act(&self, desk: &Desk, caller: &Caller) -> Result<(), DeskError> {
        match &self.what {
            What::Ask { given, reason, zip } => {
                desk.request_meeting(caller, &request(given, reason, zip)).await.map(drop)
            }
            What::Promise { inquiry, start, owner } => {
                desk.promise_callback(caller, *inquiry, *start, *owner).await.map(drop)
            }
            What::MoveCall { inquiry, start } => desk.move_callback(caller, *inquiry, *start).await.map(drop),
            What::Call { inquiry } => desk.start_call(caller, *inquiry).await.map(drop),
            What::Reached { inquiry } => {
                desk.end_call(caller, *inquiry, CallOutcome::Reached).await.map(drop)
            }
            What::Visit { inquiry } => {
                let because = Some("The order needs a stamp.".to_owned());
                let ask = DecideNeed { need: Need::Visit, missing: vec![], because, sentence: None };
                desk.decide_need(caller, *inquiry, &ask).await.map(drop)
            }
            What::Book { inquiry, office, start, pool } => {
                let ask = BookPlace {
                    office: office.clone(),
                    start: *start,
                    pool: *pool,
                    held: None,
                    bring_also: vec![],
                    because: Some("It suits them.".to_owned()),
                };
                desk.book(caller, *inquiry, &ask).await.map(drop)
            }
            What::MoveVisit { inquiry, office, start, pool } => {
                desk.move_appointment(caller, *inquiry, office, *start, *pool).await.map(drop)
            }
            What::CheckIn { inquiry } => desk.check_in(caller, *inquiry).await.map(drop),
            What::Served { inquiry } => desk.serve(caller, *inquiry).await.map(drop),
            What::Withdraw { inquiry } => desk.withdraw(caller, *inquiry).await.map(drop),
        }
    }
}

/// A third are told by e-mail, a third by text too, a third by letter; which, their name says.
fn request(given: &str, reason: &str, zip: &str) -> RequestMeeting {
    let mut ask = by_mail(given, reason, zip, Lang::en());
    match given.bytes().last().unwrap_or_default() % 3 {
        0 => {}
        1 => ask.reach.texts = true,
        _ => {
            ask.reach.email = None;
            ask.reach.post =
                PostAddress::new("300 Example Street", "", "Springfield", "CA", zip).map(Pii::new);
        }
    }
    ask
}
