//! The program on its stores: several nodes on one PostgreSQL database, backups, versions. Real processes, real HTTP.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "these are tests")]

mod backup;
mod dump;
mod node;
mod nodes;
mod records;
mod versions;
