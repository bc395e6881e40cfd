//! Writing an inquiry: the document, the columns lists are made of, and its appointments.

use crate::convert::{Fault, doc, int, micros, word};
use domain::{appointment::Appointment, inquiry::Inquiry};
use sqlx::SqliteConnection;
use store::{
    Conflict,
    columns::{self, follows, rank, watch},
};

/// Writes an inquiry if its predecessor stands.
pub(super) async fn put(conn: &mut SqliteConnection, inquiry: &Inquiry) -> Result<(), Fault> {
    let id = inquiry.id.to_string();
    let found = sqlx::query_scalar("SELECT version FROM inquiry WHERE id = ?1")
        .bind(&id)
        .fetch_optional(&mut *conn)
        .await?;
    follows("inquiry", found, inquiry.version)?;
    meets_no_other(conn, inquiry, &id).await?;
    let callback = inquiry.callback();
    sqlx::query(
        "INSERT INTO inquiry (id, version, number, person, reason, office, stage, live, urgency, opened, due,
                              next_attempt, owner, watch, doc)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, number = excluded.number, person = excluded.person,
           reason = excluded.reason, office = excluded.office, stage = excluded.stage, live = excluded.live,
           urgency = excluded.urgency, opened = excluded.opened, due = excluded.due,
           next_attempt = excluded.next_attempt, owner = excluded.owner, watch = excluded.watch,
           doc = excluded.doc",
    )
    .bind(&id)
    .bind(int(inquiry.version))
    .bind(inquiry.number.digits())
    .bind(inquiry.person.to_string())
    .bind(inquiry.reason.as_str())
    .bind(inquiry.office.as_str())
    .bind(inquiry.stage.as_str())
    .bind(inquiry.is_live())
    .bind(rank(inquiry.urgency))
    .bind(micros(inquiry.opened))
    .bind(inquiry.due().map(micros))
    .bind(callback.map(|c| micros(c.next_attempt)))
    .bind(callback.and_then(|c| c.owner).map(|o| o.to_string()))
    .bind(watch(inquiry).map(|key| key.0))
    .bind(doc("inquiry", inquiry)?)
    .execute(&mut *conn)
    .await?;
    visits(conn, inquiry, &id).await
}

/// Looks for the number and for a live pair before the indexes would refuse: they cannot say whom they met.
async fn meets_no_other(conn: &mut SqliteConnection, inquiry: &Inquiry, id: &str) -> Result<(), Fault> {
    let same_number: Option<String> =
        sqlx::query_scalar("SELECT id FROM inquiry WHERE number = ?1 AND id <> ?2")
            .bind(inquiry.number.digits())
            .bind(id)
            .fetch_optional(&mut *conn)
            .await?;
    if same_number.is_some() {
        return Err(Conflict::NumberInUse.into());
    }
    if !inquiry.is_live() {
        return Ok(());
    }
    let pair: Option<String> = sqlx::query_scalar(
        "SELECT id FROM inquiry WHERE person = ?1 AND reason = ?2 AND live = 1 AND id <> ?3",
    )
    .bind(inquiry.person.to_string())
    .bind(inquiry.reason.as_str())
    .bind(id)
    .fetch_optional(&mut *conn)
    .await?;
    match pair {
        Some(other) => Err(Conflict::LiveInquiry { inquiry: word(&other)? }.into()),
        None => Ok(()),
    }
}

/// Writes the appointments anew: few, and each may have changed its state.
async fn visits(conn: &mut SqliteConnection, inquiry: &Inquiry, id: &str) -> Result<(), Fault> {
    sqlx::query("DELETE FROM visit WHERE inquiry = ?1").bind(id).execute(&mut *conn).await?;
    for (n, (appointment, current)) in (0_i64..).zip(columns::visits(inquiry)) {
        visit(conn, id, n, appointment, current).await?;
    }
    Ok(())
}

async fn visit(
    conn: &mut SqliteConnection,
    inquiry: &str,
    n: i64,
    appointment: &Appointment,
    current: bool,
) -> Result<(), Fault> {
    sqlx::query(
        "INSERT INTO visit (inquiry, n, appointment, office, start, current) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )
    .bind(inquiry)
    .bind(n)
    .bind(appointment.id.to_string())
    .bind(appointment.office.as_str())
    .bind(micros(appointment.start))
    .bind(current)
    .execute(conn)
    .await?;
    Ok(())
}
