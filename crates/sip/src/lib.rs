//! Telephone signalling without a socket: messages in, messages and events out, time and chance as arguments.
//!
//! An [`Endpoint`] is a user agent of SIP (RFC 3261). The shell gives it what sockets bring ([`Input`]) and what the exchange
//! wants ([`Command`], [`Endpoint::dial`]), calls it when its next time has come ([`Endpoint::poll_timeout`]) and does what it says
//! ([`Output`]). All decisions about the protocol are made inside; what a call means is decided outside.

mod api;
mod auth;
mod call;
mod chance;
mod dialog;
mod endpoint;
mod flows;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod message;
mod number;
mod ping;
mod plan;
mod register;
mod requests;
mod sdp;
mod settings;
mod stream;
mod timers;
mod transaction;

pub use api::{
    Admission, CallId, Command, CommandError, ConnectId, Dial, DialError, Ended, Event, FlowId, Input, Output,
};
pub use endpoint::Endpoint;
pub use number::{Digit, E164, NotE164, Party};
pub use plan::{Direction, Law, LocalMedia, Plan};
pub use settings::{Limits, Login, Net, Register, Settings, Transport, Trunk, TrunkId, Waits};
