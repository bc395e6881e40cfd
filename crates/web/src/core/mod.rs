//! What every page stands on.

pub(crate) mod card;
pub(crate) mod challenge;
pub(crate) mod cookies;
pub(crate) mod ctx;
pub(crate) mod error;
pub(crate) mod fields;
pub(crate) mod health;
pub(crate) mod layers;
pub(crate) mod limits;
pub(crate) mod live;
pub(crate) mod page;
pub(crate) mod proof;
pub(crate) mod recent;
pub(crate) mod robots;
mod routes;
pub(crate) mod session;
pub mod switchboard;
pub(crate) mod together;

pub(crate) use ctx::Ctx;
pub(crate) use error::{WebError, gone};
pub(crate) use fields::{Errors, Fields, Form, LongFields};
pub(crate) use page::Page;
pub use routes::router;
pub(crate) use session::StaffSession;
