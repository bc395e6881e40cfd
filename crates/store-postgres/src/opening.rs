//! The ways to open a database.

use crate::{
    Options, PostgresStore, again::again, group::Group, hosts, link::Link, listen, migrate, moving,
    reads::single::Singles,
};
use std::sync::{Arc, Mutex, PoisonError};
use store::{
    Migrated, Store, StoreError,
    moving::{MoveError, Source, Target},
};

impl PostgresStore {
    /// Opens a database, and brings its schema up to date unless the options say otherwise. The URL may name several hosts, of which one writes:
    /// `postgres://USER@ONE:5432,TWO:5432/DATABASE?sslmode=verify-full`. It is found, and followed when another takes its place.
    ///
    /// Connections must reach PostgreSQL itself: LISTEN and advisory locks do not pass a pooler that shares connections
    /// between transactions.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when a newer program wrote it; [`StoreError::Older`] when it is not to be brought up to
    /// date; [`StoreError::Engine`] with [`crate::UrlError`], with [`crate::NoPrimary`], or with what the server said.
    pub async fn open(url: &str, options: Options) -> Result<Self, StoreError> {
        let mut store = Self::on(url, options, false).await?;
        if store.link.options.migrate {
            again!(&store.link, "migrate", migrate::migrate(&store.link.writers))?;
        } else {
            again!(&store.link, "version", migrate::expect_current(&store.link.writers))?;
        }
        let end = store.journal_end().await?;
        let (signals, _) = store::signal(end);
        *store.signals.lock().unwrap_or_else(PoisonError::into_inner) = Some(signals);
        tokio::spawn(listen::listen(Arc::clone(&store.link), Arc::downgrade(&store.signals)));
        store.group = Some(Group::begin(Arc::clone(&store.link)));
        Ok(store)
    }

    /// Opens a database for reading only, on any host that answers, a standby too. Whatever would write answers
    /// [`StoreError::ReadOnly`], and the signal stays silent.
    ///
    /// # Errors
    /// [`StoreError::Newer`] and [`StoreError::Older`] when another version of the program wrote it;
    /// [`StoreError::Engine`].
    pub async fn open_read_only(url: &str, options: Options) -> Result<Self, StoreError> {
        let store = Self::on(url, options, true).await?;
        again!(&store.link, "version", migrate::expect_current(&store.link.readers))?;
        let (signals, _) = store::signal(store.journal_end().await?);
        *store.signals.lock().unwrap_or_else(PoisonError::into_inner) = Some(signals);
        Ok(store)
    }

    /// Brings a database's schema up to date, and does nothing else.
    ///
    /// # Errors
    /// As [`PostgresStore::open`].
    pub async fn migrate(url: &str, options: Options) -> Result<Migrated, StoreError> {
        let store = Self::on(url, options, false).await?;
        let migrated = again!(&store.link, "migrate", migrate::migrate(&store.link.writers));
        store.close().await;
        Ok(migrated?)
    }

    /// A database as of now, to be moved into another store; on a standby too.
    ///
    /// # Errors
    /// As [`PostgresStore::open_read_only`].
    pub async fn source(url: &str, options: Options) -> Result<Box<dyn Source>, StoreError> {
        let hosts = hosts::hosts(url, options.password.as_ref())?;
        moving::source(Link::new(hosts, options, true).await?).await
    }

    /// A database that has nothing in it, to be filled.
    ///
    /// # Errors
    /// [`MoveError::NotEmpty`]; as [`PostgresStore::open`].
    pub async fn target(url: &str, options: Options) -> Result<Box<dyn Target>, MoveError> {
        let hosts = hosts::hosts(url, options.password.as_ref())?;
        moving::target(Link::new(hosts, options, false).await?).await
    }

    async fn on(url: &str, options: Options, read_only: bool) -> Result<Self, StoreError> {
        let link = Link::new(hosts::hosts(url, options.password.as_ref())?, options, read_only).await?;
        let link = Arc::new(link);
        let singles = Singles::begin(&link);
        Ok(Self { link, read_only, signals: Arc::new(Mutex::new(None)), group: None, singles })
    }
}
