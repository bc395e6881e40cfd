//! What this machine can do at all: the figures that the product's own are set against.

use crate::report::Report;
use anyhow::{Context, Result};
use std::{
    fs::OpenOptions,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};
use store_postgres::{peer, testing::Cluster};

/// How often a second the disk takes one page for good, written behind the last: no store is durable more often.
pub fn disk(dir: &Path, report: &mut Report) -> Result<()> {
    let path = dir.join("limit");
    let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
    let page = [7_u8; 4096];
    let begun = Instant::now();
    let mut n = 0_u32;
    while begun.elapsed() < Duration::from_secs(2) {
        file.write_all(&page)?;
        file.sync_data()?;
        n += 1;
    }
    let rate = f64::from(n) / begun.elapsed().as_secs_f64();
    std::fs::remove_file(&path)?;
    report.note("machine", "pages made durable, one after the other", format!("{rate:.0}/s"));
    Ok(())
}

/// How many bookings a second PostgreSQL takes from its own load generator on this machine, when a booking is one guarded
/// statement and nothing else: no person, no journal, no notice, no HTTP.
pub async fn postgres(cluster: &Cluster, dir: &Path, report: &mut Report) -> Result<()> {
    let rate = peer::plain_bookings(cluster, dir, 5).await.context("pgbench said no rate")?;
    let what = "bookings as one bare statement, by pgbench, 16 at once";
    report.note("machine, PostgreSQL", what, format!("{rate:.0}/s"));
    Ok(())
}
