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

/// The same, whose pages can be looked at in a made-up language that runs from right to left.
pub fn uscis_mirrored() -> Result<Pack, Faults> {
    let listed = format!("languages = [\"{}\", ", locale::MIRRORED);
    let files: Files = entries("uscis")
        .map(|(path, data)| match (path.as_str(), String::from_utf8(data)) {
            ("pack.toml", Ok(text)) => (path, text.replacen("languages = [", &listed, 1).into_bytes()),
            (_, Ok(text)) => (path, text.into_bytes()),
            (_, Err(other)) => (path, other.into_bytes()),
        })
        .collect();
    load(&files).map(|(pack, _)| pack)
}

fn entries(name: &str) -> impl Iterator<Item = (String, Vec<u8>)> {
    let prefix = format!("{name}/");
    Packs::iter().filter_map(move |path| {
        let inner = path.strip_prefix(&prefix)?.to_owned();
        Some((inner, Packs::get(&path)?.data.into_owned()))
    })
}

fn built_in(name: &str) -> Files {
    entries(name).collect()
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
    fn the_sample_that_runs_from_right_to_left_comes_last() {
        let langs = |pack: Pack| pack.languages().iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(langs(uscis_mirrored().unwrap()), ["en", "es", locale::MIRRORED]);
        assert_eq!(langs(uscis().unwrap()), ["en", "es"]);
    }

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
