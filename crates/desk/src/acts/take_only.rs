//! An operator says what they take right now, of what they can serve.

use crate::{Caller, Desk, DeskError};
use domain::{
    actor::Staff,
    change::Change,
    ids::StaffId,
    wait::{Only, Operator, Refused, Skills, Untaken},
};

impl Desk {
    /// From now on they take only these queues and languages, until they go off duty. Everything that they can serve is the same
    /// as nothing left out.
    ///
    /// # Errors
    /// As [`Operator::take_only`]; [`DeskError::NotFound`] when there is no such member of staff.
    pub async fn take_only(
        &self,
        caller: &Caller,
        operator: StaffId,
        only: &Only,
    ) -> Result<Operator, DeskError> {
        self.act(caller, async || {
            Self::may_act_for(caller, operator)?;
            let staff = self.store.staff(operator).await?.ok_or(DeskError::NotFound)?;
            let known = self.store.operator(operator).await?.unwrap_or_else(|| Operator::new(operator));
            let skills = skills(&staff);
            let (mut only, queues) = (only.clone(), self.queues());
            let serves_them = only.queues.iter().all(|queue| queues.contains(queue) && skills.serves(queue));
            if !serves_them || !only.langs.is_subset(&skills.langs) {
                return Err(Refused::NoSuchWord.into());
            }
            let mut theirs = queues.iter().filter(|queue| skills.serves(queue));
            if theirs.all(|queue| only.queues.contains(queue)) {
                only.queues.clear();
            }
            if skills.langs.is_subset(&only.langs) {
                only.langs.clear();
            }
            if known.only == only {
                return Ok(Change::new(caller.command()));
            }
            Ok(Self::wait_change(caller, known.take_only(only, &skills, caller.now)?))
        })
        .await?;
        let known = self.store.operator(operator).await?;
        Ok(known.unwrap_or_else(|| Operator::new(operator)))
    }

    /// What this operator leaves out that nobody else on duty takes.
    ///
    /// # Errors
    /// [`DeskError::Store`]; [`DeskError::Denied`].
    pub async fn leaves_untaken(&self, caller: &Caller, operator: &Operator) -> Result<Untaken, DeskError> {
        Self::may_act_for(caller, operator.id)?;
        if operator.only.is_all() {
            return Ok(Untaken::default());
        }
        Ok(operator.leaves(&self.queues(), &self.store.operators().await?))
    }
}

/// What somebody can serve, as their account says.
pub(crate) fn skills(staff: &Staff) -> Skills {
    Skills {
        queues: staff.takes.queues.clone(),
        langs: staff.langs.iter().cloned().collect(),
        reasons: staff.takes.reasons.clone(),
    }
}
