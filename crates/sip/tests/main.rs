//! A line that speaks with others over SIP, in virtual time.

mod changes;
mod codecs;
mod common;
#[expect(clippy::unwrap_used, reason = "helpers of tests")]
#[path = "common/digest.rs"]
mod digest;
mod guards;
mod inbound;
mod outbound;
mod pair;
mod properties;
mod reliable;
mod sessions;
mod streams;
mod torture;
mod transfers;
mod trunks;
