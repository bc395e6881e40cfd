//! Places at an office: which exist, which are free, and which suits a person best.
//!
//! [`OfficePlan`] says what an office offers, [`slots`] turns it into places that lie inside the office's
//! [`BusinessCalendar`](crate::calendar::BusinessCalendar), [`openings`] finds the runs of places that a visit
//! can take, and [`choose()`](choose::choose) ranks them for one person.

pub mod choose;
mod near;
mod opening;
mod plan;
mod pool;
mod refusal;
mod shut;

pub use choose::{
    Cannot, Choice, MAX_PREFERENCES, PartOfDay, PreferredTime, Score, Why, Wish, choose, choose_among,
};
pub use near::{Reach, best_within, time_within};
pub use opening::{Ask, Opening, Taken, first_opening, opening_at, openings, openings_or_why};
pub use plan::{DatedPlan, OfficePlan, PlanError, Slot, slots};
pub use pool::{Capacity, Pool, SlotKey, UnknownPool};
pub use refusal::NoPlace;
pub use shut::Shut;

#[cfg(test)]
mod tests;
