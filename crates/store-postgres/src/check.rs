//! What must always hold, looked at in one moment. Reports, never mends.

use crate::{
    fault::Fault,
    time::Time,
    verify::{ONE_MOMENT, onward, tail, verify},
};
use domain::{
    change::Holder,
    ids::{ClosingId, InquiryId, NoticeId, StaffId, WaitId},
};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use std::collections::BTreeMap;
use store::{
    Broken, Look,
    chain::Verified,
    check::{AT_ONCE, Held, Judge, PART, Seen, place},
    columns::read,
};
use uuid::Uuid;

/// Everything.
pub(crate) async fn check(pool: &PgPool) -> Result<Vec<Broken>, Fault> {
    // One moment: a change that is committed meanwhile must not look like a fault.
    let mut all = pool.begin_with(ONE_MOMENT).await?;
    sqlx::raw_sql("SET LOCAL statement_timeout = 0").execute(&mut *all).await?;
    let mut judge = Judge::default();
    judge.found(counts(&mut all).await?);
    judge.found(overlaps(&mut all, Timestamp::MIN).await?);
    inquiries(&mut all, &mut judge, EVERY).await?;
    let firm = sqlx::query_as(
        "SELECT claim.holder, slot.office, slot.service, slot.start, slot.pool
         FROM claim JOIN slot ON slot.id = claim.slot WHERE claim.expires IS NULL
         ORDER BY claim.holder, slot.start",
    )
    .fetch_all(&mut *all)
    .await?;
    let stray = strays(firm, &judge);
    judge.found(stray);
    judge.found(unsent(&mut all).await?);
    judge.found(grants(&mut all).await?);
    judge.found(closings(&mut all, Timestamp::MIN).await?);
    judge.found(remains(&mut all).await?);
    judge.found(verify(&mut all).await?.broken.map(|seq| Broken::Chain { seq: seq.0 }));
    all.rollback().await?;
    Ok(judge.verdict())
}

/// What can still hurt somebody, by the indexes of what is live and of what lies ahead.
pub(crate) async fn look(pool: &PgPool, from: Timestamp, journal: Verified) -> Result<Look, Fault> {
    let mut all = pool.begin_with(ONE_MOMENT).await?;
    let mut judge = Judge::default();
    judge.found(counts_ahead(&mut all, from).await?);
    judge.found(overlaps(&mut all, from).await?);
    let free = inquiries(&mut all, &mut judge, LIVE).await?;
    judge.found(free.into_iter().map(|(slot, claims)| Broken::Count { slot, taken: 0, claims }));
    // By whoever is no appointment of any inquiry. Callbacks that are over are known by their inquiry's document alone.
    let firm = sqlx::query_as(
        "SELECT claim.holder, slot.office, slot.service, slot.start, slot.pool
         FROM slot JOIN claim ON claim.slot = slot.id
         WHERE slot.taken > 0 AND slot.start >= $1 AND slot.office <> 'line' AND claim.expires IS NULL
           AND NOT EXISTS (SELECT 1 FROM visit WHERE appointment = claim.holder)
         ORDER BY claim.holder, slot.start",
    )
    .bind(Time(from))
    .fetch_all(&mut *all)
    .await?;
    let stray = strays(firm, &judge);
    judge.found(stray);
    judge.found(unsent(&mut all).await?);
    judge.found(grants(&mut all).await?);
    judge.found(closings(&mut all, from).await?);
    let mut rolling = journal;
    let ended = onward(&mut all, &mut rolling, PART).await?;
    let broken = rolling.broken.or(tail(&mut all).await?.broken);
    judge.found(broken.map(|seq| Broken::Chain { seq: seq.0 }));
    all.rollback().await?;
    Ok(Look { broken: judge.verdict(), journal: rolling.again(ended) })
}

/// A slot and its counts.
type Counted = (String, String, Time, String, i64, i64);

fn miscounted(rows: Vec<Counted>) -> Vec<Broken> {
    rows.into_iter()
        .map(|(office, service, start, pool, taken, claims)| Broken::Count {
            slot: place(&office, &service, start.0, &pool),
            taken,
            claims,
        })
        .collect()
}

/// A slot's count is the number of its claims; no claim is of a slot that is not there.
async fn counts(conn: &mut PgConnection) -> Result<Vec<Broken>, Fault> {
    let rows = sqlx::query_as(
        "SELECT office, service, start, pool, taken, COALESCE(claims, 0)
         FROM slot LEFT JOIN (SELECT slot, COUNT(*) AS claims FROM claim GROUP BY slot) AS held ON held.slot = slot.id
         WHERE taken <> COALESCE(claims, 0)
         ORDER BY start, office, service, pool",
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut broken = miscounted(rows);
    let orphans: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT slot, COUNT(*) FROM claim WHERE NOT EXISTS (SELECT 1 FROM slot WHERE slot.id = claim.slot)
         GROUP BY slot ORDER BY slot",
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
async fn counts_ahead(conn: &mut PgConnection, from: Timestamp) -> Result<Vec<Broken>, Fault> {
    let rows = sqlx::query_as(
        "SELECT * FROM (
           SELECT office, service, start, pool, taken, (SELECT COUNT(*) FROM claim WHERE claim.slot = slot.id) AS claims
           FROM slot WHERE taken > 0 AND start >= $1
         ) AS ahead WHERE taken <> claims
         ORDER BY start, office, service, pool",
    )
    .bind(Time(from))
    .fetch_all(conn)
    .await?;
    Ok(miscounted(rows))
}

/// An officer's stretch that begins before every earlier one has ended, and one of those.
async fn overlaps(conn: &mut PgConnection, from: Timestamp) -> Result<Vec<Broken>, Fault> {
    let rows: Vec<(Uuid, Time, Uuid, Uuid)> = sqlx::query_as(
        "SELECT officer, begins, holder,
                (SELECT holder FROM busy AS b WHERE b.officer = a.officer AND b.id <> a.id
                   AND b.begins < a.ends AND b.ends > a.begins LIMIT 1) AS other
         FROM (SELECT *, MAX(ends) OVER (PARTITION BY officer ORDER BY begins, ends
                                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until
               FROM busy WHERE begins >= $1) AS a
         WHERE begins < until
         ORDER BY officer, begins",
    )
    .bind(Time(from))
    .fetch_all(conn)
    .await?;
    let told = rows.into_iter().map(|(officer, begins, holder, other)| Broken::Overlap {
        officer: StaffId::from_uuid(officer),
        at: begins.0,
        holder: Holder(holder),
        other: Holder(other),
    });
    Ok(told.collect())
}

/// Pages of inquiries with the columns that could differ from their documents.
const EVERY: &str = "SELECT id, person, reason, live,
    CASE WHEN NOT EXISTS (SELECT 1 FROM job WHERE key = watch AND died IS NULL) THEN watch END, doc::text
    FROM inquiry WHERE id > $1 ORDER BY id LIMIT $2";
const LIVE: &str = "SELECT id, person, reason, live,
    CASE WHEN NOT EXISTS (SELECT 1 FROM job WHERE key = watch AND died IS NULL) THEN watch END, doc::text
    FROM inquiry WHERE live AND id > $1 ORDER BY id LIMIT $2";

/// Judges inquiries by pages. Told are the slots that say they are free though some of them have a place there.
async fn inquiries(
    conn: &mut PgConnection,
    judge: &mut Judge,
    pages: &'static str,
) -> Result<BTreeMap<String, i64>, Fault> {
    let mut free = BTreeMap::new();
    let mut last = Uuid::nil();
    loop {
        let rows: Vec<(Uuid, Uuid, String, bool, Option<String>, String)> =
            sqlx::query_as(pages).bind(last).bind(i64::from(AT_ONCE)).fetch_all(&mut *conn).await?;
        let Some((id, ..)) = rows.last() else { return Ok(free) };
        last = *id;
        let seen = rows
            .into_iter()
            .map(|(_, person, reason, live, unwatched, doc)| {
                let inquiry = read("inquiry", &doc)?;
                Ok(Seen { person: person.to_string(), reason, live, unwatched, inquiry })
            })
            .collect::<Result<Vec<_>, Fault>>()?;
        let held = held(conn, &seen, &mut free).await?;
        judge.inquiries(seen, &held);
    }
}

/// What the holders of these inquiries have for good.
async fn held(
    conn: &mut PgConnection,
    seen: &[Seen],
    free: &mut BTreeMap<String, i64>,
) -> Result<Held, Fault> {
    let holders: Vec<Uuid> = Judge::holders(seen).into_iter().map(|holder| holder.0).collect();
    let rows: Vec<(Uuid, String, String, Time, String, i64)> = sqlx::query_as(
        "SELECT claim.holder, slot.office, slot.service, slot.start, slot.pool, slot.taken
         FROM claim JOIN slot ON slot.id = claim.slot
         WHERE claim.holder = ANY($1) AND claim.expires IS NULL",
    )
    .bind(holders)
    .fetch_all(conn)
    .await?;
    let mut held = Held::new();
    for (holder, office, service, start, pool, taken) in rows {
        let slot = place(&office, &service, start.0, &pool);
        if taken < 1 {
            *free.entry(slot.clone()).or_default() += 1;
        }
        held.entry(Holder(holder)).or_default().insert(slot);
    }
    Ok(held)
}

/// A firm claim: whose, and of which slot.
type Firm = (Uuid, String, String, Time, String);

/// Those of nobody that any inquiry knows.
fn strays(firm: Vec<Firm>, judge: &Judge) -> Vec<Broken> {
    firm.into_iter()
        .filter(|(holder, ..)| !judge.knows(Holder(*holder)))
        .map(|(holder, office, service, start, pool)| Broken::Stray {
            holder: Holder(holder),
            slot: place(&office, &service, start.0, &pool),
        })
        .collect()
}

/// Inquiries that were erased and of which notices are left.
async fn remains(conn: &mut PgConnection) -> Result<Vec<Broken>, Fault> {
    let left: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM inquiry WHERE stage = 'closed' AND doc::text LIKE '%\"erased\":{\"at\":%'
           AND EXISTS (SELECT 1 FROM notice WHERE notice.inquiry = inquiry.id) ORDER BY id",
    )
    .fetch_all(conn)
    .await?;
    Ok(left.into_iter().map(|id| Broken::Remains { inquiry: InquiryId::from_uuid(id) }).collect())
}

async fn unsent(conn: &mut PgConnection) -> Result<Vec<Broken>, Fault> {
    let notices: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT id, inquiry FROM notice WHERE owed
           AND NOT EXISTS (SELECT 1 FROM job WHERE key = 'send-notice:' || notice.id AND died IS NULL)
         ORDER BY id",
    )
    .fetch_all(conn)
    .await?;
    let told = notices.into_iter().map(|(notice, inquiry)| Broken::Unsent {
        notice: NoticeId::from_uuid(notice),
        inquiry: InquiryId::from_uuid(inquiry),
    });
    Ok(told.collect())
}

/// Callers and operators of whom one says that they have each other, and the other does not.
async fn grants(conn: &mut PgConnection) -> Result<Vec<Broken>, Fault> {
    let pairs: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT waiter.id, waiter.operator FROM waiter
         WHERE waiter.operator IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM duty WHERE duty.id = waiter.operator AND duty.waiter = waiter.id)
         UNION SELECT duty.waiter, duty.id FROM duty
         WHERE duty.waiter IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM waiter WHERE waiter.id = duty.waiter AND waiter.operator = duty.id)
         ORDER BY 1, 2",
    )
    .fetch_all(conn)
    .await?;
    let grant = |(caller, operator)| Broken::Grant {
        caller: WaitId::from_uuid(caller),
        operator: StaffId::from_uuid(operator),
    };
    Ok(pairs.into_iter().map(grant).collect())
}

/// Visits that stand in time which was closed, with everybody moved (whoever had checked in is served), and closings under way
/// with which no job goes on.
async fn closings(conn: &mut PgConnection, from: Timestamp) -> Result<Vec<Broken>, Fault> {
    let visits: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT visit.inquiry, closing.id
         FROM closing JOIN visit ON visit.office = closing.office AND visit.start >= closing.starts
           AND visit.start < closing.ends AND visit.current
         JOIN inquiry ON inquiry.id = visit.inquiry AND inquiry.stage = 'booked'
         WHERE closing.ends > $1 AND closing.stage = 'closed'
         ORDER BY closing.ends, closing.id, visit.start, visit.inquiry",
    )
    .bind(Time(from))
    .fetch_all(&mut *conn)
    .await?;
    let idle: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM closing WHERE ends > $1 AND stage IN ('closing', 'opening')
           AND NOT EXISTS (SELECT 1 FROM job WHERE key = 'close-day:' || closing.id AND died IS NULL)
         ORDER BY ends, id",
    )
    .bind(Time(from))
    .fetch_all(conn)
    .await?;
    let shut = visits.into_iter().map(|(inquiry, closing)| Broken::Shut {
        inquiry: InquiryId::from_uuid(inquiry),
        closing: ClosingId::from_uuid(closing),
    });
    let idle = idle.into_iter().map(|closing| Broken::Idle { closing: ClosingId::from_uuid(closing) });
    Ok(shut.chain(idle).collect())
}
