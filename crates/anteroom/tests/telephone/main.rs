//! The telephone line as a telephone finds it: the real program, called over real sockets by real telephones.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by ending")]

mod baresip;
mod books;
mod caller;
mod certified;
#[path = "../../../sip/tests/common/digest.rs"]
mod digest;
mod faults;
#[expect(dead_code, reason = "the tests of the process use all of it")]
#[path = "../process/installed.rs"]
mod installed;
mod kept;
mod line;
mod listening;
mod officer;
mod outside;
mod outward;
mod peer;
mod probes;
mod rang_back;
mod recording;
mod relay;
#[expect(dead_code, reason = "the tests of the process use all of it")]
#[path = "../process/running.rs"]
mod running;
mod sbc;
mod sipp;
mod telephone;
mod told;
