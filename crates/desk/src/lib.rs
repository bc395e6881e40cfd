//! What people do, one file for each act: load, decide, commit, decide again when stale.
