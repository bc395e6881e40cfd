//! The contract that every store passes, written once.
//!
//! An engine's crate names itself with [`Engine`] and expands the list with `store::contract!(ItsEngine)`: each
//! test below becomes one `#[tokio::test]` there. People, numbers and addresses are invented.

#![expect(
    clippy::unwrap_used,
    reason = "these are tests, in a library only so that several engines can run them"
)]

pub mod fixtures;
pub mod health;
pub mod holds;
pub mod jobs;
pub mod journal;
pub mod lists;
mod model;
pub mod officers;
pub mod places;
pub mod property;
pub mod records;
pub mod repeats;

use crate::{CommitError, Committed, Conflict, Store};
use domain::change::Change;
use std::{future::Future, sync::Arc};

/// What an engine brings to the contract.
pub trait Engine {
    /// Whatever must live as long as the store (a folder, a database), and is removed with it.
    type Guard: Send + 'static;

    /// An empty store.
    fn fresh() -> impl Future<Output = (Arc<dyn Store>, Self::Guard)> + Send;
}

/// Commits what must go well.
///
/// # Panics
/// When it does not.
pub async fn done(store: &dyn Store, change: Change) -> Committed {
    store.commit(change).await.unwrap()
}

/// Commits what must meet a conflict.
///
/// # Panics
/// When it is committed, or the store fails.
pub async fn refused(store: &dyn Store, change: Change) -> Conflict {
    match store.commit(change).await {
        Err(CommitError::Conflict(conflict)) => conflict,
        other => panic!("a conflict was due, not {other:?}"),
    }
}

/// Runs the contract against an engine: `store::contract!(MyEngine);` in a test file.
#[macro_export]
macro_rules! contract {
    ($engine:ty) => {
        $crate::contract_tests! { $engine;
            repeats:
                answers_a_repeat_as_before,
                keeps_one_effect_of_two_repeats_at_once,
                does_a_refused_command_anew,
                keeps_a_key_for_its_actor;
            records:
                keeps_every_record_whole,
                keeps_every_stage_whole,
                refuses_a_stale_version,
                refuses_a_new_record_that_is_there,
                lets_one_of_many_writers_of_a_version_win,
                keeps_an_inquiry_number_for_one,
                keeps_one_live_inquiry_for_a_person_and_reason,
                knows_a_person_by_their_identity,
                keeps_a_sign_in_name_for_one,
                ends_sessions_and_drafts,
                replaces_a_case;
        }
    };
}

/// Expands the list of [`contract!`]; not for use by itself.
#[doc(hidden)]
#[macro_export]
macro_rules! contract_tests {
    ($engine:ty; $($file:ident: $($name:ident),+ $(,)?;)+) => {
        $(mod $file {
            use super::*;
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    $crate::contract::$file::$name::<$engine>().await;
                }
            )+
        })+
    };
}

#[cfg(test)]
mod tests {
    /// A test that is written and not on the list would never run.
    #[test]
    fn every_test_is_on_the_list() {
        let list = include_str!("mod.rs");
        for source in [
            include_str!("health.rs"),
            include_str!("holds.rs"),
            include_str!("jobs.rs"),
            include_str!("journal.rs"),
            include_str!("lists.rs"),
            include_str!("officers.rs"),
            include_str!("places.rs"),
            include_str!("property.rs"),
            include_str!("records.rs"),
            include_str!("repeats.rs"),
        ] {
            for line in source.lines() {
                let Some(rest) = line.strip_prefix("pub async fn ") else { continue };
                let name = rest.split('<').next().unwrap();
                let on_it = list.lines().any(|l| l.trim().trim_end_matches([',', ';']) == name);
                assert!(on_it, "{name} is not on the list");
            }
        }
    }
}
