//! What a handover of many calls would do, call by call: looked at whenever somebody reads it, and last when it is done.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::{Action, can},
    actor::{Role, Staff},
    callback::Callback,
    handover::{HandedCall, Handover, HandoverRefused, HandoverStage, StayWhy, Target},
    ids::HandoverId,
    inquiry::{Giving, Inquiry, Promise, Stage, free_stretch},
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use store::Handovers;

/// So many are listed, the newest.
const MOST: u32 = 50;
/// They are listed for so long.
const LISTED: SignedDuration = SignedDuration::from_hours(7 * 24);
/// So many other windows are looked at for one call.
const WINDOWS: usize = 200;

/// What a call becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Becomes {
    /// Somebody else's, in the same window.
    Given(Giving),
    /// Promised in another window.
    Promised(Box<Promise>),
}

/// A call of a handover, as it stands now.
#[derive(Debug, Clone)]
pub struct HandoverRow {
    /// Which.
    pub call: HandedCall,
    /// Its inquiry, as far as whoever looks may see it.
    pub inquiry: Option<Inquiry>,
    /// What it would become, or why it stays; of one that is over, nothing is looked for.
    pub becomes: Result<Becomes, StayWhy>,
}

/// A handover with its calls.
#[derive(Debug, Clone)]
pub struct HandoverSeen {
    /// It.
    pub handover: Handover,
    /// Its calls, in the order in which they are to be made.
    pub rows: Vec<HandoverRow>,
}

impl Desk {
    /// Handovers of the last week, the newest first.
    ///
    /// # Errors
    /// [`DeskError::Denied`].
    pub async fn handovers(&self, caller: &Caller) -> Result<Vec<Handover>, DeskError> {
        caller.may(Action::GivePromise, None)?;
        let since = caller.now.saturating_sub(LISTED).unwrap_or(caller.now);
        Ok(self.store.handovers(Handovers::Since(since), MOST).await?)
    }

    /// One handover, with what each call would become now.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn handover(&self, caller: &Caller, id: HandoverId) -> Result<HandoverSeen, DeskError> {
        caller.may(Action::GivePromise, None)?;
        let handover = self.load_handover(id).await?;
        let rows = self.handover_rows(caller, &handover).await?;
        Ok(HandoverSeen { handover, rows })
    }

    pub(crate) async fn load_handover(&self, id: HandoverId) -> Result<Handover, DeskError> {
        let found = self.store.handovers(Handovers::One(id), 1).await?;
        found.into_iter().next().ok_or(DeskError::NotFound)
    }

    /// The officer who is to make the calls, where it is one.
    pub(crate) async fn handed_to(&self, target: Target) -> Result<Option<Staff>, DeskError> {
        let Target::Officer { officer } = target else { return Ok(None) };
        let staff = self.store.staff(officer).await?.filter(|one| one.active && one.is(Role::Officer));
        Ok(Some(staff.ok_or(HandoverRefused::NoOfficer)?))
    }

    /// What becomes of each call. Those before it in the list have had their time and their windows already.
    pub(crate) async fn handover_rows(
        &self,
        caller: &Caller,
        handover: &Handover,
    ) -> Result<Vec<HandoverRow>, DeskError> {
        let now = caller.now;
        let mut there = Vec::new();
        for call in &handover.calls {
            let inquiry = self.store.inquiry(call.inquiry).await?;
            let may = |one: &Inquiry| caller.may_with(one, Action::GivePromise).is_ok();
            there.push((call.clone(), inquiry.filter(|one| one.erased.is_none() && may(one))));
        }
        let mut desk = Taking::default();
        if handover.stage == HandoverStage::Proposed
            && let Ok(Some(officer)) = self.handed_to(handover.target).await
        {
            let owed = there.iter().filter_map(|(_, inquiry)| inquiry.as_ref()?.callback());
            let until = owed.map(|callback| latest(callback, now)).max().unwrap_or(now);
            desk.taken = self.not_free(officer.id, now.min(handover.from), until, None).await?;
            desk.officer = Some(officer);
        }
        let mut rows = Vec::new();
        for (call, inquiry) in there {
            let becomes = match (&inquiry, &handover.stage) {
                (Some(inquiry), HandoverStage::Proposed) => {
                    self.becomes(handover, &call, inquiry, &mut desk, now).await?
                }
                _ => Err(StayWhy::MovedOn),
            };
            rows.push(HandoverRow { call, inquiry, becomes });
        }
        Ok(rows)
    }

    async fn becomes(
        &self,
        handover: &Handover,
        call: &HandedCall,
        inquiry: &Inquiry,
        desk: &mut Taking,
        now: Timestamp,
    ) -> Result<Result<Becomes, StayWhy>, DeskError> {
        let owed = match &inquiry.stage {
            Stage::Promised(callback) if callback.id == call.callback => callback,
            _ => return Ok(Err(StayWhy::MovedOn)),
        };
        if owed.owner != handover.whose.owner() {
            return Ok(Err(StayWhy::MovedOn));
        }
        Ok(match handover.target {
            Target::Pool => Ok(Becomes::Given(Giving::Anybody)),
            Target::Officer { .. } => self.given(owed, inquiry, desk, now).map(Becomes::Given),
            Target::Windows => {
                let window = self.next_window(handover, inquiry, desk, now).await?;
                window.map(|promise| Becomes::Promised(Box::new(promise))).ok_or(StayWhy::NoWindow)
            }
        })
    }

    /// The next stretch of the officer's time in which the call can be made.
    fn given(
        &self,
        owed: &Callback,
        inquiry: &Inquiry,
        desk: &mut Taking,
        now: Timestamp,
    ) -> Result<Giving, StayWhy> {
        let officer = desk.officer.as_ref().ok_or(StayWhy::NoTime)?;
        can(officer, Action::CallPerson, inquiry).map_err(|_kept| StayWhy::KeptFrom)?;
        let again = owed.again_by.map(|_| owed.next_attempt);
        let from = now.max(again.unwrap_or(owed.window.start));
        let length = self.call_length();
        let planned = free_stretch(desk.taken.iter().copied(), from, latest(owed, now), length);
        let planned = planned.ok_or(StayWhy::NoTime)?;
        desk.taken.push((planned, planned + length));
        Ok(Giving::Officer { officer: officer.id, planned, minutes: length.as_mins() })
    }

    /// The first window outside the time of the handover that can still be kept.
    async fn next_window(
        &self,
        handover: &Handover,
        inquiry: &Inquiry,
        desk: &mut Taking,
        now: Timestamp,
    ) -> Result<Option<Promise>, DeskError> {
        for offer in self.windows(inquiry, now, WINDOWS).await? {
            let window = offer.window;
            let within = handover.from <= window.start && window.start < handover.until;
            let used = desk.windows.entry(window.start).or_default();
            if within || *used >= offer.left {
                continue;
            }
            *used += 1;
            let keeping = self.keeping(window.start, window.end).await?;
            let capacity = keeping.calls_in(window.start, window.end);
            return Ok(Some(self.promise_instead(&window, capacity, now)));
        }
        Ok(None)
    }
}

/// By when a call is to be made: what is late already, soon.
fn latest(owed: &Callback, now: Timestamp) -> Timestamp {
    let due = owed.due();
    if due <= now { now.saturating_add(crate::acts::LATE).unwrap_or(now) } else { due }
}

/// What the calls before one in the list have taken.
#[derive(Default)]
struct Taking {
    officer: Option<Staff>,
    /// The officer's time that is not to be had.
    taken: Vec<(Timestamp, Timestamp)>,
    /// How many more calls each window has.
    windows: BTreeMap<Timestamp, u32>,
}
