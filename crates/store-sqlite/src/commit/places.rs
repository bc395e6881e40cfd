//! Places: taken, made firm, run out, given back.
//!
//! A slot's count and its claims change together; the table's CHECK stands behind the guarded update.

use super::closings;
use crate::{
    convert::{Fault, micros},
    sql,
};
use domain::{
    change::{Claim, Confirm, Holder, Release},
    ids::ClosingId,
    slots::SlotKey,
};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;
use store::Conflict;

/// What a holder has on hold: how many places, and the first and last end among them.
fn on_hold(conn: &Connection, holder: Holder) -> Result<Option<(i64, i64)>, Fault> {
    let found: Option<(Option<i64>, Option<i64>)> = sql::maybe(
        conn,
        "SELECT MIN(expires), MAX(expires) FROM claim WHERE holder = ?1 AND expires IS NOT NULL",
        params![holder.0.to_string()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(found.and_then(|(first, last)| first.zip(last)))
}

/// Makes holds firm. Each must have time left at `at`; the holder must have every place named, and none other on
/// hold. A place named may be firm already: one that an appointment keeps when it moves.
pub(super) fn confirm(
    conn: &Connection,
    confirms: &[Confirm],
    at: Timestamp,
    through: Option<ClosingId>,
) -> Result<(), Fault> {
    for confirm in confirms {
        let holder = confirm.holder.0.to_string();
        let gone = Conflict::Hold { holder: confirm.holder };
        match on_hold(conn, confirm.holder)? {
            // What is given back may have run out; what is made firm, below, may not.
            Some((first, _)) if first > micros(at) || confirm.gives_back => {}
            _ => return Err(gone.into()),
        }
        for slot in confirm.slots.iter().collect::<BTreeSet<_>>() {
            closings::keep_out(conn, slot, through)?;
            let Some(slot) = row(conn, slot)? else { return Err(gone.into()) };
            let firm = sql::run(
                conn,
                "UPDATE claim SET expires = NULL
                 WHERE holder = ?1 AND slot = ?2 AND (expires IS NULL OR expires > ?3)",
                params![holder, slot, micros(at)],
            )?;
            if firm == 0 {
                return Err(gone.into());
            }
        }
        if on_hold(conn, confirm.holder)?.is_some() {
            if !confirm.gives_back {
                return Err(gone.into());
            }
            give_back_held(conn, &holder)?;
        }
    }
    Ok(())
}

/// Ends holds that have run out at `at`, and gives their places back. What the holder has for good stays.
pub(super) fn expire(conn: &Connection, holders: &[Holder], at: Timestamp) -> Result<(), Fault> {
    for holder in holders {
        match on_hold(conn, *holder)? {
            Some((_, last)) if last <= micros(at) => {}
            _ => return Err(Conflict::Hold { holder: *holder }.into()),
        }
        give_back_held(conn, &holder.0.to_string())?;
    }
    Ok(())
}

/// Gives back whatever a holder has on hold.
fn give_back_held(conn: &Connection, holder: &str) -> Result<(), Fault> {
    sql::run(
        conn,
        "UPDATE slot SET taken = taken - 1
         WHERE id IN (SELECT slot FROM claim WHERE holder = ?1 AND expires IS NOT NULL)",
        params![holder],
    )?;
    sql::run(conn, "DELETE FROM claim WHERE holder = ?1 AND expires IS NOT NULL", params![holder])?;
    Ok(())
}

/// A slot's row, if it has been claimed before.
fn row(conn: &Connection, slot: &SlotKey) -> Result<Option<i64>, Fault> {
    Ok(sql::value(
        conn,
        "SELECT id FROM slot WHERE office = ?1 AND service = ?2 AND start = ?3 AND pool = ?4",
        params![slot.office.as_str(), slot.service.as_str(), micros(slot.start), slot.pool.as_str()],
    )?)
}

/// Takes places, in key order. A holder has one place in a slot: claiming it again takes no other, and gives a
/// hold its new end.
pub(super) fn claim(conn: &Connection, claims: &[Claim], through: Option<ClosingId>) -> Result<(), Fault> {
    let mut claims: Vec<&Claim> = claims.iter().collect();
    claims.sort_by(|a, b| (&a.slot, a.holder).cmp(&(&b.slot, b.holder)));
    for claim in claims {
        let holder = claim.holder.0.to_string();
        let expires = claim.expires.map(micros);
        if let Some(slot) = row(conn, &claim.slot)? {
            let held = sql::run(
                conn,
                "UPDATE claim SET expires = CASE WHEN expires IS NULL THEN NULL ELSE ?3 END
                 WHERE holder = ?1 AND slot = ?2",
                params![holder, slot, expires],
            )?;
            if held > 0 {
                continue;
            }
        }
        closings::keep_out(conn, &claim.slot, through)?;
        let slot = take(conn, claim)?;
        sql::run(
            conn,
            "INSERT INTO claim (holder, slot, expires) VALUES (?1, ?2, ?3)",
            params![holder, slot, expires],
        )?;
    }
    Ok(())
}

/// Counts one more in a slot, if the schedule's present size leaves a place.
fn take(conn: &Connection, claim: &Claim) -> Result<i64, Fault> {
    let full = || Conflict::Full { slot: claim.slot.clone() };
    if claim.capacity == 0 {
        return Err(full().into());
    }
    let slot: Option<i64> = sql::value(
        conn,
        "INSERT INTO slot (office, service, start, pool, taken, capacity) VALUES (?1, ?2, ?3, ?4, 1, ?5)
         ON CONFLICT (office, service, start, pool)
         DO UPDATE SET taken = taken + 1, capacity = excluded.capacity WHERE taken < excluded.capacity
         RETURNING id",
        params![
            claim.slot.office.as_str(),
            claim.slot.service.as_str(),
            micros(claim.slot.start),
            claim.slot.pool.as_str(),
            i64::from(claim.capacity)
        ],
    )?;
    slot.ok_or_else(|| full().into())
}

/// Gives places back, to everybody or to who keeps them.
pub(super) fn release(conn: &Connection, releases: &[Release], at: Timestamp) -> Result<(), Fault> {
    for release in releases {
        let not_held = Conflict::NotHeld { holder: release.holder };
        let Some(slot) = row(conn, &release.slot)? else { return Err(not_held.into()) };
        if let Some(keep) = release.keep {
            // Who has a place there already keeps that one.
            let kept = sql::run(
                conn,
                "UPDATE OR IGNORE claim SET holder = ?3, expires = ?4 WHERE holder = ?1 AND slot = ?2",
                params![release.holder.0.to_string(), slot, keep.0.to_string(), micros(at)],
            )?;
            if kept > 0 {
                continue;
            }
        }
        let gone = sql::run(
            conn,
            "DELETE FROM claim WHERE holder = ?1 AND slot = ?2",
            params![release.holder.0.to_string(), slot],
        )?;
        if gone == 0 {
            return Err(not_held.into());
        }
        sql::run(conn, "UPDATE slot SET taken = taken - 1 WHERE id = ?1", params![slot])?;
    }
    Ok(())
}
