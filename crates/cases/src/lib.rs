//! The agency's own records, read only: the case source and its first implementation.
