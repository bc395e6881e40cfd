//! Staff are imported from a file, all or none.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    actor::{PasswordHash, Role, Staff},
    change::{Change, Write},
    codes::OfficeCode,
    ids::StaffId,
    journal::Happened,
    text::Lang,
};
use sha2::{Digest, Sha256};

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

impl Desk {
    /// Adds staff, or replaces those with the same sign-in name, in one commit.
    ///
    /// # Errors
    /// [`DeskError::Import`] naming what is wrong with a row; [`DeskError::Denied`].
    pub async fn import_staff(&self, caller: &Caller, staff: Vec<NewStaff>) -> Result<u32, DeskError> {
        caller.may(Action::Import, None)?;
        let faults: Vec<String> = staff
            .iter()
            .filter_map(|new| {
                let office = new.office.as_ref()?;
                self.pack
                    .office(office)
                    .is_none()
                    .then(|| format!("{}: there is no office {office}", new.sign_in))
            })
            .collect();
        if !faults.is_empty() {
            return Err(DeskError::Import { faults });
        }
        let count = u32::try_from(staff.len()).unwrap_or(u32::MAX);
        let names: Vec<&str> = staff.iter().map(|s| s.sign_in.as_str()).collect();
        let hash = hex::encode(Sha256::digest(names.join("\n")));
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            for new in &staff {
                let sign_in = new.sign_in.trim().to_lowercase();
                let old = self.store.staff_named(&sign_in).await?;
                change.writes.push(Write::Staff(Box::new(Staff {
                    id: old.as_ref().map_or_else(|| StaffId::new(caller.now, &self.dice.chance()), |o| o.id),
                    version: old.map_or(1, |o| o.version + 1),
                    sign_in,
                    name: new.name.clone(),
                    roles: new.roles.clone(),
                    office: new.office.clone(),
                    langs: new.langs.clone(),
                    password: new.password.clone(),
                    active: true,
                })));
            }
            change.note(None, Happened::StaffImported { count, hash: hash.clone() });
            Ok(change)
        })
        .await?;
        Ok(count)
    }
}
