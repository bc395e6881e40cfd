//! The installation's own key, under which links are signed.

use crate::fault::Faults;
use desk::Links;
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};
use store::Store;

/// The file in the data folder.
pub const FILE: &str = "secret.key";

/// The key of a data folder; made from the operating system's chance when there is none yet.
///
/// Whoever has it can open every inquiry page, so others may not read it.
pub fn key(data: &Path) -> Result<[u8; 32], Faults> {
    let path = data.join(FILE);
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(mut file) => {
            let key = chance()?;
            let written = file.write_all(&key).and_then(|()| file.sync_all());
            written.map_err(|error| Faults::at(&path, error))?;
            Ok(key)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => read(&path),
        Err(error) => Err(Faults::at(&path, error)),
    }
}

/// The key of a data folder whose store is in use. None is made in its place: links that were sent would be dead, and
/// on a second node those that it sends.
pub fn kept(data: &Path) -> Result<[u8; 32], Faults> {
    let path = data.join(FILE);
    if path.exists() {
        return read(&path);
    }
    Err(Faults::at(
        &path,
        "the store is in use, and the key that its links are signed with is not here: copy it from another node or \
         put it back from a backup. If it is lost, put 32 random bytes in its place; every link that was sent is dead then",
    ))
}

/// Looks whether the newest link that somebody was sent is signed with this key.
pub async fn check(data: &Path, key: [u8; 32], store: &dyn Store) -> Result<(), Faults> {
    match desk::newest_is_ours(store, &Links::new(key)).await? {
        Some(false) => Err(Faults::at(
            &data.join(FILE),
            "the newest link that somebody was sent is signed with another key, and dead here: give every node the same \
             key (if the old one was lost, this ends with the next message)",
        )),
        _ => Ok(()),
    }
}

/// Reads a key that is there.
pub fn read(path: &Path) -> Result<[u8; 32], Faults> {
    let bytes = fs::read(path).map_err(|error| Faults::at(path, error))?;
    let mode = fs::metadata(path).map_err(|error| Faults::at(path, error))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(Faults::at(path, "others can read this key; chmod 600 it"));
    }
    bytes.try_into().map_err(|_| Faults::at(path, "this is not a key of 32 bytes; restore it from a backup"))
}

/// 32 bytes of the operating system's chance.
pub fn chance() -> Result<[u8; 32], Faults> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Faults::one(format!("the operating system gives no chance: {error}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_made_once_and_kept_from_others() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        let made = key(dir.path()).unwrap();
        assert_ne!(made, [0; 32]);
        assert_eq!(key(dir.path()).unwrap(), made);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);

        assert_eq!(kept(dir.path()).unwrap(), made);
        let elsewhere = tempfile::tempdir().unwrap();
        assert!(kept(elsewhere.path()).unwrap_err().to_string().contains("another node"));
        assert!(!elsewhere.path().join(FILE).exists());

        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(key(dir.path()).unwrap_err().to_string().contains("chmod 600"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, "short").unwrap();
        assert!(key(dir.path()).unwrap_err().to_string().contains("32 bytes"));
    }
}
