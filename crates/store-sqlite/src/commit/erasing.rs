//! Erasing what hangs on an inquiry, and a person of whom nothing is left.

use crate::{
    convert::{Fault, int},
    sql,
};
use domain::{erasure::Traces, person::Person};
use rusqlite::{Connection, params};
use store::Conflict;

/// Takes the number and the person out of waits that are over. What came of them still counts.
macro_rules! nameless_waits {
    ($which:literal) => {
        concat!(
            "UPDATE waiter SET version = version + 1, phone = NULL, person = NULL,
               doc = json_remove(json_set(doc, '$.version', version + 1), '$.number', '$.person')
             WHERE live = 0 AND ",
            $which
        )
    };
}

pub(super) fn traces(conn: &Connection, traces: &Traces) -> Result<(), Fault> {
    let inquiry = traces.inquiry.to_string();
    sql::run(conn, "DELETE FROM notice WHERE inquiry = ?1", params![inquiry])?;
    sql::run(conn, "DELETE FROM pass WHERE owner = ?1", params![inquiry])?;
    sql::run(conn, "DELETE FROM call_record WHERE inquiry = ?1 AND ended IS NOT NULL", params![inquiry])?;
    sql::run(conn, nameless_waits!("inquiry = ?1"), params![inquiry])?;
    let Some(number) = &traces.number else { return Ok(()) };
    let key = number.key.as_str();
    sql::run(conn, "DELETE FROM line_memory WHERE phone = ?1", params![key])?;
    sql::run(
        conn,
        "UPDATE call_record SET version = version + 1, phone = NULL,
           doc = json_remove(json_set(doc, '$.version', version + 1), '$.phone')
         WHERE phone = ?1 AND ended IS NOT NULL",
        params![key],
    )?;
    sql::run(conn, nameless_waits!("phone = ?1"), params![number.wait])?;
    Ok(())
}

pub(super) fn end_person(conn: &Connection, person: &Person) -> Result<(), Fault> {
    let (id, version) = (person.id.to_string(), int(person.version));
    let gone = sql::run(conn, "DELETE FROM person WHERE id = ?1 AND version = ?2", params![id, version])?;
    if gone == 0 {
        return Err(Conflict::Stale { record: "person" }.into());
    }
    sql::run(conn, nameless_waits!("person = ?1"), params![id])?;
    Ok(())
}
