//! The telephone line as a telephone finds it: the real program, called over real sockets by real telephones.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by ending")]

mod baresip;
mod caller;
#[expect(dead_code, reason = "the tests of the process use all of it")]
#[path = "../process/installed.rs"]
mod installed;
mod kept;
mod line;
#[expect(dead_code, reason = "the tests of the process use all of it")]
#[path = "../process/running.rs"]
mod running;
mod sipp;
mod telephone;
