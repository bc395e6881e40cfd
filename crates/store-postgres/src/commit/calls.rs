//! Writing the records of calls, what numbers chose, and what supervisors said of the line.

use super::hit;
use crate::{fault::Fault, time::Time};
use domain::{
    call_record::CallRecord,
    ids::{InquiryId, NodeId},
    line_notice::LineNotice,
    phone::PhoneKey,
    remembered::Remembered,
};
use jiff::Timestamp;
use sqlx::PgConnection;
use store::{
    Conflict,
    columns::{doc, int},
};

// Only the version can be met, so that no look is needed before.

pub(super) async fn record(conn: &mut PgConnection, call: &CallRecord) -> Result<(), Fault> {
    let sql = match call.version {
        0 => return Err(Conflict::Stale { record: "call record" }.into()),
        1 => {
            "INSERT INTO call_record (id, version, node, phone, inquiry, began, ended, doc)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8::json)
             ON CONFLICT (id) DO NOTHING"
        }
        _ => {
            "UPDATE call_record SET
               version = $2, node = $3, phone = $4, inquiry = $5, began = $6, ended = $7, doc = $8::json
             WHERE id = $1 AND version = $2 - 1"
        }
    };
    let written = sqlx::query(sql)
        .bind(call.id.uuid())
        .bind(int(call.version))
        .bind(call.node.map(NodeId::uuid))
        .bind(call.phone.as_ref().map(PhoneKey::as_str))
        .bind(call.inquiry.map(InquiryId::uuid))
        .bind(Time(call.began))
        .bind(call.ended.map(Time))
        .bind(doc("call record", call)?)
        .execute(conn)
        .await?;
    Ok(hit("call record", written.rows_affected())?)
}

/// Of two calls at once from one number the later choice stands.
pub(super) async fn remembered(conn: &mut PgConnection, chosen: &Remembered) -> Result<(), Fault> {
    sqlx::query(
        "INSERT INTO line_memory (phone, lang, accommodation, seen) VALUES ($1, $2, $3, $4)
         ON CONFLICT (phone) DO UPDATE SET
           lang = excluded.lang, accommodation = excluded.accommodation, seen = excluded.seen
         WHERE line_memory.seen <= excluded.seen",
    )
    .bind(chosen.phone.as_str())
    .bind(chosen.lang.as_str())
    .bind(chosen.accommodation.as_str())
    .bind(Time(chosen.seen))
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether a number wants texts. Said again, it is said already: the first time stands.
pub(super) async fn texting(
    conn: &mut PgConnection,
    phone: &PhoneKey,
    stopped: Option<Timestamp>,
) -> Result<(), Fault> {
    let query = match stopped {
        Some(at) => {
            sqlx::query("INSERT INTO stopped (phone, at) VALUES ($1, $2) ON CONFLICT (phone) DO NOTHING")
                .bind(phone.as_str())
                .bind(Time(at))
        }
        None => sqlx::query("DELETE FROM stopped WHERE phone = $1").bind(phone.as_str()),
    };
    query.execute(conn).await?;
    Ok(())
}

pub(super) async fn notice(conn: &mut PgConnection, notice: &LineNotice) -> Result<(), Fault> {
    let sql = match notice.version {
        0 => return Err(Conflict::Stale { record: "line notice" }.into()),
        1 => {
            "INSERT INTO line_notice (id, version, ends, doc) VALUES ($1, $2, $3, $4::json)
             ON CONFLICT (id) DO NOTHING"
        }
        _ => {
            "UPDATE line_notice SET version = $2, ends = $3, doc = $4::json
             WHERE id = $1 AND version = $2 - 1"
        }
    };
    let written = sqlx::query(sql)
        .bind(notice.id.uuid())
        .bind(int(notice.version))
        .bind(Time(notice.ends()))
        .bind(doc("line notice", notice)?)
        .execute(conn)
        .await?;
    Ok(hit("line notice", written.rows_affected())?)
}
