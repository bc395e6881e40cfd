//! Staff are imported from a file, all or none.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    account::Account,
    actor::{PasswordHash, Role, Staff},
    change::{Change, Write},
    codes::OfficeCode,
    ids::StaffId,
    journal::Happened,
    text::Lang,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// One member of staff as a file names them.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// What they type to sign in.
    pub sign_in: String,
    /// Their name.
    pub name: String,
    /// What they do.
    pub roles: Vec<Role>,
    /// Where they work.
    pub office: Option<OfficeCode>,
    /// Languages they speak with people.
    pub langs: Vec<Lang>,
    /// Their password's hash.
    pub password: PasswordHash,
}

/// What an import of staff does, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StaffPlan {
    /// How many members of staff the file names.
    pub count: u32,
    /// Those nobody knew.
    pub new: u32,
    /// Those that were known, and are written anew. A password in clear always counts as another.
    pub changed: u32,
}

impl NewStaff {
    /// Does anything in it not fit, whatever else the agency has? One sentence each, with the field before it.
    pub fn faults(&self) -> Vec<String> {
        self.account().faults().iter().map(ToString::to_string).collect()
    }

    fn sign_in(&self) -> String {
        self.sign_in.trim().to_lowercase()
    }

    /// All but the password. A file says nothing of what calls they take.
    fn account(&self) -> Account {
        Account {
            sign_in: self.sign_in(),
            name: self.name.clone(),
            roles: self.roles.clone(),
            office: self.office.clone(),
            langs: self.langs.clone(),
            takes: None,
        }
    }

    /// The record this makes of what is known.
    fn over(&self, old: Option<&Staff>, id: impl FnOnce() -> StaffId) -> Staff {
        self.account().over(old, old.map_or_else(id, |old| old.id), self.password.clone())
    }
}

impl Desk {
    /// What importing these staff would do; writes nothing.
    ///
    /// # Errors
    /// [`DeskError::Import`] naming what is wrong with a row; [`DeskError::Denied`].
    pub async fn plan_staff(&self, caller: &Caller, staff: &[NewStaff]) -> Result<StaffPlan, DeskError> {
        caller.may(Action::Import, None)?;
        let mut seen = BTreeSet::new();
        let mut faults = Vec::new();
        for new in staff {
            faults.extend(new.faults().into_iter().map(|says| format!("{}: {says}", new.sign_in)));
            if let Some(office) = &new.office
                && (self.pack.office(office).is_none() || self.pack.retired(office).is_some())
            {
                faults.push(format!("{}: there is no office {office}", new.sign_in));
            }
            if !seen.insert(new.sign_in()) {
                faults.push(format!("{}: this sign-in name is there twice", new.sign_in));
            }
        }
        if !faults.is_empty() {
            return Err(DeskError::Import { faults });
        }
        let mut plan =
            StaffPlan { count: u32::try_from(staff.len()).unwrap_or(u32::MAX), new: 0, changed: 0 };
        for new in staff {
            match self.store.staff_named(&new.sign_in()).await? {
                None => plan.new += 1,
                Some(old) => {
                    let same = Staff { version: old.version, ..new.over(Some(&old), || old.id) } == old;
                    plan.changed += u32::from(!same);
                }
            }
        }
        Ok(plan)
    }

    /// Adds staff, or replaces those with the same sign-in name, in one commit. When nothing would change, nothing is
    /// written.
    ///
    /// # Errors
    /// As [`Desk::plan_staff`].
    pub async fn import_staff(&self, caller: &Caller, staff: Vec<NewStaff>) -> Result<StaffPlan, DeskError> {
        let plan = self.plan_staff(caller, &staff).await?;
        let StaffPlan { count, .. } = plan;
        let names: Vec<&str> = staff.iter().map(|s| s.sign_in.as_str()).collect();
        let hash = hex::encode(Sha256::digest(names.join("\n")));
        let done = self
            .act(caller, async || {
                let mut change = Change::new(caller.command());
                if plan.new + plan.changed > 0 {
                    for new in &staff {
                        let old = self.store.staff_named(&new.sign_in()).await?;
                        let staff = new.over(old.as_ref(), || StaffId::new(caller.now, &self.dice.chance()));
                        change.writes.push(Write::Staff(Box::new(staff)));
                    }
                    change.note(None, Happened::StaffImported { count, hash: hash.clone() });
                }
                change.answer = serde_json::json!({ "imported": plan });
                Ok(change)
            })
            .await?;
        Ok(StaffPlan::deserialize(&done.answer["imported"]).unwrap_or(plan))
    }
}
