//! The data folder: the store, the key, and nothing that another program writes.

use crate::{address::Address, fault::Faults, secret};
use std::{
    fs::{self, DirBuilder},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// The store's file in the data folder.
pub const STORE: &str = "anteroom.db";

/// The folder, made for its owner only when it is not there.
pub fn folder(dir: &Path) -> Result<(), Faults> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|error| Faults::at(dir, error))
}

/// The store's file.
pub fn store_file(dir: &Path) -> PathBuf {
    dir.join(STORE)
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
