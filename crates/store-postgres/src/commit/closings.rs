//! Writing offices' closings.

use super::hit;
use crate::{fault::Fault, time::Time};
use domain::closing::Closing;
use sqlx::PgConnection;
use store::{
    Conflict,
    columns::{doc, int},
};

pub(super) async fn closing(conn: &mut PgConnection, closing: &Closing) -> Result<(), Fault> {
    let sql = match closing.version {
        0 => return Err(Conflict::Stale { record: "closing" }.into()),
        1 => {
            "INSERT INTO closing (id, version, office, stage, shuts, starts, ends, why, doc)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8::json, $9::json)
             ON CONFLICT (id) DO NOTHING"
        }
        _ => {
            "UPDATE closing SET version = $2, office = $3, stage = $4, shuts = $5, starts = $6, ends = $7,
               why = $8::json, doc = $9::json
             WHERE id = $1 AND version = $2 - 1"
        }
    };
    let written = sqlx::query(sql)
        .bind(closing.id.uuid())
        .bind(int(closing.version))
        .bind(closing.office.as_str())
        .bind(closing.stage.as_str())
        .bind(closing.shuts())
        .bind(Time(closing.from))
        .bind(Time(closing.until))
        .bind(doc("closing", &closing.why)?)
        .bind(doc("closing", closing)?)
        .execute(conn)
        .await?;
    Ok(hit("closing", written.rows_affected())?)
}
