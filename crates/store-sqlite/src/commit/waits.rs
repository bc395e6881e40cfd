//! Writing the wait: callers, operators on duty, the processes that hold calls.

use crate::{
    convert::{Fault, doc, int, micros},
    sql,
};
use domain::{
    ids::NodeId,
    wait::{LineNode, Operator, Status, WaitingCaller},
};
use rusqlite::{Connection, params};
use store::columns::{follows, wait_ended, wait_phone};

pub(super) fn caller(conn: &Connection, caller: &WaitingCaller) -> Result<(), Fault> {
    let id = caller.id.to_string();
    let found = sql::value(conn, "SELECT version FROM waiter WHERE id = ?1", params![id])?;
    follows("waiting caller", found, caller.version)?;
    sql::run(
        conn,
        "INSERT INTO waiter
           (id, version, queue, live, band, turn, first_asked, operator, node, phone, person, inquiry, ended, doc)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, queue = excluded.queue, live = excluded.live, band = excluded.band,
           turn = excluded.turn, first_asked = excluded.first_asked, operator = excluded.operator,
           node = excluded.node, phone = excluded.phone, person = excluded.person, inquiry = excluded.inquiry,
           ended = excluded.ended, doc = excluded.doc",
        params![
            id,
            int(caller.version),
            caller.queue.as_str(),
            caller.is_live(),
            i64::from(caller.turn.band),
            micros(caller.turn.at),
            micros(caller.first_asked),
            caller.operator().map(|id| id.to_string()),
            caller.node.map(|id| id.to_string()),
            wait_phone(caller),
            caller.person.map(|id| id.to_string()),
            caller.inquiry.map(|id| id.to_string()),
            wait_ended(caller).map(micros),
            doc("waiting caller", caller)?
        ],
    )?;
    Ok(())
}

pub(super) fn operator(conn: &Connection, operator: &Operator) -> Result<(), Fault> {
    let id = operator.id.to_string();
    let found = sql::value(conn, "SELECT version FROM duty WHERE id = ?1", params![id])?;
    follows("operator", found, operator.version)?;
    sql::run(
        conn,
        "INSERT INTO duty (id, version, on_duty, waiter, node, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, on_duty = excluded.on_duty, waiter = excluded.waiter, node = excluded.node,
           doc = excluded.doc",
        params![
            id,
            int(operator.version),
            operator.status != Status::Off,
            operator.status.caller().map(|id| id.to_string()),
            operator.node.map(|id| id.to_string()),
            doc("operator", operator)?
        ],
    )?;
    Ok(())
}

pub(super) fn node(conn: &Connection, node: &LineNode) -> Result<(), Fault> {
    let id = node.id.to_string();
    let found = sql::value(conn, "SELECT version FROM line_node WHERE id = ?1", params![id])?;
    follows("node", found, node.version)?;
    sql::run(
        conn,
        "INSERT INTO line_node (id, version, until) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, until = excluded.until",
        params![id, int(node.version), micros(node.until)],
    )?;
    Ok(())
}

pub(super) fn end_node(conn: &Connection, id: NodeId) -> Result<(), Fault> {
    sql::run(conn, "DELETE FROM line_node WHERE id = ?1", params![id.to_string()])?;
    Ok(())
}
