//! What must always hold, looked at in one snapshot. Reports, never mends.

use crate::{
    convert::{Failed, micros, read, time, word},
    verify,
};
use domain::change::Holder;
use jiff::Timestamp;
use sqlx::{Connection, SqliteConnection, SqlitePool};
use std::collections::BTreeMap;
use store::{
    Broken, Look,
    chain::Verified,
    check::{AT_ONCE, Held, Judge, PART, Seen, place},
};

/// Everything.
pub(crate) async fn check(pool: &SqlitePool) -> Result<Vec<Broken>, Failed> {
    let mut conn = pool.acquire().await?;
    // One snapshot: a change that is committed meanwhile must not look like a fault.
    let mut all = conn.begin().await?;
    let mut judge = Judge::default();
    judge.found(counts(&mut all).await?);
    judge.found(overlaps(&mut all, None).await?);
    inquiries(&mut all, &mut judge, EVERY).await?;
    let firm = sqlx::query_as(
        "SELECT claim.holder, slot.office, slot.service, slot.start, slot.pool
         FROM claim JOIN slot ON slot.id = claim.slot WHERE claim.expires IS NULL
         ORDER BY claim.holder, slot.start",
    )
    .fetch_all(&mut *all)
    .await?;
    let stray = strays(firm, &judge)?;
    judge.found(stray);
    judge.found(unsent(&mut all).await?);
    judge.found(grants(&mut all).await?);
    judge.found(closings(&mut all, None).await?);
    judge.found(remains(&mut all).await?);
    judge.found(verify::verify(&mut all).await?.broken.map(|seq| Broken::Chain { seq: seq.0 }));
    all.rollback().await?;
    Ok(judge.verdict())
}

/// What can still hurt somebody, by the indexes of what is live and of what lies ahead.
pub(crate) async fn look(pool: &SqlitePool, from: Timestamp, journal: Verified) -> Result<Look, Failed> {
    let mut conn = pool.acquire().await?;
    let mut all = conn.begin().await?;
    let mut judge = Judge::default();
    judge.found(counts_ahead(&mut all, from).await?);
    judge.found(overlaps(&mut all, Some(from)).await?);
    let free = inquiries(&mut all, &mut judge, LIVE).await?;
    judge.found(free.into_iter().map(|(slot, claims)| Broken::Count { slot, taken: 0, claims }));
    let firm = sqlx::query_as(FIRM_AHEAD).bind(micros(from)).fetch_all(&mut *all).await?;
    let stray = strays(firm, &judge)?;
    judge.found(stray);
    judge.found(unsent(&mut all).await?);
    judge.found(grants(&mut all).await?);
    judge.found(closings(&mut all, Some(from)).await?);
    let mut rolling = journal;
    let ended = verify::onward(&mut all, &mut rolling, PART).await?;
    let broken = rolling.broken.or(verify::tail(&mut all).await?.broken);
    judge.found(broken.map(|seq| Broken::Chain { seq: seq.0 }));
    all.rollback().await?;
    Ok(Look { broken: judge.verdict(), journal: rolling.again(ended) })
}

// What a look asks. Nothing here may read what is over: `tests` asks the engine how it would go about each.

/// Slots that say they are taken and are not as they say.
const COUNTS_AHEAD: &str = "SELECT office, service, start, pool, taken, (SELECT COUNT(*) FROM claim WHERE claim.slot = slot.id) AS claims
    FROM slot WHERE taken > 0 AND start >= ?1 AND taken <> claims
    ORDER BY start, office, service, pool";
/// Stretches that begin before every earlier one has ended, and one of those. The plus keeps the engine from reading all
/// there ever were in the order of officers.
const OVERLAPS: &str = "SELECT officer, begins, holder,
      (SELECT holder FROM busy AS b WHERE b.officer = a.officer AND b.id <> a.id
         AND b.begins < a.ends AND b.ends > a.begins LIMIT 1) AS other
    FROM (SELECT *, MAX(ends) OVER (PARTITION BY +officer ORDER BY begins, ends
                                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until
          FROM busy WHERE begins >= ?1) AS a
    WHERE begins < until
    ORDER BY officer, begins";
/// Firm claims by whoever is no appointment of any inquiry. (Callbacks that are over are known by their inquiry's document
/// alone.) CROSS JOIN keeps the order of the tables.
const FIRM_AHEAD: &str = "SELECT claim.holder, slot.office, slot.service, slot.start, slot.pool
    FROM slot CROSS JOIN claim ON claim.slot = slot.id
    WHERE slot.taken > 0 AND slot.start >= ?1 AND slot.office <> 'line' AND claim.expires IS NULL
      AND NOT EXISTS (SELECT 1 FROM visit WHERE appointment = claim.holder)
    ORDER BY claim.holder, slot.start";
/// What some holders have for good.
const HELD: &str = "SELECT claim.holder, slot.office, slot.service, slot.start, slot.pool, slot.taken
    FROM claim JOIN slot ON slot.id = claim.slot
    WHERE claim.holder IN (SELECT value FROM json_each(?1)) AND claim.expires IS NULL";
/// Notices that are owed and that no job sends.
const UNSENT: &str = "SELECT id, inquiry FROM notice WHERE owed = 1
      AND NOT EXISTS (SELECT 1 FROM job WHERE key = 'send-notice:' || notice.id AND died IS NULL)
    ORDER BY id";

/// Callers and operators of whom one says that they have each other, and the other does not.
const GRANTS: &str = "SELECT waiter.id, waiter.operator FROM waiter
    WHERE waiter.operator IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM duty WHERE duty.id = waiter.operator AND duty.waiter = waiter.id)
    UNION ALL SELECT duty.waiter, duty.id FROM duty
    WHERE duty.waiter IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM waiter WHERE waiter.id = duty.waiter AND waiter.operator = duty.id)";

/// Visits that stand in time which was closed, with everybody moved. Whoever had checked in is served.
const SHUT: &str = "SELECT visit.inquiry, closing.id
    FROM closing CROSS JOIN visit ON visit.office = closing.office AND visit.start >= closing.starts
      AND visit.start < closing.ends AND visit.current = 1
    CROSS JOIN inquiry ON inquiry.id = visit.inquiry AND inquiry.stage = 'booked'
    WHERE closing.ends > ?1 AND closing.stage = 'closed'
    ORDER BY closing.ends, closing.id, visit.start, visit.inquiry";
/// Closings under way with which no job goes on.
const IDLE: &str = "SELECT id FROM closing WHERE ends > ?1 AND stage IN ('closing', 'opening')
      AND NOT EXISTS (SELECT 1 FROM job WHERE key = 'close-day:' || closing.id AND died IS NULL)
    ORDER BY ends, id";

/// A slot and its counts.
type Counted = (String, String, i64, String, i64, i64);

fn miscounted(rows: Vec<Counted>) -> Result<Vec<Broken>, Failed> {
    let told = rows.into_iter().map(|(office, service, start, pool, taken, claims)| {
        Ok(Broken::Count { slot: place(&office, &service, time(start)?, &pool), taken, claims })
    });
    told.collect()
}

/// A slot's count is the number of its claims; no claim is of a slot that is not there.
async fn counts(conn: &mut SqliteConnection) -> Result<Vec<Broken>, Failed> {
    let rows: Vec<Counted> = sqlx::query_as(
        "SELECT office, service, start, pool, taken, (SELECT COUNT(*) FROM claim WHERE claim.slot = slot.id) AS claims
         FROM slot WHERE taken <> claims
         ORDER BY start, office, service, pool",
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut broken = miscounted(rows)?;
    let orphans: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT slot, COUNT(*) FROM claim WHERE slot NOT IN (SELECT id FROM slot) GROUP BY slot ORDER BY slot",
    )
    .fetch_all(conn)
    .await?;
    broken.extend(orphans.into_iter().map(|(slot, claims)| Broken::Count {
        slot: format!("row {slot}, which is missing"),
        taken: 0,
        claims,
    }));
    Ok(broken)
}

/// The same of the slots from `from` on that say they are taken. One that says it is free, and is not, is met with its holder.
async fn counts_ahead(conn: &mut SqliteConnection, from: Timestamp) -> Result<Vec<Broken>, Failed> {
    let rows = sqlx::query_as(COUNTS_AHEAD).bind(micros(from)).fetch_all(conn).await?;
    miscounted(rows)
}

/// An officer's stretch that begins before every earlier one has ended, and one of those.
async fn overlaps(conn: &mut SqliteConnection, from: Option<Timestamp>) -> Result<Vec<Broken>, Failed> {
    let rows: Vec<(String, i64, String, String)> =
        sqlx::query_as(OVERLAPS).bind(from.map_or(i64::MIN, micros)).fetch_all(conn).await?;
    let told = rows.into_iter().map(|(officer, begins, holder, other)| {
        Ok(Broken::Overlap {
            officer: word(&officer)?,
            at: time(begins)?,
            holder: Holder(word(&holder)?),
            other: Holder(word(&other)?),
        })
    });
    told.collect()
}

/// Pages of inquiries with the columns that could differ from their documents.
const EVERY: &str = "SELECT id, person, reason, live,
    CASE WHEN NOT EXISTS (SELECT 1 FROM job WHERE key = watch AND died IS NULL) THEN watch END, doc
    FROM inquiry WHERE id > ?1 ORDER BY id LIMIT ?2";
const LIVE: &str = "SELECT id, person, reason, live,
    CASE WHEN NOT EXISTS (SELECT 1 FROM job WHERE key = watch AND died IS NULL) THEN watch END, doc
    FROM inquiry WHERE live = 1 AND id > ?1 ORDER BY id LIMIT ?2";

/// Judges inquiries by pages. Told are the slots that say they are free though some of them have a place there.
async fn inquiries(
    conn: &mut SqliteConnection,
    judge: &mut Judge,
    pages: &'static str,
) -> Result<BTreeMap<String, i64>, Failed> {
    let mut free = BTreeMap::new();
    let mut last = String::new();
    loop {
        let rows: Vec<(String, String, String, bool, Option<String>, String)> =
            sqlx::query_as(pages).bind(&last).bind(AT_ONCE).fetch_all(&mut *conn).await?;
        let Some((id, ..)) = rows.last() else { return Ok(free) };
        last.clone_from(id);
        let seen = rows
            .into_iter()
            .map(|(_, person, reason, live, unwatched, doc)| {
                Ok(Seen { person, reason, live, unwatched, inquiry: read("inquiry", &doc)? })
            })
            .collect::<Result<Vec<_>, Failed>>()?;
        let held = held(conn, &seen, &mut free).await?;
        judge.inquiries(seen, &held);
    }
}

/// What the holders of these inquiries have for good.
async fn held(
    conn: &mut SqliteConnection,
    seen: &[Seen],
    free: &mut BTreeMap<String, i64>,
) -> Result<Held, Failed> {
    let holders: Vec<String> = Judge::holders(seen).into_iter().map(|holder| holder.0.to_string()).collect();
    let rows: Vec<(String, String, String, i64, String, i64)> =
        sqlx::query_as(HELD).bind(store::columns::doc("claim", &holders)?).fetch_all(conn).await?;
    let mut held = Held::new();
    for (holder, office, service, start, pool, taken) in rows {
        let slot = place(&office, &service, time(start)?, &pool);
        if taken < 1 {
            *free.entry(slot.clone()).or_default() += 1;
        }
        held.entry(Holder(word(&holder)?)).or_default().insert(slot);
    }
    Ok(held)
}

/// A firm claim: whose, and of which slot.
type Firm = (String, String, String, i64, String);

/// Those of nobody that any inquiry knows.
fn strays(firm: Vec<Firm>, judge: &Judge) -> Result<Vec<Broken>, Failed> {
    let mut broken = Vec::new();
    for (holder, office, service, start, pool) in firm {
        let holder = Holder(word(&holder)?);
        if !judge.knows(holder) {
            broken.push(Broken::Stray { holder, slot: place(&office, &service, time(start)?, &pool) });
        }
    }
    Ok(broken)
}

async fn unsent(conn: &mut SqliteConnection) -> Result<Vec<Broken>, Failed> {
    let notices: Vec<(String, String)> = sqlx::query_as(UNSENT).fetch_all(conn).await?;
    let told = notices
        .into_iter()
        .map(|(notice, inquiry)| Ok(Broken::Unsent { notice: word(&notice)?, inquiry: word(&inquiry)? }));
    told.collect()
}

async fn grants(conn: &mut SqliteConnection) -> Result<Vec<Broken>, Failed> {
    // Sorted here: in the order of a key, the engine would walk through every wait there was.
    let mut pairs: Vec<(String, String)> = sqlx::query_as(GRANTS).fetch_all(conn).await?;
    pairs.sort_unstable();
    pairs.dedup();
    let told = pairs
        .into_iter()
        .map(|(caller, operator)| Ok(Broken::Grant { caller: word(&caller)?, operator: word(&operator)? }));
    told.collect()
}

async fn closings(conn: &mut SqliteConnection, from: Option<Timestamp>) -> Result<Vec<Broken>, Failed> {
    let from = from.map_or(i64::MIN, micros);
    let visits: Vec<(String, String)> = sqlx::query_as(SHUT).bind(from).fetch_all(&mut *conn).await?;
    let idle: Vec<String> = sqlx::query_scalar(IDLE).bind(from).fetch_all(conn).await?;
    let shut = visits
        .into_iter()
        .map(|(inquiry, closing)| Ok(Broken::Shut { inquiry: word(&inquiry)?, closing: word(&closing)? }));
    shut.chain(idle.into_iter().map(|closing| Ok(Broken::Idle { closing: word(&closing)? }))).collect()
}

/// Inquiries that were erased and of which notices are left.
async fn remains(conn: &mut SqliteConnection) -> Result<Vec<Broken>, Failed> {
    let left: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM inquiry WHERE stage = 'closed' AND json_extract(doc, '$.erased') IS NOT NULL
           AND EXISTS (SELECT 1 FROM notice WHERE notice.inquiry = inquiry.id) ORDER BY id",
    )
    .fetch_all(conn)
    .await?;
    left.into_iter().map(|inquiry| Ok(Broken::Remains { inquiry: word(&inquiry)? })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, SqliteStore};
    use store::Store;

    /// The engine goes by an index that knows what is live, owed or ahead; it walks through nothing that only grows.
    #[tokio::test]
    async fn a_look_reads_nothing_that_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path().join("anteroom.db"), Options::default()).await.unwrap();
        let fine = [
            "SCAN a",
            "SCAN (subquery",
            "SCAN json_each",
            "SCAN notice USING INDEX notice_owed",
            "SCAN waiter USING INDEX waiter_operator",
            "SCAN duty USING INDEX duty_waiter",
        ];
        for sql in [COUNTS_AHEAD, OVERLAPS, FIRM_AHEAD, HELD, UNSENT, GRANTS, SHUT, IDLE, LIVE] {
            let ask = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
            let mut ask = sqlx::query_as(ask);
            for _ in 0..sql.matches("?1").count().max(sql.matches("?2").count() * 2) {
                ask = ask.bind(1);
            }
            let plan: Vec<(i64, i64, i64, String)> = ask.fetch_all(&store.readers).await.unwrap();
            assert!(!plan.is_empty());
            for (_, _, _, step) in plan {
                let scans = step.starts_with("SCAN");
                assert!(!scans || fine.iter().any(|fine| step.starts_with(fine)), "{step}: {sql}");
            }
        }
        store.close().await;
    }
}
