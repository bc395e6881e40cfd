//! Recordings laid over single prompts: `FOLDER/LANG/PROMPT.wav`, read and checked when the installation starts.

use crate::{
    path::{self, PathError},
    said::Sound,
};
use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

/// The longest recording, in seconds.
const SECONDS_MOST: u32 = 180;

/// The largest file, in bytes: three minutes of 16 bits at 48,000 samples a second in stereo, and a little.
const FILE_MOST: u64 = 40 * 1024 * 1024;

/// All recordings together, in bytes of memory: more than three hours.
const TOTAL_MOST: usize = 192 * 1024 * 1024;

/// Recordings, ready to be played.
#[derive(Debug, Default)]
pub struct Recordings {
    by_lang: HashMap<String, HashMap<String, Sound>>,
    bytes: usize,
}

/// A file or folder that is left out.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {why}")]
pub struct RecordingFault {
    /// Which.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub why: RecordingWhy,
}

/// Why a file or folder is left out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordingWhy {
    /// It cannot be read.
    #[error("cannot be read")]
    Read(#[from] io::Error),
    /// It is too large.
    #[error("larger than {0} bytes")]
    TooLarge(u64),
    /// It cannot be played.
    #[error(transparent)]
    Sound(#[from] PathError),
    /// It has more than one channel: which of them is the voice is not guessed.
    #[error("{0} channels; a recording has one")]
    Channels(u16),
    /// Its name is no text, or it does not end in `.wav`.
    #[error("not named PROMPT.wav")]
    Name,
    /// There is no more room for it.
    #[error("all recordings together are larger than {0} bytes of memory")]
    Total(usize),
}

impl Recordings {
    /// Everything in these folders; what is in a later one goes before what is in an earlier one. What cannot be played is
    /// left out and named, so that a start can be refused or the prompts be spoken instead.
    pub fn load<P: AsRef<Path>>(folders: impl IntoIterator<Item = P>) -> (Self, Vec<RecordingFault>) {
        let mut recordings = Self::default();
        let mut faults = Vec::new();
        for folder in folders {
            for lang in list(folder.as_ref(), &mut faults) {
                if !lang.is_dir() {
                    continue;
                }
                for path in list(&lang, &mut faults) {
                    if let Err(why) = recordings.add(&lang, &path) {
                        faults.push(RecordingFault { path, why });
                    }
                }
            }
        }
        (recordings, faults)
    }

    fn add(&mut self, lang: &Path, path: &Path) -> Result<(), RecordingWhy> {
        let wav = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("wav"));
        let name = path.file_stem().and_then(|stem| stem.to_str()).filter(|_| wav);
        let lang = lang.file_name().and_then(|name| name.to_str());
        let (Some(name), Some(lang)) = (name, lang) else { return Err(RecordingWhy::Name) };
        if fs::metadata(path)?.len() > FILE_MOST {
            return Err(RecordingWhy::TooLarge(FILE_MOST));
        }
        let wav = crate::wav::read(&fs::read(path)?).map_err(PathError::from)?;
        if wav.channels != 1 {
            return Err(RecordingWhy::Channels(wav.channels));
        }
        let sound = path::finish_wav(&wav, SECONDS_MOST)?;
        let sounds = self.by_lang.entry(lang.to_owned()).or_default();
        let before = sounds.get(name).map_or(0, Sound::bytes);
        let bytes = self.bytes - before + sound.bytes();
        if bytes > TOTAL_MOST {
            return Err(RecordingWhy::Total(TOTAL_MOST));
        }
        self.bytes = bytes;
        sounds.insert(name.to_owned(), sound);
        Ok(())
    }

    /// The recording of this prompt in this language.
    pub fn get(&self, lang: &str, prompt: &str) -> Option<&Sound> {
        crate::lang::choose(lang, |lang| self.by_lang.get(lang)?.get(prompt))
    }

    /// The prompts that have one, by language, in order.
    pub fn prompts(&self) -> Vec<(&str, &str)> {
        let mut all: Vec<_> = self
            .by_lang
            .iter()
            .flat_map(|(lang, sounds)| sounds.keys().map(|prompt| (lang.as_str(), prompt.as_str())))
            .collect();
        all.sort_unstable();
        all
    }
}

/// What is in a folder, in order, but for hidden things.
fn list(folder: &Path, faults: &mut Vec<RecordingFault>) -> Vec<PathBuf> {
    let hidden =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let read = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, io::Error>>());
    match read {
        Ok(mut paths) => {
            paths.retain(|path| !hidden(path));
            paths.sort();
            paths
        }
        Err(fault) => {
            faults.push(RecordingFault { path: folder.to_owned(), why: fault.into() });
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests;
