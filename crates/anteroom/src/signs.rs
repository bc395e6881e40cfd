//! What an operator sees of the running system: figures for Prometheus, on a listener of their own.
//!
//! What happens is counted where it happens, through the `metrics` facade, which costs next to nothing while nobody
//! listens. What is so at a moment (what waits, how large the store is) is looked up here now and then.

use crate::{fault::Faults, server};
use axum::{
    Router,
    http::{StatusCode, header},
    routing::get,
};
use cases::api::{CaseStatusApi, Phase};
use desk::Clock;
use domain::session::SessionsOf;
use metrics_exporter_prometheus::{
    BuildError, Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use store::{Store, StoreError};
use tokio::{net::TcpListener, sync::watch};

/// How often it is looked at what is so at a moment.
const EVERY: Duration = Duration::from_secs(15);

/// The bounds of what is timed, in seconds: from a read in memory to the longest a request may take.
const SECONDS: [f64; 13] = [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0];
/// The bounds of how many changes go into one transaction.
const CHANGES: [f64; 8] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0];

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It only grows.
    Counter,
    /// It is so at a moment.
    Gauge,
    /// It is spread over buckets.
    Histogram,
}

/// Every figure there is, with its kind and its meaning. `docs/operations.md` lists the same.
pub const ALL: [(&str, Kind, &str); 50] = [
    ("anteroom_acts_total", Kind::Counter, "acts of the desk, by act and outcome"),
    (
        "anteroom_broken_invariants",
        Kind::Gauge,
        "things that must always hold and do not, by kind, at the last look",
    ),
    ("anteroom_build_info", Kind::Gauge, "1, with the version that runs"),
    ("anteroom_case_breaker", Kind::Gauge, "the case source's breaker: 0 closed, 1 trying, 2 open"),
    ("anteroom_case_budget_left", Kind::Gauge, "look-ups left of the day, for all nodes together"),
    ("anteroom_case_lookups_total", Kind::Counter, "look-ups of cases at the agency's service, by outcome"),
    ("anteroom_case_source_seconds", Kind::Histogram, "how long the agency's service took to answer"),
    ("anteroom_challenges_total", Kind::Counter, "forms that were looked at first, by what and how it went"),
    (
        "anteroom_check_timestamp_seconds",
        Kind::Gauge,
        "when it was looked at last whether everything holds, in seconds since 1970",
    ),
    ("anteroom_checks_failed_total", Kind::Counter, "looks that failed because the store could not be read"),
    ("anteroom_commit_batch_changes", Kind::Histogram, "changes done in one transaction"),
    ("anteroom_commit_conflicts_total", Kind::Counter, "commits that met another change, by kind"),
    ("anteroom_commit_seconds", Kind::Histogram, "how long a commit took, waiting included, by outcome"),
    ("anteroom_commits_total", Kind::Counter, "commits, by outcome"),
    ("anteroom_http_request_seconds", Kind::Histogram, "how long a request took, by method and route"),
    ("anteroom_http_requests_total", Kind::Counter, "requests, by method, route and class of status"),
    ("anteroom_inquiries", Kind::Gauge, "live inquiries, by stage"),
    ("anteroom_inquiries_overdue", Kind::Gauge, "live inquiries past what is due"),
    ("anteroom_job_oldest_due_seconds", Kind::Gauge, "for how long the oldest job that is due has waited"),
    ("anteroom_jobs_dead", Kind::Gauge, "jobs that were given up, at most 500"),
    ("anteroom_jobs_total", Kind::Counter, "jobs, by job and outcome"),
    ("anteroom_journal_end", Kind::Gauge, "the place of the journal's last entry"),
    ("anteroom_live_streams", Kind::Gauge, "pages that update themselves and are open"),
    ("anteroom_looked", Kind::Gauge, "1 when the last look at the store went well, else 0"),
    (
        "anteroom_marks_asked_total",
        Kind::Counter,
        "codes on messages and calls that people asked about, by whether they were ours: yes, no",
    ),
    ("anteroom_notices_total", Kind::Counter, "notices, by kind and outcome"),
    ("anteroom_phone_calls", Kind::Gauge, "calls that are there now"),
    (
        "anteroom_phone_calls_total",
        Kind::Counter,
        "calls, by what became of them: came, answered, turned-away",
    ),
    ("anteroom_phone_ended_total", Kind::Counter, "calls that have ended, by how"),
    ("anteroom_phone_faults_total", Kind::Counter, "what went wrong in calls, by what"),
    (
        "anteroom_phone_late_steps_total",
        Kind::Counter,
        "steps of 5 ms of the media threads, by the milliseconds they were late at most",
    ),
    ("anteroom_phone_legs", Kind::Gauge, "ends of calls whose sound is carried now"),
    (
        "anteroom_phone_packets_total",
        Kind::Counter,
        "packets of sound, by what became of them: received, sent, refused, failed",
    ),
    (
        "anteroom_phone_records_lost_total",
        Kind::Counter,
        "records of calls that the store did not take in time",
    ),
    (
        "anteroom_phone_shed_total",
        Kind::Counter,
        "datagrams of signalling that were dropped because too much waited",
    ),
    ("anteroom_phone_unsaid_total", Kind::Counter, "prompts that could not be said"),
    (
        "anteroom_policy_versions_left_out",
        Kind::Gauge,
        "approved versions of policies and pack files that cannot be used, at the last look",
    ),
    ("anteroom_promises_due", Kind::Gauge, "promises that stand now, by what was promised"),
    ("anteroom_promises_total", Kind::Counter, "what became of promises, by promise and outcome"),
    ("anteroom_reads_total", Kind::Counter, "journalled readings of people's records, by what was read"),
    ("anteroom_sign_ins_failed_total", Kind::Counter, "failed tries to get in, by door"),
    ("anteroom_store_bytes", Kind::Gauge, "how large the store is"),
    (
        "anteroom_store_retries_total",
        Kind::Counter,
        "pieces of work that PostgreSQL made us try again, by why",
    ),
    (
        "anteroom_tokens_ending",
        Kind::Gauge,
        "programs' tokens that end within two weeks, and work no more then",
    ),
    ("anteroom_unknown_case_titles", Kind::Gauge, "titles from the agency's service that nobody knows"),
    ("anteroom_up_since_seconds", Kind::Gauge, "when the process started, in seconds since 1970"),
    ("anteroom_voice_failures_total", Kind::Counter, "failures of voice engines, by engine"),
    (
        "anteroom_voice_sounds_total",
        Kind::Counter,
        "sounds, by where from: made, memory, disk, recording, older, none",
    ),
    (
        "anteroom_webhook_behind",
        Kind::Gauge,
        "entries of the journal that a webhook has not been told of or passed over, by hook",
    ),
    ("anteroom_webhooks_total", Kind::Counter, "messages to webhooks, by hook and outcome: told, failed"),
];

/// A recorder for every figure.
fn recorder() -> Result<PrometheusRecorder, BuildError> {
    let builder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .set_buckets_for_metric(Matcher::Suffix("_changes".to_owned()), &CHANGES)?;
    Ok(builder.build_recorder())
}

fn describe() {
    for (name, kind, meaning) in ALL {
        match kind {
            Kind::Counter => metrics::describe_counter!(name, meaning),
            Kind::Gauge => metrics::describe_gauge!(name, meaning),
            Kind::Histogram => metrics::describe_histogram!(name, meaning),
        }
    }
}

/// The figures as Prometheus reads them, at `/metrics` and nowhere else.
fn router(handle: PrometheusHandle) -> Router {
    let page = move || {
        let text = handle.render();
        async move { ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text) }
    };
    Router::new().route("/metrics", get(page)).fallback(|| async { StatusCode::NOT_FOUND })
}

/// Everything that is looked at.
pub struct Looking {
    /// The store.
    pub store: Arc<dyn Store>,
    /// The agency's service, if cases are found there.
    pub cases: Option<Arc<CaseStatusApi>>,
    /// The present.
    pub clock: Arc<dyn Clock>,
}

/// Records from now on, and listens. The figures are served until `stop` says so.
pub async fn serve(addr: SocketAddr, looking: Looking, stop: watch::Receiver<bool>) -> Result<(), Faults> {
    let listener = server::listen(addr).await?;
    if !addr.ip().is_loopback() {
        tracing::warn!(%addr, "the figures can be read from other machines: let only the collector in");
    }
    let recorder = recorder().map_err(|error| Faults::of(&error))?;
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder)
        .map_err(|_| Faults::one("figures are recorded already in this process"))?;
    describe();
    tracing::info!(addr = %listener.local_addr()?, "figures at /metrics");
    tokio::spawn(run(listener, handle, looking, stop));
    Ok(())
}

async fn run(
    listener: TcpListener,
    handle: PrometheusHandle,
    looking: Looking,
    mut stop: watch::Receiver<bool>,
) {
    let mut until = stop.clone();
    let http = axum::serve(listener, router(handle.clone())).with_graceful_shutdown(async move {
        let _ = until.wait_for(|stop| *stop).await;
    });
    let look = async {
        #[expect(clippy::cast_precision_loss, reason = "a second is nothing beside years")]
        metrics::gauge!("anteroom_up_since_seconds").set(looking.clock.now().as_second() as f64);
        metrics::gauge!("anteroom_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        loop {
            handle.run_upkeep();
            let well = look(&looking).await;
            metrics::gauge!("anteroom_looked").set(if well.is_ok() { 1.0 } else { 0.0 });
            if let Err(error) = well {
                tracing::warn!(error = crate::fault::chain(&error), "what waits could not be counted");
            }
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    };
    let (served, ()) = tokio::join!(http, look);
    if let Err(error) = served {
        tracing::warn!(%error, "the figures are no longer served");
    }
}

/// A count as a figure: beyond 2^53 it would be rounded, and nothing here comes near that.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
const fn figure(n: u64) -> f64 {
    n as f64
}

/// Looks at what is so now.
async fn look(at: &Looking) -> Result<(), StoreError> {
    let store = &at.store;
    let now = at.clock.now();
    if let Some(cases) = &at.cases {
        let health = cases.health();
        metrics::gauge!("anteroom_case_breaker").set(match health.phase {
            Phase::Closed { .. } => 0.0,
            Phase::HalfOpen { .. } => 1.0,
            Phase::Open { .. } => 2.0,
        });
        let titles = u64::try_from(health.unknown_titles.len()).unwrap_or(u64::MAX);
        metrics::gauge!("anteroom_unknown_case_titles").set(figure(titles));
        if let Ok(left) = cases.left(now).await {
            metrics::gauge!("anteroom_case_budget_left").set(f64::from(left));
        }
    }
    metrics::gauge!("anteroom_store_bytes").set(figure(store.size().await?));
    metrics::gauge!("anteroom_journal_end").set(figure(store.journal_end().await?.0));
    let late = store.next_job().await?.map_or(0.0, |due| now.duration_since(due).as_secs_f64().max(0.0));
    metrics::gauge!("anteroom_job_oldest_due_seconds").set(late);
    let dead = u32::try_from(store.dead_jobs(500).await?.len()).unwrap_or(u32::MAX);
    metrics::gauge!("anteroom_jobs_dead").set(f64::from(dead));
    let end = store.journal_end().await?;
    for (name, hook) in store.hooks().await? {
        metrics::gauge!("anteroom_webhook_behind", "hook" => name).set(figure(end.0 - hook.after.0));
    }
    let programs = store.sessions_of(SessionsOf::Programs).await?;
    let ending = programs.iter().filter(|session| session.ends_soon(now)).count();
    metrics::gauge!("anteroom_tokens_ending").set(f64::from(u32::try_from(ending).unwrap_or(u32::MAX)));
    let figures = store.figures(now).await?;
    let at_stage = |stage: &str| figures.by_stage.get(stage).copied().unwrap_or_default();
    for stage in domain::inquiry::Stage::NAMES.into_iter().filter(|stage| *stage != "closed") {
        metrics::gauge!("anteroom_inquiries", "stage" => stage).set(figure(at_stage(stage)));
    }
    metrics::gauge!("anteroom_inquiries_overdue").set(figure(figures.overdue));
    let calls = at_stage("promised") + at_stage("calling");
    let visits = at_stage("booked") + at_stage("checked-in");
    metrics::gauge!("anteroom_promises_due", "promise" => "callback").set(figure(calls));
    metrics::gauge!("anteroom_promises_due", "promise" => "appointment").set(figure(visits));
    Ok(())
}

#[cfg(test)]
mod tests;
