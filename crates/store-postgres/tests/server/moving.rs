//! What is moved out of a database is all of it.

use crate::cluster::{database, shared};
use std::collections::BTreeMap;
use store::moving::Part;

/// A table or a column that is added and not named among the parts would be left behind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_and_column_is_a_part_of_what_is_moved() {
    /// The journal's end is moved by itself; the schema is made.
    const APART: [&str; 2] = ["journal_end", "anteroom_schema"];
    let mut conn = shared().connect(&database().await).await;
    let found: Vec<(String, String)> = sqlx::query_as(
        "SELECT relname::text, attname::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
         WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped",
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
        let mut kept = tables.remove(part.name()).unwrap_or_else(|| panic!("{} is no table", part.name()));
        let mut moved: Vec<&str> = part.columns().iter().map(|(name, _)| *name).collect();
        moved.sort_unstable();
        kept.sort_unstable();
        assert_eq!(moved, kept, "{}", part.name());
    }
    assert!(tables.is_empty(), "left behind: {tables:?}");
}
