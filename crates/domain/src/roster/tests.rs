use super::*;
use jiff::civil::date;

fn zone() -> Zone {
    "America/Los_Angeles".parse().unwrap()
}

fn spans(texts: &[&str]) -> Vec<Span> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// 2026-11-23 is a Monday.
const MONDAY: Date = date(2026, 11, 23);

fn weekdays(from: Date, texts: &[&str]) -> Shifts {
    let mut week: [Vec<Span>; 7] = Default::default();
    week[..5].fill(spans(texts));
    Shifts { from, week, days: BTreeMap::new() }
}

fn at(day: Date, hour: i8, minute: i8) -> Timestamp {
    zone().exact(day.at(hour, minute, 0, 0)).unwrap()
}

fn call() -> SignedDuration {
    SignedDuration::from_mins(20)
}

#[test]
fn a_week_holds_from_its_day_and_the_one_before_until_then() {
    let first = Roster::plan(None, zone(), weekdays(MONDAY, &["08:00-16:00"]), MONDAY).unwrap();
    assert_eq!(first.on(date(2026, 11, 22)), None, "before it begins it says nothing");
    assert_eq!(first.on(date(2026, 11, 28)), Some(&[][..]), "a Saturday");
    let later = weekdays(date(2026, 12, 7), &["10:00-18:00"]);
    let second = Roster::plan(Some(&first), zone(), later, date(2026, 11, 25)).unwrap();
    assert_eq!(second.on(date(2026, 12, 4)), Some(&spans(&["08:00-16:00"])[..]));
    assert_eq!(second.on(date(2026, 12, 7)), Some(&spans(&["10:00-18:00"])[..]));
    // Once nothing asks for the first any more it goes; the same week again is no other version.
    let again = weekdays(date(2026, 12, 9), &["10:00-18:00"]);
    let third = Roster::plan(Some(&second), zone(), again, date(2026, 12, 8)).unwrap();
    assert_eq!(third.hours.versions().len(), 1);
    assert_eq!(third.hours.first_day(), Some(date(2026, 12, 7)));
}

#[test]
fn a_day_with_other_hours_wins_over_its_week() {
    let mut shifts = weekdays(MONDAY, &["08:00-12:00", "13:00-16:00"]);
    shifts.days.insert(date(2026, 11, 24), Vec::new());
    shifts.days.insert(date(2026, 11, 28), spans(&["09:00-11:00"]));
    shifts.days.insert(date(2026, 11, 20), Vec::new());
    let roster = Roster::plan(None, zone(), shifts, MONDAY).unwrap();
    assert_eq!(roster.days.len(), 2, "what has passed is not kept");
    assert!(roster.is_there(at(MONDAY, 8, 0), at(MONDAY, 12, 0)));
    assert!(!roster.is_there(at(MONDAY, 11, 50), at(MONDAY, 12, 10)), "the pause is theirs");
    let tuesday = date(2026, 11, 24);
    assert!(roster.there(at(tuesday, 0, 0), at(tuesday, 23, 0)).is_empty(), "on leave");
    assert!(roster.is_there(at(date(2026, 11, 28), 9, 0), at(date(2026, 11, 28), 11, 0)), "a Saturday");
    let away = roster.away(at(MONDAY, 11, 0), at(MONDAY, 14, 0));
    assert_eq!(away, [(at(MONDAY, 12, 0), at(MONDAY, 13, 0))]);
}

#[test]
fn before_a_roster_begins_its_owner_is_there_as_without_one() {
    let roster = Roster::plan(None, zone(), weekdays(date(2026, 11, 25), &[]), MONDAY).unwrap();
    let (tuesday, wednesday) = (date(2026, 11, 24), date(2026, 11, 25));
    assert!(roster.is_there(at(MONDAY, 3, 0), at(tuesday, 23, 0)), "over midnight as well");
    assert_eq!(
        roster.away(at(tuesday, 12, 0), at(wednesday, 12, 0)),
        [(at(wednesday, 0, 0), at(wednesday, 12, 0))]
    );
}

#[test]
fn hours_that_cannot_be_worked_are_refused() {
    let plan = |shifts| Roster::plan(None, zone(), shifts, MONDAY);
    assert_eq!(plan(weekdays(MONDAY, &["08:00-12:00", "11:00-13:00"])), Err(Refusal::RosterHours));
    let many: Vec<String> = (8..15).map(|hour| format!("{hour:02}:00-{hour:02}:30")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(plan(weekdays(MONDAY, &many)), Err(Refusal::RosterHours));
    let mut other = weekdays(MONDAY, &[]);
    other.days.insert(MONDAY, spans(&["08:00-10:00", "09:00-11:00"]));
    assert_eq!(plan(other), Err(Refusal::RosterHours));
}

#[test]
fn without_rosters_a_window_keeps_what_all_officers_but_one_can() {
    let (from, until) = (at(MONDAY, 10, 0), at(MONDAY, 11, 0));
    for (officers, keeps) in [(0, 0), (1, 3), (2, 3), (3, 6)] {
        let keeping = Keeping::new(std::iter::repeat_n(None, officers), from, until, call());
        assert_eq!(keeping.calls_in(from, until), keeps, "{officers} officers");
    }
}

#[test]
fn with_rosters_it_keeps_what_those_who_are_there_can() {
    let plan = |texts: &[&str]| Roster::plan(None, zone(), weekdays(MONDAY, texts), MONDAY).unwrap();
    let (early, late, half) = (plan(&["08:00-12:00"]), plan(&["12:00-16:00"]), plan(&["10:30-12:00"]));
    let (from, until) = (at(MONDAY, 10, 0), at(MONDAY, 11, 0));
    let keeps = |rosters: &[Option<&Roster>]| {
        Keeping::new(rosters.iter().copied(), at(MONDAY, 0, 0), at(MONDAY, 23, 0), call())
            .calls_in(from, until)
    };
    assert_eq!(keeps(&[Some(&late)]), 0);
    assert_eq!(keeps(&[Some(&early), Some(&late)]), 3, "who is not there keeps nothing back");
    assert_eq!(keeps(&[Some(&half)]), 1, "half an hour is one call of twenty minutes");
    assert_eq!(keeps(&[Some(&early), Some(&half)]), 1, "the largest share is kept back");
    assert_eq!(keeps(&[None, Some(&early), Some(&late)]), 3, "who is not planned is there");
}

#[test]
fn clocks_that_change_give_and_take_an_hour() {
    let mut shifts = weekdays(MONDAY, &[]);
    let fall = date(2027, 11, 7);
    shifts.days.insert(fall, spans(&["00:00-04:00"]));
    let roster = Roster::plan(None, zone(), shifts, MONDAY).unwrap();
    let there = roster.there(at(fall, 0, 0), at(fall, 12, 0));
    let worked: i64 = there.iter().map(|span| span.end.duration_since(span.start).as_hours()).sum();
    assert_eq!(worked, 5);
}

#[test]
fn what_was_planned_is_known_after_it_has_passed_and_no_longer_than_it_is_kept() {
    let noon = |day: Date| at(day, 12, 0);
    let first = Roster::plan(None, zone(), weekdays(MONDAY, &["08:00-16:00"]), MONDAY).unwrap();
    let before = PlannedBefore::kept(None, None, &zone(), noon(MONDAY));
    let midnight = at(MONDAY, 0, 0);
    assert_eq!((before.from, before.until, before.there.len()), (midnight, midnight, 0));
    let shift = |day: Date, from, until| OpenSpan { start: at(day, from, 0), end: at(day, until, 0) };
    // Changed on Wednesday from that day on: Monday and Tuesday stay as they were.
    let wednesday = date(2026, 11, 25);
    let later = Roster::plan(Some(&first), zone(), weekdays(wednesday, &["10:00-18:00"]), wednesday).unwrap();
    let before = PlannedBefore::kept(Some(&before), Some(&first), &zone(), noon(wednesday));
    let tuesday = date(2026, 11, 24);
    let week =
        planned(Some(&before), Some(&later), at(date(2026, 11, 20), 0, 0), at(date(2026, 11, 26), 0, 0));
    assert_eq!(week, [shift(MONDAY, 8, 16), shift(tuesday, 8, 16), shift(wednesday, 10, 18)]);
    let part = planned(Some(&before), Some(&later), at(tuesday, 9, 0), at(wednesday, 11, 0));
    assert_eq!(part, [shift(tuesday, 9, 16), shift(wednesday, 10, 11)]);
    // Changed twice on a day: the last holds, and nothing stands twice.
    let again = PlannedBefore::kept(Some(&before), Some(&later), &zone(), noon(wednesday));
    assert_eq!(again, before);
    // Planned no more: what was planned stays, and nothing comes after it.
    let thursday = date(2026, 11, 26);
    let gone = PlannedBefore::kept(Some(&before), Some(&later), &zone(), noon(thursday));
    let all = planned(Some(&gone), None, midnight, at(date(2026, 12, 31), 0, 0));
    assert_eq!(all, week);
    let old = PlannedBefore::kept(Some(&gone), None, &zone(), noon(date(2026, 12, 24)));
    assert_eq!(
        old.there,
        [shift(tuesday, 8, 16), shift(wednesday, 10, 18)],
        "thirty days, as operators' time"
    );
    assert_eq!(old.from, at(tuesday, 0, 0));
    // An older release's roster says nothing of days that have passed, and a day before the first is nobody's plan.
    assert!(planned(None, Some(&first), midnight, noon(tuesday)).is_empty());
    let begins = Roster::plan(None, zone(), weekdays(wednesday, &["08:00-16:00"]), MONDAY).unwrap();
    assert_eq!(begins.planned(midnight, noon(wednesday)), [shift(wednesday, 8, 12)]);
    let read: PlannedBefore = serde_json::from_value(serde_json::to_value(&before).unwrap()).unwrap();
    assert_eq!(read, before);
}
