//! The data folder: the store, the key, and nothing that another program writes.

use crate::{fault::Faults, secret};
use std::{
    fs::{self, DirBuilder},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};
use store_sqlite::{Options, SqliteStore};

/// The store's file in the data folder.
pub const STORE: &str = "anteroom.db";

/// The folder, made for its owner only when it is not there.
pub fn folder(dir: &Path) -> Result<(), Faults> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|error| Faults::at(dir, error))
}

/// Opens the store for writing; makes it when there is none.
pub async fn open(dir: &Path) -> Result<SqliteStore, Faults> {
    folder(dir)?;
    let path = store_file(dir);
    SqliteStore::open(&path, Options::default())
        .await
        .map_err(|error| Faults::at(&path, crate::fault::chain(&error)))
}

/// Opens a store that is there, for reading only.
pub async fn look(dir: &Path) -> Result<SqliteStore, Faults> {
    let path = store_file(dir);
    if !path.is_file() {
        return Err(Faults::at(&path, "there is no store here"));
    }
    SqliteStore::open_read_only(&path, Options::default())
        .await
        .map_err(|error| Faults::at(&path, crate::fault::chain(&error)))
}

/// The store's file.
pub fn store_file(dir: &Path) -> PathBuf {
    dir.join(STORE)
}

/// What others could read in the folder though they must not.
pub fn open_to_others(dir: &Path) -> Vec<String> {
    [store_file(dir), dir.join(secret::FILE)]
        .iter()
        .filter_map(|path| {
            let mode = fs::metadata(path).ok()?.permissions().mode();
            (mode & 0o077 != 0).then(|| format!("{}: others can read this; chmod 600 it", path.display()))
        })
        .collect()
}
