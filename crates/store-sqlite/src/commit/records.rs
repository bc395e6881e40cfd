//! Writing the other records: people, staff, sessions, drafts, notices, cases, imported files.

use crate::convert::{Fault, doc, int, micros};
use domain::{
    actor::Staff,
    case::Case,
    draft::Draft,
    ids::{DraftId, SessionId},
    imported::Imported,
    notice::Notice,
    person::Person,
    session::Session,
    tickets::Tickets,
};
use sqlx::SqliteConnection;
use store::{
    Conflict,
    columns::{follows, owed},
};

pub(super) async fn person(conn: &mut SqliteConnection, person: &Person) -> Result<(), Fault> {
    let id = person.id.to_string();
    let found = sqlx::query_scalar("SELECT version FROM person WHERE id = ?1")
        .bind(&id)
        .fetch_optional(&mut *conn)
        .await?;
    follows("person", found, person.version)?;
    let other: Option<String> = sqlx::query_scalar("SELECT id FROM person WHERE identity = ?1 AND id <> ?2")
        .bind(person.identity.as_str())
        .bind(&id)
        .fetch_optional(&mut *conn)
        .await?;
    if other.is_some() {
        return Err(Conflict::PersonKnown.into());
    }
    sqlx::query(
        "INSERT INTO person (id, version, identity, doc) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, identity = excluded.identity, doc = excluded.doc",
    )
    .bind(&id)
    .bind(int(person.version))
    .bind(person.identity.as_str())
    .bind(doc("person", person)?)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn staff(conn: &mut SqliteConnection, staff: &Staff) -> Result<(), Fault> {
    let id = staff.id.to_string();
    let found = sqlx::query_scalar("SELECT version FROM staff WHERE id = ?1")
        .bind(&id)
        .fetch_optional(&mut *conn)
        .await?;
    follows("member of staff", found, staff.version)?;
    let other: Option<String> = sqlx::query_scalar("SELECT id FROM staff WHERE sign_in = ?1 AND id <> ?2")
        .bind(&staff.sign_in)
        .bind(&id)
        .fetch_optional(&mut *conn)
        .await?;
    if other.is_some() {
        return Err(Conflict::SignInInUse.into());
    }
    sqlx::query(
        "INSERT INTO staff (id, version, sign_in, name, doc) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, sign_in = excluded.sign_in, name = excluded.name, doc = excluded.doc",
    )
    .bind(&id)
    .bind(int(staff.version))
    .bind(&staff.sign_in)
    .bind(&staff.name)
    .bind(doc("member of staff", staff)?)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn session(conn: &mut SqliteConnection, session: &Session) -> Result<(), Fault> {
    // A token that another session has counts as one that has moved on: draw another.
    let found: Option<(String, i64)> =
        sqlx::query_as("SELECT id, version FROM session WHERE id = ?1 OR token_hash = ?2 ORDER BY id = ?1")
            .bind(session.id.to_string())
            .bind(&session.token_hash)
            .fetch_optional(&mut *conn)
            .await?;
    if found.as_ref().is_some_and(|(id, _)| *id != session.id.to_string()) {
        return Err(Conflict::Stale { record: "session" }.into());
    }
    follows("session", found.map(|(_, version)| version), session.version)?;
    sqlx::query(
        "INSERT INTO session (id, version, token_hash, used, until, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, token_hash = excluded.token_hash, used = excluded.used,
           until = excluded.until, doc = excluded.doc",
    )
    .bind(session.id.to_string())
    .bind(int(session.version))
    .bind(&session.token_hash)
    .bind(micros(session.used))
    .bind(micros(session.ends()))
    .bind(doc("session", session)?)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn end_session(conn: &mut SqliteConnection, id: SessionId) -> Result<(), Fault> {
    sqlx::query("DELETE FROM session WHERE id = ?1").bind(id.to_string()).execute(conn).await?;
    Ok(())
}

pub(super) async fn draft(conn: &mut SqliteConnection, draft: &Draft) -> Result<(), Fault> {
    let found: Option<(String, i64)> =
        sqlx::query_as("SELECT id, version FROM draft WHERE id = ?1 OR token_hash = ?2 ORDER BY id = ?1")
            .bind(draft.id.to_string())
            .bind(&draft.token_hash)
            .fetch_optional(&mut *conn)
            .await?;
    if found.as_ref().is_some_and(|(id, _)| *id != draft.id.to_string()) {
        return Err(Conflict::Stale { record: "draft" }.into());
    }
    follows("draft", found.map(|(_, version)| version), draft.version)?;
    sqlx::query(
        "INSERT INTO draft (id, version, token_hash, saved, doc) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, token_hash = excluded.token_hash, saved = excluded.saved, doc = excluded.doc",
    )
    .bind(draft.id.to_string())
    .bind(int(draft.version))
    .bind(&draft.token_hash)
    .bind(micros(draft.saved))
    .bind(doc("draft", draft)?)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn end_draft(conn: &mut SqliteConnection, id: DraftId) -> Result<(), Fault> {
    sqlx::query("DELETE FROM draft WHERE id = ?1").bind(id.to_string()).execute(conn).await?;
    Ok(())
}

pub(super) async fn notice(conn: &mut SqliteConnection, notice: &Notice) -> Result<(), Fault> {
    let id = notice.id.to_string();
    let found = sqlx::query_scalar("SELECT version FROM notice WHERE id = ?1")
        .bind(&id)
        .fetch_optional(&mut *conn)
        .await?;
    follows("notice", found, notice.version)?;
    sqlx::query(
        "INSERT INTO notice (id, version, inquiry, queued, owed, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, inquiry = excluded.inquiry, queued = excluded.queued, owed = excluded.owed,
           doc = excluded.doc",
    )
    .bind(&id)
    .bind(int(notice.version))
    .bind(notice.inquiry.to_string())
    .bind(micros(notice.queued_at))
    .bind(owed(notice))
    .bind(doc("notice", notice)?)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn case(conn: &mut SqliteConnection, case: &Case) -> Result<(), Fault> {
    sqlx::query(
        "INSERT INTO case_record (receipt, doc) VALUES (?1, ?2)
         ON CONFLICT (receipt) DO UPDATE SET doc = excluded.doc",
    )
    .bind(case.receipt.as_str())
    .bind(doc("case", case)?)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn imported(conn: &mut SqliteConnection, imported: &Imported) -> Result<(), Fault> {
    let found = sqlx::query_scalar("SELECT version FROM imported WHERE tbl = ?1")
        .bind(imported.table.as_str())
        .fetch_optional(&mut *conn)
        .await?;
    follows("imported table", found, imported.version)?;
    sqlx::query(
        "INSERT INTO imported (tbl, version, rows, hash, as_of, at, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (tbl) DO UPDATE SET
           version = excluded.version, rows = excluded.rows, hash = excluded.hash, as_of = excluded.as_of,
           at = excluded.at, text = excluded.text",
    )
    .bind(imported.table.as_str())
    .bind(int(imported.version))
    .bind(i64::from(imported.rows))
    .bind(&imported.hash)
    .bind(imported.as_of.map(|day| day.to_string()))
    .bind(micros(imported.at))
    .bind(&imported.text)
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives a ticket if the one before it is the last that was given. Two may draw the same; one of them gets it.
pub(super) async fn tickets(conn: &mut SqliteConnection, tickets: &Tickets) -> Result<(), Fault> {
    let sql = if tickets.given == 1 {
        "INSERT INTO tickets (office, day, given) VALUES (?1, ?2, ?3) ON CONFLICT (office, day) DO NOTHING"
    } else {
        "UPDATE tickets SET given = ?3 WHERE office = ?1 AND day = ?2 AND given = ?3 - 1"
    };
    let written = sqlx::query(sql)
        .bind(tickets.office.as_str())
        .bind(tickets.day.to_string())
        .bind(int(tickets.given))
        .execute(conn)
        .await?;
    if written.rows_affected() == 0 { Err(Conflict::TicketTaken.into()) } else { Ok(()) }
}
