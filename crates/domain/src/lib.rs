//! The words and the rules of Anteroom.
//!
//! Nothing here knows a clock, randomness, async, SQL or HTTP: every rule takes `now` and whatever
//! chance it needs as arguments and returns a typed result, so that it can be replayed, simulated
//! and tested at midnight on the day the clocks change.

pub mod access;
pub mod account;
pub mod actor;
pub mod appointment;
pub mod browser;
pub mod calendar;
pub mod call_record;
pub mod callback;
pub mod case;
pub mod change;
pub mod closing;
pub mod codes;
pub mod contact;
pub mod decision;
pub mod delegate;
pub mod draft;
pub mod earlier;
pub mod erasure;
pub mod federated;
pub mod floor;
pub mod guard;
pub mod handover;
pub mod hook;
pub mod ids;
pub mod imported;
pub mod indicators;
pub mod inquiry;
pub mod journal;
pub mod line_notice;
pub mod listening;
pub mod mark;
pub mod notice;
pub mod notice_call;
pub mod number;
pub mod pace;
pub mod pass;
pub mod person;
pub mod phone;
pub mod pii;
pub mod queue;
pub mod recording;
pub mod refusal;
pub mod remembered;
pub mod retention;
pub mod revision;
pub mod roster;
pub mod second;
pub mod session;
pub mod slots;
pub mod text;
pub mod texting;
pub mod tickets;
pub mod urgency;
pub mod wait;
pub mod walk_in;
