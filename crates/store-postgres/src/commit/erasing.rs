//! Erasing what hangs on an inquiry, and a person of whom nothing is left.

use super::hit;
use crate::fault::Fault;
use domain::{erasure::Traces, person::Person};
use sqlx::PgConnection;
use store::columns::int;

/// Takes the number and the person out of waits that are over. What came of them still counts.
macro_rules! nameless_waits {
    ($which:literal) => {
        concat!(
            "UPDATE waiter SET version = version + 1, phone = NULL, person = NULL,
               doc = ((doc::jsonb - 'number' - 'person') || jsonb_build_object('version', version + 1))::json
             WHERE NOT live AND ",
            $which
        )
    };
}

pub(super) async fn traces(conn: &mut PgConnection, traces: &Traces) -> Result<(), Fault> {
    for sql in [
        "DELETE FROM notice WHERE inquiry = $1",
        "DELETE FROM pass WHERE owner = $1",
        "DELETE FROM call_record WHERE inquiry = $1 AND ended IS NOT NULL",
        nameless_waits!("inquiry = $1"),
    ] {
        sqlx::query(sql).bind(traces.inquiry.uuid()).execute(&mut *conn).await?;
    }
    let Some(number) = &traces.number else { return Ok(()) };
    for sql in [
        "DELETE FROM line_memory WHERE phone = $1",
        "UPDATE call_record SET version = version + 1, phone = NULL,
           doc = ((doc::jsonb - 'phone') || jsonb_build_object('version', version + 1))::json
         WHERE phone = $1 AND ended IS NOT NULL",
    ] {
        sqlx::query(sql).bind(number.key.as_str()).execute(&mut *conn).await?;
    }
    sqlx::query(nameless_waits!("phone = $1")).bind(&number.wait).execute(conn).await?;
    Ok(())
}

pub(super) async fn end_person(conn: &mut PgConnection, person: &Person) -> Result<(), Fault> {
    let gone = sqlx::query("DELETE FROM person WHERE id = $1 AND version = $2")
        .bind(person.id.uuid())
        .bind(int(person.version))
        .execute(&mut *conn)
        .await?;
    hit("person", gone.rows_affected())?;
    sqlx::query(nameless_waits!("person = $1")).bind(person.id.uuid()).execute(conn).await?;
    Ok(())
}
