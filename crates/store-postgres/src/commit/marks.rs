//! Writing the codes on what went out.

use crate::{fault::Fault, time::Time};
use domain::mark::Mark;
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// What is sent once more under its code went out when it went last.
pub(super) async fn marks(
    conn: &mut PgConnection,
    marks: impl IntoIterator<Item = Mark>,
) -> Result<(), Fault> {
    // Each code once, and in order: two nodes at once do not wait for each other crosswise.
    let marks: BTreeMap<_, _> = marks.into_iter().map(|mark| (mark.code, mark)).collect();
    if marks.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO mark (code, way, at)
         SELECT code, way, at FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS new (code, way, at)
         ON CONFLICT (code) DO UPDATE SET way = excluded.way, at = excluded.at",
    )
    .bind(marks.keys().map(|code| code.as_str().to_owned()).collect::<Vec<_>>())
    .bind(marks.values().map(|mark| mark.way.as_str()).collect::<Vec<_>>())
    .bind(marks.values().map(|mark| Time(mark.at)).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}
