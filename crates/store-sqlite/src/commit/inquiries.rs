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

/// What is there of an inquiry already, as far as indexes are made of it.
struct Before {
    version: i64,
    number: String,
    person: String,
    reason: String,
    office: String,
    live: bool,
    urgency: i64,
    opened: i64,
    next_attempt: Option<i64>,
    phone: Option<String>,
}

impl Before {
    fn read(conn: &Connection, id: &str) -> rusqlite::Result<Option<Self>> {
        sql::maybe(
            conn,
            "SELECT version, number, person, reason, office, live, urgency, opened, next_attempt, phone
             FROM inquiry WHERE id = ?1",
            params![id],
            |row| {
                Ok(Self {
                    version: row.get(0)?,
                    number: row.get(1)?,
                    person: row.get(2)?,
                    reason: row.get(3)?,
                    office: row.get(4)?,
                    live: row.get(5)?,
                    urgency: row.get(6)?,
                    opened: row.get(7)?,
                    next_attempt: row.get(8)?,
                    phone: row.get(9)?,
                })
            },
        )
    }
}

/// Writes an inquiry if its predecessor stands.
pub(super) fn put(conn: &Connection, inquiry: &Inquiry) -> Result<(), Fault> {
    let id = inquiry.id.to_string();
    let before = Before::read(conn, &id)?;
    follows("inquiry", before.as_ref().map(|before| before.version), inquiry.version)?;
    let (number, person) = (inquiry.number.digits(), inquiry.person.to_string());
    let (reason, office) = (inquiry.reason.as_str(), inquiry.office.as_str());
    let (live, urgency, opened) = (inquiry.is_live(), rank(inquiry.urgency), micros(inquiry.opened));
    let callback = inquiry.callback();
    let next_attempt = callback.map(|c| micros(c.next_attempt));
    // SQLite writes an index anew whenever one of its columns is set, to the same value too. So what seldom changes is
    // set only when it does.
    let phone = columns::phone(inquiry);
    let mut set = Vec::with_capacity(6);
    let same_name = before.as_ref().is_some_and(|b| {
        (&b.number, &b.person, b.reason.as_str(), b.opened) == (&number, &person, reason, opened)
    });
    if let Some(before) = &before {
        set.extend((!same_name).then_some("number = ?3, person = ?4, reason = ?5, opened = ?10"));
        set.extend((before.office != office).then_some("office = ?6"));
        set.extend((before.live != live).then_some("live = ?8"));
        set.extend((before.urgency != urgency).then_some("urgency = ?9"));
        set.extend((before.next_attempt != next_attempt).then_some("next_attempt = ?12"));
        set.extend((before.phone.as_deref() != phone).then_some("phone = ?15"));
    }
    // One that keeps its name, and its place among the live, can meet nobody that it has not met before.
    if !same_name || (live && before.as_ref().is_some_and(|before| !before.live)) {
        meets_no_other(conn, inquiry, &id)?;
    }
    let text = if before.is_some() {
        set.push("version = ?2, stage = ?7, due = ?11, owner = ?13, watch = ?14, doc = ?16");
        format!("UPDATE inquiry SET {} WHERE id = ?1", set.join(", "))
    } else {
        "INSERT INTO inquiry (id, version, number, person, reason, office, stage, live, urgency, opened, due,
                              next_attempt, owner, watch, phone, doc)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
            .to_owned()
    };
    let mut put = conn.prepare_cached(&text)?;
    // By number: a statement that leaves a column out leaves its parameter out too, but ?16 is in each.
    put.execute(params![
        id,
        int(inquiry.version),
        number,
        person,
        reason,
        office,
        inquiry.stage.as_str(),
        live,
        urgency,
        opened,
        inquiry.due().map(micros),
        next_attempt,
        callback.and_then(|c| c.owner).map(|o| o.to_string()),
        watch(inquiry).map(|key| key.0),
        phone,
        doc("inquiry", inquiry)?
    ])?;
    visits(conn, inquiry, &id, before.is_some())?;
    promises(conn, inquiry, &id)
}

/// Writes when the promises fall due: seldom more than two, and most stand there already.
fn promises(conn: &Connection, inquiry: &Inquiry, id: &str) -> Result<(), Fault> {
    for (promise, due) in columns::promises(inquiry) {
        sql::run(
            conn,
            "INSERT INTO promise (inquiry, id, due) VALUES (?1, ?2, ?3)
             ON CONFLICT (inquiry, id) DO UPDATE SET due = excluded.due WHERE due <> excluded.due",
            params![id, promise.to_string(), micros(due)],
        )?;
    }
    Ok(())
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
