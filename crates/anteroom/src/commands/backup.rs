//! `anteroom backup` and `anteroom restore`: the store, the key and the recordings, together, in a folder.
//!
//! A folder that is being made has another name until it is whole, so that half a backup is never taken for one.

mod tapes;

use crate::{
    address::Address,
    args::{Backup, Kept, Restore},
    data,
    fault::Faults,
    say, secret,
};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{Store, chain::Verified};
use store_sqlite::{Options, SqliteStore};
use tapes::Tapes;

/// What a backup says of itself; written last.
const LABEL: &str = "backup.json";

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    /// The program that made it.
    program: String,
    /// The schema of its store.
    schema: i64,
    /// How many entries its journal has.
    entries: u64,
    /// The hash of the last.
    last_hash: String,
    /// The recordings of calls.
    #[serde(default)]
    recordings: Tapes,
}

/// Makes a backup of a store that may be in use.
pub async fn backup(args: &Backup) -> Result<(), Faults> {
    let Kept { data, store, recordings } = args.of.read()?;
    let from = file(&store.at)?;
    store.at.expect()?;
    let key = secret::read(&data.join(secret::FILE))?;
    let to = &args.to;
    if fs::symlink_metadata(to).is_ok() {
        return Err(Faults::at(to, "this is there already; a backup overwrites nothing"));
    }
    let making = beside(to, "unfinished")?;
    fs::DirBuilder::new()
        .mode(0o700)
        .create(&making)
        .map_err(|error| Faults::at(&making, format!("a folder cannot be made here: {error}")))?;
    let made = fill((from, &recordings), &making, &key).await;
    let label = match made {
        Ok(label) => label,
        Err(faults) => {
            // What was made of it is worth nothing.
            drop(fs::remove_dir_all(&making));
            return Err(faults);
        }
    };
    fs::rename(&making, to).map_err(|error| Faults::at(to, error))?;
    sync(&parent(to))?;
    say::line(format!(
        "{}: store, key and {} recordings; {} journal entries, last hash {}",
        to.display(),
        label.recordings.len(),
        label.entries,
        label.last_hash
    ));
    say::line("it opens every inquiry: keep it as private as the data folder");
    Ok(())
}

async fn fill((from, tapes): (&Path, &Path), folder: &Path, key: &[u8; 32]) -> Result<Label, Faults> {
    let copy = data::store_file(folder);
    SqliteStore::back_up(from, &copy, Options::default())
        .await
        .map_err(|error| Faults::at(from, crate::fault::chain(&error)))?;
    let verified = proved(&copy).await?;
    write(&folder.join(secret::FILE), key)?;
    let known = look(&copy).await?;
    let kept = tapes::keep(tapes, &folder.join(tapes::FOLDER), &*known).await;
    known.close().await;
    let label = Label {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: store_sqlite::SCHEMA,
        entries: verified.whole,
        last_hash: verified.hash,
        recordings: kept?,
    };
    let text = serde_json::to_vec_pretty(&label).map_err(|error| Faults::of(&error))?;
    write(&folder.join(LABEL), &text)?;
    sync(folder)?;
    Ok(label)
}

/// Puts a backup into a data folder that has neither store nor key.
pub async fn restore(args: &Restore) -> Result<(), Faults> {
    let Kept { data, store, recordings } = args.into.read()?;
    let to = file(&store.at)?;
    let from = &args.from;
    let path = from.join(LABEL);
    let text = fs::read(&path)
        .map_err(|error| Faults::at(&path, format!("this is no whole backup of Anteroom's: {error}")))?;
    let label: Label = serde_json::from_slice(&text).map_err(|error| Faults::at(&path, error))?;
    let key = secret::read(&from.join(secret::FILE))?;
    let copy = data::store_file(from);
    let verified = proved(&copy).await?;
    if (verified.whole, &verified.hash) != (label.entries, &label.last_hash) {
        return Err(Faults::at(&copy, "its journal is not the one that the backup was labelled with"));
    }
    let tapes = from.join(tapes::FOLDER);
    let known = look(&copy).await?;
    let proven = tapes::prove(&tapes, &label.recordings, &*known).await;
    known.close().await;
    proven?;
    data::folder(&data)?;
    let _alone = data::alone(&data)?;
    let taken = data.join(secret::FILE);
    for path in [to.to_owned(), ending(to, "-wal"), ending(to, "-shm"), taken.clone()] {
        if fs::symlink_metadata(&path).is_ok() {
            return Err(Faults::at(&path, "this is there already; restore into an empty data folder"));
        }
    }
    tapes::room_for(&recordings, &label.recordings)?;
    // Under another name first: what was cut off in the middle is not taken for a store.
    let making = ending(to, ".unfinished");
    drop(fs::remove_file(&making));
    let placed = place(&copy, &making, &label).await;
    if let Err(faults) = placed {
        drop(fs::remove_file(&making));
        return Err(faults);
    }
    tapes::put_back(&tapes, &recordings, &label.recordings)?;
    write(&taken, &key)?;
    fs::rename(&making, to).map_err(|error| Faults::at(to, error))?;
    sync(&parent(to))?;
    sync(&data)?;
    say::line(format!(
        "{}: restored, {} journal entries, last hash {}, {} recordings",
        store.at,
        label.entries,
        label.last_hash,
        label.recordings.len()
    ));
    Ok(())
}

/// The store of a file, to be looked at.
async fn look(path: &Path) -> Result<Arc<dyn Store>, Faults> {
    Address::Sqlite(path.to_owned()).look().await
}

/// Copies the store and proves the copy.
async fn place(from: &Path, to: &Path, label: &Label) -> Result<(), Faults> {
    let mut source = File::open(from).map_err(|error| Faults::at(from, error))?;
    let copied = private(to).and_then(|mut target| {
        io::copy(&mut source, &mut target)?;
        target.sync_all()
    });
    copied.map_err(|error| Faults::at(to, error))?;
    let verified = proved(to).await?;
    if (verified.whole, &verified.hash) == (label.entries, &label.last_hash) {
        Ok(())
    } else {
        Err(Faults::at(to, "what was written reads otherwise than the backup"))
    }
}

/// Proves the journal of a file, and that it holds what must always hold.
async fn proved(path: &Path) -> Result<Verified, Faults> {
    let store = look(path).await?;
    let (verified, broken) = (store.verify_journal().await, store.check().await);
    store.close().await;
    let verified = verified?;
    if let Some(seq) = verified.broken {
        let says = format!("journal entry {} does not follow from the one before", seq.0);
        return Err(Faults::at(path, says));
    }
    // Told, and kept all the same: a backup of a store that needs mending is better than none.
    for broken in broken? {
        say::line(format!("look at {}: {broken}", path.display()));
    }
    Ok(verified)
}

fn file(at: &Address) -> Result<&Path, Faults> {
    match at {
        Address::Sqlite(path) => Ok(path),
        Address::Postgres(_) => Err(Faults::one(format!(
            "{at}: a database is backed up and restored by PostgreSQL's own tools, and secret.key with it \
             (docs/operations.md, \"Backups\")"
        ))),
    }
}

/// A new file for its owner only, whole on the disk.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Faults> {
    let written = private(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|error| Faults::at(path, error))
}

fn private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Makes the names in a folder durable.
fn sync(folder: &Path) -> Result<(), Faults> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| Faults::at(folder, error))
}

fn parent(path: &Path) -> PathBuf {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

fn ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn beside(path: &Path, word: &str) -> Result<PathBuf, Faults> {
    let name = path.file_name().ok_or_else(|| Faults::at(path, "name the folder that is to be made"))?;
    let name = format!(".{}.{word}", name.to_string_lossy());
    Ok(parent(path).join(name))
}
