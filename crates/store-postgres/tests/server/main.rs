//! The store on a real PostgreSQL: the contract, several nodes, lost connections, killed servers, planted faults.

#![expect(clippy::unwrap_used, reason = "these are tests")]

#[macro_use]
#[path = "../../../store-sqlite/tests/file/naive_door.rs"]
mod naive_door;

mod broken;
mod contract;
mod erased;
mod failover;
mod faults;
mod flips;
mod load;
mod moving;
mod naive;
mod nodes;
mod opening;

use store_postgres::testing as cluster;
