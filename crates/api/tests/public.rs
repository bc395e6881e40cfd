//! What everybody may ask, without a token.

use crate::common::{self, Room, START, time};
use api::Rate;
use domain::{mark::MarkCode, text::Lang};
use serde_json::{Value, json};

/// A question with a body.
async fn question(room: &Room, path: &str, body: &Value) -> common::Reply {
    let headers = [("content-type", "application/json")];
    room.raw("POST", &format!("/api/v1/public{path}"), &headers, body.to_string().into_bytes()).await
}

#[tokio::test]
async fn everybody_may_ask_what_everybody_may_know() {
    let room = Room::at(START).await;
    let get = async |path: &str| room.raw("GET", &format!("/api/v1/public{path}"), &[], vec![]).await;
    assert!(get("/offices").await.ok()["offices"].as_array().unwrap().len() > 50);
    assert!(get("/reasons").await.ok()["reasons"].as_array().unwrap().len() > 3);
    let line = get("/line").await.ok();
    // Monday, noon in New York.
    assert_eq!((&line["open"], &line["opens"]), (&json!(true), &Value::Null));
    assert!(time(&line["until"]) > room.now());
    let langs: Vec<&str> =
        line["wait"].as_array().unwrap().iter().map(|w| w["lang"].as_str().unwrap()).collect();
    assert!(langs.contains(&Lang::es().as_str()), "{langs:?}");
    let statistics = get("/statistics").await.ok();
    assert_eq!(statistics["to"], "2026-11-22");
    assert!(
        statistics["figures"]
            .as_array()
            .unwrap()
            .iter()
            .all(|f| f["held_back"] == true || f["n"] == 0 || f["n"].is_u64())
    );
    let tag = get("/offices").await.header("etag").to_owned();
    let known = room.raw("GET", "/api/v1/public/offices", &[("if-none-match", &tag)], vec![]).await;
    assert_eq!(known.status, 304);

    let admin = room.token("admin").await;
    let case = json!({
        "receipt": "IOE9999999901", "form": "I-90", "state": "pending", "title": { "en": "We have it" },
        "meaning": { "en": "Nothing to do." }, "received": "2026-10-01", "updated": "2026-10-02",
    });
    room.post(&admin, "/cases/import", &json!({ "cases": [case] })).await.ok();
    let case = question(&room, "/case-status", &json!({ "receipt": "IOE9999999901" })).await.ok();
    assert_eq!(case["state"], "pending");
    let none = question(&room, "/case-status", &json!({ "receipt": "IOE0000000000" })).await;
    assert_eq!(none.problem(), (404, "not-found".into()));
    for code in [MarkCode::from_mac(3).to_string(), "AAAAAAA".to_owned(), "x".to_owned()] {
        let answer = question(&room, "/code", &json!({ "code": code })).await.ok();
        assert_eq!(answer, json!({ "ours": false, "way": null, "day": null }));
    }
}

#[tokio::test]
async fn a_code_says_by_which_way_and_when_and_nothing_else() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let number = room.ask(&officer, "Ana").await;
    let id = room.store.inquiry_numbered(number.parse().unwrap()).await.unwrap().unwrap().id;
    let notice = room.store.notices(id).await.unwrap().remove(0);
    let code = room.desk.links().notice_mark(notice.id).to_string();
    let asks = json!({ "code": format!("{} {}", &code[..3], &code[3..]).to_lowercase() });
    assert_eq!(question(&room, "/code", &asks).await.ok()["ours"], false, "it has not gone out yet");
    room.pass(1).await;
    let answer = question(&room, "/code", &asks).await.ok();
    assert_eq!(answer, json!({ "ours": true, "way": "email", "day": "2026-11-23" }));
}

#[tokio::test]
async fn one_address_asks_so_often_and_each_thing_is_counted_by_itself() {
    let room = Room::with_rate(START, Rate { requests: 5, seconds: 60 }).await;
    let asks = json!({ "receipt": "IOE0000000000" });
    for n in 0..6 {
        let said = question(&room, "/case-status", &asks).await.problem();
        assert_eq!(said.0, if n < 5 { 404 } else { 429 }, "{n}: {said:?}");
    }
    assert!(!question(&room, "/case-status", &asks).await.header("retry-after").is_empty());
    question(&room, "/code", &json!({ "code": "K7PM3QX" })).await.ok();
    room.raw("GET", "/api/v1/public/offices", &[], vec![]).await.ok();
    room.pass(1).await;
    assert_eq!(question(&room, "/case-status", &asks).await.problem().0, 404);
}
