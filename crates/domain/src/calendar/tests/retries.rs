//! What follows a call that did not reach the person.

use super::{
    at, closed_part,
    offers::{ZONES, line},
    zone,
};
use crate::{
    calendar::windows::{CallbackRules, CallbackRulesAsWritten, RulesError, Window, callback_windows},
    callback::{
        Attempt, CallOutcome,
        retry::{Next, Retry, Then, may_call, next_call},
    },
    ids::StaffId,
    inquiry::free_stretch,
    urgency::Urgency,
};
use CallOutcome::{Busy, Declined, LineFault, Machine, NoAnswer, Reached, WrongNumber};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

/// A call of one minute.
fn call(started: Timestamp, outcome: CallOutcome) -> Attempt {
    let officer = StaffId::new(at("2026-01-01T00:00:00Z"), &[1; 10]);
    Attempt { officer, started, ended: started + minutes(1), outcome, theirs: false }
}

fn row(minutes: &[u16], next_business_day: bool, then: Then) -> Retry {
    Retry { minutes: minutes.to_vec(), next_business_day, then }
}

/// Rules with rows for everything.
fn matrix() -> CallbackRules {
    CallbackRules::new(CallbackRulesAsWritten {
        retry: [
            (NoAnswer, row(&[5, 15], true, Then::Choose)),
            (Busy, row(&[3, 3, 10], true, Then::Choose)),
            (Machine, row(&[20], true, Then::Promise)),
            (Declined, row(&[], false, Then::Choose)),
            (WrongNumber, row(&[], false, Then::Letter)),
            (LineFault, row(&[1, 2], true, Then::Promise)),
        ]
        .into(),
        most_attempts: 5,
        ..CallbackRulesAsWritten::default()
    })
    .unwrap()
}

/// Wednesday before Thanksgiving, 10:00 to 11:00 in New York.
fn window() -> Window {
    Window {
        start: at("2026-11-25T15:00:00Z"),
        end: at("2026-11-25T16:00:00Z"),
        zone: zone("America/New_York"),
    }
}

/// What follows each of these calls, as `10:05` or `Fri 10:00`, or what else is done.
fn follows(rules: &CallbackRules, first: &str, outcomes: &[CallOutcome]) -> Vec<String> {
    let (window, mut earlier, mut next) = (window(), Vec::new(), at(first));
    let mut shown = Vec::new();
    for outcome in outcomes {
        let this = call(next, *outcome);
        match next_call(rules, &line(), &window, &earlier, &this) {
            Next::Again { at, .. } => {
                shown.push(window.zone.local(at).strftime("%a %H:%M").to_string());
                next = at;
            }
            Next::Then(then) => shown.push(then.as_str().to_owned()),
        }
        earlier.push(this);
    }
    shown
}

const TEN: &str = "2026-11-25T15:00:00Z";

#[test]
fn each_outcome_has_its_own_pace() {
    let rules = matrix();
    assert_eq!(
        follows(&rules, TEN, &[NoAnswer, NoAnswer, NoAnswer, NoAnswer]),
        ["Wed 10:06", "Wed 10:22", "Fri 10:00", "choose"],
        "Thanksgiving is no business day"
    );
    assert_eq!(
        follows(&rules, TEN, &[Busy, Busy, Busy, Busy, Busy]),
        ["Wed 10:04", "Wed 10:08", "Wed 10:19", "Fri 10:00", "choose"]
    );
    assert_eq!(follows(&rules, TEN, &[Busy, NoAnswer, Busy]), ["Wed 10:04", "Wed 10:10", "Wed 10:14"]);
    assert_eq!(follows(&rules, TEN, &[Machine, Machine, Machine]), ["Wed 10:21", "Fri 10:00", "promise"]);
    assert_eq!(follows(&rules, TEN, &[Declined]), ["choose"]);
    assert_eq!(follows(&rules, TEN, &[WrongNumber]), ["letter"]);
}

#[test]
fn our_own_fault_is_no_call_of_theirs() {
    let rules = matrix();
    assert_eq!(
        follows(&rules, TEN, &[LineFault, NoAnswer, LineFault, NoAnswer, NoAnswer, NoAnswer]),
        ["Wed 10:02", "Wed 10:08", "Wed 10:11", "Wed 10:27", "Fri 10:00", "choose"]
    );
    assert_eq!(
        follows(&rules, TEN, &[LineFault, LineFault, LineFault, LineFault]),
        ["Wed 10:02", "Wed 10:05", "Fri 10:00", "promise"]
    );
}

#[test]
fn nothing_leaves_the_window_or_the_day() {
    let rules = matrix();
    // The third would be at 11:03, after the window.
    assert_eq!(follows(&rules, "2026-11-25T15:40:00Z", &[NoAnswer, NoAnswer]), ["Wed 10:46", "Fri 10:00"]);
    // Late by hours: a window's length from that call on, until the person's evening.
    assert_eq!(follows(&rules, "2026-11-25T22:00:00Z", &[NoAnswer, NoAnswer]), ["Wed 17:06", "Wed 17:22"]);
    assert_eq!(
        follows(&rules, "2026-11-25T23:06:00Z", &[NoAnswer]),
        ["Fri 10:00"],
        "a call would end at 18:32"
    );
}

#[test]
fn without_rows_the_rungs_count_from_the_first_call() {
    let rules = CallbackRules::default();
    assert_eq!(
        follows(&rules, TEN, &[NoAnswer, Busy, Machine, Declined]),
        ["Wed 10:05", "Wed 10:20", "Fri 10:00", "choose"]
    );
    assert_eq!(follows(&rules, TEN, &[WrongNumber]), ["choose"]);
    assert_eq!(follows(&rules, TEN, &[LineFault, LineFault]), ["Wed 10:02", "Wed 10:05"]);
}

#[test]
fn another_call_needs_time_for_a_whole_one() {
    let mut line = line();
    line.closures.push(closed_part("2026-11-27", "10:10-24:00"));
    let this = call(at("2026-11-25T15:58:00Z"), NoAnswer);
    let next = next_call(&matrix(), &line, &window(), &[], &this);
    assert!(matches!(next, Next::Again { at: then, .. } if then == at("2026-11-30T15:00:00Z")), "{next:?}");
}

#[test]
fn rows_that_make_no_sense_are_refused() {
    let with = |outcome, row: Retry| {
        let retry = [(outcome, row)].into();
        CallbackRules::new(CallbackRulesAsWritten { retry, ..CallbackRulesAsWritten::default() })
    };
    assert_eq!(with(Reached, row(&[], false, Then::Choose)), Err(RulesError::RetryReached));
    assert_eq!(with(WrongNumber, row(&[5], false, Then::Choose)), Err(RulesError::RetryWrongNumber));
    assert_eq!(with(WrongNumber, row(&[], false, Then::Promise)), Err(RulesError::RetryWrongNumber));
    for odd in [0, 60] {
        let refused = with(Busy, row(&[3, odd], false, Then::Choose));
        assert_eq!(refused, Err(RulesError::RetryMinutes { outcome: "busy", window: 60 }));
    }
}

fn outcomes() -> impl Strategy<Value = Vec<(CallOutcome, i64)>> {
    let missed = prop::sample::select(vec![NoAnswer, Busy, Machine, Declined, LineFault]);
    prop::collection::vec((missed, 0_i64..30), 40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever comes of the calls and however late each is: the next is later, in the hours of both, in the window or once on
    /// the next day; and there is an end.
    #[test]
    fn calls_come_in_time_and_to_an_end(
        seconds in 1_700_000_000_i64..1_950_000_000,
        person in prop::sample::select(&ZONES[..]),
        outcomes in outcomes(),
        written in any::<bool>(),
        pick in any::<prop::sample::Index>(),
    ) {
        let rules = if written { matrix() } else { CallbackRules::default() };
        let (line, now) = (line(), Timestamp::from_second(seconds).unwrap());
        let windows = callback_windows(&rules, &line, &zone(person), Urgency::Regular, now);
        prop_assume!(!windows.is_empty());
        let window = pick.get(&windows).clone();
        let (mut earlier, mut at) = (Vec::<Attempt>::new(), window.start);
        let mut ended = false;
        for (outcome, late) in outcomes {
            let this = call(at + minutes(late), outcome);
            let next = next_call(&rules, &line, &window, &earlier, &this);
            let Next::Again { at: then, until } = next else {
                ended = true;
                break;
            };
            prop_assert!(then > this.started && then < until);
            prop_assert!(may_call(&rules, &line, &window.zone, then));
            let (today, day) = (window.zone.date(this.started), window.zone.date(then));
            if day == today {
                prop_assert!(then < window.end.max(this.started + rules.window_length()));
            } else {
                prop_assert!(earlier.iter().all(|a| window.zone.date(a.started) == today), "only once another day");
                prop_assert_eq!(window.zone.local(then).time(), window.local_start().time());
                prop_assert!(day <= today + 21.days());
            }
            earlier.push(this);
            at = then;
            let counted = earlier.iter().filter(|a| a.outcome != LineFault).count();
            prop_assert!(counted < usize::from(rules.as_written().most_attempts));
        }
        prop_assert!(ended, "somebody is called without end");
    }

    /// A stretch that is kept for a call touches no other of the same officer's, and is the first such.
    #[test]
    fn time_kept_for_a_call_is_free(
        busy in prop::collection::vec((0_i64..120, 1_i64..40), 0..8),
        length in 1_i64..30,
        until in 1_i64..120,
    ) {
        let zero = at("2026-11-25T15:00:00Z");
        let busy: Vec<_> = busy.into_iter().map(|(from, long)| (zero + minutes(from), zero + minutes(from + long))).collect();
        let fits = |from: i64| {
            let (from, to) = (zero + minutes(from), zero + minutes(from + length));
            to <= zero + minutes(until) && busy.iter().all(|(start, end)| to <= *start || *end <= from)
        };
        let first = (0..=120).find(|from| fits(*from)).map(|from| zero + minutes(from));
        prop_assert_eq!(free_stretch(busy.clone(), zero, zero + minutes(until), minutes(length)), first);
    }
}
