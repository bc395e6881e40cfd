//! Moving an agency out of a database, or into a new one.

use crate::{
    fault::engine,
    link::Link,
    migrate,
    time::Time,
    verify::{self, ONE_MOMENT},
};
use async_trait::async_trait;
use domain::journal::Seq;
use jiff::Timestamp;
use sqlx::{
    AssertSqlSafe, PgConnection, Postgres, QueryBuilder, Row as _, Transaction, postgres::PgRow,
    query_builder::Separated,
};
use store::{
    StoreError,
    chain::Verified,
    columns::{count, int},
    moving::{End, Kind, MoveError, Part, Row, Source, Target, Value},
};
use uuid::Uuid;

/// A database as of one moment, or while it is being filled.
struct Moment {
    held: Transaction<'static, Postgres>,
    link: Link,
}

/// The moment may be long, and between two pages the other store is waited for.
const PATIENT: &str = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";

/// A database that is there, as of now.
///
/// # Errors
/// As [`crate::PostgresStore::open_read_only`].
pub(crate) async fn source(link: Link) -> Result<Box<dyn Source>, StoreError> {
    migrate::expect_current(&link.readers).await?;
    let mut held = link.readers.begin_with(ONE_MOMENT).await.map_err(engine)?;
    sqlx::raw_sql(PATIENT).execute(&mut *held).await.map_err(engine)?;
    // The moment is that of the first look.
    end(&mut held).await?;
    Ok(Box::new(Moment { held, link }))
}

/// A database that has nothing in it.
///
/// # Errors
/// [`MoveError::NotEmpty`]; as [`crate::PostgresStore::open`].
pub(crate) async fn target(link: Link) -> Result<Box<dyn Target>, MoveError> {
    migrate::migrate(&link.writers).await.map_err(StoreError::from)?;
    let mut held = link.writers.begin().await.map_err(engine)?;
    sqlx::raw_sql(PATIENT).execute(&mut *held).await.map_err(engine)?;
    // A server that is started on it meanwhile waits with its first write.
    let tables = Part::ALL.map(Part::name).join(", ");
    sqlx::raw_sql(AssertSqlSafe(format!("LOCK TABLE {tables}, journal_end IN EXCLUSIVE MODE")))
        .execute(&mut *held)
        .await
        .map_err(engine)?;
    for part in Part::ALL {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", part.name());
        let some: bool =
            sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *held).await.map_err(engine)?;
        if some {
            return Err(MoveError::NotEmpty(part));
        }
    }
    Ok(Box::new(Moment { held, link }))
}

async fn end(conn: &mut PgConnection) -> Result<End, StoreError> {
    let (seq, hash): (i64, String) =
        sqlx::query_as("SELECT seq, hash FROM journal_end").fetch_one(conn).await.map_err(engine)?;
    Ok(End { seq: Seq(count(seq)), hash })
}

/// Binds a value with its column's type.
fn bind(values: &mut Separated<'_, Postgres, &str>, kind: Kind, value: &Value) -> Result<(), StoreError> {
    match (kind, value) {
        (Kind::Number, Value::Number(n)) => values.push_bind(*n),
        (Kind::Text, Value::Text(text)) => values.push_bind(text.clone()),
        (Kind::Doc, Value::Text(text)) => values.push_bind(text.clone()).push_unseparated("::json"),
        (Kind::Time, Value::Time(micros)) => values.push_bind(Time(
            Timestamp::from_microsecond(*micros).map_err(|error| StoreError::Engine(Box::new(error)))?,
        )),
        (Kind::Id, Value::Id(id)) => values.push_bind(*id),
        (Kind::Flag, Value::Flag(flag)) => values.push_bind(*flag),
        _ => values.push("NULL"),
    };
    Ok(())
}

/// A row's values.
fn read(part: Part, row: &PgRow) -> Result<Row, StoreError> {
    let value = |(at, (_, kind)): (usize, &(&str, Kind))| {
        Ok(match kind {
            Kind::Number => row.try_get::<Option<i64>, _>(at)?.map(Value::Number),
            Kind::Text | Kind::Doc => row.try_get::<Option<String>, _>(at)?.map(Value::Text),
            Kind::Time => row.try_get::<Option<Time>, _>(at)?.map(|at| Value::Time(at.0.as_microsecond())),
            Kind::Id => row.try_get::<Option<Uuid>, _>(at)?.map(Value::Id),
            Kind::Flag => row.try_get::<Option<bool>, _>(at)?.map(Value::Flag),
        }
        .unwrap_or(Value::Nothing))
    };
    part.columns().iter().enumerate().map(value).collect::<Result<_, _>>().map_err(engine)
}

#[async_trait]
impl Source for Moment {
    async fn page(&mut self, part: Part, after: Option<&Row>, limit: u32) -> Result<Vec<Row>, StoreError> {
        let columns = part.columns();
        let reading = |(name, kind): &(&str, Kind)| match kind {
            Kind::Doc => format!("{name}::text"),
            _ => (*name).to_owned(),
        };
        let names: Vec<String> = columns.iter().map(reading).collect();
        let keys: Vec<&str> = columns.iter().take(part.keys()).map(|(name, _)| *name).collect();
        let keys = keys.join(", ");
        let mut sql: QueryBuilder<Postgres> =
            QueryBuilder::new(format!("SELECT {} FROM {}", names.join(", "), part.name()));
        if let Some(after) = after {
            sql.push(format!(" WHERE ({keys}) > ("));
            let mut values = sql.separated(", ");
            for ((_, kind), value) in columns.iter().zip(after).take(part.keys()) {
                bind(&mut values, *kind, value)?;
            }
            sql.push(")");
        }
        // Bound, even where it could be written: a statement without arguments answers in another form.
        sql.push(format!(" ORDER BY {keys} LIMIT ")).push_bind(i64::from(limit));
        let rows = sql.build().fetch_all(&mut *self.held).await.map_err(engine)?;
        rows.iter().map(|row| read(part, row)).collect()
    }

    async fn end(&mut self) -> Result<End, StoreError> {
        end(&mut self.held).await
    }

    async fn end_now(&mut self) -> Result<End, StoreError> {
        end(&mut *self.link.readers.acquire().await.map_err(engine)?).await
    }

    async fn close(self: Box<Self>) {
        let Self { held, link } = *self;
        // What was held for reading has nothing to lose.
        drop(held.rollback().await);
        link.close().await;
    }
}

#[async_trait]
impl Target for Moment {
    async fn put(&mut self, part: Part, rows: &[Row]) -> Result<(), StoreError> {
        let names: Vec<&str> = part.columns().iter().map(|(name, _)| *name).collect();
        let mut sql: QueryBuilder<Postgres> = QueryBuilder::new(format!(
            "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE ",
            part.name(),
            names.join(", ")
        ));
        let mut bound = Ok(());
        sql.push_values(rows, |mut values, row| {
            for ((_, kind), value) in part.columns().iter().zip(row) {
                if bound.is_ok() {
                    bound = bind(&mut values, *kind, value);
                }
            }
        });
        bound?;
        // Which values are missing differs from page to page, and so does the statement: it is not worth keeping.
        sql.build().persistent(false).execute(&mut *self.held).await.map(drop).map_err(engine)
    }

    async fn seal(&mut self, end: &End) -> Result<(), StoreError> {
        sqlx::query("UPDATE journal_end SET seq = $1, hash = $2")
            .bind(int(end.seq.0))
            .bind(&end.hash)
            .execute(&mut *self.held)
            .await
            .map_err(engine)?;
        sqlx::raw_sql(
            "SELECT setval(pg_get_serial_sequence('slot', 'id'), MAX(id)) FROM slot HAVING COUNT(*) > 0;
             SELECT setval(pg_get_serial_sequence('busy', 'id'), MAX(id)) FROM busy HAVING COUNT(*) > 0;
             SELECT setval(pg_get_serial_sequence('job', 'n'), MAX(n)) FROM job HAVING COUNT(*) > 0",
        )
        .execute(&mut *self.held)
        .await
        .map(drop)
        .map_err(engine)
    }

    async fn verify(&mut self) -> Result<Verified, StoreError> {
        Ok(verify::verify(&mut self.held).await?)
    }

    async fn keep(self: Box<Self>) -> Result<(), StoreError> {
        let Self { held, link } = *self;
        held.commit().await.map_err(engine)?;
        // It is kept, whatever becomes of this: the server would come to it by itself, after the first slow minutes.
        if let Err(error) = settle(&link).await {
            tracing::warn!(%error, "could not vacuum what was filled; the server will, later");
        }
        link.close().await;
        Ok(())
    }
}

/// Tells the server how the values lie and which pages are settled: without it the first lists are planned by guess.
async fn settle(link: &Link) -> Result<(), sqlx::Error> {
    let mut conn = link.writers.acquire().await?;
    sqlx::raw_sql("SET statement_timeout = 0").execute(&mut *conn).await?;
    let tables = Part::ALL.map(Part::name).join(", ");
    sqlx::raw_sql(AssertSqlSafe(format!("VACUUM (ANALYZE) {tables}"))).execute(&mut *conn).await.map(drop)
}
