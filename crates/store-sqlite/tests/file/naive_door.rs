//! The way not to do it: look, and then write. On real tables, for the race that must catch it. Both engines' tests use it.

/// Makes of a pool a `store::contract::race::Door` that looks first and writes then, each in a statement of its own.
/// It is kept as the control of the race test: a race that this door survives proves nothing.
macro_rules! naive_door {
    ($name:ident, $pool:ty) => {
        /// Looks, and then writes.
        pub struct $name(pub $pool);

        impl $name {
            /// Makes its tables. There is nothing in them that would refuse.
            pub async fn new(pool: $pool) -> Self {
                for sql in [
                    "CREATE TABLE naive_place (slot TEXT NOT NULL)",
                    "CREATE TABLE naive_busy (officer TEXT NOT NULL, begins BIGINT NOT NULL, ends BIGINT NOT NULL)",
                    "CREATE TABLE naive_live (person TEXT NOT NULL)",
                    "CREATE TABLE naive_entry (said TEXT NOT NULL)",
                ] {
                    sqlx::query(sql).execute(&pool).await.unwrap();
                }
                Self(pool)
            }

            async fn note(&self) {
                sqlx::query("INSERT INTO naive_entry VALUES ('done')").execute(&self.0).await.unwrap();
            }
        }

        #[async_trait::async_trait]
        impl store::contract::race::Door for $name {
            async fn places(
                &self,
                slots: &[domain::slots::SlotKey; 2],
                _: domain::change::Holder,
                capacity: u32,
            ) -> bool {
                let names = slots.clone().map(|slot| format!("{} {}", slot.office, slot.start));
                for name in &names {
                    let taken: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM naive_place WHERE slot = $1")
                        .bind(name)
                        .fetch_one(&self.0)
                        .await
                        .unwrap();
                    if taken >= i64::from(capacity) {
                        return false;
                    }
                }
                tokio::task::yield_now().await;
                for name in &names {
                    sqlx::query("INSERT INTO naive_place VALUES ($1)").bind(name).execute(&self.0).await.unwrap();
                }
                self.note().await;
                true
            }

            async fn time(&self, stretch: &domain::change::Busy) -> bool {
                let officer = stretch.officer.to_string();
                let (begins, ends) = (stretch.start.as_microsecond(), stretch.end.as_microsecond());
                let met: i64 = sqlx::query_scalar(
                    "SELECT COUNT(*) FROM naive_busy WHERE officer = $1 AND begins < $2 AND ends > $3",
                )
                .bind(&officer)
                .bind(ends)
                .bind(begins)
                .fetch_one(&self.0)
                .await
                .unwrap();
                if met > 0 {
                    return false;
                }
                tokio::task::yield_now().await;
                sqlx::query("INSERT INTO naive_busy VALUES ($1, $2, $3)")
                    .bind(officer)
                    .bind(begins)
                    .bind(ends)
                    .execute(&self.0)
                    .await
                    .unwrap();
                self.note().await;
                true
            }

            async fn ask(&self, inquiry: &domain::inquiry::Inquiry) -> bool {
                let person = inquiry.person.to_string();
                let live: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM naive_live WHERE person = $1")
                    .bind(&person)
                    .fetch_one(&self.0)
                    .await
                    .unwrap();
                if live > 0 {
                    return false;
                }
                tokio::task::yield_now().await;
                sqlx::query("INSERT INTO naive_live VALUES ($1)").bind(person).execute(&self.0).await.unwrap();
                self.note().await;
                true
            }

            async fn found(&self) -> store::contract::race::Found {
                let claims: Vec<(String, i64)> =
                    sqlx::query_as("SELECT slot, COUNT(*) FROM naive_place GROUP BY slot")
                        .fetch_all(&self.0)
                        .await
                        .unwrap();
                let busy: Vec<(String, i64, i64)> =
                    sqlx::query_as("SELECT officer, begins, ends FROM naive_busy")
                        .fetch_all(&self.0)
                        .await
                        .unwrap();
                let live: Vec<String> =
                    sqlx::query_scalar("SELECT person FROM naive_live").fetch_all(&self.0).await.unwrap();
                let entries: i64 =
                    sqlx::query_scalar("SELECT COUNT(*) FROM naive_entry").fetch_one(&self.0).await.unwrap();
                let instant = |at| jiff::Timestamp::from_microsecond(at).unwrap();
                let nobody = store::contract::fixtures::Maker::default().holder();
                store::contract::race::Found {
                    claims: claims.into_iter().map(|(slot, n)| (slot, n.unsigned_abs())).collect(),
                    busy: busy
                        .into_iter()
                        .map(|(officer, begins, ends)| domain::change::Busy {
                            officer: officer.parse().unwrap(),
                            holder: nobody,
                            start: instant(begins),
                            end: instant(ends),
                        })
                        .collect(),
                    live: live.into_iter().map(|person| person.parse().unwrap()).collect(),
                    entries: entries.unsigned_abs(),
                }
            }
        }
    };
}
