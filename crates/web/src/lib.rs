//! Public pages and desks: server-rendered HTML, complete without JavaScript.
//!
//! - [`core`](mod@core): what every page stands on: context, errors, cookies, forms, limits, live updates, the router's layers.
//! - `parts`: pieces of pages, one file each.
//! - `public`: what people without a sign-in see. `staff`: the desks.
//!
//! Every page lies under `/{lang}/…`; a language switch is the same address under another tag.

mod app;
mod assets;
pub(crate) mod core;
pub(crate) mod parts;
mod public;
mod staff;

pub use app::{App, AtProvider, DemoControl, Options};
pub use assets::typefaces;
pub use core::{router, switchboard};
