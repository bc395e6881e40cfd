//! Which place suits a person best.

use super::{all_taken, ask, at, date, mornings, new_york, span};
use crate::{
    slots::{Ask, Cannot, Choice, NoPlace, PartOfDay, PreferredTime, Taken, Why, Wish, choose::choose},
    urgency::Urgency,
};
use jiff::civil::Weekday;

/// A regular matter, first heard of on Monday 2026-11-23.
fn wish() -> Wish {
    Wish {
        first_contact: at("2026-11-23T14:00:00Z"),
        urgency: Urgency::Regular,
        target_business_days: 5,
        urgent_within_business_days: 2,
        preferences: Vec::new(),
        cannot: Vec::new(),
    }
}

fn urgent() -> Wish {
    Wish { urgency: Urgency::Urgent, ..wish() }
}

fn ranked(taken: &Taken, ask: &Ask, wish: &Wish) -> Vec<Choice> {
    choose(&mornings(), &new_york(), taken, ask, wish).unwrap()
}

fn best(taken: &Taken, wish: &Wish) -> Choice {
    ranked(taken, &ask(), wish).remove(0)
}

fn on(weekday: Weekday) -> PreferredTime {
    PreferredTime { weekday: Some(weekday), ..PreferredTime::default() }
}

#[test]
fn about_five_business_days_out() {
    let first = best(&Taken::default(), &wish());
    // The fifth business day over Thanksgiving.
    assert_eq!(first.opening.start, at("2026-12-01T13:00:00Z"));
    assert_eq!(first.why, [Why::NearestToTarget { target: date("2026-12-01"), days: 0 }]);
    assert_eq!(first.score.days_from_first_contact, 5);
}

#[test]
fn of_two_days_as_near_the_sooner() {
    let taken = all_taken(&mornings(), &new_york(), "2026-12-01", "2026-12-01");
    let first = best(&taken, &wish());
    assert_eq!(first.opening.start, at("2026-11-30T13:00:00Z"));
    assert_eq!(first.why, [Why::NearestToTarget { target: date("2026-12-01"), days: -1 }]);
    let taken = all_taken(&mornings(), &new_york(), "2026-11-25", "2026-12-01");
    assert_eq!(best(&taken, &wish()).opening.start, at("2026-12-02T13:00:00Z"));
}

#[test]
fn urgent_is_the_earliest() {
    let first = best(&Taken::default(), &urgent());
    assert_eq!(first.opening.start, at("2026-11-23T14:00:00Z"));
    assert_eq!(first.why, [Why::EarliestBecauseUrgent { within: 2 }]);
    assert!(!first.score.late);
}

#[test]
fn urgent_and_late_is_said_to_be_late_and_then_only_time_counts() {
    let taken = all_taken(&mornings(), &new_york(), "2026-11-23", "2026-11-25");
    let wish = Wish { preferences: vec![on(Weekday::Wednesday)], ..urgent() };
    let first = best(&taken, &wish);
    // Friday is the third business day, as Thursday is Thanksgiving.
    assert_eq!(first.opening.start, at("2026-11-27T13:00:00Z"));
    assert!(first.score.late);
    assert_eq!(first.why, [Why::LateThoughUrgent { within: 2, days: 3 }]);
}

#[test]
fn preferences_come_before_nearness_in_their_order() {
    let friday = on(Weekday::Friday);
    let wish = Wish { preferences: vec![friday.clone(), on(Weekday::Tuesday)], ..wish() };
    let first = best(&Taken::default(), &wish);
    // Friday 27 November is two business days from the target, 4 December three.
    assert_eq!(first.opening.start, at("2026-11-27T13:00:00Z"));
    assert_eq!(first.why, [Why::FitsPreference { number: 1 }]);
    let ranked = ranked(&Taken::default(), &ask(), &wish);
    let numbers: Vec<_> = ranked.iter().map(|c| c.score.preference.unwrap_or(9)).collect();
    assert!(numbers.is_sorted());
    assert_eq!((numbers.first(), numbers.last()), (Some(&1), Some(&9)));
    // Within the days an urgent matter has, its preference counts as well.
    let wish = Wish { preferences: vec![friday, on(Weekday::Wednesday)], ..urgent() };
    assert_eq!(best(&Taken::default(), &wish).opening.start, at("2026-11-25T13:00:00Z"));
}

#[test]
fn a_preference_may_be_a_day_and_a_part_of_it() {
    let early = PreferredTime {
        date: Some(date("2026-12-09")),
        part: Some(PartOfDay::Morning),
        words: Some("before work, please".into()),
        ..PreferredTime::default()
    };
    let wish_ = Wish { preferences: vec![early], ..wish() };
    assert_eq!(best(&Taken::default(), &wish_).opening.start, at("2026-12-09T13:00:00Z"));
    let evening = PreferredTime { part: Some(PartOfDay::Evening), ..PreferredTime::default() };
    let wish_ = Wish { preferences: vec![evening], ..wish() };
    let first = best(&Taken::default(), &wish_);
    assert_eq!(first.opening.start, at("2026-12-01T13:00:00Z"));
    assert_eq!(first.why.first(), Some(&Why::NoPreferenceFree));
    // Words alone are for the officer; a fourth preference does not count.
    let words = PreferredTime { words: Some("whenever".into()), ..PreferredTime::default() };
    let wish_ =
        Wish { preferences: vec![words.clone(), words.clone(), words, on(Weekday::Friday)], ..wish() };
    assert!(best(&Taken::default(), &wish_).score.preference.is_none());
}

#[test]
fn hours_the_person_cannot_come_are_never_offered() {
    let before_nine = Cannot { hours: Some(span("00:00-09:00")), ..Cannot::default() };
    let tuesdays = Cannot { weekday: Some(Weekday::Tuesday), ..Cannot::default() };
    let that_monday = Cannot { date: Some(date("2026-11-30")), ..Cannot::default() };
    let wish = Wish { cannot: vec![before_nine, tuesdays, that_monday, Cannot::default()], ..wish() };
    let all = ranked(&Taken::default(), &Ask { minutes: 30, ..ask() }, &wish);
    assert_eq!(all[0].opening.start, at("2026-12-02T14:00:00Z"));
    assert_eq!(all[0].why.last(), Some(&Why::KeepsClear));
    for choice in &all {
        let local = new_york().zone.local(choice.opening.start);
        assert!(
            local.hour() >= 9 && local.weekday() != Weekday::Tuesday && local.date() != date("2026-11-30")
        );
    }
}

#[test]
fn when_nothing_is_left_the_nearest_is_named() {
    let never = Cannot { hours: Some(span("07:00-12:00")), ..Cannot::default() };
    let wish = Wish { cannot: vec![never], ..wish() };
    let refusal = choose(&mornings(), &new_york(), &Taken::default(), &ask(), &wish).unwrap_err();
    assert_eq!(refusal.code(), "hours-exclude-all");
    let NoPlace::HoursExclude { nearest } = refusal else { panic!("{refusal:?}") };
    assert_eq!(nearest.start, at("2026-12-01T13:00:00Z"));
}

#[test]
fn a_wish_is_read_from_data() {
    let json = r#"{"first_contact": "2026-11-23T14:00:00Z", "urgency": "regular", "target_business_days": 5,
        "urgent_within_business_days": 2, "preferences": [{"weekday": "friday", "part": "morning", "words": "early"}],
        "cannot": [{"hours": "12:00-24:00"}]}"#;
    let read: Wish = serde_json::from_str(json).unwrap();
    assert_eq!(read.preferences[0].weekday, Some(Weekday::Friday));
    assert_eq!(serde_json::from_value::<Wish>(serde_json::to_value(&read).unwrap()).unwrap(), read);
    assert!(!format!("{read:?}").contains("early"));
}

#[test]
fn a_visit_may_end_when_the_hours_begin_but_not_reach_into_them() {
    let from_nine = Cannot { hours: Some(span("09:00-24:00")), ..Cannot::default() };
    let wish = Wish { cannot: vec![from_nine], ..wish() };
    let ask = Ask { minutes: 30, ..ask() };
    let starts = |choices: Vec<Choice>| {
        let day = choices.into_iter().map(|c| new_york().zone.local(c.opening.start));
        let mut times: Vec<_> =
            day.filter(|t| t.date() == date("2026-12-01")).map(|t| t.strftime("%H:%M").to_string()).collect();
        times.sort();
        times.join(" ")
    };
    assert_eq!(starts(ranked(&Taken::default(), &ask, &wish)), "08:00 08:15 08:30");
}

#[test]
fn the_parts_of_the_day_meet_at_noon_and_five() {
    let part = |clock: &str| PartOfDay::of(clock.parse().unwrap()).as_str();
    assert_eq!(
        ["00:00", "11:59:59", "12:00", "16:59:59", "17:00", "23:59"].map(part),
        ["morning", "morning", "afternoon", "afternoon", "evening", "evening"]
    );
    for part in PartOfDay::ALL {
        assert_eq!(serde_json::to_value(part).unwrap(), part.as_str());
    }
}
