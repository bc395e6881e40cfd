//! The sub-commands. The demo, being larger, has a folder of its own.

pub mod backup;
pub mod copy;
pub mod doctor;
pub mod import;
pub mod journal;
pub mod line;
pub mod migrate;
pub mod pack;
pub mod records;
pub mod serve;
pub mod token;
pub mod versions;
