//! What PostgreSQL itself can do, to set our figures against (feature `testing`): places and bookings as plainly as they can
//! be kept, driven by its own load generator.

use crate::testing::Cluster;
use std::path::Path;

/// Many places that are never full, and bookings of them.
const TABLES: &str = "CREATE TABLE plain_slot (id int PRIMARY KEY, capacity int NOT NULL, taken int NOT NULL,
  CHECK (taken BETWEEN 0 AND capacity));
CREATE TABLE plain_booking (id bigserial PRIMARY KEY, slot int NOT NULL, who int NOT NULL);
INSERT INTO plain_slot SELECT n, 1000000, 0 FROM generate_series(1, 20000) AS n;";

/// One booking, as `pgbench` reads it: one guarded statement.
const BOOK: &str = r"\set slot random(1, 20000)
WITH u AS (UPDATE plain_slot SET taken = taken + 1 WHERE id = :slot AND taken < capacity RETURNING id)
INSERT INTO plain_booking (slot, who) SELECT id, 1 FROM u;
";

/// How many bookings a second `pgbench` makes, 16 at once, durable, for so many seconds; `None` when it does not say. Its
/// script is put into `dir`.
pub async fn plain_bookings(cluster: &Cluster, dir: &Path, seconds: u32) -> Option<f64> {
    let database = cluster.empty().await;
    cluster.sql(&database, TABLES).await;
    let script = dir.join("plain-booking.sql");
    std::fs::write(&script, BOOK).ok()?;
    let output = cluster
        .tool("pgbench")
        .args(["-n", "-M", "prepared", "-c", "16", "-j", "1", "-T", &seconds.to_string(), "-f"])
        .arg(&script)
        .arg(&database)
        .output()
        .ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = "))?;
    rate.split_whitespace().next()?.parse().ok()
}
