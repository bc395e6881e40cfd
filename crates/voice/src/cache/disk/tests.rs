//! What is on disk, and what happens to it.
