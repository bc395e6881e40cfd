//! Words turned into sound for a telephone: engines, recordings laid over them, and what has been said already.
