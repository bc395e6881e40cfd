//! Officers' time: two stretches of one officer never overlap.

use crate::{fault::Fault, time::Time};
use domain::change::{Busy, Holder};
use sqlx::PgConnection;
use store::Conflict;
use uuid::Uuid;

/// One at a time for each officer whose time is given back or taken, always in the same order. The table's constraint
/// alone would let two who take the same time wait for each other until one is thrown out as deadlocked.
pub(super) async fn lock(conn: &mut PgConnection, free: &[Holder], take: &[Busy]) -> Result<(), Fault> {
    if free.is_empty() && take.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "SELECT pg_advisory_xact_lock(key) FROM (
           SELECT DISTINCT hashtextextended('officer ' || officer, 0) AS key
           FROM (SELECT officer FROM busy WHERE holder = ANY($1) UNION SELECT unnest($2)) AS officers
           ORDER BY key
         ) AS keys",
    )
    .bind(free.iter().map(|holder| holder.0).collect::<Vec<Uuid>>())
    .bind(take.iter().map(|busy| busy.officer.uuid()).collect::<Vec<Uuid>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives back whatever time the holders have; one who has none is no fault.
pub(super) async fn free(conn: &mut PgConnection, holders: &[Holder]) -> Result<(), Fault> {
    if holders.is_empty() {
        return Ok(());
    }
    sqlx::query("DELETE FROM busy WHERE holder = ANY($1)")
        .bind(holders.iter().map(|holder| holder.0).collect::<Vec<Uuid>>())
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes time. Stretches that only touch do not overlap.
pub(super) async fn take(conn: &mut PgConnection, stretches: &[Busy]) -> Result<(), Fault> {
    for busy in stretches {
        let taken = sqlx::query(
            "INSERT INTO busy (officer, holder, begins, ends) SELECT $1, $2, $3, $4
             WHERE NOT EXISTS (SELECT 1 FROM busy WHERE officer = $1 AND begins < $4 AND ends > $3)",
        )
        .bind(busy.officer.uuid())
        .bind(busy.holder.0)
        .bind(Time(busy.start))
        .bind(Time(busy.end))
        .execute(&mut *conn)
        .await?;
        if taken.rows_affected() == 0 {
            return Err(Conflict::Overlap { officer: busy.officer }.into());
        }
    }
    Ok(())
}
