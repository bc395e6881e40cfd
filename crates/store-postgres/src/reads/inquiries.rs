//! Inquiries, one by one and in lists.

use crate::{fault::Fault, gather::Kind, time::Time};
use domain::{
    codes::ReasonCode,
    ids::{InquiryId, PersonId, StaffId},
    inquiry::Inquiry,
};
use jiff::Timestamp;
use sqlx::PgPool;
use std::collections::{BTreeMap, HashMap};
use store::{
    Eyes, Figures, HeldBy, List, Page, Paged, Waiting,
    columns::{LONGEST_PAGE, count, maybe, read},
};

pub(crate) async fn live(
    pool: &PgPool,
    person: PersonId,
    reason: &ReasonCode,
) -> Result<Option<Inquiry>, Fault> {
    let doc = sqlx::query_scalar("SELECT doc::text FROM inquiry WHERE person = $1 AND reason = $2 AND live")
        .bind(person.uuid())
        .bind(reason.as_str())
        .fetch_optional(pool)
        .await?;
    Ok(maybe("inquiry", doc)?)
}

/// Whatever is kept from whoever reads, by what a conflict of theirs begins with ($3) and whether they see who is protected ($4).
macro_rules! seen {
    () => {
        "($3::text IS NULL OR inquiry.doc::text NOT LIKE '%\"guard\":{%'
          OR (strpos(inquiry.doc::text, $3) = 0
              AND ($4::bool OR inquiry.doc::text NOT LIKE '%\"protected\":{\"class\":%')))"
    };
}

/// A part of a list. One row more than asked for is fetched, to know whether there are more.
pub(crate) async fn list(
    pool: &PgPool,
    list: &List,
    page: Page,
    eyes: Option<&Eyes>,
) -> Result<Paged<Inquiry>, Fault> {
    let limit = page.limit.min(LONGEST_PAGE);
    let query = match list {
        List::Review { office: None } => sqlx::query_scalar(concat!(
            "SELECT doc::text FROM inquiry WHERE stage IN ('review', 'spoken', 'unreached', 'to-book') AND ",
            seen!(),
            "
             ORDER BY urgency, due, opened, id LIMIT $1 OFFSET $2"
        )),
        List::Review { office: Some(_) } => sqlx::query_scalar(concat!(
            "SELECT doc::text FROM inquiry
             WHERE office = $5 AND stage IN ('review', 'spoken', 'unreached', 'to-book') AND ",
            seen!(),
            "
             ORDER BY urgency, due, opened, id LIMIT $1 OFFSET $2"
        )),
        List::Callbacks { .. } => sqlx::query_scalar(concat!(
            "SELECT doc::text FROM inquiry
             WHERE next_attempt < $6 AND ($5::uuid IS NULL OR owner IS NULL OR owner = $5) AND ",
            seen!(),
            "
             ORDER BY next_attempt, id LIMIT $1 OFFSET $2"
        )),
        List::Calendar { .. } => sqlx::query_scalar(concat!(
            "SELECT doc::text FROM inquiry
             WHERE next_attempt >= $6 AND next_attempt < $7
               AND ((owner IS NULL AND $9::bool)
                 OR (owner IS NOT NULL AND $8::bool AND ($5::uuid IS NULL OR owner = $5))) AND ",
            seen!(),
            "
             ORDER BY next_attempt, id LIMIT $1 OFFSET $2"
        )),
        // An inquiry stands once in a day: by the appointment that holds, else by the last of those that ended.
        List::Day { .. } => sqlx::query_scalar(concat!(
            "SELECT inquiry.doc::text FROM (
               SELECT inquiry, COALESCE(MAX(start) FILTER (WHERE current), MAX(start)) AS start
               FROM visit WHERE office = $5 AND start >= $6 AND start < $7 GROUP BY inquiry
             ) AS day JOIN inquiry ON inquiry.id = day.inquiry
             WHERE (inquiry.stage <> 'closed' OR inquiry.doc::text NOT LIKE '%\"erased\":{\"at\":%') AND ",
            seen!(),
            "
             ORDER BY day.start, inquiry.id LIMIT $1 OFFSET $2"
        )),
        List::Stage { .. } => sqlx::query_scalar(concat!(
            "SELECT doc::text FROM inquiry WHERE stage = $5 AND (stage <> 'closed' OR doc::text NOT LIKE '%\"erased\":{\"at\":%') AND ",
            seen!(),
            "
             ORDER BY opened DESC, id DESC LIMIT $1 OFFSET $2"
        )),
        List::All => sqlx::query_scalar(concat!(
            "SELECT doc::text FROM inquiry WHERE (stage <> 'closed' OR doc::text NOT LIKE '%\"erased\":{\"at\":%') AND ",
            seen!(),
            "
             ORDER BY opened DESC, id DESC LIMIT $1 OFFSET $2"
        )),
        List::Held => sqlx::query_scalar(concat!(
            "SELECT doc::text FROM inquiry WHERE doc::text LIKE '%\"legal_hold\":{\"by\":%' AND ",
            seen!(),
            " ORDER BY id LIMIT $1 OFFSET $2"
        )),
    };
    let query = query.bind(i64::from(limit) + 1).bind(i64::from(page.offset));
    let query = query.bind(eyes.map(Eyes::conflict)).bind(eyes.is_none_or(|eyes| eyes.sees_protected(list)));
    let query = match list {
        List::Review { office: Some(office) } => query.bind(office.as_str().to_owned()),
        List::Callbacks { officer, to } => query.bind(officer.map(StaffId::uuid)).bind(Time(*to)),
        List::Calendar { held, pool, from, to } => query
            .bind(held.and_then(HeldBy::one).map(StaffId::uuid))
            .bind(Time(*from))
            .bind(Time(*to))
            .bind(held.is_some())
            .bind(*pool),
        List::Day { office, from, to } => {
            query.bind(office.as_str().to_owned()).bind(Time(*from)).bind(Time(*to))
        }
        // A name from outside; no stage's name contains U+0000, which the server would refuse.
        List::Stage { stage } => query.bind(stage.replace('\0', "?")),
        List::Review { office: None } | List::All | List::Held => query,
    };
    let mut docs: Vec<String> = query.fetch_all(pool).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = docs.len() > wanted;
    docs.truncate(wanted);
    let rows = docs.iter().map(|doc| read("inquiry", doc)).collect::<Result<_, _>>()?;
    Ok(Paged { rows, more })
}

/// Live inquiries behind an identifier.
pub(crate) async fn all_live(
    pool: &PgPool,
    after: Option<InquiryId>,
    limit: u32,
) -> Result<Vec<Inquiry>, Fault> {
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc::text FROM inquiry WHERE live AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2",
    )
    .bind(after.map(InquiryId::uuid))
    .bind(i64::from(limit.min(LONGEST_PAGE)))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("inquiry", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn opened(
    pool: &PgPool,
    from: Timestamp,
    to: Timestamp,
    limit: u32,
) -> Result<Vec<Inquiry>, Fault> {
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc::text FROM inquiry WHERE opened >= $1 AND opened < $2 ORDER BY opened, id LIMIT $3",
    )
    .bind(Time(from))
    .bind(Time(to))
    .bind(i64::from(limit.min(LONGEST_PAGE)))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("inquiry", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn count_opened(pool: &PgPool, from: Timestamp, to: Timestamp) -> Result<u64, Fault> {
    let n: i64 = sqlx::query_scalar("SELECT count(*) FROM inquiry WHERE opened >= $1 AND opened < $2")
        .bind(Time(from))
        .bind(Time(to))
        .fetch_one(pool)
        .await?;
    Ok(count(n))
}

/// Inquiries that were closed by then, but for those that were erased. Times are compared as texts, to the second.
pub(crate) async fn closed_until(
    pool: &PgPool,
    until: Timestamp,
    after: Option<(Timestamp, InquiryId)>,
    limit: u32,
) -> Result<Vec<Inquiry>, Fault> {
    let (at, id) = after.map_or_else(Default::default, |(at, id)| (at.to_string(), id.uuid()));
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc::text FROM inquiry WHERE stage = 'closed' AND doc::text NOT LIKE '%\"erased\":{\"at\":%'
           AND (substring(doc::text FROM '\"stage\":\\{\"stage\":\"closed\",\"at\":\"([^\"]*)\"') COLLATE \"C\") <= $1
           AND ((substring(doc::text FROM '\"stage\":\\{\"stage\":\"closed\",\"at\":\"([^\"]*)\"') COLLATE \"C\"), id) > ($2, $3)
         ORDER BY (substring(doc::text FROM '\"stage\":\\{\"stage\":\"closed\",\"at\":\"([^\"]*)\"') COLLATE \"C\"), id LIMIT $4",
    )
    .bind(until.to_string())
    .bind(at)
    .bind(id)
    .bind(i64::from(limit.min(LONGEST_PAGE)))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("inquiry", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn of_person(pool: &PgPool, person: PersonId) -> Result<Vec<Inquiry>, Fault> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc::text FROM inquiry WHERE person = $1 ORDER BY opened, id")
            .bind(person.uuid())
            .fetch_all(pool)
            .await?;
    Ok(docs.iter().map(|doc| read("inquiry", doc)).collect::<Result<_, _>>()?)
}

/// How many live inquiries there are at each stage, and how many are overdue at a time.
pub(crate) struct Standing;

impl Kind for Standing {
    type Key = Timestamp;
    type Found = Figures;

    async fn read(pool: &PgPool, nows: &[Timestamp]) -> Result<HashMap<Timestamp, Figures>, Fault> {
        let (Some(first), Some(last)) = (nows.iter().min(), nows.iter().max()) else {
            return Ok(HashMap::new());
        };
        // Everything that is live is counted, once for all who ask. What falls due between them is told one by one: they
        // ask within some thousandths of a second.
        let stages: Vec<(String, i64, i64, Option<Vec<Time>>)> = sqlx::query_as(
            "SELECT stage, COUNT(*), COUNT(*) FILTER (WHERE due < $1),
                    array_agg(due) FILTER (WHERE due >= $1 AND due < $2)
             FROM inquiry WHERE live GROUP BY stage",
        )
        .bind(Time(*first))
        .bind(Time(*last))
        .fetch_all(pool)
        .await?;
        let overdue: u64 = stages.iter().map(|(_, _, overdue, _)| count(*overdue)).sum();
        let by_stage: BTreeMap<String, u64> =
            stages.iter().map(|(stage, n, ..)| (stage.clone(), count(*n))).collect();
        let between: Vec<Time> = stages.into_iter().filter_map(|(.., between)| between).flatten().collect();
        let as_of = |now: &Timestamp| {
            let since =
                between.iter().filter(|due| due.0.as_microsecond() < now.as_microsecond()).count() as u64;
            Figures { overdue: overdue + since, by_stage: by_stage.clone() }
        };
        Ok(nows.iter().map(|now| (*now, as_of(now))).collect())
    }
}

/// How many of them these eyes may not see. An index has the few that are kept from anybody.
pub(crate) async fn kept_from(pool: &PgPool, eyes: &Eyes, now: Timestamp) -> Result<Figures, Fault> {
    let stages: Vec<(String, i64, i64)> = sqlx::query_as(
        "SELECT stage, COUNT(*), COUNT(*) FILTER (WHERE due < $1) FROM inquiry
         WHERE live AND doc::text LIKE '%\"guard\":{%'
           AND (strpos(doc::text, $2) > 0 OR NOT ($3 OR doc::text NOT LIKE '%\"protected\":{\"class\":%'))
         GROUP BY stage",
    )
    .bind(Time(now))
    .bind(eyes.conflict())
    .bind(eyes.protected)
    .fetch_all(pool)
    .await?;
    Ok(Figures {
        overdue: stages.iter().map(|(_, _, overdue)| count(*overdue)).sum(),
        by_stage: stages.into_iter().map(|(stage, n, _)| (stage, count(n))).collect(),
    })
}

/// Where an inquiry stands now, whatever the caller last read of it.
pub(crate) async fn waiting(pool: &PgPool, id: InquiryId) -> Result<Option<Waiting>, Fault> {
    let found: Option<(i64, i64)> = sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM inquiry WHERE stage = 'review'
                   AND (urgency, due, opened, id) < (me.urgency, me.due, me.opened, me.id)),
                (SELECT COUNT(*) FROM inquiry WHERE stage = 'review')
         FROM inquiry AS me WHERE me.id = $1 AND me.stage = 'review'",
    )
    .bind(id.uuid())
    .fetch_optional(pool)
    .await?;
    Ok(found.map(|(before, all)| Waiting { before: count(before), all: count(all) }))
}
