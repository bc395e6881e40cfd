//! Callback windows.

use super::{at, every_day, office, plain, zone};
use crate::{
    calendar::{
        BusinessCalendar, Zone,
        windows::{CallbackRules, CallbackRulesAsWritten, Window, callback_windows},
    },
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp, civil::time};
use proptest::prelude::*;

/// The USCIS line: Monday to Friday, 08:00 to 20:00 Eastern, without federal holidays.
pub(super) fn line() -> BusinessCalendar {
    office("America/New_York", &["08:00-20:00"])
}

fn shown(windows: &[Window]) -> String {
    let line = |w: &Window| {
        format!("{} - {}", w.local_start().strftime("%a %m-%d %H:%M"), w.local_end().strftime("%H:%M"))
    };
    windows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn windows(person: &str, urgency: Urgency, now: &str) -> Vec<Window> {
    callback_windows(&CallbackRules::default(), &line(), &zone(person), urgency, at(now))
}

#[test]
fn an_urgent_matter_in_chicago_is_called_within_a_day() {
    // Wednesday 14:20 in Chicago; Thursday is Thanksgiving, so only today is left.
    insta::assert_snapshot!(shown(&windows("America/Chicago", Urgency::Urgent, "2026-11-25T20:20:00Z")), @r"
    Wed 11-25 16:00 - 17:00
    Wed 11-25 17:00 - 18:00
    ");
    // A week earlier tomorrow counts until the 24 hours are over.
    insta::assert_snapshot!(shown(&windows("America/Chicago", Urgency::Urgent, "2026-11-18T20:20:00Z")), @r"
    Wed 11-18 16:00 - 17:00
    Wed 11-18 17:00 - 18:00
    Thu 11-19 07:00 - 08:00
    Thu 11-19 08:00 - 09:00
    Thu 11-19 09:00 - 10:00
    Thu 11-19 10:00 - 11:00
    Thu 11-19 11:00 - 12:00
    Thu 11-19 12:00 - 13:00
    Thu 11-19 13:00 - 14:00
    ");
}

#[test]
fn a_friday_night_gets_the_first_day_there_is_and_it_is_known_to_be_late() {
    let now = at("2026-11-21T01:00:00Z");
    let found = windows("America/New_York", Urgency::Urgent, "2026-11-21T01:00:00Z");
    assert_eq!(found.first().unwrap().start, at("2026-11-23T13:00:00Z"));
    assert_eq!(found.len(), 10);
    let due = CallbackRules::default().due(&line(), Urgency::Urgent, now).unwrap();
    assert!(found.iter().all(|w| w.end > due));
}

#[test]
fn a_regular_matter_has_five_business_days_of_the_line() {
    let found = windows("America/Los_Angeles", Urgency::Regular, "2026-11-20T18:00:00Z");
    // Friday 10:00 in Los Angeles; the five business days end on Monday the 30th, over Thanksgiving.
    assert_eq!(found.first().unwrap().start, at("2026-11-20T19:00:00Z"));
    assert_eq!(found.last().unwrap().end, at("2026-12-01T01:00:00Z"));
    assert!(found.iter().all(|w| w.local_start().date() != super::date("2026-11-26")));
    // 07:00 Pacific is within the line's hours, 17:00 Pacific is when it closes.
    assert_eq!(found.iter().map(|w| w.local_start().time()).min(), Some(time(7, 0, 0, 0)));
    assert_eq!(found.iter().map(|w| w.local_end().time()).max(), Some(time(17, 0, 0, 0)));
}

#[test]
fn guam_is_called_in_its_morning_while_the_line_is_in_its_evening() {
    // Sunday evening on Guam. In winter the line is open from 23:00 until 11:00 there.
    insta::assert_snapshot!(shown(&windows("Pacific/Guam", Urgency::Urgent, "2026-11-22T09:00:00Z")), @r"
    Tue 11-24 07:00 - 08:00
    Tue 11-24 08:00 - 09:00
    Tue 11-24 09:00 - 10:00
    Tue 11-24 10:00 - 11:00
    ");
}

#[test]
fn where_the_hours_never_meet_there_is_no_window() {
    let short = office("America/New_York", &["11:00-14:00"]);
    let none = callback_windows(
        &CallbackRules::default(),
        &short,
        &zone("Pacific/Guam"),
        Urgency::Regular,
        at("2026-11-23T12:00:00Z"),
    );
    assert!(none.is_empty());
}

#[test]
fn windows_begin_on_whole_hours_of_the_person_even_in_half_hour_zones() {
    let found = windows("Australia/Adelaide", Urgency::Regular, "2026-11-23T12:00:00Z");
    assert!(!found.is_empty());
    for window in &found {
        assert_eq!(window.local_start().minute(), 0);
        assert_eq!(window.start.as_second().rem_euclid(3600), 1800);
    }
}

#[test]
fn two_hour_windows_do_not_overlap() {
    let rules = CallbackRules::new(CallbackRulesAsWritten {
        window_minutes: 120,
        ..CallbackRulesAsWritten::default()
    })
    .unwrap();
    let found = callback_windows(
        &rules,
        &line(),
        &zone("America/New_York"),
        Urgency::Urgent,
        at("2026-11-23T11:00:00Z"),
    );
    insta::assert_snapshot!(shown(&found), @r"
    Mon 11-23 09:00 - 11:00
    Mon 11-23 11:00 - 13:00
    Mon 11-23 13:00 - 15:00
    Mon 11-23 15:00 - 17:00
    ");
}

#[test]
fn an_hour_that_does_not_exist_is_not_offered() {
    let rules = CallbackRules::new(CallbackRulesAsWritten {
        from: time(0, 0, 0, 0),
        to: time(6, 0, 0, 0),
        notice_minutes: 0,
        ..CallbackRulesAsWritten::default()
    })
    .unwrap();
    let always = plain("America/New_York", every_day(&["00:00-24:00"]));
    let night = |now: &str| {
        let eastern = zone("America/New_York");
        callback_windows(&rules, &always, &eastern, Urgency::Urgent, at(now))
    };
    // A window ends by the local time it says, so the one across the missing hour ends at 03:00.
    insta::assert_snapshot!(shown(&night("2026-03-08T05:00:00Z")), @r"
    Sun 03-08 00:00 - 01:00
    Sun 03-08 01:00 - 03:00
    Sun 03-08 03:00 - 04:00
    Sun 03-08 04:00 - 05:00
    Sun 03-08 05:00 - 06:00
    Mon 03-09 00:00 - 01:00
    ");
}

#[test]
fn the_first_window_waits_for_a_whole_hour() {
    let rules = CallbackRules::new(CallbackRulesAsWritten {
        from: time(8, 15, 0, 0),
        ..CallbackRulesAsWritten::default()
    });
    let found = callback_windows(
        &rules.unwrap(),
        &line(),
        &zone("America/New_York"),
        Urgency::Urgent,
        at("2026-11-23T10:00:00Z"),
    );
    assert_eq!(found.first().unwrap().local_start().time(), time(9, 0, 0, 0));
}

#[test]
fn a_regular_matter_is_due_when_the_line_closes_for_the_day() {
    let split = office("America/New_York", &["08:00-12:00", "13:00-17:00"]);
    let due = CallbackRules::default().due(&split, Urgency::Regular, at("2026-11-23T15:00:00Z"));
    assert_eq!(due, Some(at("2026-12-01T22:00:00Z")));
}

pub(super) const ZONES: [&str; 8] = [
    "America/New_York",
    "America/Los_Angeles",
    "America/Phoenix",
    "Pacific/Guam",
    "Pacific/Honolulu",
    "America/St_Thomas",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_window_lies_in_both_calendars(
        seconds in 1_700_000_000_i64..1_950_000_000,
        person in prop::sample::select(&ZONES[..]),
        urgent in any::<bool>(),
        minutes in prop::sample::select(vec![30_u16, 60, 90, 120]),
    ) {
        let now = Timestamp::from_second(seconds).unwrap();
        let rules = CallbackRules::new(CallbackRulesAsWritten { window_minutes: minutes, ..CallbackRulesAsWritten::default() }).unwrap();
        let (line, person): (_, Zone) = (line(), zone(person));
        let urgency = if urgent { Urgency::Urgent } else { Urgency::Regular };
        let found = callback_windows(&rules, &line, &person, urgency, now);
        prop_assert!(found.is_sorted_by(|a, b| a.end <= b.start));
        let due = rules.due(&line, urgency, now).unwrap();
        let in_time = found.iter().filter(|w| w.end <= due).count();
        prop_assert!(in_time == 0 || in_time == found.len());
        for window in &found {
            let (start, end) = (window.local_start(), window.local_end());
            prop_assert_eq!(start.date(), end.date());
            prop_assert!(start.time() >= time(7, 0, 0, 0) && end.time() <= time(18, 30, 0, 0));
            prop_assert_eq!((start.minute(), start.second()), (0, 0));
            prop_assert!(window.start >= now + SignedDuration::from_mins(60));
            prop_assert!(line.is_open_throughout(window.start, window.end));
            prop_assert!(line.is_business_day(line.zone.date(window.start)));
        }
    }
}
