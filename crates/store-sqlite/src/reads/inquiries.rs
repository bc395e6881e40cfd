//! Inquiries, one by one and in lists.

use crate::convert::{Failed, count, micros, read};
use domain::{
    ids::{InquiryId, PersonId},
    inquiry::Inquiry,
};
use jiff::Timestamp;
use sqlx::SqlitePool;
use store::{Eyes, Figures, HeldBy, List, Page, Paged, Waiting, columns::LONGEST_PAGE};

/// Whatever is kept from whoever reads, by what a conflict of theirs begins with (?3) and whether they see who is protected (?4).
macro_rules! seen {
    ($doc:literal) => {
        concat!(
            "(?3 IS NULL OR json_extract(",
            $doc,
            ", '$.guard') IS NULL OR (instr(",
            $doc,
            ", ?3) = 0 AND (?4 OR json_extract(",
            $doc,
            ", '$.guard.protected') IS NULL)))"
        )
    };
}

/// A part of a list. One row more than asked for is fetched, to know whether there are more.
pub(crate) async fn list(
    pool: &SqlitePool,
    list: &List,
    page: Page,
    eyes: Option<&Eyes>,
) -> Result<Paged<Inquiry>, Failed> {
    let limit = page.limit.min(LONGEST_PAGE);
    let query = match list {
        // The index is named: without it the planner collects every row that waits, and sorts them with their documents.
        List::Review { office: None } => sqlx::query_scalar(concat!(
            "SELECT doc FROM inquiry INDEXED BY inquiry_review
             WHERE stage IN ('review', 'spoken', 'unreached', 'to-book') AND ",
            seen!("doc"),
            "
             ORDER BY urgency, due, opened, id LIMIT ?1 OFFSET ?2"
        )),
        List::Review { office: Some(_) } => sqlx::query_scalar(concat!(
            "SELECT doc FROM inquiry INDEXED BY inquiry_review_office
             WHERE stage IN ('review', 'spoken', 'unreached', 'to-book') AND office = ?5 AND ",
            seen!("doc"),
            "
             ORDER BY urgency, due, opened, id LIMIT ?1 OFFSET ?2"
        )),
        List::Callbacks { .. } => sqlx::query_scalar(concat!(
            "SELECT doc FROM inquiry
             WHERE next_attempt < ?6 AND (?5 IS NULL OR owner IS NULL OR owner = ?5) AND ",
            seen!("doc"),
            "
             ORDER BY next_attempt, id LIMIT ?1 OFFSET ?2"
        )),
        List::Calendar { .. } => sqlx::query_scalar(concat!(
            "SELECT doc FROM inquiry
             WHERE next_attempt >= ?6 AND next_attempt < ?7
               AND ((owner IS NULL AND ?9) OR (owner IS NOT NULL AND ?8 AND (?5 IS NULL OR owner = ?5))) AND ",
            seen!("doc"),
            "
             ORDER BY next_attempt, id LIMIT ?1 OFFSET ?2"
        )),
        // An inquiry stands once in a day: by the appointment that holds, else by the last of those that ended.
        List::Day { .. } => sqlx::query_scalar(concat!(
            "SELECT inquiry.doc FROM (
               SELECT inquiry, COALESCE(MAX(CASE WHEN current THEN start END), MAX(start)) AS start
               FROM visit WHERE office = ?5 AND start >= ?6 AND start < ?7 GROUP BY inquiry
             ) AS day JOIN inquiry ON inquiry.id = day.inquiry
             WHERE (inquiry.stage <> 'closed' OR json_extract(inquiry.doc, '$.erased') IS NULL) AND ",
            seen!("inquiry.doc"),
            "
             ORDER BY day.start, inquiry.id LIMIT ?1 OFFSET ?2"
        )),
        List::Stage { .. } => sqlx::query_scalar(concat!(
            "SELECT doc FROM inquiry WHERE stage = ?5 AND (stage <> 'closed' OR json_extract(doc, '$.erased') IS NULL) AND ",
            seen!("doc"),
            "
             ORDER BY opened DESC, id DESC LIMIT ?1 OFFSET ?2"
        )),
        List::All => sqlx::query_scalar(concat!(
            "SELECT doc FROM inquiry WHERE (stage <> 'closed' OR json_extract(doc, '$.erased') IS NULL) AND ",
            seen!("doc"),
            "
             ORDER BY opened DESC, id DESC LIMIT ?1 OFFSET ?2"
        )),
        List::Held => sqlx::query_scalar(concat!(
            "SELECT doc FROM inquiry WHERE json_extract(doc, '$.legal_hold') IS NOT NULL AND ",
            seen!("doc"),
            "
             ORDER BY id LIMIT ?1 OFFSET ?2"
        )),
    };
    let query = query.bind(i64::from(limit) + 1).bind(i64::from(page.offset));
    let query = query.bind(eyes.map(Eyes::conflict)).bind(eyes.is_none_or(|eyes| eyes.sees_protected(list)));
    let query = match list {
        List::Review { office: Some(office) } => query.bind(office.as_str().to_owned()),
        List::Callbacks { officer, to } => query.bind(officer.map(|o| o.to_string())).bind(micros(*to)),
        List::Calendar { held, pool, from, to } => query
            .bind(held.and_then(HeldBy::one).map(|officer| officer.to_string()))
            .bind(micros(*from))
            .bind(micros(*to))
            .bind(held.is_some())
            .bind(*pool),
        List::Day { office, from, to } => {
            query.bind(office.as_str().to_owned()).bind(micros(*from)).bind(micros(*to))
        }
        List::Stage { stage } => query.bind(stage.clone()),
        List::Review { office: None } | List::All | List::Held => query,
    };
    let mut docs: Vec<String> = query.fetch_all(pool).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = docs.len() > wanted;
    docs.truncate(wanted);
    let rows = docs.iter().map(|doc| read("inquiry", doc)).collect::<Result<_, _>>()?;
    Ok(Paged { rows, more })
}

/// Live inquiries behind an identifier. Identifiers are written at one length, so that the text's order is theirs.
pub(crate) async fn all_live(
    pool: &SqlitePool,
    after: Option<InquiryId>,
    limit: u32,
) -> Result<Vec<Inquiry>, Failed> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc FROM inquiry WHERE live = 1 AND id > ?1 ORDER BY id LIMIT ?2")
            .bind(after.map(|id| id.to_string()).unwrap_or_default())
            .bind(i64::from(limit.min(LONGEST_PAGE)))
            .fetch_all(pool)
            .await?;
    Ok(docs.iter().map(|doc| read("inquiry", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn opened(
    pool: &SqlitePool,
    from: Timestamp,
    to: Timestamp,
    limit: u32,
) -> Result<Vec<Inquiry>, Failed> {
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc FROM inquiry WHERE opened >= ?1 AND opened < ?2 ORDER BY opened, id LIMIT ?3",
    )
    .bind(micros(from))
    .bind(micros(to))
    .bind(i64::from(limit.min(LONGEST_PAGE)))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("inquiry", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn count_opened(pool: &SqlitePool, from: Timestamp, to: Timestamp) -> Result<u64, Failed> {
    let n: i64 = sqlx::query_scalar("SELECT count(*) FROM inquiry WHERE opened >= ?1 AND opened < ?2")
        .bind(micros(from))
        .bind(micros(to))
        .fetch_one(pool)
        .await?;
    Ok(count(n))
}

/// Inquiries that were closed by then, but for those that were erased. Times are compared as texts, to the second.
pub(crate) async fn closed_until(
    pool: &SqlitePool,
    until: Timestamp,
    after: Option<(Timestamp, InquiryId)>,
    limit: u32,
) -> Result<Vec<Inquiry>, Failed> {
    let (at, id) = after.map_or_else(Default::default, |(at, id)| (at.to_string(), id.to_string()));
    let docs: Vec<String> = sqlx::query_scalar(
        "SELECT doc FROM inquiry WHERE stage = 'closed' AND json_extract(doc, '$.erased') IS NULL
           AND json_extract(doc, '$.stage.at') <= ?1 AND (json_extract(doc, '$.stage.at'), id) > (?2, ?3)
         ORDER BY json_extract(doc, '$.stage.at'), id LIMIT ?4",
    )
    .bind(until.to_string())
    .bind(at)
    .bind(id)
    .bind(i64::from(limit.min(LONGEST_PAGE)))
    .fetch_all(pool)
    .await?;
    Ok(docs.iter().map(|doc| read("inquiry", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn of_person(pool: &SqlitePool, person: PersonId) -> Result<Vec<Inquiry>, Failed> {
    let docs: Vec<String> =
        sqlx::query_scalar("SELECT doc FROM inquiry WHERE person = ?1 ORDER BY opened, id")
            .bind(person.to_string())
            .fetch_all(pool)
            .await?;
    Ok(docs.iter().map(|doc| read("inquiry", doc)).collect::<Result<_, _>>()?)
}

pub(crate) async fn figures(pool: &SqlitePool, now: Timestamp) -> Result<Figures, Failed> {
    let stages: Vec<(String, i64, i64)> = sqlx::query_as(
        "SELECT stage, COUNT(*), SUM(due IS NOT NULL AND due < ?1) FROM inquiry WHERE live = 1 GROUP BY stage",
    )
    .bind(micros(now))
    .fetch_all(pool)
    .await?;
    Ok(counted(stages))
}

/// How many of them these eyes may not see. An index has the few that are kept from anybody; it is named, since the planner would
/// rather have the stages in order, and read every document that is live for it.
pub(crate) async fn kept_from(pool: &SqlitePool, eyes: &Eyes, now: Timestamp) -> Result<Figures, Failed> {
    let stages: Vec<(String, i64, i64)> = sqlx::query_as(
        "SELECT stage, COUNT(*), SUM(due IS NOT NULL AND due < ?1) FROM inquiry INDEXED BY inquiry_guard
         WHERE live = 1 AND json_extract(doc, '$.guard') IS NOT NULL
           AND (instr(doc, ?2) > 0 OR NOT (?3 OR json_extract(doc, '$.guard.protected') IS NULL))
         GROUP BY stage",
    )
    .bind(micros(now))
    .bind(eyes.conflict())
    .bind(eyes.protected)
    .fetch_all(pool)
    .await?;
    Ok(counted(stages))
}

fn counted(stages: Vec<(String, i64, i64)>) -> Figures {
    Figures {
        overdue: stages.iter().map(|(_, _, overdue)| count(*overdue)).sum(),
        by_stage: stages.into_iter().map(|(stage, n, _)| (stage, count(n))).collect(),
    }
}

/// Where an inquiry stands now, whatever the caller last read of it.
pub(crate) async fn waiting(pool: &SqlitePool, id: InquiryId) -> Result<Option<Waiting>, Failed> {
    let found: Option<(i64, i64)> = sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM inquiry WHERE stage = 'review'
                   AND (urgency, due, opened, id) < (me.urgency, me.due, me.opened, me.id)),
                (SELECT COUNT(*) FROM inquiry WHERE stage = 'review')
         FROM inquiry AS me WHERE me.id = ?1 AND me.stage = 'review'",
    )
    .bind(id.to_string())
    .fetch_optional(pool)
    .await?;
    Ok(found.map(|(before, all)| Waiting { before: count(before), all: count(all) }))
}
