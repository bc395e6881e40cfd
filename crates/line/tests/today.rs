//! What holds today beside the hours of the week, and what becomes known of a caller on the way.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::shipped;
use domain::{
    actor::Actor,
    calendar::BusinessCalendar,
    ids::LineNoticeId,
    line_notice::{LineDoes, LineNotice, NewLineNotice},
    remembered::Accommodation,
    text::{Lang, Text},
};
use jiff::{SignedDuration, Timestamp};
use line::{Asks, ClosedBecause, Effect, Engine, Event, Given, LineNow};
use std::sync::Arc;

/// A Monday in January, ten in the morning in New York: the line is open.
fn monday() -> Timestamp {
    "2027-01-11T15:00:00Z".parse().unwrap()
}

fn hours(n: i64) -> Timestamp {
    monday() + SignedDuration::from_hours(n)
}

fn calendar() -> BusinessCalendar {
    let json = r#"{ "zone": "America/New_York",
        "hours": [{ "from": "2024-01-01", "week": { "weekdays": ["08:00-20:00"] } }] }"#;
    serde_json::from_str(json).unwrap()
}

fn said(does: LineDoes, at: i64, until: i64, words: &str) -> LineNotice {
    let text = if words.is_empty() {
        Text::default()
    } else {
        Text::new([(Lang::en(), words.to_owned()), (Lang::es(), format!("{words} (es)"))])
    };
    let new = NewLineNotice {
        does,
        queue: None,
        text,
        because: "storm".to_owned(),
        from: None,
        until: hours(until),
    };
    let id = LineNoticeId::new(hours(at), &[u8::try_from(at).unwrap(); 10]);
    LineNotice::say(id, new, &[Lang::en(), Lang::es()], Actor::Person, hours(at)).unwrap().0
}

#[test]
fn the_line_is_closed_and_opened_by_hand() {
    let calendar = calendar();
    let now = |notices: &[LineNotice], at| LineNow::under(&calendar, notices, &Lang::en(), hours(at));
    assert_eq!(now(&[], 1).closed, None);
    let close = said(LineDoes::Closes, 0, 3, "");
    let closed = now(std::slice::from_ref(&close), 1);
    assert_eq!(closed.closed, Some(ClosedBecause::Closure));
    assert_eq!(closed.opens_at.map(|(at, _)| at), Some(hours(3)), "the hours hold again from then on");
    assert_eq!(now(std::slice::from_ref(&close), 3).closed, None);
    // Closed until after the hours: it opens the next morning.
    let evening = said(LineDoes::Closes, 0, 12, "");
    assert_eq!(now(&[evening], 1).opens_at.map(|(at, _)| at), Some(hours(22)));
    // Ten in the evening: outside the hours, and open all the same.
    assert_eq!(now(&[], 12).closed, Some(ClosedBecause::Hours));
    let open = said(LineDoes::Opens, 11, 14, "");
    let opened = now(&[open], 12);
    assert_eq!((opened.closed, opened.opens_at), (None, None));
}

#[test]
fn everything_that_stands_is_announced_in_the_language_of_the_call() {
    let notices = [said(LineDoes::Tells, 0, 9, "Snow."), said(LineDoes::Closes, 1, 9, "We close early.")];
    let calendar = calendar();
    let told = |lang, at| LineNow::under(&calendar, &notices, &lang, hours(at)).announcement;
    assert_eq!(told(Lang::en(), 2).as_deref(), Some("We close early. Snow."));
    assert_eq!(told(Lang::es(), 2).as_deref(), Some("We close early. (es) Snow. (es)"));
    assert_eq!(told(Lang::en(), 9), None);
}

#[test]
fn asking_helps_from_a_day_on() {
    let day = |day: &str| day.parse().unwrap();
    let (before, from, after) = (day("2027-01-11"), day("2027-01-12"), day("2027-01-13"));
    assert_eq!(Asks::by(Some(from), before), Asks::From(from));
    assert_eq!(Asks::by(Some(from), from), Asks::Now, "from that day on");
    assert_eq!(Asks::by(Some(from), after), Asks::Now);
    assert_eq!(Asks::by(None, after), Asks::Unknown);
}

/// What is known of the person once they have shown who they are gives them time; what they chose themselves stands.
#[test]
fn a_need_that_becomes_known_gives_time() {
    let (flow, _) = shipped("uscis");
    let now = monday();
    let (mut engine, _) = Engine::start(Arc::clone(&flow), &Given::default(), now);
    assert_eq!(engine.accommodation(), Accommodation::None);
    assert!(engine.handle(Event::Needs(Accommodation::Tty), now).is_empty());
    assert_eq!(engine.accommodation(), Accommodation::Tty);
    engine.handle(Event::Needs(Accommodation::MoreTime), now);
    assert_eq!(engine.accommodation(), Accommodation::Tty);

    // With no limit, silence leads nowhere for far longer than for others.
    let given = |accommodation| Given { lang: Some(Lang::en()), accommodation, ..Given::default() };
    let silent = |accommodation| {
        let (mut engine, effects) = Engine::start(Arc::clone(&flow), &given(accommodation), now);
        let mut last = effects;
        // Nothing is looked up here: the line goes on as it does when it cannot be told.
        while let Some(Effect::Ask { ask, .. }) = last.iter().find(|e| matches!(e, Effect::Ask { .. })) {
            last = engine.handle(Event::Failed { ask: *ask }, now);
        }
        let turn = last.iter().find_map(|effect| match effect {
            Effect::Say(say) => Some(say.turn),
            _ => None,
        });
        engine.handle(Event::Spoken { turn: turn.unwrap() }, now);
        engine.next_wakeup().unwrap().duration_since(now)
    };
    assert!(silent(Accommodation::Relay) > silent(Accommodation::None));
    assert!(silent(Accommodation::Tty) > silent(Accommodation::None));
}
