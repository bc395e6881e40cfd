//! The call flows that come along: whole, and their example calls come out.

#![expect(clippy::panic, reason = "a test may fail")]

use crate::common::{PACKS, calls, lines, load, shipped, words};
use line::FaultKind;
use std::collections::BTreeSet;

#[test]
fn every_flow_loads_without_a_warning() {
    for pack in PACKS {
        let (_, warnings) = shipped(pack);
        assert!(warnings.is_empty(), "{pack}:\n{}", lines(&warnings));
    }
}

#[test]
fn every_example_call_comes_out_and_every_state_is_entered_by_one() {
    let words = words();
    for pack in PACKS {
        let (flow, _) = shipped(pack);
        let mut entered = BTreeSet::new();
        for file in calls(pack) {
            let mut outcome = file.play(&flow, &words);
            assert!(outcome.played > 0);
            assert!(outcome.faults.is_empty(), "{pack}:\n{}", lines(&outcome.faults));
            entered.append(&mut outcome.entered);
        }
        let missing = flow.without_calls(&entered);
        assert!(missing.is_empty(), "{pack}:\n{}", lines(&missing));
    }
}

/// The flow in the documentation is one: its author's first copy loads.
#[test]
fn the_documented_flow_loads() {
    let page = include_str!("../../../docs/agency-pack.md");
    let section = page.split("\n## callflow.toml\n").nth(1).unwrap();
    let flow = section.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    // A prompt for each that is missing.
    let faults = load(flow, "x = X.", "x = X.").unwrap_err();
    let prompts: BTreeSet<String> = faults
        .iter()
        .map(|fault| match &fault.kind {
            FaultKind::MissingPrompt { key, .. } => format!("{key} = Words.\n"),
            other => panic!("{fault}: {other}"),
        })
        .collect();
    let prompts: String = prompts.into_iter().collect();
    assert!(load(flow, &prompts, &prompts).is_ok());
}
