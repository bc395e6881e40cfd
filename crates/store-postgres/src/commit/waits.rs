//! Writing the wait: callers, operators on duty, the processes that hold calls.

use super::hit;
use crate::{fault::Fault, time::Time};
use domain::{
    ids::NodeId,
    wait::{LineNode, Operator, Status, WaitingCaller},
};
use sqlx::PgConnection;
use store::{
    Conflict,
    columns::{doc, int, wait_ended, wait_phone},
};

// Only the version can be met, so that no look is needed before.

pub(super) async fn caller(conn: &mut PgConnection, caller: &WaitingCaller) -> Result<(), Fault> {
    let sql = match caller.version {
        0 => return Err(Conflict::Stale { record: "waiting caller" }.into()),
        1 => {
            "INSERT INTO waiter
               (id, version, queue, live, band, turn, first_asked, operator, node, phone, person, inquiry, ended, doc)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::json)
             ON CONFLICT (id) DO NOTHING"
        }
        _ => {
            "UPDATE waiter SET
               version = $2, queue = $3, live = $4, band = $5, turn = $6, first_asked = $7, operator = $8,
               node = $9, phone = $10, person = $11, inquiry = $12, ended = $13, doc = $14::json
             WHERE id = $1 AND version = $2 - 1"
        }
    };
    let written = sqlx::query(sql)
        .bind(caller.id.uuid())
        .bind(int(caller.version))
        .bind(caller.queue.as_str())
        .bind(caller.is_live())
        .bind(i64::from(caller.turn.band))
        .bind(Time(caller.turn.at))
        .bind(Time(caller.first_asked))
        .bind(caller.operator().map(domain::ids::StaffId::uuid))
        .bind(caller.node.map(NodeId::uuid))
        .bind(wait_phone(caller))
        .bind(caller.person.map(domain::ids::PersonId::uuid))
        .bind(caller.inquiry.map(domain::ids::InquiryId::uuid))
        .bind(wait_ended(caller).map(Time))
        .bind(doc("waiting caller", caller)?)
        .execute(conn)
        .await?;
    Ok(hit("waiting caller", written.rows_affected())?)
}

pub(super) async fn operator(conn: &mut PgConnection, operator: &Operator) -> Result<(), Fault> {
    let sql = match operator.version {
        0 => return Err(Conflict::Stale { record: "operator" }.into()),
        1 => {
            "INSERT INTO duty (id, version, on_duty, waiter, node, doc) VALUES ($1, $2, $3, $4, $5, $6::json)
             ON CONFLICT (id) DO NOTHING"
        }
        _ => {
            "UPDATE duty SET version = $2, on_duty = $3, waiter = $4, node = $5, doc = $6::json
             WHERE id = $1 AND version = $2 - 1"
        }
    };
    let written = sqlx::query(sql)
        .bind(operator.id.uuid())
        .bind(int(operator.version))
        .bind(operator.status != Status::Off)
        .bind(operator.status.caller().map(domain::ids::WaitId::uuid))
        .bind(operator.node.map(NodeId::uuid))
        .bind(doc("operator", operator)?)
        .execute(conn)
        .await?;
    Ok(hit("operator", written.rows_affected())?)
}

pub(super) async fn node(conn: &mut PgConnection, node: &LineNode) -> Result<(), Fault> {
    let sql = match node.version {
        0 => return Err(Conflict::Stale { record: "node" }.into()),
        1 => "INSERT INTO line_node (id, version, until) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING",
        _ => "UPDATE line_node SET version = $2, until = $3 WHERE id = $1 AND version = $2 - 1",
    };
    let written = sqlx::query(sql)
        .bind(node.id.uuid())
        .bind(int(node.version))
        .bind(Time(node.until))
        .execute(conn)
        .await?;
    Ok(hit("node", written.rows_affected())?)
}

pub(super) async fn end_node(conn: &mut PgConnection, id: NodeId) -> Result<(), Fault> {
    sqlx::query("DELETE FROM line_node WHERE id = $1").bind(id.uuid()).execute(conn).await?;
    Ok(())
}
