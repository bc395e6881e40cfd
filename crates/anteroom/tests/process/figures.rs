//! Figures for Prometheus.

use crate::{
    installed::Installed,
    running::{LIMIT, Visitor},
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Instant};

/// A request for a meeting, as a program takes it.
pub fn request(given: &str) -> String {
    json!({
        "reason": "proof-of-status", "zip": "90012", "name": { "given": given, "family": "Quintanilla" },
        "born": "1980-05-17", "words": "My card was stolen.",
        "reach": { "lang": "en", "phone": "+12135550134", "email": "ana.q@example.org", "phrase": "blue heron" },
    })
    .to_string()
}

fn lines<'a>(text: &'a str, figure: &str) -> Vec<&'a str> {
    text.lines().filter(|line| line.split(['{', ' ']).next() == Some(figure)).collect()
}

#[test]
fn figures_are_served_apart_and_name_nobody() {
    let installed = Installed::new("[metrics]\naddr = \"127.0.0.1:0\"\n");
    let token = installed.token("m.ortega", &["request", "read"]);
    let mut running = installed.serve("log");
    let (pages, figures) = (running.address("\"serving\""), running.address("figures at /metrics"));
    let mut program = Visitor::with(pages, &token);
    let answer = program.command("/api/v1/inquiries", "k1", &request("Anahí"));
    assert_eq!(answer.status, 201, "{answer:?}");
    let answer: Value = serde_json::from_str(&answer.body).unwrap();
    let number = answer["inquiry"].as_str().unwrap();
    assert_eq!(program.open(&format!("/api/v1/inquiries/{number}")).status, 200);
    let mut visitor = Visitor::of(pages);
    assert_eq!(visitor.open("/en").status, 200);
    assert_eq!(visitor.open("/en/no/such/page").status, 404);
    let wrong = [("name", "m.ortega"), ("password", "not my password")];
    assert_eq!(visitor.fill("/en/staff/sign-in", "/en/staff/sign-in", &wrong).status, 422);
    assert_eq!(Visitor::with(pages, "guessed").open("/api/v1/me").status, 401);
    assert_eq!(visitor.open("/metrics").status, 404, "nobody outside reads them");

    let mut reader = Visitor::of(figures);
    assert_eq!(reader.open("/").status, 404);
    // What is looked up comes every so often.
    let begun = Instant::now();
    let text = loop {
        let text = reader.open("/metrics").body;
        if text.contains("anteroom_inquiries{stage=\"review\"} 1") && text.contains("outcome=\"sent\"") {
            break text;
        }
        assert!(begun.elapsed() < LIMIT, "{text}");
        std::thread::sleep(std::time::Duration::from_millis(200));
    };
    for line in [
        "anteroom_http_requests_total{method=\"GET\",route=\"/api/v1/inquiries/{number}\",status=\"2xx\"} 1",
        "anteroom_http_requests_total{method=\"GET\",route=\"-\",status=\"4xx\"} 1",
        "anteroom_acts_total{act=\"request_meeting\",outcome=\"done\"} 1",
        "anteroom_acts_total{act=\"open_inquiry\",outcome=\"done\"} 1",
        "anteroom_notices_total{kind=\"request-received\",outcome=\"sent\"} 1",
        "anteroom_sign_ins_failed_total{door=\"staff\"} 1",
        "anteroom_sign_ins_failed_total{door=\"program\"} 1",
        "anteroom_reads_total{what=\"inquiry\"} 1",
        "anteroom_promises_due{promise=\"callback\"} 0",
        "anteroom_jobs_dead 0",
        "anteroom_looked 1",
    ] {
        assert!(text.lines().any(|l| l == line), "{line}\nis not among\n{text}");
    }
    assert!(lines(&text, "anteroom_build_info")[0].contains(env!("CARGO_PKG_VERSION")));
    for figure in ["anteroom_store_bytes", "anteroom_journal_end", "anteroom_up_since_seconds"] {
        let line = lines(&text, figure)[0];
        assert!(line.rsplit(' ').next().unwrap().parse::<f64>().unwrap() > 0.0, "{line}");
    }
    assert!(text.contains("anteroom_http_request_seconds_bucket{method=\"GET\""), "spread over buckets");
    for personal in
        [number, "Anah", "Quintanilla", "5550134", "ana.q", "heron", "1980-05-17", &token, "ortega"]
    {
        assert!(!text.contains(personal), "{personal} in:\n{text}");
    }
    // Every figure that is there is one that is documented.
    let documented: BTreeSet<&str> = documented().into_iter().map(|(name, _)| name).collect();
    for line in text.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
        let name = line.split(' ').next().unwrap();
        assert!(documented.contains(name), "{name} is not in docs/operations.md");
    }
    assert!(running.stop(), "it stops cleanly");
}

const OPERATIONS: &str = include_str!("../../../../docs/operations.md");

/// The table of figures in the document: name and kind.
fn documented() -> Vec<(&'static str, &'static str)> {
    OPERATIONS
        .lines()
        .filter_map(|line| {
            let (name, rest) = line.strip_prefix("| `anteroom_")?.split_once('`')?;
            let at = line.find("anteroom_").unwrap();
            let kind = rest.split('|').nth(1)?.trim();
            Some((&line[at..at + "anteroom_".len() + name.len()], kind))
        })
        .collect()
}
