//! Somebody plans when a member of staff works. Calls that they hold at a time when they are not there any more go to whoever is
//! on duty, in the same commit.

use crate::{Caller, Desk, DeskError};
use domain::{
    actor::Staff,
    change::{Change, Write},
    ids::StaffId,
    inquiry::Giving,
    journal::Happened,
    refusal::Refusal,
    roster::{PlannedBefore, Shifts},
};

/// What is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRoster {
    /// For whom.
    pub of: StaffId,
    /// When they work; none: nothing is planned any more, and they are there whenever calls are promised.
    pub shifts: Option<Shifts>,
    /// Why calls that they hold go to whoever is on duty.
    pub because: String,
}

impl Desk {
    /// Plans when a member of staff works.
    ///
    /// # Errors
    /// [`Refusal::RosterHours`]; [`Refusal::ReasonNeeded`] where calls that they hold go to others without a reason;
    /// [`DeskError::Contended`] when their record is none of the versions that the caller wants; [`DeskError::NotFound`],
    /// [`DeskError::Denied`].
    pub async fn plan_roster(&self, caller: &Caller, plan: &PlanRoster) -> Result<Staff, DeskError> {
        self.act(caller, async || {
            let before = self.planned_staff(caller, plan.of).await?;
            if caller.only.versions.as_ref().is_some_and(|wanted| !wanted.contains(&before.version)) {
                return Err(DeskError::Contended);
            }
            let roster = self.roster_of(&before, plan.shifts.clone(), caller.now)?;
            let mut change = Change::new(caller.command());
            if roster == before.roster {
                return Ok(change);
            }
            // Also those that are kept from whoever plans: nobody's call is left without a caller.
            let calls =
                Self::calls_left(&self.store, self.call_length(), before.id, roster.as_ref(), caller.now)
                    .await?;
            let because = plan.because.trim();
            if !calls.is_empty() && because.is_empty() {
                return Err(Refusal::ReasonNeeded.into());
            }
            for inquiry in &calls {
                let step = inquiry.give_callback(Giving::Anybody, because, caller.actor(), caller.now)?;
                change.step(step);
            }
            let given = u32::try_from(calls.len()).unwrap_or(u32::MAX);
            change.note(None, Happened::RosterPlanned { of: before.id, planned: roster.is_some(), given });
            let planned_before = Some(PlannedBefore::kept(
                before.planned_before.as_ref(),
                before.roster.as_ref(),
                &self.roster_zone(&before),
                caller.now,
            ));
            let after = Staff { version: before.version + 1, roster, planned_before, ..before };
            change.writes.push(Write::Staff(Box::new(after)));
            Ok(change)
        })
        .await?;
        self.store.staff(plan.of).await?.ok_or(DeskError::NotFound)
    }
}
