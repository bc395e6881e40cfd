//! Text messages: what a person reads, what of theirs is understood, and a carrier over real HTTP.
#![expect(clippy::unwrap_used, reason = "a test may fail, in its helpers too")]

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use domain::{ids::NoticeId, pii::Pii, text::Lang, texting::TextWord};
use jiff::Timestamp;
use locale::{Overrides, Words};
use notices::{Failure, News, Outcome, Sent, Text, Texts, TextsConfig, Why, samples, text, word};
use serde_json::{Value, json};
use std::{
    fmt::Write,
    sync::{Arc, Mutex},
    time::Duration,
};

fn words() -> Words {
    Words::load(&Overrides::none()).unwrap()
}

fn in_one_piece(lang: &Lang) -> String {
    let words = words();
    let mut out = String::new();
    for facts in samples(lang) {
        let text = text(&words, &facts);
        writeln!(
            out,
            "## {} ({} parts, {} characters)\n{}\n",
            text.template,
            text.parts(),
            text.body.chars().count(),
            text.body
        )
        .unwrap();
    }
    out
}

#[test]
fn english() {
    insta::assert_snapshot!(in_one_piece(&Lang::en()));
}

#[test]
fn spanish() {
    insta::assert_snapshot!(in_one_piece(&Lang::es()));
}

#[test]
fn each_is_one_message_unless_it_has_a_link_and_says_nothing_of_the_case() {
    let words = words();
    for facts in [Lang::en(), Lang::es()].iter().flat_map(samples) {
        let text = text(&words, &facts);
        let link = text.body.contains(facts.link.reveal());
        assert!(text.parts() == 1 || link && text.parts() == 2, "{}: {}", text.template, text.body);
        assert!(text.body.starts_with("Samples"), "who writes comes first: {}", text.body);
        assert!(!text.body.contains("Ana") && !text.body.contains(['{', '\u{2068}', '⟦']), "{}", text.body);
        if let News::DecisionMade { sentence } = &facts.news {
            assert!(!text.body.contains(sentence));
        }
        if let News::PapersNeeded { papers, .. } = &facts.news {
            assert!(papers.iter().all(|paper| !text.body.contains(paper)));
        }
    }
}

#[test]
fn parts_are_counted_as_a_carrier_counts_them() {
    let parts = |body: String| Text { body, template: String::new() }.parts();
    assert_eq!(parts("a".repeat(160)), 1);
    assert_eq!(parts("a".repeat(161)), 2);
    assert_eq!(parts("a".repeat(306)), 2);
    assert_eq!(parts("a".repeat(307)), 3);
    assert_eq!(parts("€".repeat(80)), 1);
    assert_eq!(parts("€".repeat(81)), 2);
    assert_eq!(parts("á".repeat(70)), 1);
    assert_eq!(parts("á".repeat(71)), 2);
    assert_eq!(parts("ñ¿é".repeat(53)), 1);
}

#[test]
fn words_are_understood_in_both_languages_however_they_are_written() {
    let words = words();
    for (said, is) in [
        ("CONFIRM", Some(TextWord::Confirm)),
        (" confirm. ", Some(TextWord::Confirm)),
        ("Sí", Some(TextWord::Confirm)),
        ("¡Confirmo!", Some(TextWord::Confirm)),
        ("Move please", Some(TextWord::Move)),
        ("cambiar", Some(TextWord::Move)),
        ("CANCEL", Some(TextWord::Cancel)),
        ("Cancelar por favor", Some(TextWord::Cancel)),
        ("stop", Some(TextWord::Stop)),
        ("Alto", Some(TextWord::Stop)),
        ("START", Some(TextWord::Start)),
        ("Ayuda", Some(TextWord::Help)),
        ("help?", Some(TextWord::Help)),
        ("", None),
        ("…", None),
        ("Please cancel", None),
        ("Cancel what I said last week", None),
        ("stopping", None),
    ] {
        assert_eq!(word(&words, said), is, "{said:?}");
    }
}

/// What the carrier was sent, and what it answers.
#[derive(Clone, Default)]
struct Carrier {
    seen: Arc<Mutex<Vec<(HeaderMap, Value)>>>,
    answer: Arc<Mutex<Option<(u16, Value)>>>,
}

async fn take(State(carrier): State<Carrier>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    carrier.seen.lock().unwrap().push((headers, body));
    let answer = carrier.answer.lock().unwrap().clone();
    let Some((status, body)) = answer else {
        tokio::time::sleep(Duration::from_secs(5)).await;
        return StatusCode::OK.into_response();
    };
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

async fn carrier() -> (Carrier, Texts) {
    let carrier = Carrier::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/messages", listener.local_addr().unwrap());
    let app = Router::new().route("/messages", post(take)).with_state(carrier.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
    let texts = Texts::http(TextsConfig {
        url,
        token: Pii::from("very-secret"),
        from: "+18005550100".to_owned(),
        secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap(),
        trust: None,
        timeout: Duration::from_millis(500),
    })
    .unwrap();
    (carrier, texts)
}

fn message() -> (NoticeId, Pii<String>, Text) {
    let id = NoticeId::new(Timestamp::UNIX_EPOCH, &[7; 10]);
    (id, Pii::from("+12135550101"), text(&words(), &samples(&Lang::en())[0]))
}

#[tokio::test]
async fn a_message_goes_out_under_its_own_name() {
    let (carrier, texts) = carrier().await;
    *carrier.answer.lock().unwrap() = Some((202, json!({ "id": "SM-1 <+12135550101>" })));
    let (id, to, text) = message();
    let sent = texts.send(id, &to, &text).await;
    assert_eq!(sent, Outcome::Sent(Sent { receipt: "202 SM-112135550101".to_owned() }));
    let seen = carrier.seen.lock().unwrap().clone();
    let [(headers, body)] = seen.as_slice() else { panic!("one message") };
    assert_eq!(headers["authorization"], "Bearer very-secret");
    assert_eq!(headers["idempotency-key"], id.to_string());
    let want =
        json!({ "id": id.to_string(), "from": "+18005550100", "to": "+12135550101", "text": text.body });
    assert_eq!(*body, want);
    assert!(!format!("{texts:?} {text:?}").contains("very-secret"), "no secret is printed");
}

#[tokio::test]
async fn what_the_carrier_answers_says_whether_to_try_again() {
    let (carrier, texts) = carrier().await;
    let (id, to, text) = message();
    for (status, why) in [
        (429, Why::PutOff),
        (503, Why::PutOff),
        (401, Why::Login),
        (302, Why::Protocol),
        (404, Why::Protocol),
    ] {
        *carrier.answer.lock().unwrap() = Some((status, json!({})));
        let failure = Failure { why, code: Some(status) };
        assert_eq!(texts.send(id, &to, &text).await, Outcome::Temporary(failure), "{status}");
    }
    for status in [400, 410, 422] {
        *carrier.answer.lock().unwrap() = Some((status, json!({ "to": "+12135550101" })));
        let failure = Failure { why: Why::Refused, code: Some(status) };
        assert_eq!(texts.send(id, &to, &text).await, Outcome::Permanent(failure), "{status}");
    }
    *carrier.answer.lock().unwrap() = None;
    let late = texts.send(id, &to, &text).await;
    assert_eq!(late, Outcome::Temporary(Failure { why: Why::Timeout, code: None }));
}

#[test]
fn secrets_go_to_no_address_without_encryption() {
    let config = |url: &str| TextsConfig {
        url: url.to_owned(),
        token: Pii::from("x"),
        from: String::new(),
        secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap(),
        trust: None,
        timeout: Duration::from_secs(1),
    };
    for bad in ["http://texts.example/", "https://ann@texts.example/", "ftp://texts.example/", "texts"] {
        assert!(Texts::http(config(bad)).is_err(), "{bad}");
    }
    assert!(Texts::http(config("https://texts.example/v1/messages?a=b")).is_ok());
    let no_pem = TextsConfig { trust: Some(b"none".to_vec()), ..config("https://texts.example/") };
    assert!(Texts::http(no_pem).is_err());
}
