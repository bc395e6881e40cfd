//! The desk through its one door, on real stores and in virtual time: what people may do, and what comes of it.

mod calling_again;
mod calls;
mod closing;
mod common;
mod corrections;
mod crowd;
mod earlier;
mod floor;
mod guard;
mod imports;
mod letters;
mod main_job;
mod marks;
mod notice_calls;
mod policies;
mod privacy;
mod programs;
mod rang_back;
mod reconfirm;
mod recordings;
mod retention;
mod reviews;
mod rosters;
mod texting;
mod texts;
mod wait;
