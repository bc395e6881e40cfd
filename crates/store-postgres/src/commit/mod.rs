//! One change in one transaction: all of it or nothing.
//!
//! The order of the parts is the contract's (see `store::Store::commit`); one file for each part. It is the order
//! of the locks too: whoever waits for a later part holds nothing of an earlier one that the other still wants.

mod answers;
mod calls;
mod closings;
mod erasing;
mod handovers;
mod inquiries;
mod jobs;
mod journal;
mod marks;
mod places;
mod records;
mod revisions;
mod time;
mod together;
mod waits;

pub(crate) use answers::answered_alone;
pub(crate) use together::{Footprint, commit_together, fits};

use crate::{fault::Fault, hooks};
use domain::{
    change::{Change, Write},
    hook::HookAct,
};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use store::Committed;

/// Does a change, durably, once. When the answer to COMMIT is lost the caller does it again: it is then answered as
/// before if it had been done.
pub(crate) async fn commit(pool: &PgPool, change: &Change) -> Result<Committed, Fault> {
    let mut all = pool.begin().await?;
    let done = apply(&mut all, change).await;
    close(all, done).await
}

/// Makes a transaction durable when all of it went well, and takes all of it back otherwise.
async fn close<T>(all: Transaction<'_, Postgres>, done: Result<T, Fault>) -> Result<T, Fault> {
    match done {
        Ok(done) => {
            all.commit().await?;
            Ok(done)
        }
        Err(fault) => {
            // A connection that cannot even do this is let go by the pool; the server rolls back by itself.
            drop(all.rollback().await);
            Err(fault)
        }
    }
}

async fn apply(conn: &mut PgConnection, change: &Change) -> Result<Committed, Fault> {
    let command = &change.command;
    if let Some(before) = answers::begin(conn, command, &change.answer).await? {
        return Ok(before);
    }
    records::lock(conn, change.writes.iter()).await?;
    let mut writes = change.writes.as_slice();
    while let [record, rest @ ..] = writes {
        writes = rest;
        if let Write::Case(_) = record {
            let run = 1 + rest.iter().take_while(|next| matches!(next, Write::Case(_))).count();
            let (cases, rest) = change.writes[change.writes.len() - rest.len() - 1..].split_at(run);
            records::cases(conn, cases).await?;
            writes = rest;
        } else {
            write(conn, record, command.at).await?;
        }
    }
    time::lock(conn, &change.free, &change.busy).await?;
    time::free(conn, &change.free).await?;
    time::take(conn, &change.busy).await?;
    places::move_all(conn, &[change]).await?;
    jobs::lock(conn, &[change]).await?;
    jobs::drop_waiting(conn, &[change]).await?;
    jobs::queue(conn, &[change]).await?;
    jobs::finish(conn, change).await?;
    let seq = journal::write(conn, &[change]).await?.pop().ok_or(Fault::Rival)?;
    Ok(Committed { seq, repeated: false, answer: change.answer.clone() })
}

async fn write(conn: &mut PgConnection, record: &Write, at: Timestamp) -> Result<(), Fault> {
    match record {
        Write::Inquiry(inquiry) => inquiries::put(conn, inquiry).await,
        Write::Person(person) => records::person(conn, person).await,
        Write::Staff(staff) => records::staff(conn, staff).await,
        Write::Session(session) => records::session(conn, session).await,
        Write::Proofs(proofs) => records::proofs(conn, proofs).await,
        Write::Federated(federated) => records::federated(conn, federated).await,
        Write::EndSession(id) => records::end_session(conn, *id).await,
        Write::Pass(pass) => records::pass(conn, pass).await,
        Write::EndPass(id) => records::end_pass(conn, *id).await,
        Write::Draft(draft) => records::draft(conn, draft).await,
        Write::EndDraft(id) => records::end_draft(conn, *id).await,
        Write::Notice(notice) => records::notice(conn, notice).await,
        Write::Imported(imported) => records::imported(conn, imported).await,
        Write::Tickets(tickets) => records::tickets(conn, tickets).await,
        Write::Caller(caller) => waits::caller(conn, caller).await,
        Write::Operator(operator) => waits::operator(conn, operator).await,
        Write::Node(node) => waits::node(conn, node).await,
        Write::EndNode(id) => waits::end_node(conn, *id).await,
        Write::CallRecord(call) => calls::record(conn, call).await,
        Write::Remembered(chosen) => calls::remembered(conn, chosen).await,
        Write::LineNotice(notice) => calls::notice(conn, notice).await,
        Write::Closing(closing) => closings::closing(conn, closing).await,
        Write::Handover(handover) => handovers::handover(conn, handover).await,
        Write::Revision(revision) => revisions::revision(conn, revision).await,
        Write::Hook { name, after } => {
            hooks::act(conn, name, &HookAct::From { after: *after }, at).await.map(drop)
        }
        Write::Case(_) => records::cases(conn, std::slice::from_ref(record)).await,
        Write::Texting { phone, stopped } => calls::texting(conn, phone, *stopped).await,
        Write::Mark(mark) => marks::marks(conn, [*mark]).await,
        Write::Traces(traces) => erasing::traces(conn, traces).await,
        Write::EndPerson(person) => erasing::end_person(conn, person).await,
    }
}

/// Guarded writes of so many records hit so many rows: fewer mean that a rival was there first.
fn all_hit(record: &'static str, rows: u64, records: usize) -> Result<(), Fault> {
    if rows == records as u64 { Ok(()) } else { Err(store::Conflict::Stale { record }.into()) }
}

/// A guarded write hit so many rows: none means that a rival was there first.
fn hit(record: &'static str, rows: u64) -> Result<(), store::Conflict> {
    if rows == 0 { Err(store::Conflict::Stale { record }) } else { Ok(()) }
}
