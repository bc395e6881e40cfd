//! What holds for every request: keys, tags, cursors, sizes, languages, limits, and the documentation.

use crate::common::{Reply, Room, START, request};
use api::Rate;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[tokio::test]
async fn a_repeat_is_answered_as_before_and_done_once() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let first = room.post_as(&officer, "/inquiries", "one", &[], &request("Ana")).await;
    assert_eq!(first.header("idempotency-replayed"), "");
    let number = first.ok()["inquiry"].as_str().unwrap().to_owned();
    let callback = format!("/inquiries/{number}/callback");
    let promise = json!({ "start": room.window(&officer, &number).await });
    let promised = room.post_as(&officer, &callback, "two", &[], &promise).await;
    room.post(&officer, &format!("{callback}/cancel"), &Value::Null).await.ok();
    room.pass(30).await;

    let again = room.post_as(&officer, "/inquiries", "one", &[], &request("Ana")).await;
    assert_eq!((again.status, &again.text), (first.status, &first.text), "the link too");
    assert_eq!(again.header("idempotency-replayed"), "true");
    let again = room.post_as(&officer, &callback, "two", &[], &promise).await;
    assert_eq!(
        (again.status, &again.text),
        (promised.status, &promised.text),
        "as it was then, not as it is now"
    );
    assert_eq!(again.header("etag"), promised.header("etag"));
    assert_eq!(room.get(&officer, &format!("/inquiries/{number}")).await.ok()["stage"], "review");

    let in_use = (409, "idempotency-key-in-use".to_owned());
    let other = room.token("j.lee").await;
    let taken = room.post_as(&other, &callback, "two", &[], &promise).await;
    assert_eq!(taken.problem(), in_use, "another's key");
    let cancel = room.post_as(&officer, &format!("{callback}/cancel"), "two", &[], &Value::Null).await;
    assert_eq!(cancel.problem(), in_use, "another command");
    let later =
        room.post_as(&officer, &callback, "two", &[], &json!({ "start": "2026-12-03T18:00:00Z" })).await;
    assert_eq!(later.problem(), in_use, "the same address with another body");
    let second = room.token("m.ortega").await;
    let same = room.post_as(&second, &callback, "two", &[], &promise).await;
    assert_eq!(same.header("idempotency-replayed"), "true", "another token of the same member of staff");
}

#[tokio::test]
async fn a_command_needs_a_key_that_can_be_one() {
    let room = Room::at(START).await;
    let token = format!("Bearer {}", room.token("m.ortega").await);
    let body = request("Ana").to_string().into_bytes();
    let json = ("content-type", "application/json");
    let missing =
        room.raw("POST", "/api/v1/inquiries", &[("authorization", &token), json], body.clone()).await;
    assert_eq!(missing.problem(), (400, "idempotency-key-missing".into()));
    for key in ["", "a b", "é", &"x".repeat(101)] {
        let headers = [("authorization", token.as_str()), json, ("idempotency-key", key)];
        let reply = room.raw("POST", "/api/v1/inquiries", &headers, body.clone()).await;
        assert_eq!(reply.problem(), (400, "idempotency-key-malformed".into()), "{key:?}");
    }
    let figures = room.store.figures(room.now()).await.unwrap();
    assert!(figures.by_stage.is_empty(), "nothing was done");
}

#[tokio::test]
async fn nobody_writes_over_what_they_have_not_read() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let number = room.ask(&officer, "Ana").await;
    let path = format!("/inquiries/{number}/papers");
    let body = json!({ "missing": ["passport"] });
    let moved = room.post_as(&officer, &path, "a", &[("if-match", "\"7\"")], &body).await;
    assert_eq!(moved.problem(), (412, "moved-on".into()));
    assert!(moved.text.contains("\\\"1\\\""), "it says which it is now: {}", moved.text);
    for never in ["W/\"1\"", "\"x\""] {
        assert_eq!(
            room.post_as(&officer, &path, "a", &[("if-match", never)], &body).await.status,
            412,
            "{never}"
        );
    }
    let bad = room.post_as(&officer, &path, "a", &[("if-match", "1")], &body).await;
    assert_eq!(bad.problem(), (400, "bad-header".into()));
    let done = room.post_as(&officer, &path, "a", &[("if-match", "\"9\", \"1\"")], &body).await;
    assert_eq!((done.status.as_u16(), done.header("etag")), (200, "\"2\""));
    let again = room.post_as(&officer, &path, "a", &[("if-match", "\"9\", \"1\"")], &body).await;
    assert_eq!(
        (again.status.as_u16(), again.header("idempotency-replayed")),
        (200, "true"),
        "a repeat is no new act"
    );
    let any =
        room.post_as(&officer, &format!("{path}/complete"), "b", &[("if-match", "*")], &Value::Null).await;
    any.ok();
}

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let bearer = format!("Bearer {officer}");
    let number = room.ask(&officer, "Ana").await;
    let ask = async |path: &str, tag: &str| -> Reply {
        let headers = [("authorization", bearer.as_str()), ("if-none-match", tag)];
        room.raw("GET", &format!("/api/v1{path}"), &headers, vec![]).await
    };
    let path = format!("/inquiries/{number}");
    for (path, tag) in
        [(path.as_str(), "\"1\""), ("/offices", room.get(&officer, "/offices").await.header("etag"))]
    {
        for known in [tag.to_owned(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let reply = ask(path, &known).await;
            assert_eq!(
                (reply.status.as_u16(), reply.text.as_str(), reply.header("etag")),
                (304, "", tag),
                "{known}"
            );
        }
        assert_eq!(ask(path, "\"x\"").await.status, 200);
        assert_eq!(ask(path, "x").await.problem(), (400, "bad-header".into()));
    }
    room.post(&officer, &format!("{path}/papers"), &json!({ "missing": ["passport"] })).await.ok();
    assert_eq!(ask(&path, "\"1\"").await.status, 200, "it has moved on");
}

#[tokio::test]
async fn a_list_is_read_part_by_part() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let mut asked = BTreeSet::new();
    for name in ["Ana", "Bo", "Cy", "Di", "Ed"] {
        asked.insert(room.ask(&officer, name).await);
    }
    let (mut path, mut found, mut parts) = ("/inquiries?limit=2".to_owned(), BTreeSet::new(), 0);
    loop {
        let part = room.get(&officer, &path).await.ok();
        parts += 1;
        for row in part["rows"].as_array().unwrap() {
            assert!(found.insert(row["number"].as_str().unwrap().to_owned()), "twice");
        }
        let Some(next) = part["next"].as_str() else { break };
        path = format!("/inquiries?limit=2&cursor={next}");
    }
    assert_eq!((parts, found), (3, asked));
    let next = path.split("cursor=").nth(1).unwrap();
    for elsewhere in [format!("/review?cursor={next}"), "/inquiries?cursor=abc".to_owned()] {
        assert_eq!(room.get(&officer, &elsewhere).await.problem(), (404, "no-such-page".into()));
    }
    for bad in
        ["limit=0", "limit=201", "limit=-1", "limit=x", "limit=", "page=2", "limit=2&limit=3", "cursor=a%2Fb"]
    {
        let reply = room.get(&officer, &format!("/inquiries?{bad}")).await;
        assert_eq!(reply.problem(), (400, "bad-query".into()), "{bad}");
    }
}

#[tokio::test]
async fn whatever_cannot_be_read_is_a_problem_of_ours() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let bearer = format!("Bearer {officer}");
    let send = async |method: &str, path: &str, kind: &str, body: &str| {
        let headers = [("authorization", bearer.as_str()), ("idempotency-key", "k"), ("content-type", kind)];
        room.raw(method, path, &headers, body.as_bytes().to_vec()).await
    };
    let json = "application/json; charset=utf-8";
    let asked = "/api/v1/inquiries";
    let table = [
        ("POST", asked, json, "{".to_owned(), 400, "bad-json"),
        ("POST", asked, json, String::new(), 400, "bad-json"),
        ("POST", asked, json, "\"\\ud800\"".to_owned(), 400, "bad-json"),
        ("POST", asked, json, "[]".to_owned(), 422, "wrong-shape"),
        ("POST", asked, json, "{}".to_owned(), 422, "wrong-shape"),
        ("POST", asked, "text/plain", request("Ana").to_string(), 415, "not-json"),
        ("POST", asked, json, format!("\"{}\"", "x".repeat(64 * 1024)), 413, "body-too-large"),
        ("PUT", asked, json, "{}".to_owned(), 405, "method-not-allowed"),
        ("GET", "/api/v1/nowhere", json, String::new(), 404, "not-found"),
        ("GET", "/api/v1/inquiries/12345678", json, String::new(), 404, "not-found"),
        ("GET", "/api/v1/inquiries/1234%205678", json, String::new(), 404, "not-found"),
        ("GET", "/api/nowhere", json, String::new(), 404, "not-found"),
        ("POST", "/api/docs", json, String::new(), 405, "method-not-allowed"),
    ];
    for (method, path, kind, body, status, code) in table {
        let reply = send(method, path, kind, &body).await;
        assert_eq!(reply.problem(), (status, code.to_owned()), "{method} {path} {body:.60}");
        assert_eq!(status == 405, !reply.header("allow").is_empty());
    }
    let mut misfit = request("Ana");
    misfit["reach"]["phone"] = "call me".into();
    let reply = send("POST", asked, json, &misfit.to_string()).await;
    assert_eq!(reply.json()["faults"][0]["at"], "/reach/phone");
    assert!(!reply.text.contains("call me"), "what was sent is not said back");
    let mut unknown = request("Ana");
    unknown["reach"]["fax"] = "x".into();
    assert_eq!(send("POST", asked, json, &unknown.to_string()).await.json()["faults"][0]["at"], "/reach/fax");
    let mut late = request("Ana");
    late["preferred"] = json!([{}, {}, {}, {}]);
    assert_eq!(send("POST", asked, json, &late.to_string()).await.json()["faults"][0]["at"], "/preferred");
}

#[tokio::test]
async fn problems_come_in_the_language_asked_for() {
    let room = Room::at(START).await;
    for (accept, lang) in
        [("es-MX,es;q=0.9,en;q=0.5", "es"), ("fr, es;q=0.5", "es"), ("fr", "en"), ("", "en")]
    {
        let reply = room.raw("GET", "/api/v1/me", &[("accept-language", accept)], vec![]).await;
        assert_eq!(reply.header("content-language"), lang, "{accept}");
        assert_eq!(reply.header("vary"), "Accept-Language");
        let title = reply.json()["title"].as_str().unwrap().to_owned();
        assert_eq!(title, if lang == "es" { "Esto necesita un token" } else { "This needs a token" });
    }
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let room = Room::with_rate(START, Rate { requests: 3, seconds: 30 }).await;
    let (one, other) = (room.token("m.ortega").await, room.token("j.lee").await);
    for left in ["2", "1", "0"] {
        let reply = room.get(&one, "/me").await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("ratelimit-policy"), "\"token\";q=3;w=30");
        assert!(reply.header("ratelimit").starts_with(&format!("\"token\";r={left};t=")));
    }
    let many = room.get(&one, "/me").await;
    assert_eq!((many.problem(), many.header("retry-after")), ((429, "too-many".into()), "10"));
    assert_eq!(many.header("ratelimit"), "\"token\";r=0;t=10");
    assert_eq!(room.get(&other, "/me").await.status, 200, "each token has its own");
    for _ in 0..3 {
        assert_eq!(room.get("wrong", "/me").await.status, 401);
    }
    assert_eq!(room.get("wrong", "/me").await.status, 429, "nor can tokens be guessed without end");
    room.pass(1).await;
    assert_eq!(room.get(&one, "/me").await.status, 200);
}

#[tokio::test]
async fn the_documentation_says_everything_and_asks_nobody_else() {
    let room = Room::at(START).await;
    let spec = room.raw("GET", "/api/openapi.json", &[], vec![]).await;
    assert_eq!(spec.ok(), api::document());
    assert_eq!(spec.ok()["openapi"], "3.1.0");
    let page = room.raw("GET", "/api/docs", &[], vec![]).await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(
        !page.text.contains("<script") && !page.text.contains("style=") && !page.text.contains("http"),
        "self-contained"
    );
    for (path, item) in spec.ok()["paths"].as_object().unwrap() {
        assert!(page.text.contains(path), "{path}");
        for operation in item.as_object().unwrap().values() {
            assert!(
                operation["summary"].as_str().is_some_and(|summary| page.text.contains(&escaped(summary)))
            );
            assert!(page.text.contains(&format!("id=\"{}\"", operation["operationId"].as_str().unwrap())));
        }
    }
    // Every link within the page has an end, and no place stands twice.
    let ids: Vec<&str> =
        page.text.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for link in page.text.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(ids.contains(&link), "#{link} leads nowhere");
    }
    assert_eq!(page.text.matches("<h1").count(), 1);
    assert!(page.text.contains("<html lang=\"en\""));
    let style = room.raw("GET", "/api/docs/style.css", &[], vec![]).await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    // The codes stand in docs/api.md too.
    let told = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api.md")).unwrap();
    for code in
        api::document()["components"]["schemas"]["Problem"]["properties"]["code"]["enum"].as_array().unwrap()
    {
        let code = code.as_str().unwrap();
        assert!(told.contains(&format!("| `{code}` |")), "docs/api.md does not tell of {code}");
        assert!(page.text.contains(&format!("id=\"problem-{code}\"")), "{code}");
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[tokio::test]
async fn indicators_are_told_with_how_they_are_counted() {
    let room = Room::at(START).await;
    let analyst = room.token("analyst").await;
    let told = room.get(&analyst, "/indicators?from=2026-11-20").await.ok();
    assert_eq!((&told["from"], &told["to"]), (&json!("2026-11-20"), &json!("2026-11-23")));
    assert_eq!((&told["by"], &told["version"]), (&json!("all"), &json!(domain::indicators::VERSION)));
    let (figures, definitions) =
        (told["figures"].as_array().unwrap(), told["definitions"].as_array().unwrap());
    assert_eq!(figures.len(), domain::indicators::Indicator::ALL.len());
    assert_eq!(definitions.len(), figures.len());
    let blocked = figures.iter().find(|one| one["indicator"] == "blocked").unwrap();
    assert_eq!(
        (&blocked["value"], &blocked["n"], &blocked["recorded"]),
        (&Value::Null, &json!(0), &json!(true))
    );
    for one in definitions {
        for lang in ["en", "es"] {
            for text in ["name", "definition"] {
                assert!(one[text][lang].as_str().is_some_and(|said| said.len() > 3), "{one}");
            }
        }
    }
    // Whoever runs one office reads that office's, and nothing of the line.
    let manager = room.token("manager.los").await;
    let own = room.get(&manager, "/indicators").await.ok();
    let named = |code: &str| own["figures"].as_array().unwrap().iter().any(|one| one["indicator"] == code);
    assert!(named("calls-kept") && named("reviews-due") && !named("blocked") && !named("occupancy"));
    assert_eq!(room.get(&analyst, "/indicators?by=weather").await.problem().0, 400);
}
