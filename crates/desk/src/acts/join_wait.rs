//! Somebody asks for an operator.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::Change,
    codes::{QueueCode, ReasonCode},
    ids::{InquiryId, NodeId, PersonId, WaitId},
    journal::Happened,
    phone::PhoneNumber,
    text::Lang,
    urgency::Urgency,
    wait::{AboutCaller, Keyed, NewWait, WaitingCaller},
};
use jiff::Timestamp;

/// Who asks for an operator.
#[derive(Debug, Clone)]
pub struct JoinWait {
    /// For whom.
    pub queue: QueueCode,
    /// In which language.
    pub lang: Lang,
    /// About what.
    pub reason: Option<ReasonCode>,
    /// How soon.
    pub urgency: Urgency,
    /// Who, if that is proved.
    pub person: Option<PersonId>,
    /// Which inquiry, if it is known.
    pub inquiry: Option<InquiryId>,
    /// Where they can be called back, and by which they are known when they call again.
    pub number: Option<PhoneNumber>,
    /// When they first asked, if earlier than now.
    pub first_asked: Option<Timestamp>,
    /// The process that holds their call; none when they are to be called back without having held.
    pub node: Option<NodeId>,
    /// About which inquiry a call has missed the number they ring from. Whether it is still owed is looked at again.
    pub rung: Option<InquiryId>,
    /// What they have told the line by its keys.
    pub keyed: Keyed,
    /// Whether they speak by a relay service, or type, where the call shows it.
    pub relay: Option<bool>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinedWait {
    /// The wait.
    pub wait: WaitingCaller,
    /// Whether they were known, and are at the place they had kept or lost.
    pub again: bool,
}

impl Desk {
    /// Takes somebody into the wait. Whoever had kept a place from the same number is at that place again; whoever had lost one a
    /// short while ago, and is known by the number or by what they have shown, is at its turn again, once; whoever rings because an
    /// officer's call has missed them comes before all who asked since it was promised.
    ///
    /// # Errors
    /// [`domain::wait::Refused::NoNumber`] when they are neither on the line nor can be called back.
    pub async fn join_wait(&self, caller: &Caller, ask: &JoinWait) -> Result<JoinedWait, DeskError> {
        caller.may(Action::UseTelephone, None)?;
        let id = WaitId::new(caller.now, &self.dice.chance());
        let done = self
            .act(caller, async || {
                if let Some(kept) = self.kept_place(ask.number.as_ref()).await? {
                    let kept_id = kept.id;
                    let mut change = match ask.node {
                        Some(node) => Self::wait_change(caller, kept.rejoin(node, caller.now)?),
                        // To be called back already: there is nothing to be done.
                        None => Change::new(caller.command()),
                    };
                    change.answer = serde_json::json!({ "wait": kept_id, "again": true });
                    return Ok(change);
                }
                let JoinWait {
                    queue,
                    lang,
                    reason,
                    urgency,
                    person,
                    inquiry,
                    number,
                    first_asked,
                    node,
                    rung,
                    keyed,
                    relay,
                } = ask.clone();
                let known = match inquiry {
                    Some(inquiry) => self.store.inquiry(inquiry).await?,
                    None => None,
                };
                let owed = self.call_owed_to(known.as_ref(), rung, number.as_ref()).await?;
                let rang_back = owed.as_ref().map(|owed| {
                    let proved = inquiry == Some(owed.inquiry);
                    (owed.inquiry, Happened::RangBack { callback: owed.callback, proved })
                });
                let about = AboutCaller { relay, ..AboutCaller::default() };
                let about = known.as_ref().map_or(about.clone(), |inquiry| about.or(inquiry));
                let zone = known.map(|inquiry| inquiry.reach.zone);
                let lost = self.lost_place(number.as_ref(), inquiry, caller.now).await?;
                let new = NewWait {
                    id,
                    queue,
                    lang,
                    reason,
                    urgency,
                    person,
                    inquiry,
                    number,
                    zone,
                    first_asked,
                    node,
                    owed,
                    keyed,
                    about,
                };
                let mut change = Change::new(caller.command());
                let again = lost.is_some();
                match lost {
                    Some(lost) => {
                        for step in lost.come_back(new, self.wait_rules(), caller.now)? {
                            change.wait(step);
                        }
                    }
                    None => change.wait(WaitingCaller::join(new, self.wait_rules(), caller.now)?),
                }
                change.answer = serde_json::json!({ "wait": id, "again": again });
                if let Some((inquiry, happened)) = rang_back {
                    change.note(Some(inquiry), happened);
                }
                Ok(change)
            })
            .await?;
        let id = done.answer["wait"].as_str().and_then(|id| id.parse().ok()).ok_or(DeskError::NotFound)?;
        let again = done.answer["again"].as_bool().unwrap_or(false);
        Ok(JoinedWait { wait: self.load_wait(id).await?, again })
    }
}
