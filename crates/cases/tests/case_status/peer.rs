//! A server that speaks the Case Status API's protocol: tokens that end, cases, and every kind of error.

use axum::{
    Form, Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, Response, StatusCode},
    routing::{get, post},
};
use serde_json::{Value, json};
use std::{
    collections::{HashMap, VecDeque},
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// One scripted answer.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    pub after: Duration,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<String>) -> Self {
        Self { status, headers: vec![], body: body.into(), after: Duration::ZERO }
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn after(mut self, after: Duration) -> Self {
        self.after = after;
        self
    }
}

#[derive(Default)]
pub struct Seen {
    /// Tokens that were given out.
    pub tokens: usize,
    /// When each request for a case came, and for which.
    pub cases: Vec<(Instant, String)>,
    pub demo_ids: Vec<String>,
    /// What the next requests are answered instead of the truth.
    pub next: VecDeque<Reply>,
    pub next_token: VecDeque<Reply>,
    /// What every request is answered while it is there.
    pub always: Option<Reply>,
    /// Tokens that are good.
    pub good: Vec<String>,
    /// What is changed in the sample case.
    pub changes: HashMap<String, Value>,
}

pub struct Peer {
    pub addr: SocketAddr,
    pub seen: Arc<Mutex<Seen>>,
    task: JoinHandle<()>,
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Shared = Arc<Mutex<Seen>>;

impl Peer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let seen = Shared::default();
        let app = Router::new()
            .route("/oauth/accesstoken", post(token))
            .route("/case-status/{receipt}", get(case))
            .with_state(seen.clone());
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { addr, seen, task }
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.addr)
    }

    pub fn token_url(&self) -> String {
        format!("{}/oauth/accesstoken", self.base())
    }

    pub fn next(&self, reply: Reply) {
        self.seen.lock().unwrap().next.push_back(reply);
    }

    pub fn next_token(&self, reply: Reply) {
        self.seen.lock().unwrap().next_token.push_back(reply);
    }

    pub fn always(&self, reply: Option<Reply>) {
        self.seen.lock().unwrap().always = reply;
    }

    /// Every token given out until now is good no more.
    pub fn end_tokens(&self) {
        self.seen.lock().unwrap().good.clear();
    }

    /// So many requests for cases, and so many tokens.
    pub fn counts(&self) -> (usize, usize) {
        let seen = self.seen.lock().unwrap();
        (seen.cases.len(), seen.tokens)
    }
}

async fn give(reply: Reply) -> Response<Body> {
    tokio::time::sleep(reply.after).await;
    let mut response = Response::builder().status(StatusCode::from_u16(reply.status).unwrap());
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).unwrap()
}

async fn token(State(seen): State<Shared>, Form(form): Form<HashMap<String, String>>) -> Response<Body> {
    let reply = {
        let mut seen = seen.lock().unwrap();
        let good = form.get("grant_type").map(String::as_str) == Some("client_credentials")
            && form.get("client_id").map(String::as_str) == Some("anteroom")
            && form.get("client_secret").map(String::as_str) == Some(super::SECRET);
        if let Some(reply) = seen.next_token.pop_front() {
            reply
        } else if good {
            seen.tokens += 1;
            let token = format!("token-{}", seen.tokens);
            seen.good.push(token.clone());
            // As the agency's gateway writes it: the length of life in quotation marks.
            let body = json!({"access_token": token, "expires_in": "1799", "token_type": "BearerToken", "status": "approved"});
            Reply::new(200, body.to_string())
        } else {
            Reply::new(401, json!({"error": "invalid_client"}).to_string())
        }
    };
    give(reply).await
}

async fn case(State(seen): State<Shared>, Path(receipt): Path<String>, headers: HeaderMap) -> Response<Body> {
    let reply = {
        let mut seen = seen.lock().unwrap();
        seen.cases.push((Instant::now(), receipt.clone()));
        if let Some(id) = headers.get("demo_id") {
            seen.demo_ids.push(id.to_str().unwrap().to_owned());
        }
        let bearer = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let good =
            bearer.strip_prefix("Bearer ").is_some_and(|token| seen.good.iter().any(|good| good == token));
        if let Some(reply) = seen.next.pop_front().or_else(|| seen.always.clone()) {
            reply
        } else if good {
            known(&receipt, &seen.changes)
        } else {
            Reply::new(401, json!({"code": 401, "message": "Invalid Access Token"}).to_string())
        }
    };
    give(reply).await
}

/// The truth: sandbox receipts are known, others are not.
fn known(receipt: &str, changes: &HashMap<String, Value>) -> Reply {
    let history = match receipt {
        super::WITH => json!([
            {"date": "01-15-2025 09:00:00", "completed_text_en": "Case Was Received", "completed_text_es": "Se recibió su caso"},
            {"date": "02-10-2025 11:42:13", "completed_text_en": "Interview Was Scheduled", "completed_text_es": "Se programó la entrevista"},
        ]),
        _ if receipt.starts_with("LIN") => Value::Null,
        _ => {
            let says = format!("Case Status Online does not recognize the receipt number entered: {receipt}");
            return Reply::new(404, json!({"code": "404", "message": says}).to_string());
        }
    };
    let mut case = json!({
        "receiptNumber": receipt,
        "formType": "N400",
        "submittedDate": "01-15-2025 09:00:00",
        "modifiedDate": "03-02-2025 14:28:46",
        "current_case_status_text_en": "Interview Was Scheduled",
        "current_case_status_desc_en": format!("On March 2, 2025, we scheduled an interview for Receipt Number {receipt}."),
        "current_case_status_text_es": "Se programó la entrevista",
        "current_case_status_desc_es": "El 2 de marzo de 2025 programamos una entrevista.",
        "hist_case_status": history,
    });
    for (key, value) in changes {
        case[key] = value.clone();
    }
    Reply::new(200, json!({"message": "Query was successful", "case_status": case}).to_string())
}
