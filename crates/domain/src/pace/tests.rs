//! The budget in virtual time.

use super::*;
use proptest::prelude::*;

fn limits(per_second: u32, burst: u32, per_day: u32) -> Limits {
    Limits { per_second, burst, per_day, zone: TimeZone::get("America/New_York").unwrap() }
}

fn ms(millis: i64) -> SignedDuration {
    SignedDuration::from_millis(millis)
}

fn noon() -> Timestamp {
    "2026-11-23T12:00:00-05:00".parse().unwrap()
}

const FOREVER: SignedDuration = SignedDuration::from_hours(1);

#[test]
fn five_a_second_are_one_each_200_ms() {
    let (limits, mut pace) = (limits(5, 1, 1000), Pace::default());
    let booked: Vec<_> = (0..4).map(|_| pace.take(&limits, noon(), FOREVER)).collect();
    assert_eq!(booked, [0, 200, 400, 600].map(|at| Turn::At(noon() + ms(at))));
    assert_eq!(pace.take(&limits, noon(), ms(799)), Turn::Busy { wait: ms(800) });
    assert_eq!(pace.take(&limits, noon() + ms(5000), ms(0)), Turn::At(noon() + ms(5000)));
    assert_eq!(pace.used(&limits, noon()), 5);
}

#[test]
fn a_burst_may_go_at_once_and_is_paid_back() {
    let (limits, mut pace) = (limits(5, 3, 1000), Pace::default());
    let booked: Vec<_> = (0..5).map(|_| pace.take(&limits, noon(), FOREVER)).collect();
    assert_eq!(booked, [0, 0, 0, 200, 400].map(|at| Turn::At(noon() + ms(at))));
}

#[test]
fn the_day_ends_at_the_agencys_midnight() {
    let (limits, mut pace) = (limits(5, 1, 2), Pace::default());
    let late: Timestamp = "2026-11-23T23:59:59.700-05:00".parse().unwrap();
    let midnight: Timestamp = "2026-11-24T00:00:00-05:00".parse().unwrap();
    assert_eq!(pace.take(&limits, late, FOREVER), Turn::At(late));
    assert_eq!(pace.take(&limits, late, FOREVER), Turn::At(late + ms(200)));
    // The third would be sent tomorrow, and counts there; a place today is not left.
    assert_eq!(pace.take(&limits, late, FOREVER), Turn::At(late + ms(400)));
    assert_eq!(pace.used(&limits, midnight), 1);
    assert_eq!(pace.take(&limits, midnight + ms(500), FOREVER), Turn::At(midnight + ms(500)));
    let next: Timestamp = "2026-11-25T00:00:00-05:00".parse().unwrap();
    let wait = next.duration_since(midnight + ms(600));
    assert_eq!(pace.take(&limits, midnight + ms(600), FOREVER), Turn::Spent { wait });
    assert!(matches!(pace.take(&limits, next, FOREVER), Turn::At(_)));
}

#[test]
fn a_clock_that_was_set_back_neither_closes_the_door_nor_buys_more() {
    let (limits, mut pace) = (limits(5, 3, 4), Pace::default());
    for _ in 0..3 {
        pace.take(&limits, noon(), FOREVER);
    }
    let earlier = noon() - SignedDuration::from_hours(30);
    assert_eq!(pace.take(&limits, earlier, FOREVER), Turn::At(earlier + ms(200)));
    assert!(matches!(pace.take(&limits, earlier, FOREVER), Turn::Spent { .. }));
}

#[test]
fn is_kept_whole_in_a_row_of_a_store() {
    let (limits, mut pace) = (limits(5, 1, 1000), Pace::default());
    pace.take(&limits, noon(), FOREVER);
    let row = serde_json::to_string(&pace).unwrap();
    insta::assert_snapshot!(row);
    let mut read: Pace = serde_json::from_str(&row).unwrap();
    assert_eq!(read, pace);
    assert_eq!(read.take(&limits, noon(), FOREVER), pace.take(&limits, noon(), FOREVER));
}

#[test]
fn impatience_takes_nothing() {
    let (limits, mut pace) = (limits(1, 1, 10), Pace::default());
    pace.take(&limits, noon(), FOREVER);
    let before = pace.clone();
    assert!(matches!(pace.take(&limits, noon(), ms(10)), Turn::Busy { .. }));
    assert_eq!(pace, before);
}

proptest! {
    /// However look-ups come, even overtaking each other by some seconds: in no stretch are there more than the
    /// bucket and its refill allow, no day has more than its number, and nobody waits longer than said.
    #[test]
    fn never_gives_more_than_agreed(
        per_second in 1_u32..20,
        burst in 1_u32..5,
        per_day in 1_u32..60,
        start in 0_i64..86_400,
        steps in proptest::collection::vec((-2_000_i64..3_000, 0_i64..2_000), 1..120),
    ) {
        let limits = limits(per_second, burst, per_day);
        let mut pace = Pace::default();
        let mut now = noon() + SignedDuration::from_secs(start);
        let mut sent = Vec::new();
        for (step, patience) in steps {
            now += ms(step);
            match pace.take(&limits, now, ms(patience)) {
                Turn::At(at) => {
                    prop_assert!(at >= now && at.duration_since(now) <= ms(patience));
                    sent.push(at);
                }
                Turn::Busy { wait } => prop_assert!(wait > ms(patience)),
                Turn::Spent { wait } => prop_assert!(wait >= ms(0)),
            }
        }
        sent.sort();
        let each = SignedDuration::from_nanos(1_000_000_000_i64 / i64::from(per_second));
        let burst = usize::try_from(burst).unwrap();
        for (first, from) in sent.iter().enumerate() {
            for (last, to) in sent.iter().enumerate().skip(first + burst) {
                let refills = i32::try_from(last - first + 1 - burst).unwrap();
                prop_assert!(to.duration_since(*from) >= each * refills - ms(1), "{first} to {last}");
            }
        }
        for day in sent.chunk_by(|a, b| day_of(*a, &limits) == day_of(*b, &limits)) {
            prop_assert!(day.len() <= usize::try_from(per_day).unwrap());
        }
    }
}
