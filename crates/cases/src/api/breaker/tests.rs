//! The breaker in virtual time.

use super::*;
use proptest::prelude::*;

const SETTINGS: Settings = Settings {
    failures: 3,
    open: SignedDuration::from_secs(30),
    open_most: SignedDuration::from_secs(100),
    probe: SignedDuration::from_secs(8),
};
const DOWN: Outcome = Outcome::Failed { why: Why::Down, wait: None };

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

fn secs(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

/// One that failed `failures` times in a row at second 0.
fn opened() -> Breaker {
    let mut breaker = Breaker::new(SETTINGS);
    for _ in 0..SETTINGS.failures {
        let ticket = breaker.permit(at(0)).unwrap();
        breaker.ended(ticket, DOWN, at(0));
    }
    breaker
}

#[test]
fn opens_after_so_many_failures_in_a_row() {
    let mut breaker = Breaker::new(SETTINGS);
    for outcome in [DOWN, DOWN, Outcome::Answered, DOWN, Outcome::NotAsked, DOWN] {
        let ticket = breaker.permit(at(0)).unwrap();
        breaker.ended(ticket, outcome, at(0));
    }
    assert_eq!(breaker.phase(), Phase::Closed { failures: 2 });
    let ticket = breaker.permit(at(0)).unwrap();
    breaker.ended(ticket, DOWN, at(0));
    assert_eq!(breaker.permit(at(29)), Err((secs(1), Why::Down)));
}

#[test]
fn one_probe_finds_out_and_closes() {
    let mut breaker = opened();
    let probe = breaker.permit(at(30)).unwrap();
    assert_eq!(breaker.permit(at(31)), Err((secs(7), Why::Down)));
    breaker.ended(probe, Outcome::Answered, at(32));
    assert_eq!(breaker.phase(), Phase::Closed { failures: 0 });
    assert!(breaker.permit(at(32)).is_ok());
}

#[test]
fn each_failed_probe_doubles_the_rest_up_to_the_most_and_an_answer_resets_it() {
    let mut breaker = opened();
    let mut now = 30;
    for rest in [60, 100, 100] {
        let probe = breaker.permit(at(now)).unwrap();
        breaker.ended(probe, DOWN, at(now));
        assert_eq!(breaker.permit(at(now)), Err((secs(rest), Why::Down)));
        now += rest;
    }
    let probe = breaker.permit(at(now)).unwrap();
    breaker.ended(probe, Outcome::Answered, at(now));
    for _ in 0..3 {
        let ticket = breaker.permit(at(now)).unwrap();
        breaker.ended(ticket, DOWN, at(now));
    }
    assert_eq!(breaker.permit(at(now)), Err((secs(30), Why::Down)));
}

#[test]
fn the_service_may_say_how_long_but_not_for_ever() {
    let say = |wait| Outcome::Failed { why: Why::Down, wait: Some(secs(wait)) };
    for (wait, rests) in [(2, 2), (99_999, 100)] {
        let mut breaker = Breaker::new(SETTINGS);
        let ticket = breaker.permit(at(0)).unwrap();
        breaker.ended(ticket, say(wait), at(0));
        assert_eq!(breaker.permit(at(0)), Err((secs(rests), Why::Down)));
    }
}

#[test]
fn a_probe_that_was_not_sent_or_was_dropped_lets_another_go() {
    let mut breaker = opened();
    let probe = breaker.permit(at(30)).unwrap();
    breaker.ended(probe, Outcome::NotAsked, at(31));
    let probe = breaker.permit(at(31)).unwrap();
    assert!(breaker.permit(at(38)).is_err());
    let second = breaker.permit(at(39)).unwrap();
    // The first comes back after all: it says nothing any more.
    breaker.ended(probe, Outcome::Answered, at(39));
    assert!(matches!(breaker.phase(), Phase::HalfOpen { .. }));
    breaker.ended(second, Outcome::Answered, at(39));
    assert_eq!(breaker.phase(), Phase::Closed { failures: 0 });
}

#[test]
fn an_answer_from_before_it_opened_does_not_close_it() {
    let mut breaker = Breaker::new(SETTINGS);
    let early = breaker.permit(at(0)).unwrap();
    for _ in 0..3 {
        let ticket = breaker.permit(at(0)).unwrap();
        breaker.ended(ticket, DOWN, at(0));
    }
    breaker.ended(early, Outcome::Answered, at(1));
    assert!(matches!(breaker.phase(), Phase::Open { .. }));
}

#[test]
fn a_clock_that_was_set_back_does_not_keep_it_open() {
    let mut breaker = opened();
    assert!(breaker.permit(at(-3600)).is_ok());
}

#[derive(Debug, Clone)]
enum Act {
    Pass(i64),
    Ask,
    End(usize, Outcome),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let outcome = prop_oneof![
        2 => Just(Outcome::Answered),
        4 => Just(DOWN),
        1 => (0_i64..200).prop_map(|s| Outcome::Failed { why: Why::Refused, wait: Some(secs(s)) }),
        1 => Just(Outcome::NotAsked),
    ];
    let act = prop_oneof![
        (0_i64..40).prop_map(Act::Pass),
        Just(Act::Ask),
        (0_usize..8, outcome).prop_map(|(n, outcome)| Act::End(n, outcome)),
    ];
    proptest::collection::vec(act, 0..120)
}

proptest! {
    /// Whatever happens: while it is open nobody gets a ticket; while it is half-open one ticket is out for each
    /// time of a probe; it opens only on a failure and closes only on the answer to a probe; it never rests longer
    /// than the most.
    #[test]
    fn keeps_its_rules(acts in acts()) {
        let mut breaker = Breaker::new(SETTINGS);
        let mut now = 0;
        let mut tickets: Vec<Ticket> = Vec::new();
        for act in acts {
            let before = breaker.phase();
            match act {
                Act::Pass(seconds) => {
                    now += seconds;
                    prop_assert_eq!(breaker.phase(), before);
                }
                Act::Ask => {
                    let rests = breaker.rests(at(now));
                    let asked = breaker.permit(at(now));
                    prop_assert_eq!(asked.err(), rests);
                    match (before, asked) {
                        (Phase::Closed { .. }, asked) => prop_assert!(asked.is_ok()),
                        (Phase::Open { until, .. }, asked) => prop_assert_eq!(asked.is_ok(), at(now) >= until),
                        (Phase::HalfOpen { since, .. }, asked) => {
                            prop_assert_eq!(asked.is_ok(), at(now) >= since + SETTINGS.probe);
                        }
                    }
                    if let Ok(ticket) = asked {
                        let of_now = tickets.iter().filter(|t| breaker.holds(**t)).count();
                        let closed = matches!(breaker.phase(), Phase::Closed { .. });
                        prop_assert!(closed || of_now == 0);
                        tickets.push(ticket);
                    }
                }
                Act::End(n, outcome) if n < tickets.len() => {
                    let ticket = tickets.swap_remove(n);
                    let held = breaker.holds(ticket);
                    breaker.ended(ticket, outcome, at(now));
                    match (before, breaker.phase()) {
                        (before, after) if before == after => {}
                        (_, Phase::Closed { failures: 0 }) => prop_assert!(held && outcome == Outcome::Answered),
                        (Phase::Closed { .. }, _) => {
                            let failed = matches!(outcome, Outcome::Failed { .. });
                            prop_assert!(held && failed);
                        }
                        (_, after) => {
                            let opened = matches!(after, Phase::Open { .. });
                            prop_assert!(held && opened);
                        }
                    }
                }
                Act::End(..) => {}
            }
            if let Phase::Open { until, .. } = breaker.phase() {
                prop_assert!(until.duration_since(at(now)) <= SETTINGS.open_most);
            }
        }
        // It never stays shut: after the longest rest somebody may ask.
        now += 100;
        prop_assert!(breaker.permit(at(now)).is_ok());
    }
}
