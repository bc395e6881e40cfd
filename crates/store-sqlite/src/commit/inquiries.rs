//! Writing an inquiry: the document, the columns lists are made of, and its appointments.

use crate::{
    convert::{Fault, doc, int, micros, word},
    sql,
};
use domain::{appointment::Appointment, inquiry::Inquiry};
use rusqlite::{Connection, params};
use store::{
    Conflict,
    columns::{self, follows, rank, watch},
};

/// Writes an inquiry if its predecessor stands.
pub(super) fn put(conn: &Connection, inquiry: &Inquiry) -> Result<(), Fault> {
    let id = inquiry.id.to_string();
    let found = sql::value(conn, "SELECT version FROM inquiry WHERE id = ?1", params![id])?;
    follows("inquiry", found, inquiry.version)?;
    meets_no_other(conn, inquiry, &id)?;
    let callback = inquiry.callback();
    sql::run(
        conn,
        "INSERT INTO inquiry (id, version, number, person, reason, office, stage, live, urgency, opened, due,
                              next_attempt, owner, watch, doc)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, number = excluded.number, person = excluded.person,
           reason = excluded.reason, office = excluded.office, stage = excluded.stage, live = excluded.live,
           urgency = excluded.urgency, opened = excluded.opened, due = excluded.due,
           next_attempt = excluded.next_attempt, owner = excluded.owner, watch = excluded.watch,
           doc = excluded.doc",
        params![
            id,
            int(inquiry.version),
            inquiry.number.digits(),
            inquiry.person.to_string(),
            inquiry.reason.as_str(),
            inquiry.office.as_str(),
            inquiry.stage.as_str(),
            inquiry.is_live(),
            rank(inquiry.urgency),
            micros(inquiry.opened),
            inquiry.due().map(micros),
            callback.map(|c| micros(c.next_attempt)),
            callback.and_then(|c| c.owner).map(|o| o.to_string()),
            watch(inquiry).map(|key| key.0),
            doc("inquiry", inquiry)?
        ],
    )?;
    visits(conn, inquiry, &id, found.is_some())
}

/// Looks for the number and for a live pair before the indexes would refuse: they cannot say whom they met.
fn meets_no_other(conn: &Connection, inquiry: &Inquiry, id: &str) -> Result<(), Fault> {
    let same_number = sql::exists(
        conn,
        "SELECT 1 FROM inquiry WHERE number = ?1 AND id <> ?2",
        params![inquiry.number.digits(), id],
    )?;
    if same_number {
        return Err(Conflict::NumberInUse.into());
    }
    if !inquiry.is_live() {
        return Ok(());
    }
    let pair: Option<String> = sql::value(
        conn,
        "SELECT id FROM inquiry WHERE person = ?1 AND reason = ?2 AND live = 1 AND id <> ?3",
        params![inquiry.person.to_string(), inquiry.reason.as_str(), id],
    )?;
    match pair {
        Some(other) => Err(Conflict::LiveInquiry { inquiry: word(&other)? }.into()),
        None => Ok(()),
    }
}

/// Writes the appointments anew: few, and each may have changed its state.
fn visits(conn: &Connection, inquiry: &Inquiry, id: &str, before: bool) -> Result<(), Fault> {
    if before {
        sql::run(conn, "DELETE FROM visit WHERE inquiry = ?1", params![id])?;
    }
    for (n, (appointment, current)) in (0_i64..).zip(columns::visits(inquiry)) {
        visit(conn, id, n, appointment, current)?;
    }
    Ok(())
}

fn visit(
    conn: &Connection,
    inquiry: &str,
    n: i64,
    appointment: &Appointment,
    current: bool,
) -> Result<(), Fault> {
    sql::run(
        conn,
        "INSERT INTO visit (inquiry, n, appointment, office, start, current) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            inquiry,
            n,
            appointment.id.to_string(),
            appointment.office.as_str(),
            micros(appointment.start),
            current
        ],
    )?;
    Ok(())
}
