//! The shapes of requests and answers. They are the API's own: a record of the house may change, these may not.

pub(crate) mod agency;
pub(crate) mod asked;
pub(crate) mod case;
pub(crate) mod closings;
pub(crate) mod delegates;
pub(crate) mod handovers;
pub(crate) mod imports;
pub(crate) mod indicators;
pub(crate) mod inquiry;
pub(crate) mod lists;
pub(crate) mod notices;
pub(crate) mod operators;
pub(crate) mod own;
pub(crate) mod public;
pub(crate) mod reach;
pub(crate) mod rosters;
pub(crate) mod said;
pub(crate) mod versions;
pub(crate) mod waits;
