//! Jobs: dropped, queued, finished under their lease's fence.

use crate::{fault::Fault, time::Time};
use domain::change::{AfterJob, Change, Command, NewJob};
use sqlx::PgConnection;
use store::{
    Conflict,
    columns::{self, doc, int, new_job},
};
use uuid::Uuid;

/// Locks the jobs that may be ended, and asks whether each lease still stands: this fence, time left, not given up.
/// Whoever lost the lease does nothing at all, so this is known before any job is touched.
pub(super) async fn lock(conn: &mut PgConnection, changes: &[&Change]) -> Result<(), Fault> {
    let ends = |change: &&&Change| !(change.drop_jobs.is_empty() && change.finish.is_none());
    let changes: Vec<&Change> = changes.iter().filter(ends).copied().collect();
    if changes.is_empty() {
        return Ok(());
    }
    let keys = changes
        .iter()
        .flat_map(|change| change.drop_jobs.iter().chain(change.jobs.iter().map(|job| &job.key)));
    let locked: Vec<(Uuid, i64, Option<Time>, bool)> = sqlx::query_as(
        "SELECT id, fence, lease_until, died IS NOT NULL FROM job WHERE key = ANY($1) OR id = ANY($2)
         ORDER BY n FOR UPDATE",
    )
    .bind(keys.map(|key| key.0.as_str()).collect::<Vec<_>>())
    .bind(
        changes.iter().filter_map(|c| c.finish.as_ref()).map(|finish| finish.job.uuid()).collect::<Vec<_>>(),
    )
    .fetch_all(conn)
    .await?;
    for change in changes {
        let Some(finish) = &change.finish else { continue };
        let at = change.command.at.as_microsecond();
        let stands = locked.iter().any(|(id, fence, until, died)| {
            *id == finish.job.uuid()
                && *fence == int(finish.fence)
                && until.is_some_and(|until| until.0.as_microsecond() > at)
                && !died
        });
        if !stands {
            return Err(Conflict::LeaseLost { job: finish.job }.into());
        }
    }
    Ok(())
}

/// Drops jobs that still wait. One that is leased is its worker's to end, one that was given up stays visible.
pub(super) async fn drop_waiting(conn: &mut PgConnection, changes: &[&Change]) -> Result<(), Fault> {
    let gone = || {
        changes
            .iter()
            .flat_map(|change| change.drop_jobs.iter().map(|key| (key.0.as_str(), change.command.at)))
    };
    if gone().next().is_none() {
        return Ok(());
    }
    sqlx::query(
        "DELETE FROM job USING unnest($1::text[], $2::timestamptz[]) AS gone (key, at)
         WHERE job.key = gone.key AND died IS NULL AND (lease_until IS NULL OR lease_until <= gone.at)",
    )
    .bind(gone().map(|(key, _)| key).collect::<Vec<_>>())
    .bind(gone().map(|(_, at)| Time(at)).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// Queues jobs. A key that waits has its due time moved. A key that is leased is remembered: when its worker has
/// ended it waits again, at the new time. One that was given up makes room for a new job.
pub(super) async fn queue(conn: &mut PgConnection, changes: &[&Change]) -> Result<(), Fault> {
    // Of two under one key the later stands, at the earlier's place.
    let mut once: Vec<(&Command, &NewJob)> = Vec::new();
    for change in changes {
        let first = once.len();
        for job in &change.jobs {
            match once[first..].iter_mut().find(|(_, other)| other.key == job.key) {
                Some((_, other)) => *other = job,
                None => once.push((&change.command, job)),
            }
        }
    }
    if once.is_empty() {
        return Ok(());
    }
    let kinds = once.iter().map(|(_, job)| doc("job", &job.kind)).collect::<Result<Vec<_>, _>>()?;
    // `leased` is asked of a job that is there already, at the time of the command that queues it anew.
    macro_rules! leased {
        () => {
            "job.lease_until > (SELECT at FROM unnest($2::text[], $5::timestamptz[]) AS said (key, at)
                                WHERE said.key = job.key)"
        };
    }
    sqlx::query(concat!(
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
           again       = job.died IS NULL AND COALESCE(",
        leased!(),
        ", false),
           worker      = CASE WHEN job.died IS NULL AND ",
        leased!(),
        " THEN job.worker END,
           lease_until = CASE WHEN job.died IS NULL AND ",
        leased!(),
        " THEN job.lease_until END",
    ))
    .bind(once.iter().map(|(command, job)| new_job(command, &job.key).uuid()).collect::<Vec<_>>())
    .bind(once.iter().map(|(_, job)| job.key.0.as_str()).collect::<Vec<_>>())
    .bind(kinds)
    .bind(once.iter().map(|(_, job)| Time(columns::due(job.due))).collect::<Vec<_>>())
    .bind(once.iter().map(|(command, _)| Time(command.at)).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends the leases of jobs that are done, whose standing was checked.
pub(super) async fn finish_done(conn: &mut PgConnection, changes: &[&Change]) -> Result<(), Fault> {
    let done: Vec<Uuid> =
        changes.iter().filter_map(|c| c.finish.as_ref()).map(|finish| finish.job.uuid()).collect();
    if done.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "WITH anew AS (
           UPDATE job SET again = false, worker = NULL, lease_until = NULL, why = NULL
           WHERE id = ANY($1) AND again)
         DELETE FROM job WHERE id = ANY($1) AND NOT again",
    )
    .bind(done)
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends a lease whose standing was checked. Work queued anew meanwhile waits, whatever became of this try.
pub(super) async fn finish(conn: &mut PgConnection, change: &Change) -> Result<(), Fault> {
    let Some(finish) = &change.finish else { return Ok(()) };
    let (due, died, why) = match &finish.then {
        AfterJob::Done => return finish_done(conn, &[change]).await,
        AfterJob::Again { due, why } => (Some(Time(columns::due(*due))), None, why),
        AfterJob::Dead { why } => (None, Some(Time(change.command.at)), why),
    };
    sqlx::query(
        "UPDATE job SET again = false, worker = NULL, lease_until = NULL, why = $2,
           due  = CASE WHEN again THEN due ELSE COALESCE($3, due) END,
           died = CASE WHEN again THEN NULL ELSE $4 END
         WHERE id = $1",
    )
    .bind(finish.job.uuid())
    // A carrier's words may hold anything; no column holds U+0000.
    .bind(why.replace('\0', "\u{fffd}"))
    .bind(due)
    .bind(died)
    .execute(conn)
    .await?;
    Ok(())
}
