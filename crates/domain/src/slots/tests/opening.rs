//! Runs of places, and why there is none.

use super::{all_taken, ask, at, date, dated, mornings, new_york, plan, weekdays};
use crate::{
    calendar::{Closed, Closure},
    slots::{Ask, NoPlace, OfficePlan, Opening, Pool, Taken, opening_at, openings, openings_or_why},
    text::Text,
};

fn why(plan: &OfficePlan, taken: &Taken, ask: &Ask) -> NoPlace {
    assert!(openings(plan, &new_york(), taken, ask).is_empty());
    openings_or_why(plan, &new_york(), taken, ask).unwrap_err()
}

fn pick(taken: &Taken, ask: &Ask, start: &str) -> Result<Opening, NoPlace> {
    opening_at(&mornings(), &new_york(), taken, ask, Pool::Officer, at(start))
}

#[test]
fn a_long_visit_takes_places_in_a_row() {
    let ask = Ask { minutes: 40, ..ask() };
    let found = openings(&mornings(), &new_york(), &Taken::default(), &ask);
    // It is 09:00: today 09:00 and 09:15 still leave 45 minutes.
    let first = &found[0];
    assert_eq!((first.start, first.end), (at("2026-11-23T14:00:00Z"), at("2026-11-23T14:45:00Z")));
    assert_eq!((first.slots.len(), first.capacity, first.left), (3, 2, 2));
    assert_eq!(found[1].start, at("2026-11-23T14:15:00Z"));
    assert_eq!(found[2].start, at("2026-11-24T13:00:00Z"));
    assert!(found.iter().all(|o| o.slots.is_sorted() && o.end.duration_since(o.start).as_mins() == 45));
}

#[test]
fn a_run_stops_at_a_full_place_and_the_scarcest_counts() {
    let ask = Ask { minutes: 30, not_before: Some(at("2026-11-24T13:00:00Z")), ..ask() };
    let free = openings(&mornings(), &new_york(), &Taken::default(), &ask);
    let mut taken = Taken::default();
    taken.take(&free[1].slots[..1]);
    let found = openings(&mornings(), &new_york(), &taken, &ask);
    assert_eq!((found[0].left, found[1].left, found[2].left), (1, 1, 2));
    taken.take(&free[1].slots[..1]);
    let found = openings(&mornings(), &new_york(), &taken, &ask);
    assert_eq!(found[0].start, free[2].start);
}

#[test]
fn each_place_is_claimed_with_its_own_capacity() {
    let plan = plan(vec![
        dated("2026-01-01", None, 15, weekdays(&["08:00-08:15"]), &[(Pool::Officer, 1)]),
        dated("2026-01-02", None, 15, weekdays(&["08:15-08:30"]), &[(Pool::Officer, 3)]),
    ]);
    let ask = Ask { minutes: 30, ..ask() };
    let found = openings(&plan, &new_york(), &Taken::default(), &ask);
    assert_eq!(found[0].claims().map(|(_, n)| n).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(found[0].capacity, 1);
}

#[test]
fn pools_come_in_the_order_asked_for_and_are_never_mixed() {
    let ask = Ask { pools: vec![Pool::Online, Pool::Officer], minutes: 30, ..ask() };
    let found = openings(&mornings(), &new_york(), &Taken::default(), &ask);
    assert_eq!((found[0].pool, found[1].pool), (Pool::Online, Pool::Officer));
    assert_eq!(found[0].start, found[1].start);
    assert!(found.iter().all(|o| o.slots.iter().all(|s| s.pool == o.pool)));
}

#[test]
fn lead_time_counts_business_days() {
    let ask = Ask { lead_business_days: 3, ..ask() };
    let first = openings(&mornings(), &new_york(), &Taken::default(), &ask).remove(0);
    // Tuesday, Wednesday, not Thanksgiving, Friday.
    assert_eq!(first.start, at("2026-11-27T13:00:00Z"));
}

#[test]
fn refusals_say_what_stands_in_the_way() {
    let (office, plan_) = (new_york(), mornings());
    let none = Taken::default();
    let full = all_taken(&plan_, &office, "2026-11-23", "2026-12-31");
    let refusal = why(&plan_, &full, &ask());
    assert_eq!(refusal, NoPlace::Full { from: date("2026-11-23"), until: date("2026-12-23"), next: None });

    let mut all_but_soon = all_taken(&plan_, &office, "2026-11-25", "2026-12-31");
    all_but_soon.take([]);
    let refusal = why(&plan_, &all_but_soon, &Ask { lead_business_days: 2, ..ask() });
    let NoPlace::BeforeLeadTime { earliest, sooner: Some(sooner) } = refusal else { panic!("{refusal:?}") };
    assert_eq!((earliest, sooner.start), (date("2026-11-25"), at("2026-11-24T14:45:00Z")));

    let refusal = why(&plan_, &none, &Ask { lead_business_days: 30, ..ask() });
    assert_eq!(refusal.code(), "before-lead-time");

    let refusal = why(&plan_, &none, &Ask { not_before: Some(at("2027-03-01T00:00:00Z")), ..ask() });
    assert_eq!(refusal, NoPlace::AfterHorizon { last: date("2026-12-23") });

    let refusal = why(&plan_, &none, &Ask { minutes: 135, ..ask() });
    assert_eq!(refusal, NoPlace::TooLong { minutes: 135, longest: 120 });

    let refusal = why(&plan_, &none, &Ask { service: "biometrics".parse().unwrap(), ..ask() });
    assert_eq!(refusal.code(), "service-not-offered");
    let refusal = why(&plan_, &none, &Ask { pools: vec![Pool::EmergencyReserve], ..ask() });
    assert_eq!(refusal.code(), "service-not-offered");
}

#[test]
fn a_closed_office_says_why_and_when_it_opens() {
    let mut office = new_york();
    office.closures.push(Closure::days(date("2026-11-01"), date("2027-01-03"), Text::default()));
    let refusal = openings_or_why(&mornings(), &office, &Taken::default(), &ask()).unwrap_err();
    assert_eq!(refusal.code(), "office-closed");
    let NoPlace::OfficeClosed { why: Closed::Closure { until, .. }, opens } = refusal else {
        panic!("{refusal:?}")
    };
    assert_eq!((until, opens), (date("2027-01-03"), Some(at("2027-01-04T13:00:00Z"))));
}

#[test]
fn a_picked_place_is_checked_again() {
    let none = Taken::default();
    let picked = pick(&none, &ask(), "2026-11-24T13:30:00Z").unwrap();
    assert_eq!(picked.slots.len(), 1);
    let mut taken = none.clone();
    taken.take(&picked.slots);
    assert_eq!(pick(&taken, &ask(), "2026-11-24T13:30:00Z").unwrap().left, 1);
    taken.take(&picked.slots);
    let refusal = pick(&taken, &ask(), "2026-11-24T13:30:00Z").unwrap_err();
    let NoPlace::Full { next: Some(next), .. } = refusal else { panic!("{refusal:?}") };
    assert_eq!(next.start, at("2026-11-24T13:45:00Z"));

    let code = |ask: &Ask, start: &str| pick(&none, ask, start).unwrap_err().code();
    assert_eq!(code(&ask(), "2026-11-23T13:45:00Z"), "slot-passed");
    assert_eq!(code(&ask(), "2026-11-24T13:35:00Z"), "no-such-slot");
    assert_eq!(code(&ask(), "2026-11-24T16:00:00Z"), "no-such-slot");
    assert_eq!(code(&ask(), "2026-11-24T12:45:00Z"), "office-closed");
    assert_eq!(code(&ask(), "2026-11-26T13:30:00Z"), "office-closed");
    assert_eq!(code(&ask(), "2026-12-24T13:30:00Z"), "after-horizon");
    assert_eq!(code(&Ask { lead_business_days: 2, ..ask() }, "2026-11-24T13:30:00Z"), "before-lead-time");
    assert_eq!(code(&Ask { minutes: 30, ..ask() }, "2026-11-24T14:45:00Z"), "visit-too-long");
}

#[test]
fn a_pool_that_has_no_place_at_a_time_does_not_borrow_a_later_one() {
    let hours = ["08:00-08:15", "08:15-08:30", "08:30-09:00"].map(|h| weekdays(&[h]));
    let [a, b, c] = hours;
    let plan = plan(vec![
        dated("2026-01-01", None, 15, a, &[(Pool::Officer, 1)]),
        dated("2026-01-02", None, 15, b, &[(Pool::Online, 1)]),
        dated("2026-01-03", None, 15, c, &[(Pool::Officer, 1), (Pool::Online, 1)]),
    ]);
    let ask = Ask { pools: vec![Pool::Officer, Pool::Online], horizon_days: 1, ..ask() };
    let shown = |ask: &Ask| {
        let found = openings(&plan, &new_york(), &Taken::default(), ask);
        let clock = |o: &Opening| format!("{} {}", new_york().zone.local(o.start).strftime("%H:%M"), o.pool);
        found.iter().map(clock).collect::<Vec<_>>()
    };
    assert_eq!(
        shown(&ask),
        ["08:00 officer", "08:15 online", "08:30 officer", "08:30 online", "08:45 officer", "08:45 online"]
    );
    let ask = Ask { minutes: 30, ..ask };
    assert_eq!(shown(&ask), ["08:15 online", "08:30 officer", "08:30 online"]);
    let at_eight =
        opening_at(&plan, &new_york(), &Taken::default(), &ask, Pool::Officer, at("2026-11-24T13:00:00Z"));
    assert_eq!(at_eight, Err(NoPlace::TooLong { minutes: 30, longest: 15 }));
}

#[test]
fn a_service_that_is_not_offered_is_not_blamed_on_the_closing_hour() {
    let evening = Ask { now: at("2026-11-23T23:00:00Z"), service: "biometrics".parse().unwrap(), ..ask() };
    assert_eq!(why(&mornings(), &Taken::default(), &evening).code(), "service-not-offered");
}
