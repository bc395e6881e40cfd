//! What is heard on the line: sound in packets, digits, prompts, bridges, conferences and recordings, on threads of its own.

mod api;
mod clip;

pub use api::{
    Command, Direction, Event, Figures, Join, Lateness, Law, LegId, OpenError, Plan, Quality, Recording,
    SendError, Settings,
};
pub use clip::{Clip, ClipError};
