//! Many changes in one transaction: one flush to the disk and one turn at the journal's end serve them all.
//!
//! Each statement does its part of every change at once. That is done in hope: whatever one of them meets (a conflict, a
//! rival, a lost connection) undoes the whole, and each is then done by itself, where it is told what it met. So no change
//! fails for another's sake, and what is done together is done as if one after the other: nothing two of them write is the
//! same, but places in a slot, which are given in their order.

use super::{answers, close, inquiries, jobs, journal, marks, places, records};
use crate::fault::Fault;
use domain::change::{AfterJob, Change, Write};
use sqlx::{PgConnection, PgPool};
use std::collections::HashSet;
use store::Committed;
use uuid::Uuid;

/// Is this one that can be done with others? Most are: inquiries, notices and the use of sessions, with their places, jobs and entries.
pub(crate) fn fits(change: &Change) -> bool {
    change.busy.is_empty()
        && change.free.is_empty()
        && change.through.is_none()
        && change.finish.as_ref().is_none_or(|finish| finish.then == AfterJob::Done)
        && change.writes.iter().all(|write| match write {
            Write::Inquiry(record) => record.version >= 1,
            Write::Notice(record) => record.version >= 1,
            Write::Session(record) => record.version >= 2,
            Write::Mark(_) => true,
            _ => false,
        })
}

/// What changes write, by which two of them are told apart.
#[derive(Debug, Default)]
pub(crate) struct Footprint {
    /// Records, holders and jobs.
    ids: HashSet<Uuid>,
    /// Keys of commands and of jobs, which never look alike to a store: each is counted apart.
    words: HashSet<(u8, String)>,
}

impl Footprint {
    /// Adds a change, if it writes nothing that is written already.
    pub(crate) fn add(&mut self, change: &Change) -> bool {
        let mut ids: Vec<Uuid> = Vec::new();
        ids.extend(change.writes.iter().filter_map(|write| match write {
            Write::Inquiry(record) => Some(record.id.uuid()),
            Write::Notice(record) => Some(record.id.uuid()),
            Write::Session(record) => Some(record.id.uuid()),
            _ => None,
        }));
        ids.extend(change.claims.iter().map(|claim| claim.holder.0));
        ids.extend(change.confirms.iter().map(|confirm| confirm.holder.0));
        ids.extend(change.releases.iter().map(|release| release.holder.0));
        ids.extend(change.releases.iter().filter_map(|release| release.keep).map(|keep| keep.0));
        ids.extend(change.expiries.iter().map(|holder| holder.0));
        ids.extend(change.finish.iter().map(|finish| finish.job.uuid()));
        let mut words: Vec<(u8, String)> = vec![(0, change.command.key.as_str().to_owned())];
        words.extend(change.drop_jobs.iter().map(|key| (1, key.0.clone())));
        words.extend(change.jobs.iter().map(|job| (1, job.key.0.clone())));
        if ids.iter().any(|id| self.ids.contains(id)) || words.iter().any(|word| self.words.contains(word)) {
            return false;
        }
        self.ids.extend(ids);
        self.words.extend(words);
        true
    }
}

/// Does all of these, durably. What each answers; none for one whose key had been answered before, which is left out.
///
/// # Errors
/// Whatever any of them meets: then none is done.
pub(crate) async fn commit_together(
    pool: &PgPool,
    changes: &[&Change],
) -> Result<Vec<Option<Committed>>, Fault> {
    let mut all = pool.begin().await?;
    let done = apply(&mut all, changes).await;
    close(all, done).await
}

async fn apply(conn: &mut PgConnection, changes: &[&Change]) -> Result<Vec<Option<Committed>>, Fault> {
    let fresh = answers::begin_all(conn, changes).await?;
    let left: Vec<&Change> =
        changes.iter().zip(&fresh).filter(|(_, fresh)| **fresh).map(|(c, _)| *c).collect();
    let (mut new_inquiries, mut new_notices, mut used, mut sent) = (vec![], vec![], vec![], vec![]);
    for write in left.iter().flat_map(|change| &change.writes) {
        match write {
            Write::Inquiry(inquiry) => new_inquiries.push(&**inquiry),
            Write::Notice(notice) => new_notices.push(&**notice),
            Write::Session(session) => used.push(&**session),
            Write::Mark(mark) => sent.push(*mark),
            _ => {}
        }
    }
    records::lock(conn, left.iter().flat_map(|change| &change.writes)).await?;
    inquiries::put_all(conn, new_inquiries).await?;
    records::notices(conn, new_notices).await?;
    records::sessions(conn, used).await?;
    marks::marks(conn, sent).await?;
    places::move_all(conn, &left).await?;
    jobs::lock(conn, &left).await?;
    jobs::drop_waiting(conn, &left).await?;
    jobs::queue(conn, &left).await?;
    jobs::finish_done(conn, &left).await?;
    let mut seqs = journal::write(conn, &left).await?.into_iter();
    let answered = changes.iter().zip(fresh).map(|(change, fresh)| {
        let seq = if fresh { seqs.next() } else { None };
        seq.map(|seq| Committed { seq, repeated: false, answer: change.answer.clone() })
    });
    Ok(answered.collect())
}
