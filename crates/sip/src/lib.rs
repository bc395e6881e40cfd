//! Telephone signalling without a socket: messages in, messages and events out, time and chance as arguments.
