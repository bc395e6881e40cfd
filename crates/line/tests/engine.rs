//! One call, moment by moment: what is said, listened for, asked and waited for.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::common::shipped;
use domain::text::Lang;
use jiff::{SignedDuration, Timestamp};
use line::{
    Accommodation, Answer, Ask, Effect, Engine, Event, Flow, Given, Key, LineNow, OfficeTold, Query,
    ResumeError, Say,
};
use std::sync::{Arc, LazyLock};

static USCIS: LazyLock<Arc<Flow>> = LazyLock::new(|| shipped("uscis").0);

fn now() -> Timestamp {
    "2026-12-01T16:00:00Z".parse().unwrap()
}

fn later(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

fn open() -> Box<Answer> {
    Box::new(Answer::Line(LineNow {
        closed: None,
        opens_at: None,
        wait: None,
        callback_offered: false,
        announcement: None,
    }))
}

/// A call at the main menu, all of it said.
fn at_main(accommodation: Accommodation) -> Engine {
    let given = Given { lang: Some(Lang::en()), caller_known: true, accommodation };
    let (mut engine, _) = Engine::start(Arc::clone(&USCIS), &given, now());
    engine.handle(Event::Answered { ask: 1, answer: open() }, now());
    let nothing = Box::new(Answer::Owed(None));
    let effects = engine.handle(Event::Answered { ask: 2, answer: nothing }, now());
    let turn = say(&effects).unwrap().turn;
    engine.handle(Event::Spoken { turn }, now());
    assert_eq!(engine.state(), "main");
    engine
}

fn keys(engine: &mut Engine, keys: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for sign in keys.chars() {
        effects = engine.handle(Event::Key(Key::new(sign).unwrap()), now());
    }
    effects
}

fn say(effects: &[Effect]) -> Option<&Say> {
    effects.iter().find_map(|effect| if let Effect::Say(say) = effect { Some(say) } else { None })
}

fn prompts(effects: &[Effect]) -> Vec<&str> {
    say(effects)
        .map(|say| say.prompts.iter().map(|spoken| spoken.prompt.as_str()).collect())
        .unwrap_or_default()
}

fn asked(effects: &[Effect]) -> Option<(u64, &Query)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Ask { ask, query, .. } => Some((*ask, query)),
        _ => None,
    })
}

#[test]
fn silence_counts_from_the_last_word() {
    let mut engine = at_main(Accommodation::None);
    assert_eq!(engine.next_wakeup(), Some(later(12)));
    assert!(engine.handle(Event::Wake, later(11)).is_empty(), "too early");
    let effects = engine.handle(Event::Wake, later(12));
    assert_eq!(prompts(&effects), ["not-heard", "main"]);
    assert!(say(&effects).unwrap().prompts[1].again);
    // While that is said nothing is held against the caller; only if nobody ever tells that it was said.
    assert_eq!(engine.next_wakeup(), Some(later(12 + 180)));
    let turn = say(&effects).unwrap().turn;
    assert!(engine.handle(Event::Spoken { turn: turn - 1 }, later(13)).is_empty());
    assert_eq!(engine.next_wakeup(), Some(later(12 + 180)), "words of an earlier turn");
    engine.handle(Event::Spoken { turn }, later(20));
    assert_eq!(engine.next_wakeup(), Some(later(32)));
}

#[test]
fn accommodations_stretch_silence() {
    assert_eq!(at_main(Accommodation::MoreTime).next_wakeup(), Some(later(36)));
    let mut engine = at_main(Accommodation::Tty);
    assert_eq!(engine.next_wakeup(), Some(later(60)));
    // Between digits as well.
    keys(&mut engine, "29");
    assert_eq!(engine.next_wakeup(), Some(later(25)));
    let mut engine = at_main(Accommodation::None);
    keys(&mut engine, "29");
    assert_eq!(engine.next_wakeup(), Some(later(5)));
}

#[test]
fn a_key_stops_the_words() {
    let mut engine = at_main(Accommodation::None);
    let effects = keys(&mut engine, "4");
    assert!(!effects.contains(&Effect::Hush), "nothing was being said");
    assert_eq!(prompts(&effects), ["online"]);
    let effects = keys(&mut engine, "1");
    assert_eq!(effects[0], Effect::Hush);
    assert_eq!(effects[1], Effect::Entered("main".to_owned()));
}

#[test]
fn slower_has_two_steps_and_stays() {
    let mut engine = at_main(Accommodation::None);
    let percent = |effects: Vec<Effect>| say(&effects).unwrap().rate.percent();
    assert_eq!(percent(keys(&mut engine, "9")), 80);
    assert_eq!(percent(keys(&mut engine, "9")), 65);
    assert_eq!(percent(keys(&mut engine, "9")), 65);
    assert_eq!(percent(keys(&mut engine, "4")), 65);
}

#[test]
fn what_is_looked_up_has_its_time_and_its_language() {
    let mut engine = at_main(Accommodation::None);
    let effects = keys(&mut engine, "294111");
    let (ask, query) = asked(&effects).unwrap();
    assert_eq!(query, &Query::Office("94111".to_owned()));
    assert_eq!(engine.next_wakeup(), Some(later(8)));
    let effects = engine.handle(Event::Wake, later(8));
    assert_eq!(engine.state(), "trouble");
    assert_eq!(effects[0], Effect::Withdraw { ask });
    // The answer that comes late concerns nobody.
    let answer = Box::new(Answer::Office(None));
    assert!(engine.handle(Event::Answered { ask, answer }, later(9)).is_empty());
}

#[test]
fn zero_leaves_a_lookup_at_once() {
    let mut engine = at_main(Accommodation::None);
    let effects = keys(&mut engine, "294111");
    let (ask, _) = asked(&effects).unwrap();
    let effects = keys(&mut engine, "0");
    assert!(effects.contains(&Effect::Withdraw { ask }));
    assert_eq!(asked(&effects).unwrap().1.ask(), Ask::Line);
}

#[test]
fn an_answer_that_does_not_fit_is_a_failure() {
    let told = |name: &str, address: &str| {
        Box::new(Answer::Office(Some(OfficeTold {
            name: name.to_owned(),
            address: address.to_owned(),
            hours: domain::calendar::WeeklyHours::default(),
            open: false,
            opens_at: None,
            approximate: false,
        })))
    };
    let state_after = |answer: Box<Answer>| {
        let mut engine = at_main(Accommodation::None);
        let effects = keys(&mut engine, "294111");
        let ask = asked(&effects).unwrap().0;
        engine.handle(Event::Answered { ask, answer }, now());
        engine.state().to_owned()
    };
    assert_eq!(state_after(told("North", "1 Lake Street")), "office-told");
    assert_eq!(state_after(told("North", " ")), "trouble", "an address of nothing");
    assert_eq!(state_after(Box::new(Answer::Verified(true))), "trouble", "an answer to something else");
}

#[test]
fn a_call_is_taken_up_only_by_its_own_flow() {
    let mut engine = at_main(Accommodation::None);
    keys(&mut engine, "11999");
    let written = serde_json::to_string(engine.call()).unwrap();
    let call: line::Call = serde_json::from_str(&written).unwrap();
    let mut other = Engine::resume(Arc::clone(&USCIS), call.clone()).unwrap();
    let effects = other.handle(Event::Resumed, later(60));
    assert_eq!(prompts(&effects), ["case-digits", "go-on"]);
    let permits = shipped("permit-office").0;
    assert_eq!(Engine::resume(permits, call).unwrap_err(), ResumeError::Flow(USCIS.hash().to_owned()));
    let older: line::Call = serde_json::from_str(&written.replace("\"version\":1", "\"version\":0")).unwrap();
    assert_eq!(Engine::resume(Arc::clone(&USCIS), older).unwrap_err(), ResumeError::Version(0));
    let lost: line::Call = serde_json::from_str(&written.replace("case-digits", "elsewhere")).unwrap();
    assert_eq!(
        Engine::resume(Arc::clone(&USCIS), lost).unwrap_err(),
        ResumeError::State("elsewhere".to_owned())
    );
}

#[test]
fn nothing_that_was_keyed_is_printed() {
    let mut engine = at_main(Accommodation::None);
    let effects = keys(&mut engine, "119999999901");
    assert_eq!(engine.state(), "case-read-back");
    let printed = format!("{engine:?} {effects:?}");
    assert!(!printed.contains("9999"), "{printed}");
    assert_eq!(format!("{:?}", Key::new('7').unwrap()), "Key(…)");
}

#[test]
fn a_dropped_caller_keeps_the_place_only_where_there_is_one() {
    let mut engine = at_main(Accommodation::None);
    let effects = engine.handle(Event::HungUp, now());
    assert_eq!(effects, [Effect::Over { keep_place: false }]);
    let mut engine = at_main(Accommodation::None);
    let effects = keys(&mut engine, "0");
    let ask = asked(&effects).unwrap().0;
    engine.handle(Event::Answered { ask, answer: open() }, now());
    assert_eq!(engine.state(), "queue");
    assert_eq!(engine.handle(Event::HungUp, now()), [Effect::Over { keep_place: true }]);
    assert!(engine.is_over() && engine.next_wakeup().is_none());
}

#[test]
fn goodbye_is_said_before_hanging_up() {
    let mut engine = at_main(Accommodation::None);
    let effects = keys(&mut engine, "42");
    assert_eq!(prompts(&effects), ["goodbye"]);
    assert!(!engine.is_over());
    let turn = say(&effects).unwrap().turn;
    let effects = engine.handle(Event::Spoken { turn }, later(3));
    assert_eq!(effects, [Effect::Hangup, Effect::Over { keep_place: false }]);
}
