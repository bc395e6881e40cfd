//! Jobs: dropped, queued, finished under their lease's fence.

use crate::{fault::Fault, time::Time};
use domain::change::{AfterJob, Change, Command, Finish, JobKey, NewJob};
use jiff::Timestamp;
use sqlx::PgConnection;
use store::{
    Conflict,
    columns::{doc, int, new_job},
};
use uuid::Uuid;

/// Locks the jobs that may be ended, and asks whether the lease still stands: this fence, time left, not given up.
/// Whoever lost the lease does nothing at all, so this is known before any job is touched.
pub(super) async fn lock(conn: &mut PgConnection, change: &Change) -> Result<(), Fault> {
    if change.drop_jobs.is_empty() && change.finish.is_none() {
        return Ok(());
    }
    let keys = change.drop_jobs.iter().chain(change.jobs.iter().map(|job| &job.key));
    let locked: Vec<(Uuid, i64, Option<Time>, bool)> = sqlx::query_as(
        "SELECT id, fence, lease_until, died IS NOT NULL FROM job WHERE key = ANY($1) OR id = $2
         ORDER BY n FOR UPDATE",
    )
    .bind(keys.map(|key| key.0.as_str()).collect::<Vec<_>>())
    .bind(change.finish.as_ref().map(|finish| finish.job.uuid()))
    .fetch_all(conn)
    .await?;
    let Some(finish) = &change.finish else { return Ok(()) };
    let at = change.command.at.as_microsecond();
    let stands = locked.iter().any(|(id, fence, until, died)| {
        *id == finish.job.uuid()
            && *fence == int(finish.fence)
            && until.is_some_and(|until| until.0.as_microsecond() > at)
            && !died
    });
    if stands { Ok(()) } else { Err(Conflict::LeaseLost { job: finish.job }.into()) }
}

/// Drops jobs that still wait. One that is leased is its worker's to end, one that was given up stays visible.
pub(super) async fn drop_waiting(
    conn: &mut PgConnection,
    keys: &[JobKey],
    at: Timestamp,
) -> Result<(), Fault> {
    if keys.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "DELETE FROM job WHERE key = ANY($1) AND died IS NULL AND (lease_until IS NULL OR lease_until <= $2)",
    )
    .bind(keys.iter().map(|key| key.0.as_str()).collect::<Vec<_>>())
    .bind(Time(at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Queues jobs. A key that waits has its due time moved. A key that is leased is remembered: when its worker has
/// ended it waits again, at the new time. One that was given up makes room for a new job.
pub(super) async fn queue(conn: &mut PgConnection, command: &Command, jobs: &[NewJob]) -> Result<(), Fault> {
    // Of two under one key the later stands, at the earlier's place.
    let mut once: Vec<&NewJob> = Vec::with_capacity(jobs.len());
    for job in jobs {
        match once.iter_mut().find(|other| other.key == job.key) {
            Some(other) => *other = job,
            None => once.push(job),
        }
    }
    if once.is_empty() {
        return Ok(());
    }
    let kinds = once.iter().map(|job| doc("job", &job.kind)).collect::<Result<Vec<_>, _>>()?;
    sqlx::query(
        "INSERT INTO job (id, key, kind, due)
         SELECT id, key, kind::json, due
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) AS new (id, key, kind, due)
         ON CONFLICT (key) DO UPDATE SET
           due = excluded.due, kind = excluded.kind, died = NULL,
           id          = CASE WHEN job.died IS NULL THEN job.id       ELSE excluded.id END,
           n           = CASE WHEN job.died IS NULL THEN job.n        ELSE excluded.n  END,
           attempts    = CASE WHEN job.died IS NULL THEN job.attempts ELSE 0 END,
           fence       = CASE WHEN job.died IS NULL THEN job.fence    ELSE 0 END,
           why         = CASE WHEN job.died IS NULL THEN job.why END,
           again       = job.died IS NULL AND COALESCE(job.lease_until > $5, false),
           worker      = CASE WHEN job.died IS NULL AND job.lease_until > $5 THEN job.worker END,
           lease_until = CASE WHEN job.died IS NULL AND job.lease_until > $5 THEN job.lease_until END",
    )
    .bind(once.iter().map(|job| new_job(command, &job.key).uuid()).collect::<Vec<_>>())
    .bind(once.iter().map(|job| job.key.0.as_str()).collect::<Vec<_>>())
    .bind(kinds)
    .bind(once.iter().map(|job| Time(job.due)).collect::<Vec<_>>())
    .bind(Time(command.at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends a lease whose standing was checked. Work queued anew meanwhile waits, whatever became of this try.
pub(super) async fn finish(conn: &mut PgConnection, finish: &Finish, at: Timestamp) -> Result<(), Fault> {
    let id = finish.job.uuid();
    let (due, died, why) = match &finish.then {
        AfterJob::Done => {
            sqlx::query(
                "WITH anew AS (
                   UPDATE job SET again = false, worker = NULL, lease_until = NULL, why = NULL
                   WHERE id = $1 AND again)
                 DELETE FROM job WHERE id = $1 AND NOT again",
            )
            .bind(id)
            .execute(conn)
            .await?;
            return Ok(());
        }
        AfterJob::Again { due, why } => (Some(Time(*due)), None, why),
        AfterJob::Dead { why } => (None, Some(Time(at)), why),
    };
    sqlx::query(
        "UPDATE job SET again = false, worker = NULL, lease_until = NULL, why = $2,
           due  = CASE WHEN again THEN due ELSE COALESCE($3, due) END,
           died = CASE WHEN again THEN NULL ELSE $4 END
         WHERE id = $1",
    )
    .bind(id)
    // A carrier's words may hold anything; no column holds U+0000.
    .bind(why.replace('\0', "\u{fffd}"))
    .bind(due)
    .bind(died)
    .execute(conn)
    .await?;
    Ok(())
}
