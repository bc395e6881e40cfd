//! One change, inside its savepoint: all of it or nothing.
//!
//! The order of the parts is the contract's (see `store::Store::commit`); one file for each part.

mod answers;
mod inquiries;
mod jobs;
mod journal;
mod places;
mod records;
mod time;

pub(crate) use answers::answered;
pub(crate) use journal::Head;

use crate::convert::Fault;
use domain::change::{Change, Write};
use sqlx::SqliteConnection;
use store::Committed;

/// Does a change. Whatever fails, the caller rolls back to the savepoint.
pub(crate) async fn apply(
    conn: &mut SqliteConnection,
    change: &Change,
    head: &mut Head,
) -> Result<Committed, Fault> {
    let command = &change.command;
    if let Some(before) = answered(conn, &command.key, &command.actor).await? {
        return Ok(before);
    }
    for record in &change.writes {
        write(conn, record).await?;
    }
    time::free(conn, &change.free).await?;
    time::take(conn, &change.busy).await?;
    places::confirm(conn, &change.confirms, command.at).await?;
    places::expire(conn, &change.expiries, command.at).await?;
    places::claim(conn, &change.claims).await?;
    places::release(conn, &change.releases).await?;
    if let Some(finish) = &change.finish {
        // Whoever lost the lease does nothing at all, so this is known before any job is touched.
        jobs::holds(conn, finish, command.at).await?;
    }
    jobs::drop_waiting(conn, &change.drop_jobs, command.at).await?;
    jobs::queue(conn, command, &change.jobs).await?;
    if let Some(finish) = &change.finish {
        jobs::finish(conn, finish, command.at).await?;
    }
    head.write(conn, command, &change.journal).await?;
    answers::keep(conn, command, head.seq, &change.answer).await?;
    Ok(Committed { seq: head.seq, repeated: false, answer: change.answer.clone() })
}

async fn write(conn: &mut SqliteConnection, record: &Write) -> Result<(), Fault> {
    match record {
        Write::Inquiry(inquiry) => inquiries::put(conn, inquiry).await,
        Write::Person(person) => records::person(conn, person).await,
        Write::Staff(staff) => records::staff(conn, staff).await,
        Write::Session(session) => records::session(conn, session).await,
        Write::EndSession(id) => records::end_session(conn, *id).await,
        Write::Draft(draft) => records::draft(conn, draft).await,
        Write::EndDraft(id) => records::end_draft(conn, *id).await,
        Write::Notice(notice) => records::notice(conn, notice).await,
        Write::Case(case) => records::case(conn, case).await,
        Write::Imported(imported) => records::imported(conn, imported).await,
        Write::Tickets(tickets) => records::tickets(conn, tickets).await,
    }
}
