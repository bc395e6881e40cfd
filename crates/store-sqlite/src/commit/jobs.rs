//! Jobs: dropped, queued, finished under their lease's fence.

use crate::convert::{Fault, doc, int, micros};
use domain::change::{AfterJob, Command, Finish, JobKey, NewJob};
use jiff::Timestamp;
use sqlx::SqliteConnection;
use store::{Conflict, columns::new_job};

/// Does the lease still stand: this fence, time left, not given up?
pub(super) async fn holds(conn: &mut SqliteConnection, finish: &Finish, at: Timestamp) -> Result<(), Fault> {
    let stands: i64 = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM job WHERE id = ?1 AND fence = ?2 AND lease_until > ?3 AND died IS NULL)",
    )
    .bind(finish.job.to_string())
    .bind(int(finish.fence))
    .bind(micros(at))
    .fetch_one(conn)
    .await?;
    if stands == 0 { Err(Conflict::LeaseLost { job: finish.job }.into()) } else { Ok(()) }
}

/// Drops jobs that still wait. One that is leased is its worker's to end, one that was given up stays visible.
pub(super) async fn drop_waiting(
    conn: &mut SqliteConnection,
    keys: &[JobKey],
    at: Timestamp,
) -> Result<(), Fault> {
    for key in keys {
        sqlx::query(
            "DELETE FROM job WHERE key = ?1 AND died IS NULL AND (lease_until IS NULL OR lease_until <= ?2)",
        )
        .bind(&key.0)
        .bind(micros(at))
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Queues jobs. A key that waits has its due time moved. A key that is leased is remembered: when its worker has
/// ended it waits again, at the new time. One that was given up makes room for a new job.
pub(super) async fn queue(
    conn: &mut SqliteConnection,
    command: &Command,
    jobs: &[NewJob],
) -> Result<(), Fault> {
    let at = micros(command.at);
    for job in jobs {
        let due = micros(job.due);
        let kind = doc("job", &job.kind)?;
        let moved = sqlx::query(
            "UPDATE job SET due = ?2, kind = ?3,
               again       = CASE WHEN lease_until > ?4 THEN 1 ELSE 0 END,
               worker      = CASE WHEN lease_until > ?4 THEN worker END,
               lease_until = CASE WHEN lease_until > ?4 THEN lease_until END
             WHERE key = ?1 AND died IS NULL",
        )
        .bind(&job.key.0)
        .bind(due)
        .bind(&kind)
        .bind(at)
        .execute(&mut *conn)
        .await?;
        if moved.rows_affected() > 0 {
            continue;
        }
        sqlx::query("DELETE FROM job WHERE key = ?1").bind(&job.key.0).execute(&mut *conn).await?;
        sqlx::query("INSERT INTO job (id, key, kind, due) VALUES (?1, ?2, ?3, ?4)")
            .bind(new_job(command, &job.key).to_string())
            .bind(&job.key.0)
            .bind(&kind)
            .bind(due)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Ends a lease whose standing was checked. Work queued anew meanwhile waits, whatever became of this try.
pub(super) async fn finish(conn: &mut SqliteConnection, finish: &Finish, at: Timestamp) -> Result<(), Fault> {
    let id = finish.job.to_string();
    let (due, why) = match &finish.then {
        AfterJob::Done => (None, None),
        AfterJob::Again { due, why } => (Some(micros(*due)), Some(why)),
        AfterJob::Dead { why } => (None, Some(why)),
    };
    let anew = sqlx::query(
        "UPDATE job SET again = 0, worker = NULL, lease_until = NULL, why = ?2 WHERE id = ?1 AND again = 1",
    )
    .bind(&id)
    .bind(why)
    .execute(&mut *conn)
    .await?;
    if anew.rows_affected() > 0 {
        return Ok(());
    }
    match finish.then {
        AfterJob::Done => sqlx::query("DELETE FROM job WHERE id = ?1").bind(&id).execute(conn).await?,
        AfterJob::Again { .. } => {
            sqlx::query("UPDATE job SET due = ?2, why = ?3, worker = NULL, lease_until = NULL WHERE id = ?1")
                .bind(&id)
                .bind(due)
                .bind(why)
                .execute(conn)
                .await?
        }
        AfterJob::Dead { .. } => {
            sqlx::query("UPDATE job SET died = ?2, why = ?3, worker = NULL, lease_until = NULL WHERE id = ?1")
                .bind(&id)
                .bind(micros(at))
                .bind(why)
                .execute(conn)
                .await?
        }
    };
    Ok(())
}
