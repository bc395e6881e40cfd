//! The files that stand for the pack's tables.

use crate::{fault::Fault, time::Time};
use domain::imported::{Imported, Table};
use sqlx::PgPool;
use std::collections::BTreeMap;
use store::columns::{count, small, word};

/// Table, version, rows, hash, day, time, text.
type Row = (String, i64, i64, String, Option<String>, Time, String);

pub(crate) async fn all(pool: &PgPool) -> Result<Vec<Imported>, Fault> {
    let rows: Vec<Row> = sqlx::query_as("SELECT tbl, version, rows, hash, as_of, at, text FROM imported")
        .fetch_all(pool)
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for (table, version, rows, hash, as_of, at, text) in rows {
        all.push(Imported {
            table: word(&table)?,
            version: count(version),
            rows: small(rows),
            hash,
            text,
            as_of: as_of.map(|day| word(&day)).transpose()?,
            at: at.0,
        });
    }
    all.sort_by_key(|imported| imported.table);
    Ok(all)
}

pub(crate) async fn versions(pool: &PgPool) -> Result<BTreeMap<Table, u64>, Fault> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT tbl, version FROM imported").fetch_all(pool).await?;
    rows.into_iter().map(|(table, version)| Ok((word(&table)?, count(version)))).collect()
}
