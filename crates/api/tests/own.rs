//! A person and their own inquiry, by a token that its number and their date of birth gave them.

use crate::common::{Reply, Room, START, request, time};
use api::Rate;
use jiff::SignedDuration;
use serde_json::{Value, json};

async fn access(room: &Room, number: &str, born: &str) -> Reply {
    let asks = json!({ "number": number, "born": born }).to_string().into_bytes();
    room.raw("POST", "/api/v1/public/access", &[("content-type", "application/json")], asks).await
}

/// A number whose check digit is right and that nobody has.
const NOBODYS: u32 = 4711;

#[tokio::test]
async fn a_person_follows_their_call_from_promise_to_withdrawal() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let number = room.ask(&officer, "Ana").await;
    let given = access(&room, &number, "1980-05-17").await;
    assert_eq!((given.status.as_u16(), given.header("cache-control")), (201, "no-store"));
    assert_eq!(time(&given.ok()["until"]), room.now() + SignedDuration::from_hours(1));
    let token = given.ok()["token"].as_str().unwrap().to_owned();

    let own = room.get(&token, "/own").await;
    let shown = own.ok();
    assert_eq!((&shown["number"], &shown["stage"]), (&json!(number), &json!("review")));
    assert_eq!((&shown["call"], &shown["reach"]["email"]), (&Value::Null, &json!("ana@example.org")));
    assert_eq!(room.get(&token, "/own/position").await.ok(), json!({ "before": 0, "all": 1 }));
    let bearer = format!("Bearer {token}");
    let known = [("authorization", bearer.as_str()), ("if-none-match", own.header("etag"))];
    assert_eq!(room.raw("GET", "/api/v1/own", &known, vec![]).await.status, 304);

    // What is not theirs to do yet is refused by the rule itself.
    let windows = room.get(&token, "/own/windows").await.ok();
    let (first, second) = (windows["windows"][0]["start"].clone(), windows["windows"][1]["start"].clone());
    let early = room.post(&token, "/own/callback", &json!({ "start": first })).await;
    assert_eq!(early.problem(), (409, "wrong-stage".into()));
    room.post(&officer, &format!("/inquiries/{number}/callback"), &json!({ "start": first })).await.ok();

    let body = json!({ "start": second });
    let stale = room.post_as(&token, "/own/callback", "a", &[("if-match", "\"1\"")], &body).await;
    assert_eq!(stale.problem(), (412, "moved-on".into()));
    let moved = room.post_as(&token, "/own/callback", "b", &[("if-match", "\"2\"")], &body).await;
    assert_eq!(moved.ok()["window"]["from"]["at"], second);
    let again = room.post_as(&token, "/own/callback", "b", &[("if-match", "\"2\"")], &body).await;
    assert_eq!((again.ok(), again.header("idempotency-replayed")), (moved.ok(), "true"));
    let shown = room.get(&token, "/own").await.ok();
    assert_eq!((&shown["call"]["moves"], &shown["call"]["calling"]), (&json!(1), &json!(false)));

    room.post(&token, "/own/callback/cancel", &Value::Null).await.ok();
    room.post(&token, "/own/callback", &json!({ "start": first })).await.ok();
    room.pass(1).await;
    let notices = room.get(&token, "/own/notices").await.ok();
    assert_eq!(
        (&notices["notices"][0]["state"], &notices["notices"][0]["why"]),
        (&json!("sent"), &Value::Null)
    );
    assert_eq!(notices["notices"][0]["code"].as_str().unwrap().len(), 7);
    room.post(&token, "/own/withdraw", &Value::Null).await.ok();
    assert_eq!(room.get(&token, "/own").await.ok()["closing"], "withdrawn");
    let story = room.get(&token, "/own/story").await;
    let entries = story.ok()["entries"].as_array().unwrap().clone();
    let acts: Vec<(&str, &str)> =
        entries.iter().map(|entry| (entry["act"].as_str().unwrap(), entry["by"].as_str().unwrap())).collect();
    for told in [("pass-made", "person"), ("callback-promised", "agency"), ("callback-moved", "person")] {
        assert!(acts.contains(&told), "{told:?} in {acts:?}");
    }
    assert!(!acts.iter().any(|(act, _)| *act == "read"), "{acts:?}");
    assert!(!story.text.contains("ORTEGA"), "who it was is no matter");
}

#[tokio::test]
async fn a_person_runs_their_visit() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let number = room.to_book("Ana").await;
    let place = room.last_place(&number).await;
    room.post(&officer, &format!("/inquiries/{number}/appointment"), &place).await.ok();
    let token = room.access(&number).await;
    let shown = room.get(&token, "/own").await.ok();
    assert_eq!((&shown["stage"], &shown["confirmed_at"]), (&json!("booked"), &Value::Null));
    let decided: Vec<_> = shown["decisions"].as_array().unwrap().iter().collect();
    let need = decided.iter().find(|decision| decision["kind"] == "need").unwrap();
    assert!(need["sentence"]["es"].is_string());
    assert_eq!((&need["because"], &need["by"]["name"]), (&Value::Null, &Value::Null), "not for the person");

    room.post(&token, "/own/appointment/confirm", &Value::Null).await.ok();
    assert!(room.get(&token, "/own").await.ok()["confirmed_at"].is_string());
    let days = json!({ "from": "2026-11-24", "until": "2026-11-30", "notice_hours": 24 });
    room.post(&token, "/own/earlier", &days).await.ok();
    assert_eq!(room.get(&token, "/own").await.ok()["earlier"]["notice_hours"], 24);
    room.post(&token, "/own/earlier/stop", &Value::Null).await.ok();
    let none = room.post(&token, "/own/earlier/take", &Value::Null).await;
    assert_eq!(none.problem().0, 409);
    let turned = json!({ "from": "2026-11-30", "until": "2026-11-24", "notice_hours": 24 });
    assert_eq!(room.post(&token, "/own/earlier", &turned).await.problem(), (409, "answer-not-taken".into()));

    let places = room.get(&token, "/own/places").await.ok();
    let other = &places["places"][0];
    let chosen = json!({ "start": other["start"], "pool": other["pool"] });
    let moved = room.post(&token, "/own/appointment", &chosen).await.ok();
    assert_eq!(moved["appointment"]["start"]["at"], other["start"]);
    room.post(&token, "/own/appointment/cancel", &Value::Null).await.ok();
    assert_eq!(room.get(&token, "/own").await.ok()["stage"], "to-book");
    // Another time for the one that was given back.
    let places = room.get(&token, "/own/places").await.ok();
    let other = places["places"].as_array().unwrap().last().unwrap().clone();
    let chosen = json!({ "start": other["start"], "pool": other["pool"] });
    room.post(&token, "/own/appointment", &chosen).await.ok();
    assert_eq!(room.get(&token, "/own").await.ok()["stage"], "booked");
    // This agency sends neither here.
    assert_eq!(room.post(&token, "/own/texts", &json!({ "agreed": true })).await.problem().0, 404);
    assert_eq!(room.post(&token, "/own/calls", &json!({ "agreed": true })).await.problem().0, 404);
    assert_eq!(room.post(&token, "/own/post", &json!({ "to": null })).await.problem().0, 404);
}

#[tokio::test]
async fn papers_that_were_asked_for_are_there() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let number = room.ask(&officer, "Ana").await;
    let missing = json!({ "missing": ["passport"] });
    room.post(&officer, &format!("/inquiries/{number}/papers"), &missing).await.ok();
    let token = room.access(&number).await;
    let shown = room.get(&token, "/own").await.ok();
    assert_eq!(shown["missing"][0]["code"], "passport");
    assert!(shown["missing"][0]["name"]["es"].is_string());
    room.post(&token, "/own/papers/complete", &Value::Null).await.ok();
    assert_eq!(room.get(&token, "/own").await.ok()["missing"], json!([]));
}

/// A wrong pair and a number that nobody has are told alike, and are counted alike, with the page's tries.
#[tokio::test]
async fn whoever_guesses_learns_nothing_and_is_stopped() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let number = room.ask(&officer, "Ana").await;
    let nobodys = domain::number::InquiryNumber::from_chance(NOBODYS).digits();
    let mut answers = Vec::new();
    for number in [&number, &nobodys] {
        let number_read = number.parse().unwrap();
        // Two of the five were used elsewhere.
        for _ in 0..2 {
            room.desk.may_prove(number_read, room.now()).unwrap();
        }
        for _ in 0..3 {
            let wrong = access(&room, number, "1980-05-18").await;
            assert_eq!(wrong.problem(), (403, "not-proven".into()));
            answers.push(wrong.text);
        }
        // Then the right one does not help either.
        let shut = access(&room, number, "1980-05-17").await;
        assert_eq!((shut.problem(), shut.header("retry-after")), ((429, "too-many".into()), "900"));
        answers.push(shut.text);
    }
    assert_eq!(answers[..4], answers[4..]);
    room.until(room.now() + SignedDuration::from_mins(15)).await;
    access(&room, &number, "1980-05-17").await.ok();
    // Digits that do not fit together are nobody's.
    assert_eq!(access(&room, "12345678", "1980-05-17").await.problem(), (403, "not-proven".into()));
    assert_eq!(access(&room, "1234567", "1980-05-17").await.problem(), (422, "wrong-shape".into()));
}

#[tokio::test]
async fn one_address_tries_so_often() {
    let room = Room::with_rate(START, Rate { requests: 3, seconds: 60 }).await;
    for n in 0..4 {
        let number = domain::number::InquiryNumber::from_chance(n).digits();
        let wanted = if n < 3 { 403 } else { 429 };
        assert_eq!(access(&room, &number, "1980-05-17").await.problem().0, wanted, "{n}");
    }
}

/// A token opens one inquiry, for an hour or until it is ended, and nothing of the staff's; theirs open nothing here.
#[tokio::test]
async fn a_token_opens_one_inquiry_while_it_lasts() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let (ana, bo) = (room.ask(&officer, "Ana").await, room.ask(&officer, "Bo").await);
    let (first, second) = (room.access(&ana).await, room.access(&bo).await);
    assert_eq!(room.get(&officer, "/own").await.problem(), (401, "bad-token".into()));
    for path in ["/me", "/inquiries", &format!("/inquiries/{ana}")] {
        assert_eq!(room.get(&first, path).await.problem(), (401, "bad-token".into()), "{path}");
    }
    assert_eq!(room.raw("GET", "/api/v1/own", &[], vec![]).await.problem(), (401, "no-token".into()));

    // The same key of two people is two keys.
    for (token, number) in [(&first, &ana), (&second, &bo)] {
        let done = room.post_as(token, "/own/withdraw", "same", &[], &Value::Null).await;
        assert_eq!(
            (done.ok()["inquiry"].as_str(), done.header("idempotency-replayed")),
            (Some(number.as_str()), "")
        );
    }

    let bearer = format!("Bearer {first}");
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", "end")];
    assert_eq!(room.raw("DELETE", "/api/v1/own/access", &headers, vec![]).await.status, 204);
    assert_eq!(room.get(&first, "/own").await.problem(), (401, "bad-token".into()));
    room.get(&second, "/own").await.ok();
    room.until(room.now() + SignedDuration::from_mins(60)).await;
    assert_eq!(room.get(&second, "/own").await.problem(), (401, "bad-token".into()), "its hour is over");
}

#[tokio::test]
async fn what_was_recorded_is_corrected() {
    let room = Room::at(START).await;
    let number = room.to_book("Ana").await;
    let token = room.access(&number).await;
    let before = room.get(&token, "/own").await.ok()["reach"].clone();
    let said = json!({
        "name": { "given": "Anna", "family": "Example" }, "phone": "+12025550188", "email": "anna@example.org",
        "lang": "es", "phrase": "red hill 7", "interpreter": "Quechua",
    });
    room.post(&token, "/own/correct", &said).await.ok();
    let after = room.get(&token, "/own").await.ok()["reach"].clone();
    assert_ne!(before, after);
    assert_eq!((&after["phone"], &after["email"]), (&json!("+12025550188"), &json!("anna@example.org")));
    // What is safe for them stays for a program that says nothing of it.
    let mut safe = said.clone();
    (safe["no_message"], safe["discreet"]) = (json!(true), json!(["email", "post"]));
    room.post(&token, "/own/correct", &safe).await.ok();
    room.post(&token, "/own/correct", &said).await.ok();
    let reach = room.get(&token, "/own").await.ok()["reach"].clone();
    assert_eq!((&reach["no_message"], &reach["discreet"]), (&json!(true), &json!(["email", "post"])));
    safe["discreet"] = json!(["call"]);
    assert_eq!(room.post(&token, "/own/correct", &safe).await.problem().0, 422, "no way of writing");
    let mut other = said.clone();
    other["lang"] = json!("xx");
    let refused = room.post(&token, "/own/correct", &other).await.problem();
    assert_eq!(refused.0, 409, "a language that is not spoken here");
    let story = room.get(&token, "/own/story").await.ok();
    let last = story["entries"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .find(|entry| entry["by"] == "person")
        .unwrap()
        .clone();
    assert_eq!(last["act"], "corrected");
    room.post(&token, "/own/withdraw", &Value::Null).await.ok();
    assert_eq!(
        room.post(&token, "/own/correct", &said).await.problem().0,
        409,
        "what is over stays as it was"
    );
}

/// What a person says to a member of staff is corrected by a program too, with how they said so.
#[tokio::test]
async fn what_was_recorded_is_corrected_on_their_word() {
    let room = Room::at(START).await;
    let number = room.to_book("Ana").await;
    let (officer, token) = (room.token("m.ortega").await, room.access(&number).await);
    let at = format!("/inquiries/{number}/correct");
    let recorded = json!({
        "name": { "given": "Anna", "family": "Example" }, "phone": "+12025550188", "email": "anna@example.org",
        "phrase": "red hill 7",
    });
    let unsaid = room.post(&officer, &at, &json!({ "recorded": recorded.clone() })).await.problem();
    assert_eq!(unsaid.0, 422, "how they said so");
    let said = json!({ "recorded": recorded, "said": "writing" });
    room.post(&officer, &at, &said).await.ok();
    assert_eq!(
        room.get(&officer, &format!("/inquiries/{number}")).await.ok()["reach"]["phone"],
        "+12025550188"
    );
    let story = room.get(&token, "/own/story").await.ok();
    assert!(story["entries"].as_array().unwrap().iter().any(|entry| entry["act"] == "corrected"), "{story}");
    let mut other = said.clone();
    other["recorded"]["lang"] = json!("xx");
    assert_eq!(room.post(&officer, &at, &other).await.problem().0, 409, "a language that is not spoken here");
    let clerk = room.token("clerk.los").await;
    assert_eq!(room.post(&clerk, &at, &said).await.problem().0, 403);
}

/// Where they live, when a visit suits, who acts for them; what is not said stays.
#[tokio::test]
async fn more_of_what_was_recorded_is_corrected() {
    let room = Room::at(START).await;
    let number = room.to_book("Ana").await;
    let token = room.access(&number).await;
    let said = json!({ "name": { "given": "Ana", "family": "Example" }, "phone": "+12135550101",
        "email": "ana@example.org", "phrase": "blue river" });
    let with = |part: &str, value: Value| {
        let mut said = said.clone();
        said[part] = value;
        said
    };
    room.post(&token, "/own/correct", &with("zip", json!("10001"))).await.ok();
    assert_eq!(room.get(&token, "/own").await.ok()["office"]["code"], "NYC");
    let none = room.post(&token, "/own/correct", &with("zip", json!("00000"))).await;
    assert_eq!(none.problem(), (409, "no-office-for-zip".into()));
    room.post(&token, "/own/correct", &with("preferred", json!([{ "weekday": "monday" }]))).await.ok();
    let passed = with("preferred", json!([{ "date": "2020-01-01" }]));
    let passed = room.post(&token, "/own/correct", &passed).await;
    assert_eq!((passed.problem().0, &passed.json()["faults"][0]["at"]), (409, &json!("/preferred/0/date")));
    let acting = with("representative", json!({ "by": { "name": "R. Example" } }));
    room.post(&token, "/own/correct", &acting).await.ok();
    room.post(&token, "/own/correct", &said).await.ok();
    let inquiry = room.store.inquiry_numbered(number.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((inquiry.office.as_str(), inquiry.request.preferred.len()), ("NYC", 1));
    assert!(inquiry.request.representative.is_some());
    room.post(&token, "/own/correct", &with("representative", json!({}))).await.ok();
    let inquiry = room.store.inquiry_numbered(number.parse().unwrap()).await.unwrap().unwrap();
    assert!(inquiry.request.representative.is_none());
}

/// With the date of birth that staff corrected the person gets in, and not with the one before.
#[tokio::test]
async fn a_date_of_birth_is_corrected_by_staff() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let number = room.ask(&officer, "Ana").await;
    let at = format!("/inquiries/{number}/proof");
    let reads = json!({ "born": "1979-03-02", "said": "office", "because": "Showed a passport." });
    let mut ahead = reads.clone();
    ahead["born"] = json!("2099-01-01");
    assert_eq!(room.post(&officer, &at, &ahead).await.problem(), (409, "answer-not-taken".into()));
    let done = room.post(&officer, &at, &reads).await;
    assert!(!done.text.contains("1980") && done.ok()["inquiry"] == number.as_str());
    access(&room, &number, "1979-03-02").await.ok();
    assert_eq!(access(&room, &number, "1980-05-17").await.problem(), (403, "not-proven".into()));
    let clerk = room.token("clerk.los").await;
    assert_eq!(room.post(&clerk, &at, &reads).await.problem().0, 403);
}

#[tokio::test]
async fn a_review_is_asked_for_and_decided_by_somebody_else() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let number = room.ask(&officer, "Ana").await;
    let token = room.access(&number).await;
    let why = json!({ "why": "I have no address." });
    let early = room.post(&token, "/own/review", &why).await;
    assert_eq!(early.problem(), (409, "nothing-to-review".into()), "nothing was decided");
    let at = format!("/inquiries/{number}/need");
    let need = json!({ "need": "mail", "because": "It is sent in three days." });
    room.post(&officer, &at, &need).await.ok();
    let shown = room.get(&token, "/own").await.ok();
    assert!(shown["review_until"].is_string() && shown["reviews"] == json!([]), "{shown}");
    assert_eq!(room.post(&token, "/own/review", &json!({ "why": "" })).await.problem().0, 422);
    let asked = room.post(&token, "/own/review", &why).await.ok();
    assert_eq!(asked["stage"], "review");
    assert_eq!(room.post(&token, "/own/review", &why).await.problem(), (409, "reviewed-once".into()));
    let rows = room.get(&officer, "/review").await.ok();
    assert!(rows.to_string().contains("\"review_asked\":true"), "{rows}");
    assert_eq!(room.post(&officer, &at, &need).await.problem(), (409, "another-officer".into()));
    let colleague = room.token("j.lee").await;
    let shown = room.get(&colleague, &format!("/inquiries/{number}")).await.ok();
    assert_eq!(shown["reviews"][0]["why"], "I have no address.");
    let silent = room.post(&colleague, &at, &json!({ "need": "mail" })).await;
    assert_eq!(silent.problem(), (409, "reason-needed".into()));
    room.post(&colleague, &at, &need).await.ok();
    let shown = room.get(&token, "/own").await.ok();
    assert_eq!(shown["reviews"][0]["state"], "upheld");
    assert_eq!(shown["reviews"][0]["because"], "It is sent in three days.");
    assert_eq!((&shown["review_until"], &shown["closing"]), (&Value::Null, &json!("by-mail")));
}

/// Whoever has a representative lets others act, and ends it; staff do on somebody's word.
#[tokio::test]
async fn somebody_is_let_act_and_is_ended() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let mut asks = request("Ana");
    asks["representative"] = json!({ "name": "R. Example", "on_file": true });
    let number = room.post(&officer, "/inquiries", &asks).await.ok()["inquiry"].as_str().unwrap().to_owned();
    let token = room.access(&number).await;
    assert_eq!(room.get(&token, "/own/delegates").await.ok(), json!({ "delegates": [] }));
    let named = json!({
        "name": "P. Legal", "email": "p.legal@example.org", "lang": "en", "may": ["call", "confirm"],
        "last_day": "2026-12-31",
    });
    room.post(&token, "/own/delegates", &named).await.ok();
    let shown = room.get(&token, "/own/delegates").await.ok()["delegates"][0].clone();
    assert_eq!(
        (&shown["nth"], &shown["may"], &shown["ended"]),
        (&json!(1), &json!(["confirm", "call"]), &Value::Null)
    );
    for (wrong, code) in
        [("email", "answer-not-taken"), ("lang", "language-not-spoken"), ("last_day", "delegate-days")]
    {
        let mut other = named.clone();
        other[wrong] = match wrong {
            "email" => Value::Null,
            "lang" => json!("xx"),
            _ => json!("2028-01-01"),
        };
        assert_eq!(room.post(&token, "/own/delegates", &other).await.problem().1, code, "{wrong}");
    }
    let renewed = json!({ "nth": 1, "last_day": "2026-12-30" });
    room.post(&token, "/own/delegates/link", &renewed).await.ok();
    let soon = room.post(&token, "/own/delegates/link", &json!({ "nth": 1 })).await;
    assert_eq!(soon.problem(), (409, "delegate-link-soon".into()));
    room.post(&token, "/own/delegates/end", &json!({ "nth": 1 })).await.ok();
    let again = room.post(&token, "/own/delegates/end", &json!({ "nth": 1 })).await;
    assert_eq!(again.problem(), (409, "delegate-over".into()));

    let word = json!({ "of": "representative", "said": "telephone" });
    let (at, note) = (format!("/inquiries/{number}/delegates"), json!({ "delegate": named, "word": word }));
    let clerk = room.token("clerk.los").await;
    assert_eq!(room.post(&clerk, &at, &note).await.problem().0, 403);
    room.post(&officer, &at, &note).await.ok();
    let all = room.get(&officer, &at).await.ok()["delegates"].clone();
    assert_eq!((&all[0]["why"], &all[1]["nth"], &all[1]["why"]), (&json!("person"), &json!(2), &Value::Null));
    let link = format!("{at}/link");
    room.post(&officer, &link, &json!({ "nth": 2, "word": word })).await.ok();
    room.post(&officer, &format!("{at}/end"), &json!({ "nth": 2, "word": word })).await.ok();
    assert_eq!(room.get(&officer, &at).await.ok()["delegates"][1]["why"], "staff");
}

#[tokio::test]
async fn without_a_representative_nobody_is_let_act() {
    let room = Room::at(START).await;
    let officer = room.token("m.ortega").await;
    let number = room.ask(&officer, "Ana").await;
    let token = room.access(&number).await;
    let named = json!({ "name": "P. Legal", "email": "p.legal@example.org", "last_day": "2026-12-31" });
    let refused = room.post(&token, "/own/delegates", &named).await;
    assert_eq!(refused.problem(), (409, "no-representative".into()));
}
