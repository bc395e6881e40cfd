//! The exchange: telephone calls played by the line, queued, connected and called back.
