//! Jobs: dropped, queued, finished under their lease's fence.

use crate::{
    convert::{Fault, doc, int, micros},
    sql,
};
use domain::change::{AfterJob, Command, Finish, JobKey, NewJob};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use store::{
    Conflict,
    columns::{self, new_job},
};

/// Does the lease still stand: this fence, time left, not given up?
pub(super) fn holds(conn: &Connection, finish: &Finish, at: Timestamp) -> Result<(), Fault> {
    let stands = sql::exists(
        conn,
        "SELECT 1 FROM job WHERE id = ?1 AND fence = ?2 AND lease_until > ?3 AND died IS NULL",
        params![finish.job.to_string(), int(finish.fence), micros(at)],
    )?;
    if stands { Ok(()) } else { Err(Conflict::LeaseLost { job: finish.job }.into()) }
}

/// Drops jobs that still wait. One that is leased is its worker's to end, one that was given up stays visible.
pub(super) fn drop_waiting(conn: &Connection, keys: &[JobKey], at: Timestamp) -> Result<(), Fault> {
    for key in keys {
        sql::run(
            conn,
            "DELETE FROM job WHERE key = ?1 AND died IS NULL AND (lease_until IS NULL OR lease_until <= ?2)",
            params![key.0, micros(at)],
        )?;
    }
    Ok(())
}

/// Queues jobs. A key that waits has its due time moved. A key that is leased is remembered: when its worker has
/// ended it waits again, at the new time. One that was given up makes room for a new job.
pub(super) fn queue(conn: &Connection, command: &Command, jobs: &[NewJob]) -> Result<(), Fault> {
    let at = micros(command.at);
    for job in jobs {
        let due = micros(columns::due(job.due));
        let kind = doc("job", &job.kind)?;
        let id = new_job(command, &job.key).to_string();
        // Nearly always there is none yet.
        let new = sql::run(
            conn,
            "INSERT INTO job (id, key, kind, due) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            params![id, job.key.0, kind, due],
        )?;
        if new > 0 {
            continue;
        }
        let moved = sql::run(
            conn,
            "UPDATE job SET due = ?2, kind = ?3,
               again       = CASE WHEN lease_until > ?4 THEN 1 ELSE 0 END,
               worker      = CASE WHEN lease_until > ?4 THEN worker END,
               lease_until = CASE WHEN lease_until > ?4 THEN lease_until END
             WHERE key = ?1 AND died IS NULL",
            params![job.key.0, due, kind, at],
        )?;
        if moved == 0 {
            sql::run(conn, "DELETE FROM job WHERE key = ?1", params![job.key.0])?;
            sql::run(
                conn,
                "INSERT INTO job (id, key, kind, due) VALUES (?1, ?2, ?3, ?4)",
                params![id, job.key.0, kind, due],
            )?;
        }
    }
    Ok(())
}

/// Ends a lease whose standing was checked. Work queued anew meanwhile waits, whatever became of this try.
pub(super) fn finish(conn: &Connection, finish: &Finish, at: Timestamp) -> Result<(), Fault> {
    let id = finish.job.to_string();
    let (due, why) = match &finish.then {
        AfterJob::Done => (None, None),
        AfterJob::Again { due, why } => (Some(micros(columns::due(*due))), Some(why)),
        AfterJob::Dead { why } => (None, Some(why)),
    };
    let anew = sql::run(
        conn,
        "UPDATE job SET again = 0, worker = NULL, lease_until = NULL, why = ?2 WHERE id = ?1 AND again = 1",
        params![id, why],
    )?;
    if anew > 0 {
        return Ok(());
    }
    match finish.then {
        AfterJob::Done => sql::run(conn, "DELETE FROM job WHERE id = ?1", params![id])?,
        AfterJob::Again { .. } => sql::run(
            conn,
            "UPDATE job SET due = ?2, why = ?3, worker = NULL, lease_until = NULL WHERE id = ?1",
            params![id, due, why],
        )?,
        AfterJob::Dead { .. } => sql::run(
            conn,
            "UPDATE job SET died = ?2, why = ?3, worker = NULL, lease_until = NULL WHERE id = ?1",
            params![id, micros(at), why],
        )?,
    };
    Ok(())
}
