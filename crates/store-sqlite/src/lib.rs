//! The embedded store: SQLite, one writer task, group commit.
