//! Sounds on disk: one file each, written whole or not at all, and thrown away when it is not what was written.
//!
//! A file is a mark, the checksum of the samples, and the samples. Its name says nothing about the words but whether they
//! are the same. Several processes may share a folder: what one removes is merely missing to the others.

use super::{SoundKey, WordsKey};
use crate::said::Sound;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

const MARK: &[u8; 8] = b"anteroom";
const HEAD: usize = MARK.len() + 32;
const ENDING: &str = ".sound";

/// No file of ours is larger: ten minutes.
const FILE_MOST: u64 = HEAD as u64 + 2 * 8_000 * 600;

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the voice's cache {path} cannot be used")]
pub struct DiskFault {
    /// The folder.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub source: io::Error,
}

/// The folder.
#[derive(Debug)]
pub(crate) struct Disk {
    folder: PathBuf,
    most: u64,
    index: Mutex<Index>,
}

#[derive(Debug, Default)]
struct Index {
    bytes: u64,
    tick: u64,
    /// Size and last use by name; sorted, so that renderings of the same words are neighbours.
    files: BTreeMap<String, (u64, u64)>,
    order: BTreeMap<u64, String>,
}

impl Index {
    fn touch(&mut self, name: &str, size: u64) {
        self.remove(name);
        self.tick += 1;
        self.bytes += size;
        self.files.insert(name.to_owned(), (size, self.tick));
        self.order.insert(self.tick, name.to_owned());
    }

    fn remove(&mut self, name: &str) {
        if let Some((size, tick)) = self.files.remove(name) {
            self.bytes -= size;
            self.order.remove(&tick);
        }
    }
}

/// What was found under a name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Sound(Sound),
    Nothing,
    /// It was not what was written, and is gone.
    Corrupt,
}

impl Disk {
    /// Takes over what is there, the oldest to go first.
    pub(crate) fn open(folder: &Path, most: u64) -> Result<Self, DiskFault> {
        let fault = |source| DiskFault { path: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(fault)?;
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).map_err(fault)? {
            let entry = entry.map_err(fault)?;
            let (Ok(name), Ok(data)) = (entry.file_name().into_string(), entry.metadata()) else { continue };
            if name.starts_with(".new-") {
                // Left by a process that ended while it wrote.
                let _ = fs::remove_file(entry.path());
            } else if name.ends_with(ENDING) && data.is_file() {
                found.push((data.modified().ok(), name, data.len()));
            }
        }
        found.sort();
        let mut index = Index::default();
        for (_, name, size) in found {
            index.touch(&name, size);
        }
        let disk = Self { folder: folder.to_owned(), most, index: Mutex::new(index) };
        disk.shrink();
        // A folder that cannot be written to is told of now, not at the first call.
        tempfile::Builder::new().prefix(".new-").tempfile_in(folder).map_err(fault)?;
        Ok(disk)
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.index().bytes
    }

    pub(crate) fn get(&self, key: &SoundKey) -> Found {
        self.read(&format!("{}{ENDING}", key.name()))
    }

    /// Any rendering of these words.
    pub(crate) fn any(&self, words: WordsKey) -> Option<Sound> {
        let prefix = words.prefix();
        let names: Vec<String> = {
            let index = self.index();
            let from = index.files.range(prefix.clone()..).map(|(name, _)| name);
            from.take_while(|name| name.starts_with(&prefix)).cloned().collect()
        };
        names.iter().find_map(|name| match self.read(name) {
            Found::Sound(sound) => Some(sound),
            Found::Nothing | Found::Corrupt => None,
        })
    }

    /// Writes it beside its place and moves it there in one step.
    pub(crate) fn put(&self, key: &SoundKey, sound: &Sound) -> io::Result<()> {
        let name = format!("{}{ENDING}", key.name());
        let samples: Vec<u8> = sound.samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let mut content = Vec::with_capacity(HEAD + samples.len());
        content.extend_from_slice(MARK);
        content.extend_from_slice(&Sha256::digest(&samples));
        content.extend_from_slice(&samples);
        let size = content.len() as u64;
        if size > self.most.min(FILE_MOST) {
            return Ok(());
        }
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(&self.folder)?;
        io::Write::write_all(&mut file, &content)?;
        file.persist(self.folder.join(&name)).map_err(|fault| fault.error)?;
        self.index().touch(&name, size);
        self.shrink();
        Ok(())
    }

    fn read(&self, name: &str) -> Found {
        let path = self.folder.join(name);
        let size = match fs::metadata(&path) {
            Ok(data) if data.len() <= FILE_MOST => data.len(),
            Ok(_) => return self.throw_away(name),
            Err(_) => {
                self.index().remove(name);
                return Found::Nothing;
            }
        };
        let Ok(content) = fs::read(&path) else { return Found::Nothing };
        match parse(&content) {
            Some(sound) => {
                self.index().touch(name, size);
                Found::Sound(sound)
            }
            None => self.throw_away(name),
        }
    }

    fn throw_away(&self, name: &str) -> Found {
        let _ = fs::remove_file(self.folder.join(name));
        self.index().remove(name);
        Found::Corrupt
    }

    fn shrink(&self) {
        let mut index = self.index();
        while index.bytes > self.most {
            let Some(name) = index.order.values().next().cloned() else { return };
            // Gone already, or not ours to remove: it is not counted any more either way.
            let _ = fs::remove_file(self.folder.join(&name));
            index.remove(&name);
        }
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn parse(content: &[u8]) -> Option<Sound> {
    let (head, samples) = content.split_at_checked(HEAD)?;
    let (mark, sum) = head.split_at(MARK.len());
    let whole = mark == MARK && samples.len() % 2 == 0 && !samples.is_empty();
    (whole && sum == Sha256::digest(samples).as_slice()).then(|| Sound {
        samples: samples.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect(),
    })
}

#[cfg(test)]
mod tests;
