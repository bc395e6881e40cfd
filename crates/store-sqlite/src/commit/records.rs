//! Writing the other records: people, staff, sessions, passes, drafts, notices, cases, imported files.

use crate::{
    convert::{Fault, doc, int, micros},
    sql,
};
use domain::{
    actor::Staff,
    case::Case,
    draft::Draft,
    federated::Federated,
    ids::{DraftId, PassId, SessionId},
    imported::Imported,
    notice::Notice,
    pass::Pass,
    person::Person,
    second::Proofs,
    session::Session,
    tickets::Tickets,
};
use rusqlite::{Connection, params};
use store::{
    Conflict,
    columns::{follows, owed},
};

pub(super) fn person(conn: &Connection, person: &Person) -> Result<(), Fault> {
    let id = person.id.to_string();
    let found = sql::value(conn, "SELECT version FROM person WHERE id = ?1", params![id])?;
    follows("person", found, person.version)?;
    let other: Option<String> = sql::value(
        conn,
        "SELECT id FROM person WHERE identity = ?1 AND id <> ?2",
        params![person.identity.as_str(), id],
    )?;
    if other.is_some() {
        return Err(Conflict::PersonKnown.into());
    }
    sql::run(conn, "INSERT INTO person (id, version, identity, doc) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, identity = excluded.identity, doc = excluded.doc", params![id, int(person.version), person.identity.as_str(), doc("person", person)?])?;
    Ok(())
}

pub(super) fn staff(conn: &Connection, staff: &Staff) -> Result<(), Fault> {
    let id = staff.id.to_string();
    let found = sql::value(conn, "SELECT version FROM staff WHERE id = ?1", params![id])?;
    follows("member of staff", found, staff.version)?;
    let other: Option<String> =
        sql::value(conn, "SELECT id FROM staff WHERE sign_in = ?1 AND id <> ?2", params![staff.sign_in, id])?;
    if other.is_some() {
        return Err(Conflict::SignInInUse.into());
    }
    sql::run(
        conn,
        "INSERT INTO staff (id, version, sign_in, name, doc) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, sign_in = excluded.sign_in, name = excluded.name, doc = excluded.doc",
        params![id, int(staff.version), staff.sign_in, staff.name, doc("member of staff", staff)?],
    )?;
    Ok(())
}

pub(super) fn session(conn: &Connection, session: &Session) -> Result<(), Fault> {
    // A token that another session has counts as one that has moved on: draw another.
    let found: Option<(String, i64)> = sql::maybe(
        conn,
        "SELECT id, version FROM session WHERE id = ?1 OR token_hash = ?2 ORDER BY id = ?1",
        params![session.id.to_string(), session.token_hash],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if found.as_ref().is_some_and(|(id, _)| *id != session.id.to_string()) {
        return Err(Conflict::Stale { record: "session" }.into());
    }
    follows("session", found.map(|(_, version)| version), session.version)?;
    sql::run(
        conn,
        "INSERT INTO session (id, version, token_hash, used, until, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, token_hash = excluded.token_hash, used = excluded.used,
           until = excluded.until, doc = excluded.doc",
        params![
            session.id.to_string(),
            int(session.version),
            session.token_hash,
            micros(session.used),
            micros(session.ends()),
            doc("session", session)?
        ],
    )?;
    Ok(())
}

pub(super) fn proofs(conn: &Connection, proofs: &Proofs) -> Result<(), Fault> {
    let staff = proofs.staff.to_string();
    let found = sql::value(conn, "SELECT version FROM proof WHERE staff = ?1", params![staff])?;
    follows("proofs", found, proofs.version)?;
    sql::run(
        conn,
        "INSERT INTO proof (staff, version, doc) VALUES (?1, ?2, ?3)
         ON CONFLICT (staff) DO UPDATE SET version = excluded.version, doc = excluded.doc",
        params![staff, int(proofs.version), doc("proofs", proofs)?],
    )?;
    Ok(())
}

/// An identity is one account's and stays so: whoever comes second finds it there.
pub(super) fn federated(conn: &Connection, federated: &Federated) -> Result<(), Fault> {
    let new = sql::run(
        conn,
        "INSERT INTO federated (key, staff) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING",
        params![federated.key.as_str(), federated.staff.to_string()],
    )?;
    if new > 0 { Ok(()) } else { Err(Conflict::Stale { record: "federated" }.into()) }
}

pub(super) fn end_session(conn: &Connection, id: SessionId) -> Result<(), Fault> {
    sql::run(conn, "DELETE FROM session WHERE id = ?1", params![id.to_string()])?;
    Ok(())
}

/// A pass never changes: one that is there, or whose token another has, is not written again.
pub(super) fn pass(conn: &Connection, pass: &Pass) -> Result<(), Fault> {
    let new = sql::run(
        conn,
        "INSERT INTO pass (id, token_hash, owner, until, doc) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
        params![
            pass.id.to_string(),
            pass.token_hash,
            pass.of.uuid().to_string(),
            micros(pass.until),
            doc("pass", pass)?
        ],
    )?;
    if new > 0 { Ok(()) } else { Err(Conflict::Stale { record: "pass" }.into()) }
}

pub(super) fn end_pass(conn: &Connection, id: PassId) -> Result<(), Fault> {
    sql::run(conn, "DELETE FROM pass WHERE id = ?1", params![id.to_string()])?;
    Ok(())
}

pub(super) fn draft(conn: &Connection, draft: &Draft) -> Result<(), Fault> {
    let found: Option<(String, i64)> = sql::maybe(
        conn,
        "SELECT id, version FROM draft WHERE id = ?1 OR token_hash = ?2 ORDER BY id = ?1",
        params![draft.id.to_string(), draft.token_hash],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if found.as_ref().is_some_and(|(id, _)| *id != draft.id.to_string()) {
        return Err(Conflict::Stale { record: "draft" }.into());
    }
    follows("draft", found.map(|(_, version)| version), draft.version)?;
    sql::run(conn, "INSERT INTO draft (id, version, token_hash, saved, doc) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, token_hash = excluded.token_hash, saved = excluded.saved, doc = excluded.doc", params![draft.id.to_string(), int(draft.version), draft.token_hash, micros(draft.saved), doc("draft", draft)?])?;
    Ok(())
}

pub(super) fn end_draft(conn: &Connection, id: DraftId) -> Result<(), Fault> {
    sql::run(conn, "DELETE FROM draft WHERE id = ?1", params![id.to_string()])?;
    Ok(())
}

pub(super) fn notice(conn: &Connection, notice: &Notice) -> Result<(), Fault> {
    let id = notice.id.to_string();
    let (version, queued) = (int(notice.version), micros(notice.queued_at));
    let (inquiry, owed) = (notice.inquiry.to_string(), owed(notice));
    let doc = doc("notice", notice)?;
    if notice.version == 1 {
        let new = sql::run(
            conn,
            "INSERT INTO notice (id, version, inquiry, queued, owed, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO NOTHING",
            params![id, version, inquiry, queued, owed, doc],
        )?;
        return if new > 0 { Ok(()) } else { Err(Conflict::Stale { record: "notice" }.into()) };
    }
    let found: Option<(i64, String, i64)> =
        sql::maybe(conn, "SELECT version, inquiry, queued FROM notice WHERE id = ?1", params![id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    follows("notice", found.as_ref().map(|found| found.0), notice.version)?;
    if found.is_some_and(|(_, before, at)| (before, at) == (inquiry.clone(), queued)) {
        // Nearly always: the index by inquiry and time stays as it is.
        sql::run(
            conn,
            "UPDATE notice SET version = ?2, owed = ?3, doc = ?4 WHERE id = ?1",
            params![id, version, owed, doc],
        )?;
    } else {
        sql::run(
            conn,
            "UPDATE notice SET version = ?2, inquiry = ?3, queued = ?4, owed = ?5, doc = ?6 WHERE id = ?1",
            params![id, version, inquiry, queued, owed, doc],
        )?;
    }
    Ok(())
}

pub(super) fn case(conn: &Connection, case: &Case) -> Result<(), Fault> {
    sql::run(
        conn,
        "INSERT INTO case_record (receipt, doc) VALUES (?1, ?2)
         ON CONFLICT (receipt) DO UPDATE SET doc = excluded.doc",
        params![case.receipt.as_str(), doc("case", case)?],
    )?;
    Ok(())
}

pub(super) fn imported(conn: &Connection, imported: &Imported) -> Result<(), Fault> {
    let found =
        sql::value(conn, "SELECT version FROM imported WHERE tbl = ?1", params![imported.table.as_str()])?;
    follows("imported table", found, imported.version)?;
    sql::run(
        conn,
        "INSERT INTO imported (tbl, version, rows, hash, as_of, at, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (tbl) DO UPDATE SET
           version = excluded.version, rows = excluded.rows, hash = excluded.hash, as_of = excluded.as_of,
           at = excluded.at, text = excluded.text",
        params![
            imported.table.as_str(),
            int(imported.version),
            i64::from(imported.rows),
            imported.hash,
            imported.as_of.map(|day| day.to_string()),
            micros(imported.at),
            imported.text
        ],
    )?;
    Ok(())
}

/// Gives a ticket if the one before it is the last that was given. Two may draw the same; one of them gets it.
pub(super) fn tickets(conn: &Connection, tickets: &Tickets) -> Result<(), Fault> {
    let sql = if tickets.given == 1 {
        "INSERT INTO tickets (office, day, given) VALUES (?1, ?2, ?3) ON CONFLICT (office, day) DO NOTHING"
    } else {
        "UPDATE tickets SET given = ?3 WHERE office = ?1 AND day = ?2 AND given = ?3 - 1"
    };
    let (office, day) = (tickets.office.as_str(), tickets.day.to_string());
    let written = sql::run(conn, sql, params![office, day, int(tickets.given)])?;
    if written == 0 { Err(Conflict::TicketTaken.into()) } else { Ok(()) }
}
