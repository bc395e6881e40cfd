//! Reads, each made for a screen or a worker.

pub(crate) mod imported;
pub(crate) mod inquiries;
pub(crate) mod jobs;
pub(crate) mod journal;
pub(crate) mod people;
pub(crate) mod places;
