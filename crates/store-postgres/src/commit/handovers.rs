//! Writing handovers of many calls.

use super::hit;
use crate::{fault::Fault, time::Time};
use domain::handover::Handover;
use sqlx::PgConnection;
use store::{
    Conflict,
    columns::{doc, int},
};

pub(super) async fn handover(conn: &mut PgConnection, handover: &Handover) -> Result<(), Fault> {
    let sql = match handover.version {
        0 => return Err(Conflict::Stale { record: "handover" }.into()),
        1 => {
            "INSERT INTO handover (id, version, at, doc) VALUES ($1, $2, $3, $4::json)
             ON CONFLICT (id) DO NOTHING"
        }
        _ => "UPDATE handover SET version = $2, at = $3, doc = $4::json WHERE id = $1 AND version = $2 - 1",
    };
    let written = sqlx::query(sql)
        .bind(handover.id.uuid())
        .bind(int(handover.version))
        .bind(Time(handover.at))
        .bind(doc("handover", handover)?)
        .execute(conn)
        .await?;
    Ok(hit("handover", written.rows_affected())?)
}
