//! Places: taken, made firm, run out, given back.
//!
//! The slots a change is about are locked in key order; then what it does to them is worked out on a picture of
//! them, and the difference is written under a guard. The table's CHECK stands behind it.

use crate::{fault::Fault, time::Time};
use domain::{
    change::{Change, Claim, Confirm, Holder, Release},
    codes::OfficeCode,
    ids::ClosingId,
    slots::SlotKey,
};
use jiff::Timestamp;
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};
use store::Conflict;
use uuid::Uuid;

/// Confirms, expires, takes and gives back, in this order; of several changes one after the other.
pub(super) async fn move_all(conn: &mut PgConnection, changes: &[&Change]) -> Result<(), Fault> {
    let moves = |change: &&&Change| {
        !(change.confirms.is_empty()
            && change.expiries.is_empty()
            && change.claims.is_empty()
            && change.releases.is_empty())
    };
    let changes: Vec<&Change> = changes.iter().filter(moves).copied().collect();
    if changes.is_empty() {
        return Ok(());
    }
    make_rows(conn, changes.iter().flat_map(|change| &change.claims)).await?;
    let before = Picture::load(conn, &changes).await?;
    let shut = shut(conn, &changes).await?;
    let mut after = before.clone();
    for change in changes {
        let at = change.command.at.as_microsecond();
        // It looks as full as any place: whoever decides anew reads why.
        let through = change.through.map(ClosingId::uuid);
        let keeps_out = |slot: &SlotKey| match shut.get(&Key::of(slot)) {
            Some(by) if by.iter().any(|closing| Some(*closing) != through) => {
                Err(Conflict::Full { slot: slot.clone() })
            }
            _ => Ok(()),
        };
        change.confirms.iter().flat_map(|confirm| &confirm.slots).try_for_each(keeps_out)?;
        change.confirms.iter().try_for_each(|confirm| after.confirm(confirm, at))?;
        change.expiries.iter().try_for_each(|holder| after.expire(*holder, at))?;
        let mut claims: Vec<&Claim> = change.claims.iter().collect();
        claims.sort_by(|a, b| (&a.slot, a.holder).cmp(&(&b.slot, b.holder)));
        claims.iter().filter(|claim| !after.holds(claim)).try_for_each(|claim| keeps_out(&claim.slot))?;
        claims.into_iter().try_for_each(|claim| after.claim(claim))?;
        change.releases.iter().try_for_each(|release| after.release(release, at))?;
    }
    after.write(conn, &before).await
}

/// The slots to be taken or made firm that begin in time which closings shut, with those closings.
async fn shut(conn: &mut PgConnection, changes: &[&Change]) -> Result<BTreeMap<Key, Vec<Uuid>>, Fault> {
    let wanted = changes.iter().flat_map(|change| {
        change.claims.iter().map(|c| &c.slot).chain(change.confirms.iter().flat_map(|c| &c.slots))
    });
    let line = OfficeCode::line();
    let Columns(offices, services, starts, pools) = Columns::of(wanted.filter(|slot| slot.office != line));
    let mut shut: BTreeMap<Key, Vec<Uuid>> = BTreeMap::new();
    if offices.is_empty() {
        return Ok(shut);
    }
    let rows: Vec<(String, String, Time, String, Uuid)> = sqlx::query_as(
        "SELECT wanted.office, wanted.service, wanted.start, wanted.pool, closing.id
         FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[]) AS wanted (office, service, start, pool)
         JOIN closing ON closing.shuts AND closing.office = wanted.office
           AND closing.ends > wanted.start AND closing.starts <= wanted.start",
    )
    .bind(offices)
    .bind(services)
    .bind(starts)
    .bind(pools)
    .fetch_all(conn)
    .await?;
    for (office, service, start, pool, closing) in rows {
        shut.entry(Key(office, service, start.0.as_microsecond(), pool)).or_default().push(closing);
    }
    Ok(shut)
}

/// A slot's key as its row has it: times in whole microseconds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key(String, String, i64, String);

impl Key {
    fn of(slot: &SlotKey) -> Self {
        Self(
            slot.office.to_string(),
            slot.service.to_string(),
            slot.start.as_microsecond(),
            slot.pool.to_string(),
        )
    }
}

/// Keys as columns, each once, in order.
struct Columns<'a>(Vec<&'a str>, Vec<&'a str>, Vec<Time>, Vec<&'a str>);

impl<'a> Columns<'a> {
    fn of(slots: impl Iterator<Item = &'a SlotKey>) -> Self {
        let slots: BTreeSet<&SlotKey> = slots.collect();
        Self(
            slots.iter().map(|s| s.office.as_str()).collect(),
            slots.iter().map(|s| s.service.as_str()).collect(),
            slots.iter().map(|s| Time(s.start)).collect(),
            slots.iter().map(|s| s.pool.as_str()).collect(),
        )
    }
}

/// Makes the rows of slots that are claimed for the first time, in key order and before any row is locked: whoever
/// waits here for another who makes the same row holds no slot that the other could want.
async fn make_rows(conn: &mut PgConnection, claims: impl Iterator<Item = &Claim>) -> Result<(), Fault> {
    let Columns(offices, services, starts, pools) = Columns::of(claims.map(|claim| &claim.slot));
    if offices.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO slot (office, service, start, pool, taken, capacity)
         SELECT office, service, start, pool, 0, 0
         FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[]) AS new (office, service, start, pool)
         ORDER BY office, service, start, pool
         ON CONFLICT (office, service, start, pool) DO NOTHING",
    )
    .bind(offices)
    .bind(services)
    .bind(starts)
    .bind(pools)
    .execute(conn)
    .await?;
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slot {
    taken: i64,
    capacity: i64,
}

/// A slot's columns.
type SlotRow = (i64, String, String, Time, String, i64, i64);

/// The slots a change is about, all locked, and what the holders it is about have in them: until when (microseconds),
/// or for good.
#[derive(Debug, Clone)]
struct Picture {
    ids: BTreeMap<Key, i64>,
    slots: BTreeMap<i64, Slot>,
    claims: BTreeMap<(Holder, i64), Option<i64>>,
}

impl Picture {
    async fn load(conn: &mut PgConnection, changes: &[&Change]) -> Result<Self, Fault> {
        let named = changes.iter().flat_map(|change| {
            let named = change.claims.iter().map(|c| &c.slot).chain(change.releases.iter().map(|r| &r.slot));
            named.chain(change.confirms.iter().flat_map(|c| &c.slots))
        });
        let Columns(offices, services, starts, pools) = Columns::of(named);
        let holders = changes.iter().flat_map(|change| {
            let holders =
                change.claims.iter().map(|c| c.holder).chain(change.releases.iter().map(|r| r.holder));
            let holders = holders.chain(change.releases.iter().filter_map(|release| release.keep));
            holders.chain(change.confirms.iter().map(|c| c.holder)).chain(change.expiries.iter().copied())
        });
        let holders: BTreeSet<Uuid> = holders.map(|h| h.0).collect();
        let holders: Vec<Uuid> = holders.into_iter().collect();
        let rows: Vec<SlotRow> = sqlx::query_as(
            "SELECT id, office, service, start, pool, taken, capacity FROM slot
             WHERE id = ANY (ARRAY(
               SELECT slot.id
               FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[]) AS named (office, service, start, pool)
               JOIN slot USING (office, service, start, pool)
               UNION SELECT slot FROM claim WHERE holder = ANY($5)))
             ORDER BY office, service, start, pool FOR UPDATE",
        )
        .bind(offices)
        .bind(services)
        .bind(starts)
        .bind(pools)
        .bind(&holders)
        .fetch_all(&mut *conn)
        .await?;
        // In a statement of its own: it must see what those did whom the locks waited for.
        let claims: Vec<(Uuid, i64, Option<Time>)> =
            sqlx::query_as("SELECT holder, slot, expires FROM claim WHERE holder = ANY($1)")
                .bind(&holders)
                .fetch_all(conn)
                .await?;
        let mut picture = Self { ids: BTreeMap::new(), slots: BTreeMap::new(), claims: BTreeMap::new() };
        for (id, office, service, start, pool, taken, capacity) in rows {
            picture.ids.insert(Key(office, service, start.0.as_microsecond(), pool), id);
            picture.slots.insert(id, Slot { taken, capacity });
        }
        for (holder, slot, expires) in claims {
            if !picture.slots.contains_key(&slot) {
                // The holder got it between the two looks, so it is not locked.
                return Err(Fault::Rival);
            }
            picture.claims.insert((Holder(holder), slot), expires.map(|t| t.0.as_microsecond()));
        }
        Ok(picture)
    }

    fn id(&self, slot: &SlotKey) -> Option<i64> {
        self.ids.get(&Key::of(slot)).copied()
    }

    /// What a holder has on hold: where, and until when.
    fn on_hold(&self, holder: Holder) -> Vec<(i64, i64)> {
        let mine = self.claims.range((holder, i64::MIN)..=(holder, i64::MAX));
        mine.filter_map(|((_, slot), expires)| expires.map(|expires| (*slot, expires))).collect()
    }

    /// Has the holder that place already?
    fn holds(&self, claim: &Claim) -> bool {
        self.id(&claim.slot).is_some_and(|id| self.claims.contains_key(&(claim.holder, id)))
    }

    fn count(&mut self, slot: i64, more: i64) {
        if let Some(slot) = self.slots.get_mut(&slot) {
            slot.taken += more;
        }
    }

    /// Makes holds firm. Each must have time left at `at`; the holder must have every place named, and none other on
    /// hold. A place named may be firm already: one that an appointment keeps when it moves.
    fn confirm(&mut self, confirm: &Confirm, at: i64) -> Result<(), Conflict> {
        let gone = Conflict::Hold { holder: confirm.holder };
        let held = self.on_hold(confirm.holder);
        // What is given back may have run out; what is made firm may not.
        if held.is_empty() || (!confirm.gives_back && held.iter().any(|(_, expires)| *expires <= at)) {
            return Err(gone);
        }
        for slot in &confirm.slots {
            let place = self.id(slot).and_then(|id| self.claims.get_mut(&(confirm.holder, id)));
            let place = place.filter(|expires| expires.is_none_or(|expires| expires > at));
            *place.ok_or_else(|| gone.clone())? = None;
        }
        let rest = self.on_hold(confirm.holder);
        if !confirm.gives_back && !rest.is_empty() {
            return Err(gone);
        }
        for (slot, _) in rest {
            self.claims.remove(&(confirm.holder, slot));
            self.count(slot, -1);
        }
        Ok(())
    }

    /// Ends holds that have run out at `at`, and gives their places back. What the holder has for good stays.
    fn expire(&mut self, holder: Holder, at: i64) -> Result<(), Conflict> {
        let held = self.on_hold(holder);
        if held.is_empty() || held.iter().any(|(_, expires)| *expires > at) {
            return Err(Conflict::Hold { holder });
        }
        for (slot, _) in held {
            self.claims.remove(&(holder, slot));
            self.count(slot, -1);
        }
        Ok(())
    }

    /// Takes a place, if the schedule's present size leaves one. A holder has one place in a slot: claiming it again
    /// takes no other, and gives a hold its new end.
    fn claim(&mut self, claim: &Claim) -> Result<(), Conflict> {
        let full = Conflict::Full { slot: claim.slot.clone() };
        let id = self.id(&claim.slot).ok_or_else(|| full.clone())?;
        let expires = claim.expires.map(Timestamp::as_microsecond);
        if let Some(held) = self.claims.get_mut(&(claim.holder, id)) {
            *held = held.and(expires);
            return Ok(());
        }
        let capacity = i64::from(claim.capacity);
        match self.slots.get_mut(&id) {
            Some(slot) if slot.taken < capacity => {
                *slot = Slot { taken: slot.taken + 1, capacity };
                self.claims.insert((claim.holder, id), expires);
                Ok(())
            }
            _ => Err(full),
        }
    }

    /// Gives a place back, to everybody or to who keeps it.
    fn release(&mut self, release: &Release, at: i64) -> Result<(), Conflict> {
        let held = self.id(&release.slot).filter(|id| self.claims.remove(&(release.holder, *id)).is_some());
        let id = held.ok_or(Conflict::NotHeld { holder: release.holder })?;
        if let Some(keep) = release.keep {
            // Who has a place there already keeps that one.
            if let Entry::Vacant(free) = self.claims.entry((keep, id)) {
                free.insert(Some(at));
                return Ok(());
            }
        }
        self.count(id, -1);
        Ok(())
    }

    /// Writes what has become different.
    async fn write(&self, conn: &mut PgConnection, before: &Self) -> Result<(), Fault> {
        let slots: Vec<_> =
            self.slots.iter().filter(|(id, slot)| before.slots.get(id) != Some(slot)).collect();
        if !slots.is_empty() {
            let taken_before: Vec<i64> =
                slots.iter().map(|(id, _)| before.slots.get(id).map_or(0, |slot| slot.taken)).collect();
            let written = sqlx::query(
                "UPDATE slot SET taken = new.taken, capacity = new.capacity
                 FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) AS new (id, before, taken, capacity)
                 WHERE slot.id = new.id AND slot.taken = new.before",
            )
            .bind(slots.iter().map(|(id, _)| **id).collect::<Vec<_>>())
            .bind(taken_before)
            .bind(slots.iter().map(|(_, slot)| slot.taken).collect::<Vec<_>>())
            .bind(slots.iter().map(|(_, slot)| slot.capacity).collect::<Vec<_>>())
            .execute(&mut *conn)
            .await?;
            if written.rows_affected() != slots.len() as u64 {
                return Err(Fault::Rival);
            }
        }
        let gone: Vec<_> = before.claims.keys().filter(|claim| !self.claims.contains_key(claim)).collect();
        let kept: Vec<_> =
            self.claims.iter().filter(|(claim, expires)| before.claims.get(claim) != Some(expires)).collect();
        if !gone.is_empty() {
            sqlx::query(
                "DELETE FROM claim USING unnest($1::uuid[], $2::bigint[]) AS gone (holder, slot)
                 WHERE claim.holder = gone.holder AND claim.slot = gone.slot",
            )
            .bind(gone.iter().map(|(holder, _)| holder.0).collect::<Vec<_>>())
            .bind(gone.iter().map(|(_, slot)| *slot).collect::<Vec<_>>())
            .execute(&mut *conn)
            .await?;
        }
        if !kept.is_empty() {
            let expires = kept.iter().map(|(_, expires)| expires.map(micros).transpose());
            sqlx::query(
                "INSERT INTO claim (holder, slot, expires)
                 SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[])
                 ON CONFLICT (holder, slot) DO UPDATE SET expires = excluded.expires",
            )
            .bind(kept.iter().map(|((holder, _), _)| holder.0).collect::<Vec<_>>())
            .bind(kept.iter().map(|((_, slot), _)| *slot).collect::<Vec<_>>())
            .bind(expires.collect::<Result<Vec<_>, _>>()?)
            .execute(&mut *conn)
            .await?;
        }
        Ok(())
    }
}

fn micros(micros: i64) -> Result<Time, store::StoreError> {
    Timestamp::from_microsecond(micros).map(Time).map_err(|e| store::StoreError::Engine(Box::new(e)))
}
