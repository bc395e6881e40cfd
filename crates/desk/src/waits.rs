//! What the acts of the wait have in common: who may, and what they load.

use crate::{Caller, Desk, DeskError, Who};
use domain::{
    access::Action,
    change::Change,
    ids::{NodeId, StaffId, WaitId},
    wait::{
        Accuracy, CallHours, Operator, Standing, State, Status, WaitRules, WaitStep, WaitingCaller, standings,
    },
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Waits, columns::MOST_WAITS};

/// How far back estimates are compared with what came true.
const ACCURACY: SignedDuration = SignedDuration::from_hours(24);

/// A grant that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// Who waits.
    pub caller: WaitId,
    /// Whose telephone rings.
    pub operator: StaffId,
    /// The grant's number, by which it is accepted.
    pub grant: u64,
    /// Until when.
    pub until: Timestamp,
}

/// The wait as a supervisor sees it.
#[derive(Debug, Clone)]
pub struct WaitBoard {
    /// Everybody whose wait is not over, in the order of their places.
    pub callers: Vec<WaitingCaller>,
    /// Where those stand who wait or are away, in the same order.
    pub standings: Vec<Standing>,
    /// The operators on duty as of now, by identifier.
    pub operators: Vec<Operator>,
    /// How good the estimates of the last day were.
    pub accuracy: Accuracy,
}

impl Desk {
    /// The rules of the wait.
    pub(crate) fn wait_rules(&self) -> &WaitRules {
        &self.pack.line().wait
    }

    /// When somebody whose place came up may be called: in the hours of the queue that they wait in.
    fn call_hours<T>(&self, wait: &WaitingCaller, told: impl FnOnce(&CallHours<'_>) -> T) -> T {
        let line = self.pack.line();
        let calendar = line.hours_of(&wait.queue, &wait.lang);
        told(&CallHours { callbacks: &line.callbacks, wait: &line.wait, line: &calendar })
    }

    /// May an operator be found for them now?
    pub(crate) fn may_be_called(&self, wait: &WaitingCaller, now: Timestamp) -> bool {
        self.call_hours(wait, |hours| hours.allow(wait, now))
    }

    /// When somebody who keeps a place can be called at the earliest, from `from` on; none when the line's hours and theirs
    /// never meet.
    pub fn may_call_from(&self, wait: &WaitingCaller, from: Timestamp) -> Option<Timestamp> {
        self.call_hours(wait, |hours| hours.first(wait, from))
    }

    /// May the caller act for this operator: as the operator, as whoever runs the wait, or as the system?
    pub(crate) fn may_act_for(caller: &Caller, operator: StaffId) -> Result<(), DeskError> {
        match &caller.who {
            Who::Staff(staff) if staff.id == operator => caller.may(Action::UseTelephone, None),
            _ => caller.may(Action::RunWait, None),
        }
    }

    /// Who is offered now to operators whose browsers are connected to this process, whichever process made the offer.
    ///
    /// # Errors
    /// [`DeskError::Store`].
    pub async fn rings_at(&self, node: NodeId) -> Result<Vec<(Granted, WaitingCaller)>, DeskError> {
        let mut rings = Vec::new();
        for operator in self.store.operators().await?.into_iter().filter(|o| o.node == Some(node)) {
            let Status::Ringing { caller, grant: number, .. } = operator.status else { continue };
            let Some(wait) = self.store.wait(caller).await? else { continue };
            // The two are read one after the other: what does not fit together is being written this moment.
            let until = match &wait.state {
                State::Offered { grant, .. } if (grant.operator, grant.number) == (operator.id, number) => {
                    grant.until
                }
                _ => continue,
            };
            rings.push((Granted { caller, operator: operator.id, grant: number, until }, wait));
        }
        Ok(rings)
    }

    /// One wait.
    pub(crate) async fn load_wait(&self, id: WaitId) -> Result<WaitingCaller, DeskError> {
        self.store.wait(id).await?.ok_or(DeskError::NotFound)
    }

    /// One operator.
    pub(crate) async fn load_operator(&self, id: StaffId) -> Result<Operator, DeskError> {
        self.store.operator(id).await?.ok_or(DeskError::NotFound)
    }

    /// The operator that a caller has, if they have one.
    pub(crate) async fn operator_of(&self, wait: &WaitingCaller) -> Result<Option<Operator>, DeskError> {
        match wait.operator() {
            Some(id) => self.load_operator(id).await.map(Some),
            None => Ok(None),
        }
    }

    /// Everybody whose wait is not over.
    pub(crate) async fn all_waits(&self) -> Result<Vec<WaitingCaller>, DeskError> {
        Ok(self.store.waits(&Waits::All, MOST_WAITS).await?)
    }

    /// The change that a step makes.
    pub(crate) fn wait_change(caller: &Caller, step: WaitStep) -> Change {
        let mut change = Change::new(caller.command());
        let id = step.caller.as_ref().map(|wait| wait.id);
        change.wait(step);
        change.answer = serde_json::json!({ "wait": id });
        change
    }

    /// Where everybody stands who waits or is away, in the order of their places, with an estimate where there is a basis.
    ///
    /// # Errors
    /// [`DeskError::Store`]; [`DeskError::Denied`].
    pub async fn wait_standings(&self, caller: &Caller) -> Result<Vec<Standing>, DeskError> {
        caller.may(Action::UseTelephone, None)?;
        let (callers, operators) = (self.all_waits().await?, self.store.operators().await?);
        Ok(standings(&callers, &operators, self.wait_rules(), caller.now))
    }

    /// The whole wait: who waits and where they stand, who is on duty, how good the estimates were.
    ///
    /// # Errors
    /// [`DeskError::Store`]; [`DeskError::Denied`].
    pub async fn wait_board(&self, caller: &Caller) -> Result<WaitBoard, DeskError> {
        caller.may(Action::SeeLine, None)?;
        let callers = self.all_waits().await?;
        let operators = self.store.operators().await?;
        let standings = standings(&callers, &operators, self.wait_rules(), caller.now);
        let since = caller.now.saturating_sub(ACCURACY).unwrap_or(caller.now);
        let over = self.store.waits(&Waits::Over { since }, MOST_WAITS).await?;
        Ok(WaitBoard {
            accuracy: Accuracy::of(over.iter().chain(&callers)),
            operators: operators.iter().map(|operator| operator.settled(caller.now)).collect(),
            callers,
            standings,
        })
    }
}
