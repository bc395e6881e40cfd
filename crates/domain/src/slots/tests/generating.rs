//! Which places there are.

use super::{all_taken, ask, at, calendar, date, dated, mornings, new_york, plan, weekdays};
use crate::{
    calendar::{BusinessCalendar, Closure, WeeklyHours},
    slots::{OfficePlan, PlanError, Pool, Slot, openings, slots},
    text::Text,
};
use jiff::civil::Weekday;

fn starts(calendar: &BusinessCalendar, slots: &[Slot]) -> String {
    slots
        .iter()
        .map(|s| calendar.zone.local(s.start).strftime("%H:%M").to_string())
        .collect::<Vec<_>>()
        .join(" ")
}

fn of_day(plan: &OfficePlan, calendar: &BusinessCalendar, day: &str) -> String {
    starts(calendar, &slots(plan, calendar, date(day), date(day)))
}

#[test]
fn places_follow_each_other_from_the_opening_and_never_cross_the_closing() {
    let office = new_york();
    let odd = plan(vec![dated(
        "2026-01-01",
        None,
        25,
        weekdays(&["08:00-09:20", "13:10-14:00"]),
        &[(Pool::Officer, 1)],
    )]);
    assert_eq!(of_day(&odd, &office, "2026-11-23"), "08:00 08:25 08:50 13:10 13:35");
    // Five minutes too few are too few, though the office stays open.
    let short = plan(vec![dated("2026-01-01", None, 20, weekdays(&["08:00-08:55"]), &[(Pool::Officer, 1)])]);
    assert_eq!(of_day(&short, &office, "2026-11-23"), "08:00 08:20");
    // Not before the office opens nor after it closes, though the plan says so.
    let wide = plan(vec![dated("2026-01-01", None, 60, weekdays(&["06:30-18:00"]), &[(Pool::Officer, 1)])]);
    assert_eq!(of_day(&wide, &office, "2026-11-23"), "08:30 09:30 10:30 11:30 12:30 13:30 14:30");
}

#[test]
fn nothing_on_closed_days() {
    let office = new_york();
    for day in ["2026-11-26", "2026-11-21", "2025-12-31"] {
        assert_eq!(of_day(&mornings(), &office, day), "", "{day}");
    }
}

#[test]
fn a_closure_announced_later_moves_no_place() {
    let mut office = new_york();
    let why = Text::default();
    office.closures.push(Closure::part(date("2026-11-23"), super::span("08:20-08:50"), why));
    assert_eq!(of_day(&mornings(), &office, "2026-11-23"), "08:00 09:00 09:15 09:30 09:45");
}

#[test]
fn a_pool_may_end_on_a_date() {
    let office = new_york();
    let hours = || weekdays(&["08:00-08:30"]);
    let plan = plan(vec![
        dated("2026-01-01", Some("2026-11-23"), 15, hours(), &[(Pool::Officer, 1), (Pool::SelfScheduled, 1)]),
        dated("2026-11-24", None, 15, hours(), &[(Pool::Officer, 2), (Pool::SelfScheduled, 0)]),
    ]);
    let found = slots(&plan, &office, date("2026-11-23"), date("2026-11-24"));
    let capacities: Vec<_> =
        found.iter().map(|s| (s.capacity_in(Pool::Officer), s.capacity_in(Pool::SelfScheduled))).collect();
    assert_eq!(capacities, [(1, 1), (1, 1), (2, 0), (2, 0)]);
    // What holds nothing has no row to claim.
    assert_eq!(found[2].places().count(), 1);
}

#[test]
fn days_on_which_the_clocks_change_have_the_places_they_have_time_for() {
    let night = |zone: &str| {
        let json = format!(
            r#"{{"zone": "{zone}", "hours": [{{"from": "2000-01-01", "week": {{"sunday": ["00:00-04:00"]}}}}]}}"#
        );
        let sunday: WeeklyHours = serde_json::from_str(r#"{"sunday": ["00:00-04:00"]}"#).unwrap();
        (calendar(&json), plan(vec![dated("2026-01-01", None, 30, sunday, &[(Pool::Officer, 1)])]))
    };
    for (zone, day, count) in [
        ("America/New_York", "2026-03-01", 8),
        ("America/New_York", "2026-03-08", 6),
        ("America/New_York", "2026-11-01", 10),
        ("America/Phoenix", "2026-11-01", 8),
        ("Australia/Lord_Howe", "2026-04-05", 9),
        ("Australia/Lord_Howe", "2026-10-04", 7),
    ] {
        let (office, plan) = night(zone);
        let found = slots(&plan, &office, date(day), date(day));
        assert_eq!(found.len(), count, "{zone} {day}");
        assert!(found.windows(2).all(|pair| pair[0].end == pair[1].start), "{zone} {day}");
    }
    let (office, plan) = night("America/New_York");
    assert_eq!(
        of_day(&plan, &office, "2026-11-01"),
        "00:00 00:30 01:00 01:30 01:00 01:30 02:00 02:30 03:00 03:30"
    );
}

#[test]
fn schedules_that_meet_inside_a_fold_do_not_overlap() {
    let office = calendar(
        r#"{"zone": "America/New_York", "hours": [{"from": "2000-01-01", "week": {"sunday": ["00:00-04:00"]}}]}"#,
    );
    let sunday = |hours: &str| serde_json::from_str(&format!(r#"{{"sunday": ["{hours}"]}}"#)).unwrap();
    let plan = plan(vec![
        dated("2026-01-01", None, 30, sunday("00:00-01:30"), &[(Pool::Officer, 1)]),
        dated("2026-01-02", None, 30, sunday("01:30-04:00"), &[(Pool::Officer, 2)]),
    ]);
    let found = slots(&plan, &office, date("2026-11-01"), date("2026-11-01"));
    assert_eq!(found.len(), 10);
    assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
}

#[test]
fn plans_that_cannot_hold_are_refused() {
    let make = |schedules| OfficePlan::new("NYC".parse().unwrap(), schedules).unwrap_err();
    let hours = || weekdays(&["08:00-10:00"]);
    let overlap = make(vec![
        dated("2026-01-01", Some("2026-06-30"), 15, hours(), &[]),
        dated("2026-06-30", None, 30, weekdays(&["09:00-11:00"]), &[]),
    ]);
    assert!(matches!(overlap, PlanError::Overlap { weekday: Weekday::Monday, .. }), "{overlap}");
    let one_day = make(vec![
        dated("2026-01-01", None, 15, hours(), &[]),
        dated("2026-01-01", Some("2026-01-01"), 30, hours(), &[]),
    ]);
    assert!(matches!(one_day, PlanError::Overlap { .. }), "{one_day}");
    let short = make(vec![dated("2026-01-01", None, 4, hours(), &[])]);
    assert!(matches!(short, PlanError::SlotMinutes { minutes: 4, .. }), "{short}");
    let backwards = make(vec![dated("2026-01-02", Some("2026-01-01"), 15, hours(), &[])]);
    assert!(matches!(backwards, PlanError::Backwards { .. }), "{backwards}");
    // One that ends the day before the other begins is no overlap, in whichever order they are written.
    plan(vec![
        dated("2026-07-01", None, 15, hours(), &[]),
        dated("2026-01-01", Some("2026-06-30"), 15, hours(), &[]),
    ]);
    // Another service may use the same hours.
    let mut other = dated("2026-01-01", None, 15, hours(), &[]);
    other.service = "biometrics".parse().unwrap();
    plan(vec![other, dated("2026-01-01", None, 15, hours(), &[])]);
}

#[test]
fn a_plan_is_read_as_it_is_written() {
    let json = r#"{"office": "NYC", "schedules": [
        {"from": "2026-01-01", "service": "counter", "slot_minutes": 15,
         "hours": {"weekdays": ["08:00-10:00"]}, "capacity": {"officer": 2, "online": 1}}]}"#;
    assert_eq!(serde_json::from_str::<OfficePlan>(json).unwrap(), mornings());
    assert_eq!(serde_json::to_value(mornings()).unwrap()["schedules"][0]["capacity"]["officer"], 2);
    let unknown = json.replace("officer\": 2", "officers\": 2");
    assert!(serde_json::from_str::<OfficePlan>(&unknown).unwrap_err().to_string().contains("officers"));
}

#[test]
fn pools_have_one_name_each() {
    for pool in Pool::ALL {
        assert_eq!(serde_json::to_value(pool).unwrap(), pool.as_str());
        assert_eq!(pool.as_str().parse::<Pool>().unwrap(), pool);
    }
    "Officer".parse::<Pool>().unwrap_err();
    assert!(Pool::ALL.is_sorted());
}

#[test]
fn what_is_taken_is_not_offered() {
    let (office, plan) = (new_york(), mornings());
    let taken = all_taken(&plan, &office, "2026-11-23", "2026-11-24");
    let first = openings(&plan, &office, &taken, &ask()).first().unwrap().start;
    assert_eq!(first, at("2026-11-25T13:00:00Z"));
}
