//! What an operator sees of the voice.

use std::time::Duration;

/// What happened since the start. Counters only grow.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// Sounds made by an engine.
    pub made: u64,
    /// Given again from memory.
    pub hits_memory: u64,
    /// Given again from disk.
    pub hits_disk: u64,
    /// Recordings played in place of words.
    pub recordings: u64,
    /// Asked for while the same was being made.
    pub joined: u64,
    /// Given from an older rendering, because no engine worked.
    pub older: u64,
    /// Asked for, and nothing could be given.
    pub silent: u64,
    /// Files that were found corrupt and thrown away.
    pub corrupt: u64,
    /// Sound made, in all.
    pub seconds_of_sound: Duration,
    /// Time it took to make that, in all.
    pub seconds_to_make: Duration,
    /// Bytes in memory now, shared and personal.
    pub memory_bytes: u64,
    /// Bytes on disk now.
    pub disk_bytes: u64,
    /// By engine, in their order.
    pub engines: Vec<EngineFigures>,
}

/// What happened to one engine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EngineFigures {
    /// Its name.
    pub name: String,
    /// Sounds made.
    pub made: u64,
    /// Failures.
    pub failures: u64,
    /// Times that it was passed over while it was left alone.
    pub skipped: u64,
    /// Whether it is left alone now.
    pub resting: bool,
}
