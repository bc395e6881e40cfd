//! Writing an inquiry: the document, the columns lists are made of, and its appointments.

use super::{all_hit, hit};
use crate::{fault::Fault, time::Time};
use domain::{
    ids::{InquiryId, StaffId},
    inquiry::Inquiry,
};
use sqlx::PgConnection;
use store::{
    Conflict,
    columns::{doc, follows, int, phone, promises, rank, visits, watch},
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
    let (promises, dues): (Vec<Uuid>, Vec<Time>) =
        promises(inquiry).into_iter().map(|(id, due)| (id, Time(due))).unzip();
    // The appointments keep their places: one that ends stays where it was, a new one follows.
    let written: i64 = sqlx::query_scalar(
        "WITH put AS (
           INSERT INTO inquiry (id, version, number, person, reason, office, stage, live, urgency, opened, due,
                                next_attempt, owner, watch, doc, phone)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::json, $21)
           ON CONFLICT (id) DO UPDATE SET
             version = excluded.version, number = excluded.number, person = excluded.person,
             reason = excluded.reason, office = excluded.office, stage = excluded.stage, live = excluded.live,
             urgency = excluded.urgency, opened = excluded.opened, due = excluded.due,
             next_attempt = excluded.next_attempt, owner = excluded.owner, watch = excluded.watch,
             doc = excluded.doc, phone = excluded.phone
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
             IS DISTINCT FROM (excluded.appointment, excluded.office, excluded.start, excluded.current)),
         promises AS (
           INSERT INTO promise (inquiry, id, due) SELECT $1, * FROM unnest($22::uuid[], $23::timestamptz[])
           ON CONFLICT (inquiry, id) DO UPDATE SET due = excluded.due WHERE promise.due <> excluded.due)
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
    .bind(callback.and_then(|c| c.owner).map(StaffId::uuid))
    .bind(watch(inquiry).map(|key| key.0))
    .bind(doc("inquiry", inquiry)?)
    .bind(places)
    .bind(appointments)
    .bind(offices)
    .bind(starts)
    .bind(current)
    .bind(phone(inquiry))
    .bind(promises)
    .bind(dues)
    .fetch_one(&mut *conn)
    .await?;
    Ok(hit("inquiry", written.unsigned_abs())?)
}

/// Writes many inquiries, each another one, if the predecessors of all stand. What is met is not told apart.
pub(super) async fn put_all(conn: &mut PgConnection, inquiries: Vec<&Inquiry>) -> Result<(), Fault> {
    let (new, old): (Vec<&Inquiry>, Vec<&Inquiry>) = inquiries.into_iter().partition(|i| i.version == 1);
    put_rows(conn, PUT_NEW, &new).await?;
    put_rows(conn, PUT_OLD, &old).await
}

/// Whatever statement writes inquiries finds them under `new`, and their appointments under `stay`.
macro_rules! put_rows {
    ($put:literal) => {
        concat!(
            "WITH new AS (
               SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[],
                                    $8::bool[], $9::bigint[], $10::timestamptz[], $11::timestamptz[],
                                    $12::timestamptz[], $13::uuid[], $14::text[], $15::text[], $16::bigint[],
                                    $23::text[])
                 AS new (id, version, number, person, reason, office, stage, live, urgency, opened, due,
                         next_attempt, owner, watch, doc, visits, phone)),
             put AS (",
            $put,
            " RETURNING 1),
             gone AS (DELETE FROM visit USING new WHERE visit.inquiry = new.id AND visit.n >= new.visits),
             visits AS (
               INSERT INTO visit (inquiry, n, appointment, office, start, current)
               SELECT * FROM unnest($17::uuid[], $18::bigint[], $19::uuid[], $20::text[], $21::timestamptz[], $22::bool[])
               ON CONFLICT (inquiry, n) DO UPDATE SET
                 appointment = excluded.appointment, office = excluded.office, start = excluded.start,
                 current = excluded.current
               WHERE (visit.appointment, visit.office, visit.start, visit.current)
                 IS DISTINCT FROM (excluded.appointment, excluded.office, excluded.start, excluded.current)),
             promises AS (
               INSERT INTO promise (inquiry, id, due)
               SELECT * FROM unnest($24::uuid[], $25::uuid[], $26::timestamptz[])
               ON CONFLICT (inquiry, id) DO UPDATE SET due = excluded.due WHERE promise.due <> excluded.due)
             SELECT COUNT(*) FROM put"
        )
    };
}

const PUT_NEW: &str = put_rows!(
    "INSERT INTO inquiry (id, version, number, person, reason, office, stage, live, urgency, opened, due,
                          next_attempt, owner, watch, doc, phone)
     SELECT id, version, number, person, reason, office, stage, live, urgency, opened, due,
            next_attempt, owner, watch, doc::json, phone FROM new
     ON CONFLICT (id) DO NOTHING"
);

const PUT_OLD: &str = put_rows!(
    "UPDATE inquiry SET
       version = new.version, number = new.number, person = new.person, reason = new.reason, office = new.office,
       stage = new.stage, live = new.live, urgency = new.urgency, opened = new.opened, due = new.due,
       next_attempt = new.next_attempt, owner = new.owner, watch = new.watch, doc = new.doc::json,
       phone = new.phone
     FROM new WHERE inquiry.id = new.id AND inquiry.version = new.version - 1"
);

async fn put_rows(conn: &mut PgConnection, sql: &'static str, inquiries: &[&Inquiry]) -> Result<(), Fault> {
    if inquiries.is_empty() {
        return Ok(());
    }
    let docs = inquiries.iter().map(|i| doc("inquiry", i)).collect::<Result<Vec<_>, _>>()?;
    let visits: Vec<_> = inquiries
        .iter()
        .flat_map(|inquiry| {
            (0_i64..).zip(visits(inquiry)).map(|(n, (visit, current))| (inquiry.id, n, visit, current))
        })
        .collect();
    let promises: Vec<_> = inquiries
        .iter()
        .flat_map(|inquiry| self::promises(inquiry).into_iter().map(|(id, due)| (inquiry.id, id, due)))
        .collect();
    let written: i64 = sqlx::query_scalar(sql)
        .bind(inquiries.iter().map(|i| i.id.uuid()).collect::<Vec<_>>())
        .bind(inquiries.iter().map(|i| int(i.version)).collect::<Vec<_>>())
        .bind(inquiries.iter().map(|i| i.number.digits()).collect::<Vec<_>>())
        .bind(inquiries.iter().map(|i| i.person.uuid()).collect::<Vec<_>>())
        .bind(inquiries.iter().map(|i| i.reason.as_str()).collect::<Vec<_>>())
        .bind(inquiries.iter().map(|i| i.office.as_str()).collect::<Vec<_>>())
        .bind(inquiries.iter().map(|i| i.stage.as_str()).collect::<Vec<_>>())
        .bind(inquiries.iter().map(|i| i.is_live()).collect::<Vec<_>>())
        .bind(inquiries.iter().map(|i| rank(i.urgency)).collect::<Vec<_>>())
        .bind(inquiries.iter().map(|i| Time(i.opened)).collect::<Vec<_>>())
        .bind(inquiries.iter().map(|i| i.due().map(Time)).collect::<Vec<_>>())
        .bind(inquiries.iter().map(|i| i.callback().map(|c| Time(c.next_attempt))).collect::<Vec<_>>())
        .bind(
            inquiries
                .iter()
                .map(|i| i.callback().and_then(|c| c.owner).map(StaffId::uuid))
                .collect::<Vec<_>>(),
        )
        .bind(inquiries.iter().map(|i| watch(i).map(|key| key.0)).collect::<Vec<_>>())
        .bind(docs)
        .bind(inquiries.iter().map(|i| int(self::visits(i).count() as u64)).collect::<Vec<_>>())
        .bind(visits.iter().map(|(id, ..)| id.uuid()).collect::<Vec<_>>())
        .bind(visits.iter().map(|(_, n, ..)| *n).collect::<Vec<_>>())
        .bind(visits.iter().map(|(_, _, visit, _)| visit.id.uuid()).collect::<Vec<_>>())
        .bind(visits.iter().map(|(_, _, visit, _)| visit.office.as_str()).collect::<Vec<_>>())
        .bind(visits.iter().map(|(_, _, visit, _)| Time(visit.start)).collect::<Vec<_>>())
        .bind(visits.iter().map(|(.., current)| *current).collect::<Vec<_>>())
        .bind(inquiries.iter().map(|i| phone(i)).collect::<Vec<_>>())
        .bind(promises.iter().map(|(inquiry, ..)| inquiry.uuid()).collect::<Vec<_>>())
        .bind(promises.iter().map(|(_, id, _)| *id).collect::<Vec<_>>())
        .bind(promises.iter().map(|(.., due)| Time(*due)).collect::<Vec<_>>())
        .fetch_one(conn)
        .await?;
    all_hit("inquiry", written.unsigned_abs(), inquiries.len())
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
