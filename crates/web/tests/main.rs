//! Pages over HTTP without scripts, as people and staff use them.

mod account;
mod accounts;
mod calendar;
mod contacts;
mod corrections;
mod delegates;
mod earlier;
mod floor;
mod give;
mod grades;
mod hall;
mod handovers;
mod indicators;
mod intake;
mod later;
mod listening;
mod machines;
mod next_client;
mod operator;
mod own_time;
mod phone_bar;
mod policies;
mod programs;
mod promised_calls;
mod public;
mod queue_hours;
mod records;
mod retention;
mod reviews;
mod rosters;
mod second;
mod staff_job;
mod staff_pages;
mod staff_room;
mod statistics;
mod telephone;
mod texts;
mod wallboard;
mod was_it_you;

/// What the room of tests is built of: the tests inside the crate bring their own.
use web as site;
