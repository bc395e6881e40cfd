//! Envelopes of errors, garbage, a service that is down, and what is shown meanwhile.

use crate::*;
use cases::api::Phase;
use peer::Reply;
use serde_json::json;
use std::{io::Write, sync::Mutex, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

#[tokio::test]
async fn every_envelope_becomes_its_error() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let mut config = config(&peer);
    (config.failures, config.whole) = (1000, SignedDuration::from_millis(1500));
    let api = api(&config);
    let message = format!("Request rejected for {WITH}");
    let bodies = [
        json!({"code": 0, "message": message}).to_string(),
        json!({"code": "0", "message": message}).to_string(),
        format!("\n\n  {}", json!({"error": {"code": "0", "message": message}})),
        json!({"errors": [{"code": "BAD_REQUEST", "message": message, "category": "VALIDATION", "reference": "r", "status": "0", "traceId": "t"}]}).to_string(),
        "<html>gateway</html>".to_owned(),
    ];
    let mut rows = Vec::new();
    for status in [400_u16, 401, 403, 404, 422, 429, 500, 503] {
        for (form, body) in bodies.iter().enumerate() {
            let body = body.replace("\"0\"", &format!("\"{status}\"")).replace(":0", &format!(":{status}"));
            peer.always(Some(Reply::new(status, body)));
            let number = receipt(&format!("EAC{status}{form:07}"));
            let row = match api.find(&number, wall.now()).await {
                Ok(None) => "no such case".to_owned(),
                Ok(Some(_)) => panic!("{status} is no case"),
                Err(error) => {
                    assert!(!told(&error).contains(WITH) && !told(&error).contains(number.as_str()));
                    format!("{error}: {}", error.source().unwrap())
                }
            };
            rows.push(format!("{status} form {form}: {row}"));
        }
    }
    insta::assert_snapshot!(rows.join("\n"));
}

#[tokio::test]
async fn garbage_is_no_case() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = api(&config(&peer));
    for body in [
        "",
        "<html>captive portal</html>",
        "{\"case_status\": {\"receiptNumber\": \"LIN9999106501\"}}",
        "\0\0\0",
    ] {
        peer.next(Reply::new(200, body));
        assert!(matches!(fails(&api, WITH, wall.now()).await, CaseSourceError::Unreadable { .. }), "{body}");
    }
    // A redirect is not followed: the token is for one host.
    peer.next(Reply::new(302, "").header("location", "http://127.0.0.1:1/"));
    assert!(matches!(fails(&api, WITH, wall.now()).await, CaseSourceError::Unreadable { .. }));
}

#[tokio::test]
async fn a_body_too_large_is_refused_with_and_without_its_length() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = api(&config(&peer));
    peer.next(Reply::new(200, " ".repeat(64 * 1024 + 1)));
    let error = fails(&api, WITH, wall.now()).await;
    assert!(told(&error).contains("larger than 65536 bytes"), "{}", told(&error));
    let stream = raw(|mut stream| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await.unwrap();
        // Without end: only whoever stops reading is ever done.
        while stream.write_all(b"1000\r\n").await.is_ok()
            && stream.write_all(&[b' '; 0x1000]).await.is_ok()
            && stream.write_all(b"\r\n").await.is_ok()
        {}
    })
    .await;
    let mut config = config(&peer);
    config.base_url = stream;
    let error = fails(&crate::api(&config), WITH, wall.now()).await;
    assert!(told(&error).contains("larger than 65536 bytes"), "{}", told(&error));
}

#[tokio::test]
async fn a_connection_that_breaks_or_never_comes_is_unavailable() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let mut config = config(&peer);
    config.base_url = raw(|mut stream| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"case_").await.unwrap();
    })
    .await;
    let broken = fails(&api(&config), WITH, wall.now()).await;
    assert!(
        matches!(broken, CaseSourceError::Unavailable { .. }) && told(&broken).contains("broke"),
        "{}",
        told(&broken)
    );
    config.base_url = raw(|_| async {}).await;
    assert!(matches!(fails(&api(&config), WITH, wall.now()).await, CaseSourceError::Unavailable { .. }));
    // A port where nobody listens any more.
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    config.base_url = format!("http://{closed}");
    let nobody = fails(&api(&config), WITH, wall.now()).await;
    assert!(told(&nobody).contains("no connection"), "{}", told(&nobody));
}

/// A server that reads one request on each connection and then does as it is told.
async fn raw<F: Future<Output = ()> + Send + 'static>(
    answer: impl Fn(tokio::net::TcpStream) -> F + Send + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            tokio::spawn(answer(stream));
        }
    });
    address
}

#[tokio::test]
async fn the_breaker_opens_and_closes() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let mut config = config(&peer);
    (config.failures, config.rest) = (3, SignedDuration::from_mins(1));
    let api = api(&config);
    peer.always(Some(Reply::new(500, r#"{"code":500,"message":"…"}"#)));
    for _ in 0..3 {
        fails(&api, WITH, wall.now()).await;
    }
    assert!(matches!(api.health().phase, Phase::Open { .. }));
    for _ in 0..20 {
        let error = fails(&api, WITH, wall.now()).await;
        assert!(matches!(error, CaseSourceError::Unavailable { retry_after: Some(_), .. }), "{error:?}");
    }
    assert_eq!(peer.counts().0, 3);
    // A minute later one probe goes, and fails; then two minutes of rest.
    let later = |minutes| wall.now() + SignedDuration::from_mins(minutes);
    fails(&api, WITH, later(1)).await;
    fails(&api, WITH, later(2)).await;
    assert_eq!(peer.counts().0, 4);
    // The service is back: the next probe closes it.
    peer.always(None);
    found(&api, WITH, later(4)).await;
    assert_eq!(api.health().phase, Phase::Closed { failures: 0 });
    found(&api, WITHOUT, later(4)).await;
}

#[tokio::test]
async fn while_it_is_down_a_kept_answer_is_shown_with_its_age() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = api(&config(&peer));
    let fresh = found(&api, WITH, wall.now()).await;
    assert_eq!(api.find(&receipt("SRC0000000001"), wall.now()).await.unwrap(), None);
    peer.always(Some(Reply::new(500, "down")));
    let later = |minutes| wall.now() + SignedDuration::from_mins(minutes);
    // Still fresh: not even asked. Then asked, and shown with the age it has.
    assert_eq!(found(&api, WITH, later(14)).await, fresh);
    assert_eq!(peer.counts().0, 2);
    let kept = Seen { how: cases::Freshness::Kept, ..fresh.clone() };
    assert_eq!(found(&api, WITH, later(16)).await, kept);
    assert_eq!(peer.counts().0, 3);
    assert_eq!(found(&api, WITH, later(23 * 60)).await, kept);
    // That there was no case is not repeated, and a day is the end.
    assert!(matches!(fails(&api, "SRC0000000001", later(16)).await, CaseSourceError::Unavailable { .. }));
    assert!(matches!(fails(&api, WITH, later(24 * 60)).await, CaseSourceError::Unavailable { .. }));
    // Back again, the answer is new.
    peer.always(None);
    assert!(found(&api, WITH, later(25 * 60)).await.as_of > fresh.as_of);
}

#[tokio::test]
async fn no_more_answers_are_kept_than_said() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let mut config = config(&peer);
    config.kept = 3;
    let api = api(&config);
    for n in 0..6 {
        found(&api, &format!("LIN999910000{n}"), wall.now()).await;
    }
    assert_eq!(api.health().kept, 3);
}

#[tokio::test]
async fn unknown_titles_are_noted_for_the_operator_unless_they_hold_a_number() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = api(&config(&peer));
    for (n, title) in ["Case Was Put On A Shelf", "Case EAC9999103403 Was Lost", "Case Was Put On A Shelf"]
        .iter()
        .enumerate()
    {
        peer.seen.lock().unwrap().changes.insert("current_case_status_text_en".into(), json!(title));
        let seen = found(&api, &format!("LIN999910000{n}"), wall.now()).await;
        assert_eq!(seen.case.state, domain::case::CaseState::Pending);
    }
    assert_eq!(api.health().unknown_titles, ["Case Was Put On A Shelf"]);
}

/// Everything that is logged over HTTP/1.1, at every level, by every crate under the look-up.
#[test]
fn no_log_line_tells_about_whom() {
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);
    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, || {
        tracing::debug!("the log is on");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (peer, wall) = (Peer::start().await, Wall::start());
            let api = api(&config(&peer));
            found(&api, WITH, wall.now()).await;
            for reply in [Reply::new(400, WITH), Reply::new(500, WITH), Reply::new(200, WITH)] {
                peer.next(reply);
                fails(&api, WITHOUT, wall.now()).await;
            }
            peer.next(Reply::new(200, "").after(Duration::from_secs(9)));
            fails(&api, WITHOUT, wall.now()).await;
        });
    });
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("the log is on") && text.contains("hyper_util"), "{text}");
    for secret in [WITH, WITHOUT, SECRET, "token-1"] {
        assert!(!text.contains(secret), "{secret} in:\n{text}");
    }
}
