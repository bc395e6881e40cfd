//! The recordings of a backup: those that its store knows, and no other.
//!
//! They are copied after the store: what the store of that moment knows was written by then, and what was deleted between the two
//! is not there any more, so nothing comes back that was erased.

use crate::fault::Faults;
use domain::recording::Tape;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, DirBuilder, File},
    io::{self, ErrorKind, Read, Write},
    os::unix::fs::DirBuilderExt,
    path::Path,
};
use store::Store;

/// Their folder in a backup.
pub const FOLDER: &str = "recordings";
/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// The files of a backup, each with the SHA-256 of what is in it.
pub type Tapes = BTreeMap<String, String>;

/// Copies every recording that this store knows from one folder into another. A call that goes on keeps its recording to itself.
pub async fn keep(from: &Path, to: &Path, store: &dyn Store) -> Result<Tapes, Faults> {
    let mut kept = Tapes::new();
    let files = match fs::read_dir(from) {
        Ok(files) => files,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(kept),
        Err(error) => return Err(Faults::at(from, error)),
    };
    for file in files {
        let file = file.map_err(|error| Faults::at(from, error))?;
        let name = file.file_name().to_string_lossy().into_owned();
        if !is_known(&name, store).await? {
            continue;
        }
        if kept.is_empty() {
            folder(to)?;
        }
        let target = to.join(&name);
        match copy(&file.path(), &target) {
            Ok(hash) => drop(kept.insert(name, hash)),
            // It was deleted this moment.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(Faults::at(&target, error)),
        }
    }
    if !kept.is_empty() {
        super::sync(to)?;
    }
    Ok(kept)
}

/// Is it a recording that is over, of a call that the store knows and nobody refused?
async fn is_known(name: &str, store: &dyn Store) -> Result<bool, Faults> {
    let Some((call, nth)) = Tape::named(name) else { return Ok(false) };
    let record = store.call_record(call).await?;
    Ok(record.is_some_and(|record| {
        let over = record.recorded.iter().any(|one| one.nth == nth && one.until.is_some());
        over && record.refused_recording.is_none()
    }))
}

/// Proves that a backup's recordings are those that it was labelled with, and that its store knows them.
pub async fn prove(from: &Path, tapes: &Tapes, store: &dyn Store) -> Result<(), Faults> {
    for (name, hash) in tapes {
        let path = from.join(name);
        if !is_known(name, store).await? {
            return Err(Faults::at(&path, "the backup's store knows no such recording"));
        }
        if hash_of(&path).map_err(|error| Faults::at(&path, error))? != *hash {
            return Err(Faults::at(&path, "this is not what the backup was labelled with"));
        }
    }
    Ok(())
}

/// Nothing is overwritten: what is there already is the same, from a restoring that was cut off.
pub fn room_for(to: &Path, tapes: &Tapes) -> Result<(), Faults> {
    let files = match fs::read_dir(to) {
        Ok(files) => files,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Faults::at(to, error)),
    };
    for file in files {
        let path = file.map_err(|error| Faults::at(to, error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let same = tapes.get(&name).is_some_and(|hash| hash_of(&path).is_ok_and(|there| there == *hash));
        if !same && Tape::named(&name).is_some() {
            return Err(Faults::at(&path, "this is there already; restore where there are no recordings"));
        }
    }
    Ok(())
}

/// Puts them where the line looks for them.
pub fn put_back(from: &Path, to: &Path, tapes: &Tapes) -> Result<(), Faults> {
    if tapes.is_empty() {
        return Ok(());
    }
    folder(to)?;
    for (name, hash) in tapes {
        let target = to.join(name);
        if hash_of(&target).is_ok_and(|there| there == *hash) {
            continue;
        }
        // Under another name first: half a recording is none.
        let making = to.join(format!(".{name}.unfinished"));
        drop(fs::remove_file(&making));
        let copied = copy(&from.join(name), &making).map_err(|error| Faults::at(&making, error))?;
        if copied != *hash {
            return Err(Faults::at(&making, "what was written reads otherwise than the backup"));
        }
        fs::rename(&making, &target).map_err(|error| Faults::at(&target, error))?;
    }
    super::sync(to)
}

fn folder(at: &Path) -> Result<(), Faults> {
    DirBuilder::new().recursive(true).mode(0o700).create(at).map_err(|error| Faults::at(at, error))
}

/// Copies a file, and says what was in it.
fn copy(from: &Path, to: &Path) -> io::Result<String> {
    let mut source = File::open(from)?;
    let mut target = super::private(to)?;
    let hash = read(&mut source, |piece| target.write_all(piece))?;
    target.sync_all()?;
    Ok(hash)
}

fn hash_of(path: &Path) -> io::Result<String> {
    read(&mut File::open(path)?, |_| Ok(()))
}

fn read(source: &mut File, mut with: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<String> {
    let (mut hash, mut piece) = (Sha256::new(), vec![0; PIECE]);
    loop {
        let size = source.read(&mut piece)?;
        if size == 0 {
            return Ok(hex::encode(hash.finalize()));
        }
        hash.update(&piece[..size]);
        with(&piece[..size])?;
    }
}
