//! One change, inside its savepoint: all of it or nothing.
//!
//! The order of the parts is the contract's (see `store::Store::commit`); one file for each part.

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
mod waits;

pub(crate) use answers::answered;
pub(crate) use journal::Head;

use crate::{convert::Fault, hooks};
use domain::{
    change::{Change, Write},
    hook::HookAct,
};
use jiff::Timestamp;
use rusqlite::Connection;
use store::Committed;

/// Does a change. Whatever fails, the caller rolls back to the savepoint.
pub(crate) fn apply(conn: &Connection, change: &Change, head: &mut Head) -> Result<Committed, Fault> {
    let command = &change.command;
    if let Some(before) = answered(conn, &command.key, &command.actor)? {
        return Ok(before);
    }
    for record in &change.writes {
        write(conn, record, command.at)?;
    }
    time::free(conn, &change.free)?;
    time::take(conn, &change.busy)?;
    places::confirm(conn, &change.confirms, command.at, change.through)?;
    places::expire(conn, &change.expiries, command.at)?;
    places::claim(conn, &change.claims, change.through)?;
    places::release(conn, &change.releases, command.at)?;
    if let Some(finish) = &change.finish {
        // Whoever lost the lease does nothing at all, so this is known before any job is touched.
        jobs::holds(conn, finish, command.at)?;
    }
    jobs::drop_waiting(conn, &change.drop_jobs, command.at)?;
    jobs::queue(conn, command, &change.jobs)?;
    if let Some(finish) = &change.finish {
        jobs::finish(conn, finish, command.at)?;
    }
    head.write(conn, command, &change.journal)?;
    answers::keep(conn, command, head.seq, &change.answer)?;
    Ok(Committed { seq: head.seq, repeated: false, answer: change.answer.clone() })
}

fn write(conn: &Connection, record: &Write, at: Timestamp) -> Result<(), Fault> {
    match record {
        Write::Inquiry(inquiry) => inquiries::put(conn, inquiry),
        Write::Person(person) => records::person(conn, person),
        Write::Staff(staff) => records::staff(conn, staff),
        Write::Session(session) => records::session(conn, session),
        Write::Proofs(proofs) => records::proofs(conn, proofs),
        Write::Federated(federated) => records::federated(conn, federated),
        Write::EndSession(id) => records::end_session(conn, *id),
        Write::Pass(pass) => records::pass(conn, pass),
        Write::EndPass(id) => records::end_pass(conn, *id),
        Write::Draft(draft) => records::draft(conn, draft),
        Write::EndDraft(id) => records::end_draft(conn, *id),
        Write::Notice(notice) => records::notice(conn, notice),
        Write::Case(case) => records::case(conn, case),
        Write::Imported(imported) => records::imported(conn, imported),
        Write::Tickets(tickets) => records::tickets(conn, tickets),
        Write::Caller(caller) => waits::caller(conn, caller),
        Write::Operator(operator) => waits::operator(conn, operator),
        Write::Node(node) => waits::node(conn, node),
        Write::EndNode(id) => waits::end_node(conn, *id),
        Write::CallRecord(call) => calls::record(conn, call),
        Write::Remembered(chosen) => calls::remembered(conn, chosen),
        Write::LineNotice(notice) => calls::notice(conn, notice),
        Write::Closing(closing) => closings::closing(conn, closing),
        Write::Handover(handover) => handovers::handover(conn, handover),
        Write::Revision(revision) => revisions::revision(conn, revision),
        Write::Hook { name, after } => hooks::act(conn, name, &HookAct::From { after: *after }, at).map(drop),
        Write::Texting { phone, stopped } => calls::texting(conn, phone, *stopped),
        Write::Mark(mark) => marks::mark(conn, mark),
        Write::Traces(traces) => erasing::traces(conn, traces),
        Write::EndPerson(person) => erasing::end_person(conn, person),
    }
}
