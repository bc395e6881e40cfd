//! Writing an inquiry: the document, the columns lists are made of, and its appointments.

use super::hit;
use crate::{fault::Fault, time::Time};
use domain::{ids::InquiryId, inquiry::Inquiry};
use sqlx::PgConnection;
use store::{
    Conflict,
    columns::{doc, follows, int, rank, visits, watch},
};
use uuid::Uuid;

/// Writes an inquiry if its predecessor stands.
pub(super) async fn put(conn: &mut PgConnection, inquiry: &Inquiry) -> Result<(), Fault> {
    meets_no_other(conn, inquiry).await?;
    let callback = inquiry.callback();
    let visits: Vec<_> = visits(inquiry).collect();
    let places: Vec<i64> = (0..).take(visits.len()).collect();
    let appointments: Vec<Uuid> = visits.iter().map(|(a, _)| a.id.uuid()).collect();
    let offices: Vec<&str> = visits.iter().map(|(a, _)| a.office.as_str()).collect();
    let starts: Vec<Time> = visits.iter().map(|(a, _)| Time(a.start)).collect();
    let current: Vec<bool> = visits.iter().map(|(_, current)| *current).collect();
    // The appointments keep their places: one that ends stays where it was, a new one follows.
    let written: i64 = sqlx::query_scalar(
        "WITH put AS (
           INSERT INTO inquiry (id, version, number, person, reason, office, stage, live, urgency, opened, due,
                                next_attempt, owner, watch, doc)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::json)
           ON CONFLICT (id) DO UPDATE SET
             version = excluded.version, number = excluded.number, person = excluded.person,
             reason = excluded.reason, office = excluded.office, stage = excluded.stage, live = excluded.live,
             urgency = excluded.urgency, opened = excluded.opened, due = excluded.due,
             next_attempt = excluded.next_attempt, owner = excluded.owner, watch = excluded.watch,
             doc = excluded.doc
           WHERE inquiry.version = excluded.version - 1
           RETURNING 1),
         gone AS (DELETE FROM visit WHERE inquiry = $1 AND n >= cardinality($16::bigint[])),
         visits AS (
           INSERT INTO visit (inquiry, n, appointment, office, start, current)
           SELECT $1, * FROM unnest($16::bigint[], $17::uuid[], $18::text[], $19::timestamptz[], $20::bool[])
           ON CONFLICT (inquiry, n) DO UPDATE SET
             appointment = excluded.appointment, office = excluded.office, start = excluded.start,
             current = excluded.current
           WHERE (visit.appointment, visit.office, visit.start, visit.current)
             IS DISTINCT FROM (excluded.appointment, excluded.office, excluded.start, excluded.current))
         SELECT COUNT(*) FROM put",
    )
    .bind(inquiry.id.uuid())
    .bind(int(inquiry.version))
    .bind(inquiry.number.digits())
    .bind(inquiry.person.uuid())
    .bind(inquiry.reason.as_str())
    .bind(inquiry.office.as_str())
    .bind(inquiry.stage.as_str())
    .bind(inquiry.is_live())
    .bind(rank(inquiry.urgency))
    .bind(Time(inquiry.opened))
    .bind(inquiry.due().map(Time))
    .bind(callback.map(|c| Time(c.next_attempt)))
    .bind(callback.and_then(|c| c.owner).map(domain::ids::StaffId::uuid))
    .bind(watch(inquiry).map(|key| key.0))
    .bind(doc("inquiry", inquiry)?)
    .bind(places)
    .bind(appointments)
    .bind(offices)
    .bind(starts)
    .bind(current)
    .fetch_one(&mut *conn)
    .await?;
    Ok(hit("inquiry", written.unsigned_abs())?)
}

/// Looks for the version, the number and a live pair before the indexes would refuse: they cannot say whom they
/// met. Whoever comes between this look and the write is met by the indexes, and the change looks again.
async fn meets_no_other(conn: &mut PgConnection, inquiry: &Inquiry) -> Result<(), Fault> {
    let (found, same_number, pair): (Option<i64>, bool, Option<Uuid>) = sqlx::query_as(
        "SELECT (SELECT version FROM inquiry WHERE id = $1),
                EXISTS (SELECT 1 FROM inquiry WHERE number = $2 AND id <> $1),
                (SELECT id FROM inquiry WHERE person = $3 AND reason = $4 AND live AND id <> $1)",
    )
    .bind(inquiry.id.uuid())
    .bind(inquiry.number.digits())
    .bind(inquiry.person.uuid())
    .bind(inquiry.reason.as_str())
    .fetch_one(conn)
    .await?;
    follows("inquiry", found, inquiry.version)?;
    if same_number {
        return Err(Conflict::NumberInUse.into());
    }
    match pair {
        Some(other) if inquiry.is_live() => {
            Err(Conflict::LiveInquiry { inquiry: InquiryId::from_uuid(other) }.into())
        }
        _ => Ok(()),
    }
}
