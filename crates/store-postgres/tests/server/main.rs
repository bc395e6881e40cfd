//! The store on a real PostgreSQL: the contract, several nodes, lost connections, killed servers, planted faults.

#![expect(clippy::unwrap_used, reason = "these are tests")]

mod broken;
mod cluster;
mod contract;
mod failover;
mod faults;
mod nodes;
mod opening;
