//! The clock, as everything outside the rules sees it.

use jiff::Timestamp;

/// Tells the present. The binary has the only one that reads the wall clock.
pub trait Clock: Send + Sync + 'static {
    /// The present.
    fn now(&self) -> Timestamp;
}
