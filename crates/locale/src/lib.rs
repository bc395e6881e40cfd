//! Every text a person reads: Fluent messages, plurals, dates as people say them.
