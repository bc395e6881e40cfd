//! Whatever a caller, a store and a network do, in whatever order: no call is lost in silence, and none is out of a person's reach.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::common::{PACKS, calls, load, shipped, words};
use domain::{number::InquiryNumber, text::Lang};
use jiff::{SignedDuration, Timestamp};
use line::{
    Accommodation, Answer, Ask, Calls, ClosedBecause, Effect, Engine, Event, Flow, Gather, Given, Key,
    LineNow, OwedHere, Query, Sample,
};
use locale::Words;
use proptest::prelude::*;
use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

static WORDS: LazyLock<Words> = LazyLock::new(words);
static FLOWS: LazyLock<Vec<(Arc<Flow>, Vec<Calls>)>> =
    LazyLock::new(|| PACKS.map(|pack| (shipped(pack).0, calls(pack))).to_vec());

/// One thing that happens.
#[derive(Debug, Clone)]
enum Op {
    Key(char),
    /// A row of digits that could be what is asked for.
    Row(u32),
    /// Words are heard, or time passes until the line acts by itself.
    Time,
    /// What is asked is answered by the invented agency, or as said here.
    Answer(u8),
    Fail,
    Stale(u64),
    Position(u32, u16),
    Resume,
}

fn op() -> impl Strategy<Value = Op> {
    let key = prop::sample::select("0123456789*#".chars().collect::<Vec<_>>());
    prop_oneof![
        6 => key.prop_map(Op::Key),
        2 => any::<u32>().prop_map(Op::Row),
        4 => Just(Op::Time),
        6 => any::<u8>().prop_map(Op::Answer),
        1 => Just(Op::Fail),
        1 => (0_u64..40).prop_map(Op::Stale),
        1 => (0_u32..200_000, 0_u16..3000).prop_map(|(place, wait)| Op::Position(place, wait)),
        1 => Just(Op::Resume),
    ]
}

fn accommodation() -> impl Strategy<Value = Accommodation> {
    prop::sample::select(vec![
        Accommodation::None,
        Accommodation::MoreTime,
        Accommodation::Relay,
        Accommodation::Tty,
    ])
}

/// A call as a phone room would carry it.
struct Room {
    engine: Engine,
    sample: Sample,
    now: Timestamp,
    /// What is asked and not answered yet.
    asked: Option<(u64, Query, Lang)>,
    /// The turn that is being said.
    saying: Option<u64>,
    gather: Option<Gather>,
    entered: BTreeSet<String>,
    hung_up: bool,
    /// Whether words are put together and the call is written down at each step: slow, and not what every test looks at.
    thorough: bool,
}

impl Room {
    fn new(which: usize, given: &Given, thorough: bool) -> Self {
        let (flow, calls) = &FLOWS[which];
        let now = calls[0].at();
        let (engine, effects) = Engine::start(Arc::clone(flow), given, now);
        let sample = calls[0].sample().clone();
        let mut room = Self {
            engine,
            sample,
            now,
            asked: None,
            saying: None,
            gather: None,
            entered: BTreeSet::new(),
            hung_up: false,
            thorough,
        };
        room.take(effects);
        room
    }

    fn take(&mut self, effects: Vec<Effect>) {
        let entered = effects.iter().filter(|effect| matches!(effect, Effect::Entered(_))).count();
        assert!(entered <= self.engine.flow().states().count(), "a loop in one step");
        for effect in effects {
            match effect {
                Effect::Entered(state) => {
                    self.entered.insert(state);
                    self.gather = None;
                }
                Effect::Say(say) => {
                    assert!(!say.prompts.is_empty());
                    for spoken in say.prompts.iter().filter(|_| self.thorough) {
                        let words = self.engine.flow().words(spoken, &WORDS, self.now);
                        let strange = |c: char| c.is_ascii_digit() || "{}⟦$".contains(c);
                        assert!(!words.is_empty() && !words.contains(strange), "{words:?}");
                        let text = self.engine.flow().text(spoken, &WORDS, self.now);
                        assert!(!text.is_empty() && !text.contains("{$"), "{text:?}");
                    }
                    self.saying = Some(say.turn);
                }
                Effect::Hush => assert!(self.saying.take().is_some(), "hushed in silence"),
                Effect::Gather(gather) => self.gather = Some(gather),
                Effect::Ask { ask, query, lang } => {
                    assert!(self.asked.is_none(), "two questions at once");
                    self.asked = Some((ask, query, lang));
                }
                Effect::Withdraw { ask } => {
                    assert_eq!(self.asked.take().map(|(asked, ..)| asked), Some(ask));
                }
                Effect::Over { .. } => self.asked = None,
                Effect::Hangup => self.hung_up = true,
                Effect::Remember { .. } => {}
            }
        }
        self.invariants();
    }

    fn is_limited(&self) -> bool {
        let call = serde_json::to_value(self.engine.call()).unwrap();
        ["none", "more-time"].contains(&call["facts"]["accommodation"].as_str().unwrap())
    }

    fn invariants(&self) {
        let engine = &self.engine;
        assert_eq!(engine.pending().is_some(), self.asked.is_some());
        if engine.is_over() {
            assert_eq!(engine.next_wakeup(), None);
        } else {
            // Somebody or something is awaited: words that end, time that passes, an operator.
            assert!(
                engine.next_wakeup().is_some() || engine.pending().is_some(),
                "dead in {}",
                engine.state()
            );
        }
        let written = serde_json::to_string(engine.call()).unwrap();
        let call: line::Call = serde_json::from_str(&written).unwrap();
        assert_eq!(&call, engine.call());
    }

    fn happens(&mut self, event: Event) {
        self.now += SignedDuration::from_millis(200);
        let effects = self.engine.handle(event, self.now);
        self.take(effects);
    }

    fn heard(&mut self) {
        if let Some(turn) = self.saying.take() {
            self.happens(Event::Spoken { turn });
        }
    }

    fn time(&mut self) {
        if self.saying.is_some() {
            return self.heard();
        }
        if let Some(at) = self.engine.next_wakeup() {
            self.now = self.now.max(at);
            self.happens(Event::Wake);
        }
    }

    fn key(&mut self, sign: char) {
        self.happens(Event::Key(Key::new(sign).unwrap()));
    }

    /// An answer to what is asked, chosen by a byte.
    fn answer(&mut self, choice: u8) {
        let Some((ask, query, lang)) = self.asked.take() else { return };
        let odd = choice % 4;
        let answer = match (&query, odd) {
            (Query::Line, 1..) => Answer::Line(LineNow {
                closed: (odd == 1).then_some(ClosedBecause::Hours),
                opens_at: None,
                wait: (odd == 2).then_some((2, 5)),
                callback_offered: choice & 16 != 0,
                announcement: (choice & 32 != 0).then(|| "Closed for snow until 2 p.m.".to_owned()),
            }),
            (Query::Owed, 1) => Answer::Owed(Some(OwedHere::Call)),
            (Query::Owed, 2) => Answer::Owed(Some(OwedHere::Place)),
            (Query::Enqueue(_), 0) => Answer::QueueClosed,
            (Query::Enqueue(_), _) => Answer::Reached,
            (Query::Connect, 0) => Answer::NotConnected,
            (Query::Connect, _) => Answer::Talked,
            (Query::OfferCallback, 0) => Answer::Promised(None),
            (Query::MoveCallback(..), 0) => Answer::Moved(None),
            (Query::Windows(_), 0) => Answer::Windows(Vec::new()),
            (Query::CancelCallback(_), 0) => Answer::Cancelled(false),
            // An answer to something else is a failure, never taken for one.
            (_, 3) if choice & 64 != 0 => Answer::Reached,
            (query, _) => self.sample.answer(query, &lang, self.now).unwrap(),
        };
        self.happens(Event::Answered { ask, answer: Box::new(answer) });
    }

    /// A row of digits of the length that is listened for; often one that the invented agency knows.
    fn row(&mut self, chance: u32) {
        let Some(Gather::Digits { most, .. }) = self.gather else { return };
        let known =
            ["9999999901", "94111", "60640", "55501017", "55501025", "55501058", "12311980", "000001"];
        let known: Vec<&str> = known.into_iter().filter(|row| row.len() == most).collect();
        let at = usize::try_from(chance).unwrap() / 6;
        let row = match chance % 6 {
            0 if most == 8 && at.is_multiple_of(2) => "01021990".to_owned(),
            0 if most == 8 => InquiryNumber::from_chance(chance).digits(),
            0 => "7".repeat(most),
            _ => known[at % known.len()].to_owned(),
        };
        for sign in row.chars() {
            // The last digits may lead somewhere else by a choice made before; then the row has done its work.
            if !matches!(self.gather, Some(Gather::Digits { .. })) {
                break;
            }
            self.key(sign);
        }
    }

    fn op(&mut self, op: &Op) {
        match op {
            Op::Key(sign) => self.key(*sign),
            Op::Row(chance) => self.row(*chance),
            Op::Time => self.time(),
            Op::Answer(choice) => self.answer(*choice),
            Op::Fail => {
                if let Some((ask, ..)) = self.asked.take() {
                    self.happens(Event::Failed { ask });
                }
            }
            Op::Stale(number) => {
                let ask = self.asked.as_ref().map(|(ask, ..)| *ask);
                if Some(*number) != ask {
                    let before = self.engine.call().clone();
                    let effects = self.engine.handle(Event::Failed { ask: *number }, self.now);
                    assert!(effects.is_empty());
                    let late = Event::Answered { ask: *number, answer: Box::new(Answer::Reached) };
                    assert!(self.engine.handle(late, self.now).is_empty());
                    assert_eq!(&before, self.engine.call());
                }
            }
            Op::Position(place, wait) => {
                self.happens(Event::Position { place: *place, wait: Some((*wait / 2, *wait)) });
            }
            Op::Resume => {
                if !self.engine.is_over() {
                    let call = self.engine.call().clone();
                    self.engine = Engine::resume(Arc::clone(self.engine.flow()), call).unwrap();
                    (self.asked, self.saying) = (None, None);
                    self.happens(Event::Resumed);
                }
            }
        }
    }

    /// Answers what is asked on the way to a person, with the line open and no callback.
    fn until_a_person(&mut self, steps: usize, mut more: impl FnMut(&mut Self)) -> bool {
        for _ in 0..steps {
            match self.asked.as_ref().map(|(_, query, _)| query.ask()) {
                Some(Ask::Enqueue | Ask::Connect) => return true,
                Some(Ask::Line) => self.answer(3),
                Some(Ask::OfferCallback) => self.answer(0),
                _ if self.engine.is_over() => return false,
                _ => more(self),
            }
        }
        false
    }

    fn copy(&self) -> Self {
        Self {
            engine: self.engine.clone(),
            sample: self.sample.clone(),
            asked: self.asked.clone(),
            gather: self.gather.clone(),
            entered: BTreeSet::new(),
            ..*self
        }
    }

    /// From here, 0 leads to a person.
    fn zero_reaches_a_person(&self) {
        let mut copy = self.copy();
        if matches!(copy.gather, Some(Gather::Digits { .. })) {
            // A star may be waiting for its command already; a second one says it again.
            copy.op(&Op::Resume);
            copy.key('*');
        }
        copy.key('0');
        let state = self.engine.state();
        assert!(copy.until_a_person(6, Room::time), "0 does not reach a person from {state}");
    }

    /// From here, silence alone ends at a person and never in a hang-up.
    fn silence_reaches_a_person(&self) {
        let mut copy = self.copy();
        let state = self.engine.state();
        assert!(copy.until_a_person(60, Room::time), "silence does not reach a person from {state}");
    }
}

fn given(accommodation: Accommodation, lang: Option<Lang>, caller_known: bool) -> Given {
    Given { lang, caller_known, accommodation }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_call_is_lost(
        which in 0..PACKS.len(),
        accommodation in accommodation(),
        lang in prop::option::of(prop::sample::select(vec![Lang::en(), Lang::es()])),
        caller_known: bool,
        ops in prop::collection::vec(op(), 0..80),
    ) {
        let mut room = Room::new(which, &given(accommodation, lang, caller_known), true);
        for op in &ops {
            room.op(op);
            if room.engine.is_over() {
                // Only somebody who chose it is hung up on.
                assert!(room.hung_up && room.entered.contains("goodbye"));
                break;
            }
            if room.engine.state() != "goodbye" {
                room.zero_reaches_a_person();
                // To a caller without a limit, silence is no answer at all.
                if room.is_limited() {
                    room.silence_reaches_a_person();
                }
            }
        }
        // The caller may hang up at any moment, and then the call is over.
        room.happens(Event::HungUp);
        assert!(room.engine.is_over());
        assert!(room.engine.handle(Event::Wake, room.now).is_empty());
    }

    #[test]
    fn silence_is_no_fault_of_a_relay_caller(
        which in 0..PACKS.len(),
        ops in prop::collection::vec(op(), 0..30),
        quiet in 10_usize..40,
    ) {
        let mut room = Room::new(which, &given(Accommodation::Relay, Some(Lang::en()), true), true);
        for op in &ops {
            // Three failures in a row may lead elsewhere; here only silence is looked at.
            room.op(op);
        }
        prop_assume!(!room.engine.is_over() && room.asked.is_none() && room.engine.state() != "goodbye");
        let state = room.engine.state().to_owned();
        // Digits that were begun and now complete, and a star, are not silence.
        prop_assume!(!matches!(room.gather, Some(Gather::Digits { .. })));
        for _ in 0..quiet {
            room.time();
            assert_eq!(room.engine.state(), state);
        }
    }
}

/// Walks at random, by a fixed row of chances, until every state of every flow that comes along has been entered.
#[test]
fn a_random_walk_enters_every_state() {
    let mut chance = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = |n: u64| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) % n
    };
    for which in 0..PACKS.len() {
        let all: BTreeSet<String> = FLOWS[which].0.states().map(str::to_owned).collect();
        let mut entered = BTreeSet::new();
        for _ in 0..3_000 {
            let mut room = Room::new(which, &given(Accommodation::None, None, draw(2) == 0), false);
            for _ in 0..60 {
                let byte = u8::try_from(draw(256)).unwrap();
                match (draw(12), &room.gather, &room.asked) {
                    (0, ..) => room.op(&Op::Fail),
                    (1, ..) => room.time(),
                    (_, _, Some(_)) => room.answer(byte),
                    (2.., Some(Gather::Digits { .. }), _) => {
                        room.row(u32::try_from(draw(1_000_000)).unwrap());
                    }
                    (2.., Some(Gather::Keys(keys)), _) => {
                        let at = usize::try_from(draw(u64::try_from(keys.len()).unwrap())).unwrap();
                        let sign = keys[at].sign();
                        room.key(sign);
                    }
                    _ => room.key('0'),
                }
            }
            entered.append(&mut room.entered);
            if entered == all {
                break;
            }
        }
        let missing: Vec<&String> = all.difference(&entered).collect();
        assert!(missing.is_empty(), "{}: never entered {missing:?}", PACKS[which]);
    }
}

/// A flow, a line of which is changed.
fn changed(text: &str, at: usize, how: u8, with: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = at % lines.len();
    match how % 6 {
        0 => {
            lines.remove(at);
        }
        1 => lines.insert(at, lines[at].clone()),
        2 => with.clone_into(&mut lines[at]),
        3 => lines[at].push_str(with),
        4 => {
            let other = (at * 7 + 3) % lines.len();
            lines.swap(at, other);
        }
        _ => {
            let cut = lines[at].chars().count() / 2;
            lines[at] = lines[at].chars().take(cut).collect();
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is in the files: a flow, or faults that each have a line of their file; never a panic.
    #[test]
    fn malformed_files_are_refused_with_a_line(
        edits in prop::collection::vec((0_usize..10_000, any::<u8>(), "\\PC{0,12}", any::<bool>()), 1..5),
    ) {
        let folder = format!("{}/../../packs/permit-office", env!("CARGO_MANIFEST_DIR"));
        let read = |file: &str| std::fs::read_to_string(format!("{folder}/{file}")).unwrap();
        let (mut flow, mut es) = (read("callflow.toml"), read("prompts/es.ftl"));
        for (at, how, with, in_flow) in &edits {
            if *in_flow {
                flow = changed(&flow, *at, *how, with);
            } else {
                es = changed(&es, *at, *how, with);
            }
        }
        if let Err(faults) = load(&flow, &read("prompts/en.ftl"), &es) {
            assert!(!faults.is_empty());
            for fault in faults {
                let text = if fault.file == "callflow.toml" { &flow } else { &es };
                let most = text.lines().count() + 1;
                assert!((1..=most).contains(&fault.place.line), "{fault}");
                assert!(fault.to_string().len() > 10);
            }
        }
    }

    #[test]
    fn any_text_is_refused_with_a_line(text in "\\PC{0,200}", toml in "(\\[?[a-z.]{1,9}\\]?( = [0-9a-z\"{}]{1,9})?\n){0,12}") {
        for text in [text, toml] {
            let faults = load(&text, "a = A.", "a = A.").unwrap_err();
            assert!(faults.iter().all(|fault| fault.place.line >= 1) && !faults.is_empty());
            let _ = Calls::read("calls.toml", &text);
        }
    }
}
