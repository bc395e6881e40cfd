//! Writing the other records: people, staff, sessions, passes, drafts, notices, cases.

use super::{all_hit, hit};
use crate::{fault::Fault, time::Time};
use domain::{
    actor::Staff,
    change::Write,
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
use sqlx::PgConnection;
use std::collections::BTreeMap;
use store::{
    Conflict,
    columns::{doc, follows, int, owed},
};
use uuid::Uuid;

/// Locks the records that will be rewritten, when there are several: two changes that write the same ones in
/// another order would each wait for the other.
pub(super) async fn lock(conn: &mut PgConnection, writes: impl Iterator<Item = &Write>) -> Result<(), Fault> {
    let there: Vec<(&'static str, Uuid)> = writes
        .filter_map(|write| match write {
            Write::Inquiry(r) if r.version > 1 => {
                Some(("SELECT 1 FROM inquiry WHERE id = ANY($1) ORDER BY id FOR UPDATE", r.id.uuid()))
            }
            Write::Notice(r) if r.version > 1 => {
                Some(("SELECT 1 FROM notice WHERE id = ANY($1) ORDER BY id FOR UPDATE", r.id.uuid()))
            }
            Write::Person(r) if r.version > 1 => {
                Some(("SELECT 1 FROM person WHERE id = ANY($1) ORDER BY id FOR UPDATE", r.id.uuid()))
            }
            Write::Staff(r) if r.version > 1 => {
                Some(("SELECT 1 FROM staff WHERE id = ANY($1) ORDER BY id FOR UPDATE", r.id.uuid()))
            }
            Write::Caller(r) if r.version > 1 => {
                Some(("SELECT 1 FROM waiter WHERE id = ANY($1) ORDER BY id FOR UPDATE", r.id.uuid()))
            }
            Write::Operator(r) if r.version > 1 => {
                Some(("SELECT 1 FROM duty WHERE id = ANY($1) ORDER BY id FOR UPDATE", r.id.uuid()))
            }
            Write::CallRecord(r) if r.version > 1 => {
                Some(("SELECT 1 FROM call_record WHERE id = ANY($1) ORDER BY id FOR UPDATE", r.id.uuid()))
            }
            _ => None,
        })
        .collect();
    if there.len() < 2 {
        return Ok(());
    }
    let mut kinds: BTreeMap<&'static str, Vec<Uuid>> = BTreeMap::new();
    for (sql, id) in there {
        kinds.entry(sql).or_default().push(id);
    }
    for (sql, ids) in kinds {
        sqlx::query(sql).bind(ids).execute(&mut *conn).await?;
    }
    Ok(())
}

pub(super) async fn person(conn: &mut PgConnection, person: &Person) -> Result<(), Fault> {
    let (found, known): (Option<i64>, bool) = sqlx::query_as(
        "SELECT (SELECT version FROM person WHERE id = $1),
                EXISTS (SELECT 1 FROM person WHERE identity = $2 AND id <> $1)",
    )
    .bind(person.id.uuid())
    .bind(person.identity.as_str())
    .fetch_one(&mut *conn)
    .await?;
    follows("person", found, person.version)?;
    if known {
        return Err(Conflict::PersonKnown.into());
    }
    let written = sqlx::query(
        "INSERT INTO person (id, version, identity, doc) VALUES ($1, $2, $3, $4::json)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, identity = excluded.identity, doc = excluded.doc
         WHERE person.version = excluded.version - 1",
    )
    .bind(person.id.uuid())
    .bind(int(person.version))
    .bind(person.identity.as_str())
    .bind(doc("person", person)?)
    .execute(conn)
    .await?;
    Ok(hit("person", written.rows_affected())?)
}

pub(super) async fn staff(conn: &mut PgConnection, staff: &Staff) -> Result<(), Fault> {
    let (found, in_use): (Option<i64>, bool) = sqlx::query_as(
        "SELECT (SELECT version FROM staff WHERE id = $1),
                EXISTS (SELECT 1 FROM staff WHERE sign_in = $2 AND id <> $1)",
    )
    .bind(staff.id.uuid())
    .bind(&staff.sign_in)
    .fetch_one(&mut *conn)
    .await?;
    follows("member of staff", found, staff.version)?;
    if in_use {
        return Err(Conflict::SignInInUse.into());
    }
    let written = sqlx::query(
        "INSERT INTO staff (id, version, sign_in, name, doc) VALUES ($1, $2, $3, $4, $5::json)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, sign_in = excluded.sign_in, name = excluded.name, doc = excluded.doc
         WHERE staff.version = excluded.version - 1",
    )
    .bind(staff.id.uuid())
    .bind(int(staff.version))
    .bind(&staff.sign_in)
    .bind(&staff.name)
    .bind(doc("member of staff", staff)?)
    .execute(conn)
    .await?;
    Ok(hit("member of staff", written.rows_affected())?)
}

pub(super) async fn session(conn: &mut PgConnection, session: &Session) -> Result<(), Fault> {
    // A token that another session has counts as one that has moved on: draw another.
    let (found, drawn): (Option<i64>, bool) = sqlx::query_as(
        "SELECT (SELECT version FROM session WHERE id = $1),
                EXISTS (SELECT 1 FROM session WHERE token_hash = $2 AND id <> $1)",
    )
    .bind(session.id.uuid())
    .bind(&session.token_hash)
    .fetch_one(&mut *conn)
    .await?;
    if drawn {
        return Err(Conflict::Stale { record: "session" }.into());
    }
    follows("session", found, session.version)?;
    let written = sqlx::query(
        "INSERT INTO session (id, version, staff, token_hash, used, until, doc) VALUES ($1, $2, $3, $4, $5, $6, $7::json)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, staff = excluded.staff, token_hash = excluded.token_hash, used = excluded.used,
           until = excluded.until, doc = excluded.doc
         WHERE session.version = excluded.version - 1",
    )
    .bind(session.id.uuid())
    .bind(int(session.version))
    .bind(session.staff.uuid())
    .bind(&session.token_hash)
    .bind(Time(session.used))
    .bind(Time(session.ends()))
    .bind(doc("session", session)?)
    .execute(conn)
    .await?;
    Ok(hit("session", written.rows_affected())?)
}

pub(super) async fn proofs(conn: &mut PgConnection, proofs: &Proofs) -> Result<(), Fault> {
    let found = sqlx::query_scalar("SELECT version FROM proof WHERE staff = $1")
        .bind(proofs.staff.uuid())
        .fetch_optional(&mut *conn)
        .await?;
    follows("proofs", found, proofs.version)?;
    let written = sqlx::query(
        "INSERT INTO proof (staff, version, doc) VALUES ($1, $2, $3::json)
         ON CONFLICT (staff) DO UPDATE SET version = excluded.version, doc = excluded.doc
         WHERE proof.version = excluded.version - 1",
    )
    .bind(proofs.staff.uuid())
    .bind(int(proofs.version))
    .bind(doc("proofs", proofs)?)
    .execute(conn)
    .await?;
    Ok(hit("proofs", written.rows_affected())?)
}

/// An identity is one account's and stays so: whoever comes second finds it there.
pub(super) async fn federated(conn: &mut PgConnection, federated: &Federated) -> Result<(), Fault> {
    let written =
        sqlx::query("INSERT INTO federated (key, staff) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING")
            .bind(federated.key.as_str())
            .bind(federated.staff.uuid())
            .execute(conn)
            .await?;
    Ok(hit("federated", written.rows_affected())?)
}

pub(super) async fn end_session(conn: &mut PgConnection, id: SessionId) -> Result<(), Fault> {
    sqlx::query("DELETE FROM session WHERE id = $1").bind(id.uuid()).execute(conn).await?;
    Ok(())
}

/// A pass never changes: one that is there, or whose token another has, is not written again.
pub(super) async fn pass(conn: &mut PgConnection, pass: &Pass) -> Result<(), Fault> {
    let written = sqlx::query(
        "INSERT INTO pass (id, token_hash, owner, until, doc) VALUES ($1, $2, $3, $4, $5::json)
         ON CONFLICT DO NOTHING",
    )
    .bind(pass.id.uuid())
    .bind(&pass.token_hash)
    .bind(pass.of.uuid())
    .bind(Time(pass.until))
    .bind(doc("pass", pass)?)
    .execute(conn)
    .await?;
    Ok(hit("pass", written.rows_affected())?)
}

pub(super) async fn end_pass(conn: &mut PgConnection, id: PassId) -> Result<(), Fault> {
    sqlx::query("DELETE FROM pass WHERE id = $1").bind(id.uuid()).execute(conn).await?;
    Ok(())
}

pub(super) async fn draft(conn: &mut PgConnection, draft: &Draft) -> Result<(), Fault> {
    let (found, drawn): (Option<i64>, bool) = sqlx::query_as(
        "SELECT (SELECT version FROM draft WHERE id = $1),
                EXISTS (SELECT 1 FROM draft WHERE token_hash = $2 AND id <> $1)",
    )
    .bind(draft.id.uuid())
    .bind(&draft.token_hash)
    .fetch_one(&mut *conn)
    .await?;
    if drawn {
        return Err(Conflict::Stale { record: "draft" }.into());
    }
    follows("draft", found, draft.version)?;
    let written = sqlx::query(
        "INSERT INTO draft (id, version, token_hash, saved, doc) VALUES ($1, $2, $3, $4, $5::json)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, token_hash = excluded.token_hash, saved = excluded.saved, doc = excluded.doc
         WHERE draft.version = excluded.version - 1",
    )
    .bind(draft.id.uuid())
    .bind(int(draft.version))
    .bind(&draft.token_hash)
    .bind(Time(draft.saved))
    .bind(doc("draft", draft)?)
    .execute(conn)
    .await?;
    Ok(hit("draft", written.rows_affected())?)
}

pub(super) async fn end_draft(conn: &mut PgConnection, id: DraftId) -> Result<(), Fault> {
    sqlx::query("DELETE FROM draft WHERE id = $1").bind(id.uuid()).execute(conn).await?;
    Ok(())
}

pub(super) async fn notice(conn: &mut PgConnection, notice: &Notice) -> Result<(), Fault> {
    // Only its version can be met, so that no look is needed before.
    let sql = match notice.version {
        0 => return Err(Conflict::Stale { record: "notice" }.into()),
        1 => {
            "INSERT INTO notice (id, version, inquiry, queued, owed, doc) VALUES ($1, $2, $3, $4, $5, $6::json)
             ON CONFLICT (id) DO NOTHING"
        }
        _ => {
            "UPDATE notice SET version = $2, inquiry = $3, queued = $4, owed = $5, doc = $6::json
             WHERE id = $1 AND version = $2 - 1"
        }
    };
    let written = sqlx::query(sql)
        .bind(notice.id.uuid())
        .bind(int(notice.version))
        .bind(notice.inquiry.uuid())
        .bind(Time(notice.queued_at))
        .bind(owed(notice))
        .bind(doc("notice", notice)?)
        .execute(conn)
        .await?;
    Ok(hit("notice", written.rows_affected())?)
}

/// Writes many notices, each another one, if the predecessors of all stand.
pub(super) async fn notices(conn: &mut PgConnection, notices: Vec<&Notice>) -> Result<(), Fault> {
    let (new, old): (Vec<&Notice>, Vec<&Notice>) = notices.into_iter().partition(|n| n.version == 1);
    let new = (
        "INSERT INTO notice (id, version, inquiry, queued, owed, doc)
         SELECT id, version, inquiry, queued, owed, doc::json
         FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::timestamptz[], $5::bool[], $6::text[])
           AS new (id, version, inquiry, queued, owed, doc)
         ON CONFLICT (id) DO NOTHING",
        new,
    );
    let old = (
        "UPDATE notice SET version = new.version, inquiry = new.inquiry, queued = new.queued, owed = new.owed,
           doc = new.doc::json
         FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::timestamptz[], $5::bool[], $6::text[])
           AS new (id, version, inquiry, queued, owed, doc)
         WHERE notice.id = new.id AND notice.version = new.version - 1",
        old,
    );
    for (sql, notices) in [new, old] {
        if notices.is_empty() {
            continue;
        }
        let docs = notices.iter().map(|n| doc("notice", n)).collect::<Result<Vec<_>, _>>()?;
        let written = sqlx::query(sql)
            .bind(notices.iter().map(|n| n.id.uuid()).collect::<Vec<_>>())
            .bind(notices.iter().map(|n| int(n.version)).collect::<Vec<_>>())
            .bind(notices.iter().map(|n| n.inquiry.uuid()).collect::<Vec<_>>())
            .bind(notices.iter().map(|n| Time(n.queued_at)).collect::<Vec<_>>())
            .bind(notices.iter().map(|n| owed(n)).collect::<Vec<_>>())
            .bind(docs)
            .execute(&mut *conn)
            .await?;
        all_hit("notice", written.rows_affected(), notices.len())?;
    }
    Ok(())
}

/// Writes that many sessions were used, each another one, if the predecessors of all stand.
pub(super) async fn sessions(conn: &mut PgConnection, sessions: Vec<&Session>) -> Result<(), Fault> {
    if sessions.is_empty() {
        return Ok(());
    }
    let docs = sessions.iter().map(|s| doc("session", s)).collect::<Result<Vec<_>, _>>()?;
    // In the order of their identifiers, and locked so: another node may note the use of the same ones.
    let written = sqlx::query(
        "WITH there AS MATERIALIZED (SELECT id FROM session WHERE id = ANY($1) ORDER BY id FOR UPDATE)
         UPDATE session SET version = new.version, staff = new.staff, token_hash = new.token_hash, used = new.used,
           until = new.until, doc = new.doc::json
         FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[])
           AS new (id, version, staff, token_hash, used, until, doc)
         WHERE session.id = new.id AND session.version = new.version - 1
           AND EXISTS (SELECT 1 FROM there WHERE there.id = new.id)",
    )
    .bind(sessions.iter().map(|s| s.id.uuid()).collect::<Vec<_>>())
    .bind(sessions.iter().map(|s| int(s.version)).collect::<Vec<_>>())
    .bind(sessions.iter().map(|s| s.staff.uuid()).collect::<Vec<_>>())
    .bind(sessions.iter().map(|s| s.token_hash.as_str()).collect::<Vec<_>>())
    .bind(sessions.iter().map(|s| Time(s.used)).collect::<Vec<_>>())
    .bind(sessions.iter().map(|s| Time(s.ends())).collect::<Vec<_>>())
    .bind(docs)
    .execute(conn)
    .await?;
    all_hit("session", written.rows_affected(), sessions.len())
}

/// Replaces what was known of cases. An import brings them by the thousand; of two of the same the later stands.
pub(super) async fn cases(conn: &mut PgConnection, writes: &[Write]) -> Result<(), Fault> {
    let mut docs = BTreeMap::new();
    for write in writes {
        if let Write::Case(case) = write {
            docs.insert(case.receipt.as_str(), doc("case", case)?);
        }
    }
    // In the order of their receipts: two imports at once do not wait for each other crosswise.
    let (receipts, docs): (Vec<&str>, Vec<String>) = docs.into_iter().unzip();
    sqlx::query(
        "INSERT INTO case_record (receipt, doc) SELECT receipt, doc::json FROM unnest($1::text[], $2::text[]) AS new (receipt, doc)
         ON CONFLICT (receipt) DO UPDATE SET doc = excluded.doc",
    )
    .bind(receipts)
    .bind(docs)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn imported(conn: &mut PgConnection, imported: &Imported) -> Result<(), Fault> {
    let sql = match imported.version {
        0 => return Err(Conflict::Stale { record: "imported table" }.into()),
        1 => {
            "INSERT INTO imported (tbl, version, rows, hash, as_of, at, text) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (tbl) DO NOTHING"
        }
        _ => {
            "UPDATE imported SET version = $2, rows = $3, hash = $4, as_of = $5, at = $6, text = $7
             WHERE tbl = $1 AND version = $2 - 1"
        }
    };
    let written = sqlx::query(sql)
        .bind(imported.table.as_str())
        .bind(int(imported.version))
        .bind(i64::from(imported.rows))
        .bind(&imported.hash)
        .bind(imported.as_of.map(|day| day.to_string()))
        .bind(Time(imported.at))
        .bind(&imported.text)
        .execute(conn)
        .await?;
    Ok(hit("imported table", written.rows_affected())?)
}

/// Gives a ticket if the one before it is the last that was given. Two may draw the same; one of them gets it.
pub(super) async fn tickets(conn: &mut PgConnection, tickets: &Tickets) -> Result<(), Fault> {
    let sql = if tickets.given == 1 {
        "INSERT INTO tickets (office, day, given) VALUES ($1, $2, $3) ON CONFLICT (office, day) DO NOTHING"
    } else {
        "UPDATE tickets SET given = $3 WHERE office = $1 AND day = $2 AND given = $3 - 1"
    };
    let written = sqlx::query(sql)
        .bind(tickets.office.as_str())
        .bind(tickets.day.to_string())
        .bind(int(tickets.given))
        .execute(conn)
        .await?;
    if written.rows_affected() == 0 { Err(Conflict::TicketTaken.into()) } else { Ok(()) }
}
