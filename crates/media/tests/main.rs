//! Sound on real sockets.

mod calls;
mod common;
mod line;
