//! The load: many connections, each asking again as soon as it was answered.

use anyhow::{Context, Result, ensure};
use http_body_util::{BodyExt, Full};
use hyper::{
    HeaderMap, Method, Request, StatusCode,
    body::Bytes,
    client::conn::http1::{self, SendRequest},
    header,
};
use hyper_util::rt::TokioIo;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{net::TcpStream, task::JoinSet};

/// One request.
#[derive(Debug, Clone)]
pub struct Ask {
    /// With which method.
    pub method: Method,
    /// Where.
    pub path: String,
    /// What stands in its head beside the host.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent.
    pub body: Bytes,
}

impl Ask {
    /// A page.
    pub fn page(path: impl Into<String>, session: &str) -> Self {
        let headers =
            if session.is_empty() { Vec::new() } else { vec![("cookie", format!("staff={session}"))] };
        Self { method: Method::GET, path: path.into(), headers, body: Bytes::new() }
    }

    /// A page as a person without a sign-in asks for it, from an address and with cookies.
    pub fn person(path: impl Into<String>, from: &str, cookies: String) -> Self {
        let headers = vec![("x-forwarded-for", from.to_owned()), ("cookie", cookies)];
        Self { method: Method::GET, path: path.into(), headers, body: Bytes::new() }
    }

    /// The same, sending a form.
    #[must_use]
    pub fn with_form(mut self, body: String) -> Self {
        self.method = Method::POST;
        self.headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
        self.body = Bytes::from(body);
        self
    }

    /// A read of the API.
    pub fn read(path: impl Into<String>, token: &str) -> Self {
        let headers = vec![("authorization", format!("Bearer {token}"))];
        Self { method: Method::GET, path: format!("/api/v1{}", path.into()), headers, body: Bytes::new() }
    }

    /// An act over the API.
    pub fn act(path: impl Into<String>, token: &str, key: String, body: &serde_json::Value) -> Self {
        let headers = vec![
            ("authorization", format!("Bearer {token}")),
            ("idempotency-key", key),
            ("content-type", "application/json".to_owned()),
        ];
        let path = format!("/api/v1{}", path.into());
        Self { method: Method::POST, path, headers, body: Bytes::from(body.to_string()) }
    }
}

/// What came of one request.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    /// How it was answered.
    pub status: StatusCode,
    /// How long it took, from the first byte sent to the last received.
    pub time: Duration,
}

/// What came of a load.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Every answer.
    pub all: Vec<Took>,
    /// From the first request to the last answer.
    pub wall: Duration,
}

impl Outcome {
    /// How many were answered so.
    pub fn with(&self, status: StatusCode) -> usize {
        self.all.iter().filter(|took| took.status == status).count()
    }

    /// How many well.
    pub fn well(&self) -> usize {
        self.all.iter().filter(|took| took.status.is_success()).count()
    }

    /// How many were answered well each second.
    #[expect(clippy::cast_precision_loss, reason = "a rate is shown in three digits")]
    pub fn rate(&self) -> f64 {
        self.well() as f64 / self.wall.as_secs_f64().max(1e-9)
    }

    /// The time within which `percent` of a hundred were answered, in milliseconds.
    pub fn within(&self, percent: f64) -> f64 {
        let mut times: Vec<Duration> = self.all.iter().map(|took| took.time).collect();
        times.sort_unstable();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rank among at most some millions"
        )]
        let at = ((times.len() as f64 * percent / 100.0).ceil() as usize).saturating_sub(1);
        times.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
    }
}

async fn connect(to: SocketAddr) -> Result<SendRequest<Full<Bytes>>> {
    let stream = TcpStream::connect(to).await.context("the server does not answer")?;
    stream.set_nodelay(true)?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(async move {
        // Its end is seen by whoever sends next.
        drop(connection.await);
    });
    Ok(sender)
}

/// An answer, whole.
#[derive(Debug)]
pub struct Answer {
    /// How it was answered, and how fast.
    pub took: Took,
    /// Its head.
    pub head: HeaderMap,
    /// What it says.
    pub body: Bytes,
}

async fn send(sender: &mut SendRequest<Full<Bytes>>, host: &str, ask: &Ask) -> Result<Answer> {
    let mut request = Request::builder().method(&ask.method).uri(&ask.path).header(header::HOST, host);
    for (name, value) in &ask.headers {
        request = request.header(*name, value);
    }
    let request = request.body(Full::new(ask.body.clone()))?;
    sender.ready().await?;
    let begun = Instant::now();
    let response = sender.send_request(request).await?;
    let (status, head) = (response.status(), response.headers().clone());
    let body = response.into_body().collect().await?.to_bytes();
    Ok(Answer { took: Took { status, time: begun.elapsed() }, head, body })
}

/// Asks once and gives the answer's text.
pub async fn once(to: SocketAddr, ask: &Ask) -> Result<(StatusCode, Bytes)> {
    let mut sender = connect(to).await?;
    let answer = send(&mut sender, &to.to_string(), ask).await?;
    Ok((answer.took.status, answer.body))
}

/// Asks what `next` gives for 0, 1, 2 …, over so many connections at once, until it gives nothing or the time is over.
pub async fn drive(
    to: SocketAddr,
    connections: usize,
    longest: Duration,
    next: impl Fn(usize) -> Option<Ask> + Send + Sync + 'static,
) -> Result<Outcome> {
    let next = Arc::new(next);
    let turn = Arc::new(AtomicUsize::new(0));
    let mut senders = Vec::with_capacity(connections);
    for _ in 0..connections {
        senders.push(connect(to).await?);
    }
    let begun = Instant::now();
    let mut all = JoinSet::new();
    for mut sender in senders {
        let (next, turn) = (Arc::clone(&next), Arc::clone(&turn));
        all.spawn(async move {
            let host = to.to_string();
            let mut took = Vec::new();
            while begun.elapsed() < longest {
                let Some(ask) = next(turn.fetch_add(1, Ordering::Relaxed)) else { break };
                took.push(send(&mut sender, &host, &ask).await?.took);
            }
            Ok::<_, anyhow::Error>(took)
        });
    }
    let mut outcome = Outcome::default();
    while let Some(done) = all.join_next().await {
        outcome.all.extend(done??);
    }
    outcome.wall = begun.elapsed();
    Ok(outcome)
}

/// Asks all of these at the very same moment, each over a connection of its own.
pub async fn rush(to: SocketAddr, asks: Vec<Ask>) -> Result<Outcome> {
    let gate = Arc::new(tokio::sync::Barrier::new(asks.len()));
    let mut all = JoinSet::new();
    let mut ready = Vec::with_capacity(asks.len());
    for ask in asks {
        ready.push((connect(to).await?, ask));
    }
    let begun = Instant::now();
    for (mut sender, ask) in ready {
        let gate = Arc::clone(&gate);
        all.spawn(async move {
            gate.wait().await;
            send(&mut sender, &to.to_string(), &ask).await
        });
    }
    let mut outcome = Outcome::default();
    while let Some(done) = all.join_next().await {
        outcome.all.push(done??.took);
    }
    outcome.wall = begun.elapsed();
    ensure!(!outcome.all.is_empty(), "nobody asked");
    Ok(outcome)
}

/// How times lie.
pub fn spread(times: Vec<Duration>) -> String {
    let all = times.into_iter().map(|time| Took { status: StatusCode::OK, time }).collect();
    let of = Outcome { all, wall: Duration::ZERO };
    let (half, most, nearly) = (of.within(50.0), of.within(95.0), of.within(99.0));
    format!("p50 {half:.0} ms, p95 {most:.0} ms, p99 {nearly:.0} ms, of {}", of.all.len())
}

/// A connection that is kept, as a browser keeps one.
#[derive(Debug)]
pub struct Line {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

impl Line {
    /// Connects.
    pub async fn to(to: SocketAddr) -> Result<Self> {
        Ok(Self { sender: connect(to).await?, host: to.to_string() })
    }

    /// Asks, and waits for the whole answer.
    pub async fn ask(&mut self, ask: &Ask) -> Result<Took> {
        Ok(self.whole(ask).await?.took)
    }

    /// Asks, and gives the answer whole.
    pub async fn whole(&mut self, ask: &Ask) -> Result<Answer> {
        send(&mut self.sender, &self.host, ask).await
    }
}

/// A stream of events (`text/event-stream`), as a page listens to it.
#[derive(Debug)]
pub struct Events {
    body: hyper::body::Incoming,
    text: String,
    _line: SendRequest<Full<Bytes>>,
}

impl Events {
    /// Opens one.
    pub async fn open(to: SocketAddr, ask: &Ask) -> Result<Self> {
        let mut line = connect(to).await?;
        let mut request = Request::builder().uri(&ask.path).header(header::HOST, to.to_string());
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        line.ready().await?;
        let response = line.send_request(request.body(Full::default())?).await?;
        ensure!(response.status().is_success(), "{}: {}", ask.path, response.status());
        Ok(Self { body: response.into_body(), text: String::new(), _line: line })
    }

    /// The name of the next event; none when it has none.
    pub async fn next(&mut self) -> Result<Option<String>> {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let event: String = self.text.drain(..end + 2).collect();
                let name = event.lines().find_map(|line| line.strip_prefix("event:"));
                return Ok(name.map(|name| name.trim().to_owned()));
            }
            let frame = self.body.frame().await.context("the stream has ended")??;
            if let Some(data) = frame.data_ref() {
                self.text.push_str(&String::from_utf8_lossy(data));
            }
        }
    }
}
