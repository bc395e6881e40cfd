//! Reads of a single record, done where they are asked for (decision 0012).
//!
//! They take some millionths of a second: handing each to another thread and waiting for its turn takes far longer. What reads
//! more than a record or a few goes through the pool, whose threads may take their time.

use crate::{
    convert::{Fault, maybe},
    open, sql,
};
use rusqlite::{Connection, Params};
use serde::de::DeserializeOwned;
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use store::StoreError;

/// How many connections are kept for the next reads: more do not read at once, since each reader is a thread that serves.
const KEPT: usize = 8;

/// Connections for reads of single records.
#[derive(Debug)]
pub(crate) struct Points {
    path: PathBuf,
    options: crate::Options,
    /// None once the store has closed.
    idle: Mutex<Option<Vec<Connection>>>,
}

impl Points {
    pub(crate) fn new(path: &Path, options: &crate::Options) -> Self {
        Self { path: path.to_owned(), options: *options, idle: Mutex::new(Some(Vec::new())) }
    }

    /// Reads with a connection of one's own.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        let idle = match &mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner) {
            None => return Err(StoreError::Closing.into()),
            Some(idle) => idle.pop(),
        };
        let conn = match idle {
            Some(conn) => conn,
            None => open::point(&self.path, &self.options)?,
        };
        let found = read(&conn)?;
        if let Some(idle) = &mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner)
            && idle.len() < KEPT
        {
            idle.push(conn);
        }
        Ok(found)
    }

    /// The one document that a query finds.
    pub(crate) fn doc<T: DeserializeOwned>(
        &self,
        record: &'static str,
        text: &str,
        params: impl Params,
    ) -> Result<Option<T>, StoreError> {
        let doc = self.read(|conn| Ok(sql::value(conn, text, params)?)).map_err(StoreError::from)?;
        maybe(record, doc)
    }

    /// Lets go of the file.
    pub(crate) fn close(&self) {
        drop(self.idle.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}
