//! The journal, for those who audit it.

use crate::{
    answer::read,
    client::{self, Room, With},
    dto::lists::{EntryShown, JournalEntry, JournalList, JournalPart},
    problem::Problem,
    sent::Query,
};
use axum::{http::HeaderMap, response::Response};
use domain::{access::Action, ids::StaffId, journal::Seq};

/// Read the journal, oldest first
///
/// Entries name codes, times and identifiers only. Each has its hash, so that a reader can prove that nothing was changed or
/// left out.
#[utoipa::path(
    get, path = "/journal", operation_id = "readJournal", tag = "Journal", security(("token" = ["journal"])),
    params(JournalPart), responses((status = 200, description = "A part of the journal.", body = JournalList))
)]
pub(crate) async fn journal(
    Room(api): Room,
    client: With<client::Journal>,
    Query(part): Query<JournalPart>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    client.may(Action::SeeJournal, None)?;
    let after = Seq(part.after.0);
    let entries = api.desk.store().journal(after, part.limit.0).await?;
    let list = JournalList {
        next: entries.last().map_or(after.0, |entry| entry.seq.0),
        entries: entries
            .iter()
            .map(|written| JournalEntry {
                entry: EntryShown::of(written),
                inquiry: written.entry.inquiry.map(domain::ids::InquiryId::uuid),
                staff: written.actor.staff().map(StaffId::uuid),
                hash: written.hash.clone(),
            })
            .collect(),
    };
    read(&headers, None, &list)
}
