//! The contract every store passes, on SQLite.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::sync::Arc;
use store::{Store, contract::Engine};
use store_sqlite::{Options, SqliteStore};

/// A store in a folder of its own.
struct Sqlite;

impl Engine for Sqlite {
    type Guard = tempfile::TempDir;

    async fn fresh() -> (Arc<dyn Store>, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path().join("anteroom.db"), Options::default()).await.unwrap();
        (Arc::new(store), folder)
    }
}

store::contract!(Sqlite);
