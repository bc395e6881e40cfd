//! A pack's files in memory, wherever they came from: a folder, the binary, a test.

use crate::fault::{Fault, Place};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fmt, fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

/// The most files a pack may have.
pub const MAX_FILES: usize = 200;
/// The most bytes one file may have. The official ZIP table of USCIS has 6.3 MB.
pub const MAX_FILE_BYTES: usize = 8 * 1024 * 1024;
/// How deep folders may lie within a pack.
const MAX_DEPTH: usize = 4;

/// Why a folder cannot be read as a pack. What its files say is judged later, by `Pack::load`.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The operating system said no.
    #[error("{path} cannot be read: {source}")]
    Io {
        /// What was being read.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Too many files: this is probably not a pack's folder.
    #[error("{0} has more than {MAX_FILES} files; is it a pack's folder?")]
    TooMany(PathBuf),
    /// A file is too large.
    #[error("{0} has more than {MAX_FILE_BYTES} bytes")]
    TooLarge(PathBuf),
    /// Folders lie too deep.
    #[error("{0} lies deeper than {MAX_DEPTH} folders in the pack")]
    TooDeep(PathBuf),
    /// A link, a device or a name that is not UTF-8: a pack consists of plain files.
    #[error("{0} is not a plain file with a plain name; a pack has no links")]
    NotPlain(PathBuf),
}

/// The files of a pack: relative path (with `/`) to content. Copies share what they hold: packs are made of others all the time.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Files(BTreeMap<String, Arc<Vec<u8>>>);

impl Files {
    /// Reads every file below `dir`, within the bounds above. Names that begin with a dot are left out.
    pub fn read_dir(dir: &Path) -> Result<Self, ReadError> {
        let mut files = Self::default();
        files.read_below(dir, "", 0)?;
        Ok(files)
    }

    fn read_below(&mut self, dir: &Path, prefix: &str, depth: usize) -> Result<(), ReadError> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| ReadError::Io { path, source }
        };
        if depth > MAX_DEPTH {
            return Err(ReadError::TooDeep(dir.to_owned()));
        }
        for entry in fs::read_dir(dir).map_err(io(dir))? {
            let entry = entry.map_err(io(dir))?;
            let path = entry.path();
            let kind = entry.file_type().map_err(io(&path))?;
            let name = entry.file_name().into_string().map_err(|_| ReadError::NotPlain(path.clone()))?;
            if name.starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                self.read_below(&path, &format!("{prefix}{name}/"), depth + 1)?;
            } else if kind.is_file() {
                if self.0.len() == MAX_FILES {
                    return Err(ReadError::TooMany(dir.to_owned()));
                }
                let mut bytes = Vec::new();
                // One byte more than allowed is read, so that a file that grows meanwhile is still noticed.
                let limit = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX) + 1;
                fs::File::open(&path)
                    .and_then(|f| f.take(limit).read_to_end(&mut bytes))
                    .map_err(io(&path))?;
                if bytes.len() > MAX_FILE_BYTES {
                    return Err(ReadError::TooLarge(path));
                }
                self.0.insert(format!("{prefix}{name}"), Arc::new(bytes));
            } else {
                return Err(ReadError::NotPlain(path));
            }
        }
        Ok(())
    }

    /// One file's bytes (a logo, a font).
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(|bytes| bytes.as_slice())
    }

    /// One file as text: `None` when there is none, a fault when it is not UTF-8.
    pub(crate) fn text(&self, path: &str) -> Result<Option<&str>, Fault> {
        let Some(bytes) = self.0.get(path) else { return Ok(None) };
        // A byte order mark, as some spreadsheets write it, is not part of the text.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes.as_slice());
        std::str::from_utf8(bytes).map(Some).map_err(|e| {
            let line = bytes[..e.valid_up_to()].split(|b| *b == b'\n').count();
            Fault {
                at: Place::line(path, line),
                says: "this file must be UTF-8 text; save it as UTF-8".into(),
            }
        })
    }

    /// The paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Puts a file in, or another in its place.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), Arc::new(bytes.into()));
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) -> Option<Vec<u8>> {
        self.0.remove(path).map(Arc::unwrap_or_clone)
    }

    /// The faults of the files as such: too many, too large.
    pub(crate) fn bounds(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.0.len() > MAX_FILES {
            let says = format!("the pack has {} files; at most {MAX_FILES} are allowed", self.0.len());
            faults.push(Fault { at: Place::file("."), says });
        }
        for (path, bytes) in &self.0 {
            if bytes.len() > MAX_FILE_BYTES {
                let says =
                    format!("this file has {} bytes; at most {MAX_FILE_BYTES} are allowed", bytes.len());
                faults.push(Fault { at: Place::file(path), says });
            }
        }
        faults
    }

    /// SHA-256 over every path and content, each with its length before it, as 64 hex digits. Two packs have
    /// the same hash only when they are the same, file by file.
    pub fn hash(&self) -> String {
        let mut sha = Sha256::new();
        for (path, bytes) in &self.0 {
            for part in [path.as_bytes(), bytes.as_slice()] {
                sha.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
                sha.update(part);
            }
        }
        hex(&sha.finalize())
    }
}

/// SHA-256 of a text, as 64 hexadecimal digits.
pub fn text_hash(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Names and sizes only: a content would drown every message it appears in.
impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(path, bytes)| (path, bytes.len()))).finish()
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for Files {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        Self(files.into_iter().map(|(path, bytes)| (path.into(), Arc::new(bytes.into()))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_tells_a_moved_boundary() {
        let a = Files::from_iter([("ab", "c")]);
        let b = Files::from_iter([("a", "bc")]);
        assert_ne!(a.hash(), b.hash());
        assert_eq!(a.hash(), a.clone().hash());
        assert_eq!(a.hash().len(), 64);
    }

    #[test]
    fn reads_a_folder_and_leaves_hidden_files_out() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("policy")).unwrap();
        for (name, text) in [("pack.toml", "x"), ("policy/need.toml", "y"), (".hidden", "z")] {
            fs::write(dir.path().join(name), text).unwrap();
        }
        let files = Files::read_dir(dir.path()).unwrap();
        assert_eq!(files, Files::from_iter([("pack.toml", "x"), ("policy/need.toml", "y")]));
    }

    #[test]
    fn refuses_what_is_no_pack() {
        let dir = tempfile::tempdir().unwrap();
        let big = dir.path().join("zips.csv");
        fs::write(&big, vec![b' '; MAX_FILE_BYTES + 1]).unwrap();
        assert!(matches!(Files::read_dir(dir.path()), Err(ReadError::TooLarge(path)) if path == big));
        fs::remove_file(&big).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", dir.path().join("pack.toml")).unwrap();
        assert!(matches!(Files::read_dir(dir.path()), Err(ReadError::NotPlain(_))));
        assert!(matches!(Files::read_dir(&dir.path().join("nowhere")), Err(ReadError::Io { .. })));
    }

    #[test]
    fn text_that_is_not_utf8_is_named_with_its_line() {
        let files = Files::from_iter([("a.csv", b"ok\n\xff".as_slice()), ("b.csv", b"\xef\xbb\xbfcode")]);
        assert_eq!(files.text("a.csv").unwrap_err().at.to_string(), "a.csv:2");
        assert_eq!(files.text("b.csv").unwrap(), Some("code"));
        assert_eq!(files.text("none").unwrap(), None);
    }
}
