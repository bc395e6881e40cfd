//! Leasing jobs to workers.

use crate::{
    convert::{Fault, count, int, micros, read, small, time, word},
    writer::Leasing,
};
use rusqlite::{Connection, params};
use store::{LeasedJob, StoreError};

/// A job's columns, in the order every query here names them.
pub(crate) type Row = (String, String, i64, i64, i64, Option<String>);

/// A job from its row: `id, kind, due, attempts, fence, why`.
pub(crate) fn job((id, kind, due, attempts, fence, why): Row) -> Result<LeasedJob, StoreError> {
    Ok(LeasedJob {
        id: word(&id)?,
        kind: read("job", &kind)?,
        due: time(due)?,
        attempts: small(attempts),
        fence: count(fence),
        why,
    })
}

/// Leases due jobs, earliest first. Each lease has a higher fence than the one before.
pub(crate) fn lease(conn: &Connection, ask: &Leasing) -> Result<Vec<LeasedJob>, Fault> {
    let until = ask.now.saturating_add(ask.lasts).unwrap_or(ask.now);
    let mut lease = conn.prepare_cached(
        "UPDATE job SET attempts = attempts + 1, fence = fence + 1, worker = ?1, lease_until = ?2, again = 0
         WHERE n IN (
           SELECT n FROM job
           WHERE died IS NULL AND due <= ?3 AND (lease_until IS NULL OR lease_until <= ?3)
           ORDER BY due, n LIMIT ?4)
         RETURNING id, kind, due, attempts, fence, why",
    )?;
    let limit = int(ask.limit.into());
    let rows = lease.query_map(params![ask.worker, micros(until), micros(ask.now), limit], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
    })?;
    let mut leased: Vec<Row> = rows.collect::<Result<_, _>>()?;
    // RETURNING promises no order.
    leased.sort_by_key(|(_, _, due, ..)| *due);
    Ok(leased.into_iter().map(job).collect::<Result<_, _>>()?)
}
