//! The store on a real PostgreSQL: the contract, several nodes, lost connections, killed servers, planted faults.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "these are tests")]

mod broken;
mod cluster;
mod contract;
mod failover;
mod faults;
mod load;
mod nodes;
mod opening;
