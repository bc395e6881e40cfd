//! The exchange: telephone calls answered, played by the line, queued, connected and called back.
//!
//! One task owns the signalling and every call; sockets, sound, voices and the desk answer into its inbox. Nothing in it waits:
//! a slow store or voice delays one caller's next word, never another's call.

mod answering;
mod answers;
mod board;
mod exchange;
mod inbox;
mod keeper;
mod net;
mod record;
mod recorder;
mod saying;
mod settings;
mod tapes;
mod telling;
mod trunks;
mod turn;

pub use answering::First;
pub use answers::{NoAnswer, read};
pub use board::Board;
pub use exchange::{Exchange, Figures, Parts, PhoneFault, Recording};
pub use net::{Listen, NetFault, TlsFault, TlsFiles};
pub use settings::Settings;
pub use trunks::{TrunksFault, read as read_trunks};
pub use turn::Turn;
