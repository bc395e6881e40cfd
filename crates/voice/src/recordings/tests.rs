//! Recordings as an operator lays them out.
