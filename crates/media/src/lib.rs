//! What is heard on the line: sound in packets, digits, prompts, bridges, conferences and recordings, on threads of its own.
//!
//! A [`Plane`] owns the threads. A leg is one end of a call: [`Plane::open`] gives one with an address for the other end;
//! [`Command`]s say what it hears and whom; [`Events`] tell what happened on it. Nothing here knows what a call is about.

#![cfg_attr(
    test,
    expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "tests make signals and numbers of known size"
    )
)]

mod api;
mod clip;
mod comfort;
mod counters;
mod events;
mod frame;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod g711;
mod jitter;
mod latch;
mod leg;
mod outbox;
mod plane;
mod player;
mod received;
mod recorder;
mod relay;
mod rtc;
mod rtcp;
mod rtp;
mod ties;
mod tones;

pub use api::{
    Command, Direction, Event, Figures, Join, Lateness, Law, LegId, OpenError, Plan, Quality, Recording,
    SendError, Settings,
};
pub use clip::{Clip, ClipError};
pub use outbox::Events;
pub use plane::Plane;
pub use rtc::RtcError;
#[cfg(any(test, feature = "testing"))]
pub use rtc::browser;
