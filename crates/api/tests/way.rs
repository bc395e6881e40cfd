//! The way through, by a program: every act once, and what each may be refused with.

use crate::common::{Room, START, request, time};
use jiff::SignedDuration;
use serde_json::{Value, json};

#[tokio::test]
async fn from_request_to_served() {
    let room = Room::at(START).await;
    let (officer, clerk) = (room.token("m.ortega").await, room.token("clerk.los").await);
    let received = room.post(&officer, "/inquiries", &request("Ana")).await;
    assert_eq!(received.status, 201);
    let body = received.ok();
    let number = body["inquiry"].as_str().unwrap().to_owned();
    assert_eq!(received.header("location"), format!("/api/v1/inquiries/{number}"));
    assert!(body["link"].as_str().unwrap().starts_with("https://help.agency.example/go/"));
    let at = |act: &str| format!("/inquiries/{number}{act}");

    let inquiry = room.get(&officer, &at("")).await;
    assert_eq!(inquiry.header("etag"), "\"1\"");
    let inquiry = inquiry.ok();
    assert_eq!((&inquiry["stage"], &inquiry["office"]), (&json!("review"), &json!("LOS")));
    assert_eq!(inquiry["reach"]["phone"], "+12135550101");
    assert_eq!(inquiry["request"]["channel"], "api");
    let review = room.get(&officer, "/review?office=LOS").await.ok();
    assert_eq!(review["rows"][0]["number"], number.as_str());
    assert_eq!(room.get(&officer, "/review?office=NYC").await.ok()["rows"], json!([]));

    let advice = room.get(&officer, &at("/advice?decision=urgency")).await.ok();
    assert!(advice["why"]["es"].as_str().is_some_and(|why| !why.is_empty()), "{advice}");
    let urgent = json!({ "urgency": "urgent", "because": "The person travels tomorrow." });
    assert_eq!(room.post(&officer, &at("/urgency"), &urgent).await.ok()["version"], 2);
    let papers = json!({ "missing": ["photo-id"] });
    assert_eq!(room.post(&officer, &at("/papers"), &papers).await.ok()["stage"], "papers");
    assert_eq!(room.get(&officer, &at("")).await.ok()["missing"], json!(["photo-id"]));
    assert_eq!(room.post(&officer, &at("/papers/complete"), &Value::Null).await.ok()["stage"], "review");

    let windows = room.get(&officer, &at("/windows?limit=2")).await.ok();
    let windows = windows["windows"].as_array().unwrap();
    assert_eq!(windows.len(), 2);
    assert_eq!(windows[0]["window"]["from"]["zone"], "America/Los_Angeles");
    let staff = room.staff("m.ortega").await.id.to_string();
    let promise = json!({ "start": windows[0]["start"], "officer": staff });
    let promised = room.post(&officer, &at("/callback"), &promise).await.ok();
    assert_eq!(promised["window"]["from"]["at"], windows[0]["start"]);
    let moved =
        room.post(&officer, &at("/callback/move"), &json!({ "start": windows[1]["start"] })).await.ok();
    assert_eq!(moved["window"]["from"]["at"], windows[1]["start"]);
    assert_eq!(room.post(&officer, &at("/callback/cancel"), &Value::Null).await.ok()["stage"], "review");
    let start = room.window(&officer, &number).await;
    room.post(&officer, &at("/callback"), &json!({ "start": start })).await.ok();
    let list = format!("/callbacks?before={}&officer={staff}", start + SignedDuration::from_hours(1));
    assert_eq!(room.get(&officer, &list).await.ok()["rows"][0]["number"], number.as_str());

    room.until(start).await;
    assert_eq!(room.post(&officer, &at("/call/start"), &Value::Null).await.ok()["stage"], "calling");
    room.pass(5).await;
    let ended = room.post(&officer, &at("/call/end"), &json!({ "outcome": "reached" })).await.ok();
    assert_eq!(ended["stage"], "spoken");
    let need =
        json!({ "need": "visit", "because": "It needs a stamp.", "sentence": "Usted tiene que venir." });
    assert_eq!(room.post(&officer, &at("/need"), &need).await.ok()["stage"], "to-book");

    let mut place = room.place(&number, 0).await;
    let held = room.post(&officer, &at("/hold"), &place).await.ok();
    assert!(time(&held["until"]) > room.now());
    place["held"] = held["held"].clone();
    place["bring_also"] = json!(["La orden del juez"]);
    let booked = room.post(&officer, &at("/appointment"), &place).await.ok();
    assert_eq!(booked["appointment"]["id"], held["held"]);
    let other = room.last_place(&number).await;
    let moved = room.post(&officer, &at("/appointment/move"), &other).await.ok();
    assert_eq!(moved["appointment"]["start"]["at"], other["start"]);
    let start = time(&other["start"]);
    let day = start.to_zoned(jiff::tz::TimeZone::get("America/Los_Angeles").unwrap()).date();
    let day = room.get(&clerk, &format!("/offices/LOS/day?date={day}")).await.ok();
    assert_eq!(day["rows"][0]["number"], number.as_str());

    room.until(start - SignedDuration::from_mins(10)).await;
    assert_eq!(room.post(&clerk, &at("/check-in"), &Value::Null).await.ok()["ticket"], "A001");
    room.post(&clerk, &at("/ticket"), &json!({ "counter": "4" })).await.ok();
    room.pass(15).await;
    assert_eq!(room.post(&clerk, &at("/serve"), &Value::Null).await.ok()["stage"], "closed");

    let shown = room.get(&clerk, &at("")).await.ok();
    assert_eq!(
        (&shown["closing"], &shown["reach"], &shown["request"]),
        (&json!("served"), &Value::Null, &Value::Null)
    );
    let need = shown["decisions"].as_array().unwrap().iter().find(|d| d["kind"] == "need").unwrap();
    assert_eq!(need["sentence"], json!({ "es": "Usted tiene que venir." }));
    let story = room.get(&officer, &at("/story")).await.ok();
    let acts: Vec<&str> =
        story["entries"].as_array().unwrap().iter().map(|e| e["happened"]["act"].as_str().unwrap()).collect();
    insta::assert_debug_snapshot!(acts);
    let notices = room.get(&officer, &at("/notices")).await.ok();
    assert!(notices["notices"].as_array().unwrap().iter().all(|n| n["state"] == "sent"), "{notices}");
    assert!(!notices.to_string().contains("example.org"), "to whom is not shown");
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_code() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let number = room.ask(&officer, "Ana").await;
    let at = |act: &str| format!("/inquiries/{number}{act}");
    let far = "2027-06-01T17:00:00Z";
    let place = json!({ "office": "LOS", "start": far, "pool": "officer" });
    let mut no_office = request("Bo");
    no_office["zip"] = "00000".into();
    let mut no_reason = request("Bo");
    no_reason["reason"] = "no-reason".into();
    let mut lang = request("Bo");
    lang["reach"]["lang"] = "ht".into();
    let mut zone = request("Bo");
    zone["reach"]["zone"] = "Mars/Base".into();
    let mut ahead = request("Bo");
    ahead["born"] = "2031-01-01".into();
    let mut answer = request("Bo");
    answer["answers"] = json!({ "no_question": true });
    let table = [
        ("/inquiries".to_owned(), request("Ana"), "already-live"),
        ("/inquiries".to_owned(), no_office, "no-office-for-zip"),
        ("/inquiries".to_owned(), no_reason, "no-such-reason"),
        ("/inquiries".to_owned(), lang, "language-not-spoken"),
        ("/inquiries".to_owned(), zone, "zone-not-known"),
        ("/inquiries".to_owned(), ahead, "born-ahead"),
        ("/inquiries".to_owned(), answer, "answer-not-taken"),
        (at("/urgency"), json!({ "urgency": "urgent" }), "reason-needed"),
        (at("/papers/complete"), Value::Null, "wrong-stage"),
        (at("/callback"), json!({ "start": far }), "not-offered"),
        (at("/callback/move"), json!({ "start": far }), "not-offered"),
        (at("/callback/cancel"), Value::Null, "wrong-stage"),
        (at("/call/start"), Value::Null, "wrong-stage"),
        (at("/call/end"), json!({ "outcome": "busy" }), "wrong-stage"),
        (at("/need"), json!({ "need": "elsewhere" }), "reason-needed"),
        (at("/hold"), place.clone(), "wrong-stage"),
        (at("/appointment"), place.clone(), "after-horizon"),
        (at("/appointment/move"), place, "after-horizon"),
        (at("/appointment/cancel"), Value::Null, "wrong-stage"),
        (at("/office"), json!({ "office": "XXX", "because": "Nearer." }), "no-such-office"),
    ];
    for (path, body, code) in table {
        let reply = room.post(&officer, &path, &body).await;
        assert_eq!(reply.problem(), (409, code.to_owned()), "{path} {}", reply.text);
    }
    let already = room.post(&officer, "/inquiries", &request("Ana")).await;
    assert!(!already.text.contains(&number), "nobody learns the number by asking: {}", already.text);
    for act in ["/check-in", "/serve", "/no-show"] {
        let clerk = room.token("clerk.los").await;
        assert_eq!(room.post(&clerk, &at(act), &Value::Null).await.problem().1, "wrong-stage", "{act}");
    }
}

#[tokio::test]
async fn visits_end_in_other_ways_too() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let clerk = room.token("clerk.los").await;
    let number = room.to_book("Ana").await;
    let at = |act: &str| format!("/inquiries/{number}{act}");
    let place = room.place(&number, 0).await;
    let booked = room.post(&officer, &at("/appointment"), &place).await.ok();
    let cancelled = room.post(&officer, &at("/appointment/cancel"), &Value::Null).await.ok();
    assert_eq!((&cancelled["stage"], &cancelled["appointment"]), (&json!("to-book"), &Value::Null));
    assert!(booked["version"].as_u64() < cancelled["version"].as_u64());
    room.post(&officer, &at("/appointment"), &place).await.ok();
    let early = room.post(&clerk, &at("/check-in"), &Value::Null).await;
    assert!(matches!(early.problem().1.as_str(), "not-today" | "too-early"), "{}", early.text);
    room.until(time(&place["start"]) + SignedDuration::from_mins(29)).await;
    let missed = room.post(&clerk, &at("/no-show"), &Value::Null).await;
    // The office's grace may not be over yet: then the same says from when.
    let missed = if missed.status == 409 {
        let inquiry = room.get(&clerk, &at("")).await.ok();
        assert_eq!(inquiry["stage"], "booked", "{}", missed.text);
        room.pass(120).await;
        room.get(&clerk, &at("")).await.ok()
    } else {
        missed.ok()
    };
    assert_eq!(missed["stage"], "to-book");
    let supervisor = room.token("supervisor").await;
    let moved = json!({ "office": "SFR", "because": "The person has moved." });
    room.post(&supervisor, &at("/office"), &moved).await.ok();
    assert_eq!(room.get(&officer, &at("")).await.ok()["office"], "LOS".replace("LOS", "SFR"));
}

#[tokio::test]
async fn cases_come_in_and_are_read() {
    let room = Room::at(START).await;
    let (admin, officer) = (room.token("admin").await, room.token("m.ortega").await);
    let case = |state: &str, updated: &str| {
        json!({
            "receipt": "IOE9999999901", "form": "I-90", "state": state,
            "title": { "en": "We have it", "es": "Lo tenemos" }, "meaning": { "en": "Nothing to do." },
            "received": "2026-10-01", "updated": updated,
            "history": [{ "on": "2026-10-01", "title": { "en": "It came in" } }],
        })
    };
    let import = async |case: &Value| room.post(&admin, "/cases/import", &json!({ "cases": [case] })).await;
    assert_eq!(
        import(&case("received", "2026-10-01")).await.ok(),
        json!({ "count": 1, "new": 1, "changed": 0, "dry_run": false })
    );
    let read = room.get(&officer, "/cases/ioe9999999901").await.ok();
    assert_eq!((&read["state"], &read["title"]["es"]), (&json!("received"), &json!("Lo tenemos")));
    import(&case("decision", "2026-11-01")).await.ok();
    assert_eq!(room.get(&officer, "/cases/IOE9999999901").await.ok()["state"], "decision");
    import(&case("received", "2026-10-01")).await.ok();
    assert_eq!(
        room.get(&officer, "/cases/IOE9999999901").await.ok()["state"],
        "received",
        "the last one holds"
    );
    let refused = import(&case("received", "2026-09-01")).await;
    assert_eq!(refused.problem(), (409, "import-refused".into()));
    assert_eq!(refused.json()["faults"][0]["at"], "/cases/0");
    assert_eq!(room.get(&officer, "/cases/IOE9999999902").await.problem(), (404, "not-found".into()));
}

#[tokio::test]
async fn the_journal_is_read_to_its_end_and_proves_itself() {
    let room = Room::at(START).await;
    let (auditor, officer) = (room.token("auditor").await, room.token("m.ortega").await);
    for name in ["Ana", "Bo", "Cy"] {
        room.ask(&officer, name).await;
    }
    let (mut after, mut all) = (0, Vec::new());
    loop {
        let part = room.get(&auditor, &format!("/journal?after={after}&limit=4")).await.ok();
        let entries = part["entries"].as_array().unwrap().clone();
        after = part["next"].as_u64().unwrap();
        if entries.is_empty() {
            break;
        }
        all.extend(entries);
    }
    let kept = room.store.journal(domain::journal::Seq(0), 500).await.unwrap();
    assert_eq!(all.len(), kept.len());
    for (shown, kept) in all.iter().zip(&kept) {
        assert_eq!(
            (shown["seq"].as_u64(), shown["hash"].as_str()),
            (Some(kept.seq.0), Some(kept.hash.as_str()))
        );
        assert_eq!(shown["happened"], serde_json::to_value(&kept.entry.happened).unwrap());
    }
    let text = serde_json::to_string(&all).unwrap();
    assert!(!text.contains("Ana") && !text.contains("5550101"), "nothing personal");
    let figures = room.get(&auditor, "/figures").await.ok();
    assert_eq!(figures["by_stage"], json!({ "review": 3 }));
}

#[tokio::test]
async fn tokens_are_made_listed_and_revoked() {
    let room = Room::at(START).await;
    let token = room.token("m.ortega").await;
    let me = room.get(&token, "/me").await.ok();
    assert_eq!((&me["name"], &me["roles"]), (&json!("M.ORTEGA"), &json!(["officer"])));
    let ask = json!({ "name": "night", "scopes": ["read"], "until": "2026-12-01T00:00:00Z" });
    let made = room.post_as(&token, "/tokens", "t1", &[], &ask).await;
    assert_eq!(made.status, 201);
    let made = made.ok();
    let child = made["token"].as_str().unwrap().to_owned();
    let again = room.post_as(&token, "/tokens", "t1", &[], &ask).await;
    assert_eq!((again.header("idempotency-replayed"), &again.ok()["token"]), ("true", &Value::Null));
    assert_eq!(again.ok()["id"], made["id"]);
    let beyond = json!({ "name": "more", "scopes": ["work"], "until": "2026-12-01T00:00:00Z" });
    assert_eq!(room.post(&child, "/tokens", &beyond).await.problem(), (409, "token-refused".into()));
    let number = room.ask(&token, "Ana").await;
    room.get(&child, &format!("/inquiries/{number}")).await.ok();
    let work = room.post(&child, &format!("/inquiries/{number}/papers/complete"), &Value::Null).await;
    assert_eq!(work.problem(), (403, "lacks-scope".into()));
    assert!(work.header("www-authenticate").contains("insufficient_scope"));
    assert_eq!(room.get(&token, "/tokens").await.ok()["tokens"].as_array().unwrap().len(), 2);
    let path = format!("/api/v1/tokens/{}", made["id"].as_str().unwrap());
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", "t2")];
    assert_eq!(room.raw("DELETE", &path, &headers, vec![]).await.status, 204);
    assert_eq!(room.raw("DELETE", &path, &headers, vec![]).await.header("idempotency-replayed"), "true");
    assert_eq!(room.get(&child, "/me").await.problem(), (401, "bad-token".into()));
    let others = room.token("j.lee").await;
    let bearer = format!("Bearer {others}");
    let own = room.get(&token, "/me").await.ok()["token"]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/tokens/{own}");
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", "t3")];
    assert_eq!(room.raw("DELETE", &path, &headers, vec![]).await.problem(), (404, "not-found".into()));
}

/// A program of a supervisor's moves somebody who waits, and is told why it may not.
#[tokio::test]
async fn who_waits_is_moved_from_queue_to_queue() {
    let room = Room::at(START).await;
    let supervisor = room.token("supervisor").await;
    let caller = desk::Caller::new(desk::Who::System("test"), room.key(), room.now());
    let join = desk::acts::JoinWait {
        queue: "operators".parse().unwrap(),
        lang: domain::text::Lang::en(),
        reason: None,
        urgency: domain::urgency::Urgency::Regular,
        person: None,
        inquiry: None,
        number: Some("2025550101".parse().unwrap()),
        first_asked: None,
        node: None,
        rung: None,
        keyed: domain::wait::Keyed::default(),
        relay: None,
    };
    let wait = room.desk.join_wait(&caller, &join).await.unwrap().wait;
    let list = room.get(&supervisor, "/waits").await.ok();
    assert_eq!(list["queues"], json!(["operators", "specialists"]));
    assert_eq!(list["waits"][0]["id"], wait.id.to_string());
    assert!(!list.to_string().contains("2025550101"), "nobody is known by it");
    let to = format!("/waits/{}/move", wait.id);
    let moved = room.post(&supervisor, &to, &json!({ "queue": "specialists", "why": "surge" })).await.ok();
    assert_eq!((&moved["queue"], &moved["asked"]), (&json!("specialists"), &list["waits"][0]["asked"]));
    for wrong in [
        json!({ "queue": "specialists", "why": "surge" }),
        json!({ "queue": "nowhere", "why": "surge" }),
        json!({ "queue": "operators", "why": "weather" }),
        json!({ "queue": "operators" }),
    ] {
        let refused = room.post(&supervisor, &to, &wrong).await;
        assert_eq!(refused.problem(), (409, "wait-refused".into()), "{wrong}");
    }
    let operator = room.token("operator").await;
    assert_eq!(room.get(&operator, "/waits").await.problem(), (403, "lacks-role".into()));
}

/// A program of a supervisor's proposes that calls go to another officer, sees what would become of each, and takes it back.
#[tokio::test]
async fn a_handover_is_proposed_and_taken_back() {
    let room = Room::at(START).await;
    let (officer, supervisor) = (room.token("m.ortega").await, room.token("supervisor").await);
    let number = room.ask(&officer, "Ana").await;
    let start = room.window(&officer, &number).await;
    let (ortega, lee) =
        (room.staff("m.ortega").await.id.to_string(), room.staff("j.lee").await.id.to_string());
    let promise = json!({ "start": start, "officer": ortega });
    room.post(&officer, &format!("/inquiries/{number}/callback"), &promise).await.ok();

    let until = start + SignedDuration::from_hours(1);
    let ask = json!({ "holder": ortega, "from": start, "until": until, "to": "officer", "officer": lee, "because": "A fever." });
    let proposed = room.post(&supervisor, "/handovers", &ask).await;
    assert_eq!(proposed.status, 201);
    let proposed = proposed.ok();
    assert_eq!((&proposed["stage"], &proposed["calls"]), (&json!("proposed"), &json!(1)));
    assert_eq!(room.get(&supervisor, "/handovers").await.ok()["handovers"][0]["id"], proposed["id"]);
    let at = format!("/handovers/{}", proposed["id"].as_str().unwrap());
    let row = room.get(&supervisor, &at).await.ok()["rows"][0].clone();
    assert_eq!((&row["number"], &row["officer"]), (&json!(number), &json!(lee)));
    assert!(row["planned"]["at"].is_string() && row["came"].is_null() && row["stays"].is_null(), "{row}");

    let take_back = format!("{at}/withdraw");
    assert_eq!(room.post(&supervisor, &take_back, &Value::Null).await.ok()["stage"], "withdrawn");
    let row = room.get(&supervisor, &at).await.ok()["rows"][0].clone();
    assert!(row["officer"].is_null() && row["stays"].is_null(), "nothing is looked for any more: {row}");
    let again = room.post(&supervisor, &take_back, &Value::Null).await;
    assert_eq!(again.problem(), (409, "handover-refused".into()));
    for wrong in [
        json!({ "holder": ortega, "from": start, "until": until, "to": "officer", "because": "A fever." }),
        json!({ "holder": ortega, "from": start, "until": until, "to": "pool", "officer": lee, "because": "A fever." }),
        json!({ "holder": lee, "from": start, "until": until, "to": "pool", "because": "Holds none." }),
        json!({ "holder": ortega, "from": until, "until": start, "to": "windows", "because": "Backwards." }),
    ] {
        let refused = room.post(&supervisor, "/handovers", &wrong).await;
        assert_eq!(refused.problem(), (409, "handover-refused".into()), "{wrong}");
    }
    assert_eq!(room.get(&officer, "/handovers").await.problem(), (403, "lacks-role".into()));
    assert_eq!(room.post(&officer, "/handovers", &ask).await.problem(), (403, "lacks-role".into()));
}

/// A program says what an operator takes, and is told what nobody takes then.
#[tokio::test]
async fn an_operator_takes_less_for_a_while() {
    let room = Room::at(START).await;
    let (operator, supervisor) = (room.token("operator").await, room.token("supervisor").await);
    let staff = room.staff("operator").await;
    let caller = desk::Caller::new(desk::Who::Staff(Box::new(staff.clone())), room.key(), room.now());
    let state = desk::acts::OperatorState { choice: domain::wait::Choice::Ready, node: None };
    room.desk.set_operator_state(&caller, staff.id, &state).await.unwrap();
    let shown = room.get(&supervisor, "/operators").await.ok()["operators"][0].clone();
    assert_eq!(
        (&shown["state"], &shown["only"], &shown["queues"]),
        (&json!("ready"), &json!(false), &json!([]))
    );

    let takes = format!("/operators/{}/takes", staff.id);
    let put = async |token: &str, body: Value, key: &str| {
        let bearer = format!("Bearer {token}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        room.raw("PUT", &format!("/api/v1{takes}"), &headers, body.to_string().into_bytes()).await
    };
    let narrow = put(&operator, json!({ "queues": ["operators"] }), "k-1").await.ok();
    assert_eq!((&narrow["only"], &narrow["queues"]), (&json!(true), &json!(["operators"])));
    assert_eq!(narrow["nobody_in_queues"], json!(["specialists"]));
    let refused = put(&operator, json!({ "languages": ["fr"] }), "k-2").await;
    assert_eq!(refused.problem(), (409, "wait-refused".into()));
    let all = put(&supervisor, json!({}), "k-3").await.ok();
    assert_eq!((&all["only"], &all["nobody_in_queues"]), (&json!(false), &json!([])));
    let officer = room.token("m.ortega").await;
    assert_eq!(room.get(&officer, "/operators").await.problem(), (403, "lacks-role".into()));
}
