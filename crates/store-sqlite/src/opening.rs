//! The ways to open a file.

use crate::{Options, SqliteStore, convert, folding::Folding, moving, open, points::Points, reads, writer};
use std::{
    path::Path,
    sync::{Arc, Mutex},
};
use store::{
    Migrated, StoreError,
    moving::{MoveError, Source, Target},
};
use tokio::sync::mpsc;

impl SqliteStore {
    /// Opens a file for reading and writing. Unless the options say otherwise, it is made, readable by its owner only,
    /// when it is not there, and its schema is brought up to date.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when a newer program wrote it; [`StoreError::Older`] when it is not to be brought up to
    /// date; [`StoreError::Busy`] while another process keeps it locked; [`StoreError::Engine`].
    pub async fn open(path: impl AsRef<Path>, options: Options) -> Result<Self, StoreError> {
        let path = path.as_ref();
        // The schema first, by a connection of its own.
        let (conn, _) = open::writer(path, &options).await?;
        sqlx::Connection::close(conn).await.map_err(convert::engine)?;
        let conn = open::synchronous(path, &options).map_err(|error| convert::written(&Arc::new(error)))?;
        let folding = Folding::start(path, &options)?;
        let readers = open::readers(path, &options).await?;
        let end = reads::journal::end(&readers).await?;
        let (signals, _) = store::signal(end);
        let (writer, asks) = mpsc::channel(options.queue.max(1));
        let sender = signals.clone();
        std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || writer::run(conn, folding, asks, sender, options))
            .map_err(|error| StoreError::Engine(Box::new(error)))?;
        Ok(Self {
            readers,
            points: Points::new(path, &options),
            writer: Some(writer),
            patience: options.patience,
            signals: Mutex::new(Some(signals)),
        })
    }

    /// Makes a file where there is none, brings its schema up to date, and does nothing else.
    ///
    /// # Errors
    /// As [`SqliteStore::open`].
    pub async fn migrate(path: impl AsRef<Path>, options: Options) -> Result<Migrated, StoreError> {
        let options = Options { migrate: true, ..options };
        let (conn, migrated) = open::writer(path.as_ref(), &options).await?;
        sqlx::Connection::close(conn).await.map_err(convert::engine)?;
        Ok(migrated)
    }

    /// Opens a file that is there for reading only, also while another process writes it. Whatever would write
    /// answers [`StoreError::ReadOnly`], and the signal stays silent.
    ///
    /// # Errors
    /// [`StoreError::Newer`] and [`StoreError::Older`] when another version of the program wrote it;
    /// [`StoreError::Engine`], also when there is no such file.
    pub async fn open_read_only(path: impl AsRef<Path>, options: Options) -> Result<Self, StoreError> {
        let readers = open::read_only(path.as_ref(), &options).await?;
        let (signals, _) = store::signal(reads::journal::end(&readers).await?);
        Ok(Self {
            readers,
            points: Points::new(path.as_ref(), &options),
            writer: None,
            patience: options.patience,
            signals: Mutex::new(Some(signals)),
        })
    }

    /// A file as of now, to be moved into another store.
    ///
    /// # Errors
    /// As [`SqliteStore::open_read_only`].
    pub async fn source(path: impl AsRef<Path>, options: Options) -> Result<Box<dyn Source>, StoreError> {
        moving::source(path.as_ref(), &options).await
    }

    /// A file that is made, or that has nothing in it, to be filled.
    ///
    /// # Errors
    /// [`MoveError::NotEmpty`]; as [`SqliteStore::open`].
    pub async fn target(path: impl AsRef<Path>, options: Options) -> Result<Box<dyn Target>, MoveError> {
        moving::target(path.as_ref(), &options).await
    }

    /// Writes all that a file holds at this moment into a new one, readable by its owner only, while whoever writes the
    /// file goes on. The copy is whole and on the disk when this answers.
    ///
    /// # Errors
    /// As [`SqliteStore::open_read_only`]; [`StoreError::Engine`] when there is something at `to` already.
    pub async fn back_up(
        path: impl AsRef<Path>,
        to: impl AsRef<Path>,
        options: Options,
    ) -> Result<(), StoreError> {
        Ok(open::back_up(path.as_ref(), to.as_ref(), &options).await?)
    }
}
