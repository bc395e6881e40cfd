//! Places: taken, made firm, run out, given back.
//!
//! A slot's count and its claims change together; the table's CHECK stands behind the guarded update.

use crate::convert::{Fault, micros};
use domain::{
    change::{Claim, Confirm, Holder, Release},
    slots::SlotKey,
};
use jiff::Timestamp;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;
use store::Conflict;

/// What a holder has on hold: how many places, and the first and last end among them.
async fn on_hold(conn: &mut SqliteConnection, holder: Holder) -> Result<Option<(i64, i64)>, Fault> {
    let (first, last): (Option<i64>, Option<i64>) = sqlx::query_as(
        "SELECT MIN(expires), MAX(expires) FROM claim WHERE holder = ?1 AND expires IS NOT NULL",
    )
    .bind(holder.0.to_string())
    .fetch_one(conn)
    .await?;
    Ok(first.zip(last))
}

/// Makes holds firm. Each must have time left at `at`; the holder must have every place named, and none other on
/// hold. A place named may be firm already: one that an appointment keeps when it moves.
pub(super) async fn confirm(
    conn: &mut SqliteConnection,
    confirms: &[Confirm],
    at: Timestamp,
) -> Result<(), Fault> {
    for confirm in confirms {
        let holder = confirm.holder.0.to_string();
        let gone = Conflict::Hold { holder: confirm.holder };
        match on_hold(conn, confirm.holder).await? {
            Some((first, _)) if first > micros(at) => {}
            _ => return Err(gone.into()),
        }
        for slot in confirm.slots.iter().collect::<BTreeSet<_>>() {
            let Some(slot) = row(conn, slot).await? else { return Err(gone.into()) };
            let firm = sqlx::query("UPDATE claim SET expires = NULL WHERE holder = ?1 AND slot = ?2")
                .bind(&holder)
                .bind(slot)
                .execute(&mut *conn)
                .await?;
            if firm.rows_affected() == 0 {
                return Err(gone.into());
            }
        }
        if on_hold(conn, confirm.holder).await?.is_some() {
            return Err(gone.into());
        }
    }
    Ok(())
}

/// Ends holds that have run out at `at`, and gives their places back. What the holder has for good stays.
pub(super) async fn expire(
    conn: &mut SqliteConnection,
    holders: &[Holder],
    at: Timestamp,
) -> Result<(), Fault> {
    for holder in holders {
        match on_hold(conn, *holder).await? {
            Some((_, last)) if last <= micros(at) => {}
            _ => return Err(Conflict::Hold { holder: *holder }.into()),
        }
        let holder = holder.0.to_string();
        sqlx::query(
            "UPDATE slot SET taken = taken - 1
             WHERE id IN (SELECT slot FROM claim WHERE holder = ?1 AND expires IS NOT NULL)",
        )
        .bind(&holder)
        .execute(&mut *conn)
        .await?;
        sqlx::query("DELETE FROM claim WHERE holder = ?1 AND expires IS NOT NULL")
            .bind(&holder)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// A slot's row, if it has been claimed before.
async fn row(conn: &mut SqliteConnection, slot: &SlotKey) -> Result<Option<i64>, Fault> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM slot WHERE office = ?1 AND service = ?2 AND start = ?3 AND pool = ?4",
    )
    .bind(slot.office.as_str())
    .bind(slot.service.as_str())
    .bind(micros(slot.start))
    .bind(slot.pool.as_str())
    .fetch_optional(conn)
    .await?)
}

/// Takes places, in key order. A holder has one place in a slot: claiming it again takes no other, and gives a
/// hold its new end.
pub(super) async fn claim(conn: &mut SqliteConnection, claims: &[Claim]) -> Result<(), Fault> {
    let mut claims: Vec<&Claim> = claims.iter().collect();
    claims.sort_by(|a, b| (&a.slot, a.holder).cmp(&(&b.slot, b.holder)));
    for claim in claims {
        let holder = claim.holder.0.to_string();
        let expires = claim.expires.map(micros);
        if let Some(slot) = row(conn, &claim.slot).await? {
            let held = sqlx::query(
                "UPDATE claim SET expires = CASE WHEN expires IS NULL THEN NULL ELSE ?3 END
                 WHERE holder = ?1 AND slot = ?2",
            )
            .bind(&holder)
            .bind(slot)
            .bind(expires)
            .execute(&mut *conn)
            .await?;
            if held.rows_affected() > 0 {
                continue;
            }
        }
        let slot = take(conn, claim).await?;
        sqlx::query("INSERT INTO claim (holder, slot, expires) VALUES (?1, ?2, ?3)")
            .bind(&holder)
            .bind(slot)
            .bind(expires)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Counts one more in a slot, if the schedule's present size leaves a place.
async fn take(conn: &mut SqliteConnection, claim: &Claim) -> Result<i64, Fault> {
    let full = || Conflict::Full { slot: claim.slot.clone() };
    if claim.capacity == 0 {
        return Err(full().into());
    }
    let slot: Option<i64> = sqlx::query_scalar(
        "INSERT INTO slot (office, service, start, pool, taken, capacity) VALUES (?1, ?2, ?3, ?4, 1, ?5)
         ON CONFLICT (office, service, start, pool)
         DO UPDATE SET taken = taken + 1, capacity = excluded.capacity WHERE taken < excluded.capacity
         RETURNING id",
    )
    .bind(claim.slot.office.as_str())
    .bind(claim.slot.service.as_str())
    .bind(micros(claim.slot.start))
    .bind(claim.slot.pool.as_str())
    .bind(i64::from(claim.capacity))
    .fetch_optional(conn)
    .await?;
    slot.ok_or_else(|| full().into())
}

/// Gives places back.
pub(super) async fn release(conn: &mut SqliteConnection, releases: &[Release]) -> Result<(), Fault> {
    for release in releases {
        let not_held = Conflict::NotHeld { holder: release.holder };
        let Some(slot) = row(conn, &release.slot).await? else { return Err(not_held.into()) };
        let gone = sqlx::query("DELETE FROM claim WHERE holder = ?1 AND slot = ?2")
            .bind(release.holder.0.to_string())
            .bind(slot)
            .execute(&mut *conn)
            .await?;
        if gone.rows_affected() == 0 {
            return Err(not_held.into());
        }
        sqlx::query("UPDATE slot SET taken = taken - 1 WHERE id = ?1").bind(slot).execute(&mut *conn).await?;
    }
    Ok(())
}
