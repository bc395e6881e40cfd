//! `callflow.toml`, `prompts/*.ftl` and `calls/*.toml`: what a caller hears and can do, and how calls should go.

use crate::{
    Office, agency,
    doc::Doc,
    fault::{Fault, Findings, Place, Source, Warning},
    files::Files,
};
use ::line::{Calls, Flow, OfficeTold, Sources};
use domain::text::Lang;
use jiff::Timestamp;
use std::sync::Arc;

const FLOW: &str = "callflow.toml";
const PROMPTS: &str = "prompts/";
const CALLS: &str = "calls/";

/// The telephone line of a pack: its call flow and the example calls that should come out.
#[derive(Debug, Clone)]
pub struct CallFlow {
    /// The call flow.
    pub flow: Arc<Flow>,
    /// The example calls, file by file.
    pub calls: Vec<Calls>,
}

impl CallFlow {
    /// Plays every example call. Calls that go otherwise than they say are faults; a state that none enters is worth a look.
    ///
    /// Apart from [`crate::Pack::load`], because it takes the house's own words for days and hours.
    pub fn play(&self, words: &locale::Words) -> Result<(usize, Vec<Warning>), Vec<Fault>> {
        let mut entered = std::collections::BTreeSet::new();
        let (mut played, mut faults) = (0, Vec::new());
        for calls in &self.calls {
            let mut outcome = calls.play(&self.flow, words);
            played += outcome.played;
            faults.extend(outcome.faults.iter().map(fault));
            entered.append(&mut outcome.entered);
        }
        if faults.is_empty() {
            Ok((played, self.flow.without_calls(&entered).iter().map(warning).collect()))
        } else {
            Err(faults)
        }
    }
}

impl CallFlow {
    /// Reads a call flow out of a pack's folder, also when the rest of the pack is not there: its languages are then those of its
    /// prompts.
    pub fn load(files: &Files) -> Result<(Self, Vec<Warning>), Vec<Fault>> {
        let mut found = Findings::default();
        let langs = languages(files, &mut found);
        if files.bytes(FLOW).is_none() {
            found.fault(Place::file(FLOW), "this file is missing: it holds what a caller hears and can do");
        } else if langs.is_empty() {
            found.fault(
                Place::file("prompts/en.ftl"),
                "there are no prompts; `prompts/en.ftl` holds those in English",
            );
        }
        let flow = read(files, &langs, &mut found);
        let warnings = found.finish()?;
        // Without a flow there is a fault; said for completeness only.
        flow.map(|flow| (flow, warnings)).ok_or_else(Vec::new)
    }
}

/// The languages of `pack.toml`, or those there are prompts in.
fn languages(files: &Files, found: &mut Findings) -> Vec<Lang> {
    if let Ok(Some(text)) = files.text("pack.toml")
        && let Some(mut doc) = Doc::parse(Source { file: "pack.toml", text }, found)
    {
        return agency::languages(&mut doc, found).written;
    }
    files.paths().filter_map(|path| prompts_lang(path)?.parse().ok()).collect()
}

impl Office {
    /// The office as the line tells it.
    pub fn told(&self, approximate: bool, now: Timestamp) -> OfficeTold {
        OfficeTold::by(&self.name, self.address(), &self.calendar, approximate, now)
    }
}

fn place(file: &str, at: triage::Place) -> Place {
    Place { file: file.to_owned(), line: Some(at.line), column: Some(at.column) }
}

fn fault(fault: &::line::Fault) -> Fault {
    Fault { at: place(&fault.file, fault.place), says: fault.kind.to_string() }
}

fn warning(warning: &::line::Warning) -> Warning {
    Warning { at: place(&warning.file, warning.place), says: warning.kind.to_string() }
}

/// The language of a file of prompts, by its name.
fn prompts_lang(path: &str) -> Option<&str> {
    path.strip_prefix(PROMPTS)?.strip_suffix(".ftl")
}

fn is_calls(path: &str) -> bool {
    path.strip_prefix(CALLS)
        .and_then(|name| name.strip_suffix(".toml"))
        .is_some_and(|name| !name.contains('/'))
}

/// Whether a file belongs to the call flow, in a pack that has one.
pub(crate) fn reads(files: &Files, path: &str) -> bool {
    let part = path == FLOW || prompts_lang(path).is_some_and(|lang| !lang.contains('/')) || is_calls(path);
    part && files.bytes(FLOW).is_some()
}

/// The call flow, where the pack has one.
pub(crate) fn read(files: &Files, langs: &[Lang], found: &mut Findings) -> Option<CallFlow> {
    // Without its languages nothing can be said of a pack's prompts.
    if files.bytes(FLOW).is_none() || langs.is_empty() {
        return None;
    }
    let before = found.faults.len();
    let mut text = |path| {
        files.text(path).unwrap_or_else(|fault| {
            found.faults.push(fault);
            None
        })
    };
    let flow = text(FLOW);
    let mut prompts = Vec::new();
    let mut calls = Vec::new();
    for path in files.paths() {
        if let Some(name) = prompts_lang(path) {
            prompts.extend(text(path).map(|text| (name, path, text)));
        } else if is_calls(path) {
            calls.extend(text(path).map(|text| (path, text)));
        }
    }
    let mut by_lang = Vec::new();
    for (name, path, text) in prompts {
        match name.parse::<Lang>() {
            Ok(lang) if langs.contains(&lang) => by_lang.push((lang, path, text)),
            Ok(_) | Err(_) => found.fault(
                Place::file(path),
                format!("`{name}` is not one of the pack's languages (see `languages` in pack.toml)"),
            ),
        }
    }
    let sources = Sources { flow: (FLOW, flow?), prompts: by_lang };
    let flow = match Flow::load(&sources, langs) {
        Ok((flow, warnings)) => {
            found.warnings.extend(warnings.iter().map(warning));
            Some(Arc::new(flow))
        }
        Err(faults) => {
            found.faults.extend(faults.iter().map(fault));
            None
        }
    };
    let calls = calls
        .into_iter()
        .filter_map(|(path, text)| {
            Calls::read(path, text).map_err(|faults| found.faults.extend(faults.iter().map(fault))).ok()
        })
        .collect();
    flow.filter(|_| found.faults.len() == before).map(|flow| CallFlow { flow, calls })
}
