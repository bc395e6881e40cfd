//! What a provider says of somebody, turned into what they are here, by the agency's own table.

use crate::jwt::{Claims, text};
use domain::{actor::Role, codes::OfficeCode, text::Lang};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The agency's table. Names of claims may be paths: `realm_access.roles` is `roles` in `realm_access`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The claim with what they sign in as.
    pub sign_in: String,
    /// The claim with their name.
    pub name: String,
    /// The claim with their groups or roles there.
    pub roles: String,
    /// Which of those is which role here. One may be several.
    pub role: BTreeMap<String, BTreeSet<Role>>,
    /// The claim with the office they work at.
    pub office: Option<String>,
    /// The claim with the languages they speak with people.
    pub langs: Option<String>,
}

/// What somebody is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// What they sign in as, in lower case.
    pub sign_in: String,
    /// Their name.
    pub name: String,
    /// What they do.
    pub roles: Vec<Role>,
    /// Where they work.
    pub office: Option<OfficeCode>,
    /// Languages they speak with people.
    pub langs: Vec<Lang>,
}

/// Why somebody is nothing here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unmapped {
    /// None of their groups is a role here.
    #[error("none of the groups is a role here")]
    NoRole,
    /// A role that works at an office, and no office, or one that cannot be read.
    #[error("a role that works at an office, and no office")]
    NoOffice,
    /// No name to know them by.
    #[error("the provider gives no name")]
    NoName,
}

/// The value at a path.
fn at<'a>(claims: &'a Claims, path: &str) -> Option<&'a Value> {
    // A claim may have dots in its own name, as URLs have.
    if let Some(value) = claims.get(path) {
        return Some(value);
    }
    let mut parts = path.split('.');
    let first = claims.get(parts.next()?)?;
    parts.try_fold(first, |value, part| value.get(part))
}

/// One text, or a list of them; a list may be written as one text with spaces.
fn texts(claims: &Claims, path: &str) -> Vec<String> {
    match at(claims, path) {
        Some(Value::String(all)) => all.split_whitespace().map(str::to_owned).collect(),
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

fn one<'a>(claims: &'a Claims, path: &str) -> Option<&'a str> {
    at(claims, path).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

impl Mapping {
    /// What somebody with these claims is here. What is too long or has no meaning is left out, never guessed.
    ///
    /// # Errors
    /// Why they are nothing.
    pub fn map(&self, claims: &Claims) -> Result<Mapped, Unmapped> {
        let said = texts(claims, &self.roles);
        let roles: BTreeSet<Role> =
            said.iter().filter_map(|group| self.role.get(group)).flatten().copied().collect();
        if roles.is_empty() {
            return Err(Unmapped::NoRole);
        }
        let office = self.office.as_deref().and_then(|path| one(claims, path)?.parse().ok());
        let at_an_office = |role: &Role| matches!(role, Role::Clerk | Role::OfficeManager);
        if office.is_none() && roles.iter().any(at_an_office) {
            return Err(Unmapped::NoOffice);
        }
        let sign_in = one(claims, &self.sign_in).or_else(|| text(claims, "email")).ok_or(Unmapped::NoName)?;
        let sign_in: String = sign_in.to_lowercase().chars().filter(|c| !c.is_control()).take(100).collect();
        let name = one(claims, &self.name).unwrap_or(&sign_in);
        let name: String = name.chars().filter(|c| !c.is_control()).take(100).collect();
        let langs = self.langs.as_deref().map(|path| texts(claims, path)).unwrap_or_default();
        let langs = langs.iter().filter_map(|lang| lang.parse().ok()).take(20).collect();
        Ok(Mapped { name, roles: roles.into_iter().collect(), office, langs, sign_in })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping() -> Mapping {
        let role = |group: &str, role| (group.to_owned(), BTreeSet::from([role]));
        Mapping {
            sign_in: "preferred_username".into(),
            name: "name".into(),
            roles: "realm_access.roles".into(),
            role: [role("desk officers", Role::Officer), role("desk-clerks", Role::Clerk)].into(),
            office: Some("office".into()),
            langs: Some("https://agency.example/langs".into()),
        }
    }

    fn claims(value: &Value) -> Claims {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn groups_become_roles_and_what_means_nothing_is_left_out() {
        let said = serde_json::json!({
            "preferred_username": "Ana.Ruiz", "name": "Ana Ruiz", "office": "LOS",
            "realm_access": { "roles": ["desk officers", "desk-clerks", "uma_authorization", 7] },
            "https://agency.example/langs": ["en", "es", "not a language"],
        });
        let mapped = mapping().map(&claims(&said)).unwrap();
        assert_eq!(mapped.sign_in, "ana.ruiz");
        assert_eq!(mapped.roles, [Role::Officer, Role::Clerk]);
        assert_eq!(mapped.office.unwrap().as_str(), "LOS");
        assert_eq!(mapped.langs, [Lang::en(), Lang::es()]);
    }

    #[test]
    fn whoever_has_no_role_here_is_nobody_here() {
        let check = |said: Value| mapping().map(&claims(&said)).unwrap_err();
        assert_eq!(check(serde_json::json!({ "preferred_username": "ana" })), Unmapped::NoRole);
        let roles = serde_json::json!({ "roles": ["administrator", "officer"] });
        assert_eq!(
            check(serde_json::json!({ "preferred_username": "a", "realm_access": roles })),
            Unmapped::NoRole
        );
        let clerk = serde_json::json!({ "roles": ["desk-clerks"] });
        assert_eq!(
            check(serde_json::json!({ "preferred_username": "a", "realm_access": clerk })),
            Unmapped::NoOffice
        );
        let officer = serde_json::json!({ "roles": ["desk officers"] });
        assert_eq!(check(serde_json::json!({ "realm_access": officer })), Unmapped::NoName);
    }
}
