//! Load, decide, commit, decide again when stale.

use crate::{Caller, Desk, DeskError, Who, signs};
use domain::{
    calendar::windows::Window,
    change::{Change, Step, Write},
    codes::OfficeCode,
    delegate::DelegateAct,
    ids::{AppointmentId, InquiryId},
    inquiry::{Inquiry, Stage},
    mark::{Mark, MarkedWay},
    number::InquiryNumber,
    refusal::Refusal,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    panic::Location,
    sync::{Mutex, PoisonError},
};
use store::{CommitError, Committed, Conflict};
use tracing::Instrument;

/// How often an act decides again. Each time somebody else's change went through, so this many losses in a row mean
/// real crowding.
const TRIES: usize = 8;

/// How often a ticket is drawn again. Each time somebody else got theirs, so whoever draws on gets one in the end: an office
/// would have to check in more than this many people in the same instant.
const DRAWS: usize = 256;

/// Under which name an answer keeps what its command said.
const COMMAND: &str = "command";

/// What an act did to an inquiry, as it is answered now and at every repeat, whatever has happened since. It names
/// identifiers, codes and times only, since answers are kept apart from the records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Which inquiry, by the number its person carries.
    pub number: InquiryNumber,
    /// The version it has since.
    pub version: u64,
    /// The stage it is at since.
    pub stage: String,
    /// The window that is promised since.
    pub window: Option<Window>,
    /// The appointment that stands since, and its office and start.
    pub appointment: Option<(AppointmentId, OfficeCode, Timestamp)>,
    /// The ticket of a person who has checked in.
    pub ticket: Option<String>,
}

impl Done {
    pub(crate) fn of(after: &Inquiry) -> Self {
        Self {
            number: after.number,
            version: after.version,
            stage: after.stage.as_str().to_owned(),
            window: after.callback().map(|c| c.window.clone()),
            appointment: after.appointment().map(|a| (a.id, a.office.clone(), a.start)),
            ticket: match &after.stage {
                Stage::CheckedIn { ticket, .. } => Some(ticket.clone()),
                _ => None,
            },
        }
    }

    /// What a command answered, if it did something to an inquiry.
    pub fn in_answer(answer: &serde_json::Value) -> Option<Self> {
        Self::deserialize(answer.get("done")?).ok()
    }
}

/// A repeat is answered as before, if it says the same as then.
fn same_command(caller: &Caller, done: Committed) -> Result<Committed, DeskError> {
    match &caller.only.command {
        Some(command) if done.answer[COMMAND] != command.as_str() => Err(DeskError::KeyInUse),
        Some(_) | None => Ok(done),
    }
}

/// What decides on an inquiry, with the one thing that `AsyncFn` cannot say yet: its future may move between threads, as
/// the futures of pages and jobs must.
pub(crate) trait Decide<'a> {
    type Deciding: Future<Output = Result<Step, DeskError>> + Send;
    fn decide(&self, inquiry: &'a Inquiry) -> Self::Deciding;
}

impl<'a, F, R> Decide<'a> for F
where
    F: Fn(&'a Inquiry) -> R,
    R: Future<Output = Result<Step, DeskError>> + Send,
{
    type Deciding = R;
    fn decide(&self, inquiry: &'a Inquiry) -> R {
        self(inquiry)
    }
}

impl Desk {
    /// Runs an act: decides and commits, again and again while what it decided on moves under it. A repeat is answered
    /// as before: the commit itself knows its key, and what the rules refuse may have been done already. It is named for
    /// the file that calls this.
    #[track_caller]
    pub(crate) fn act<F, R>(
        &self,
        caller: &Caller,
        decide: F,
    ) -> impl Future<Output = Result<Committed, DeskError>>
    where
        F: FnMut() -> R,
        R: Future<Output = Result<Change, DeskError>> + Send,
    {
        self.act_named(signs::act_in(Location::caller().file()), caller, decide)
    }

    async fn act_named<F, R>(
        &self,
        name: &'static str,
        caller: &Caller,
        decide: F,
    ) -> Result<Committed, DeskError>
    where
        F: FnMut() -> R,
        R: Future<Output = Result<Change, DeskError>> + Send,
    {
        // What is due may stand back for people, but not for itself.
        let _inside = (!matches!(caller.who, Who::System(_))).then(|| self.crowd.enter());
        let span = tracing::info_span!("act", act = name);
        let done = self.decide_and_commit(caller, decide).instrument(span).await;
        signs::ended(name, &done);
        if let Ok(done) = &done {
            caller.was_answered(done);
        }
        done
    }

    async fn decide_and_commit<F, R>(&self, caller: &Caller, mut decide: F) -> Result<Committed, DeskError>
    where
        F: FnMut() -> R,
        R: Future<Output = Result<Change, DeskError>> + Send,
    {
        let mut last = DeskError::Contended;
        let (mut tries, mut draws) = (0, 0);
        while tries < TRIES && draws < DRAWS {
            let mut change = match decide().await {
                Ok(change) => change,
                Err(refused) => {
                    let done = self.store.answered(&caller.key, &caller.actor()).await?;
                    return done.map_or(Err(refused), |done| same_command(caller, done));
                }
            };
            if let Some(command) = &caller.only.command {
                if change.answer.is_null() {
                    change.answer = serde_json::json!({});
                }
                change.answer[COMMAND] = command.as_str().into();
            }
            if !change.releases.is_empty() {
                Box::pin(self.keep_back(&mut change)).await?;
            }
            match self.commit(change).await {
                Ok(done) if done.repeated => return same_command(caller, done),
                Ok(done) => return Ok(done),
                Err(CommitError::Conflict(conflict @ Conflict::TicketTaken)) => {
                    draws += 1;
                    last = conflict.into();
                }
                // These are decided again: the reads behind the decision are old. When they stay full or
                // taken, the rules refuse by themselves on the fresh reads.
                Err(CommitError::Conflict(
                    conflict @ (Conflict::Stale { .. }
                    | Conflict::Full { .. }
                    | Conflict::Overlap { .. }
                    | Conflict::NotHeld { .. }
                    | Conflict::LiveInquiry { .. }
                    | Conflict::NumberInUse
                    | Conflict::PersonKnown),
                )) => {
                    tries += 1;
                    last = conflict.into();
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(last)
    }

    /// An act on one inquiry: loads it, lets `decide` make a step, adds the notices the step asks for.
    #[track_caller]
    pub(crate) fn act_on<F>(
        &self,
        caller: &Caller,
        id: InquiryId,
        decide: F,
    ) -> impl Future<Output = Result<Inquiry, DeskError>>
    where
        F: for<'a> Decide<'a> + AsyncFn(&Inquiry) -> Result<Step, DeskError> + Send + Sync,
    {
        let name = signs::act_in(Location::caller().file());
        async move {
            let decide = &decide;
            let after = Mutex::new(None);
            let done = self
                .act_named(name, caller, async || {
                    let inquiry = match caller.seen(id) {
                        Some(inquiry) => inquiry,
                        None => self.load(id).await?,
                    };
                    let step = decide.decide(&inquiry).await?;
                    caller.wants(&inquiry)?;
                    let done = Done::of(&step.inquiry);
                    *after.lock().unwrap_or_else(PoisonError::into_inner) = Some(step.inquiry.clone());
                    let mut change = self.change_of(caller, step)?;
                    change.answer = serde_json::json!({ "done": done });
                    Ok(change)
                })
                .await?;
            match after.into_inner().unwrap_or_else(PoisonError::into_inner) {
                Some(after) if !done.repeated => Ok(after),
                // Since it was done, others may have moved it on.
                _ => self.load(id).await,
            }
        }
    }

    /// The change that a step makes, with its notices.
    pub(crate) fn change_of(&self, caller: &Caller, step: Step) -> Result<Change, DeskError> {
        let mut change = Change::new(caller.command());
        let after = step.inquiry.clone();
        let announce = change.step(step);
        if let Stage::Calling { callback, since, .. } = &after.stage
            && *since == change.command.at
        {
            let code = self.links.next_call_mark(callback);
            change.writes.push(Write::Mark(Mark { code, way: MarkedWay::Call, at: *since }));
        }
        self.announce(&mut change, &after, &announce)?;
        Ok(change)
    }

    /// Loads an inquiry. Of one that was erased there is nothing to do anything with.
    pub(crate) async fn load(&self, id: InquiryId) -> Result<Inquiry, DeskError> {
        self.store.inquiry(id).await?.filter(|inquiry| inquiry.erased.is_none()).ok_or(DeskError::NotFound)
    }

    /// Is it the person of this inquiry who asks? Anybody else may not know that it is there; whoever acts for them is told that
    /// this is not theirs to do.
    pub(crate) fn own(caller: &Caller, id: InquiryId) -> Result<(), DeskError> {
        match caller.who {
            Who::Person(own) if own == id => Ok(()),
            Who::Delegate(own, _) if own == id => Err(Refusal::NotDelegated.into()),
            _ => Err(DeskError::NotFound),
        }
    }

    /// Is it the person of this inquiry who asks, or somebody who was let act for them? Whether they still are, and for this, is seen
    /// with the inquiry itself ([`Self::own_or`]).
    pub(crate) fn party(caller: &Caller, id: InquiryId) -> Result<(), DeskError> {
        match caller.who {
            Who::Person(own) | Who::Delegate(own, _) if own == id => Ok(()),
            _ => Err(DeskError::NotFound),
        }
    }

    /// Is it the person of this inquiry, or somebody who acts for them and may do this now?
    pub(crate) fn own_or(caller: &Caller, inquiry: &Inquiry, act: DelegateAct) -> Result<(), DeskError> {
        match caller.who {
            Who::Delegate(own, nth) if own == inquiry.id => {
                Ok(inquiry.may_as_delegate(nth, act, caller.now)?)
            }
            _ => Self::own(caller, inquiry.id),
        }
    }
}
