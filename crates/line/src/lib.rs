//! The voice line as data: a statechart read from the agency pack, checked, and played without a telephone.
//!
//! A [`Flow`] is loaded from one TOML file and its prompts ([`Flow::load`]); what could leave a caller stranded is refused there.
//! An [`Engine`] plays one call: events in, effects out, with time as an argument. It opens no socket and reads no clock, so the
//! same engine serves a telephone, a terminal, a test and a simulation. How a call flow is written is told in
//! `docs/agency-pack.md`.

mod answer;
mod calls;
mod contract;
mod engine;
mod event;
mod fault;
mod flow;
mod form;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod guards;
mod known;
mod lint;
mod load;
mod outcomes;
mod prompts;
mod sample;
mod states;
mod turn;

pub use answer::{
    Answer, Asks, CaseTold, ClosedBecause, InquiryTold, LineNow, OfficeTold, Owed, OwedHere, Query,
};
pub use calls::{Calls, Outcome};
pub use contract::Ask;
pub use domain::remembered::Accommodation;
pub use engine::{Call, Engine, Given, ResumeError};
pub use event::{Effect, Event, Gather, Key, Rate, Say, Spoken};
pub use fault::{Fault, FaultKind, Warning, WarningKind};
pub use flow::{Flow, Sources};
pub use sample::Sample;
