//! Officers' time: two stretches of one officer never overlap.

use crate::convert::{Fault, micros};
use domain::change::{Busy, Holder};
use sqlx::SqliteConnection;
use store::Conflict;

/// Gives back whatever time the holders have; one who has none is no fault.
pub(super) async fn free(conn: &mut SqliteConnection, holders: &[Holder]) -> Result<(), Fault> {
    for holder in holders {
        sqlx::query("DELETE FROM busy WHERE holder = ?1")
            .bind(holder.0.to_string())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Takes time. Stretches that only touch do not overlap.
pub(super) async fn take(conn: &mut SqliteConnection, stretches: &[Busy]) -> Result<(), Fault> {
    for busy in stretches {
        let (begins, ends) = (micros(busy.start), micros(busy.end));
        let officer = busy.officer.to_string();
        let taken: i64 = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM busy WHERE officer = ?1 AND begins < ?3 AND ends > ?2)",
        )
        .bind(&officer)
        .bind(begins)
        .bind(ends)
        .fetch_one(&mut *conn)
        .await?;
        if taken != 0 {
            return Err(Conflict::Overlap { officer: busy.officer }.into());
        }
        sqlx::query("INSERT INTO busy (officer, holder, begins, ends) VALUES (?1, ?2, ?3, ?4)")
            .bind(&officer)
            .bind(busy.holder.0.to_string())
            .bind(begins)
            .bind(ends)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
