//! The contract that every store passes, written once.
//!
//! An engine's crate names itself with [`Engine`] and expands the list with `store::contract!(ItsEngine)`: each
//! test below becomes one `#[tokio::test]` there. People, numbers and addresses are invented.

#![expect(
    clippy::unwrap_used,
    reason = "these are tests, in a library only so that several engines can run them"
)]

pub mod calls;
pub mod closings;
pub mod facts;
pub mod fixtures;
pub mod handovers;
pub mod health;
pub mod holds;
pub mod hooks;
pub mod imported;
pub mod jobs;
pub mod journal;
pub mod lists;
pub mod marks;
mod model;
pub mod officers;
pub mod passes;
pub mod places;
pub mod property;
pub mod race;
pub mod records;
pub mod repeats;
pub mod retention;
pub mod revisions;
pub mod tickets;
pub mod tokens;
pub mod turns;
pub mod waits;

use crate::{Broken, CommitError, Committed, Conflict, Store, chain::Verified};
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

/// What a check of everything finds, and what a look at what is live and ahead must find as well: all of it but
/// callbacks' places that are nobody's.
///
/// # Panics
/// When the look finds anything else, or the store fails.
pub async fn found(store: &dyn Store) -> Vec<Broken> {
    let all = store.check().await.unwrap();
    let look = store.look(fixtures::at(-100_000), Verified::default()).await.unwrap();
    let due: Vec<_> = all
        .iter()
        .filter(|b| !matches!(b, Broken::Stray { slot, .. } if slot.starts_with("line ")))
        // A slot that is gone has no time at which it could lie ahead.
        .filter(|b| !matches!(b, Broken::Count { slot, .. } if slot.ends_with("missing")))
        // Whatever was erased is over.
        .filter(|b| !matches!(b, Broken::Remains { .. }))
        .cloned()
        .collect();
    assert_eq!(look.broken, due);
    all
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
                letters_wait_for_the_print_room_in_order,
                replaces_a_case;
            facts:
                finds_promises_by_when_they_fall_due,
                finds_waits_that_were_over,
                finds_what_else_indicators_are_made_of;
            places:
                counts_what_is_taken,
                takes_every_last_place_once,
                takes_several_places_or_none,
                follows_a_schedule_that_grows_or_shrinks,
                takes_a_place_once_for_one_holder,
                moves_between_full_slots_without_overselling,
                takes_the_new_place_before_the_old_is_given_back,
                gives_back_only_what_is_held,
                keeps_back_what_nobody_may_take;
            holds:
                confirms_only_with_time_left,
                expires_only_without_time_left,
                never_expires_what_was_confirmed,
                lets_one_of_confirmation_and_expiry_win,
                confirms_exactly_the_places_named,
                confirms_a_move_beside_a_firm_place,
                gives_a_renewed_hold_its_new_end,
                lists_holds_that_have_run_out,
                gives_back_what_else_is_held;
            race:
                sells_nothing_twice_to_sixty_four_at_once,
                lets_everybody_move_in_opposite_directions;
            officers:
                refuses_overlapping_time,
                lets_stretches_touch,
                frees_before_it_takes,
                tells_time_that_touches_a_stretch,
                lets_one_of_many_take_the_same_time;
            jobs:
                leases_to_one_worker_only,
                leases_each_job_once_among_many,
                leases_again_after_the_lease_with_a_higher_fence,
                lets_nobody_finish_a_lost_lease,
                finishes_with_the_effect_or_not_at_all,
                drops_what_still_waits,
                moves_the_due_time_of_a_waiting_key,
                keeps_work_queued_anew_during_a_lease,
                tries_again_and_gives_up,
                queues_a_done_key_anew,
                says_when_the_next_is_due,
                leases_nothing_a_moment_too_early;
            journal:
                writes_without_gaps_in_order,
                chains_what_it_writes,
                tells_the_story_of_one_inquiry,
                resumes_from_any_entry,
                writes_nothing_for_a_change_without_entries,
                proves_it_from_what_is_stored,
                is_searched_from_its_end,
                stays_whole_under_many_writers;
            lists:
                finds_every_inquiry_of_a_person,
                orders_what_must_be_looked_at,
                says_who_comes_before,
                lists_callbacks_of_an_officer_and_of_nobody,
                lists_a_day_at_an_office,
                keeps_from_somebody_what_they_may_not_see,
                lists_stages_and_all_newest_first,
                pages_through_a_list,
                counts_stages_and_overdue;
            health:
                has_nothing_to_report_on_a_right_store,
                looks_at_the_journal_part_by_part,
                looks_only_ahead,
                reports_a_promise_without_a_watch_or_places,
                reports_a_notice_without_a_job,
                forgets_what_is_over,
                tells_its_size,
                wakes_whoever_waits,
                closes_for_good,
                undoes_every_part_on_a_conflict;
            tickets:
                gives_the_next_ticket_only,
                gives_each_ticket_once;
            tokens:
                lists_the_sessions_of_a_member_of_staff,
                keeps_the_proofs_of_a_member_of_staff,
                keeps_whose_account_an_identity_is;
            hooks:
                lets_one_teller_have_a_hook,
                keeps_how_far_a_hook_was_told;
            passes:
                keeps_passes_of_their_owners,
                forgets_passes_that_are_over;
            turns:
                gives_each_turn_once_among_many,
                keeps_turns_apart_by_name;
            waits:
                keeps_waits_whole_and_in_order,
                keeps_operators_on_duty,
                grants_a_caller_and_an_operator_once,
                keeps_the_places_of_a_lost_node,
                reports_a_grant_that_one_of_them_knows,
                forgets_waits_that_are_over;
            calls:
                keeps_records_of_calls,
                finds_the_calls_of_a_lost_node,
                remembers_the_last_choice_of_a_number,
                keeps_what_is_said_of_the_line,
                finds_live_inquiries_by_their_number,
                forgets_old_calls_and_choices,
                knows_who_wants_no_texts;
            closings:
                keeps_closings,
                keeps_places_out_of_closed_time,
                closes_while_many_book,
                reports_a_closing_that_lost_somebody;
            handovers:
                keeps_handovers,
                forgets_handovers;
            revisions:
                keeps_versions_of_policies,
                calls_one_version_by_a_name;
            imported:
                keeps_one_file_for_a_table,
                refuses_a_stale_file,
                goes_through_what_is_live,
                goes_through_what_was_opened;
            retention:
                erases_what_hangs_on_an_inquiry,
                ends_a_person_as_they_were_read,
                finds_what_has_been_kept_long_enough,
                keeps_what_is_under_legal_hold,
                knows_who_is_reached_at_a_number,
                reports_what_is_left_of_an_erased_inquiry;
            marks:
                knows_what_went_out_under_a_code,
                keeps_codes_beside_what_they_stand_on,
                forgets_codes_after_a_year;
            property:
                does_what_the_model_does;
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
            include_str!("calls.rs"),
            include_str!("closings.rs"),
            include_str!("handovers.rs"),
            include_str!("health.rs"),
            include_str!("holds.rs"),
            include_str!("hooks.rs"),
            include_str!("imported.rs"),
            include_str!("jobs.rs"),
            include_str!("journal.rs"),
            include_str!("lists.rs"),
            include_str!("marks.rs"),
            include_str!("officers.rs"),
            include_str!("places.rs"),
            include_str!("property.rs"),
            include_str!("race.rs"),
            include_str!("records.rs"),
            include_str!("repeats.rs"),
            include_str!("revisions.rs"),
            include_str!("retention.rs"),
            include_str!("tickets.rs"),
            include_str!("tokens.rs"),
            include_str!("turns.rs"),
            include_str!("waits.rs"),
        ] {
            for line in source.lines() {
                let Some(rest) = line.strip_prefix("pub async fn ") else { continue };
                let Some((name, _)) = rest.split_once("<E: Engine>") else { continue };
                let on_it = list.lines().any(|l| l.trim().trim_end_matches([',', ';']) == name);
                assert!(on_it, "{name} is not on the list");
            }
        }
    }
}
