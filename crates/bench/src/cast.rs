//! Invented staff, and the tokens and sessions they work with.

use crate::chance::Chance;
use anyhow::{Context, Result};
use desk::token_hash;
use domain::{
    actor::{Actor, PasswordHash, Role, Staff},
    change::{Change, Command, IdempotencyKey, Write},
    codes::OfficeCode,
    ids::{SessionId, StaffId},
    session::{Program, Scope, Session},
    text::Lang,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::Store;

/// How many officers there are. Each has a token of their own: one token may ask ten times a second.
pub const OFFICERS: usize = 400;

/// With what the load is driven: kept beside the store, since the store keeps only hashes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Keys {
    /// One program's token for each officer.
    pub tokens: Vec<String>,
    /// A browser's session of each officer.
    pub officers: Vec<String>,
    /// A browser's session of one clerk at each office, and which.
    pub clerks: Vec<(String, String)>,
    /// A browser's session of one officer.
    pub officer: String,
    /// A browser's session of a supervisor.
    pub supervisor: String,
    /// A browser's session of a clerk, and their office.
    pub clerk: (String, String),
}

/// The cast and what they hold.
#[derive(Debug, Clone)]
pub struct Cast {
    /// The officers, in order.
    pub officers: Vec<Staff>,
    /// What to drive the load with.
    pub keys: Keys,
}

fn member(
    sign_in: String,
    role: Role,
    office: Option<OfficeCode>,
    now: Timestamp,
    chance: &mut Chance,
) -> Staff {
    Staff {
        id: StaffId::new(now, &chance.bytes()),
        version: 1,
        name: sign_in.to_uppercase(),
        sign_in,
        roles: vec![role],
        office,
        langs: vec![Lang::en()],
        password: PasswordHash("none".to_owned()),
        active: true,
        rights: std::collections::BTreeSet::new(),
        roster: None,
        planned_before: None,
        takes: domain::actor::Takes::default(),
        first_password: None,
    }
}

fn session(staff: &Staff, program: bool, now: Timestamp, chance: &mut Chance) -> (String, Session) {
    let token = chance.token();
    let hours = if program { 24 * 30 } else { i64::from(domain::session::LONGEST_HOURS) };
    let session = Session {
        id: SessionId::new(now, &chance.bytes()),
        version: 1,
        staff: staff.id,
        token_hash: token_hash(&token),
        since: now,
        used: now,
        until: now + SignedDuration::from_hours(hours),
        program: program.then(|| Program { name: "bench".to_owned(), scopes: Scope::ALL.into(), by: None }),
        browser: domain::session::Browser::default(),
    };
    (token, session)
}

/// Writes the cast into a store.
pub async fn hire(
    store: &dyn Store,
    everywhere: &[OfficeCode],
    office: &OfficeCode,
    now: Timestamp,
    dice: &mut Chance,
) -> Result<Cast> {
    let officers: Vec<Staff> =
        (0..OFFICERS).map(|n| member(format!("officer-{n:03}"), Role::Officer, None, now, dice)).collect();
    let supervisor = member("supervisor".to_owned(), Role::Supervisor, None, now, dice);
    let clerk = member("clerk".to_owned(), Role::Clerk, Some(office.clone()), now, dice);
    let clerks: Vec<Staff> = everywhere
        .iter()
        .map(|at| {
            member(format!("clerk-{}", at.as_str().to_lowercase()), Role::Clerk, Some(at.clone()), now, dice)
        })
        .collect();
    let mut keys = Keys::default();
    let mut sessions = Vec::new();
    for officer in &officers {
        let (token, session) = session(officer, true, now, dice);
        keys.tokens.push(token);
        sessions.push(session);
    }
    let mut sit = |staff: &Staff| {
        let (token, session) = session(staff, false, now, dice);
        sessions.push(session);
        token
    };
    keys.officers = officers.iter().map(&mut sit).collect();
    keys.clerks =
        clerks.iter().zip(everywhere).map(|(clerk, at)| (sit(clerk), at.as_str().to_owned())).collect();
    keys.officer = keys.officers.first().context("nobody works here")?.clone();
    keys.supervisor = sit(&supervisor);
    keys.clerk = (sit(&clerk), office.as_str().to_owned());
    let mut change = Change::new(Command {
        key: IdempotencyKey::of("bench-cast", dice.token()),
        actor: Actor::system("bench"),
        at: now,
    });
    let all = officers.iter().chain(&clerks).chain([&supervisor, &clerk]);
    change.writes.extend(all.map(|staff| Write::Staff(Box::new(staff.clone()))));
    change.writes.extend(sessions.into_iter().map(|session| Write::Session(Box::new(session))));
    store.commit(change).await?;
    Ok(Cast { officers, keys })
}
