//! The data folder: the store, the key, and nothing that another program writes.

use crate::{address::Address, fault::Faults, secret};
use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// The store's file in the data folder.
pub const STORE: &str = "anteroom.db";

/// The folder, made for its owner only when it is not there.
pub fn folder(dir: &Path) -> Result<(), Faults> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|error| Faults::at(dir, error))
}

/// Locked in the data folder while a server runs on it.
const SERVING: &str = "serving.lock";

/// Says that a server runs on the folder, for as long as this is kept. Several may: that is no harm to the data.
pub fn serving(dir: &Path) -> Result<File, Faults> {
    let (path, file) = lock(dir)?;
    file.try_lock_shared().map_err(|_| Faults::at(&path, "a backup is being restored into this folder"))?;
    Ok(file)
}

/// Makes sure that no server runs on the folder, and that none starts, for as long as this is kept.
pub fn alone(dir: &Path) -> Result<File, Faults> {
    let (path, file) = lock(dir)?;
    file.try_lock().map_err(|_| Faults::at(&path, "a server is running on this folder; stop it first"))?;
    Ok(file)
}

fn lock(dir: &Path) -> Result<(PathBuf, File), Faults> {
    let path = dir.join(SERVING);
    let file = OpenOptions::new().create(true).append(true).mode(0o600).open(&path);
    file.map(|file| (path.clone(), file)).map_err(|error| Faults::at(&path, error))
}

/// The store's file.
pub fn store_file(dir: &Path) -> PathBuf {
    dir.join(STORE)
}

/// The folder of recordings: the operator's own, or one in the data folder.
pub fn recordings(dir: &Path, own: Option<PathBuf>) -> PathBuf {
    own.unwrap_or_else(|| dir.join("recordings"))
}

/// The store in the folder.
pub fn store(dir: &Path) -> Address {
    Address::Sqlite(store_file(dir))
}

/// What others could read though they must not: the key in the folder, and the store when it is a file.
pub fn open_to_others(dir: &Path, store: &Address) -> Vec<String> {
    let file = match store {
        Address::Sqlite(path) => Some(path.clone()),
        Address::Postgres(_) => None,
    };
    file.into_iter()
        .chain([dir.join(secret::FILE)])
        .filter_map(|path| {
            let mode = fs::metadata(&path).ok()?.permissions().mode();
            (mode & 0o077 != 0).then(|| format!("{}: others can read this; chmod 600 it", path.display()))
        })
        .collect()
}
