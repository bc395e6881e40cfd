//! The engine behind HTTP, against a real server that behaves and misbehaves.

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use voice::{
    Engine, EngineError, Http, HttpConfig, HttpFault, Raw, Request, Said, Settings, Voice, VoiceError,
};

type Asked = Arc<Mutex<Vec<(Option<String>, serde_json::Value)>>>;

/// A second of a tone as a WAV file.
fn wav() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 24_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::new(&mut bytes, spec).expect("a writer");
    for at in 0..24_000 {
        writer.write_sample(if at / 30 % 2 == 0 { 9_000_i16 } else { -9_000 }).expect("written");
    }
    writer.finalize().expect("written");
    bytes.into_inner()
}

/// Answers as its model's name says.
async fn speech(
    State(asked): State<Asked>,
    headers: HeaderMap,
    Json(body): Json<serde_json::Value>,
) -> Response {
    let model = body["model"].as_str().unwrap_or_default().to_owned();
    let key = headers.get("authorization").and_then(|key| key.to_str().ok()).map(str::to_owned);
    asked.lock().expect("asked").push((key, body));
    match model.as_str() {
        "good" => wav().into_response(),
        "fails" => (StatusCode::INTERNAL_SERVER_ERROR, "a stack trace").into_response(),
        "moved" => (StatusCode::FOUND, [("location", "/v1/audio/elsewhere")]).into_response(),
        "slow" => {
            tokio::time::sleep(Duration::from_mins(1)).await;
            wav().into_response()
        }
        "large" => vec![0_u8; 200_000].into_response(),
        "page" => "<html>not sound</html>".into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A server that answers with bytes without end and of no stated length, so many milliseconds apart.
async fn endless(pause: u64) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let _asked = stream.read(&mut [0; 4_000]).await?;
        stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await?;
        loop {
            stream.write_all(&[b"3e8\r\n", &[0; 1_000][..], b"\r\n"].concat()).await?;
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
        #[expect(unreachable_code, reason = "it says what `?` means above")]
        Ok::<(), std::io::Error>(())
    });
    at
}

async fn server() -> (SocketAddr, Asked) {
    let asked = Asked::default();
    let app = Router::new().route("/tts/v1/audio/speech", post(speech)).with_state(Arc::clone(&asked));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    (at, asked)
}

fn config(at: SocketAddr, model: &str) -> HttpConfig {
    let mut config =
        HttpConfig::new(format!("http://{at}/tts/"), model).voice("en", "heart").voice("es", "dora");
    config.most = 100_000;
    config.whole = Duration::from_secs(20);
    config
}

async fn spoken(config: HttpConfig) -> Result<Raw, EngineError> {
    let engine = Http::new(config).expect("an engine");
    engine.speak(&Request { words: "Hello.", lang: "en", percent: 100 }).await
}

#[tokio::test]
async fn it_is_asked_as_such_services_are() {
    let (at, asked) = server().await;
    let mut config = config(at, "good");
    config.api_key = Some("a-key-of-ours".to_owned());
    assert!(!format!("{config:?}").contains("a-key-of-ours"));
    let engine = Http::new(config).expect("an engine");
    assert!(!format!("{engine:?}").contains("a-key-of-ours"));
    assert!(engine.speaks("es-MX") && !engine.speaks("fr"));
    let voice = Voice::open(Settings::new(vec![Arc::new(engine)])).expect("a voice");
    let sound = voice.clip(&Said::shared("en-US", "Hello.")).await.expect("spoken");
    assert!(sound.samples.len().abs_diff(8_000) < 800, "{sound:?}");
    voice.clip(&Said::shared("es", "Hola.").at(80)).await.expect("spoken");
    let asked = asked.lock().expect("asked");
    let key = Some("Bearer a-key-of-ours".to_owned());
    let body =
        serde_json::json!({"model": "good", "input": "Hello.", "voice": "heart", "response_format": "wav"});
    assert_eq!(asked[0], (key.clone(), body));
    let body = serde_json::json!({
        "model": "good", "input": "Hola.", "voice": "dora", "response_format": "wav", "speed": 0.8
    });
    assert_eq!(asked[1], (key, body));
}

#[tokio::test]
async fn each_misbehaviour_is_a_failure_with_its_name() {
    let (at, asked) = server().await;
    assert_eq!(spoken(config(at, "fails")).await.expect_err("no"), EngineError::Status(500));
    assert_eq!(spoken(config(at, "unknown")).await.expect_err("no"), EngineError::Status(404));
    assert_eq!(spoken(config(at, "moved")).await.expect_err("no"), EngineError::Status(302));
    assert_eq!(asked.lock().expect("asked").len(), 3, "nobody is sent elsewhere");
    assert_eq!(spoken(config(at, "large")).await.expect_err("no"), EngineError::TooLarge(100_000));
    assert_eq!(
        spoken(config(endless(0).await, "good")).await.expect_err("no"),
        EngineError::TooLarge(100_000)
    );
    for at in [at, endless(50).await] {
        let mut config = config(at, "slow");
        (config.whole, config.most) = (Duration::from_millis(700), usize::MAX);
        assert_eq!(spoken(config).await.expect_err("no"), EngineError::TooSlow(Duration::from_millis(700)));
    }
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port");
    assert!(matches!(spoken(config(nobody, "good")).await, Err(EngineError::Unreachable(_))));
    let engine = Arc::new(Http::new(config(at, "page")).expect("an engine"));
    let voice = Voice::open(Settings::new(vec![engine])).expect("a voice");
    match voice.clip(&Said::shared("en", "Hello.")).await {
        Err(VoiceError::Failed(failures)) => {
            assert!(matches!(failures[..], [(_, EngineError::Sound(_))]), "{failures:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_configuration_that_cannot_be_is_refused() {
    let fault = |base: &str| Http::new(HttpConfig::new(base, "m").voice("en", "v")).expect_err(base);
    for base in [
        "",
        "voice.example.gov",
        "ftp://voice.example.gov",
        "https://user:pass@example.gov",
        "https://a.example/?x=1",
    ] {
        assert!(matches!(fault(base), HttpFault::Url), "{base}");
    }
    assert!(matches!(fault("http://voice.example.gov"), HttpFault::Plain));
    let mut config = HttpConfig::new("http://voice.example.gov", "m").voice("en", "v");
    config.plain_http = true;
    assert!(Http::new(config.clone()).is_ok());
    assert!(Http::new(HttpConfig::new("https://voice.example.gov/tts", "m").voice("en", "v")).is_ok());
    config.api_key = Some("two\nlines".to_owned());
    assert!(matches!(Http::new(config.clone()), Err(HttpFault::Key)));
    config.api_key = None;
    config.trust_file = Some("/nowhere/ca.pem".into());
    assert!(matches!(Http::new(config.clone()), Err(HttpFault::File(..))));
    config.trust_file = Some("/dev/null".into());
    assert!(matches!(Http::new(config.clone()), Err(HttpFault::Trust)));
    config.voices.clear();
    assert!(matches!(Http::new(config), Err(HttpFault::Voices)));
}
