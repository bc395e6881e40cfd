//! What holds for any plan, any day and any bookings.

use super::{date, span};
use crate::{
    calendar::{BusinessCalendar, Closure, DatedHours, Holidays, OpeningHours, Span, WeeklyHours},
    slots::{
        Ask, Cannot, DatedPlan, OfficePlan, PartOfDay, Pool, PreferredTime, Reach, Taken, Wish, best_within,
        choose::choose, first_opening, opening_at, openings, slots, time_within,
    },
    text::Text,
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date, civil::Time, civil::Weekday};
use proptest::prelude::*;

const ZONES: [&str; 6] = [
    "America/New_York",
    "America/Los_Angeles",
    "America/Phoenix",
    "Pacific/Guam",
    "America/St_Thomas",
    "Australia/Lord_Howe",
];

/// Days around both changes of the clocks and between.
fn any_day() -> impl Strategy<Value = Date> {
    prop_oneof![
        (-3_i64..3).prop_map(|n| date("2026-03-08").saturating_add(n.days())),
        (-3_i64..3).prop_map(|n| date("2026-04-05").saturating_add(n.days())),
        (-3_i64..3).prop_map(|n| date("2026-10-04").saturating_add(n.days())),
        (-3_i64..3).prop_map(|n| date("2026-11-01").saturating_add(n.days())),
        (0_i64..365).prop_map(|n| date("2026-01-01").saturating_add(n.days())),
    ]
}

fn quarter(n: i8) -> Time {
    Time::midnight().saturating_add((i64::from(n) * 15).minutes())
}

/// One to three spans of a day that do not overlap, some of them at night.
fn any_spans() -> impl Strategy<Value = Vec<Span>> {
    prop::collection::btree_set(0_i8..96, 2..=6).prop_map(|edges| {
        let edges: Vec<i8> = edges.into_iter().collect();
        edges.chunks_exact(2).map(|c| Span::new(quarter(c[0]), quarter(c[1])).unwrap()).collect()
    })
}

fn any_week() -> impl Strategy<Value = WeeklyHours> {
    prop::collection::vec(any_spans(), 7)
        .prop_map(|days| WeeklyHours::new(days.try_into().expect("seven days")).unwrap())
}

fn any_calendar() -> impl Strategy<Value = BusinessCalendar> {
    let closure = prop::option::of((any_day(), 0_i64..4, prop::option::of(any_spans())));
    (prop::sample::select(&ZONES[..]), any_week(), closure).prop_map(|(zone, week, closure)| {
        BusinessCalendar {
            zone: zone.parse().unwrap(),
            hours: OpeningHours::new(vec![DatedHours { from: date("2020-01-01"), week }]).unwrap(),
            closures: closure
                .into_iter()
                .map(|(from, days, hours)| Closure {
                    from,
                    until: from.saturating_add(days.days()),
                    hours: hours.and_then(|spans| spans.first().copied()),
                    why: Text::default(),
                })
                .collect(),
            holidays: Holidays::default(),
        }
    })
}

fn any_plan() -> impl Strategy<Value = OfficePlan> {
    (any_week(), prop::sample::select(vec![10_u16, 15, 20, 45]), 0_u32..4, 1_u32..3).prop_map(
        |(hours, slot_minutes, officer, online)| {
            // Each span of a day by itself, so that the pools differ within a day.
            let pools =
                [vec![(Pool::Officer, officer), (Pool::Online, online)], vec![(Pool::Online, online)]];
            let schedule = |n: usize| DatedPlan {
                from: date("2020-01-01"),
                until: None,
                service: "counter".parse().unwrap(),
                slot_minutes,
                hours: WeeklyHours::new(std::array::from_fn(|day| {
                    let weekday = Weekday::from_monday_zero_offset(i8::try_from(day).unwrap()).unwrap();
                    hours.on(weekday).get(n).copied().into_iter().collect()
                }))
                .unwrap(),
                capacity: pools[n % 2].iter().copied().collect(),
            };
            OfficePlan::new("LOS".parse().unwrap(), (0..3).map(schedule).collect()).unwrap()
        },
    )
}

/// Takes places by a fixed pattern: some free, some half taken, some full.
fn some_taken(plan: &OfficePlan, calendar: &BusinessCalendar, from: Date, salt: u32) -> Taken {
    let all = slots(plan, calendar, from, from.saturating_add(12.days()));
    let places = all.iter().flat_map(crate::slots::Slot::places).zip(salt..);
    places
        .filter(|(_, n)| n % 3 != 0)
        .map(|((key, capacity), n)| (key, if n % 2 == 0 { capacity } else { capacity / 2 }))
        .collect()
}

fn asked(now: Timestamp, minutes: u32, lead: u16) -> Ask {
    Ask {
        service: "counter".parse().unwrap(),
        minutes,
        pools: vec![Pool::Officer, Pool::Online],
        now,
        lead_business_days: lead,
        horizon_days: 10,
        not_before: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn places_lie_inside_the_open_time_and_never_overlap(
        calendar in any_calendar(), plan in any_plan(), day in any_day(),
    ) {
        let found = slots(&plan, &calendar, day, day.saturating_add(8.days()));
        prop_assert_eq!(&found, &slots(&plan, &calendar, day, day.saturating_add(8.days())));
        prop_assert!(found.is_sorted_by(|a, b| a.end <= b.start));
        for slot in &found {
            let length = plan.schedules()[0].slot_minutes;
            prop_assert_eq!(slot.end.duration_since(slot.start), SignedDuration::from_mins(i64::from(length)));
            prop_assert!(calendar.is_open_throughout(slot.start, slot.end));
            for minute in [0_i64, 1, i64::from(length) - 1] {
                prop_assert!(calendar.is_open(slot.start + SignedDuration::from_mins(minute)));
            }
            prop_assert!(slot.capacity.values().all(|n| *n > 0));
            // Nor outside the hours of the plan itself. (In a fold both hours count as within them.)
            let in_plan = |at: Timestamp| {
                let local = calendar.zone.local(at);
                let mut spans = plan.schedules().iter().flat_map(|p| p.hours.on(local.weekday()));
                spans.any(|s| s.contains(local.time()))
            };
            let day = calendar.zone.date(slot.start);
            let begins = |d: Date| calendar.zone.day_start(d).unwrap();
            if begins(day.tomorrow().unwrap()).duration_since(begins(day)) == SignedDuration::from_hours(24) {
                prop_assert!(in_plan(slot.start) && in_plan(slot.end - SignedDuration::from_secs(1)));
            }
        }
    }

    #[test]
    fn openings_are_free_runs_long_enough(
        calendar in any_calendar(), plan in any_plan(), day in any_day(), salt in 0_u32..6, minutes in 5_u32..100, lead in 0_u16..3,
    ) {
        let now = calendar.zone.day_start(day).unwrap() + SignedDuration::from_hours(9);
        let taken = some_taken(&plan, &calendar, day, salt);
        let ask = asked(now, minutes, lead);
        let found = openings(&plan, &calendar, &taken, &ask);
        prop_assert!(found.is_sorted_by(|a, b| (a.start, a.pool) < (b.start, b.pool)), "in order, each once");
        for opening in found {
            let length = i64::from(plan.schedules()[0].slot_minutes);
            let whole = SignedDuration::from_mins(length * i64::try_from(opening.slots.len()).unwrap());
            prop_assert_eq!(opening.end.duration_since(opening.start), whole);
            prop_assert!(whole.as_mins() >= i64::from(minutes) && whole.as_mins() < i64::from(minutes) + length);
            prop_assert_eq!(opening.slots[0].start, opening.start);
            prop_assert!(opening.slots.is_sorted() && opening.start >= now);
            let left: Vec<u32> = opening.claims().map(|(key, capacity)| capacity - taken.of(key)).collect();
            prop_assert_eq!(left.iter().copied().min(), Some(opening.left));
            prop_assert!(opening.left > 0);
            prop_assert!(calendar.is_open_throughout(opening.start, opening.end));
            let date = calendar.zone.date(opening.start);
            prop_assert!(calendar.business_days_between(day, date) >= i32::from(lead));
            prop_assert_eq!(opening_at(&plan, &calendar, &taken, &ask, opening.pool, opening.start), Ok(opening));
        }
    }

    #[test]
    fn choosing_ranks_the_openings_and_loses_none_but_those_that_cannot_be(
        calendar in any_calendar(), plan in any_plan(), day in any_day(), salt in 0_u32..6, urgent in any::<bool>(), picky in any::<bool>(),
    ) {
        let now = calendar.zone.day_start(day).unwrap() + SignedDuration::from_hours(9);
        let taken = some_taken(&plan, &calendar, day, salt);
        let ask = asked(now, 30, 0);
        let cannot = if picky { vec![Cannot { hours: Some(span("10:00-14:00")), ..Cannot::default() }] } else { Vec::new() };
        let afternoon = PreferredTime { part: Some(PartOfDay::Afternoon), ..PreferredTime::default() };
        let wish = Wish {
            first_contact: now,
            urgency: if urgent { Urgency::Urgent } else { Urgency::Regular },
            target_business_days: 5,
            urgent_within_business_days: 2,
            preferences: vec![afternoon],
            cannot,
        };
        let free = openings(&plan, &calendar, &taken, &ask);
        match choose(&plan, &calendar, &taken, &ask, &wish) {
            Err(refusal) => prop_assert_eq!(free.is_empty(), refusal.code() != "hours-exclude-all"),
            Ok(ranked) => {
                prop_assert!(!ranked.is_empty());
                prop_assert_eq!(&ranked, &choose(&plan, &calendar, &taken, &ask, &wish).unwrap());
                prop_assert!(ranked.iter().all(|c| c.opening.left > 0 && free.contains(&c.opening)));
                prop_assert!(picky || ranked.len() == free.len());
                prop_assert!(ranked.is_sorted_by_key(|c| c.score.late));
                if urgent {
                    prop_assert!(ranked.iter().filter(|c| c.score.late).is_sorted_by_key(|c| c.opening.start));
                } else {
                    prop_assert!(ranked.is_sorted_by_key(|c| (c.score.preference.is_none(), c.score.days_from_target.abs())));
                }
            }
        }
    }

    #[test]
    fn the_best_is_found_near_when_it_is_near_and_further_on_when_not(
        calendar in any_calendar(), plan in any_plan(), day in any_day(), salt in 0_u32..6, urgent in any::<bool>(), picky in any::<bool>(),
        lead in 0_u16..3, minutes in 5_u32..100,
    ) {
        let now = calendar.zone.day_start(day).unwrap() + SignedDuration::from_hours(9);
        let taken = some_taken(&plan, &calendar, day, salt);
        let ask = asked(now, minutes, lead);
        let afternoon = PreferredTime { part: Some(PartOfDay::Afternoon), ..PreferredTime::default() };
        let wish = Wish {
            first_contact: now,
            urgency: if urgent { Urgency::Urgent } else { Urgency::Regular },
            target_business_days: 5,
            urgent_within_business_days: 2,
            preferences: if picky { vec![afternoon] } else { Vec::new() },
            cannot: Vec::new(),
        };
        let known = |reach| {
            let within = time_within(&calendar, &ask, &wish, reach);
            let kept = taken.counts.iter().filter(|(key, _)| within.is_some_and(|(from, to)| from <= key.start && key.start < to));
            kept.map(|(key, n)| (key.clone(), *n)).collect::<Taken>()
        };
        let found = Reach::STEPS.into_iter().find_map(|reach| best_within(&plan, &calendar, &known(reach), &ask, &wish, reach));
        let best = choose(&plan, &calendar, &taken, &ask, &wish).ok().and_then(|all| all.into_iter().next());
        prop_assert_eq!(found.map(|c| (c.opening, c.score)), best.map(|c| (c.opening, c.score)));
        prop_assert_eq!(first_opening(&plan, &calendar, &taken, &ask), openings(&plan, &calendar, &taken, &ask).into_iter().next());
    }
}
