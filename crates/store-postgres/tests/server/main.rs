//! The store on a real PostgreSQL: the contract, several nodes, lost connections, killed servers, planted faults.

#![expect(clippy::unwrap_used, reason = "these are tests")]

mod broken;
mod contract;
mod failover;
mod faults;
mod load;
mod moving;
mod nodes;
mod opening;

use store_postgres::testing as cluster;
