//! What the tests of the file itself share.

use sqlx::{AssertSqlSafe, ConnectOptions, sqlite::SqliteConnectOptions};
use std::path::{Path, PathBuf};
use store_sqlite::{Options, SqliteStore};
use tempfile::TempDir;

/// A fresh store, its file, and the folder that goes with the test.
pub async fn fresh() -> (SqliteStore, PathBuf, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("anteroom.db");
    (open(&path).await, path, folder)
}

pub async fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(path, Options::default()).await.unwrap()
}

/// Changes the file behind the store's back, with every safeguard off; says how many rows were changed.
pub async fn plant(path: &Path, sql: &str) -> u64 {
    let mut conn = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .foreign_keys(false)
        .pragma("ignore_check_constraints", "on")
        .connect()
        .await
        .unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut conn).await.unwrap().rows_affected()
}
