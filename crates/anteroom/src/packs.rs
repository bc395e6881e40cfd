//! Agency packs: from a folder, or the one that is built in.

use crate::fault::Faults;
use pack::{Files, Pack, Warning};
use rust_embed::RustEmbed;
use std::path::Path;

/// The packs of this project, so that the demo needs no files.
#[derive(RustEmbed)]
#[folder = "../../packs"]
struct Packs;

/// The built-in USCIS pack.
pub fn uscis() -> Result<Pack, Faults> {
    load(&built_in("uscis")).map(|(pack, _)| pack)
}

fn built_in(name: &str) -> Files {
    let prefix = format!("{name}/");
    Packs::iter()
        .filter_map(|path| {
            let inner = path.strip_prefix(&prefix)?.to_owned();
            Some((inner, Packs::get(&path)?.data.into_owned()))
        })
        .collect()
}

/// The pack in a folder, and what deserves a look in it.
pub fn from_folder(dir: &Path) -> Result<(Pack, Vec<Warning>), Faults> {
    load(&Files::read_dir(dir)?)
}

fn load(files: &Files) -> Result<(Pack, Vec<Warning>), Faults> {
    Pack::load(files).map_err(|faults| Faults(faults.iter().map(ToString::to_string).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_pack_is_whole() {
        for name in ["uscis", "permit-office"] {
            if let Err(faults) = load(&built_in(name)) {
                panic!("{name}: {faults}");
            }
        }
        assert!(load(&built_in("nowhere")).is_err());
    }
}
