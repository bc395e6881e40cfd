//! A call flow as somebody writes it, over any bytes: what a fuzzer (`fuzz/`) and the property tests beside this run. It panics
//! when something does not hold.

use crate::{Engine, Event, Flow, Given, Key, Sources};
use domain::{remembered::Accommodation, text::Lang};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// A call flow with its prompts after a line with a dot alone. One that is taken is played: with every key, again and again, a call
/// in it goes on or ends.
///
/// # Panics
/// When a flow that was taken strands a caller.
pub fn flow(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (chart, prompts) = text.split_once("\n.\n").unwrap_or((text, ""));
    let langs = [Lang::en()];
    let sources =
        Sources { flow: ("callflow.toml", chart), prompts: vec![(Lang::en(), "prompts/en.ftl", prompts)] };
    let Ok((flow, _)) = Flow::load(&sources, &langs) else { return };
    let given = Given { lang: None, caller_known: true, accommodation: Accommodation::default() };
    let mut now = Timestamp::UNIX_EPOCH;
    let (mut engine, _) = Engine::start(Arc::new(flow), &given, now);
    for key in "0123456789*#".chars().cycle().take(120).filter_map(Key::new) {
        if engine.is_over() {
            return;
        }
        engine.handle(Event::Key(key), now);
        if let Some(ask) = engine.pending() {
            engine.handle(Event::Failed { ask }, now);
        }
        now += SignedDuration::from_secs(1);
        if engine.next_wakeup().is_some_and(|at| at <= now) {
            engine.handle(Event::Wake, now);
        }
        assert!(
            engine.is_over() || engine.pending().is_some() || engine.next_wakeup().is_some(),
            "nothing is awaited in {}",
            engine.state()
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHART: &str = include_str!("../../../packs/permit-office/callflow.toml");
    const PROMPTS: &str = include_str!("../../../packs/permit-office/prompts/en.ftl");

    /// What is shipped, in English alone.
    fn shipped() -> String {
        let chart = CHART.replace(", { prompt = \"language\", lang = \"es\" }", "");
        let chart = chart.replace("2 = { to = \"chosen\", set = { lang = \"es\" } }\n", "");
        format!("{chart}\n.\n{PROMPTS}")
    }

    #[test]
    fn one_that_is_shipped_is_taken_and_played() {
        let shipped = shipped();
        let (chart, prompts) = shipped.split_once("\n.\n").unwrap();
        let sources = Sources { flow: ("c", chart), prompts: vec![(Lang::en(), "p", prompts)] };
        if let Err(faults) = Flow::load(&sources, &[Lang::en()]) {
            panic!("{faults:?}");
        }
        flow(shipped.as_bytes());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

        #[test]
        fn flows_that_are_bent(bends in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..30, ".{0,6}"), 0..4)) {
            let mut text: Vec<char> = shipped().chars().collect();
            for (at, length, with) in bends {
                let at = at.index(text.len());
                let end = (at + length).min(text.len());
                text.splice(at..end, with.chars());
            }
            flow(text.into_iter().collect::<String>().as_bytes());
        }

        #[test]
        fn texts_that_are_nothing(text in "\\PC{0,200}") {
            flow(text.as_bytes());
        }
    }
}
