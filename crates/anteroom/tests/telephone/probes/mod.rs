//! What a trunk may ask of the line, asked over real sockets: RFC 3261 and its neighbours, letter by letter.

mod calls;
mod changes;
mod refusals;
mod secure;
mod streams;
mod torture;
mod trunks;
