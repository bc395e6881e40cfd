//! Moving an agency out of a file, or into a new one.

use crate::{
    Options,
    convert::{count, engine, int, word},
    open, verify,
};
use async_trait::async_trait;
use domain::journal::Seq;
use sqlx::{
    AssertSqlSafe, QueryBuilder, Row as _, Sqlite, SqliteConnection, SqlitePool, query_builder::Separated,
    sqlite::SqliteRow,
};
use std::path::Path;
use store::{
    StoreError,
    chain::Verified,
    moving::{End, Kind, MoveError, Part, Row, Source, Target, Value},
};

/// A file as of one moment.
struct Moment {
    held: SqliteConnection,
    /// For a look at what is now; the file alone has that when it is being filled.
    now: Option<SqlitePool>,
}

/// A file that is there, as of now.
///
/// # Errors
/// As [`crate::SqliteStore::open_read_only`].
pub(crate) async fn source(path: &Path, options: &Options) -> Result<Box<dyn Source>, StoreError> {
    let now = open::read_only(path, options).await?;
    let mut held = now.acquire().await.map_err(engine)?.detach();
    // The moment is that of the first look.
    sqlx::query("BEGIN").execute(&mut held).await.map_err(engine)?;
    end(&mut held).await?;
    Ok(Box::new(Moment { held, now: Some(now) }))
}

/// A file that is made, or has nothing in it.
///
/// # Errors
/// [`MoveError::NotEmpty`]; as [`crate::SqliteStore::open`].
pub(crate) async fn target(path: &Path, options: &Options) -> Result<Box<dyn Target>, MoveError> {
    let (mut held, _) = open::writer(path, options).await.map_err(StoreError::from)?;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut held).await.map_err(engine)?;
    for part in Part::ALL {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", part.name());
        let some: bool = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut held).await.map_err(engine)?;
        if some {
            return Err(MoveError::NotEmpty(part));
        }
    }
    Ok(Box::new(Moment { held, now: None }))
}

async fn end(conn: &mut SqliteConnection) -> Result<End, StoreError> {
    let (seq, hash): (i64, String) =
        sqlx::query_as("SELECT seq, hash FROM journal_end").fetch_one(conn).await.map_err(engine)?;
    Ok(End { seq: Seq(count(seq)), hash })
}

/// How a column is read. A session's member of staff stands in its document only.
fn reading(part: Part, column: &'static str) -> &'static str {
    if (part, column) == (Part::Session, "staff") { "json_extract(doc, '$.staff')" } else { column }
}

/// Whether a column is there to be written.
fn is_kept(part: Part, column: &str) -> bool {
    (part, column) != (Part::Session, "staff")
}

/// Binds a value as its column keeps it: identifiers as texts, yes and no as 1 and 0, and an entry about no inquiry with
/// an empty text.
fn bind(values: &mut Separated<'_, Sqlite, &str>, part: Part, column: &str, value: &Value) {
    match value {
        Value::Nothing if (part, column) == (Part::Journal, "inquiry") => values.push_bind(String::new()),
        Value::Nothing => values.push_bind(None::<i64>),
        Value::Number(n) | Value::Time(n) => values.push_bind(*n),
        Value::Flag(flag) => values.push_bind(i64::from(*flag)),
        Value::Text(text) => values.push_bind(text.clone()),
        Value::Id(id) => values.push_bind(id.to_string()),
    };
}

/// A row's values.
fn read(part: Part, row: &SqliteRow) -> Result<Row, StoreError> {
    let value = |(at, (_, kind)): (usize, &(&str, Kind))| {
        Ok(match kind {
            Kind::Number => number(row, at)?.map(Value::Number),
            Kind::Time => number(row, at)?.map(Value::Time),
            Kind::Flag => number(row, at)?.map(|flag| Value::Flag(flag != 0)),
            Kind::Text | Kind::Doc => text(row, at)?.map(Value::Text),
            Kind::Id => match text(row, at)?.filter(|id| !id.is_empty()) {
                Some(id) => Some(Value::Id(word(&id)?)),
                None => None,
            },
        }
        .unwrap_or(Value::Nothing))
    };
    part.columns().iter().enumerate().map(value).collect()
}

fn number(row: &SqliteRow, at: usize) -> Result<Option<i64>, StoreError> {
    row.try_get(at).map_err(engine)
}

fn text(row: &SqliteRow, at: usize) -> Result<Option<String>, StoreError> {
    row.try_get(at).map_err(engine)
}

#[async_trait]
impl Source for Moment {
    async fn page(&mut self, part: Part, after: Option<&Row>, limit: u32) -> Result<Vec<Row>, StoreError> {
        let columns = part.columns();
        let names: Vec<&str> = columns.iter().map(|(name, _)| reading(part, name)).collect();
        let keys: Vec<&str> = columns.iter().take(part.keys()).map(|(name, _)| *name).collect();
        let keys = keys.join(", ");
        let mut sql: QueryBuilder<Sqlite> =
            QueryBuilder::new(format!("SELECT {} FROM {}", names.join(", "), part.name()));
        if let Some(after) = after {
            sql.push(format!(" WHERE ({keys}) > ("));
            let mut values = sql.separated(", ");
            for ((column, _), value) in columns.iter().zip(after).take(part.keys()) {
                bind(&mut values, part, column, value);
            }
            sql.push(")");
        }
        sql.push(format!(" ORDER BY {keys} LIMIT {limit}"));
        let rows = sql.build().fetch_all(&mut self.held).await.map_err(engine)?;
        rows.iter().map(|row| read(part, row)).collect()
    }

    async fn end(&mut self) -> Result<End, StoreError> {
        end(&mut self.held).await
    }

    async fn end_now(&mut self) -> Result<End, StoreError> {
        match &self.now {
            Some(now) => end(&mut *now.acquire().await.map_err(engine)?).await,
            None => end(&mut self.held).await,
        }
    }

    async fn close(self: Box<Self>) {
        let Self { held, now } = *self;
        // What was held for reading has nothing to lose.
        drop(sqlx::Connection::close(held).await);
        if let Some(now) = now {
            now.close().await;
        }
    }
}

#[async_trait]
impl Target for Moment {
    async fn put(&mut self, part: Part, rows: &[Row]) -> Result<(), StoreError> {
        let kept: Vec<usize> =
            (0..part.columns().len()).filter(|at| is_kept(part, part.columns()[*at].0)).collect();
        let names: Vec<&str> = kept.iter().map(|at| part.columns()[*at].0).collect();
        let mut sql: QueryBuilder<Sqlite> =
            QueryBuilder::new(format!("INSERT INTO {} ({}) ", part.name(), names.join(", ")));
        sql.push_values(rows, |mut values, row| {
            for at in &kept {
                bind(&mut values, part, part.columns()[*at].0, &row[*at]);
            }
        });
        sql.build().execute(&mut self.held).await.map(drop).map_err(engine)
    }

    async fn seal(&mut self, end: &End) -> Result<(), StoreError> {
        // Jobs are numbered behind the highest that was written, by AUTOINCREMENT itself.
        sqlx::query("UPDATE journal_end SET seq = ?1, hash = ?2")
            .bind(int(end.seq.0))
            .bind(&end.hash)
            .execute(&mut self.held)
            .await
            .map(drop)
            .map_err(engine)
    }

    async fn verify(&mut self) -> Result<Verified, StoreError> {
        Ok(verify::verify(&mut self.held).await?)
    }

    async fn keep(self: Box<Self>) -> Result<(), StoreError> {
        let mut held = self.held;
        sqlx::query("COMMIT").execute(&mut held).await.map_err(engine)?;
        sqlx::Connection::close(held).await.map_err(engine)
    }
}
