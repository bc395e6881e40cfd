//! The API over HTTP, as programs use it.

mod acts;
mod asks;
mod common;
mod document;
mod doors;
mod hooks;
mod imports;
mod own;
mod public;
mod rules;
mod schemathesis;
mod way;
