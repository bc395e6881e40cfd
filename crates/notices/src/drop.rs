//! Messages as files in a directory.

use crate::{
    mailer::{Failure, MailerError, Outcome, Sent, Why},
    post::Post,
};
use std::{
    io::Write,
    path::{Path, PathBuf},
};
use tokio::fs;

/// A directory of files, `.eml` or `.txt`, named by notice and so in the order in which they were decided. The same notice
/// sent twice is one file.
#[derive(Debug)]
pub struct DropDir {
    dir: PathBuf,
}

impl DropDir {
    pub(crate) fn new(dir: PathBuf) -> Result<Self, MailerError> {
        std::fs::create_dir_all(&dir)
            .map_err(|source| MailerError::Directory { path: dir.clone(), source })?;
        Ok(Self { dir })
    }

    /// Where the files are.
    pub fn path(&self) -> &Path {
        &self.dir
    }

    pub(crate) async fn send(&self, post: &Post) -> Outcome {
        let name = format!("{}.eml", post.id());
        self.put(&name, post.bytes()).await
    }

    /// Puts a message into the file of this name.
    pub(crate) async fn put(&self, name: &str, bytes: &[u8]) -> Outcome {
        match self.write(name, bytes).await {
            Ok(()) => Outcome::Sent(Sent { receipt: name.to_owned() }),
            Err(_) => Outcome::Temporary(Failure { why: Why::Storage, code: None }),
        }
    }

    pub(crate) async fn check(&self) -> Result<(), Failure> {
        let fault = |_| Failure { why: Why::Storage, code: None };
        let probe = self.dir.join(".probe");
        fs::write(&probe, b"").await.map_err(fault)?;
        fs::remove_file(&probe).await.map_err(fault)
    }

    /// Durable before it is called sent: the file, then its name. In one go, on a thread that may wait.
    async fn write(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let (unfinished, finished) = (self.dir.join(format!(".{name}.part")), self.dir.join(name));
        let (dir, bytes) = (self.dir.clone(), bytes.to_vec());
        let written = tokio::task::spawn_blocking(move || {
            let mut file = std::fs::File::create(&unfinished)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            std::fs::rename(&unfinished, &finished)?;
            std::fs::File::open(&dir)?.sync_all()
        });
        written.await.unwrap_or_else(|broken| Err(std::io::Error::other(broken)))
    }
}
