//! The way every sound goes, measured.
