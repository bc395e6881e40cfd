//! The demo's staff. All of them have one password, which the demo prints.

use crate::{fault::Faults, passwords};
use desk::acts::NewStaff;
use domain::{actor::Role, text::Lang};

/// Everybody's password.
pub const PASSWORD: &str = "open-the-anteroom";
/// The office whose day the demo shows.
pub const OFFICE: &str = "LOS";
/// Other offices with people of their own.
pub const ELSEWHERE: [&str; 6] = ["NYC", "MIA", "CHI", "HOU", "SEA", "REN"];
/// The office with a day that is full.
pub const FULL: &str = "REN";

struct Member {
    sign_in: &'static str,
    name: &'static str,
    role: Role,
    office: Option<&'static str>,
    spanish: bool,
}

const fn member(sign_in: &'static str, name: &'static str, role: Role) -> Member {
    Member { sign_in, name, role, office: None, spanish: false }
}

impl Member {
    const fn at(mut self, office: &'static str) -> Self {
        self.office = Some(office);
        self
    }

    const fn spanish(mut self) -> Self {
        self.spanish = true;
        self
    }
}

const CAST: [Member; 22] = [
    member("officer", "Grace Okafor", Role::Officer),
    member("officer2", "Daniel Reyes", Role::Officer).spanish(),
    member("officer3", "Mei-Ling Tan", Role::Officer),
    member("officer4", "Samuel Whitfield", Role::Officer),
    member("officer5", "Lucía Herrera", Role::Officer).spanish(),
    member("officer6", "Jonas Berg", Role::Officer),
    member("operator", "Tom Brandt", Role::Operator),
    member("operator2", "Paula Nunes", Role::Operator).spanish(),
    member("clerk", "Ivy Chen", Role::Clerk).at(OFFICE),
    member("clerk2", "Omar Haddad", Role::Clerk).at(OFFICE).spanish(),
    member("clerk-nyc", "Denise Fowler", Role::Clerk).at("NYC"),
    member("clerk-mia", "Rafael Pino", Role::Clerk).at("MIA").spanish(),
    member("clerk-chi", "Anna Zielinska", Role::Clerk).at("CHI"),
    member("clerk-hou", "Marcus Webb", Role::Clerk).at("HOU"),
    member("clerk-sea", "Keiko Arai", Role::Clerk).at("SEA"),
    member("clerk-sfv", "Teresa Voss", Role::Clerk).at("SFV"),
    member("clerk-ren", "Dale Hutchins", Role::Clerk).at("REN"),
    member("manager", "Ruth Delgado", Role::OfficeManager).at(OFFICE).spanish(),
    member("supervisor", "Henry Adeyemi", Role::Supervisor),
    member("analyst", "Nora Lindqvist", Role::Analyst),
    member("administrator", "Priya Raman", Role::Administrator),
    member("auditor", "Walter Koenig", Role::Auditor),
];

/// The staff, with their passwords hashed.
pub async fn staff() -> Result<Vec<NewStaff>, Faults> {
    // The password is known to all the world, so one hash for all of them gives nothing away, and starting is quick.
    let hash = passwords::hash(vec![PASSWORD.into()]).await?;
    let password = hash.first().ok_or_else(|| Faults::one("the demo's password was not hashed"))?;
    CAST.iter()
        .map(|member| {
            let office = member.office.map(str::parse).transpose();
            Ok(NewStaff {
                sign_in: member.sign_in.to_owned(),
                name: member.name.to_owned(),
                roles: vec![member.role],
                office: office.map_err(|error: domain::codes::CodeError| Faults::of(&error))?,
                langs: if member.spanish { vec![Lang::en(), Lang::es()] } else { vec![Lang::en()] },
                password: password.clone(),
            })
        })
        .collect()
}

/// The sign-ins that the tour names: one for each role.
pub fn sign_ins() -> String {
    let mut seen = Vec::new();
    CAST.iter()
        .filter(|member| {
            let new = !seen.contains(&member.role);
            seen.push(member.role);
            new
        })
        .map(|member| member.sign_in)
        .collect::<Vec<_>>()
        .join(", ")
}
