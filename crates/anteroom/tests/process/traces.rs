//! Traces, to a collector that speaks OTLP over HTTP.

use crate::{
    figures::request,
    installed::Installed,
    running::{LIMIT, Visitor},
};
use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use opentelemetry_proto::tonic::{
    collector::trace::v1::{ExportTraceServiceRequest, ExportTraceServiceResponse},
    trace::v1::Span,
};
use prost::Message;
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

type Spans = Arc<Mutex<Vec<Span>>>;

async fn take(State(spans): State<Spans>, headers: HeaderMap, body: Bytes) -> Vec<u8> {
    assert_eq!(headers["content-type"], "application/x-protobuf");
    let request = ExportTraceServiceRequest::decode(body).unwrap();
    let mut spans = spans.lock().unwrap();
    for resource in request.resource_spans {
        let whose = format!("{:?}", resource.resource);
        assert!(whose.contains("anteroom"), "{whose}");
        spans.extend(resource.scope_spans.into_iter().flat_map(|scope| scope.spans));
    }
    ExportTraceServiceResponse::default().encode_to_vec()
}

/// The chain of names from a span up to its root.
fn chain(spans: &[Span], span: &Span) -> Vec<String> {
    let mut names = vec![span.name.clone()];
    let mut parent = span.parent_span_id.clone();
    while let Some(above) = spans.iter().find(|other| !parent.is_empty() && other.span_id == parent) {
        names.push(above.name.clone());
        parent.clone_from(&above.parent_span_id);
    }
    names.reverse();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_its_act_its_commit_and_its_notice_are_spans_that_name_nobody() {
    let spans = Spans::default();
    let app = Router::new().route("/v1/traces", post(take)).with_state(spans.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let collector = listener.local_addr().unwrap();
    let collecting = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let (number, token) = tokio::task::spawn_blocking(move || {
        let installed = Installed::new(&format!("[trace]\nendpoint = \"http://{collector}/v1/traces\"\n"));
        let token = installed.token("m.ortega", &["request", "read"]);
        let mut running = installed.serve("log");
        let mut program = Visitor::with(running.address("\"serving\""), &token);
        let answer = program.command("/api/v1/inquiries", "k1", &request("Anahí"));
        assert_eq!(answer.status, 201, "{answer:?}");
        let answer: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        let number = answer["inquiry"].as_str().unwrap().to_owned();
        assert_eq!(program.open(&format!("/api/v1/inquiries/{number}")).status, 200);
        // The notice leaves in the background.
        let notices = format!("/api/v1/inquiries/{number}/notices");
        let begun = Instant::now();
        while !program.open(&notices).body.contains("sent") {
            assert!(begun.elapsed() < LIMIT, "{}", running.log());
            std::thread::sleep(Duration::from_millis(50));
        }
        // What waits to be sent is sent before the program ends.
        assert!(running.stop());
        (number, token)
    })
    .await
    .unwrap();
    collecting.abort();
    let spans = spans.lock().unwrap();
    let chains: Vec<Vec<String>> = spans.iter().map(|span| chain(&spans, span)).collect();
    for wanted in [&["request", "act", "commit"][..], &["job", "notice"], &["job", "commit"]] {
        assert!(chains.iter().any(|chain| chain == wanted), "no {wanted:?} among {chains:?}");
    }
    let told = format!("{spans:?}");
    for code in ["/api/v1/inquiries/{number}", "request_meeting", "request-received", "send-notice", "done"] {
        assert!(told.contains(code), "{code} is told");
    }
    for personal in [
        number.as_str(),
        token.as_str(),
        "Anah",
        "Quintanilla",
        "5550134",
        "ana.q",
        "heron",
        "1980",
        "stolen",
        "ortega",
    ] {
        assert!(!told.contains(personal), "{personal} in {told}");
    }
}
