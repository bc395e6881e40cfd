//! Where a store is: the one URL that chooses the engine.

use crate::fault::{Faults, chain};
use domain::pii::Pii;
use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{
    Migrated, Store, StoreError,
    moving::{Source, Target},
};
use store_postgres::PostgresStore;
use store_sqlite::SqliteStore;

/// What a URL of a store looks like.
pub const WANTS: &str = "sqlite:PATH, or postgres://USER@HOST:PORT,HOST:PORT/DATABASE with one host or several, of which one writes";

/// Where a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// In a file.
    Sqlite(PathBuf),
    /// In a database.
    Postgres(Server),
}

/// A database, and how to get at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Whole; there may be a password in it.
    url: Pii<String>,
    /// In place of one in the URL.
    password: Option<Pii<String>>,
    /// The hosts and the database, as they may be printed.
    said: String,
}

/// What to do about a schema that an older version of the program left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldSchema {
    /// Bring it up to date.
    Migrate,
    /// Refuse it; `anteroom migrate` is for whoever is allowed to change it.
    Refuse,
}

impl Address {
    /// Reads a URL; a path in it is as it stands.
    ///
    /// # Errors
    /// What is wrong with it, without what it says: there may be a password in it.
    pub fn parse(url: &str) -> Result<Self, String> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return Err("a path is missing behind sqlite:".to_owned());
            }
            return Ok(Self::Sqlite(path.into()));
        }
        let scheme = url.split("://").next().unwrap_or_default();
        if !["postgres", "postgresql"].contains(&scheme) {
            return Err(WANTS.to_owned());
        }
        let said = store_postgres::said(url).map_err(|error| error.to_string())?;
        Ok(Self::Postgres(Server { url: Pii::new(url.to_owned()), password: None, said }))
    }

    /// A path that is relative, from this folder on.
    pub fn beside(self, folder: &Path) -> Self {
        match self {
            Self::Sqlite(path) => Self::Sqlite(folder.join(path)),
            server @ Self::Postgres(_) => server,
        }
    }

    /// The same with a password; a file has none.
    pub fn with_password(self, password: Option<Pii<String>>) -> Self {
        match self {
            Self::Postgres(server) => Self::Postgres(Server { password, ..server }),
            file @ Self::Sqlite(_) => file,
        }
    }

    /// Opens the store for writing. A file is made when there is none.
    pub async fn open(&self, old: OldSchema) -> Result<Arc<dyn Store>, Faults> {
        let migrate = old == OldSchema::Migrate;
        let opened: Result<Arc<dyn Store>, StoreError> = match self {
            Self::Sqlite(path) => {
                let options = store_sqlite::Options { migrate, ..store_sqlite::Options::default() };
                SqliteStore::open(path, options).await.map(|store| Arc::new(store) as _)
            }
            Self::Postgres(server) => {
                let options = store_postgres::Options { migrate, ..server.options() };
                PostgresStore::open(server.url.reveal(), options).await.map(|store| Arc::new(store) as _)
            }
        };
        opened.map_err(|error| self.fault(&error))
    }

    /// Opens a store that is there, for reading only.
    pub async fn look(&self) -> Result<Arc<dyn Store>, Faults> {
        self.expect()?;
        let opened: Result<Arc<dyn Store>, StoreError> = match self {
            Self::Sqlite(path) => SqliteStore::open_read_only(path, store_sqlite::Options::default())
                .await
                .map(|store| Arc::new(store) as _),
            Self::Postgres(server) => PostgresStore::open_read_only(server.url.reveal(), server.options())
                .await
                .map(|store| Arc::new(store) as _),
        };
        opened.map_err(|error| self.fault(&error))
    }

    /// Brings the schema up to date; makes a store where there is none.
    pub async fn migrate(&self) -> Result<Migrated, Faults> {
        let migrated = match self {
            Self::Sqlite(path) => SqliteStore::migrate(path, store_sqlite::Options::default()).await,
            Self::Postgres(server) => PostgresStore::migrate(server.url.reveal(), server.options()).await,
        };
        migrated.map_err(|error| self.fault(&error))
    }

    /// The store as of now, to be moved into another.
    pub async fn source(&self) -> Result<Box<dyn Source>, Faults> {
        self.expect()?;
        let source = match self {
            Self::Sqlite(path) => SqliteStore::source(path, store_sqlite::Options::default()).await,
            Self::Postgres(server) => PostgresStore::source(server.url.reveal(), server.options()).await,
        };
        source.map_err(|error| self.fault(&error))
    }

    /// A store with nothing in it, to be filled. A file is made when there is none.
    pub async fn target(&self) -> Result<Box<dyn Target>, Faults> {
        let target = match self {
            Self::Sqlite(path) => SqliteStore::target(path, store_sqlite::Options::default()).await,
            Self::Postgres(server) => PostgresStore::target(server.url.reveal(), server.options()).await,
        };
        target.map_err(|error| self.fault(&error))
    }

    /// Refuses a file that is not there; whether a database is there is its server's to say.
    pub fn expect(&self) -> Result<(), Faults> {
        match self {
            Self::Sqlite(path) if !path.is_file() => Err(Faults::at(path, "there is no store here")),
            _ => Ok(()),
        }
    }

    /// What went wrong here.
    fn fault(&self, error: &dyn std::error::Error) -> Faults {
        Faults::one(format!("{self}: {}", chain(error)))
    }
}

impl Server {
    fn options(&self) -> store_postgres::Options {
        store_postgres::Options { password: self.password.clone(), ..store_postgres::Options::default() }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(server) => f.write_str(&server.said),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_url_chooses_the_engine() {
        for url in ["sqlite:data/a.db", "sqlite://data/a.db"] {
            let address = Address::parse(url).unwrap();
            assert_eq!(address, Address::Sqlite("data/a.db".into()));
            assert_eq!(address.beside(Path::new("/srv")), Address::Sqlite("/srv/data/a.db".into()));
        }
        assert_eq!(Address::parse("sqlite:///a.db"), Ok(Address::Sqlite("/a.db".into())));
        let address = Address::parse("postgres://ann:hush@one:5432,two:5432/anteroom").unwrap();
        assert_eq!(address.to_string(), "postgres://one:5432,two:5432/anteroom");
        let address = address.with_password(Some("hush".into()));
        assert!(!format!("{address:?}").contains("hush"));
    }

    #[test]
    fn what_is_no_url_of_a_store_is_told_without_repeating_it() {
        for bad in [
            "sqlite:",
            "sqlite://",
            "mysql://u:hush@h/d",
            "hush.db",
            "postgres://u:hush@a,,b/d",
            "postgres://u:hush@h:x/d",
        ] {
            let says = Address::parse(bad).unwrap_err();
            assert!(!says.is_empty() && !says.contains("hush"), "{bad}: {says}");
        }
    }
}
