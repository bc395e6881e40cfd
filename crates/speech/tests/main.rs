//! What is written becomes what is spoken.

mod golden;
mod properties;
