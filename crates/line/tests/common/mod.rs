//! The flows that come along, and small ones made for a test.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use domain::text::Lang;
use line::{Calls, Fault, Flow, Sources, Warning};
use locale::{Overrides, Words};
use std::{fs, path::PathBuf, sync::Arc};

pub const PACKS: [&str; 2] = ["uscis", "permit-office"];

pub fn words() -> Words {
    Words::load(&Overrides::none()).unwrap()
}

fn folder(pack: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../../packs", pack].iter().collect()
}

fn text(pack: &str, file: &str) -> String {
    fs::read_to_string(folder(pack).join(file)).unwrap()
}

/// A pack's call flow as it stands in the tree.
pub fn shipped(pack: &str) -> (Arc<Flow>, Vec<Warning>) {
    match load(&text(pack, "callflow.toml"), &text(pack, "prompts/en.ftl"), &text(pack, "prompts/es.ftl")) {
        Ok((flow, warnings)) => (Arc::new(flow), warnings),
        Err(faults) => panic!("{}", lines(&faults)),
    }
}

/// A pack's example calls.
pub fn calls(pack: &str) -> Vec<Calls> {
    let mut names: Vec<String> = fs::read_dir(folder(pack).join("calls"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
        .iter()
        .map(|name| {
            let name = format!("calls/{name}");
            Calls::read(&name, &text(pack, &name)).unwrap_or_else(|faults| panic!("{}", lines(&faults)))
        })
        .collect()
}

pub fn load(flow: &str, en: &str, es: &str) -> Result<(Flow, Vec<Warning>), Vec<Fault>> {
    let sources = Sources {
        flow: ("callflow.toml", flow),
        prompts: vec![(Lang::en(), "prompts/en.ftl", en), (Lang::es(), "prompts/es.ftl", es)],
    };
    Flow::load(&sources, &[Lang::en(), Lang::es()])
}

pub fn lines<T: std::fmt::Display>(found: &[T]) -> String {
    found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
