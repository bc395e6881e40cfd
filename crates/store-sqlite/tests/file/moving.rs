//! What is moved out of a file is all of it.

use crate::common::fresh;
use sqlx::{Connection, SqliteConnection};
use std::collections::BTreeMap;
use store::{Store, moving::Part};

/// A table or a column that is added and not named among the parts would be left behind.
#[tokio::test]
async fn every_table_and_column_is_a_part_of_what_is_moved() {
    /// The journal's end is moved by itself; the last is SQLite's own.
    const APART: [&str; 2] = ["journal_end", "sqlite_sequence"];
    let (store, path, _folder) = fresh().await;
    let url = format!("sqlite:{}", path.display());
    let mut conn = SqliteConnection::connect(&url).await.unwrap();
    let found: Vec<(String, String)> = sqlx::query_as(
        "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'",
    )
    .fetch_all(&mut conn)
    .await
    .unwrap();
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in found {
        tables.entry(table).or_default().push(column);
    }
    tables.retain(|table, _| !APART.contains(&table.as_str()));
    for part in Part::ALL {
        let kept = tables.remove(part.name()).unwrap_or_else(|| panic!("{} is no table", part.name()));
        let moved = part.columns().iter().map(|(name, _)| *name);
        // A session's member of staff is read out of its document.
        let mut moved: Vec<&str> = moved.filter(|name| (part, *name) != (Part::Session, "staff")).collect();
        moved.sort_unstable();
        let mut kept: Vec<&str> = kept.iter().map(String::as_str).collect();
        kept.sort_unstable();
        assert_eq!(moved, kept, "{}", part.name());
    }
    assert!(tables.is_empty(), "left behind: {tables:?}");
    store.close().await;
}
