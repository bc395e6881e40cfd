//! Words turned into sound for a telephone: engines, recordings laid over them, and what has been said already.
//!
//! [`Voice::clip`] gives [`Said`] words as a [`Sound`] of 8,000 samples a second. Behind it stand, in this order:
//!
//! 1. a recording of the prompt ([`Recordings`]);
//! 2. the engines that an operator set up: [`Http`], [`Command`], or another [`Engine`];
//! 3. the built-in one ([`BuiltIn`]), in a helper process;
//! 4. an older rendering of the same words.
//!
//! Words may be about a person: they are never logged, and what is marked [`Keep::Call`] is never on disk.
//! `docs/voice.md` tells operators what they can set up.

mod breaker;
pub mod built_in;
mod cache;
mod command;
mod engine;
mod figures;
mod http;
mod lang;
mod path;
mod recordings;
mod said;
mod sentences;
mod voice;
mod wav;

pub use breaker::BreakerSettings;
pub use built_in::{BuiltIn, HelperSettings};
pub use cache::DiskFault;
pub use command::{Command, CommandConfig, CommandFault};
pub use engine::{Engine, EngineError, Raw, Request};
pub use figures::{EngineFigures, Figures};
pub use http::{Http, HttpConfig, HttpFault};
pub use path::PathError;
pub use recordings::{RecordingFault, RecordingWhy, Recordings};
pub use said::{Keep, RATE, Said, Sound};
pub use sentences::sentences;
pub use voice::{Limits, OpenError, Settings, Voice, VoiceError, Warmed};
pub use wav::WavFault;
