//! Writing versions of policies and of files of the pack.

use super::hit;
use crate::fault::Fault;
use domain::revision::Revision;
use sqlx::PgConnection;
use store::{
    Conflict,
    columns::{doc, int},
};

pub(super) async fn revision(conn: &mut PgConnection, revision: &Revision) -> Result<(), Fault> {
    let of = revision.subject.name();
    let taken: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM revision WHERE policy = $1 AND name = $2 AND id <> $3)",
    )
    .bind(&of)
    .bind(revision.taken_name())
    .bind(revision.id.uuid())
    .fetch_one(&mut *conn)
    .await?;
    if taken {
        return Err(Conflict::Stale { record: "revision" }.into());
    }
    let sql = match revision.version {
        0 => return Err(Conflict::Stale { record: "revision" }.into()),
        1 => {
            "INSERT INTO revision (id, version, policy, stage, name, doc) VALUES ($1, $2, $3, $4, $5, $6::json)
             ON CONFLICT (id) DO NOTHING"
        }
        _ => {
            "UPDATE revision SET version = $2, policy = $3, stage = $4, name = $5, doc = $6::json
             WHERE id = $1 AND version = $2 - 1"
        }
    };
    let written = sqlx::query(sql)
        .bind(revision.id.uuid())
        .bind(int(revision.version))
        .bind(of)
        .bind(revision.stage.as_str())
        .bind(revision.taken_name())
        .bind(doc("revision", revision)?)
        .execute(conn)
        .await?;
    Ok(hit("revision", written.rows_affected())?)
}
