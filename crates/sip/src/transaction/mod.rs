//! Transactions (RFC 3261, section 17, with the corrections of RFC 6026).

mod client;
mod server;

pub use client::{ClientTx, Owner, Verdict};
pub use server::{ServerTx, Ticket, key_of};
