//! Who gets in where: every address as nobody, as each role, and with a token that lacks the scope.

#![expect(clippy::unwrap_used, reason = "a test may fail, in its helpers too")]

use crate::common::{HOLIDAYS, Reply, Room, START, member, request};
use desk::{Caller, Who};
use domain::{decision::DecisionKind, guard::ConflictWhy, revision::Subject, session::Scope};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fmt::Write};

/// One request for each operation. Those about an inquiry go to one that is closed, at LOS: whoever may do the act is told
/// so (409), whoever may not is told that (403), whoever may not know of it finds nothing (404).
fn requests() -> Vec<(&'static str, &'static str, Value)> {
    let place = json!({ "office": "LOS", "start": "2026-12-03T18:00:00Z", "pool": "officer" });
    let mut nowhere = request("Eve");
    nowhere["zip"] = "00000".into();
    let case = json!({
        "receipt": "IOE9999999901", "form": "I-90", "state": "pending", "title": { "en": "We have it" },
        "meaning": { "en": "Nothing to do." }, "received": "2026-10-01", "updated": "2026-10-02",
    });
    // It ends before it begins: whoever may plan a closing is told so.
    let shut = json!({
        "from": "2026-12-03T18:00:00Z", "until": "2026-12-03T17:00:00Z",
        "why": { "en": "No power.", "es": "Sin luz." },
    });
    let sooner = json!({
        "wish": { "from": "2026-11-24", "until": "2026-12-02", "notice_hours": 24 }, "said": "telephone",
    });
    let shift = json!({ "from": "2026-11-30", "week": { "monday": ["08:00-12:00", "12:30-16:30"] } });
    // They would stay where they are: whoever may propose it is told so.
    let same = json!({ "from": "2026-12-03T18:00:00Z", "until": "2026-12-03T19:00:00Z", "to": "pool", "because": "x" });
    let reads = json!({ "recorded": { "name": { "given": "A", "family": "B" }, "phone": "+12025550188", "phrase": "red hill 7" },
        "said": "telephone" });
    let word = json!({ "of": "representative", "said": "telephone" });
    let named = json!({ "word": word.clone(), "delegate": { "name": "P. Legal", "email": "p.legal@example.org",
        "may": ["confirm"], "last_day": "2026-12-31" } });
    vec![
        ("GET", "/inquiries/{number}/delegates", Value::Null),
        ("POST", "/inquiries/{number}/delegates", named),
        ("POST", "/inquiries/{number}/delegates/end", json!({ "nth": 1, "word": word.clone() })),
        ("POST", "/inquiries/{number}/delegates/link", json!({ "nth": 1, "word": word })),
        ("POST", "/inquiries", nowhere),
        ("GET", "/inquiries", Value::Null),
        ("GET", "/review", Value::Null),
        ("GET", "/callbacks?before=2026-12-03T18:00:00Z", Value::Null),
        ("GET", "/offices/{office}/day", Value::Null),
        ("GET", "/figures", Value::Null),
        ("GET", "/indicators?by=lang", Value::Null),
        ("GET", "/waits", Value::Null),
        ("POST", "/waits/{wait}/move", json!({ "queue": "specialists", "why": "surge" })),
        ("GET", "/operators", Value::Null),
        ("PUT", "/operators/{staff}/takes", json!({ "queues": ["elsewhere"] })),
        ("GET", "/inquiries/{number}", Value::Null),
        ("GET", "/inquiries/{number}/story", Value::Null),
        ("GET", "/inquiries/{number}/notices", Value::Null),
        ("GET", "/inquiries/{number}/windows", Value::Null),
        ("GET", "/inquiries/{number}/places", Value::Null),
        ("GET", "/inquiries/{number}/places/anywhere", Value::Null),
        ("GET", "/inquiries/{number}/advice?decision=need", Value::Null),
        ("POST", "/inquiries/{number}/urgency", json!({ "urgency": "urgent", "because": "x" })),
        ("POST", "/inquiries/{number}/need", json!({ "need": "visit", "because": "x" })),
        ("POST", "/inquiries/{number}/papers", json!({ "missing": ["passport"] })),
        ("POST", "/inquiries/{number}/papers/complete", Value::Null),
        ("POST", "/inquiries/{number}/office", json!({ "office": "SFR", "because": "x" })),
        ("POST", "/inquiries/{number}/callback", json!({ "start": "2026-12-03T18:00:00Z" })),
        ("POST", "/inquiries/{number}/callback/move", json!({ "start": "2026-12-03T18:00:00Z" })),
        ("POST", "/inquiries/{number}/callback/cancel", Value::Null),
        ("POST", "/inquiries/{number}/call/start", Value::Null),
        ("POST", "/inquiries/{number}/call/end", json!({ "outcome": "busy" })),
        ("POST", "/handovers", same),
        ("GET", "/handovers", Value::Null),
        ("GET", "/handovers/{handover}", Value::Null),
        ("POST", "/handovers/{handover}/withdraw", Value::Null),
        ("POST", "/inquiries/{number}/hold", place.clone()),
        ("POST", "/inquiries/{number}/appointment", place.clone()),
        ("POST", "/inquiries/{number}/appointment/move", place),
        ("POST", "/inquiries/{number}/appointment/cancel", Value::Null),
        ("POST", "/inquiries/{number}/correct", reads),
        (
            "POST",
            "/inquiries/{number}/proof",
            json!({ "born": "1980-05-18", "said": "office", "because": "x" }),
        ),
        ("POST", "/inquiries/{number}/earlier", sooner),
        ("POST", "/inquiries/{number}/earlier/stop", Value::Null),
        ("POST", "/inquiries/{number}/check-in", Value::Null),
        ("POST", "/inquiries/{number}/ticket", json!({ "counter": "4" })),
        ("POST", "/inquiries/{number}/ticket/park", Value::Null),
        ("POST", "/inquiries/{number}/ticket/not-here", Value::Null),
        ("POST", "/inquiries/{number}/ticket/hand", json!({ "counter": "5" })),
        ("POST", "/inquiries/{number}/ticket/back", Value::Null),
        ("POST", "/inquiries/{number}/left", Value::Null),
        ("POST", "/inquiries/{number}/serve", Value::Null),
        ("POST", "/inquiries/{number}/no-show", Value::Null),
        ("POST", "/offices/{office}/closings", shut),
        ("GET", "/offices/{office}/closings", Value::Null),
        ("GET", "/closings/{closing}", Value::Null),
        ("POST", "/closings/{closing}/drop", Value::Null),
        ("GET", "/rosters", Value::Null),
        ("GET", "/rosters/{staff}", Value::Null),
        ("POST", "/rosters/{staff}/effect", shift.clone()),
        ("PUT", "/rosters/{staff}", shift),
        ("DELETE", "/rosters/{staff}", Value::Null),
        ("GET", "/cases/{receipt}", Value::Null),
        ("POST", "/cases/import", json!({ "cases": [case] })),
        ("POST", "/staff/import", json!({ "staff": [member("n.clerk")], "dry_run": true })),
        (
            "POST",
            "/tables/holidays/import",
            json!({ "name": "days.csv", "content": HOLIDAYS, "dry_run": true }),
        ),
        ("GET", "/versions", Value::Null),
        ("GET", "/versions/{subject}/{name}", Value::Null),
        ("POST", "/versions/{subject}/drafts", json!({ "from": "none" })),
        ("GET", "/drafts", Value::Null),
        ("GET", "/drafts/{draft}", Value::Null),
        ("GET", "/drafts/{draft}/difference", Value::Null),
        ("GET", "/drafts/{draft}/judgement", Value::Null),
        ("PUT", "/drafts/{draft}", json!({ "text": "x" })),
        ("POST", "/drafts/{draft}/propose", json!({ "name": "x", "from": "2027-01-04" })),
        ("POST", "/drafts/{draft}/back", Value::Null),
        ("POST", "/drafts/{draft}/drop", Value::Null),
        ("GET", "/journal", Value::Null),
        ("GET", "/offices", Value::Null),
        ("GET", "/reasons", Value::Null),
        ("GET", "/me", Value::Null),
        ("POST", "/tokens", json!({ "name": "x", "scopes": ["read"], "until": "2026-11-24T00:00:00Z" })),
        ("GET", "/tokens", Value::Null),
        ("DELETE", "/tokens/{id}", Value::Null),
    ]
}

/// An inquiry that is closed.
async fn closed(room: &Room) -> String {
    let officer = room.token("m.ortega").await;
    let number = room.to_book("Ana").await;
    let mail = json!({ "need": "mail", "because": "It can be mailed." });
    let reply = room.post(&officer, &format!("/inquiries/{number}/need"), &mail).await;
    assert_eq!(reply.ok()["stage"], "closed");
    number
}

struct Doors {
    room: Room,
    number: String,
    /// One who works at LOS.
    clerk: String,
    /// A draft of a policy.
    draft: String,
}

impl Doors {
    async fn of(room: Room, number: String) -> Self {
        let clerk = room.store.staff_named("clerk.los").await.unwrap().unwrap().id.to_string();
        let caller = Caller::new(Who::System("test"), room.key(), room.now());
        let fit = Subject::Policy(DecisionKind::Fit);
        let draft = room.desk.begin_revision(&caller, &fit, "2026-01").await.unwrap().id.to_string();
        Self { room, number, clerk, draft }
    }

    async fn knock(
        &self,
        token: Option<&str>,
        n: usize,
        (method, path, body): &(&str, &str, Value),
    ) -> Reply {
        let path = path
            .replace("{office}", "LOS")
            .replace("{number}", &self.number)
            .replace("{receipt}", "IOE9999999901")
            .replace("{staff}", &self.clerk)
            .replace("{subject}", "fit")
            .replace("{name}", "2026-01")
            .replace("{draft}", &self.draft)
            .replace("{wait}", "019a9f3c-5c00-7b1e-8a4d-2f6f0c9d1e77")
            .replace("{handover}", "019a9f3c-5c00-7b1e-8a4d-2f6f0c9d1e77")
            .replace("{closing}", "019a9f3c-5c00-7b1e-8a4d-2f6f0c9d1e77")
            .replace("{id}", "019a9f3c-5c00-7b1e-8a4d-2f6f0c9d1e77");
        let bearer = format!("Bearer {}", token.unwrap_or_default());
        let key = format!("{n}-{}", token.unwrap_or("nobody"));
        let mut headers = vec![("content-type", "application/json"), ("idempotency-key", &key)];
        if token.is_some() {
            headers.push(("authorization", &bearer));
        }
        let body = if body.is_null() { vec![] } else { body.to_string().into_bytes() };
        self.room.raw(method, &format!("/api/v1{path}"), &headers, body).await
    }
}

#[tokio::test]
async fn every_door_opens_for_those_it_should() {
    let room = Room::at(START).await;
    let number = closed(&room).await;
    let doors = Doors::of(room, number).await;
    let spec = api::document();
    let who = [
        "operator",
        "m.ortega",
        "clerk.los",
        "clerk.nyc",
        "manager.los",
        "supervisor",
        "analyst",
        "admin",
        "auditor",
    ];
    let mut tokens = Vec::new();
    for sign_in in who {
        tokens.push((sign_in, doors.room.token(sign_in).await));
    }
    let mut table = String::new();
    let mut seen = BTreeSet::new();
    for (n, request) in requests().iter().enumerate() {
        let (method, path, _) = request;
        let route = path.split('?').next().unwrap().replace("/tables/holidays/", "/tables/{table}/");
        let route = format!("/api/v1{route}");
        let operation = &spec["paths"][&route][method.to_lowercase()];
        assert!(operation.is_object(), "{method} {route} is not in the document");
        seen.insert(format!("{} {route}", method.to_lowercase()));
        let scope = operation["security"][0]["token"][0].as_str().map(|s| Scope::from_code(s).unwrap());
        write!(table, "{method} {path} [{}]\n   ", scope.map_or("any", Scope::as_str)).unwrap();
        let nobody = doors.knock(None, n, request).await;
        assert_eq!(nobody.problem(), (401, "no-token".into()), "{method} {path}");
        assert!(nobody.header("www-authenticate").starts_with("Bearer"));
        for (sign_in, token) in &tokens {
            let reply = doors.knock(Some(token), n, request).await;
            assert!(reply.status.as_u16() < 500 && reply.status != 400 && reply.status != 422, "{reply:?}");
            let code =
                if reply.status.is_success() { String::new() } else { format!(" {}", reply.problem().1) };
            write!(table, " {sign_in}={}{code};", reply.status.as_u16()).unwrap();
        }
        table.push('\n');
        // Whoever does most, without the one scope: it is not about the role then.
        if let Some(scope) = scope {
            let mut scopes: BTreeSet<Scope> = Scope::ALL.into();
            scopes.remove(&scope);
            for sign_in in ["m.ortega", "clerk.los", "admin", "auditor"] {
                let lacking = doors.room.token_with(sign_in, scopes.clone()).await;
                let reply = doors.knock(Some(&lacking), n, request).await;
                assert_eq!(reply.problem(), (403, "lacks-scope".into()), "{method} {path} as {sign_in}");
                assert!(reply.json()["faults"][0]["says"].as_str().unwrap().ends_with(scope.as_str()));
            }
        }
    }
    let all: BTreeSet<String> = spec["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            // What needs no token is asked elsewhere.
            let asks =
                item.as_object().unwrap().iter().filter(|(_, op)| op["security"][0]["token"].is_array());
            asks.map(move |(method, _)| format!("{method} {path}"))
        })
        .collect();
    assert_eq!(seen, all, "every operation of the document that asks for a token is in this table");
    insta::assert_snapshot!(table);
}

/// Every address with the number of an inquiry that is kept from whoever asks: it answers as of one that does not exist.
#[tokio::test]
async fn what_is_kept_from_somebody_does_not_exist() {
    let room = Room::at(START).await;
    let number = closed(&room).await;
    let inquiry = room.store.inquiry_numbered(number.parse().unwrap()).await.unwrap().unwrap();
    let nobodys = domain::number::InquiryNumber::from_chance(4711).digits();
    let who = ["operator", "m.ortega", "clerk.los", "manager.los", "supervisor", "auditor"];
    for sign_in in ["operator", "m.ortega", "clerk.los", "manager.los", "auditor", "supervisor"] {
        let of = room.staff(sign_in).await.id;
        let caller =
            Caller::new(Who::Staff(Box::new(room.staff("supervisor").await)), room.key(), room.now());
        room.desk.set_conflict(&caller, inquiry.id, of, ConflictWhy::Other).await.unwrap();
    }
    let mut tokens = Vec::new();
    for sign_in in who {
        tokens.push((sign_in, room.token(sign_in).await));
    }
    let mut doors = Doors::of(room, number.clone()).await;
    let mut asked = 0;
    for (n, request) in requests().iter().enumerate() {
        let (method, path, _) = request;
        for (sign_in, token) in &tokens {
            doors.number.clone_from(&number);
            let kept = doors.knock(Some(token), 1000 + n, request).await;
            assert!(!kept.text.contains(&number), "{method} {path} tells {sign_in} of it");
            if path.contains("{number}") {
                doors.number.clone_from(&nobodys);
                let none = doors.knock(Some(token), 2000 + n, request).await;
                assert_eq!(kept.problem(), none.problem(), "{method} {path} as {sign_in}");
                asked += 1;
            }
        }
    }
    assert!(asked > 100, "{asked}");
}

/// A browser's session is no token, nor is an ended one, nor one of somebody who has left.
#[tokio::test]
async fn only_programs_tokens_are_taken() {
    let room = Room::at(START).await;
    let staff = room.staff("m.ortega").await;
    let caller = desk::Caller::new(desk::Who::Anyone, room.key(), room.now());
    let browser = room.desk.sign_in(&caller, &staff, &desk::acts::Entrance::default()).await.unwrap().token;
    let token = room.token("m.ortega").await;
    for bad in [browser.as_str(), "", "x", &token[1..]] {
        assert_eq!(room.get(bad, "/me").await.problem(), (401, "bad-token".into()), "{bad:?}");
    }
    for header in [format!("Basic {token}"), token.clone()] {
        let reply = room.raw("GET", "/api/v1/me", &[("authorization", &header)], vec![]).await;
        assert_eq!(reply.problem(), (401, "no-token".into()));
    }
    room.get(&token, "/me").await.ok();
    room.until(room.now() + jiff::SignedDuration::from_hours(24 * 91)).await;
    assert_eq!(room.get(&token, "/me").await.problem(), (401, "bad-token".into()), "it has ended");
}
