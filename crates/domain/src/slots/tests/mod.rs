//! Tests of places and of choosing among them.

mod choosing;
mod generating;
mod opening;
mod properties;

use crate::{
    calendar::{BusinessCalendar, Span, WeeklyHours},
    slots::{Ask, Capacity, DatedPlan, OfficePlan, Pool, Taken},
};
use jiff::{Timestamp, civil::Date};

fn date(s: &str) -> Date {
    s.parse().unwrap()
}

fn at(s: &str) -> Timestamp {
    s.parse().unwrap()
}

fn span(s: &str) -> Span {
    s.parse().unwrap()
}

fn weekdays(list: &[&str]) -> WeeklyHours {
    WeeklyHours::weekdays(&list.iter().map(|s| span(s)).collect::<Vec<_>>()).unwrap()
}

fn calendar(json: &str) -> BusinessCalendar {
    serde_json::from_str(json).unwrap()
}

/// An office in New York, open 08:00 to 16:00 from Monday to Friday, closed on Thanksgiving.
fn new_york() -> BusinessCalendar {
    calendar(
        r#"{"zone": "America/New_York",
            "hours": [{"from": "2000-01-01", "week": {"weekdays": ["08:00-16:00"]}}],
            "holidays": [{"name": {"en": "Thanksgiving Day"},
                          "rule": {"kind": "weekday", "month": 11, "weekday": "thursday", "nth": "fourth"}}]}"#,
    )
}

fn dated(
    from: &str,
    until: Option<&str>,
    minutes: u16,
    hours: WeeklyHours,
    capacity: &[(Pool, u32)],
) -> DatedPlan {
    DatedPlan {
        from: date(from),
        until: until.map(date),
        service: "counter".parse().unwrap(),
        slot_minutes: minutes,
        hours,
        capacity: capacity.iter().copied().collect::<Capacity>(),
    }
}

fn plan(schedules: Vec<DatedPlan>) -> OfficePlan {
    OfficePlan::new("NYC".parse().unwrap(), schedules).unwrap()
}

/// Places of a quarter of an hour from 08:00 to 10:00: two for officers, one for online requests.
fn mornings() -> OfficePlan {
    let capacity = [(Pool::Officer, 2), (Pool::Online, 1)];
    plan(vec![dated("2026-01-01", None, 15, weekdays(&["08:00-10:00"]), &capacity)])
}

/// A quarter of an hour of the officers' places, asked for on Monday 2026-11-23 at 09:00 in New York.
fn ask() -> Ask {
    Ask {
        service: "counter".parse().unwrap(),
        minutes: 15,
        pools: vec![Pool::Officer],
        now: at("2026-11-23T14:00:00Z"),
        lead_business_days: 0,
        horizon_days: 30,
        not_before: None,
    }
}

/// Everything of a plan taken between two days.
fn all_taken(plan: &OfficePlan, calendar: &BusinessCalendar, from: &str, until: &str) -> Taken {
    crate::slots::slots(plan, calendar, date(from), date(until))
        .iter()
        .flat_map(crate::slots::Slot::places)
        .collect()
}
